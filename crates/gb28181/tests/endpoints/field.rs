//! What devices were seen to do between the messages: one test per complaint, by the thread that told of it. What they do inside a message is
//! in `signalling_quirks` and `bodies`, what they do to pictures in `media_quirks`.

use watchfire_gb28181::device::{Event as DeviceEvent, Habit, Habits};
use watchfire_gb28181::manscdp::Body;
use watchfire_gb28181::manscdp::media_status::{MediaEvent, MediaStatus};
use watchfire_gb28181::platform::{CallId, Event, Reason};
use watchfire_gb28181::profile::{DeviceProfile, MediaTransport};
use watchfire_gb28181::registrar::Change;
use watchfire_gb28181::sdp::Wanted;

use crate::calls::{call, over, playback, started};
use crate::catalogs::ask_catalog;
use crate::net::{Net, device_id};
use crate::stage::{Stage, channel};

/// Everything that was sent with this first line, as text.
fn kept(net: &Net, start: &str) -> Vec<String> {
    let text = net.kept.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    text.filter(|text| text.starts_with(start)).collect()
}

fn hang_up(net: &mut Net, id: CallId) {
    net.with_platform(|platform, now, owner, out| platform.hang_up(now, owner, id, out));
}

#[test]
fn a_mapping_of_nat_is_kept_open_every_minute_and_a_tcp_connection_as_well_wvp_114() {
    for is_tcp in [false, true] {
        let mut net = Net::new();
        net.add(Stage::with_channels(1), is_tcp, |_| {});
        net.start(0);
        net.run_for(1_000);
        let before = net.count_sent("MESSAGE");
        net.run_for(600_000);
        assert_eq!(net.count_sent("MESSAGE") - before, 10, "tcp: {is_tcp}");
    }
    assert!(DeviceProfile::default().terms().keepalive_s <= 60);
}

#[test]
fn the_end_of_a_file_that_belongs_to_no_call_is_answered_and_does_no_harm_monibuca_111() {
    let mut net = Net::with_recorder(1);
    call(&mut net, Wanted::Live, MediaTransport::Udp);
    let answered = net.count_sent("SIP/2.0 200");
    let end = Body::MediaStatus(MediaStatus { event: MediaEvent::FileEnd });
    net.with_device(0, |device, now, _, out| device.report(now, channel(0).into(), end, out));
    net.run_for(1_000);
    assert_eq!(net.count_sent("SIP/2.0 200") - answered, 1);
    assert_eq!(over(&net), None, "a live call has no file that could end");
}

#[test]
fn a_503_to_a_playback_says_that_the_span_may_be_empty_monibuca_115() {
    let mut net = Net::with_recorder(1);
    net.nodes[0].stage.declines = Some(503);
    call(&mut net, playback(), MediaTransport::TcpDeviceConnects);
    let reason = over(&net).expect("an end").reason;
    assert_eq!(reason, Reason::Refused { status: 503 });
    assert!(reason.advice().contains("no recording in this span"));
}

#[test]
fn a_second_viewer_of_the_same_span_is_refused_and_the_first_goes_on_wvp_1401() {
    let mut net = Net::with_recorder(1);
    call(&mut net, playback(), MediaTransport::TcpDeviceConnects);
    net.nodes[0].stage.declines = Some(486);
    call(&mut net, playback(), MediaTransport::TcpDeviceConnects);
    let reason = over(&net).expect("an end").reason;
    assert!(reason.advice().contains("too many viewers"));
    assert_eq!(net.platform.calls_standing(), 1);
}

#[test]
fn a_device_that_answers_busy_after_a_lost_bye_is_freed_by_the_bye_said_again_mibeenvr_326() {
    let mut net = Net::with_recorder(1);
    let id = call(&mut net, Wanted::Live, MediaTransport::Udp);
    net.loss = Box::new(|text, _| text.starts_with("BYE"));
    hang_up(&mut net, id);
    net.run_for(40_000);
    let identity = *over(&net).expect("an end").unconfirmed.expect("a dialog to heal");
    net.loss = Box::new(|_, _| false);
    // It has one place, and believes it taken.
    net.nodes[0].stage.declines = Some(486);
    call(&mut net, Wanted::Live, MediaTransport::Udp);
    let device = device_id(0);
    net.with_platform(|platform, now, owner, out| platform.heal(now, owner, device, identity, out)).unwrap();
    net.run_for(1_000);
    let is_free = net.nodes[0].events.iter().any(|event| matches!(event, DeviceEvent::SessionEnded { .. }));
    assert!(is_free);
    net.nodes[0].stage.declines = None;
    call(&mut net, Wanted::Live, MediaTransport::Udp);
    assert_eq!(net.platform.calls_standing(), 1);
}

#[test]
fn every_call_has_a_subject_of_its_own_so_that_a_stale_stream_is_not_taken_for_it_wvp_159_wvp_628() {
    let mut net = Net::with_recorder(1);
    net.keep_bytes = true;
    for _ in 0..3 {
        let id = call(&mut net, Wanted::Live, MediaTransport::Udp);
        hang_up(&mut net, id);
        net.run_for(1_000);
    }
    let subject = |text: &String| text.lines().find(|line| line.starts_with("Subject: ")).map(str::to_owned);
    let mut subjects: Vec<_> = kept(&net, "INVITE").iter().filter_map(subject).collect();
    subjects.sort();
    subjects.dedup();
    assert_eq!(subjects.len(), 3, "{subjects:?}");
    assert!(subjects[0].contains(&format!("{}:0", channel(0))), "{}", subjects[0]);
}

#[test]
fn streams_of_a_life_before_the_restart_are_told_to_stop_one_by_one_wvp_628() {
    let mut net = Net::with_recorder(2);
    let identities: Vec<_> = (0..2)
        .map(|_| {
            call(&mut net, Wanted::Live, MediaTransport::Udp);
            let identity = started(&net).identity;
            net.events.clear();
            identity
        })
        .collect();
    net.restart_platform(true);
    let device = device_id(0);
    for identity in identities {
        net.with_platform(|platform, now, owner, out| platform.heal(now, owner, device, identity, out))
            .unwrap();
        net.run_for(1_000);
    }
    let ended =
        net.nodes[0].events.iter().filter(|event| matches!(event, DeviceEvent::SessionEnded { .. })).count();
    assert_eq!(ended, 2);
}

#[test]
fn catalogs_of_many_devices_that_come_all_at_once_are_each_whole_wvp_464() {
    let mut net = Net::new();
    for at in 0..20 {
        net.add(Stage::with_channels(53), false, |settings| {
            settings.habits = Habits::only(Habit::OneItemAMessage);
        });
        net.start(at);
    }
    net.run_for(2_000);
    for at in 0..20 {
        let device = device_id(at);
        net.with_platform(|platform, now, owner, out| {
            platform.ask_catalog(now, owner, (device, device.into()), out)
        })
        .unwrap();
    }
    net.run_for(20_000);
    let whole = net.events.iter().filter(
        |event| matches!(event, Event::Catalog(answer) if answer.is_complete() && answer.items.len() == 53),
    );
    assert_eq!(whole.count(), 20);
}

#[test]
fn forty_four_cameras_behind_one_address_that_lose_their_network_for_a_minute_stay_wvp_1633() {
    let mut net = Net::new();
    for at in 0..44 {
        let node = net.add(Stage::with_channels(1), false, |_| {});
        net.nodes[node].seen_as = ([203, 0, 113, 9], 20_000 + at).into();
        net.start(node);
    }
    net.run_for(130_000);
    net.loss = Box::new(|_, _| true);
    net.run_for(60_000);
    net.loss = Box::new(|_, _| false);
    net.run_for(600_000);
    let changes = net.events.iter().filter_map(|event| match event {
        Event::Presence { change, .. } => Some(*change),
        _ => None,
    });
    let lost: Vec<_> =
        changes.filter(|change| !matches!(change, Change::Registered | Change::Renewed)).collect();
    assert_eq!(lost, []);
    assert_eq!(net.platform.registrar().len(), 44);
}

#[test]
fn a_catalog_answer_that_says_zero_length_is_counted_as_forgiven_wvp_920() {
    let mut net = Net::with_odd_recorder(3, Habits::only(Habit::ZeroLength));
    ask_catalog(&mut net).unwrap();
    net.run_for(2_000);
    let forgiven = net.platform.forgiven(&device_id(0));
    assert!(forgiven.iter().any(|(name, _)| *name == "length 0 with a body"), "{forgiven:?}");
}
