//! The desk of drills (演练): made-up alarms at the seats of duty rooms, timed step by step and scored.
//!
//! Kept apart from real work by its type: a drill is no alarm, is raised nowhere, told to no channel and counted in no figure; it proves nothing of
//! anybody's presence either. What it does touch is the seat's screen. A double-blind one is known only to whoever holds
//! [`Capability::PlanDrills`] until it is over, and looks like an alarm at the seat until it is taken.

mod lot;
mod month;
mod plan;
mod seat;

pub use lot::DrillMonthView;
pub use month::{MonthDrills, MonthRow};
pub use plan::DrillWish;
pub use seat::SeatDrill;

use std::time::Duration;

use domain::access::Access;
use domain::duty::drill::{self, Drill, DrillError, LASTS, StepScore};
use domain::ids::DrillId;
use domain::role::Capability;
use jiff::Timestamp;
use store::{DrillFilter, DrillRow, DrillStepRow, Page, PageAsk};
use tokio::time::MissedTickBehavior;
use tracing::{info, warn};

use crate::audit::Object;
use crate::events::Event;
use crate::{Ask, Platform, PlatformError};

/// How often it is looked which drills begin and end.
const PERIOD: Duration = Duration::from_secs(2);
/// The lot is looked at once in so many rounds.
const ROUNDS_A_LOT: u64 = 10;

/// A drill with what was done in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillDetail {
    /// As it stands.
    pub row: DrillRow,
    /// What was done, in order of time.
    pub steps: Vec<DrillStepRow>,
    /// The steps with their points, in the order of the script; none before it has begun.
    pub scores: Option<Vec<StepScore>>,
}

/// Begins and ends drills until the platform stops.
pub(crate) async fn run(platform: Platform) {
    let mut rounds = tokio::time::interval(PERIOD);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for round in 0_u64.. {
        tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            _ = rounds.tick() => {}
        }
        let now = platform.inner.surroundings.now();
        if round.is_multiple_of(ROUNDS_A_LOT) {
            platform.keep_lots(now).await;
        }
        if let Err(error) = platform.keep_drills(now).await {
            warn!(%error, "drills neither begun nor ended");
        }
    }
}

impl Platform {
    /// Begins the drills whose moment has come and ends those whose time is over.
    pub async fn keep_drills(&self, now: Timestamp) -> Result<(), PlatformError> {
        let mut has_moved = false;
        for row in self.inner.store.drills_running().await? {
            let begun = row.begun_at.unwrap_or(row.plan.begins_at);
            if now.duration_since(begun) >= LASTS {
                let steps = self.inner.store.drill_steps(&Access::PLATFORM, row.plan.id, true).await?;
                has_moved |= self.score_drill(&row, &steps, now).await?;
            }
        }
        for row in self.inner.store.drills_due(now).await? {
            match self.inner.store.begin_drill(row.plan.id, now).await {
                Ok(is_begun) => has_moved |= is_begun,
                // Another one of this room began in this very moment; it waits for its end.
                Err(error) if error.kind() == store::ErrorKind::Conflict => {}
                Err(error) => return Err(error.into()),
            }
        }
        if has_moved {
            self.inner.events.publish(Event::Drills);
        }
        Ok(())
    }

    /// Drills in reach, the last to begin first.
    pub async fn drills(
        &self,
        ask: &Ask,
        filter: &DrillFilter,
        page: &PageAsk,
    ) -> Result<Page<DrillRow>, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        let filter = DrillFilter { with_blind: knows(ask), ..*filter };
        Ok(self.inner.store.drills(&ask.access, &filter, page).await?)
    }

    /// One drill.
    pub async fn drill(&self, ask: &Ask, id: DrillId) -> Result<DrillDetail, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        let row = self.inner.store.drill(&ask.access, id, knows(ask)).await?;
        let steps = self.inner.store.drill_steps(&ask.access, id, knows(ask)).await?;
        let scores = scored(&row, &steps)?;
        Ok(DrillDetail { row, steps, scores })
    }

    /// Ends a drill with the score of what was done.
    async fn score_drill(
        &self,
        row: &DrillRow,
        steps: &[DrillStepRow],
        now: Timestamp,
    ) -> Result<bool, PlatformError> {
        let half_points =
            drill::half_points(&held(row, steps)).map_err(|error| broken(row.plan.id, error))?;
        let is_ended = self.inner.store.end_drill(row.plan.id, half_points, now).await?;
        if is_ended {
            info!(drill = %row.plan.id, half_points, "drill over");
        }
        Ok(is_ended)
    }
}

/// Whether somebody may know of a double-blind drill before it is over.
fn knows(ask: &Ask) -> bool {
    ask.access.may(Capability::PlanDrills)
}

fn held(row: &DrillRow, steps: &[DrillStepRow]) -> Drill {
    let done = steps.iter().map(|one| (one.step, one.at)).collect();
    Drill { kind: row.plan.kind, begun_at: row.begun_at.unwrap_or(row.plan.begins_at), done }
}

fn scored(row: &DrillRow, steps: &[DrillStepRow]) -> Result<Option<Vec<StepScore>>, PlatformError> {
    if row.begun_at.is_none() {
        return Ok(None);
    }
    let scores = drill::score(&held(row, steps)).map_err(|error| broken(row.plan.id, error))?;
    Ok(Some(scores.to_vec()))
}

fn broken(id: DrillId, error: DrillError) -> PlatformError {
    PlatformError::Internal(format!("drill {id}: {error}"))
}

fn object(row: &DrillRow) -> Object {
    Object {
        kind: "drill",
        id: Some(row.plan.id.to_string()),
        name: Some(row.room_name.clone()),
        unit_id: Some(row.plan.unit_id),
    }
}
