//! Orders to a device that wait for its confirmation, and are sent again (6.5).

use std::collections::HashMap;
use std::time::{Duration, Instant};

use domain::ids::{RollCallId, TransmitterId};
use gb26875::{Command, Objects};

/// A device that has not confirmed by then is sent the order again.
pub(super) const AGAIN_AFTER: Duration = Duration::from_secs(10);
/// How often an order is sent in all.
const TRIES: u32 = 3;

/// Something for a device to do.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub(super) command: Command,
    pub(super) objects: Objects,
    /// The roll-call it is.
    pub(super) roll_call: Option<RollCallId>,
}

/// An order and the device it is for.
pub(super) type Addressed = (TransmitterId, Order);

#[derive(Debug)]
struct Sent {
    bytes: Vec<u8>,
    tries: u32,
    again_at: Instant,
    roll_call: Option<RollCallId>,
}

/// What was sent and not confirmed.
#[derive(Debug, Default)]
pub(super) struct Outstanding {
    sent: HashMap<u16, Sent>,
}

/// What becomes of orders whose time is over.
#[derive(Debug, Default)]
pub(super) struct Due {
    pub(super) again: Vec<Vec<u8>>,
    pub(super) given_up: Vec<RollCallId>,
}

impl Outstanding {
    /// Most orders of one device at a time; a serial number that is still waiting is not given again.
    pub(super) const MAX: usize = 32;

    pub(super) fn is_full(&self) -> bool {
        self.sent.len() >= Self::MAX
    }

    pub(super) fn is_waiting(&self, serial: u16) -> bool {
        self.sent.contains_key(&serial)
    }

    pub(super) fn sent(&mut self, serial: u16, bytes: Vec<u8>, roll_call: Option<RollCallId>, now: Instant) {
        self.sent.insert(serial, Sent { bytes, tries: 1, again_at: now + AGAIN_AFTER, roll_call });
    }

    /// The device answered: the roll-call of the order, where it was one.
    pub(super) fn answered(&mut self, serial: u16) -> Option<RollCallId> {
        self.sent.remove(&serial).and_then(|sent| sent.roll_call)
    }

    /// What is sent again or given up now.
    pub(super) fn due(&mut self, now: Instant) -> Due {
        let mut due = Due::default();
        self.sent.retain(|_, sent| {
            if now < sent.again_at {
                return true;
            }
            if sent.tries >= TRIES {
                due.given_up.extend(sent.roll_call);
                return false;
            }
            (sent.tries, sent.again_at) = (sent.tries + 1, now + AGAIN_AFTER);
            due.again.push(sent.bytes.clone());
            true
        });
        due
    }

    /// The line ended: roll-calls that never reached the device.
    pub(super) fn lost(self) -> Vec<RollCallId> {
        self.sent.into_values().filter_map(|sent| sent.roll_call).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_order_is_sent_three_times_and_then_given_up() {
        let call = RollCallId(Uuid::from_u128(1));
        let start = Instant::now();
        let mut orders = Outstanding::default();
        orders.sent(7, vec![1], Some(call), start);
        assert!(orders.due(start + AGAIN_AFTER / 2).again.is_empty());
        for round in 1..=2 {
            assert_eq!(orders.due(start + AGAIN_AFTER * round).again.len(), 1);
        }
        let last = orders.due(start + AGAIN_AFTER * 3);
        assert_eq!((last.again.len(), last.given_up), (0, vec![call]));
        orders.sent(8, vec![1], Some(call), start);
        assert_eq!(orders.answered(8), Some(call));
        assert_eq!(orders.answered(8), None);
    }
}
