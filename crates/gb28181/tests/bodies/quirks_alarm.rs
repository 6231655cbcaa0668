//! What devices do to clocks, alarms, presets and voice, each by the thread that told of it.
//!
//! BYE after ACK (WVP#1479), silence (WVP#1514) and a missing INVITE (WVP#1080) of voice are not about bodies.

use watchfire_gb28181::charset::Charset;
use watchfire_gb28181::edition::Edition;
use watchfire_gb28181::id::GbId;
use watchfire_gb28181::manscdp::alarm::Alarm;
use watchfire_gb28181::manscdp::broadcast::Broadcast;
use watchfire_gb28181::manscdp::{Body, LocalTime, Message};
use watchfire_gb28181::profile::{DeviceProfile, Dialect};

fn alarm(inside: &str) -> Alarm {
    let text = format!(
        "<Notify><CmdType>Alarm</CmdType><SN>1</SN><DeviceID>34020000001340000001</DeviceID>{inside}</Notify>"
    );
    match Message::parse(text.as_bytes()).unwrap().body {
        Body::Alarm(alarm) => alarm,
        body => panic!("no alarm but {body:?}"),
    }
}

#[test]
fn wvp_1700_the_time_for_a_devices_clock_is_beijing_time_wherever_this_machine_stands() {
    assert_eq!(LocalTime::from_unix_s(0).with_millis(), "1970-01-01T08:00:00.000");
}

#[test]
fn wvp_1997_time_sync_is_a_switch_of_the_device() {
    let profile = DeviceProfile::default();
    assert!(profile.time_sync);
    assert!(!DeviceProfile { time_sync: false, ..profile }.time_sync);
}

#[test]
fn wvp_1946_a_list_of_255_presets_is_read_whole() {
    let item = |number: u8| format!("<Item><PresetID>{number}</PresetID><PresetName>p</PresetName></Item>");
    let items = (1..=255).map(item).collect::<Vec<_>>().concat();
    let text = format!(
        "<Response><CmdType>PresetQuery</CmdType><SN>1</SN><DeviceID>34020000001320000001</DeviceID>\
         <PresetList Num=\"255\">{items}</PresetList></Response>"
    );
    let Body::Presets(presets) = Message::parse(text.as_bytes()).unwrap().body else { panic!() };
    assert_eq!(presets.presets.items.len(), 255);
}

#[test]
fn wvp_559_the_type_is_kept_for_every_method() {
    for method in 1..=7 {
        let found =
            alarm(&format!("<AlarmMethod>{method}</AlarmMethod><Info><AlarmType>4</AlarmType></Info>"));
        assert_eq!(found.alarm_type.as_deref(), Some("4"), "method {method}");
    }
}

#[test]
fn the_type_is_read_inside_info_and_beside_it() {
    let inside = alarm("<AlarmMethod>5</AlarmMethod><Info><AlarmType>101</AlarmType></Info>");
    let beside = alarm("<AlarmMethod>5</AlarmMethod><AlarmType>101</AlarmType>");
    assert_eq!((inside.alarm_type.as_deref(), &inside), (Some("101"), &beside));
}

#[test]
fn values_that_no_edition_knows_are_kept_raw() {
    let found = alarm(
        "<AlarmPriority>9</AlarmPriority><AlarmMethod>Smoke</AlarmMethod><Info><AlarmType>FireDetect</AlarmType>\
         <Score>0.9</Score></Info><ExtraInfo>zone 3</ExtraInfo>",
    );
    assert_eq!(found.priority.as_ref().unwrap().as_str(), "9");
    assert_eq!(found.method.as_ref().unwrap().as_str(), "Smoke");
    assert_eq!(found.alarm_type.as_deref(), Some("FireDetect"));
    assert_eq!((found.info[0].text.as_str(), found.extra[0].text.as_str()), ("0.9", "zone 3"));
    assert_eq!(found.kind(), None);
}

#[test]
fn wvp_1765_the_order_to_speak_has_two_ids_and_nothing_that_a_device_could_stumble_over() {
    let id = |text: &str| GbId::parse(text).unwrap();
    let broadcast = Broadcast { source: id("34020000002000000001"), target: id("34020000001370000001") };
    let message = Message::new(1, id("34020000001370000001"), Body::Broadcast(broadcast));
    let dialect = Dialect::new(Charset::Gb2312, Edition::V2016);
    let text = String::from_utf8(message.write(dialect)).unwrap();
    assert!(text.is_ascii());
    assert!(text.ends_with(
        "<SN>1</SN>\r\n<SourceID>34020000002000000001</SourceID>\r\n<TargetID>34020000001370000001</TargetID>\r\n</Notify>\r\n"
    ));
}
