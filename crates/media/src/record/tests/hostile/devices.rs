//! Devices of GB/T 28181 that are recorded over real sockets: what the network does to their packets, and what they do to their streams.

use super::super::support::*;
use super::camera::{Kept, NEIGHBOUR, PATIENT, read};
use crate::CameraStream;
use crate::called::Transport;
use crate::called::testing::{Device, Habits, KEY_BYTES, PICTURE_BYTES};
use crate::codec::VideoCodec;
use crate::nal;
use crate::reception::Reception;
use crate::record::StreamId;
use crate::recording::{PART_US, Recording, spawn_recording};
use gb28181::ps::Codec;
use std::time::Duration;

/// A device that is called and recorded.
struct Recorded {
    stream: CameraStream,
    recording: Recording,
}

impl Recorded {
    fn begin(setting: &Setting, id: StreamId, habits: Habits) -> Self {
        let stream = Device::new(habits).stream(true);
        let groups = stream.subscribe_groups(Duration::from_micros(PART_US.unsigned_abs()));
        let recording = spawn_recording(groups, setting.recorder.stream(id, "gate"));
        Self { stream, recording }
    }
}

/// Records a device until `is_enough`, and one without faults beside it.
async fn recorded(habits: Habits, is_enough: impl Fn(&Reception) -> bool) -> (Kept, Reception) {
    let setting = setting_with(1, PATIENT, QUOTA, |_| ());
    let device = Recorded::begin(&setting, STREAM, habits);
    let neighbour = Recorded::begin(
        &setting,
        NEIGHBOUR,
        Habits { transport: Transport::DeviceConnects, ..Habits::default() },
    );
    let enough = async {
        while !device.stream.reception().is_some_and(|seen| is_enough(&seen)) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), enough).await.expect("it comes to this");
    let mut ends = Vec::new();
    for Recorded { stream, recording } in [device, neighbour] {
        let reception = stream.reception().unwrap();
        stream.cancel();
        // Ends by itself when the camera has.
        while !stream.status().state.code().eq("stopped") {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        ends.push((stream.status().counters, recording.stop().await, reception));
    }
    setting.finish();
    assert_eq!(setting.lost_s(), []);
    let (counters, counts, _) = ends.pop().unwrap();
    let neighbour = read(&setting, NEIGHBOUR, counters, counts);
    assert_eq!(neighbour.counters.frames, neighbour.pictures.len() as u64);
    assert_eq!((neighbour.counters.corrupt, neighbour.counters.lost_packets), (0, 0));
    let (counters, counts, reception) = ends.pop().unwrap();
    let kept = read(&setting, STREAM, counters, counts);
    assert_eq!(kept.counters.frames, kept.pictures.len() as u64, "all that was taken is recorded");
    (kept, reception)
}

/// Is the slice of every picture as long as it was sent?
fn are_whole(kept: &Kept) -> bool {
    kept.pictures.iter().all(|picture| {
        let slice = nal::units(&picture.data).last().unwrap();
        slice.len() == if VideoCodec::H264.is_key(&picture.data) { KEY_BYTES } else { PICTURE_BYTES }
    })
}

#[tokio::test]
async fn lost_packets_cost_the_pictures_they_are_of_and_the_rest_is_recorded() {
    let enough = |seen: &Reception| seen.faults.program.damaged_frames >= 8;
    let (kept, seen) = recorded(Habits { loses: 11, ..Habits::default() }, enough).await;
    assert!(kept.pictures.len() > 20 && are_whole(&kept), "{}", kept.pictures.len());
    assert!(kept.counters.corrupt >= 8 && kept.counters.lost_packets >= 5, "{:?} {seen:?}", kept.counters);
}

#[tokio::test]
async fn packets_out_of_order_cost_nothing() {
    let enough = |seen: &Reception| seen.packets >= 120;
    let (kept, seen) = recorded(Habits { swaps: 3, ..Habits::default() }, enough).await;
    assert!(kept.pictures.len() > 30 && are_whole(&kept), "{}", kept.pictures.len());
    assert_eq!((kept.counters.corrupt, kept.counters.lost_packets), (0, 0), "{seen:?}");
}

#[tokio::test]
async fn parameter_sets_last_first_and_empty_units_cost_nothing() {
    let backwards = Habits { sets_backwards: true, ..Habits::default() };
    let empty = Habits { has_empty_units: true, ..Habits::default() };
    for habits in [backwards.clone(), Habits { codec: Codec::H265, ..backwards }, empty] {
        let said = format!("{habits:?}");
        let (kept, seen) = recorded(habits, |seen| seen.packets >= 40).await;
        assert!(kept.pictures.len() > 10, "{said}: {}", kept.pictures.len());
        assert!(kept.sizes.iter().all(|size| *size == (1920, 1080)), "{said}");
        assert_eq!(kept.counters.corrupt, 0, "{said}: {seen:?}");
    }
}

#[tokio::test]
async fn a_picture_of_sixteen_mebibytes_costs_itself() {
    let habits = Habits { huge: Some(15), transport: Transport::DeviceConnects, ..Habits::default() };
    // Thirty pictures later; fewer are missing than the group that it is in has.
    let enough = |seen: &Reception| seen.camera_us >= Some(450_000);
    let (kept, seen) = recorded(habits, enough).await;
    assert!(kept.pictures.len() > 35 && are_whole(&kept), "{} {seen:?}", kept.pictures.len());
    assert!(kept.counters.corrupt >= 1, "{:?} {seen:?}", kept.counters);
}

#[tokio::test]
async fn sound_alone_is_counted_and_nothing_is_recorded() {
    let (kept, seen) =
        recorded(Habits { is_sound: true, ..Habits::default() }, |seen| seen.sound_frames > 20).await;
    assert_eq!((kept.entries.len(), kept.counts.fragments), (0, 0));
    assert!(seen.sound_frames > 20);
}
