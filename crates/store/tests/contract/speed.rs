//! A province's register of 18 850 units: limits far above what is measured, so that only a lost index or a row-by-row loop fails
//! on a slow machine. The times are printed.

use std::time::{Duration, Instant};

use domain::access::Access;
use domain::category::CATEGORIES;
use domain::ids::{SnapshotId, UnitId};
use domain::unit::{Connection, Duty, Unit};
use store::{AnswerFilter, AnswersBy, NewSnapshot, PageAsk, UnitFilter};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NEW_AREA, NORTH_CAMERA, NORTH_COUNTY, NORTH_SCHOOL, PROVINCE, SOUTH_COUNTY, alarm_id, at, camera,
    change, new_alarm, north, province, unit,
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

contract!(a_province_is_kept_counted_and_frozen_in_time, a_month_of_answers_is_counted_in_time);

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

/// A month of a province at half an alarm a unit and day, spread over 500 cameras; every sixth was real.
async fn a_month_of_answers_is_counted_in_time(house: House) {
    const ANSWERS: i64 = 180_000;
    const CAMERAS: u128 = 500;
    let store = &house.furnish().await.store;
    println!("engine: {}", store.engine_name());
    for n in 0..CAMERAS {
        let id = domain::ids::CameraId(Uuid::from_u128(0x8000_0000_0000 + n));
        store.add_camera(&Access::PLATFORM, &camera(id, NORTH_SCHOOL), None, at(0)).await.unwrap();
    }
    let (start_us, month_us) = (at(0).as_microsecond(), 30 * 86_400_000_000_i64);
    let fill = format!(
        "insert into alarm (id, code, level, state, is_open, marks, drill, simulated, unit_id, camera_id, source, occurred_at, pushed_at,
             verified_at, false_alarm_reason, has_result_picture, version, score, boxes, model, joined_count, last_step_at)
         with recursive n(i) as (select 1 union all select i + 1 from n where i < {ANSWERS})
         select 'aaaaaaaa-0000-7000-8000-' || (100000000000 + i), case when i % 3 = 0 then 'F02' else 'F01' end, 1,
             case when i % 6 = 0 then 'closed' else 'false_alarm' end, false, '[]', false, true, '{NORTH_SCHOOL}', c.id, 'ai',
             {start_us} + i * ({month_us} / {ANSWERS}), {start_us} + i * ({month_us} / {ANSWERS}), {start_us} + i * ({month_us} / {ANSWERS}),
             case when i % 6 = 0 then null when i % 2 = 0 then 'steam_fog' else 'dust' end, false, 3, (i % 89) / 100.0, '[]', 'test-model', 0, 0
         from n join (select id, row_number() over (order by id) - 1 as place from camera where id >= '00000000-0000-0000-0000-8') c
             on c.place = i % {CAMERAS}"
    );
    house.behind(&fill).await.unwrap();
    if !house.is_sqlite() {
        house.behind("analyze").await.unwrap();
    }
    let filter = AnswerFilter { from: at(0), until: at(31 * 86_400), code: None, camera_id: None };
    let ms = Duration::from_millis;
    let count = async |by| store.answers(&province(), by, &filter).await.unwrap();
    let rules = looked("180 000 answers by rule", ms(6000), async || count(AnswersBy::Rule).await).await;
    assert_eq!(rules.iter().map(|rule| i64::from(rule.answers.answered())).sum::<i64>(), ANSWERS);
    let cameras = looked("the same by camera", ms(6000), async || count(AnswersBy::Camera).await).await;
    assert_eq!(cameras.len(), 1000, "two rules at each camera");
}
