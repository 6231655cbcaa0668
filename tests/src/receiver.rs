//! The far side of the webhook: a small HTTP server in whose mood a story decides what becomes of a message.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::Value;

/// How long a message is held at most; the platform waits for ten seconds.
const HELD_MAX: Duration = Duration::from_secs(20);

/// How messages are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// 200, and the receipt of the message where it bears one.
    Good,
    /// 500.
    Fails,
    /// 200 without the receipt: it says that it took the message, and proves nothing.
    Lies,
    /// Taken and not answered until the mood changes; then hung up.
    Holds,
}

/// A message as it came.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Its delivery number.
    pub number: String,
    /// The message.
    pub message: Value,
    /// True where it was answered with 200.
    pub taken: bool,
}

impl Delivery {
    fn is_about(&self, alarm: &str) -> bool {
        self.message["alarm"]["id"] == alarm
    }
}

/// The server. It lives as long as the test program.
#[derive(Clone)]
pub struct Receiver {
    /// Where it listens.
    pub url: String,
    shared: Arc<(Mutex<State>, Condvar)>,
}

struct State {
    mood: Mood,
    deliveries: Vec<Delivery>,
}

impl Receiver {
    /// Starts in a good mood.
    pub fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}/hook", listener.local_addr()?);
        let state = State { mood: Mood::Good, deliveries: Vec::new() };
        let receiver = Self { url, shared: Arc::new((Mutex::new(state), Condvar::new())) };
        let serving = receiver.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = serving.clone();
                // Whoever breaks off is no fault of the receiver's.
                std::thread::spawn(move || drop(serving.answer(stream)));
            }
        });
        Ok(receiver)
    }

    /// Changes the mood; what is held is hung up.
    pub fn set_mood(&self, mood: Mood) {
        self.state().mood = mood;
        self.shared.1.notify_all();
    }

    /// Everything that came about an alarm.
    pub fn about(&self, alarm: &str) -> Vec<Delivery> {
        self.state().deliveries.iter().filter(|one| one.is_about(alarm)).cloned().collect()
    }

    /// Waits until something pleases.
    pub fn wait_for(&self, at_most: Duration, pleases: impl Fn(&Delivery) -> bool) -> Result<()> {
        let until = Instant::now() + at_most;
        let mut state = self.state();
        while !state.deliveries.iter().any(&pleases) {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                bail!("nothing of that kind came within {at_most:?}: {:?}", state.deliveries);
            }
            state = self.shared.1.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        Ok(())
    }

    /// Waits until an alarm's message is here, answered or not.
    pub fn wait_until_called(&self, alarm: &str, at_most: Duration) -> Result<()> {
        self.wait_for(at_most, |one| one.is_about(alarm))
    }

    /// Waits until an alarm's message is taken.
    pub fn wait_until_taken(&self, alarm: &str, at_most: Duration) -> Result<()> {
        self.wait_for(at_most, |one| one.is_about(alarm) && one.taken)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, stream: TcpStream) -> Result<()> {
        let mut reader = BufReader::new(stream);
        let (number, message) = read(&mut reader)?;
        let receipt = message["receipt"].as_str().unwrap_or_default().to_owned();
        let mut state = self.state();
        let at = state.deliveries.len();
        state.deliveries.push(Delivery { number, message, taken: false });
        self.shared.1.notify_all();
        let until = Instant::now() + HELD_MAX;
        let was_held = state.mood == Mood::Holds;
        while state.mood == Mood::Holds && Instant::now() < until {
            state = self.shared.1.wait_timeout(state, HELD_MAX).unwrap_or_else(PoisonError::into_inner).0;
        }
        if was_held {
            return Ok(());
        }
        let (status, body) = match state.mood {
            Mood::Fails => (500, "busy".to_owned()),
            Mood::Lies => (200, "ok".to_owned()),
            Mood::Good | Mood::Holds => (200, receipt),
        };
        state.deliveries[at].taken = status == 200;
        drop(state);
        let mut stream = reader.into_inner();
        write!(
            stream,
            "HTTP/1.1 {status} x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        stream.flush()?;
        self.shared.1.notify_all();
        Ok(())
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Result<(String, Value)> {
    let (mut number, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            bail!("broken off");
        }
        let Some((name, value)) = line.trim_end().split_once(':') else {
            if line.trim_end().is_empty() {
                break;
            }
            continue;
        };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse()?,
            "x-watchfire-delivery" => value.trim().clone_into(&mut number),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok((number, serde_json::from_slice(&body)?))
}
