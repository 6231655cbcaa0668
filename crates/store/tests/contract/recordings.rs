//! Segments: written in batches, grown, found by camera and stretch, counted on their disks, seen by their unit alone.

use domain::access::Access;
use domain::ids::{CameraId, DiskId};
use domain::recording::{DiskState, Span};
use store::{
    CameraRecord, DiskRecord, ErrorKind, FRAGMENTS_MAX_BYTES, NewSegment, PageAsk, SEGMENT_MAX_US,
    SegmentGrowth, SegmentKey, SegmentRow, Store,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_CAMERA, NORTH_SCHOOL, SOUTH_CAMERA, SOUTH_SCHOOL, at, camera, north, province, south,
    south_guard,
};
use crate::recorder::{DISK, disk, minute};

contract!(
    a_segment_begins_grows_and_closes,
    a_batch_sent_twice_counts_once,
    a_stretch_has_every_segment_that_touches_it,
    a_time_line_joins_what_belongs_together,
    a_page_goes_on_where_the_last_one_ended,
    what_was_recorded_stays_with_the_unit_it_was_recorded_at,
    a_removed_camera_leaves_its_recordings,
    what_a_disk_holds_is_counted_with_its_rows,
    a_disk_with_recordings_is_not_retired,
    a_bad_batch_writes_nothing,
    a_neighbour_sees_no_recording,
);

fn span(start: i64, end: i64) -> Span {
    Span::new(at(start), at(end))
}

async fn seconds(store: &Store, access: &Access, camera_id: CameraId, span: Span) -> Vec<i64> {
    let page = store.segments(access, camera_id, &span, &PageAsk::first(200)).await.unwrap();
    page.items.iter().map(|one| one.start_at.as_second() - at(0).as_second()).collect()
}

fn sums(rows: &[store::DiskRow]) -> Vec<(i64, i64)> {
    rows.iter().map(|one| (one.used_bytes, one.segments)).collect()
}

async fn a_segment_begins_grows_and_closes(house: House) {
    let store = &house.furnish().await.mount().await.store;
    let begun = NewSegment { end_at: at(2), size_bytes: 10, is_open: true, ..minute(NORTH_CAMERA, 0) };
    let key = house.record(&[begun]).await[0];
    let open = store.open_segments(DISK, None).await.unwrap();
    assert_eq!(open.iter().map(|one| (one.key, one.size_bytes)).collect::<Vec<_>>(), [(key, 10)]);
    assert!(store.open_segments(DISK, Some(key)).await.unwrap().is_empty());
    let grown = |s: i64, is_open| SegmentGrowth {
        key,
        end_at: at(s),
        size_bytes: s * 5,
        is_open,
        fragments: vec![s as u8; 3],
    };
    store.write_segments(&[], &[grown(30, true)]).await.unwrap();
    store.write_segments(&[], &[grown(60, false)]).await.unwrap();
    let (row, fragments) = store.segment(&north(), key).await.unwrap();
    let whole = SegmentRow {
        key,
        camera_id: NORTH_CAMERA,
        unit_id: NORTH_SCHOOL,
        disk_id: DISK,
        start_at: at(0),
        end_at: at(60),
        size_bytes: 300,
        is_open: false,
    };
    assert_eq!((row, fragments), (whole, vec![60; 3]));
    assert!(store.open_segments(DISK, None).await.unwrap().is_empty());
}

async fn a_batch_sent_twice_counts_once(house: House) {
    let store = &house.furnish().await.mount().await.store;
    let batch = [minute(SOUTH_CAMERA, 60), minute(NORTH_CAMERA, 0), minute(NORTH_CAMERA, 60)];
    let keys = house.record(&batch).await;
    assert_eq!(house.record(&batch).await, keys);
    assert_eq!(sums(&store.disks().await.unwrap()), [(3_000, 3)]);
    assert_eq!(seconds(store, &north(), NORTH_CAMERA, span(0, 999)).await, [0, 60]);
    assert_eq!(store.segment(&south(), keys[0]).await.unwrap().0.camera_id, SOUTH_CAMERA, "in their order");
}

async fn a_stretch_has_every_segment_that_touches_it(house: House) {
    let store = &house.furnish().await.mount().await.store;
    let longest = NewSegment { end_at: at(600), ..minute(NORTH_CAMERA, 0) };
    house
        .record(&[longest, minute(NORTH_CAMERA, 600), minute(NORTH_CAMERA, 660), minute(SOUTH_CAMERA, 600)])
        .await;
    for (asked, starts) in [
        (span(599, 600), vec![0]),
        (span(599, 601), vec![0, 600]),
        (span(600, 660), vec![600]),
        (span(-100, 0), vec![]),
        (span(720, 9_999), vec![]),
        (span(-9_999, 9_999), vec![0, 600, 660]),
    ] {
        assert_eq!(seconds(store, &north(), NORTH_CAMERA, asked).await, starts, "{asked:?}");
    }
}

async fn a_time_line_joins_what_belongs_together(house: House) {
    let store = &house.furnish().await.mount().await.store;
    house.record(&[0, 60, 121, 300].map(|s| minute(NORTH_CAMERA, s))).await;
    let line = store.recorded_spans(&north(), NORTH_CAMERA, &span(30, 320)).await.unwrap();
    assert_eq!(line, [span(30, 181), span(300, 320)]);
    assert_eq!(store.recorded_spans(&south(), SOUTH_CAMERA, &span(0, 999)).await.unwrap(), []);
}

async fn a_page_goes_on_where_the_last_one_ended(house: House) {
    let store = &house.furnish().await.mount().await.store;
    house.record(&(0..7).map(|n| minute(NORTH_CAMERA, n * 60)).collect::<Vec<_>>()).await;
    // The camera goes away and comes back: two tracks, and the first goes on.
    move_to(store, SOUTH_SCHOOL).await;
    house.record(&[minute(NORTH_CAMERA, 420), minute(NORTH_CAMERA, 480)]).await;
    move_to(store, NORTH_SCHOOL).await;
    house.record(&[minute(NORTH_CAMERA, 540)]).await;
    let (mut seen, mut ask) = (Vec::new(), PageAsk::first(2));
    loop {
        let page = store.segments(&province(), NORTH_CAMERA, &span(60, 999), &ask).await.unwrap();
        seen.extend(page.items.iter().map(|one| one.start_at.as_second() - at(0).as_second()));
        let Some(next) = page.next else { break };
        ask = PageAsk::after(2, next);
    }
    assert_eq!(seen, [60, 120, 180, 240, 300, 360, 420, 480, 540]);
}

async fn move_to(store: &Store, unit_id: domain::ids::UnitId) {
    let moved = CameraRecord { unit_id, ..camera(NORTH_CAMERA, unit_id) };
    store.update_camera(&province(), &moved, None, at(5)).await.unwrap();
}

async fn what_was_recorded_stays_with_the_unit_it_was_recorded_at(house: House) {
    let store = &house.furnish().await.mount().await.store;
    house.record(&[minute(NORTH_CAMERA, 0)]).await;
    move_to(store, SOUTH_SCHOOL).await;
    house.record(&[minute(NORTH_CAMERA, 60)]).await;
    assert_eq!(seconds(store, &north(), NORTH_CAMERA, span(0, 999)).await, [0]);
    for of_south in [south(), south_guard()] {
        assert_eq!(seconds(store, &of_south, NORTH_CAMERA, span(0, 999)).await, [60]);
        let line = store.recorded_spans(&of_south, NORTH_CAMERA, &span(0, 999)).await.unwrap();
        assert_eq!(line, [span(60, 120)]);
    }
    assert_eq!(seconds(store, &province(), NORTH_CAMERA, span(0, 999)).await, [0, 60]);
}

async fn a_removed_camera_leaves_its_recordings(house: House) {
    let store = &house.furnish().await.mount().await.store;
    house.record(&[minute(NORTH_CAMERA, 0)]).await;
    store.remove_camera(&north(), NORTH_CAMERA, at(70)).await.unwrap();
    assert_eq!(seconds(store, &north(), NORTH_CAMERA, span(0, 999)).await, [0]);
}

async fn what_a_disk_holds_is_counted_with_its_rows(house: House) {
    let store = &house.furnish().await.mount().await.store;
    let other = DiskId(Uuid::from_u128(0x4001));
    store.add_disk(&disk(other, "/media/two"), None, at(0)).await.unwrap();
    let open = NewSegment { is_open: true, disk_id: other, ..minute(NORTH_CAMERA, 60) };
    let keys = house.record(&[minute(NORTH_CAMERA, 0), open, minute(SOUTH_CAMERA, 0)]).await;
    let grown =
        SegmentGrowth { key: keys[1], end_at: at(90), size_bytes: 5_000, is_open: false, fragments: vec![] };
    let gone = SegmentGrowth { key: SegmentKey(keys[1].0 + 7), ..grown.clone() };
    store.write_segments(&[minute(SOUTH_CAMERA, 60)], &[grown, gone]).await.unwrap();
    assert_eq!(sums(&store.disks().await.unwrap()), [(3_000, 3), (5_000, 1)]);
    assert!(store.recount_disk(other).await.unwrap());
    house.behind("update recording_disk set used_bytes = 77").await.unwrap();
    assert!(!store.recount_disk(DISK).await.unwrap());
    assert_eq!(sums(&store.disks().await.unwrap()), [(3_000, 3), (77, 1)]);
}

async fn a_disk_with_recordings_is_not_retired(house: House) {
    let store = &house.furnish().await.mount().await.store;
    house.record(&[minute(NORTH_CAMERA, 0)]).await;
    let retired = DiskRecord { state: DiskState::Retired, ..disk(DISK, "/media/one") };
    let refused = store.update_disk(&retired, None, at(5)).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Conflict);
    let twice = store.add_disk(&disk(DiskId(Uuid::from_u128(9)), "/media/one"), None, at(5)).await;
    assert_eq!(twice.unwrap_err().kind(), ErrorKind::Conflict, "one folder is one disk");
    let full = DiskRecord { state: DiskState::ReadOnly, quota_bytes: 5, ..disk(DISK, "/media/1") };
    store.update_disk(&full, None, at(6)).await.unwrap();
    assert_eq!(store.disks().await.unwrap()[0].disk, full);
}

async fn a_bad_batch_writes_nothing(house: House) {
    let store = &house.furnish().await.mount().await.store;
    let good = || minute(NORTH_CAMERA, 0);
    let too_long = at(60) + jiff::SignedDuration::from_micros(SEGMENT_MAX_US + 1);
    for (bad, kind) in [
        (
            NewSegment { camera_id: CameraId(Uuid::from_u128(7)), ..minute(NORTH_CAMERA, 60) },
            ErrorKind::NotFound,
        ),
        (NewSegment { disk_id: DiskId(Uuid::from_u128(7)), ..minute(NORTH_CAMERA, 60) }, ErrorKind::NotFound),
        (NewSegment { end_at: too_long, ..minute(NORTH_CAMERA, 60) }, ErrorKind::Invalid),
        (NewSegment { end_at: at(59), ..minute(NORTH_CAMERA, 60) }, ErrorKind::Invalid),
        (NewSegment { start_at: at(0), ..minute(NORTH_CAMERA, 60) }, ErrorKind::Invalid),
        (NewSegment { size_bytes: -1, ..minute(NORTH_CAMERA, 60) }, ErrorKind::Invalid),
        (NewSegment { start_at: jiff::Timestamp::MIN, ..minute(NORTH_CAMERA, 60) }, ErrorKind::Invalid),
        (
            NewSegment { fragments: vec![0; FRAGMENTS_MAX_BYTES + 1], ..minute(NORTH_CAMERA, 60) },
            ErrorKind::Limit,
        ),
    ] {
        let refused = store.write_segments(&[good(), bad.clone()], &[]).await.unwrap_err();
        assert_eq!(refused.kind(), kind, "{refused} of {bad:?}");
    }
    assert!(seconds(store, &north(), NORTH_CAMERA, span(-999, 999)).await.is_empty());
    assert_eq!(sums(&store.disks().await.unwrap()), [(0, 0)]);
}

async fn a_neighbour_sees_no_recording(house: House) {
    let store = &house.furnish().await.mount().await.store;
    let keys = house.record(&[minute(NORTH_CAMERA, 0), minute(SOUTH_CAMERA, 0)]).await;
    let forged = Access { scope: None, ..north() };
    for stranger in [south(), south_guard(), forged] {
        let ask = PageAsk::first(9);
        let listed = store.segments(&stranger, NORTH_CAMERA, &span(0, 99), &ask).await;
        assert_eq!(listed.unwrap_err().kind(), ErrorKind::NotFound);
        let line = store.recorded_spans(&stranger, NORTH_CAMERA, &span(0, 99)).await;
        assert_eq!(line.unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(store.segment(&stranger, keys[0]).await.unwrap_err().kind(), ErrorKind::NotFound);
    }
}
