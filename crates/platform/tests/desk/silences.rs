//! Planned silences as scripts of time: asked, approved, an alarm that is recorded and rings nobody, and what happens when the silence is over.

use domain::access::{Access, Scope};
use domain::alarm::silence::{SilenceEvent, SilenceState};
use domain::alarm::{AlarmCode, AlarmState, Mark};
use domain::ids::{AlarmId, SilenceId};
use domain::role::Role;
use jiff::SignedDuration;
use platform::alarms::{ManualAlarm, SilenceDecision, SilenceWish};
use platform::rows::{AuditFilter, PageAsk, SilenceFilter, SilenceRow};
use platform::{Platform, PlatformError};

use crate::fixture::World;

struct Town {
    world: World,
    guard: Access,
    manager: Access,
    county: Access,
}

async fn town() -> Town {
    let world = World::new().await;
    Town {
        guard: world.guard().await,
        manager: world.manager().await,
        county: world.person("county", Role::County, Scope::Region(world.county)).await,
        world,
    }
}

impl Town {
    /// Works at the school from now for an hour, in the manager's words.
    fn wish(&self, code: Option<AlarmCode>) -> SilenceWish {
        let now = self.world.now();
        SilenceWish {
            unit_id: self.world.school,
            camera_id: None,
            code,
            reason: "更换疏散指示灯".to_owned(),
            starts_at: now,
            ends_at: now + SignedDuration::from_hours(1),
        }
    }

    async fn asked(&self, code: Option<AlarmCode>) -> SilenceRow {
        self.world.platform.ask_for_silence(&self.world.ask(self.manager), self.wish(code)).await.unwrap()
    }

    async fn decide(
        &self,
        who: Access,
        row: &SilenceRow,
        event: SilenceEvent,
        with_fire: bool,
    ) -> Result<SilenceRow, PlatformError> {
        let decision =
            SilenceDecision {
                event, version: row.version, why: "已核实施工方案".to_owned(), with_fire
            };
        self.world.platform.decide_silence(&self.world.ask(who), row.id, decision).await
    }

    async fn approved(&self, code: Option<AlarmCode>, with_fire: bool) -> SilenceRow {
        let row = self.asked(code).await;
        self.decide(self.county, &row, SilenceEvent::Approve, with_fire).await.unwrap()
    }

    async fn raise(&self, code: AlarmCode) -> AlarmId {
        let report = ManualAlarm {
            unit_id: self.world.school,
            camera_id: None,
            code,
            note: "疏散通道有堆物".to_owned(),
            occurred_at: None,
        };
        self.world.platform.raise_manual(&self.world.operator(), report).await.unwrap().alarm.id
    }

    /// `rung xROUNDS` of everything that was told of an alarm, once the clocks were read.
    async fn told(&self, id: AlarmId) -> Vec<String> {
        tick(&self.world, &self.world.platform).await;
        let ladder = self.world.platform.alarm_ladder(&self.world.operator(), id).await.unwrap();
        let steps = ladder.runs.into_iter().flat_map(|run| run.rungs);
        steps
            .filter_map(|step| step.told)
            .filter(|told| told.people > 0)
            .map(|told| format!("{} x{}", told.rung.as_str(), told.rounds))
            .collect()
    }
}

async fn tick(world: &World, platform: &Platform) {
    while platform.deliver_outbox().await.unwrap() > 0 {}
    platform.read_ladders(world.now()).await.unwrap();
}

#[tokio::test]
async fn an_alarm_in_a_silence_is_recorded_rings_nobody_and_climbs_from_the_end() {
    let town = town().await;
    let silence = town.approved(None, false).await;
    town.world.wait_s(600);
    // At 10 min something stands in the escape route.
    let id = town.raise(AlarmCode::E01).await;
    let row = town.world.platform.alarm_row(&town.world.ask(town.guard), id).await.unwrap();
    assert_eq!((row.alarm.state, row.alarm.marks.as_slice()), (AlarmState::Waiting, &[Mark::Silenced][..]));
    assert_eq!(
        (row.silence_id, row.alarm.times.quiet_until),
        (Some(silence.id), Some(silence.silence.ends_at))
    );
    // Seconds after the alarm, and who has been told by then; the silence is over at 3000 s.
    let script: &[(i64, &[&str])] = &[
        (0, &[]),
        (900, &[]),
        (2999, &[]),
        (3000, &["duty_guard x1"]),
        (3299, &["duty_guard x1"]),
        (3300, &["duty_guard x2", "unit x1"]),
        (6599, &["duty_guard x2", "unit x1"]),
        (6600, &["duty_guard x2", "unit x1", "county x1"]),
    ];
    let mut second = 0;
    for (s, wanted) in script {
        town.world.wait_s(s - second);
        second = *s;
        assert_eq!(town.told(id).await, *wanted, "at {s} s");
    }
}

#[tokio::test]
async fn a_silence_that_is_lifted_rings_at_once() {
    let town = town().await;
    let silence = town.approved(Some(AlarmCode::E01), false).await;
    let id = town.raise(AlarmCode::E01).await;
    let other = town.raise(AlarmCode::E02).await;
    assert_eq!(town.told(id).await, [""; 0]);
    assert_eq!(town.told(other).await, ["duty_guard x1"], "another rule rings");
    town.world.wait_s(60);
    let refused = town.decide(town.guard, &silence, SilenceEvent::Lift, false).await;
    assert!(matches!(refused, Err(PlatformError::Denied(_))), "a guard does not decide");
    let lifted = town.decide(town.manager, &silence, SilenceEvent::Lift, false).await.unwrap();
    assert_eq!(lifted.silence.state, SilenceState::Lifted, "whoever asked may end it");
    assert_eq!(town.told(id).await, ["duty_guard x1"]);
    let late = town.raise(AlarmCode::E01).await;
    assert_eq!(town.told(late).await, ["duty_guard x1"], "what comes later rings at once");
}

#[tokio::test]
async fn one_person_asks_and_another_approves_within_reach() {
    let town = town().await;
    let stranger = town.world.stranger().await;
    let row = town.asked(None).await;
    let id = town.raise(AlarmCode::E01).await;
    assert_eq!(town.told(id).await, ["duty_guard x1"], "asked for is not approved");
    let own = town.decide(town.manager, &row, SilenceEvent::Approve, false).await;
    assert!(matches!(own, Err(PlatformError::Denied(_))), "a school does not approve");
    let foreign = town.decide(stranger, &row, SilenceEvent::Approve, false).await;
    assert!(matches!(foreign, Err(PlatformError::NotFound)), "another county does not see it");

    // The county asks itself: another regulator has to approve.
    let asked =
        town.world.platform.ask_for_silence(&town.world.ask(town.county), town.wish(None)).await.unwrap();
    let own = town.decide(town.county, &asked, SilenceEvent::Approve, false).await;
    assert!(matches!(own, Err(PlatformError::Conflict(_))), "nor does whoever asked");
    let province = town.world.province().await;
    let approved = town.decide(province, &asked, SilenceEvent::Approve, false).await.unwrap();
    assert_eq!(approved.silence.state, SilenceState::Approved);
    let again = town.decide(province, &asked, SilenceEvent::Approve, false).await;
    assert!(matches!(again, Err(PlatformError::Conflict(_))), "decided once");

    let guard = town.world.platform.ask_for_silence(&town.world.ask(town.guard), town.wish(None)).await;
    assert!(matches!(guard, Err(PlatformError::Denied(_))), "a guard does not ask");
    let declined = town.decide(town.county, &row, SilenceEvent::Decline, false).await.unwrap();
    assert_eq!(declined.silence.state, SilenceState::Declined);
    let (operator, page) = (town.world.operator(), PageAsk::first(50));
    let audit = town.world.platform.audit_rows(&operator, &AuditFilter::default(), &page).await.unwrap();
    let actions = audit.items.into_iter().map(|row| row.entry.action);
    let actions: Vec<String> = actions.filter(|one| one.starts_with("silence")).collect();
    assert_eq!(actions, ["silence_decline", "silence_approve", "silence_ask", "silence_ask"]);
}

#[tokio::test]
async fn detectors_ring_whatever_is_silenced_and_fire_has_to_be_named() {
    let town = town().await;
    let smoke = town.asked(Some(AlarmCode::F01)).await;
    let refused = town.decide(town.county, &smoke, SilenceEvent::Approve, false).await.unwrap_err();
    let PlatformError::Invalid(fields) = refused else { panic!("{refused}") };
    assert_eq!(fields[0].field, "with_fire");
    let named = town.decide(town.county, &smoke, SilenceEvent::Approve, true).await.unwrap();
    assert!(named.silence.with_fire);
    town.approved(None, true).await;
    for code in [AlarmCode::F01, AlarmCode::F02, AlarmCode::F03, AlarmCode::F04] {
        let id = town.raise(code).await;
        let row = town.world.platform.alarm_row(&town.world.operator(), id).await.unwrap();
        assert_eq!(
            (row.silence_id, row.alarm.times.quiet_until),
            (None, None),
            "{code:?} told by a person rings"
        );
        assert_eq!(town.told(id).await, ["duty_guard x1"], "{code:?}");
    }
}

#[tokio::test]
async fn a_silence_is_over_by_itself_and_that_is_written_down() {
    let town = town().await;
    let approved = town.approved(None, false).await;
    let asked = town.asked(None).await;
    let platform = &town.world.platform;
    let open = async || {
        let filter = SilenceFilter { open_at: Some(town.world.now()), unit_id: None };
        platform.silences(&town.world.ask(town.guard), &filter, &PageAsk::first(9)).await.unwrap().items.len()
    };
    assert_eq!(open().await, 2);
    town.world.wait_s(3600);
    assert_eq!(open().await, 0, "to the second, whether or not anybody has written it down");
    let late = town.decide(town.county, &asked, SilenceEvent::Approve, false).await;
    assert!(matches!(late, Err(PlatformError::Conflict(_))));
    platform.keep_silences(town.world.now()).await.unwrap();
    platform.keep_silences(town.world.now()).await.unwrap();
    let rows =
        platform.silences(&town.world.ask(town.guard), &SilenceFilter::default(), &PageAsk::first(9)).await;
    let states: Vec<(SilenceId, SilenceState)> =
        rows.unwrap().items.iter().map(|row| (row.id, row.silence.state)).collect();
    assert!(
        states.contains(&(approved.id, SilenceState::Ended))
            && states.contains(&(asked.id, SilenceState::Lapsed))
    );
}

#[tokio::test]
async fn a_wish_without_a_reason_or_beyond_its_bounds_is_refused_with_its_field() {
    let town = town().await;
    let refused = async |change: fn(&mut SilenceWish)| {
        let mut wish = town.wish(None);
        change(&mut wish);
        match town.world.platform.ask_for_silence(&town.world.ask(town.manager), wish).await {
            Err(PlatformError::Invalid(fields)) => fields[0].field,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refused(|wish| wish.reason = " ".to_owned()).await, "reason");
    assert_eq!(refused(|wish| wish.code = Some(AlarmCode::F03)).await, "code");
    assert_eq!(
        refused(|wish| wish.ends_at = wish.starts_at + SignedDuration::from_hours(169)).await,
        "ends_at"
    );
    assert_eq!(refused(|wish| wish.ends_at = wish.starts_at).await, "ends_at");
    let foreign = SilenceWish { unit_id: town.world.neighbour, ..town.wish(None) };
    let foreign = town.world.platform.ask_for_silence(&town.world.ask(town.manager), foreign).await;
    assert!(matches!(foreign, Err(PlatformError::NotFound)));
}
