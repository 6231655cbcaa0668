//! Cameras: entered, changed, removed, seen.

use domain::access::Access;
use domain::camera::CameraState;
use domain::ids::CameraId;
use store::{CameraFilter, CameraRecord, CameraSource, ErrorKind, PageAsk, SeenState};
use uuid::Uuid;

use crate::contract;
use crate::house::{House, NORTH_CAMERA, NORTH_SCHOOL, SOUTH_CAMERA, at, camera, north, province};

contract!(
    a_camera_is_entered_changed_and_removed,
    a_state_keeps_its_beginning,
    cameras_are_listed_by_unit_and_found_by_name,
);

async fn a_camera_is_entered_changed_and_removed(house: House) {
    let store = &house.furnish().await.store;
    let place = store.camera(&north(), NORTH_CAMERA).await.unwrap();
    assert_eq!(place.camera, camera(NORTH_CAMERA, NORTH_SCHOOL));
    assert_eq!((place.unit_name.as_str(), place.city.as_deref()), ("武宁第一中学", Some("九江市")));
    let twice = store.add_camera(&north(), &place.camera, None, at(1)).await;
    assert_eq!(twice.unwrap_err().kind(), ErrorKind::Conflict);
    let address = "rtsp://127.0.0.1:8554/gate".to_owned();
    let source = CameraSource::Rtsp {
        address,
        sub_address: None,
        onvif_address: None,
        user_name: None,
        sealed_password: Some(vec![7]),
    };
    let changed = CameraRecord { source, watch_enabled: false, disabled: true, ..place.camera };
    store.update_camera(&north(), &changed, None, at(2)).await.unwrap();
    assert_eq!(store.camera(&north(), NORTH_CAMERA).await.unwrap().camera, changed);
    store.remove_camera(&north(), NORTH_CAMERA, at(3)).await.unwrap();
    assert_eq!(store.camera(&north(), NORTH_CAMERA).await.unwrap_err().kind(), ErrorKind::NotFound);
    // Null into a column that refuses null: nothing of the password is left.
    assert!(
        house
            .behind(
                "insert into setting select 'kept', sealed_password from camera where removed_at is not null"
            )
            .await
            .is_err()
    );
    let again = store.remove_camera(&north(), NORTH_CAMERA, at(3)).await;
    assert_eq!(again.unwrap_err().kind(), ErrorKind::NotFound);
    let left: Vec<_> = store.all_cameras().await.unwrap().into_iter().map(|row| row.camera.id).collect();
    assert_eq!(left, [SOUTH_CAMERA]);
}

async fn a_state_keeps_its_beginning(house: House) {
    let store = &house.furnish().await.store;
    let seen = async || store.camera(&north(), NORTH_CAMERA).await.unwrap().seen;
    assert_eq!(seen().await, None);
    for (s, state, reason) in [
        (1, CameraState::Connecting, None),
        (2, CameraState::Unreachable, Some("refused")),
        (9, CameraState::Unreachable, Some("timeout")),
    ] {
        store.record_camera_state(NORTH_CAMERA, state, reason, at(s)).await.unwrap();
    }
    let reason = Some("timeout".to_owned());
    assert_eq!(seen().await, Some(SeenState { state: CameraState::Unreachable, reason, since: at(2) }));
    store.record_camera_state(NORTH_CAMERA, CameraState::Online, None, at(10)).await.unwrap();
    assert_eq!(seen().await, Some(SeenState { state: CameraState::Online, reason: None, since: at(10) }));
    let nobody = CameraId(Uuid::from_u128(7));
    let unknown = store.record_camera_state(nobody, CameraState::Online, None, at(1)).await;
    assert_eq!(unknown.unwrap_err().kind(), ErrorKind::NotFound);
}

async fn cameras_are_listed_by_unit_and_found_by_name(house: House) {
    let store = &house.furnish().await.store;
    let listed = async |filter: CameraFilter| {
        let page = store.cameras(&province(), &filter, &PageAsk::first(10)).await.unwrap();
        page.items.into_iter().map(|row| row.camera.id).collect::<Vec<_>>()
    };
    let named =
        CameraRecord { name: "Gate A".to_owned(), ..camera(CameraId(Uuid::from_u128(0x1111)), NORTH_SCHOOL) };
    store.add_camera(&Access::PLATFORM, &named, None, at(1)).await.unwrap();
    assert_eq!(listed(CameraFilter::default()).await, [named.id, NORTH_CAMERA, SOUTH_CAMERA]);
    assert_eq!(
        listed(CameraFilter { unit_id: Some(NORTH_SCHOOL), text: None }).await,
        [named.id, NORTH_CAMERA]
    );
    assert_eq!(listed(CameraFilter { unit_id: None, text: Some("gate".to_owned()) }).await, [named.id]);
    assert_eq!(listed(CameraFilter { unit_id: None, text: Some("信丰".to_owned()) }).await, [SOUTH_CAMERA]);
}
