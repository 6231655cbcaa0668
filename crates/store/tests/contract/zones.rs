//! Zones and reference pictures: put as a whole, seen by who may, never overwritten unseen.

use domain::access::Access;
use domain::ids::{CameraId, ZoneId};
use domain::zone::{Hours, Light, ZONES_MAX, Zone, ZoneKind};
use store::{CameraZones, ErrorKind, NewReference, Store};
use uuid::Uuid;

use crate::contract;
use crate::house::{House, NORTH_CAMERA, NORTH_GUARD, SOUTH_CAMERA, at, north, south};

contract!(
    zones_are_replaced_as_a_whole_and_keep_their_order,
    who_saw_an_older_list_overwrites_nothing,
    the_last_approved_picture_of_a_light_counts,
    a_neighbour_finds_neither_zones_nor_pictures,
    a_removed_camera_has_none,
);

fn zone(n: u128, kind: ZoneKind, hours: Option<Hours>) -> Zone {
    Zone {
        id: ZoneId(Uuid::from_u128(n)),
        kind,
        name: format!("区域{n}"),
        corners: vec![[0.25, 0.5], [0.75, 0.1], [0.3, 0.9]],
        hold_s: kind.default_hold_s(),
        hours,
    }
}

fn picture(light: Light, s: i64) -> NewReference {
    NewReference { light, size_px: [640, 360], taken_at: at(s) }
}

/// An exit and an approved picture for the camera in the north; the picture's facts.
async fn put_one(store: &Store) -> NewReference {
    let new = picture(Light::Day, 1);
    store
        .put_camera_zones(&north(), NORTH_CAMERA, (0, &[zone(1, ZoneKind::Exit, None)]), None, at(1))
        .await
        .unwrap();
    store.approve_reference(&north(), NORTH_CAMERA, (&new, b"x"), None, at(1)).await.unwrap();
    new
}

async fn zones_are_replaced_as_a_whole_and_keep_their_order(house: House) {
    let store = &house.furnish().await.store;
    assert_eq!(store.camera_zones(&north(), NORTH_CAMERA).await.unwrap(), CameraZones::default());
    let first = [zone(2, ZoneKind::Exit, None), zone(1, ZoneKind::Mask, Hours::parse("22:00", "06:00"))];
    let put = async |version: i64, zones: &[Zone]| {
        store.put_camera_zones(&north(), NORTH_CAMERA, (version, zones), Some(NORTH_GUARD), at(1)).await
    };
    assert_eq!(put(0, &first).await.unwrap(), 1);
    let kept = store.camera_zones(&north(), NORTH_CAMERA).await.unwrap();
    assert_eq!(kept, CameraZones { version: 1, zones: first.to_vec() });
    let second = [zone(1, ZoneKind::Hydrant, None)];
    assert_eq!(put(1, &second).await.unwrap(), 2);
    assert_eq!(store.camera_zones(&north(), NORTH_CAMERA).await.unwrap().zones, second);
    assert_eq!(put(2, &[]).await.unwrap(), 3);
    assert_eq!(
        store.camera_zones(&Access::PLATFORM, NORTH_CAMERA).await.unwrap(),
        CameraZones { version: 3, zones: vec![] }
    );
    let many: Vec<Zone> = (0..=ZONES_MAX as u128).map(|n| zone(n, ZoneKind::Exit, None)).collect();
    assert_eq!(put(3, &many).await.unwrap_err().kind(), ErrorKind::Limit);
}

async fn who_saw_an_older_list_overwrites_nothing(house: House) {
    let store = &house.furnish().await.store;
    let (mine, theirs) = ([zone(1, ZoneKind::Exit, None)], [zone(2, ZoneKind::FireDoor, None)]);
    store.put_camera_zones(&north(), NORTH_CAMERA, (0, &mine), None, at(1)).await.unwrap();
    let late = store.put_camera_zones(&north(), NORTH_CAMERA, (0, &theirs), None, at(2)).await;
    assert_eq!(late.unwrap_err().kind(), ErrorKind::Conflict);
    assert_eq!(store.camera_zones(&north(), NORTH_CAMERA).await.unwrap().zones, mine);
    // An id that another camera's zone has.
    let stolen = store.put_camera_zones(&south(), SOUTH_CAMERA, (0, &mine), None, at(3)).await;
    assert_eq!(stolen.unwrap_err().kind(), ErrorKind::Conflict);
    assert_eq!(store.camera_zones(&south(), SOUTH_CAMERA).await.unwrap(), CameraZones::default());
}

async fn the_last_approved_picture_of_a_light_counts(house: House) {
    let store = &house.furnish().await.store;
    let approve = async |light: Light, s: i64, jpeg: &[u8]| {
        let new = picture(light, s);
        store
            .approve_reference(&north(), NORTH_CAMERA, (&new, jpeg), Some(NORTH_GUARD), at(s + 1))
            .await
            .unwrap();
    };
    assert!(store.references(&north(), NORTH_CAMERA).await.unwrap().is_empty());
    approve(Light::Day, 10, b"first").await;
    approve(Light::Infrared, 20, b"night").await;
    approve(Light::Day, 30, b"second").await;
    // The same picture again is allowed: somebody looked at it anew.
    approve(Light::Infrared, 20, b"night").await;
    let rows = store.references(&north(), NORTH_CAMERA).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| &row.picture).collect::<Vec<_>>(),
        [&picture(Light::Day, 30), &picture(Light::Infrared, 20)]
    );
    assert_eq!(rows[0].approved_at, at(31));
    assert_eq!(rows[0].approved_by.as_ref().map(|(id, _)| *id), Some(NORTH_GUARD));
    let (row, jpeg) = store.reference_picture(&north(), NORTH_CAMERA, Light::Day).await.unwrap();
    assert_eq!((row, jpeg.as_slice()), (rows[0].clone(), b"second".as_slice()));
}

async fn a_neighbour_finds_neither_zones_nor_pictures(house: House) {
    let store = &house.furnish().await.store;
    let new = put_one(store).await;
    let forged = Access { scope: None, ..north() };
    for stranger in [south(), forged] {
        let kinds = [
            store.camera_zones(&stranger, NORTH_CAMERA).await.unwrap_err().kind(),
            store.put_camera_zones(&stranger, NORTH_CAMERA, (1, &[]), None, at(2)).await.unwrap_err().kind(),
            store
                .approve_reference(&stranger, NORTH_CAMERA, (&new, b"y"), None, at(2))
                .await
                .unwrap_err()
                .kind(),
            store.reference_picture(&stranger, NORTH_CAMERA, Light::Day).await.unwrap_err().kind(),
        ];
        assert_eq!(kinds, [ErrorKind::NotFound; 4]);
        assert!(store.references(&stranger, NORTH_CAMERA).await.unwrap().is_empty());
    }
    assert_eq!(store.camera_zones(&north(), NORTH_CAMERA).await.unwrap().zones.len(), 1);
    assert_eq!(store.reference_picture(&north(), NORTH_CAMERA, Light::Day).await.unwrap().1, b"x");
    let nobody = CameraId(Uuid::from_u128(7));
    let unknown = store.camera_zones(&Access::PLATFORM, nobody).await;
    assert_eq!(unknown.unwrap_err().kind(), ErrorKind::NotFound);
}

async fn a_removed_camera_has_none(house: House) {
    let store = &house.furnish().await.store;
    put_one(store).await;
    store.remove_camera(&north(), NORTH_CAMERA, at(2)).await.unwrap();
    assert_eq!(store.camera_zones(&north(), NORTH_CAMERA).await.unwrap_err().kind(), ErrorKind::NotFound);
    assert!(store.references(&north(), NORTH_CAMERA).await.unwrap().is_empty());
    let put = store.put_camera_zones(&north(), NORTH_CAMERA, (1, &[]), None, at(3)).await;
    assert_eq!(put.unwrap_err().kind(), ErrorKind::NotFound);
}
