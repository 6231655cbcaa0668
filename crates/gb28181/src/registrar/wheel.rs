//! Deadlines of devices in slots of one second.
//!
//! A keep-alive only writes the time it came; the wheel looks at a device when its deadline would have been, sees that it was heard, and puts it
//! where the deadline is now. So a device costs the wheel one look in a few minutes instead of one move a keep-alive.

/// Slots; a power of two. Deadlines further away are looked at once in this many seconds and moved on.
const SLOTS: u64 = 1_024;

/// The wheel. Entries are indexes into the caller's table.
#[derive(Debug)]
pub(super) struct Wheel {
    slots: Vec<Vec<u32>>,
    // The last second whose slot was emptied.
    done_s: u64,
}

impl Wheel {
    pub fn new(now_ms: u64) -> Self {
        Self { slots: vec![Vec::new(); SLOTS as usize], done_s: now_ms / 1_000 }
    }

    /// Enters a device; returns the second in which it will be looked at, which the caller keeps to tell stale entries.
    pub fn enter(&mut self, index: u32, due_ms: u64) -> u32 {
        let due_s = due_ms.div_ceil(1_000).clamp(self.done_s + 1, self.done_s + SLOTS - 1);
        self.slots[(due_s % SLOTS) as usize].push(index);
        // Seconds since the start.
        due_s as u32
    }

    /// The next slot whose time has come, with its second; call until `None`, and give the list back with [`Wheel::recycle`].
    pub fn next_due(&mut self, now_ms: u64) -> Option<(u64, Vec<u32>)> {
        let now_s = now_ms / 1_000;
        if now_s > self.done_s + SLOTS {
            // After a long sleep one turn is enough.
            self.done_s = now_s - SLOTS;
        }
        while self.done_s < now_s {
            self.done_s += 1;
            let slot = &mut self.slots[(self.done_s % SLOTS) as usize];
            if !slot.is_empty() {
                return Some((self.done_s, std::mem::take(slot)));
            }
        }
        None
    }

    /// Whether an entry made for one second lies in the slot of another; after a long sleep the two differ.
    pub fn same_slot(entered_s: u32, emptied_s: u64) -> bool {
        entered_s != 0 && u64::from(entered_s) % SLOTS == emptied_s % SLOTS
    }

    /// Keeps the memory of an emptied list for the next turn.
    pub fn recycle(&mut self, second: u64, mut list: Vec<u32>) {
        let slot = &mut self.slots[(second % SLOTS) as usize];
        if slot.is_empty() && list.capacity() > slot.capacity() {
            list.clear();
            *slot = list;
        }
    }

    /// When the next slot comes, in milliseconds.
    pub fn next_deadline_ms(&self) -> u64 {
        (self.done_s + 1) * 1_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(wheel: &mut Wheel, now_ms: u64) -> Vec<u32> {
        std::iter::from_fn(|| wheel.next_due(now_ms)).flat_map(|(_, list)| list).collect()
    }

    #[test]
    fn an_entry_comes_in_its_second_and_once() {
        let mut wheel = Wheel::new(0);
        assert_eq!(wheel.enter(7, 2_500), 3);
        assert!(due(&mut wheel, 2_999).is_empty());
        assert_eq!(due(&mut wheel, 3_000), [7]);
        assert!(due(&mut wheel, 9_000_000).is_empty());
    }

    #[test]
    fn a_deadline_beyond_the_wheel_is_looked_at_early() {
        let mut wheel = Wheel::new(0);
        assert_eq!(u64::from(wheel.enter(1, 86_400_000)), SLOTS - 1);
    }

    #[test]
    fn a_deadline_in_the_past_comes_with_the_next_second() {
        let mut wheel = Wheel::new(10_000);
        wheel.enter(1, 0);
        assert_eq!(due(&mut wheel, 11_000), [1]);
    }

    #[test]
    fn after_a_long_sleep_everything_comes_at_once() {
        let mut wheel = Wheel::new(0);
        (0..1_000).for_each(|i| {
            wheel.enter(i, u64::from(i) * 1_000);
        });
        assert_eq!(due(&mut wheel, 50_000_000).len(), 1_000);
    }
}
