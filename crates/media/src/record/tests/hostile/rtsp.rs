//! RTSP cameras that are recorded: what they send over their connection.

use super::camera::{GROUP, Kept, SPS_SMALL, slice};
use super::live::{Seen, recorded};
use crate::RtspUrl;
use crate::called::testing::{PPS, SPS, clock};
use crate::camera::{CameraConfig, Source, spawn_camera};
use crate::state::CameraState;
use crate::unreachable::Unreachable;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Distance of pictures at 90 kHz, and as time.
const STEP: u32 = 900;
const STEP_TIME: Duration = Duration::from_millis(10);
/// Longest payload.
const PAYLOAD_BYTES: usize = 1_400;
const VIDEO: &str =
    "m=video 0 RTP/AVP 96\r\na=control:video\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\n";
const SOUND: &str = "m=audio 0 RTP/AVP 8\r\na=control:sound\r\na=rtpmap:8 PCMA/8000\r\n";

/// What a camera sends at one moment.
#[derive(Default)]
struct Moment {
    /// Payloads of RTP packets; the last one ends the picture.
    payloads: Vec<Vec<u8>>,
    /// Which of them is lost on the way.
    lost: Option<usize>,
}

/// The picture of a number with nothing wrong about it.
fn ordinary(number: i64) -> Moment {
    with_sets(number, SPS)
}

fn with_sets(number: i64, sps: &[u8]) -> Moment {
    let sets = [sps.to_vec(), PPS.to_vec()].into_iter().filter(|_| number % GROUP == 0);
    Moment { payloads: sets.chain([slice(number)]).collect(), lost: None }
}

/// A unit in fragments (RFC 6184 §5.8).
fn fragments(unit: &[u8]) -> Vec<Vec<u8>> {
    let pieces: Vec<&[u8]> = unit[1..].chunks(PAYLOAD_BYTES).collect();
    let flags = |at: usize| u8::from(at == 0) << 7 | u8::from(at + 1 == pieces.len()) << 6;
    let head = |at: usize| [unit[0] & 0xe0 | 0x1c, flags(at) | unit[0] & 0x1f];
    pieces.iter().enumerate().map(|(at, piece)| [&head(at)[..], piece].concat()).collect()
}

/// What a camera sends in the connection of a number, from 0, at the moment of a number; nothing more where there is none.
type Script = fn(usize, i64) -> Option<Moment>;

/// A camera with a script, and the state and recording that it leads to.
async fn camera(media: &'static str, script: Script, is_enough: impl Fn(&Seen) -> bool) -> (Kept, Seen) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = format!("rtsp://{}/live", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move {
        for connection in 0.. {
            let (mut socket, _) = listener.accept().await.unwrap();
            // The client leaves whenever it likes.
            let _ = serve(&mut socket, media, |number| script(connection, number)).await;
        }
    });
    let (url, credentials) = RtspUrl::parse(&address).unwrap();
    let mut config = CameraConfig::new("test", Source::Rtsp { url, credentials }, 5);
    config.timing.silence_ms = 700;
    config.timing.backoff.first_ms = 50;
    config.timing.backoff.max_ms = 100;
    let found = recorded(spawn_camera(config, clock()), is_enough).await;
    serving.abort();
    found
}

/// Answers until PLAY, then sends what the script says, and then nothing until the client leaves.
async fn serve(
    socket: &mut TcpStream,
    media: &str,
    script: impl Fn(i64) -> Option<Moment>,
) -> std::io::Result<()> {
    let mut heard = Vec::new();
    loop {
        let Some(end) = heard.windows(4).position(|four| four == b"\r\n\r\n") else {
            if socket.read_buf(&mut heard).await? == 0 {
                return Ok(());
            }
            continue;
        };
        let request = String::from_utf8(heard.drain(..end + 4).collect()).unwrap();
        let count = request.lines().find_map(|line| line.strip_prefix("CSeq: ")).unwrap();
        let sdp = format!("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=x\r\nt=0 0\r\na=control:*\r\n{media}");
        let rest = match request.split(' ').next() {
            Some("DESCRIBE") => {
                format!("Content-Type: application/sdp\r\nContent-Length: {}\r\n\r\n{sdp}", sdp.len())
            }
            Some("SETUP") => {
                "Session: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n".to_owned()
            }
            _ => "Session: 1\r\n\r\n".to_owned(),
        };
        socket.write_all(format!("RTSP/1.0 200 OK\r\nCSeq: {count}\r\n{rest}").as_bytes()).await?;
        if request.starts_with("PLAY") {
            break;
        }
    }
    let mut sequence = 0u16;
    for number in 0.. {
        let Some(moment) = script(number) else { break };
        let mut out = Vec::new();
        let packets = moment.payloads.len();
        for (at, payload) in moment.payloads.iter().enumerate() {
            sequence = sequence.wrapping_add(1);
            if moment.lost != Some(at) {
                let kind = if at + 1 == packets { 0x80 | 0x60 } else { 0x60 };
                out.extend_from_slice(&[b'$', 0]);
                out.extend_from_slice(&(payload.len() as u16 + 12).to_be_bytes());
                out.extend_from_slice(&[0x80, kind]);
                out.extend_from_slice(&sequence.to_be_bytes());
                out.extend_from_slice(&(number as u32 * STEP).to_be_bytes());
                out.extend_from_slice(&[0, 0, 0, 7]);
                out.extend_from_slice(payload);
            }
        }
        socket.write_all(&out).await?;
        tokio::time::sleep(STEP_TIME).await;
    }
    while socket.read_buf(&mut heard).await? > 0 {}
    Ok(())
}

fn frames(seen: &Seen) -> u64 {
    seen.status.counters.frames
}

#[tokio::test]
async fn a_camera_that_offers_only_sound_is_told_so_and_not_recorded() {
    let (kept, seen) = camera(SOUND, |_, _| None, |seen| seen.status.state != CameraState::Connecting).await;
    assert_eq!((seen.status.state, kept.entries.len()), (CameraState::NoVideo, 0));
}

#[tokio::test]
async fn a_camera_that_never_sends_parameter_sets_is_told_so_and_every_picture_counted() {
    let script: Script =
        |_, number| (number < 40).then(|| Moment { payloads: vec![slice(number)], ..Moment::default() });
    let (kept, seen) = camera(VIDEO, script, |seen| seen.status.state != CameraState::Connecting).await;
    assert_eq!(seen.status.state, CameraState::Unreachable(Unreachable::Unreadable));
    assert_eq!((kept.entries.len(), seen.status.counters.corrupt), (0, 40));
}

#[tokio::test]
async fn parameter_sets_that_change_are_followed() {
    let script: Script =
        |_, number| Some(with_sets(number, if number / GROUP % 2 == 0 { SPS } else { SPS_SMALL }));
    let (kept, _) = camera(VIDEO, script, |seen| frames(seen) > 40).await;
    assert_eq!(kept.sizes[..4], [(1920, 1080), (640, 480), (1920, 1080), (640, 480)]);
    assert_eq!(kept.counters.corrupt, 0);
}

#[tokio::test]
async fn a_connection_that_begins_between_key_frames_is_recorded_from_the_next_one() {
    let script: Script = |connection, number| match connection {
        0 => (number < 15).then(|| ordinary(number)),
        _ => Some(ordinary(number + 5)),
    };
    let (kept, _) = camera(VIDEO, script, |seen| frames(seen) > 40).await;
    let dependent = |picture: &crate::file::Sample| {
        let unit = crate::nal::units(&picture.data).last().unwrap();
        (unit[0] == 0x41).then(|| i64::from(unit[2]))
    };
    let after: Vec<Option<i64>> = kept.pictures[15..18].iter().map(dependent).collect();
    assert_eq!(after, [None, Some(11), Some(13)], "the key frame of the number 10, and those after it");
    assert_eq!(kept.counters.corrupt, 0);
}

#[tokio::test]
async fn lost_packets_cost_the_pictures_they_are_of() {
    let script: Script = |_, number| {
        let mut moment = ordinary(number);
        if number % GROUP == 4 {
            moment.payloads = fragments(&[slice(number), vec![0x77; 4_000]].concat());
            moment.lost = Some(1);
        }
        Some(moment)
    };
    let (kept, _) = camera(VIDEO, script, |seen| frames(seen) > 40).await;
    let is_whole = |picture: &crate::file::Sample| {
        crate::nal::units(&picture.data).last().is_some_and(|unit| unit.len() == slice(1).len())
    };
    assert!(kept.pictures.iter().all(is_whole), "none of the cut ones is there");
    assert!((3..=5).contains(&kept.counters.lost_packets), "{:?}", kept.counters);
}

#[tokio::test]
async fn empty_packets_cost_their_picture_and_are_counted() {
    let script: Script = |_, number| {
        let mut moment = ordinary(number);
        match number % GROUP {
            3 => moment.payloads.insert(0, Vec::new()),
            // An aggregate of nothing.
            6 => moment.payloads.insert(0, vec![24, 0, 0]),
            _ => {}
        }
        Some(moment)
    };
    let (kept, _) = camera(VIDEO, script, |seen| frames(seen) > 40).await;
    assert!(
        kept.counters.corrupt >= 8 && kept.sizes.iter().all(|size| *size == (1920, 1080)),
        "{:?}",
        kept.counters
    );
}

#[tokio::test]
async fn a_picture_of_sixteen_mebibytes_costs_itself() {
    let script: Script = |_, number| {
        let mut moment = ordinary(number);
        if number == 15 {
            moment.payloads = fragments(&[slice(number), vec![0x77; 16 << 20]].concat());
        }
        Some(moment)
    };
    let (kept, _) = camera(VIDEO, script, |seen| frames(seen) > 40).await;
    assert_eq!((kept.counters.corrupt, kept.counters.reconnects), (1, 0));
}
