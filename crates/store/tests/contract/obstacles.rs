//! What kept cameras from being recorded, and since when they are to be.

use domain::recording::{GapCause, Span, StateSpan};
use store::{ErrorKind, Obstacle};

use crate::contract;
use crate::house::{House, NORTH_CAMERA, SOUTH_CAMERA, at, north};

contract!(
    what_stands_in_the_way_ends_at_the_next_start,
    a_camera_is_to_be_recorded_since_the_first_time,
    an_obstacle_is_a_known_camera_s,
);

fn obstacle(from: i64, until: Option<i64>, cause: GapCause) -> Obstacle {
    Obstacle { camera_id: NORTH_CAMERA, from: at(from), until: until.map(at), cause }
}

async fn what_stands_in_the_way_ends_at_the_next_start(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let all = [obstacle(0, Some(10), GapCause::Disk), obstacle(20, None, GapCause::Offline)];
    store.write_obstacles(&all).await.unwrap();
    let span = Span::new(at(5), at(30));
    let known = |from, until, cause| StateSpan { span: Span::new(at(from), at(until)), cause };
    let before = [known(5, 10, GapCause::Disk), known(20, 30, GapCause::Offline)];
    assert_eq!(store.obstacles(NORTH_CAMERA, &span).await.unwrap(), before);
    assert_eq!(store.end_obstacles(at(25)).await.unwrap(), 1);
    let after = [before[0], known(20, 25, GapCause::Offline)];
    assert_eq!(store.obstacles(NORTH_CAMERA, &span).await.unwrap(), after);
    assert_eq!(store.obstacles(SOUTH_CAMERA, &span).await.unwrap(), []);
    assert_eq!(store.forget_obstacles(at(11)).await.unwrap(), 1);
    assert_eq!(store.obstacles(NORTH_CAMERA, &span).await.unwrap(), after[1..]);
}

async fn a_camera_is_to_be_recorded_since_the_first_time(house: House) {
    let store = &house.furnish().await.equip().await.store;
    store.begin_recording(NORTH_CAMERA, at(7)).await.unwrap();
    store.begin_recording(NORTH_CAMERA, at(9)).await.unwrap();
    let mut camera = store.camera(&north(), NORTH_CAMERA).await.unwrap().camera;
    assert_eq!((camera.recorded_since, camera.is_recorded), (Some(at(7)), None));
    camera.is_recorded = Some(false);
    store.update_camera(&north(), &camera, None, at(10)).await.unwrap();
    let camera = store.camera(&north(), NORTH_CAMERA).await.unwrap().camera;
    assert_eq!((camera.recorded_since, camera.is_recorded), (Some(at(7)), Some(false)));
}

async fn an_obstacle_is_a_known_camera_s(house: House) {
    let refused = house.store.write_obstacles(&[obstacle(0, None, GapCause::Offline)]).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::NotFound);
    house.furnish().await.equip().await;
    let refused = house.store.write_obstacles(&[obstacle(9, Some(1), GapCause::Offline)]).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Invalid);
}
