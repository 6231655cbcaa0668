//! As much of HTTP as an S3 client needs: requests one after the other on a connection, bodies of a length that is said before.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::{State, answers, locked};

/// Longest head of a request.
const HEAD_BYTES_MAX: usize = 64 << 10;
/// Longest object.
const BODY_BYTES_MAX: usize = 256 << 20;

/// A request as it came.
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Request {
    /// A header by its lower-case name.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// What is answered.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

/// Accepts connections until dropped.
pub(super) async fn serve(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        if let Ok((socket, _)) = listener.accept().await {
            let state = Arc::clone(&state);
            connections.spawn(async move {
                if let Err(error) = converse(socket, &state).await {
                    tracing::debug!(%error, "simulated storage: connection ended");
                }
            });
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn converse(mut socket: TcpStream, state: &State) -> io::Result<()> {
    let mut rest = Vec::new();
    while let Some(request) = read(&mut socket, &mut rest).await? {
        locked(&state.asked).push(format!("{} {}?{}", request.method, request.path, request.query));
        let faults = locked(&state.faults).clone();
        sleep(faults.delay).await;
        if faults.is_away {
            return Ok(());
        }
        let answer = answers::answer(state, &faults, &request);
        if faults.forgets_answers && request.method == "PUT" {
            return Ok(());
        }
        let cut = faults.cuts && request.method == "GET" && answer.status < 300;
        write(&mut socket, &request, &answer, cut).await?;
        if cut {
            return Ok(());
        }
    }
    Ok(())
}

/// The next request; none at the end of the connection.
async fn read(socket: &mut TcpStream, rest: &mut Vec<u8>) -> io::Result<Option<Request>> {
    let head_bytes = loop {
        if let Some(at) = rest.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        if rest.len() > HEAD_BYTES_MAX {
            return Err(io::ErrorKind::InvalidData.into());
        }
        if socket.read_buf(rest).await? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(&rest[..head_bytes]).into_owned();
    rest.drain(..head_bytes);
    let mut lines = head.lines();
    let mut first = lines.next().unwrap_or_default().split(' ');
    let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let pairs = lines.filter_map(|line| line.split_once(':'));
    let headers: Vec<_> =
        pairs.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
    if length > BODY_BYTES_MAX {
        return Err(io::ErrorKind::InvalidData.into());
    }
    while rest.len() < length {
        if socket.read_buf(rest).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    let body = rest.drain(..length).collect();
    Ok(Some(Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body,
    }))
}

async fn write(socket: &mut TcpStream, request: &Request, answer: &Answer, cut: bool) -> io::Result<()> {
    let mut head = vec![format!("HTTP/1.1 {} -", answer.status)];
    let says_length = answer.headers.iter().any(|(name, _)| *name == "content-length");
    if !says_length && answer.status != 204 {
        head.push(format!("content-length: {}", answer.body.len()));
    }
    head.extend(answer.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    socket.write_all((head.join("\r\n") + "\r\n\r\n").as_bytes()).await?;
    let body = if cut { &answer.body[..answer.body.len() / 2] } else { &answer.body };
    if request.method != "HEAD" {
        socket.write_all(body).await?;
    }
    socket.flush().await
}
