//! Alarms (告警): codes and levels, the life cycle as one state machine, the clocks that run beside it,
//! the ladder of those who are told while they run, what is seen on after an alarm was ended, the work order of a confirmed one with its two sides, the report that a fire owes, the sheet of one alarm, inhibition by faults of a camera, planned silences, the load of operators, and the watchdog that walks the way of an alarm.
//!
//! An alarm is born from an observation, a detector or a person's report; whatever its origin, it lives by the same rules. Turning
//! observations into alarms and remembering them is the work of `platform` and `store`.

pub mod again;
pub mod clock;
pub mod code;
pub mod incident;
pub mod inhibition;
pub mod ladder;
pub mod life;
pub mod load;
pub mod order;
pub mod reason;
pub mod sheet;
pub mod silence;
pub mod state;
pub mod watchdog;

pub use again::AfterEnd;
pub use clock::{Clock, ClockReading, Limits};
pub use code::{AlarmCode, Level};
pub use ladder::{Ladder, Ladders, Rung};
pub use life::{Alarm, Change, Refusal, Times, decide, replay};
pub use reason::FalseAlarmReason;
pub use state::{AlarmEvent, AlarmState, Mark, Source};
