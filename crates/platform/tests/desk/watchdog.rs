//! The watchdog as a script of time: a test alarm comes through, and every way in which it does not ends with a fault that somebody sees.

use domain::access::Scope;
use domain::alarm::Rung;
use domain::alarm::watchdog::{ChannelPlan, Stage};
use domain::role::Role;
use jiff::SignedDuration;
use platform::alarms::AlarmSettings;
use platform::events::Event;
use platform::notify::{Endpoint, NotifySettings};
use platform::rows::{AlarmFilter, AlarmStates, FaultRow, PageAsk};
use platform::watchdog::{Verdict, WatchdogSettings, WatchdogState};
use platform::{Platform, PlatformError};

use crate::fixture::World;
use crate::receiver::{Receiver, Reply};

const TAKEN: Reply = Reply::With(200, r#"{"errcode":0}"#);

fn endpoint(url: String) -> Endpoint {
    Endpoint { url, secret: None, rungs: vec![Rung::DutyGuard] }
}

fn loopback() -> NotifySettings {
    NotifySettings { allowed: vec!["127.0.0.1/32".parse().unwrap()], ..NotifySettings::default() }
}

/// Every minute, with 45 s to come through; the webhook carries each test alarm and WeCom one a day.
fn alarms() -> AlarmSettings {
    let plan = |line: &str| line.parse::<ChannelPlan>().unwrap();
    let watchdog = WatchdogSettings {
        channels: vec![plan("webhook 60s"), plan("wecom 24h")],
        ..WatchdogSettings::default()
    };
    AlarmSettings { watchdog, ..AlarmSettings::default() }
}

struct Way {
    world: World,
    platform: Platform,
}

impl Way {
    async fn through(notify: NotifySettings) -> Self {
        let world = World::new().await;
        let platform = world.reopened_for(alarms(), notify).await;
        Self { world, platform }
    }

    /// Begins and judges what is due.
    async fn keep(&self) {
        self.platform.keep_watchdog(self.world.now()).await.unwrap();
    }

    /// What the standing tasks do: outbox, push, clocks.
    async fn inside(&self) {
        let mut push = self.platform.listen();
        while self.platform.deliver_outbox().await.unwrap() > 0 {}
        while let Ok(event) = push.try_recv() {
            if let Event::Probe(id) = event {
                self.platform.hear_probe(id, self.world.now()).await.unwrap();
            }
        }
        self.platform.read_ladders(self.world.now()).await.unwrap();
    }

    /// A minute with everything in it.
    async fn minute(&self) {
        self.keep().await;
        self.inside().await;
        for name in ["webhook", "wecom"] {
            match self.platform.send_watchdog(name).await {
                Ok(_) | Err(PlatformError::NotFound) => {}
                Err(error) => panic!("{error}"),
            }
        }
        self.world.wait_s(46);
        self.keep().await;
        self.world.wait_s(14);
    }

    async fn state(&self) -> WatchdogState {
        self.platform.watchdog_state(&self.world.operator()).await.unwrap()
    }

    async fn faults(&self) -> Vec<FaultRow> {
        self.state().await.faults.into_iter().filter(|fault| fault.mended_at.is_none()).collect()
    }

    async fn broken(&self) -> Vec<(Stage, String)> {
        self.faults().await.into_iter().map(|fault| (fault.link.stage, fault.link.channel)).collect()
    }
}

#[tokio::test]
async fn a_test_alarm_comes_through_with_its_receipt_and_stands_in_no_list() {
    let hook = Receiver::answering(vec![Reply::Receipt(200)]).await;
    let way = Way::through(NotifySettings { webhook: Some(endpoint(hook.url("/"))), ..loopback() }).await;
    assert_eq!(way.state().await.verdict, Verdict::Beginning);
    for minute in 1..=3 {
        way.minute().await;
        assert_eq!(hook.requests().len(), minute, "one a minute");
    }
    let state = way.state().await;
    assert_eq!((state.verdict, state.probes.len(), state.faults.len()), (Verdict::Sound, 3, 0));
    assert!(state.probes.iter().all(|probe| probe.rehearsed && probe.arrived == Some(true)));
    assert_eq!(state.last_arrival, Some(state.probes[0].traces.raised_at));
    let message = hook.requests()[0].json();
    assert_eq!((message["kind"].as_str(), message["alarm"].is_null()), (Some("watchdog"), true));
    let all = AlarmFilter { states: AlarmStates::All, ..AlarmFilter::default() };
    let alarms = way.platform.alarms(&way.world.operator(), &all, &PageAsk::first(9)).await.unwrap();
    assert!(alarms.items.is_empty(), "apart from every alarm");
    let guard = way.world.guard().await;
    let denied = way.platform.watchdog_state(&way.world.ask(guard)).await;
    assert!(matches!(denied, Err(PlatformError::Denied(_))));
}

#[tokio::test]
async fn a_receiver_that_lies_fails_or_is_gone_is_a_fault_until_it_proves_the_arrival() {
    for (name, reply, said) in [
        ("accepts and lies", Reply::With(200, r#"{"ok":true}"#), "does not hold the receipt"),
        ("answers 500", Reply::With(500, "later"), "HTTP 500 later"),
        ("forbids", Reply::With(403, "no"), "HTTP 403 no"),
        ("sends elsewhere", Reply::Elsewhere("http://127.0.0.1:1/".to_owned()), "HTTP 302"),
    ] {
        let hook = Receiver::answering(vec![reply.clone(), reply, Reply::Receipt(200)]).await;
        let robot = Receiver::answering(vec![TAKEN]).await;
        let notify = NotifySettings {
            webhook: Some(endpoint(hook.url("/"))),
            wecom: Some(endpoint(robot.url("/robot"))),
            ..loopback()
        };
        let way = Way::through(notify).await;
        way.minute().await;
        assert_eq!(way.broken().await, [(Stage::Channel, "webhook".to_owned())], "{name}");
        let why = way.faults().await.remove(0).why;
        assert!(why.starts_with("not within 45 s") && why.contains(said), "{name}: {why}");
        assert_eq!(way.state().await.verdict, Verdict::Broken, "{name}");
        way.minute().await;
        let still = way.faults().await;
        assert_eq!((still.len(), still[0].probes), (1, 2), "{name}: one fault, however long");
        let news = |robot: &Receiver| {
            let texts = robot.requests().into_iter().map(|one| one.body);
            texts.filter(|text| text.contains("告警链路中断") || text.contains("告警链路已恢复")).count()
        };
        assert_eq!(news(&robot), 1, "{name}: the other channel is told once");
        way.minute().await;
        assert_eq!(way.broken().await, [], "{name}: mended");
        way.platform.send_watchdog("wecom").await.unwrap();
        assert_eq!(news(&robot), 2, "{name}: and told that it is mended");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_hangs_is_a_fault() {
    let hook = Receiver::answering(vec![Reply::Silence]).await;
    let way = Way::through(NotifySettings { webhook: Some(endpoint(hook.url("/"))), ..loopback() }).await;
    way.minute().await;
    assert_eq!(way.broken().await, [(Stage::Channel, "webhook".to_owned())]);
}

#[tokio::test]
async fn a_passing_trouble_within_its_time_is_no_fault() {
    let hook = Receiver::answering(vec![Reply::With(503, ""), Reply::Receipt(200)]).await;
    let way = Way::through(NotifySettings { webhook: Some(endpoint(hook.url("/"))), ..loopback() }).await;
    way.keep().await;
    way.inside().await;
    way.platform.send_watchdog("webhook").await.unwrap();
    way.world.wait_s(4);
    assert_eq!(way.platform.send_watchdog("webhook").await.unwrap(), 0, "not before five seconds");
    way.world.wait_s(1);
    way.platform.send_watchdog("webhook").await.unwrap();
    way.world.wait_s(41);
    way.keep().await;
    assert_eq!((way.broken().await.len(), way.state().await.verdict), (0, Verdict::Sound));
}

#[tokio::test]
async fn a_task_that_stands_still_shows_at_its_stage() {
    let hook = Receiver::answering(vec![Reply::Receipt(200)]).await;
    let way = Way::through(NotifySettings { webhook: Some(endpoint(hook.url("/"))), ..loopback() }).await;
    // Nobody reads the outbox.
    way.keep().await;
    way.world.wait_s(60);
    way.keep().await;
    assert_eq!(way.broken().await, [(Stage::Outbox, String::new())]);
    // It is read again, and the clocks stand still; that probe's time is over before they go on.
    while way.platform.deliver_outbox().await.unwrap() > 0 {}
    way.world.wait_s(60);
    way.keep().await;
    assert_eq!(way.broken().await, [(Stage::Ladder, String::new())], "the outbox is mended");
    // Nobody hears the push.
    while way.platform.deliver_outbox().await.unwrap() > 0 {}
    way.platform.read_ladders(way.world.now()).await.unwrap();
    way.platform.send_watchdog("webhook").await.unwrap();
    way.world.wait_s(60);
    way.keep().await;
    assert_eq!(way.broken().await, [(Stage::Push, String::new())]);
    way.inside().await;
    way.platform.send_watchdog("webhook").await.unwrap();
    way.world.wait_s(60);
    way.keep().await;
    assert_eq!(way.broken().await, []);
}

#[tokio::test]
async fn a_watchdog_that_does_not_run_is_silence_and_one_that_is_off_says_so() {
    let hook = Receiver::answering(vec![Reply::Receipt(200)]).await;
    let notify = NotifySettings { webhook: Some(endpoint(hook.url("/"))), ..loopback() };
    let way = Way::through(notify.clone()).await;
    way.minute().await;
    assert_eq!(way.state().await.verdict, Verdict::Sound);
    way.world.wait_s(120);
    assert_eq!(way.state().await.verdict, Verdict::Silent, "nobody walks any more");
    let watchdog = WatchdogSettings { every: SignedDuration::ZERO, ..alarms().watchdog };
    let off = way.world.reopened_for(AlarmSettings { watchdog, ..alarms() }, notify).await;
    off.keep_watchdog(way.world.now()).await.unwrap();
    let state = off.watchdog_state(&way.world.operator()).await.unwrap();
    assert_eq!((state.verdict, state.probes.len()), (Verdict::Off, 1), "nothing begins");
}

#[tokio::test]
async fn two_processes_walk_the_way_once_and_a_day_leaves_no_flood() {
    let hook = Receiver::answering(vec![Reply::Receipt(200)]).await;
    let robot = Receiver::answering(vec![TAKEN]).await;
    let notify = NotifySettings {
        webhook: Some(endpoint(hook.url("/"))),
        wecom: Some(endpoint(robot.url("/robot"))),
        ..loopback()
    };
    let way = Way::through(notify.clone()).await;
    let other = way.world.reopened_for(alarms(), notify).await;
    for _ in 0..3 {
        other.keep_watchdog(way.world.now()).await.unwrap();
        way.minute().await;
    }
    assert_eq!((hook.requests().len(), robot.requests().len()), (3, 1), "WeCom is probed once a day");
    way.world.wait_s(24 * 3600);
    way.minute().await;
    way.minute().await;
    assert_eq!(robot.requests().len(), 2);
    let state = way.state().await;
    assert!(state.probes.len() <= 3, "those of yesterday are dropped: {}", state.probes.len());
    assert!(way.platform.events_after(0, 500).await.unwrap().is_empty());
    let admin = way.world.person("admin", Role::SystemAdmin, Scope::Region(way.world.county)).await;
    way.platform.watchdog_state(&way.world.ask(admin)).await.unwrap();
}
