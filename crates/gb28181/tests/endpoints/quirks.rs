//! Every oddity switched on alone: registration, catalog, recordings, a call with pictures, the end of a file and an alarm still work.

use watchfire_gb28181::device::{Habit, Habits};
use watchfire_gb28181::manscdp::alarm::{Alarm, AlarmMethod};
use watchfire_gb28181::manscdp::{Body, LocalTime};
use watchfire_gb28181::platform::{Event, Reason};
use watchfire_gb28181::profile::{MediaTransport, SsrcCheck};
use watchfire_gb28181::sdp::Wanted;

use crate::calls::{call, over, pictures_flow, playback};
use crate::catalogs::ask_catalog;
use crate::net::{Net, device_id};
use crate::stage::{channel, id};

fn odd(habit: Habit) -> Net {
    let mut net = Net::with_odd_recorder(12, Habits::only(habit));
    if habit == Habit::ZeroSsrc {
        net.owner.profile.ssrc_check = SsrcCheck::Off;
    }
    net
}

#[test]
fn an_odd_device_gives_its_whole_catalog() {
    for habit in Habit::ALL {
        let mut net = odd(habit);
        ask_catalog(&mut net).unwrap();
        net.run_for(5_000);
        let found = net.events.iter().find_map(|event| match event {
            Event::Catalog(answer) => {
                Some((answer.is_complete(), answer.items.len(), answer.items[0].name.clone()))
            }
            _ => None,
        });
        assert_eq!(found, Some((true, 12, Some("教学楼0号摄像机".to_owned()))), "{habit:?}");
    }
}

#[test]
fn an_odd_device_lists_its_recordings() {
    for habit in Habit::ALL {
        let mut net = odd(habit);
        let start = 1_764_000_000;
        net.nodes[0].stage.recordings = (0..9).map(|at| (start + at * 900, start + at * 900 + 900)).collect();
        let at = (device_id(0), channel(0));
        let span = (LocalTime::from_unix_s(start), LocalTime::from_unix_s(start + 8_100));
        net.with_platform(|platform, now, owner, out| platform.search_recordings(now, owner, at, span, out))
            .unwrap();
        net.run_for(5_000);
        let found = net.events.iter().find_map(|event| match event {
            Event::Recordings(result) => Some((result.is_complete, result.recordings.len())),
            _ => None,
        });
        assert_eq!(found, Some((true, 9)), "{habit:?}");
    }
}

#[test]
fn an_odd_device_sends_pictures_and_stops_when_told() {
    for habit in Habit::ALL {
        for transport in [MediaTransport::Udp, MediaTransport::TcpDeviceConnects] {
            let mut net = odd(habit);
            let id = call(&mut net, Wanted::Live, transport);
            assert!(pictures_flow(&net), "{habit:?} {transport:?}");
            net.with_platform(|platform, now, owner, out| platform.hang_up(now, owner, id, out));
            net.run_for(1_000);
            assert_eq!(over(&net).map(|over| over.reason), Some(Reason::HungUp), "{habit:?}");
            assert_eq!(over(&net).and_then(|over| over.unconfirmed), None, "{habit:?}");
        }
    }
}

#[test]
fn the_end_of_an_odd_devices_file_ends_the_call() {
    for habit in Habit::ALL {
        let mut net = odd(habit);
        call(&mut net, playback(), MediaTransport::TcpDeviceConnects);
        let session = crate::calls::invitation(&net).session;
        net.with_device(0, |device, now, _, out| device.file_end(now, session, out));
        net.run_for(2_000);
        assert_eq!(over(&net).map(|over| over.reason), Some(Reason::FileEnd), "{habit:?}");
    }
}

#[test]
fn an_odd_devices_alarm_is_told_with_its_type() {
    for habit in Habit::ALL {
        let mut net = odd(habit);
        let alarm =
            Alarm { method: Some(AlarmMethod::Video), alarm_type: Some("2".into()), ..Alarm::default() };
        net.with_device(0, |device, now, _, out| {
            device.report(now, id(134, 1).into(), Body::Alarm(alarm), out);
        });
        net.run_for(2_000);
        let found = net.events.iter().find_map(|event| match event {
            Event::Alarm { alarm, .. } => Some(alarm.alarm_type.clone()),
            _ => None,
        });
        assert_eq!(found, Some(Some("2".to_owned())), "{habit:?}");
    }
}

#[test]
fn an_odd_device_stays_online_for_an_hour() {
    for habit in Habit::ALL {
        let mut net = odd(habit);
        net.run_for(3_600_000);
        let fell = net.events.iter().any(|event| {
            matches!(event, Event::Presence { change, .. } if *change == watchfire_gb28181::registrar::Change::FellSilent)
        });
        assert!(!fell, "{habit:?}");
    }
}

#[test]
fn what_was_forgiven_is_counted() {
    let mut net = odd(Habit::UnaskedCatalog);
    ask_catalog(&mut net).unwrap();
    net.run_for(2_000);
    assert_eq!(net.platform.forgiven(&device_id(0)), [("catalog that nobody asked for", 1)]);
}
