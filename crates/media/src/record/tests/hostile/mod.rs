//! Stories of cameras that send what they should not: as much as can be is recorded, what is left out is counted, every file can be read,
//! and the camera beside it loses nothing. The last three are looked at in every story, by `camera`.

mod camera;
mod devices;
mod live;
mod rtsp;
mod times;

use super::support::NOON_US;
use crate::called::testing::{PPS, SPS, SPS_H265};
use crate::codec::VideoCodec;
use crate::frame::{SoundCodec, SoundParameters};
use crate::ingest::{AccessUnit, SoundUnit};
use bytes::Bytes;
use camera::*;

const VPS_H265: &[u8] = &[0x40, 1, 0x0c];
const PPS_H265: &[u8] = &[0x44, 1, 0xc1];
/// Larger than any picture.
const SIXTEEN_MIB: usize = 16 << 20;

/// A picture of H.265 with units in front of its slice.
fn h265(number: i64, front: &[&[u8]]) -> AccessUnit {
    let kind = if number % GROUP == 0 { 0x26 } else { 0x02 };
    let slice = [kind, 1, 0xaf, number as u8 | 1, 9, 9];
    AccessUnit { codec: VideoCodec::H265, ..picture(number, &[front, &[&slice]].concat()) }
}

#[tokio::test]
async fn pictures_before_the_first_parameter_sets_are_counted_and_those_after_them_kept() {
    let mut story = Story::begin();
    for number in 0..30 {
        let slice = slice(number);
        let unit = if number == 10 { ordinary(number) } else { picture(number, &[&slice]) };
        assert_eq!(story.send(unit).await, number >= 10, "{number}");
    }
    let kept = story.end().await;
    assert_eq!((kept.pictures.len(), kept.counters.corrupt, kept.sizes.len()), (20, 10, 1));
    assert_eq!(kept.sizes[0], (1920, 1080));
}

#[tokio::test]
async fn a_key_frame_without_parameter_sets_is_complete_by_those_before_it() {
    let mut story = Story::begin();
    story.send_ordinary(0..10).await;
    assert!(story.send(picture(10, &[&slice(10)])).await);
    let newest = story.camera.ingest.hub.newest_key().unwrap();
    assert_eq!(newest.data, sample(&[SPS, PPS, &slice(10)]));
    assert_eq!(story.end().await.pictures.len(), 11);
}

#[tokio::test]
async fn parameter_sets_that_change_begin_another_file_and_one_range_has_all() {
    let mut story = Story::begin();
    for number in 0..40 {
        let (slice, sets) = (slice(number), [SPS, SPS_SMALL][number as usize / GROUP as usize % 2]);
        let front: &[&[u8]] = if number % GROUP == 0 { &[sets, PPS] } else { &[] };
        assert!(story.send(picture(number, &[front, &[&slice]].concat())).await);
    }
    let kept = story.end().await;
    assert_eq!((kept.pictures.len(), kept.counters.corrupt), (40, 0));
    assert_eq!(kept.sizes, [(1920, 1080), (640, 480), (1920, 1080), (640, 480)]);
}

#[tokio::test]
async fn another_coding_counts_from_its_parameter_sets_on() {
    let mut story = Story::begin();
    story.send_ordinary(0..10).await;
    for number in 10..30 {
        let front: &[&[u8]] = if number == 20 { &[VPS_H265, SPS_H265, PPS_H265] } else { &[] };
        assert_eq!(story.send(h265(number, front)).await, number >= 20, "{number}");
    }
    let kept = story.end().await;
    assert_eq!((kept.pictures.len(), kept.counters.corrupt, kept.sizes.len()), (20, 10, 2));
}

#[tokio::test]
async fn parameter_sets_of_h265_are_understood_in_every_order() {
    let mut story = Story::begin();
    let note: &[u8] = &[0x4e, 1, 5, 1, 0x80];
    let [v, s, p] = [VPS_H265, SPS_H265, PPS_H265];
    let orders: [&[&[u8]]; 8] = [
        &[v, s, p],
        &[v, p, s],
        &[s, v, p],
        &[s, p, v],
        &[p, v, s],
        &[p, s, v],
        &[p, note, s, note, v],
        &[p, p, s, v, s],
    ];
    for (number, order) in (0..).step_by(GROUP as usize).zip(orders) {
        assert!(story.send(h265(number, order)).await, "{number}");
        for number in number + 1..number + GROUP {
            assert!(story.send(h265(number, &[])).await);
        }
    }
    let kept = story.end().await;
    assert_eq!((kept.pictures.len(), kept.counters.corrupt), (80, 0));
    assert_eq!(kept.sizes, [(1920, 1080)], "they are the same parameters in every order");
}

#[tokio::test]
async fn empty_units_are_taken_out_of_pictures() {
    let mut story = Story::begin();
    for number in 0..20 {
        let slice = slice(number);
        let units: &[&[u8]] = if number % GROUP == 0 {
            &[&[], SPS, &[], PPS, &[], &slice, &[]]
        } else {
            &[&[], &slice, &[], &[]]
        };
        assert!(story.send(picture(number, units)).await);
    }
    let kept = story.end().await;
    assert_eq!((kept.pictures.len(), kept.counters.corrupt), (20, 0));
    assert_eq!(kept.pictures[11].data, sample(&[&slice(11)]));
}

#[tokio::test]
async fn what_has_no_picture_in_it_or_ends_in_a_unit_is_counted_and_left_out() {
    let mut story = Story::begin();
    story.send_ordinary(0..10).await;
    let cut = {
        let mut unit = ordinary(13);
        unit.data.truncate(unit.data.len() - 1);
        unit
    };
    let flood: Vec<&[u8]> = vec![&[0x41]; 5_000];
    let nothing = [picture(11, &[]), picture(12, &[&[], &[]]), cut, picture(14, &[&[9, 0xf0]])];
    story.send(ordinary(10)).await;
    for unit in nothing.into_iter().chain([picture(15, &flood)]) {
        assert!(!story.send(unit).await);
    }
    story.send_ordinary(16..30).await;
    let kept = story.end().await;
    assert_eq!((kept.pictures.len(), kept.counters.corrupt), (25, 5));
}

#[tokio::test]
async fn a_picture_of_sixteen_mebibytes_costs_itself_and_a_key_frame_its_group() {
    let mut story = Story::begin();
    for number in 0..40 {
        let mut unit = ordinary(number);
        if number == 5 || number == 20 {
            let huge = [slice(number), vec![0x77; SIXTEEN_MIB]].concat();
            let front: &[&[u8]] = if number == 20 { &[SPS, PPS] } else { &[] };
            unit = picture(number, &[front, &[&huge]].concat());
        }
        let is_taken = story.send(unit).await;
        assert_eq!(is_taken, number != 5 && !(20..30).contains(&number), "{number}");
    }
    let kept = story.end().await;
    assert_eq!((kept.pictures.len(), kept.counters.corrupt), (29, 11));
}

#[tokio::test]
async fn sound_alone_is_neither_kept_in_memory_nor_recorded() {
    let mut story = Story::begin();
    let configuration = Bytes::new();
    let parameters = SoundParameters { codec: SoundCodec::G711A, rate_hz: 8_000, channels: 1, configuration };
    for piece in 0..500 {
        let (parameters, data) = (parameters.clone(), Bytes::from_static(&[0xd5; 320]));
        story.camera.ingest.push_sound(SoundUnit {
            camera_us: piece * 40_000,
            samples: 320,
            data,
            parameters,
        });
    }
    let reader = story.camera.ingest.hub.reader();
    assert!(reader.sounds(i64::MIN, NOON_US + 100_000_000).is_empty());
    let kept = story.end().await;
    assert_eq!((kept.counts.fragments, kept.entries.len(), kept.counters.frames), (0, 0, 0));
}
