//! Time stamps that cannot be believed.

use super::super::support::NOON_US;
use super::camera::*;
use crate::ingest::AccessUnit;

/// Pictures of a stretch, each stamped by its number.
async fn stamped(pictures: i64, stamp_us: impl Fn(i64) -> i64) -> Kept {
    let mut story = Story::begin();
    for number in 0..pictures {
        let unit = AccessUnit { camera_us: stamp_us(number), ..ordinary(number) };
        assert!(story.send(unit).await, "{number}");
    }
    let kept = story.end().await;
    assert_eq!((kept.pictures.len() as i64, kept.counters.corrupt), (pictures, 0));
    kept
}

/// How far the beginnings of groups are from when they came, at worst.
fn apart_us(kept: &Kept) -> i64 {
    let came_us = (0..).map(|group| NOON_US + group * GROUP * STEP_US);
    let apart = kept.entries.iter().zip(came_us).map(|(entry, came)| (entry.begins_at_us - came).abs());
    apart.max().unwrap()
}

#[tokio::test]
async fn stamps_at_a_wrong_rate_cost_no_picture_and_leave_its_time_within_seconds() {
    for (numerator, denominator) in [(1, 2), (2, 1), (5, 1), (1, 25), (0, 1)] {
        let kept = stamped(750, |number| number * STEP_US * numerator / denominator).await;
        assert!(apart_us(&kept) < 5_500_000, "{numerator}/{denominator}: {}", apart_us(&kept));
        let rate = kept.counters.frame_rate.unwrap();
        assert!((24.0..26.0).contains(&rate), "what is told is what comes: {rate}");
    }
}

#[tokio::test]
async fn a_camera_at_double_speed_is_told_with_its_recording() {
    let kept = stamped(25 * 130, |number| number * STEP_US * 2).await;
    let drift = kept.counts.clock_drift_ppm.unwrap();
    assert!((950_000..1_050_000).contains(&drift), "{drift}");
}

#[tokio::test]
async fn pictures_in_another_order_are_shown_in_theirs() {
    // Display order 0 3 1 2 6 4 5 … in every group.
    let shown = |number: i64| {
        let (group, at) = (number / GROUP * GROUP, number % GROUP);
        group + if at == 0 { 0 } else { (at - 1) / 3 * 3 + [3, 1, 2][(at as usize - 1) % 3] }
    };
    let kept = stamped(100, |number| shown(number) * STEP_US).await;
    assert_eq!(kept.sizes.len(), 1);
    let begin = kept.pictures[0].pts_us;
    for (number, picture) in (0..).zip(&kept.pictures) {
        let expected = shown(number) * STEP_US;
        assert!((picture.pts_us - begin - expected).abs() < 50, "{number}: {}", picture.pts_us - begin);
    }
    assert!(apart_us(&kept) < 500_000, "{}", apart_us(&kept));
}

#[tokio::test]
async fn stamps_that_go_back_cost_no_picture_and_no_time() {
    // By a second at a key frame, by three seconds between key frames, by an hour, and for good.
    for (from, back_us) in [(100, 1_000_000), (105, 3_000_000), (105, 3_600_000_000)] {
        let kept = stamped(250, |number| number * STEP_US - if number >= from { back_us } else { 0 }).await;
        assert!(apart_us(&kept) < 100_000, "{back_us}: {}", apart_us(&kept));
        assert_eq!(kept.sizes.len(), 1, "one file");
        let late = kept.pictures.iter().map(|picture| picture.pts_us - picture.dts_us).max();
        assert!(late < Some(100_000), "{back_us}: nothing is shown late for ever after: {late:?}");
    }
    let kept = stamped(250, |number| -number * STEP_US).await;
    assert!(apart_us(&kept) < 5_500_000, "{}", apart_us(&kept));
}
