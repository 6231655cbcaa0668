//! Times of devices: which reading of a label is meant, and when something happened by our clock.

use gb26875::{Civil, TimeLabel};
use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// Devices show Beijing time.
const BEIJING: Offset = Offset::constant(8);
/// What happened longer ago than this, by the device's own telling, is taken as happening now: its clock was changed in between.
const AGE_MAX: SignedDuration = SignedDuration::from_hours(24);

/// The moment a label means: of its readings the one nearest to `now`.
pub(super) fn moment(label: TimeLabel, now: Timestamp) -> Option<Timestamp> {
    label.readings().filter_map(timestamp).min_by_key(|at| at.duration_since(now).abs())
}

/// The label of a moment.
pub(super) fn label(at: Timestamp) -> TimeLabel {
    let local = BEIJING.to_datetime(at);
    TimeLabel::of(Civil {
        year: local.year(),
        month: local.month(),
        day: local.day(),
        hour: local.hour(),
        minute: local.minute(),
        second: local.second(),
    })
}

/// When something happened by our clock: its age by the device's clock, taken from when it came. So a device whose clock is wrong still tells how
/// long ago it was.
pub(super) fn happened(sent: TimeLabel, at: TimeLabel, now: Timestamp) -> Timestamp {
    let age = moment(sent, now).zip(moment(at, now)).map(|(sent, at)| sent.duration_since(at));
    match age {
        Some(age) if !age.is_negative() && age <= AGE_MAX => now.saturating_sub(age).unwrap_or(now),
        _ => now,
    }
}

fn timestamp(civil: Civil) -> Option<Timestamp> {
    let local =
        DateTime::new(civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second, 0).ok()?;
    BEIJING.to_timestamp(local).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearer_reading_is_meant_and_a_wrong_clock_still_tells_ages() {
        let now: Timestamp = "2026-11-09T02:15:30Z".parse().unwrap();
        assert_eq!(moment(label(now), now), Some(now));
        let decimal = TimeLabel([0x30, 0x15, 0x10, 0x09, 0x11, 0x26]);
        assert_eq!(moment(decimal, now), Some(now), "two decimal digits a byte");
        let year_ago = |s| {
            label(
                now.saturating_sub(SignedDuration::from_hours(24 * 365))
                    .unwrap()
                    .saturating_sub(SignedDuration::from_secs(s))
                    .unwrap(),
            )
        };
        assert_eq!(
            happened(year_ago(0), year_ago(40), now),
            now.saturating_sub(SignedDuration::from_secs(40)).unwrap()
        );
        assert_eq!(happened(year_ago(40), year_ago(0), now), now, "before it was sent");
        assert_eq!(happened(TimeLabel([0xff; 6]), year_ago(0), now), now);
    }
}
