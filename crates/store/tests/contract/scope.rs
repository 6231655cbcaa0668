//! Two neighbours who must never see each other: every function that takes an asker, called for the other's things.

use domain::access::{Access, Scope};
use domain::alarm::{AlarmEvent, decide};
use domain::device::NoticeKind;
use domain::ids::{CameraId, DeviceId, SnapshotId};
use domain::unit::Unit;
use store::{
    AlarmBlobKind, AlarmFilter, AlarmStates, CameraFilter, CameraRecord, CameraSource, ChannelFilter,
    DeviceFilter, DeviceRecord, ErrorKind, FigureFilter, NewSnapshot, NoticeFilter, PageAsk, StepRecord,
    Store, StoreError, UnitFilter,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_ALARM, NORTH_CAMERA, NORTH_COUNTY, NORTH_DEVICE, NORTH_GUARD, NORTH_SCHOOL, RULE,
    SOUTH_CAMERA, SOUTH_DEVICE, SOUTH_GUARD, alarm_id, at, camera, change, channel, device, gb_id, new_alarm,
    north, north_channel, north_school, notice, notice_id, south, south_guard, south_school,
};

contract!(
    a_neighbour_reads_nothing,
    a_neighbour_changes_nothing,
    a_forged_asker_without_scope_sees_nothing,
    a_unit_does_not_move_or_multiply_itself,
);

fn not_found<T: std::fmt::Debug>(result: Result<T, StoreError>) {
    assert_eq!(result.unwrap_err().kind(), ErrorKind::NotFound);
}

async fn a_neighbour_reads_nothing(house: House) {
    let store = &house.furnish().await.equip().await.ignite().await.store;
    north_channel(store).await;
    store.add_device_notice(&notice(1, NORTH_SCHOOL, 12)).await.unwrap();
    let snapshot = SnapshotId(Uuid::from_u128(1));
    store.take_snapshot(&Access::PLATFORM, &NewSnapshot::of(snapshot, at(1), at(2))).await.unwrap();
    let picture = AlarmBlobKind::Picture;
    store.add_alarm_blob(&north(), NORTH_ALARM, picture, "image/jpeg", b"x", None, at(12)).await.unwrap();
    let ask = PageAsk::first(50);
    for stranger in [south(), south_guard()] {
        not_found(store.region(&stranger, NORTH_COUNTY).await);
        assert!(store.regions(&stranger).await.unwrap().iter().all(|region| region.id != NORTH_COUNTY));
        not_found(store.unit(&stranger, NORTH_SCHOOL).await);
        not_found(store.unit_history(&stranger, NORTH_SCHOOL).await);
        let units = store.units(&stranger, &UnitFilter::default(), &ask).await.unwrap().items;
        assert_eq!(units.into_iter().map(|row| row.unit).collect::<Vec<_>>(), [south_school()]);
        let codes = [north_school().school_code.unwrap()];
        assert!(store.find_units_by_code(&stranger, &codes).await.unwrap().is_empty());
        let names = [north_school().name];
        assert!(store.find_units_by_name(&stranger, NORTH_COUNTY, &names).await.unwrap().is_empty());
        assert_eq!(store.count_units(&stranger).await.unwrap().iter().map(|one| one.should).sum::<u64>(), 1);
        not_found(store.camera(&stranger, NORTH_CAMERA).await);
        let cameras = store.cameras(&stranger, &CameraFilter::default(), &ask).await.unwrap().items;
        assert!(cameras.len() == 1 && cameras[0].camera.id != NORTH_CAMERA);
        let filter = CameraFilter { unit_id: Some(NORTH_SCHOOL), text: None };
        assert!(store.cameras(&stranger, &filter, &ask).await.unwrap().items.is_empty());
        assert!(store.camera_ids(&stranger).await.unwrap().iter().all(|(id, _)| *id != NORTH_CAMERA));
        assert_eq!(store.untaken_overdue(&stranger, at(9999)).await.unwrap(), 1);
        reads_no_device(store, &stranger).await;
        not_found(store.alarm(&stranger, NORTH_ALARM).await);
        not_found(store.alarm_steps(&stranger, NORTH_ALARM).await);
        not_found(store.alarm_blob(&stranger, NORTH_ALARM, picture).await);
        for states in [AlarmStates::Open, AlarmStates::All] {
            let filter = AlarmFilter { states, ..AlarmFilter::default() };
            let alarms = store.alarms(&stranger, &filter, &ask).await.unwrap().items;
            assert!(alarms.len() == 1 && alarms[0].alarm.id != NORTH_ALARM);
        }
        let counts = store.alarm_counts(&stranger, at(0)).await.unwrap();
        assert_eq!((counts.open_by_level[0], counts.today), (1, 1));
        let all = FigureFilter::all(domain::figures::Measure::Duty);
        let frozen = store.snapshot_units(&stranger, snapshot, &all, &ask).await.unwrap().items;
        assert!(frozen.len() == 1 && frozen[0].unit.id != NORTH_SCHOOL);
        let every = store.snapshot_unit_list(&stranger, snapshot, &all, 9).await.unwrap();
        assert!(every.len() == 1 && every[0].unit.id != NORTH_SCHOOL);
        assert!(store.register_changes(&stranger, None, &ask).await.unwrap().items.is_empty());
        assert!(store.snapshot_late_alarms(&stranger, snapshot, 9).await.unwrap().is_empty());
        assert!(store.snapshot_alarm_units(&stranger, snapshot, false, 9).await.unwrap().len() <= 1);
        assert!(store.audit(&stranger, &store::AuditFilter::default(), &ask).await.unwrap().items.is_empty());
    }
}

async fn reads_no_device(store: &Store, stranger: &Access) {
    let ask = PageAsk::first(50);
    not_found(store.device(stranger, NORTH_DEVICE).await);
    not_found(store.device_by_gb_id(stranger, &gb_id(1)).await);
    let devices = store.devices(stranger, &DeviceFilter::default(), &ask).await.unwrap().items;
    assert_eq!(devices.iter().map(|row| row.device.id).collect::<Vec<_>>(), [SOUTH_DEVICE]);
    let digits = DeviceFilter { text: Some(gb_id(1).to_string()), ..DeviceFilter::default() };
    assert!(store.devices(stranger, &digits, &ask).await.unwrap().items.is_empty());
    not_found(store.channel(stranger, channel(1).id).await);
    not_found(store.channels(stranger, NORTH_DEVICE, &ChannelFilter::default(), &ask).await);
    not_found(store.device_notice(stranger, notice_id(1)).await);
    let of_north = NoticeFilter { device_id: Some(NORTH_DEVICE), ..NoticeFilter::default() };
    for filter in [NoticeFilter::default(), of_north] {
        assert!(store.device_notices(stranger, &filter, &ask).await.unwrap().items.is_empty());
    }
}

async fn changes_no_device(store: &Store, stranger: &Access) {
    let new = device(DeviceId(Uuid::from_u128(0x77)), NORTH_SCHOOL, 7);
    not_found(store.add_device(stranger, &new, None, at(5)).await);
    let taken = device(NORTH_DEVICE, NORTH_SCHOOL, 1);
    not_found(store.update_device(stranger, &taken, None, at(5)).await);
    let pulled = DeviceRecord { unit_id: south_school().id, ..taken };
    not_found(store.update_device(stranger, &pulled, None, at(5)).await);
    not_found(store.remove_device(stranger, NORTH_DEVICE, at(5)).await);
    let of_south = store.link_camera(stranger, SOUTH_CAMERA, channel(1).id, None, at(5));
    not_found(of_south.await);
    let source = CameraSource::Channel(channel(1).id);
    let lent = CameraRecord { source, ..camera(SOUTH_CAMERA, south_school().id) };
    not_found(store.update_camera(stranger, &lent, None, at(5)).await);
    let new = CameraRecord { id: CameraId(Uuid::from_u128(0x78)), ..lent };
    not_found(store.add_camera(stranger, &new, None, at(5)).await);
    not_found(store.map_device_notice(stranger, notice_id(1), NoticeKind::Ignored, None).await);
    not_found(store.mark_notice_reset(stranger, notice_id(1), SOUTH_GUARD, at(5)).await);
}

async fn a_neighbour_changes_nothing(house: House) {
    let store = &house.furnish().await.equip().await.ignite().await.store;
    north_channel(store).await;
    store.add_device_notice(&notice(1, NORTH_SCHOOL, 12)).await.unwrap();
    let noticed = store.device_notice(&north(), notice_id(1)).await.unwrap();
    let before = store.alarm(&north(), NORTH_ALARM).await.unwrap();
    let take = decide(&before.alarm, AlarmEvent::Take, Some(NORTH_GUARD), None, at(20)).unwrap();
    let step = StepRecord {
        at: at(20),
        event: AlarmEvent::Take,
        actor_id: Some(NORTH_GUARD),
        note: None,
        reason: None,
    };
    let told = store.last_outbox_seq().await.unwrap();
    for stranger in [south(), south_guard()] {
        let renamed = Unit { name: "夺来的学校".to_owned(), ..north_school() };
        not_found(store.apply_units(&stranger, &[change(renamed)], None, at(5)).await);
        // Nor by pulling it over the border.
        let pulled = Unit { region_id: south_school().region_id, ..north_school() };
        not_found(store.apply_units(&stranger, &[change(pulled)], None, at(5)).await);
        let new = camera(CameraId(Uuid::from_u128(0x77)), NORTH_SCHOOL);
        not_found(store.add_camera(&stranger, &new, None, at(5)).await);
        not_found(store.update_camera(&stranger, &camera(NORTH_CAMERA, NORTH_SCHOOL), None, at(5)).await);
        let pulled = CameraRecord { unit_id: south_school().id, ..camera(NORTH_CAMERA, NORTH_SCHOOL) };
        not_found(store.update_camera(&stranger, &pulled, None, at(5)).await);
        not_found(store.remove_camera(&stranger, NORTH_CAMERA, at(5)).await);
        changes_no_device(store, &stranger).await;
        let fire = new_alarm(alarm_id(0x99), NORTH_SCHOOL, NORTH_CAMERA, 99);
        not_found(store.raise_alarm(&stranger, &fire, RULE).await);
        // A unit of one's own does not lend a neighbour's camera.
        let fire = new_alarm(alarm_id(0x99), south_school().id, NORTH_CAMERA, 99);
        not_found(store.raise_alarm(&stranger, &fire, RULE).await);
        not_found(store.change_alarm(&stranger, NORTH_ALARM, 0, &take, &step).await);
        let picture = AlarmBlobKind::ResultPicture;
        not_found(
            store.add_alarm_blob(&stranger, NORTH_ALARM, picture, "image/jpeg", b"x", None, at(5)).await,
        );
        let snapshot = SnapshotId(Uuid::from_u128(9));
        not_found(store.take_snapshot(&stranger, &NewSnapshot::of(snapshot, at(1), at(2))).await);
    }
    assert_eq!(store.alarm(&north(), NORTH_ALARM).await.unwrap(), before);
    assert_eq!(store.device_notice(&north(), notice_id(1)).await.unwrap(), noticed);
    let untouched = device(NORTH_DEVICE, NORTH_SCHOOL, 1);
    assert_eq!(store.device(&north(), NORTH_DEVICE).await.unwrap().device, untouched);
    assert_eq!(store.unit(&north(), NORTH_SCHOOL).await.unwrap().unit, north_school());
    assert_eq!(
        store.camera(&north(), NORTH_CAMERA).await.unwrap().camera,
        camera(NORTH_CAMERA, NORTH_SCHOOL)
    );
    assert_eq!(store.last_outbox_seq().await.unwrap(), told);
    let files = std::fs::read_dir(house.blobs()).unwrap().count();
    assert_eq!(files, 0, "a stranger's bytes reach the disk");
}

async fn a_forged_asker_without_scope_sees_nothing(house: House) {
    let store = &house.furnish().await.equip().await.ignite().await.store;
    store.add_device_notice(&notice(1, NORTH_SCHOOL, 12)).await.unwrap();
    let forged = Access { scope: None, ..north() };
    let ask = PageAsk::first(50);
    assert!(store.units(&forged, &UnitFilter::default(), &ask).await.unwrap().items.is_empty());
    assert!(store.cameras(&forged, &CameraFilter::default(), &ask).await.unwrap().items.is_empty());
    assert!(store.alarms(&forged, &AlarmFilter::default(), &ask).await.unwrap().items.is_empty());
    assert!(store.devices(&forged, &DeviceFilter::default(), &ask).await.unwrap().items.is_empty());
    let notices = store.device_notices(&forged, &NoticeFilter::default(), &ask).await.unwrap();
    assert!(notices.items.is_empty());
    assert!(store.regions(&forged).await.unwrap().is_empty());
    assert!(store.count_units(&forged).await.unwrap().is_empty());
    not_found(store.alarm(&forged, NORTH_ALARM).await);
    not_found(store.apply_units(&forged, &[change(north_school())], None, at(5)).await);
    not_found(
        store.take_snapshot(&forged, &NewSnapshot::of(SnapshotId(Uuid::from_u128(9)), at(1), at(2))).await,
    );
}

async fn a_unit_does_not_move_or_multiply_itself(house: House) {
    let store = &house.furnish().await.store;
    let unit = Access { scope: Some(Scope::Unit(NORTH_SCHOOL)), ..north() };
    let renamed = Unit { name: "武宁一中".to_owned(), ..north_school() };
    store.apply_units(&unit, &[change(renamed.clone())], None, at(5)).await.unwrap();
    let moved = Unit { region_id: crate::house::NORTH, ..renamed.clone() };
    not_found(store.apply_units(&unit, &[change(moved)], None, at(6)).await);
    let second = Unit { id: domain::ids::UnitId(Uuid::from_u128(0x888)), school_code: None, ..renamed };
    not_found(store.apply_units(&unit, &[change(second)], None, at(6)).await);
}
