//! The drawn scenes: same seed, same pictures; fire where fire should be, and the word SIMULATED everywhere.

use simulator::Scene;
use simulator::picture::Picture;
use simulator::scene::{BLOCKED_S, FIRE_FROM_S, FRAME_RATE, WIDTH_PX};
use watchfire_simulator as simulator;

/// Pixels as bright and orange as nothing but a flame is.
fn flame_pixels(picture: &Picture) -> usize {
    picture
        .to_rgb()
        .chunks_exact(3)
        .filter(|rgb| rgb[0] > 200 && rgb[2] < 110 && rgb[0] - rgb[2] > 110)
        .count()
}

/// White pixels where the label is.
fn label_pixels(picture: &Picture) -> usize {
    let (luma, ..) = picture.planes();
    (10..24)
        .flat_map(|row| &luma[row * picture.width + 12..row * picture.width + 120])
        .filter(|y| **y > 220)
        .count()
}

#[test]
fn the_corridor_is_quiet_then_burns() {
    let before = (FIRE_FROM_S as u32 * FRAME_RATE) as usize - 1;
    let mut pictures = Scene::CorridorFire.pictures(5);
    let quiet = pictures.by_ref().nth(before).expect("the loop is longer");
    let burning = pictures.by_ref().nth(100).expect("the loop is longer");
    assert_eq!(flame_pixels(&quiet), 0);
    assert!(flame_pixels(&burning) > 600, "{}", flame_pixels(&burning));
    for picture in [&quiet, &burning] {
        assert!(label_pixels(picture) > 300, "{}", label_pixels(picture));
    }
}

#[test]
fn quiet_scenes_hold_no_flame_and_repeat_exactly() {
    for scene in [Scene::CorridorQuiet, Scene::DutyRoom, Scene::FailingCamera, Scene::CorridorExit] {
        let picture = scene.pictures(7).nth(100).expect("the loop is longer");
        // Somebody may wear yellow.
        assert!(flame_pixels(&picture) < 150, "{}: {}", scene.name(), flame_pixels(&picture));
        assert!(label_pixels(&picture) > 300, "{}", scene.name());
    }
    let again = || Scene::DutyRoom.pictures(9).nth(1);
    assert!(again() == again(), "the same seed gives the same pictures");
    assert!(again() != Scene::DutyRoom.pictures(10).nth(1), "another seed gives another room");
}

/// Share of the middle of the picture, where the exit is, that differs by more than noise.
fn changed_at_exit(a: &Picture, b: &Picture) -> f32 {
    let (a, b) = (a.planes().0, b.planes().0);
    let (columns, rows) = (WIDTH_PX / 3..WIDTH_PX * 2 / 3, 100..300);
    let places = rows.flat_map(|row| columns.clone().map(move |column| row * WIDTH_PX + column));
    let (mut changed, mut all) = (0, 0);
    for at in places {
        all += 1;
        changed += usize::from(a[at].abs_diff(b[at]) > 20);
    }
    changed as f32 / all as f32
}

#[test]
fn the_exit_is_free_then_blocked_then_free() {
    let at = |s: f32| (s * FRAME_RATE as f32) as usize;
    let mut pictures = Scene::CorridorExit.pictures(1);
    let free = pictures.next().expect("the loop begins");
    let blocked = pictures.nth(at(BLOCKED_S[0] + 5.0)).expect("the loop is longer");
    let free_again = pictures.nth(at(BLOCKED_S[1] - BLOCKED_S[0] - 4.0)).expect("the loop is longer");
    assert!(changed_at_exit(&free, &blocked) > 0.05, "{}", changed_at_exit(&free, &blocked));
    assert!(changed_at_exit(&free, &free_again) < 0.01, "{}", changed_at_exit(&free, &free_again));
    assert!(label_pixels(&blocked) > 300);
}

#[test]
fn names_lead_back_to_their_scenes() {
    for scene in Scene::ALL {
        assert_eq!(Scene::from_name(scene.name()), Some(scene));
    }
    assert_eq!(Scene::from_name("kitchen"), None);
}
