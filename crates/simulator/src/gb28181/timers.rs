//! When each of many devices wants to be looked at.

use std::collections::BTreeSet;

/// One deadline a device, by its number; the earliest first.
#[derive(Debug)]
pub(super) struct Timers {
    by_time: BTreeSet<(u64, u32)>,
    of: Vec<Option<u64>>,
}

impl Timers {
    pub fn new(count: usize) -> Self {
        Self { by_time: BTreeSet::new(), of: vec![None; count] }
    }

    /// Sets the deadline in place of the one before.
    pub fn set(&mut self, number: u32, at_ms: Option<u64>) {
        let before = std::mem::replace(&mut self.of[number as usize], at_ms);
        if before == at_ms {
            return;
        }
        if let Some(before) = before {
            self.by_time.remove(&(before, number));
        }
        if let Some(at_ms) = at_ms {
            self.by_time.insert((at_ms, number));
        }
    }

    /// Takes out a device that is due.
    pub fn pop_due(&mut self, now_ms: u64) -> Option<u32> {
        let (_, number) = self.by_time.first().copied().filter(|(at_ms, _)| *at_ms <= now_ms)?;
        self.set(number, None);
        Some(number)
    }

    /// The earliest deadline.
    pub fn next_ms(&self) -> Option<u64> {
        self.by_time.first().map(|(at_ms, _)| *at_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_due_once_and_at_its_newest_time() {
        let mut timers = Timers::new(2);
        timers.set(0, Some(10));
        timers.set(1, Some(20));
        timers.set(0, Some(30));
        assert_eq!((timers.next_ms(), timers.pop_due(25), timers.pop_due(25)), (Some(20), Some(1), None));
        assert_eq!((timers.pop_due(30), timers.pop_due(99), timers.next_ms()), (Some(0), None, None));
    }
}
