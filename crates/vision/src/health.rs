//! Whether a camera's pictures can be trusted at all: black, frozen, undecodable.
//!
//! Counters and conditions only; when a condition becomes a fault report is decided elsewhere.

use std::hash::{DefaultHasher, Hasher};

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::picture::Picture;

/// Mean luma below which a picture can be black.
const BLACK_MEAN: f32 = 24.0;
/// Largest spread of a black picture; a dark room with a lamp in it has more.
const BLACK_SPREAD: f32 = 4.0;
/// Identical pictures for at least this long are frozen; sensor noise changes every real picture.
pub const FROZEN_AFTER: SignedDuration = SignedDuration::from_secs(10);

/// What is known about one camera's pictures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Health {
    /// Key frames turned into pictures.
    pub decoded: u64,
    /// Key frames that could not be decoded.
    pub undecodable: u64,
    /// Of these, how many since the last picture.
    pub undecodable_in_a_row: u32,
    /// Since when the picture is black; `None` when it is not.
    pub black_since: Option<Timestamp>,
    /// Since when pictures are bit-identical; `None` when they are not, or not for long enough.
    pub frozen_since: Option<Timestamp>,
    #[serde(skip)]
    same_since: Option<(u64, Timestamp)>,
}

impl Health {
    /// Takes a decoded picture and its small luma picture.
    pub fn decoded(&mut self, at: Timestamp, picture: &Picture, small_luma: &[u8]) {
        self.decoded += 1;
        self.undecodable_in_a_row = 0;
        self.black_since = is_black(small_luma).then(|| self.black_since.unwrap_or(at));
        let mut hasher = DefaultHasher::new();
        hasher.write(picture.planes()[0]);
        let hash = hasher.finish();
        let since = self.same_since.filter(|(h, _)| *h == hash).map_or(at, |(_, since)| since);
        self.same_since = Some((hash, since));
        self.frozen_since = (at.duration_since(since) >= FROZEN_AFTER).then_some(since);
    }

    /// Takes note of a key frame that could not be decoded.
    pub fn undecodable(&mut self) {
        self.undecodable += 1;
        self.undecodable_in_a_row = self.undecodable_in_a_row.saturating_add(1);
    }
}

fn is_black(luma: &[u8]) -> bool {
    let count = luma.len().max(1) as f32;
    let mean = luma.iter().map(|&p| f32::from(p)).sum::<f32>() / count;
    let spread = (luma.iter().map(|&p| (f32::from(p) - mean).powi(2)).sum::<f32>() / count).sqrt();
    mean < BLACK_MEAN && spread < BLACK_SPREAD
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Colour;

    fn picture(level: u8) -> Picture {
        Picture::from_planes((16, 16), [vec![level; 256], vec![128; 64], vec![128; 64]], Colour::JPEG)
            .unwrap()
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn a_black_picture_is_black_from_its_first_frame_on() {
        let mut health = Health::default();
        health.decoded(at(0), &picture(90), &[90; 256]);
        assert_eq!(health.black_since, None);
        for s in [2, 4] {
            health.decoded(at(s), &picture(s as u8), &[16; 256]);
        }
        assert_eq!(health.black_since, Some(at(2)));
        health.decoded(at(6), &picture(90), &[90; 256]);
        assert_eq!(health.black_since, None);
    }

    #[test]
    fn identical_pictures_are_frozen_after_ten_seconds() {
        let mut health = Health::default();
        for s in [0, 4, 8] {
            health.decoded(at(s), &picture(90), &[90; 256]);
            assert_eq!(health.frozen_since, None);
        }
        health.decoded(at(12), &picture(90), &[90; 256]);
        assert_eq!(health.frozen_since, Some(at(0)));
        health.decoded(at(14), &picture(91), &[91; 256]);
        assert_eq!(health.frozen_since, None);
    }

    #[test]
    fn undecodable_frames_are_counted_in_a_row() {
        let mut health = Health::default();
        health.undecodable();
        health.undecodable();
        assert_eq!((health.undecodable, health.undecodable_in_a_row), (2, 2));
        health.decoded(at(0), &picture(90), &[90; 256]);
        assert_eq!((health.undecodable, health.undecodable_in_a_row, health.decoded), (2, 0, 1));
    }
}
