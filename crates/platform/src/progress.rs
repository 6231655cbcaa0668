//! The progress desk: the building plan held against a snapshot – which deadlines have passed, by how many days, and which units are
//! still missing.

use domain::access::Access;
use domain::beijing;
use domain::category::Category;
use domain::figures::{Cell, Figures};
use domain::ids::RegionId;
use domain::plan::{Milestone, Plan};
use domain::region::RegionLevel;
use domain::role::Capability;
use jiff::civil::Date;
use store::{FrozenUnit, Page, PageAsk, Snapshot};

use crate::figures::SnapshotKey;
use crate::{Ask, Platform, PlatformError};

/// Which part of the plan; an empty field asks for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProgressFilter {
    /// Of this category.
    pub category: Option<Category>,
    /// In this city or county.
    pub region_id: Option<RegionId>,
}

/// The plan held against a snapshot.
#[derive(Debug, Clone)]
pub struct Progress {
    /// The snapshot.
    pub snapshot: Snapshot,
    /// Every milestone asked about, those with time left included.
    pub milestones: Vec<HeldMilestone>,
    /// Units beyond their deadline, as far as the asker sees.
    pub units: Page<OverdueUnit>,
}

/// A milestone and how far it has been met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldMilestone {
    /// The milestone.
    pub milestone: Milestone,
    /// Days since the last day in time; negative while there is time left.
    pub overdue_days: i64,
    /// Units of its category that should connect.
    pub units: u64,
    /// Of these, not connected.
    pub not_connected: u64,
}

/// A unit beyond its deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverdueUnit {
    /// The unit as it was frozen.
    pub unit: FrozenUnit,
    /// Its deadline.
    pub due: Date,
    /// Days since.
    pub overdue_days: i64,
}

impl Platform {
    /// The plan held against a snapshot, and a page of the units beyond their deadline.
    pub async fn progress(
        &self,
        ask: &Ask,
        key: SnapshotKey,
        filter: &ProgressFilter,
        page: &PageAsk,
    ) -> Result<Progress, PlatformError> {
        let (snapshot, milestones) = self.milestones(ask, key, filter).await?;
        let late = late_categories(&milestones);
        let store = &self.inner.store;
        let found =
            store.snapshot_unconnected(&ask.access, snapshot.id, &late, filter.region_id, page).await?;
        let items = overdue(found.items, &milestones);
        Ok(Progress { snapshot, milestones, units: Page { items, next: found.next } })
    }

    /// The same with every unit, for a file. Limit where there are more than `most`.
    pub(crate) async fn whole_progress(
        &self,
        ask: &Ask,
        key: SnapshotKey,
        filter: &ProgressFilter,
        most: usize,
    ) -> Result<(Snapshot, Vec<OverdueUnit>), PlatformError> {
        let (snapshot, milestones) = self.milestones(ask, key, filter).await?;
        let late = late_categories(&milestones);
        let store = &self.inner.store;
        let found =
            store.snapshot_unconnected_list(&ask.access, snapshot.id, &late, filter.region_id, most).await?;
        Ok((snapshot, overdue(found, &milestones)))
    }

    async fn milestones(
        &self,
        ask: &Ask,
        key: SnapshotKey,
        filter: &ProgressFilter,
    ) -> Result<(Snapshot, Vec<HeldMilestone>), PlatformError> {
        ask.access.need(Capability::SeeFigures)?;
        let snapshot = self.find_snapshot(key).await?;
        let cells = self.inner.store.snapshot_cells_by_county(snapshot.id).await?;
        let region_id = match filter.region_id {
            Some(id) => {
                let region = self.inner.store.region(&Access::PLATFORM, id).await?;
                Some(id).filter(|_| region.level != RegionLevel::Province)
            }
            None => None,
        };
        let here = cells.iter().filter(|one| {
            region_id.is_none_or(|id| one.cell.city_id == Some(id) || one.county_id == Some(id))
        });
        let cells: Vec<Cell> = here.map(|one| one.cell).collect();
        let plan = Plan::jiangxi();
        let held = plan.held_against(&Figures::new(&cells), snapshot.as_of);
        let milestones = held
            .into_iter()
            .filter(|one| filter.category.is_none_or(|category| one.milestone.category == category))
            .map(|one| HeldMilestone {
                milestone: one.milestone.clone(),
                overdue_days: one.overdue_days,
                units: one.units,
                not_connected: one.not_connected,
            })
            .collect();
        Ok((snapshot, milestones))
    }
}

fn late_categories(milestones: &[HeldMilestone]) -> Vec<Category> {
    milestones.iter().filter(|one| one.overdue_days > 0).map(|one| one.milestone.category).collect()
}

fn overdue(units: Vec<FrozenUnit>, milestones: &[HeldMilestone]) -> Vec<OverdueUnit> {
    let held = |category| milestones.iter().find(|one| one.milestone.category == category);
    let found = units.into_iter().filter_map(|unit| {
        let held = held(unit.unit.category)?;
        Some(OverdueUnit { unit, due: held.milestone.due, overdue_days: held.overdue_days })
    });
    found.collect()
}

/// The day a unit's state began, as people read it.
pub(crate) fn day(at: Option<jiff::Timestamp>) -> Option<String> {
    at.map(|at| beijing::day_of(at).to_string())
}
