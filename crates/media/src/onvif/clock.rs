//! The device's clock, without which no signature of ours is worth anything (ONVIF Core 5.9.4, GetSystemDateAndTime).

use super::device::{Device, Signed};
use super::envelope::DEVICE;
use super::error::OnvifError;
use crate::xml::Element;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// A clock this far off is worth a word: the time printed in the picture and that of events are wrong by as much. In milliseconds.
pub const SKEW_TOLERATED_MS: i64 = 5_000;

/// What is known of the device's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeviceClock {
    /// The device's time less ours, in microseconds.
    Known(i64),
    /// It does not tell before log-in, or tells something that is no time.
    Unknown,
}

impl DeviceClock {
    /// Asks for the time. Devices that want a password even for this leave it unknown.
    pub(super) async fn ask(device: &Device) -> Result<Self, OnvifError> {
        let before_us = device.client().now_us();
        let answer = device
            .call(device.address(), DEVICE, "GetSystemDateAndTime", "<tds:GetSystemDateAndTime/>", Signed::No)
            .await;
        let after_us = device.client().now_us();
        match answer {
            // It said its time somewhere between question and answer.
            Ok(answer) => Ok(answer.time_us().map_or(Self::Unknown, |at_us| {
                Self::Known(at_us - (before_us + (after_us - before_us).max(0) / 2))
            })),
            Err(OnvifError::NeedsPassword | OnvifError::Fault { .. }) => Ok(Self::Unknown),
            Err(error) => Err(error),
        }
    }

    /// In milliseconds.
    pub(super) fn skew_ms(self) -> Option<i64> {
        match self {
            Self::Known(skew_us) => Some(skew_us / 1_000),
            Self::Unknown => None,
        }
    }

    /// The device's time at our time `now_us`.
    pub(super) fn at(self, now_us: i64) -> i64 {
        match self {
            Self::Known(skew_us) => now_us.saturating_add(skew_us),
            Self::Unknown => now_us,
        }
    }
}

/// Of an answer's body.
pub(super) fn utc_us(body: &Element) -> Option<i64> {
    let utc = body.find("UTCDateTime")?;
    let number = |name: &str| utc.find(name)?.text.trim().parse::<i16>().ok();
    let part = |name: &str| i8::try_from(number(name)?).ok();
    // A leap second is the second before it for our purpose.
    let second = part("Second")?.min(59);
    let at = DateTime::new(
        number("Year")?,
        part("Month")?,
        part("Day")?,
        part("Hour")?,
        part("Minute")?,
        second,
        0,
    );
    Some(TimeZone::UTC.to_timestamp(at.ok()?).ok()?.as_microsecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(inner: &str) -> Option<i64> {
        utc_us(&Element::read(&format!("<a><UTCDateTime>{inner}</UTCDateTime></a>")).unwrap())
    }

    #[test]
    fn a_time_is_read_or_unknown() {
        let text = "<Time><Hour>8</Hour><Minute>30</Minute><Second>60</Second></Time>\
                    <Date><Year>2026</Year><Month>11</Month><Day>29</Day></Date>";
        assert_eq!(time(text), Some(1_795_941_059_000_000));
        for (from, to) in
            [("29", "31"), ("<Hour>8", "<Hour>-1"), ("2026", "99999"), ("Minute", "M"), ("11", "")]
        {
            assert_eq!(time(&text.replace(from, to)), None, "{from} → {to}");
        }
    }
}
