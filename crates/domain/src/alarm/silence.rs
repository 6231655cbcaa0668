//! A planned silence (计划静默): works, an exercise or a camera being mended. Asked by one person, approved by another, over by itself.
//!
//! What happens meanwhile is recorded as always and marked; it rings nobody and does not climb until the silence is over, and then it does.
//! Detectors and people who report a fire are never silenced. Fire that a camera sees is silenced only where the approval names it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::code::{AlarmCode, Level};
use super::state::Source;
use crate::ids::{CameraId, UnitId, UserId};
use crate::words::words;

/// Longest silence.
pub const LASTS_MAX: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Longest silence that takes in fire seen by cameras: a day's works.
pub const LASTS_WITH_FIRE_MAX: SignedDuration = SignedDuration::from_hours(24);
/// A silence is asked for this long before it begins at most: whoever approves must know what will be.
pub const AHEAD_MAX: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Longest reason.
pub const REASON_CHARS_MAX: usize = 500;

/// Where a silence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SilenceState {
    /// Somebody asks for it.
    Asked,
    /// Another person approved it; it holds from its beginning to its end.
    Approved,
    /// Another person declined it.
    Declined,
    /// Nobody decided before its end.
    Lapsed,
    /// Its time was over.
    Ended,
    /// Ended by a person before its time, or taken back before it was approved.
    Lifted,
}

words! { SilenceState:
    Asked = "asked", "待批准", "Asked for";
    Approved = "approved", "已批准", "Approved";
    Declined = "declined", "未批准", "Declined";
    Lapsed = "lapsed", "逾期未决", "Lapsed";
    Ended = "ended", "到期结束", "Ended";
    Lifted = "lifted", "提前解除", "Lifted";
}

/// What happens to a silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SilenceEvent {
    /// Another person approves it.
    Approve,
    /// Another person declines it.
    Decline,
    /// A person ends it, or takes it back.
    Lift,
    /// Its time is over.
    Expire,
}

words! { SilenceEvent:
    Approve = "approve", "批准静默", "Approve";
    Decline = "decline", "不批准", "Decline";
    Lift = "lift", "提前解除", "Lift";
    Expire = "expire", "到期", "Expire";
}

/// A silence as the rules see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// At which unit.
    pub unit_id: UnitId,
    /// At which camera; none: at the whole unit.
    pub camera_id: Option<CameraId>,
    /// Which rule; none: all.
    pub code: Option<AlarmCode>,
    /// Where it stands.
    pub state: SilenceState,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Who asked.
    pub asked_by: UserId,
    /// True where the approval names fire that cameras see.
    pub with_fire: bool,
}

/// What is about to be raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sounding {
    /// At which unit.
    pub unit_id: UnitId,
    /// By which camera.
    pub camera_id: Option<CameraId>,
    /// What.
    pub code: AlarmCode,
    /// Where it comes from.
    pub source: Source,
}

/// Why a silence is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SilenceRefusal {
    /// The state does not know the event.
    #[error("a silence that is {} cannot {}", .0.as_str(), .1.as_str())]
    NotNow(SilenceState, SilenceEvent),
    /// Nobody can answer for it without one.
    #[error("a reason of 1 to {REASON_CHARS_MAX} characters")]
    Reason,
    /// It ends before it begins.
    #[error("it has to end after it begins")]
    Backwards,
    /// It would be over before anybody can approve it.
    #[error("it has to end after now")]
    Over,
    /// Nobody knows what will be then.
    #[error("it begins within 30 days")]
    TooFar,
    /// No silence is so long.
    #[error("a silence lasts 7 days at most")]
    TooLong,
    /// None with fire is.
    #[error("a silence that takes in fire seen by cameras lasts 24 hours at most")]
    TooLongWithFire,
    /// One's own wish is approved by somebody else.
    #[error("whoever asks for a silence does not approve it")]
    OwnWish,
    /// Fire has to be named.
    #[error("this silence is about fire seen by cameras: the approval has to name it")]
    FireNotNamed,
    /// Detectors are never silenced.
    #[error("detectors and manual call points are never silenced")]
    Detector,
}

impl Silence {
    /// Whether it holds at a moment. Its end counts, not when somebody got round to writing it down.
    pub fn holds_at(&self, at: Timestamp) -> bool {
        self.state == SilenceState::Approved && self.starts_at <= at && at < self.ends_at
    }

    /// Where it stands at a moment, whether or not that is written down.
    pub fn state_at(&self, at: Timestamp) -> SilenceState {
        let expired = next_state(self.state, SilenceEvent::Expire);
        expired.ok().filter(|_| at >= self.ends_at).unwrap_or(self.state)
    }

    /// Whether it would take in fire that cameras see, were that named.
    pub fn meets_fire(&self) -> bool {
        self.code.is_none_or(is_fire)
    }

    /// Until when an alarm that is raised at `at` rings nobody; none where it rings.
    pub fn quiet_until(&self, sounding: &Sounding, at: Timestamp) -> Option<Timestamp> {
        let meets = self.holds_at(at)
            && self.unit_id == sounding.unit_id
            && self.camera_id.is_none_or(|camera| sounding.camera_id == Some(camera))
            && self.code.is_none_or(|code| code == sounding.code);
        let rings_always = is_fire(sounding.code) && !(sounding.source == Source::Ai && self.with_fire);
        (meets && !rings_always).then_some(self.ends_at)
    }
}

/// Fire of level 1, whoever tells of it.
fn is_fire(code: AlarmCode) -> bool {
    code.group() == "F" && code.default_level() == Level::One
}

/// The state machine: the state after an event.
pub fn next_state(state: SilenceState, event: SilenceEvent) -> Result<SilenceState, SilenceRefusal> {
    use SilenceEvent as E;
    use SilenceState as S;
    Ok(match (state, event) {
        (S::Asked, E::Approve) => S::Approved,
        (S::Asked, E::Decline) => S::Declined,
        (S::Asked | S::Approved, E::Lift) => S::Lifted,
        (S::Asked, E::Expire) => S::Lapsed,
        (S::Approved, E::Expire) => S::Ended,
        _ => return Err(SilenceRefusal::NotNow(state, event)),
    })
}

/// Whether a silence may be asked for at `now`.
pub fn check_wish(silence: &Silence, reason: &str, now: Timestamp) -> Result<(), SilenceRefusal> {
    let length = reason.trim().chars().count();
    if length == 0 || length > REASON_CHARS_MAX {
        return Err(SilenceRefusal::Reason);
    }
    if silence.code.is_some_and(|code| matches!(code, AlarmCode::F03 | AlarmCode::F04)) {
        return Err(SilenceRefusal::Detector);
    }
    if silence.ends_at <= silence.starts_at {
        return Err(SilenceRefusal::Backwards);
    }
    if silence.ends_at <= now {
        return Err(SilenceRefusal::Over);
    }
    if silence.starts_at.duration_since(now) > AHEAD_MAX {
        return Err(SilenceRefusal::TooFar);
    }
    let lasts = silence.ends_at.duration_since(silence.starts_at);
    match silence.code {
        Some(code) if is_fire(code) && lasts > LASTS_WITH_FIRE_MAX => Err(SilenceRefusal::TooLongWithFire),
        _ if lasts > LASTS_MAX => Err(SilenceRefusal::TooLong),
        _ => Ok(()),
    }
}

/// Whether `by` may approve it so at `now`.
pub fn check_approval(
    silence: &Silence,
    with_fire: bool,
    by: UserId,
    now: Timestamp,
) -> Result<(), SilenceRefusal> {
    if by == silence.asked_by {
        return Err(SilenceRefusal::OwnWish);
    }
    if silence.ends_at <= now {
        return Err(SilenceRefusal::Over);
    }
    if silence.code.is_some_and(is_fire) && !with_fire {
        return Err(SilenceRefusal::FireNotNamed);
    }
    let lasts = silence.ends_at.duration_since(silence.starts_at);
    if with_fire && silence.meets_fire() && lasts > LASTS_WITH_FIRE_MAX {
        return Err(SilenceRefusal::TooLongWithFire);
    }
    Ok(())
}

#[cfg(test)]
#[path = "silence_tests.rs"]
mod tests;
