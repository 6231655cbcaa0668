//! Whole groups of pictures with the sound between them, for whoever records: a reader that is woken once a group and never jumps ahead as
//! long as the ring keeps what it has not read.

use super::{Hub, Ring};
use crate::frame::{Frame, Sound};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// A group of pictures, or a part of one, with the sound received since the pictures before it.
#[derive(Debug, Clone)]
pub struct Group {
    /// At least one; begins with a key frame unless it goes on with the group before.
    pub frames: Vec<Arc<Frame>>,
    /// In the order in which it came.
    pub sounds: Vec<Arc<Sound>>,
    /// Decoding time of the picture after the last, where it is known.
    pub next_dts_us: Option<i64>,
    /// Frames that were forgotten before this reader took them.
    pub lost: u64,
}

/// Where a reader of groups stands: what it has taken is before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupPosition(u64);

/// Reads whole groups of pictures, each as soon as the next begins: woken once a group and not once a frame. It never jumps ahead as
/// long as the ring keeps what it has not read.
#[derive(Debug)]
pub struct GroupReader {
    hub: Arc<Hub>,
    woken: watch::Receiver<u64>,
    part_us: i64,
    next: u64,
    has_begun: bool,
    sound_after_us: i64,
}

impl Hub {
    /// A reader of whole groups of pictures that begins with the newest key frame, or with the first one from a position on. Groups longer
    /// than `part_us` come in parts.
    pub(crate) fn group_reader(self: &Arc<Self>, part_us: i64, from: Option<GroupPosition>) -> GroupReader {
        let woken = self.key_frames.subscribe();
        self.demand.notify_waiters();
        let next = from.map_or_else(|| self.ring().beginning(), |position| position.0);
        GroupReader { hub: self.clone(), woken, part_us, next, has_begun: false, sound_after_us: i64::MIN }
    }
}

impl GroupReader {
    /// Where it stands.
    pub fn position(&self) -> GroupPosition {
        GroupPosition(self.next)
    }

    /// What is there but not yet a whole group, for a reader that stops.
    pub fn rest(&mut self) -> Option<Group> {
        let group = {
            let ring = self.hub.ring();
            ring.group(self.next, self.has_begun, self.sound_after_us, 0)
        };
        group.inspect(|group| self.took(group))
    }

    fn took(&mut self, group: &Group) {
        self.next = group.frames.last().map_or(self.next, |last| last.sequence + 1);
        self.has_begun = true;
        let heard_us = group.sounds.last().map(|sound| sound.received_at_us);
        self.sound_after_us = heard_us.unwrap_or(self.sound_after_us);
    }

    /// The next group; `None` when the camera is stopped and everything is read. Cancel-safe.
    pub async fn next(&mut self) -> Option<Group> {
        loop {
            self.woken.borrow_and_update();
            let (group, is_closed) = {
                let ring = self.hub.ring();
                (ring.group(self.next, self.has_begun, self.sound_after_us, self.part_us), ring.closed)
            };
            if let Some(group) = group {
                self.took(&group);
                return Some(group);
            }
            if is_closed {
                return None;
            }
            let part = Duration::from_micros(self.part_us.unsigned_abs());
            // Out of time is a reason to look, too: a long group is taken in parts.
            if let Ok(changed) = tokio::time::timeout(part, self.woken.changed()).await {
                changed.ok()?;
            }
        }
    }
}

impl Ring {
    /// Where a reader that comes now begins: with the newest key frame, or with what comes next.
    fn beginning(&self) -> u64 {
        let newest = self.newest_key.as_ref().map(|key| key.sequence).filter(|key| *key >= self.fresh_from);
        let after = self.frames.back().map_or(self.fresh_from, |last| last.sequence + 1);
        newest.unwrap_or(after)
    }

    /// The group, or the due part of it, that begins with `next`; where that is gone or nothing was read yet, with the next key frame.
    fn group(&self, next: u64, has_begun: bool, sound_after_us: i64, part_us: i64) -> Option<Group> {
        let (front, back) = (self.frames.front()?, self.frames.back()?);
        let mut begin = next.saturating_sub(front.sequence) as usize;
        if next < front.sequence || !has_begun {
            begin += self.frames.iter().skip(begin).position(|frame| frame.is_key)?;
        }
        let first = self.frames.get(begin)?;
        let rest = self.frames.range(begin + 1..);
        let whole = rest.clone().position(|frame| frame.is_key).map(|count| begin + 1 + count);
        let is_due = self.closed || back.received_at_us - first.received_at_us >= part_us;
        let end = whole.or(is_due.then_some(self.frames.len()))?;
        let next_frame = self.frames.get(end);
        let until_us = next_frame.map_or(i64::MAX, |next| next.received_at_us);
        let is_between =
            |sound: &&Arc<Sound>| sound.received_at_us > sound_after_us && sound.received_at_us <= until_us;
        let from_us = first.received_at_us;
        let sounds = self.sounds.iter().filter(|sound| has_begun || sound.received_at_us >= from_us);
        Some(Group {
            frames: self.frames.range(begin..end).cloned().collect(),
            sounds: sounds.filter(is_between).cloned().collect(),
            next_dts_us: next_frame.filter(|next| !next.discontinuity).map(|next| next.dts_us),
            lost: if has_begun { first.sequence.saturating_sub(next) } else { 0 },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::frame;
    use super::*;
    use crate::frame::{SoundCodec, SoundParameters};
    use crate::hub::HubLimits;
    use bytes::Bytes;

    fn sound(at_us: i64) -> Arc<Sound> {
        let configuration = Bytes::new();
        let parameters =
            SoundParameters { codec: SoundCodec::G711A, rate_hz: 8_000, channels: 1, configuration };
        let (data, parameters) = (Bytes::from_static(&[0; 160]), Arc::new(parameters));
        Arc::new(Sound { pts_us: at_us, received_at_us: at_us, samples: 160, data, parameters })
    }

    fn sequences(group: &Group) -> (u64, u64) {
        (group.frames[0].sequence, group.frames.last().unwrap().sequence)
    }

    #[tokio::test(start_paused = true)]
    async fn groups_come_whole_with_their_sound_and_the_last_one_at_the_end() {
        let hub = Hub::new(HubLimits::default());
        hub.push(frame(0, 10));
        let mut reader = hub.group_reader(5_000_000, None);
        hub.push_sound(sound(50_000));
        for at in 1..25 {
            hub.push(frame(at, 10));
            hub.push_sound(sound(at as i64 * 100_000 + 50_000));
            if at == 10 {
                let group = reader.next().await.unwrap();
                assert_eq!(
                    (sequences(&group), group.next_dts_us, group.sounds.len()),
                    ((0, 9), Some(1_000_000), 10)
                );
            }
        }
        hub.close();
        let (second, last) = (reader.next().await.unwrap(), reader.next().await.unwrap());
        assert_eq!((sequences(&second), second.sounds.len()), ((10, 19), 10));
        assert_eq!((sequences(&last), last.next_dts_us, last.sounds.len()), ((20, 24), None, 5));
        assert!(reader.next().await.is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn a_second_reader_goes_on_where_the_first_one_stood() {
        let hub = Hub::new(HubLimits::default());
        (0..25).for_each(|at| hub.push(frame(at, 10)));
        let mut first = hub.group_reader(5_000_000, None);
        // It begins with the newest group, which is not whole: nothing is taken.
        assert!(tokio::time::timeout(Duration::from_secs(1), first.next()).await.is_err());
        let mut second = hub.group_reader(5_000_000, Some(first.position()));
        (25..35).for_each(|at| hub.push(frame(at, 10)));
        assert_eq!(sequences(&second.next().await.unwrap()), (20, 29));
        // In the middle of a group that the one before took in part it waits for the next key frame.
        let rest = second.rest().unwrap();
        assert_eq!(sequences(&rest), (30, 34));
        let mut third = hub.group_reader(5_000_000, Some(second.position()));
        (35..55).for_each(|at| hub.push(frame(at, 10)));
        assert_eq!(sequences(&third.next().await.unwrap()), (40, 49));
    }

    #[tokio::test(start_paused = true)]
    async fn a_group_that_does_not_end_comes_in_parts() {
        let hub = Hub::new(HubLimits::default());
        let mut reader = hub.group_reader(400_000, None);
        hub.push(frame(0, 10));
        let feeding = async {
            for at in 1..=9 {
                tokio::time::sleep(Duration::from_millis(100)).await;
                hub.push(frame(at, 10));
            }
        };
        let taking = async { (reader.next().await.unwrap(), reader.next().await.unwrap()) };
        let ((), (first, second)) = tokio::join!(feeding, taking);
        assert!(first.frames[0].is_key && !second.frames[0].is_key);
        assert_eq!(sequences(&first).1 + 1, sequences(&second).0);
    }

    #[tokio::test]
    async fn what_was_forgotten_is_counted_and_reading_goes_on_at_a_key_frame() {
        let hub = Hub::new(HubLimits::default());
        hub.push(frame(0, 10));
        let mut reader = hub.group_reader(5_000_000, None);
        (1..=10).for_each(|at| hub.push(frame(at, 10)));
        assert_eq!(sequences(&reader.next().await.unwrap()), (0, 9));
        (11..=500).for_each(|at| hub.push(frame(at, 10)));
        let after = reader.next().await.unwrap();
        assert!(after.frames[0].is_key && after.lost > 0 && after.frames[0].sequence == 10 + after.lost);
    }
}
