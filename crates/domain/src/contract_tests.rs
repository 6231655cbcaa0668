//! Who may say what about a contract, what time does to it, and when a unit is left alone.

use proptest::prelude::*;

use super::*;

fn at(h: i64) -> Timestamp {
    Timestamp::from_second(1_796_000_000 + h * 3600).unwrap()
}

/// Proposed by the unit at hour 0, from hour 10 to hour 1000.
fn contract() -> Contract {
    Contract {
        id: ContractId(uuid::Uuid::from_u128(1)),
        unit_id: UnitId(uuid::Uuid::from_u128(2)),
        organisation_id: OrganisationId(uuid::Uuid::from_u128(3)),
        proposed_by: Side::Unit,
        proposed_at: at(0),
        state: ContractState::Proposed,
        starts_at: at(10),
        ends_at: at(1000),
        replaces: None,
        version: 0,
    }
}

const STANDING: Standing =
    Standing { organisation: OrganisationState::Valid, units: 3, units_max: 10, meets: None };

#[test]
fn every_pair_of_state_and_event_is_known_or_refused() {
    use ContractEvent as E;
    use ContractState as S;
    let known = [
        (S::Proposed, E::Accept, S::Accepted),
        (S::Proposed, E::Decline, S::Declined),
        (S::Proposed, E::Withdraw, S::Withdrawn),
        (S::Proposed, E::Lapse, S::Lapsed),
        (S::Accepted, E::Start, S::Running),
        (S::Accepted, E::End, S::Ended),
        (S::Accepted, E::Terminate, S::Terminated),
        (S::Running, E::End, S::Ended),
        (S::Running, E::Terminate, S::Terminated),
        (S::Running, E::TakeOver, S::Replaced),
    ];
    for state in S::ALL {
        assert_eq!(
            state.is_over(),
            E::ALL.iter().all(|event| next_state(state, *event).is_err()),
            "{state:?}"
        );
        for event in E::ALL {
            let wanted = known.iter().find(|(s, e, _)| (*s, *e) == (state, event)).map(|(_, _, to)| *to);
            assert_eq!(next_state(state, event).ok(), wanted, "{state:?} {event:?}");
        }
    }
}

#[test]
fn a_claim_is_accepted_by_the_other_side_alone() {
    use ContractEvent as E;
    for proposer in Side::ALL {
        let one = Contract { proposed_by: proposer, ..contract() };
        let say = |event, actor| decide(&one, event, actor, true);
        for event in [E::Accept, E::Decline] {
            assert!(say(event, Actor::Party(proposer.other())).is_ok());
            for other in [Actor::Party(proposer), Actor::Regulator, Actor::Platform] {
                assert_eq!(say(event, other), Err(ContractRefusal::NotYours(event)), "{event:?} {other:?}");
            }
        }
        assert_eq!(say(E::Withdraw, Actor::Party(proposer)), Ok(ContractState::Withdrawn));
        assert!(say(E::Withdraw, Actor::Party(proposer.other())).is_err());
    }
    let running = Contract { state: ContractState::Running, ..contract() };
    for actor in [Actor::Party(Side::Unit), Actor::Party(Side::Organisation), Actor::Regulator] {
        let ended = |has_reason| decide(&running, E::Terminate, actor, has_reason);
        assert_eq!(ended(true), Ok(ContractState::Terminated));
        assert_eq!(ended(false), Err(ContractRefusal::ReasonMissing(E::Terminate)));
        let taken = decide(&running, E::TakeOver, actor, true);
        assert_eq!(taken, Err(ContractRefusal::NotYours(E::TakeOver)), "nobody says that they were replaced");
    }
}

#[test]
fn an_organisation_takes_on_what_it_may_and_can() {
    let accept = |standing: Standing, h| {
        let organisation = Actor::Party(Side::Organisation);
        let to = decide(&contract(), ContractEvent::Accept, organisation, false)?;
        check_acceptance(&contract(), &standing, at(h)).map(|()| to)
    };
    assert_eq!(accept(STANDING, 1), Ok(ContractState::Accepted));
    for state in OrganisationState::ALL.into_iter().filter(|state| !state.may_take_on()) {
        let refused = accept(Standing { organisation: state, ..STANDING }, 1);
        assert_eq!(refused, Err(ContractRefusal::TakesNobody(state)));
    }
    assert_eq!(accept(Standing { units: 10, ..STANDING }, 1), Err(ContractRefusal::Full(10, 10)));
    let other = ContractId(uuid::Uuid::from_u128(9));
    let meets = Standing { meets: Some(other), ..STANDING };
    assert_eq!(accept(meets, 1), Err(ContractRefusal::Meets(other)));
    assert_eq!(accept(STANDING, 1000), Err(ContractRefusal::Over));
}

#[test]
fn time_starts_ends_and_forgets() {
    use ContractEvent as E;
    use ContractState as S;
    for (state, h, wanted) in [
        (S::Proposed, 719, None),
        (S::Proposed, 720, Some(E::Lapse)),
        (S::Accepted, 9, None),
        (S::Accepted, 10, Some(E::Start)),
        (S::Accepted, 1000, Some(E::End)),
        (S::Running, 999, None),
        (S::Running, 1000, Some(E::End)),
        (S::Terminated, 1000, None),
        (S::Replaced, 1000, None),
    ] {
        assert_eq!(due(&Contract { state, ..contract() }, at(h)), wanted, "{state:?} at {h}");
    }
    let short = Contract { ends_at: at(20), ..contract() };
    assert_eq!(due(&short, at(20)), Some(E::Lapse), "over before anybody answered");
}

#[test]
fn a_replacement_leaves_no_gap() {
    let old = Contract { state: ContractState::Running, starts_at: at(-500), ends_at: at(100), ..contract() };
    let follower = |starts, organisation| Contract {
        id: ContractId(uuid::Uuid::from_u128(7)),
        organisation_id: OrganisationId(uuid::Uuid::from_u128(organisation)),
        starts_at: at(starts),
        replaces: Some(old.id),
        ..contract()
    };
    assert_eq!(check_proposal(&follower(50, 4), Some(&old), at(0)), Ok(()));
    assert_eq!(check_proposal(&follower(100, 4), Some(&old), at(0)), Ok(()));
    assert_eq!(check_proposal(&follower(101, 4), Some(&old), at(0)), Err(ContractRefusal::Gap(60)));
    assert_eq!(check_proposal(&follower(50, 3), Some(&old), at(0)), Err(ContractRefusal::ReplacesItself));
    let over = Contract { state: ContractState::Ended, ..old };
    assert!(check_proposal(&follower(50, 4), Some(&over), at(0)).is_err());
    assert_eq!(
        check_proposal(&Contract { ends_at: at(10), ..contract() }, None, at(0)),
        Err(ContractRefusal::Span)
    );
    assert_eq!(check_proposal(&contract(), None, at(1000)), Err(ContractRefusal::Over));
}

#[test]
fn what_contracts_make_of_a_duty_state() {
    use ContractState as S;
    let none: &[(S, Side)] = &[];
    let claimed: &[(S, Side)] = &[(S::Proposed, Side::Unit)];
    let offered: &[(S, Side)] = &[(S::Proposed, Side::Organisation)];
    let agreed: &[(S, Side)] = &[(S::Accepted, Side::Unit)];
    let running: &[(S, Side)] = &[(S::Proposed, Side::Unit), (S::Running, Side::Organisation)];
    // Duty before; after with none, a claim, an offer, an accepted one, a running one; and with none where the last one has just ended.
    for (before, after, ended) in [
        (Duty::None, [Duty::None, Duty::Claimed, Duty::None, Duty::Agreed, Duty::Agreed], Duty::None),
        (Duty::Claimed, [Duty::None, Duty::Claimed, Duty::None, Duty::Agreed, Duty::Agreed], Duty::None),
        (Duty::Agreed, [Duty::Agreed; 5], Duty::Interrupted),
        (Duty::Valid, [Duty::Valid; 5], Duty::Interrupted),
        (Duty::Doubtful, [Duty::Doubtful; 5], Duty::Interrupted),
        (
            Duty::Interrupted,
            [Duty::Interrupted, Duty::Interrupted, Duty::Interrupted, Duty::Agreed, Duty::Agreed],
            Duty::Interrupted,
        ),
        (
            Duty::Replaced,
            [Duty::Replaced, Duty::Replaced, Duty::Replaced, Duty::Agreed, Duty::Agreed],
            Duty::Replaced,
        ),
    ] {
        for (alive, wanted) in [none, claimed, offered, agreed, running].into_iter().zip(after) {
            assert_eq!(duty_after(before, alive, false), wanted, "{before:?} with {alive:?}");
        }
        assert_eq!(duty_after(before, none, true), ended, "{before:?}, the last one ended");
        assert_eq!(
            duty_after(before, running, true),
            duty_after(before, running, false),
            "{before:?}, another runs"
        );
    }
}

#[test]
fn minutes_without_a_contract() {
    let span = |from: i64, until: i64| (at(from), at(until));
    assert_eq!(uncovered_min(&[], at(0), at(2)), 120);
    assert_eq!(uncovered_min(&[span(0, 2)], at(0), at(2)), 0);
    assert_eq!(uncovered_min(&[span(-5, 1), span(1, 9)], at(0), at(2)), 0);
    assert_eq!(uncovered_min(&[span(2, 3), span(0, 1)], at(0), at(4)), 120);
    assert_eq!(uncovered_min(&[span(5, 9)], at(0), at(2)), 120);
    assert_eq!(uncovered_min(&[span(-9, -5)], at(0), at(2)), 120);
    let second = SignedDuration::from_secs(1);
    let begun = [(at(0), at(1)), (at(1).saturating_add(second).unwrap(), at(2))];
    assert_eq!(uncovered_min(&begun, at(0), at(2)), 1, "a begun minute counts");
}

proptest! {
    #[test]
    fn uncovered_minutes_are_those_counted_one_by_one(spans in prop::collection::vec((0_i64..200, 0_i64..60), 0..6), until in 0_i64..220) {
        let minute = |m: i64| at(0).saturating_add(SignedDuration::from_mins(m)).unwrap();
        let given: Vec<_> = spans.iter().map(|(from, lasts)| (minute(*from), minute(from + lasts))).collect();
        let counted = (0..until).filter(|m| !spans.iter().any(|(from, lasts)| (*from..from + lasts).contains(m))).count();
        prop_assert_eq!(uncovered_min(&given, minute(0), minute(until)), counted as i64);
    }
}
