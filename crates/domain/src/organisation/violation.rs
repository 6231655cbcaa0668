//! The violation file of an organisation (违规档案, R64): what was found against it, on which rows, what it said, and what was decided.
//!
//! An entry is opened by an office on rows of the platform, or by the platform where a suspicion of feigned duty was upheld. The right to
//! reply and the appeal are in the machine: nothing is confirmed before a reply or its deadline, and whoever confirmed does not decide the
//! appeal. Nothing is ever removed: a withdrawn entry stays with its withdrawal.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::words::words;

/// How long the organisation may reply; a proposal.
pub const REPLY_WITHIN: SignedDuration = SignedDuration::from_hours(72);
/// How long it may appeal against a confirmation; a proposal.
pub const APPEAL_WITHIN: SignedDuration = SignedDuration::from_hours(24 * 15);
/// Longest stretch that one entry speaks of.
pub const SPAN_MAX: SignedDuration = SignedDuration::from_hours(24 * 31);

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ViolationKind {
    /// 虚假值班: presence or answers were feigned.
    FeignedDuty,
    /// 谎报值班: duty was claimed where the ledger shows that there was none.
    FalseClaim,
    /// 值守不到位: minutes without duty.
    DutyGap,
    /// 查岗未通过
    RollCallsFailed,
    /// 告警未按时接警
    AlarmsLate,
    /// 证书不实
    FalseCertificate,
}

words! { ViolationKind:
    FeignedDuty = "feigned_duty", "虚假值班", "Feigned duty";
    FalseClaim = "false_claim", "谎报值班", "Duty claimed falsely";
    DutyGap = "duty_gap", "值守不到位", "Gaps in duty";
    RollCallsFailed = "roll_calls_failed", "查岗未通过", "Roll-calls failed";
    AlarmsLate = "alarms_late", "告警未按时接警", "Alarms not taken in time";
    FalseCertificate = "false_certificate", "证书不实", "False certificate";
}

impl ViolationKind {
    /// Whether a confirmed one takes points off the score: what was made up, not what was missed; missed minutes, calls and alarms are in the
    /// score already.
    pub fn is_deceit(self) -> bool {
        matches!(self, Self::FeignedDuty | Self::FalseClaim | Self::FalseCertificate)
    }
}

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ViolationState {
    /// 待申辩
    Opened,
    /// 已申辩，待核定
    Replied,
    /// 认定
    Confirmed,
    /// 不予认定
    Dismissed,
    /// 申请复核
    Appealed,
    /// 复核维持
    Upheld,
    /// 已撤销
    Withdrawn,
}

words! { ViolationState:
    Opened = "opened", "待申辩", "Opened, reply awaited";
    Replied = "replied", "已申辩，待核定", "Replied, to be decided";
    Confirmed = "confirmed", "认定成立", "Confirmed";
    Dismissed = "dismissed", "不予认定", "Dismissed";
    Appealed = "appealed", "申请复核", "Appealed";
    Upheld = "upheld", "复核维持", "Upheld on appeal";
    Withdrawn = "withdrawn", "已撤销", "Withdrawn";
}

impl ViolationState {
    /// Whether it stands against the organisation.
    pub fn stands(self) -> bool {
        matches!(self, Self::Confirmed | Self::Appealed | Self::Upheld)
    }
}

/// What happens to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ViolationEvent {
    /// 申辩
    Reply,
    /// 认定
    Confirm,
    /// 不予认定
    Dismiss,
    /// 申请复核
    Appeal,
    /// 复核维持
    Uphold,
    /// 撤销
    Withdraw,
}

words! { ViolationEvent:
    Reply = "reply", "申辩", "Reply";
    Confirm = "confirm", "认定成立", "Confirm";
    Dismiss = "dismiss", "不予认定", "Dismiss";
    Appeal = "appeal", "申请复核", "Appeal";
    Uphold = "uphold", "复核维持", "Uphold";
    Withdraw = "withdraw", "撤销", "Withdraw";
}

impl ViolationEvent {
    /// Whether it is the organisation's own step; every other one is an office's.
    pub fn is_organisations(self) -> bool {
        matches!(self, Self::Reply | Self::Appeal)
    }
}

/// Why an event is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ViolationRefusal {
    /// The state does not know the event.
    #[error("an entry that is {} cannot {}", .0.as_str(), .1.as_str())]
    NotNow(ViolationState, ViolationEvent),
    /// The organisation may still reply.
    #[error("the time for a reply has not passed yet")]
    ReplyAwaited,
    /// Nothing was said.
    #[error("{} needs words", .0.as_str())]
    WordsMissing(ViolationEvent),
    /// Too late.
    #[error("an appeal is made within 15 days of the confirmation")]
    AppealTooLate,
    /// The same person as before.
    #[error("an appeal is decided by somebody who did not confirm")]
    SamePerson,
}

/// What has to be known of an entry before an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Where it stands.
    pub state: ViolationState,
    /// Until when a reply is awaited.
    pub reply_until: Timestamp,
    /// When it was confirmed; none: it was not.
    pub confirmed_at: Option<Timestamp>,
    /// Whether who acts is who confirmed.
    pub confirmed_by_actor: bool,
}

/// The state after an event; none where the state does not know it.
pub fn next_state(state: ViolationState, event: ViolationEvent) -> Option<ViolationState> {
    use ViolationEvent as E;
    use ViolationState as S;
    Some(match (state, event) {
        (S::Opened, E::Reply) => S::Replied,
        (S::Opened | S::Replied, E::Confirm) => S::Confirmed,
        (S::Opened | S::Replied, E::Dismiss) => S::Dismissed,
        (S::Confirmed, E::Appeal) => S::Appealed,
        (S::Appealed, E::Uphold) => S::Upheld,
        (S::Confirmed | S::Appealed, E::Withdraw) => S::Withdrawn,
        _ => return None,
    })
}

/// Decides `event` at `now`, or why it is refused. A late reply is still read.
pub fn decide(
    standing: &Standing,
    event: ViolationEvent,
    words: &str,
    now: Timestamp,
) -> Result<ViolationState, ViolationRefusal> {
    let state = standing.state;
    let to = next_state(state, event).ok_or(ViolationRefusal::NotNow(state, event))?;
    if words.trim().is_empty() {
        return Err(ViolationRefusal::WordsMissing(event));
    }
    let is_undefended = state == ViolationState::Opened && event == ViolationEvent::Confirm;
    if is_undefended && now <= standing.reply_until {
        return Err(ViolationRefusal::ReplyAwaited);
    }
    if event == ViolationEvent::Appeal
        && standing.confirmed_at.is_none_or(|at| now.duration_since(at) > APPEAL_WITHIN)
    {
        return Err(ViolationRefusal::AppealTooLate);
    }
    if state == ViolationState::Appealed && standing.confirmed_by_actor {
        return Err(ViolationRefusal::SamePerson);
    }
    Ok(to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ViolationEvent as E;
    use ViolationKind as K;
    use ViolationState as S;

    const OPENED: Timestamp = Timestamp::UNIX_EPOCH;

    fn standing(state: S) -> Standing {
        let confirmed_at = matches!(state, S::Confirmed | S::Appealed).then_some(OPENED);
        Standing { state, reply_until: OPENED + REPLY_WITHIN, confirmed_at, confirmed_by_actor: false }
    }

    #[test]
    fn every_pair_of_state_and_event() {
        let table = [
            (S::Opened, [Some(S::Replied), Some(S::Confirmed), Some(S::Dismissed), None, None, None]),
            (S::Replied, [None, Some(S::Confirmed), Some(S::Dismissed), None, None, None]),
            (S::Confirmed, [None, None, None, Some(S::Appealed), None, Some(S::Withdrawn)]),
            (S::Dismissed, [None; 6]),
            (S::Appealed, [None, None, None, None, Some(S::Upheld), Some(S::Withdrawn)]),
            (S::Upheld, [None; 6]),
            (S::Withdrawn, [None; 6]),
        ];
        assert_eq!(table.map(|(state, _)| state), S::ALL);
        let late = OPENED + REPLY_WITHIN + SignedDuration::from_secs(1);
        for (state, row) in table {
            for (event, expected) in E::ALL.into_iter().zip(row) {
                let expected = expected.ok_or(ViolationRefusal::NotNow(state, event));
                assert_eq!(decide(&standing(state), event, "x", late), expected, "{state:?} {event:?}");
                if next_state(state, event).is_some() {
                    let refused = Err(ViolationRefusal::WordsMissing(event));
                    assert_eq!(decide(&standing(state), event, " ", late), refused);
                }
            }
        }
    }

    #[test]
    fn nothing_is_confirmed_before_a_reply_or_its_time() {
        let in_time = OPENED + REPLY_WITHIN;
        let refused = Err(ViolationRefusal::ReplyAwaited);
        assert_eq!(decide(&standing(S::Opened), E::Confirm, "x", in_time), refused);
        assert_eq!(decide(&standing(S::Opened), E::Dismiss, "x", in_time), Ok(S::Dismissed));
        assert_eq!(decide(&standing(S::Replied), E::Confirm, "x", in_time), Ok(S::Confirmed));
    }

    #[test]
    fn an_appeal_has_fifteen_days_and_another_judge() {
        let last = OPENED + APPEAL_WITHIN;
        assert_eq!(decide(&standing(S::Confirmed), E::Appeal, "x", last), Ok(S::Appealed));
        let after = last + SignedDuration::from_secs(1);
        let refused = Err(ViolationRefusal::AppealTooLate);
        assert_eq!(decide(&standing(S::Confirmed), E::Appeal, "x", after), refused);
        let same = |state| Standing { confirmed_by_actor: true, ..standing(state) };
        for event in [E::Uphold, E::Withdraw] {
            assert_eq!(decide(&same(S::Appealed), event, "x", last), Err(ViolationRefusal::SamePerson));
        }
        assert_eq!(
            decide(&same(S::Confirmed), E::Withdraw, "x", last),
            Ok(S::Withdrawn),
            "a mistake of one's own"
        );
    }

    #[test]
    fn what_stands_and_what_takes_points() {
        let standing: Vec<S> = S::ALL.into_iter().filter(|state| state.stands()).collect();
        assert_eq!(standing, [S::Confirmed, S::Appealed, S::Upheld]);
        let deceit: Vec<K> = K::ALL.into_iter().filter(|kind| kind.is_deceit()).collect();
        assert_eq!(deceit, [K::FeignedDuty, K::FalseClaim, K::FalseCertificate]);
    }
}
