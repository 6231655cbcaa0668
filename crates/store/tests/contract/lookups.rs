//! The register of look-ups: who looked at which recording and why, for ever, and for nobody else's eyes.

use domain::access::{Access, Scope};
use domain::ids::UnitId;
use domain::recording::{LookupKind, LookupReason, Span};
use domain::role::Role;
use store::{CameraRecord, ErrorKind, LookupFilter, NewLookup, PageAsk, Store};

use crate::contract;
use crate::house::{
    House, NORTH_ALARM, NORTH_CAMERA, NORTH_GUARD, NORTH_SCHOOL, SOUTH_CAMERA, SOUTH_SCHOOL, at, camera,
    north, province, south, south_guard,
};
use crate::recorder::minute;

contract!(
    a_lookup_is_kept_with_the_names_of_its_moment,
    nobody_changes_the_register,
    the_register_is_found_by_camera_person_kind_and_time,
    a_lookup_is_somebodys_and_about_a_place_that_was,
    a_neighbour_neither_reads_the_register_nor_writes_into_it,
);

fn lookup(s: i64) -> NewLookup {
    NewLookup {
        at: at(s),
        unit_id: NORTH_SCHOOL,
        camera_id: Some(NORTH_CAMERA),
        span: Span::new(at(-600), at(-300)),
        kind: LookupKind::Playback,
        reason: LookupReason::AlarmCheck,
        note: Some("三层东走廊'; drop table unit; --".to_owned()),
        address: Some("192.0.2.7".to_owned()),
        alarm_id: Some(NORTH_ALARM),
    }
}

async fn seen(store: &Store, access: &Access, filter: &LookupFilter) -> Vec<i64> {
    let page = store.lookups(access, filter, &PageAsk::first(99)).await.unwrap();
    page.items.iter().map(|row| row.lookup.at.as_second() - at(0).as_second()).collect()
}

async fn a_lookup_is_kept_with_the_names_of_its_moment(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    let guard = Access::person(NORTH_GUARD, Role::DutyGuard, Scope::Unit(NORTH_SCHOOL));
    let seq = store.add_lookup(&guard, &lookup(50)).await.unwrap();
    let renamed = CameraRecord { name: "改名".to_owned(), ..camera(NORTH_CAMERA, NORTH_SCHOOL) };
    store.update_camera(&north(), &renamed, None, at(60)).await.unwrap();
    let row =
        store.lookups(&north(), &LookupFilter::default(), &PageAsk::first(9)).await.unwrap().items.remove(0);
    assert_eq!((row.seq, &row.lookup), (seq, &lookup(50)));
    assert_eq!(
        (row.user_id, row.user_name.as_str(), row.role),
        (NORTH_GUARD, "north 值班员", Role::DutyGuard)
    );
    assert_eq!(row.unit_name, "武宁第一中学");
    assert_eq!(row.camera_name.as_deref(), Some("一号宿舍楼三层东走廊"));
    assert_eq!(row.export, None);
}

async fn nobody_changes_the_register(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    store.add_lookup(&north(), &lookup(50)).await.unwrap();
    for forgery in [
        "update recording_lookup set reason = 'patrol'",
        "update recording_lookup set user_name = 'x'",
        "delete from recording_lookup",
    ] {
        assert!(house.behind(forgery).await.is_err(), "{forgery}");
    }
    assert_eq!(seen(store, &north(), &LookupFilter::default()).await, [50]);
}

async fn the_register_is_found_by_camera_person_kind_and_time(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    let over_unit = NewLookup { camera_id: None, kind: LookupKind::Search, alarm_id: None, ..lookup(51) };
    let clip = NewLookup { kind: LookupKind::Clip, ..lookup(52) };
    for one in [lookup(50), over_unit, clip] {
        store.add_lookup(&north(), &one).await.unwrap();
    }
    let at_south =
        NewLookup { unit_id: SOUTH_SCHOOL, camera_id: Some(SOUTH_CAMERA), alarm_id: None, ..lookup(53) };
    store.add_lookup(&south(), &at_south).await.unwrap();
    let all = LookupFilter::default;
    for (filter, found) in [
        (all(), vec![53, 52, 51, 50]),
        (LookupFilter { unit_id: Some(NORTH_SCHOOL), ..all() }, vec![52, 51, 50]),
        (LookupFilter { camera_id: Some(NORTH_CAMERA), ..all() }, vec![52, 50]),
        (LookupFilter { user_id: south().user_id, ..all() }, vec![53]),
        (LookupFilter { kind: Some(LookupKind::Search), ..all() }, vec![51]),
        (LookupFilter { from: Some(at(51)), until: Some(at(53)), ..all() }, vec![52, 51]),
    ] {
        assert_eq!(seen(store, &province(), &filter).await, found, "{filter:?}");
    }
    let first = store.lookups(&province(), &all(), &PageAsk::first(3)).await.unwrap();
    let rest = store.lookups(&province(), &all(), &PageAsk::after(3, first.next.unwrap())).await.unwrap();
    assert_eq!((first.items.len(), rest.items.len(), rest.next), (3, 1, None));
}

async fn a_lookup_is_somebodys_and_about_a_place_that_was(house: House) {
    let store = &house.furnish().await.mount().await.ignite().await.store;
    let refused = [
        (store.add_lookup(&Access::PLATFORM, &lookup(50)).await, ErrorKind::Invalid),
        (
            store.add_lookup(&north(), &NewLookup { kind: LookupKind::Export, ..lookup(50) }).await,
            ErrorKind::Invalid,
        ),
        (
            store.add_lookup(&province(), &NewLookup { camera_id: Some(SOUTH_CAMERA), ..lookup(50) }).await,
            ErrorKind::NotFound,
        ),
        (
            store
                .add_lookup(&north(), &NewLookup { span: Span { start: at(2), end: at(1) }, ..lookup(50) })
                .await,
            ErrorKind::Invalid,
        ),
    ];
    for (result, kind) in refused {
        assert_eq!(result.unwrap_err().kind(), kind);
    }
    // The camera was recorded here, has moved and is removed: what it left may still be looked at.
    house.record(&[minute(NORTH_CAMERA, -600)]).await;
    let moved = CameraRecord { unit_id: SOUTH_SCHOOL, ..camera(NORTH_CAMERA, SOUTH_SCHOOL) };
    store.update_camera(&province(), &moved, None, at(20)).await.unwrap();
    store.remove_camera(&province(), NORTH_CAMERA, at(30)).await.unwrap();
    store.add_lookup(&north(), &lookup(51)).await.unwrap();
    assert_eq!(seen(store, &north(), &LookupFilter::default()).await, [51]);
    assert!(seen(store, &south(), &LookupFilter::default()).await.is_empty());
}

async fn a_neighbour_neither_reads_the_register_nor_writes_into_it(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    store.add_lookup(&north(), &lookup(50)).await.unwrap();
    let forged = Access { scope: None, ..north() };
    for stranger in [south(), south_guard(), forged] {
        for unit_id in [None, Some(NORTH_SCHOOL)] {
            let filter = LookupFilter { unit_id, ..LookupFilter::default() };
            assert!(seen(store, &stranger, &filter).await.is_empty());
        }
        let of_unit = |unit_id: UnitId| NewLookup { unit_id, alarm_id: None, ..lookup(60) };
        for unit_id in [NORTH_SCHOOL, SOUTH_SCHOOL] {
            let refused = store.add_lookup(&stranger, &of_unit(unit_id)).await.unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::NotFound, "a camera of the north is not the south's");
        }
    }
}
