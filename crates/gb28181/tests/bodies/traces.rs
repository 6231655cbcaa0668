//! Bodies byte by byte: as the clauses print them, and as odd vendors send them.

use watchfire_gb28181::charset::Charset;
use watchfire_gb28181::edition::Edition;
use watchfire_gb28181::id::{CatalogId, GbId};
use watchfire_gb28181::manscdp::alarm::{Alarm, AlarmKind, AlarmMethod, AlarmPriority};
use watchfire_gb28181::manscdp::catalog::{CatalogEvent, CatalogQuery};
use watchfire_gb28181::manscdp::control::{Command, DeviceControl};
use watchfire_gb28181::manscdp::keepalive::Keepalive;
use watchfire_gb28181::manscdp::mobile_position::MobilePosition;
use watchfire_gb28181::manscdp::outcome::Outcome;
use watchfire_gb28181::manscdp::{Body, LocalTime, Message};
use watchfire_gb28181::profile::Dialect;
use watchfire_gb28181::ptz::{PresetAction, PtzCommand};

fn read(source: &str) -> Message {
    Message::parse(source.as_bytes()).unwrap()
}

fn camera() -> GbId {
    GbId::parse("34020000001320000001").unwrap()
}

fn written(body: Body, edition: Edition) -> String {
    let dialect = Dialect::new(Charset::Gb2312, edition);
    String::from_utf8(Message::new(17, camera(), body).write(dialect)).unwrap()
}

#[test]
fn a_keepalive_is_written_as_the_clause_prints_it() {
    let expected = "<?xml version=\"1.0\" encoding=\"GB2312\"?>\r\n\
        <Notify><CmdType>Keepalive</CmdType>\r\n<SN>17</SN>\r\n<DeviceID>34020000001320000001</DeviceID>\r\n\
        <Status>OK</Status>\r\n</Notify>\r\n";
    assert_eq!(written(Body::Keepalive(Keepalive::well()), Edition::V2016), expected);
}

#[test]
fn a_question_for_the_catalog_is_written_as_the_clause_prints_it() {
    let expected = "<?xml version=\"1.0\" encoding=\"GB2312\"?>\r\n\
        <Query><CmdType>Catalog</CmdType>\r\n<SN>17</SN>\r\n<DeviceID>34020000001320000001</DeviceID>\r\n</Query>\r\n";
    assert_eq!(written(Body::CatalogQuery(CatalogQuery::default()), Edition::V2016), expected);
}

#[test]
fn the_answer_to_an_alarm_is_written_as_the_clause_prints_it() {
    let answer = written(Body::AlarmAnswer(Outcome::new(true)), Edition::V2016);
    assert!(answer.contains("<Response><CmdType>Alarm</CmdType>"));
    assert!(answer.ends_with("<Result>OK</Result>\r\n</Response>\r\n"));
}

#[test]
fn the_attribute_form_of_an_odd_vendor_is_read() {
    let message = read(
        "<Response CmdType=\"Catalog\" SN=\"9\" DeviceID=\"34020000001320000001\" SumNum=\"1\">\
         <DeviceList Num=\"1\"><Item DeviceID=\"34020000001310000001\" Name=\"门\" Status=\"ON\"/></DeviceList></Response>",
    );
    let Body::Catalog(catalog) = message.body else { panic!() };
    assert_eq!((message.sn, catalog.sum_num), (9, Some(1)));
    assert_eq!(catalog.items.items[0].name.as_deref(), Some("门"));
}

#[test]
fn a_catalog_notification_with_the_root_of_an_answer_is_read() {
    let message = read(
        "<Response><CmdType>Catalog</CmdType><SN>3</SN><DeviceID>34020000002000000001</DeviceID><SumNum>1</SumNum>\
         <DeviceList Num=\"1\"><Item><DeviceID>34020000001310000001</DeviceID><Event>VLOST</Event></Item></DeviceList></Response>",
    );
    let Body::Catalog(catalog) = message.body else { panic!() };
    assert_eq!(catalog.items.items[0].event, Some(CatalogEvent::VideoLost));
}

#[test]
fn a_catalog_may_be_about_a_region() {
    let message = read("<Query><CmdType>Catalog</CmdType><SN>1</SN><DeviceID>3601</DeviceID></Query>");
    assert_eq!(message.device, CatalogId::parse("3601").unwrap());
}

#[test]
fn key_frames_are_spelled_by_edition_and_read_in_both_spellings() {
    let control = || Body::DeviceControl(DeviceControl { command: Command::KeyFrame, priority: None });
    assert!(written(control(), Edition::V2016).contains("<IFameCmd>Send</IFameCmd>"));
    assert!(written(control(), Edition::V2022).contains("<IFrameCmd>Send</IFrameCmd>"));
    for edition in [Edition::V2016, Edition::V2022] {
        assert_eq!(read(&written(control(), edition)).body, control());
    }
}

#[test]
fn a_command_to_the_head_carries_its_bytes_and_priority() {
    let frame = PtzCommand::Preset(PresetAction::Call, 3).frame(1);
    let control = DeviceControl { command: Command::Ptz { frame, params: None }, priority: Some(5) };
    let text = written(Body::DeviceControl(control), Edition::V2016);
    assert!(text.contains("<PTZCmd>A50F01820003003A</PTZCmd>"));
    assert!(text.contains("<Info><ControlPriority>5</ControlPriority>"));
}

#[test]
fn a_command_whose_check_sum_is_wrong_is_kept_raw() {
    let message = read(
        "<Control><CmdType>DeviceControl</CmdType><SN>1</SN><DeviceID>34020000001320000001</DeviceID>\
         <PTZCmd>A50F01820003003B</PTZCmd></Control>",
    );
    let Body::DeviceControl(control) = message.body else { panic!() };
    assert!(matches!(control.command, Command::Raw(element) if element.text == "A50F01820003003B"));
}

#[test]
fn an_alarm_of_2016_is_read_with_its_table() {
    let message = read(
        "<Notify><CmdType>Alarm</CmdType><SN>1</SN><DeviceID>34020000001310000001</DeviceID>\
         <AlarmPriority>1</AlarmPriority><AlarmMethod>5</AlarmMethod><AlarmTime>2026-11-23T19:30:50</AlarmTime>\
         <Info><AlarmType>6</AlarmType><AlarmTypeParam><EventType>1</EventType></AlarmTypeParam></Info></Notify>",
    );
    let Body::Alarm(alarm) = message.body else { panic!() };
    assert_eq!(alarm.priority, Some(AlarmPriority::First));
    assert_eq!(alarm.kind(), Some(AlarmKind::Intrusion));
    assert_eq!(alarm.event_type.as_deref(), Some("1"));
    assert_eq!(alarm.time, LocalTime::parse("2026-11-23T19:30:50"));
}

#[test]
fn a_smoke_detector_on_a_recorder_is_an_alarm_of_its_input() {
    let alarm = Alarm { method: Some(AlarmMethod::Device), ..Alarm::default() };
    assert_eq!(alarm.kind(), Some(AlarmKind::Input));
}

#[test]
fn positions_of_both_editions_are_read_alike() {
    let flat = read(
        "<Notify><CmdType>MobilePosition</CmdType><SN>1</SN><DeviceID>34020000001320000001</DeviceID>\
         <Time>2026-11-23T19:30:50</Time><Longitude>115.9</Longitude><Latitude>28.7</Latitude><Speed>0.0</Speed></Notify>",
    );
    let list = read(
        "<Notify><CmdType>MobilePosition</CmdType><SN>1</SN><DeviceID>34020000002000000001</DeviceID>\
         <Time>2026-11-23T19:30:51</Time><SumNum>1</SumNum><DeviceList Num=\"1\"><Item>\
         <DeviceID>34020000001320000001</DeviceID><CaptureTime>2026-11-23T19:30:50</CaptureTime>\
         <Longitude>115.9</Longitude><Latitude>28.7</Latitude><Speed>0</Speed></Item></DeviceList></Notify>",
    );
    let positions = |message: Message| match message.body {
        Body::MobilePosition(report) => {
            (matches!(report, MobilePosition::Flat(_)), report.positions(message.device))
        }
        _ => panic!(),
    };
    let ((flat_is_flat, flat), (list_is_flat, list)) = (positions(flat), positions(list));
    assert_eq!((flat_is_flat, list_is_flat), (true, false));
    assert_eq!(flat, list);
}

/// Found by the fuzzer: it came back as another message.
#[test]
fn an_attribute_that_nobody_knows_is_a_field_like_any_other() {
    for command in ["Weather", "Alarm"] {
        let message = read(&format!(
            "<Notify CmdType=\"{command}\" SN=\"1\" DeviceID=\"34020000001320000001\" Wind=\"3\"/>"
        ));
        let written = message.write(Dialect::new(Charset::Utf8, Edition::V2022));
        assert!(String::from_utf8_lossy(&written).contains("<Wind>3</Wind>"));
        assert_eq!(Message::parse(&written).unwrap(), message);
    }
}

/// Found by the fuzzer: it was written with a count of 0 and read as another message.
#[test]
fn an_empty_list_of_positions_without_its_count_is_read_as_it_is_written() {
    let message = read(
        "<Notify><CmdType>MobilePosition</CmdType><SN>1</SN><DeviceID>34020000001320000001</DeviceID>\
         <DeviceList></DeviceList></Notify>",
    );
    let written = message.write(Dialect::new(Charset::Utf8, Edition::V2022));
    assert_eq!(Message::parse(&written).unwrap(), message);
}

#[test]
fn a_number_that_a_device_leaves_out_is_zero() {
    let message =
        read("<Notify><CmdType>Keepalive</CmdType><DeviceID>34020000001320000001</DeviceID></Notify>");
    assert_eq!(message.sn, 0);
}

#[test]
fn snapshots_are_ordered_by_a_configuration_and_their_element_has_two_names() {
    for name in ["SnapShotConfig", "SnapShot"] {
        let message = read(&format!(
            "<Control><CmdType>DeviceConfig</CmdType><SN>1</SN><DeviceID>34020000001320000001</DeviceID><{name}>\
             <SnapNum>1</SnapNum><Interval>1</Interval><UploadURL>http://10.0.0.1/up</UploadURL>\
             <SessionID>0123456789abcdef0123456789abcdef</SessionID></{name}></Control>"
        ));
        let Body::DeviceConfig(config) = message.body else { panic!() };
        assert_eq!(config.blocks.snapshot.unwrap().count, 1, "{name}");
    }
}

#[test]
fn the_element_of_snapshots_is_a_choice_per_device() {
    use watchfire_gb28181::manscdp::config::{ConfigBlocks, DeviceConfig, SnapShotConfig};
    use watchfire_gb28181::profile::SnapShotSpelling;
    let snapshot = SnapShotConfig {
        count: 1,
        interval_s: Some(1),
        upload_url: "http://10.0.0.1/up".to_owned(),
        session: "s".to_owned(),
    };
    let blocks = ConfigBlocks { snapshot: Some(snapshot), ..ConfigBlocks::default() };
    let message = Message::new(1, camera(), Body::DeviceConfig(DeviceConfig { blocks }));
    for (snapshot, element) in
        [(SnapShotSpelling::SnapShotConfig, "<SnapShotConfig>"), (SnapShotSpelling::SnapShot, "<SnapShot>")]
    {
        let dialect = Dialect { snapshot, ..Dialect::new(Charset::Utf8, Edition::V2022) };
        assert!(String::from_utf8(message.write(dialect)).unwrap().contains(element));
    }
}
