//! Alarms (9.4, A.2.4.7, A.2.5.2).
//!
//! No edition has a code for fire or smoke. A fire arrives as a device alarm of a type-134 point (a detector wired to the recorder), as a
//! vendor's number of a video alarm, or as words. So every value is kept as it came, `AlarmType` is read for every method
//! (WVP#559 kept it for one), inside `Info` and beside it, and what a vendor adds stays with the alarm as raw elements. What it means
//! for us is decided by the rules of the device's profile.

mod codes;
mod kind;
mod notify;

pub use codes::{AlarmMethod, AlarmMethods, AlarmPriority};
pub use kind::{AlarmKind, alarm_kind};
pub use notify::Alarm;

use super::block::block;
use super::time::LocalTime;

block! {
    /// A question or subscription for alarms. The times are printed in two ways in the editions' examples; both are read.
    #[derive(Default)]
    pub struct AlarmQuery {
        /// From this gravity on.
        start_priority: Option<AlarmPriority> = "StartAlarmPriority",
        /// To this.
        end_priority: Option<AlarmPriority> = "EndAlarmPriority",
        /// Which methods.
        methods: Option<AlarmMethods> = "AlarmMethod",
        /// Which types.
        alarm_type: Option<String> = "AlarmType",
        /// From when.
        start: Option<LocalTime> = "StartAlarmTime" | "StartTime",
        /// Until when.
        end: Option<LocalTime> = "EndAlarmTime" | "EndTime",
    }
}
