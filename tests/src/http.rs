//! Just enough HTTP/1.1 for the stories: JSON in and out, one cookie, one event stream. Loopback only, no TLS.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The slowest answer a story waits for.
const ANSWER_MAX: Duration = Duration::from_secs(30);

/// What the server answered.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body as JSON; null when it is none.
    pub body: Value,
}

/// One person's browser: an address and the session cookie.
pub struct Browser {
    address: String,
    cookie: Option<String>,
}

impl Browser {
    /// Nobody yet.
    pub fn new(url: &str) -> Self {
        Self { address: url.trim_start_matches("http://").to_owned(), cookie: None }
    }

    /// Signs in with a one-time token.
    pub fn enter(url: &str, token: &str) -> Result<Self> {
        let mut browser = Self::new(url);
        let answer = browser.post("/api/session/one-time", &serde_json::json!({"token": token}))?;
        if answer.status != 200 {
            bail!("one-time link refused: {answer:?}");
        }
        Ok(browser)
    }

    /// The same person at another address of the same platform.
    #[must_use]
    pub fn at(&self, url: &str) -> Self {
        Self { cookie: self.cookie.clone(), ..Self::new(url) }
    }

    /// GET.
    pub fn get(&mut self, path: &str) -> Result<Answer> {
        self.ask("GET", path, "", "")
    }

    /// POST of JSON.
    pub fn post(&mut self, path: &str, body: &Value) -> Result<Answer> {
        self.ask("POST", path, "Content-Type: application/json\r\n", &body.to_string())
    }

    /// The event stream, from after the given event.
    pub fn events(&self, last_event_id: Option<&str>) -> Result<EventStream> {
        let resume = last_event_id.map_or(String::new(), |id| format!("Last-Event-ID: {id}\r\n"));
        let mut stream =
            self.send("GET", "/api/events", &format!("Accept: text/event-stream\r\n{resume}"), "")?;
        let (status, _) = read_head(&mut stream)?;
        if status != 200 {
            bail!("no event stream: {status}");
        }
        Ok(EventStream { stream })
    }

    fn ask(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Result<Answer> {
        let mut stream = self.send(method, path, headers, body)?;
        let (status, head) = read_head(&mut stream)?;
        for (name, value) in &head {
            if name == "set-cookie" {
                self.cookie = value.split(';').next().map(str::to_owned);
            }
        }
        let chunked = head.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
        let bytes = if chunked { read_chunks(&mut stream)? } else { read_rest(&mut stream)? };
        Ok(Answer { status, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) })
    }

    fn send(&self, method: &str, path: &str, headers: &str, body: &str) -> Result<BufReader<TcpStream>> {
        let mut stream = TcpStream::connect(&self.address).with_context(|| self.address.clone())?;
        stream.set_read_timeout(Some(ANSWER_MAX))?;
        let cookie = self.cookie.as_ref().map_or(String::new(), |cookie| format!("Cookie: {cookie}\r\n"));
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: close\r\n\
             {cookie}{headers}Content-Length: {length}\r\n\r\n{body}",
            host = self.address,
            length = body.len(),
        )?;
        Ok(BufReader::new(stream))
    }
}

/// Server-sent events, read as they come.
pub struct EventStream {
    stream: BufReader<TcpStream>,
}

impl EventStream {
    /// The next event of that name whose data pleases.
    pub fn wait_for(
        &mut self,
        name: &str,
        at_most: Duration,
        pleases: impl Fn(&Value) -> bool,
    ) -> Result<Value> {
        let until = Instant::now() + at_most;
        let mut event = String::new();
        while Instant::now() < until {
            let mut line = String::new();
            if self.stream.read_line(&mut line)? == 0 {
                bail!("the event stream ended");
            }
            // Chunk sizes of the transfer stand on lines of their own and match neither prefix.
            if let Some(found) = line.strip_prefix("event:") {
                found.trim().clone_into(&mut event);
            } else if let Some(data) = line.strip_prefix("data:")
                && event == name
                && let Ok(value) = serde_json::from_str::<Value>(data.trim())
                && pleases(&value)
            {
                return Ok(value);
            }
        }
        bail!("no `{name}` event within {at_most:?}")
    }
}

fn read_head(stream: &mut BufReader<TcpStream>) -> Result<(u16, Vec<(String, String)>)> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let status = line
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .with_context(|| format!("answer: {line:?}"))?;
    let mut head = Vec::new();
    loop {
        line.clear();
        stream.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { return Ok((status, head)) };
        head.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

fn read_rest(stream: &mut BufReader<TcpStream>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn read_chunks(stream: &mut BufReader<TcpStream>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let length =
            usize::from_str_radix(line.trim(), 16).with_context(|| format!("chunk size {line:?}"))?;
        let mut chunk = vec![0; length + 2]; // the data and the line end behind it
        stream.read_exact(&mut chunk)?;
        if length == 0 {
            return Ok(bytes);
        }
        bytes.extend_from_slice(&chunk[..length]);
    }
}
