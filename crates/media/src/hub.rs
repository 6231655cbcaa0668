//! One camera, many readers: a bounded ring of whole groups of pictures, and positions in it.
//!
//! A queue per reader was the alternative; it costs memory per viewer and needs a rule for the full queue at
//! every sender. With one ring the rule is in one place: a reader whose position is gone, or who is further
//! behind than allowed, continues at the newest key frame and counts what it missed. Writers never wait.

mod groups;

pub use groups::{Group, GroupPosition, GroupReader};

use crate::frame::{Frame, Sound};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// Largest piece of sound kept; G.711 comes in 160 to 4 000 bytes, AAC in up to 6 144 a channel.
const SOUND_BYTES_MAX: usize = 64 << 10;
/// Most pieces of sound kept: a minute of 20 ms pieces.
const SOUNDS_MAX: usize = 3_000;

/// Bounds of one camera's ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HubLimits {
    /// How much time is kept for clips; whole groups of pictures, so a little more or less.
    pub ring_us: i64,
    /// How many bytes are kept; a main stream of 4 Mbit/s needs 6 MB for 12 s.
    pub ring_bytes: usize,
    /// A reader further behind than this jumps to the newest key frame.
    pub reader_lag_us: i64,
}

impl Default for HubLimits {
    fn default() -> Self {
        Self { ring_us: 12_000_000, ring_bytes: 16 << 20, reader_lag_us: 6_000_000 }
    }
}

/// The ring of one camera.
#[derive(Debug)]
pub(crate) struct Hub {
    limits: HubLimits,
    ring: Mutex<Ring>,
    frames: watch::Sender<u64>,
    key_frames: watch::Sender<u64>,
    /// Told of every new reader.
    demand: Notify,
}

#[derive(Debug, Default)]
struct Ring {
    frames: VecDeque<Arc<Frame>>,
    /// When the key frames among them were received: asked at every frame, and frames lie far apart in memory.
    keys_us: VecDeque<i64>,
    /// Sound received since the oldest frame, oldest first.
    sounds: VecDeque<Arc<Sound>>,
    /// Of frames and sound.
    bytes: usize,
    newest_key: Option<Arc<Frame>>,
    /// Frames before this one are of the time before a rest.
    fresh_from: u64,
    closed: bool,
}

enum Fetch {
    Frame(Arc<Frame>),
    Wait,
    Closed,
}

impl Hub {
    pub(crate) fn new(limits: HubLimits) -> Arc<Self> {
        Arc::new(Self {
            limits,
            ring: Mutex::default(),
            frames: watch::Sender::new(0),
            key_frames: watch::Sender::new(0),
            demand: Notify::new(),
        })
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        // A panic while the lock was held leaves at worst one frame too many or too few.
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a frame and wakes the readers. Sequences must rise.
    pub(crate) fn push(&self, frame: Arc<Frame>) {
        let (sequence, is_key) = (frame.sequence, frame.is_key);
        self.ring().push(frame, &self.limits);
        self.frames.send_replace(sequence + 1);
        if is_key {
            self.key_frames.send_modify(|count| *count += 1);
        }
    }

    /// Adds a piece of sound; wakes nobody, because sound is read with the pictures around it.
    pub(crate) fn push_sound(&self, sound: Arc<Sound>) {
        self.ring().push_sound(sound);
    }

    /// No more frames will come; readers end when they have read what is there.
    pub(crate) fn close(&self) {
        self.ring().closed = true;
        self.frames.send_modify(|_| ());
        self.key_frames.send_modify(|_| ());
    }

    /// Everything kept, oldest first; begins with a key frame or is empty.
    pub(crate) fn kept(&self) -> Vec<Arc<Frame>> {
        let ring = self.ring();
        let begin = ring.frames.iter().position(|frame| frame.is_key).unwrap_or(ring.frames.len());
        ring.frames.iter().skip(begin).cloned().collect()
    }

    pub(crate) fn newest_key(&self) -> Option<Arc<Frame>> {
        self.ring().newest_key.clone()
    }

    /// A reader that begins with the newest key frame.
    pub(crate) fn reader(self: &Arc<Self>) -> FrameReader {
        let reader = FrameReader { woken: self.frames.subscribe(), hub: self.clone(), next: None, lost: 0 };
        self.demand.notify_waiters();
        reader
    }

    /// A reader that begins with the given sequence.
    pub(crate) fn reader_from(self: &Arc<Self>, sequence: u64) -> FrameReader {
        FrameReader { next: Some(sequence), ..self.reader() }
    }

    pub(crate) fn key_reader(self: &Arc<Self>) -> KeyFrameReader {
        let woken = self.key_frames.subscribe();
        self.demand.notify_waiters();
        KeyFrameReader { woken, hub: self.clone(), seen: None, skipped: 0 }
    }

    fn is_read(&self) -> bool {
        self.frames.receiver_count() + self.key_frames.receiver_count() > 0
    }

    /// Resolves when there is a reader.
    pub(crate) async fn wanted(&self) {
        loop {
            let told = self.demand.notified();
            if self.is_read() {
                return;
            }
            told.await;
        }
    }

    /// Resolves when there has been no reader for a while.
    pub(crate) async fn unwanted_for(&self, linger: Duration) {
        loop {
            while self.is_read() {
                self.frames.closed().await;
                self.key_frames.closed().await;
            }
            if tokio::time::timeout(linger, self.wanted()).await.is_err() {
                return;
            }
        }
    }

    /// No frames will come for a while, and those kept will be old when they come again: readers of then do not see them.
    pub(crate) fn rest(&self) {
        self.ring().rest();
    }
}

impl Ring {
    fn sounds_between(&self, after_us: i64, until_us: i64) -> Vec<Arc<Sound>> {
        let newest_first = self.sounds.iter().rev().skip_while(|sound| sound.received_at_us > until_us);
        let mut found: Vec<_> =
            newest_first.take_while(|sound| sound.received_at_us > after_us).cloned().collect();
        found.reverse();
        found
    }

    fn push(&mut self, frame: Arc<Frame>, limits: &HubLimits) {
        if frame.is_key {
            self.newest_key = Some(frame.clone());
            self.keys_us.push_back(frame.received_at_us);
        }
        self.bytes += frame.data.len();
        let newest_us = frame.received_at_us;
        self.frames.push_back(frame);
        while self.frames.len() > 1
            && (self.bytes > limits.ring_bytes || self.second_group_is_enough(newest_us, limits))
        {
            self.drop_group();
        }
    }

    /// Sound before the first picture is of no use to anybody, and a camera that sends nothing else must not fill the memory.
    fn push_sound(&mut self, sound: Arc<Sound>) {
        if !self.frames.is_empty() && sound.data.len() <= SOUND_BYTES_MAX && self.sounds.len() < SOUNDS_MAX {
            self.bytes += sound.data.len();
            self.sounds.push_back(sound);
        }
    }

    fn rest(&mut self) {
        self.frames.clear();
        self.keys_us.clear();
        self.sounds.clear();
        self.bytes = 0;
        self.fresh_from = self.newest_key.as_ref().map_or(0, |key| key.sequence + 1);
    }

    /// True when the ring still spans the wanted time without its first group of pictures.
    fn second_group_is_enough(&self, newest_us: i64, limits: &HubLimits) -> bool {
        let first_is_key = self.frames.front().is_some_and(|first| first.is_key);
        let second_us = self.keys_us.get(usize::from(first_is_key));
        second_us.is_some_and(|second_us| newest_us - second_us >= limits.ring_us)
    }

    /// Forgets the oldest frames up to the next key frame. An endless group over the byte limit goes as a whole,
    /// because a group with a hole cannot be decoded, except for the newest frame: readers at the end still need it.
    fn drop_group(&mut self) {
        while self.frames.len() > 1 {
            if let Some(frame) = self.frames.pop_front() {
                self.bytes -= frame.data.len();
                if frame.is_key {
                    self.keys_us.pop_front();
                }
            }
            if self.frames.front().is_some_and(|next| next.is_key) {
                break;
            }
        }
        let oldest_us = self.frames.front().map_or(i64::MAX, |frame| frame.received_at_us);
        while self.sounds.front().is_some_and(|sound| sound.received_at_us < oldest_us) {
            self.bytes -= self.sounds.pop_front().map_or(0, |sound| sound.data.len());
        }
    }

    fn fetch(&self, next: &mut Option<u64>, lost: &mut u64, lag_us: i64) -> Fetch {
        let end = if self.closed { Fetch::Closed } else { Fetch::Wait };
        let (Some(front), Some(back)) = (self.frames.front(), self.frames.back()) else { return end };
        let key = self.newest_key.as_ref().filter(|key| key.sequence >= front.sequence);
        let wanted = match (*next, key) {
            (None, None) => return end,
            (None, Some(key)) => key.sequence,
            (Some(wanted), _) if wanted > back.sequence => return end,
            (Some(wanted), key) => {
                let gone = wanted < front.sequence;
                let at = wanted.saturating_sub(front.sequence) as usize;
                let late =
                    self.frames.get(at).is_none_or(|f| back.received_at_us - f.received_at_us > lag_us);
                match key {
                    Some(key) if (gone || late) && key.sequence > wanted => {
                        *lost += key.sequence - wanted;
                        key.sequence
                    }
                    None if gone => {
                        *lost += back.sequence + 1 - wanted;
                        *next = None;
                        return end;
                    }
                    _ => wanted,
                }
            }
        };
        match self.frames.get((wanted - front.sequence) as usize) {
            Some(frame) => {
                *next = Some(wanted + 1);
                Fetch::Frame(frame.clone())
            }
            None => end,
        }
    }
}

/// Reads every frame in order, whole groups of pictures lost when too slow.
#[derive(Debug)]
pub struct FrameReader {
    hub: Arc<Hub>,
    woken: watch::Receiver<u64>,
    next: Option<u64>,
    lost: u64,
}

impl FrameReader {
    /// The next frame; `None` when the camera is stopped. Cancel-safe.
    pub async fn next(&mut self) -> Option<Arc<Frame>> {
        loop {
            self.woken.borrow_and_update();
            let lag_us = self.hub.limits.reader_lag_us;
            let fetched = self.hub.ring().fetch(&mut self.next, &mut self.lost, lag_us);
            match fetched {
                Fetch::Frame(frame) => return Some(frame),
                Fetch::Closed => return None,
                Fetch::Wait => self.woken.changed().await.ok()?,
            }
        }
    }

    /// Goes to the newest key frame, as if this reader came now.
    pub fn restart(&mut self) {
        self.next = None;
    }

    /// True when there is no younger frame than the one read last.
    pub fn is_at_newest(&self) -> bool {
        let newest = self.hub.ring().frames.back().map(|frame| frame.sequence);
        newest.is_none_or(|newest| self.next.is_some_and(|next| next > newest))
    }

    /// Sound received after one moment and until another, both in microseconds since 1970 UTC, oldest first.
    pub fn sounds(&self, after_us: i64, until_us: i64) -> Vec<Arc<Sound>> {
        self.hub.ring().sounds_between(after_us, until_us)
    }

    /// Frames this reader never saw because it was too slow.
    pub fn lost(&self) -> u64 {
        self.lost
    }
}

/// Reads key frames only, always the newest: what was not taken in time is replaced.
#[derive(Debug)]
pub struct KeyFrameReader {
    hub: Arc<Hub>,
    woken: watch::Receiver<u64>,
    seen: Option<(u64, u64)>,
    skipped: u64,
}

impl KeyFrameReader {
    /// The newest key frame not returned yet; `None` when the camera is stopped. Cancel-safe.
    pub async fn next(&mut self) -> Option<Arc<Frame>> {
        loop {
            let count = *self.woken.borrow_and_update();
            let (newest, closed) = {
                let ring = self.hub.ring();
                let fresh = ring.newest_key.as_ref().filter(|key| key.sequence >= ring.fresh_from);
                (fresh.cloned(), ring.closed)
            };
            let seen_sequence = self.seen.map(|(_, sequence)| sequence);
            match newest {
                Some(frame) if seen_sequence.is_none_or(|seen| frame.sequence > seen) => {
                    if let Some((seen_count, _)) = self.seen {
                        self.skipped += count.saturating_sub(seen_count + 1);
                    }
                    self.seen = Some((count, frame.sequence));
                    return Some(frame);
                }
                _ if closed => return None,
                _ => self.woken.changed().await.ok()?,
            }
        }
    }

    /// Key frames that were replaced before this reader took them.
    pub fn skipped(&self) -> u64 {
        self.skipped
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{VideoCodec, VideoParameters};
    use bytes::Bytes;

    const GROUP: u64 = 10;

    pub(super) fn frame(sequence: u64, bytes: usize) -> Arc<Frame> {
        let parameters = VideoParameters {
            codec: VideoCodec::H264,
            sets: Bytes::new(),
            configuration: Bytes::new(),
            codec_string: String::new(),
            width_px: 2,
            height_px: 2,
        };
        let is_key = sequence.is_multiple_of(GROUP);
        Frame::at(sequence as i64 * 100_000, sequence, is_key, vec![0; bytes], Arc::new(parameters))
    }

    #[tokio::test]
    async fn a_new_reader_starts_with_the_current_group_at_once() {
        let hub = Hub::new(HubLimits::default());
        (0..25).for_each(|at| hub.push(frame(at, 10)));
        let mut reader = hub.reader();
        for expected in 20..25 {
            assert_eq!(reader.next().await.unwrap().sequence, expected);
        }
        hub.close();
        assert!(reader.next().await.is_none());
        assert_eq!(reader.lost(), 0);
    }

    #[tokio::test]
    async fn a_slow_reader_loses_whole_groups_and_counts_them() {
        let hub = Hub::new(HubLimits::default());
        hub.push(frame(0, 10));
        let mut reader = hub.reader();
        assert_eq!(reader.next().await.unwrap().sequence, 0);
        (1..1005).for_each(|at| hub.push(frame(at, 10)));
        assert_eq!(reader.next().await.unwrap().sequence, 1000);
        assert_eq!(reader.lost(), 999);
        assert_eq!(reader.next().await.unwrap().sequence, 1001);
    }

    #[tokio::test]
    async fn time_and_bytes_are_bounded_and_the_rest_begins_with_a_key_frame() {
        let hub = Hub::new(HubLimits::default());
        (0..500).for_each(|at| hub.push(frame(at, 10)));
        let kept = hub.kept();
        assert!(kept[0].is_key && (120..=140).contains(&kept.len()), "{}", kept.len());

        let tight = Hub::new(HubLimits { ring_bytes: 1000, ..HubLimits::default() });
        (0..95).for_each(|at| tight.push(frame(at, 40)));
        let kept = tight.kept();
        assert!(kept[0].is_key && kept.len() <= 25, "{}", kept.len());
    }

    #[tokio::test]
    async fn an_endless_group_over_the_limit_is_forgotten_but_readers_at_the_end_go_on() {
        let hub = Hub::new(HubLimits { ring_bytes: 150, ..HubLimits::default() });
        hub.push(frame(0, 40));
        let mut reader = hub.reader();
        for at in 1..10 {
            assert_eq!(reader.next().await.unwrap().sequence, at - 1);
            hub.push(frame(at, 40));
        }
        assert!(hub.kept().is_empty());
        assert_eq!(reader.next().await.unwrap().sequence, 9);
    }

    #[tokio::test]
    async fn key_frames_are_latest_only() {
        let hub = Hub::new(HubLimits::default());
        let mut reader = hub.key_reader();
        hub.push(frame(0, 10));
        assert_eq!(reader.next().await.unwrap().sequence, 0);
        (1..=40).for_each(|at| hub.push(frame(at, 10)));
        assert_eq!(reader.next().await.unwrap().sequence, 40);
        assert_eq!(reader.skipped(), 3);
        hub.close();
        assert!(reader.next().await.is_none());
    }
}
