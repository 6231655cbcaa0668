//! Snapshots and bulletins: frozen as of a moment, equal on both engines, never changed.

use domain::access::Access;
use domain::category::Category;
use domain::figures::Measure;
use domain::ids::SnapshotId;
use domain::unit::{Connection, Ownership, StudyLevel, Unit};
use store::{ErrorKind, FigureFilter, FigureValue, NewSnapshot, PageAsk};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH, NORTH_COUNTY, NORTH_SCHOOL, PROVINCE, SOUTH_SCHOOL, UNIVERSITY, at, change, north,
    north_school, province, south,
};

contract!(
    a_snapshot_shows_the_past_as_it_was,
    a_snapshot_has_the_same_hash_on_every_engine,
    a_snapshot_never_changes,
    the_units_behind_a_figure_are_listed,
);

fn id(n: u128) -> SnapshotId {
    SnapshotId(Uuid::from_u128(n))
}

async fn a_snapshot_shows_the_past_as_it_was(house: House) {
    let store = &house.furnish().await.store;
    let later = Unit { name: "改名中学".to_owned(), connection: Connection::Stopped, ..north_school() };
    store.apply_units(&Access::PLATFORM, &[change(later)], None, at(50)).await.unwrap();
    let names = async |n: u128, as_of: i64| {
        store.take_snapshot(&province(), &NewSnapshot::of(id(n), at(as_of), at(100))).await.unwrap();
        let page = store
            .snapshot_units(&province(), id(n), &FigureFilter::all(Measure::Duty), &PageAsk::first(9))
            .await;
        page.unwrap().items.into_iter().map(|row| row.unit.name).collect::<Vec<_>>()
    };
    assert_eq!(names(1, -1).await, Vec::<String>::new());
    assert_eq!(names(2, 0).await, ["江西某大学", "武宁第一中学", "信丰幼儿园"]);
    assert_eq!(names(3, 49).await, ["江西某大学", "武宁第一中学", "信丰幼儿园"]);
    assert_eq!(names(4, 50).await, ["江西某大学", "改名中学", "信丰幼儿园"]);
    let parts = async |n| store.snapshot(id(n)).await.unwrap().parts;
    let (two, three, four) = (parts(2).await, parts(3).await, parts(4).await);
    assert_eq!(
        (&two.register, &two.connection, &two.duty),
        (&three.register, &three.connection, &three.duty)
    );
    assert_ne!(three.register, four.register);
    assert_ne!(three.connection, four.connection);
    let hash = async |n| store.snapshot(id(n)).await.unwrap().hash;
    assert_ne!(hash(2).await, hash(3).await, "another moment");
    let cells = store.snapshot_cells(id(2)).await.unwrap();
    let school = cells.iter().find(|cell| cell.category == Category::BoardingSchool).unwrap();
    assert_eq!((school.city_id, school.total, school.connected, school.duty), (Some(NORTH), 1, 1, 1));
    let future = store.take_snapshot(&province(), &NewSnapshot::of(id(5), at(101), at(100))).await;
    assert_eq!(future.unwrap_err().kind(), ErrorKind::Invalid);
    assert_eq!(store.latest_snapshot().await.unwrap().id, id(4));
}

async fn a_snapshot_has_the_same_hash_on_every_engine(house: House) {
    let store = &house.furnish().await.store;
    let snapshot =
        store.take_snapshot(&Access::PLATFORM, &NewSnapshot::of(id(1), at(1), at(2))).await.unwrap();
    assert_eq!(snapshot.units, 3);
    assert!(store.snapshot_is_synthetic(id(1)).await.unwrap());
    assert!(!store.snapshot_is_synthetic(id(2)).await.unwrap());
    // One value for both: what is sealed are the words and flags of the rows, not what an engine makes of them.
    assert_eq!(snapshot.hash, "ee204bb802ff1672399f3fe95061706cf024acf639b660146d3f23f65bd2727d");
    assert_eq!(store.snapshot(id(1)).await.unwrap(), snapshot);
}

async fn a_snapshot_never_changes(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    store.take_snapshot(&Access::PLATFORM, &NewSnapshot::of(id(1), at(100), at(200))).await.unwrap();
    for sql in [
        "update snapshot set hash = hash",
        "delete from snapshot",
        "update snapshot_unit set is_connected = true",
        "delete from snapshot_unit",
        "update snapshot_cell set connected = 0",
        "delete from snapshot_cell",
        "update snapshot_alarm_unit set raised = 9",
        "delete from snapshot_alarm",
    ] {
        assert!(house.behind(sql).await.is_err(), "{sql}");
    }
    let twice = store.take_snapshot(&Access::PLATFORM, &NewSnapshot::of(id(1), at(100), at(200))).await;
    assert_eq!(twice.unwrap_err().kind(), ErrorKind::Conflict);
    assert_eq!(store.snapshot_cells(id(1)).await.unwrap().len(), 3);
}

async fn the_units_behind_a_figure_are_listed(house: House) {
    let store = &house.furnish().await.store;
    store.take_snapshot(&province(), &NewSnapshot::of(id(1), at(1), at(2))).await.unwrap();
    let listed = async |access: &Access, filter: FigureFilter| {
        let page = store.snapshot_units(access, id(1), &filter, &PageAsk::first(9)).await.unwrap();
        page.items.into_iter().map(|row| row.unit.id).collect::<Vec<_>>()
    };
    let all = FigureFilter::all(Measure::Connection);
    let side = |value| FigureFilter { value, ..all };
    assert_eq!(listed(&province(), side(FigureValue::In)).await, [NORTH_SCHOOL, SOUTH_SCHOOL]);
    assert_eq!(listed(&province(), side(FigureValue::Out)).await, [UNIVERSITY]);
    let duty = FigureFilter { measure: Measure::Duty, value: FigureValue::In, ..all };
    assert_eq!(listed(&province(), duty).await, [NORTH_SCHOOL]);
    assert_eq!(listed(&south(), all).await, [SOUTH_SCHOOL]);
    for region in [NORTH, NORTH_COUNTY] {
        assert_eq!(
            listed(&province(), FigureFilter { region_id: Some(region), ..all }).await,
            [NORTH_SCHOOL]
        );
    }
    assert_eq!(listed(&province(), FigureFilter { region_id: Some(PROVINCE), ..all }).await.len(), 3);
    assert_eq!(listed(&province(), FigureFilter { outside_cities: true, ..all }).await, [UNIVERSITY]);
    let kind = FigureFilter {
        ownership: Some(Ownership::Public),
        study_level: Some(StudyLevel::Undergraduate),
        category: Some(Category::University),
        ..all
    };
    assert_eq!(listed(&province(), kind).await, [UNIVERSITY]);
    assert_eq!(
        listed(&province(), FigureFilter { kind_unknown: true, ..all }).await,
        [NORTH_SCHOOL, SOUTH_SCHOOL]
    );
    let connected_without_duty = FigureFilter { minus: Some(Measure::Duty), ..side(FigureValue::In) };
    assert_eq!(listed(&province(), connected_without_duty).await, [SOUTH_SCHOOL]);
    let unattended = FigureFilter { measure: Measure::Unattended, ..side(FigureValue::In) };
    assert_eq!(listed(&province(), unattended).await, [SOUTH_SCHOOL], "the same set by its own name");
    assert_eq!(
        listed(&province(), FigureFilter { minus: Some(Measure::Unattended), ..all }).await,
        [UNIVERSITY, NORTH_SCHOOL]
    );
    let names = store.snapshot_names(id(1), Category::BoardingSchool, Measure::Connection).await.unwrap();
    assert_eq!(names, ["武宁第一中学"]);
    let none = store.snapshot_names(id(1), Category::University, Measure::Connection).await.unwrap();
    assert!(none.is_empty());
    for access in [north(), crate::house::south_guard()] {
        let refused = store.take_snapshot(&access, &NewSnapshot::of(id(2), at(1), at(2))).await;
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::NotFound, "speaks of everybody");
    }
}
