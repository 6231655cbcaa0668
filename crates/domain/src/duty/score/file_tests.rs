//! Rows of a month against the figure worked by hand, and files that were tampered with.

use jiff::civil::date;
use uuid::Uuid;

use super::*;

type Tamper = fn(&mut ScoreFile);
type IsTold = fn(&FileFault) -> bool;

const ROOM: DutyRoomId = DutyRoomId(Uuid::from_u128(1));

fn day(n: i8, proven: u16, exempt: u16) -> ScoredDay {
    ScoredDay { room_id: ROOM, day: date(2026, 11, n), required: 1440, proven, exempt, camera: 1440 }
}

fn call(n: u128, state: RollCallState) -> ScoredCall {
    let asked_at = begin_of(date(2026, 11, 2));
    ScoredCall { id: DutyRollCallId(Uuid::from_u128(n)), room_id: ROOM, asked_at, state }
}

fn alarm(n: u128, after_s: Option<i64>) -> ScoredAlarm {
    let rings_at = begin_of(date(2026, 11, 3));
    let taken_at = after_s.map(|s| rings_at + SignedDuration::from_secs(s));
    ScoredAlarm { id: AlarmId(Uuid::from_u128(n)), rings_at, taken_at, limit_s: 60 }
}

fn file() -> ScoreFile {
    ScoreFile {
        format: FORMAT.to_owned(),
        rules: RULES.to_owned(),
        organisation_id: OrganisationId(Uuid::from_u128(9)),
        organisation: "值守公司".to_owned(),
        credit_code: "91440300708461136T".to_owned(),
        month: "2026-11".to_owned(),
        room_days: vec![day(1, 1440, 0), day(2, 1200, 240)],
        roll_calls: vec![
            call(1, RollCallState::Answered),
            call(2, RollCallState::Late),
            call(3, RollCallState::Exempt),
            call(4, RollCallState::Waiting),
        ],
        alarms: vec![alarm(1, Some(60)), alarm(2, Some(61)), alarm(3, None), alarm(4, Some(0))],
        drills: vec![],
        findings: vec![],
        hundredths: 0,
    }
}

#[test]
fn rows_are_counted_as_published() {
    let inputs = file().inputs();
    assert_eq!(inputs.coverage, Ratio::new(2640, 2640), "four hours exempt by plan are nobody's gap");
    assert_eq!(inputs.roll_calls, Ratio::new(1, 2), "what waits and what is exempt does not count");
    assert_eq!(inputs.alarms, Ratio::new(2, 4), "the limit is in time, a second later is not, never is not");
    assert_eq!(inputs.camera, Ratio::new(2880, 2880));
    assert_eq!(file().score().hundredths, 4000 + 1000 + 1000 + 1000);
}

#[test]
fn what_is_exempt_beyond_the_limit_counts_as_a_gap() {
    let mut many = file();
    many.room_days = (1..=10).map(|n| day(n, 0, 1440)).collect();
    assert_eq!(many.inputs().coverage, Ratio::new(0, 14_400 - EXCUSED_MINUTES_MAX));
}

#[test]
fn a_month_is_a_month_in_beijing() {
    let month = Month::parse("2026-11").unwrap();
    assert_eq!((month.first(), month.last()), (date(2026, 11, 1), date(2026, 11, 30)));
    assert_eq!(month.span().start.to_string(), "2026-10-31T16:00:00Z");
    assert_eq!((month.text(), month.before().text()), ("2026-11".to_owned(), "2026-10".to_owned()));
    for wrong in ["", "2026", "2026-13", "2026-1", "2026-11-01", "11-2026", "２０２６-11"] {
        assert_eq!(Month::parse(wrong), None, "{wrong:?}");
    }
}

#[test]
fn a_file_that_was_tampered_with_is_no_file() {
    assert_eq!(file().check(), Ok(()));
    let cases: [(Tamper, IsTold); 12] = [
        (|f| f.format.push('x'), |e| matches!(e, FileFault::Format(_))),
        (|f| f.rules.clear(), |e| matches!(e, FileFault::Rules(_))),
        (|f| f.month = "2026-00".to_owned(), |e| matches!(e, FileFault::Month(_))),
        (|f| f.room_days.push(day(1, 0, 0)), |e| matches!(e, FileFault::Day(..))),
        (|f| f.room_days[0].day = date(2026, 12, 1), |e| matches!(e, FileFault::Day(..))),
        (|f| f.room_days[0].proven = 1441, |e| matches!(e, FileFault::Day(..))),
        (|f| f.room_days[0].exempt = 1, |e| matches!(e, FileFault::Day(..))),
        (|f| f.roll_calls[1].id = f.roll_calls[0].id, |e| matches!(e, FileFault::Call(_))),
        (|f| f.alarms[1].id = f.alarms[0].id, |e| matches!(e, FileFault::Alarm(_))),
        (|f| f.alarms[0].rings_at = begin_of(date(2026, 12, 1)), |e| matches!(e, FileFault::Alarm(_))),
        (
            |f| {
                let at = begin_of(date(2026, 11, 1));
                f.drills.push(ScoredDrill { at, half_points: 2, half_points_max: 1 });
            },
            |e| matches!(e, FileFault::Drill(_)),
        ),
        (
            |f| {
                let id = ViolationId(Uuid::from_u128(1));
                f.findings.push(ScoredFinding { id, confirmed_at: Timestamp::UNIX_EPOCH });
            },
            |e| matches!(e, FileFault::Finding(_)),
        ),
    ];
    for (index, (tamper, expected)) in cases.into_iter().enumerate() {
        let mut altered = file();
        tamper(&mut altered);
        let fault = altered.check().unwrap_err();
        assert!(expected(&fault), "{index}: {fault}");
    }
}
