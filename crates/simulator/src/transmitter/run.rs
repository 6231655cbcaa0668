//! The device's connection: connects, connects again, sends, sends again what is not confirmed.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use gb26875::{Command, Found, Frame, FrameReader};
use jiff::Timestamp;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tracing::{debug, warn};

use super::device::{AnswerHabit, Device};
use super::{Act, Told, TransmitterConfig};

/// Pause before it connects again.
const RECONNECT: Duration = Duration::from_secs(1);
/// A frame that is not confirmed by then is sent again (6.5).
const AGAIN_AFTER: Duration = Duration::from_secs(10);
/// How often a frame is sent in all.
const TRIES: u32 = 3;
/// How often it looks at its clocks.
const TICK: Duration = Duration::from_millis(100);
/// Bytes that are no frame: a false start among them.
const RUBBISH: &[u8] = b"\x00\xff@@@#\x40\x40\x01\x02rubbish##\x7f";

struct Sent {
    bytes: Vec<u8>,
    tries: u32,
    again_at: Instant,
}

struct Run {
    device: Device,
    sent: BTreeMap<u16, Sent>,
    answer_at: Option<Instant>,
    heartbeat: Duration,
    tell: mpsc::Sender<Told>,
}

pub(super) async fn run(
    config: TransmitterConfig,
    mut acts: mpsc::Receiver<Act>,
    tell: mpsc::Sender<Told>,
    stop: CancellationToken,
) {
    let (server, heartbeat) = (config.server, config.heartbeat);
    let mut run =
        Run { device: Device::new(config), sent: BTreeMap::new(), answer_at: None, heartbeat, tell };
    loop {
        let ended = tokio::select! {
            () = stop.cancelled() => return,
            connected = TcpStream::connect(server) => match connected {
                Ok(stream) => {
                    run.told(Told::Connected);
                    let ended = run.connected(stream, &mut acts, &stop).await;
                    run.told(Told::Disconnected);
                    ended
                }
                Err(error) => Err(error),
            },
        };
        match ended {
            Ok(()) => return,
            Err(error) => debug!(%error, %server, "simulated transmission device connects again"),
        }
        run.sent.clear();
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(RECONNECT) => {}
        }
    }
}

impl Run {
    /// Ok where it was told to stop.
    async fn connected(
        &mut self,
        stream: TcpStream,
        acts: &mut mpsc::Receiver<Act>,
        stop: &CancellationToken,
    ) -> std::io::Result<()> {
        stream.set_nodelay(true)?;
        let (mut read, mut write) = stream.into_split();
        let (to_write, mut writing) = mpsc::unbounded_channel::<Vec<u8>>();
        // Writing has a task of its own: while many frames are on their way, their confirmations come back.
        let writer = tokio::spawn(async move {
            while let Some(bytes) = writing.recv().await {
                write.write_all(&bytes).await?;
            }
            Ok::<(), std::io::Error>(())
        });
        let ended = self.talk(&mut read, &to_write, acts, stop).await;
        drop(to_write);
        writer.abort();
        ended
    }

    async fn talk(
        &mut self,
        read: &mut tokio::net::tcp::OwnedReadHalf,
        write: &mpsc::UnboundedSender<Vec<u8>>,
        acts: &mut mpsc::Receiver<Act>,
        stop: &CancellationToken,
    ) -> std::io::Result<()> {
        let mut reader = FrameReader::default();
        let mut buffer = vec![0; 16 * 1024];
        let mut tick = tokio::time::interval(TICK);
        let mut heartbeat = tokio::time::interval(self.heartbeat);
        heartbeat.reset();
        let greeting = self.device.greeting(Timestamp::now());
        self.send(greeting, write)?;
        loop {
            tokio::select! {
                () = stop.cancelled() => return Ok(()),
                count = read.read(&mut buffer) => match count? {
                    0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
                    count => {
                        reader.push(buffer.get(..count).unwrap_or_default());
                        while let Some(found) = reader.next_found() {
                            if let Found::Frame(frame) = found {
                                self.heard(&frame, write)?;
                            }
                        }
                    }
                },
                act = acts.recv() => match act {
                    None => return Ok(()),
                    Some(Act::Rubbish) => put(write, RUBBISH.to_vec())?,
                    Some(act) => {
                        let frames = self.device.act(&act, Timestamp::now());
                        self.send(frames, write)?;
                    }
                },
                _ = heartbeat.tick() => {
                    let frame = self.device.heartbeat(Timestamp::now());
                    self.send(vec![frame], write)?;
                }
                _ = tick.tick() => self.ticked(write)?,
            }
        }
    }

    fn heard(&mut self, frame: &Frame, write: &mpsc::UnboundedSender<Vec<u8>>) -> std::io::Result<()> {
        match frame.command {
            Command::Confirm | Command::Deny => {
                self.sent.remove(&frame.serial);
                let is_confirmed = frame.command == Command::Confirm;
                self.told(if is_confirmed {
                    Told::Confirmed(frame.serial)
                } else {
                    Told::Denied(frame.serial)
                });
            }
            _ => {
                let reaction = self.device.hear(frame, Timestamp::now());
                for frame in reaction.send {
                    put(write, encoded(&frame)?)?;
                }
                if let Some(minutes) = reaction.roll_call {
                    self.told(Told::RollCall(minutes));
                    if let AnswerHabit::After(pause) = self.device.answers() {
                        self.answer_at = Some(Instant::now() + pause);
                    }
                }
            }
        }
        Ok(())
    }

    fn ticked(&mut self, write: &mpsc::UnboundedSender<Vec<u8>>) -> std::io::Result<()> {
        let now = Instant::now();
        if self.answer_at.is_some_and(|at| now >= at) {
            self.answer_at = None;
            let frames = self.device.answer(Timestamp::now());
            self.send(frames, write)?;
            self.told(Told::Answered);
        }
        let mut again = Vec::new();
        self.sent.retain(|_, sent| {
            if now < sent.again_at {
                return true;
            }
            (sent.tries, sent.again_at) = (sent.tries + 1, now + AGAIN_AFTER);
            let goes_on = sent.tries <= TRIES;
            if goes_on {
                again.push(sent.bytes.clone());
            }
            goes_on
        });
        again.into_iter().try_for_each(|bytes| put(write, bytes))
    }

    fn send(&mut self, frames: Vec<Frame>, write: &mpsc::UnboundedSender<Vec<u8>>) -> std::io::Result<()> {
        for frame in frames {
            let bytes = encoded(&frame)?;
            let again_at = Instant::now() + AGAIN_AFTER;
            self.sent.insert(frame.serial, Sent { bytes: bytes.clone(), tries: 1, again_at });
            put(write, bytes)?;
        }
        Ok(())
    }

    fn told(&self, told: Told) {
        if self.tell.try_send(told).is_err() {
            debug!("nobody reads what the simulated transmission device tells");
        }
    }
}

fn put(write: &mpsc::UnboundedSender<Vec<u8>>, bytes: Vec<u8>) -> std::io::Result<()> {
    write.send(bytes).map_err(|_| std::io::ErrorKind::BrokenPipe.into())
}

fn encoded(frame: &Frame) -> std::io::Result<Vec<u8>> {
    frame.encode().map_err(|error| {
        warn!(%error, "a simulated frame is too long");
        std::io::ErrorKind::InvalidInput.into()
    })
}
