//! Every message, with any selection of its fields: what is written is read back equal, and no field that came in is lost on the way.

use proptest::prelude::*;
use watchfire_gb28181::charset::Charset;
use watchfire_gb28181::edition::Edition;
use watchfire_gb28181::manscdp::{Body, Message};
use watchfire_gb28181::profile::Dialect;

use crate::clauses::{CLAUSES, Clause};

/// Choices for one line of a template: whether it is kept, and what fills its braces.
#[derive(Debug, Clone)]
pub struct Filling {
    keep: bool,
    number: u8,
    real: f64,
    text: String,
    id: String,
    time: i64,
}

prop_compose! {
    fn any_filling()(
        keep: bool,
        number: u8,
        real in -180_000_i32..180_000,
        text in "[a-z一-龥&<>\"'#;/ ]{0,12}[a-z一-龥]",
        id in "[0-9]{20}",
        time in 0_i64..4_000_000_000,
    ) -> Filling {
        Filling { keep, number, real: f64::from(real) / 1000.0, text: text.trim().to_owned(), id, time }
    }
}

/// The lines of a message, filled.
pub fn lines(clause: &Clause, fillings: &[Filling]) -> Vec<String> {
    let lines = clause.lines.lines().map(str::trim).filter(|line| !line.is_empty());
    let filled =
        lines.zip(fillings.iter().cycle()).filter_map(|(line, filling)| match line.strip_prefix('?') {
            Some(_) if !filling.keep => None,
            Some(line) => Some(fill(line, filling)),
            None => Some(fill(line, filling)),
        });
    filled.collect()
}

fn fill(line: &str, filling: &Filling) -> String {
    let Some((before, rest)) = line.split_once('{') else { return line.to_owned() };
    let (choice, after) = rest.split_once('}').unwrap();
    let choices: Vec<&str> = choice.split('|').collect();
    let value = match choices[usize::from(filling.number) % choices.len()] {
        "text" => escaped(&filling.text),
        "n" => filling.number.to_string(),
        "real" => filling.real.to_string(),
        "id" | "camera" => filling.id.clone(),
        "time" if line.contains("Time") || line.contains("Date") => {
            watchfire_gb28181::manscdp::LocalTime::from_unix_s(filling.time).to_string()
        }
        other => other.to_owned(),
    };
    format!("{before}{value}{after}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

pub fn document(clause: &Clause, lines: &[String]) -> String {
    let Clause { root, cmd_type, .. } = clause;
    // Of a broadcast both ids stand in the body.
    let is_broadcast = (*root, *cmd_type) == ("Notify", "Broadcast");
    let device = if is_broadcast { "" } else { "<DeviceID>34020000001320000001</DeviceID>" };
    let frame = format!("<CmdType>{cmd_type}</CmdType>\n<SN>17</SN>\n{device}");
    format!("<?xml version=\"1.0\"?>\n<{root}>\n{frame}\n{}\n</{root}>\n", lines.join("\n"))
}

fn dialects() -> [Dialect; 4] {
    [
        Dialect::new(Charset::Gb2312, Edition::V2016),
        Dialect::new(Charset::Gbk, Edition::V2011),
        Dialect::new(Charset::Gb18030, Edition::V2022),
        Dialect::new(Charset::Utf8, Edition::V2022),
    ]
}

fn any_message() -> impl Strategy<Value = (usize, Vec<Filling>)> {
    (0..CLAUSES.len(), proptest::collection::vec(any_filling(), 97))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_message_is_read_as_it_was_written((at, fillings) in any_message()) {
        let clause = &CLAUSES[at];
        let source = document(clause, &lines(clause, &fillings));
        let message = Message::parse(source.as_bytes()).unwrap();
        for dialect in dialects() {
            let written = message.write(dialect);
            // Now and then two characters of GBK are one of UTF-8 and a half; nothing tells them apart.
            let is_taken_for_utf8 = std::str::from_utf8(&written).is_ok_and(|text| text.bytes().any(|b| b >= 0xe0));
            if dialect.charset != Charset::Utf8 && is_taken_for_utf8 {
                continue;
            }
            let read = Message::parse(&written).unwrap();
            prop_assert_eq!(&read, &message, "{:?}", dialect);
        }
    }

    #[test]
    fn no_field_of_a_message_is_lost((at, fillings) in any_message()) {
        let clause = &CLAUSES[at];
        let lines = lines(clause, &fillings);
        let message = Message::parse(document(clause, &lines).as_bytes()).unwrap();
        let dialect = Dialect::new(Charset::Utf8, Edition::V2022);
        let written = String::from_utf8(message.write(dialect)).unwrap();
        for line in lines {
            prop_assert!(written.contains(&line), "{} is not in {}", line, written);
        }
    }
}

#[test]
fn every_clause_has_a_type_of_its_own_except_the_vendors() {
    for clause in CLAUSES {
        let source = document(clause, &all_lines(clause));
        let message = Message::parse(source.as_bytes()).unwrap();
        let is_raw = matches!(message.body, Body::Raw { .. });
        assert_eq!(is_raw, clause.cmd_type == "VendorNews", "{}", clause.cmd_type);
    }
}

/// Every line, filled with plain things.
pub fn all_lines(clause: &Clause) -> Vec<String> {
    let filling = Filling {
        keep: true,
        number: 0,
        real: 1.5,
        text: "东门".to_owned(),
        id: "34020000001310000001".to_owned(),
        time: 1_795_433_450,
    };
    lines(clause, &[filling])
}
