//! The other side of a channel: a small HTTP server that keeps what it was sent and answers as it is told.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    /// Method and address.
    pub line: String,
    headers: Vec<(String, String)>,
    pub body: String,
    /// The body as it came, where it is no text.
    pub bytes: Vec<u8>,
    /// The status it was answered with; none for silence.
    pub answered: Option<u16>,
}

impl Request {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// A parameter of the address, decoded.
    pub fn parameter(&self, name: &str) -> String {
        let query = self.line.split([' ', '?']).nth(2).unwrap();
        let value = query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap();
        let mut bytes = Vec::new();
        let mut rest = value.as_bytes();
        while let Some((first, after)) = rest.split_first() {
            if *first == b'%' {
                bytes.push(u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
                rest = &after[2..];
            } else {
                bytes.push(*first);
                rest = after;
            }
        }
        String::from_utf8(bytes).unwrap()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// How it answers.
#[derive(Debug, Clone)]
pub enum Reply {
    /// Status and body.
    With(u16, &'static str),
    /// Status, and the `receipt` of the message sent back.
    Receipt(u16),
    /// Redirects to another place.
    Elsewhere(String),
    /// Takes the request and says nothing.
    Silence,
    /// Takes the request and hangs up.
    HangUp,
}

impl Reply {
    fn status(&self) -> Option<u16> {
        match self {
            Self::With(status, _) | Self::Receipt(status) => Some(*status),
            Self::Elsewhere(_) => Some(302),
            Self::Silence | Self::HangUp => None,
        }
    }
}

/// The server.
pub struct Receiver {
    pub address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Receiver {
    /// Answers in turn; the last answer holds for all that come after.
    pub async fn answering(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let replies = Arc::new(Mutex::new(VecDeque::from(replies)));
        let kept = requests.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (kept, replies) = (kept.clone(), replies.clone());
                tokio::spawn(async move { answer(stream, &kept, &replies).await });
            }
        });
        Self { address, requests }
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

async fn answer(mut stream: TcpStream, kept: &Mutex<Vec<Request>>, replies: &Mutex<VecDeque<Reply>>) {
    let Some(mut request) = read(&mut stream).await else { return };
    let receipt = receipt_of(&request.body);
    let reply = {
        let mut replies = replies.lock().unwrap();
        let reply = if replies.len() > 1 { replies.pop_front().unwrap() } else { replies[0].clone() };
        request.answered = reply.status();
        kept.lock().unwrap().push(request);
        reply
    };
    let (head, body) = match &reply {
        Reply::With(status, body) => (format!("HTTP/1.1 {status} x\r\n"), (*body).to_owned()),
        Reply::Receipt(status) => (format!("HTTP/1.1 {status} x\r\n"), receipt),
        Reply::Elsewhere(place) => (format!("HTTP/1.1 302 x\r\nlocation: {place}\r\n"), String::new()),
        Reply::HangUp => return,
        Reply::Silence => {
            tokio::time::sleep(Duration::from_mins(1)).await;
            return;
        }
    };
    let text = format!("{head}connection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    // Who asked may be gone.
    let _ = stream.write_all(text.as_bytes()).await;
}

fn receipt_of(body: &str) -> String {
    let message: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    message["receipt"].as_str().unwrap_or_default().to_owned()
}

/// A whole request; none where the sender broke off.
async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let end = loop {
        let mut piece = [0; 4096];
        let n = stream.read(&mut piece).await.ok().filter(|n| *n > 0)?;
        bytes.extend_from_slice(&piece[..n]);
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let line = lines.next().unwrap().to_owned();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let length =
        headers.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, n)| n.parse().unwrap());
    let mut body = bytes[end + 4..].to_vec();
    while body.len() < length {
        let mut piece = [0; 4096];
        let n = stream.read(&mut piece).await.ok().filter(|n| *n > 0)?;
        body.extend_from_slice(&piece[..n]);
    }
    let text = String::from_utf8_lossy(&body).into_owned();
    Some(Request { line, headers, body: text, bytes: body, answered: None })
}
