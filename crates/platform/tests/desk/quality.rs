//! Rule quality at the desk: a noisy rule is proposed, a regulator decides, what is quiet is raised quietly, time ends it; answered pictures become
//! samples without people.

use std::time::{Duration, Instant};

use domain::access::{Access, Scope};
use domain::alarm::{AlarmCode, AlarmEvent, AlarmState, FalseAlarmReason, Level, Mark, decide};
use domain::ids::{AlarmId, CameraId};
use domain::place::PlaceType;
use domain::quality::{Grounds, QuarantineEvent, QuarantineState};
use domain::role::Role;
use domain::zone::ZoneKind;
use jiff::SignedDuration;
use platform::PlatformError;
use platform::access::CameraEdit;
use platform::quality::{BehindFilter, Decision, QualityFilter, suggestion_of};
use platform::rows::{
    AlarmBlobKind, AlarmFilter, AlarmRow, AuditFilter, JoinRule, NewAlarm, PageAsk, QuarantineFilter,
    QuarantineRow, Raised, StepRecord,
};
use platform::watch::NewZone;
use simulator::scene::BLOCKED_S;
use simulator::{Scene, SimulatedCamera, Simulator, SimulatorConfig, VideoSource};
use uuid::Uuid;

use crate::fixture::World;

const PATIENCE: Duration = Duration::from_mins(2);

fn page() -> PageAsk {
    PageAsk { limit: 50, after: None }
}

async fn camera_at(world: &World, who: Access, address: String) -> CameraId {
    world.add_camera(who, world.camera("食堂后厨", PlaceType::Kitchen, address)).await
}

/// Raises an alarm of the watch and answers it; a picture of the street goes with it.
async fn answered(
    world: &World,
    n: u128,
    camera: CameraId,
    code: AlarmCode,
    score: f32,
    reason: Option<FalseAlarmReason>,
) {
    // Two alarms of one moment would be one.
    world.wait_s(1);
    let (store, now) = (world.store().await, world.now());
    let times = domain::alarm::Times::raised(now, now);
    let alarm = domain::alarm::Alarm {
        id: AlarmId(Uuid::from_u128(0x7000 + n)),
        code,
        level: code.default_level(),
        state: AlarmState::Waiting,
        marks: vec![],
        drill: false,
        unit_id: world.school,
        camera_id: Some(camera),
        source: domain::alarm::Source::Ai,
        owner_id: None,
        handler_id: None,
        times,
        false_alarm_reason: None,
        has_result_picture: false,
        version: 0,
    };
    let id = alarm.id;
    let new = NewAlarm {
        alarm,
        score: Some(score),
        boxes: vec![],
        note: None,
        simulated: true,
        observation_id: id.0,
        model: Some(world.platform.model_version().to_owned()),
        silence_id: None,
        detector: None,
        told_again: None,
    };
    let raised = store
        .raise_alarm(
            &Access::PLATFORM,
            &new,
            JoinRule { window: SignedDuration::ZERO, fuse_within: SignedDuration::ZERO },
        )
        .await;
    assert!(matches!(raised.unwrap(), Raised::New(_)));
    let (kind, jpeg) = (AlarmBlobKind::Picture, street());
    store.add_alarm_blob(&Access::PLATFORM, id, kind, "image/jpeg", &jpeg, None, now).await.unwrap();
    let end = if reason.is_some() { AlarmEvent::Reject } else { AlarmEvent::Confirm };
    for (event, reason) in [(AlarmEvent::Take, None), (end, reason)] {
        let row = store.alarm(&Access::PLATFORM, id).await.unwrap();
        let change = decide(&row.alarm, event, None, reason, now).unwrap();
        let step = StepRecord { at: now, event, actor_id: None, note: None, reason };
        store.change_alarm(&Access::PLATFORM, id, row.alarm.version, &change, &step).await.unwrap();
    }
    store.close().await;
}

fn street() -> Vec<u8> {
    let frame = Scene::CorridorQuiet.pictures(1).next().unwrap();
    let (y, u, v) = frame.planes();
    let planes = [y, u, v].map(<[u8]>::to_vec);
    let size = (frame.width as u32, frame.height as u32);
    let colour = vision::picture::Colour { full_range: false, bt709: false };
    vision::Picture::from_planes(size, planes, colour).unwrap().to_jpeg().unwrap()
}

async fn quarantines(world: &World, who: Access) -> Vec<QuarantineRow> {
    let filter = QuarantineFilter { open_only: true, camera_id: None };
    world.platform.quarantines(&world.ask(who), &filter, &page()).await.unwrap().items
}

fn decision(event: QuarantineEvent, version: i64, why: &str, until: Option<jiff::Timestamp>) -> Decision {
    Decision { event, version, why: why.to_owned(), until }
}

#[tokio::test]
async fn a_noisy_rule_is_proposed_and_a_regulator_decides() {
    let world = World::new().await;
    let (manager, guard, stranger) = (world.manager().await, world.guard().await, world.stranger().await);
    let county = world.person("county", Role::County, Scope::Region(world.county)).await;
    let id = camera_at(&world, manager, "rtsp://127.0.0.1:9/".to_owned()).await;
    let platform = &world.platform;
    for n in 0..5 {
        answered(&world, n, id, AlarmCode::F01, 0.6, Some(FalseAlarmReason::SteamFog)).await;
    }
    platform.keep_quarantines(world.now()).await.unwrap();
    assert!(quarantines(&world, county).await.is_empty(), "five a day are borne");
    answered(&world, 6, id, AlarmCode::F01, 0.7, Some(FalseAlarmReason::Dust)).await;
    platform.keep_quarantines(world.now()).await.unwrap();
    platform.keep_quarantines(world.now()).await.unwrap();
    let proposed = quarantines(&world, county).await;
    assert_eq!(proposed.len(), 1);
    assert_eq!((proposed[0].new.grounds, proposed[0].new.worst_day), (Grounds::FalseADay, 6));
    assert!(quarantines(&world, stranger).await.is_empty());

    let quality = platform.rule_quality(&world.ask(guard), QualityFilter::default()).await.unwrap();
    assert_eq!((quality.rules.len(), quality.cameras_total), (1, 1));
    let rule = &quality.cameras[0];
    assert_eq!((rule.answers.answered(), rule.answers.real, suggestion_of(rule)), (6, 0, None));
    let behind = BehindFilter {
        code: AlarmCode::F01,
        model: rule.model.clone(),
        camera_id: Some(id),
        answer: None,
        reason: Some(FalseAlarmReason::Dust),
    };
    let alarms = platform.answered_alarms(&world.ask(guard), behind, &page()).await.unwrap();
    assert_eq!(alarms.items.len(), 1);

    let quarantine = proposed[0].new.id;
    let days = |days: i64| Some(world.now() + SignedDuration::from_hours(24 * days));
    let decide =
        async |who: Access, decision| platform.decide_quarantine(&world.ask(who), quarantine, decision).await;
    let approve = |until| decision(QuarantineEvent::Approve, 0, "食堂蒸汽，周五装排风", until);
    for who in [manager, guard] {
        assert!(matches!(decide(who, approve(days(3))).await, Err(PlatformError::Denied(_))));
    }
    assert!(matches!(decide(stranger, approve(days(3))).await, Err(PlatformError::NotFound)));
    let field = |refused: Result<_, PlatformError>| match refused {
        Err(PlatformError::Invalid(fields)) => (fields[0].field, fields[0].code),
        other => panic!("{other:?}"),
    };
    assert_eq!(field(decide(county, approve(days(8))).await), ("until", "too_long"));
    assert_eq!(field(decide(county, approve(None)).await), ("until", "required"));
    assert_eq!(
        field(decide(county, decision(QuarantineEvent::Approve, 0, " ", days(3))).await),
        ("why", "invalid")
    );
    assert_eq!(
        field(decide(county, decision(QuarantineEvent::Expire, 0, "x", None)).await),
        ("event", "not_for_people")
    );
    let row = decide(county, approve(days(3))).await.unwrap();
    assert_eq!(
        (row.state, row.decided_by.map(|(id, _)| Some(id))),
        (QuarantineState::InForce, Some(county.user_id))
    );
    assert!(matches!(decide(county, approve(days(3))).await, Err(PlatformError::Conflict(_))));

    // It ends by itself, and what happened stands in the register.
    world.wait_s(3 * 86_400);
    platform.keep_quarantines(world.now()).await.unwrap();
    let row = platform.quarantines(&world.ask(county), &QuarantineFilter::default(), &page()).await.unwrap();
    assert!(row.items.iter().any(|row| row.new.id == quarantine && row.state == QuarantineState::Ended));
    let rows = platform.audit_rows(&world.operator(), &AuditFilter::default(), &page()).await.unwrap();
    let done = |action: &str| rows.items.iter().filter(|row| row.entry.action == action).count();
    assert_eq!((done("quarantine_approve"), done("quarantine_expire")), (1, 1));
    // Its answers are still those of the last month: it is proposed again, for a person to decide again.
    assert_eq!(done("quarantine_propose"), 2);
}

#[tokio::test]
async fn an_answered_picture_becomes_a_sample_and_goes_with_its_time() {
    let world = World::new().await;
    let manager = world.manager().await;
    let id = camera_at(&world, manager, "rtsp://127.0.0.1:9/".to_owned()).await;
    answered(&world, 1, id, AlarmCode::F01, 0.9, None).await;
    answered(&world, 2, id, AlarmCode::F02, 0.6, Some(FalseAlarmReason::LightReflection)).await;
    let platform = &world.platform;
    platform.keep_samples(world.now()).await.unwrap();
    let samples = platform.samples(&world.operator(), &page()).await.unwrap().items;
    assert_eq!(samples.iter().map(|one| one.code).collect::<Vec<_>>(), [AlarmCode::F01, AlarmCode::F02]);
    let jpeg = platform.sample_picture(&world.operator(), &samples[0]).await.unwrap();
    assert!(vision::Picture::from_encoded(&jpeg).is_ok());
    assert!(!samples[0].new.people_model.is_empty());
    world.wait_s(181 * 86_400);
    platform.keep_samples(world.now()).await.unwrap();
    assert!(platform.samples(&world.operator(), &page()).await.unwrap().items.is_empty());
}

async fn until<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "not in time: {what}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quiet_rule_is_raised_quietly_and_marked() {
    let world = World::recording().await;
    let manager = world.manager().await;
    let county = world.person("county", Role::County, Scope::Region(world.county)).await;
    let platform = &world.platform;
    let id = camera_at(&world, manager, "rtsp://127.0.0.1:9/".to_owned()).await;
    for n in 0..6 {
        answered(&world, n, id, AlarmCode::E01, 0.6, Some(FalseAlarmReason::PeopleActivity)).await;
    }
    // What is seen soon after an alarm was raised belongs to it.
    world.wait_s(300);
    platform.start().await.unwrap();
    let proposed = until("the proposal", async || quarantines(&world, county).await.into_iter().next()).await;
    let until_at = Some(world.now() + SignedDuration::from_hours(24 * 20));
    let approve = decision(QuarantineEvent::Approve, 0, "走廊施工", until_at);
    platform.decide_quarantine(&world.ask(county), proposed.new.id, approve).await.unwrap();
    // The scene begins now: the reference is taken before the desk stands there.
    let scene = SimulatedCamera {
        phase: Duration::from_secs_f32(BLOCKED_S[0] - 14.0),
        ..SimulatedCamera::new("exit", VideoSource::Scene { scene: Scene::CorridorExit, seed: 1 })
    };
    let listen = "127.0.0.1:0".parse().unwrap();
    let school =
        Simulator::start(SimulatorConfig { listen, cameras: vec![scene], cache: None }).await.unwrap();
    let edit = CameraEdit { address: Some(school.url("exit")), ..CameraEdit::default() };
    platform.edit_camera(&world.ask(manager), id, edit).await.unwrap();
    let zone = NewZone {
        id: None,
        kind: ZoneKind::Exit,
        name: "一层东门".to_owned(),
        corners: vec![[0.4, 0.34], [0.6, 0.34], [0.62, 0.65], [0.38, 0.65]],
        hold_s: Some(5),
        hours: None,
    };
    let ask = || world.ask(manager);
    platform.put_camera_zones(&ask(), id, (0, vec![zone])).await.unwrap();
    let candidate = until("a picture", async || platform.reference_candidate(&ask(), id).await.ok()).await;
    platform.approve_reference(&ask(), id, &candidate.sha256).await.unwrap();
    let open = async || platform.alarms(&ask(), &AlarmFilter::default(), &page()).await.unwrap().items;
    let alarm: AlarmRow = until("the alarm", async || open().await.into_iter().next()).await;
    assert_eq!((alarm.alarm.code, alarm.alarm.level), (AlarmCode::E01, Level::Four));
    assert_eq!(alarm.alarm.marks, [Mark::Quarantined]);
    until("its picture", async || {
        platform.alarm_evidence(&ask(), alarm.alarm.id, AlarmBlobKind::Picture).await.ok()
    })
    .await;
    platform.stop().await;
    school.stop().await;
}
