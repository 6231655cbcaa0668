//! The life of a notice: one `match` over (state, event), and who may do what under which conditions.
//!
//! The party signs and replies; the office that sent it, or the one it climbed to, reviews; the platform closes it when every alarm
//! that it is about has ended, and lets it climb when nobody replies. Nothing here reads a clock; [`decide`] answers what would change.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::NoticeKind;
use crate::alarm::Rung;
use crate::ids::NoticeId;
use crate::words::words;

/// Where a notice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeState {
    /// 拟稿
    Drafted,
    /// 已发出，待签收
    Sent,
    /// 已签收
    Received,
    /// 已反馈，待审核
    Replied,
    /// 已退回
    Returned,
    /// 已认可
    Accepted,
    /// 已办结
    Closed,
    /// 已撤回
    Withdrawn,
}

/// What happens to a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeEvent {
    /// 发出
    Send,
    /// 签收
    Sign,
    /// 整改反馈
    Reply,
    /// 认可
    Accept,
    /// 退回
    Return,
    /// 提请上级
    Escalate,
    /// 撤回
    Withdraw,
    /// 办结
    Close,
}

words! { NoticeState:
    Drafted = "drafted", "拟稿", "Draft";
    Sent = "sent", "待签收", "Sent";
    Received = "received", "已签收", "Received";
    Replied = "replied", "待审核", "Replied";
    Returned = "returned", "已退回", "Returned";
    Accepted = "accepted", "已认可", "Accepted";
    Closed = "closed", "已办结", "Closed";
    Withdrawn = "withdrawn", "已撤回", "Withdrawn";
}

words! { NoticeEvent:
    Send = "send", "发出", "Send";
    Sign = "sign", "签收", "Sign for";
    Reply = "reply", "整改反馈", "Reply";
    Accept = "accept", "认可", "Accept";
    Return = "return", "退回", "Return";
    Escalate = "escalate", "提请上级", "Take to the level above";
    Withdraw = "withdraw", "撤回", "Withdraw";
    Close = "close", "办结", "Close";
}

impl NoticeState {
    /// True once nothing more can happen to it.
    pub fn is_ended(self) -> bool {
        matches!(self, Self::Closed | Self::Withdrawn)
    }

    /// True while the party owes something by the deadline.
    pub fn is_owed(self) -> bool {
        matches!(self, Self::Sent | Self::Received | Self::Returned)
    }
}

impl NoticeEvent {
    /// True where nothing happens without words: a reply, or why.
    pub fn needs_words(self) -> bool {
        matches!(self, Self::Reply | Self::Return | Self::Withdraw)
    }
}

/// A notice as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// Own id.
    pub id: NoticeId,
    /// How strongly it is put.
    pub kind: NoticeKind,
    /// Where it stands.
    pub state: NoticeState,
    /// The level of the office that sends it: county, city or province.
    pub issuer_level: Rung,
    /// The level of the party: the unit, or the organisation.
    pub party_level: Rung,
    /// The level it climbed to.
    pub escalated_to: Option<Rung>,
    /// Until when the party signs (a reminder) or replies.
    pub deadline_at: Timestamp,
    /// Counts changes; a stale writer is refused.
    pub version: i64,
}

/// Why an event is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The state does not know the event.
    #[error("a notice in state {} cannot {}", .0.as_str(), .1.as_str())]
    NotNow(NoticeState, NoticeEvent),
    /// Somebody else's step.
    #[error("{} is another office's step", .0.as_str())]
    NotYours(NoticeEvent),
    /// Nothing was said.
    #[error("{} needs words", .0.as_str())]
    WordsMissing(NoticeEvent),
    /// A reminder is signed for, and that is all.
    #[error("a reminder asks for no reply")]
    NoReplyAsked,
    /// A notice that asks for a reply is not closed without one.
    #[error("this notice is closed after its reply was accepted")]
    ReplyAwaited,
    /// It is not late, and nothing was returned.
    #[error("the deadline has not passed yet")]
    InTime,
    /// It climbed already, or comes from the province.
    #[error("there is no level above to take it to")]
    NobodyAbove,
}

/// What an accepted event changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// State after.
    pub to: NoticeState,
    /// The level it climbed to, after.
    pub escalated_to: Option<Rung>,
}

impl Notice {
    /// True where the party owes something and the deadline has passed at `now`.
    pub fn is_late(&self, now: Timestamp) -> bool {
        let is_owed = match self.kind {
            NoticeKind::Reminder => self.state == NoticeState::Sent,
            NoticeKind::Notice | NoticeKind::Supervision => self.state.is_owed(),
        };
        is_owed && now > self.deadline_at
    }

    /// Whether an office of this level reviews the reply.
    pub fn is_reviewed_by(&self, level: Rung) -> bool {
        level == self.issuer_level || Some(level) == self.escalated_to
    }
}

/// The next level of regulators; none above the province, and none for who is no regulator.
pub fn above(level: Rung) -> Option<Rung> {
    match level {
        Rung::County => Some(Rung::City),
        Rung::City => Some(Rung::Province),
        Rung::Province | Rung::Unit | Rung::Organisation | Rung::ShiftLeader | Rung::DutyGuard => None,
    }
}

/// The state machine: the state after an event, or none where the state does not know it.
pub fn next_state(state: NoticeState, event: NoticeEvent) -> Option<NoticeState> {
    use NoticeEvent as E;
    use NoticeState as S;
    Some(match (state, event) {
        (S::Drafted, E::Send) => S::Sent,
        (S::Sent, E::Sign) => S::Received,
        (S::Received | S::Returned, E::Reply) => S::Replied,
        (S::Replied, E::Accept) => S::Accepted,
        (S::Replied, E::Return) => S::Returned,
        (S::Sent | S::Received | S::Returned, E::Escalate) => state,
        (S::Drafted | S::Sent | S::Received | S::Replied | S::Returned, E::Withdraw) => S::Withdrawn,
        (S::Received | S::Accepted, E::Close) => S::Closed,
        _ => return None,
    })
}

/// Decides what `event` by an office or party of level `by` (none: the platform) at `now` changes, or why it is refused. A climb goes
/// to the level above the sender's; whether somebody stands there is the caller's business, who may name a higher one afterwards.
pub fn decide(
    notice: &Notice,
    event: NoticeEvent,
    by: Option<Rung>,
    words: Option<&str>,
    now: Timestamp,
) -> Result<Change, Refusal> {
    let to = next_state(notice.state, event).ok_or(Refusal::NotNow(notice.state, event))?;
    let is_theirs = match (event, by) {
        (NoticeEvent::Sign | NoticeEvent::Reply, by) => by == Some(notice.party_level),
        (NoticeEvent::Send | NoticeEvent::Withdraw, by) => by == Some(notice.issuer_level),
        (NoticeEvent::Accept | NoticeEvent::Return, by) => by.is_some_and(|by| notice.is_reviewed_by(by)),
        (NoticeEvent::Escalate, by) => by.is_none_or(|by| by == notice.issuer_level),
        (NoticeEvent::Close, by) => by.is_none(),
    };
    if !is_theirs {
        return Err(Refusal::NotYours(event));
    }
    if event.needs_words() && words.is_none_or(|words| words.trim().is_empty()) {
        return Err(Refusal::WordsMissing(event));
    }
    let mut change = Change { to, escalated_to: notice.escalated_to };
    match event {
        NoticeEvent::Reply if !notice.kind.asks_for_reply() => return Err(Refusal::NoReplyAsked),
        NoticeEvent::Close if notice.kind.asks_for_reply() && notice.state == NoticeState::Received => {
            return Err(Refusal::ReplyAwaited);
        }
        NoticeEvent::Escalate => {
            if notice.state != NoticeState::Returned && !notice.is_late(now) {
                return Err(Refusal::InTime);
            }
            if notice.escalated_to.is_some() {
                return Err(Refusal::NobodyAbove);
            }
            change.escalated_to = Some(above(notice.issuer_level).ok_or(Refusal::NobodyAbove)?);
        }
        _ => {}
    }
    Ok(change)
}

#[cfg(test)]
#[path = "life_tests.rs"]
mod tests;
