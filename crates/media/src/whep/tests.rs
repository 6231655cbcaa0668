//! A viewer over loopback, played by the same library that serves it, and offers that nobody should send.

use super::*;
use crate::codec::{VideoCodec, VideoParameters};
use crate::frame::{Frame, Sound, SoundCodec, SoundParameters};
use crate::hub::{Hub, HubLimits};
use crate::{called, nal};
use std::net::Ipv4Addr;
use str0m::change::{SdpAnswer, SdpOffer};
use str0m::media::{Direction, MediaKind};
use str0m::net::Receive;
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig};

const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Far beyond what a handshake takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
const GROUP: u64 = 10;

fn config() -> WhepConfig {
    WhepConfig::new(LOCAL, 0)
}

/// Bytes without zeros, so that no start code is among them.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    (0..length as u64).map(|at| ((seed * 131 + at * 31 + at / 251) % 255 + 1) as u8).collect()
}

fn h264() -> Arc<VideoParameters> {
    let parameters = VideoParameters::new(VideoCodec::H264, [called::testing::SPS, called::testing::PPS]);
    Arc::new(parameters.unwrap())
}

fn frame(sequence: u64, parameters: &Arc<VideoParameters>) -> Arc<Frame> {
    let is_key = sequence.is_multiple_of(GROUP);
    let mut data = if is_key { parameters.sets.to_vec() } else { Vec::new() };
    let mut picture = vec![if is_key { 0x65 } else { 0x41 }];
    picture.extend(noise(sequence, if is_key { 30_000 } else { 2_500 }));
    nal::push(&mut data, &picture);
    Frame::at(sequence as i64 * 40_000, sequence, is_key, data, parameters.clone())
}

/// A ring with so many frames.
fn ring(frames: u64) -> Arc<Hub> {
    let (hub, parameters) = (Hub::new(HubLimits::default()), h264());
    (0..frames).for_each(|sequence| hub.push(frame(sequence, &parameters)));
    hub
}

/// What a browser does.
struct Browser {
    rtc: Rtc,
    socket: UdpSocket,
    pictures: Vec<(u64, Vec<u8>)>,
    /// When each was whole.
    arrivals: Vec<Instant>,
    sounds: Vec<Vec<u8>>,
    is_connected: bool,
}

impl Browser {
    async fn new(takes: VideoCodec) -> (Self, SdpOffer, str0m::change::SdpPendingOffer) {
        let socket = UdpSocket::bind((LOCAL, 0)).await.unwrap();
        let mut rtc = RtcConfig::new()
            .set_crypto_provider(crypto::provider())
            .clear_codecs()
            .enable_h264(takes == VideoCodec::H264)
            .enable_h265(takes == VideoCodec::H265)
            .enable_pcma(true, false)
            .build(Instant::now());
        rtc.add_local_candidate(Candidate::host(socket.local_addr().unwrap(), "udp").unwrap());
        let mut change = rtc.sdp_api();
        change.add_media(MediaKind::Video, Direction::RecvOnly, None, None, None);
        change.add_media(MediaKind::Audio, Direction::RecvOnly, None, None, None);
        let (offer, pending) = change.apply().unwrap();
        (
            Self {
                rtc,
                socket,
                pictures: Vec::new(),
                arrivals: Vec::new(),
                sounds: Vec::new(),
                is_connected: false,
            },
            offer,
            pending,
        )
    }

    /// Asks to see and takes the answer.
    async fn watching(whep: &Whep, hub: &Arc<Hub>) -> (Self, Viewing) {
        let (mut browser, offer, pending) = Self::new(VideoCodec::H264).await;
        let viewing = whep.open(hub.reader(), &offer.to_sdp_string()).await.unwrap();
        let answer = SdpAnswer::from_sdp_string(&viewing.answer).unwrap();
        browser.rtc.sdp_api().accept_answer(pending, answer).unwrap();
        (browser, viewing)
    }

    /// Goes on until it has seen enough.
    async fn until(&mut self, enough: impl Fn(&Self) -> bool) {
        let limit = tokio::time::Instant::now() + PATIENCE;
        while !enough(self) {
            assert!(tokio::time::Instant::now() < limit, "{} pictures", self.pictures.len());
            self.step().await;
        }
    }

    async fn step(&mut self) {
        let back_at = loop {
            match self.rtc.poll_output().unwrap() {
                Output::Timeout(at) => break at,
                Output::Transmit(packet) => {
                    self.socket.send_to(&packet.contents, packet.destination).await.unwrap();
                }
                Output::Event(Event::MediaData(data)) if data.params.spec().codec.is_video() => {
                    self.pictures.push((data.time.numer(), data.data.to_vec()));
                    self.arrivals.push(Instant::now());
                }
                Output::Event(Event::MediaData(data)) => self.sounds.push(data.data.to_vec()),
                Output::Event(Event::Connected) => self.is_connected = true,
                Output::Event(_) => {}
            }
        };
        let mut packet = vec![0; PACKET_BYTES_MAX];
        let input = tokio::select! {
            received = self.socket.recv_from(&mut packet) => {
                let (length, source) = received.unwrap();
                let receive = Receive {
                    proto: str0m::net::Protocol::Udp,
                    source,
                    destination: self.socket.local_addr().unwrap(),
                    contents: packet[..length].try_into().unwrap(),
                };
                Input::Receive(Instant::now(), receive)
            }
            () = sleep_until(back_at.into()) => Input::Timeout(Instant::now()),
        };
        self.rtc.handle_input(input).unwrap();
    }
}

#[tokio::test]
async fn pictures_and_sound_arrive_as_the_camera_sent_them() {
    let whep = Whep::bind(config()).unwrap();
    let hub = ring(GROUP + 6);
    let began = Instant::now();
    let (mut browser, viewing) = Browser::watching(&whep, &hub).await;
    browser.until(|seen| seen.is_connected).await;
    let connected = Instant::now();
    browser.until(|seen| !seen.pictures.is_empty()).await;
    println!("connected after {:?}, first picture {:?} later", connected - began, connected.elapsed());
    browser.until(|seen| seen.pictures.len() == 6).await;
    let parameters = h264();
    let voice = SoundParameters {
        codec: SoundCodec::G711A,
        rate_hz: 8_000,
        channels: 1,
        configuration: bytes::Bytes::new(),
    };
    for sequence in GROUP + 6..3 * GROUP {
        let picture = frame(sequence, &parameters);
        hub.push_sound(Arc::new(Sound {
            pts_us: picture.pts_us - 1,
            received_at_us: picture.received_at_us - 1,
            samples: 160,
            data: noise(sequence, 160).into(),
            parameters: Arc::new(voice.clone()),
        }));
        hub.push(picture);
        browser.until(|seen| seen.pictures.len() as u64 == sequence + 1 - GROUP).await;
    }
    for ((_, seen), sequence) in browser.pictures.iter().zip(GROUP..) {
        assert_eq!(*seen, frame(sequence, &parameters).byte_stream(), "picture {sequence}");
    }
    let times: Vec<u64> = browser.pictures.iter().map(|(time, _)| *time - browser.pictures[0].0).collect();
    assert_eq!(times[..7], [0, 90, 180, 270, 360, 450, 4_050], "the past is pushed together");
    browser.until(|seen| seen.sounds.len() >= 10).await;
    assert!(browser.sounds.contains(&noise(2 * GROUP, 160)));
    drop(viewing);
}

/// Prints what the platform adds; `bench/live.sh` runs it in the release profile.
#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_with_the_viewer_soon_after_it_came() {
    const PICTURES: u64 = 200;
    let whep = Whep::bind(config()).unwrap();
    let hub = ring(GROUP);
    let (mut browser, _viewing) = Browser::watching(&whep, &hub).await;
    browser.until(|seen| seen.pictures.len() as u64 == GROUP).await;
    let camera = tokio::spawn(async move {
        let (parameters, mut sent) = (h264(), Vec::new());
        for sequence in GROUP..GROUP + PICTURES {
            tokio::time::sleep(Duration::from_millis(10)).await;
            let picture = frame(sequence, &parameters);
            sent.push(Instant::now());
            hub.push(picture);
        }
        sent
    });
    browser.until(|seen| seen.pictures.len() as u64 == GROUP + PICTURES).await;
    let sent = camera.await.unwrap();
    let arrived = browser.arrivals[GROUP as usize..].iter();
    let mut delays: Vec<Duration> = arrived.zip(&sent).map(|(at, sent)| *at - *sent).collect();
    delays.sort();
    let quantile = |share: usize| delays[delays.len() * share / 100];
    println!("from the hub to a whole picture at the viewer: p50 {:?}, p95 {:?}", quantile(50), quantile(95));
    assert!(quantile(95) < Duration::from_secs(1), "{:?}", quantile(95));
}

#[tokio::test]
async fn a_viewer_that_never_comes_is_counted_and_then_gone() {
    let whep = Whep::bind(WhepConfig { silent_after: Duration::from_millis(300), ..config() }).unwrap();
    let hub = ring(GROUP);
    let (_, offer, _) = Browser::new(VideoCodec::H264).await;
    let viewing = whep.open(hub.reader(), &offer.to_sdp_string()).await.unwrap();
    assert_eq!(whep.viewers(), 1);
    timeout(PATIENCE, viewing.over()).await.unwrap();
    assert_eq!(whep.viewers(), 0);
}

#[tokio::test]
async fn a_viewer_that_is_sent_away_hears_of_it() {
    let whep = Whep::bind(config()).unwrap();
    let hub = ring(GROUP);
    let (mut browser, viewing) = Browser::watching(&whep, &hub).await;
    browser.until(|seen| seen.pictures.len() as u64 == GROUP).await;
    drop(viewing);
    browser.until(|seen| !seen.rtc.is_alive()).await;
    assert_eq!(whep.viewers(), 0);
}

#[tokio::test]
async fn there_are_only_so_many_viewers() {
    let whep = Whep::bind(WhepConfig { viewers_max: 1, ..config() }).unwrap();
    let hub = ring(GROUP);
    let (_, offer, _) = Browser::new(VideoCodec::H264).await;
    let first = whep.open(hub.reader(), &offer.to_sdp_string()).await.unwrap();
    assert_eq!(whep.open(hub.reader(), &offer.to_sdp_string()).await.unwrap_err(), OfferError::Full);
    drop(first);
    timeout(PATIENCE, async {
        while whep.viewers() > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
    whep.open(hub.reader(), &offer.to_sdp_string()).await.unwrap();
}

#[tokio::test]
async fn a_browser_without_the_cameras_coding_is_told_so() {
    let whep = Whep::bind(config()).unwrap();
    let (_, offer, _) = Browser::new(VideoCodec::H265).await;
    let refused = whep.open(ring(GROUP).reader(), &offer.to_sdp_string()).await.unwrap_err();
    assert_eq!(refused, OfferError::Codec(VideoCodec::H264));
    assert_eq!(whep.viewers(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_camera_that_sends_nothing_is_not_waited_for_long() {
    let whep = Whep::bind(config()).unwrap();
    let (_, offer, _) = Browser::new(VideoCodec::H264).await;
    let refused = whep.open(ring(0).reader(), &offer.to_sdp_string()).await.unwrap_err();
    assert_eq!(refused, OfferError::NoPicture);
}

#[tokio::test]
async fn hostile_offers_are_refused() {
    let whep = Whep::bind(config()).unwrap();
    let hub = ring(GROUP);
    let (_, offer, _) = Browser::new(VideoCodec::H264).await;
    let good = offer.to_sdp_string();
    let video = good.find("m=video").unwrap();
    for (bad, why) in [
        (String::new(), "nothing"),
        ("v=0\r\n".repeat(100), "no media"),
        (good[..video].to_owned(), "a session without media"),
        (good.replace("m=video", "m=application"), "no video"),
        (good.replace("recvonly", "sendonly"), "video that is sent and not received"),
        (good.replace("a=fingerprint", "a=fingerprinted"), "no fingerprint"),
        (good.replace("a=ice-ufrag", "a=ice-ufreg"), "no name"),
        (good.replace("a=ice-pwd", "a=ice-pwt"), "no password"),
        (good.replace("a=mid:", "a=mud:"), "media without names"),
        (good.replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"), "not encrypted"),
        (good.replace("a=rtpmap", "a=rtpmop"), "no codings"),
        (format!("{good}{}", &good[video..].repeat(4)), "too many media"),
        (format!("{good}a=x:{}\r\n", "x".repeat(OFFER_BYTES_MAX)), "too long"),
        (format!("{good}{}", "a=x\r\n".repeat(4_000)), "too many lines"),
        (good.replace("a=mid", "a=\0mid"), "not text"),
        (good.replace("v=0", "v=é"), "not plain text"),
    ] {
        assert!(whep.open(hub.reader(), &bad).await.is_err(), "{why}");
    }
    assert_eq!(whep.viewers(), 0);
}

#[tokio::test]
async fn whatever_is_broken_in_an_offer_breaks_nothing_else() {
    let whep = Whep::bind(WhepConfig { viewers_max: usize::MAX, ..config() }).unwrap();
    let hub = ring(GROUP);
    let (_, offer, _) = Browser::new(VideoCodec::H264).await;
    let good = offer.to_sdp_string();
    for seed in 0..400usize {
        let at = seed * 7_919 % good.len();
        let mut broken = good.clone();
        match seed % 4 {
            0 => broken.truncate(at),
            1 => broken.replace_range(at..=at, &char::from(b' ' + (seed % 94) as u8).to_string()),
            2 => broken.insert_str(at, "99999999999999999999"),
            _ => broken.insert_str(at, "\r\n"),
        }
        // Refused or not: some breaks are in a place where they mean nothing.
        drop(whep.open(hub.reader(), &broken).await);
    }
    whep.open(hub.reader(), &good).await.unwrap();
}
