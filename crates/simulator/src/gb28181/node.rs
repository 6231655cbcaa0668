//! One device with what stands behind it, and whom a message is for.

use super::apparatus::{Apparatus, State, Surroundings};
use super::device::{GbDevice, GbSimulatorConfig, Signalling};
use gb28181::device::{Device, Effect, Settings};
use gb28181::id::GbId;
use gb28181::sip::{Channel, Now, Peer};
use std::net::SocketAddr;

/// A connection that never was: what is sent on it before there is one is lost.
const NO_CONNECTION: u64 = 0;

/// One device.
#[derive(Debug)]
pub(super) struct Node {
    pub endpoint: Device,
    pub what: GbDevice,
    pub state: State,
    /// Where it connects to; another address than home after a redirection.
    pub server: SocketAddr,
    pub home: SocketAddr,
    pub connection: Option<u64>,
    /// When the simulator wants something of it: that it begins, connects again, or leaves.
    pub planned_ms: Option<u64>,
    pub is_registered: bool,
}

impl Node {
    /// A device that has not begun. `socket` is the number of its UDP socket and `local` that socket's address.
    pub fn new(
        number: u32,
        mut what: GbDevice,
        config: &GbSimulatorConfig,
        (socket, local): (u16, SocketAddr),
    ) -> Self {
        let channel = match what.signalling {
            Signalling::Udp => Channel::Udp { socket },
            Signalling::Tcp => Channel::Tcp { connection: NO_CONNECTION },
        };
        let server = Peer { address: config.server, channel };
        let mut settings =
            Settings::new(what.id, &what.password, config.server_id, server, &local.to_string());
        settings.domain.clone_from(&config.domain);
        "Watchfire simulator".clone_into(&mut settings.user_agent);
        settings.expires_s = config.expires_s;
        settings.keepalive_s = config.keepalive_s;
        settings.edition = what.edition;
        settings.habits = std::mem::take(&mut what.habits);
        let mut secret = config.secret;
        for (byte, part) in secret.iter_mut().zip(number.to_be_bytes()) {
            *byte ^= part;
        }
        Self {
            endpoint: Device::new(settings, &secret),
            what,
            state: State::default(),
            server: config.server,
            home: config.server,
            connection: None,
            planned_ms: None,
            is_registered: false,
        }
    }

    /// Does something with the endpoint, with the apparatus behind it.
    pub fn with(
        &mut self,
        now: Now,
        surroundings: Surroundings,
        act: impl FnOnce(&mut Device, &mut Apparatus<'_>, &mut Vec<Effect>),
        out: &mut Vec<Effect>,
    ) {
        let now_s = now.unix_ms.div_euclid(1_000);
        let mut apparatus = Apparatus { device: &self.what, state: &mut self.state, surroundings, now_s };
        act(&mut self.endpoint, &mut apparatus, out);
    }
}

/// The id that a message of the platform is for: whoever asked, for an answer; whoever is asked, for a request. Only for devices that share a
/// socket; the endpoint reads the message again.
pub(super) fn addressee(message: &[u8]) -> Option<GbId> {
    let mut lines = message.split(|byte| *byte == b'\n');
    let first = lines.next()?;
    let address = if first.starts_with(b"SIP/2.0 ") {
        lines.find(|line| {
            let name = line.split(|byte| *byte == b':').next().unwrap_or_default().trim_ascii();
            name.eq_ignore_ascii_case(b"from") || name.eq_ignore_ascii_case(b"f")
        })?
    } else {
        first
    };
    let user = address.split(|byte| *byte == b'@').next()?;
    GbId::from_digits(user.rsplit(|byte| *byte == b':').next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_for_whoever_asked_and_a_request_for_whom_it_names() {
        let answer = b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 1.2.3.4:5060\r\nFrom: \"x\" <sip:33010000111320000001@3301000011>;tag=1\r\n\
            To: <sip:33010000112000000001@3301000011>\r\n\r\n";
        let request = b"INVITE sip:33010000111320000007@10.0.0.1:5060 SIP/2.0\r\nFrom: <sip:33010000112000000001@3301000011>\r\n\r\n";
        let found = [addressee(answer), addressee(request)].map(|id| id.map(|id| id.to_string()));
        assert_eq!(found, [Some("33010000111320000001".to_owned()), Some("33010000111320000007".to_owned())]);
        assert_eq!([addressee(b""), addressee(b"SIP/2.0 200"), addressee(b"\xff@:\n:@")], [None; 3]);
    }
}
