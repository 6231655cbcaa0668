//! The ledger of duty as kept: what cameras of duty rooms showed, what the days of rooms and units are worth, what people corrected, the five
//! conditions, and suspicions of feigned duty.
//!
//! What a minute is worth is the domain's word; here days come in and go out packed. A day that is closed is never written again: the database
//! refuses it. Corrections and editions lie beside it. Rooms are seen as in [`crate::duty_rooms`], units as everywhere.

mod corrections;
mod facts;
mod presence;
mod reports;
mod room_days;
mod standings;
mod suspicions;
mod unit_days;

use jiff::civil::Date;

pub use corrections::{CorrectionRow, NewCorrection};
pub use facts::{GuardAnswer, HeldContract, SightingRow};
pub use presence::PresenceDay;
pub(crate) use reports::write_report;
pub use reports::{DutyReport, DutyReportFilter, NewDutyReport};
pub use room_days::{NewRoomDay, RoomDayFilter, RoomDayRow};
pub use standings::{DutyStanding, DutyStandingFilter, DutyStandingRow};
pub(crate) use suspicions::read_suspicion;
pub use suspicions::{NewSuspicion, SuspicionChange, SuspicionFilter, SuspicionRow, SuspicionStep};
pub use unit_days::{DayLink, LedgerDay, NewUnitDay, UnitDayRow, UnitDaySum};

use crate::error::Result;
use crate::row::{Row, corrupt};

/// Rows of one insert; long statements cost SQLite the square of their values.
const INSERT_ROWS: usize = 25;

/// Reads a day, YYYY-MM-DD.
fn read_day(row: &Row, column: &str) -> Result<Date> {
    let text = row.text(column)?;
    text.parse().map_err(|_| corrupt(column, &text))
}
