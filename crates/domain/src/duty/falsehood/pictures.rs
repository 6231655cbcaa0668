//! Pictures that were shown before, and shapes that do not live.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{Evidence, Suspicion, Trick, beyond, found};
use crate::recording::Span;

/// Fewer pictures say nothing.
pub const PICTURES_MIN: usize = 30;
/// Of pictures equal to the bit with one shown at least this long before, minutes: a picture that is still is another matter.
pub const BEFORE_MINUTES_MIN: i64 = 10;
/// Percent of pictures that were shown before. The noise of a sensor never repeats, so that one would be enough; this leaves room for a
/// recorder that sends a stored picture while its camera starts.
pub const REPEATED_PERCENT: u64 = 20;
/// Minutes without any movement after which a shape is suspected by itself. People turn in their sleep every ten to twenty minutes.
pub const STILL_MINUTES: u32 = 45;
/// The same where the person was also called and did not answer in time.
pub const STILL_CALLED_MINUTES: u32 = 20;

/// The digest of a picture of the duty room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureHash {
    /// When it was received.
    pub at: Timestamp,
    /// Of its decoded pixels, time stamp and caption cut away.
    pub hash: u64,
}

/// Whether the pictures of a stretch, in order of time, were shown before in it.
pub fn replay(pictures: &[PictureHash]) -> Option<Suspicion> {
    let (first, last) = (pictures.first()?.at, pictures.last()?.at);
    let mut shown: HashMap<u64, Timestamp> = HashMap::with_capacity(pictures.len());
    let mut periods: Vec<i64> = Vec::new();
    for (n, picture) in pictures.iter().enumerate() {
        // A picture that stands still is another matter, and is told within a minute.
        if n > 0 && pictures[n - 1].hash == picture.hash {
            continue;
        }
        let earliest = *shown.entry(picture.hash).or_insert(picture.at);
        let minutes = picture.at.duration_since(earliest).as_secs() / 60;
        if minutes >= BEFORE_MINUTES_MIN {
            periods.push(minutes);
        }
    }
    let (count, repeated) = (pictures.len() as u64, periods.len() as u64);
    if pictures.len() < PICTURES_MIN || repeated * 100 < count * REPEATED_PERCENT {
        return None;
    }
    periods.sort_unstable();
    let period = periods.first().copied().unwrap_or_default();
    Some(Suspicion {
        trick: Trick::Replay,
        span: Span::new(first, last),
        numbers: vec![
            found(Evidence::Pictures, count),
            beyond(Evidence::Repeated, repeated, count * REPEATED_PERCENT / 100),
            found(Evidence::PeriodMinutes, period.unsigned_abs()),
        ],
    })
}

/// Whether a shape that did not move from `span.start` to `span.end` is suspected to be none of a person; `unanswered` calls (a roll-call, or
/// "please stand up" through the loudspeaker) were made to it in that time.
pub fn mannequin(span: Span, unanswered: u32) -> Option<Suspicion> {
    let minutes = (span.length_us() / crate::duty::minutes::MINUTE_US) as u64;
    let limit = u64::from(if unanswered > 0 { STILL_CALLED_MINUTES } else { STILL_MINUTES });
    (minutes >= limit).then(|| Suspicion {
        trick: Trick::Mannequin,
        span,
        numbers: vec![
            beyond(Evidence::StillMinutes, minutes, limit),
            found(Evidence::UnansweredCalls, u64::from(unanswered)),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_796_000_000 + minute * 60).unwrap()
    }

    fn pictures(count: i64, hash: impl Fn(i64) -> u64) -> Vec<PictureHash> {
        (0..count).map(|n| PictureHash { at: at(n), hash: hash(n) }).collect()
    }

    #[test]
    fn a_film_that_is_shown_again_is_found_with_its_length() {
        let loop_of = |minutes: u64| move |n: i64| n as u64 % minutes;
        for (pictures, period) in [
            (pictures(300, |n| n as u64), None),
            (pictures(29, loop_of(10)), None),
            (pictures(300, loop_of(60)), Some(60)),
            (pictures(120, loop_of(100)), None),
            (pictures(300, |_| 7), None),
            // A stored picture while the camera starts, three times an hour.
            (pictures(300, |n| if n % 20 == 0 { 0 } else { n as u64 }), None),
        ] {
            let found = replay(&pictures).map(|one| one.numbers[2].found);
            assert_eq!(found, period, "{} pictures", pictures.len());
        }
    }

    #[test]
    fn who_sleeps_turns_and_who_is_called_answers() {
        for (minutes, unanswered, suspected) in [(19, 3, false), (20, 1, true), (44, 0, false), (45, 0, true)]
        {
            assert_eq!(
                mannequin(Span::new(at(0), at(minutes)), unanswered).is_some(),
                suspected,
                "{minutes}"
            );
        }
    }
}
