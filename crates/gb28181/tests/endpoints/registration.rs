//! Coming, staying, going.

use watchfire_gb28181::device::{Event as DeviceEvent, Standing};
use watchfire_gb28181::manscdp::Body;
use watchfire_gb28181::platform::{CommandError, Event};
use watchfire_gb28181::registrar::Change;
use watchfire_gb28181::sip::{Channel, Peer};

use crate::net::{Net, device_id, heavy_loss};
use crate::stage::Stage;

fn changes(net: &Net, at: usize) -> Vec<Change> {
    let wanted = device_id(at);
    let change = |event: &Event| match event {
        Event::Presence { device, change } if *device == wanted => Some(*change),
        _ => None,
    };
    net.events.iter().filter_map(change).collect()
}

#[test]
fn a_device_registers_by_a_challenge_and_stays() {
    let mut net = Net::with_recorder(1);
    assert_eq!((net.count_sent("REGISTER"), net.count_sent("SIP/2.0 401")), (2, 1));
    net.run_for(3_600_000);
    assert_eq!(net.nodes[0].device.standing(), Standing::Registered);
    assert!(changes(&net, 0).iter().all(|change| matches!(change, Change::Registered | Change::Renewed)));
}

#[test]
fn the_clock_of_a_device_is_set_to_beijing_time() {
    let net = Net::with_recorder(1);
    let DeviceEvent::Registered { date: Some(date) } = &net.nodes[0].events[0] else { panic!("no date") };
    assert!(date.starts_with("2025-11-25T00:00:00"), "{date}");
}

#[test]
fn a_wrong_password_is_refused_and_tried_again_after_a_minute() {
    let mut net = Net::new();
    net.add(Stage::with_channels(1), false, |settings| settings.password = b"wrong".to_vec());
    net.start(0);
    net.run_for(1_000);
    assert_eq!(net.nodes[0].events, [DeviceEvent::Refused { status: 403 }]);
    assert_eq!(net.platform.forgiven(&device_id(0)), [("wrong password", 1)]);
    let before = net.count_sent("REGISTER");
    net.run_for(55_000);
    assert_eq!(net.count_sent("REGISTER"), before);
    net.run_for(20_000);
    assert!(net.count_sent("REGISTER") > before);
}

#[test]
fn an_unknown_id_waits_for_a_decision() {
    let mut net = Net::new();
    net.add(Stage::with_channels(1), false, |_| {});
    net.owner.unknown.push(device_id(0));
    net.start(0);
    net.run_for(1_000);
    assert_eq!(net.events, [Event::Waiting { device: device_id(0) }]);
    assert_eq!(net.platform.registrar().waiting().count(), 1);
    net.owner.unknown.clear();
    net.run_for(80_000);
    assert_eq!(changes(&net, 0), [Change::Registered]);
}

#[test]
fn a_device_that_was_switched_off_falls_silent_and_comes_back() {
    let mut net = Net::with_recorder(1);
    net.loss = Box::new(|_, _| true);
    net.run_for(280_000);
    assert_eq!(changes(&net, 0).last(), Some(&Change::FellSilent));
    net.loss = Box::new(|_, _| false);
    net.run_for(120_000);
    let last = changes(&net, 0);
    assert!(matches!(last.last(), Some(Change::Returned | Change::Registered | Change::Renewed)), "{last:?}");
}

#[test]
fn a_restarted_device_registers_while_it_is_still_known() {
    let mut net = Net::with_recorder(1);
    let id = device_id(0);
    let again = net.add(Stage::with_channels(1), false, |settings| settings.id = id);
    net.nodes[again].seen_as = net.nodes[0].seen_as;
    net.nodes.swap_remove(0);
    net.run_for(30_000);
    net.start(0);
    net.run_for(1_000);
    assert_eq!(net.nodes[0].device.standing(), Standing::Registered);
}

#[test]
fn a_restarted_platform_that_remembers_sees_no_wave_of_registrations() {
    let mut net = Net::with_recorder(1);
    let before = net.count_sent("REGISTER");
    net.restart_platform(true);
    net.run_for(600_000);
    assert_eq!(net.count_sent("REGISTER"), before);
    assert!(!changes(&net, 0).contains(&Change::FellSilent));
}

#[test]
fn a_restarted_platform_that_forgot_has_its_devices_register_again() {
    let mut net = Net::with_recorder(1);
    net.restart_platform(false);
    net.run_for(70_000);
    assert_eq!(changes(&net, 0), [Change::Registered, Change::Registered]);
}

#[test]
fn lost_packets_are_repeated() {
    let mut net = Net::new();
    net.add(Stage::with_channels(1), false, |_| {});
    net.loss = heavy_loss();
    net.start(0);
    net.run_for(20_000);
    assert_eq!(net.nodes[0].device.standing(), Standing::Registered);
    let device = device_id(0);
    net.with_platform(|platform, now, owner, out| {
        platform.ask(now, owner, (device, device.into()), Body::DeviceInfoQuery, out)
    })
    .unwrap();
    net.run_for(40_000);
    let answers = net.events.iter().filter(|event| matches!(event, Event::Answered { body: Some(_), .. }));
    assert_eq!(answers.count(), 1);
}

#[test]
fn a_redirected_device_registers_at_the_other_server_and_comes_back_when_it_is_gone() {
    let mut net = Net::new();
    net.add(Stage::with_channels(1), false, |_| {});
    let device = device_id(0);
    net.owner.redirect.insert(device, "sip:33010000112000000002@10.0.0.2:5060".to_owned());
    net.start(0);
    net.run_for(1_000);
    assert!(net.nodes[0].events.contains(&DeviceEvent::Redirected { to: "10.0.0.2:5060".to_owned() }));
    assert!(changes(&net, 0).is_empty());
    // Nobody answers there: this network has no other server, so what the first one says counts as the other's.
    net.loss = Box::new(|_, _| true);
    net.run_for(40_000);
    assert_eq!(net.nodes[0].events.last(), Some(&DeviceEvent::Refused { status: 408 }));
    net.owner.redirect.clear();
    net.loss = Box::new(|_, _| false);
    net.run_for(80_000);
    assert_eq!(changes(&net, 0), [Change::Registered]);
}

#[test]
fn a_moved_nat_mapping_is_learned_from_a_sign_of_life() {
    let mut net = Net::with_recorder(1);
    net.nodes[0].seen_as.set_port(61_000);
    net.run_for(61_000);
    assert_eq!(changes(&net, 0), [Change::Registered, Change::Moved]);
    let device = device_id(0);
    net.with_platform(|platform, now, owner, out| {
        platform.ask(now, owner, (device, device.into()), Body::DeviceInfoQuery, out)
    })
    .unwrap();
    net.run_for(1_000);
    assert!(net.events.iter().any(|event| matches!(event, Event::Answered { body: Some(_), .. })));
}

#[test]
fn a_broken_connection_is_offline_at_once() {
    let mut net = Net::new();
    net.add(Stage::with_channels(1), true, |_| {});
    net.start(0);
    net.run_for(1_000);
    net.with_platform(|platform, now, owner, out| platform.connection_lost(now, 1, owner, out));
    assert_eq!(changes(&net, 0), [Change::Registered, Change::ConnectionLost]);
}

#[test]
fn a_device_that_says_good_bye_is_gone() {
    let mut net = Net::with_recorder(1);
    net.with_device(0, |device, now, _, out| device.leave(now, out));
    net.run_for(1_000);
    assert_eq!(changes(&net, 0), [Change::Registered, Change::Unregistered]);
    let device = device_id(0);
    let asked = net.with_platform(|platform, now, owner, out| {
        platform.ask(now, owner, (device, device.into()), Body::DeviceInfoQuery, out)
    });
    assert_eq!(asked, Err(CommandError::NotRegistered));
}

#[test]
fn a_flood_of_strangers_does_not_put_a_device_offline() {
    let mut net = Net::with_recorder(1);
    for second in 0..300_u32 {
        for number in 0..40_u32 {
            let text = format!(
                "REGISTER sip:x@y SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK{second}x{number}\r\nFrom: <sip:100{number}@y>;tag=1\r\nTo: <sip:100{number}@y>\r\nCall-ID: {second}-{number}\r\nCSeq: 1 REGISTER\r\n\r\n"
            );
            let address = ([203, 0, 113, number as u8], 5060).into();
            net.inject(Peer { address, channel: Channel::Udp { socket: 0 } }, text.as_bytes());
        }
        net.run_for(1_000);
    }
    assert_eq!(changes(&net, 0), [Change::Registered]);
    assert!(net.platform.registrar().is_registered(&device_id(0)));
}
