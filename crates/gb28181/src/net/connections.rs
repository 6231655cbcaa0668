//! The table of TCP connections: who may have one, what is sent on it, and what its task tells.

use std::collections::HashMap;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::connection::{QUEUED_BYTES, Told, Why, Wire, carry};
use super::limits::Limits;
use super::{Arrival, Counters};
use crate::sip::{Channel, Peer};

/// Reads of all connections that wait for the owner: 16 MiB at worst. Beyond it connections are not read.
const TOLD_MAX: usize = 256;

/// Time to open a connection: a server on the line answers within one, a dead one after minutes.
const DIAL_TIMEOUT: Duration = Duration::from_secs(5);

/// The connections.
#[derive(Debug)]
pub(super) struct Connections {
    limits: Limits,
    open: HashMap<u64, Open>,
    by_address: HashMap<IpAddr, usize>,
    last: u64,
    tell: mpsc::Sender<Told>,
    told: mpsc::Receiver<Told>,
    // Owns the tasks: they end with it.
    tasks: JoinSet<()>,
    counters: Counters,
}

#[derive(Debug)]
struct Open {
    address: SocketAddr,
    is_accepted: bool,
    wire: Arc<Wire>,
    // `None` once it is being closed.
    queue: Option<mpsc::UnboundedSender<Bytes>>,
}

/// Opens a connection, for [`super::Sockets::adopt`].
///
/// # Errors
/// What the system says, or that it took too long.
pub async fn dial(to: SocketAddr) -> io::Result<TcpStream> {
    timeout(DIAL_TIMEOUT, TcpStream::connect(to)).await.map_err(|_| io::Error::from(ErrorKind::TimedOut))?
}

impl Connections {
    pub fn new(limits: Limits) -> Self {
        let (tell, told) = mpsc::channel(TOLD_MAX);
        Self {
            limits,
            open: HashMap::new(),
            by_address: HashMap::new(),
            last: 0,
            tell,
            told,
            tasks: JoinSet::new(),
            counters: Counters::default(),
        }
    }

    pub fn counters(&self) -> Counters {
        Counters { connections: self.open.len() as u64, ..self.counters }
    }

    /// Takes in a connection that a listener accepted, or closes it at once.
    pub fn accept(&mut self, stream: TcpStream, address: SocketAddr) {
        let of_address = self.by_address.get(&network_of(address.ip())).copied().unwrap_or(0);
        if self.open.len() >= self.limits.connections_max
            || of_address >= self.limits.connections_per_address_max
        {
            self.counters.refused += 1;
            return;
        }
        self.by_address.insert(network_of(address.ip()), of_address + 1);
        self.counters.accepted += 1;
        self.begin(stream, address, true);
    }

    pub fn adopt(&mut self, stream: TcpStream) -> io::Result<Peer> {
        if self.open.len() >= self.limits.connections_max {
            return Err(io::Error::new(ErrorKind::QuotaExceeded, "too many connections"));
        }
        let address = stream.peer_addr()?;
        let connection = self.begin(stream, address, false);
        Ok(Peer { address, channel: Channel::Tcp { connection } })
    }

    fn begin(&mut self, stream: TcpStream, address: SocketAddr, is_accepted: bool) -> u64 {
        self.last += 1;
        let wire = Arc::new(Wire::new(stream, !is_accepted));
        let (queue, queued) = mpsc::unbounded_channel();
        self.tasks.spawn(carry(self.last, wire.clone(), queued, self.tell.clone(), self.limits));
        self.open.insert(self.last, Open { address, is_accepted, wire, queue: Some(queue) });
        self.last
    }

    pub fn vouch(&mut self, connection: u64) {
        if let Some(open) = self.open.get(&connection) {
            open.wire.is_vouched.store(true, Ordering::Relaxed);
        }
    }

    pub fn close(&mut self, connection: u64) {
        if let Some(open) = self.open.get_mut(&connection) {
            open.queue = None;
            open.wire.closing.notify_one();
        }
    }

    pub fn send(&mut self, bytes: &Bytes, connection: u64) {
        let Some(open) = self.open.get_mut(&connection) else { return };
        let Some(queue) = &open.queue else { return };
        let wire = &open.wire;
        let queued = wire.queued.load(Ordering::Acquire);
        let mut rest = bytes.clone();
        if queued == 0 {
            match wire.stream.try_write(bytes) {
                Ok(written) if written == bytes.len() => return,
                Ok(written) => rest = bytes.slice(written..),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                // The task sees the same and tells it.
                Err(_) => return,
            }
        }
        let cost = rest.len() + QUEUED_BYTES;
        if queued + cost > self.limits.send_queue_bytes_max {
            self.counters.closed_full += 1;
            open.queue = None;
            open.wire.cut.notify_one();
            return;
        }
        wire.queued.fetch_add(cost, Ordering::Release);
        // Fails only when the task has ended, which it tells.
        let _ = queue.send(rest);
    }

    pub fn try_next(&mut self) -> Option<Arrival> {
        while let Ok(told) = self.told.try_recv() {
            if let Some(arrival) = self.hear(told) {
                return Some(arrival);
            }
        }
        None
    }

    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Arrival> {
        // It never ends: this table has a sender too.
        while let Some(told) = ready!(self.told.poll_recv(context)) {
            if let Some(arrival) = self.hear(told) {
                return Poll::Ready(arrival);
            }
        }
        Poll::Pending
    }

    fn hear(&mut self, told: Told) -> Option<Arrival> {
        match told {
            Told::Data { connection, bytes } => {
                let open = self.open.get(&connection).filter(|open| open.queue.is_some())?;
                let from = Peer { address: open.address, channel: Channel::Tcp { connection } };
                Some(Arrival::Data { from, bytes })
            }
            Told::Ended { connection, why } => {
                let open = self.open.remove(&connection)?;
                match why {
                    Why::Idle => self.counters.closed_idle += 1,
                    Why::Unproven => self.counters.closed_unproven += 1,
                    Why::Peer | Why::Owner => {}
                }
                if open.is_accepted {
                    self.forget_address(network_of(open.address.ip()));
                }
                while self.tasks.try_join_next().is_some() {}
                Some(Arrival::Closed { connection })
            }
        }
    }

    fn forget_address(&mut self, network: IpAddr) {
        if let Some(count) = self.by_address.get_mut(&network) {
            *count -= 1;
            if *count == 0 {
                self.by_address.remove(&network);
            }
        }
    }
}

/// Whose address it is: one host of IPv4, one network of IPv6, in which a host takes as many addresses as it likes.
fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}
