//! Scores, violation files, applications, censuses and contract documents on either engine: what is kept once, what is never written again, who
//! sees what, and what strangers may send.

use domain::access::{Access, Scope};
use domain::duty::score::file::Month;
use domain::ids::{ApplicationId, BlobId, CensusId, OrganisationId, StaffId, UserId, ViolationId};
use domain::organisation::application::{ApplicationEvent, ApplicationState, PER_ADDRESS_MAX};
use domain::organisation::census::{CensusCounts, CensusEvent, CensusState};
use domain::organisation::violation::{ViolationEvent, ViolationEvent as E, ViolationKind, ViolationState};
use domain::organisation::{OrganisationState, credit_code};
use domain::recording::Span;
use domain::role::Role;
use store::{
    ApplicationChange, ApplicationFilter, ApplicationRecord, Approving, CensusAnswerChange, CensusClose,
    CensusSigned, ErrorKind, NewApplication, NewCensus, NewContractDocument, NewScore, NewViolation, PageAsk,
    ViolationChange, ViolationFilter,
};
use uuid::Uuid;

use crate::contract;
use crate::contracts::{FIRST, SECOND, of, running, trade};
use crate::house::{
    House, NORTH, NORTH_COUNTY, NORTH_GUARD, NORTH_SCHOOL, PROVINCE, SOUTH_COUNTY, account, at, north,
    province, south, south_guard,
};

contract!(
    a_score_is_kept_once_and_seen_where_its_organisation_is,
    an_entry_of_the_violation_file_is_moved_and_never_rewritten,
    a_stranger_sends_one_application_a_code_and_few_an_address,
    an_approved_application_is_an_organisation_with_its_leader,
    a_census_is_a_partition_and_stays_as_it_was_closed,
    a_signed_contract_is_read_by_its_two_sides,
);

const OFFICER: UserId = UserId(Uuid::from_u128(0xb_9001));

/// A person of the province with an account.
async fn officer(house: &House) -> Access {
    let mut one = account(OFFICER, "officer", Scope::Region(PROVINCE));
    one.role = Role::Province;
    house.store.add_account(&one).await.unwrap();
    Access::person(OFFICER, Role::Province, Scope::Region(PROVINCE))
}

async fn a_score_is_kept_once_and_seen_where_its_organisation_is(house: House) {
    let store = &trade(&house).await.store;
    let month = Month::parse("2026-11").unwrap();
    let new = NewScore {
        organisation_id: FIRST,
        month,
        rules: "rules".to_owned(),
        hundredths: 9592,
        file: "{}".to_owned(),
        digest: [7; 32],
        made_at: at(5),
    };
    assert!(store.add_score(&new).await.unwrap());
    let again = NewScore { hundredths: 1, ..new.clone() };
    assert!(!store.add_score(&again).await.unwrap(), "the first one stays");
    assert!(store.add_score(&NewScore { organisation_id: SECOND, hundredths: 9000, ..new }).await.unwrap());
    let seen = async |who: Access| {
        let rows = store.scores(&who, None, Some(month)).await.unwrap();
        rows.into_iter().map(|row| (row.organisation_id, row.hundredths)).collect::<Vec<_>>()
    };
    assert_eq!(seen(province()).await, [(FIRST, 9592), (SECOND, 9000)], "the best first");
    assert_eq!(seen(north()).await, [(FIRST, 9592)]);
    assert_eq!(seen(of(SECOND)).await, [(SECOND, 9000)]);
    assert_eq!(seen(south_guard()).await, [], "a unit does not look behind an organisation");
    let (row, file) = store.score_file(&of(FIRST), FIRST, month).await.unwrap();
    assert_eq!((row.digest, file.as_str()), ([7; 32], "{}"));
    let foreign = store.score_file(&of(FIRST), SECOND, month).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound);
}

fn violation(n: u128, organisation: OrganisationId) -> NewViolation {
    NewViolation {
        id: ViolationId(Uuid::from_u128(0xb_1000 + n)),
        organisation_id: organisation,
        kind: ViolationKind::FalseClaim,
        span: Span::new(at(10), at(20)),
        room_id: None,
        staff_id: None,
        suspicion_id: None,
        words: "谎报值班".to_owned(),
        package: "{\"rows\":[]}".to_owned(),
        row_count: 1,
        digest: [9; 32],
        state: ViolationState::Opened,
        opened_at: at(30),
        reply_until: at(60),
        confirmed_by: None,
    }
}

async fn an_entry_of_the_violation_file_is_moved_and_never_rewritten(house: House) {
    let store = &trade(&house).await.store;
    let officer = officer(&house).await;
    let opened = store.open_violation(&officer, &violation(1, FIRST)).await.unwrap();
    assert_eq!(opened.opener.as_ref().map(|(id, _)| *id), Some(OFFICER));
    store.open_violation(&officer, &violation(2, SECOND)).await.unwrap();
    let foreign = store.open_violation(&north(), &violation(3, SECOND)).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound, "an office of another city");
    let seen = async |who: Access| {
        let page = store.violations(&who, &ViolationFilter::default(), &PageAsk::first(9)).await.unwrap();
        page.items.into_iter().map(|row| row.opened.organisation_id).collect::<Vec<_>>()
    };
    assert_eq!(seen(province()).await.len(), 2);
    assert_eq!((seen(north()).await, seen(of(SECOND)).await), (vec![FIRST], vec![SECOND]));
    assert_eq!(store.violation(&of(SECOND), opened.opened.id).await.unwrap_err().kind(), ErrorKind::NotFound);

    let step = |event, to, s| ViolationChange { event, to, words: "说明".to_owned(), at: at(s) };
    let reply = step(ViolationEvent::Reply, ViolationState::Replied, 40);
    let id = opened.opened.id;
    let replied = store.change_violation(&of(FIRST), id, 0, &reply).await.unwrap();
    let stale = store.change_violation(&of(FIRST), id, 0, &reply).await.unwrap_err();
    assert_eq!((replied.version, stale.kind()), (1, ErrorKind::Conflict));
    let foreign = store.change_violation(&south(), id, 1, &reply).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound);
    let confirm = step(ViolationEvent::Confirm, ViolationState::Confirmed, 50);
    let confirmed = store.change_violation(&officer, id, 1, &confirm).await.unwrap();
    assert_eq!((confirmed.confirmed_at, confirmed.opened.confirmed_by), (Some(at(50)), Some(OFFICER)));
    let appeal = step(ViolationEvent::Appeal, ViolationState::Appealed, 55);
    let appealed = store.change_violation(&of(FIRST), id, 2, &appeal).await.unwrap();
    assert_eq!(appealed.confirmed_at, Some(at(50)), "when it was confirmed stays");
    let findings = store.scored_findings(FIRST, Span::new(at(45), at(99))).await.unwrap();
    assert_eq!(findings.iter().map(|one| one.id).collect::<Vec<_>>(), [id]);
    let withdraw = step(ViolationEvent::Withdraw, ViolationState::Withdrawn, 70);
    store.change_violation(&officer, id, 3, &withdraw).await.unwrap();
    assert_eq!(store.scored_findings(FIRST, Span::new(at(45), at(99))).await.unwrap(), []);
    let steps = store.violation_steps(&of(FIRST), id).await.unwrap();
    let events: Vec<_> = steps.iter().map(|one| one.event).collect();
    assert_eq!(events, [E::Reply, E::Confirm, E::Appeal, E::Withdraw]);
    // The database itself refuses to write anew what an entry rests on.
    for statement in [
        "update violation set package = '{}'",
        "update violation set digest = digest",
        "delete from violation_step",
        "update violation_step set words = 'x'",
    ] {
        assert!(house.behind(statement).await.is_err(), "{statement}");
    }
}

fn application(n: u128, from: &str) -> NewApplication {
    NewApplication {
        id: ApplicationId(Uuid::from_u128(0xb_2000 + n)),
        record: ApplicationRecord {
            name: format!("申请公司{n}"),
            credit_code: credit_code::complete(&format!("91360100MA{n:07}")).unwrap(),
            region_id: NORTH_COUNTY,
            address: "一号楼".to_owned(),
            premises_m2: 210,
            phone: "0791-1".to_owned(),
            units_max: 5,
            leader_name: "负责人".to_owned(),
        },
        receipt_sha256: [n as u8; 32],
        sent_from: from.to_owned(),
        at: at(10),
        counted_since: at(0),
    }
}

async fn a_stranger_sends_one_application_a_code_and_few_an_address(house: House) {
    let store = &trade(&house).await.store;
    let first = store.add_application(&application(11, "192.0.2.1")).await.unwrap();
    assert_eq!(first.state, ApplicationState::Waiting);
    let mut twice = application(12, "192.0.2.2");
    twice.record.credit_code.clone_from(&first.record.credit_code);
    assert_eq!(store.add_application(&twice).await.unwrap_err().kind(), ErrorKind::Conflict, "applied for");
    let registered = credit_code::complete("91360100MA0000001").unwrap();
    twice.record.credit_code = registered;
    assert_eq!(store.add_application(&twice).await.unwrap_err().kind(), ErrorKind::Conflict, "registered");
    let mut nowhere = application(13, "192.0.2.2");
    nowhere.record.region_id = domain::ids::RegionId(Uuid::from_u128(0xdead));
    assert_eq!(store.add_application(&nowhere).await.unwrap_err().kind(), ErrorKind::NotFound);
    for n in 0..u128::from(PER_ADDRESS_MAX) {
        store.add_application(&application(20 + n, "192.0.2.9")).await.unwrap();
    }
    let many = store.add_application(&application(30, "192.0.2.9")).await.unwrap_err();
    assert_eq!(many.kind(), ErrorKind::Limit);
    let tomorrow = NewApplication { counted_since: at(11), ..application(30, "192.0.2.9") };
    store.add_application(&tomorrow).await.unwrap();

    let waiting = ApplicationFilter { state: Some(ApplicationState::Waiting) };
    let count = async |who: Access| {
        store.applications(&who, &waiting, &PageAsk::first(50)).await.unwrap().items.len()
    };
    assert_eq!((count(province()).await, count(north()).await), (7, 7));
    assert_eq!((count(south()).await, count(of(FIRST)).await), (0, 0), "the office of the place");
    assert_eq!(store.application_by_receipt(&[11; 32]).await.unwrap().id, first.id);
    assert_eq!(store.application_by_receipt(&[99; 32]).await.unwrap_err().kind(), ErrorKind::NotFound);

    // Returned, mended, and lapsed when nobody moves it.
    let officer = officer(&house).await;
    let back = ApplicationChange {
        event: ApplicationEvent::Return,
        to: ApplicationState::Returned,
        reason: Some("地址不全".to_owned()),
        at: at(20),
    };
    let foreign = store.change_application(&south(), first.id, 0, &back).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound);
    let returned = store.change_application(&officer, first.id, 0, &back).await.unwrap();
    assert_eq!(returned.reason.as_deref(), Some("地址不全"));
    let mended = ApplicationRecord { address: "二号楼三层".to_owned(), ..first.record.clone() };
    let stale = store.send_application_again(&[11; 32], 0, &mended, at(21)).await.unwrap_err();
    assert_eq!(stale.kind(), ErrorKind::Conflict);
    let again = store.send_application_again(&[11; 32], 1, &mended, at(21)).await.unwrap();
    assert_eq!((again.state, again.sent_count, again.record), (ApplicationState::Waiting, 2, mended));
    assert_eq!(store.lapse_applications(at(15), at(99)).await.unwrap(), 6, "all but the one that moved");
    assert_eq!(count(north()).await, 1);
    let steps = store.application_steps(&officer, first.id).await.unwrap();
    let events: Vec<_> = steps.iter().map(|one| one.event).collect();
    assert_eq!(events, [None, Some(ApplicationEvent::Return), Some(ApplicationEvent::SendAgain)]);
}

async fn an_approved_application_is_an_organisation_with_its_leader(house: House) {
    let store = &trade(&house).await.store;
    let officer = officer(&house).await;
    let row = store.add_application(&application(11, "192.0.2.1")).await.unwrap();
    let approving = Approving {
        organisation_id: OrganisationId(Uuid::from_u128(0xb_3001)),
        leader_id: StaffId(Uuid::from_u128(0xb_3002)),
        synthetic: false,
        at: at(20),
    };
    let foreign = store.approve_application(&south(), row.id, 0, &approving, None).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound);
    let stale = store.approve_application(&officer, row.id, 5, &approving, None).await.unwrap_err();
    assert_eq!(stale.kind(), ErrorKind::Conflict);
    assert!(store.organisation(&officer, approving.organisation_id).await.is_err(), "all or nothing");
    let after = store.approve_application(&officer, row.id, 0, &approving, Some("已电话核实")).await.unwrap();
    assert_eq!(after.organisation_id, Some(approving.organisation_id));
    let made = store.organisation(&officer, approving.organisation_id).await.unwrap();
    assert_eq!((made.state, made.people), (OrganisationState::Valid, 1));
    let people = store.staff(&officer, approving.organisation_id, false).await.unwrap();
    assert_eq!((people[0].record.name.as_str(), people[0].account.is_none()), ("负责人", true));
    let twice = store.approve_application(&officer, row.id, 1, &approving, None).await.unwrap_err();
    assert_eq!(twice.kind(), ErrorKind::Conflict);
    // Its code is taken for the next stranger.
    let mut next = application(12, "192.0.2.7");
    next.record.credit_code = made.record.credit_code;
    assert_eq!(store.add_application(&next).await.unwrap_err().kind(), ErrorKind::Conflict);
}

async fn a_census_is_a_partition_and_stays_as_it_was_closed(house: House) {
    let store = &trade(&house).await.store;
    let officer = officer(&house).await;
    let id = CensusId(Uuid::from_u128(0xb_4001));
    let new = NewCensus {
        id,
        title: "2026 年摸底".to_owned(),
        note: String::new(),
        region_id: PROVINCE,
        opened_at: at(10),
        deadline_at: at(5000),
    };
    let elsewhere = NewCensus { region_id: NORTH, ..new.clone() };
    assert!(store.open_census(&officer, &elsewhere).await.is_err(), "each office for its own region");
    let opened = store.open_census(&officer, &new).await.unwrap();
    let answers = store.census_answers(&officer, id).await.unwrap();
    assert_eq!(opened.asked as usize, answers.len());
    // Every unit and organisation stands on exactly one list.
    let (mut units, mut organisations) = (Vec::new(), Vec::new());
    for one in &answers {
        let lists = store.census_lists(&officer, one.region_id).await.unwrap();
        units.extend(lists.units.into_iter().map(|unit| unit.id));
        organisations.extend(lists.organisations.into_iter().map(|one| one.id));
    }
    units.sort_unstable();
    organisations.sort_unstable();
    assert_eq!((units.len(), organisations), (3, vec![FIRST, SECOND]));
    units.dedup();
    assert_eq!(units.len(), 3);

    let seen: Vec<_> =
        store.census_answers(&north(), id).await.unwrap().into_iter().map(|one| one.region_id).collect();
    assert!(seen.contains(&NORTH_COUNTY) && !seen.contains(&SOUTH_COUNTY), "{seen:?}");
    assert!(store.census_answer(&north(), id, SOUTH_COUNTY).await.is_err());
    assert!(store.census_lists(&north(), SOUTH_COUNTY).await.unwrap().units.is_empty());
    assert_eq!(store.censuses(&of(FIRST), &PageAsk::first(9)).await.unwrap().items, []);

    let counts = CensusCounts { organisations: 1, valid: 1, units: 1, contracted: 0, on_duty: 0 };
    let signed = CensusSigned { counts, lists: "{}".to_owned(), digest: [5; 32], remark: None, at: at(20) };
    store.answer_census(&officer, id, NORTH_COUNTY, 0, &signed).await.unwrap();
    let stale = store.answer_census(&officer, id, NORTH_COUNTY, 0, &signed).await.unwrap_err();
    assert_eq!(stale.kind(), ErrorKind::Conflict);
    let accept = CensusAnswerChange {
        event: CensusEvent::Accept,
        to: CensusState::Accepted,
        reason: None,
        at: at(30),
    };
    store.change_census_answer(&officer, id, NORTH_COUNTY, 1, &accept).await.unwrap();
    let (answer, lists) = store.census_answer(&north(), id, NORTH_COUNTY).await.unwrap();
    assert_eq!(
        (answer.state, answer.counts, lists.as_deref()),
        (CensusState::Accepted, Some(counts), Some("{}"))
    );
    assert_eq!(store.census(&north(), id).await.unwrap().accepted, 1);

    let close = CensusClose { frozen: "{\"sum\":1}".to_owned(), digest: [6; 32], at: at(40) };
    assert!(store.close_census(&north(), id, 0, &close).await.is_err(), "who opened it closes it");
    let closed = store.close_census(&officer, id, 0, &close).await.unwrap();
    assert_eq!((closed.closed_at, closed.digest), (Some(at(40)), Some([6; 32])));
    let late = store.answer_census(&officer, id, SOUTH_COUNTY, 0, &signed).await.unwrap_err();
    assert_eq!(late.kind(), ErrorKind::Conflict);
    assert_eq!(store.census_frozen(&officer, id).await.unwrap().as_deref(), Some("{\"sum\":1}"));
    assert!(store.census_frozen(&north(), id).await.is_err(), "all of it is the opener's");
    assert!(house.behind("update census set title = 'x'").await.is_err());
    let events: Vec<_> =
        store.census_steps(&officer, id).await.unwrap().into_iter().map(|one| one.event).collect();
    assert_eq!(events, ["open", "answer", "accept", "close"]);
}

async fn a_signed_contract_is_read_by_its_two_sides(house: House) {
    let store = &trade(&house).await.store;
    let contract = running(&house, 1, NORTH_SCHOOL, FIRST).await.contract.id;
    let new = NewContractDocument {
        id: BlobId(Uuid::from_u128(0xb_5001)),
        contract_id: contract,
        file_name: "合同.pdf".to_owned(),
        content_type: "application/pdf",
        sha256: store::sha256_hex(b"%PDF-1"),
        at: at(200),
    };
    let unit = Access::person(NORTH_GUARD, Role::Unit, Scope::Unit(NORTH_SCHOOL));
    store.add_contract_document(&unit, &new, b"%PDF-1").await.unwrap();
    for who in [unit, of(FIRST)] {
        let (row, bytes) = store.contract_document(&who, contract, new.id).await.unwrap();
        assert_eq!((row.size_bytes, row.sha256, bytes.as_slice()), (6, new.sha256.clone(), &b"%PDF-1"[..]));
    }
    for who in [of(SECOND), north(), province(), south_guard()] {
        let refused = store.contract_documents(&who, contract).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::NotFound, "{who:?}");
        let other = NewContractDocument { id: BlobId(Uuid::from_u128(0xb_5002)), ..new.clone() };
        assert!(store.add_contract_document(&who, &other, b"%PDF-1").await.is_err());
    }
    assert!(house.behind("delete from contract_document").await.is_err());
}
