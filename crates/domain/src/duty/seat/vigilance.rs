//! The vigilance timer (值守警醒): a seat at which nothing happens for some minutes asks whether somebody is there, louder and louder.
//!
//! Taken from the bridge watch alarm of ships (IMO MSC.128(75)): dormant 3 to 12 minutes, then a light; 15 seconds later a sound at the place
//! of duty; 15 seconds later the next in line is called; 90 seconds later everybody. It is reset only *at the place of duty*: here, by
//! activity at the seat whose key is bound to the room. Any work is activity – taking an alarm, turning a camera –, so a guard who works is
//! never asked; and each reset is a sign of life that the ledger may use while the room's camera is down.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::DutyRoomId;
use crate::words::words;

/// How far the timer has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VigilanceState {
    /// Something happened within the quiet time.
    Quiet,
    /// The seat's screen shows it.
    Light,
    /// The seat sounds.
    Sound,
    /// The shift's leader is called.
    Leader,
    /// Nobody came: the room counts as left, and the ladder of alarms takes over.
    Lost,
}

words! { VigilanceState:
    Quiet = "quiet", "正常", "Quiet";
    Light = "light", "灯光提醒", "Light";
    Sound = "sound", "声音提醒", "Sound";
    Leader = "leader", "呼叫班长", "Shift leader called";
    Lost = "lost", "无人响应", "Nobody responded";
}

/// What happens at a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VigilanceEvent {
    /// Somebody did something at it.
    Activity,
    /// The time of the state is over.
    TimeOver,
}

/// How long each state lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VigilanceRules {
    quiet_s: u32,
}

/// Shortest and longest quiet time, seconds (MSC.128(75) 4.1.2.1: three to twelve minutes).
pub const QUIET_S: (u32, u32) = (180, 720);
/// Light before the sound, seconds (4.1.2.2 and 4.1.2.3).
pub const LIGHT_S: u32 = 15;
/// Sound before the leader, seconds (4.1.2.4).
pub const SOUND_S: u32 = 15;
/// Leader before everybody, seconds (4.1.2.5: 90 s, up to three minutes on larger ships).
pub const LEADER_S: u32 = 90;

/// The quiet time is not within its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the quiet time is {least} to {most} seconds, not {0}", least = QUIET_S.0, most = QUIET_S.1)]
pub struct QuietTimeError(pub u32);

impl VigilanceRules {
    /// Rules with a quiet time in seconds.
    pub fn new(quiet_s: u32) -> Result<Self, QuietTimeError> {
        if (QUIET_S.0..=QUIET_S.1).contains(&quiet_s) {
            Ok(Self { quiet_s })
        } else {
            Err(QuietTimeError(quiet_s))
        }
    }

    /// How long a state lasts, seconds; none where it lasts until somebody does something.
    pub fn lasts_s(&self, state: VigilanceState) -> Option<u32> {
        match state {
            VigilanceState::Quiet => Some(self.quiet_s),
            VigilanceState::Light => Some(LIGHT_S),
            VigilanceState::Sound => Some(SOUND_S),
            VigilanceState::Leader => Some(LEADER_S),
            VigilanceState::Lost => None,
        }
    }
}

/// The state after an event.
pub fn next_state(state: VigilanceState, event: VigilanceEvent) -> VigilanceState {
    use VigilanceEvent as E;
    use VigilanceState as S;
    match (state, event) {
        (_, E::Activity) => S::Quiet,
        (S::Quiet, E::TimeOver) => S::Light,
        (S::Light, E::TimeOver) => S::Sound,
        (S::Sound, E::TimeOver) => S::Leader,
        (S::Leader | S::Lost, E::TimeOver) => S::Lost,
    }
}

/// The timer of one seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vigilance {
    room_id: DutyRoomId,
    rules: VigilanceRules,
    active_at: Timestamp,
}

impl Vigilance {
    /// A timer that begins now.
    pub fn begin(room_id: DutyRoomId, rules: VigilanceRules, now: Timestamp) -> Self {
        Self { room_id, rules, active_at: now }
    }

    /// Something was done at a seat at `at`, the server's time. False, and nothing changes, where the seat belongs to another room – nobody
    /// keeps awake from elsewhere – or where it is older than what is known.
    pub fn activity(&mut self, seat_room_id: DutyRoomId, at: Timestamp) -> bool {
        let counts = seat_room_id == self.room_id && at >= self.active_at;
        if counts {
            self.active_at = at;
        }
        counts
    }

    /// The state at `now`, and when it ends unless something is done.
    pub fn at(&self, now: Timestamp) -> (VigilanceState, Option<Timestamp>) {
        let (mut state, mut begun) = (VigilanceState::Quiet, self.active_at);
        while let Some(lasts_s) = self.rules.lasts_s(state) {
            let end =
                begun.saturating_add(SignedDuration::from_secs(i64::from(lasts_s))).unwrap_or(Timestamp::MAX);
            if now < end {
                return (state, Some(end));
            }
            (state, begun) = (next_state(state, VigilanceEvent::TimeOver), end);
        }
        (state, None)
    }

    /// Whether the seat shows somebody at `now`: within the quiet time.
    pub fn is_active(&self, now: Timestamp) -> bool {
        self.at(now).0 == VigilanceState::Quiet
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use VigilanceEvent as E;
    use VigilanceState as S;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_796_000_000 + s).unwrap()
    }

    fn room(n: u128) -> DutyRoomId {
        DutyRoomId(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn every_pair_of_state_and_event() {
        let after = [S::Light, S::Sound, S::Leader, S::Lost, S::Lost];
        for (state, expected) in S::ALL.into_iter().zip(after) {
            assert_eq!(next_state(state, E::TimeOver), expected);
            assert_eq!(next_state(state, E::Activity), S::Quiet);
        }
    }

    #[test]
    fn a_silent_seat_is_asked_louder_and_louder_and_any_work_at_it_ends_that() {
        let mut timer = Vigilance::begin(room(1), VigilanceRules::new(180).unwrap(), at(0));
        for (s, state, next) in [
            (0, S::Quiet, Some(180)),
            (179, S::Quiet, Some(180)),
            (180, S::Light, Some(195)),
            (195, S::Sound, Some(210)),
            (209, S::Sound, Some(210)),
            (210, S::Leader, Some(300)),
            (300, S::Lost, None),
            (90_000, S::Lost, None),
        ] {
            assert_eq!(timer.at(at(s)), (state, next.map(at)), "{s}");
            assert_eq!(timer.is_active(at(s)), state == S::Quiet);
        }
        assert!(!timer.activity(room(2), at(200)), "from another room");
        assert_eq!(timer.at(at(200)).0, S::Sound);
        assert!(timer.activity(room(1), at(200)));
        assert_eq!(timer.at(at(379)), (S::Quiet, Some(at(380))));
        assert!(!timer.activity(room(1), at(199)), "a queued activity is older");
    }

    #[test]
    fn the_quiet_time_is_three_to_twelve_minutes() {
        for (quiet_s, is_ok) in [(179, false), (180, true), (720, true), (721, false)] {
            assert_eq!(VigilanceRules::new(quiet_s).is_ok(), is_ok);
        }
    }
}
