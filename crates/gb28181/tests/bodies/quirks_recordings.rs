//! What devices do to lists of recordings, each by the thread that told of it.
//!
//! Of the block on recordings two lines are not about bodies: one viewer per range (WVP#1401) and 503 on playback (Monibuca#115).

use watchfire_gb28181::answers::{RecordOutput, RecordSearches, SearchResult};
use watchfire_gb28181::id::GbId;
use watchfire_gb28181::manscdp::media_status::MediaEvent;
use watchfire_gb28181::manscdp::record_info::RecordInfo;
use watchfire_gb28181::manscdp::{Body, LocalTime, Message};

/// A second of the clock that deadlines are told by.
const S: u64 = 1_000;
/// A second and an hour of the calendar.
const SECOND: i64 = 1_000_000;
const H: i64 = 3_600 * SECOND;

fn device() -> GbId {
    GbId::parse("34020000001180000001").unwrap()
}

fn camera() -> GbId {
    GbId::parse("34020000001310000001").unwrap()
}

fn item(number: i64) -> String {
    let start = LocalTime { unix_us: number * 10 * SECOND };
    let end = LocalTime { unix_us: (number + 1) * 10 * SECOND };
    format!(
        "<Item><DeviceID>34020000001310000001</DeviceID><Name>c\u{2}1</Name>\
         <StartTime>{start}</StartTime><EndTime>{end}</EndTime></Item>"
    )
}

fn list(sum_num: i64, numbers: std::ops::Range<i64>) -> RecordInfo {
    let items: String = numbers.map(item).collect();
    let text = format!(
        "<Response><CmdType>RecordInfo</CmdType><SN>1</SN><DeviceID>34020000001310000001</DeviceID>\
         <SumNum>{sum_num}</SumNum><RecordList Num=\"2\">{items}</RecordList></Response>"
    );
    match Message::parse(text.as_bytes()).unwrap().body {
        Body::RecordInfo(info) => info,
        body => panic!("no recordings but {body:?}"),
    }
}

fn search(hours: i64) -> RecordSearches {
    let mut searches = RecordSearches::new(1);
    let span = (LocalTime { unix_us: 0 }, LocalTime { unix_us: hours * H });
    searches.open((device(), camera()), span, 6, 0).unwrap();
    searches
}

fn questions(searches: &mut RecordSearches) -> Vec<(u64, i64)> {
    let mut found = Vec::new();
    while let Some(output) = searches.next_output() {
        if let RecordOutput::Ask { sn, query, .. } = output {
            found.push((sn, query.end.unix_us - query.start.unix_us));
        }
    }
    found
}

fn result(searches: &mut RecordSearches) -> SearchResult {
    loop {
        if let RecordOutput::Done(result) = searches.next_output().unwrap() {
            return result;
        }
    }
}

#[test]
fn wvp_985_a_thousand_recordings_at_two_a_message_are_one_complete_answer() {
    let mut searches = search(6);
    for number in 0..500 {
        searches.take(device(), 1, list(1_000, 2 * number..2 * number + 2), S);
    }
    let result = result(&mut searches);
    assert_eq!((result.is_complete, result.recordings.len()), (true, 1_000));
}

#[test]
fn wvp_2232_an_answer_that_stalls_at_261_of_299_is_returned_as_partial_after_ten_seconds() {
    let mut searches = search(6);
    searches.take(device(), 1, list(299, 0..261), S);
    searches.expire(11 * S - 1);
    assert_eq!(questions(&mut searches), [(1, 6 * H)]);
    searches.expire(11 * S);
    let result = result(&mut searches);
    assert_eq!((result.is_complete, result.recordings.len()), (false, 261));
}

#[test]
fn wvp_768_one_question_per_channel_is_in_flight() {
    let mut searches = search(6);
    let span = (LocalTime { unix_us: 0 }, LocalTime { unix_us: H });
    searches.open((device(), camera()), span, 6, 0).unwrap();
    assert_eq!(questions(&mut searches).len(), 1);
    let other = GbId::parse("34020000001310000002").unwrap();
    searches.open((device(), other), span, 6, 0).unwrap();
    assert_eq!(questions(&mut searches).len(), 1);
}

#[test]
fn wvp_291_a_day_is_never_asked_for_at_once() {
    let mut searches = search(24);
    let mut windows = Vec::new();
    while let [(sn, window)] = questions(&mut searches)[..] {
        windows.push(window);
        searches.take(device(), sn, list(0, 0..0), S);
    }
    assert_eq!(windows, [6 * H; 4]);
}

#[test]
fn wvp_291_control_characters_in_a_recordings_name_vanish() {
    assert_eq!(list(1, 0..1).items.items[0].name.as_deref(), Some("c1"));
}

#[test]
fn wvp_1469_the_end_of_a_file_names_the_channel_so_it_is_found_without_the_call_id() {
    let text = "<Notify><CmdType>MediaStatus</CmdType><SN>8</SN><DeviceID>34020000001310000001</DeviceID>\
        <NotifyType>121</NotifyType></Notify>";
    let message = Message::parse(text.as_bytes()).unwrap();
    assert_eq!(message.device.device(), Some(camera()));
    assert!(matches!(message.body, Body::MediaStatus(status) if status.event == MediaEvent::FileEnd));
}
