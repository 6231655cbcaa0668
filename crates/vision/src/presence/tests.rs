//! Presence as scripts of time. The pictures are drawn.

use proptest::prelude::*;

use super::*;
use crate::scale::{SMALL_HEIGHT, SMALL_WIDTH};

const DESK: Rect = Rect { x: 0.40, y: 0.30, w: 0.15, h: 0.50 };
const DOOR: Rect = Rect { x: 0.80, y: 0.20, w: 0.12, h: 0.60 };

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn people(boxes: &[Rect]) -> Vec<Object> {
    boxes.iter().map(|rect| Object { kind: ObjectKind::Person, score: 0.6, rect: *rect }).collect()
}

/// A room with edges, sensor noise, and a figure at the desk whose head is `nod` pixels from its place.
fn room(seed: u32, figure: bool, nod: usize) -> Vec<u8> {
    let mut random = seed.wrapping_mul(2_654_435_761).wrapping_add(12345);
    let mut picture = Vec::with_capacity(SMALL_WIDTH * SMALL_HEIGHT);
    for y in 0..SMALL_HEIGHT {
        for x in 0..SMALL_WIDTH {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = (random >> 30) as u8;
            let furniture = if (x / 20 + y / 15) % 2 == 0 { 90 } else { 130 };
            let head = (30..38).contains(&y) && (70 + nod..78 + nod).contains(&x);
            let body = (38..70).contains(&y) && (66..84).contains(&x);
            picture.push(if figure && (head || body) { 40 + grain } else { furniture + grain });
        }
    }
    picture
}

fn events(watch: &mut PresenceWatch, second: i64, boxes: &[Rect], luma: &[u8]) -> Vec<PresenceEvent> {
    watch.observe(at(second), &people(boxes), luma).events
}

#[test]
fn a_minute_is_summed_up_when_it_is_over() {
    let mut watch = PresenceWatch::new(PresenceRules { required: 2, ..PresenceRules::default() });
    // 1 800 000 000 is the beginning of a minute.
    for (second, boxes) in [(0, vec![DESK, DOOR]), (20, vec![DESK]), (40, vec![DESK])] {
        let report =
            watch.observe(at(second), &people(&boxes), &room(second as u32, true, second as usize / 10));
        assert_eq!(report.minute, None);
    }
    let ended = watch.observe(at(61), &[], &room(61, false, 0)).minute.unwrap();
    let expected = PresenceMinute {
        minute: at(0),
        looks: 3,
        people_min: 1,
        people_median: 1,
        people_max: 2,
        empty: false,
        too_few: true,
        motionless_s: 0,
    };
    assert_eq!(ended, expected);
    let last = watch.finish().unwrap();
    assert_eq!((last.minute, last.looks, last.empty, last.too_few), (at(60), 1, true, true));
    assert_eq!(watch.finish(), None);
}

#[test]
fn nobody_is_told_once_after_the_hold_and_somebody_ends_it() {
    let mut watch = PresenceWatch::new(PresenceRules::default());
    events(&mut watch, 0, &[DESK], &room(0, true, 0));
    let mut told = Vec::new();
    for second in (2..=100).step_by(2) {
        for event in events(&mut watch, second, &[], &room(second as u32, false, 0)) {
            told.push((second, event));
        }
    }
    assert_eq!(told, [(62, PresenceEvent::Nobody { since: at(2) })]);
    let back = events(&mut watch, 102, &[DOOR], &room(102, true, 0));
    assert_eq!(back, [PresenceEvent::Somebody { nobody_since: at(2) }]);
    assert_eq!(events(&mut watch, 104, &[], &room(104, false, 0)), []);
}

#[test]
fn one_look_at_somebody_or_an_unwatched_pause_begins_the_hold_anew() {
    let mut watch = PresenceWatch::new(PresenceRules::default());
    for second in (0..150).step_by(2) {
        let boxes: &[Rect] = if second % 50 == 0 { &[DESK] } else { &[] };
        assert_eq!(events(&mut watch, second, boxes, &room(second as u32, true, 0)), [], "{second}");
    }
    let mut watch = PresenceWatch::new(PresenceRules::default());
    for second in [0, 20, 40, 100, 120, 140] {
        assert_eq!(events(&mut watch, second, &[], &room(second as u32, false, 0)), [], "{second}");
    }
    assert_eq!(events(&mut watch, 160, &[], &room(9, false, 0)), [PresenceEvent::Nobody { since: at(100) }]);
}

#[test]
fn bicycles_and_chairs_are_nobody() {
    let mut watch = PresenceWatch::new(PresenceRules::brief());
    let chair = [Object { kind: ObjectKind::Chair, score: 0.9, rect: DESK }];
    for second in 0..6 {
        assert_eq!(watch.observe(at(second), &chair, &room(second as u32, true, 0)).events, []);
    }
    let event = watch.observe(at(6), &chair, &room(6, true, 0)).events;
    assert_eq!(event, [PresenceEvent::Nobody { since: at(0) }]);
}

#[test]
fn a_figure_that_never_moves_is_told_once_and_its_minutes_are_motionless() {
    let mut watch = PresenceWatch::new(PresenceRules::default());
    let (mut told, mut minutes) = (Vec::new(), Vec::new());
    for second in (0..=300).step_by(2) {
        // The detector is not quite sure of the box and misses it now and then.
        let shaken = Rect { x: DESK.x + 0.005 * (second % 3) as f32, ..DESK };
        let boxes: &[Rect] = if second % 14 == 6 { &[] } else { &[shaken] };
        let report = watch.observe(at(second), &people(boxes), &room(second as u32, true, 0));
        told.extend(report.events.into_iter().map(|event| (second, event)));
        minutes.extend(report.minute.map(|minute| minute.motionless_s));
    }
    assert_eq!(told, [(180, PresenceEvent::PersonStill { since: at(0), rect: DESK })]);
    assert!(minutes.iter().all(|motionless| *motionless >= 50), "{minutes:?}");
}

#[test]
fn stillness_is_told_of_each_shape_by_its_place() {
    let mut watch = PresenceWatch::new(PresenceRules::default());
    let mut last = None;
    for second in (0..=120).step_by(2) {
        // The figure at the desk never moves; the one at the door waves.
        let mut luma = room(second as u32, true, 0);
        let (x, y) = ((0.83 * SMALL_WIDTH as f32) as usize, (0.4 * SMALL_HEIGHT as f32) as usize);
        for row in y..y + 12 {
            let hand = x + 4 * (second as usize / 2 % 2);
            luma[row * SMALL_WIDTH + hand..row * SMALL_WIDTH + hand + 4].fill(30);
        }
        last = watch.observe(at(second), &people(&[DESK, DOOR]), &luma).look;
    }
    let look = last.unwrap();
    let still: Vec<i64> = look.people.iter().map(|(_, still)| still.as_secs()).collect();
    assert_eq!(still[0], 120);
    assert!(still.len() == 2 && still[1] < 10, "{still:?}");
    assert!(!look.is_identical && !look.is_repeating);
}

#[test]
fn somebody_who_nods_now_and_then_is_not_still() {
    let mut watch = PresenceWatch::new(PresenceRules::default());
    for second in (0..=600).step_by(2) {
        let nod = usize::from(second / 100 % 2 == 1);
        assert_eq!(events(&mut watch, second, &[DESK], &room(second as u32, true, nod)), [], "{second}");
    }
}

#[test]
fn noise_of_any_kind_is_not_movement_and_a_light_that_dims_is_not_either() {
    let mut watch = PresenceWatch::new(PresenceRules::brief());
    let mut told = Vec::new();
    for second in 0..40_u32 {
        let mut random = second.wrapping_mul(0x9E37_79B9) | 1;
        let luma: Vec<u8> = room(second, true, 0)
            .into_iter()
            .map(|level| {
                random ^= random << 13;
                random ^= random >> 17;
                random ^= random << 5;
                level + (random >> 28) as u8 - (second / 2) as u8
            })
            .collect();
        told.extend(events(&mut watch, second.into(), &[DESK], &luma));
    }
    assert_eq!(told, [PresenceEvent::PersonStill { since: at(0), rect: DESK }]);
}

#[test]
fn a_hung_picture_is_identical_and_not_repeating() {
    let mut watch = PresenceWatch::new(PresenceRules::brief());
    let mut told = Vec::new();
    for second in 0..30 {
        let seed = if second < 10 { second } else { 10 };
        let found = events(&mut watch, second, &[], &room(seed as u32, false, 0));
        let of_repeats = |event: &PresenceEvent| !matches!(event, PresenceEvent::Nobody { .. });
        told.extend(found.into_iter().filter(of_repeats).map(|event| (second, event)));
    }
    assert_eq!(told, [(15, PresenceEvent::Identical { since: at(10) })]);
}

#[test]
fn a_stretch_that_is_shown_again_is_repeating() {
    let mut watch = PresenceWatch::new(PresenceRules::default());
    let mut told = Vec::new();
    // Live until 100 s; from then on what was shown from 40 s to 80 s, again and again.
    for second in (0..200).step_by(2) {
        let shown = if second < 100 { second } else { 40 + (second - 100) % 40 };
        let found = events(&mut watch, second, &[DESK], &room(shown as u32, true, shown as usize % 9));
        told.extend(found.into_iter().map(|event| (second, event)));
    }
    assert_eq!(told, [(110, PresenceEvent::Repeating { since: at(100), period_s: 60.0 })]);
}

#[test]
fn one_picture_that_comes_back_is_chance() {
    let mut watch = PresenceWatch::new(PresenceRules::default());
    for second in (0..400).step_by(2) {
        let shown = if second % 20 == 0 { 0 } else { second };
        assert_eq!(events(&mut watch, second, &[DESK], &room(shown as u32, true, shown as usize % 9)), []);
    }
}

/// The room with every sample brighter or darker.
fn lit(seed: u32, by: i16) -> Vec<u8> {
    room(seed, false, 0).into_iter().map(|p| (i16::from(p) + by).clamp(0, 255) as u8).collect()
}

#[test]
fn a_light_is_answered_by_a_step_in_time_and_by_nothing_else() {
    // Steps of brightness by second; the light is commanded at 10 s.
    let answered = |steps: &[(i64, i16)]| {
        let mut watch = PresenceWatch::new(PresenceRules::default());
        let mut told = Vec::new();
        for second in (0..40).step_by(2) {
            if second == 10 {
                watch.light_commanded(at(10));
            }
            let by = steps.iter().rev().find(|(from, _)| second >= *from).map_or(0, |(_, by)| *by);
            told.extend(events(&mut watch, second, &[DESK], &lit(second as u32, by)));
        }
        match told[..] {
            [PresenceEvent::LightAnswered { commanded_at, after_s, step }] => {
                assert_eq!(commanded_at, at(10));
                Some((after_s as i64, step.round() as i16))
            }
            [PresenceEvent::LightUnanswered { commanded_at, .. }] => {
                assert_eq!(commanded_at, at(10));
                None
            }
            _ => panic!("{told:?}"),
        }
    };
    assert_eq!(answered(&[(11, 60)]), Some((2, 60)));
    assert_eq!(answered(&[(15, -40)]), Some((6, -40)));
    assert_eq!(answered(&[(11, 60), (13, 0)]), Some((2, 60)), "followed by the camera within two seconds");
    assert_eq!(answered(&[]), None, "a film of the room");
    assert_eq!(answered(&[(25, 60)]), None, "too late");
    assert_eq!(answered(&[(11, 4)]), None, "a cloud");
    assert_eq!(answered(&[(2, 40), (4, 0), (6, 40), (8, 0), (12, 40)]), None, "it flickered before as well");
}

#[test]
fn looks_that_come_twice_or_late_change_nothing() {
    let mut watch = PresenceWatch::new(PresenceRules::default());
    events(&mut watch, 60, &[DESK], &room(0, true, 0));
    for second in [60, 59, 0] {
        assert_eq!(watch.observe(at(second), &[], &room(1, false, 0)), PresenceReport::default());
    }
    assert_eq!(watch.finish().unwrap().looks, 1);
}

#[test]
fn a_luma_picture_of_another_size_and_boxes_outside_do_no_harm() {
    let mut watch = PresenceWatch::new(PresenceRules::default());
    let wild = Rect { x: f32::NAN, y: -3.0, w: 9.0, h: f32::INFINITY };
    for second in 0..5 {
        watch.observe(at(second), &people(&[wild, DESK]), &[]);
        watch.observe(at(second + 100), &people(&[wild, DESK]), &room(second as u32, true, 0));
    }
}

proptest! {
    /// Any times, any boxes, any pictures: minutes rise and count what was looked at, and nothing is told of looks that do not count.
    #[test]
    fn any_script_keeps_the_minutes_in_order(
        script in prop::collection::vec((-5_000_i64..90_000, prop::collection::vec(any::<[f32; 4]>(), 0..10), 0_u8..5), 1..60),
    ) {
        let mut watch = PresenceWatch::new(PresenceRules::brief());
        let (mut now_ms, mut latest_ms, mut taken, mut minutes) = (0_i64, i64::MIN, 0, Vec::new());
        for (step_ms, boxes, shown) in script {
            now_ms += step_ms;
            let boxes: Vec<Rect> = boxes.into_iter().map(Rect::from).chain((shown > 2).then_some(DESK)).collect();
            let luma = if shown == 4 { Vec::new() } else { room(shown.into(), shown > 1, 0) };
            let report = watch.observe(Timestamp::from_millisecond(now_ms).unwrap(), &people(&boxes), &luma);
            if now_ms <= latest_ms {
                prop_assert_eq!(&report, &PresenceReport::default());
                continue;
            }
            (latest_ms, taken) = (now_ms, taken + 1);
            minutes.extend(report.minute);
        }
        minutes.extend(watch.finish());
        prop_assert!(minutes.windows(2).all(|pair| pair[0].minute < pair[1].minute));
        prop_assert_eq!(minutes.iter().map(|minute| minute.looks).sum::<u32>(), taken);
        for minute in minutes {
            prop_assert!(minute.people_min <= minute.people_median && minute.people_median <= minute.people_max);
            prop_assert!(minute.motionless_s <= 60 && minute.empty == (minute.people_max == 0));
        }
    }
}
