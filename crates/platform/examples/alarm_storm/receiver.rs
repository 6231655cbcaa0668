//! The channel's other side: takes every message at once and notes when it first came for which alarm.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::str::FromStr as _;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use domain::ids::AlarmId;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const LOOK_EVERY: Duration = Duration::from_millis(200);
const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

/// When an alarm was told of, and how often with the same delivery number.
#[derive(Clone, Copy)]
pub struct Arrived {
    pub first: Instant,
    pub times: u32,
}

#[derive(Default)]
struct Kept {
    alarms: HashMap<AlarmId, Instant>,
    deliveries: HashMap<String, (AlarmId, u32)>,
}

pub struct Receiver {
    address: SocketAddr,
    kept: Arc<Mutex<Kept>>,
}

impl Receiver {
    pub async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let kept = Arc::<Mutex<Kept>>::default();
        let shared = Arc::clone(&kept);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let kept = Arc::clone(&shared);
                tokio::spawn(async move { serve(stream, &kept).await });
            }
        });
        Ok(Self { address, kept })
    }

    pub fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    /// What came, once every alarm was told of or the time is over.
    pub async fn wait_for(
        &self,
        alarms: impl Iterator<Item = AlarmId>,
        until: Instant,
    ) -> HashMap<AlarmId, Arrived> {
        let alarms: Vec<AlarmId> = alarms.collect();
        loop {
            {
                let Ok(kept) = self.kept.lock() else { return HashMap::new() };
                let is_whole = alarms.iter().all(|id| kept.alarms.contains_key(id));
                if is_whole || Instant::now() >= until {
                    return arrivals(&kept);
                }
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

fn arrivals(kept: &Kept) -> HashMap<AlarmId, Arrived> {
    let mut all: HashMap<AlarmId, Arrived> =
        kept.alarms.iter().map(|(id, first)| (*id, Arrived { first: *first, times: 1 })).collect();
    for (id, times) in kept.deliveries.values() {
        if let Some(one) = all.get_mut(id) {
            one.times = one.times.max(*times);
        }
    }
    all
}

async fn serve(mut stream: TcpStream, kept: &Mutex<Kept>) {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 4096];
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return,
            Ok(n) => bytes.extend_from_slice(&piece[..n]),
        }
        while let Some((body, end)) = request(&bytes) {
            note(kept, &bytes[body..end]);
            bytes.drain(..end);
            if stream.write_all(ANSWER).await.is_err() {
                return;
            }
        }
    }
}

/// Where the body of the first whole request lies.
fn request(bytes: &[u8]) -> Option<(usize, usize)> {
    let body = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&bytes[..body]).ok()?.to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"))?.trim();
    let end = body + length.parse::<usize>().ok()?;
    (bytes.len() >= end).then_some((body, end))
}

fn note(kept: &Mutex<Kept>, body: &[u8]) {
    let Ok(message) = serde_json::from_slice::<serde_json::Value>(body) else { return };
    let id = message["alarm"]["id"].as_str().and_then(|word| AlarmId::from_str(word).ok());
    let (Some(id), Some(delivery), Ok(mut kept)) = (id, message["delivery"].as_str(), kept.lock()) else {
        return;
    };
    kept.alarms.entry(id).or_insert_with(Instant::now);
    kept.deliveries.entry(delivery.to_owned()).or_insert((id, 0)).1 += 1;
}
