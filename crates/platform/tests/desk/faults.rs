//! Faults from a seed: the whole way of an alarm, with deaths between and within its steps, a clock that jumps, and a receiver that fails as it likes.
//!
//! Each step of the way is called by itself, so that the process can die before it, behind it, and at any of its waits: a step is polled so many
//! times and dropped, as `kill -9` would leave it, and a new process opens the same rows. `WATCHFIRE_FAULT_SEED` repeats a plan;
//! `WATCHFIRE_FAULT_ROUNDS` makes it longer. What the plan decides is repeated exactly; when a thread of the database answers is not.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::pin;
use std::task::Poll;

use domain::alarm::{AlarmCode, Rung};
use domain::ids::AlarmId;
use jiff::SignedDuration;
use platform::alarms::{AlarmSettings, ManualAlarm};
use platform::notify::{Endpoint, NotifySettings};
use platform::rows::{AlarmFilter, AlarmStates, NotificationState, Notified, PageAsk};
use platform::watchdog::{Verdict, WatchdogSettings};
use platform::{Platform, PlatformError};

use crate::fixture::World;
use crate::receiver::{Receiver, Reply, Request};

const GOOD: Reply = Reply::With(200, "ok");
const CODES: [AlarmCode; 4] = [AlarmCode::F02, AlarmCode::E01, AlarmCode::E03, AlarmCode::M03];
/// Steps of one plan; an alarm takes four.
const STEPS: u32 = 120;
/// Answers that the seed decides; the last one, good, holds for all later ones.
const ANSWERS: u32 = 60;
/// Waits of one step at most; a step that has more of them is done.
const WAITS_MAX: u32 = 40;

/// A sequence that a seed decides (SplitMix64).
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u32) -> u32 {
        (self.next() % u64::from(end)) as u32
    }

    fn one_in(&mut self, n: u32) -> bool {
        self.below(n) == 0
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Polls a step so many times and drops it; none where it was not done by then.
async fn cut<F: Future>(polls: u32, step: F) -> Option<F::Output> {
    let mut step = pin!(step);
    let mut left = polls;
    std::future::poll_fn(move |context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        step.as_mut().poll(context).map(Some)
    })
    .await
}

fn endpoint(receiver: &Receiver) -> NotifySettings {
    NotifySettings {
        allowed: vec!["127.0.0.1/32".parse().unwrap()],
        webhook: Some(Endpoint { url: receiver.url("/"), secret: None, rungs: vec![Rung::DutyGuard] }),
        ..NotifySettings::default()
    }
}

/// Test alarms of the watchdog are a story of their own.
fn alarms() -> AlarmSettings {
    let watchdog = WatchdogSettings { every: SignedDuration::ZERO, ..WatchdogSettings::default() };
    AlarmSettings { watchdog, ..AlarmSettings::default() }
}

/// What happened so far.
#[derive(Debug, Default)]
struct Tally {
    deaths: u32,
    /// Of these, within a sending: the other side may have taken what nobody could write down.
    deaths_sending: u32,
    jumps: u32,
    given_up: u32,
    acknowledged: BTreeSet<String>,
}

struct Run {
    seeded: Seeded,
    world: World,
    platform: Platform,
    notify: NotifySettings,
    tally: Tally,
}

impl Run {
    async fn begin(mut seeded: Seeded) -> (Self, Receiver) {
        let world = World::new().await;
        world.guard().await;
        let answers = (0..ANSWERS).map(|_| match seeded.below(10) {
            0 | 1 => Reply::With(500, "busy"),
            2 => Reply::HangUp,
            3 => Reply::With(429, ""),
            _ => GOOD,
        });
        let receiver = Receiver::answering(answers.chain([GOOD]).collect()).await;
        let notify = endpoint(&receiver);
        let platform = world.reopened_for(alarms(), notify.clone()).await;
        (Self { seeded, world, platform, notify, tally: Tally::default() }, receiver)
    }

    /// The process is dead; another one opens the same rows.
    async fn die(&mut self) {
        self.tally.deaths += 1;
        self.platform = self.world.reopened_for(alarms(), self.notify.clone()).await;
    }

    /// How often a step is polled before the process dies; most steps are done.
    fn polls(&mut self) -> u32 {
        if self.seeded.one_in(3) { 1 + self.seeded.below(WAITS_MAX) } else { u32::MAX }
    }

    async fn step(&mut self) {
        let polls = self.polls();
        let is_done = match self.seeded.below(12) {
            0..=2 => self.raise(polls).await,
            3 | 4 => cut(polls, self.platform.deliver_outbox()).await.map(drop_count).is_some(),
            5 | 6 => {
                let now = self.world.now();
                cut(polls, self.platform.read_ladders(now)).await.map(Result::unwrap).is_some()
            }
            7 | 8 => {
                let sent = cut(polls, self.platform.send_waiting("webhook")).await.map(drop_count).is_some();
                self.tally.deaths_sending += u32::from(!sent);
                sent
            }
            9 => {
                self.world.wait_s(1 + i64::from(self.seeded.below(90)));
                true
            }
            10 if self.seeded.one_in(3) => {
                let ahead = if self.seeded.one_in(2) { 3600 } else { -3600 };
                self.world.wait_s(ahead);
                self.tally.jumps += 1;
                true
            }
            10 => true,
            _ => false,
        };
        if !is_done {
            self.die().await;
        }
    }

    async fn raise(&mut self, polls: u32) -> bool {
        let code = CODES[self.seeded.below(CODES.len() as u32) as usize];
        let note = "二楼有烟".to_owned();
        let report =
            ManualAlarm { unit_id: self.world.school, camera_id: None, code, note, occurred_at: None };
        match cut(polls, self.platform.raise_manual(&self.world.operator(), report)).await {
            Some(Ok(row)) => {
                self.tally.acknowledged.insert(row.alarm.id.to_string());
                true
            }
            Some(Err(error)) => panic!("an alarm is refused: {error}"),
            None => false,
        }
    }

    /// Everything works and time goes on until nothing waits any more.
    async fn heal(&mut self) {
        self.die().await;
        for turn in 0..400 {
            while self.platform.deliver_outbox().await.unwrap() > 0 {}
            self.platform.read_ladders(self.world.now()).await.unwrap();
            self.platform.send_waiting("webhook").await.unwrap();
            let standing = self.platform.notification_channels(&self.world.operator()).await.unwrap();
            self.world.wait_s(20);
            // What the ladder tells again within minutes has been told by then.
            if standing[0].standing.waiting == 0 && turn >= 20 {
                return;
            }
        }
        panic!("something still waits after two hours");
    }

    /// The first call of the guards of an alarm, and what became of it at the receiver.
    async fn first_call(&self, id: AlarmId) -> (usize, Option<Notified>) {
        let ladder = self.platform.alarm_ladder(&self.world.operator(), id).await.unwrap();
        let steps = ladder.runs.into_iter().flat_map(|run| run.rungs);
        let lines: Vec<Notified> = steps
            .filter(|step| step.rung == Rung::DutyGuard)
            .flat_map(|step| step.notified)
            .filter(|line| line.round == 1)
            .collect();
        let people = lines.iter().filter(|line| line.person.is_some()).count();
        (people, lines.into_iter().find(|line| line.channel == "webhook"))
    }

    async fn alarms(&self) -> Vec<AlarmId> {
        let all = AlarmFilter { states: AlarmStates::All, ..AlarmFilter::default() };
        let (mut found, mut page) = (Vec::new(), PageAsk::first(200));
        loop {
            let read = self.platform.alarms(&self.world.operator(), &all, &page).await.unwrap();
            found.extend(read.items.iter().map(|row| row.alarm.id));
            match read.next {
                Some(next) => page.after = Some(next),
                None => return found,
            }
        }
    }
}

fn drop_count(result: Result<usize, PlatformError>) {
    result.unwrap();
}

/// The deliveries that the receiver answered with 200, by alarm, and how often each.
fn taken(requests: &[Request]) -> BTreeMap<String, BTreeMap<String, u32>> {
    let mut by_alarm: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
    for request in requests.iter().filter(|request| request.answered == Some(200)) {
        let message = request.json();
        if message["round"] != 1 {
            continue;
        }
        let alarm = message["alarm"]["id"].as_str().unwrap().to_owned();
        let delivery = request.header("x-watchfire-delivery").to_owned();
        *by_alarm.entry(alarm).or_default().entry(delivery).or_default() += 1;
    }
    by_alarm
}

/// Goes through a plan; what it came to.
async fn one_plan(seed: u64) -> String {
    let (mut run, receiver) = Run::begin(Seeded(seed)).await;
    for _ in 0..STEPS {
        run.step().await;
    }
    run.heal().await;
    let alarms = run.alarms().await;
    let ids: BTreeSet<String> = alarms.iter().map(ToString::to_string).collect();
    assert!(run.tally.acknowledged.is_subset(&ids), "an alarm that was acknowledged is lost");
    let taken = taken(&receiver.requests());
    let mut repeated = 0;
    for id in alarms {
        let (people, outside) = run.first_call(id).await;
        assert_eq!(people, 1, "{id}: the guard is told once");
        let outside = outside.unwrap_or_else(|| panic!("{id}: nobody wrote to the receiver"));
        if outside.state == NotificationState::GivenUp {
            assert_eq!(outside.tries, 8, "{id}: {outside:?}");
            run.tally.given_up += 1;
            continue;
        }
        assert_eq!(outside.state, NotificationState::Sent, "{id}: {outside:?}");
        let deliveries = taken.get(&id.to_string()).unwrap_or_else(|| panic!("{id}: never arrived"));
        assert_eq!(deliveries.len(), 1, "{id}: under one number: {deliveries:?}");
        repeated += deliveries.values().sum::<u32>() - 1;
    }
    assert!(
        repeated <= run.tally.deaths_sending * 4,
        "{repeated} repeated, though {} died sending",
        run.tally.deaths_sending
    );
    let tally = &run.tally;
    assert!(ids.len() > 10 && tally.deaths > 10, "the plan is worth something");
    format!(
        "seed {seed}: {} alarms ({} acknowledged), {} deaths ({} while sending), {} jumps of the clock, {repeated} told twice under one number, {} given up",
        ids.len(),
        tally.acknowledged.len(),
        tally.deaths,
        tally.deaths_sending,
        tally.jumps,
        tally.given_up
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_dies_jumps_or_fails_every_alarm_is_told_once() {
    let first = number("WATCHFIRE_FAULT_SEED").unwrap_or_else(|| jiff::Timestamp::now().as_second() as u64);
    let rounds = number("WATCHFIRE_FAULT_ROUNDS").unwrap_or(2);
    println!("WATCHFIRE_FAULT_SEED={first} WATCHFIRE_FAULT_ROUNDS={rounds}");
    for seed in first..first + rounds {
        println!("{}", one_plan(seed).await);
    }
}

/// An alarm is committed, and the machine starts anew an hour earlier.
#[tokio::test]
async fn a_clock_that_is_put_back_an_hour_keeps_nobody_waiting() {
    let world = World::new().await;
    world.guard().await;
    world.manager().await;
    let receiver = Receiver::answering(vec![Reply::With(500, ""), GOOD]).await;
    let watchdog = WatchdogSettings::default();
    let settings = AlarmSettings { watchdog, ..AlarmSettings::default() };
    let platform = world.reopened_for(settings.clone(), endpoint(&receiver)).await;
    platform.keep_watchdog(world.now()).await.unwrap();
    let report = |code| ManualAlarm {
        unit_id: world.school,
        camera_id: None,
        code,
        note: "烟".to_owned(),
        occurred_at: None,
    };
    let told = platform.raise_manual(&world.operator(), report(AlarmCode::F02)).await.unwrap().alarm.id;
    let tick = async |platform: &Platform| {
        while platform.deliver_outbox().await.unwrap() > 0 {}
        platform.read_ladders(world.now()).await.unwrap();
        platform.send_waiting("webhook").await.unwrap();
    };
    // The receiver fails once, and the next try is promised by the clock of before.
    tick(&platform).await;
    let untold = platform.raise_manual(&world.operator(), report(AlarmCode::F02)).await.unwrap().alarm.id;
    drop(platform);
    world.wait_s(-3600);
    let platform = world.reopened_for(settings, endpoint(&receiver)).await;
    tick(&platform).await;
    let lines = async |id: AlarmId| {
        let ladder = platform.alarm_ladder(&world.operator(), id).await.unwrap();
        let steps = ladder.runs.into_iter().flat_map(|run| run.rungs).filter_map(|step| {
            let sent = step.notified.iter().filter(|line| line.channel == "webhook");
            let is_sent = sent.map(|line| line.state).all(|state| state == NotificationState::Sent);
            step.told.map(|told| (told.rung, told.rounds, is_sent))
        });
        steps.collect::<Vec<_>>()
    };
    assert_eq!(lines(untold).await, [(Rung::DutyGuard, 1, true)], "told at once");
    assert_eq!(lines(told).await, [(Rung::DutyGuard, 1, true)], "and what was to be tried again is");
    // The school has no shift leader: its manager is told in their place.
    for unit in [1, 2, 2] {
        world.wait_s(60);
        tick(&platform).await;
        for id in [told, untold] {
            let expected =
                [(Rung::DutyGuard, 2, true), (Rung::ShiftLeader, 1, true), (Rung::Unit, unit, true)];
            assert_eq!(lines(id).await, expected, "the ladder goes on by the clock that it began by");
        }
    }
    // The watchdog goes on probing, and says so.
    platform.keep_watchdog(world.now()).await.unwrap();
    tick(&platform).await;
    let state = platform.watchdog_state(&world.operator()).await.unwrap();
    assert_eq!(state.probes.len(), 1, "the one that lies ahead is not counted");
    assert_eq!(state.probes[0].traces.raised_at, world.now());
    assert!(matches!(state.verdict, Verdict::Beginning | Verdict::Sound), "{:?}", state.verdict);
}
