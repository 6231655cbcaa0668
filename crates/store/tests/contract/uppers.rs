//! Upper platforms: entered, changed, removed and hidden; what they are shown, and the digits given for it.

use domain::access::{Access, Scope, Subtree};
use domain::device::{GbId, SharedKinds, Transport};
use domain::ids::{CameraId, UpperPlatformId};
use store::{CameraRecord, CameraSource, ErrorKind, GivenTo, PageAsk, Store, UpperPlatform};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NEW_AREA, NORTH, NORTH_CAMERA, NORTH_COUNTY, NORTH_SCHOOL, PROVINCE, SOUTH, SOUTH_CAMERA,
    SOUTH_SCHOOL, at, camera, channel, gb_id, north, north_channel, province, south, south_guard,
};

contract!(
    an_upper_platform_is_entered_changed_and_removed,
    an_upper_platform_is_seen_by_whoever_sees_all_that_it_is_shown,
    nobody_shows_what_is_not_theirs,
    a_pair_of_ids_is_entered_once,
    digits_are_given_once_and_stay,
    digits_that_a_device_told_are_not_given,
    shared_cameras_are_those_of_the_subtree_that_are_switched_on,
);

const FIRST: UpperPlatformId = UpperPlatformId(Uuid::from_u128(0x3001));
const CAMERAS: &str = "36042300111322";

fn upper(id: UpperPlatformId, shown: Subtree) -> UpperPlatform {
    UpperPlatform {
        id,
        name: "九江市平台".to_owned(),
        server_gb_id: GbId::parse("36040000112000000001").unwrap(),
        domain: "3604000011".to_owned(),
        address: "192.0.2.1:5060".to_owned(),
        transport: Transport::Udp,
        own_gb_id: GbId::parse("36042300112000000001").unwrap(),
        user_name: None,
        sealed_secret: Some(vec![0, 1, 254, 255]),
        shown,
        shares: SharedKinds { live: true, playback: false, ptz: true, alarms: true },
        ptz_priority: 5,
        keepalive_s: 60,
        expires_s: 3_600,
        disabled: false,
        created_at: at(0),
    }
}

async fn entered(store: &Store, shown: Subtree) -> UpperPlatform {
    let new = upper(FIRST, shown);
    store.add_upper_platform(&Access::PLATFORM, &new, None, at(1)).await.unwrap();
    new
}

async fn names(store: &Store, access: &Access) -> usize {
    store.upper_platforms(access, &PageAsk::first(10)).await.unwrap().items.len()
}

async fn an_upper_platform_is_entered_changed_and_removed(house: House) {
    let store = &house.furnish().await.store;
    let new = entered(store, Subtree::Region(NORTH_COUNTY)).await;
    assert_eq!(store.upper_platform(&north(), FIRST).await.unwrap(), new);
    let changed = UpperPlatform {
        name: "省平台".to_owned(),
        transport: Transport::Tcp,
        user_name: Some("watchfire".to_owned()),
        sealed_secret: None,
        shown: Subtree::Unit(NORTH_SCHOOL),
        shares: SharedKinds { live: false, playback: true, ptz: false, alarms: false },
        ptz_priority: 255,
        disabled: true,
        ..new
    };
    store.update_upper_platform(&north(), &changed, None, at(2)).await.unwrap();
    assert_eq!(store.all_upper_platforms().await.unwrap(), std::slice::from_ref(&changed));
    store.remove_upper_platform(&north(), FIRST, at(3)).await.unwrap();
    let again = store.remove_upper_platform(&north(), FIRST, at(4)).await.unwrap_err();
    assert_eq!(again.kind(), ErrorKind::NotFound);
    assert!(store.all_upper_platforms().await.unwrap().is_empty());
    // The same pair may be entered anew.
    let second = UpperPlatform { id: UpperPlatformId(Uuid::from_u128(0x3002)), ..changed };
    store.add_upper_platform(&north(), &second, None, at(5)).await.unwrap();
}

async fn an_upper_platform_is_seen_by_whoever_sees_all_that_it_is_shown(house: House) {
    let store = &house.furnish().await.store;
    entered(store, Subtree::Region(NORTH)).await;
    assert_eq!((names(store, &province()).await, names(store, &north()).await), (1, 1));
    let county = Access { scope: Some(Scope::Region(NORTH_COUNTY)), ..north() };
    for stranger in [south(), south_guard(), county, Access { scope: None, ..north() }] {
        assert_eq!(names(store, &stranger).await, 0);
        let not_there = store.upper_platform(&stranger, FIRST).await.unwrap_err();
        assert_eq!(not_there.kind(), ErrorKind::NotFound);
        let not_there = store.remove_upper_platform(&stranger, FIRST, at(2)).await.unwrap_err();
        assert_eq!(not_there.kind(), ErrorKind::NotFound);
    }
}

async fn nobody_shows_what_is_not_theirs(house: House) {
    let store = &house.furnish().await.store;
    let shown = [
        Subtree::Region(SOUTH),
        Subtree::Region(PROVINCE),
        Subtree::Unit(SOUTH_SCHOOL),
        Subtree::Region(NEW_AREA),
    ];
    for shown in shown {
        let refused = store.add_upper_platform(&north(), &upper(FIRST, shown), None, at(1)).await;
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::NotFound, "{shown:?}");
    }
    let new = entered(store, Subtree::Region(NORTH)).await;
    let wider = UpperPlatform { shown: Subtree::Region(PROVINCE), ..new.clone() };
    let refused = store.update_upper_platform(&north(), &wider, None, at(2)).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::NotFound);
    let pulled = UpperPlatform { shown: Subtree::Region(SOUTH), ..new.clone() };
    let refused = store.update_upper_platform(&south(), &pulled, None, at(2)).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(store.upper_platform(&north(), FIRST).await.unwrap(), new);
}

async fn a_pair_of_ids_is_entered_once(house: House) {
    let store = &house.furnish().await.store;
    let new = entered(store, Subtree::Region(NORTH)).await;
    let second = UpperPlatform { id: UpperPlatformId(Uuid::from_u128(0x3002)), ..new };
    let taken = store.add_upper_platform(&north(), &second, None, at(2)).await.unwrap_err();
    assert_eq!(taken.kind(), ErrorKind::Conflict);
    let other = UpperPlatform { server_gb_id: gb_id(9), ..second };
    store.add_upper_platform(&north(), &other, None, at(2)).await.unwrap();
    assert_eq!(names(store, &north()).await, 2);
}

async fn digits_are_given_once_and_stay(house: House) {
    let store = &house.furnish().await.store;
    let give = async |to, s| store.give_gb_id(to, CAMERAS, at(s)).await.unwrap().to_string();
    let first = give(GivenTo::Camera(NORTH_CAMERA), 1).await;
    assert_eq!(first, "36042300111322000001");
    assert_eq!(give(GivenTo::Camera(SOUTH_CAMERA), 2).await, "36042300111322000002");
    assert_eq!(give(GivenTo::Camera(NORTH_CAMERA), 3).await, first);
    store.remove_camera(&north(), NORTH_CAMERA, at(4)).await.unwrap();
    assert_eq!(give(GivenTo::Unit(NORTH_SCHOOL), 5).await, "36042300111322000003");
    for (to, prefix) in [
        (GivenTo::Camera(CameraId(Uuid::from_u128(0x99))), CAMERAS),
        (GivenTo::Unit(SOUTH_SCHOOL), "3604230011132"),
        (GivenTo::Unit(SOUTH_SCHOOL), "3604230011132x"),
    ] {
        let refused = store.give_gb_id(to, prefix, at(6)).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Invalid, "{to:?} {prefix}");
    }
}

async fn digits_that_a_device_told_are_not_given(house: House) {
    let store = &house.furnish().await.equip().await.store;
    north_channel(store).await;
    let told = channel(1).entry.gb_id.to_string();
    let given = store.give_gb_id(GivenTo::Camera(SOUTH_CAMERA), &told[..14], at(2)).await.unwrap();
    assert_eq!(given.to_string(), format!("{}000002", &told[..14]));
}

async fn shared_cameras_are_those_of_the_subtree_that_are_switched_on(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let channel_id = north_channel(store).await;
    let id = CameraId(Uuid::from_u128(0x1999));
    let on_channel = CameraRecord { source: CameraSource::Channel(channel_id), ..camera(id, NORTH_SCHOOL) };
    store.add_camera(&north(), &on_channel, None, at(2)).await.unwrap();
    let given = store.give_gb_id(GivenTo::Unit(NORTH_SCHOOL), CAMERAS, at(3)).await.unwrap();
    let shown = |scope| Access { scope: Some(scope), ..Access::PLATFORM };
    let (cameras, is_end) = store.shared_cameras(&shown(Scope::Region(NORTH)), None).await.unwrap();
    assert!(is_end);
    assert_eq!(cameras.iter().map(|one| one.id).collect::<Vec<_>>(), [NORTH_CAMERA, id]);
    assert_eq!((cameras[0].unit_gb_id, cameras[0].given, &cameras[0].channel), (Some(given), None, &None));
    let found = cameras[1].channel.as_ref().unwrap();
    assert_eq!((found.gb_id, found.device_gb_id, found.is_on), (channel(1).entry.gb_id, gb_id(1), false));
    let (after, _) = store.shared_cameras(&shown(Scope::Region(NORTH)), Some(NORTH_CAMERA)).await.unwrap();
    assert_eq!(after.len(), 1);
    let off = CameraRecord { disabled: true, ..on_channel };
    store.update_camera(&north(), &off, None, at(4)).await.unwrap();
    let (cameras, _) = store.shared_cameras(&shown(Scope::Unit(NORTH_SCHOOL)), None).await.unwrap();
    assert_eq!(cameras.iter().map(|one| one.id).collect::<Vec<_>>(), [NORTH_CAMERA]);
}
