//! Alarms.

use watchfire_gb28181::manscdp::Body;
use watchfire_gb28181::manscdp::alarm::{Alarm, AlarmMethod};
use watchfire_gb28181::manscdp::control::Command;
use watchfire_gb28181::platform::{Event, Topic};

use crate::net::{Net, device_id};
use crate::stage::id;

fn smoke() -> Body {
    let description = Some("烟感报警".to_owned());
    Body::Alarm(Alarm { method: Some(AlarmMethod::Device), description, ..Alarm::default() })
}

fn alarms(net: &Net) -> Vec<&Alarm> {
    let mut alarms = Vec::new();
    for event in &net.events {
        if let Event::Alarm { alarm, .. } = event {
            alarms.push(alarm.as_ref());
        }
    }
    alarms
}

#[test]
fn an_alarm_is_told_answered_and_can_be_reset() {
    let mut net = Net::with_recorder(1);
    let point = id(134, 1).into();
    net.with_device(0, |device, now, _, out| device.report(now, point, smoke(), out));
    net.run_for(1_000);
    assert_eq!(alarms(&net).len(), 1);
    assert_eq!(net.owner.profile.meaning_of(point, alarms(&net)[0]), Some("fire"));
    // The alarm, the answer, and no more.
    assert_eq!(net.count_sent("MESSAGE"), 2);
    let at = (device_id(0), point);
    let reset = Command::ResetAlarm { methods: None, alarm_type: None };
    net.with_platform(|platform, now, owner, out| platform.order(now, owner, at, reset, out)).unwrap();
    net.run_for(1_000);
    assert!(matches!(net.nodes[0].stage.orders.as_slice(), [Command::ResetAlarm { .. }]));
    assert!(matches!(net.events.last(), Some(Event::Answered { body: Some(_), .. })));
}

#[test]
fn a_repeated_packet_of_an_alarm_is_one_alarm() {
    let mut net = Net::with_recorder(1);
    let mut answers = 0;
    net.loss = Box::new(move |text, is_to_platform| {
        let is_answer = !is_to_platform && text.starts_with("SIP/2.0 200");
        answers += usize::from(is_answer);
        is_answer && answers <= 2
    });
    net.with_device(0, |device, now, _, out| device.report(now, id(134, 1).into(), smoke(), out));
    net.run_for(10_000);
    assert_eq!(alarms(&net).len(), 1);
}

#[test]
fn a_subscribed_alarm_comes_by_notify() {
    let mut net = Net::with_recorder(1);
    let device = device_id(0);
    net.with_platform(|platform, now, owner, out| platform.subscribe(now, owner, device, Topic::Alarm, out))
        .unwrap();
    net.run_for(1_000);
    net.with_device(0, |device, now, _, out| device.report(now, id(134, 1).into(), smoke(), out));
    net.run_for(1_000);
    assert_eq!((alarms(&net).len(), net.count_sent("NOTIFY")), (1, 1));
}
