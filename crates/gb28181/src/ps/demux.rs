//! From the bytes of a program stream to frames: joins the [parser](super::parser) with one collector for each
//! elementary stream.

use super::audio::Audio;
use super::clock::{Stamp, Unwrap};
use super::frame::{Frame, Sink};
use super::map::Map;
use super::parser::{Event, Parser};
use super::pes::PesHeader;
use super::video::Video;
use super::{Codec, Faults, start_code};

/// Elementary streams followed at once. A camera has one of each sort, a few add a second video with drawn-in marks.
const TRACKS_MAX: usize = 6;

/// What is known about the codecs before the first byte, from the SDP's `a=rtpmap` and `f=`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hints {
    /// Codec of the pictures, used if neither a map nor the pictures themselves tell.
    pub video: Option<Codec>,
    /// Codec of the sound, used if no map tells.
    pub audio: Option<Codec>,
}

/// Reads a program stream in pieces of any size.
///
/// Memory is bounded: by four MiB for each of at most six elementary streams, whatever comes in.
#[derive(Debug)]
pub struct Demuxer {
    hints: Hints,
    parser: Parser,
    tracks: Vec<Track>,
    map: Map,
    /// Which track the packet in progress belongs to.
    current: Option<usize>,
    pes_clock: Unwrap,
    rtp_clock: Unwrap,
    rtp_raw: Option<u32>,
    rtp: Option<i64>,
    faults: Faults,
}

#[derive(Debug)]
struct Track {
    stream: u8,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Video(Box<Video>),
    Audio(Audio),
}

impl Demuxer {
    /// A demuxer for a new stream.
    pub fn new(hints: Hints) -> Self {
        Self {
            hints,
            parser: Parser::default(),
            tracks: Vec::new(),
            map: Map::default(),
            current: None,
            pes_clock: Unwrap::new(33),
            rtp_clock: Unwrap::new(32),
            rtp_raw: None,
            rtp: None,
            faults: Faults::default(),
        }
    }

    /// Takes the next bytes; complete frames are appended to `out`. `rtp_time` is the 90 kHz time of the packet that
    /// carried them, `None` for a file.
    pub fn push(&mut self, bytes: &[u8], rtp_time: Option<u32>, out: &mut Vec<Frame>) {
        if rtp_time != self.rtp_raw {
            self.rtp_raw = rtp_time;
            self.rtp = rtp_time.map(|raw| self.rtp_clock.next(u64::from(raw)));
            // All packets of a frame share the time. A pack header under a new one begins a frame for certain.
            if bytes.starts_with(&[0, 0, 1, start_code::PACK]) && self.parser.realign() {
                self.faults.broken_lengths += 1;
                self.end_packet(out);
            }
        }
        let mut rest = bytes;
        while let Some(event) = self.parser.next(&mut rest, &mut self.faults) {
            self.take(event, out);
        }
    }

    /// The packet pushed last carried RTP's marker bit. Frames that it ends are given out at once, provided that the
    /// marker has proved reliable in this stream.
    pub fn marker(&mut self, out: &mut Vec<Frame>) {
        if self.parser.is_between_packets() {
            let mut sink = Sink { out, faults: &mut self.faults };
            for track in &mut self.tracks {
                if let Kind::Video(video) = &mut track.kind {
                    video.marker(&mut sink);
                }
            }
        }
    }

    /// So many packets are missing at this point; incomplete frames are dropped.
    pub fn lost(&mut self, packets: u32, out: &mut Vec<Frame>) {
        self.parser.lost();
        self.current = None;
        let mut sink = Sink { out, faults: &mut self.faults };
        for track in &mut self.tracks {
            match &mut track.kind {
                Kind::Video(video) => video.lost(packets, &mut sink),
                Kind::Audio(audio) => audio.lost(packets, &mut sink),
            }
        }
    }

    /// The sender has started anew: codecs and clocks are forgotten, what is incomplete is dropped.
    pub fn restart(&mut self, out: &mut Vec<Frame>) {
        self.parser.lost();
        self.current = None;
        self.pes_clock = Unwrap::new(33);
        self.rtp_clock = Unwrap::new(32);
        self.rtp_raw = None;
        let mut sink = Sink { out, faults: &mut self.faults };
        for track in &mut self.tracks {
            match &mut track.kind {
                Kind::Video(video) => video.restart(&mut sink),
                Kind::Audio(audio) => audio.restart(&mut sink),
            }
        }
    }

    /// Nothing more will come, or nothing has come for a while: gives out the last picture.
    /// One of which the end is missing is dropped.
    pub fn flush(&mut self, out: &mut Vec<Frame>) {
        if !self.parser.is_between_packets() {
            self.drop_current(out);
        }
        self.end_packet(out);
        let mut sink = Sink { out, faults: &mut self.faults };
        for track in &mut self.tracks {
            if let Kind::Video(video) = &mut track.kind {
                video.flush(&mut sink);
            }
        }
    }

    /// What has been wrong so far.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    fn take(&mut self, event: Event, out: &mut Vec<Frame>) {
        let mut sink = Sink { out, faults: &mut self.faults };
        match event {
            Event::Map(map) => {
                for track in &mut self.tracks {
                    track.declare(&map, &mut sink);
                }
                self.map = map;
            }
            Event::Start(header) => self.start(header, out),
            Event::Data(data) => {
                if let Some(track) = self.current.and_then(|at| self.tracks.get_mut(at)) {
                    match &mut track.kind {
                        Kind::Video(video) => video.data(data, &mut sink),
                        Kind::Audio(audio) => audio.data(data, &mut sink),
                    }
                }
            }
            Event::End => self.end_packet(out),
            Event::Finish => self.flush(out),
        }
    }

    fn start(&mut self, header: PesHeader, out: &mut Vec<Frame>) {
        let stamp = Stamp {
            pts: header.pts.map(|raw| self.pes_clock.next(raw)),
            dts: header.dts.map(|raw| self.pes_clock.next(raw)),
            rtp: self.rtp,
        };
        let mut sink = Sink { out, faults: &mut self.faults };
        let known = self.tracks.iter().position(|track| track.stream == header.stream);
        if known.is_none() && self.tracks.len() < TRACKS_MAX {
            let mut track = Track::new(header.stream, &self.map, self.hints);
            track.declare(&self.map, &mut sink);
            self.tracks.push(track);
        }
        self.current = known
            .or_else(|| self.tracks.len().checked_sub(1))
            .filter(|&at| self.tracks[at].stream == header.stream);
        match self.current.map(|at| &mut self.tracks[at].kind) {
            Some(Kind::Video(video)) => video.begin(stamp, &mut sink),
            Some(Kind::Audio(audio)) => audio.begin(stamp),
            None => self.faults.surplus_packets += 1,
        }
    }

    /// The packet in progress will not be completed.
    fn drop_current(&mut self, out: &mut Vec<Frame>) {
        let mut sink = Sink { out, faults: &mut self.faults };
        match self.current.take().map(|at| &mut self.tracks[at].kind) {
            Some(Kind::Video(video)) => video.lost(0, &mut sink),
            Some(Kind::Audio(audio)) => audio.lost(0, &mut sink),
            None => return,
        }
        self.parser.lost();
    }

    fn end_packet(&mut self, out: &mut Vec<Frame>) {
        let mut sink = Sink { out, faults: &mut self.faults };
        if let Some(Kind::Audio(audio)) = self.current.take().map(|at| &mut self.tracks[at].kind) {
            audio.end(&mut sink);
        }
    }
}

impl Track {
    fn new(stream: u8, map: &Map, hints: Hints) -> Self {
        let mapped = map.entries.iter().find(|entry| entry.stream == stream).and_then(|entry| entry.codec);
        let is_video = mapped.map_or(stream >= start_code::VIDEO, Codec::is_video);
        let kind = if is_video {
            Kind::Video(Box::new(Video::new(stream, hints.video)))
        } else {
            Kind::Audio(Audio::new(stream, hints.audio))
        };
        Self { stream, kind }
    }

    fn declare(&mut self, map: &Map, sink: &mut Sink) {
        let mapped =
            map.entries.iter().find(|entry| entry.stream == self.stream).and_then(|entry| entry.codec);
        match (&mut self.kind, mapped) {
            (Kind::Video(video), Some(codec)) if codec.is_video() => video.declare(codec, sink),
            (Kind::Audio(audio), Some(codec)) if !codec.is_video() => audio.declare(codec),
            _ => {}
        }
    }
}
