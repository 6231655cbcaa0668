//! A mail server for stories: it takes letters, and answers as it is told.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::encrypted::{Both, acceptor};

/// A letter as it came.
#[derive(Debug, Clone)]
pub struct Letter {
    pub from: String,
    pub to: String,
    /// Head and body, as written.
    pub text: String,
    /// Name and password of whoever sent it.
    pub login: Option<(String, String)>,
    pub is_encrypted: bool,
}

impl Letter {
    /// A line of the head.
    pub fn header(&self, name: &str) -> &str {
        let lines = self.text.lines().take_while(|line| !line.is_empty());
        lines
            .filter_map(|line| line.split_once(": "))
            .find(|(known, _)| *known == name)
            .map_or("", |(_, value)| value)
    }

    /// The body, decoded.
    pub fn words(&self) -> String {
        let (_, body) = self.text.split_once("\r\n\r\n").unwrap();
        assert_eq!(self.header("Content-Transfer-Encoding"), "base64");
        String::from_utf8(BASE64.decode(body.split_whitespace().collect::<String>()).unwrap()).unwrap()
    }
}

/// Says this when a command begins so; once, in order.
#[derive(Debug, Clone, Copy)]
pub struct Answer(pub &'static str, pub &'static str);

/// Instead of an answer: nothing at all.
pub const SILENCE: &str = "";
/// The command that ends a letter.
pub const END_OF_LETTER: &str = ".";

/// How it speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speech {
    /// Unencrypted.
    Plain,
    /// Encrypted when asked to.
    StartTls,
    /// Encrypted from the first byte.
    Tls,
}

/// The server.
pub struct Mailbox {
    pub address: SocketAddr,
    letters: Arc<Mutex<Vec<Letter>>>,
    commands: Arc<Mutex<Vec<String>>>,
}

#[derive(Clone)]
struct Desk {
    speech: Speech,
    answers: Arc<Mutex<VecDeque<Answer>>>,
    letters: Arc<Mutex<Vec<Letter>>>,
    commands: Arc<Mutex<Vec<String>>>,
}

impl Mailbox {
    pub async fn speaking(speech: Speech, answers: &[Answer]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let desk = Desk {
            speech,
            answers: Arc::new(Mutex::new(answers.iter().copied().collect())),
            letters: Arc::default(),
            commands: Arc::default(),
        };
        let (letters, commands) = (desk.letters.clone(), desk.commands.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let desk = desk.clone();
                tokio::spawn(async move { desk.serve(stream).await });
            }
        });
        Self { address, letters, commands }
    }

    pub fn letters(&self) -> Vec<Letter> {
        self.letters.lock().unwrap().clone()
    }

    /// Everything that was said to it, letters aside.
    pub fn commands(&self) -> Vec<String> {
        self.commands.lock().unwrap().clone()
    }
}

impl Desk {
    /// A client that leaves or breaks off ends its connection and nothing else.
    async fn serve(&self, stream: TcpStream) -> Option<()> {
        let mut is_encrypted = self.speech == Speech::Tls;
        let stream: Box<dyn Both> =
            if is_encrypted { Box::new(acceptor().accept(stream).await.ok()?) } else { Box::new(stream) };
        let mut stream = BufReader::new(stream);
        self.say(&mut stream, "GREETING", "220 mailbox ESMTP").await?;
        let (mut from, mut to, mut login) = (String::new(), String::new(), None);
        loop {
            let line = read_line(&mut stream).await?;
            self.commands.lock().unwrap().push(line.clone());
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            match verb.as_str() {
                "EHLO" => {
                    let offer = if self.speech == Speech::StartTls && !is_encrypted {
                        "250-STARTTLS\r\n"
                    } else {
                        ""
                    };
                    self.say(&mut stream, &line, &format!("250-mailbox\r\n{offer}250 AUTH PLAIN LOGIN"))
                        .await?;
                }
                "STARTTLS" => {
                    self.say(&mut stream, &line, "220 go ahead").await?;
                    let encrypted = acceptor().accept(stream.into_inner()).await.ok()?;
                    stream = BufReader::new(Box::new(encrypted));
                    is_encrypted = true;
                }
                "AUTH" => {
                    login = plain_login(&line);
                    self.say(&mut stream, &line, "235 welcome").await?;
                }
                "MAIL" => {
                    from = between(&line);
                    self.say(&mut stream, &line, "250 ok").await?;
                }
                "RCPT" => {
                    to = between(&line);
                    self.say(&mut stream, &line, "250 ok").await?;
                }
                "DATA" => {
                    self.say(&mut stream, &line, "354 go on").await?;
                    let text = read_letter(&mut stream).await?;
                    let letter = Letter {
                        from: from.clone(),
                        to: to.clone(),
                        text,
                        login: login.clone(),
                        is_encrypted,
                    };
                    self.letters.lock().unwrap().push(letter);
                    self.say(&mut stream, END_OF_LETTER, "250 2.0.0 kept as 1").await?;
                }
                "QUIT" => return self.say(&mut stream, &line, "221 bye").await,
                _ => self.say(&mut stream, &line, "500 what?").await?,
            }
        }
    }

    /// Says the usual, or what it was told to say instead.
    async fn say(&self, stream: &mut BufReader<Box<dyn Both>>, command: &str, usual: &str) -> Option<()> {
        let other = {
            let mut answers = self.answers.lock().unwrap();
            let is_meant = answers.front().is_some_and(|answer| command.starts_with(answer.0));
            if is_meant { answers.pop_front() } else { None }
        };
        let said = other.map_or(usual, |answer| answer.1);
        if said == SILENCE {
            tokio::time::sleep(Duration::from_mins(1)).await;
            return None;
        }
        stream.write_all(format!("{said}\r\n").as_bytes()).await.ok()?;
        stream.flush().await.ok()
    }
}

async fn read_line(stream: &mut BufReader<Box<dyn Both>>) -> Option<String> {
    let mut line = String::new();
    let length = stream.read_line(&mut line).await.ok()?;
    (length > 0).then(|| line.trim_end().to_owned())
}

/// As it was before a dot was put before every line that begins with one (RFC 5321 4.5.2).
async fn read_letter(stream: &mut BufReader<Box<dyn Both>>) -> Option<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        if line == ".\r\n" {
            return Some(text);
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

fn between(line: &str) -> String {
    let after = line.split_once('<').map_or("", |(_, after)| after);
    after.split('>').next().unwrap_or_default().to_owned()
}

fn plain_login(line: &str) -> Option<(String, String)> {
    let decoded = BASE64.decode(line.strip_prefix("AUTH PLAIN ")?).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let mut parts = text.split('\0').skip(1);
    Some((parts.next()?.to_owned(), parts.next()?.to_owned()))
}
