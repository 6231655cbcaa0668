//! What is to happen when, by key: one deadline a key, the earliest first.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

/// Deadlines in monotonic milliseconds.
#[derive(Debug)]
pub(crate) struct Deadlines<K> {
    by_time: BTreeSet<(u64, K)>,
    by_key: HashMap<K, u64>,
}

impl<K> Default for Deadlines<K> {
    fn default() -> Self {
        Self { by_time: BTreeSet::new(), by_key: HashMap::new() }
    }
}

impl<K: Copy + Ord + Hash> Deadlines<K> {
    /// Sets the deadline of a key in place of the one it had; `None` takes it away.
    pub fn set(&mut self, key: K, at_ms: Option<u64>) {
        let before = match at_ms {
            Some(at_ms) => self.by_key.insert(key, at_ms),
            None => self.by_key.remove(&key),
        };
        if let Some(before) = before {
            self.by_time.remove(&(before, key));
        }
        if let Some(at_ms) = at_ms {
            self.by_time.insert((at_ms, key));
        }
    }

    /// Takes out a key that is due.
    pub fn pop_due(&mut self, now_ms: u64) -> Option<K> {
        let (at_ms, key) = *self.by_time.first()?;
        if at_ms > now_ms {
            return None;
        }
        self.set(key, None);
        Some(key)
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
    fn a_key_has_one_deadline_and_it_is_the_newest() {
        let mut deadlines = Deadlines::default();
        deadlines.set('a', Some(10));
        deadlines.set('a', Some(30));
        deadlines.set('b', Some(20));
        assert_eq!((deadlines.next_ms(), deadlines.pop_due(19)), (Some(20), None));
        assert_eq!(
            (deadlines.pop_due(30), deadlines.pop_due(30), deadlines.pop_due(30)),
            (Some('b'), Some('a'), None)
        );
    }
}
