//! Pins: what they hold, for how long, and that nothing deletes what is pinned.

use domain::access::Access;
use domain::recording::{DiskState, Span};
use store::{CameraRecord, DiskRecord, ErrorKind, NewPin, NewSegment, PageAsk, SegmentAge};

use crate::contract;
use crate::house::{
    House, NORTH_ALARM, NORTH_CAMERA, NORTH_GUARD, SOUTH_CAMERA, SOUTH_SCHOOL, UNIVERSITY, at, camera, north,
    province, south,
};
use crate::recorder::{DISK, aged, ages, condemned, disk, oldest, over_ceiling, pin, today, whole};

contract!(
    a_pin_holds_until_it_ends_or_is_let_go,
    a_pin_is_set_listed_and_let_go_once,
    what_is_open_or_pinned_does_not_go_whoever_chose_it,
    a_unit_pins_what_a_camera_left_with_it,
);

async fn a_pin_holds_until_it_ends_or_is_let_go(house: House) {
    let store = &house.furnish().await.mount().await.store;
    let old = [50, 51, 52].map(|age| aged(NORTH_CAMERA, age));
    house.record(&old).await;
    house.record(&[aged(SOUTH_CAMERA, 50)]).await;
    let touching = Span::new(old[0].end_at, old[0].end_at + jiff::SignedDuration::from_secs(1));
    let pins = [
        pin(0, touching, at(9)),
        // Ended, holding, and one to be let go.
        pin(1, whole(&old[0]), at(0)),
        pin(2, whole(&old[1]), at(9)),
        pin(3, whole(&old[2]), at(9)),
    ];
    for one in &pins {
        store.add_pin(&north(), one, at(-9)).await.unwrap();
    }
    assert_eq!(over_ceiling(store).await, [(NORTH_CAMERA, 50), (SOUTH_CAMERA, 50)]);
    assert_eq!(ages(&oldest(store, SegmentAge::Any, 9).await), [(NORTH_CAMERA, 50), (SOUTH_CAMERA, 50)]);
    store.release_pin(&north(), pins[3].id, at(-1)).await.unwrap();
    assert_eq!(ages(&oldest(store, SegmentAge::PastFloor, 1).await), [(NORTH_CAMERA, 52)]);
    let later = store.segments_over_ceiling(at(9), today()).await.unwrap();
    assert_eq!(later.len(), 4, "a pin that ended holds nothing");
}

async fn a_pin_is_set_listed_and_let_go_once(house: House) {
    let store = &house.furnish().await.mount().await.ignite().await.store;
    let ahead = Span::new(at(0), at(600));
    let with_alarm = NewPin { alarm_id: Some(NORTH_ALARM), ..pin(1, ahead, at(9_999)) };
    // Before anything was recorded: it holds for what comes.
    store.add_pin(&north(), &with_alarm, at(20)).await.unwrap();
    store.add_pin(&Access::PLATFORM, &pin(2, ahead, at(9_999)), at(21)).await.unwrap();
    let listed = store.pins(&north(), Some(NORTH_CAMERA), &PageAsk::first(1)).await.unwrap();
    assert_eq!((listed.items[0].pin.id, listed.items[0].pinned_by.clone()), (pin(2, ahead, at(1)).id, None));
    let next = PageAsk::after(9, listed.next.unwrap());
    let listed = store.pins(&north(), None, &next).await.unwrap().items;
    assert_eq!(listed.len(), 1);
    assert_eq!((&listed[0].pin, listed[0].unit_name.as_str()), (&with_alarm, "武宁第一中学"));
    assert_eq!(listed[0].pinned_by.as_ref().map(|(id, _)| *id), Some(NORTH_GUARD));
    assert!(listed[0].holds_at(at(30)) && !listed[0].holds_at(at(9_999)));
    store.release_pin(&north(), with_alarm.id, at(30)).await.unwrap();
    let again = store.release_pin(&north(), with_alarm.id, at(31)).await.unwrap_err();
    assert_eq!(again.kind(), ErrorKind::Conflict);
    for (bad, kind) in [
        (pin(2, ahead, at(9_999)), ErrorKind::Conflict),
        (pin(3, Span::new(at(5), at(5)), at(9_999)), ErrorKind::Invalid),
        (pin(3, ahead, at(20)), ErrorKind::Invalid),
        (NewPin { reason: String::new(), ..pin(3, ahead, at(9_999)) }, ErrorKind::Invalid),
    ] {
        assert_eq!(store.add_pin(&north(), &bad, at(20)).await.unwrap_err().kind(), kind, "{bad:?}");
    }
}

async fn what_is_open_or_pinned_does_not_go_whoever_chose_it(house: House) {
    let store = &house.furnish().await.mount().await.store;
    let (pinned, plain) = (aged(NORTH_CAMERA, 50), aged(NORTH_CAMERA, 51));
    let open = NewSegment { is_open: true, ..aged(NORTH_CAMERA, 52) };
    let keys = house.record(&[pinned.clone(), open, plain]).await;
    store.add_pin(&north(), &pin(1, whole(&pinned), at(99)), at(1)).await.unwrap();
    assert_eq!(store.condemn_segments(&condemned(&keys)).await.unwrap(), 1);
    assert_eq!(store.condemn_segments(&condemned(&keys)).await.unwrap(), 0, "nobody dies twice");
    assert_eq!(store.garbage(DISK, None).await.unwrap()[0].key, keys[2]);
    assert!(store.segment(&north(), keys[0]).await.is_ok() && store.segment(&north(), keys[1]).await.is_ok());
    let failed = DiskRecord { state: DiskState::Failed, ..disk(DISK, "/media/one") };
    store.update_disk(&failed, None, at(2)).await.unwrap();
    let over = store.segments_over_ceiling(at(100), today()).await.unwrap();
    assert!(over.is_empty(), "from a disk that is not itself nothing goes");
}

async fn a_unit_pins_what_a_camera_left_with_it(house: House) {
    let store = &house.furnish().await.mount().await.store;
    let old = aged(NORTH_CAMERA, 50);
    house.record(std::slice::from_ref(&old)).await;
    let moved = CameraRecord { unit_id: SOUTH_SCHOOL, ..camera(NORTH_CAMERA, SOUTH_SCHOOL) };
    store.update_camera(&province(), &moved, None, at(1)).await.unwrap();
    store.add_pin(&north(), &pin(1, whole(&old), at(99)), at(2)).await.unwrap();
    assert!(over_ceiling(store).await.is_empty());
    // Nothing of it lies at its new unit, but from now on it may.
    let there = NewPin { unit_id: SOUTH_SCHOOL, ..pin(2, whole(&old), at(99)) };
    store.add_pin(&south(), &there, at(3)).await.unwrap();
    let nowhere = NewPin { unit_id: UNIVERSITY, ..pin(3, whole(&old), at(99)) };
    assert_eq!(
        store.add_pin(&Access::PLATFORM, &nowhere, at(3)).await.unwrap_err().kind(),
        ErrorKind::NotFound
    );
}
