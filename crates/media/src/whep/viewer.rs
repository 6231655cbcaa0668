//! One viewer, without sockets and clocks: eats packets, pictures and moments, and emits packets.
//!
//! Pictures go out as the camera coded them. Where the path is too narrow, or the browser asks for a picture that it can decode by
//! itself, everything up to the next key frame is left out: nothing is coded anew, and half a group of pictures is of no use.

use super::crypto;
use super::line::Line;
use super::offer::{self, OfferError};
use crate::codec::{VideoCodec, VideoParameters};
use crate::frame::{Frame, Sound, SoundCodec};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use str0m::config::DtlsCert;
use str0m::format::{Codec, PayloadParams};
use str0m::media::{Frequency, MediaKind, MediaTime, Mid, Pt};
use str0m::net::{Protocol, Receive};
use str0m::rtp::Extension;
use str0m::{Candidate, Event, IceConnectionState, Input, Output, Rtc, RtcConfig};

/// How often a viewer's losses are looked at.
const STATS_PERIOD: Duration = Duration::from_secs(1);
/// Share of lost packets from which a path is too narrow; what a wireless network loses now and then is below and is sent again.
const LOSS_MAX: f32 = 0.1;
/// Number of the header extension that asks for no waiting before a picture is shown.
const PLAYOUT_DELAY: u8 = 14;
/// Packets kept to be sent again: two seconds of 4 Mbit/s.
const KEPT_PACKETS: usize = 1_000;

/// What is the same for all viewers.
#[derive(Debug)]
pub(super) struct Terms {
    pub(super) certificate: DtlsCert,
    /// Where viewers reach this server.
    pub(super) address: SocketAddr,
    /// A viewer that is not heard for so long is gone.
    pub(super) silent_after: Duration,
}

/// What one viewer was given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ViewerCounts {
    /// Pictures sent.
    pub frames: u64,
    /// Pictures left out because the path was too narrow, or a key frame was asked for.
    pub left_out: u64,
    /// Bytes of pictures sent.
    pub bytes: u64,
}

/// One viewer.
#[derive(Debug)]
pub(super) struct Viewer {
    rtc: Rtc,
    codec: VideoCodec,
    video: Option<(Mid, Pt)>,
    sound: Option<(Mid, Pt, SoundCodec)>,
    line: Line,
    /// Time of the first sound; it begins at 0.
    sound_from_us: Option<i64>,
    is_connected: bool,
    is_over: bool,
    /// Nothing before the next key frame is sent.
    wants_key: bool,
    address: SocketAddr,
    heard_at: Instant,
    silent_after: Duration,
    counts: ViewerCounts,
}

impl Viewer {
    /// Accepts an offer for a camera's pictures; the answer as text.
    pub(super) fn accept(
        text: &str,
        terms: &Terms,
        picture: &VideoParameters,
        now: Instant,
    ) -> Result<(Self, String), OfferError> {
        let offer = offer::read(text)?;
        let mut rtc = settings(picture.codec, terms).build(now);
        let unreadable = |error: &dyn std::fmt::Display| OfferError::Unreadable(error.to_string());
        let candidate = Candidate::host(terms.address, "udp").map_err(|error| unreadable(&error))?;
        rtc.add_local_candidate(candidate);
        let answer = rtc.sdp_api().accept_offer(offer).map_err(|error| unreadable(&error))?;
        let mut viewer = Self {
            rtc,
            codec: picture.codec,
            video: None,
            sound: None,
            line: Line::default(),
            sound_from_us: None,
            is_connected: false,
            is_over: false,
            wants_key: true,
            address: terms.address,
            heard_at: now,
            silent_after: terms.silent_after,
            counts: ViewerCounts::default(),
        };
        let answer = answer.to_sdp_string();
        viewer.settle(&answer, picture)?;
        Ok((viewer, answer))
    }

    /// Looks what was agreed on. The library tells of it as well, but only once the viewer is there, which is too late for a refusal.
    fn settle(&mut self, answer: &str, picture: &VideoParameters) -> Result<(), OfferError> {
        for name in answer.lines().filter_map(|line| line.strip_prefix("a=mid:")) {
            self.use_media(Mid::from(name.trim_end()), picture);
        }
        if self.video.is_some() { Ok(()) } else { Err(OfferError::Codec(self.codec)) }
    }

    fn use_media(&mut self, mid: Mid, picture: &VideoParameters) {
        let Some(media) = self.rtc.media(mid) else { return };
        let (kind, direction) = (media.kind(), media.direction());
        let Some(writer) = self.rtc.writer(mid) else { return };
        match kind {
            _ if !direction.is_sending() => {}
            MediaKind::Video if self.video.is_none() => {
                let fits = writer.payload_params().filter_map(|one| Some((fitness(one, picture)?, one.pt())));
                self.video = fits.max_by_key(|(fitness, _)| *fitness).map(|(_, pt)| (mid, pt));
            }
            MediaKind::Audio if self.sound.is_none() => {
                let known = writer.payload_params().find_map(|one| match one.spec().codec {
                    Codec::PCMA => Some((one.pt(), SoundCodec::G711A)),
                    Codec::PCMU => Some((one.pt(), SoundCodec::G711U)),
                    _ => None,
                });
                self.sound = known.map(|(pt, codec)| (mid, pt, codec));
            }
            _ => {}
        }
    }

    /// The name by which the first packets of this viewer are known.
    pub(super) fn user_fragment(&mut self) -> String {
        self.rtc.direct_api().local_ice_credentials().ufrag
    }

    /// True from the end of the handshake on; before it pictures would be lost.
    pub(super) fn is_connected(&self) -> bool {
        self.is_connected && !self.is_over
    }

    pub(super) fn counts(&self) -> ViewerCounts {
        self.counts
    }

    /// A packet of the viewer. Returns whether it was understood.
    pub(super) fn receive(&mut self, now: Instant, source: SocketAddr, packet: &[u8]) {
        let Ok(contents) = packet.try_into() else { return };
        let receive = Receive { proto: Protocol::Udp, source, destination: self.address, contents };
        let input = Input::Receive(now, receive);
        if self.rtc.accepts(&input) {
            self.heard_at = now;
            self.is_over |= self.rtc.handle_input(input).is_err();
        }
    }

    /// A picture; `is_past` where younger ones are there already.
    pub(super) fn show(&mut self, now: Instant, frame: &Frame, is_past: bool) {
        if frame.parameters.codec != self.codec {
            // Another coding needs another answer: the browser asks anew.
            self.close();
            return;
        }
        self.wants_key &= !frame.is_key;
        let Some((mid, pt)) = self.video else { return };
        if self.wants_key {
            self.counts.left_out += 1;
            return;
        }
        let at = MediaTime::from_90khz(self.line.place(frame.pts_us, is_past));
        let data = frame.byte_stream();
        self.counts.frames += 1;
        self.counts.bytes += data.len() as u64;
        if let Some(writer) = self.rtc.writer(mid) {
            let writer = writer.playout_delay(MediaTime::ZERO, MediaTime::ZERO);
            self.is_over |= writer.write(pt, now, at, data).is_err();
        }
    }

    /// A piece of sound, where the viewer takes its coding.
    pub(super) fn sound(&mut self, now: Instant, sound: &Sound) {
        let Some((mid, pt, codec)) = self.sound else { return };
        let is_telephone = sound.parameters.rate_hz == 8_000 && sound.parameters.channels == 1;
        if codec != sound.parameters.codec || !is_telephone {
            return;
        }
        let from_us = *self.sound_from_us.get_or_insert(sound.pts_us);
        let samples = (sound.pts_us - from_us).max(0) as u64 * 8 / 1_000;
        let at = MediaTime::new(samples, Frequency::EIGHT_KHZ);
        if let Some(writer) = self.rtc.writer(mid) {
            self.is_over |= writer.write(pt, now, at, sound.data.to_vec()).is_err();
        }
    }

    /// The codings of sound that the viewer takes.
    pub(super) fn takes_sound(&self) -> bool {
        self.sound.is_some()
    }

    /// Time passes.
    pub(super) fn tick(&mut self, now: Instant) {
        self.is_over |= now.duration_since(self.heard_at) >= self.silent_after;
        self.is_over |= self.rtc.handle_input(Input::Timeout(now)).is_err();
    }

    /// Says good-bye; what is said stands in the next packets.
    pub(super) fn close(&mut self) {
        // A connection that is not there cannot be closed, and need not be.
        let _ = self.rtc.close();
        self.is_over = true;
    }

    /// Gives out what is to be sent; the moment at which to come back, or `None` when the viewer is gone. Due after every other call.
    pub(super) fn drain(&mut self, mut send: impl FnMut(SocketAddr, &[u8])) -> Option<Instant> {
        loop {
            match self.rtc.poll_output() {
                Ok(Output::Transmit(packet)) => send(packet.destination, &packet.contents),
                Ok(Output::Event(event)) => self.happened(&event),
                Ok(Output::Timeout(at)) if self.rtc.is_alive() && !self.is_over => {
                    return Some(at.min(self.heard_at + self.silent_after));
                }
                Ok(Output::Timeout(_)) | Err(_) => return None,
            }
        }
    }

    fn happened(&mut self, event: &Event) {
        match event {
            Event::Connected => self.is_connected = true,
            Event::IceConnectionStateChange(IceConnectionState::Disconnected) | Event::Closed => {
                self.is_over = true;
            }
            Event::KeyframeRequest(_) => self.wants_key = true,
            Event::MediaEgressStats(stats) => {
                self.wants_key |= stats.loss.is_some_and(|loss| loss > LOSS_MAX);
            }
            _ => {}
        }
    }
}

fn settings(codec: VideoCodec, terms: &Terms) -> RtcConfig {
    RtcConfig::new()
        .set_crypto_provider(crypto::provider())
        .set_dtls_cert(terms.certificate.clone())
        .set_ice_lite(true)
        .clear_codecs()
        .enable_h264(codec == VideoCodec::H264)
        .enable_h265(codec == VideoCodec::H265)
        .enable_pcma(true, false)
        .enable_pcmu(true, false)
        .set_extension(PLAYOUT_DELAY, Extension::PlayoutDelay)
        .set_send_buffer_video(KEPT_PACKETS)
        .set_stats_interval(Some(STATS_PERIOD))
}

/// How well a payload type fits the pictures; `None` where it cannot carry them. Browsers decode whatever comes, but those that look at
/// the profile are given the nearest.
fn fitness(payload: &PayloadParams, picture: &VideoParameters) -> Option<u8> {
    let spec = payload.spec();
    match (picture.codec, spec.codec) {
        (VideoCodec::H265, Codec::H265) => Some(1),
        // Pieces of pictures larger than a packet need mode 1 (RFC 6184 §6.3).
        (VideoCodec::H264, Codec::H264) if spec.format.packetization_mode == Some(1) => {
            let profile = spec.format.profile_level_id.unwrap_or_default() >> 16;
            // `avcC`: version, profile, constraints, level.
            let wanted = picture.configuration.get(1).map_or(0, |profile| u32::from(*profile));
            Some(if profile == wanted { 2 } else { 1 })
        }
        _ => None,
    }
}
