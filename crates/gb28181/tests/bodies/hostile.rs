//! Bytes from people who wish us ill, and from cables that do.

use proptest::prelude::*;
use watchfire_gb28181::manscdp::xml::XmlError;
use watchfire_gb28181::manscdp::{Body, BodyError, Message};
use watchfire_gb28181::profile::Dialect;

use crate::clauses::CLAUSES;
use crate::round_trip::{all_lines, document};

fn any_source() -> impl Strategy<Value = Vec<u8>> {
    (0..CLAUSES.len()).prop_map(|at| document(&CLAUSES[at], &all_lines(&CLAUSES[at])).into_bytes())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Message::parse(&bytes);
    }

    #[test]
    fn a_message_with_wrong_bytes_is_read_or_refused(
        source in any_source(), wrong in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8))
    {
        let mut bytes = source;
        for (at, byte) in wrong {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(message) = Message::parse(&bytes) {
            let _ = message.write(Dialect::default());
        }
    }

    #[test]
    fn a_message_that_was_cut_is_read_or_refused(source in any_source(), at in any::<prop::sample::Index>()) {
        let _ = Message::parse(&source[..at.index(source.len())]);
    }

    #[test]
    fn a_message_with_a_piece_twice_is_read_or_refused(
        source in any_source(), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>())
    {
        let (from, to) = (from.index(source.len()), to.index(source.len()));
        let mut bytes = source.clone();
        bytes.splice(to..to, source[from.min(to)..from.max(to)].iter().copied());
        let _ = Message::parse(&bytes);
    }
}

fn refusal(source: &str) -> BodyError {
    Message::parse(source.as_bytes()).unwrap_err()
}

#[test]
fn entity_bombs_are_refused() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Notify>&b;</Notify>";
    assert!(matches!(refusal(bomb), BodyError::Xml(XmlError::DocumentType(_))));
}

#[test]
fn an_id_that_is_markup_is_refused_and_not_repeated_in_the_error() {
    let source = "<Notify><CmdType>Keepalive</CmdType><SN>1</SN><DeviceID>&lt;script&gt;</DeviceID></Notify>";
    let error = refusal(source).to_string();
    assert!(error.starts_with("DeviceID: ") && !error.contains("script"), "{error}");
}

#[test]
fn an_unknown_root_and_a_missing_command_are_told_apart() {
    assert_eq!(refusal("<Html/>"), BodyError::Root);
    assert_eq!(refusal("<Notify><SN>1</SN></Notify>"), BodyError::CmdType);
}

#[test]
fn a_message_without_what_it_needs_says_which_it_is() {
    let source =
        "<Query><CmdType>RecordInfo</CmdType><SN>1</SN><DeviceID>34020000001320000001</DeviceID></Query>";
    assert_eq!(refusal(source).to_string(), "Query RecordInfo lacks a field that it needs");
}

#[test]
fn an_unknown_message_keeps_a_bounded_part_of_itself() {
    let many = "<X><Y/></X>".repeat(10_000);
    let source =
        format!("<Notify><CmdType>Z</CmdType><DeviceID>34020000001320000001</DeviceID>{many}</Notify>");
    let message = Message::parse(source.as_bytes()).unwrap();
    assert!(matches!(message.body, Body::Raw { content, .. } if content.len() == 256));
}
