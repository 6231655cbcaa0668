//! Minutes of days, gaps with their causes, and the nightly proof that the days the law wants are there.

use domain::access::Access;
use domain::beijing::{begin_of, day_after, day_of};
use domain::ids::CameraId;
use domain::recording::{DeletionWhy, Gap, GapCause, Span, measure_day};
use jiff::SignedDuration;
use jiff::civil::Date;
use store::{CameraDayRecord, Condemned, ErrorKind, GapFilter, NewSegment, PageAsk, SegmentKey, Store};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_CAMERA, NORTH_SCHOOL, SOUTH_CAMERA, at, north, province, south, south_guard,
};
use crate::recorder::minute;

contract!(
    a_day_is_measured_again_and_replaced,
    gaps_are_found_by_camera_cause_and_time,
    what_was_deleted_is_no_longer_kept,
    a_camera_with_too_few_days_shows,
    a_neighbour_sees_no_days_and_no_gaps,
);

fn today() -> Date {
    day_of(at(0))
}

/// `s` seconds into the day that lies `back` days before today.
fn on(back: i32, s: i64) -> jiff::Timestamp {
    begin_of(day_after(today(), -back)) + SignedDuration::from_secs(s)
}

fn gap(back: i32, start: i64, end: i64, cause: GapCause) -> Gap {
    Gap { span: Span::new(on(back, start), on(back, end)), cause }
}

fn day(camera_id: CameraId, back: i32, gaps: &[Gap]) -> CameraDayRecord {
    let missing: i64 = gaps.iter().map(|gap| gap.span.length_us()).sum();
    CameraDayRecord {
        camera_id,
        day: day_after(today(), -back),
        expected_minutes: 1440,
        recorded_minutes: 1440 - (missing / 60_000_000) as u32,
        gaps: gaps.to_vec(),
    }
}

async fn minutes(store: &Store, access: &Access, camera_id: CameraId) -> Vec<(u32, u32, u32)> {
    let all = (day_after(today(), -99), day_after(today(), 1));
    let days = store.camera_days(access, camera_id, all).await.unwrap();
    days.iter().map(|one| (one.expected_minutes, one.recorded_minutes, one.kept_minutes)).collect()
}

async fn gaps(store: &Store, access: &Access, filter: &GapFilter) -> Vec<(CameraId, Gap)> {
    let (mut found, mut ask) = (Vec::new(), PageAsk::first(2));
    loop {
        let page = store.recording_gaps(access, filter, &ask).await.unwrap();
        found.extend(page.items.iter().map(|row| (row.camera_id, row.gap)));
        let Some(next) = page.next else { return found };
        ask = PageAsk::after(2, next);
    }
}

async fn count(store: &Store) {
    let mut after = None;
    loop {
        after = store.count_kept_days((day_after(today(), -5), today()), after, at(9)).await.unwrap();
        if after.is_none() {
            return;
        }
    }
}

async fn a_day_is_measured_again_and_replaced(house: House) {
    let store = &house.furnish().await.store;
    let first =
        day(NORTH_CAMERA, 1, &[gap(1, 0, 600, GapCause::Offline), gap(1, 6000, 6060, GapCause::Disk)]);
    store.put_camera_days(&[first, day(NORTH_CAMERA, 2, &[])], at(1)).await.unwrap();
    assert_eq!(minutes(store, &north(), NORTH_CAMERA).await, [(1440, 1440, 1440), (1440, 1429, 1429)]);
    let second = day(NORTH_CAMERA, 1, &[gap(1, 0, 660, GapCause::Restart)]);
    store.put_camera_days(&[second], at(2)).await.unwrap();
    assert_eq!(minutes(store, &north(), NORTH_CAMERA).await, [(1440, 1440, 1440), (1440, 1429, 1429)]);
    let all = gaps(store, &north(), &GapFilter::default()).await;
    assert_eq!(all, [(NORTH_CAMERA, gap(1, 0, 660, GapCause::Restart))]);
    let elsewhere = day(NORTH_CAMERA, 1, &[gap(2, 0, 60, GapCause::Disk)]);
    let unknown = CameraDayRecord { camera_id: CameraId(Uuid::from_u128(7)), ..day(NORTH_CAMERA, 1, &[]) };
    let more = CameraDayRecord { recorded_minutes: 1441, ..day(NORTH_CAMERA, 1, &[]) };
    for (bad, kind) in
        [(elsewhere, ErrorKind::Invalid), (unknown, ErrorKind::NotFound), (more, ErrorKind::Invalid)]
    {
        assert_eq!(store.put_camera_days(&[bad], at(3)).await.unwrap_err().kind(), kind);
    }
}

async fn gaps_are_found_by_camera_cause_and_time(house: House) {
    let store = &house.furnish().await.store;
    let of_north = [
        gap(1, 0, 60, GapCause::Offline),
        gap(1, 600, 900, GapCause::Silent),
        gap(1, 7200, 7260, GapCause::Offline),
    ];
    let of_south = [gap(2, 0, 120, GapCause::Operator)];
    store
        .put_camera_days(&[day(NORTH_CAMERA, 1, &of_north), day(SOUTH_CAMERA, 2, &of_south)], at(1))
        .await
        .unwrap();
    let newest_first: Vec<_> = of_north.iter().rev().map(|gap| (NORTH_CAMERA, *gap)).collect();
    let everything = gaps(store, &province(), &GapFilter::default()).await;
    assert_eq!(everything.len(), 4);
    let filter = GapFilter { camera_id: Some(NORTH_CAMERA), ..GapFilter::default() };
    assert_eq!(gaps(store, &province(), &filter).await, newest_first);
    let offline = GapFilter { cause: Some(GapCause::Offline), ..filter.clone() };
    assert_eq!(gaps(store, &province(), &offline).await, [newest_first[0], newest_first[2]]);
    let around = GapFilter { from: Some(on(1, 60)), until: Some(on(1, 7200)), ..GapFilter::default() };
    assert_eq!(gaps(store, &province(), &around).await, [newest_first[1]]);
}

async fn what_was_deleted_is_no_longer_kept(house: House) {
    let store = &house.furnish().await.mount().await.store;
    // Four hours of yesterday, and a segment over each of its midnights.
    let mut segments: Vec<NewSegment> = (0..24)
        .map(|n| NewSegment {
            start_at: on(1, 3600 + n * 600),
            end_at: on(1, 4200 + n * 600),
            ..minute(NORTH_CAMERA, 0)
        })
        .collect();
    segments.push(NewSegment { start_at: on(1, -60), end_at: on(1, 240), ..minute(NORTH_CAMERA, 0) });
    segments.push(NewSegment { start_at: on(1, 86_340), end_at: on(1, 86_700), ..minute(NORTH_CAMERA, 0) });
    let keys: Vec<SegmentKey> = house.record(&segments).await;
    let recorded: Vec<Span> = segments.iter().map(|one| Span::new(one.start_at, one.end_at)).collect();
    let yesterday = day_after(today(), -1);
    let measure = measure_day(yesterday, &recorded, &[Span::new(on(1, 0), on(1, 86_400))]);
    let record = CameraDayRecord {
        camera_id: NORTH_CAMERA,
        day: yesterday,
        expected_minutes: measure.expected_minutes,
        recorded_minutes: measure.recorded_minutes,
        gaps: measure.gaps.iter().map(|span| Gap { span: *span, cause: GapCause::Offline }).collect(),
    };
    store.put_camera_days(&[record], at(1)).await.unwrap();
    count(store).await;
    assert_eq!(minutes(store, &north(), NORTH_CAMERA).await, [(1440, 245, 245)]);
    let condemned = Condemned { keys: &keys[..7], why: DeletionWhy::Quota, below_floor: true, at: at(2) };
    assert_eq!(store.condemn_segments(&condemned).await.unwrap(), 7);
    count(store).await;
    assert_eq!(minutes(store, &north(), NORTH_CAMERA).await, [(1440, 245, 175)]);
}

async fn a_camera_with_too_few_days_shows(house: House) {
    let store = &house.furnish().await.mount().await.store;
    let bad = CameraDayRecord { recorded_minutes: 1000, ..day(NORTH_CAMERA, 2, &[]) };
    let days = [day(NORTH_CAMERA, 1, &[]), bad, day(NORTH_CAMERA, 4, &[]), day(SOUTH_CAMERA, 1, &[])];
    store.put_camera_days(&days, at(1)).await.unwrap();
    let health = store.recording_health(&province(), today(), &PageAsk::first(1)).await.unwrap();
    let next = PageAsk::after(9, health.next.unwrap());
    let rest = store.recording_health(&province(), today(), &next).await.unwrap().items;
    let of_north = if health.items[0].camera_id == NORTH_CAMERA { &health.items[0] } else { &rest[0] };
    // The first day that was measured is the first that is required.
    assert_eq!((of_north.floor_days, of_north.proof.days_required, of_north.proof.days_kept), (30, 4, 2));
    assert_eq!(of_north.proof.missing, [day_after(today(), -3), day_after(today(), -2)]);
    assert!(of_north.proof.is_short() && rest.len() == 1);
    let of_south = if of_north == &rest[0] { &health.items[0] } else { &rest[0] };
    assert_eq!((of_south.proof.days_required, of_south.proof.is_short()), (1, false));
    store.remove_camera(&north(), NORTH_CAMERA, at(5)).await.unwrap();
    assert!(store.recording_health(&north(), today(), &PageAsk::first(9)).await.unwrap().items.is_empty());
}

async fn a_neighbour_sees_no_days_and_no_gaps(house: House) {
    let store = &house.furnish().await.store;
    let gap = gap(1, 0, 60, GapCause::Offline);
    store.put_camera_days(&[day(NORTH_CAMERA, 1, &[gap])], at(1)).await.unwrap();
    let forged = Access { scope: None, ..north() };
    for stranger in [south(), south_guard(), forged] {
        let of_north = GapFilter { unit_id: Some(NORTH_SCHOOL), ..GapFilter::default() };
        for filter in [GapFilter::default(), of_north] {
            assert!(gaps(store, &stranger, &filter).await.is_empty());
        }
        let all = (day_after(today(), -99), today());
        let days = store.camera_days(&stranger, NORTH_CAMERA, all).await;
        assert_eq!(days.unwrap_err().kind(), ErrorKind::NotFound);
        let health = store.recording_health(&stranger, today(), &PageAsk::first(9)).await.unwrap();
        assert!(health.items.is_empty());
    }
}
