//! Searches for recordings: long spans cut into windows, one question in flight per channel.
//!
//! Devices answer one question per channel at a time (WVP#768), break on long spans (WVP#291), and stall half-way (WVP#2232). So a search is
//! a row of windows, asked one after the other; each ends complete or by silence; what came is returned with a mark.

use std::collections::{HashMap, HashSet, VecDeque};

use super::collector::{Answer, Collector, End, Limits, Part, Piece, Step};
use crate::id::GbId;
use crate::manscdp::LocalTime;
use crate::manscdp::record_info::{RecordInfo, RecordInfoQuery, Recording};

const SECOND_MS: u64 = 1_000;
const HOUR_US: i64 = 3_600_000_000;

/// The longest window that is asked for, in hours.
pub const WINDOW_H_MAX: u32 = 6;

/// The longest span of one search: a quarter of a year, 372 windows.
pub const SPAN_US_MAX: i64 = 93 * 24 * HOUR_US;

/// How many searches of one channel wait their turn.
pub const WAITING_MAX: usize = 8;

/// How many channels are searched at a time.
pub const CHANNELS_MAX: usize = 4_096;

/// After so many windows in a row without any answer the rest is not asked for.
const SILENT_WINDOWS_MAX: u32 = 2;

/// How long lists of recordings are waited for. A window of 6 hours holds some hundred recordings, of a nervous motion detector some
/// thousand.
pub fn record_limits() -> Limits {
    Limits {
        first_ms: 10 * SECOND_MS,
        next_ms: 10 * SECOND_MS,
        total_ms: 600 * SECOND_MS,
        items_max: 20_000,
        held_max: 500_000,
        asks_max: CHANNELS_MAX,
    }
}

/// A search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SearchId(pub u64);

/// Why a search is not begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// It ends before it begins.
    #[error("the span ends before it begins")]
    Empty,
    /// It is longer than [`SPAN_US_MAX`].
    #[error("the span is longer than 93 days")]
    TooLong,
    /// [`WAITING_MAX`] searches of this channel wait already.
    #[error("{WAITING_MAX} searches of this channel wait already")]
    Waiting,
    /// [`CHANNELS_MAX`] channels are being searched.
    #[error("{CHANNELS_MAX} channels are being searched already")]
    TooManyChannels,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum RecordOutput {
    /// Send a question.
    Ask {
        /// To which device.
        device: GbId,
        /// About which channel.
        channel: GbId,
        /// Under which number.
        sn: u64,
        /// What.
        query: RecordInfoQuery,
    },
    /// A search has ended.
    Done(SearchResult),
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchResult {
    /// Which search.
    pub id: SearchId,
    /// The recordings, each once, by their beginning.
    pub recordings: Vec<Recording>,
    /// Whether every window was answered completely.
    pub is_complete: bool,
}

/// All searches of a platform.
#[derive(Debug)]
pub struct RecordSearches {
    collector: Collector<Recording>,
    channels: HashMap<GbId, VecDeque<Search>>,
    asked: HashMap<(GbId, u64), GbId>,
    outputs: VecDeque<RecordOutput>,
    next_sn: u64,
    next_search: u64,
}

#[derive(Debug)]
struct Search {
    id: SearchId,
    device: GbId,
    windows: VecDeque<(LocalTime, LocalTime)>,
    found: Vec<Recording>,
    seen: HashSet<RecordingKey>,
    is_complete: bool,
    silent: u32,
}

/// By what two recordings are the same: one that lies across the edge of two windows is found twice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RecordingKey {
    start: LocalTime,
    end: LocalTime,
    file_path: Option<String>,
    stream: Option<u8>,
}

impl Piece for Recording {
    type Key = RecordingKey;

    fn key(&self) -> RecordingKey {
        RecordingKey {
            start: self.start,
            end: self.end,
            file_path: self.file_path.clone(),
            stream: self.stream,
        }
    }
}

impl From<RecordInfo> for Part<Recording> {
    fn from(info: RecordInfo) -> Self {
        Self { sum_num: info.sum_num, items: info.items.items, dropped: info.items.dropped }
    }
}

impl RecordSearches {
    /// No searches. Questions are numbered from `first_sn` on; after a restart it should not be the number of before.
    pub fn new(first_sn: u64) -> Self {
        Self {
            collector: Collector::new(record_limits()),
            channels: HashMap::new(),
            asked: HashMap::new(),
            outputs: VecDeque::new(),
            next_sn: first_sn,
            next_search: 0,
        }
    }

    /// Begins a search, or has it wait until the channel is free. `window_h` is the device's longest window, at most
    /// [`WINDOW_H_MAX`].
    pub fn open(
        &mut self,
        (device, channel): (GbId, GbId),
        (start, end): (LocalTime, LocalTime),
        window_h: u32,
        now_ms: u64,
    ) -> Result<SearchId, SearchError> {
        if end <= start {
            return Err(SearchError::Empty);
        }
        if end.unix_us.saturating_sub(start.unix_us) > SPAN_US_MAX {
            return Err(SearchError::TooLong);
        }
        let is_new_channel = !self.channels.contains_key(&channel);
        if is_new_channel && self.channels.len() >= CHANNELS_MAX {
            return Err(SearchError::TooManyChannels);
        }
        let queue = self.channels.entry(channel).or_default();
        if queue.len() > WAITING_MAX {
            return Err(SearchError::Waiting);
        }
        let id = SearchId(self.next_search);
        self.next_search += 1;
        queue.push_back(Search::new(id, device, windows(start, end, window_h)));
        if is_new_channel {
            self.ask_next(channel, now_ms);
        }
        Ok(id)
    }

    /// A message of an answer has come. What nobody asked for changes nothing.
    pub fn take(&mut self, device: GbId, sn: u64, info: RecordInfo, now_ms: u64) {
        if let Step::Done(answer) = self.collector.take(device, sn, info.into(), now_ms) {
            self.window_ended(answer, now_ms);
        }
    }

    /// The device refused a question.
    pub fn refused(&mut self, device: GbId, sn: u64, now_ms: u64) {
        if let Some(answer) = self.collector.cancel(device, sn) {
            self.window_ended(answer, now_ms);
        }
    }

    /// Ends what has been silent too long.
    pub fn expire(&mut self, now_ms: u64) {
        for answer in self.collector.expire(now_ms) {
            self.window_ended(answer, now_ms);
        }
    }

    /// When [`RecordSearches::expire`] has something to do.
    pub fn deadline_ms(&self) -> Option<u64> {
        self.collector.deadline_ms()
    }

    /// What is to be done next; ask until `None`.
    pub fn next_output(&mut self) -> Option<RecordOutput> {
        self.outputs.pop_front()
    }

    fn window_ended(&mut self, answer: Answer<Recording>, now_ms: u64) {
        let Some(channel) = self.asked.remove(&(answer.device, answer.sn)) else { return };
        let Some(search) = self.channels.get_mut(&channel).and_then(VecDeque::front_mut) else { return };
        search.add(answer);
        self.ask_next(channel, now_ms);
    }

    /// Asks for the next window of a channel's first search; ends the search when there is none, and goes on with the one that waits.
    fn ask_next(&mut self, channel: GbId, now_ms: u64) {
        while let Some(search) = self.channels.get_mut(&channel).and_then(VecDeque::front_mut) {
            if let Some((start, end)) = search.next_window() {
                let (device, sn) = (search.device, self.next_sn);
                self.next_sn += 1;
                if self.collector.ask(device, sn, now_ms).is_ok() {
                    self.asked.insert((device, sn), channel);
                    let query = RecordInfoQuery::between(start, end);
                    self.outputs.push_back(RecordOutput::Ask { device, channel, sn, query });
                    return;
                }
                search.is_complete = false;
            } else if let Some(ended) = self.channels.get_mut(&channel).and_then(VecDeque::pop_front) {
                self.outputs.push_back(RecordOutput::Done(ended.result()));
            }
        }
        self.channels.remove(&channel);
    }
}

impl Search {
    fn new(id: SearchId, device: GbId, windows: VecDeque<(LocalTime, LocalTime)>) -> Self {
        Self { id, device, windows, found: Vec::new(), seen: HashSet::new(), is_complete: true, silent: 0 }
    }

    fn add(&mut self, answer: Answer<Recording>) {
        self.is_complete &= answer.is_complete();
        self.silent = if answer.end == End::NeverHeard { self.silent + 1 } else { 0 };
        for recording in answer.items {
            if self.seen.insert(recording.key()) {
                self.found.push(recording);
            }
        }
    }

    /// The next window; none when the device has fallen silent.
    fn next_window(&mut self) -> Option<(LocalTime, LocalTime)> {
        if self.silent >= SILENT_WINDOWS_MAX {
            return None;
        }
        self.windows.pop_front()
    }

    fn result(mut self) -> SearchResult {
        self.found.sort_by_key(|recording| recording.start);
        let is_complete = self.is_complete && self.windows.is_empty();
        SearchResult { id: self.id, recordings: self.found, is_complete }
    }
}

/// Cuts a span into windows.
fn windows(start: LocalTime, end: LocalTime, window_h: u32) -> VecDeque<(LocalTime, LocalTime)> {
    let step = i64::from(window_h.clamp(1, WINDOW_H_MAX)) * HOUR_US;
    let mut windows = VecDeque::new();
    let mut from = start;
    while from < end {
        let to = LocalTime { unix_us: from.unix_us.saturating_add(step) }.min(end);
        windows.push_back((from, to));
        from = to;
    }
    windows
}
