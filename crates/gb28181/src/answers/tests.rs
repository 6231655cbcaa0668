//! Answers that come whole, twice, late, damaged or not at all; searches window by window.

use super::*;
use crate::id::{CatalogId, GbId};
use crate::manscdp::List;
use crate::manscdp::LocalTime;
use crate::manscdp::catalog::CatalogItem;
use crate::manscdp::record_info::{RecordInfo, Recording};

/// A second of the clock that deadlines are told by.
const S: u64 = 1_000;
/// A second and an hour of the calendar.
const SECOND: i64 = 1_000_000;
const H: i64 = 3_600 * SECOND;

fn device() -> GbId {
    GbId::parse("34020000001180000001").unwrap()
}

fn channel(serial: u32) -> GbId {
    GbId::parse(&format!("34020000001310{serial:06}")).unwrap()
}

fn items(serials: std::ops::Range<u32>) -> Vec<CatalogItem> {
    serials.map(|serial| CatalogItem::new(CatalogId::Device(channel(serial)))).collect()
}

fn part(sum_num: u32, serials: std::ops::Range<u32>) -> Part<CatalogItem> {
    Part { sum_num: Some(sum_num), items: items(serials), dropped: 0 }
}

fn asked() -> CatalogAnswers {
    let mut answers = Collector::new(catalog_limits());
    answers.ask(device(), 7, 0).unwrap();
    answers
}

fn done<T>(step: Step<T>) -> Answer<T> {
    match step {
        Step::Done(answer) => answer,
        _ => panic!("the answer has not ended"),
    }
}

#[test]
fn an_answer_is_complete_when_as_many_items_came_as_it_announced() {
    let mut answers = asked();
    assert_eq!(answers.take(device(), 7, part(3, 0..2), S), Step::More { have: 2, of: Some(3) });
    assert!(done(answers.take(device(), 7, part(3, 2..3), 2 * S)).is_complete());
}

#[test]
fn an_empty_catalog_is_complete() {
    assert!(done(asked().take(device(), 7, part(0, 0..0), S)).is_complete());
}

#[test]
fn a_message_that_nobody_asked_for_is_handed_back() {
    let mut answers = asked();
    assert_eq!(answers.take(device(), 6, part(1, 0..1), S), Step::Unasked(items(0..1)));
    assert_eq!(answers.take(channel(1), 7, part(1, 0..1), S), Step::Unasked(items(0..1)));
}

#[test]
fn a_straggler_after_the_end_is_told_from_what_nobody_asked_for() {
    let mut answers = asked();
    done(answers.take(device(), 7, part(1, 0..1), S));
    assert_eq!(answers.take(device(), 7, part(1, 5..6), 2 * S), Step::Late(items(5..6)));
}

#[test]
fn a_device_may_think_two_minutes_and_then_is_given_up() {
    let mut answers = asked();
    assert_eq!(answers.deadline_ms(), Some(120 * S));
    assert_eq!(answers.expire(120 * S - 1), []);
    assert_eq!(answers.expire(120 * S)[0].end, End::NeverHeard);
    assert_eq!(answers.deadline_ms(), None);
}

#[test]
fn an_answer_that_falls_silent_is_partial() {
    let mut answers = asked();
    answers.take(device(), 7, part(140, 0..10), S);
    let ended = answers.expire(31 * S).remove(0);
    assert_eq!((ended.end, ended.items.len(), ended.sum_num), (End::Silent, 10, Some(140)));
    assert!(!ended.is_complete());
}

#[test]
fn an_answer_that_drips_for_ever_ends_nevertheless() {
    let mut answers = asked();
    for second in (20..3_600).step_by(20) {
        answers.take(device(), 7, part(1_000_000, 0..1), second * S);
    }
    assert_eq!(answers.expire(3_600 * S)[0].end, End::TooLong);
}

#[test]
fn the_same_item_twice_counts_once() {
    let mut answers = asked();
    answers.take(device(), 7, part(3, 0..2), S);
    assert_eq!(answers.take(device(), 7, part(3, 0..2), S), Step::More { have: 2, of: Some(3) });
    let answer = done(answers.take(device(), 7, part(3, 2..3), S));
    assert_eq!((answer.is_complete(), answer.duplicates), (true, 2));
}

#[test]
fn an_item_that_cannot_be_read_makes_the_answer_damaged_and_not_complete() {
    let mut answers = asked();
    let broken = Part { dropped: 1, ..part(3, 0..2) };
    assert_eq!(done(answers.take(device(), 7, broken, S)).end, End::Damaged);
}

#[test]
fn a_lie_about_the_number_reserves_nothing_and_ends_in_silence() {
    let mut answers = asked();
    answers.take(device(), 7, part(u32::MAX, 0..1), S);
    assert_eq!(answers.expire(31 * S)[0].end, End::Silent);
}

#[test]
fn more_than_was_announced_is_never_complete() {
    let mut answers = asked();
    assert_eq!(answers.take(device(), 7, part(1, 0..5), S), Step::More { have: 5, of: Some(1) });
    assert!(!answers.expire(31 * S)[0].is_complete());
}

#[test]
fn items_and_questions_have_limits() {
    let limits = Limits { items_max: 3, held_max: 4, asks_max: 2, ..catalog_limits() };
    let mut answers = Collector::new(limits);
    answers.ask(device(), 1, 0).unwrap();
    answers.ask(device(), 2, 0).unwrap();
    assert_eq!(answers.ask(device(), 3, 0), Err(AskError::TooMany(2)));
    assert_eq!(answers.ask(device(), 1, 0), Err(AskError::SnInUse));
    assert_eq!(answers.take(device(), 1, part(10, 0..9), 0), Step::More { have: 3, of: Some(10) });
    assert_eq!(answers.take(device(), 2, part(10, 0..9), 0), Step::More { have: 1, of: Some(10) });
}

fn time(unix_us: i64) -> LocalTime {
    LocalTime { unix_us }
}

fn recording(from_us: i64, to_us: i64) -> Recording {
    Recording {
        device: None,
        name: None,
        file_path: None,
        address: None,
        start: time(from_us),
        end: time(to_us),
        secrecy: None,
        record_type: None,
        recorder: None,
        file_size: None,
        location: None,
        stream: None,
    }
}

fn list(sum_num: u32, recordings: Vec<Recording>) -> RecordInfo {
    RecordInfo { name: None, sum_num: Some(sum_num), items: List::from(recordings) }
}

/// The number and window of the question that is to be sent.
fn question(searches: &mut RecordSearches) -> (u64, i64, i64) {
    match searches.next_output() {
        Some(RecordOutput::Ask { sn, query, .. }) => (sn, query.start.unix_us, query.end.unix_us),
        other => panic!("no question but {other:?}"),
    }
}

fn result(searches: &mut RecordSearches) -> SearchResult {
    match searches.next_output() {
        Some(RecordOutput::Done(result)) => result,
        other => panic!("no result but {other:?}"),
    }
}

fn search(searches: &mut RecordSearches, hours: i64) -> SearchId {
    searches.open((device(), channel(1)), (time(0), time(hours * H)), 6, 0).unwrap()
}

#[test]
fn a_day_is_asked_for_in_windows_of_six_hours_one_after_the_other() {
    let mut searches = RecordSearches::new(100);
    search(&mut searches, 13);
    for (sn, from, to) in [(100, 0, 6), (101, 6, 12), (102, 12, 13)] {
        assert_eq!(question(&mut searches), (sn, from * H, to * H));
        assert_eq!(searches.next_output(), None);
        searches.take(device(), sn, list(1, vec![recording(from * H, from * H + SECOND)]), S);
    }
    let result = result(&mut searches);
    assert_eq!((result.is_complete, result.recordings.len()), (true, 3));
}

#[test]
fn a_recording_across_the_edge_of_two_windows_is_found_once() {
    let mut searches = RecordSearches::new(0);
    search(&mut searches, 12);
    for _ in 0..2 {
        let (sn, _, _) = question(&mut searches);
        searches.take(device(), sn, list(1, vec![recording(5 * H, 7 * H)]), S);
    }
    assert_eq!(result(&mut searches).recordings.len(), 1);
}

#[test]
fn a_window_that_stalls_makes_the_result_partial_and_the_next_is_asked() {
    let mut searches = RecordSearches::new(0);
    search(&mut searches, 12);
    let (first, _, _) = question(&mut searches);
    searches.take(device(), first, list(299, vec![recording(0, SECOND)]), S);
    searches.expire(11 * S);
    let (second, _, _) = question(&mut searches);
    searches.take(device(), second, list(0, vec![]), 12 * S);
    let result = result(&mut searches);
    assert_eq!((result.is_complete, result.recordings.len()), (false, 1));
}

#[test]
fn a_device_that_never_answers_is_not_asked_for_every_window() {
    let mut searches = RecordSearches::new(0);
    search(&mut searches, 24 * 30);
    let mut now = 0;
    let mut asked = 0;
    while let Some(RecordOutput::Ask { .. }) = searches.next_output() {
        asked += 1;
        now += 10 * S;
        searches.expire(now);
    }
    assert_eq!(asked, 2);
}

#[test]
fn a_second_search_of_a_channel_waits_for_the_first() {
    let mut searches = RecordSearches::new(0);
    let first = search(&mut searches, 6);
    let second = search(&mut searches, 6);
    let (sn, _, _) = question(&mut searches);
    assert_eq!(searches.next_output(), None);
    searches.take(device(), sn, list(0, vec![]), S);
    assert_eq!(result(&mut searches).id, first);
    let (sn, _, _) = question(&mut searches);
    searches.refused(device(), sn, S);
    let result = result(&mut searches);
    assert_eq!((result.id, result.is_complete), (second, false));
}

#[test]
fn searches_that_make_no_sense_or_are_too_many_are_refused() {
    let mut searches = RecordSearches::new(0);
    let ids = (device(), channel(1));
    assert_eq!(searches.open(ids, (time(SECOND), time(0)), 6, 0), Err(SearchError::Empty));
    assert_eq!(searches.open(ids, (time(0), time(94 * 24 * H)), 6, 0), Err(SearchError::TooLong));
    for _ in 0..=records_waiting() {
        search(&mut searches, 1);
    }
    assert_eq!(searches.open(ids, (time(0), time(H)), 6, 0), Err(SearchError::Waiting));
}

fn records_waiting() -> usize {
    super::records::WAITING_MAX
}
