//! What became of the last call for media, for the page where a person looks for the reason of a missing picture.

use crate::called::Transport;
use gb28181::ps::Codec;
use gb28181::rtp::Faults;
use std::net::SocketAddr;

/// The last session of a stream that is asked for by calls; times are microseconds UTC.
#[derive(Debug, Clone, PartialEq)]
pub struct Reception {
    /// Our port.
    pub port: u16,
    /// When the call was made.
    pub called_at_us: i64,
    /// When the device answered it.
    pub answered_at_us: Option<i64>,
    /// How media were agreed to come, then how they do come.
    pub transport: Option<Transport>,
    /// The number agreed on.
    pub ssrc_expected: Option<u32>,
    /// The number of the packets that are heard, or, as long as none are, of those that are dropped for theirs.
    pub ssrc_seen: Option<u32>,
    /// Where media come from.
    pub from: Option<SocketAddr>,
    /// When the first packet came.
    pub first_packet_at_us: Option<i64>,
    /// When the first frame was whole.
    pub first_frame_at_us: Option<i64>,
    /// RTP packets taken.
    pub packets: u64,
    /// Bytes taken, headers of RTP included.
    pub bytes: u64,
    /// Datagrams and connections dropped, because they bear a wrong number or carry no RTP.
    pub strangers: u64,
    /// How the pictures are coded.
    pub codec: Option<Codec>,
    /// Pieces of sound that came; they are dropped so far.
    pub sound_frames: u64,
    /// Time stamp of the newest frame as the device wrote it, in microseconds; jumps where a playback was moved.
    pub camera_us: Option<i64>,
    /// What was wrong on the way, lost packets among it.
    pub faults: Faults,
}

impl Reception {
    pub(crate) fn new(port: u16, now_us: i64) -> Self {
        Self {
            port,
            called_at_us: now_us,
            answered_at_us: None,
            transport: None,
            ssrc_expected: None,
            ssrc_seen: None,
            from: None,
            first_packet_at_us: None,
            first_frame_at_us: None,
            packets: 0,
            bytes: 0,
            strangers: 0,
            codec: None,
            sound_frames: 0,
            camera_us: None,
            faults: Faults::default(),
        }
    }
}
