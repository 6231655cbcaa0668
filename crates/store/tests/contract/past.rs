//! The past stays as a snapshot has shown it, and two moments can be laid beside each other.

use domain::access::Access;
use domain::alarm::{AlarmEvent, Clock, FalseAlarmReason, decide};
use domain::category::Category;
use domain::figures::Measure;
use domain::ids::{AlarmId, RegisterChangeId, SnapshotId, UnitId};
use domain::register::change::{ChangeKind, ChangeReason};
use domain::register::difference::Difference;
use domain::unit::{Connection, Duty, Provenance, Unit};
use store::{
    DifferenceFilter, FigureFilter, NewRegisterChange, NewSnapshot, PageAsk, SeriesFilter, Snapshot,
    StepRecord, UnitChange,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH, NORTH_ALARM, NORTH_COUNTY, NORTH_GUARD, NORTH_SCHOOL, SOUTH_ALARM, SOUTH_COUNTY,
    SOUTH_SCHOOL, UNIVERSITY, at, change, north, north_school, province, south, south_school, unit,
};

contract!(
    a_moment_frozen_again_has_the_same_hash_whatever_came_after,
    a_row_changed_behind_the_program_shows,
    alarms_are_frozen_as_they_stood,
    two_moments_are_compared_unit_by_unit,
    since_when_and_by_whom_is_known,
    a_figure_is_followed_over_the_snapshots,
    counties_are_counted_within_their_city,
);

fn id(n: u128) -> SnapshotId {
    SnapshotId(Uuid::from_u128(n))
}

async fn freeze(house: &House, n: u128, as_of: i64) -> Snapshot {
    house.store.take_snapshot(&province(), &NewSnapshot::of(id(n), at(as_of), at(9000))).await.unwrap()
}

async fn step(house: &House, alarm: AlarmId, event: AlarmEvent, s: i64) {
    let row = house.store.alarm(&Access::PLATFORM, alarm).await.unwrap();
    let reason = (event == AlarmEvent::Reject).then_some(FalseAlarmReason::SteamFog);
    let change = decide(&row.alarm, event, Some(NORTH_GUARD), reason, at(s)).unwrap();
    let step = StepRecord { at: at(s), event, actor_id: Some(NORTH_GUARD), note: None, reason };
    house.store.change_alarm(&Access::PLATFORM, alarm, row.alarm.version, &change, &step).await.unwrap();
}

async fn a_moment_frozen_again_has_the_same_hash_whatever_came_after(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    let new_id = || RegisterChangeId(Uuid::from_u128(1));
    store.register_new_units(&province(), true, at(5), "first", new_id).await.unwrap();
    step(&house, NORTH_ALARM, AlarmEvent::Take, 40).await;
    let first = freeze(&house, 1, 100).await;
    assert_eq!((first.register_version, first.units), (Some(1), 3));
    // Everything that can happen afterwards happens, some of it dated before the snapshot's moment.
    let renamed =
        Unit { name: "改名中学".to_owned(), category: Category::SecondaryVocational, ..north_school() };
    store.apply_units(&Access::PLATFORM, &[change(renamed)], None, at(50)).await.unwrap();
    let moved = Unit { region_id: NORTH_COUNTY, connection: Connection::Stopped, ..south_school() };
    store.apply_units(&Access::PLATFORM, &[change(moved)], None, at(100)).await.unwrap();
    let late = unit(UnitId(Uuid::from_u128(0x400)), "补录学校", Category::Kindergarten, SOUTH_COUNTY);
    store.apply_units(&Access::PLATFORM, &[change(late)], None, at(3)).await.unwrap();
    let closed = NewRegisterChange {
        id: RegisterChangeId(Uuid::from_u128(7)),
        unit_id: UNIVERSITY,
        kind: ChangeKind::Remove,
        reason: ChangeReason::Merged,
        note: None,
    };
    store.propose_register_changes(&north_and_more(), std::slice::from_ref(&closed), at(20)).await.unwrap();
    let version = store.decide_register_changes(&province(), &[closed.id], true, at(30), None).await.unwrap();
    assert!(version.unwrap().valid_from > at(100), "valid from no moment that was shown");
    step(&house, NORTH_ALARM, AlarmEvent::StartVerify, 101).await;
    step(&house, NORTH_ALARM, AlarmEvent::Reject, 102).await;
    step(&house, SOUTH_ALARM, AlarmEvent::Take, 103).await;
    let again = freeze(&house, 2, 100).await;
    assert_eq!(again.parts, first.parts);
    assert_eq!(again.hash, first.hash);
    assert_eq!((again.units, again.register_version, again.alarms), (3, Some(1), first.alarms));
    let now = freeze(&house, 3, 200).await;
    assert_ne!(now.hash, first.hash);
    assert_eq!((now.units, now.register_version), (2, Some(2)), "the late unit waits, the merged one is out");
}

/// The platform itself proposes, so that the province may approve.
fn north_and_more() -> Access {
    Access::PLATFORM
}

async fn a_row_changed_behind_the_program_shows(house: House) {
    house.furnish().await.ignite().await;
    freeze(&house, 1, 100).await;
    assert!(house.store.snapshot_is_intact(id(1)).await.unwrap());
    if house.is_sqlite() {
        house.behind("drop trigger snapshot_unit_no_update").await.unwrap();
    } else {
        house.behind("alter table snapshot_unit disable trigger user").await.unwrap();
    }
    house.behind("update snapshot_unit set is_connected = true").await.unwrap();
    assert!(!house.store.snapshot_is_intact(id(1)).await.unwrap());
}

async fn alarms_are_frozen_as_they_stood(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    step(&house, NORTH_ALARM, AlarmEvent::Take, 40).await;
    // The north verified in time and closed as false at 60; the south was never taken: level 1, one minute.
    step(&house, NORTH_ALARM, AlarmEvent::Reject, 60).await;
    let counts = async |n, as_of| {
        let alarms = freeze(&house, n, as_of).await.alarms;
        (alarms.raised, alarms.late, alarms.open, alarms.late_open)
    };
    assert_eq!(counts(1, 9).await, (0, 0, 0, 0), "nothing had happened");
    assert_eq!(counts(2, 50).await, (2, 0, 2, 0), "one taken, one within its minute");
    assert_eq!(counts(3, 100).await, (2, 1, 1, 1), "one false alarm in time, one nobody took");
    let late = store.snapshot_late_alarms(&province(), id(3), 9).await.unwrap();
    assert_eq!(
        (late.len(), late[0].id, late[0].unit_id, late[0].clock),
        (1, SOUTH_ALARM, SOUTH_SCHOOL, Clock::Take)
    );
    assert_eq!(
        (late[0].unit_name.as_str(), late[0].county.as_deref(), late[0].is_open),
        ("信丰幼儿园", Some("信丰县"), true)
    );
    assert_eq!((late[0].due_at, late[0].stopped_at), (at(71), None));
    let units = store.snapshot_alarm_units(&province(), id(3), false, 9).await.unwrap();
    assert_eq!(
        units.iter().map(|unit| (unit.unit_id, unit.late)).collect::<Vec<_>>(),
        [(SOUTH_SCHOOL, 1), (NORTH_SCHOOL, 0)]
    );
    assert!(store.snapshot_late_alarms(&north(), id(3), 9).await.unwrap().is_empty());
    assert_eq!(store.snapshot_alarm_units(&south(), id(3), true, 9).await.unwrap().len(), 1);
    let short = NewSnapshot { alarms_from: at(11), ..NewSnapshot::of(id(4), at(100), at(9000)) };
    let alarms = store.take_snapshot(&province(), &short).await.unwrap().alarms;
    assert_eq!((alarms.from, alarms.raised), (Some(at(11)), 1), "a shorter period");
    // Taken late and handled on: seen from the moment of 100 it is as late and as open as it was.
    step(&house, SOUTH_ALARM, AlarmEvent::Take, 500).await;
    step(&house, SOUTH_ALARM, AlarmEvent::Reject, 501).await;
    assert_eq!(counts(5, 100).await, (2, 1, 1, 1));
    assert_eq!(counts(6, 600).await, (2, 1, 0, 0), "late stays late, closed is closed");
    assert!(store.snapshot_is_intact(id(5)).await.unwrap());
}

async fn two_moments_are_compared_unit_by_unit(house: House) {
    let store = &house.furnish().await.store;
    freeze(&house, 1, 10).await;
    let renamed = Unit { name: "改名中学".to_owned(), duty: Duty::Interrupted, ..north_school() };
    let moved = Unit { region_id: NORTH_COUNTY, connection: Connection::Stopped, ..south_school() };
    let new = unit(UnitId(Uuid::from_u128(0x400)), "新学校", Category::Kindergarten, SOUTH_COUNTY);
    store.apply_units(&Access::PLATFORM, &[renamed, moved, new].map(change), None, at(20)).await.unwrap();
    freeze(&house, 2, 30).await;
    let counts = store.snapshot_pair_counts(id(1), id(2)).await.unwrap();
    assert_eq!((counts.added, counts.removed, counts.changed), (1, 0, 2));
    let back = store.snapshot_pair_counts(id(2), id(1)).await.unwrap();
    assert_eq!((back.added, back.removed, back.changed), (0, 1, 2));
    let all = DifferenceFilter::default();
    let mut found = Vec::new();
    let mut ask = PageAsk::first(2);
    loop {
        let page = store.snapshot_differences(&province(), id(1), id(2), &all, &ask).await.unwrap();
        found.extend(page.items);
        let Some(next) = page.next else { break };
        ask = PageAsk::after(2, next);
    }
    let brief: Vec<_> = found
        .iter()
        .map(|one| (one.unit.unit.name.as_str(), one.difference, one.old.as_deref(), one.new.as_deref()))
        .collect();
    assert_eq!(
        brief,
        [
            ("信丰幼儿园", Difference::Disconnected, Some("connection_fault"), Some("stopped")),
            ("信丰幼儿园", Difference::Moved, Some("赣州市信丰县"), Some("九江市武宁县")),
            ("改名中学", Difference::DutyLost, Some("valid"), Some("interrupted")),
            ("改名中学", Difference::Renamed, Some("武宁第一中学"), Some("改名中学")),
            ("新学校", Difference::Added, None, None),
        ]
    );
    let listed = store.snapshot_difference_list(&south(), id(1), id(2), &all, 9).await.unwrap();
    assert_eq!(listed.iter().map(|one| one.difference).collect::<Vec<_>>(), [Difference::Added]);
    let removed = DifferenceFilter { difference: Some(Difference::Removed), ..all };
    let gone = store.snapshot_difference_list(&province(), id(2), id(1), &removed, 9).await.unwrap();
    assert_eq!(gone[0].unit.unit.name, "新学校");
    let renamed =
        DifferenceFilter { region_id: Some(NORTH), category: Some(Category::BoardingSchool), ..all };
    assert_eq!(
        store.snapshot_difference_list(&province(), id(1), id(2), &renamed, 9).await.unwrap().len(),
        2
    );
}

async fn since_when_and_by_whom_is_known(house: House) {
    let store = &house.furnish().await.store;
    let stopped = Unit { connection: Connection::Stopped, ..north_school() };
    store.apply_units(&Access::PLATFORM, &[change(stopped)], None, at(10)).await.unwrap();
    let back = |name: &str| UnitChange {
        connection_provenance: Provenance::Confirmed,
        ..change(Unit { name: name.to_owned(), ..north_school() })
    };
    store.apply_units(&Access::PLATFORM, &[back("武宁第一中学")], None, at(20)).await.unwrap();
    store.apply_units(&Access::PLATFORM, &[back("武宁一中")], None, at(30)).await.unwrap();
    let snapshot = freeze(&house, 1, 40).await;
    let provenance = snapshot.connection_provenance;
    assert_eq!(
        (provenance.observed, provenance.reported, provenance.confirmed),
        (1, 0, 1),
        "the two connected"
    );
    assert_eq!((snapshot.duty_provenance.reported, snapshot.duty_provenance.observed), (1, 0));
    let all = FigureFilter::all(Measure::Connection);
    let rows = store.snapshot_unit_list(&province(), id(1), &all, 9).await.unwrap();
    let row = |unit| rows.iter().find(|row| row.unit.id == unit).unwrap();
    assert_eq!(
        row(NORTH_SCHOOL).connected_since,
        Some(at(20)),
        "not since the renaming, nor since the first time"
    );
    assert_eq!(row(NORTH_SCHOOL).duty_since, Some(at(0)), "duty was never interrupted");
    assert_eq!((row(UNIVERSITY).connected_since, row(UNIVERSITY).duty_since), (None, None));
    assert_eq!(row(NORTH_SCHOOL).connection_provenance, Provenance::Confirmed);
    let limit = store.snapshot_unit_list(&province(), id(1), &all, 2).await;
    assert_eq!(limit.unwrap_err().kind(), store::ErrorKind::Limit);
}

async fn a_figure_is_followed_over_the_snapshots(house: House) {
    let store = &house.furnish().await.store;
    freeze(&house, 1, 10).await;
    freeze(&house, 2, 10).await;
    let connected = Unit { connection: Connection::Connected, ..crate::house::university() };
    store.apply_units(&Access::PLATFORM, &[change(connected)], None, at(15)).await.unwrap();
    freeze(&house, 3, 20).await;
    let series = async |filter: SeriesFilter| {
        let points = store.snapshot_series(&filter, at(0), at(100)).await.unwrap();
        let sums = |point: &store::SeriesPoint| {
            let total: u64 = point.cells.iter().map(|cell| cell.total).sum();
            (total, point.cells.iter().map(|cell| cell.connected).sum::<u64>())
        };
        points.iter().map(|point| (point.as_of, sums(point))).collect::<Vec<_>>()
    };
    assert_eq!(
        series(SeriesFilter::default()).await,
        [(at(10), (3, 2)), (at(20), (3, 3))],
        "one point a moment"
    );
    let north = SeriesFilter { region_id: Some(NORTH_COUNTY), category: None };
    assert_eq!(series(north).await, [(at(10), (1, 1)), (at(20), (1, 1))]);
    let none = SeriesFilter { category: Some(Category::TrainingInstitution), region_id: None };
    assert_eq!(
        series(none).await,
        [(at(10), (0, 0)), (at(20), (0, 0))],
        "a snapshot without such units is a point"
    );
    assert!(store.snapshot_series(&SeriesFilter::default(), at(21), at(100)).await.unwrap().is_empty());
}

async fn counties_are_counted_within_their_city(house: House) {
    let store = &house.furnish().await.store;
    let direct = unit(UnitId(Uuid::from_u128(0x400)), "市直学校", Category::BoardingSchool, NORTH);
    store.apply_units(&Access::PLATFORM, &[change(direct)], None, at(1)).await.unwrap();
    freeze(&house, 1, 10).await;
    let cells = store.snapshot_county_cells(id(1), NORTH).await.unwrap();
    let mut brief: Vec<_> = cells.iter().map(|cell| (cell.city_id, cell.total, cell.connected)).collect();
    brief.sort();
    assert_eq!(brief, [(None, 1, 0), (Some(NORTH_COUNTY), 1, 1)]);
    let cells = store.snapshot_cells(id(1)).await.unwrap();
    let school = cells.iter().find(|cell| cell.category == Category::BoardingSchool).unwrap();
    assert_eq!((school.city_id, school.total, school.connected), (Some(NORTH), 2, 1), "the city holds both");
}
