//! The registry desk: imports that are whole or nothing, and figures that come from what was frozen.

use domain::bulletin::Settings;
use domain::figures::Measure;
use platform::figures::{SnapshotKey, TableAsk};
use platform::rows::{PageAsk, UnitFilter};

use crate::fixture::World;

const GOOD: &str = "单位名称,类别,设区市,县（市、区）,学校代码\n\
    南昌市东湖区第一实验幼儿园,幼儿园,南昌市,东湖区,3136000001\n\
    南昌市东湖区第二实验幼儿园,幼儿园,南昌市,东湖区,3136000002\n";
const BAD: &str = "单位名称,类别,设区市,县（市、区）,学校代码\n\
    南昌市东湖区第一实验幼儿园,幼儿园,南昌市,东湖区,3136000001\n\
    某小卖部,小卖部,南昌市,东湖区,\n";

async fn kindergartens(world: &World) -> usize {
    let filter = UnitFilter { text: Some("实验幼儿园".to_owned()), ..UnitFilter::default() };
    let page = PageAsk { limit: 50, after: None };
    world.platform.units(&world.operator(), &filter, &page).await.unwrap().items.len()
}

#[tokio::test]
async fn one_bad_row_and_nothing_is_imported() {
    let world = World::new().await;
    let outcome =
        world.platform.import_units(&world.operator(), "units.csv", BAD.into(), false).await.unwrap();
    assert!(!outcome.applied);
    assert_eq!(outcome.errors.len(), 1);
    assert_eq!(outcome.errors[0].row, 3);
    assert_eq!(kindergartens(&world).await, 0);
    assert!(!platform::registry::error_sheet(&outcome.errors).unwrap().is_empty());
}

#[tokio::test]
async fn a_good_sheet_is_checked_then_imported_and_the_same_again_changes_nothing() {
    let world = World::new().await;
    let import = |dry_run| {
        let (platform, ask) = (world.platform.clone(), world.operator());
        async move { platform.import_units(&ask, "units.csv", GOOD.into(), dry_run).await.unwrap() }
    };
    let checked = import(true).await;
    assert_eq!((checked.created, checked.applied), (2, false));
    assert_eq!(kindergartens(&world).await, 0);
    let imported = import(false).await;
    assert_eq!((imported.created, imported.applied), (2, true));
    assert_eq!(kindergartens(&world).await, 2);
    let again = import(false).await;
    assert_eq!((again.created, again.updated, again.unchanged), (0, 0, 2));
}

#[tokio::test]
async fn a_bulletin_prints_what_the_snapshot_froze() {
    let world = World::new().await;
    let ask = world.operator();
    let snapshot = world.platform.take_snapshot(&ask, None, None).await.unwrap();
    assert_eq!(snapshot.units, 2);
    world.platform.import_units(&ask, "units.csv", GOOD.into(), false).await.unwrap();
    let table = world
        .platform
        .figure_table(&ask, SnapshotKey::Latest, &TableAsk::of(Measure::Connection))
        .await
        .unwrap();
    assert_eq!(table.table.total.denominator, 2, "frozen before the import");
    let key = SnapshotKey::Id(snapshot.id);
    let id = world.platform.new_bulletin(&ask, key, None, Settings::default()).await.unwrap();
    let bulletin = world.platform.bulletin(&ask, id).await.unwrap();
    assert!(bulletin.written.text.contains("寄宿制中小学校"));
    assert!(
        bulletin.written.figures.iter().any(|figure| figure.denominator == Some(2)),
        "frozen before the import"
    );
}
