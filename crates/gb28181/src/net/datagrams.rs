//! The UDP sockets, read in the owner's own task.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use socket2::SockRef;
use tokio::net::UdpSocket;

use super::error::BindError;
use super::{Arrival, Counters};
use crate::sip::limits::DATAGRAM_BYTES_MAX;
use crate::sip::{Channel, Peer};

/// Datagrams lie one after the other in a buffer of this size; a new one is taken when it is used up and still held. A longer one would
/// be held by a single datagram that somebody keeps, a shorter one hold few beside the longest possible.
const BUFFER_BYTES: usize = 256 * 1024;

/// The system's buffers: a second of 10 000 messages, so that a pause of the owner loses nothing. The system may give less.
const SYSTEM_BUFFER_BYTES: usize = 8 * 1024 * 1024;

/// The sockets.
#[derive(Debug)]
pub(super) struct Datagrams {
    sockets: Vec<UdpSocket>,
    buffer: BytesMut,
    // The socket that is looked at first, the one behind the last that gave something.
    first: usize,
    received: u64,
    dropped: u64,
    failed: u64,
}

enum Taken {
    Datagram(Arrival),
    Nothing,
    Failed,
}

impl Datagrams {
    pub async fn bind(addresses: &[SocketAddr]) -> Result<Self, BindError> {
        let mut sockets = Vec::with_capacity(addresses.len());
        for address in addresses {
            let socket = UdpSocket::bind(address).await.map_err(BindError::of("UDP", *address))?;
            let system = SockRef::from(&socket);
            // A refusal leaves the usual size, which works for fewer devices.
            let _ = system.set_recv_buffer_size(SYSTEM_BUFFER_BYTES);
            let _ = system.set_send_buffer_size(SYSTEM_BUFFER_BYTES);
            sockets.push(socket);
        }
        let buffer = BytesMut::new();
        Ok(Self { sockets, buffer, first: 0, received: 0, dropped: 0, failed: 0 })
    }

    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.sockets.iter().filter_map(|socket| socket.local_addr().ok()).collect()
    }

    pub fn count(&self, counters: &mut Counters) {
        counters.datagrams = self.received;
        counters.datagrams_dropped = self.dropped;
        counters.datagrams_failed = self.failed;
    }

    pub fn try_next(&mut self) -> Option<Arrival> {
        let count = self.sockets.len();
        for step in 0..count {
            if let Taken::Datagram(arrival) = self.take((self.first + step) % count) {
                return Some(arrival);
            }
        }
        None
    }

    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Arrival> {
        let count = self.sockets.len();
        for step in 0..count {
            let socket = (self.first + step) % count;
            while let Poll::Ready(Ok(())) = self.sockets[socket].poll_recv_ready(context) {
                match self.take(socket) {
                    Taken::Datagram(arrival) => return Poll::Ready(arrival),
                    // The readiness was an old one; the next look leaves the waker.
                    Taken::Nothing => {}
                    Taken::Failed => {
                        context.waker().wake_by_ref();
                        break;
                    }
                }
            }
        }
        Poll::Pending
    }

    fn take(&mut self, socket: usize) -> Taken {
        if self.buffer.capacity() < DATAGRAM_BYTES_MAX && !self.buffer.try_reclaim(BUFFER_BYTES) {
            self.buffer = BytesMut::with_capacity(BUFFER_BYTES);
        }
        match self.sockets[socket].try_recv_buf_from(&mut self.buffer) {
            Ok((_, address)) => {
                self.received += 1;
                self.first = (socket + 1) % self.sockets.len();
                let from = Peer { address, channel: Channel::Udp { socket: socket as u16 } };
                Taken::Datagram(Arrival::Data { from, bytes: self.buffer.split().freeze() })
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => Taken::Nothing,
            Err(_) => {
                self.failed += 1;
                Taken::Failed
            }
        }
    }

    pub fn send(&mut self, bytes: &Bytes, socket: u16, to: SocketAddr) {
        let sent = self.sockets.get(usize::from(socket)).map(|socket| socket.try_send_to(bytes, to));
        match sent {
            Some(Ok(_)) => {}
            Some(Err(error)) if error.kind() == ErrorKind::WouldBlock => self.dropped += 1,
            Some(Err(_)) | None => self.failed += 1,
        }
    }
}
