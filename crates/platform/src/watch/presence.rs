//! From looks to presence: what a duty room's camera shows becomes samples, and what they mean for the alarm desk.
//!
//! A look tells of one moment; a sample of the seconds since the look before it. When an absence or a standing shape is an alarm is the domain's
//! word ([`domain::duty::presence`]); by how many people a room is measured, and which cameras see the same room, is known to
//! [`crate::ledger::PresenceDesk`], to which the samples go.

use domain::alarm::AlarmCode;
use domain::duty::presence::{PictureState, Sample};
use domain::duty::roster::head_count::PEOPLE_MAX;
use domain::ids::CameraId;
use jiff::{SignedDuration, Timestamp};
use vision::presence::PAUSE_MAX;
use vision::{PresenceLook, PresenceReport, Rect};

/// Longest sample, seconds: samples do not reach over the end of a minute.
const MINUTE_S: i64 = 60;

/// What a look means for the alarm desk.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum PresenceStep {
    /// It is an alarm.
    Told {
        /// Which.
        code: AlarmCode,
        /// Since when.
        since: Timestamp,
        /// When it was told.
        at: Timestamp,
        /// Where in the picture.
        place: Option<Rect>,
        /// What was seen, in both languages.
        note: String,
    },
    /// Its cause is gone; it may have been told of any of the cameras that see the room.
    Cleared(AlarmCode, Vec<CameraId>),
}

/// The looks of one camera, joined to samples.
#[derive(Debug, Default)]
pub(super) struct Samples {
    /// Up to where they reach.
    until: Option<Timestamp>,
}

impl Samples {
    /// The samples from the last look to this one; none after a pause in which nobody looked. Beginnings are whole seconds.
    pub(super) fn take(
        &mut self,
        at: Timestamp,
        report: &PresenceReport,
        believes_pictures: bool,
    ) -> Vec<(Timestamp, Sample)> {
        let Some(look) = &report.look else { return Vec::new() };
        let now_s = at.as_second();
        let since_s = self.until.map(Timestamp::as_second).filter(|until| {
            let pause = now_s - until;
            (0..=PAUSE_MAX.as_secs()).contains(&pause)
        });
        self.until = Some(at);
        let mut samples = Vec::new();
        let Some(mut from_s) = since_s else { return samples };
        while from_s < now_s {
            let until_s = now_s.min(from_s - from_s.rem_euclid(MINUTE_S) + MINUTE_S);
            if let Ok(start) = Timestamp::from_second(from_s) {
                let before_end = SignedDuration::from_secs(now_s - until_s);
                samples
                    .push((start, sample_of(look, (until_s - from_s) as u8, before_end, believes_pictures)));
            }
            from_s = until_s;
        }
        samples
    }
}

/// Where the shape is that has been still for longest.
pub(super) fn stillest(report: &PresenceReport) -> Option<Rect> {
    let people = report.look.iter().flat_map(|look| look.people.iter());
    people.filter(|(_, still)| !still.is_zero()).max_by_key(|(_, still)| *still).map(|(rect, _)| *rect)
}

fn sample_of(
    look: &PresenceLook,
    seconds: u8,
    before_end: SignedDuration,
    believes_pictures: bool,
) -> Sample {
    let picture = match (look.is_repeating, look.is_identical) {
        (true, _) if believes_pictures => PictureState::Repeating,
        (_, true) if believes_pictures => PictureState::Frozen,
        _ => PictureState::Live,
    };
    // Those who move count first: a room with six people in it is not asleep because the first five sit still.
    let mut still: Vec<SignedDuration> = look.people.iter().map(|(_, still)| *still).collect();
    still.sort_unstable();
    let mut still_s = [0; PEOPLE_MAX as usize];
    for (place, still) in still_s.iter_mut().zip(&still) {
        *place = u16::try_from((*still - before_end).as_secs().max(0)).unwrap_or(u16::MAX);
    }
    Sample { seconds, people: still.len().min(usize::from(PEOPLE_MAX)) as u8, still_s, picture }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_ms(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_800_000_000_000 + ms).unwrap()
    }

    /// A look at people who have been still for so many seconds.
    fn look(still: &[i64]) -> PresenceReport {
        let rect = Rect { x: 0.4, y: 0.4, w: 0.1, h: 0.3 };
        let people = still.iter().map(|s| (rect, SignedDuration::from_secs(*s))).collect();
        PresenceReport {
            look: Some(PresenceLook { people, is_identical: false, is_repeating: false }),
            ..PresenceReport::default()
        }
    }

    /// (beginning in s, seconds, people, stillness of the first two) of samples of looks at these milliseconds.
    fn samples(looks: &[(i64, &[i64])]) -> Vec<(i64, u8, u8, [u16; 2])> {
        let mut samples = Samples::default();
        let mut all = Vec::new();
        for (ms, still) in looks {
            for (start, one) in samples.take(at_ms(*ms), &look(still), true) {
                let start_s = start.as_second() - 1_800_000_000;
                all.push((start_s, one.seconds, one.people, [one.still_s[0], one.still_s[1]]));
            }
        }
        all
    }

    #[test]
    fn samples_follow_each_other_and_end_with_the_minute() {
        assert_eq!(samples(&[(0, &[0])]), [], "one look is a moment");
        assert_eq!(
            samples(&[(0, &[0]), (2_900, &[2, 0]), (3_100, &[]), (57_500, &[]), (62_200, &[62])]),
            [(0, 2, 2, [0, 2]), (2, 1, 0, [0, 0]), (57, 3, 1, [60, 0]), (60, 2, 1, [62, 0])]
        );
        // Many looks in one second are one sample, and a clock that was set back none.
        assert_eq!(
            samples(&[(0, &[0]), (300, &[0]), (900, &[0]), (1_200, &[0]), (100, &[0])]),
            [(0, 1, 1, [0, 0])]
        );
    }

    #[test]
    fn a_pause_in_which_nobody_looked_is_no_sample() {
        assert_eq!(samples(&[(0, &[0]), (30_000, &[])]), [(0, 30, 0, [0, 0])]);
        assert_eq!(samples(&[(0, &[0]), (31_000, &[])]), []);
    }

    #[test]
    fn of_six_people_the_liveliest_five_count_and_pictures_are_believed_or_not() {
        let six = look(&[900, 0, 900, 900, 900, 900]).look.unwrap();
        let sample = sample_of(&six, 10, SignedDuration::ZERO, true);
        assert_eq!((sample.people, sample.moving_within(60)), (5, 1));
        let film = PresenceLook { is_identical: true, is_repeating: true, ..six.clone() };
        let standing = PresenceLook { is_identical: true, ..six };
        for (look, believes, picture) in [
            (&film, true, PictureState::Repeating),
            (&standing, true, PictureState::Frozen),
            (&film, false, PictureState::Live),
        ] {
            assert_eq!(sample_of(look, 10, SignedDuration::ZERO, believes).picture, picture);
        }
    }
}
