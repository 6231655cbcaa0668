//! Any picture and any weights file: an answer or an error, never a panic, and boxes that lie in the picture.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::sync::OnceLock;

use proptest::prelude::*;
use vision::{People, Picture, people::MAX_OBJECTS, picture::Colour, scale::Scaler};

const WEIGHTS: &[u8] = include_bytes!("../../../models/people.safetensors");

/// A model that tells of everything, so that every path of making boxes is walked.
fn eager() -> &'static People {
    static EAGER: OnceLock<People> = OnceLock::new();
    EAGER.get_or_init(|| People::embedded().unwrap().with_thresholds([0.0; 4]))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_picture_has_boxes_in_it_or_none(
        (width, height) in prop_oneof![(1_u32..900, 1_u32..700), (1_u32..4, 1_u32..=4096), (1_u32..=4096, 1_u32..4)],
        seed: u32,
        grain in 0_u32..9,
        full_range: bool,
    ) {
        let mut random = seed | 1;
        let mut samples = |count: u32| -> Vec<u8> {
            (0..count)
                .map(|_| {
                    random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (random >> 24 >> (8 - grain)) as u8
                })
                .collect()
        };
        let chroma = width.div_ceil(2) * height.div_ceil(2);
        let planes = [samples(width * height), samples(chroma), samples(chroma)];
        let picture = Picture::from_planes((width, height), planes, Colour { full_range, bt709: true }).unwrap();
        let objects = eager().detect(&mut Scaler::new(), &picture).unwrap();
        prop_assert!(!objects.is_empty() && objects.len() <= MAX_OBJECTS);
        for object in objects {
            let rect = object.rect;
            prop_assert!((0.0..=1.0).contains(&object.score));
            prop_assert!(rect.x >= 0.0 && rect.y >= 0.0 && rect.w > 0.0 && rect.h > 0.0);
            prop_assert!(rect.x + rect.w <= 1.000_01 && rect.y + rect.h <= 1.000_01);
        }
    }

    #[test]
    fn a_damaged_weights_file_is_read_or_refused(at in 0..WEIGHTS.len(), to: u8, length in 0..=WEIGHTS.len()) {
        // Most of the file is numbers; half of the damage goes to its head.
        for place in [at, at % 8_000] {
            let mut damaged = WEIGHTS.to_vec();
            damaged[place] = to;
            let _ = People::load(&damaged);
        }
        let _ = People::load(&WEIGHTS[..length]);
    }
}
