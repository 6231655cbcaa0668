//! What devices do to catalogs, each by the thread that told of it.

use watchfire_gb28181::answers::{CatalogAnswers, Collector, End, Step, catalog_limits};
use watchfire_gb28181::charset::Charset;
use watchfire_gb28181::edition::Edition;
use watchfire_gb28181::id::GbId;
use watchfire_gb28181::manscdp::catalog::{Catalog, CatalogItem};
use watchfire_gb28181::manscdp::{Body, Message};
use watchfire_gb28181::profile::DeviceProfile;

const S: u64 = 1_000;

fn device() -> GbId {
    GbId::parse("34020000001180000001").unwrap()
}

fn item(serial: u32) -> String {
    format!(
        "<Item><DeviceID>34020000001310{serial:06}</DeviceID><Name>门{serial}</Name><Status>ON</Status></Item>"
    )
}

fn source(sn: u64, sum_num: u32, items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"GB2312\"?><Response><CmdType>Catalog</CmdType><SN>{sn}</SN>\
         <DeviceID>34020000001180000001</DeviceID><SumNum>{sum_num}</SumNum><DeviceList Num=\"1\">{items}</DeviceList></Response>"
    )
}

fn catalog(bytes: &[u8]) -> Catalog {
    match Message::parse(bytes).unwrap().body {
        Body::Catalog(catalog) => catalog,
        body => panic!("no catalog but {body:?}"),
    }
}

fn take(answers: &mut CatalogAnswers, sn: u64, sum_num: u32, items: &str, now_ms: u64) -> Step<CatalogItem> {
    answers.take(device(), sn, catalog(source(sn, sum_num, items).as_bytes()).into(), now_ms)
}

fn asked(sn: u64) -> CatalogAnswers {
    let mut answers = Collector::new(catalog_limits());
    answers.ask(device(), sn, 0).unwrap();
    answers
}

#[test]
fn wvp_464_one_item_a_message_and_53_messages_are_one_complete_answer() {
    let mut answers = asked(5);
    for serial in 0..52 {
        assert!(matches!(take(&mut answers, 5, 53, &item(serial), S), Step::More { .. }));
    }
    assert!(matches!(take(&mut answers, 5, 53, &item(52), S), Step::Done(answer) if answer.is_complete()));
}

#[test]
fn wvp_655_messages_of_two_devices_that_cross_each_other_are_not_mixed() {
    let other = GbId::parse("34020000001180000002").unwrap();
    let mut answers = asked(5);
    answers.ask(other, 5, 0).unwrap();
    take(&mut answers, 5, 2, &item(1), S);
    let crossing = catalog(source(5, 1, &item(9)).as_bytes());
    assert!(
        matches!(answers.take(other, 5, crossing.into(), S), Step::Done(answer) if answer.items.len() == 1)
    );
    assert!(matches!(take(&mut answers, 5, 2, &item(2), S), Step::Done(answer) if answer.items.len() == 2));
}

#[test]
fn wvp_858_ten_items_of_140_are_partial_and_nothing_may_be_deleted() {
    let mut answers = asked(5);
    let items: String = (0..10).map(item).collect();
    take(&mut answers, 5, 140, &items, S);
    let answer = answers.expire(60 * S).remove(0);
    assert_eq!((answer.end, answer.is_complete(), answer.items.len()), (End::Silent, false, 10));
}

#[test]
fn a_first_message_after_100_seconds_is_in_time_because_two_minutes_are_waited() {
    let mut answers = asked(5);
    assert_eq!(answers.expire(100 * S), []);
    assert!(matches!(take(&mut answers, 5, 1, &item(1), 100 * S), Step::Done(_)));
}

#[test]
fn wvp_1425_an_unasked_answer_with_an_old_number_and_one_item_replaces_nothing() {
    let mut answers = asked(6);
    assert!(matches!(take(&mut answers, 5, 1, &item(1), S), Step::Unasked(items) if items.len() == 1));
    assert!(answers.is_open(device(), 6));
}

#[test]
fn wvp_2103_a_notification_during_a_synchronisation_is_no_part_of_the_answer() {
    let text = source(88, 1, &item(7)).replace("Response>", "Notify>");
    let message = Message::parse(text.as_bytes()).unwrap();
    assert!(matches!(message.body, Body::CatalogNotify(_)));
    let mut answers = asked(5);
    assert!(matches!(take(&mut answers, 88, 1, &item(7), S), Step::Unasked(_)));
}

#[test]
fn an_item_that_comes_twice_is_one_item() {
    let mut answers = asked(5);
    take(&mut answers, 5, 2, &item(1), S);
    take(&mut answers, 5, 2, &item(1), S);
    assert!(matches!(take(&mut answers, 5, 2, &item(2), S), Step::Done(answer) if answer.duplicates == 1));
}

#[test]
fn wvp_21_a_parent_that_is_the_sip_domain_is_no_parent() {
    let text = "<Item><DeviceID>34020000001310000001</DeviceID><ParentID>3402000000</ParentID></Item>\
        <Item><DeviceID>34020000001310000002</DeviceID>\
        <ParentID>34020000002000000001/34020000002160000001</ParentID></Item>";
    let items = catalog(source(1, 2, text).as_bytes()).items.items;
    assert_eq!(items[0].parents(), []);
    assert_eq!(items[1].parents().len(), 2);
}

#[test]
fn monibuca_81_only_cameras_are_invited_unless_the_profile_excepts_a_type() {
    let items: String = ["131", "132", "134", "137", "200", "215", "600"]
        .map(|code| format!("<Item><DeviceID>3402000000{code}0000001</DeviceID></Item>"))
        .concat();
    let items = catalog(source(1, 7, &items).as_bytes()).items.items;
    let cameras = |profile: &DeviceProfile| items.iter().filter(|item| profile.is_camera(item)).count();
    assert_eq!(cameras(&DeviceProfile::default()), 2);
    assert_eq!(cameras(&DeviceProfile { camera_types: vec![600], ..DeviceProfile::default() }), 3);
}

#[test]
fn wvp_291_control_characters_in_a_name_vanish() {
    let text = "<Item><DeviceID>34020000001310000001</DeviceID><Name>\u{1}东\u{8}门\u{7f}&#2;</Name></Item>";
    let items = catalog(source(1, 1, text).as_bytes()).items.items;
    assert!(items[0].name.as_deref().unwrap().starts_with("东门"));
}

#[test]
fn wvp_542_a_broken_item_costs_that_item_only() {
    for broken in [
        "<Item><DeviceID>34020000001310000002</DeviceID><Name>a<b</Name></Item>",
        "<Item><DeviceID>not an id</DeviceID></Item>",
        "<Item><DeviceID>34020000001310000002</DeviceID><Name>no end",
        "<Item><DeviceID>34020000001310000002</Device></Item>",
        "<Item a=\"><DeviceID>34020000001310000002</DeviceID></Item>",
        "<Item/>",
        "</Item>",
        "<Item><DeviceID>34020000001310000002</DeviceID><Longitude>x</Longitude></Item>",
        "< ><",
    ] {
        let text = format!("{}{broken}{}", item(1), item(3));
        let items = catalog(source(1, 3, &text).as_bytes()).items.items;
        let has = |serial: &str| items.iter().any(|item| item.id.as_str().ends_with(serial));
        assert!(has("000001") && has("000003"), "{broken} gave {items:?}");
    }
}

#[test]
fn a_message_that_was_cut_keeps_the_items_before_the_cut() {
    let text = source(1, 3, &format!("{}{}", item(1), item(2)));
    let cut = &text[..text.find("门2").unwrap()];
    let catalog = catalog(cut.as_bytes());
    assert_eq!((catalog.items.items.len(), catalog.items.dropped), (1, 1));
}

#[test]
fn wvp_sw_10_gbk_that_calls_itself_utf_8_and_the_reverse_are_read() {
    let text = source(1, 1, &item(1));
    let as_gbk = Charset::Gbk.encode(&text.replace("GB2312", "UTF-8"));
    assert_eq!(catalog(&as_gbk).items.items[0].name.as_deref(), Some("门1"));
    assert_eq!(catalog(text.as_bytes()).items.items[0].name.as_deref(), Some("门1"));
}

#[test]
fn gb18030_is_written_to_devices_of_2022_and_gb2312_to_older_ones() {
    let declared = |edition| {
        let profile = DeviceProfile::for_edition(edition);
        let message = Message::new(1, device(), Body::DeviceInfoQuery);
        String::from_utf8(message.write(profile.dialect)).unwrap()
    };
    assert!(declared(Edition::V2022).contains("encoding=\"GB18030\""));
    assert!(declared(Edition::V2016).contains("encoding=\"GB2312\""));
}
