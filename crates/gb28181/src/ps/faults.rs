//! What was wrong with a program stream, counted for the page where a person looks for the reason of a bad picture.

/// Counters since the demuxer was made; they only rise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// Times that something other than a start code stood where the next packet should begin.
    pub resyncs: u64,
    /// Bytes thrown away while looking for a start code.
    pub skipped_bytes: u64,
    /// Packets of private or unknown streams (PES ids BD, BF, F0 and up), skipped by their length.
    pub private_packets: u64,
    /// Bytes in these packets.
    pub private_bytes: u64,
    /// Headers that cannot be right: a pack header of no known kind, a PES header longer than its packet.
    pub bad_headers: u64,
    /// PES headers without their first flag byte, read nevertheless.
    pub short_headers: u64,
    /// Packets that a new frame cut off before their declared length.
    pub broken_lengths: u64,
    /// Program stream maps whose inner lengths contradict each other, read by searching.
    pub map_repairs: u64,
    /// Times that the pictures turned out to be coded otherwise than declared.
    pub codec_corrections: u64,
    /// Bytes dropped because nobody said, and they did not show, how they are coded.
    pub codec_unknown_bytes: u64,
    /// Frames dropped because a part of them was lost or unreadable.
    pub damaged_frames: u64,
    /// Frames dropped because they grew beyond the limit.
    pub oversized_frames: u64,
    /// Frames given out at a marker bit that was set too early; they were incomplete.
    pub false_markers: u64,
    /// Jumps of the sender's clock by more than ten seconds, or back by more than two.
    pub time_jumps: u64,
    /// Times that a PES clock stood still and the RTP clock was taken instead.
    pub stuck_clocks: u64,
    /// PES packets of elementary streams beyond the number that is followed.
    pub surplus_packets: u64,
}

impl std::ops::AddAssign<&Faults> for Faults {
    fn add_assign(&mut self, other: &Faults) {
        self.resyncs += other.resyncs;
        self.skipped_bytes += other.skipped_bytes;
        self.private_packets += other.private_packets;
        self.private_bytes += other.private_bytes;
        self.bad_headers += other.bad_headers;
        self.short_headers += other.short_headers;
        self.broken_lengths += other.broken_lengths;
        self.map_repairs += other.map_repairs;
        self.codec_corrections += other.codec_corrections;
        self.codec_unknown_bytes += other.codec_unknown_bytes;
        self.damaged_frames += other.damaged_frames;
        self.oversized_frames += other.oversized_frames;
        self.false_markers += other.false_markers;
        self.time_jumps += other.time_jumps;
        self.stuck_clocks += other.stuck_clocks;
        self.surplus_packets += other.surplus_packets;
    }
}
