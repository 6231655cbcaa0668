//! What a device's edition and maker say about it, and what its alarms mean.

use super::*;
use crate::id::CatalogId;
use crate::manscdp::alarm::AlarmMethod;

fn point(text: &str) -> CatalogId {
    CatalogId::parse(text).unwrap()
}

#[test]
fn the_edition_decides_characters_and_snapshots() {
    let old = DeviceProfile::for_edition(Edition::V2016);
    let new = DeviceProfile::for_edition(Edition::V2022);
    assert_eq!((old.dialect.charset, old.snapshots), (Charset::Gb2312, false));
    assert_eq!((new.dialect.charset, new.snapshots), (Charset::Gb18030, true));
}

#[test]
fn makers_have_habits_of_their_own() {
    let profile = |maker: &str| DeviceProfile::for_device(Edition::V2016, maker, "");
    assert_eq!(profile("Hikvision").sub_stream, SubStream::Stream);
    assert_eq!(profile("DAHUA Technology").ssrc_check, SsrcCheck::Off);
    assert_eq!(profile("大华").sub_stream, SubStream::StreamProfile);
    assert_eq!(profile("TP-LINK").stream_attribute(1), Some(Attribute::new("streamMode", "SUB")));
    assert_eq!(profile("unheard of"), DeviceProfile::for_edition(Edition::V2016));
}

#[test]
fn an_absurd_keepalive_interval_becomes_the_registrars_default() {
    let terms = |keepalive_s| DeviceProfile { keepalive_s, ..DeviceProfile::default() }.terms();
    assert_eq!((terms(60).keepalive_s, terms(60).misses), (60, 3));
    assert_eq!(terms(u32::MAX).keepalive_s, 0);
}

#[test]
fn words_of_fire_mean_fire_whatever_the_method() {
    let alarm = Alarm {
        method: Some(AlarmMethod::Other),
        description: Some("3号楼烟感报警".to_owned()),
        ..Alarm::default()
    };
    let profile = DeviceProfile::default();
    assert_eq!(profile.meaning_of(point("34020000001340000001"), &alarm), Some("fire"));
}

#[test]
fn an_alarm_input_without_words_is_a_detector_of_unknown_sort() {
    let alarm = Alarm { method: Some(AlarmMethod::Device), ..Alarm::default() };
    let profile = DeviceProfile::default();
    assert_eq!(profile.meaning_of(point("34020000001340000001"), &alarm), Some("alarm-input"));
    assert_eq!(profile.meaning_of(point("34020000001310000001"), &alarm), None);
}

#[test]
fn a_vendors_number_is_mapped_by_a_rule_of_the_device() {
    let rule = AlarmRule {
        method: Some(AlarmMethod::Video),
        alarm_type: Some("101".to_owned()),
        meaning: "fire".to_owned(),
        ..AlarmRule::default()
    };
    let profile = DeviceProfile { alarm_rules: vec![rule], ..DeviceProfile::default() };
    let alarm = |number: &str| Alarm {
        method: Some(AlarmMethod::Video),
        alarm_type: Some(number.to_owned()),
        ..Alarm::default()
    };
    let camera = point("34020000001310000001");
    assert_eq!(profile.meaning_of(camera, &alarm("101")), Some("fire"));
    assert_eq!(profile.meaning_of(camera, &alarm("102")), None);
}

#[test]
fn event_names_come_in_three_fashions() {
    assert_eq!(EventName::Presence.header("Catalog", 7), "presence");
    assert_eq!(EventName::Plain.header("Catalog", 7), "Catalog");
    assert_eq!(EventName::WithId.header("Catalog", 7), "Catalog;id=7");
}
