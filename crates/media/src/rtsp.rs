//! RTSP cameras (RFC 2326) over TCP: connect, play, notice silence, try again for ever.
//!
//! The protocol itself is retina's. Ours is what a camera does over months: every failure becomes a
//! [`CameraState`] with a plain reason, a broken packet costs a packet and not the connection, and the next
//! attempt waits by [`Attempts`].

use crate::address::{Credentials, RtspUrl};
use crate::attempts::Attempts;
use crate::camera::CameraConfig;
use crate::codec::VideoCodec;
use crate::fmp4::micros;
use crate::frame::{SoundCodec, SoundParameters};
use crate::ingest::{AccessUnit, Ingest, KEY_PATIENCE, SoundUnit};
use crate::state::CameraState;
use crate::unreachable::Unreachable;
use bytes::Bytes;
use futures::StreamExt;
use retina::client::{
    Demuxed, PlayOptions, Session, SessionOptions, SetupOptions, Stream, TcpTransportOptions, Transport,
};
use retina::codec::h26x::Framing;
use retina::codec::{AudioFrame, CodecItem, FrameFormat, ParametersRef, VideoFrame};
use std::io::ErrorKind;
use std::time::Duration;
use tokio::time::timeout;

/// So many malformed packets in a row, with no frame between, end the connection.
const CORRUPT_IN_A_ROW_MAX: u32 = 50;
/// Time for finding out why a connection failed.
const DIAGNOSE_MS: u64 = 2_000;

/// Keeps one camera connected. Never resolves; cancel by dropping.
pub(crate) async fn run(
    config: &CameraConfig,
    url: &RtspUrl,
    credentials: Option<&Credentials>,
    ingest: &mut Ingest,
) -> CameraState {
    let mut attempts = Attempts::new(config, ingest);
    loop {
        let failure = match connect(config, url, credentials).await {
            Ok(mut stream) => {
                ingest.begin_session();
                receive(config, &mut stream, ingest).await
            }
            Err(failure) => failure,
        };
        attempts.failed(config, url, failure, ingest).await;
    }
}

/// From nothing to a playing stream.
async fn connect(
    config: &CameraConfig,
    url: &RtspUrl,
    credentials: Option<&Credentials>,
) -> Result<Demuxed, CameraState> {
    let limit = Duration::from_millis(config.timing.connect_ms);
    match timeout(limit, start_session(url, credentials)).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(Refusal::State(state))) => Err(state),
        Ok(Err(Refusal::Retina(error))) => {
            tracing::debug!(camera = config.name, %url, %error, "rtsp session failed");
            Err(classify(&error, url).await)
        }
        Err(_) => Err(CameraState::Unreachable(Unreachable::TimedOut)),
    }
}

enum Refusal {
    State(CameraState),
    Retina(retina::Error),
}

impl From<retina::Error> for Refusal {
    fn from(error: retina::Error) -> Self {
        Self::Retina(error)
    }
}

async fn start_session(url: &RtspUrl, credentials: Option<&Credentials>) -> Result<Demuxed, Refusal> {
    let credentials = credentials.map(|known| retina::client::Credentials {
        username: known.username().to_owned(),
        password: known.expose_password().to_owned(),
    });
    let options = SessionOptions::default().creds(credentials).user_agent("watchfire".to_owned());
    let mut session = Session::describe(url.url().clone(), options).await?;
    let video: Vec<(usize, String)> = session
        .streams()
        .iter()
        .enumerate()
        .filter(|(_, stream)| stream.media() == "video")
        .map(|(at, stream)| (at, stream.encoding_name().to_ascii_lowercase()))
        .collect();
    let Some(first_name) = video.first().map(|(_, name)| name.clone()) else {
        return Err(Refusal::State(CameraState::NoVideo));
    };
    let known = |name: &str| codec_of(name).is_some();
    let Some(chosen) = video.iter().find(|(_, name)| known(name)).map(|(at, _)| *at) else {
        return Err(Refusal::State(CameraState::UnsupportedCodec(first_name)));
    };
    session.setup(chosen, setup()).await?;
    let is_known_sound =
        |stream: &&Stream| stream.media() == "audio" && sound_codec_of(stream.encoding_name()).is_some();
    if let Some(sound) = session.streams().iter().position(|stream| is_known_sound(&stream))
        && let Err(error) = session.setup(sound, setup()).await
    {
        tracing::debug!(%url, %error, "no sound");
    }
    // Cameras with broken RTP-Info headers are common; frames are placed by our own time line anyway.
    let play = PlayOptions::default()
        .initial_timestamp(retina::client::InitialTimestampPolicy::Permissive)
        .unknown_rtcp_ssrc(retina::client::UnknownRtcpSsrcPolicy::DropPackets);
    Ok(session.play(play).await?.demuxed()?)
}

/// Receives until something ends it; returns what.
async fn receive(config: &CameraConfig, stream: &mut Demuxed, ingest: &mut Ingest) -> CameraState {
    let silence = Duration::from_millis(config.timing.silence_ms);
    let mut corrupt_in_a_row = 0;
    let began = tokio::time::Instant::now();
    let (mut last_frame, mut is_refused) = (began, false);
    loop {
        match tokio::time::timeout_at(last_frame + silence, stream.next()).await {
            // It is not silent: what it says is of no use.
            Err(_) if is_refused => return CameraState::Unreachable(Unreachable::Unreadable),
            Err(_) => return CameraState::Silent,
            Ok(None) => return CameraState::Unreachable(Unreachable::Dropped),
            Ok(Some(Ok(CodecItem::VideoFrame(frame)))) => {
                let codec =
                    stream.streams().get(frame.stream_id()).and_then(|of| codec_of(of.encoding_name()));
                let is_taken = ingest.push(access_unit(codec.unwrap_or(VideoCodec::H264), frame));
                is_refused = !is_taken;
                if is_taken {
                    corrupt_in_a_row = 0;
                }
                // Pictures that need one we have not got show that there is a camera.
                if is_taken || (ingest.awaits_first_key() && began.elapsed() < KEY_PATIENCE) {
                    last_frame = tokio::time::Instant::now();
                }
            }
            Ok(Some(Ok(CodecItem::AudioFrame(sound)))) => {
                if let Some(unit) =
                    stream.streams().get(sound.stream_id()).and_then(|of| sound_unit(of, &sound))
                {
                    ingest.push_sound(unit);
                }
            }
            Ok(Some(Ok(_))) => {}
            Ok(Some(Err(error))) => {
                tracing::debug!(camera = config.name, %error, "packet refused");
                ingest.board.count(|counters| counters.corrupt += 1);
                corrupt_in_a_row += 1;
                if corrupt_in_a_row > CORRUPT_IN_A_ROW_MAX {
                    return CameraState::Unreachable(Unreachable::Protocol);
                }
            }
        }
    }
}

/// Pictures in sample form with their parameter sets in front, over the one TCP connection.
fn setup() -> SetupOptions {
    let format = FrameFormat { h26x_framing: Framing::FourByteLength, ..FrameFormat::SIMPLE };
    let format = FrameFormat { aac_framing: FrameFormat::MP4.aac_framing, ..format };
    SetupOptions::default().transport(Transport::Tcp(TcpTransportOptions::default())).frame_format(format)
}

/// The coding behind a name of RFC 6184 and RFC 7798.
fn codec_of(encoding_name: &str) -> Option<VideoCodec> {
    match encoding_name {
        "h264" => Some(VideoCodec::H264),
        "h265" => Some(VideoCodec::H265),
        _ => None,
    }
}

/// The coding behind a name of RFC 3551 and RFC 3640.
fn sound_codec_of(encoding_name: &str) -> Option<SoundCodec> {
    match encoding_name {
        "pcma" => Some(SoundCodec::G711A),
        "pcmu" => Some(SoundCodec::G711U),
        "mpeg4-generic" => Some(SoundCodec::Aac),
        _ => None,
    }
}

fn access_unit(codec: VideoCodec, frame: VideoFrame) -> AccessUnit {
    let (camera_us, lost_packets) = (to_us(frame.timestamp()), frame.loss());
    let is_idr = frame.is_random_access_point();
    let data = Bytes::from(frame.into_data());
    // H.265 has other pictures to begin with, and encoders that never send a second IDR.
    let is_key = is_idr || (codec == VideoCodec::H265 && codec.is_key(&data));
    AccessUnit { camera_us, codec, data, is_key, lost_packets }
}

/// `None` while the camera has not said how its sound is to be read.
fn sound_unit(stream: &Stream, sound: &AudioFrame) -> Option<SoundUnit> {
    let codec = sound_codec_of(stream.encoding_name())?;
    let Some(ParametersRef::Audio(said)) = stream.parameters() else { return None };
    let is_aac = codec == SoundCodec::Aac;
    let configuration = if is_aac { Bytes::copy_from_slice(said.extra_data()) } else { Bytes::new() };
    let channels = u8::try_from(said.channels().get()).ok()?;
    let parameters = SoundParameters { codec, rate_hz: said.clock_rate(), channels, configuration };
    let (camera_us, samples) = (to_us(sound.timestamp()), sound.frame_length().get());
    Some(SoundUnit { camera_us, samples, data: Bytes::copy_from_slice(sound.data()), parameters })
}

fn to_us(stamp: retina::Timestamp) -> i64 {
    micros(stamp.elapsed(), stamp.clock_rate().get())
}

/// What a failed session means for a person.
async fn classify(error: &retina::Error, url: &RtspUrl) -> CameraState {
    match error.status_code() {
        Some(401 | 403) => CameraState::Unauthorised,
        Some(404 | 454) => CameraState::Unreachable(Unreachable::NoSuchStream),
        Some(_) => CameraState::Unreachable(Unreachable::Protocol),
        None => CameraState::Unreachable(diagnose(url).await),
    }
}

/// The library reports a failed connection as text only, so the reason is found by one more attempt.
async fn diagnose(url: &RtspUrl) -> Unreachable {
    let address = (url.host(), url.port());
    let attempt = tokio::net::TcpStream::connect((address.0.as_str(), address.1));
    match timeout(Duration::from_millis(DIAGNOSE_MS), attempt).await {
        Ok(Ok(_)) => Unreachable::Protocol,
        Ok(Err(error)) => match error.kind() {
            ErrorKind::ConnectionRefused => Unreachable::Refused,
            ErrorKind::TimedOut => Unreachable::TimedOut,
            ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => Unreachable::NoRoute,
            _ => match tokio::net::lookup_host((address.0.as_str(), address.1)).await {
                Ok(_) => Unreachable::NoRoute,
                Err(_) => Unreachable::HostNotFound,
            },
        },
        Err(_) => Unreachable::TimedOut,
    }
}
