//! MQTT against a broker that answers well, badly, late and not at all.

use std::time::Instant;

use domain::alarm::Rung;
use platform::Platform;
use platform::notify::{Encryption, Login, MqttSettings, NotifySettings, Server};
use platform::rows::NotificationState;

use crate::broker::{Act, Broker, Connection};
use crate::channels::{line, loopback, told};
use crate::encrypted::{authority, other_authority};
use crate::fixture::World;

fn settings(broker: &Broker, encryption: Encryption) -> MqttSettings {
    MqttSettings {
        server: Server {
            host: "localhost".to_owned(),
            port: broker.address.port(),
            encryption,
            authority: Some(authority()),
            login: Some(Login { user: "watchfire".to_owned(), password: "s3cret".to_owned() }),
        },
        client: "watchfire-1".to_owned(),
        topic: "wf/{region}/{level}/{kind}/{code}".to_owned(),
        rungs: vec![Rung::DutyGuard],
    }
}

async fn publishing(world: &World, mqtt: MqttSettings) -> Platform {
    world.reopened_telling(NotifySettings { mqtt: Some(mqtt), ..loopback() }).await
}

async fn tried(world: &World, mqtt: MqttSettings) -> (bool, String) {
    let platform = publishing(world, mqtt).await;
    let outcome = platform.test_channel(&world.operator(), "mqtt").await.unwrap().remove(0);
    (outcome.taken, outcome.said)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alarm_is_published_under_its_topic_and_the_puback_is_the_receipt() {
    let world = World::new().await;
    world.guard().await;
    let broker = Broker::acting(true, &[]).await;
    let platform = publishing(&world, settings(&broker, Encryption::Tls)).await;
    let id = told(&world, &platform).await;
    platform.send_waiting("mqtt").await.unwrap();
    let login = Some(("watchfire".to_owned(), "s3cret".to_owned()));
    assert_eq!(broker.connections(), [Connection { client: "watchfire-1".to_owned(), login }]);
    let message = broker.messages().remove(0);
    let region = platform.alarm_row(&world.operator(), id).await.unwrap().region_code.unwrap();
    assert_eq!(region.len(), 6, "{region}");
    assert_eq!(message.topic, format!("wf/{region}/1/alarm/F02"));
    let said: serde_json::Value = serde_json::from_str(&message.payload).unwrap();
    assert_eq!(
        (said["kind"].as_str(), said["alarm"]["id"].as_str()),
        (Some("alarm"), Some(id.to_string().as_str()))
    );
    let line = line(&world, &platform, id, "mqtt").await;
    assert_eq!((line.state, line.tries), (NotificationState::Sent, 1));
    assert_eq!(line.answer.as_deref(), Some(format!("PUBACK {}", message.topic).as_str()));
    assert_eq!(line.recipient, format!("localhost:{}", broker.address.port()));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_connection_serves_many_messages_and_is_begun_anew_when_it_broke_or_was_long_quiet() {
    let world = World::new().await;
    let acts = [Act::Take, Act::Take, Act::Take, Act::Close];
    let broker = Broker::acting(false, &acts).await;
    let platform = publishing(&world, settings(&broker, Encryption::Off)).await;
    let publish = async || {
        let outcome = platform.test_channel(&world.operator(), "mqtt").await.unwrap().remove(0);
        assert!(outcome.taken, "{outcome:?}");
        (broker.connections().len(), broker.messages().len())
    };
    assert_eq!(publish().await, (1, 1));
    assert_eq!(publish().await, (1, 2), "on the same connection");
    assert_eq!(publish().await, (2, 4), "it broke before the answer, and the message went out once more");
    let payloads: Vec<String> = broker.messages().into_iter().map(|message| message.payload).collect();
    assert_eq!(payloads[2], payloads[3], "a repetition is known by its delivery");
    world.wait_s(31);
    assert_eq!(publish().await, (3, 5), "a long quiet connection is not trusted");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_answer_for_this_message_counts_and_refusals_are_told_apart() {
    for (acts, state, said) in [
        (vec![Act::Take, Act::Close], NotificationState::Waiting, "closed the connection"),
        (vec![Act::Refuse(3)], NotificationState::Waiting, "not available"),
        (vec![Act::Refuse(4)], NotificationState::GivenUp, "name and password"),
        (vec![Act::Refuse(5)], NotificationState::GivenUp, "nowhere"),
        (vec![Act::Babble], NotificationState::Waiting, "no MQTT"),
        (vec![Act::AnswerForAnother], NotificationState::Waiting, "does not begin"),
    ] {
        let world = World::new().await;
        world.guard().await;
        let broker = Broker::acting(false, &acts).await;
        let platform = publishing(&world, settings(&broker, Encryption::Off)).await;
        let id = told(&world, &platform).await;
        platform.send_waiting("mqtt").await.unwrap();
        let line = line(&world, &platform, id, "mqtt").await;
        let answer = line.answer.unwrap();
        assert!(line.state == state && answer.contains(said), "{acts:?}: {:?} {answer}", line.state);
        assert!(!answer.contains("s3cret"), "{answer}");
    }
    let world = World::new().await;
    for act in [Act::Silence, Act::AnswerForAnother] {
        let broker = Broker::acting(false, &[Act::Take, act]).await;
        let start = Instant::now();
        let (taken, said) = tried(&world, settings(&broker, Encryption::Off)).await;
        assert!(!taken && said.contains("no answer within"), "{act:?}: {said}");
        assert!(start.elapsed().as_secs() < 15, "an exchange has an end");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_nobody_vouches_for_or_that_lies_inside_hears_nothing() {
    let world = World::new().await;
    let (encrypted, plain) = (Broker::acting(true, &[]).await, Broker::acting(false, &[]).await);
    let mut stranger = settings(&encrypted, Encryption::Tls);
    stranger.server.authority = Some(other_authority());
    assert!(!tried(&world, stranger).await.0);
    let mut unreadable = settings(&encrypted, Encryption::Tls);
    unreadable.server.authority = Some("/nowhere/authority.pem".into());
    let (taken, said) = tried(&world, unreadable).await;
    assert!(!taken && said.contains("/nowhere/authority.pem"), "{said}");
    let (taken, said) = tried(&world, settings(&plain, Encryption::Tls)).await;
    assert!(!taken && said.contains("TLS"), "a broker that does not encrypt: {said}");
    let closed =
        NotifySettings { mqtt: Some(settings(&plain, Encryption::Off)), ..NotifySettings::default() };
    let platform = world.reopened_telling(closed).await;
    let outcome = platform.test_channel(&world.operator(), "mqtt").await.unwrap().remove(0);
    assert!(!outcome.taken && outcome.said.contains("no address that may be contacted"), "{outcome:?}");
    assert!(encrypted.connections().is_empty() && plain.connections().is_empty());
}
