//! The table of the life of a notice: every pair of state and event, and whose step each is. Texts are tested beside themselves.

use super::*;

fn at(s: i64) -> Timestamp {
    Timestamp::from_second(s).unwrap()
}

fn notice(state: NoticeState) -> Notice {
    Notice {
        id: NoticeId(uuid::Uuid::from_u128(1)),
        kind: NoticeKind::Notice,
        state,
        issuer_level: Rung::County,
        party_level: Rung::Unit,
        escalated_to: None,
        deadline_at: at(1000),
        version: 0,
    }
}

/// Rows are states, columns events: send, sign, reply, accept, return, escalate, withdraw, close.
const TABLE: [(NoticeState, [&str; 8]); 8] = [
    (NoticeState::Drafted, ["sent", "", "", "", "", "", "withdrawn", ""]),
    (NoticeState::Sent, ["", "received", "", "", "", "sent", "withdrawn", ""]),
    (NoticeState::Received, ["", "", "replied", "", "", "received", "withdrawn", "closed"]),
    (NoticeState::Replied, ["", "", "", "accepted", "returned", "", "withdrawn", ""]),
    (NoticeState::Returned, ["", "", "replied", "", "", "returned", "withdrawn", ""]),
    (NoticeState::Accepted, ["", "", "", "", "", "", "", "closed"]),
    (NoticeState::Closed, [""; 8]),
    (NoticeState::Withdrawn, [""; 8]),
];

#[test]
fn every_pair_of_state_and_event_is_decided() {
    assert_eq!(TABLE.map(|(state, _)| state), NoticeState::ALL);
    for (state, row) in TABLE {
        for (event, wanted) in NoticeEvent::ALL.into_iter().zip(row) {
            let found = next_state(state, event).map_or("", NoticeState::as_str);
            assert_eq!(found, wanted, "{state:?} {event:?}");
            if wanted.is_empty() {
                let refused = decide(&notice(state), event, Some(Rung::County), Some("x"), at(0));
                assert_eq!(refused, Err(Refusal::NotNow(state, event)));
            }
        }
    }
}

#[test]
fn each_step_is_taken_by_whose_step_it_is() {
    use NoticeEvent as E;
    use NoticeState as S;
    let county = Some(Rung::County);
    for (state, event, theirs) in [
        (S::Drafted, E::Send, county),
        (S::Sent, E::Sign, Some(Rung::Unit)),
        (S::Received, E::Reply, Some(Rung::Unit)),
        (S::Replied, E::Accept, county),
        (S::Replied, E::Return, county),
        (S::Sent, E::Withdraw, county),
        (S::Accepted, E::Close, None),
    ] {
        for by in [None, Some(Rung::DutyGuard), Some(Rung::Unit), county, Some(Rung::City)] {
            let done = decide(&notice(state), event, by, Some("x"), at(0));
            assert_eq!(done.is_ok(), by == theirs, "{event:?} by {by:?}: {done:?}");
            assert!(by == theirs || done == Err(Refusal::NotYours(event)));
        }
    }
    let climbed = Notice { escalated_to: Some(Rung::City), ..notice(S::Replied) };
    assert!(decide(&climbed, E::Accept, Some(Rung::City), None, at(0)).is_ok(), "whom it climbed to reviews");
    assert!(decide(&climbed, E::Accept, county, None, at(0)).is_ok());
    assert!(decide(&climbed, E::Accept, Some(Rung::Province), None, at(0)).is_err());
}

#[test]
fn replies_returns_and_withdrawals_need_words() {
    for (state, event, by) in [
        (NoticeState::Received, NoticeEvent::Reply, Rung::Unit),
        (NoticeState::Replied, NoticeEvent::Return, Rung::County),
        (NoticeState::Sent, NoticeEvent::Withdraw, Rung::County),
    ] {
        for words in [None, Some(""), Some(" \n")] {
            let refused = decide(&notice(state), event, Some(by), words, at(0));
            assert_eq!(refused, Err(Refusal::WordsMissing(event)));
        }
    }
}

#[test]
fn a_reminder_is_signed_for_and_closed_without_a_reply() {
    let reminder = Notice { kind: NoticeKind::Reminder, ..notice(NoticeState::Received) };
    let reply = decide(&reminder, NoticeEvent::Reply, Some(Rung::Unit), Some("已处理"), at(0));
    assert_eq!(reply, Err(Refusal::NoReplyAsked));
    assert_eq!(decide(&reminder, NoticeEvent::Close, None, None, at(0)).unwrap().to, NoticeState::Closed);
    let order = notice(NoticeState::Received);
    assert_eq!(decide(&order, NoticeEvent::Close, None, None, at(0)), Err(Refusal::ReplyAwaited));
    assert!(!reminder.is_late(at(2000)), "signed for: nothing is owed");
    assert!(Notice { state: NoticeState::Sent, ..reminder }.is_late(at(2000)));
}

#[test]
fn what_is_late_or_returned_climbs_once_and_no_higher_than_the_province() {
    let escalate = |notice: &Notice, by, s| decide(notice, NoticeEvent::Escalate, by, None, at(s));
    let sent = notice(NoticeState::Sent);
    assert_eq!(escalate(&sent, None, 1000), Err(Refusal::InTime), "the last moment is in time");
    assert_eq!(escalate(&sent, None, 1001).unwrap().escalated_to, Some(Rung::City));
    assert_eq!(escalate(&sent, Some(Rung::City), 1001), Err(Refusal::NotYours(NoticeEvent::Escalate)));
    let returned = notice(NoticeState::Returned);
    assert_eq!(escalate(&returned, Some(Rung::County), 0).unwrap().escalated_to, Some(Rung::City));
    let climbed = Notice { escalated_to: Some(Rung::City), ..sent };
    assert_eq!(escalate(&climbed, None, 1001), Err(Refusal::NobodyAbove));
    let highest = Notice { issuer_level: Rung::Province, ..sent };
    assert_eq!(escalate(&highest, None, 1001), Err(Refusal::NobodyAbove));
    for state in NoticeState::ALL {
        assert_eq!(notice(state).is_late(at(1001)), state.is_owed(), "{state:?}");
        assert!(!notice(state).is_late(at(1000)));
    }
}

#[test]
fn a_notice_to_an_organisation_is_signed_and_answered_by_it_and_not_by_the_unit() {
    let sent = Notice { party_level: Rung::Organisation, ..notice(NoticeState::Sent) };
    let sign = |by| decide(&sent, NoticeEvent::Sign, Some(by), None, at(0));
    assert!(sign(Rung::Organisation).is_ok());
    for by in [Rung::Unit, Rung::ShiftLeader, Rung::County] {
        assert_eq!(sign(by), Err(Refusal::NotYours(NoticeEvent::Sign)), "{by:?}");
    }
}
