//! Corrections: what a person found out about some minutes afterwards, beside what was computed and never in its place (R45).
//!
//! A correction says what the minutes were held to be before it, so one that was written for another state of things is refused; who, when
//! and why stay with it. Whoever answers for the duty corrects nothing: that is for the caller to refuse, who knows people and roles.

use jiff::Timestamp;
use thiserror::Error;

use super::encoding::{Run, runs};
use super::state::MinuteState;
use crate::duty::minutes::{DAY_MINUTES, Minutes};
use crate::ids::UserId;

/// One correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The first minute.
    pub from: u16,
    /// How many minutes, at least one.
    pub minutes: u16,
    /// What they are worth now.
    pub to: MinuteState,
    /// What they were worth before, as runs of these minutes; kept for good.
    pub old: Vec<Run>,
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// Why, in words, with what it rests on.
    pub reason: String,
}

/// Why a correction is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CorrectionRefusal {
    /// No minute, or minutes beyond the day.
    #[error("minutes {0} to {1} are not minutes of the day")]
    Minutes(u16, u32),
    /// Nothing was said.
    #[error("a correction needs its reason")]
    ReasonMissing,
    /// Whether duty was required is the contract's and the register's to say.
    #[error("whether duty was required is not corrected here")]
    NotRequired,
    /// The minutes are not what the correction takes them for.
    #[error("the minutes were changed since: read them again")]
    Stale,
    /// It changes nothing.
    #[error("the minutes are worth that already")]
    Nothing,
}

/// What the minutes `from` … are worth in a day to which corrections were applied: the `old` of the next correction. Claims stay out.
pub fn standing(states: &[MinuteState; DAY_MINUTES as usize], from: u16, minutes: u16) -> Vec<Run> {
    let until = from.saturating_add(minutes);
    let mut found = runs(states, &Minutes::NONE);
    found.retain(|run| run.from < until && run.from + run.minutes > from);
    for run in &mut found {
        let end = (run.from + run.minutes).min(until);
        run.from = run.from.max(from);
        run.minutes = end - run.from;
    }
    found
}

/// The states after a correction of the day as it stands, or why it is refused.
pub fn correct(
    states: &[MinuteState; DAY_MINUTES as usize],
    correction: &Correction,
) -> Result<[MinuteState; DAY_MINUTES as usize], CorrectionRefusal> {
    let end = u32::from(correction.from) + u32::from(correction.minutes);
    if correction.minutes == 0 || end > u32::from(DAY_MINUTES) {
        return Err(CorrectionRefusal::Minutes(correction.from, end));
    }
    if correction.reason.trim().is_empty() {
        return Err(CorrectionRefusal::ReasonMissing);
    }
    let standing = standing(states, correction.from, correction.minutes);
    if standing != correction.old {
        return Err(CorrectionRefusal::Stale);
    }
    if !correction.to.is_required() || standing.iter().any(|run| !run.state.is_required()) {
        return Err(CorrectionRefusal::NotRequired);
    }
    if standing.iter().all(|run| run.state == correction.to) {
        return Err(CorrectionRefusal::Nothing);
    }
    let mut corrected = *states;
    corrected[usize::from(correction.from)..end as usize].fill(correction.to);
    Ok(corrected)
}
