//! A drill at the seat: what its screen shows, and the steps that whoever sits there does. The server's clock is the stopwatch.

use domain::access::Access;
use domain::duty::drill::{DrillKind, DrillStep, may_do};
use domain::ids::DrillId;
use store::{DrillRow, DrillStepRow, Seat};

use super::{held, object};
use crate::events::Event;
use crate::{Ask, Platform, PlatformError};

/// The drill that runs in the seat's room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatDrill {
    /// As it stands.
    pub row: DrillRow,
    /// What was done.
    pub steps: Vec<DrillStepRow>,
    /// Whether the screen says that it is a drill: announced, or taken.
    pub is_known: bool,
}

impl Platform {
    /// The drill that runs in a seat's room.
    pub async fn seat_drill(&self, ask: &Ask, seat: &Seat) -> Result<Option<SeatDrill>, PlatformError> {
        self.person_at(ask, seat).await?;
        let found = self.inner.store.seat_drill(seat.room_id).await?;
        Ok(found.map(|(row, steps)| SeatDrill { is_known: is_known(&row, &steps), row, steps }))
    }

    /// Does a step of the drill that runs in the seat's room. With the last one it is over and scored.
    pub async fn do_drill_step(
        &self,
        ask: &Ask,
        seat: &Seat,
        id: DrillId,
        step: DrillStep,
    ) -> Result<SeatDrill, PlatformError> {
        let person = self.person_at(ask, seat).await?;
        let over = || PlatformError::Conflict("this drill does not run at this seat".to_owned());
        let (row, before) = self.inner.store.seat_drill(seat.room_id).await?.ok_or_else(over)?;
        if row.plan.id != id {
            return Err(over());
        }
        let done: Vec<DrillStep> = before.iter().map(|one| one.step).collect();
        if !may_do(&done, step) {
            return Err(PlatformError::Conflict(
                "this step was done, or the alarm was not taken yet".to_owned(),
            ));
        }
        self.inner.store.do_drill_step(id, step, person.staff_id, ask.now).await?;
        self.audit(ask, "drill_step", object(&row), "ok", Some(step.as_str().to_owned())).await?;
        // Read again: of two steps that are told at once the later one has to see both.
        let steps = self.inner.store.drill_steps(&Access::PLATFORM, id, true).await?;
        if held(&row, &steps).done.len() == DrillStep::ALL.len() {
            self.score_drill(&row, &steps, ask.now).await?;
        }
        self.inner.events.publish(Event::Drills);
        Ok(SeatDrill { is_known: true, row, steps })
    }
}

fn is_known(row: &DrillRow, steps: &[DrillStepRow]) -> bool {
    row.plan.kind == DrillKind::Scripted || !steps.is_empty()
}
