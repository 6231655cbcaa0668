//! Work orders as scripts of time: both sides act and each has its result, a fire owes a report that rings when it is late, the sheet of an
//! alarm is sealed; the leader who is on shift is told; an organisation signs for what it answers for.

use domain::access::{Access, Scope};
use domain::alarm::incident::{IncidentEvent, IncidentForm, IncidentState};
use domain::alarm::order::{OrderAct, OrderSide, OrderState, SideResult};
use domain::alarm::{AlarmCode, AlarmEvent, AlarmState, Rung};
use domain::contract::ContractEvent;
use domain::duty::roster::RoomKind;
use domain::ids::{AlarmId, OrganisationId, StaffId};
use domain::notice::{NoticeEvent, NoticeKind, Party};
use domain::organisation::Post;
use domain::organisation::certificate::{
    Certificate, CertificateDirection, CertificateLevel, CertificateQuery,
};
use domain::role::Role;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use platform::PlatformError;
use platform::alarms::{IncidentWish, ManualAlarm, OrderDetail, OrderWish, Step};
use platform::bulletins::DocumentFormat;
use platform::duty::{DutyRoomWish, RosterStep, ShiftWish};
use platform::notices::{NoticeAbout, NoticeStepWish, NoticeTo, NoticeWish, OverdueAsk};
use platform::organisations::{ContractStepWish, ContractWish, StaffWish};
use platform::rows::{
    AlarmFilter, DutyReportFilter, IncidentFilter, NoticeQuery, OverdueFilter, PageAsk, PartyKind,
};
use uuid::Uuid;

use crate::fixture::World;

async fn raise(world: &World, code: AlarmCode) -> AlarmId {
    let report = ManualAlarm {
        unit_id: world.school,
        camera_id: None,
        code,
        note: "食堂冒烟".to_owned(),
        occurred_at: None,
    };
    world.platform.raise_manual(&world.operator(), report).await.unwrap().alarm.id
}

async fn work(world: &World, who: Access, id: AlarmId, event: AlarmEvent) {
    let version = world.platform.alarm_row(&world.operator(), id).await.unwrap().alarm.version;
    let step = Step { event, version, reason: None, note: None };
    world.platform.work_alarm(&world.ask(who), id, step).await.unwrap();
}

/// Taken after 20 s and confirmed after 50.
async fn confirmed(world: &World, guard: Access, code: AlarmCode) -> AlarmId {
    let id = raise(world, code).await;
    world.wait_s(20);
    work(world, guard, id, AlarmEvent::Take).await;
    world.wait_s(30);
    work(world, guard, id, AlarmEvent::Confirm).await;
    id
}

async fn act(
    world: &World,
    who: Access,
    id: AlarmId,
    (side, act): (OrderSide, OrderAct),
    words: Option<&str>,
) -> Result<OrderDetail, PlatformError> {
    let wish = OrderWish { act, side, words: words.map(str::to_owned) };
    world.platform.act_on_order(&world.ask(who), id, &wish).await
}

fn page() -> PageAsk {
    PageAsk::first(50)
}

fn form() -> IncidentForm {
    let text = |words: &str| words.to_owned();
    IncidentForm {
        place: text("食堂"),
        seen: text("油锅起火"),
        cause: text("油温过高"),
        measures: text("灭火毯扑灭"),
        told: text("县教育局"),
        evacuated: 30,
        ..IncidentForm::default()
    }
}

#[tokio::test]
async fn both_sides_act_and_each_has_a_result_of_its_own() {
    use OrderAct as A;
    use OrderSide::{Remote, Site};
    let world = World::new().await;
    let (guard, manager) = (world.guard().await, world.manager().await);
    let waiting = raise(&world, AlarmCode::F02).await;
    assert!(world.platform.alarm_order(&world.ask(guard), waiting).await.unwrap().is_none());
    let early = act(&world, manager, waiting, (Site, A::Accept), None).await;
    assert!(matches!(early, Err(PlatformError::Conflict(_))), "nothing is confirmed: {early:?}");
    work(&world, guard, waiting, AlarmEvent::Take).await;
    work(&world, guard, waiting, AlarmEvent::MarkTest).await;

    let id = confirmed(&world, guard, AlarmCode::F02).await;
    let seen = world.platform.alarm_order(&world.ask(guard), id).await.unwrap().unwrap();
    let call = seen.call.unwrap();
    assert!(call.number == "119" && call.called.is_none());
    assert_eq!(seen.own.iter().map(|(side, _)| *side).collect::<Vec<_>>(), [Remote]);
    for (who, side, what) in [(guard, Site, A::Accept), (manager, Remote, A::Inform)] {
        let refused = act(&world, who, id, (side, what), None).await;
        assert!(matches!(refused, Err(PlatformError::Invalid(_))), "not their side: {refused:?}");
    }
    act(&world, guard, id, (Remote, A::CallFireBrigade), None).await.unwrap();
    let again = act(&world, manager, id, (Site, A::CallFireBrigade), None).await;
    assert!(matches!(again, Err(PlatformError::Conflict(_))), "who calls is written once: {again:?}");
    world.wait_s(25);
    act(&world, manager, id, (Site, A::Accept), Some("马上到")).await.unwrap();
    world.wait_s(45);
    let there = act(&world, manager, id, (Site, A::Arrive), None).await.unwrap();
    assert_eq!(there.order.state, OrderState::OnSite);
    assert_eq!((there.row.alarm.state, there.row.alarm.owner_id), (AlarmState::Handling, guard.user_id));
    assert_eq!(
        there.facts.results,
        [SideResult::InTime { spare_ms: 30_000 }, SideResult::Late { by_ms: 10_000 }]
    );
    act(&world, manager, id, (Site, A::SecondForce), None).await.unwrap();
    act(&world, manager, id, (Site, A::Remark), Some("明火已灭")).await.unwrap();
    let done = act(&world, manager, id, (Site, A::Handle), None).await.unwrap();
    assert_eq!(done.order.state, OrderState::Done);
    assert_eq!(done.acts.len(), 6);
    assert_eq!(done.call.unwrap().called.unwrap().1, "guard");
    let stranger = world.stranger().await;
    let foreign = world.platform.alarm_order(&world.ask(stranger), id).await;
    assert!(matches!(foreign, Err(PlatformError::NotFound)), "another county sees none of it");
    let steps = world.platform.alarm(&world.operator(), id).await.unwrap().steps;
    let arrive = steps.iter().find(|step| step.event == "arrive").unwrap();
    assert_eq!(arrive.actor.as_ref().unwrap().1, "manager", "the time line says who was there");
}

#[tokio::test]
async fn a_fire_owes_a_report_that_rings_when_it_is_late_and_is_sealed_when_it_is_handed_in() {
    let world = World::new().await;
    let (guard, manager) = (world.guard().await, world.manager().await);
    let platform = &world.platform;
    let id = confirmed(&world, guard, AlarmCode::F01).await;
    let blocked = confirmed(&world, guard, AlarmCode::E01).await;
    let none = platform.incident(&world.ask(manager), blocked).await;
    assert!(matches!(none, Err(PlatformError::NotFound)), "a blocked exit is no fire");
    let owed = platform.incident(&world.ask(manager), id).await.unwrap();
    assert_eq!((owed.row.state, owed.row.version), (IncidentState::Owed, 0));
    assert!(owed.form.seen.contains("食堂冒烟"), "filled in from rows: {:?}", owed.form);
    let write = async |event, version, form| {
        let wish = IncidentWish { event, version, form };
        platform.write_incident(&world.ask(manager), id, &wish).await
    };
    let empty = write(IncidentEvent::Submit, 0, owed.form.clone()).await;
    assert!(matches!(empty, Err(PlatformError::Invalid(_))), "no cause yet: {empty:?}");
    let draft = write(IncidentEvent::Save, 0, owed.form).await.unwrap();
    assert_eq!((draft.row.state, draft.row.version), (IncidentState::Drafted, 1));
    assert!(matches!(write(IncidentEvent::Save, 0, form()).await, Err(PlatformError::Conflict(_))));

    let rang = async || {
        platform.read_alarm_clocks(world.now()).await.unwrap();
        let filter = AlarmFilter { code: Some(AlarmCode::M06), ..AlarmFilter::default() };
        platform.alarms(&world.operator(), &filter, &page()).await.unwrap().items.len()
    };
    let late = async || {
        let filter = IncidentFilter::Late(world.now());
        platform.incidents(&world.ask(manager), filter, &page()).await.unwrap().items.len()
    };
    world.wait_s(7200 - 50);
    assert_eq!((rang().await, late().await), (0, 0), "two hours are not over");
    world.wait_s(51);
    assert_eq!((rang().await, late().await), (1, 1));
    assert_eq!(rang().await, 1, "it rings once");
    let version = platform.incident(&world.ask(manager), id).await.unwrap().row.version;
    let handed_in = write(IncidentEvent::Submit, version, form()).await.unwrap();
    assert_eq!(handed_in.row.state, IncidentState::Submitted);
    assert_eq!(late().await, 0);
    let report = handed_in.row.report_id.unwrap();
    let text =
        platform.duty_report_document(&world.ask(manager), report, DocumentFormat::Text).await.unwrap();
    let text = String::from_utf8(text.bytes).unwrap();
    assert!(text.contains("油锅起火") && text.contains("逾期"), "{text}");
    let docx =
        platform.duty_report_document(&world.ask(manager), report, DocumentFormat::Docx).await.unwrap();
    assert!(docx.bytes.starts_with(b"PK"));
    assert!(matches!(write(IncidentEvent::Save, 9, form()).await, Err(PlatformError::Conflict(_))));
    let stranger = world.stranger().await;
    for found in [
        platform.incident(&world.ask(stranger), id).await.map(drop),
        platform.duty_report_document(&world.ask(stranger), report, DocumentFormat::Text).await.map(drop),
    ] {
        assert!(matches!(found, Err(PlatformError::NotFound)), "another county: {found:?}");
    }
}

#[tokio::test]
async fn the_sheet_of_an_alarm_is_sealed_from_rows_and_guards_take_none_along() {
    let world = World::new().await;
    let (guard, manager) = (world.guard().await, world.manager().await);
    let id = confirmed(&world, guard, AlarmCode::F02).await;
    act(&world, manager, id, (OrderSide::Site, OrderAct::Accept), Some("马上到")).await.unwrap();
    let refused = world.platform.make_alarm_sheet(&world.ask(guard), id).await;
    assert!(matches!(refused, Err(PlatformError::Denied(_))), "{refused:?}");
    let stranger = world.stranger().await;
    let foreign = world.platform.make_alarm_sheet(&world.ask(stranger), id).await;
    assert!(matches!(foreign, Err(PlatformError::NotFound)), "{foreign:?}");
    let made = world.platform.make_alarm_sheet(&world.ask(manager), id).await.unwrap().made;
    let text = world.platform.duty_report_document(&world.ask(manager), made.id, DocumentFormat::Text).await;
    let text = String::from_utf8(text.unwrap().bytes).unwrap();
    for said in ["告警处置单", "远程值守：按时", "现场处置：进行中", "四快：快发现"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert!(made.content.contains("马上到"), "what was said stands in the course of events");
    let filter = DutyReportFilter { alarm_id: Some(id), ..DutyReportFilter::default() };
    let listed = world.platform.duty_reports(&world.ask(manager), &filter, &page()).await.unwrap();
    assert_eq!(listed.items.len(), 1);
    let others = world.platform.duty_reports(&world.ask(stranger), &filter, &page()).await.unwrap();
    assert!(others.items.is_empty());
}

/// An organisation that serves the school, with its office.
struct Served {
    world: World,
    county: Access,
    manager: Access,
    id: OrganisationId,
    leader: Access,
}

impl Served {
    async fn new() -> Self {
        let world = World::new().await;
        let county = world.person("county", Role::County, Scope::Region(world.county)).await;
        let manager = world.manager().await;
        world.guard().await;
        let id = world.organisation(county, "值守公司").await;
        let leader = world.person("leader", Role::Organisation, Scope::Organisation(id)).await;
        let now = world.now();
        let wish = ContractWish {
            unit_id: world.school,
            organisation_id: id,
            number: String::new(),
            starts_at: now,
            ends_at: now + SignedDuration::from_hours(500),
            replaces: None,
        };
        let row = world.platform.propose_contract(&world.ask(manager), wish).await.unwrap();
        let step = ContractStepWish {
            event: ContractEvent::Accept,
            version: row.contract.version,
            reason: "双方约定".to_owned(),
        };
        world.platform.step_contract(&world.ask(leader), row.contract.id, step).await.unwrap();
        world.wait_s(60);
        world.platform.keep_contracts(world.now()).await.unwrap();
        Self { world, county, manager, id, leader }
    }

    async fn shift_leader(&self, name: &str, login: &str, number: &str) -> StaffId {
        let certificate = Certificate {
            number: number.to_owned(),
            level: CertificateLevel::Four,
            direction: CertificateDirection::Monitoring,
            valid_until: Some(date(2099, 1, 1)),
            query: CertificateQuery::NotAsked,
            queried_on: None,
        };
        let wish =
            StaffWish { name: name.to_owned(), post: Post::ShiftLeader, certificate: Some(certificate) };
        let leader = self.world.ask(self.leader);
        let staff = self.world.platform.put_staff(&leader, self.id, None, wish).await.unwrap().row.record.id;
        self.world.platform.give_staff_account(&leader, self.id, staff, login).await.unwrap();
        staff
    }

    /// Who was told on the rung of shift leaders.
    async fn leaders_told(&self, id: AlarmId) -> Vec<String> {
        let platform = &self.world.platform;
        while platform.deliver_outbox().await.unwrap() > 0 {}
        platform.read_ladders(self.world.now()).await.unwrap();
        let ladder = platform.alarm_ladder(&self.world.operator(), id).await.unwrap();
        let rung = ladder.runs[0].rungs.iter().find(|step| step.rung == Rung::ShiftLeader).unwrap();
        rung.notified.iter().filter_map(|line| Some(line.person.as_ref()?.1.clone())).collect()
    }
}

#[tokio::test]
async fn the_leader_who_is_on_shift_is_told_and_all_of_them_where_nobody_is_rostered() {
    let served = Served::new().await;
    let world = &served.world;
    let day = served.shift_leader("甲", "day", "2136000001").await;
    served.shift_leader("乙", "night", "2136000002").await;
    let before = raise(world, AlarmCode::F02).await;
    assert!(served.leaders_told(before).await.is_empty(), "a minute belongs to the guards");
    world.wait_s(60);
    assert_eq!(served.leaders_told(before).await.len(), 2, "nobody is rostered: both");
    let wish = DutyRoomWish {
        name: "一号值班室".to_owned(),
        kind: RoomKind::Organisation,
        organisation_id: served.id,
        unit_id: None,
        quiet_s: 180,
    };
    let room = world.platform.open_duty_room(&world.ask(served.leader), wish).await.unwrap().room.id;
    let begin = Timestamp::from_second(world.now().as_second() / 60 * 60).unwrap();
    let shift = ShiftWish { staff_id: day, starts_at: begin, ends_at: begin + SignedDuration::from_hours(8) };
    let step = RosterStep::Enter(vec![shift]);
    world.platform.change_roster(&world.ask(served.leader), room, step, "").await.unwrap();
    let during = raise(world, AlarmCode::F03).await;
    world.wait_s(60);
    assert_eq!(served.leaders_told(during).await, ["甲"], "whose shift it is");
    world.wait_s(8 * 3600);
    let after = raise(world, AlarmCode::F04).await;
    world.wait_s(60);
    assert_eq!(served.leaders_told(after).await.len(), 2, "the shift is over");
}

#[tokio::test]
async fn an_organisation_signs_and_answers_for_the_units_that_it_serves() {
    let served = Served::new().await;
    let world = &served.world;
    let other = world.person("other", Role::Organisation, Scope::Organisation(served.id)).await;
    raise(world, AlarmCode::E01).await;
    world.wait_s(100);
    let by = async |who: Access, by| {
        let ask = OverdueAsk { filter: OverdueFilter { by, ..OverdueFilter::default() }, days: 0 };
        world.platform.overdue_parties(&world.ask(who), &ask, &page()).await.unwrap().items
    };
    let parties = by(served.county, PartyKind::Organisation).await;
    assert_eq!((parties.len(), parties[0].party), (1, Party::Organisation(served.id)));
    let wish = |n, to| NoticeWish {
        batch_id: Uuid::from_u128(n),
        kind: NoticeKind::Notice,
        about: NoticeAbout::Units(vec![world.school], 0),
        to,
        deadline_at: None,
        remark: None,
        send: true,
    };
    let sent =
        world.platform.send_notices(&world.ask(served.county), &wish(1, NoticeTo::Both)).await.unwrap();
    assert_eq!(sent.notices.len(), 2, "one to each");
    let to_organisation =
        sent.notices.iter().find(|one| one.party == Party::Organisation(served.id)).unwrap();
    let body = to_organisation.body.as_deref().unwrap();
    assert!(body.contains("值守公司：") && body.contains("你机构值守的单位"), "{body}");
    let id = to_organisation.notice.id;
    let to_unit = sent.notices.iter().find(|one| one.party == Party::Unit(world.school)).unwrap().notice.id;
    for (who, notice) in [(served.manager, id), (served.leader, to_unit), (world.stranger().await, id)] {
        let found = world.platform.notice(&world.ask(who), notice).await;
        assert!(matches!(found, Err(PlatformError::NotFound)), "not theirs: {found:?}");
    }
    let own = world.platform.notices(&world.ask(served.leader), true, &NoticeQuery::default(), &page()).await;
    assert_eq!(own.unwrap().items.len(), 1, "it waits for its people");
    let signed = world.platform.sign_notice(&world.ask(served.leader), id, None).await.unwrap();
    assert_eq!(signed.row.notice.state.as_str(), "received");
    let reply = NoticeStepWish {
        event: NoticeEvent::Reply,
        version: signed.row.notice.version,
        words: Some("已安排".to_owned()),
        deadline_at: None,
    };
    world.platform.step_notice(&world.ask(other), id, &reply).await.unwrap();
    let second = world
        .platform
        .send_notices(&world.ask(served.county), &wish(2, NoticeTo::Organisations))
        .await
        .unwrap();
    assert_eq!(second.notices[0].nth, 2, "counted for the organisation");
    let parties = by(served.county, PartyKind::Organisation).await;
    assert_eq!((parties[0].notices, parties[0].noticed), (2, 1));
    assert_eq!(by(served.county, PartyKind::Unit).await[0].notices, 1, "and for the unit by itself");
    let filter = OverdueFilter { by: PartyKind::Organisation, notices_min: 2, ..OverdueFilter::default() };
    let named = OverdueAsk { filter, days: 0 };
    let named = world.platform.overdue_parties(&world.ask(served.county), &named, &page()).await.unwrap();
    assert_eq!(named.items.len(), 1, "named after two notices");
}
