//! The register: created, changed, found, counted; all or nothing; what was remains.

use domain::access::Access;
use domain::category::Category;
use domain::unit::{Connection, Duty, Unit};
use store::{ErrorKind, PageAsk, UnitFilter, UnitsApplied};

use crate::contract;
use crate::house::{
    House, NEW_AREA, NORTH, NORTH_COUNTY, NORTH_GUARD, NORTH_SCHOOL, SOUTH_SCHOOL, UNIVERSITY, at, change,
    north, north_school, province, south_school, unit, university,
};

contract!(
    units_read_back_with_their_regions,
    a_change_opens_a_version_and_equal_rows_are_left_alone,
    one_bad_row_stops_the_whole_import,
    units_are_found_by_filter_code_and_name,
    units_are_counted_by_category,
);

async fn units_read_back_with_their_regions(house: House) {
    let store = &house.furnish().await.store;
    let row = store.unit(&province(), NORTH_SCHOOL).await.unwrap();
    assert_eq!(row.unit, north_school());
    assert_eq!(row.city, Some((NORTH, "九江市".to_owned())));
    assert_eq!(row.county, Some((NORTH_COUNTY, "武宁县".to_owned())));
    let row = store.unit(&province(), UNIVERSITY).await.unwrap();
    assert_eq!((row.unit, row.city, row.county), (university(), None, None));
}

async fn a_change_opens_a_version_and_equal_rows_are_left_alone(house: House) {
    let store = &house.furnish().await.store;
    let renamed = Unit { name: "武宁高级中学".to_owned(), ..north_school() };
    let changes = [change(renamed.clone()), change(south_school())];
    let applied = store.apply_units(&north(), &changes[..1], Some(NORTH_GUARD), at(50)).await.unwrap();
    assert_eq!(applied, UnitsApplied { created: 0, updated: 1, unchanged: 0 });
    let applied = store.apply_units(&Access::PLATFORM, &changes, None, at(60)).await.unwrap();
    assert_eq!(applied, UnitsApplied { created: 0, updated: 0, unchanged: 2 });
    let history = store.unit_history(&north(), NORTH_SCHOOL).await.unwrap();
    assert_eq!(history.len(), 2);
    assert_eq!((history[0].valid_from, history[0].valid_until), (at(0), Some(at(50))));
    assert_eq!(history[0].unit.name, "武宁第一中学");
    assert_eq!((history[1].valid_from, history[1].valid_until), (at(50), None));
    assert_eq!((history[1].recorded_by, &history[1].unit), (Some(NORTH_GUARD), &renamed));
    let late = store.apply_units(&Access::PLATFORM, &[change(north_school())], None, at(49)).await;
    assert_eq!(late.unwrap_err().kind(), ErrorKind::Conflict);
}

async fn one_bad_row_stops_the_whole_import(house: House) {
    let store = &house.furnish().await.store;
    let new =
        unit(domain::ids::UnitId(uuid::Uuid::from_u128(0x400)), "新学校", Category::Kindergarten, NEW_AREA);
    let same_code = Unit { school_code: north_school().school_code, ..south_school() };
    let nowhere = Unit { region_id: domain::ids::RegionId(uuid::Uuid::from_u128(77)), ..south_school() };
    for (bad, kind) in
        [(same_code, ErrorKind::Conflict), (nowhere, ErrorKind::Invalid), (new.clone(), ErrorKind::Invalid)]
    {
        let changes = [change(new.clone()), change(bad)];
        let refused = store.apply_units(&Access::PLATFORM, &changes, None, at(5)).await;
        assert_eq!(refused.unwrap_err().kind(), kind);
        assert_eq!(store.unit(&Access::PLATFORM, new.id).await.unwrap_err().kind(), ErrorKind::NotFound);
    }
}

async fn units_are_found_by_filter_code_and_name(house: House) {
    let store = &house.furnish().await.store;
    let found = async |filter: UnitFilter| {
        let page = store.units(&province(), &filter, &PageAsk::first(10)).await.unwrap();
        page.items.into_iter().map(|row| row.unit.id).collect::<Vec<_>>()
    };
    let all = UnitFilter::default;
    assert_eq!(found(all()).await, [UNIVERSITY, NORTH_SCHOOL, SOUTH_SCHOOL]);
    assert_eq!(found(UnitFilter { region_id: Some(NORTH), ..all() }).await, [NORTH_SCHOOL]);
    assert_eq!(found(UnitFilter { category: Some(Category::University), ..all() }).await, [UNIVERSITY]);
    assert_eq!(
        found(UnitFilter { connection: Some(Connection::ConnectionFault), ..all() }).await,
        [SOUTH_SCHOOL]
    );
    assert_eq!(found(UnitFilter { duty: Some(Duty::Valid), ..all() }).await, [NORTH_SCHOOL]);
    assert_eq!(found(UnitFilter { text: Some("幼儿".to_owned()), ..all() }).await, [SOUTH_SCHOOL]);
    assert_eq!(found(UnitFilter { text: Some("0000001".to_owned()), ..all() }).await, [NORTH_SCHOOL]);
    let codes = ["3600000001".to_owned(), "nobody".to_owned()];
    assert_eq!(store.find_units_by_code(&province(), &codes).await.unwrap(), [north_school()]);
    let names = ["武宁第一中学".to_owned(), "信丰幼儿园".to_owned()];
    assert_eq!(store.find_units_by_name(&province(), NORTH_COUNTY, &names).await.unwrap(), [north_school()]);
}

async fn units_are_counted_by_category(house: House) {
    let store = &house.furnish().await.store;
    let counts = store.count_units(&province()).await.unwrap();
    let rows: Vec<_> = counts.iter().map(|one| (one.category, one.should, one.connected, one.duty)).collect();
    assert_eq!(
        rows,
        [
            (Category::University, 1, 0, 0),
            (Category::BoardingSchool, 1, 1, 1),
            // A connection fault that has not ended counts as connected.
            (Category::Kindergarten, 1, 1, 0),
        ]
    );
    assert_eq!(store.count_units(&north()).await.unwrap().len(), 1);
}
