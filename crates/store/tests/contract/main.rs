//! The contract of the store: one suite, two engines. Each story runs on SQLite in a temporary folder, and on PostgreSQL in a schema
//! of its own when `WATCHFIRE_TEST_POSTGRES_URL` is set (`tests/with_postgres.sh` sets it); without it the PostgreSQL half says
//! that it was skipped.
#![allow(clippy::unwrap_used, reason = "the stories are tests; their helpers are not marked as such")]
#![allow(clippy::print_stdout, reason = "says what was skipped and how long things took")]

mod alarms;
mod audit;
mod bulletins;
mod cameras;
mod channels;
mod contacts;
mod contracts;
mod devices;
mod drills;
mod duty_ledger;
mod duty_rooms;
mod exports;
mod facilities;
mod figures;
mod hostile;
mod house;
mod incidents;
mod ladder;
mod lookups;
mod moving;
mod notices;
mod obstacles;
mod opening;
mod orders;
mod organisation_files;
mod paging;
mod past;
mod people;
mod pins;
mod quality;
mod recorded_days;
mod recorder;
mod recordings;
mod recordings_going;
mod regions;
mod register;
mod repeats;
mod roll_calls;
mod scope;
mod silences;
mod speed;
mod supervision;
mod units;
mod uppers;
mod watchdog;
mod zones;

/// Makes two tests of each story.
macro_rules! contract {
    ($($story:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                super::$story($crate::house::House::sqlite().await).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                if let Some(house) = $crate::house::House::postgres().await {
                    super::$story(house.clone()).await;
                    house.remove().await;
                }
            })+
        }
    };
}
pub(crate) use contract;
