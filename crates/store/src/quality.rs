//! What people's answers say of a rule: counted in one statement, quarantines of noisy rules, and the pictures of answered alarms. Which rule is
//! noisy and what may be quiet is the domain's word.

mod answers;
mod quarantines;
mod samples;

pub use answers::{AnswerFilter, AnsweredFilter, AnswersBy, RuleAnswers, RuleCamera};
pub use quarantines::{NewQuarantine, QuarantineChange, QuarantineFilter, QuarantineRow};
pub use samples::{NewSample, SampleDue, SampleRow};
