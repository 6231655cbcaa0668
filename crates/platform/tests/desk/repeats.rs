//! Scripts of time: a fire that burns on after somebody ended its alarm, and what a camera that is not believed tells.

use domain::access::Access;
use domain::alarm::{AfterEnd, AlarmCode, AlarmEvent, AlarmState, FalseAlarmReason, Level, Mark};
use domain::ids::{AlarmId, CameraId};
use domain::place::PlaceType;
use jiff::SignedDuration;
use platform::alarms::Step;
use platform::rows::{AlarmFilter, AlarmRow, AlarmStates, JoinRule, NewAlarm, PageAsk, Raised};

use crate::fixture::World;

const RULE: JoinRule = JoinRule { window: SignedDuration::from_mins(2), fuse_within: SignedDuration::ZERO };

/// Smoke at a camera, as the watch hands it in at this second.
fn smoke(world: &World, camera: CameraId, is_again: bool) -> NewAlarm {
    let n = world.now().as_second() as u128;
    NewAlarm {
        score: Some(0.9),
        told_again: is_again.then(|| AfterEnd::of(SignedDuration::from_mins(2))),
        ..world.sighting(camera, AlarmCode::F01, n)
    }
}

struct Corridor {
    world: World,
    camera: CameraId,
    guard: Access,
}

impl Corridor {
    async fn new() -> Self {
        let world = World::new().await;
        let guard = world.guard().await;
        let manager = world.manager().await;
        let camera = world.camera("西楼走廊", PlaceType::TeachingCorridor, "rtsp://127.0.0.1:1/a".to_owned());
        let camera = world.add_camera(manager, camera).await;
        Self { world, camera, guard }
    }

    /// Hands in what the watch tells, and does what the standing tasks do.
    async fn hand_in(&self, new: &NewAlarm) -> Raised {
        let raised = self.world.store().await.raise_alarm(&Access::PLATFORM, new, RULE).await.unwrap();
        let platform = &self.world.platform;
        while platform.deliver_outbox().await.unwrap() > 0 {}
        platform.read_ladders(self.world.now()).await.unwrap();
        raised
    }

    async fn row(&self, id: AlarmId) -> AlarmRow {
        self.world.platform.alarm_row(&self.world.operator(), id).await.unwrap()
    }

    async fn step(&self, id: AlarmId, event: AlarmEvent, reason: Option<FalseAlarmReason>) {
        let version = self.row(id).await.alarm.version;
        let step = Step { event, version, reason, note: None };
        self.world.platform.work_alarm(&self.world.ask(self.guard), id, step).await.unwrap();
    }

    /// How often the guard was called of an alarm.
    async fn calls(&self, id: AlarmId) -> usize {
        let ladder = self.world.platform.alarm_ladder(&self.world.operator(), id).await.unwrap();
        let steps = ladder.runs.into_iter().flat_map(|run| run.rungs);
        steps.flat_map(|step| step.notified).filter(|line| line.person.is_some()).count()
    }
}

#[tokio::test]
async fn a_fire_that_somebody_ended_by_mistake_rings_again_within_minutes_and_floods_nobody() {
    let corridor = Corridor::new().await;
    let Raised::New(first) = corridor.hand_in(&smoke(&corridor.world, corridor.camera, false)).await else {
        panic!("a new alarm")
    };
    let first = first.alarm.id;
    assert_eq!(corridor.calls(first).await, 1);
    // At 30 s the guard takes it for steam, and the camera goes on seeing it.
    corridor.world.wait_s(30);
    corridor.step(first, AlarmEvent::Take, None).await;
    corridor.step(first, AlarmEvent::Reject, Some(FalseAlarmReason::SteamFog)).await;
    let mut told = Vec::new();
    for minute in 1..=8_i64 {
        corridor.world.wait_s(if minute == 1 { 30 } else { 60 });
        if let Raised::New(row) = corridor.hand_in(&smoke(&corridor.world, corridor.camera, true)).await {
            told.push((minute, row.alarm.id, row.predecessor_id));
            assert_eq!(corridor.calls(row.alarm.id).await, 1, "the guard is called");
            // The guard ends it at once, again and again.
            corridor.step(row.alarm.id, AlarmEvent::Take, None).await;
            corridor.step(row.alarm.id, AlarmEvent::Reject, Some(FalseAlarmReason::SteamFog)).await;
        }
    }
    // Ended at 30 s: quiet for two minutes; the next time for four.
    let minutes: Vec<i64> = told.iter().map(|(minute, ..)| *minute).collect();
    assert_eq!(minutes, [3, 7]);
    assert_eq!(told[0].2, Some(first), "it names the one before");
    assert_eq!(told[1].2, Some(told[0].1));
    assert_eq!(corridor.row(first).await.alarm.state, AlarmState::FalseAlarm, "what was ended stays ended");
    assert_eq!(corridor.row(first).await.joined_count, 2, "and notes what was seen since");
}

#[tokio::test]
async fn a_fire_that_burns_on_stays_one_alarm_while_somebody_works_it() {
    let corridor = Corridor::new().await;
    let Raised::New(row) = corridor.hand_in(&smoke(&corridor.world, corridor.camera, false)).await else {
        panic!("a new alarm")
    };
    let id = row.alarm.id;
    corridor.step(id, AlarmEvent::Take, None).await;
    for _ in 0..30 {
        corridor.world.wait_s(60);
        let raised = corridor.hand_in(&smoke(&corridor.world, corridor.camera, true)).await;
        assert_eq!(raised, Raised::Joined(id));
    }
    assert_eq!(corridor.row(id).await.joined_count, 30);
}

#[tokio::test]
async fn what_a_camera_that_is_not_believed_tells_is_recorded_and_rings_nobody_until_it_is_believed() {
    let corridor = Corridor::new().await;
    let mut new = smoke(&corridor.world, corridor.camera, false);
    (new.alarm.level, new.alarm.marks) = (Level::Four, vec![Mark::Inhibited]);
    let Raised::New(quiet) = corridor.hand_in(&new).await else { panic!("a new alarm") };
    let id = quiet.alarm.id;
    for s in [0, 60, 86_400] {
        corridor.world.wait_s(s);
        corridor.world.platform.read_ladders(corridor.world.now()).await.unwrap();
        assert_eq!(corridor.calls(id).await, 0, "nobody is called");
    }
    let open = AlarmFilter { states: AlarmStates::Open, ..AlarmFilter::default() };
    let listed = corridor
        .world
        .platform
        .alarms(&corridor.world.ask(corridor.guard), &open, &PageAsk::first(9))
        .await
        .unwrap();
    assert_eq!(listed.items[0].alarm.marks, [Mark::Inhibited], "it stands in the list");
    // The lens is free again and the smoke is still there: that rings, beside the quiet one.
    let Raised::New(loud) = corridor.hand_in(&smoke(&corridor.world, corridor.camera, true)).await else {
        panic!("a new alarm")
    };
    assert_eq!(corridor.calls(loud.alarm.id).await, 1);
}
