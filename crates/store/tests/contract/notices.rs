//! Device notices: kept as they were sent, given a meaning, reset by a person, thinned out.

use domain::access::{Access, Scope};
use domain::alarm::AlarmCode;
use domain::device::NoticeKind;
use domain::ids::{DeviceId, DeviceNoticeId};
use domain::role::Role;
use store::{
    DeviceRecord, ErrorKind, NOTICE_RAW_MAX_BYTES, NewDeviceNotice, NoticeFilter, NoticeReset, PageAsk,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_ALARM, NORTH_DEVICE, NORTH_GUARD, NORTH_SCHOOL, SOUTH_SCHOOL, at, channel, device, north,
    notice, notice_id, province, south,
};

contract!(
    a_notice_is_kept_as_it_was_sent,
    what_nobody_has_mapped_stays_visible,
    a_reset_frees_the_point_and_is_written_once,
    a_notice_stays_where_it_happened,
    a_hostile_body_is_kept_cut_and_counted,
    old_notices_of_no_consequence_are_thinned_out,
);

async fn a_notice_is_kept_as_it_was_sent(house: House) {
    let store = &house.furnish().await.equip().await.ignite().await.store;
    let sent = NewDeviceNotice {
        kind: Some(NoticeKind::Alarm(AlarmCode::F03)),
        alarm_id: Some(NORTH_ALARM),
        ..notice(1, NORTH_SCHOOL, 10)
    };
    store.add_device_notice(&sent).await.unwrap();
    let kept = store.device_notice(&north(), sent.id).await.unwrap();
    assert_eq!((kept.device_id, kept.device_name.as_str()), (NORTH_DEVICE, "录像机 1"));
    assert_eq!((kept.unit_id, kept.unit_name.as_str()), (NORTH_SCHOOL, "武宁第一中学"));
    assert_eq!((kept.channel_gb_id, &*kept.command), (sent.channel_gb_id, "Alarm"));
    assert_eq!((kept.at, kept.received_at), (sent.at, sent.received_at));
    assert_eq!((&kept.priority, &kept.method), (&sent.priority, &sent.method));
    assert_eq!((&kept.alarm_type, &kept.description), (&sent.alarm_type, &sent.description));
    assert_eq!((&kept.raw, kept.raw_size_bytes), (&sent.raw, sent.raw.len() as i64));
    assert_eq!((kept.kind, kept.alarm_id, kept.reset), (sent.kind, sent.alarm_id, None));
    let twice = store.add_device_notice(&sent).await.unwrap_err();
    assert_eq!(twice.kind(), ErrorKind::Conflict);
    let nobody = NewDeviceNotice { device_id: DeviceId(Uuid::from_u128(7)), ..notice(2, NORTH_SCHOOL, 10) };
    assert_eq!(store.add_device_notice(&nobody).await.unwrap_err().kind(), ErrorKind::Invalid);
    let alarm_of_nothing = NewDeviceNotice { kind: None, ..NewDeviceNotice { id: notice_id(3), ..sent } };
    assert_eq!(store.add_device_notice(&alarm_of_nothing).await.unwrap_err().kind(), ErrorKind::Invalid);
}

async fn what_nobody_has_mapped_stays_visible(house: House) {
    let store = &house.furnish().await.equip().await.ignite().await.store;
    for n in 1..=3 {
        store.add_device_notice(&notice(n, NORTH_SCHOOL, n as i64)).await.unwrap();
    }
    let unmapped = async || {
        let filter = NoticeFilter { unmapped: true, ..NoticeFilter::default() };
        let page = store.device_notices(&north(), &filter, &PageAsk::first(9)).await.unwrap();
        page.items.into_iter().map(|notice| notice.id).collect::<Vec<_>>()
    };
    assert_eq!(unmapped().await, [notice_id(3), notice_id(2), notice_id(1)]);
    let smoke = NoticeKind::Alarm(AlarmCode::F01);
    store.map_device_notice(&north(), notice_id(2), smoke, Some(NORTH_ALARM)).await.unwrap();
    store.map_device_notice(&north(), notice_id(1), NoticeKind::Ignored, None).await.unwrap();
    assert_eq!(unmapped().await, [notice_id(3)]);
    store.map_device_notice(&north(), notice_id(2), NoticeKind::Ignored, None).await.unwrap();
    let mapped = store.device_notice(&north(), notice_id(2)).await.unwrap();
    assert_eq!((mapped.kind, mapped.alarm_id), (Some(NoticeKind::Ignored), Some(NORTH_ALARM)));
    let nothing = store.map_device_notice(&north(), notice_id(9), smoke, None).await;
    assert_eq!(nothing.unwrap_err().kind(), ErrorKind::NotFound);
}

async fn a_reset_frees_the_point_and_is_written_once(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let elsewhere = Some(channel(2).entry.gb_id);
    for new in [
        notice(1, NORTH_SCHOOL, 1),
        notice(2, NORTH_SCHOOL, 2),
        NewDeviceNotice { channel_gb_id: elsewhere, ..notice(3, NORTH_SCHOOL, 2) },
        NewDeviceNotice { channel_gb_id: None, ..notice(4, NORTH_SCHOOL, 2) },
        NewDeviceNotice { needs_reset: false, ..notice(5, NORTH_SCHOOL, 2) },
        notice(6, NORTH_SCHOOL, 3),
    ] {
        store.add_device_notice(&new).await.unwrap();
    }
    let silent = async || {
        let filter = NoticeFilter { silent: true, ..NoticeFilter::default() };
        let page = store.device_notices(&north(), &filter, &PageAsk::first(9)).await.unwrap();
        page.items.into_iter().map(|notice| notice.id).collect::<Vec<_>>()
    };
    assert_eq!(store.mark_notice_reset(&north(), notice_id(2), NORTH_GUARD, at(9)).await.unwrap(), 2);
    assert_eq!(silent().await, [notice_id(6), notice_id(4), notice_id(3)]);
    let reset = store.device_notice(&north(), notice_id(1)).await.unwrap().reset;
    assert_eq!(reset, Some(NoticeReset { at: at(9), by: NORTH_GUARD }));
    for done in [notice_id(2), notice_id(5)] {
        let again = store.mark_notice_reset(&north(), done, NORTH_GUARD, at(10)).await;
        assert_eq!(again.unwrap_err().kind(), ErrorKind::Conflict);
    }
    assert_eq!(store.mark_notice_reset(&north(), notice_id(4), NORTH_GUARD, at(10)).await.unwrap(), 1);
}

async fn a_notice_stays_where_it_happened(house: House) {
    let store = &house.furnish().await.equip().await.store;
    store.add_device_notice(&notice(1, NORTH_SCHOOL, 1)).await.unwrap();
    // A device that sends for another's camera: the notice is that one's.
    store.add_device_notice(&notice(2, SOUTH_SCHOOL, 2)).await.unwrap();
    let moved = DeviceRecord { unit_id: SOUTH_SCHOOL, ..device(NORTH_DEVICE, NORTH_SCHOOL, 1) };
    store.update_device(&province(), &moved, None, at(3)).await.unwrap();
    store.remove_device(&province(), NORTH_DEVICE, at(4)).await.unwrap();
    let seen = async |access: &Access| {
        let page = store.device_notices(access, &NoticeFilter::default(), &PageAsk::first(9)).await.unwrap();
        page.items.into_iter().map(|notice| notice.id).collect::<Vec<_>>()
    };
    assert_eq!(seen(&north()).await, [notice_id(1)]);
    assert_eq!(seen(&south()).await, [notice_id(2)]);
    let guard = Access::person(NORTH_GUARD, Role::DutyGuard, Scope::Unit(NORTH_SCHOOL));
    assert_eq!(seen(&guard).await, [notice_id(1)]);
}

async fn a_hostile_body_is_kept_cut_and_counted(house: House) {
    let store = &house.furnish().await.equip().await.store;
    for (n, text) in crate::hostile::TEXTS.into_iter().zip(1..).map(|(text, n)| (n, text)) {
        let sent = Some(text.to_owned());
        let new = NewDeviceNotice {
            priority: sent.clone(),
            method: sent.clone(),
            alarm_type: sent.clone(),
            description: sent.clone(),
            raw: text.to_owned(),
            at: None,
            ..notice(n, NORTH_SCHOOL, 1)
        };
        store.add_device_notice(&new).await.unwrap();
        let kept = store.device_notice(&north(), new.id).await.unwrap();
        assert_eq!([&kept.priority, &kept.method, &kept.alarm_type, &kept.description], [&sent; 4]);
        assert_eq!((&*kept.raw, kept.at), (text, None));
    }
    let raw = format!("\0{}", "火".repeat(10_000));
    let size = raw.len() as i64;
    let huge = NewDeviceNotice { raw, description: Some("长".repeat(5000)), ..notice(99, NORTH_SCHOOL, 1) };
    store.add_device_notice(&huge).await.unwrap();
    let kept = store.device_notice(&north(), huge.id).await.unwrap();
    assert!(kept.raw.starts_with("\u{fffd}火") && kept.raw.len() <= NOTICE_RAW_MAX_BYTES);
    assert_eq!((kept.raw_size_bytes, kept.description.unwrap().len()), (size, 1023));
}

async fn old_notices_of_no_consequence_are_thinned_out(house: House) {
    let store = &house.furnish().await.equip().await.ignite().await.store;
    let ignored = |n, s| NewDeviceNotice {
        kind: Some(NoticeKind::Ignored),
        needs_reset: false,
        ..notice(n, NORTH_SCHOOL, s)
    };
    let flame = Some(NoticeKind::Alarm(AlarmCode::F02));
    for new in [
        ignored(1, 1),
        NewDeviceNotice { kind: None, ..ignored(2, 1) },
        NewDeviceNotice { kind: flame, alarm_id: Some(NORTH_ALARM), ..ignored(3, 1) },
        NewDeviceNotice { needs_reset: true, ..ignored(4, 1) },
        ignored(5, 9),
    ] {
        store.add_device_notice(&new).await.unwrap();
    }
    assert_eq!(store.thin_device_notices(at(9)).await.unwrap(), 1);
    assert_eq!(store.thin_device_notices(at(9)).await.unwrap(), 0);
    let page = store.device_notices(&north(), &NoticeFilter::default(), &PageAsk::first(9)).await.unwrap();
    let left: Vec<DeviceNoticeId> = page.items.into_iter().map(|notice| notice.id).collect();
    assert_eq!(left, [5, 4, 3, 2].map(notice_id));
}
