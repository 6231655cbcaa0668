//! Questions and their answers.

use watchfire_gb28181::manscdp::config::ConfigQuery;
use watchfire_gb28181::manscdp::control::Command;
use watchfire_gb28181::manscdp::{Body, LocalTime};
use watchfire_gb28181::platform::{CommandError, Event, Failure, Topic};
use watchfire_gb28181::ptz::{Pan, PtzCommand};

use crate::net::{Net, device_id};
use crate::stage::channel;

pub fn ask_catalog(net: &mut Net) -> Result<(), CommandError> {
    let device = device_id(0);
    let asked = net.with_platform(|platform, now, owner, out| {
        platform.ask_catalog(now, owner, (device, device.into()), out)
    });
    asked.map(|_| ())
}

#[test]
fn a_catalog_of_ten_thousand_channels_comes_whole() {
    let mut net = Net::with_recorder(10_000);
    ask_catalog(&mut net).unwrap();
    net.run_for(60_000);
    let Some(Event::Catalog(answer)) = net.events.last() else {
        panic!("no catalog: {:?}", net.events.len())
    };
    assert!(answer.is_complete());
    assert_eq!((answer.items.len(), answer.items[9_999].id), (10_000, channel(9_999).into()));
    assert_eq!(answer.items[0].name.as_deref(), Some("教学楼0号摄像机"));
}

#[test]
fn a_catalog_that_stops_half_way_is_told_as_partial() {
    let mut net = Net::with_recorder(100);
    let mut messages = 0;
    net.loss = Box::new(move |text, _| {
        messages += usize::from(text.contains("<CmdType>Catalog</CmdType>") && text.starts_with("MESSAGE"));
        messages > 10
    });
    ask_catalog(&mut net).unwrap();
    net.run_for(60_000);
    let catalog = net.events.iter().find_map(|event| match event {
        Event::Catalog(answer) => Some(answer),
        _ => None,
    });
    let answer = catalog.expect("an answer");
    assert!(!answer.is_complete() && !answer.items.is_empty() && answer.items.len() < 100);
}

#[test]
fn one_catalog_of_a_device_is_asked_for_at_a_time() {
    let mut net = Net::with_recorder(10);
    ask_catalog(&mut net).unwrap();
    assert_eq!(ask_catalog(&mut net), Err(CommandError::Busy));
    net.run_for(1_000);
    assert_eq!(ask_catalog(&mut net), Ok(()));
}

#[test]
fn a_head_turns_and_an_order_that_is_answered_is_answered() {
    let mut net = Net::with_recorder(1);
    let at = (device_id(0), channel(0).into());
    let right = PtzCommand::Move { pan: Some((Pan::Right, 31)), tilt: None, zoom: None };
    for command in [Command::Ptz { frame: right.frame(1), params: None }, Command::Guard { set: true }] {
        net.with_platform(|platform, now, owner, out| platform.order(now, owner, at, command, out)).unwrap();
    }
    net.run_for(1_000);
    assert_eq!(net.nodes[0].stage.orders.len(), 2);
    let answers: Vec<bool> = net
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Answered { body, .. } => Some(body.is_some()),
            _ => None,
        })
        .collect();
    assert_eq!(answers, [false, true]);
}

#[test]
fn settings_are_read() {
    let mut net = Net::with_recorder(1);
    let at = (device_id(0), device_id(0).into());
    let basic = Body::ConfigQuery(ConfigQuery { config_types: "BasicParam".to_owned() });
    net.with_platform(|platform, now, owner, out| platform.ask(now, owner, at, basic.clone(), out)).unwrap();
    net.run_for(1_000);
    let Some(Event::Answered { body: Some(Body::ConfigAnswer(answer)), .. }) = net.events.last() else {
        panic!("no settings")
    };
    assert_eq!(answer.blocks.basic.as_ref().and_then(|basic| basic.heartbeat_interval_s), Some(60));
}

#[test]
fn a_question_that_nobody_answers_fails() {
    let mut net = Net::with_recorder(1);
    net.loss = Box::new(|text, is_to_platform| !is_to_platform && text.starts_with("MESSAGE"));
    let device = device_id(0);
    net.with_platform(|platform, now, owner, out| {
        platform.ask(now, owner, (device, device.into()), Body::DeviceInfoQuery, out)
    })
    .unwrap();
    net.run_for(50_000);
    assert!(net.events.iter().any(|event| matches!(event, Event::Failed { failure: Failure::NoAnswer, .. })));
}

#[test]
fn recordings_of_a_day_are_asked_for_in_windows() {
    let mut net = Net::with_recorder(1);
    let start = 1_764_000_000;
    net.nodes[0].stage.recordings = (0..96).map(|at| (start + at * 900, start + at * 900 + 900)).collect();
    let at = (device_id(0), channel(0));
    let span = (LocalTime::from_unix_s(start), LocalTime::from_unix_s(start + 86_400));
    net.with_platform(|platform, now, owner, out| platform.search_recordings(now, owner, at, span, out))
        .unwrap();
    net.run_for(10_000);
    let Some(Event::Recordings(result)) = net.events.last() else { panic!("no recordings") };
    assert!(result.is_complete);
    assert_eq!(result.recordings.len(), 96);
}

#[test]
fn a_subscription_lives_on_through_expiry_and_restart() {
    let mut net = Net::with_recorder(1);
    let device = device_id(0);
    net.with_platform(|platform, now, owner, out| platform.subscribe(now, owner, device, Topic::Alarm, out))
        .unwrap();
    net.run_for(4_000_000);
    assert_eq!(net.count_sent("SUBSCRIBE"), 2);
    net.with_platform(|platform, now, owner, out| {
        platform.unsubscribe(now, owner, device, Topic::Alarm, out);
    });
    net.run_for(4_000_000);
    assert_eq!(net.count_sent("SUBSCRIBE"), 3);
}
