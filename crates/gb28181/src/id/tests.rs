//! Ids in every fashion of writing, and what their digits say.

use super::*;

fn id(text: &str) -> GbId {
    GbId::parse(text).unwrap()
}

#[test]
fn the_parts_of_an_id_are_read_by_position() {
    let school_camera = id("36010201111320100007");
    assert_eq!(school_camera.region().as_str(), "360102");
    assert_eq!(school_camera.grassroots(), 1);
    assert_eq!(school_camera.industry(), Industry::Education);
    assert_eq!(school_camera.kind(), Kind::NetworkCamera);
    assert_eq!(school_camera.network(), 0);
    assert_eq!(school_camera.serial(), 100_007);
    assert_eq!(school_camera.domain(), "3601020111");
    assert_eq!(school_camera.ssrc_domain(), 10_201);
}

#[test]
fn every_fashion_of_an_address_gives_the_same_id() {
    for address in [
        "34020000001320000001",
        " 34020000001320000001\r\n",
        "sip:34020000001320000001@3402000000",
        "sip:34020000001320000001@3402000000.spvmn.cn",
        "SIP:34020000001320000001@192.168.1.9:5060;transport=tcp",
        "<sip:34020000001320000001@192.168.1.9:5060>;tag=77",
        "\"front <gate>\" <sip:34020000001320000001@cam.example>;tag=1",
        "sip:34020000001320000001:secret@10.0.0.1",
        "sip:34020000001320000001;x=y@10.0.0.1",
        "sip:34020000001320000001",
    ] {
        assert_eq!(GbId::from_address(address), Ok(id("34020000001320000001")), "{address}");
    }
}

#[test]
fn an_address_without_an_id_is_refused() {
    assert!(GbId::from_address("sip:192.168.1.9").is_err());
    assert!(GbId::from_address("sip:@host").is_err());
    assert!(GbId::from_address("<").is_err());
}

#[test]
fn hostile_ids_are_refused_with_a_reason_that_repeats_none_of_their_markup() {
    for (text, reason) in [
        ("", "the id is empty"),
        (
            "3402000000132000000",
            "an id has 20 digits (a region code 2, 4, 6 or 8), this one has 19 characters",
        ),
        (
            "340200000013200000",
            "an id has 20 digits (a region code 2, 4, 6 or 8), this one has 18 characters",
        ),
        ("3402000000132000000'", "an id has digits only, but '\\'' stands at position 20"),
        ("<script>alert(1)</sc", "an id has digits only, but '<' stands at position 1"),
        ("3402000000\u{0}320000001", "an id has digits only, but '\\0' stands at position 11"),
        ("3402000000132000000\u{ff11}", "an id has digits only, but '１' stands at position 20"),
    ] {
        assert_eq!(GbId::parse(text).unwrap_err().to_string(), reason);
    }
}

#[test]
fn a_catalog_id_is_a_region_at_four_levels_or_an_id() {
    for text in ["36", "3601", "360102", "36010201", "36010201111320100007"] {
        assert_eq!(CatalogId::parse(text).unwrap().as_str(), text);
    }
    for text in ["3", "360", "36010", "3601020", "360102011", "36o1"] {
        assert!(CatalogId::parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_region_knows_what_lies_in_it() {
    let county = RegionCode::parse("360102").unwrap();
    assert_eq!(county.parent().unwrap().as_str(), "3601");
    assert!(RegionCode::parse("36").unwrap().contains(&county));
    assert!(!county.contains(&RegionCode::parse("360103").unwrap()));
    assert_eq!(RegionCode::parse("36").unwrap().parent(), None);
}

#[test]
fn kinds_that_matter_are_told_apart() {
    assert!(id("34020000001310000001").kind().is_camera());
    assert!(id("34020000001340000001").kind().is_alarm_input());
    assert!(id("34020000001180000001").kind().is_recorder());
    assert!(id("34020000002000000001").kind().is_platform());
    assert_eq!(id("34020000002150000001").kind(), Kind::BusinessGroup);
    assert_eq!(id("34020000002160000001").kind(), Kind::VirtualOrganisation);
    assert!(id("34020000001370000001").kind().is_voice_output());
    assert_eq!(id("34020000009990000001").kind(), Kind::Extension(999));
}

#[test]
fn an_id_is_composed_of_its_parts_unless_one_is_too_large() {
    let parts =
        IdParts { region: 360_102, grassroots: 1, industry: 11, type_code: 132, network: 7, serial: 42 };
    assert_eq!(GbId::compose(parts), Some(id("36010201111327000042")));
    assert_eq!(GbId::compose(IdParts { serial: 1_000_000, ..parts }), None);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,40}|[0-9<>@:;\"]{0,40}") {
        let _ = GbId::from_address(&text);
        let _ = CatalogId::parse(&text);
    }

    #[test]
    fn an_id_is_printed_as_it_was_read(text in "[0-9]{20}") {
        proptest::prop_assert_eq!(GbId::parse(&text).unwrap().to_string(), text);
    }
}
