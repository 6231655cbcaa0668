//! Devices: entered, found, seen, removed; their open dialogs.

use domain::access::Access;
use domain::device::{DeviceReason, DeviceState, DialogPurpose, Transport};
use domain::ids::DeviceId;
use store::{
    CatalogueAnswer, DeviceBinding, DeviceFilter, DeviceInfo, DeviceRecord, DeviceRow, DeviceSeen, ErrorKind,
    OpenDialog, PageAsk,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_CAMERA, NORTH_DEVICE, NORTH_SCHOOL, SOUTH_DEVICE, SOUTH_SCHOOL, UNIVERSITY, at, channel,
    device, gb_id, north, north_channel, province,
};

contract!(
    a_device_is_entered_changed_and_removed,
    twenty_digits_are_entered_once,
    a_device_with_cameras_is_not_removed,
    a_state_keeps_its_beginning_and_its_registration,
    an_offline_device_is_never_without_a_trace_nor_online_without_an_address,
    a_device_says_what_it_is,
    devices_are_found_by_unit_state_and_text,
    the_registrar_gets_everything_at_its_start,
    an_open_dialog_outlives_a_restart,
);

fn binding(s: i64) -> DeviceBinding {
    DeviceBinding {
        address: "192.0.2.7:5060".to_owned(),
        transport: Transport::Udp,
        version: Some("2.0".to_owned()),
        registered_at: at(s),
        expires_at: at(s + 3600),
    }
}

fn online(s: i64) -> DeviceSeen {
    DeviceSeen { state: DeviceState::Online, reason: None, since: at(s), binding: Some(binding(s)) }
}

fn offline(s: i64, reason: DeviceReason) -> DeviceSeen {
    DeviceSeen { state: DeviceState::Offline, reason: Some(reason), ..online(s) }
}

async fn a_device_is_entered_changed_and_removed(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let row = store.device(&north(), NORTH_DEVICE).await.unwrap();
    assert_eq!(row.device, device(NORTH_DEVICE, NORTH_SCHOOL, 1));
    assert_eq!((row.unit_name.as_str(), row.state()), ("武宁第一中学", DeviceState::NeverSeen));
    let changed = DeviceRecord {
        name: "门卫室录像机".to_owned(),
        sealed_secret: None,
        profile: "{\"charset\":\"utf-8\"}".to_owned(),
        disabled: true,
        unit_id: UNIVERSITY,
        ..row.device.clone()
    };
    store.update_device(&province(), &changed, None, at(2)).await.unwrap();
    let row = store.device_by_gb_id(&province(), &gb_id(1)).await.unwrap();
    assert_eq!((row.state(), row.device), (DeviceState::Disabled, changed));
    store.remove_device(&province(), NORTH_DEVICE, at(3)).await.unwrap();
    for gone in [
        store.device(&province(), NORTH_DEVICE).await.map(|_| ()),
        store.device_by_gb_id(&province(), &gb_id(1)).await.map(|_| ()),
        store.remove_device(&province(), NORTH_DEVICE, at(4)).await,
        store.put_channels(NORTH_DEVICE, &[], CatalogueAnswer::Partial, at(4)).await.map(|_| ()),
    ] {
        assert_eq!(gone.unwrap_err().kind(), ErrorKind::NotFound);
    }
    assert_eq!(store.record_device_states(&[(NORTH_DEVICE, online(4))]).await.unwrap(), 0);
}

async fn twenty_digits_are_entered_once(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let second = DeviceRecord { gb_id: gb_id(1), ..device(DeviceId(Uuid::from_u128(0x77)), SOUTH_SCHOOL, 9) };
    let taken = store.add_device(&Access::PLATFORM, &second, None, at(1)).await.unwrap_err();
    assert_eq!(taken.kind(), ErrorKind::Conflict);
    assert!(!taken.to_string().contains("武宁"), "{taken}");
    // A changed record does not take another's digits either: they stay what they were.
    let other = DeviceRecord { gb_id: gb_id(1), ..device(SOUTH_DEVICE, SOUTH_SCHOOL, 2) };
    store.update_device(&Access::PLATFORM, &other, None, at(1)).await.unwrap();
    assert_eq!(store.device(&province(), SOUTH_DEVICE).await.unwrap().device.gb_id, gb_id(2));
    store.remove_device(&Access::PLATFORM, NORTH_DEVICE, at(2)).await.unwrap();
    store.add_device(&Access::PLATFORM, &second, None, at(3)).await.unwrap();
    assert_eq!(store.device_by_gb_id(&province(), &gb_id(1)).await.unwrap().device.id, second.id);
}

async fn a_device_with_cameras_is_not_removed(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let channel = north_channel(store).await;
    store.link_camera(&north(), NORTH_CAMERA, channel, None, at(2)).await.unwrap();
    let refused = store.remove_device(&north(), NORTH_DEVICE, at(3)).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Conflict);
    assert!(store.device(&north(), NORTH_DEVICE).await.unwrap().device.sealed_secret.is_some());
    store.remove_camera(&north(), NORTH_CAMERA, at(4)).await.unwrap();
    store.remove_device(&north(), NORTH_DEVICE, at(5)).await.unwrap();
}

async fn a_state_keeps_its_beginning_and_its_registration(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let seen = async || store.device(&north(), NORTH_DEVICE).await.unwrap().seen;
    assert_eq!(seen().await, None);
    store.record_device_states(&[(NORTH_DEVICE, online(1))]).await.unwrap();
    store.record_device_states(&[(NORTH_DEVICE, online(60))]).await.unwrap();
    assert_eq!(seen().await, Some(DeviceSeen { since: at(1), ..online(60) }));
    let lost = offline(90, DeviceReason::KeepaliveMissed);
    store.record_device_states(&[(NORTH_DEVICE, lost.clone())]).await.unwrap();
    assert_eq!(seen().await, Some(lost));
    let left = DeviceSeen { binding: None, ..offline(95, DeviceReason::Unregistered) };
    store.record_device_states(&[(NORTH_DEVICE, left.clone())]).await.unwrap();
    assert_eq!(seen().await, Some(DeviceSeen { since: at(90), ..left }));
    let nobody = (DeviceId(Uuid::from_u128(7)), online(1));
    let somebody = (NORTH_DEVICE, online(99));
    assert_eq!(store.record_device_states(&[nobody, somebody]).await.unwrap(), 1);
}

async fn an_offline_device_is_never_without_a_trace_nor_online_without_an_address(house: House) {
    let store = &house.furnish().await.equip().await.store;
    for wrong in [
        DeviceSeen { binding: None, ..online(1) },
        DeviceSeen { state: DeviceState::NeverSeen, ..online(1) },
        DeviceSeen { state: DeviceState::Disabled, ..online(1) },
    ] {
        let refused = store.record_device_states(&[(NORTH_DEVICE, wrong.clone())]).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Invalid, "{wrong:?}");
    }
    assert_eq!(store.device(&north(), NORTH_DEVICE).await.unwrap().seen, None);
}

async fn a_device_says_what_it_is(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let info = DeviceInfo {
        maker: Some("某厂".to_owned()),
        model: Some("N".repeat(300)),
        firmware: Some("V1\0beta".to_owned()),
    };
    store.record_device_info(NORTH_DEVICE, &info, at(1)).await.unwrap();
    let kept = store.device(&north(), NORTH_DEVICE).await.unwrap().info;
    let model = Some("N".repeat(255));
    assert_eq!(kept, DeviceInfo { model, firmware: Some("V1\u{fffd}beta".to_owned()), ..info });
}

async fn devices_are_found_by_unit_state_and_text(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let third = DeviceRecord { disabled: true, ..device(DeviceId(Uuid::from_u128(0x33)), NORTH_SCHOOL, 3) };
    store.add_device(&Access::PLATFORM, &third, None, at(1)).await.unwrap();
    for id in [NORTH_DEVICE, third.id] {
        store.record_device_states(&[(id, online(1))]).await.unwrap();
    }
    let listed = async |filter: DeviceFilter| {
        let page = store.devices(&province(), &filter, &PageAsk::first(10)).await.unwrap();
        page.items.into_iter().map(|row: DeviceRow| row.device.id).collect::<Vec<_>>()
    };
    let by_state = |state| DeviceFilter { state: Some(state), ..DeviceFilter::default() };
    let by_text = |text: &str| DeviceFilter { text: Some(text.to_owned()), ..DeviceFilter::default() };
    let mut counts = store.count_devices(&province()).await.unwrap();
    counts.sort_by_key(|(state, _)| state.as_str());
    let expected = [(DeviceState::Disabled, 1), (DeviceState::NeverSeen, 1), (DeviceState::Online, 1)];
    assert_eq!(counts, expected);
    assert_eq!(store.count_devices(&north()).await.unwrap().iter().map(|(_, n)| n).sum::<u64>(), 2);
    assert_eq!(listed(DeviceFilter::default()).await.len(), 3);
    assert_eq!(
        listed(DeviceFilter { unit_id: Some(SOUTH_SCHOOL), ..DeviceFilter::default() }).await,
        [SOUTH_DEVICE]
    );
    assert_eq!(listed(by_state(DeviceState::Online)).await, [NORTH_DEVICE]);
    assert_eq!(listed(by_state(DeviceState::Disabled)).await, [third.id]);
    assert_eq!(listed(by_state(DeviceState::NeverSeen)).await, [SOUTH_DEVICE]);
    assert!(listed(by_state(DeviceState::Offline)).await.is_empty());
    assert_eq!(listed(by_text("信丰")).await, [SOUTH_DEVICE]);
    assert_eq!(listed(by_text(gb_id(3).as_str())).await, [third.id]);
    assert!(listed(by_text("%")).await.is_empty());
}

async fn the_registrar_gets_everything_at_its_start(house: House) {
    let store = &house.furnish().await.equip().await.store;
    store.record_device_states(&[(SOUTH_DEVICE, online(1))]).await.unwrap();
    let all = store.all_devices(None).await.unwrap();
    let entered = device(SOUTH_DEVICE, SOUTH_SCHOOL, 2);
    assert_eq!(all.iter().map(|one| one.gb_id).collect::<Vec<_>>(), [gb_id(1), gb_id(2)]);
    assert_eq!((&all[1].sealed_secret, &all[1].profile), (&entered.sealed_secret, &entered.profile));
    assert_eq!(store.all_devices(Some(&gb_id(1))).await.unwrap(), all[1..]);
    assert!(store.all_devices(Some(&gb_id(2))).await.unwrap().is_empty());
    assert_eq!(all[1].seen, Some(online(1)));
    assert_eq!(store.registrant(&gb_id(2)).await.unwrap().as_ref(), Some(&all[1]));
    assert_eq!(store.registrant(&gb_id(99)).await.unwrap(), None);
}

async fn an_open_dialog_outlives_a_restart(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let open = |call_id: &str, s| OpenDialog {
        call_id: call_id.to_owned(),
        device_id: NORTH_DEVICE,
        channel_gb_id: Some(channel(1).entry.gb_id),
        purpose: DialogPurpose::Live,
        dialog: "{\"cseq\":20}".to_owned(),
        opened_at: at(s),
    };
    store.remember_dialog(&open("second@192.0.2.1", 2)).await.unwrap();
    store.remember_dialog(&open("'; drop table gb_dialog; --", 1)).await.unwrap();
    let grown = OpenDialog { dialog: "{\"cseq\":21}".to_owned(), ..open("second@192.0.2.1", 9) };
    store.remember_dialog(&grown).await.unwrap();
    store.remove_device(&north(), NORTH_DEVICE, at(3)).await.unwrap();
    let left = store.open_dialogs().await.unwrap();
    assert_eq!(left, [open("'; drop table gb_dialog; --", 1), OpenDialog { opened_at: at(2), ..grown }]);
    assert!(store.forget_dialog("second@192.0.2.1").await.unwrap());
    assert!(!store.forget_dialog("second@192.0.2.1").await.unwrap());
    assert_eq!(store.open_dialogs().await.unwrap().len(), 1);
    let huge = OpenDialog { dialog: "x".repeat(20_000), ..open("huge", 4) };
    assert_eq!(store.remember_dialog(&huge).await.unwrap_err().kind(), ErrorKind::Limit);
    let nobody = OpenDialog { device_id: DeviceId(Uuid::from_u128(7)), ..open("nobody", 4) };
    assert_eq!(store.remember_dialog(&nobody).await.unwrap_err().kind(), ErrorKind::Invalid);
}
