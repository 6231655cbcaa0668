//! Ids that knocked and that nobody has approved: a list for a person to look through, never a way in.

use crate::id::GbId;
use std::collections::HashMap;

use crate::sip::Peer;

/// Ids listed at once: more than a district commissions in a week.
const WAITING_MAX: usize = 4_096;

/// Longest `User-Agent` kept; it tells the brand.
const USER_AGENT_BYTES_MAX: usize = 64;

/// An id that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Where it last knocked from.
    pub peer: Peer,
    /// First knock, Unix milliseconds.
    pub first_unix_ms: i64,
    /// Last knock, Unix milliseconds.
    pub last_unix_ms: i64,
    /// How often it knocked.
    pub knocks: u32,
    /// Whether it knew the commissioning password.
    pub proved: bool,
    /// What it calls itself.
    pub user_agent: Box<str>,
}

#[derive(Debug, Default)]
pub(super) struct WaitingList(HashMap<GbId, Waiting>);

impl WaitingList {
    /// Notes a knock; `true` when the id is new. In a full list the one that has least to say gives way: not proved, few knocks, long ago.
    pub fn knock(&mut self, device: GbId, peer: Peer, unix_ms: i64, proved: bool, user_agent: &[u8]) -> bool {
        if let Some(waiting) = self.0.get_mut(&device) {
            waiting.peer = peer;
            waiting.last_unix_ms = unix_ms;
            waiting.knocks = waiting.knocks.saturating_add(1);
            waiting.proved |= proved;
            return false;
        }
        if self.0.len() >= WAITING_MAX {
            let least = self
                .0
                .iter()
                .min_by_key(|(_, w)| (w.proved, w.knocks.min(3), w.last_unix_ms))
                .map(|(device, _)| *device);
            least.map(|device| self.0.remove(&device));
        }
        let agent = String::from_utf8_lossy(&user_agent[..user_agent.len().min(USER_AGENT_BYTES_MAX)]).into();
        let waiting = Waiting {
            peer,
            first_unix_ms: unix_ms,
            last_unix_ms: unix_ms,
            knocks: 1,
            proved,
            user_agent: agent,
        };
        self.0.insert(device, waiting);
        true
    }

    pub fn remove(&mut self, device: &GbId) -> Option<Waiting> {
        self.0.remove(device)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&GbId, &Waiting)> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sip::Channel;

    fn device(n: usize) -> GbId {
        GbId::from_digits(format!("3402000000132{n:07}").as_bytes()).unwrap()
    }

    fn peer() -> Peer {
        Peer { address: ([203, 0, 113, 9], 5060).into(), channel: Channel::Udp { socket: 0 } }
    }

    #[test]
    fn a_flood_of_names_does_not_push_out_one_that_proved_itself() {
        let mut list = WaitingList::default();
        assert!(list.knock(device(0), peer(), 0, true, b"IP Camera"));
        for n in 1..WAITING_MAX + 100 {
            list.knock(device(n), peer(), 1_000, false, b"");
        }
        assert_eq!(list.iter().count(), WAITING_MAX);
        assert!(list.remove(&device(0)).is_some());
    }

    #[test]
    fn a_second_knock_is_counted_and_not_new() {
        let mut list = WaitingList::default();
        list.knock(device(1), peer(), 5, false, b"\xd0\xa3");
        assert!(!list.knock(device(1), peer(), 9, false, b""));
        let waiting = list.remove(&device(1)).unwrap();
        assert_eq!((waiting.knocks, waiting.first_unix_ms, waiting.last_unix_ms), (2, 5, 9));
    }
}
