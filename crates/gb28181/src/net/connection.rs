//! One TCP connection: the task that reads it, and writes what could not be written at once.

use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::net::TcpStream;
use tokio::sync::{Notify, mpsc};
use tokio::time::{sleep, timeout};

use super::limits::Limits;

/// Bytes read at once.
const READ_BYTES_MAX: usize = 64 * 1024;

/// Reads below this size are copied into a buffer of their own size: they wait for the rest of their message, and 600 bytes should not hold
/// 64 KiB.
const COPY_BYTES_MAX: usize = 16 * 1024;

/// Time for what was sent to leave before a connection is closed.
const GRACE: Duration = Duration::from_secs(2);

/// A message in the queue costs at least this much beside its bytes, so that many tiny ones are bounded too.
pub(super) const QUEUED_BYTES: usize = 64;

/// What owner and task share.
#[derive(Debug)]
pub(super) struct Wire {
    pub stream: TcpStream,
    /// Bytes in the queue, [`QUEUED_BYTES`] a message included. While it is 0 only the owner writes, otherwise only the task.
    pub queued: AtomicUsize,
    pub is_vouched: AtomicBool,
    /// The owner wants it closed: after the queue, or at once.
    pub closing: Notify,
    pub cut: Notify,
}

/// What a task tells.
#[derive(Debug)]
pub(super) enum Told {
    Data { connection: u64, bytes: Bytes },
    Ended { connection: u64, why: Why },
}

/// Why a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// The peer closed it, or the network did.
    Peer,
    /// Nothing was heard.
    Idle,
    /// Nobody vouched for it.
    Unproven,
    /// Closed by the owner.
    Owner,
}

impl Wire {
    pub fn new(stream: TcpStream, is_vouched: bool) -> Self {
        // Without it an answer waits for the acknowledgement of the one before; a refusal costs 40 ms.
        let _ = stream.set_nodelay(true);
        Self {
            stream,
            queued: AtomicUsize::new(0),
            is_vouched: AtomicBool::new(is_vouched),
            closing: Notify::new(),
            cut: Notify::new(),
        }
    }
}

/// Carries one connection to its end.
pub(super) async fn carry(
    connection: u64,
    wire: Arc<Wire>,
    queue: mpsc::UnboundedReceiver<Bytes>,
    told: mpsc::Sender<Told>,
    limits: Limits,
) {
    let why = tokio::select! {
        why = read(connection, &wire, &told, Duration::from_secs(limits.idle_s)) => why,
        why = write(&wire, queue) => why,
        why = doubt(&wire, Duration::from_secs(limits.unproven_s)) => why,
        why = close(&wire) => why,
    };
    // Fails only when the owner is gone, and then nobody asks.
    let _ = told.send(Told::Ended { connection, why }).await;
}

/// Reads, and only when there is room for what is read.
async fn read(connection: u64, wire: &Wire, told: &mpsc::Sender<Told>, idle: Duration) -> Why {
    loop {
        match timeout(idle, wire.stream.readable()).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return Why::Peer,
            Err(_) => return Why::Idle,
        }
        let Ok(room) = told.reserve().await else { return Why::Owner };
        match read_once(&wire.stream) {
            Ok(bytes) if bytes.is_empty() => return Why::Peer,
            Ok(bytes) => room.send(Told::Data { connection, bytes }),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(_) => return Why::Peer,
        }
    }
}

fn read_once(stream: &TcpStream) -> io::Result<Bytes> {
    let mut buffer = BytesMut::with_capacity(READ_BYTES_MAX);
    stream.try_read_buf(&mut buffer)?;
    Ok(if buffer.len() < COPY_BYTES_MAX { Bytes::copy_from_slice(&buffer) } else { buffer.freeze() })
}

/// Writes the queue.
async fn write(wire: &Wire, mut queue: mpsc::UnboundedReceiver<Bytes>) -> Why {
    while let Some(bytes) = queue.recv().await {
        let mut rest = bytes.as_ref();
        while !rest.is_empty() {
            if wire.stream.writable().await.is_err() {
                return Why::Peer;
            }
            match wire.stream.try_write(rest) {
                Ok(written) => rest = &rest[written..],
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(_) => return Why::Peer,
            }
        }
        wire.queued.fetch_sub(bytes.len() + QUEUED_BYTES, Ordering::Release);
    }
    Why::Owner
}

/// Ends a connection that nobody has vouched for in time.
async fn doubt(wire: &Wire, unproven: Duration) -> Why {
    sleep(unproven).await;
    if wire.is_vouched.load(Ordering::Relaxed) {
        std::future::pending::<()>().await;
    }
    Why::Unproven
}

/// Ends a connection that the owner does not want any more.
async fn close(wire: &Wire) -> Why {
    tokio::select! {
        () = wire.cut.notified() => {}
        () = wire.closing.notified() => {
            let _ = timeout(GRACE, wire.cut.notified()).await;
        }
    }
    Why::Owner
}
