//! Effective duty (值守有效): whether a unit has 24-hour duty, by the five conditions of §6.1 of the domain notes, and the state that follows.
//!
//! The definition is one sentence: a contract accepted by both sides, a complete roster for the next seven days, the duty room's camera
//! on-line for at least 99 %, proven coverage of at least 95 %, and at least 90 % of roll-calls answered in time, over the last seven days.
//! [`check`] answers with all five and their numbers, so that whoever is told "no" is told why. An empty share is never met: no roll-call in
//! seven days proves nothing, it does not prove everything.
//!
//! The state of a unit ([`next_state`]) follows from the arrangement and from what was observed. It is not decided by hand; a unit whose
//! duty is wrongly in doubt is helped by a correction in the ledger, with its reason, and by nothing else.

pub mod takeover;

use serde::{Deserialize, Serialize};

use super::ledger::MinuteState;
use crate::figures::Ratio;
use crate::unit::Duty;
use crate::words::words;

pub use takeover::{Takeover, takeover};

/// Days that are looked back on.
pub const DAYS: u16 = 7;
/// The camera of the duty room is on-line for at least this share of the minutes, percent.
pub const CAMERA_PERCENT_MIN: u64 = 99;
/// Minutes proven, percent.
pub const PROVEN_PERCENT_MIN: u64 = 95;
/// Roll-calls answered in time, percent.
pub const ROLL_CALLS_PERCENT_MIN: u64 = 90;
/// Minutes in a row without proof after which duty is interrupted: a whole shift came and went, and nobody was shown to be there. A
/// proposal; the alarms D01 and D06 ring within minutes.
pub const INTERRUPTED_MINUTES: u32 = 480;
/// Most minutes exempted by plan in seven days that are taken out of what is required. A proposal: twice the longest exemption from
/// roll-calls. What is exempted beyond it counts as a gap.
pub const EXEMPT_MINUTES_MAX: u64 = 480;

/// A condition of effective duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// A contract in force that both sides accepted.
    Contract,
    /// A complete roster for the next seven days.
    Roster,
    /// The duty room's camera on-line.
    Camera,
    /// Proven coverage.
    Coverage,
    /// Roll-calls answered in time.
    RollCalls,
}

words! { Condition:
    Contract = "contract", "双方确认的生效合同", "A contract in force that both sides accepted";
    Roster = "roster", "未来7天排班完整", "Roster complete for the next seven days";
    Camera = "camera", "值班室视频在线率不低于99%", "Duty room camera on-line for 99 %";
    Coverage = "coverage", "值守证实率不低于95%", "Coverage proven for 95 %";
    RollCalls = "roll_calls", "查岗按时应答率不低于90%", "Roll-calls answered in time for 90 %";
}

/// How the duty of a unit is arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrangement {
    /// Nobody claims anything, or the contract ran out and nothing followed.
    None,
    /// One side claims a contract, the other has not accepted it.
    Claimed,
    /// Accepted by both, and in force.
    Accepted,
    /// The organisation was replaced, and the contract with the next one is not in force yet.
    Replaced,
}

words! { Arrangement:
    None = "none", "无安排", "None";
    Claimed = "claimed", "一方申报", "Claimed by one side";
    Accepted = "accepted", "双方确认", "Accepted by both sides";
    Replaced = "replaced", "机构已更换", "Organisation replaced";
}

/// What is known of a unit's duty at a moment. Counts are of the last seven days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyFacts {
    /// How it is arranged.
    pub arrangement: Arrangement,
    /// Whether the rosters of the rooms that serve it are complete for the next seven days.
    pub is_roster_complete: bool,
    /// Minutes in which the room's camera was on-line, of those in which it had to be.
    pub camera: Ratio,
    /// Minutes in which duty was required.
    pub required: u64,
    /// Of these, minutes exempted by plan.
    pub exempt: u64,
    /// Of these, minutes proven.
    pub proven: u64,
    /// Roll-calls answered in time, of those that count.
    pub roll_calls: Ratio,
    /// Minutes in a row without proof, up to now; exempt ones do not count.
    pub unproven_run: u32,
    /// Suspicions of feigned duty that were upheld, or whose time for a reply passed without one, within the last seven days.
    pub standing_suspicions: u32,
}

/// What the ledger says of some days in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Minutes in which duty was required.
    pub required: u64,
    /// Of these, minutes exempted by plan.
    pub exempt: u64,
    /// Of these, minutes proven.
    pub proven: u64,
    /// Required minutes without proof at the end, in a row; minutes that are exempt or not required neither count nor end it.
    pub unproven_run: u32,
}

/// Counts the minutes of days in order.
pub fn tally<'a>(minutes: impl IntoIterator<Item = &'a MinuteState>) -> Tally {
    let mut tally = Tally::default();
    for state in minutes {
        tally.required += u64::from(state.is_required());
        tally.exempt += u64::from(*state == MinuteState::Exempt);
        tally.proven += u64::from(state.is_proven());
        match state {
            MinuteState::NotRequired | MinuteState::Exempt => {}
            _ if state.is_proven() => tally.unproven_run = 0,
            _ => tally.unproven_run += 1,
        }
    }
    tally
}

/// A condition with its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Which.
    pub condition: Condition,
    /// Whether it is met.
    pub is_met: bool,
    /// What was counted: minutes or roll-calls; of a yes or no, one of one.
    pub share: Ratio,
    /// What is asked for, percent.
    pub percent_min: u64,
}

/// What is proven of what had to be proven: planned exemptions taken out, up to [`EXEMPT_MINUTES_MAX`].
pub fn coverage(facts: &DutyFacts) -> Ratio {
    let excused = facts.exempt.min(EXEMPT_MINUTES_MAX);
    Ratio::new(facts.proven, facts.required.saturating_sub(excused))
}

/// Whether a share reaches a percentage, exactly. An empty one never does.
pub fn reaches(share: Ratio, percent: u64) -> bool {
    !share.is_empty()
        && u128::from(share.numerator) * 100 >= u128::from(share.denominator) * u128::from(percent)
}

/// All conditions, in the order of the definition.
pub fn check(facts: &DutyFacts) -> [Checked; Condition::ALL.len()] {
    let yes = |is: bool| Ratio::new(u64::from(is), 1);
    Condition::ALL.map(|condition| {
        let (share, percent_min) = match condition {
            Condition::Contract => (yes(facts.arrangement == Arrangement::Accepted), 100),
            Condition::Roster => (yes(facts.is_roster_complete), 100),
            Condition::Camera => (facts.camera, CAMERA_PERCENT_MIN),
            Condition::Coverage => (coverage(facts), PROVEN_PERCENT_MIN),
            Condition::RollCalls => (facts.roll_calls, ROLL_CALLS_PERCENT_MIN),
        };
        Checked { condition, is_met: reaches(share, percent_min), share, percent_min }
    })
}

/// What was observed, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Observed {
    /// Every condition is met, and no suspicion of feigned duty stands.
    Met,
    /// One or more are not, or one stands.
    Short,
    /// Nothing was proven for a whole shift.
    Silent,
}

/// Every observation.
pub const OBSERVED: [Observed; 3] = [Observed::Met, Observed::Short, Observed::Silent];

/// A unit's duty state with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub state: Duty,
    /// Conditions that are not met.
    pub unmet: Vec<Checked>,
    /// Suspicions of feigned duty that stand: they put duty in doubt even where every number is met.
    pub standing_suspicions: u32,
    /// Minutes in a row without proof, where they are a whole shift.
    pub silent_minutes: Option<u32>,
}

/// The state of a unit after these facts, from the state it was in.
pub fn standing(before: Duty, facts: &DutyFacts) -> Standing {
    let mut unmet = check(facts).to_vec();
    unmet.retain(|checked| !checked.is_met);
    let silent_minutes = Some(facts.unproven_run).filter(|minutes| *minutes >= INTERRUPTED_MINUTES);
    let observed = if silent_minutes.is_some() {
        Observed::Silent
    } else if unmet.is_empty() && facts.standing_suspicions == 0 {
        Observed::Met
    } else {
        Observed::Short
    };
    Standing {
        state: next_state(before, facts.arrangement, observed),
        unmet,
        standing_suspicions: facts.standing_suspicions,
        silent_minutes,
    }
}

/// The state machine. Without a contract in force there is no duty: who never had one stays where he was, who had one is interrupted. With
/// one, what was observed decides, and only duty that once was effective can be in doubt or fall silent – before that it is not yet proved.
pub fn next_state(before: Duty, arrangement: Arrangement, observed: Observed) -> Duty {
    use Arrangement as A;
    use Duty as D;
    use Observed as O;
    match (arrangement, observed, before) {
        (A::Replaced, _, _) | (A::None | A::Claimed, _, D::Replaced) => D::Replaced,
        (A::None, _, D::None | D::Claimed) => D::None,
        (A::Claimed, _, D::None | D::Claimed) => D::Claimed,
        (A::Accepted, O::Met, _) => D::Valid,
        (A::Accepted, O::Short, D::Valid | D::Doubtful | D::Interrupted) => D::Doubtful,
        (A::None | A::Claimed, _, D::Agreed | D::Valid | D::Doubtful | D::Interrupted)
        | (A::Accepted, O::Silent, D::Valid | D::Doubtful | D::Interrupted) => D::Interrupted,
        (A::Accepted, O::Short | O::Silent, D::None | D::Claimed | D::Agreed | D::Replaced) => D::Agreed,
    }
}

#[cfg(test)]
#[path = "effective_tests.rs"]
mod tests;
