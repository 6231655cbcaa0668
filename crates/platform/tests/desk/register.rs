//! The register of units that should connect, from a spreadsheet to a figure: imported by one, counted after another approves.

use domain::access::Scope;
use domain::figures::Measure;
use domain::register::change::{ChangeKind, ChangeReason, ChangeState};
use domain::role::Role;
use platform::PlatformError;
use platform::figures::{SheetFormat, SnapshotKey, TableAsk, TrendAsk};
use platform::progress::ProgressFilter;
use platform::rows::{DifferenceFilter, FigureFilter, PageAsk};

use crate::fixture::World;

const SHEET: &str = "单位名称,类别,设区市,县（市、区）,学校代码\n\
    =cmd|calc,幼儿园,南昌市,东湖区,3136000001\n\
    南昌市东湖区第二实验幼儿园,幼儿园,南昌市,东湖区,3136000002\n";

fn page() -> PageAsk {
    PageAsk { limit: 50, after: None }
}

async fn total(world: &World) -> (Option<i64>, u64) {
    let ask = world.operator();
    let snapshot = world.platform.take_snapshot(&ask, None, None).await.unwrap();
    let wanted = TableAsk::of(Measure::Connection);
    let table = world.platform.figure_table(&ask, SnapshotKey::Id(snapshot.id), &wanted).await.unwrap();
    (snapshot.register_version, table.table.total.denominator)
}

#[tokio::test]
async fn what_a_county_imports_counts_after_the_province_approves() {
    let world = World::new().await;
    let province = world.province().await;
    let founded = world.platform.register_new_units(&world.ask(province), "first").await.unwrap();
    assert_eq!((founded.version, founded.units), (Some(1), 2));
    world.wait_s(10);
    let county = world.person("county", Role::County, Scope::Region(world.county)).await;
    let sheet = SHEET.replace("东湖区", &world.county_name().await);
    let imported =
        world.platform.import_units(&world.ask(county), "new.csv", sheet.into(), false).await.unwrap();
    assert_eq!((imported.created, imported.proposed, imported.register_version), (2, 2, None));
    world.wait_s(10);
    assert_eq!(total(&world).await, (Some(1), 2), "they exist and do not count");
    world.wait_s(10);
    let open =
        world.platform.register_changes(&world.ask(province), Some(ChangeState::Proposed), &page()).await;
    let ids: Vec<_> = open.unwrap().items.iter().map(|change| change.id).collect();
    assert_eq!(ids.len(), 2);
    let denied = world.platform.decide_register_changes(&world.ask(county), &ids, true, None).await;
    assert!(matches!(denied, Err(PlatformError::Denied(_))), "a county does not approve");
    let version =
        world.platform.decide_register_changes(&world.ask(province), &ids, true, None).await.unwrap();
    assert_eq!(version.unwrap().version, 2);
    world.wait_s(10);
    assert_eq!(total(&world).await, (Some(2), 4));
    // A city approves within its reach, and nobody what they proposed.
    let city = world.person("city", Role::City, Scope::Region(world.city().await)).await;
    let school = world.school;
    let propose = |ask| {
        let platform = world.platform.clone();
        async move {
            platform
                .propose_register_change(&ask, school, ChangeKind::Remove, ChangeReason::Merged, None)
                .await
        }
    };
    let own = propose(world.ask(city)).await.unwrap().id;
    let refused = world.platform.decide_register_changes(&world.ask(city), &[own], true, None).await;
    assert!(matches!(refused, Err(PlatformError::Conflict(_))), "{refused:?}");
    let stranger = propose(world.ask(world.stranger().await)).await;
    assert!(matches!(stranger, Err(PlatformError::NotFound)));
    world
        .platform
        .decide_register_changes(&world.ask(province), &[own], false, Some("不同意".to_owned()))
        .await
        .unwrap();
}

#[tokio::test]
async fn an_import_into_an_empty_register_makes_the_first_version() {
    let world = World::new().await;
    let imported =
        world.platform.import_units(&world.operator(), "all.csv", SHEET.into(), false).await.unwrap();
    assert_eq!((imported.register_version, imported.proposed), (Some(1), 0));
    assert_eq!(total(&world).await, (Some(1), 4));
}

#[tokio::test]
async fn what_is_shown_can_be_taken_home() {
    let world = World::new().await;
    let ask = world.operator();
    let before = world.platform.take_snapshot(&ask, None, None).await.unwrap();
    world.wait_s(86_400 * 8);
    let ask = world.operator();
    world.platform.import_units(&ask, "all.csv", SHEET.into(), false).await.unwrap();
    world.wait_s(1);
    let ask = world.operator();
    let after = world.platform.take_snapshot(&ask, None, None).await.unwrap();
    let (from, to) = (SnapshotKey::Id(before.id), SnapshotKey::Id(after.id));
    let compared = world.platform.compare_snapshots(&ask, from, to).await.unwrap();
    assert_eq!((compared.counts.added, compared.counts.removed), (2, 0));
    let sums = compared.rows.iter().fold((0, 0), |sum, row| (sum.0 + row.from.total, sum.1 + row.to.total));
    assert_eq!(sums, (2, 4));
    let all = FigureFilter::all(Measure::Connection);
    let csv = world.platform.units_file(&ask, to, &all, SheetFormat::Csv).await.unwrap();
    let csv = String::from_utf8(csv).unwrap();
    assert_eq!(csv.lines().count(), 5);
    assert!(csv.contains("\r\n'=cmd|calc,"), "a name is no formula: {csv}");
    let since = TableAsk { since: Some(from), ..TableAsk::of(Measure::Connection) };
    for file in [
        world.platform.units_file(&ask, to, &all, SheetFormat::Xlsx).await.unwrap(),
        world.platform.figures_file(&ask, to, &since).await.unwrap(),
        world
            .platform
            .differences_file(&ask, (from, to), &DifferenceFilter::default(), SheetFormat::Xlsx)
            .await
            .unwrap(),
        world.platform.overdue_file(&ask, to, &ProgressFilter::default(), SheetFormat::Xlsx).await.unwrap(),
    ] {
        assert!(file.starts_with(b"PK"));
    }
    let guard = world.guard().await;
    let denied = world.platform.units_file(&world.ask(guard), to, &all, SheetFormat::Csv).await;
    assert!(matches!(denied, Err(PlatformError::Denied(_))));
    let stranger = world.stranger().await;
    let seen = world.platform.units_file(&world.ask(stranger), to, &all, SheetFormat::Csv).await.unwrap();
    assert_eq!(String::from_utf8(seen).unwrap().lines().count(), 2, "only the stranger's own school");
    let wanted = TrendAsk { measure: Measure::Connection, category: None, region_id: None, weeks: 4 };
    let trend = world.platform.trend(&ask, &wanted).await.unwrap();
    assert_eq!(trend.points.iter().map(|(_, point)| point.ratio.denominator).collect::<Vec<_>>(), [2, 4]);
    assert!(trend.weekly_rate.unwrap().denominator_changed);
    let lines = world.platform.trend_file(&ask, &wanted, SheetFormat::Csv).await.unwrap();
    assert_eq!(String::from_utf8(lines).unwrap().lines().count(), 3);
}

#[tokio::test]
async fn deadlines_are_held_against_the_snapshot() {
    let world = World::new().await;
    let ask = world.operator();
    world.platform.import_units(&ask, "all.csv", SHEET.into(), false).await.unwrap();
    world.wait_s(1);
    let ask = world.operator();
    world.platform.take_snapshot(&ask, None, None).await.unwrap();
    let all = ProgressFilter::default();
    let progress = world.platform.progress(&ask, SnapshotKey::Latest, &all, &page()).await.unwrap();
    let kindergartens = progress
        .milestones
        .iter()
        .find(|held| held.milestone.category == domain::category::Category::Kindergarten)
        .unwrap();
    // The story plays on 25 November 2025, Beijing time: 178 days after 31 May.
    assert_eq!((kindergartens.overdue_days, kindergartens.units, kindergartens.not_connected), (178, 2, 2));
    assert!(
        progress
            .units
            .items
            .iter()
            .any(|late| late.unit.unit.name == "=cmd|calc" && late.overdue_days == 178)
    );
    let city = ProgressFilter { region_id: Some(world.city().await), ..all };
    let here = world.platform.progress(&ask, SnapshotKey::Latest, &city, &page()).await.unwrap();
    let units = |progress: &platform::progress::Progress| {
        progress.milestones.iter().map(|held| held.units).sum::<u64>()
    };
    assert!(units(&here) <= units(&progress));
    let stranger = world.stranger().await;
    let seen =
        world.platform.progress(&world.ask(stranger), SnapshotKey::Latest, &all, &page()).await.unwrap();
    assert!(seen.units.items.is_empty());
}

#[tokio::test]
async fn a_table_by_county_adds_up_to_its_city() {
    let world = World::new().await;
    let ask = world.operator();
    world.platform.take_snapshot(&ask, None, None).await.unwrap();
    let city = world.city().await;
    let by_city = world
        .platform
        .figure_table(&ask, SnapshotKey::Latest, &TableAsk::of(Measure::Connection))
        .await
        .unwrap();
    let wanted = TableAsk { counties_of: Some(city), ..TableAsk::of(Measure::Connection) };
    let by_county = world.platform.figure_table(&ask, SnapshotKey::Latest, &wanted).await.unwrap();
    let ours = by_city.table.by_city_total.iter().find(|one| one.region_id == city).unwrap();
    assert_eq!(by_county.table.total, ours.ratio);
    let county = by_county.table.by_city_total.iter().find(|one| one.region_id == world.county).unwrap();
    assert!(county.ratio.denominator >= 1);
    let wrong = TableAsk { counties_of: Some(world.county), ..wanted };
    assert!(
        world.platform.figure_table(&ask, SnapshotKey::Latest, &wrong).await.is_err(),
        "a county has no counties"
    );
}
