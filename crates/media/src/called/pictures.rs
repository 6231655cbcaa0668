//! From what a device sends to the frames of a hub: one stream of pictures, key frames complete by themselves.

use crate::codec::VideoCodec;
use crate::fmp4::{TIMESCALE, micros};
use crate::frame::{SoundCodec, SoundParameters};
use crate::ingest::{AccessUnit, Ingest, KEY_PATIENCE, SoundUnit};
use crate::state::CameraState;
use crate::{aac, nal};
use bytes::Bytes;
use gb28181::ps::{Codec, Frame, ParameterSets};

use super::wire::Wire;
use tokio::time::Instant;

/// The pictures of one session.
pub(super) struct Pictures<'a> {
    ingest: &'a mut Ingest,
    /// The elementary stream followed: the first one. Some cameras send a second one with drawn-in marks.
    stream: Option<u8>,
    frames: u64,
    sound_frames: u64,
    damaged: u64,
    began: Instant,
    /// When the last frame came, or the session began.
    pub(super) heard: Instant,
}

impl<'a> Pictures<'a> {
    pub(super) fn new(ingest: &'a mut Ingest) -> Self {
        ingest.begin_session();
        let began = Instant::now();
        Self { ingest, stream: None, frames: 0, sound_frames: 0, damaged: 0, began, heard: began }
    }

    /// True once a picture has come.
    pub(super) fn have_come(&self) -> bool {
        self.frames > 0
    }

    /// True if nothing but sound has come.
    pub(super) fn are_sound_only(&self) -> bool {
        self.frames == 0 && self.sound_frames > 0
    }

    /// Hands on what has become whole, and notes what came.
    pub(super) fn take(&mut self, wire: &mut Wire<'_>) -> Result<(), CameraState> {
        for frame in wire.take_frames() {
            self.frame(frame)?;
        }
        let facts = wire.facts();
        let damaged = facts.faults.program.damaged_frames + facts.faults.program.oversized_frames;
        let newly_damaged = damaged - std::mem::replace(&mut self.damaged, damaged);
        self.ingest.board.count(|counters| counters.corrupt += newly_damaged);
        let now_us = (self.ingest.clock)();
        let (has_come, sound_frames) = (self.have_come(), self.sound_frames);
        self.ingest.board.note(|reception| {
            if facts.packets > 0 {
                reception.first_packet_at_us.get_or_insert(now_us);
            }
            if has_come {
                reception.first_frame_at_us.get_or_insert(now_us);
            }
            reception.from = facts.from;
            reception.ssrc_seen = facts.ssrc.or(facts.strangers.ssrc).or(reception.ssrc_seen);
            reception.packets = facts.packets;
            reception.bytes = facts.bytes;
            reception.strangers = reception.strangers.max(facts.strangers.count);
            reception.sound_frames = sound_frames;
            reception.faults = facts.faults;
        });
        Ok(())
    }

    fn frame(&mut self, frame: Frame) -> Result<(), CameraState> {
        if !frame.codec.is_video() {
            self.sound_frames += 1;
            if let Some(unit) = sound_unit(frame) {
                self.ingest.push_sound(unit);
            }
            return Ok(());
        }
        if *self.stream.get_or_insert(frame.stream) != frame.stream {
            return Ok(());
        }
        let camera_us = to_us(frame.pts);
        self.ingest.board.note(|reception| {
            reception.codec = Some(frame.codec);
            reception.camera_us = Some(camera_us);
        });
        let codec = match frame.codec {
            Codec::H264 => VideoCodec::H264,
            Codec::H265 => VideoCodec::H265,
            other => return Err(CameraState::UnsupportedCodec(name_of(other).to_owned())),
        };
        if !self.have_come() && !frame.is_key {
            // Pictures that need one we have not got. They show that there is a camera.
            if self.began.elapsed() < KEY_PATIENCE {
                self.heard = Instant::now();
            }
            return Ok(());
        }
        if frame.discontinuity {
            self.ingest.timeline.restart();
        }
        let unit = AccessUnit {
            camera_us,
            codec,
            is_key: frame.is_key,
            lost_packets: frame.lost_packets.min(u16::MAX.into()) as u16,
            data: if frame.is_key {
                complete(codec, &frame)
            } else {
                nal::from_byte_stream(&frame.data).into()
            },
        };
        if self.ingest.push(unit) {
            self.frames += 1;
            self.heard = Instant::now();
        }
        Ok(())
    }
}

/// A key frame with its parameter sets, which some devices send once, at the beginning.
fn complete(codec: VideoCodec, frame: &Frame) -> Bytes {
    let data = nal::from_byte_stream(&frame.data);
    match &frame.parameter_sets {
        Some(sets) if codec.parameters_of(&data).is_none() => with_sets(sets, &data),
        _ => data.into(),
    }
}

fn with_sets(sets: &ParameterSets, access_unit: &[u8]) -> Bytes {
    let mut out = Vec::with_capacity(access_unit.len() + 256);
    sets.vps.iter().chain(&sets.sps).chain(&sets.pps).for_each(|set| nal::push(&mut out, set));
    out.extend_from_slice(access_unit);
    out.into()
}

/// Sound that can be kept in a file; `None` for the rest, and for AAC without a readable header.
fn sound_unit(frame: Frame) -> Option<SoundUnit> {
    let camera_us = to_us(frame.pts);
    let g711 = |codec| SoundParameters { codec, rate_hz: 8_000, channels: 1, configuration: Bytes::new() };
    let parameters = match frame.codec {
        Codec::G711A => g711(SoundCodec::G711A),
        Codec::G711U => g711(SoundCodec::G711U),
        Codec::Aac => {
            let (parameters, data) = aac::from_adts(&frame.data)?;
            return Some(SoundUnit { camera_us, samples: aac::SAMPLES, data, parameters });
        }
        _ => return None,
    };
    let samples = u32::try_from(frame.data.len()).ok()?;
    Some(SoundUnit { camera_us, samples, data: frame.data, parameters })
}

/// 90 kHz to microseconds.
fn to_us(ticks: i64) -> i64 {
    micros(ticks, TIMESCALE)
}

fn name_of(codec: Codec) -> &'static str {
    match codec {
        Codec::Mpeg4 => "MPEG-4",
        Codec::Svac => "SVAC",
        _ => "?",
    }
}
