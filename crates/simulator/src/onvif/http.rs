//! As much of HTTP as a SOAP answer needs: one request a connection.

use super::{Hostility, State, answers, locked, login};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// Longest request, in bytes.
const REQUEST_BYTES_MAX: usize = 64 << 10;
/// Connections served at once; more wait.
const CONNECTIONS_MAX: usize = 64;
/// For one request.
const REQUEST_LIMIT: Duration = Duration::from_secs(10);

/// Accepts connections until dropped.
pub(super) async fn serve(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        while connections.len() >= CONNECTIONS_MAX {
            connections.join_next().await;
        }
        match listener.accept().await {
            Ok((socket, _)) => {
                let state = Arc::clone(&state);
                connections.spawn(async move {
                    if let Err(error) = answer(socket, &state).await {
                        tracing::debug!(%error, "simulated onvif device: connection ended");
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "simulated onvif device: accept failed");
                sleep(Duration::from_millis(50)).await;
            }
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn answer(mut socket: TcpStream, state: &State) -> io::Result<()> {
    let request = timeout(REQUEST_LIMIT, read(&mut socket)).await??;
    let (head, body) = request.split_once("\r\n\r\n").unwrap_or((&request, ""));
    let operation = operation(body);
    state.note(operation);
    let habits = state.config.habits;
    sleep(habits.delay).await;
    let is_open = operation == "GetSystemDateAndTime" && !habits.hides_clock;
    if !is_open && let Some(hostility) = habits.hostility {
        return misbehave(&mut socket, hostility).await;
    }
    let (status, extra, text) = if is_open || login::accepts(state, head, body) {
        match answers::answer(state, operation, body) {
            Some(text) => ("200 OK", String::new(), text),
            None => (
                "500 Internal Server Error",
                String::new(),
                answers::fault("ter:ActionNotSupported", "not known"),
            ),
        }
    } else {
        *locked(&state.refused) += 1;
        let fault = answers::fault("ter:NotAuthorized", "Sender not authorized");
        match login::challenge(state) {
            Some(challenge) => ("401 Unauthorized", format!("WWW-Authenticate: {challenge}\r\n"), fault),
            None => ("400 Bad Request", String::new(), fault),
        }
    };
    reply(&mut socket, status, &extra, &text).await
}

/// Reads one request to the end of its body.
async fn read(socket: &mut TcpStream) -> io::Result<String> {
    let mut bytes = Vec::new();
    loop {
        if socket.read_buf(&mut bytes).await? == 0 || bytes.len() > REQUEST_BYTES_MAX {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = header(head, "Content-Length").and_then(|value| value.parse().ok()).unwrap_or(0);
        if body.len() >= length {
            return Ok(text.into_owned());
        }
    }
}

/// The value of a header.
pub(super) fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = head.lines().filter_map(|line| line.split_once(':'));
    pairs.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// The local name of the first element in the body of an envelope.
fn operation(envelope: &str) -> &str {
    let inner =
        envelope.split_once("Body>").map_or("", |(_, rest)| rest).trim_start().trim_start_matches('<');
    let name = inner.split([' ', '>', '/']).next().unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default()
}

async fn reply(socket: &mut TcpStream, status: &str, extra: &str, text: &str) -> io::Result<()> {
    let length = text.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nServer: watchfire-simulator\r\nContent-Type: application/soap+xml\r\nContent-Length: {length}\r\n{extra}\r\n"
    );
    socket.write_all((head + text).as_bytes()).await
}

async fn misbehave(socket: &mut TcpStream, hostility: Hostility) -> io::Result<()> {
    let ok = b"HTTP/1.1 200 OK\r\n\r\n";
    match hostility {
        Hostility::Huge => {
            socket.write_all(ok).await?;
            socket.write_all(b"<Envelope><Body>").await?;
            for _ in 0..1_000 {
                socket.write_all(&b"<x>y</x>".repeat(1_000)).await?;
            }
            Ok(())
        }
        Hostility::Bomb => {
            let bomb = "<!DOCTYPE a [<!ENTITY b \"cccccccc\"><!ENTITY d \"&b;&b;&b;&b;\"><!ENTITY e \"&d;&d;&d;&d;\">]>\
                        <Envelope><Body>&e;</Body></Envelope>";
            reply(socket, "200 OK", "", bomb).await
        }
        Hostility::Cut => {
            socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<Envelope><Body>").await
        }
        Hostility::WebPage => reply(socket, "404 Not Found", "", "<html><body>no<br></body></html>").await,
        Hostility::Redirect => reply(socket, "302 Found", "Location: http://10.255.255.1/\r\n", "").await,
        Hostility::Drip => loop {
            socket.write_all(b"H").await?;
            sleep(Duration::from_secs(1)).await;
        },
    }
}
