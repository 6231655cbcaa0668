//! The load of operators: counted from what they were told, against the target, and a flood with its beginning and end.

use domain::access::Access;
use domain::alarm::AlarmCode;
use platform::alarms::{ManualAlarm, OperatorLoad};

use crate::fixture::World;

/// Raises alarms at the school and has the ladder tell of them.
async fn raise(world: &World, count: usize, code: AlarmCode) {
    for n in 0..count {
        let note = format!("第 {n} 条");
        let report = ManualAlarm { unit_id: world.school, camera_id: None, code, note, occurred_at: None };
        world.platform.raise_manual(&world.operator(), report).await.unwrap();
    }
    while world.platform.deliver_outbox().await.unwrap() > 0 {}
    world.platform.read_ladders(world.now()).await.unwrap();
}

async fn loads(world: &World, who: Access) -> Vec<OperatorLoad> {
    world.platform.operator_load(&world.ask(who)).await.unwrap()
}

#[tokio::test]
async fn a_guard_is_flooded_by_what_called_them_and_supervisors_see_it() {
    let world = World::new().await;
    let (guard, manager, stranger) = (world.guard().await, world.manager().await, world.stranger().await);
    let county = world.province().await;
    let own = async || loads(&world, guard).await.remove(0);
    assert_eq!((own().await.load.in_window, own().await.load.flooded_since), (0, None));
    raise(&world, 10, AlarmCode::E01).await;
    assert_eq!((own().await.load.in_window, own().await.load.flooded_since), (10, None), "ten are no flood");
    world.wait_s(60);
    raise(&world, 1, AlarmCode::S01).await;
    let flooded = own().await;
    assert_eq!((flooded.load.in_window, flooded.load.flooded_since), (11, Some(world.now())));
    assert_eq!(
        loads(&world, county).await,
        std::slice::from_ref(&flooded),
        "who supervises sees whose desk is full"
    );
    assert_eq!(loads(&world, stranger).await, [], "of another county");
    assert_eq!(loads(&world, manager).await, [], "a county's guard is no school's to see");
    // A second telling of the same alarm is no second alarm.
    world.wait_s(300);
    while world.platform.deliver_outbox().await.unwrap() > 0 {}
    world.platform.read_ladders(world.now()).await.unwrap();
    assert_eq!(own().await.load.in_window, 11);
    world.wait_s(241);
    let over = own().await;
    assert_eq!((over.load.in_window, over.load.flooded_since), (1, None), "ten have left the window");
    assert_eq!((over.in_hour, over.in_day), (11, 11));
}
