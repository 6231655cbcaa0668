//! Proposals for the register of units that should connect, so that a demonstration has something to decide.

use domain::category::Category;
use domain::register::change::{ChangeKind, ChangeReason};
use domain::register::expand::synthetic_id;
use domain::unit::{Connection, Duty, Unit};
use platform::{Ask, Platform};

use super::Schools;
use super::history::change;

/// Number of the invented unit that no count table knows, far behind the last of the register's own.
const NEW_SCHOOL: u64 = 1_000_000;

/// Lets a new kindergarten and two departures wait for a decision.
pub async fn propose(platform: &Platform, ask: &Ask, schools: &Schools) -> anyhow::Result<()> {
    let new = Unit {
        id: synthetic_id(NEW_SCHOOL),
        name: "新设幼儿园（演示）".to_owned(),
        category: Category::Kindergarten,
        school_code: None,
        connection: Connection::NotStarted,
        duty: Duty::None,
        ..schools.kindergarten.clone()
    };
    platform.seed_units(ask, &[change(new)]).await?;
    platform.register_new_units(ask, "演示：新设单位").await?;
    let page = platform::rows::PageAsk { limit: 200, after: None };
    let filter = platform::rows::UnitFilter {
        region_id: Some(schools.kindergarten.region_id),
        category: Some(Category::TrainingInstitution),
        connection: Some(Connection::NotStarted),
        ..platform::rows::UnitFilter::default()
    };
    let leaving = platform.units(ask, &filter, &page).await?.items;
    for (row, reason) in leaving.iter().zip([ChangeReason::Closed, ChangeReason::Merged]) {
        let note = Some("演示数据（合成）".to_owned());
        platform.propose_register_change(ask, row.unit.id, ChangeKind::Remove, reason, note).await?;
    }
    Ok(())
}
