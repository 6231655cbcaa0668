//! Checking a closed day: every unit's link is computed from what is kept and compared, and so is the digest of the day.

use domain::access::Access;
use domain::beijing::day_after;
use domain::duty::ledger::{UnitDay, day_text, decode, ledger_text, totals};
use domain::duty::roll_call::draw::Digest;
use domain::ids::UnitId;
use domain::role::Capability;
use jiff::civil::Date;
use store::{LedgerDay, UnitDayRow, sha256};

use super::close::FIRST;
use super::correct::corrections_for;
use crate::{Ask, Platform, PlatformError};

/// Most faults that are named.
const FAULTS_MAX: usize = 50;

/// What is wrong with a unit's day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFault {
    /// Which unit.
    pub unit_id: UnitId,
    /// Which edition.
    pub edition: u32,
    /// What, for a person.
    pub message: String,
}

/// What checking a day brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayProof {
    /// As it was closed.
    pub day: LedgerDay,
    /// Links that were computed again.
    pub links: u32,
    /// What is wrong, the first of them.
    pub faults: Vec<UnitFault>,
    /// Whether the digest of the day follows from the links and the day before.
    pub is_day_right: bool,
}

impl Platform {
    /// Checks a closed day of everybody. Which units are at fault is named only where they are in the asker's reach.
    pub async fn verify_ledger_day(&self, ask: &Ask, day: Date) -> Result<DayProof, PlatformError> {
        ask.access.need(Capability::SeeLedger)?;
        let store = &self.inner.store;
        let closed = store.ledger_days(u32::MAX).await?;
        let place = closed.iter().position(|one| one.day == day).ok_or(PlatformError::NotFound)?;
        let before = closed.get(place + 1);
        let links: std::collections::HashMap<UnitId, Digest> = match before {
            Some(before) => {
                store.day_links(before.day).await?.into_iter().map(|one| (one.unit_id, one.digest)).collect()
            }
            None => std::collections::HashMap::new(),
        };
        let corrections = self.corrections_on(day).await?;
        let rows = store.unit_days_of(&Access::PLATFORM, day).await?;
        let mine: std::collections::HashSet<UnitId> =
            store.unit_days_of(&ask.access, day).await?.into_iter().map(|row| row.kept.unit_id).collect();
        let (mut faults, mut firsts): (Vec<UnitFault>, Vec<(UnitId, Digest)>) = (Vec::new(), Vec::new());
        let mut last: Option<&UnitDayRow> = None;
        for row in &rows {
            let unit = row.kept.unit_id;
            let expected = match last.filter(|last| last.kept.unit_id == unit) {
                Some(last) => last.kept.digest,
                None => match links.get(&unit) {
                    Some(digest) => *digest,
                    None => store.link_before(unit, day).await?.unwrap_or(FIRST),
                },
            };
            let of_unit = corrections_for(&row.kept.served, &corrections);
            let applied = &of_unit[..of_unit.len().min(row.kept.edition as usize)];
            if let Some(message) = fault(row, applied, &expected)
                && mine.contains(&unit)
                && faults.len() < FAULTS_MAX
            {
                faults.push(UnitFault { unit_id: unit, edition: row.kept.edition, message });
            }
            if row.kept.edition == 0 {
                firsts.push((unit, row.kept.digest));
            }
            last = Some(row);
        }
        let previous =
            before.filter(|before| before.day == day_after(day, -1)).map_or(FIRST, |one| one.digest);
        let digest = sha256(day_text(day, &previous, &firsts).as_bytes());
        let one = closed[place];
        Ok(DayProof { day: one, links: rows.len() as u32, faults, is_day_right: digest == one.digest })
    }

    /// The days that are closed, the last first.
    pub async fn ledger_days(&self, ask: &Ask, limit: u32) -> Result<Vec<LedgerDay>, PlatformError> {
        ask.access.need(Capability::SeeLedger)?;
        Ok(self.inner.store.ledger_days(limit).await?)
    }
}

/// What is wrong with a kept day; none where everything follows from what is kept.
fn fault(
    row: &UnitDayRow,
    corrections: &[domain::duty::ledger::Correction],
    previous: &Digest,
) -> Option<String> {
    let kept = &row.kept;
    let (states, claimed) = match decode(&kept.minutes) {
        Ok(read) => read,
        Err(error) => return Some(error.to_string()),
    };
    if kept.previous != *previous {
        return Some("it does not follow the link before it".to_owned());
    }
    if totals(&states, &claimed) != kept.totals {
        return Some("its sums are not those of its minutes".to_owned());
    }
    let day = UnitDay { unit_id: kept.unit_id, day: row.day, states, claimed };
    let digest = sha256(ledger_text(&day, &kept.served, corrections, previous).as_bytes());
    (digest != kept.digest).then(|| "its digest is not that of what is kept".to_owned())
}
