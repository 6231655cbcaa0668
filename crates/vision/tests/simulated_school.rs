//! A simulated school, from encoded key frames to observations. The pictures are drawn, not filmed.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use openh264::{
    encoder::Encoder,
    formats::{RgbSliceU8, YUVBuffer},
};
use simulator::scene::{FIRE_FROM_S, FRAME_RATE, Scene};
use vision::{CameraWatch, Certainty, Coding, FireSmoke, Kind, Worker};

/// Another corridor than those the weights were trained on.
const SEED: u64 = 1;

/// Watches one key frame a second of the first `seconds` of a scene; lists what was observed when.
fn watch(scene: Scene, seconds: u32) -> Vec<(u32, Kind, Certainty)> {
    let model = Arc::new(FireSmoke::embedded().unwrap());
    let mut worker = Worker::new(Arc::clone(&model));
    let mut camera = CameraWatch::new(&model);
    let mut observed = Vec::new();
    let key_frames = scene.pictures(SEED).step_by(FRAME_RATE as usize).take(seconds as usize);
    for (second, picture) in (0_u32..).zip(key_frames) {
        let rgb = picture.to_rgb();
        let yuv = YUVBuffer::from_rgb_source(RgbSliceU8::new(&rgb, (picture.width, picture.height)));
        let unit = Encoder::new().unwrap().encode(&yuv).unwrap().to_vec();
        let at = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(second.into());
        let look = camera.look(&mut worker, at, Coding::H264, &unit);
        assert!(look.error.is_none(), "{:?}", look.error);
        for o in look.observations {
            assert!(!o.evidence.plain_jpeg.is_empty() && !o.boxes.is_empty());
            observed.push((second, o.kind, o.certainty));
        }
    }
    observed
}

#[test]
fn a_corridor_fire_is_confirmed_within_ten_seconds() {
    let observed = watch(Scene::CorridorFire, 24);
    let confirmed = observed.iter().find(|(_, kind, c)| *kind == Kind::Flame && *c == Certainty::Confirmed);
    let fire_from = FIRE_FROM_S as u32;
    assert!(confirmed.is_some_and(|(at, ..)| (fire_from..=fire_from + 10).contains(at)), "{observed:?}");
}

#[test]
fn a_quiet_corridor_and_a_duty_room_are_not_confirmed() {
    for (scene, seconds) in [(Scene::CorridorQuiet, 40), (Scene::DutyRoom, 60)] {
        let observed = watch(scene, seconds);
        assert!(observed.iter().all(|(.., c)| *c == Certainty::Suspect), "{}: {observed:?}", scene.name());
    }
}
