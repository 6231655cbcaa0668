//! A province's register of 18 850 units: limits far above what is measured, so that only a lost index or a row-by-row loop fails
//! on a slow machine. The times are printed.

use std::time::{Duration, Instant};

use domain::access::Access;
use domain::category::CATEGORIES;
use domain::ids::{SnapshotId, UnitId};
use domain::unit::{Connection, Duty, Unit};
use store::{NewSnapshot, PageAsk, UnitFilter};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NEW_AREA, NORTH_CAMERA, NORTH_COUNTY, NORTH_SCHOOL, PROVINCE, SOUTH_COUNTY, alarm_id, at, change,
    new_alarm, north, province, unit,
};

/// Times a look five times and reports the median; the first fills the caches of a connection.
async fn looked<T>(what: &str, limit: Duration, look: impl AsyncFn() -> T) -> T {
    let mut done = look().await;
    let mut times = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        done = look().await;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    println!("{what}: {:.1} ms (median of 5)", times[2].as_secs_f64() * 1000.0);
    assert!(times[2] < limit, "{what} took {:?}, limit {limit:?}", times[2]);
    done
}

contract!(a_province_is_kept_counted_and_frozen_in_time);

const UNITS: u128 = 18_850;

async fn timed<T>(what: &str, limit: Duration, work: impl Future<Output = T>) -> T {
    let start = Instant::now();
    let done = work.await;
    let took = start.elapsed();
    println!("{what}: {:.1} ms", took.as_secs_f64() * 1000.0);
    assert!(took < limit, "{what} took {took:?}, limit {limit:?}");
    done
}

async fn a_province_is_kept_counted_and_frozen_in_time(house: House) {
    let store = &house.furnish().await.store;
    println!("engine: {}", store.engine_name());
    let s = Duration::from_secs;
    let regions = [NORTH_COUNTY, SOUTH_COUNTY, NEW_AREA, PROVINCE];
    let mut units: Vec<_> = (0..UNITS)
        .map(|n| {
            let i = n as usize;
            let plain = unit(
                UnitId(Uuid::from_u128(0x100_000 + n)),
                &format!("学校 {n}"),
                CATEGORIES[i % 9],
                regions[i % 4],
            );
            let connection = Connection::ALL[i % Connection::ALL.len()];
            change(Unit { connection, duty: Duty::ALL[i % Duty::ALL.len()], ..plain })
        })
        .collect();
    let platform = Access::PLATFORM;
    timed("apply 18 850 new units", s(20), store.apply_units(&platform, &units, None, at(1))).await.unwrap();
    timed("apply them unchanged", s(20), store.apply_units(&platform, &units, None, at(2))).await.unwrap();
    for one in &mut units {
        one.unit.boarding = true;
    }
    let applied = timed("change them all", s(20), store.apply_units(&platform, &units, None, at(3))).await;
    assert_eq!(applied.unwrap().updated, UNITS as usize);
    let id = SnapshotId(Uuid::from_u128(1));
    let snapshot =
        timed("snapshot", s(20), store.take_snapshot(&platform, &NewSnapshot::of(id, at(3), at(4)))).await;
    assert_eq!(snapshot.unwrap().units, UNITS as i64 + 3);
    let ms = Duration::from_millis;
    for (who, access) in [("the platform", platform), ("the province", province()), ("a city", north())] {
        looked(&format!("count units of {who}"), ms(300), async || store.count_units(&access).await.unwrap())
            .await;
    }
    looked("cells", ms(300), async || store.snapshot_cells(id).await.unwrap()).await;
    let page = async |filter: &UnitFilter, after| {
        let ask = PageAsk { limit: 50, after };
        looked("page of units", ms(300), async || store.units(&province(), filter, &ask).await.unwrap()).await
    };
    let first = page(&UnitFilter::default(), None).await;
    page(&UnitFilter::default(), first.next).await;
    page(&UnitFilter { text: Some("999".to_owned()), ..UnitFilter::default() }, None).await;
    for n in 0..9_u128 {
        let mut new = new_alarm(alarm_id(0x9000 + n), NORTH_SCHOOL, NORTH_CAMERA, 10);
        new.alarm.camera_id = None;
        timed("raise", ms(1000), house.raise(new)).await;
    }
}
