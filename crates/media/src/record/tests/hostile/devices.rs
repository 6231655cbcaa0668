//! Devices of GB/T 28181 that are recorded over real sockets: what the network does to their packets, and what they do to their streams.

use super::camera::Kept;
use super::live::{self, Seen};
use crate::called::Transport;
use crate::called::testing::{Device, Habits, KEY_BYTES, PICTURE_BYTES};
use crate::codec::VideoCodec;
use crate::nal;
use crate::reception::Reception;
use gb28181::ps::Codec;

/// Records a device until what came of it is enough.
async fn recorded(habits: Habits, is_enough: impl Fn(&Reception) -> bool) -> (Kept, Reception) {
    let is_enough = |seen: &Seen| seen.reception.as_ref().is_some_and(&is_enough);
    let (kept, seen) = live::recorded(Device::new(habits).stream(true), is_enough).await;
    (kept, seen.reception.unwrap())
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
    let of_h265 = |habits: &Habits| Habits { codec: Codec::H265, ..habits.clone() };
    for habits in [of_h265(&backwards), of_h265(&empty), backwards, empty] {
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
