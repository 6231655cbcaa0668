//! What a notice may be about: an alarm that somebody still has to do something about and that has exceeded a clock.
//!
//! "未及时处理" is the definition of [`crate::alarm::clock`]: any clock exceeded, counted once per alarm, listed with the worst clock.

use jiff::Timestamp;

use crate::alarm::clock::{ClockReading, read, worst};
use crate::alarm::{Alarm, AlarmState, Mark};

/// Why an alarm is none for a notice now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excuse {
    /// Nobody has to do anything about it any more.
    Ended,
    /// It has exceeded no clock.
    InTime,
    /// An announced drill, an alarm of a rule in quarantine or of a camera that is not believed: nobody was called.
    NobodyWasCalled,
}

impl Excuse {
    /// The word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ended => "ended",
            Self::InTime => "in_time",
            Self::NobodyWasCalled => "nobody_was_called",
        }
    }
}

/// The worst clock of an alarm that is due for a notice at `now`, or why it is not.
pub fn due_for_notice(alarm: &Alarm, now: Timestamp) -> Result<ClockReading, Excuse> {
    if alarm.drill || alarm.marks.iter().copied().any(Mark::calls_nobody) {
        return Err(Excuse::NobodyWasCalled);
    }
    if matches!(alarm.state, AlarmState::Test | AlarmState::Merged) || !alarm.state.is_open() {
        return Err(Excuse::Ended);
    }
    worst(&read(alarm.level, &alarm.times, alarm.state.is_dismissed(), now), now).ok_or(Excuse::InTime)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alarm::{AlarmCode, Clock, Level, Source, Times};
    use crate::ids::{AlarmId, UnitId};

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(s).unwrap()
    }

    fn flame() -> Alarm {
        Alarm {
            id: AlarmId(uuid::Uuid::from_u128(1)),
            code: AlarmCode::F02,
            level: Level::One,
            state: AlarmState::Waiting,
            marks: vec![],
            drill: false,
            unit_id: UnitId(uuid::Uuid::from_u128(2)),
            camera_id: None,
            source: Source::Ai,
            owner_id: None,
            handler_id: None,
            times: Times::raised(at(0), at(0)),
            false_alarm_reason: None,
            has_result_picture: false,
            version: 0,
        }
    }

    #[test]
    fn an_open_alarm_past_a_clock_is_due_and_drills_and_quiet_ones_are_not() {
        assert_eq!(due_for_notice(&flame(), at(60)).unwrap_err(), Excuse::InTime);
        let reading = due_for_notice(&flame(), at(61)).unwrap();
        assert_eq!((reading.clock, reading.due_at), (Clock::Take, Some(at(60))));
        let excuse = |alarm: Alarm| due_for_notice(&alarm, at(9999)).unwrap_err().as_str();
        assert_eq!(excuse(Alarm { drill: true, ..flame() }), "nobody_was_called");
        for mark in [Mark::Quarantined, Mark::Inhibited] {
            assert_eq!(excuse(Alarm { marks: vec![mark], ..flame() }), "nobody_was_called");
        }
        for state in AlarmState::ALL {
            let due = due_for_notice(&Alarm { state, ..flame() }, at(9999)).is_ok();
            assert_eq!(due, state.is_open(), "{state:?}");
        }
    }

    #[test]
    fn the_worst_clock_is_the_one_exceeded_longest() {
        // Taken 40 s late, then never verified for 1000 s.
        let times = Times { taken_at: Some(at(100)), ..Times::raised(at(0), at(0)) };
        let alarm = Alarm { state: AlarmState::Taken, times, ..flame() };
        assert_eq!(due_for_notice(&alarm, at(1160)).unwrap().clock, Clock::Verify);
        assert_eq!(due_for_notice(&alarm, at(161)).unwrap().clock, Clock::Take);
    }
}
