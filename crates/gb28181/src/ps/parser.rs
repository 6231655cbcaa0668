//! The syntax of a program stream, read from pieces of any size.
//!
//! The parser keeps at most one header; payload is handed on as it lies in the piece. It is always in one of four
//! situations: looking for a start code, gathering a header, passing payload on, or skipping.

use super::map::Map;
use super::pes::{self, PesHeader};
use super::{Faults, start_code};

/// Longest system header or map believed. The standard ends a map at 1018 bytes.
const SECTION_BYTES_MAX: usize = 1_024;
/// Bytes of a pack header after its start code, stuffing not counted.
const PACK_BYTES: usize = 10;

/// What a piece of the stream contained.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Event<'a> {
    /// A program stream map.
    Map(Map),
    /// A packet of an elementary stream begins.
    Start(PesHeader),
    /// Payload of the packet begun last.
    Data(&'a [u8]),
    /// That packet is complete.
    End,
    /// The sender says that the program is over.
    Finish,
}

/// The state between two pieces.
#[derive(Debug)]
pub(crate) struct Parser {
    state: State,
    head: Vec<u8>,
    /// Private stream 1 carries something that the map names.
    pub(crate) private_is_mapped: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Looking for a start code of which `matched` bytes have been seen.
    Search {
        matched: usize,
        why: Why,
    },
    /// A packet of length 0: payload until a start code of the container.
    Open {
        matched: usize,
    },
    /// Gathering a header until it has `need` bytes.
    Head {
        need: usize,
    },
    Payload {
        left: usize,
    },
    Skip {
        left: usize,
    },
}

/// Why a start code is being looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// It must follow at once.
    Next,
    /// It did not follow at once; counted.
    Lost,
    /// Bytes are known to be missing or meaningless; nothing to complain about.
    Gap,
}

const NEXT: State = State::Search { matched: 0, why: Why::Next };
const GAP: State = State::Search { matched: 0, why: Why::Gap };

impl Default for Parser {
    fn default() -> Self {
        Self { state: GAP, head: Vec::new(), private_is_mapped: false }
    }
}

impl Parser {
    /// The next event in `rest`, which is shortened by what was read; `None` when it is used up.
    pub(crate) fn next<'a>(&mut self, rest: &mut &'a [u8], faults: &mut Faults) -> Option<Event<'a>> {
        loop {
            // The end of a packet is told as soon as its last byte is there, not with the first byte after it.
            if self.state == (State::Payload { left: 0 }) {
                self.state = NEXT;
                return Some(Event::End);
            }
            if rest.is_empty() {
                return None;
            }
            let event = match self.state {
                State::Search { matched, why } => self.search(matched, why, rest, faults),
                State::Open { matched } => self.pass_open(matched, rest),
                State::Head { need } => self.gather(need, rest, faults),
                State::Payload { left } => {
                    let data = take(rest, left);
                    self.state = State::Payload { left: left - data.len() };
                    Some(Event::Data(data))
                }
                State::Skip { left } => {
                    let skipped = take(rest, left).len();
                    self.state = if skipped == left { NEXT } else { State::Skip { left: left - skipped } };
                    None
                }
            };
            if event.is_some() {
                return event;
            }
        }
    }

    /// True where nothing of a packet is outstanding, so that a frame may be complete.
    pub(crate) fn is_between_packets(&self) -> bool {
        matches!(self.state, State::Search { .. } | State::Open { matched: 0 })
    }

    /// Bytes are missing: what comes next is looked at afresh.
    pub(crate) fn lost(&mut self) {
        self.state = GAP;
        self.head.clear();
    }

    /// A new frame begins here, whatever lengths said. True if that cut a packet short.
    pub(crate) fn realign(&mut self) -> bool {
        let cut = matches!(self.state, State::Payload { .. } | State::Head { .. } | State::Skip { .. });
        if cut {
            self.lost();
        }
        cut
    }

    fn search<'a>(
        &mut self,
        matched: usize,
        why: Why,
        rest: &mut &'a [u8],
        faults: &mut Faults,
    ) -> Option<Event<'a>> {
        let hunt = hunt(matched, rest);
        if hunt.passed > 0 {
            faults.skipped_bytes += hunt.passed as u64;
            if why == Why::Next {
                faults.resyncs += 1;
            }
        }
        *rest = &rest[hunt.used..];
        let why = if hunt.passed > 0 && why == Why::Next { Why::Lost } else { why };
        self.state = match hunt.code {
            Some(code) => return self.begin(code),
            None => State::Search { matched: hunt.matched, why },
        };
        None
    }

    /// Passes payload of a packet without length on. Start codes of the video inside are part of it.
    fn pass_open<'a>(&mut self, matched: usize, rest: &mut &'a [u8]) -> Option<Event<'a>> {
        if matched > 0 {
            // Bytes that looked like the beginning of a start code were held back; are they one?
            return match hunt_held(matched, rest) {
                Held::Undecided { matched } => {
                    self.state = State::Open { matched };
                    None
                }
                // The end of the program, the only code that is an event, ends this packet too.
                Held::Code(code) => Some(self.begin(code).unwrap_or(Event::End)),
                Held::Payload { bytes, matched } => {
                    self.state = State::Open { matched };
                    Some(Event::Data(&start_code::PREFIX[..bytes]))
                }
            };
        }
        let hunt = hunt(0, rest);
        let hold = if hunt.code.is_some() { 4 } else { hunt.matched };
        let data = &rest[..hunt.used - hold];
        *rest = &rest[hunt.used - hold..];
        if !data.is_empty() {
            return Some(Event::Data(data));
        }
        let held = hold.min(3);
        *rest = &rest[held..];
        self.state = State::Open { matched: held };
        None
    }

    /// A start code was read.
    fn begin<'a>(&mut self, code: u8) -> Option<Event<'a>> {
        self.head.clear();
        self.head.extend_from_slice(&[0, 0, 1, code]);
        self.state = match code {
            start_code::END => NEXT,
            start_code::PACK => State::Head { need: 4 + PACK_BYTES },
            _ => State::Head { need: 6 },
        };
        (code == start_code::END).then_some(Event::Finish)
    }

    fn gather<'a>(&mut self, need: usize, rest: &mut &'a [u8], faults: &mut Faults) -> Option<Event<'a>> {
        let piece = take(rest, need - self.head.len());
        self.head.extend_from_slice(piece);
        if self.head.len() < need {
            return None;
        }
        let length = usize::from(self.head[4]) << 8 | usize::from(self.head[5]);
        match self.head[3] {
            start_code::PACK => self.pack(faults),
            start_code::SYSTEM | start_code::MAP => return self.section(length, rest, faults),
            start_code::PRIVATE if self.private_is_mapped => return self.packet(need, faults),
            start_code::AUDIO..=start_code::VIDEO_LAST => return self.packet(need, faults),
            code => {
                if code != start_code::PADDING {
                    faults.private_packets += 1;
                    faults.private_bytes += length as u64;
                }
                // A private packet of length 0 lasts until a start code follows.
                self.state = if length == 0 { GAP } else { State::Skip { left: length } };
            }
        }
        None
    }

    fn pack(&mut self, faults: &mut Faults) {
        // The stuffing is not always FF, some vendors hide counters there: its length counts, not its looks.
        let stuffing = usize::from(self.head[13] & 7);
        let is_mpeg2 = self.head[4] >> 6 == 1;
        if !is_mpeg2 {
            faults.bad_headers += 1;
        }
        self.state = match (is_mpeg2, stuffing) {
            (false, _) => GAP,
            (true, 0) => NEXT,
            (true, left) => State::Skip { left },
        };
    }

    /// A system header or a map: gathered whole, unless a start code inside shows that its length is a lie.
    fn section<'a>(&mut self, length: usize, rest: &mut &'a [u8], faults: &mut Faults) -> Option<Event<'a>> {
        if length > SECTION_BYTES_MAX {
            faults.bad_headers += 1;
            self.state = GAP;
            return None;
        }
        let need = 6 + length;
        while self.head.len() < need {
            let Some((&byte, after)) = rest.split_first() else {
                // Come back with the next byte and go on here.
                self.state = State::Head { need: self.head.len() };
                return None;
            };
            self.head.push(byte);
            *rest = after;
            if let [body @ .., 0, 0, 1, start_code::PACK..=start_code::VIDEO_LAST] = &self.head[4..] {
                faults.broken_lengths += 1;
                let map = (self.head[3] == start_code::MAP).then(|| Map::parse(&self.head[..4 + body.len()]));
                self.begin(byte);
                return map.map(|map| self.mapped(map, faults));
            }
        }
        self.state = NEXT;
        let map = (self.head[3] == start_code::MAP).then(|| Map::parse(&self.head));
        map.map(|map| self.mapped(map, faults))
    }

    fn mapped<'a>(&mut self, map: Map, faults: &mut Faults) -> Event<'a> {
        faults.map_repairs += u64::from(map.repaired);
        self.private_is_mapped =
            map.entries.iter().any(|entry| entry.stream == start_code::PRIVATE && entry.codec.is_some());
        Event::Map(map)
    }

    fn packet<'a>(&mut self, have: usize, faults: &mut Faults) -> Option<Event<'a>> {
        let need = if have < pes::FIXED_BYTES { pes::FIXED_BYTES } else { pes::header_bytes(&self.head) };
        if have < need {
            self.state = State::Head { need };
            return None;
        }
        let Some(header) = pes::parse(&self.head) else {
            faults.bad_headers += 1;
            self.state = GAP;
            return None;
        };
        faults.short_headers += u64::from(header.is_short);
        self.state = match header.payload_bytes {
            Some(left) => State::Payload { left },
            None => State::Open { matched: 0 },
        };
        Some(Event::Start(header))
    }
}

fn take<'a>(rest: &mut &'a [u8], bytes: usize) -> &'a [u8] {
    let (piece, after) = rest.split_at(bytes.min(rest.len()));
    *rest = after;
    piece
}

/// What a search for a start code of the container found.
struct Hunt {
    /// Bytes of the piece that were looked at.
    used: usize,
    /// Bytes, earlier ones included, that are surely no part of a start code.
    passed: usize,
    /// Bytes at the end that may be the beginning of one.
    matched: usize,
    code: Option<u8>,
}

/// Looks for the next start code of the container; `matched` bytes of one have been seen before.
fn hunt(matched: usize, bytes: &[u8]) -> Hunt {
    let mut ahead = bytes;
    let mut passed = 0;
    let mut held = matched;
    while held > 0 {
        match hunt_held(held, &mut ahead) {
            Held::Code(code) => {
                return Hunt { used: bytes.len() - ahead.len(), passed, matched: 0, code: Some(code) };
            }
            Held::Undecided { matched } => return Hunt { used: bytes.len(), passed, matched, code: None },
            Held::Payload { bytes, matched } => {
                // Zero bytes in front of a start code are padding and no fault.
                passed += if matched > 0 { 0 } else { bytes };
                held = matched;
            }
        }
    }
    let from = bytes.len() - ahead.len();
    let mut at = from;
    while let Some(found) = start_code::find(bytes, at) {
        match bytes.get(found + 3) {
            Some(&code) if code >= start_code::END => {
                let zeros = bytes[from..found].iter().rev().take_while(|&&byte| byte == 0).count();
                passed += found - zeros - from;
                return Hunt { used: found + 4, passed, matched: 0, code: Some(code) };
            }
            Some(_) => at = found + 3,
            None => {
                return Hunt { used: bytes.len(), passed: passed + found - from, matched: 3, code: None };
            }
        }
    }
    let matched = match bytes[at..] {
        [.., 0, 0] => 2,
        [.., 0] => 1,
        _ => 0,
    };
    Hunt { used: bytes.len(), passed: passed + bytes.len() - from - matched, matched, code: None }
}

/// What became of bytes that might have been the beginning of a start code.
enum Held {
    /// They are one.
    Code(u8),
    /// Still possible; so many bytes of it are there.
    Undecided { matched: usize },
    /// The first `bytes` of them are not; `matched` of them still may be.
    Payload { bytes: usize, matched: usize },
}

/// Goes on where `matched` bytes of a start code have been seen; reads from `ahead` what belongs to it.
fn hunt_held(matched: usize, ahead: &mut &[u8]) -> Held {
    let mut matched = matched;
    while let Some((&byte, after)) = ahead.split_first() {
        match (matched, byte) {
            (1, 0) => matched = 2,
            (2, 1) => matched = 3,
            (2, 0) => return Held::Payload { bytes: 1, matched: 1 },
            (3, code) if code >= start_code::END => {
                *ahead = after;
                return Held::Code(code);
            }
            _ => return Held::Payload { bytes: matched, matched: 0 },
        }
        *ahead = after;
    }
    Held::Undecided { matched }
}
