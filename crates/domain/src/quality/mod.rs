//! What people's answers say of a rule (规则质量): how often it is right, whether it is noisy, which score would have told its real alarms
//! from its false ones, and the quarantine of one that cries wolf.
//!
//! A rule is an alarm code together with the version of the model that saw it; an answer is an alarm of the watch that a person confirmed or
//! rejected. Nothing here changes a threshold or silences a rule: figures are read, and people decide.

mod answers;
mod quarantine;
mod sample;
mod threshold;

pub use answers::{
    ANSWERS_MIN, Answers, FALSE_A_DAY_MAX, Grounds, PRECISION_LEAST_PERCENT, WINDOW, WINDOW_DAYS,
};
pub use quarantine::{
    DAYS_MAX, LEVEL_ONE_DAYS_MAX, Quarantine, QuarantineEvent, QuarantineRefusal, QuarantineState,
    REASON_CHARS_MAX, REST_AFTER_DECLINE, STALE_AFTER, check_approval, days_max, next_state, quiet_level,
};
pub use sample::{Answer, allows_samples, label_of};
pub use threshold::{REAL_MIN, Suggestion, suggest};
