//! Gathers the bytes of one video stream into access units.
//!
//! The border between two pictures is found in the pictures themselves, not in the container: a NAL unit that can only
//! open an access unit, after a slice, ends the one before (ITU-T H.264 §7.4.1.2.3, H.265 §7.4.2.4.4). That holds for
//! senders which split a picture over many PES packets, put several pictures into one, or give every slice its own;
//! their times are used to date the pictures and to notice that the beginning of one is missing. Codecs without NAL
//! units are divided where the time changes.
//!
//! What is incomplete is not given out: after a gap everything up to the next beginning of a picture is dropped.

use super::choice::Choice;
use super::clock::{FrameClock, Stamp};
use super::frame::{Frame, Sink};
use super::nal::{self, Role, Set};
use super::sets::{SetKeeper, without_trailing_zeros};
use super::trust::Trust;
use super::{Codec, start_code};
use bytes::Bytes;
use std::collections::VecDeque;

/// Largest access unit: a 4K key frame has less than half of it.
const UNIT_BYTES_MAX: usize = 4 << 20;
/// Largest piece worked on at once, so that borders inside a piece are dealt with in linear time.
const PIECE_BYTES_MAX: usize = 64 << 10;
/// Bytes kept while nobody knows the codec: a key frame with its parameter sets fits.
const WAIT_BYTES_MAX: usize = 512 << 10;
/// With a hint from the SDP, waiting for something better ends after so many bytes …
const HINT_AFTER_BYTES: usize = 64 << 10;
/// … or PES packets, about two seconds.
const HINT_AFTER_PACKETS: usize = 50;
/// Bytes at the beginning of a frame in which parameter sets may show that a declared codec is not the true one.
const PROOF_BYTES_MAX: usize = 16;
/// PES packets whose times are remembered until a picture claims them.
const STAMPS_MAX: usize = 64;

/// One video stream.
#[derive(Debug)]
pub(crate) struct Video {
    stream: u8,
    choice: Choice,
    clock: FrameClock,
    sets: SetKeeper,
    trust: Trust,
    data: Vec<u8>,
    /// Where the search for start codes goes on.
    scanned: usize,
    /// Times, each with the offset in `data` from which on it holds.
    stamps: VecDeque<(usize, Stamp)>,
    /// The access unit in progress; without one, bytes are dropped until one begins.
    unit: Option<Unit>,
    /// A marker bit stood behind so many bytes of `data`.
    marked: Option<usize>,
    /// The last access unit was given out at a marker bit; the next byte must open a new one.
    is_early: bool,
    /// Bytes were lost since the last beginning of a picture.
    has_gap: bool,
    lost_packets: u32,
}

#[derive(Debug)]
struct Unit {
    from: usize,
    stamp: Option<Stamp>,
    has_slice: bool,
    is_key: bool,
    open_set: Option<(Set, usize)>,
}

impl Video {
    /// A stream of which nothing is known but perhaps a codec promised elsewhere.
    pub(crate) fn new(stream: u8, hint: Option<Codec>) -> Self {
        Self {
            stream,
            choice: Choice::new(hint),
            clock: FrameClock::default(),
            sets: SetKeeper::default(),
            trust: Trust::default(),
            data: Vec::new(),
            scanned: 0,
            stamps: VecDeque::new(),
            unit: None,
            marked: None,
            is_early: false,
            has_gap: false,
            lost_packets: 0,
        }
    }

    /// The codec worked with now.
    pub(crate) fn codec(&self) -> Option<Codec> {
        self.choice.codec()
    }

    /// The map names the codec.
    pub(crate) fn declare(&mut self, codec: Codec, sink: &mut Sink) {
        let was_unknown = self.codec().is_none();
        if !was_unknown && self.choice.would_change(codec) {
            // Declared anew between two pictures: the last one is still of the old kind.
            self.flush(sink);
        }
        self.choice.declare(codec);
        if was_unknown {
            self.resolve(sink);
        }
    }

    /// A PES packet, or an RTP packet with another time, begins.
    pub(crate) fn begin(&mut self, stamp: Stamp, sink: &mut Sink) {
        if self.codec().is_some_and(|codec| !codec.has_nal_units()) {
            return self.begin_opaque(stamp, sink);
        }
        if self.stamps.len() == STAMPS_MAX {
            self.stamps.pop_front();
        }
        self.stamps.push_back((self.data.len(), stamp));
    }

    /// Bytes of the stream.
    pub(crate) fn data(&mut self, bytes: &[u8], sink: &mut Sink) {
        for piece in bytes.chunks(PIECE_BYTES_MAX) {
            self.piece(piece, sink);
        }
    }

    /// The packet just taken carried the marker bit and ended where a frame may end.
    pub(crate) fn marker(&mut self, sink: &mut Sink) {
        if !self.codec().is_some_and(Codec::has_nal_units) {
            return;
        }
        self.scan(true, sink);
        if self.unit.as_ref().is_some_and(|unit| unit.has_slice) {
            if self.trust.is_earned() {
                self.finish(self.data.len(), sink);
                self.drop_bytes();
                self.is_early = true;
            } else {
                self.marked = Some(self.data.len());
            }
        }
    }

    /// Packets are missing here. A picture that a marker had ended is complete, any other is dropped.
    pub(crate) fn lost(&mut self, packets: u32, sink: &mut Sink) {
        let is_whole = self.trust.is_untainted() && self.marked == Some(self.data.len());
        if is_whole {
            self.finish(self.data.len(), sink);
        } else if self.unit.is_some() {
            sink.faults.damaged_frames += 1;
        }
        self.drop_bytes();
        self.has_gap = true;
        self.lost_packets = self.lost_packets.saturating_add(packets);
    }

    /// The sender starts anew: what it says from here on has nothing to do with what it said before.
    pub(crate) fn restart(&mut self, sink: &mut Sink) {
        self.lost(0, sink);
        self.clock.restart();
    }

    /// Nothing more will come: the access unit in progress is given out.
    pub(crate) fn flush(&mut self, sink: &mut Sink) {
        if self.codec().is_none() && self.choice.fall_back() {
            self.resolve(sink);
        }
        if self.codec().is_some_and(Codec::has_nal_units) {
            self.scan(true, sink);
        }
        if self.unit.as_ref().is_some_and(|unit| unit.has_slice) {
            self.finish(self.data.len(), sink);
        }
        self.drop_bytes();
    }

    fn piece(&mut self, piece: &[u8], sink: &mut Sink) {
        if self.data.len() + piece.len() > UNIT_BYTES_MAX {
            sink.faults.oversized_frames += 1;
            self.drop_bytes();
        }
        match self.codec() {
            Some(codec) if !codec.has_nal_units() => self.opaque(piece, sink),
            Some(_) => {
                self.data.extend_from_slice(piece);
                self.scan(false, sink);
                self.compact(sink);
            }
            None => {
                self.data.extend_from_slice(piece);
                self.wait_for_codec(sink);
            }
        }
    }

    /// Looks for borders in the bytes not yet searched; with `is_end` also where a NAL unit has only begun.
    fn scan(&mut self, is_end: bool, sink: &mut Sink) {
        while let Some(at) = start_code::find(&self.data, self.scanned) {
            if !is_end && self.data.len() < at + 3 + nal::LOOK_BYTES {
                self.scanned = at;
                return;
            }
            self.scanned = at + 3;
            self.nal_unit(at, sink);
        }
        self.scanned = self.scanned.max(self.data.len().saturating_sub(2));
    }

    /// A NAL unit begins with the start code at `at`.
    fn nal_unit(&mut self, at: usize, sink: &mut Sink) {
        self.close_set(at);
        if let Some(proved) = nal::sniff(&self.data[at + 3..])
            && self.choice.prove(proved, sink.faults)
        {
            sink.faults.damaged_frames += u64::from(self.unit.take().is_some_and(|unit| unit.has_slice));
            self.sets.clear();
        }
        let Some(codec) = self.codec() else { return };
        let role = nal::role(codec, &self.data[at + 3..]);
        self.judge_early(at <= 1 && role.can_open(), sink);
        let edge = if at > 0 && self.data[at - 1] == 0 { at - 1 } else { at };
        match &self.unit {
            Some(unit) if unit.has_slice && role.can_open() => {
                self.judge_marker(edge);
                self.finish(edge, sink);
                self.open(edge, at);
            }
            Some(unit) if unit.has_slice && matches!(role, Role::Slice { .. }) && self.has_moved(at) => {
                // The time has changed, but the first slice of this picture is missing.
                self.finish(edge, sink);
                sink.faults.damaged_frames += 1;
            }
            None if role.can_open() => self.open(edge, at),
            _ => {}
        }
        if let Some(unit) = &mut self.unit {
            match role {
                Role::Slice { key, .. } => {
                    unit.has_slice = true;
                    unit.is_key |= key;
                }
                Role::Set(kind) => unit.open_set = Some((kind, at + 3)),
                Role::Opens | Role::Stays => {}
            }
        }
    }

    /// An access unit opens with the start code at `at`; `edge` includes the zero byte in front of it.
    fn open(&mut self, edge: usize, at: usize) {
        // A time holds for the first access unit that begins in its packet (ISO/IEC 13818-1 §2.4.3.7).
        let mut stamp = None;
        while self.stamps.front().is_some_and(|&(from, _)| from < at + 3) {
            stamp = self.stamps.pop_front().map(|(_, stamp)| stamp);
        }
        self.has_gap = false;
        self.unit = Some(Unit { from: edge, stamp, has_slice: false, is_key: false, open_set: None });
    }

    /// True if the packet with the start code at `at` says another time than the access unit in progress.
    fn has_moved(&self, at: usize) -> bool {
        let ours = self.unit.as_ref().and_then(|unit| unit.stamp);
        let newest = self.stamps.iter().rev().find(|&&(from, _)| from < at + 3).map(|&(_, stamp)| stamp);
        ours.zip(newest).is_some_and(|(ours, newest)| ours.differs(&newest))
    }

    /// The access unit in progress ends at `end`.
    fn finish(&mut self, end: usize, sink: &mut Sink) {
        self.close_set(end);
        let Some(unit) = self.unit.take() else { return };
        let Some(codec) = self.codec() else { return };
        let bytes = &self.data[unit.from..end];
        let (bytes, is_key) = if codec.has_nal_units() {
            (without_trailing_zeros(bytes), unit.is_key)
        } else {
            (bytes, codec == Codec::Mpeg4 && is_mpeg4_key(bytes))
        };
        if bytes.is_empty() {
            return;
        }
        let timed = self.clock.time(unit.stamp, sink.faults);
        sink.out.push(Frame {
            codec,
            stream: self.stream,
            pts: timed.pts,
            dts: timed.dts,
            is_key,
            discontinuity: timed.discontinuity,
            lost_packets: std::mem::take(&mut self.lost_packets),
            parameter_sets: self.sets.in_force(),
            // Copied, so that a frame kept for long holds its own bytes and no more.
            data: Bytes::copy_from_slice(bytes),
        });
    }

    fn close_set(&mut self, end: usize) {
        if let Some((kind, from)) = self.unit.as_mut().and_then(|unit| unit.open_set.take()) {
            self.sets.add(kind, &self.data[from..end]);
        }
    }

    /// After an access unit was given out early: was that right?
    fn judge_early(&mut self, was_right: bool, sink: &mut Sink) {
        if std::mem::take(&mut self.is_early) {
            if was_right {
                self.trust.confirm();
            } else {
                self.trust.refute();
                sink.faults.false_markers += 1;
            }
        }
    }

    /// A border was found at `edge`: did the marker bit, if there was one, stand there?
    fn judge_marker(&mut self, edge: usize) {
        if let Some(marked) = self.marked.take() {
            if marked == edge || marked == edge + 1 {
                self.trust.confirm();
            } else {
                self.trust.refute();
            }
        }
    }

    /// Gives up the bytes that no access unit needs any more.
    fn compact(&mut self, sink: &mut Sink) {
        // Without an access unit everything searched may go, but for a zero byte that may belong to the next start code.
        let used = self.unit.as_ref().map_or(self.scanned.saturating_sub(1), |unit| unit.from);
        if used == 0 {
            return;
        }
        if used > 1 {
            // Bytes that open nothing followed a frame given out early.
            self.judge_early(false, sink);
        }
        self.data.drain(..used);
        self.scanned -= used;
        self.marked = self.marked.and_then(|marked| marked.checked_sub(used));
        for (from, _) in &mut self.stamps {
            *from = from.saturating_sub(used);
        }
        if let Some(unit) = &mut self.unit {
            unit.from = 0;
            unit.open_set = unit.open_set.map(|(kind, from)| (kind, from - used));
        }
    }

    fn drop_bytes(&mut self) {
        self.data.clear();
        self.scanned = 0;
        self.stamps.clear();
        self.unit = None;
        self.marked = None;
        self.is_early = false;
        self.sets.forget_fresh();
    }

    /// Nothing is known yet: keep the bytes until a parameter set shows the codec, or the hint has to do.
    fn wait_for_codec(&mut self, sink: &mut Sink) {
        while let Some(at) = start_code::find(&self.data, self.scanned) {
            if self.data.len() < at + 3 + nal::LOOK_BYTES {
                self.scanned = at;
                return;
            }
            self.scanned = at + 3;
            if let Some(proved) = nal::sniff(&self.data[at + 3..]) {
                self.choice.prove(proved, sink.faults);
                return self.resolve(sink);
            }
        }
        self.scanned = self.scanned.max(self.data.len().saturating_sub(2));
        let is_late = self.data.len() > HINT_AFTER_BYTES || self.stamps.len() >= HINT_AFTER_PACKETS;
        if is_late && self.choice.has_hint() {
            self.choice.fall_back();
            self.resolve(sink);
        } else if self.data.len() > WAIT_BYTES_MAX {
            sink.faults.codec_unknown_bytes += self.data.len() as u64;
            self.drop_bytes();
        }
    }

    /// The codec has become known: what was kept is read again.
    fn resolve(&mut self, sink: &mut Sink) {
        self.scanned = 0;
        if self.codec().is_some_and(Codec::has_nal_units) {
            self.scan(false, sink);
            self.compact(sink);
        } else {
            // Without NAL units the borders inside are gone with the packets.
            sink.faults.codec_unknown_bytes += self.data.len() as u64;
            self.drop_bytes();
        }
    }

    fn begin_opaque(&mut self, stamp: Stamp, sink: &mut Sink) {
        if self.unit.as_ref().is_some_and(|unit| unit.stamp.is_some_and(|ours| ours.differs(&stamp))) {
            self.finish(self.data.len(), sink);
            self.drop_bytes();
        }
        // After a gap only a packet with its own time surely begins a frame.
        if self.unit.is_none() && (!self.has_gap || stamp.pts.is_some()) {
            self.has_gap = false;
            self.unit =
                Some(Unit { from: 0, stamp: Some(stamp), has_slice: true, is_key: false, open_set: None });
        }
    }

    fn opaque(&mut self, piece: &[u8], sink: &mut Sink) {
        if self.unit.is_none() {
            return;
        }
        let looked_bytes = self.data.len();
        self.data.extend_from_slice(piece);
        // Declared as SVAC or MPEG-4, but perhaps it is not: parameter sets stand at the beginning.
        if looked_bytes < PROOF_BYTES_MAX
            && let head = &self.data[..self.data.len().min(PROOF_BYTES_MAX)]
            && let Some(at) = start_code::find(head, 0)
            && let Some(proved) = nal::sniff(&head[at + 3..])
        {
            self.choice.prove(proved, sink.faults);
            let stamp = self.unit.take().and_then(|unit| unit.stamp);
            self.stamps.extend(stamp.map(|stamp| (0, stamp)));
            let data = std::mem::take(&mut self.data);
            self.piece(&data, sink);
        }
    }
}

/// An intra-coded picture of MPEG-4 part 2: start code B6, then coding type 00.
fn is_mpeg4_key(bytes: &[u8]) -> bool {
    let mut from = 0;
    while let Some(at) = start_code::find(bytes, from) {
        if let [0xb6, kind, ..] = bytes[at + 3..] {
            return kind >> 6 == 0;
        }
        from = at + 3;
    }
    false
}
