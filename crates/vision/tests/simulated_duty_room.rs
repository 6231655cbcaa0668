//! The simulated duty room, from pictures to presence: the guard is there until about 31 s, away, and back at about 52 s. The pictures are
//! drawn, not filmed; what people look like to the model is measured in `people_labelled.rs`.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use jiff::{SignedDuration, Timestamp};
use simulator::scene::{FRAME_RATE, Scene};
use vision::{
    Object, ObjectKind, People, Picture,
    picture::Colour,
    presence::{PresenceEvent, PresenceMinute, PresenceRules, PresenceWatch},
    scale::{Scaler, SmallLuma},
};

const SEED: u64 = 1;
/// A guard at the desk who has not moved yet.
const GUARD_S: usize = 10;

/// One picture a second of the whole loop.
fn pictures() -> Vec<Picture> {
    let drawn = Scene::DutyRoom.pictures(SEED).step_by(FRAME_RATE as usize);
    drawn.map(|picture| from_i420(picture.width as u32, picture.height as u32, &picture.i420)).collect()
}

fn from_i420(width: u32, height: u32, i420: &[u8]) -> Picture {
    let (luma, chroma) = i420.split_at((width * height) as usize);
    let (u, v) = chroma.split_at(chroma.len() / 2);
    let colour = Colour { full_range: false, bt709: false };
    Picture::from_planes((width, height), [luma.to_vec(), u.to_vec(), v.to_vec()], colour).unwrap()
}

/// Shows looks, one a second; lists what became so when, and the minute.
fn watch(looks: &[(Vec<Object>, SmallLuma)]) -> (Vec<(i64, PresenceEvent)>, PresenceMinute) {
    let mut watch = PresenceWatch::new(PresenceRules::brief());
    let mut told = Vec::new();
    for (second, (objects, luma)) in looks.iter().enumerate() {
        let report = watch.observe(at(second as i64), objects, luma);
        told.extend(report.events.into_iter().map(|event| (second as i64, event)));
    }
    (told, watch.finish().unwrap())
}

fn at(second: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(second)
}

/// The same picture through a sensor with noise of its own.
fn noisy(picture: &Picture, seed: u32) -> Picture {
    let mut copy = picture.clone();
    let mut random = seed.wrapping_mul(0x9E37_79B9) | 1;
    let [luma, ..] = copy.planes_mut();
    for sample in luma {
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        *sample = sample.saturating_add((random >> 29) as u8);
    }
    copy
}

fn small_luma(scaler: &mut Scaler, picture: &Picture) -> Vec<u8> {
    let medium = scaler.medium_luma(picture).unwrap();
    scaler.small_luma(&medium).unwrap()
}

#[test]
fn the_guard_is_counted_missed_and_welcomed_back() {
    let people = People::embedded().unwrap();
    let mut scaler = Scaler::new();
    let mut looks = Vec::new();
    let pictures = pictures();
    for picture in &pictures {
        let objects = people.detect(&mut scaler, picture).unwrap();
        looks.push((objects, small_luma(&mut scaler, picture)));
    }
    let persons = |look: &(Vec<Object>, SmallLuma)| {
        look.0.iter().filter(|object| object.kind == ObjectKind::Person).count()
    };
    assert!(looks[..30].iter().all(|look| persons(look) == 1));
    assert!(looks[34..50].iter().all(|look| persons(look) == 0));

    let (told, minute) = watch(&looks);
    let [(nobody_s, PresenceEvent::Nobody { since }), (back_s, PresenceEvent::Somebody { nobody_since })] =
        told[..]
    else {
        panic!("{told:?}")
    };
    assert!((31..=34).contains(&since.as_second()) && nobody_s == since.as_second() + 6, "{told:?}");
    assert!((51..=53).contains(&back_s) && nobody_since == since, "{told:?}");
    assert_eq!((minute.looks, minute.people_min, minute.people_median, minute.people_max), (60, 0, 1, 1));
    assert!(!minute.empty && !minute.too_few && minute.motionless_s < 15, "{minute:?}");

    // A figure of wax: one picture of the guard, each time with other noise.
    let wax: Vec<_> = (0..20)
        .map(|seed| {
            let luma = small_luma(&mut scaler, &noisy(&pictures[GUARD_S], seed));
            (looks[GUARD_S].0.clone(), luma)
        })
        .collect();
    let (told, minute) = watch(&wax);
    assert!(
        matches!(told[..], [(15, PresenceEvent::PersonStill { since, .. })] if since == at(0)),
        "{told:?}"
    );
    assert_eq!(minute.motionless_s, 19);

    // A film of an attentive guard: what was seen from 5 s to 25 s, again and again.
    let film: Vec<_> = (5..25).cycle().take(40).map(|second: usize| looks[second].clone()).collect();
    let (told, _) = watch(&film);
    let repeating = told.iter().find_map(|(second, event)| match event {
        PresenceEvent::Repeating { since, period_s } => Some((*second, since.as_second(), *period_s as i64)),
        _ => None,
    });
    assert_eq!(repeating, Some((25, 20, 20)), "{told:?}");
}
