//! How much operators have to do: alarms that called each of them, against what a person can work.

use domain::alarm::load::{Load, load_at};
use domain::ids::UserId;
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};

use crate::{Ask, Platform, PlatformError};

/// Calls of this long are looked at: the target is one of the long run.
const LOOKED_BACK: SignedDuration = SignedDuration::from_hours(24);

/// The load of an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorLoad {
    /// Who.
    pub user_id: UserId,
    /// By what name.
    pub name: String,
    /// Now.
    pub load: Load,
    /// Calls of the last hour.
    pub in_hour: u32,
    /// Calls of the last day.
    pub in_day: u32,
}

impl Platform {
    /// The load of the asker, or of the guards within the asker's reach, the most loaded first.
    pub async fn operator_load(&self, ask: &Ask) -> Result<Vec<OperatorLoad>, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        let ago = |span| ask.now.saturating_sub(span).unwrap_or(Timestamp::MIN);
        let found = self.inner.store.operator_calls(&ask.access, ago(LOOKED_BACK)).await?;
        let hour = ago(SignedDuration::from_hours(1));
        let mut loads: Vec<OperatorLoad> = found
            .into_iter()
            .map(|one| OperatorLoad {
                user_id: one.user_id,
                name: one.name,
                load: load_at(&one.calls, ask.now),
                in_hour: one.calls.iter().filter(|at| **at > hour).count() as u32,
                in_day: one.calls.len() as u32,
            })
            .collect();
        loads.sort_by_key(|one| std::cmp::Reverse((one.load.in_window, one.in_hour, one.in_day)));
        Ok(loads)
    }
}
