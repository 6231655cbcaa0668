//! Scenes in which something is wrong with a camera, and scenes in which nothing is.

use super::*;
use crate::{
    picture::Colour,
    view::{MEDIUM_HEIGHT, MEDIUM_WIDTH},
};

/// The picture of a look by its number.
type Scene = Box<dyn Fn(u32) -> Vec<u8>>;

const SIZE: (u32, u32) = (MEDIUM_WIDTH as u32, MEDIUM_HEIGHT as u32);

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(1_800_000_000_000 + ms).unwrap()
}

/// A room with a door, a window and a striped floor; `noise` changes its grain, `light` scales it.
fn room(noise: u32, light: f32) -> Vec<u8> {
    let mut grain = noise.wrapping_mul(2_654_435_761) | 1;
    (0..MEDIUM_WIDTH * MEDIUM_HEIGHT)
        .map(|i| {
            let (x, y) = (i % MEDIUM_WIDTH, i / MEDIUM_WIDTH);
            grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let shade = if (60..110).contains(&x) && (40..130).contains(&y) {
                40.0
            } else if (200..260).contains(&x) && (30..70).contains(&y) {
                215.0
            } else if y > 110 && (x + 2 * y) % 40 < 12 {
                80.0
            } else {
                130.0
            };
            (shade * light + (grain >> 30) as f32) as u8
        })
        .collect()
}

fn blurred(luma: &[u8]) -> Vec<u8> {
    const R: usize = 7;
    let mean = |from: usize, to: usize, level: &dyn Fn(usize) -> u32| {
        ((from..to).map(level).sum::<u32>() / (to - from) as u32) as u8
    };
    let rows: Vec<u8> = (0..luma.len())
        .map(|i| {
            let (x, row) = (i % MEDIUM_WIDTH, i / MEDIUM_WIDTH * MEDIUM_WIDTH);
            mean(x.saturating_sub(R), (x + R).min(MEDIUM_WIDTH), &|x| u32::from(luma[row + x]))
        })
        .collect();
    (0..luma.len())
        .map(|i| {
            let (x, y) = (i % MEDIUM_WIDTH, i / MEDIUM_WIDTH);
            mean(y.saturating_sub(R), (y + R).min(MEDIUM_HEIGHT), &|y| u32::from(rows[y * MEDIUM_WIDTH + x]))
        })
        .collect()
}

fn turned(noise: u32) -> Vec<u8> {
    let picture = room(noise, 1.0);
    (0..picture.len())
        .map(|i| {
            let (x, y) = (i % MEDIUM_WIDTH, i / MEDIUM_WIDTH);
            picture[(y + 31) % MEDIUM_HEIGHT * MEDIUM_WIDTH + (x + 83) % MEDIUM_WIDTH]
        })
        .collect()
}

/// Four seconds of the room, then `scene` by its number, two looks a second; what was told as (condition, step, seconds).
fn play(looks: u32, scene: impl Fn(u32) -> Vec<u8>) -> Vec<(Condition, ConditionStep, f32)> {
    let mut health = Health::default();
    let mut told = Vec::new();
    for i in 0..looks {
        let medium = if i < 8 { room(i, 1.0) } else { scene(i) };
        let chroma = vec![120; medium.len() / 4];
        let picture =
            Picture::from_planes(SIZE, [medium.clone(), chroma.clone(), chroma], Colour::JPEG).unwrap();
        let (changes, _) = health.decoded(at(i64::from(i) * 500), &picture, &medium);
        told.extend(changes.into_iter().map(|c| (c.condition, c.step, i as f32 / 2.0)));
    }
    told
}

#[test]
fn each_fault_is_told_as_what_it_is_within_six_seconds() {
    let flat = |level: u8| move |_: u32| vec![level; MEDIUM_WIDTH * MEDIUM_HEIGHT];
    let cases: [(Condition, Scene); 6] = [
        (Condition::Black, Box::new(flat(4))),
        (Condition::Covered, Box::new(|i| vec![90 + (i % 5) as u8; MEDIUM_WIDTH * MEDIUM_HEIGHT])),
        (Condition::Frozen, Box::new(|_| room(7, 1.0))),
        (Condition::Moved, Box::new(turned)),
        (Condition::Blurred, Box::new(|i| blurred(&room(i, 1.0)))),
        (Condition::WashedOut, Box::new(flat(252))),
    ];
    for (condition, scene) in cases {
        let told = play(24, scene);
        assert_eq!(told.len(), 1, "{condition:?}: {told:?}");
        assert_eq!((told[0].0, told[0].1), (condition, ConditionStep::Began), "{told:?}");
        assert!(told[0].2 <= 10.0, "{told:?}");
    }
}

#[test]
fn what_happens_in_any_room_is_no_fault() {
    let cases: [(&str, Scene); 3] = [
        ("lamps off", Box::new(|i| room(i, 0.15))),
        (
            "somebody close to the lens for a second and a half",
            Box::new(|i| {
                let mut picture = room(i, 1.0);
                if (8..11).contains(&i) {
                    for row in picture.chunks_exact_mut(MEDIUM_WIDTH) {
                        row[20..300].fill(30);
                    }
                }
                picture
            }),
        ),
        (
            "a lorry in half of the picture",
            Box::new(|i| {
                let mut picture = room(i, 1.0);
                for (y, row) in picture.chunks_exact_mut(MEDIUM_WIDTH).enumerate() {
                    row[..150].fill((40 + y) as u8);
                }
                picture
            }),
        ),
    ];
    for (what, scene) in cases {
        assert_eq!(play(30, scene), [], "{what}");
    }
}

#[test]
fn a_fault_that_is_over_is_told_and_a_new_view_becomes_the_view() {
    let told = play(40, |i| if i < 20 { vec![4; MEDIUM_WIDTH * MEDIUM_HEIGHT] } else { room(i, 1.0) });
    assert_eq!(told.iter().map(|t| t.1).collect::<Vec<_>>(), [ConditionStep::Began, ConditionStep::Ended]);
    let looks = 2 * NEW_VIEW_AFTER.as_secs() as u32 + 60;
    let told = play(looks, turned);
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!((told[1].0, told[1].1), (Condition::Moved, ConditionStep::Ended));
}

#[test]
fn undecodable_frames_are_counted_in_a_row() {
    let mut health = Health::default();
    health.undecodable();
    health.undecodable();
    let counts = health.counts();
    assert_eq!((counts.undecodable, counts.undecodable_in_a_row, counts.decoded), (2, 2, 0));
}
