//! Stories of cameras over real RTSP on loopback: the simulator on one side, the media crate on the other.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use media::{
    CameraConfig, CameraState, CameraStream, Clock, Credentials, LivePart, RtspUrl, SoundCodec, Source,
    spawn_camera,
};
use simulator::clip::{Clip, RTP_CLOCK};
use simulator::encode::encode;
use simulator::picture::{Picture, Random};
use simulator::{Faults, SimulatedCamera, Simulator, SimulatorConfig, VideoSource};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::timeout;
use watchfire_simulator as simulator;

const WAIT: Duration = Duration::from_secs(20);

fn clock() -> Clock {
    Arc::new(|| SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as i64)
}

/// Six seconds of moving bars: quick to make, unlike a drawn scene.
fn bars() -> Clip {
    let (width, height) = (320usize, 192usize);
    let mut random = Random::new(3);
    let pictures = (0..60usize).map(move |number| {
        let mut i420 = vec![128u8; width * height * 3 / 2];
        for (at, luma) in i420[..width * height].iter_mut().enumerate() {
            let bar = (at % width + number * 4) / 20 % 2;
            *luma = if bar == 0 { 60 } else { 180 } + (random.bits() % 9) as u8;
        }
        Picture { width, height, i420 }
    });
    encode(pictures, 10).unwrap()
}

/// The clip as a bare byte stream in a file, so that cameras can share it.
fn clip_file(folder: &Path) -> VideoSource {
    let path = folder.join("bars.h264");
    let bytes: Vec<u8> = bars().units.iter().flat_map(|unit| unit.data.to_vec()).collect();
    std::fs::write(&path, bytes).unwrap();
    VideoSource::File(path)
}

async fn simulator(cameras: Vec<SimulatedCamera>) -> Simulator {
    let listen = "127.0.0.1:0".parse().unwrap();
    Simulator::start(SimulatorConfig { listen, cameras, cache: None }).await.unwrap()
}

async fn one_camera(folder: &Path, change: impl FnOnce(&mut SimulatedCamera)) -> Simulator {
    let mut camera = SimulatedCamera::new("cam", clip_file(folder));
    change(&mut camera);
    simulator(vec![camera]).await
}

fn config(url: &str, credentials: Option<Credentials>) -> CameraConfig {
    let (url, _) = RtspUrl::parse(url).unwrap();
    let mut config = CameraConfig::new("test", Source::Rtsp { url, credentials }, 5);
    config.timing.backoff.first_ms = 100;
    config.timing.backoff.max_ms = 400;
    config.timing.backoff.refused_ms = 400;
    config
}

async fn wait_for(camera: &CameraStream, wanted: impl Fn(&CameraState) -> bool) -> CameraState {
    let mut status = camera.watch_status();
    let found = timeout(WAIT, status.wait_for(|status| wanted(&status.state))).await;
    match found {
        Ok(Ok(status)) => status.state.clone(),
        _ => panic!("still {:?}", camera.status()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_arrive_complete_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let sim = one_camera(folder.path(), |_| ()).await;
    let camera = spawn_camera(config(&sim.url("cam"), None), clock());
    let mut frames = camera.subscribe();
    let mut last: Option<Arc<media::Frame>> = None;
    for number in 0..90 {
        let frame = timeout(WAIT, frames.next()).await.unwrap().unwrap();
        assert_eq!(number == 0, frame.discontinuity, "the loop of the clip must not show");
        if let Some(last) = &last {
            assert_eq!(frame.sequence, last.sequence + 1);
            assert_eq!(frame.pts_us - last.pts_us, 40_000);
        }
        assert_eq!((frame.parameters.width_px, frame.parameters.height_px), (320, 192));
        if frame.is_key {
            assert!(
                frame.parameters.codec.parameters_of(&frame.data).is_some(),
                "key frames carry their parameter sets"
            );
        }
        last = Some(frame);
    }
    let status = camera.status();
    assert_eq!(status.state, CameraState::Online);
    assert!(status.counters.frames >= 90 && status.counters.key_frames >= 4);
    assert_eq!(status.counters.corrupt + status.counters.lost_packets + status.counters.reconnects, 0);
    assert_eq!(status.counters.key_frame_interval_ms, Some(800));
    camera.stop().await;
    assert!(timeout(WAIT, async { while frames.next().await.is_some() {} }).await.is_ok());
    sim.stop().await;
}

/// Three seconds of ffmpeg's test pattern and tone; `None`, with a word about it, where ffmpeg or an encoder is missing.
fn pattern(folder: &Path, video: &str, sound: &[&str], name: &str) -> Option<VideoSource> {
    let path = folder.join(name);
    let lavfi = ["-f", "lavfi", "-i"];
    let made = std::process::Command::new("ffmpeg")
        .args(["-v", "error", "-y"])
        .args(lavfi)
        .arg("testsrc2=size=320x240:rate=25:duration=3")
        .args(lavfi)
        .arg("sine=frequency=1000:duration=3")
        .args(["-c:v", video, "-g", "25", "-bf", "0", "-pix_fmt", "yuv420p", "-c:a"])
        .args(sound)
        .arg(&path)
        .output();
    match made {
        Ok(output) if output.status.success() => Some(VideoSource::File(path)),
        Ok(output) => {
            eprintln!("skipped: ffmpeg cannot: {}", String::from_utf8_lossy(&output.stderr));
            None
        }
        Err(error) => {
            eprintln!("skipped: no ffmpeg: {error}");
            None
        }
    }
}

/// The second whole group of a camera that plays a file for ever.
async fn second_group(source: VideoSource) -> media::Group {
    let sim = simulator(vec![SimulatedCamera::new("cam", source)]).await;
    let camera = spawn_camera(config(&sim.url("cam"), None), clock());
    let mut groups = camera.subscribe_groups(WAIT);
    let mut next = async || {
        let group = timeout(WAIT, groups.next()).await;
        group.unwrap_or_else(|_| panic!("no group: {:?}", camera.status())).unwrap()
    };
    next().await;
    next().await
}

#[tokio::test(flavor = "multi_thread")]
async fn h265_and_aac_arrive_together() {
    let folder = tempfile::tempdir().unwrap();
    let Some(source) = pattern(folder.path(), "libx265", &["aac", "-ar", "16000"], "a.mp4") else { return };
    let group = second_group(source).await;
    assert_eq!((group.frames.len(), group.lost), (25, 0));
    assert!(group.frames[0].parameters.codec_string.starts_with("hvc1.1.6."));
    let sound = &group.sounds[0];
    assert_eq!((sound.parameters.codec, sound.parameters.rate_hz), (SoundCodec::Aac, 16_000));
    assert!((14..=17).contains(&group.sounds.len()), "{}", group.sounds.len());
    let apart_us = (sound.pts_us - group.frames[0].pts_us).abs();
    assert!(apart_us < 150_000, "{apart_us}");
}

#[tokio::test(flavor = "multi_thread")]
async fn h264_and_g711_arrive_together() {
    let folder = tempfile::tempdir().unwrap();
    let Some(source) = pattern(folder.path(), "libx264", &["pcm_alaw", "-ar", "8000"], "a.mov") else {
        return;
    };
    let group = second_group(source).await;
    let samples: u32 = group.sounds.iter().map(|sound| sound.samples).sum();
    assert_eq!(group.sounds[0].parameters.codec, SoundCodec::G711A);
    assert!((7_000..=9_100).contains(&samples), "{samples}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_said_and_the_right_one_works() {
    let folder = tempfile::tempdir().unwrap();
    let sim =
        one_camera(folder.path(), |camera| camera.credentials = Some(("admin".into(), "a:b c".into()))).await;
    for credentials in [None, Some(Credentials::new("admin", "wrong"))] {
        let camera = spawn_camera(config(&sim.url("cam"), credentials), clock());
        let state = wait_for(&camera, |state| *state != CameraState::Connecting).await;
        assert_eq!(state, CameraState::Unauthorised);
        camera.stop().await;
    }
    let camera = spawn_camera(config(&sim.url("cam"), Some(Credentials::new("admin", "a:b c"))), clock());
    wait_for(&camera, CameraState::is_online).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reasons_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let source = clip_file(folder.path());
    let with =
        |path: &str, faults: Faults| SimulatedCamera { faults, ..SimulatedCamera::new(path, source.clone()) };
    let sim = simulator(vec![
        with("audio", Faults { no_video: true, ..Faults::default() }),
        with("mpeg4", Faults { announce_mpeg4: true, ..Faults::default() }),
        with("closed", Faults { refuse: true, ..Faults::default() }),
    ])
    .await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (url, code) in [
        (sim.url("audio"), "no_video"),
        (sim.url("mpeg4"), "unsupported_codec"),
        (sim.url("closed"), "protocol"),
        (sim.url("nowhere"), "no_such_stream"),
        (format!("rtsp://{free}/x"), "refused"),
        ("rtsp://no-such-host.invalid/x".into(), "host_not_found"),
    ] {
        let camera = spawn_camera(config(&url, None), clock());
        let state = wait_for(&camera, |state| *state != CameraState::Connecting).await;
        assert_eq!(state.code(), code, "{url}");
        assert!(!state.message_zh().is_empty() && !state.message_en().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_connection_comes_back_and_time_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let sim = one_camera(folder.path(), |camera| camera.faults.drop_after_s = Some(1.5)).await;
    let camera = spawn_camera(config(&sim.url("cam"), None), clock());
    let mut frames = camera.subscribe();
    let (mut breaks, mut last_dts_us) = (0, i64::MIN);
    while breaks < 3 {
        let frame = timeout(WAIT, frames.next()).await.unwrap().unwrap();
        assert!(frame.dts_us > last_dts_us);
        last_dts_us = frame.dts_us;
        breaks += usize::from(frame.discontinuity);
        assert!(!frame.discontinuity || frame.is_key, "a new connection begins with a key frame");
    }
    assert!(camera.status().counters.reconnects >= 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_is_noticed_and_cured() {
    let folder = tempfile::tempdir().unwrap();
    let sim = one_camera(folder.path(), |camera| camera.faults.silent_s = Some((1.0, 600.0))).await;
    let mut config = config(&sim.url("cam"), None);
    config.timing.silence_ms = 1_500;
    let camera = spawn_camera(config, clock());
    wait_for(&camera, CameraState::is_online).await;
    wait_for(&camera, |state| *state == CameraState::Silent).await;
    wait_for(&camera, CameraState::is_online).await;
    assert!(camera.status().counters.reconnects >= 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_is_counted_and_the_pictures_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let sim = one_camera(folder.path(), |camera| camera.faults.garbage_every = Some(7)).await;
    let camera = spawn_camera(config(&sim.url("cam"), None), clock());
    let mut frames = camera.subscribe();
    for _ in 0..80 {
        timeout(WAIT, frames.next()).await.unwrap().unwrap();
    }
    let counters = camera.status().counters;
    assert!(counters.corrupt >= 2, "{counters:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewer_gets_a_picture_at_once_and_a_clip_reaches_back() {
    let folder = tempfile::tempdir().unwrap();
    let sim = one_camera(folder.path(), |_| ()).await;
    let camera = spawn_camera(config(&sim.url("cam"), None), clock());
    let mut keys = camera.subscribe_key_frames();
    for _ in 0..4 {
        timeout(WAIT, keys.next()).await.unwrap().unwrap();
    }
    let mut live = camera.live();
    let first =
        timeout(Duration::from_millis(200), live.next()).await.expect("no waiting for a key frame").unwrap();
    let LivePart::Init { codec, width_px, data, .. } = first else { panic!("{first:?}") };
    assert!(codec.starts_with("avc1.42") && width_px == 320, "{codec}");
    let mut stream = data.to_vec();
    for number in 0..40 {
        let part = timeout(WAIT, live.next()).await.unwrap().unwrap();
        let LivePart::Fragment { data, is_key, .. } = part else { panic!("one init segment only") };
        assert!(number > 0 || is_key);
        stream.extend_from_slice(&data);
    }
    let around_us = camera.latest_key_frame().unwrap().received_at_us;
    let clip = camera.clip(around_us, Duration::from_secs(2), Duration::from_secs(1)).await.unwrap();
    assert!(
        (2_400_000..4_500_000).contains(&(clip.last_us - clip.first_us)),
        "{}",
        clip.last_us - clip.first_us
    );
    for (name, bytes) in [("live.mp4", &stream), ("clip.mp4", &clip.data.to_vec())] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut file = media::file::VideoFile::open(&path).unwrap();
        let count = (&mut file).map(Result::unwrap).count();
        assert_eq!(count, file.len());
        assert!(count >= 40, "{name}: {count} pictures");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_plays_at_its_own_speed_and_a_broken_one_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let VideoSource::File(path) = clip_file(folder.path()) else { unreachable!() };
    let play = |path: &Path, repeat| {
        let source = Source::File { path: path.to_owned(), repeat };
        spawn_camera(CameraConfig::new("file", source, 1), clock())
    };
    let begun = std::time::Instant::now();
    let camera = play(&path, false);
    wait_for(&camera, |state| *state == CameraState::Ended).await;
    assert_eq!(camera.status().counters.frames, 60);
    assert!((2.0..4.0).contains(&begun.elapsed().as_secs_f32()), "60 pictures at 25 a second");

    let broken = folder.path().join("broken.mp4");
    std::fs::write(&broken, b"\0\0\0\x18ftypisom....notavideo").unwrap();
    for path in [&broken, &folder.path().join("missing.mp4")] {
        let state = wait_for(&play(path, true), |state| *state != CameraState::Connecting).await;
        assert_eq!(state.code(), "bad_file");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sixteen_viewers_share_one_camera_of_the_simulator() {
    let folder = tempfile::tempdir().unwrap();
    let sim = one_camera(folder.path(), |_| ()).await;
    let cameras: Vec<CameraStream> =
        (0..16).map(|_| spawn_camera(config(&sim.url("cam"), None), clock())).collect();
    for camera in &cameras {
        wait_for(camera, CameraState::is_online).await;
    }
    sim.stop().await;
    for camera in &cameras {
        wait_for(camera, |state| !state.is_online()).await;
    }
}

#[test]
fn clips_survive_the_cache_and_damage_is_noticed() {
    let clip = bars();
    assert_eq!(clip.duration, RTP_CLOCK * 6);
    assert!((5..6_000).contains(&clip.bitrate_kbps()), "{}", clip.bitrate_kbps());
    let bytes = clip.to_cache();
    assert_eq!(Clip::from_cache(&bytes).as_ref(), Some(&clip));
    assert_eq!(Clip::from_cache(&bytes[..bytes.len() - 3]), None);
    assert_eq!(Clip::from_cache(b"something else"), None);
    assert_eq!(clip.units.iter().filter(|unit| unit.is_key).count(), 3);
}
