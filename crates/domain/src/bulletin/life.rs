//! The life of a bulletin: draft, consultation, approval, publication – one `match` over (state, event), and the conditions that
//! people and findings must meet besides.
//!
//! A consultation (征求意见) ends by itself when its time is over; nobody has to be awake for it, so [`Life::state_at`] says what the
//! state is at a moment. Nothing here reads a clock or writes a row. Not here: who may do what at all (see [`crate::role`]).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::UserId;
use crate::words::words;

/// Where a bulletin stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulletinState {
    /// 草稿: its text may be written anew.
    Draft,
    /// 征求意见中: the named parties read it and object; its text rests.
    Consulting,
    /// 已批准: numbered and signed, not yet sent.
    Approved,
    /// 已发布: delivered to its addressees.
    Published,
    /// 已撤回: withdrawn; a number it had is never given again, and its archive stays.
    Withdrawn,
}

/// What can be done with a bulletin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulletinEvent {
    /// Write the text anew with other settings.
    Rewrite,
    /// Ask the named parties.
    Consult,
    /// A party objects.
    Object,
    /// A party agrees.
    Agree,
    /// The office answers an objection.
    Reply,
    /// End the consultation before its time.
    EndConsultation,
    /// Number, date and sign it.
    Approve,
    /// Send it.
    Publish,
    /// An addressee confirms having read it.
    Receive,
    /// Take it back.
    Withdraw,
}

words! { BulletinState:
    Draft = "draft", "草稿", "Draft";
    Consulting = "consulting", "征求意见中", "In consultation";
    Approved = "approved", "已批准", "Approved";
    Published = "published", "已发布", "Published";
    Withdrawn = "withdrawn", "已撤回", "Withdrawn";
}
words! { BulletinEvent:
    Rewrite = "rewrite", "改写", "Rewrite";
    Consult = "consult", "征求意见", "Consult";
    Object = "object", "提出异议", "Object";
    Agree = "agree", "无异议", "Agree";
    Reply = "reply", "答复异议", "Reply";
    EndConsultation = "end_consultation", "结束征求意见", "End the consultation";
    Approve = "approve", "批准", "Approve";
    Publish = "publish", "发布", "Publish";
    Receive = "receive", "签收", "Confirm receipt";
    Withdraw = "withdraw", "撤回", "Withdraw";
}

/// What decides besides the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    /// State as kept.
    pub state: BulletinState,
    /// End of the consultation that was opened last.
    pub closes_at: Option<Timestamp>,
    /// Everybody who wrote one of its revisions.
    pub writers: Vec<UserId>,
    /// Errors the linter finds in the present text.
    pub errors: u32,
    /// Objections without a reply.
    pub open_objections: u32,
    /// Parties of the running consultation that have not answered.
    pub silent_parties: u32,
}

/// Why an event is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The state does not know the event.
    #[error("a bulletin in state {} knows no {}", .0.as_str(), .1.as_str())]
    NotNow(BulletinState, BulletinEvent),
    /// Parties still have time to answer.
    #[error("the consultation runs until {closes_at} and {silent} parties have not answered yet")]
    ConsultationRuns {
        /// Its end.
        closes_at: Timestamp,
        /// Parties that have not answered.
        silent: u32,
    },
    /// Approval is a second person's.
    #[error("a bulletin is approved by somebody who has written no part of it")]
    SecondPersonMissing,
    /// The linter found errors.
    #[error("the linter finds {0} errors; correct them, or approve with a reason for overriding")]
    Errors(u32),
    /// Objections wait for an answer.
    #[error("{0} objections have no reply; answer them, or approve with a reason for overriding")]
    Objections(u32),
}

impl Life {
    /// The state at a moment: a consultation whose time is over has become a draft again.
    pub fn state_at(&self, now: Timestamp) -> BulletinState {
        let is_over = self.closes_at.is_some_and(|closes_at| closes_at <= now);
        if self.state == BulletinState::Consulting && is_over { BulletinState::Draft } else { self.state }
    }
}

/// The state machine: the state after an event, or none where the state does not know it.
pub fn next_state(state: BulletinState, event: BulletinEvent) -> Option<BulletinState> {
    use BulletinEvent as E;
    use BulletinState as S;
    Some(match (state, event) {
        (S::Draft, E::Rewrite | E::Reply) | (S::Consulting, E::EndConsultation) => S::Draft,
        (S::Draft, E::Consult) | (S::Consulting, E::Object | E::Agree | E::Reply) => S::Consulting,
        (S::Draft, E::Approve) => S::Approved,
        (S::Approved, E::Publish) | (S::Published, E::Receive) => S::Published,
        (S::Draft | S::Consulting | S::Approved | S::Published, E::Withdraw) => S::Withdrawn,
        _ => return None,
    })
}

/// Decides which state `event` by `actor` at `now` leads to, or why it is refused. `overrides`: a reason for passing over errors and
/// open objections is on record. Nobody (the platform itself) never approves: approval is a person's act.
pub fn decide(
    life: &Life,
    event: BulletinEvent,
    actor: Option<UserId>,
    overrides: bool,
    now: Timestamp,
) -> Result<BulletinState, Refusal> {
    let state = life.state_at(now);
    if let (
        BulletinState::Consulting,
        BulletinEvent::Approve | BulletinEvent::EndConsultation,
        Some(closes_at),
    ) = (state, event, life.closes_at)
        && (event == BulletinEvent::Approve || life.silent_parties > 0)
    {
        return Err(Refusal::ConsultationRuns { closes_at, silent: life.silent_parties });
    }
    let to = next_state(state, event).ok_or(Refusal::NotNow(state, event))?;
    if event == BulletinEvent::Approve {
        if actor.is_none_or(|actor| life.writers.contains(&actor)) {
            return Err(Refusal::SecondPersonMissing);
        }
        if life.errors > 0 && !overrides {
            return Err(Refusal::Errors(life.errors));
        }
        if life.open_objections > 0 && !overrides {
            return Err(Refusal::Objections(life.open_objections));
        }
    }
    Ok(to)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(s).unwrap()
    }

    fn person(n: u128) -> UserId {
        UserId(Uuid::from_u128(n))
    }

    fn draft() -> Life {
        Life {
            state: BulletinState::Draft,
            closes_at: None,
            writers: vec![person(1)],
            errors: 0,
            open_objections: 0,
            silent_parties: 0,
        }
    }

    /// One row a state, one letter an event in the order of `BulletinEvent::ALL`; `.` means refused.
    const TABLE: [(BulletinState, &str); 5] = [
        (BulletinState::Draft, "DC..D.A..W"),
        (BulletinState::Consulting, "..CCCD...W"),
        (BulletinState::Approved, ".......P.W"),
        (BulletinState::Published, "........PW"),
        (BulletinState::Withdrawn, ".........."),
    ];

    #[test]
    fn every_pair_of_state_and_event() {
        for (state, row) in TABLE {
            assert_eq!(row.len(), BulletinEvent::ALL.len());
            for (event, letter) in BulletinEvent::ALL.into_iter().zip(row.chars()) {
                let expected = match letter {
                    'D' => Some(BulletinState::Draft),
                    'C' => Some(BulletinState::Consulting),
                    'A' => Some(BulletinState::Approved),
                    'P' => Some(BulletinState::Published),
                    'W' => Some(BulletinState::Withdrawn),
                    _ => None,
                };
                assert_eq!(next_state(state, event), expected, "{state:?} × {event:?}");
            }
        }
    }

    #[test]
    fn approval_is_a_second_persons() {
        let approve =
            |life: &Life, actor, overrides| decide(life, BulletinEvent::Approve, actor, overrides, at(0));
        assert_eq!(approve(&draft(), Some(person(1)), true), Err(Refusal::SecondPersonMissing));
        assert_eq!(approve(&draft(), None, true), Err(Refusal::SecondPersonMissing));
        assert_eq!(approve(&draft(), Some(person(2)), false), Ok(BulletinState::Approved));
    }

    #[test]
    fn errors_and_open_objections_need_a_recorded_reason() {
        let faulty = Life { errors: 2, ..draft() };
        let decided =
            |life: &Life, overrides| decide(life, BulletinEvent::Approve, Some(person(2)), overrides, at(0));
        assert_eq!(decided(&faulty, false), Err(Refusal::Errors(2)));
        assert_eq!(decided(&faulty, true), Ok(BulletinState::Approved));
        let disputed = Life { open_objections: 1, ..draft() };
        assert_eq!(decided(&disputed, false), Err(Refusal::Objections(1)));
        assert_eq!(decided(&disputed, true), Ok(BulletinState::Approved));
    }

    #[test]
    fn a_consultation_ends_by_itself_or_when_everybody_has_answered() {
        let asked =
            Life { state: BulletinState::Consulting, closes_at: Some(at(100)), silent_parties: 3, ..draft() };
        let runs = Refusal::ConsultationRuns { closes_at: at(100), silent: 3 };
        let decided = |life: &Life, event, s| decide(life, event, Some(person(2)), true, at(s));
        assert_eq!(decided(&asked, BulletinEvent::Approve, 99), Err(runs));
        assert_eq!(decided(&asked, BulletinEvent::EndConsultation, 99), Err(runs));
        assert_eq!(
            decided(&asked, BulletinEvent::Rewrite, 99),
            Err(Refusal::NotNow(BulletinState::Consulting, BulletinEvent::Rewrite))
        );
        let answered = Life { silent_parties: 0, ..asked.clone() };
        assert_eq!(decided(&answered, BulletinEvent::EndConsultation, 99), Ok(BulletinState::Draft));
        assert_eq!(decided(&asked, BulletinEvent::Approve, 100), Ok(BulletinState::Approved));
        assert_eq!(decided(&asked, BulletinEvent::Rewrite, 100), Ok(BulletinState::Draft));
        assert_eq!(
            decided(&asked, BulletinEvent::Object, 100),
            Err(Refusal::NotNow(BulletinState::Draft, BulletinEvent::Object))
        );
    }
}
