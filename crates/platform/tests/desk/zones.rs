//! Zones: who may put and approve, and a desk before an exit that becomes an alarm and is gone again.

use std::time::{Duration, Instant};

use domain::access::{Access, Scope};
use domain::alarm::{AlarmCode, AlarmState, Source};
use domain::ids::CameraId;
use domain::place::PlaceType;
use domain::role::Role;
use domain::zone::{Light, ZoneKind};
use platform::PlatformError;
use platform::access::CameraEdit;
use platform::rows::{AlarmBlobKind, AlarmFilter, AlarmRow, AuditFilter, PageAsk};
use platform::watch::{NewZone, NotCompared, ZoneIs};
use simulator::scene::BLOCKED_S;
use simulator::{Scene, SimulatedCamera, Simulator, SimulatorConfig, VideoSource};

use crate::fixture::World;

/// Drawing, encoding, connecting, and what the story itself takes.
const PATIENCE: Duration = Duration::from_mins(2);

fn page() -> PageAsk {
    PageAsk { limit: 50, after: None }
}

fn exit() -> NewZone {
    NewZone {
        id: None,
        kind: ZoneKind::Exit,
        name: "一层东门".to_owned(),
        corners: vec![[0.4, 0.34], [0.6, 0.34], [0.62, 0.65], [0.38, 0.65]],
        hold_s: Some(5),
        hours: None,
    }
}

async fn camera_at(world: &World, who: Access, address: String) -> CameraId {
    world.add_camera(who, world.camera("一层安全出口", PlaceType::Exit, address)).await
}

#[tokio::test]
async fn who_manages_puts_and_who_also_sees_approves() {
    let world = World::new().await;
    let (manager, guard, stranger) = (world.manager().await, world.guard().await, world.stranger().await);
    let installer = world.person("installer", Role::Installer, Scope::Unit(world.school)).await;
    let id = camera_at(&world, manager, "rtsp://127.0.0.1:9/".to_owned()).await;
    let platform = &world.platform;
    let put = async |who: Access, version: i64, zones: Vec<NewZone>| {
        platform.put_camera_zones(&world.ask(who), id, (version, zones)).await
    };
    assert!(matches!(put(guard, 0, vec![exit()]).await, Err(PlatformError::Denied(_))));
    assert!(matches!(put(stranger, 0, vec![exit()]).await, Err(PlatformError::Denied(_))));
    let view = put(installer, 0, vec![exit()]).await.unwrap();
    let kept = view.zones.zones[0].clone();
    assert_eq!((view.zones.version, kept.name.as_str(), kept.hold_s), (1, "一层东门", 5));
    assert_eq!(view.standing.not_compared, Some(NotCompared::Offline));
    assert!(matches!(put(manager, 0, vec![]).await, Err(PlatformError::Conflict(_))));
    // The same zone keeps its id; an id that is none's is not taken over.
    let renamed = NewZone { id: Some(kept.id), name: "东门".to_owned(), ..exit() };
    let twice = NewZone { id: Some(kept.id), ..exit() };
    let zones = put(manager, 1, vec![renamed, twice]).await.unwrap().zones.zones;
    assert_eq!((zones[0].id, zones[0].name.as_str()), (kept.id, "东门"));
    assert_ne!(zones[1].id, kept.id);
    assert!(matches!(
        put(manager, 2, vec![NewZone { hold_s: Some(1), ..exit() }]).await,
        Err(PlatformError::Invalid(_))
    ));
    let see = platform.camera_zones(&world.ask(guard), id).await.unwrap();
    assert_eq!(see.zones.version, 2);
    assert!(matches!(platform.camera_zones(&world.ask(stranger), id).await, Err(PlatformError::NotFound)));

    for who in [guard, installer] {
        let denied = platform.reference_candidate(&world.ask(who), id).await;
        assert!(matches!(denied, Err(PlatformError::Denied(_))));
        let denied = platform.approve_reference(&world.ask(who), id, "00").await;
        assert!(matches!(denied, Err(PlatformError::Denied(_))));
    }
    let silent = platform.reference_candidate(&world.ask(manager), id).await;
    assert!(matches!(silent, Err(PlatformError::Unavailable(_))));
    let unseen = platform.approve_reference(&world.ask(manager), id, "00").await;
    assert!(matches!(unseen, Err(PlatformError::Conflict(_))));
    let none = platform.reference_picture(&world.ask(manager), id, Light::Day).await;
    assert!(matches!(none, Err(PlatformError::NotFound)));
    let rows = platform.audit_rows(&world.operator(), &AuditFilter::default(), &page()).await.unwrap();
    assert_eq!(rows.items.iter().filter(|row| row.entry.action == "zones_edit").count(), 2);
}

/// One camera seen at two places of the scene's loop: it is turned from the one to the other where the story has to go on sooner.
async fn school() -> Simulator {
    let camera = |path: &str, phase_s: f32| SimulatedCamera {
        phase: Duration::from_secs_f32(phase_s),
        ..SimulatedCamera::new(path, VideoSource::Scene { scene: Scene::CorridorExit, seed: 1 })
    };
    let cameras = vec![camera("before", BLOCKED_S[0] - 14.0), camera("after", BLOCKED_S[1] + 1.0)];
    let config = SimulatorConfig { listen: "127.0.0.1:0".parse().unwrap(), cameras, cache: None };
    Simulator::start(config).await.unwrap()
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
async fn a_desk_before_the_exit_is_an_alarm_and_its_going_is_noted() {
    let world = World::recording().await;
    let manager = world.manager().await;
    let school = school().await;
    let platform = &world.platform;
    platform.start().await.unwrap();
    let ask = || world.ask(manager);
    let id = camera_at(&world, manager, school.url("before")).await;
    let view = platform.put_camera_zones(&ask(), id, (0, vec![exit()])).await.unwrap();
    let zone = view.zones.zones[0].id;
    let candidate = until("a picture", async || platform.reference_candidate(&ask(), id).await.ok()).await;
    assert_eq!(platform.candidate_picture(&ask(), id, &candidate.sha256).await.unwrap(), candidate);
    platform.approve_reference(&ask(), id, &candidate.sha256).await.unwrap();
    let (row, jpeg) = platform.reference_picture(&ask(), id, Light::Day).await.unwrap();
    assert_eq!((row.sha256.as_str(), jpeg.as_slice()), (candidate.sha256.as_str(), candidate.jpeg.as_ref()));
    assert_eq!(row.approved_by.as_ref().map(|(id, _)| Some(*id)), Some(manager.user_id));

    let alarms = async || platform.alarms(&ask(), &AlarmFilter::default(), &page()).await.unwrap().items;
    let alarm: AlarmRow = until("the alarm", async || alarms().await.into_iter().next()).await;
    assert_eq!((alarm.alarm.code, alarm.alarm.source, alarm.score), (AlarmCode::E01, Source::Ai, None));
    assert_eq!((alarm.boxes.len(), alarm.boxes[0].label.as_str()), (1, "exit"));
    assert_eq!(alarm.note.as_deref(), Some("一层东门"));
    let view = platform.camera_zones(&ask(), id).await.unwrap();
    assert!(matches!(view.standing.zones[..], [(of, ZoneIs::Blocked { .. })] if of == zone), "{view:?}");
    assert!(view.look_interval_ms.is_some_and(|ms| (500..6000).contains(&ms)), "{view:?}");
    until("its picture", async || {
        platform.alarm_evidence(&ask(), alarm.alarm.id, AlarmBlobKind::Picture).await.ok()
    })
    .await;

    // The desk is gone: the camera is asked where it is so. A watch that begins anew knows nothing of before, and notes it all the same.
    let edit = CameraEdit { address: Some(school.url("after")), ..CameraEdit::default() };
    platform.edit_camera(&ask(), id, edit).await.unwrap();
    let cleared = until("the note", async || {
        let detail = platform.alarm(&ask(), alarm.alarm.id).await.unwrap();
        detail.steps.iter().any(|step| step.event == "clear").then_some(detail)
    })
    .await;
    assert_eq!(cleared.row.alarm.state, AlarmState::Waiting, "a person still ends it");
    assert_eq!(alarms().await.len(), 1);
    platform.stop().await;
    school.stop().await;
}
