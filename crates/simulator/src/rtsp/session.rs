//! One client of the simulated cameras: answers requests, and after PLAY sends pictures when they are due.

use super::message::{Parsed, Request, parse};
use super::packet::{PAYLOAD_TYPE, SOUND_CHANNEL, Track, VIDEO_CHANNEL, aac_payload, sound_payload_type};
use super::{Camera, Site, digest};
use crate::clip::RTP_CLOCK;
use crate::hex::hex;
use crate::reel::At;
use crate::soundtrack::Soundtrack;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use media::{NalKind, SoundCodec, SoundParameters, VideoCodec};
use std::fmt::Write as _;
use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until, timeout};

/// Distance of sender reports.
const REPORT_EVERY: Duration = Duration::from_secs(5);
/// A client that takes nothing for this long is given up.
const WRITE_LIMIT: Duration = Duration::from_secs(10);
/// How long to wait for a picture that is still being drawn.
const DRAWING_PAUSE: Duration = Duration::from_millis(20);
/// Names of the tracks in the session description.
const VIDEO_TRACK: &str = "track0";
const SOUND_TRACK: &str = "track1";
/// A client that sends no PLAY within this time is given up.
const SETUP_LIMIT: Duration = Duration::from_secs(30);

/// Serves one connection to its end.
pub(crate) async fn run(mut socket: TcpStream, site: Arc<Site>, number: u32) -> io::Result<()> {
    socket.set_nodelay(true)?;
    let mut session =
        Session { site, number, has_sound: false, buffer: Vec::with_capacity(4096), out: Vec::new() };
    let path = timeout(SETUP_LIMIT, session.until_play(&mut socket)).await??;
    let Some(path) = path else { return Ok(()) };
    session.play(&mut socket, &path).await
}

struct Session {
    site: Arc<Site>,
    number: u32,
    /// The client asked for the sound, too.
    has_sound: bool,
    buffer: Vec<u8>,
    out: Vec<u8>,
}

enum Answered {
    /// Go on.
    Continue,
    /// Begin to send the camera at this path.
    Play(String),
    /// Close the connection.
    Close,
}

impl Session {
    /// Answers requests until PLAY; `None` when the client leaves.
    async fn until_play(&mut self, socket: &mut TcpStream) -> io::Result<Option<String>> {
        loop {
            let answered = self.answer_buffered();
            self.flush(socket).await?;
            match answered {
                Answered::Play(path) => return Ok(Some(path)),
                Answered::Close => return Ok(None),
                Answered::Continue => {}
            }
            if socket.read_buf(&mut self.buffer).await? == 0 {
                return Ok(None);
            }
        }
    }

    /// Sends pictures when they are due, and answers keep-alives between them.
    async fn play(&mut self, socket: &mut TcpStream, path: &str) -> io::Result<()> {
        let site = self.site.clone();
        let Some(camera) = site.cameras.get(path) else { return Ok(()) };
        let mut player = Player::new(&site, camera, self.number, self.has_sound);
        loop {
            if player.should_drop() {
                return Ok(());
            }
            tokio::select! {
                () = sleep_until(player.next_due()) => {
                    player.send_next(&mut self.out);
                    self.flush(socket).await?;
                }
                read = socket.read_buf(&mut self.buffer) => {
                    if read? == 0 {
                        return Ok(());
                    }
                    if matches!(self.answer_buffered(), Answered::Close) {
                        return self.flush(socket).await;
                    }
                    self.flush(socket).await?;
                }
            }
        }
    }

    async fn flush(&mut self, socket: &mut TcpStream) -> io::Result<()> {
        timeout(WRITE_LIMIT, socket.write_all(&self.out)).await??;
        self.out.clear();
        Ok(())
    }

    fn answer_buffered(&mut self) -> Answered {
        loop {
            match parse(&self.buffer) {
                Parsed::Incomplete => return Answered::Continue,
                Parsed::Garbage => return Answered::Close,
                Parsed::Packet(length) => {
                    self.buffer.drain(..length);
                }
                Parsed::Request(request, length) => {
                    self.buffer.drain(..length);
                    match self.answer(&request) {
                        Answered::Continue => {}
                        other => return other,
                    }
                }
            }
        }
    }

    fn answer(&mut self, request: &Request) -> Answered {
        let path = request.path().to_owned();
        if request.method == "OPTIONS" {
            let methods = "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER, SET_PARAMETER";
            self.reply(request, "200 OK", &[("Public", methods)], "");
            return Answered::Continue;
        }
        let site = self.site.clone();
        let Some(camera) = site.cameras.get(&path) else {
            self.reply(request, "404 Not Found", &[], "");
            return Answered::Continue;
        };
        if camera.faults.refuse {
            return Answered::Close;
        }
        let nonce = format!("{:08x}{:08x}", self.number.wrapping_mul(0x9e37_79b1), self.number);
        if let Some((username, password)) = &camera.credentials {
            let header = request.header("Authorization").unwrap_or_default();
            if !digest::accepts(header, &request.method, &nonce, username, password) {
                let challenge = digest::challenge(&nonce);
                self.reply(request, "401 Unauthorized", &[("WWW-Authenticate", &challenge)], "");
                return Answered::Continue;
            }
        }
        self.answer_authorised(request, camera, path)
    }

    fn answer_authorised(&mut self, request: &Request, camera: &Camera, path: String) -> Answered {
        let session = format!("{:08X};timeout=60", self.number);
        match request.method.as_str() {
            "DESCRIBE" => {
                let base = format!("{}/", request.uri.trim_end_matches('/'));
                let headers = [("Content-Base", base.as_str()), ("Content-Type", "application/sdp")];
                self.reply(request, "200 OK", &headers, &sdp(camera));
            }
            "SETUP" => {
                if !request.header("Transport").is_some_and(|wanted| wanted.contains("RTP/AVP/TCP")) {
                    self.reply(request, "461 Unsupported Transport", &[], "");
                    return Answered::Continue;
                }
                let is_sound = request.uri.trim_end_matches('/').ends_with(SOUND_TRACK);
                self.has_sound |= is_sound;
                let (channel, ssrc) = if is_sound {
                    (SOUND_CHANNEL, !ssrc(self.number))
                } else {
                    (VIDEO_CHANNEL, ssrc(self.number))
                };
                let control = channel + 1;
                let transport = format!(
                    "RTP/AVP/TCP;unicast;interleaved={channel}-{control};ssrc={ssrc:08X};mode=\"PLAY\""
                );
                self.reply(request, "200 OK", &[("Session", &session), ("Transport", &transport)], "");
            }
            "PLAY" => {
                self.reply(request, "200 OK", &[("Session", &session), ("Range", "npt=now-")], "");
                return Answered::Play(path);
            }
            "TEARDOWN" => {
                self.reply(request, "200 OK", &[("Session", &session)], "");
                return Answered::Close;
            }
            "GET_PARAMETER" | "SET_PARAMETER" => {
                self.reply(request, "200 OK", &[("Session", &session)], "");
            }
            _ => self.reply(request, "405 Method Not Allowed", &[], ""),
        }
        Answered::Continue
    }

    fn reply(&mut self, request: &Request, status: &str, headers: &[(&str, &str)], body: &str) {
        let mut text = format!("RTSP/1.0 {status}\r\n");
        // Writing to a String cannot fail.
        let _ = write!(text, "CSeq: {}\r\n", request.header("CSeq").unwrap_or("0"));
        let _ = write!(text, "Server: watchfire-simulator\r\n");
        for (name, value) in headers {
            let _ = write!(text, "{name}: {value}\r\n");
        }
        if !body.is_empty() {
            let _ = write!(text, "Content-Length: {}\r\n", body.len());
        }
        text.push_str("\r\n");
        text.push_str(body);
        self.out.extend_from_slice(text.as_bytes());
    }
}

fn ssrc(number: u32) -> u32 {
    number.wrapping_mul(0x85eb_ca6b) ^ 0x57a7_c4f1
}

/// Session description (RFC 8866; RFC 6184 §8.2.1).
fn sdp(camera: &Camera) -> String {
    let reel = &camera.reel;
    let head = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=simulated camera\r\nt=0 0\r\na=control:*\r\n";
    if camera.faults.no_video {
        return format!("{head}m=audio 0 RTP/AVP 8\r\na=control:track0\r\na=rtpmap:8 PCMA/8000\r\n");
    }
    let media = format!("{head}m=video 0 RTP/AVP {PAYLOAD_TYPE}\r\na=control:{VIDEO_TRACK}\r\n");
    if camera.faults.announce_mpeg4 {
        return format!("{media}a=rtpmap:{PAYLOAD_TYPE} MP4V-ES/{RTP_CLOCK}\r\n");
    }
    let parameters = &reel.parameters;
    let sets: Vec<(NalKind, String)> =
        parameters.units().map(|set| (parameters.codec.kind(set), BASE64.encode(set))).collect();
    let of =
        |wanted: NalKind| sets.iter().filter(move |(kind, _)| *kind == wanted).map(|(_, set)| set.as_str());
    let format = match parameters.codec {
        VideoCodec::H264 => {
            let profile = &parameters.configuration.get(1..4).unwrap_or(&[0x42, 0xc0, 0x1e]);
            let sets: Vec<&str> = of(NalKind::SequenceSet).chain(of(NalKind::PictureSet)).collect();
            format!(
                "a=rtpmap:{PAYLOAD_TYPE} H264/{RTP_CLOCK}\r\na=fmtp:{PAYLOAD_TYPE} packetization-mode=1;\
                 profile-level-id={:02X}{:02X}{:02X};sprop-parameter-sets={}\r\n",
                profile[0],
                profile[1],
                profile[2],
                sets.join(",")
            )
        }
        VideoCodec::H265 => {
            let list = |wanted| of(wanted).collect::<Vec<_>>().join(",");
            format!(
                "a=rtpmap:{PAYLOAD_TYPE} H265/{RTP_CLOCK}\r\na=fmtp:{PAYLOAD_TYPE} sprop-vps={};sprop-sps={};sprop-pps={}\r\n",
                list(NalKind::VideoSet),
                list(NalKind::SequenceSet),
                list(NalKind::PictureSet)
            )
        }
    };
    let sound = reel.sound.as_ref().map(|sound| sound_sdp(&sound.parameters)).unwrap_or_default();
    format!("{media}{format}{sound}")
}

/// The sound in the session description (RFC 3551; RFC 3640 §3.3.6).
fn sound_sdp(parameters: &SoundParameters) -> String {
    let (number, rate_hz, channels) =
        (sound_payload_type(parameters.codec), parameters.rate_hz, parameters.channels);
    let format = match parameters.codec {
        SoundCodec::G711A => format!("a=rtpmap:{number} PCMA/{rate_hz}\r\n"),
        SoundCodec::G711U => format!("a=rtpmap:{number} PCMU/{rate_hz}\r\n"),
        SoundCodec::Aac => {
            let config = hex(&parameters.configuration);
            format!(
                "a=rtpmap:{number} mpeg4-generic/{rate_hz}/{channels}\r\na=fmtp:{number} streamtype=5;profile-level-id=1;\
                 mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config={config}\r\n"
            )
        }
    };
    format!("m=audio 0 RTP/AVP {number}\r\na=control:{SOUND_TRACK}\r\n{format}")
}

/// Where one client stands in the endless repetition of the clip.
struct Player<'a> {
    site: &'a Site,
    camera: &'a Camera,
    video: Track,
    /// For clients that asked for the sound, where there is some.
    sound: Option<(Track, Arc<Soundtrack>)>,
    /// Time stamp of tick 0; a camera does not begin at 0 either.
    origin: u32,
    round: u64,
    at: usize,
    sent: u32,
    playing_since: Instant,
    next_report: Instant,
}

impl<'a> Player<'a> {
    /// Begins with the key frame before the present moment, so that a picture is there at once.
    fn new(site: &'a Site, camera: &'a Camera, number: u32, has_sound: bool) -> Self {
        let now = Instant::now();
        let ticks = camera.ticks_at(site, now);
        let duration = u64::from(camera.reel.duration);
        let at = camera.reel.key_frame_before((ticks % duration) as u32);
        let seed = ssrc(number);
        let sound = camera.reel.sound.clone().filter(|_| has_sound);
        Self {
            site,
            camera,
            video: Track::video(camera.reel.parameters.codec, seed),
            sound: sound.map(|sound| (Track::sound(sound.parameters.codec, !seed), sound)),
            origin: seed.rotate_left(9),
            round: ticks / duration,
            at,
            sent: 0,
            playing_since: now,
            next_report: now,
        }
    }

    fn ticks(&self, within: u32) -> u64 {
        self.round * u64::from(self.camera.reel.duration) + u64::from(within)
    }

    /// When there is something to do next.
    fn next_due(&mut self) -> Instant {
        if let At::End = self.camera.reel.at(self.at) {
            self.at = 0;
            self.round += 1;
        }
        match self.camera.reel.at(self.at) {
            At::Unit(unit) => self.camera.due(self.site, self.ticks(unit.send_at)),
            At::Later | At::End => Instant::now() + DRAWING_PAUSE,
        }
    }

    fn should_drop(&self) -> bool {
        let limit = self.camera.faults.drop_after_s.map(Duration::from_secs_f32);
        limit.is_some_and(|limit| self.playing_since.elapsed() >= limit)
    }

    fn is_silent(&self) -> bool {
        let elapsed = self.playing_since.elapsed().as_secs_f32();
        self.camera.faults.silent_s.is_some_and(|(from, until)| (from..until).contains(&elapsed))
    }

    /// What the time stamps are off by, in ticks.
    fn jumped(&self) -> u32 {
        let elapsed = self.playing_since.elapsed().as_secs_f32();
        let jump = self.camera.faults.jump_s.filter(|(at, _)| elapsed >= *at);
        jump.map_or(0, |(_, by)| (i64::from(by) * i64::from(RTP_CLOCK)) as u32)
    }

    /// Appends the packets of the picture that is due and goes on to the next one.
    fn send_next(&mut self, out: &mut Vec<u8>) {
        let At::Unit(unit) = self.camera.reel.at(self.at) else { return };
        let timestamp = self.origin.wrapping_add(self.ticks(unit.pts) as u32).wrapping_add(self.jumped());
        if !self.is_silent() {
            if self.next_report <= Instant::now() {
                self.next_report += REPORT_EVERY;
                let unix = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                self.video.sender_report(out, timestamp, unix.as_micros() as u64);
            }
            if self.camera.faults.garbage_every.is_some_and(|every| self.sent.is_multiple_of(every.max(1))) {
                self.video.garbage(out, timestamp);
            }
            self.video.frame(out, &unit.data, timestamp);
            self.send_sound(out, unit.send_at);
        }
        self.sent = self.sent.wrapping_add(1);
        self.at += 1;
    }

    /// Appends the sound from the picture just sent to the next.
    fn send_sound(&mut self, out: &mut Vec<u8>, from: u32) {
        let reel = &self.camera.reel;
        let to = match reel.at(self.at + 1) {
            At::Unit(next) => next.send_at,
            At::Later => from,
            At::End => reel.duration,
        };
        let round_begins = self.round * u64::from(reel.duration);
        let Some((track, sound)) = &mut self.sound else { return };
        let SoundParameters { codec, rate_hz, .. } = sound.parameters;
        for piece in sound.between(from, to) {
            let at = (round_begins + u64::from(piece.at)) * u64::from(rate_hz) / u64::from(RTP_CLOCK);
            let timestamp = self.origin.wrapping_add(at as u32);
            match codec {
                SoundCodec::Aac => track.frame(out, &aac_payload(&piece.data), timestamp),
                SoundCodec::G711A | SoundCodec::G711U => track.frame(out, &piece.data, timestamp),
            }
        }
    }
}
