//! A broker of MQTT for stories: it keeps what was published and answers as it is told. It reads packets by itself, not with the channel's code.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::encrypted::{Both, acceptor};

/// A connection as it was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    pub client: String,
    pub login: Option<(String, String)>,
}

/// A message as it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub topic: String,
    pub payload: String,
}

/// What it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Takes a connection, or answers for a message.
    Take,
    /// Refuses a connection with this code.
    Refuse(u8),
    /// Closes.
    Close,
    /// Says nothing.
    Silence,
    /// Answers for another message.
    AnswerForAnother,
    /// Says something that is no MQTT.
    Babble,
}

/// The broker.
pub struct Broker {
    pub address: SocketAddr,
    connections: Arc<Mutex<Vec<Connection>>>,
    messages: Arc<Mutex<Vec<Published>>>,
}

#[derive(Clone)]
struct Desk {
    acts: Arc<Mutex<VecDeque<Act>>>,
    connections: Arc<Mutex<Vec<Connection>>>,
    messages: Arc<Mutex<Vec<Published>>>,
}

impl Broker {
    /// Acts in turn at connections and messages, then takes everything.
    pub async fn acting(is_encrypted: bool, acts: &[Act]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let desk = Desk {
            acts: Arc::new(Mutex::new(acts.iter().copied().collect())),
            connections: Arc::default(),
            messages: Arc::default(),
        };
        let (connections, messages) = (desk.connections.clone(), desk.messages.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let desk = desk.clone();
                tokio::spawn(async move {
                    let stream: Box<dyn Both> = if is_encrypted {
                        Box::new(acceptor().accept(stream).await.ok()?)
                    } else {
                        Box::new(stream)
                    };
                    desk.serve(stream).await
                });
            }
        });
        Self { address, connections, messages }
    }

    pub fn connections(&self) -> Vec<Connection> {
        self.connections.lock().unwrap().clone()
    }

    pub fn messages(&self) -> Vec<Published> {
        self.messages.lock().unwrap().clone()
    }
}

impl Desk {
    async fn serve(&self, mut stream: Box<dyn Both>) -> Option<()> {
        loop {
            let kind = stream.read_u8().await.ok()?;
            let mut length = 0;
            for shift in 0..4 {
                let digit = stream.read_u8().await.ok()?;
                length |= usize::from(digit & 0x7f) << (7 * shift);
                if digit & 0x80 == 0 {
                    break;
                }
            }
            let mut body = vec![0; length];
            stream.read_exact(&mut body).await.ok()?;
            let answer = match kind {
                0x10 => {
                    self.connections.lock().unwrap().push(connection(&body));
                    vec![0x20, 2, 0, 0]
                }
                0x32 => {
                    let (topic, rest) = text(&body);
                    self.messages
                        .lock()
                        .unwrap()
                        .push(Published { topic, payload: String::from_utf8(rest[2..].to_vec()).unwrap() });
                    vec![0x40, 2, rest[0], rest[1]]
                }
                other => panic!("packet {other:x}"),
            };
            let act = self.acts.lock().unwrap().pop_front().unwrap_or(Act::Take);
            let answer = match act {
                Act::Take => answer,
                Act::Refuse(code) => vec![0x20, 2, 0, code],
                Act::Close => return Some(()),
                Act::Silence => {
                    tokio::time::sleep(Duration::from_mins(1)).await;
                    return Some(());
                }
                Act::AnswerForAnother => vec![0x40, 2, 0xff, 0xff],
                Act::Babble => b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(),
            };
            stream.write_all(&answer).await.ok()?;
            stream.flush().await.ok()?;
        }
    }
}

/// Protocol name, level, flags, keep-alive; then the client's name, and who it is.
fn connection(body: &[u8]) -> Connection {
    assert_eq!(body[..7], [0, 4, b'M', b'Q', b'T', b'T', 4], "MQTT 3.1.1");
    let flags = body[7];
    assert_eq!(flags & 2, 2, "a session that ends with the connection");
    let (client, rest) = text(&body[10..]);
    let login = (flags & 0xc0 == 0xc0).then(|| {
        let (user, rest) = text(rest);
        (user, text(rest).0)
    });
    Connection { client, login }
}

fn text(bytes: &[u8]) -> (String, &[u8]) {
    let length = usize::from(u16::from_be_bytes([bytes[0], bytes[1]]));
    (String::from_utf8(bytes[2..2 + length].to_vec()).unwrap(), &bytes[2 + length..])
}
