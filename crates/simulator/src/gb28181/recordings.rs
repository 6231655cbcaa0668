//! Recordings that nobody made: one for each full hour of the last day, said to be simulated by name and path.

use gb28181::id::{CatalogId, GbId};
use gb28181::manscdp::LocalTime;
use gb28181::manscdp::record_info::{RecordType, Recording};

/// Length of a recording in seconds.
const HOUR_S: i64 = 3_600;

/// The recordings of a channel that overlap a span of Unix seconds: `hours` of them before `now_s`, the last one still running.
pub(super) fn between(channel: GbId, (from_s, to_s): (i64, i64), now_s: i64, hours: u32) -> Vec<Recording> {
    let this_hour = now_s - now_s.rem_euclid(HOUR_S);
    let first = this_hour - i64::from(hours.saturating_sub(1)) * HOUR_S;
    (0..i64::from(hours))
        .map(|at| first + at * HOUR_S)
        .map(|start| (start, (start + HOUR_S).min(now_s)))
        .filter(|(start, end)| *end > from_s && *start < to_s)
        .map(|(start, end)| recording(channel, start, end))
        .collect()
}

fn recording(channel: GbId, start_s: i64, end_s: i64) -> Recording {
    Recording {
        device: Some(CatalogId::from(channel)),
        name: Some("模拟录像 SIMULATED".to_owned()),
        file_path: Some(format!("/simulated/{channel}/{start_s}.ps")),
        address: None,
        start: LocalTime::from_unix_s(start_s),
        end: LocalTime::from_unix_s(end_s),
        secrecy: Some(0),
        record_type: Some(RecordType::Time),
        recorder: Some("simulated".to_owned()),
        file_size: None,
        location: None,
        stream: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(from_s: i64, to_s: i64) -> Vec<(i64, i64)> {
        let channel = GbId::parse("33010000001320000001").expect("an id");
        let found = between(channel, (from_s, to_s), 10 * HOUR_S + 60, 3);
        found.iter().map(|one| (one.start.unix_s(), one.end.unix_s())).collect()
    }

    #[test]
    fn each_hour_is_a_recording_and_the_last_one_ends_now() {
        let hour = |at: i64| at * HOUR_S;
        let all = [(hour(8), hour(9)), (hour(9), hour(10)), (hour(10), hour(10) + 60)];
        assert_eq!(spans(0, hour(99)), all);
        assert_eq!(spans(hour(9), hour(10)), all[1..2]);
        assert_eq!(spans(0, hour(8)), []);
    }
}
