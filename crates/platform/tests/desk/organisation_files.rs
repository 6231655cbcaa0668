//! What is kept of organisations: a month's score that anybody computes again from its file, the violation file with reply and appeal, an
//! application without an account, a census that is closed, and the signed contract.

use domain::access::{Access, Scope};
use domain::beijing::{begin_of, day_after, day_of};
use domain::duty::falsehood::Trick;
use domain::duty::falsehood::case::SuspicionEvent;
use domain::duty::presence::Seen;
use domain::duty::score::file::{Month, ScoreFile};
use domain::duty::score::score;
use domain::ids::SuspicionId;
use domain::organisation::application::{ApplicationEvent, ApplicationState};
use domain::organisation::census::{CensusCounts, CensusEvent, CensusState};
use domain::organisation::violation::{ViolationEvent, ViolationKind, ViolationState};
use domain::organisation::{OrganisationState, credit_code};
use domain::recording::Span;
use domain::role::Role;
use jiff::SignedDuration;
use platform::PlatformError;
use platform::ledger::SuspicionStepWish;
use platform::organisations::{
    ApplicationDecision, ApplicationWish, CensusAnswerWish, CensusWish, OrganisationFacts, ViolationStepWish,
    ViolationWish,
};
use platform::rows::{ApplicationFilter, NewSuspicion, PageAsk, ViolationFilter, sha256_hex};
use uuid::Uuid;

use crate::duty_ledger::{DAY_S, Duties, HOUR_S, ROOM, duties};
use crate::fixture::World;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Days of the story until its month is over and closed; the camera sees nobody for an hour of the first.
async fn to_the_end_of_the_month(duties: &Duties) -> Month {
    let month = Month::of(duties.first);
    let mut day = duties.first;
    let mut passed = 0;
    while day <= month.last() {
        let but: &[(usize, usize, Seen)] = if day == duties.first { &[(600, 660, Seen::Empty)] } else { &[] };
        duties.show(day, but).await;
        passed += 1;
        duties.go_to(passed * DAY_S + 4 * HOUR_S).await;
        day = day_after(day, 1);
    }
    month
}

#[tokio::test]
async fn a_month_has_one_score_and_anybody_computes_it_again_from_its_file() {
    let duties = duties().await;
    let platform = &duties.world.platform;
    let month = Month::of(duties.first);
    let own = |who| duties.world.ask(who);
    let early = platform.month_score(&own(duties.leader), duties.organisation, month).await.unwrap();
    assert_eq!((early.kept_at, early.file.room_days.len()), (None, 0), "nothing is closed yet");

    to_the_end_of_the_month(&duties).await;
    platform.keep_scores(duties.world.now()).await.unwrap();
    let kept = platform.month_score(&own(duties.leader), duties.organisation, month).await.unwrap();
    assert!(kept.kept_at.is_some());
    let days = kept.file.room_days.len() as u64;
    assert_eq!(kept.file.inputs().coverage.denominator, days * 1440);
    assert_eq!(kept.file.inputs().coverage.numerator, days * 1440 - 60);
    // Coverage 40, camera 10; no roll-call, no alarm and no drill was measured, and what was not measured earns nothing.
    let by_hand = 4000 * (days * 1440 - 60) / (days * 1440) + 1000;
    assert_eq!(u64::from(kept.file.hundredths), by_hand);

    // The organisation, with nothing but the text it was given and the published rules.
    let file: ScoreFile = serde_json::from_str(&kept.text).unwrap();
    assert_eq!(file.check(), Ok(()));
    assert_eq!(score(&file.inputs()).hundredths, file.hundredths, "the same figure without the platform");
    assert_eq!(sha256_hex(kept.text.as_bytes()), kept.digest);

    // Kept is kept: what is found out later changes no figure of that month.
    duties.go_to((days as i64 + 3) * DAY_S).await;
    platform.keep_scores(duties.world.now()).await.unwrap();
    let again = platform.month_score(&own(duties.county), duties.organisation, month).await.unwrap();
    assert_eq!((again.digest, again.kept_at), (kept.digest, kept.kept_at));
    let rows = platform.scores(&own(duties.county), None, Some(month)).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.hundredths).collect::<Vec<_>>(), [kept.file.hundredths]);
    let stranger = duties.world.ask(duties.world.stranger().await);
    assert!(platform.scores(&stranger, None, None).await.unwrap().is_empty(), "another county");
    let refused = platform.month_score(&stranger, duties.organisation, month).await;
    assert!(matches!(refused, Err(PlatformError::NotFound)), "{refused:?}");
}

fn wish(duties: &Duties, kind: ViolationKind) -> ViolationWish {
    let begin = begin_of(duties.first);
    ViolationWish {
        organisation_id: duties.organisation,
        kind,
        span: Span::new(begin + HOUR * 9, begin + HOUR * 12),
        room_id: None,
        staff_id: None,
        words: "值班室无人".to_owned(),
    }
}

#[tokio::test]
async fn an_entry_rests_on_rows_is_replied_to_confirmed_and_appealed_against() {
    let duties = duties().await;
    let platform = &duties.world.platform;
    let (county, leader) = (duties.world.ask(duties.county), duties.world.ask(duties.leader));
    duties.show(duties.first, &[(600, 660, Seen::Empty)]).await;
    duties.go_to(DAY_S + 4 * HOUR_S).await;
    let (county, leader) = (duties.world.ask(county.access), duties.world.ask(leader.access));
    let invented = platform.open_violation(&county, wish(&duties, ViolationKind::RollCallsFailed)).await;
    assert!(
        matches!(&invented, Err(PlatformError::Invalid(fields)) if fields[0].code == "nothing_found"),
        "nothing is held against anybody without a row: {invented:?}"
    );
    let own = platform.open_violation(&leader, wish(&duties, ViolationKind::FalseClaim)).await;
    assert!(matches!(own, Err(PlatformError::Denied(_))));
    let stranger = duties.world.ask(duties.world.stranger().await);
    let foreign = platform.open_violation(&stranger, wish(&duties, ViolationKind::FalseClaim)).await;
    assert!(matches!(foreign, Err(PlatformError::NotFound)));

    let opened = platform.open_violation(&county, wish(&duties, ViolationKind::FalseClaim)).await.unwrap();
    assert!(opened.is_intact && opened.row.opened.row_count == 1, "an hour claimed by the roster, and empty");
    assert!(opened.row.opened.package.contains("600 60 empty"), "{}", opened.row.opened.package);
    let id = opened.row.opened.id;
    let step = async |who: Access, event, version| {
        let wish = ViolationStepWish { event, words: "说明理由".to_owned(), version };
        platform.step_violation(&duties.world.ask(who), id, wish).await
    };
    let hasty = step(duties.county, ViolationEvent::Confirm, 0).await;
    assert!(matches!(hasty, Err(PlatformError::Conflict(_))), "the organisation may still reply");
    step(duties.leader, ViolationEvent::Reply, 0).await.unwrap();
    let confirmed = step(duties.county, ViolationEvent::Confirm, 1).await.unwrap();
    assert!(confirmed.row.opened.state == ViolationState::Confirmed);
    let month = Month::of(duties.first);
    let score = platform.month_score(&leader, duties.organisation, month).await.unwrap();
    assert_eq!(score.file.findings.len(), 1, "deceit takes points");
    step(duties.leader, ViolationEvent::Appeal, 2).await.unwrap();
    let same = step(duties.county, ViolationEvent::Uphold, 3).await;
    assert!(matches!(same, Err(PlatformError::Conflict(_))), "who confirmed does not judge the appeal");
    let city = duties.world.person("city", Role::City, Scope::Region(duties.world.city().await)).await;
    let withdrawn = step(city, ViolationEvent::Withdraw, 3).await.unwrap();
    assert_eq!(withdrawn.steps.len(), 4, "nothing is removed");
    let score = platform.month_score(&leader, duties.organisation, month).await.unwrap();
    assert_eq!(score.file.findings, [], "what was withdrawn takes none");
}

#[tokio::test]
async fn an_upheld_suspicion_stands_in_the_file() {
    let duties = duties().await;
    let platform = &duties.world.platform;
    let now = duties.world.now();
    let package = "{\"format\":\"watchfire-suspicion/1\"}".to_owned();
    let new = NewSuspicion {
        id: SuspicionId(Uuid::from_u128(7)),
        trick: Trick::Mannequin,
        organisation_id: duties.organisation,
        room_id: Some(ROOM),
        staff_id: None,
        span: Span::new(now, now + HOUR),
        numbers: "[]".to_owned(),
        digest: platform::rows::sha256(package.as_bytes()),
        package,
        raised_at: now,
    };
    duties.store.raise_suspicion(&new).await.unwrap();
    let step = async |who, event, version| {
        let wish = SuspicionStepWish { event, words: "说明理由".to_owned(), version };
        platform.step_suspicion(&duties.world.ask(who), new.id, wish).await.unwrap()
    };
    step(duties.leader, SuspicionEvent::Reply, 0).await;
    step(duties.county, SuspicionEvent::Uphold, 1).await;
    // Once, however often it is looked for.
    platform.file_upheld_suspicions(duties.world.now()).await.unwrap();
    let leader = duties.world.ask(duties.leader);
    let page = platform.violations(&leader, &ViolationFilter::default(), &PageAsk::first(9)).await.unwrap();
    let [row] = page.items.as_slice() else { panic!("{:?}", page.items) };
    assert_eq!((row.opened.kind, row.opened.state), (ViolationKind::FeignedDuty, ViolationState::Confirmed));
    assert_eq!((row.opened.digest, row.opened.confirmed_by), (new.digest, duties.county.user_id));
    let detail = platform.violation(&leader, row.opened.id).await.unwrap();
    assert!(detail.is_intact && detail.steps.len() == 1);
}

fn application(world: &World, serial: u32) -> ApplicationWish {
    ApplicationWish {
        name: format!("申请公司{serial}"),
        credit_code: credit_code::complete(&format!("91360100MA{serial:07}")).unwrap(),
        region_id: world.county,
        facts: OrganisationFacts {
            address: "一号楼".to_owned(),
            premises_m2: 210,
            phone: "110".to_owned(),
            units_max: 5,
        },
        leader_name: "张三".to_owned(),
    }
}

#[tokio::test]
async fn an_organisation_applies_without_an_account_and_the_county_decides() {
    let world = World::new().await;
    let platform = &world.platform;
    let visitor = world.operator();
    let county = world.person("county", Role::County, Scope::Region(world.county)).await;
    let (row, receipt) = platform.apply(&visitor, application(&world, 1)).await.unwrap();
    assert_eq!(row.state, ApplicationState::Waiting);
    for (field, bad) in [
        ("name", ApplicationWish { name: "a\u{0}b".to_owned(), ..application(&world, 2) }),
        ("name", ApplicationWish { name: "长".repeat(101), ..application(&world, 2) }),
        ("leader_name", ApplicationWish { leader_name: " ".to_owned(), ..application(&world, 2) }),
        (
            "credit_code",
            ApplicationWish { credit_code: "'; drop table --".to_owned(), ..application(&world, 2) },
        ),
    ] {
        let refused = platform.apply(&visitor, bad).await;
        assert!(
            matches!(&refused, Err(PlatformError::Invalid(fields)) if fields[0].field == field),
            "{refused:?}"
        );
    }
    let city = ApplicationWish { region_id: world.city().await, ..application(&world, 2) };
    assert!(platform.apply(&visitor, city).await.is_err(), "the lowest regions alone");
    let twice = ApplicationWish { credit_code: row.record.credit_code.clone(), ..application(&world, 2) };
    assert!(matches!(platform.apply(&visitor, twice).await, Err(PlatformError::Conflict(_))));
    for wrong in ["", "x", &"A".repeat(43), &receipt.to_lowercase()] {
        assert!(matches!(platform.application_of(wrong).await, Err(PlatformError::NotFound)), "{wrong}");
    }

    let decide = async |event, version, reason: &str| {
        let decision = ApplicationDecision { event, version, reason: reason.to_owned() };
        platform.decide_application(&world.ask(county), row.id, decision).await
    };
    let silent = decide(ApplicationEvent::Return, 0, " ").await;
    assert!(matches!(silent, Err(PlatformError::Invalid(fields)) if fields[0].field == "reason"));
    let own = decide(ApplicationEvent::SendAgain, 0, "x").await;
    assert!(matches!(own, Err(PlatformError::Conflict(_))), "that is the applicant's step");
    decide(ApplicationEvent::Return, 0, "电话打不通").await.unwrap();
    let seen = platform.application_of(&receipt).await.unwrap();
    assert_eq!((seen.state, seen.reason.as_deref()), (ApplicationState::Returned, Some("电话打不通")));
    let mended = ApplicationWish {
        facts: OrganisationFacts { phone: "0791-2".to_owned(), ..application(&world, 1).facts },
        credit_code: String::new(),
        ..application(&world, 1)
    };
    let again = platform.apply_again(&visitor, &receipt, mended, 1).await.unwrap();
    assert_eq!((again.record.phone.as_str(), again.record.credit_code), ("0791-2", row.record.credit_code));
    let stranger = world.ask(world.stranger().await);
    let list = platform.applications(&stranger, &ApplicationFilter::default(), &PageAsk::first(9)).await;
    assert!(list.unwrap().items.is_empty(), "another county");
    let approved = decide(ApplicationEvent::Approve, 2, "已核实").await.unwrap();
    let id = approved.organisation_id.unwrap();
    let made = platform.organisation(&world.ask(county), id).await.unwrap();
    assert_eq!(made.row.state, OrganisationState::Valid);
    let people = platform.staff(&world.ask(county), id, false).await.unwrap();
    assert!(people.len() == 1 && people[0].row.account.is_none(), "its account is another step of a person");
    // Unanswered ones are over after thirty days.
    let (_, other) = platform.apply(&visitor, application(&world, 3)).await.unwrap();
    world.wait_s(31 * DAY_S);
    platform.lapse_applications(world.now()).await.unwrap();
    assert_eq!(platform.application_of(&other).await.unwrap().state, ApplicationState::Lapsed);
}

#[tokio::test]
async fn a_census_is_answered_from_rows_signed_returned_and_closed() {
    let duties = duties().await;
    let (world, platform) = (&duties.world, &duties.world.platform);
    let city = world.person("city", Role::City, Scope::Region(world.city().await)).await;
    let deadline_at = world.now() + SignedDuration::from_hours(24 * 7);
    let census = |title: &str| CensusWish { title: title.to_owned(), note: String::new(), deadline_at };
    let late = CensusWish { deadline_at: world.now(), ..census("x") };
    assert!(platform.open_census(&world.ask(city), late).await.is_err());
    let opened = platform.open_census(&world.ask(city), census("年度摸底")).await.unwrap();
    let id = opened.row.opened.id;
    let asked: Vec<_> = opened.answers.iter().map(|one| one.region_id).collect();
    assert!(asked.contains(&world.county), "every county of the city");

    let county = world.ask(duties.county);
    let region = platform.census_region(&county, id, world.county).await.unwrap();
    let expected = CensusCounts { organisations: 1, valid: 1, units: 1, contracted: 1, on_duty: 0 };
    assert_eq!(region.counts, expected);
    let answer = async |who: Access, counts, version| {
        let wish = CensusAnswerWish { counts, remark: String::new(), version };
        platform.answer_census(&world.ask(who), id, world.county, wish).await
    };
    let typed = answer(duties.county, CensusCounts { on_duty: 1, ..expected }, 0).await;
    assert!(matches!(typed, Err(PlatformError::Conflict(_))), "nobody types a number");
    let above = answer(city, expected, 0).await;
    assert!(matches!(above, Err(PlatformError::Conflict(_))), "a region answers for itself");
    let answered = answer(duties.county, expected, 0).await.unwrap();
    let own = answered.answers.iter().find(|one| one.region_id == world.county).unwrap();
    assert_eq!(own.signed.as_ref().map(|(id, ..)| *id), duties.county.user_id);
    let decide = async |who: Access, event, version| {
        platform.decide_census_answer(&world.ask(who), id, world.county, event, version, "请核对").await
    };
    let own = decide(duties.county, CensusEvent::Accept, 1).await;
    assert!(matches!(own, Err(PlatformError::Conflict(_))), "nobody accepts their own answer");
    decide(city, CensusEvent::Return, 1).await.unwrap();
    answer(duties.county, expected, 2).await.unwrap();
    decide(city, CensusEvent::Accept, 3).await.unwrap();

    let detail = platform.census(&world.ask(city), id).await.unwrap();
    let open = detail.answers.iter().filter(|one| one.state != CensusState::Accepted).count();
    if open > 0 {
        let early = platform.close_census(&world.ask(city), id, 0).await;
        assert!(matches!(early, Err(PlatformError::Conflict(_))), "{open} counties may still answer");
    }
    world.wait_s(8 * DAY_S);
    let closed = platform.close_census(&world.ask(city), id, 0).await.unwrap();
    assert_eq!((closed.sum, closed.row.closed_at), (expected, Some(world.now())));
    let frozen = platform.census_frozen(&world.ask(city), id).await.unwrap();
    assert_eq!(Some(sha256_hex(frozen.as_bytes())), closed.row.digest.map(|one| platform::rows::hex(&one)));
    assert!(frozen.contains("\"on_duty\":0") && frozen.contains("awaited"), "who did not answer is named");
    let after = decide(city, CensusEvent::Return, 4).await;
    assert!(matches!(after, Err(PlatformError::Conflict(_))), "closed is closed");
    let stranger = world.ask(world.stranger().await);
    let foreign = platform.census_region(&stranger, id, world.county).await;
    assert!(matches!(foreign, Err(PlatformError::NotFound)));
    assert_eq!(day_of(world.now()), day_after(day_of(opened.row.opened.opened_at), 8));
}

#[tokio::test]
async fn the_signed_contract_is_a_document_of_both_sides() {
    let duties = duties().await;
    let (world, platform) = (&duties.world, &duties.world.platform);
    let leader = world.ask(duties.leader);
    let cover = platform.contract_cover(&world.operator(), world.school).await.unwrap();
    let contract = cover.contracts[0].contract.id;
    let script = platform.add_contract_document(&leader, contract, "a.pdf", b"<script>").await;
    assert!(matches!(script, Err(PlatformError::Invalid(fields)) if fields[0].code == "not_a_document"));
    let files =
        platform.add_contract_document(&leader, contract, "C:\\扫描\\合同.pdf", b"%PDF-1.7").await.unwrap();
    assert_eq!(
        (files[0].file_name.as_str(), files[0].content_type.as_str()),
        ("合同.pdf", "application/pdf")
    );
    let (_, bytes) = platform.contract_document(&leader, contract, files[0].id).await.unwrap();
    assert_eq!(bytes, b"%PDF-1.7");
    let county = world.ask(duties.county);
    assert!(matches!(platform.contract_documents(&county, contract).await, Err(PlatformError::Denied(_))));
    let other = world.person("other", Role::Unit, Scope::Unit(world.neighbour)).await;
    let foreign = platform.contract_documents(&world.ask(other), contract).await;
    assert!(matches!(foreign, Err(PlatformError::NotFound)), "{foreign:?}");
}
