//! The register of units that should connect, for a demonstration: a first version of everything, and some proposals that wait.

use domain::category::Category;
use domain::register::change::{ChangeKind, ChangeReason};
use domain::register::expand::synthetic_id;
use domain::unit::{Connection, Duty, Provenance, Unit};
use platform::rows::UnitChange;
use platform::{Ask, Platform};

use super::Schools;

/// Number of the invented unit that no count table knows, far behind the last of the register's own.
const NEW_SCHOOL: u64 = 1_000_000;

/// Makes version 1 of every unit there is, then lets a new kindergarten and two departures wait for a decision.
pub async fn fill(platform: &Platform, ask: &Ask, schools: &Schools) -> anyhow::Result<()> {
    platform.register_new_units(ask, "演示底册（合成） demonstration, synthetic").await?;
    let new = Unit {
        id: synthetic_id(NEW_SCHOOL),
        name: "新设幼儿园（演示）".to_owned(),
        category: Category::Kindergarten,
        school_code: None,
        connection: Connection::NotStarted,
        duty: Duty::None,
        ..schools.kindergarten.clone()
    };
    let change = UnitChange {
        unit: new,
        connection_provenance: Provenance::Reported,
        duty_provenance: Provenance::Reported,
        source: "demo".to_owned(),
    };
    platform.seed_units(ask, &[change]).await?;
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
