//! The weeks before a demonstration: the register grew connected step by step, with a snapshot of each step, so that changes, trends and
//! forecasts have something to show. All of it is synthetic, the dates included; the last step is the register as the count table has it.

use anyhow::Context as _;
use domain::unit::{Connection, Duty, Provenance, Unit};
use jiff::SignedDuration;
use platform::rows::UnitChange;
use platform::{Ask, Platform};

use super::{Schools, register};

/// Days before now of each step, and of a hundred units connected now how many were not yet then.
const STEPS: [(i64, usize); 4] = [(56, 12), (28, 6), (7, 2), (0, 0)];

/// Fills the register, its versions and one snapshot for each step.
pub async fn fill(platform: &Platform, ask: &Ask, units: Vec<Unit>, schools: &Schools) -> anyhow::Result<()> {
    let keep = [schools.boarding.id, schools.kindergarten.id];
    for (index, (days, missing)) in STEPS.into_iter().enumerate() {
        let now = ask.now.saturating_sub(SignedDuration::from_hours(24 * days))?;
        let then = Ask { now, ..ask.clone() };
        let as_it_was = |(number, unit): (usize, &Unit)| {
            let later = number % 100 < missing && !keep.contains(&unit.id);
            change(if later { before_connection(unit) } else { unit.clone() })
        };
        let changes: Vec<UnitChange> = units.iter().enumerate().map(as_it_was).collect();
        platform.seed_units(&then, &changes).await.context("register")?;
        if index == 0 {
            platform.register_new_units(&then, "演示底册（合成） demonstration, synthetic").await?;
        }
        if days == 0 {
            register::propose(platform, ask, schools).await.context("proposals for the register")?;
        }
        let note = "演示数据（合成） demonstration, synthetic".to_owned();
        platform.take_snapshot(&then, None, Some(note)).await.context("snapshot")?;
    }
    Ok(())
}

/// The unit while it was still being built: neither connected nor on duty.
fn before_connection(unit: &Unit) -> Unit {
    let connection = match unit.connection {
        Connection::Connected => Connection::Building,
        other => other,
    };
    let duty = match unit.duty {
        Duty::Valid => Duty::Claimed,
        other => other,
    };
    Unit { connection, duty, ..unit.clone() }
}

/// A wanted state, as reported by the unit.
pub fn change(unit: Unit) -> UnitChange {
    UnitChange {
        unit,
        connection_provenance: Provenance::Reported,
        duty_provenance: Provenance::Reported,
        source: "demo".to_owned(),
    }
}
