//! What the network gives, and whose it is.

use super::device::Signalling;
use super::event::Happening;
use super::node::addressee;
use super::run::{RECONNECT_MS, RECONNECT_SPREAD_MS, Run};
use bytes::Bytes;
use gb28181::net::{Arrival, dial};
use gb28181::sip::{Channel, Peer};
use std::io;
use tokio::net::TcpStream;

impl Run {
    pub(super) fn arrived(&mut self, arrival: Arrival) {
        match arrival {
            Arrival::Data { from, bytes } => {
                if let Some(number) = self.whose(from, &bytes) {
                    self.totals.answered += u64::from(is_ok_to_message(&bytes));
                    self.touch(number, |device, apparatus, now, out| {
                        device.receive(now, from, &bytes, apparatus, out);
                    });
                }
            }
            Arrival::Closed { connection } => {
                if let Some(number) = self.by_connection.remove(&connection) {
                    self.disconnected(number);
                }
            }
        }
    }

    fn whose(&self, from: Peer, bytes: &Bytes) -> Option<u32> {
        match from.channel {
            Channel::Tcp { connection } => self.by_connection.get(&connection).copied(),
            Channel::Udp { socket } => match self.by_socket.get(usize::from(socket)) {
                Some(number) => Some(*number),
                None => self.by_id.get(&addressee(bytes)?).copied(),
            },
        }
    }

    /// The time of a device has come: what was planned for it, or what its endpoint wants.
    pub(super) fn look_at(&mut self, number: u32) {
        let now_ms = self.now().mono_ms;
        let node = &mut self.nodes[number as usize];
        let is_planned = node.planned_ms.take_if(|at_ms| *at_ms <= now_ms).is_some();
        let server = node.server;
        match (is_planned, node.what.signalling) {
            (false, _) => {
                self.touch(number, |device, apparatus, now, out| device.on_timer(now, apparatus, out));
            }
            (true, _) if self.is_leaving => {
                if node.is_registered {
                    self.touch(number, |device, _, now, out| device.leave(now, out));
                }
            }
            (true, Signalling::Udp) => self.touch(number, |device, _, now, out| device.start(now, out)),
            (true, Signalling::Tcp) => {
                self.dials.spawn(async move { (number, dial(server).await) });
            }
        }
    }

    pub(super) fn dialled(&mut self, number: u32, stream: io::Result<TcpStream>) {
        let Ok(peer) = stream.and_then(|stream| self.sockets.adopt(stream)) else {
            return self.disconnected(number);
        };
        let Channel::Tcp { connection } = peer.channel else { return };
        let node = &mut self.nodes[number as usize];
        if let Some(before) = node.connection.replace(connection) {
            self.by_connection.remove(&before);
            self.sockets.close(before);
        }
        self.by_connection.insert(connection, number);
        self.touch(number, |device, _, now, out| device.move_to(now, peer, out));
    }

    /// A connection is gone: another one, after a while that differs from device to device.
    fn disconnected(&mut self, number: u32) {
        let node = &mut self.nodes[number as usize];
        let was_connected = node.connection.take().is_some();
        if !was_connected {
            // Nothing is there: a server that it was sent to may be gone.
            node.server = node.home;
        }
        self.count_registered(number, false);
        self.totals.disconnected += 1;
        let spread_ms = u64::from(number).wrapping_mul(7_919) % RECONNECT_SPREAD_MS;
        let again_ms = self.now().mono_ms + RECONNECT_MS + spread_ms;
        if !self.is_leaving {
            self.plan(number, again_ms);
        }
        self.tell(number, Happening::Disconnected);
    }
}

/// Whether these bytes are a 200 to a MESSAGE. Devices here send no other text than their own, so a search will do.
fn is_ok_to_message(bytes: &[u8]) -> bool {
    bytes.starts_with(b"SIP/2.0 200") && bytes.windows(10).any(|window| window == b"20 MESSAGE")
}
