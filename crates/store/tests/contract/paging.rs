//! Pages by key: walking to the end meets every row once, whatever the page size and although rows with equal keys abound.

use domain::access::Access;
use domain::category::Category;
use domain::ids::{CameraId, DeviceId, UnitId};
use store::{
    AlarmFilter, AlarmStates, AuditEntry, AuditFilter, CameraFilter, CameraRecord, CatalogueAnswer,
    ChannelFilter, DeviceFilter, DeviceRecord, FigureFilter, NewSnapshot, NoticeFilter, Page, PageAsk,
    Result, Store, UnitFilter,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_CAMERA, NORTH_COUNTY, NORTH_DEVICE, NORTH_SCHOOL, SOUTH, SOUTH_COUNTY, alarm_id, at, camera,
    change, channel, device, new_alarm, notice, province, unit,
};

contract!(every_list_is_walked_without_gaps_or_repeats, a_page_is_never_larger_than_the_maximum);

/// Walks a list with pages of `limit` rows.
async fn walk<T>(limit: u32, ask: impl AsyncFn(PageAsk) -> Result<Page<T>>) -> Vec<T> {
    let mut items = Vec::new();
    let mut next = None;
    loop {
        let page = ask(PageAsk { limit, after: next }).await.unwrap();
        assert!(page.items.len() <= limit as usize);
        items.extend(page.items);
        next = page.next;
        if next.is_none() {
            return items;
        }
    }
}

async fn fill(house: &House, units: u128) {
    let store = &house.furnish().await.store;
    let regions = [NORTH_COUNTY, SOUTH_COUNTY, SOUTH];
    let many = (0..units).map(|n| {
        let name = format!("学校 {}", n % 5);
        change(unit(
            UnitId(Uuid::from_u128(0x10_000 + n)),
            &name,
            Category::Kindergarten,
            regions[n as usize % 3],
        ))
    });
    store.apply_units(&Access::PLATFORM, &many.collect::<Vec<_>>(), None, at(0)).await.unwrap();
}

async fn every_list_is_walked_without_gaps_or_repeats(house: House) {
    fill(&house, 20).await;
    let store = &house.equip().await.store;
    let channels: Vec<_> = (0..15).map(channel).collect();
    store.put_channels(NORTH_DEVICE, &channels, CatalogueAnswer::Complete, at(0)).await.unwrap();
    for n in 0..15_u128 {
        let name = format!("camera {}", n % 2);
        let one = CameraRecord { name, ..camera(CameraId(Uuid::from_u128(0x5000 + n)), NORTH_SCHOOL) };
        store.add_camera(&Access::PLATFORM, &one, None, at(0)).await.unwrap();
        let mut new = new_alarm(alarm_id(0x7000 + n), NORTH_SCHOOL, NORTH_CAMERA, (n % 3) as i64);
        new.alarm.camera_id = None;
        let recorder = DeviceRecord {
            name: format!("device {}", n % 2),
            ..device(DeviceId(Uuid::from_u128(0x6000 + n)), NORTH_SCHOOL, 100 + n)
        };
        store.add_device(&Access::PLATFORM, &recorder, None, at(0)).await.unwrap();
        store.add_device_notice(&notice(n, NORTH_SCHOOL, (n % 3) as i64)).await.unwrap();
        new.alarm.level = u8::try_from(1 + n % 2).unwrap().try_into().unwrap();
        house.raise(new).await;
        store.append_audit(&audit_entry(n)).await.unwrap();
        let snapshot = domain::ids::SnapshotId(Uuid::from_u128(0x8000 + n));
        store
            .take_snapshot(&province(), &NewSnapshot::of(snapshot, at(1), at((n % 2) as i64 + 2)))
            .await
            .unwrap();
    }
    let snapshot = store.latest_snapshot().await.unwrap().id;
    let all = FigureFilter::all(domain::figures::Measure::Duty);
    let whole = PageAsk::first(200);
    for limit in [1, 2, 3, 7, 200] {
        let units =
            walk(limit, async |ask| store.units(&province(), &UnitFilter::default(), &ask).await).await;
        assert_eq!(units, store.units(&province(), &UnitFilter::default(), &whole).await.unwrap().items);
        assert_eq!(units.len(), 23);
        let frozen =
            walk(limit, async |ask| store.snapshot_units(&province(), snapshot, &all, &ask).await).await;
        let frozen: Vec<_> = frozen.into_iter().map(|row| row.unit).collect();
        let units: Vec<_> = units.into_iter().map(|row| row.unit).collect();
        assert_eq!(frozen, units, "frozen units come in the order of current ones");
        let cameras =
            walk(limit, async |ask| store.cameras(&province(), &CameraFilter::default(), &ask).await).await;
        assert_eq!(
            cameras,
            store.cameras(&province(), &CameraFilter::default(), &whole).await.unwrap().items
        );
        assert_eq!(cameras.len(), 17);
        for states in [AlarmStates::Open, AlarmStates::All] {
            let filter = AlarmFilter { states, ..AlarmFilter::default() };
            let alarms = walk(limit, async |ask| store.alarms(&province(), &filter, &ask).await).await;
            assert_eq!(alarms, store.alarms(&province(), &filter, &whole).await.unwrap().items);
            assert_eq!(alarms.len(), 15);
        }
        devices_are_walked(store, limit).await;
        let audit =
            walk(limit, async |ask| store.audit(&Access::PLATFORM, &AuditFilter::default(), &ask).await)
                .await;
        assert_eq!(audit.iter().map(|row| row.seq).collect::<Vec<_>>(), (1..=15).rev().collect::<Vec<_>>());
        let snapshots = walk(limit, async |ask| store.snapshots(&ask).await).await;
        assert_eq!(snapshots, store.snapshots(&whole).await.unwrap().items);
        assert_eq!(snapshots.len(), 15);
    }
}

async fn devices_are_walked(store: &Store, limit: u32) {
    let (access, whole) = (province(), PageAsk::first(200));
    let all = DeviceFilter::default();
    let devices = walk(limit, async |ask| store.devices(&access, &all, &ask).await).await;
    assert_eq!(devices, store.devices(&access, &all, &whole).await.unwrap().items);
    assert_eq!(devices.len(), 17);
    let all = ChannelFilter::default();
    let channels = walk(limit, async |ask| store.channels(&access, NORTH_DEVICE, &all, &ask).await).await;
    assert_eq!(channels, store.channels(&access, NORTH_DEVICE, &all, &whole).await.unwrap().items);
    assert_eq!(channels.len(), 15);
    let all = NoticeFilter::default();
    let notices = walk(limit, async |ask| store.device_notices(&access, &all, &ask).await).await;
    assert_eq!(notices, store.device_notices(&access, &all, &whole).await.unwrap().items);
    assert_eq!(notices.len(), 15);
}

fn audit_entry(n: u128) -> AuditEntry {
    AuditEntry {
        at: at(0),
        actor_id: None,
        role: None,
        action: "look".to_owned(),
        object_kind: "unit".to_owned(),
        object_id: Some(n.to_string()),
        object_name: None,
        unit_id: None,
        result: "ok".to_owned(),
        request_id: None,
        address: None,
        detail: None,
    }
}

async fn a_page_is_never_larger_than_the_maximum(house: House) {
    fill(&house, 300).await;
    let page =
        house.store.units(&province(), &UnitFilter::default(), &PageAsk::first(u32::MAX)).await.unwrap();
    assert_eq!((page.items.len(), page.next.is_some()), (store::MAX_PAGE as usize, true));
}
