//! The room's code in drawn pictures: read where a camera of a school can see it, never read wrongly, and none where there is no card. How often
//! under what conditions is measured by `cargo run -p watchfire-vision --example room_code_rates`.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;

use domain::duty::roll_call::code::ReadCode;
use proptest::prelude::*;
use simulator::Scene;
use simulator::duty_room::{DutyRoom, RoomLight, RoomLook, RoomState};
use simulator::picture::{Picture as Drawn, Random};
use simulator::room_code::{BlockColour, RoomCode, Shot};
use vision::picture::Colour;
use vision::scale::Scaler;
use vision::{ObjectKind, People, Picture, RoomCodeRead, read_room_code};

const TRIES: u64 = 4;

fn code_of(seed: u64) -> RoomCode {
    let mut random = Random::new(seed);
    let mut place = 0;
    let colours = std::array::from_fn(|_| {
        place = (place + 1 + (random.bits() % 5) as usize) % 6;
        BlockColour::ALL[place]
    });
    RoomCode { colours, digits: std::array::from_fn(|_| (random.bits() % 10) as u8) }
}

fn picture_of(drawn: &Drawn) -> Picture {
    let (y, u, v) = drawn.planes();
    let colour = Colour { full_range: false, bt709: false };
    let planes = [y, u, v].map(<[u8]>::to_vec);
    Picture::from_planes((drawn.width as u32, drawn.height as u32), planes, colour).unwrap()
}

/// Whether all that was read is so, the signs being named alike in both crates.
fn is_right(read: &ReadCode, code: RoomCode) -> bool {
    let colours = read
        .colours
        .iter()
        .zip(code.colours)
        .all(|(read, is)| read.is_none_or(|read| read.as_str() == is.name()));
    let digits = read.digits.iter().zip(code.digits).all(|(read, is)| read.is_none_or(|read| read == is));
    colours && digits
}

/// Signs read (blocks, digits) in pictures of one kind; every sign read has to be right.
fn read_of(shot: Shot) -> [usize; 2] {
    let mut signs = [0; 2];
    for seed in 0..TRIES {
        let code = code_of(seed);
        let picture = picture_of(&shot.take(Some(&code), seed));
        let Some(read) = read_room_code(&picture) else { continue };
        assert!(is_right(&read.code, code), "{shot:?}, seed {seed}: {code:?} read as {:?}", read.code);
        check(&read);
        signs[0] += read.code.colours.iter().flatten().count();
        signs[1] += read.code.digits.iter().flatten().count();
    }
    signs
}

fn check(read: &RoomCodeRead) {
    for (sign, confidence) in read
        .code
        .digits
        .iter()
        .map(Option::is_some)
        .zip(read.digit_confidence)
        .chain(read.code.colours.iter().map(Option::is_some).zip(read.colour_confidence))
    {
        assert!((0.0..=1.0).contains(&confidence) && sign == (confidence > 0.0), "{read:?}");
    }
    assert!(read.corners.iter().flatten().all(|share| (-0.2..1.2).contains(share)), "{read:?}");
}

#[test]
fn a_school_camera_reads_the_whole_card_by_day() {
    let all = [4 * TRIES as usize; 2];
    let day = Shot::default();
    let small = Shot { size_px: [1280, 720], ..day };
    for shot in [
        Shot { distance_m: 2.0, ..day },
        Shot { distance_m: 4.0, ..day },
        Shot { distance_m: 3.5, ..small },
        Shot { distance_m: 3.5, turned_deg: [40.0, 15.0], rolled_deg: 3.0, ..day },
        Shot { rolled_deg: 30.0, ..day },
        Shot { blur_px: 2.0, ..day },
        Shot { noise: 0.2, ..day },
        Shot { screen_light: 0.1, ..day },
        Shot { glare: 0.2, ..day },
        Shot { cast: [1.4, 1.0, 0.6], ..day },
        Shot { cast: [0.7, 1.0, 1.4], ..day },
    ] {
        assert_eq!(read_of(shot), all, "{shot:?}");
    }
}

#[test]
fn by_infrared_light_and_overexposed_the_digits_are_read_and_no_colour_is() {
    let digits = [0, 4 * TRIES as usize];
    let night = Shot { is_infrared: true, room_light: 0.05, noise: 0.1, ..Shot::default() };
    assert_eq!(read_of(night), digits);
    assert_eq!(read_of(Shot { size_px: [1280, 720], ..night }), digits);
    assert_eq!(read_of(Shot { screen_light: 4.0, ..Shot::default() }), digits);
}

#[test]
fn where_little_can_be_seen_nothing_wrong_is_read() {
    let day = Shot::default();
    let mut read = 0;
    for shot in [
        Shot { distance_m: 10.0, ..day },
        Shot { turned_deg: [65.0, 20.0], ..day },
        Shot { blur_px: 4.0, ..day },
        Shot { noise: 0.8, ..day },
        Shot { screen_light: 0.02, ..day },
        Shot { glare: 0.8, ..day },
        Shot { hidden: 0.4, ..day },
        Shot { cast: [1.8, 1.0, 0.4], screen_light: 1.2, ..day },
    ] {
        read += read_of(shot).iter().sum::<usize>();
    }
    println!("{read} signs read all the same");
}

#[test]
fn a_mirrored_card_is_not_read_wrongly() {
    let code = code_of(3);
    let picture = picture_of(&Shot::default().take(Some(&code), 3));
    let mut rgb = picture.to_rgb();
    image::imageops::flip_horizontal_in_place(&mut rgb);
    let read = read_room_code(&Picture::from_rgb(&rgb).unwrap());
    // Blocks are the same from both sides; digits are not, and without them four blocks prove nothing.
    assert!(read.is_none_or(|read| read.code.digits == [None; 4]), "{read:?}");
}

#[test]
fn pictures_without_a_card_give_none() {
    for seed in 0..TRIES {
        assert_eq!(read_room_code(&picture_of(&Shot::default().take(None, seed))), None);
    }
    for scene in Scene::ALL {
        for drawn in scene.pictures(1).step_by(50) {
            assert_eq!(read_room_code(&picture_of(&drawn)), None, "{}", scene.name());
        }
    }
    let Ok(folder) = std::env::var("WATCHFIRE_LABELLED_DATA") else {
        println!("labelled pictures skipped: WATCHFIRE_LABELLED_DATA is not set");
        return;
    };
    let list = std::fs::read_to_string(Path::new(&folder).join("labels_val.jsonl")).unwrap();
    for line in list.lines().step_by(10) {
        let file =
            serde_json::from_str::<serde_json::Value>(line).unwrap()["image"].as_str().unwrap().to_owned();
        let bytes = std::fs::read(Path::new(&folder).join(&file)).unwrap();
        let Ok(picture) = Picture::from_encoded(&bytes) else { continue };
        assert_eq!(read_room_code(&picture), None, "{file}");
    }
}

/// People that the model counts in the next picture, and what is read from it.
fn look_at(people: &People, look: &mut RoomLook) -> (usize, Option<ReadCode>) {
    let picture = picture_of(&look.next_picture());
    let objects = people.detect(&mut Scaler::new(), &picture).unwrap();
    let persons = objects.iter().filter(|object| object.kind == ObjectKind::Person).count();
    (persons, read_room_code(&picture).map(|read| read.code))
}

#[test]
fn the_simulated_duty_room_has_its_people_and_its_code() {
    let code = code_of(7);
    let people = People::embedded().unwrap();
    let room = DutyRoom::new(1, move |_| Some(code));
    let mut look = room.look();
    for count in 0..=5 {
        room.change(|state| state.people = count);
        let (persons, read) = look_at(&people, &mut look);
        assert_eq!(persons, count);
        let read = read.unwrap();
        assert!(is_right(&read, code) && read.guess_one_in() == 6_250_000, "{read:?}");
    }
    let set = |state: RoomState| room.change(|now| *now = state);
    set(RoomState { people: 1, mannequins: 1, ..RoomState::default() });
    assert_eq!(look_at(&people, &mut look).0, 2, "a mannequin is taken for a person");

    set(RoomState { is_screen_on: false, ..RoomState::default() });
    assert_eq!(look_at(&people, &mut look), (1, None));

    set(RoomState { is_code_wrong: true, ..RoomState::default() });
    let read = look_at(&people, &mut look).1.unwrap();
    assert!(read.digits.iter().zip(code.digits).all(|(read, is)| *read == Some((is + 1) % 10)), "{read:?}");

    // Drawn people without colours are counted only now and then.
    set(RoomState { light: RoomLight::Infrared, ..RoomState::default() });
    let read = look_at(&people, &mut look).1.unwrap();
    assert_eq!((read.colours, read.digits), ([None; 4], code.digits.map(Some)));

    set(RoomState { light: RoomLight::Dark, ..RoomState::default() });
    let (persons, read) = look_at(&people, &mut look);
    assert!(persons == 1 && is_right(&read.unwrap(), code), "a lit screen in a dark room");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_picture_gives_none_or_signs_within_bounds(
        (width, height) in prop_oneof![(1_u32..900, 1_u32..700), (1_u32..4, 1_u32..=4096), (1_u32..=4096, 1_u32..4)],
        seed: u64,
        grain in 0_u32..9,
        edge in 1_u32..40,
    ) {
        // Noise, and squares of noise.
        let mut random = Random::new(seed);
        let mut samples = |width: u32, height: u32| -> Vec<u8> {
            let columns = width.div_ceil(edge);
            let patches: Vec<u8> = (0..columns * height.div_ceil(edge)).map(|_| random.bits() as u8).collect();
            (0..width * height)
                .map(|at| {
                    let patch = patches[(at / width / edge * columns + at % width / edge) as usize];
                    patch.wrapping_add((random.bits() as u8).checked_shr(grain).unwrap_or(0))
                })
                .collect()
        };
        let chroma = [width.div_ceil(2), height.div_ceil(2)];
        let planes = [samples(width, height), samples(chroma[0], chroma[1]), samples(chroma[0], chroma[1])];
        let picture = Picture::from_planes((width, height), planes, Colour::JPEG).unwrap();
        prop_assert_eq!(read_room_code(&picture), None);
    }
}
