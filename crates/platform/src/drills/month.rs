//! The monthly list: which rooms were drilled, and which were not.

use std::collections::HashMap;

use domain::beijing::{begin_of, day_after};
use domain::duty::drill::{DrillKind, DrillState};
use domain::ids::{DutyRoomId, RegionId};
use domain::recording::Span;
use domain::role::Capability;
use jiff::civil::Date;
use store::{DrillOfMonth, DrillRoom};

use super::knows;
use crate::{Ask, Platform, PlatformError};

/// A room with its drills of the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthRow {
    /// Which room.
    pub room: DrillRoom,
    /// The scripted one: the last that was held, or else the last there is.
    pub scripted: Option<DrillOfMonth>,
    /// The double-blind one.
    pub double_blind: Option<DrillOfMonth>,
}

/// A month of drills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthDrills {
    /// Its first day.
    pub month: Date,
    /// Every room that was open in it, by region.
    pub rows: Vec<MonthRow>,
    /// Rooms with a scripted drill held.
    pub scripted: u32,
    /// Rooms with a double-blind drill held.
    pub double_blind: u32,
}

impl Platform {
    /// Who drilled in the month of a day, and who did not.
    pub async fn drill_month(
        &self,
        ask: &Ask,
        day: Date,
        region: Option<RegionId>,
    ) -> Result<MonthDrills, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        let month = day.first_of_month();
        let span = Span::new(begin_of(month), begin_of(day_after(month.last_of_month(), 1)));
        let rooms = self.inner.store.drill_rooms(&ask.access, span, region).await?;
        let mut best: HashMap<(DutyRoomId, bool), DrillOfMonth> = HashMap::new();
        for one in self.inner.store.drills_of_month(&ask.access, span, knows(ask)).await? {
            let key = (one.room_id, one.kind == DrillKind::Scripted);
            if one.state == DrillState::Done
                || best.get(&key).is_none_or(|known| known.state != DrillState::Done)
            {
                best.insert(key, one);
            }
        }
        let rows: Vec<MonthRow> = rooms
            .into_iter()
            .map(|room| MonthRow {
                scripted: best.get(&(room.room_id, true)).copied(),
                double_blind: best.get(&(room.room_id, false)).copied(),
                room,
            })
            .collect();
        let held = |of: fn(&MonthRow) -> Option<DrillOfMonth>| {
            rows.iter().filter(|row| of(row).is_some_and(|one| one.state == DrillState::Done)).count() as u32
        };
        let (scripted, double_blind) = (held(|row| row.scripted), held(|row| row.double_blind));
        Ok(MonthDrills { month, rows, scripted, double_blind })
    }
}
