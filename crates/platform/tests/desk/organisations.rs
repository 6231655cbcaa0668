//! Organisations and contracts as scripts of time: registered, approved, measured; a claim that counts once it is accepted; an organisation
//! that is replaced while its unit is never alone.

use domain::access::{Access, Scope};
use domain::alarm::{AlarmCode, AlarmEvent, AlarmState};
use domain::contract::{ContractEvent, ContractState};
use domain::ids::{ContractId, OrganisationId};
use domain::organisation::assessment::Criterion;
use domain::organisation::certificate::{
    Certificate, CertificateDirection, CertificateLevel, CertificateQuery, CertificateStanding,
};
use domain::organisation::{OrganisationEvent, OrganisationState, Post, credit_code};
use domain::role::Role;
use domain::unit::Duty;
use jiff::SignedDuration;
use jiff::civil::date;
use platform::PlatformError;
use platform::alarms::{ManualAlarm, Step};
use platform::organisations::{
    AssessmentWish, ContractStepWish, ContractWish, Judgement, OrganisationDecision, OrganisationFacts,
    OrganisationWish, StaffWish,
};
use platform::rows::{ContractRow, OrganisationRow};

use crate::fixture::World;

struct Trade {
    world: World,
    county: Access,
    manager: Access,
}

async fn trade() -> Trade {
    let world = World::new().await;
    Trade {
        county: world.person("county", Role::County, Scope::Region(world.county)).await,
        manager: world.manager().await,
        world,
    }
}

fn facts() -> OrganisationFacts {
    OrganisationFacts {
        address: "一号楼".to_owned(),
        premises_m2: 180,
        phone: "110".to_owned(),
        units_max: 5,
    }
}

impl Trade {
    async fn register(&self, serial: u32) -> OrganisationRow {
        let wish = OrganisationWish {
            name: format!("值守公司{serial}"),
            credit_code: credit_code::complete(&format!("91360100MA{serial:07}")).unwrap(),
            region_id: self.world.county,
            facts: facts(),
        };
        self.world.platform.register_organisation(&self.world.ask(self.county), wish).await.unwrap()
    }

    async fn decide(
        &self,
        row: &OrganisationRow,
        event: OrganisationEvent,
    ) -> Result<OrganisationRow, PlatformError> {
        let rectify_by = Some(self.world.now() + SignedDuration::from_hours(24));
        let decision =
            OrganisationDecision { event, version: row.version, reason: "核查".to_owned(), rectify_by };
        self.world.platform.decide_organisation(&self.world.ask(self.county), row.record.id, decision).await
    }

    /// Registered and approved, with a leader who signs in.
    async fn valid(&self, serial: u32) -> (OrganisationId, Access) {
        let row = self.register(serial).await;
        self.decide(&row, OrganisationEvent::Approve).await.unwrap();
        let id = row.record.id;
        let leader =
            self.world.person(&format!("leader{serial}"), Role::Organisation, Scope::Organisation(id)).await;
        (id, leader)
    }

    fn wish(
        &self,
        organisation: OrganisationId,
        from_h: i64,
        until_h: i64,
        replaces: Option<ContractId>,
    ) -> ContractWish {
        let now = self.world.now();
        ContractWish {
            unit_id: self.world.school,
            organisation_id: organisation,
            number: String::new(),
            starts_at: now + SignedDuration::from_hours(from_h),
            ends_at: now + SignedDuration::from_hours(until_h),
            replaces,
        }
    }

    async fn step(
        &self,
        who: Access,
        row: &ContractRow,
        event: ContractEvent,
    ) -> Result<ContractRow, PlatformError> {
        let wish =
            ContractStepWish { event, version: row.contract.version, reason: "双方约定".to_owned() };
        self.world.platform.step_contract(&self.world.ask(who), row.contract.id, wish).await
    }

    async fn duty(&self) -> Duty {
        self.world.platform.unit(&self.world.operator(), self.world.school).await.unwrap().row.unit.duty
    }

    async fn pass_h(&self, hours: i64) {
        self.world.wait_s(hours * 3600);
        self.world.platform.keep_contracts(self.world.now()).await.unwrap();
    }

    async fn state(&self, id: ContractId) -> ContractState {
        let cover =
            self.world.platform.contract_cover(&self.world.operator(), self.world.school).await.unwrap();
        cover.contracts.iter().find(|row| row.contract.id == id).unwrap().contract.state
    }
}

#[tokio::test]
async fn an_organisation_is_approved_by_the_office_and_ordered_with_a_day() {
    let trade = trade().await;
    let row = trade.register(1).await;
    assert_eq!(row.state, OrganisationState::Pending);
    let own = trade.world.person("leader", Role::Organisation, Scope::Organisation(row.record.id)).await;
    let ask = trade.world.ask(own);
    let decision = OrganisationDecision {
        event: OrganisationEvent::Approve,
        version: 0,
        reason: String::new(),
        rectify_by: None,
    };
    let refused = trade.world.platform.decide_organisation(&ask, row.record.id, decision).await;
    assert!(matches!(refused, Err(PlatformError::Denied(_))), "nobody approves themselves: {refused:?}");
    let row = trade.decide(&row, OrganisationEvent::Approve).await.unwrap();
    let row = trade.decide(&row, OrganisationEvent::OrderRectification).await.unwrap();
    assert_eq!(row.state, OrganisationState::Rectifying);
    assert!(row.rectify_by.is_some());
    let row = trade.decide(&row, OrganisationEvent::Restore).await.unwrap();
    assert_eq!((row.state, row.rectify_by), (OrganisationState::Valid, None));
    let detail = trade.world.platform.organisation(&ask, row.record.id).await.unwrap();
    assert_eq!(detail.steps.len(), 4, "registered, approved, ordered, restored");
    let bad = OrganisationWish {
        name: "x".to_owned(),
        credit_code: "91360100MA00000011".to_owned(),
        region_id: trade.world.county,
        facts: facts(),
    };
    let refused = trade.world.platform.register_organisation(&trade.world.ask(trade.county), bad).await;
    assert!(matches!(refused, Err(PlatformError::Invalid(fields)) if fields[0].field == "credit_code"));
}

#[tokio::test]
async fn people_are_judged_by_their_certificates_and_an_assessment_by_the_four_criteria() {
    let trade = trade().await;
    let (id, leader) = trade.valid(1).await;
    let (platform, ask) = (&trade.world.platform, trade.world.ask(leader));
    let certificate = |number: &str, until| Certificate {
        number: number.to_owned(),
        level: CertificateLevel::Four,
        direction: CertificateDirection::Monitoring,
        valid_until: Some(until),
        query: CertificateQuery::NotAsked,
        queried_on: None,
    };
    let mut standings = Vec::new();
    for (name, certificate) in [
        ("甲", Some(certificate("2136000001", date(2099, 1, 1)))),
        ("乙", Some(certificate("2136000002", date(2020, 1, 1)))),
        ("丙", None),
    ] {
        let wish = StaffWish { name: name.to_owned(), post: Post::Guard, certificate };
        standings.push(platform.put_staff(&ask, id, None, wish).await.unwrap().standing);
    }
    assert_eq!(
        standings,
        [CertificateStanding::Unchecked, CertificateStanding::Expired, CertificateStanding::Missing]
    );
    let detail = platform.organisation(&ask, id).await.unwrap();
    let measured = detail.measuring.unwrap().measured;
    assert_eq!((measured.people, measured.qualified, measured.premises_m2), (3, 1, 180));

    let office = trade.world.ask(trade.county);
    let judged = |passed: bool, remark: &str| AssessmentWish {
        judgements: Criterion::ALL
            .into_iter()
            .map(|criterion| Judgement { criterion, passed, remark: remark.to_owned() })
            .collect(),
        remark: String::new(),
    };
    let refused = platform.assess(&office, id, judged(true, "")).await;
    assert!(matches!(refused, Err(PlatformError::Invalid(_))), "against the figures one says why");
    let refused = platform.assess(&ask, id, judged(true, "好")).await;
    assert!(matches!(refused, Err(PlatformError::Denied(_))), "nobody assesses themselves");
    platform.assess(&office, id, judged(false, "人员、场所均不足")).await.unwrap();
    let kept = &platform.assessments(&ask, id).await.unwrap()[0].assessment;
    assert!(!kept.passed);
    assert_eq!(kept.criteria[0].measured, Some(180), "what was measured then is kept with it");
    let mut incomplete = judged(false, "缺");
    incomplete.judgements.pop();
    assert!(platform.assess(&office, id, incomplete).await.is_err());
}

#[tokio::test]
async fn a_person_gets_an_account_of_the_post_and_loses_it_with_the_post() {
    let trade = trade().await;
    let (id, leader) = trade.valid(1).await;
    let (platform, ask) = (&trade.world.platform, trade.world.ask(leader));
    let wish = StaffWish { name: "夜班".to_owned(), post: Post::ShiftLeader, certificate: None };
    let member = platform.put_staff(&ask, id, None, wish).await.unwrap();
    let staff = member.row.record.id;
    platform.give_staff_account(&ask, id, staff, "night").await.unwrap();
    let account = platform.account_named(&trade.world.operator(), "night").await.unwrap();
    assert_eq!((account.role, account.scope), (Role::ShiftLeader, Scope::Organisation(id)));
    assert!(platform.give_staff_account(&ask, id, staff, "night2").await.is_err(), "one account each");
    platform.end_staff(&ask, id, staff).await.unwrap();
    assert!(platform.account_named(&trade.world.operator(), "night").await.unwrap().disabled);
}

#[tokio::test]
async fn a_claim_counts_once_the_organisation_has_accepted_it() {
    let trade = trade().await;
    let (id, leader) = trade.valid(1).await;
    let before = trade.duty().await;
    let wish = trade.wish(id, 1, 1000, None);
    let row = trade.world.platform.propose_contract(&trade.world.ask(trade.manager), wish).await.unwrap();
    assert_eq!(row.contract.state, ContractState::Proposed);
    if before == Duty::None {
        assert_eq!(trade.duty().await, Duty::Claimed);
    }
    let own = trade.step(trade.manager, &row, ContractEvent::Accept).await;
    assert!(matches!(own, Err(PlatformError::Conflict(_))), "nobody accepts their own claim: {own:?}");
    let row = trade.step(leader, &row, ContractEvent::Accept).await.unwrap();
    // What the register knew as valid stays so: a contract makes nothing worse that it did not carry.
    let agreed = if before == Duty::None { Duty::Agreed } else { before };
    assert_eq!(trade.duty().await, agreed);
    trade.pass_h(2).await;
    assert_eq!(trade.state(row.contract.id).await, ContractState::Running);
    let row =
        trade.world.platform.contract_cover(&trade.world.ask(leader), trade.world.school).await.unwrap();
    assert_eq!((row.contracts.len(), row.uncovered_min), (1, Some(0)), "its unit is within reach now");
    let ended = trade.step(trade.county, &row.contracts[0], ContractEvent::Terminate).await.unwrap();
    assert_eq!(ended.contract.state, ContractState::Terminated);
    assert_eq!(trade.duty().await, Duty::Interrupted);
    trade.pass_h(3).await;
    let cover =
        trade.world.platform.contract_cover(&trade.world.operator(), trade.world.school).await.unwrap();
    assert_eq!(cover.uncovered_min, Some(180), "and the hours without one are counted");
}

#[tokio::test]
async fn an_organisation_is_replaced_and_the_unit_never_alone() {
    let trade = trade().await;
    let (platform, manager) = (&trade.world.platform, trade.manager);
    let (first, first_leader) = trade.valid(1).await;
    let (second, second_leader) = trade.valid(2).await;
    let old =
        platform.propose_contract(&trade.world.ask(manager), trade.wish(first, 0, 500, None)).await.unwrap();
    let old = trade.step(first_leader, &old, ContractEvent::Accept).await.unwrap();
    trade.pass_h(1).await;
    // A second organisation beside the first is refused, unless it takes its place.
    let beside = platform
        .propose_contract(&trade.world.ask(manager), trade.wish(second, 10, 600, None))
        .await
        .unwrap();
    let refused = trade.step(second_leader, &beside, ContractEvent::Accept).await;
    assert!(
        matches!(&refused, Err(PlatformError::Conflict(why)) if why.contains("another contract")),
        "{refused:?}"
    );
    let gap = platform
        .propose_contract(&trade.world.ask(manager), trade.wish(second, 501, 900, Some(old.contract.id)))
        .await;
    assert!(
        matches!(gap, Err(PlatformError::Invalid(fields)) if fields[0].code == "gap"),
        "a gap is refused before it is there"
    );
    let new = platform
        .propose_contract(&trade.world.ask(manager), trade.wish(second, 10, 600, Some(old.contract.id)))
        .await
        .unwrap();
    let new = trade.step(second_leader, &new, ContractEvent::Accept).await.unwrap();
    // A guard of the first one has taken an alarm and not decided it when the second one takes over.
    let guard = trade.world.person("guard1", Role::DutyGuard, Scope::Organisation(first)).await;
    let report = ManualAlarm {
        unit_id: trade.world.school,
        camera_id: None,
        code: AlarmCode::F02,
        note: "厨房有烟".to_owned(),
        occurred_at: None,
    };
    let raised = platform.raise_manual(&trade.world.ask(manager), report).await.unwrap();
    let take = Step { event: AlarmEvent::Take, version: raised.alarm.version, note: None, reason: None };
    platform.work_alarm(&trade.world.ask(guard), raised.alarm.id, take).await.unwrap();
    trade.pass_h(11).await;
    assert_eq!(trade.state(new.contract.id).await, ContractState::Running);
    assert_eq!(trade.state(old.contract.id).await, ContractState::Running, "both serve for a day");
    trade.pass_h(24).await;
    assert_eq!(trade.state(old.contract.id).await, ContractState::Replaced);
    let cover = platform.contract_cover(&trade.world.operator(), trade.world.school).await.unwrap();
    assert_eq!(cover.uncovered_min, Some(0), "the unit was never without a contract");
    assert!(
        platform.unit(&trade.world.ask(first_leader), trade.world.school).await.is_err(),
        "the old one's door is shut"
    );
    assert!(platform.unit(&trade.world.ask(second_leader), trade.world.school).await.is_ok());
    // The queue went over: nobody waits for an owner who cannot see it any more.
    let heir = trade.world.person("guard2", Role::DutyGuard, Scope::Organisation(second)).await;
    let waits = platform.alarm(&trade.world.ask(heir), raised.alarm.id).await.unwrap();
    assert_eq!((waits.row.alarm.state, waits.row.alarm.owner_id), (AlarmState::Waiting, None));
    assert!(platform.alarm(&trade.world.ask(guard), raised.alarm.id).await.is_err());
}
