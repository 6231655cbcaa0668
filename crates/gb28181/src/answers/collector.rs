//! Collecting the messages of one answer.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt::Debug;
use std::hash::Hash;

use crate::id::GbId;

/// How many finished questions are remembered, so that a straggler is told from what nobody asked for.
const FINISHED_MAX: usize = 1_024;

/// Something that an answer lists.
pub trait Piece {
    /// By what two of them are the same.
    type Key: Eq + Hash + Debug;
    /// Its key.
    fn key(&self) -> Self::Key;
}

/// How long is waited, and how much is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For the first message.
    pub first_ms: u64,
    /// For each message after it.
    pub next_ms: u64,
    /// For the whole answer, however steadily it drips.
    pub total_ms: u64,
    /// Items of one answer.
    pub items_max: usize,
    /// Items of all open answers together.
    pub held_max: usize,
    /// Open questions.
    pub asks_max: usize,
}

/// One message of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Part<T> {
    /// How many items the whole answer has, by its own words.
    pub sum_num: Option<u32>,
    /// The items of this message.
    pub items: Vec<T>,
    /// How many items of this message could not be read.
    pub dropped: u32,
}

/// Why a question is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// Too many are open.
    #[error("{0} questions are open already")]
    TooMany(usize),
    /// The device was asked under this SN, and the answer is not complete.
    #[error("a question with this SN is open")]
    SnInUse,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Step<T> {
    /// Nobody asked. The items may be merged, if at all; they never replace.
    Unasked(Vec<T>),
    /// The answer had ended before. The items may be merged.
    Late(Vec<T>),
    /// More is to come.
    More {
        /// How many different items there are.
        have: usize,
        /// How many there will be, by the device's words.
        of: Option<u32>,
    },
    /// The answer has ended.
    Done(Answer<T>),
}

/// How an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// As many different items came as were announced: what is known may be replaced.
    Complete,
    /// All that was announced came, but some of it could not be read.
    Damaged,
    /// Nothing came at all.
    NeverHeard,
    /// It fell silent half-way.
    Silent,
    /// It took too long.
    TooLong,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer<T> {
    /// Who answered.
    pub device: GbId,
    /// To which question.
    pub sn: u64,
    /// How it ended.
    pub end: End,
    /// Its items, each once, in the order in which they came.
    pub items: Vec<T>,
    /// How many items it was to have. The largest number that it named.
    pub sum_num: Option<u32>,
    /// Items that came more than once.
    pub duplicates: usize,
    /// Items that could not be read, or were too many.
    pub dropped: usize,
}

impl<T> Answer<T> {
    /// Whether it may replace what is known.
    pub fn is_complete(&self) -> bool {
        self.end == End::Complete
    }
}

/// The open questions of one sort.
#[derive(Debug)]
pub struct Collector<T: Piece> {
    limits: Limits,
    open: HashMap<(GbId, u64), Open<T>>,
    finished: VecDeque<(GbId, u64)>,
    held: usize,
}

#[derive(Debug)]
struct Open<T: Piece> {
    asked_ms: u64,
    heard_ms: Option<u64>,
    sum_num: Option<u32>,
    items: Vec<T>,
    seen: HashSet<T::Key>,
    duplicates: usize,
    dropped: usize,
}

impl<T: Piece> Collector<T> {
    /// No open questions.
    pub fn new(limits: Limits) -> Self {
        Self { limits, open: HashMap::new(), finished: VecDeque::new(), held: 0 }
    }

    /// A question is being sent.
    pub fn ask(&mut self, device: GbId, sn: u64, now_ms: u64) -> Result<(), AskError> {
        if self.open.contains_key(&(device, sn)) {
            return Err(AskError::SnInUse);
        }
        if self.open.len() >= self.limits.asks_max {
            return Err(AskError::TooMany(self.open.len()));
        }
        let open = Open {
            asked_ms: now_ms,
            heard_ms: None,
            sum_num: None,
            items: Vec::new(),
            seen: HashSet::new(),
            duplicates: 0,
            dropped: 0,
        };
        self.open.insert((device, sn), open);
        Ok(())
    }

    /// Whether a question is open.
    pub fn is_open(&self, device: GbId, sn: u64) -> bool {
        self.open.contains_key(&(device, sn))
    }

    /// A message has come.
    pub fn take(&mut self, device: GbId, sn: u64, part: Part<T>, now_ms: u64) -> Step<T> {
        let key = (device, sn);
        let Some(open) = self.open.get_mut(&key) else {
            let is_late = self.finished.contains(&key);
            return if is_late { Step::Late(part.items) } else { Step::Unasked(part.items) };
        };
        let room = self.limits.items_max.min(open.items.len() + self.limits.held_max - self.held);
        let before = open.items.len();
        open.add(part, room, now_ms);
        self.held += open.items.len() - before;
        match open.end() {
            Some(end) => Step::Done(self.close(key, end)),
            None => Step::More { have: open.items.len(), of: open.sum_num },
        }
    }

    /// Ends what has been silent, or has lasted, too long.
    pub fn expire(&mut self, now_ms: u64) -> Vec<Answer<T>> {
        let limits = self.limits;
        let is_over = |open: &Open<T>| open.deadline_ms(limits) <= now_ms;
        let mut over: Vec<_> =
            self.open.iter().filter(|(_, open)| is_over(open)).map(|(key, _)| *key).collect();
        over.sort_unstable();
        over.into_iter().map(|key| self.end_of_silence(key, now_ms)).collect()
    }

    /// Ends a question early: the device refused it, or has gone. `None` when it is not open.
    pub fn cancel(&mut self, device: GbId, sn: u64) -> Option<Answer<T>> {
        let key = (device, sn);
        let end = if self.open.get(&key)?.heard_ms.is_some() { End::Silent } else { End::NeverHeard };
        Some(self.close(key, end))
    }

    /// When [`Collector::expire`] has something to do; `None` while nothing is open.
    pub fn deadline_ms(&self) -> Option<u64> {
        self.open.values().map(|open| open.deadline_ms(self.limits)).min()
    }

    fn end_of_silence(&mut self, key: (GbId, u64), now_ms: u64) -> Answer<T> {
        let open = &self.open[&key];
        let end = match open.heard_ms {
            None => End::NeverHeard,
            Some(_) if open.asked_ms.saturating_add(self.limits.total_ms) <= now_ms => End::TooLong,
            Some(_) => End::Silent,
        };
        self.close(key, end)
    }

    fn close(&mut self, key: (GbId, u64), end: End) -> Answer<T> {
        let open = self.open.remove(&key).expect("only an open question is closed");
        self.held -= open.items.len();
        if self.finished.len() >= FINISHED_MAX {
            self.finished.pop_front();
        }
        self.finished.push_back(key);
        let (device, sn) = key;
        let Open { items, sum_num, duplicates, dropped, .. } = open;
        Answer { device, sn, end, items, sum_num, duplicates, dropped }
    }
}

impl<T: Piece> Open<T> {
    /// Adds a message. `room` is how many items there may be in all; `SumNum` is a device's word and reserves nothing.
    fn add(&mut self, part: Part<T>, room: usize, now_ms: u64) {
        self.heard_ms = Some(now_ms);
        self.sum_num = self.sum_num.max(part.sum_num);
        self.dropped += part.dropped as usize;
        for item in part.items {
            let key = item.key();
            if self.seen.contains(&key) {
                self.duplicates += 1;
            } else if self.items.len() >= room {
                self.dropped += 1;
            } else {
                self.seen.insert(key);
                self.items.push(item);
            }
        }
    }

    /// Whether all has come. More than was announced is no end: then the announcement was a lie, and only silence ends it.
    fn end(&self) -> Option<End> {
        let announced = self.sum_num? as usize;
        match (self.items.len(), self.dropped) {
            (have, 0) if have == announced => Some(End::Complete),
            (have, dropped) if dropped > 0 && have + dropped == announced => Some(End::Damaged),
            _ => None,
        }
    }

    fn deadline_ms(&self, limits: Limits) -> u64 {
        let total = self.asked_ms.saturating_add(limits.total_ms);
        let silence = match self.heard_ms {
            None => self.asked_ms.saturating_add(limits.first_ms),
            Some(heard_ms) => heard_ms.saturating_add(limits.next_ms),
        };
        silence.min(total)
    }
}
