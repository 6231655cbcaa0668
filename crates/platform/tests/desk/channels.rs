//! Channels to the outside against listeners that answer well, badly, late and not at all.

use std::time::{Duration, Instant};

use base64::Engine as _;
use domain::access::{Access, Scope};
use domain::alarm::{AlarmCode, AlarmEvent, Rung};
use domain::ids::AlarmId;
use domain::role::Role;
use platform::alarms::{ManualAlarm, Step};
use platform::notify::{Endpoint, GatewaySettings, NotifySettings};
use platform::rows::{NotificationState, Notified};
use platform::{Platform, PlatformError};
use ring::hmac;

use crate::fixture::World;
use crate::receiver::{Receiver, Reply};

const GOOD: Reply = Reply::With(200, r#"{"errcode":0,"errmsg":"ok","code":0,"msg":"success"}"#);

fn endpoint(url: String, secret: Option<&str>) -> Endpoint {
    Endpoint { url, secret: secret.map(str::to_owned), rungs: vec![Rung::DutyGuard] }
}

/// Loopback is where the listeners are.
pub fn loopback() -> NotifySettings {
    NotifySettings {
        allowed: vec!["127.0.0.1/32".parse().unwrap()],
        public_address: Some("https://fire.example/".to_owned()),
        ..NotifySettings::default()
    }
}

/// The field that was refused.
pub fn wrong_field(error: &PlatformError) -> &'static str {
    match error {
        PlatformError::Invalid(fields) => fields[0].field,
        other => panic!("no field is refused: {other}"),
    }
}

/// An alarm of which the guard has just been told.
pub async fn told(world: &World, platform: &Platform) -> AlarmId {
    let report = ManualAlarm {
        unit_id: world.school,
        camera_id: None,
        code: AlarmCode::F02,
        note: "二楼有烟".to_owned(),
        occurred_at: None,
    };
    let id = platform.raise_manual(&world.operator(), report).await.unwrap().alarm.id;
    while platform.deliver_outbox().await.unwrap() > 0 {}
    platform.read_ladders(world.now()).await.unwrap();
    id
}

pub async fn line(world: &World, platform: &Platform, id: AlarmId, channel: &str) -> Notified {
    let ladder = platform.alarm_ladder(&world.operator(), id).await.unwrap();
    let mut lines = ladder.runs.into_iter().flat_map(|run| run.rungs).flat_map(|step| step.notified);
    lines.find(|line| line.channel == channel).unwrap()
}

fn tag(key: &str, text: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()), text.as_bytes()).as_ref().to_vec()
}

fn base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

#[tokio::test]
async fn a_webhook_is_signed_says_what_happened_and_leaves_its_receipt() {
    let world = World::new().await;
    world.guard().await;
    let receiver = Receiver::answering(vec![Reply::With(202, "noted")]).await;
    let platform = world
        .reopened_telling(NotifySettings {
            webhook: Some(endpoint(receiver.url("/hook?key=k"), Some("s3cret"))),
            ..loopback()
        })
        .await;
    let id = told(&world, &platform).await;
    assert_eq!(
        line(&world, &platform, id, "webhook").await.state,
        NotificationState::Waiting,
        "the desk waits for no receiver"
    );
    assert_eq!(platform.send_waiting("webhook").await.unwrap(), 1);
    let request = receiver.requests().remove(0);
    assert_eq!(request.line, "POST /hook?key=k HTTP/1.1");
    let stamp = request.header("x-watchfire-timestamp");
    assert_eq!(stamp.parse::<i64>().unwrap(), world.now().as_second());
    let expected = platform::rows::hex(&tag("s3cret", &format!("{stamp}.{}", request.body)));
    assert_eq!(request.header("x-watchfire-signature"), format!("sha256={expected}"));
    let said = request.json();
    assert_eq!(
        (said["kind"].as_str(), said["alarm"]["id"].as_str()),
        (Some("alarm"), Some(id.to_string().as_str()))
    );
    assert_eq!(
        (said["alarm"]["code"].as_str(), said["rung"].as_str(), said["clock"].as_str()),
        (Some("F02"), Some("duty_guard"), Some("take"))
    );
    assert_eq!(said["alarm"]["link"].as_str().unwrap(), format!("https://fire.example/#/alarms/{id}"));
    let line = line(&world, &platform, id, "webhook").await;
    assert_eq!(
        (line.state, line.tries, line.answer.as_deref()),
        (NotificationState::Sent, 1, Some("HTTP 202 noted"))
    );
    assert_eq!(line.recipient, receiver.address.to_string(), "the address without its key");
    world.wait_s(100_000);
    assert_eq!(
        world
            .reopened_telling(NotifySettings {
                webhook: Some(endpoint(receiver.url("/hook"), None)),
                ..loopback()
            })
            .await
            .send_waiting("webhook")
            .await
            .unwrap(),
        0
    );
    assert_eq!(receiver.requests().len(), 1, "told once");
}

#[tokio::test]
async fn a_receiver_in_trouble_is_tried_again_later_under_the_same_number_across_a_restart() {
    let world = World::new().await;
    world.guard().await;
    let receiver = Receiver::answering(vec![Reply::With(500, "later"), Reply::With(429, ""), GOOD]).await;
    let settings = NotifySettings { webhook: Some(endpoint(receiver.url("/"), None)), ..loopback() };
    let platform = world.reopened_telling(settings.clone()).await;
    let id = told(&world, &platform).await;
    platform.send_waiting("webhook").await.unwrap();
    let first = line(&world, &platform, id, "webhook").await;
    assert_eq!((first.state, first.answer.as_deref()), (NotificationState::Waiting, Some("HTTP 500 later")));
    world.wait_s(4);
    assert_eq!(platform.send_waiting("webhook").await.unwrap(), 0, "not before its time");
    world.wait_s(1);
    assert_eq!(platform.send_waiting("webhook").await.unwrap(), 1);
    world.wait_s(15);
    let again = world.reopened_telling(settings).await;
    assert_eq!(again.send_waiting("webhook").await.unwrap(), 1);
    let line = line(&world, &again, id, "webhook").await;
    assert_eq!((line.state, line.tries), (NotificationState::Sent, 3));
    let numbers: Vec<String> =
        receiver.requests().iter().map(|one| one.header("x-watchfire-delivery").to_owned()).collect();
    assert!(numbers.len() == 3 && numbers.iter().all(|number| *number == numbers[0]), "{numbers:?}");
}

#[tokio::test]
async fn a_process_that_died_while_sending_forgets_nothing_and_two_send_once() {
    let world = World::new().await;
    world.guard().await;
    let receiver = Receiver::answering(vec![GOOD]).await;
    let settings = NotifySettings { webhook: Some(endpoint(receiver.url("/"), None)), ..loopback() };
    let platform = world.reopened_telling(settings.clone()).await;
    told(&world, &platform).await;
    let store = world.store().await;
    let one = store
        .notifications_due("webhook", world.now(), jiff::SignedDuration::from_mins(20), 10)
        .await
        .unwrap()
        .remove(0);
    // Claimed, and then the power went.
    assert!(store.claim_notification(&one, world.now() + jiff::SignedDuration::from_secs(60)).await.unwrap());
    assert!(!store.claim_notification(&one, world.now()).await.unwrap(), "claimed once");
    assert_eq!(platform.send_waiting("webhook").await.unwrap(), 0, "somebody is at it");
    world.wait_s(61);
    let other = world.reopened_telling(settings).await;
    let (a, b) = tokio::join!(platform.send_waiting("webhook"), other.send_waiting("webhook"));
    a.unwrap();
    b.unwrap();
    assert_eq!(receiver.requests().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_hangs_keeps_no_other_waiting() {
    let world = World::new().await;
    world.guard().await;
    let (silent, robot) =
        (Receiver::answering(vec![Reply::Silence]).await, Receiver::answering(vec![GOOD]).await);
    let settings = NotifySettings {
        webhook: Some(endpoint(silent.url("/"), None)),
        dingtalk: Some(endpoint(robot.url("/robot/send?access_token=t"), None)),
        ..loopback()
    };
    let platform = world.reopened_telling(settings).await;
    platform.start().await.unwrap();
    let start = Instant::now();
    let report = ManualAlarm {
        unit_id: world.school,
        camera_id: None,
        code: AlarmCode::F02,
        note: "烟".to_owned(),
        occurred_at: None,
    };
    let id = platform.raise_manual(&world.operator(), report).await.unwrap().alarm.id;
    while robot.requests().is_empty() {
        assert!(start.elapsed() < Duration::from_secs(5), "the robot was not told");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    println!("from the report to the robot's receipt: {} ms", start.elapsed().as_millis());
    while silent.requests().is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    // The silent one is given up on by its time limit, and stays to be tried again.
    let hung = async {
        loop {
            let line = line(&world, &platform, id, "webhook").await;
            if line.answer.is_some() {
                return line;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let hung = tokio::time::timeout(Duration::from_secs(25), hung).await.expect("an exchange has an end");
    assert_eq!((hung.state, hung.tries), (NotificationState::Waiting, 1));
    platform.stop().await;
}

#[tokio::test]
async fn robots_are_signed_as_their_makers_ask_and_their_number_counts() {
    let world = World::new().await;
    world.guard().await;
    let (ding, fei, we) = (
        Receiver::answering(vec![GOOD]).await,
        Receiver::answering(vec![GOOD]).await,
        Receiver::answering(vec![
            Reply::With(200, r#"{"errcode":45009,"errmsg":"api freq out of limit"}"#),
            Reply::With(200, r#"{"errcode":93000,"errmsg":"invalid webhook url"}"#),
        ])
        .await,
    );
    let settings = NotifySettings {
        dingtalk: Some(endpoint(ding.url("/robot/send?access_token=t"), Some("SECding"))),
        feishu: Some(endpoint(fei.url("/open-apis/bot/v2/hook/x"), Some("feisecret"))),
        wecom: Some(endpoint(we.url("/cgi-bin/webhook/send?key=k"), None)),
        ..loopback()
    };
    let platform = world.reopened_telling(settings).await;
    let id = told(&world, &platform).await;
    for channel in ["dingtalk", "feishu", "wecom"] {
        platform.send_waiting(channel).await.unwrap();
    }
    let request = ding.requests().remove(0);
    let stamp = request.parameter("timestamp");
    assert_eq!(stamp, world.now().as_millisecond().to_string());
    assert_eq!(request.parameter("sign"), base64(&tag("SECding", &format!("{stamp}\nSECding"))));
    assert!(request.json()["text"]["content"].as_str().unwrap().contains("一级告警】明火"));
    let said = fei.requests().remove(0).json();
    let stamp = said["timestamp"].as_str().unwrap();
    assert_eq!(stamp, world.now().as_second().to_string());
    assert_eq!(said["sign"].as_str().unwrap(), base64(&tag(&format!("{stamp}\nfeisecret"), "")));
    assert!(said["content"]["text"].as_str().unwrap().contains("值班员"));
    for channel in ["dingtalk", "feishu"] {
        assert_eq!(line(&world, &platform, id, channel).await.state, NotificationState::Sent);
    }
    let busy = line(&world, &platform, id, "wecom").await;
    assert_eq!(busy.state, NotificationState::Waiting, "accepted by HTTP and refused all the same");
    world.wait_s(5);
    platform.send_waiting("wecom").await.unwrap();
    let refused = line(&world, &platform, id, "wecom").await;
    assert_eq!(refused.state, NotificationState::GivenUp);
    assert!(refused.answer.unwrap().contains("invalid webhook url"));
}

#[tokio::test]
async fn addresses_inside_are_refused_and_nobody_is_sent_elsewhere() {
    let world = World::new().await;
    world.guard().await;
    let inside = Receiver::answering(vec![GOOD]).await;
    let outside = Receiver::answering(vec![Reply::Elsewhere(inside.url("/secret"))]).await;
    let closed =
        NotifySettings { webhook: Some(endpoint(inside.url("/"), None)), ..NotifySettings::default() };
    let platform = world.reopened_telling(closed).await;
    let id = told(&world, &platform).await;
    platform.send_waiting("webhook").await.unwrap();
    let refused = line(&world, &platform, id, "webhook").await;
    assert_eq!(refused.state, NotificationState::GivenUp);
    assert!(
        refused.answer.as_deref().unwrap().contains("no address that may be contacted"),
        "{:?}",
        refused.answer
    );
    let local = NotifySettings {
        webhook: Some(endpoint(format!("http://localhost:{}/", inside.address.port()), None)),
        ..NotifySettings::default()
    };
    let outcome = world
        .reopened_telling(local)
        .await
        .test_channel(&world.operator(), "webhook")
        .await
        .unwrap()
        .remove(0);
    assert!(!outcome.taken && outcome.said.contains("localhost"), "a name is looked up first: {outcome:?}");
    let redirected = world
        .reopened_telling(NotifySettings { webhook: Some(endpoint(outside.url("/"), None)), ..loopback() })
        .await;
    let outcome = redirected.test_channel(&world.operator(), "webhook").await.unwrap().remove(0);
    assert!(!outcome.taken && outcome.said.contains("302"), "{outcome:?}");
    assert!(inside.requests().is_empty());
    for url in ["file:///etc/passwd", "gopher://127.0.0.1/", "nonsense"] {
        let odd = world
            .reopened_telling(NotifySettings { webhook: Some(endpoint(url.to_owned(), None)), ..loopback() })
            .await;
        assert!(!odd.test_channel(&world.operator(), "webhook").await.unwrap()[0].taken, "{url}");
    }
}

#[tokio::test]
async fn a_gateway_is_told_by_its_template_for_each_number() {
    let world = World::new().await;
    world.guard().await;
    let receiver = Receiver::answering(vec![
        Reply::With(200, r#"{"result":"OK"}"#),
        Reply::With(200, r#"{"result":"no credit"}"#),
    ])
    .await;
    let sms = GatewaySettings {
        url: receiver.url("/send?to={phone}"),
        body: Some(r#"{"phone":"{phone}","content":"{text}"}"#.to_owned()),
        authorization: Some("Bearer t".to_owned()),
        good: "\"OK\"".to_owned(),
        numbers: vec!["13800000001".to_owned(), "13800000002".to_owned()],
        rungs: vec![Rung::DutyGuard],
    };
    let platform = world.reopened_telling(NotifySettings { sms: Some(sms), ..loopback() }).await;
    let id = told(&world, &platform).await;
    platform.send_waiting("sms").await.unwrap();
    let mut requests = receiver.requests();
    requests.sort_by(|a, b| a.line.cmp(&b.line));
    assert_eq!(
        requests.iter().map(|one| one.line.as_str()).collect::<Vec<_>>(),
        ["POST /send?to=13800000001 HTTP/1.1", "POST /send?to=13800000002 HTTP/1.1"]
    );
    assert_eq!(requests[0].header("authorization"), "Bearer t");
    assert!(requests[0].json()["content"].as_str().unwrap().starts_with("【烽燧·一级告警】明火"));
    let ladder = platform.alarm_ladder(&world.operator(), id).await.unwrap();
    let mut states: Vec<_> = ladder.runs[0].rungs[0]
        .notified
        .iter()
        .filter(|one| one.channel == "sms")
        .map(|one| one.state.as_str())
        .collect();
    states.sort_unstable();
    assert_eq!(states, ["sent", "waiting"], "each number by itself: {states:?}");
}

#[tokio::test]
async fn what_is_no_longer_needed_is_not_sent_again() {
    let world = World::new().await;
    let guard = world.guard().await;
    let receiver = Receiver::answering(vec![Reply::With(503, "")]).await;
    let platform = world
        .reopened_telling(NotifySettings { webhook: Some(endpoint(receiver.url("/"), None)), ..loopback() })
        .await;
    let id = told(&world, &platform).await;
    platform.send_waiting("webhook").await.unwrap();
    let row = platform.alarm_row(&world.ask(guard), id).await.unwrap();
    let step = Step { event: AlarmEvent::Take, version: row.alarm.version, reason: None, note: None };
    platform.work_alarm(&world.ask(guard), id, step).await.unwrap();
    world.wait_s(5);
    platform.send_waiting("webhook").await.unwrap();
    let line = line(&world, &platform, id, "webhook").await;
    assert_eq!((line.state, receiver.requests().len()), (NotificationState::GivenUp, 1));
    assert!(line.answer.unwrap().contains("no longer needed"));
}

#[tokio::test]
async fn a_connection_is_tried_without_alarming_anybody() {
    let world = World::new().await;
    let admin = world.person("sys", Role::SystemAdmin, Scope::Region(world.county)).await;
    let guard = world.guard().await;
    let receiver = Receiver::answering(vec![GOOD]).await;
    let platform = world
        .reopened_telling(NotifySettings { feishu: Some(endpoint(receiver.url("/"), None)), ..loopback() })
        .await;
    let ask = |who: Access| world.ask(who);
    assert!(matches!(platform.test_channel(&ask(guard), "feishu").await, Err(PlatformError::Denied(_))));
    assert!(matches!(platform.test_channel(&ask(admin), "webhook").await, Err(PlatformError::NotFound)));
    let outcome = platform.test_channel(&ask(admin), "feishu").await.unwrap().remove(0);
    assert!(outcome.taken, "{outcome:?}");
    assert!(receiver.requests()[0].json()["content"]["text"].as_str().unwrap().contains("没有发生告警"));
    let channels = platform.notification_channels(&ask(admin)).await.unwrap();
    assert_eq!(
        (channels.len(), channels[0].standing.waiting, channels[0].standing.last_sent_at),
        (1, 0, None)
    );
    assert_eq!(channels[0].addresses, [receiver.address.to_string()]);
}
