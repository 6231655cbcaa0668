//! Bytes from sockets into messages: datagrams put together, streams cut.

use std::collections::HashMap;

use bytes::Bytes;

use crate::sip::{Channel, DatagramAssembler, Frame, Message, Peer, Received, StreamFramer};

/// Connections that may be open at once. Beyond it new ones are closed; the caller should have bounded them before.
const CONNECTIONS_MAX: usize = 250_000;

/// What arrived.
pub(crate) enum Arrival<'a> {
    /// A message.
    Message(&'a Message<'a>),
    /// The peer wants one CRLF back (RFC 5626 3.5.1).
    Ping,
    /// Bytes that are no SIP.
    NotSip,
    /// Something like SIP that cannot be read.
    Malformed,
    /// The connection is of no use any more.
    Close(u64),
}

/// The intake of one endpoint.
#[derive(Debug, Default)]
pub(crate) struct Intake {
    datagrams: DatagramAssembler,
    streams: HashMap<u64, StreamFramer>,
}

impl Intake {
    /// Takes what a socket gave.
    pub fn receive(
        &mut self,
        now_ms: u64,
        from: Peer,
        bytes: &[u8],
        sink: &mut dyn FnMut(Peer, Arrival<'_>),
    ) {
        match from.channel {
            Channel::Udp { .. } => {
                self.datagrams
                    .receive(now_ms, from, bytes, &mut |peer, received| sink(peer, arrival(&received)));
            }
            Channel::Tcp { connection } => self.receive_stream(connection, from, bytes, sink),
        }
    }

    fn receive_stream(
        &mut self,
        connection: u64,
        from: Peer,
        bytes: &[u8],
        sink: &mut dyn FnMut(Peer, Arrival<'_>),
    ) {
        if self.streams.len() >= CONNECTIONS_MAX && !self.streams.contains_key(&connection) {
            sink(from, Arrival::Close(connection));
            return;
        }
        let framer = self.streams.entry(connection).or_default();
        framer.push(bytes);
        loop {
            match framer.next_frame() {
                Ok(None) => return,
                Ok(Some(frame)) => deliver(&frame, from, sink),
                Err(_) => {
                    self.streams.remove(&connection);
                    sink(from, Arrival::Malformed);
                    sink(from, Arrival::Close(connection));
                    return;
                }
            }
        }
    }

    /// A connection ended.
    pub fn connection_lost(&mut self, connection: u64) {
        self.streams.remove(&connection);
    }

    /// Delivers what has waited long enough for its rest.
    pub fn on_timer(&mut self, now_ms: u64, sink: &mut dyn FnMut(Peer, Arrival<'_>)) {
        self.datagrams.on_timer(now_ms, &mut |peer, received| sink(peer, arrival(&received)));
    }

    /// When [`Intake::on_timer`] has something to do.
    pub fn next_deadline_ms(&self) -> Option<u64> {
        self.datagrams.next_deadline_ms()
    }
}

fn arrival<'a>(received: &Received<'a>) -> Arrival<'a> {
    match received {
        Received::Message(message) => Arrival::Message(message),
        Received::NotSip(_) => Arrival::NotSip,
        Received::Malformed(_) => Arrival::Malformed,
    }
}

fn deliver(frame: &Frame, from: Peer, sink: &mut dyn FnMut(Peer, Arrival<'_>)) {
    let message: &Bytes = match frame {
        Frame::Ping => return sink(from, Arrival::Ping),
        Frame::Skipped { .. } => return sink(from, Arrival::NotSip),
        Frame::Message(message) => message,
    };
    match Message::from_frame(message) {
        Ok(message) => sink(from, Arrival::Message(&message)),
        Err(_) => sink(from, Arrival::Malformed),
    }
}
