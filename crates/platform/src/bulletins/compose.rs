//! Composing: everything a bulletin is written from is read from its frozen snapshots, handed to the domain, and checked.
//!
//! The same snapshots and settings give the same text at any time; that is what makes a revision provable and an approval safe.

use domain::access::Access;
use domain::alarm::Rung;
use domain::beijing;
use domain::bulletin::annex::{AlarmLine, AnnexRows, Annexes, UnitLine};
use domain::bulletin::edition::{Annex, Chart, Edition, Head, Proof};
use domain::bulletin::{
    self, AlarmStatistics, Bulletin, Compared, LateParty, Material, NameList, ProvenanceCounts, Settings,
    Sources, Unproved,
};
use domain::category::Category;
use domain::figures::trend::Point;
use domain::figures::{Cell, CountyCell, Dimension, Figures, Measure, city_regions};
use domain::ids::{SnapshotId, UnitId};
use domain::plan::Plan;
use domain::region::Region;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashSet;
use store::{FigureFilter, FigureValue, FrozenUnit, SeriesFilter, Snapshot};

use super::check::{Finding, check};
use super::{AnnexTitle, Kept};
use crate::{Platform, PlatformError};

/// Rows of one annex at most: ten provinces.
const ANNEX_ROWS_MAX: usize = 200_000;
/// How far back the chart of the trend looks, in days.
const TREND_DAYS: i64 = 400;

/// A written bulletin with what goes with it.
pub struct Composed {
    /// The text with its figures.
    pub written: Bulletin,
    /// Annexes.
    pub annexes: Vec<Annex>,
    /// Charts.
    pub charts: Vec<Chart>,
    snapshot: Snapshot,
    regions: Vec<Region>,
    unproved: Vec<Unproved>,
}

/// What was read from the store.
struct Gathered {
    cells: Vec<Cell>,
    before: Option<Vec<Cell>>,
    compared_is_published: bool,
    regions: Vec<Region>,
    names: Vec<NameList>,
    provenance: Vec<ProvenanceCounts>,
    alarms: Option<AlarmStatistics>,
    plan: Plan,
    annexes: Annexes,
}

impl Platform {
    /// Writes from snapshots and settings; `dated` once the day of approval is known.
    pub(super) async fn compose(
        &self,
        snapshot: &Snapshot,
        compared: Option<&Snapshot>,
        settings: &Settings,
        dated: Option<Date>,
    ) -> Result<Composed, PlatformError> {
        let gathered = self.gather(snapshot, compared).await?;
        let trends = self.trends(snapshot).await?;
        let material = gathered.material(snapshot, compared, dated)?;
        let written = bulletin::write(&material, settings).map_err(|error| {
            PlatformError::Conflict(format!("no bulletin can be written from this snapshot: {error}"))
        })?;
        let figures = Figures::new(&gathered.cells);
        let before = gathered.before.as_deref().map(Figures::new);
        let sources = Sources::of_material(&material, &figures, before.as_ref());
        let unproved = bulletin::unproved(&written, &sources);
        let charts = bulletin::charts(&figures, &gathered.regions, &trends);
        let snapshot = snapshot.clone();
        let Gathered { regions, annexes, .. } = gathered;
        Ok(Composed { written, annexes: annexes.into_tables(), charts, snapshot, regions, unproved })
    }

    async fn gather(
        &self,
        snapshot: &Snapshot,
        compared: Option<&Snapshot>,
    ) -> Result<Gathered, PlatformError> {
        let store = &self.inner.store;
        let regions = store.regions(&Access::PLATFORM).await?;
        let mut names = Vec::new();
        for category in bulletin::named_categories() {
            for measure in Measure::SECTION_ONE {
                let found = store.snapshot_names(snapshot.id, category, measure).await?;
                names.push(NameList { category, measure, names: found });
            }
        }
        let plan = Plan::jiangxi();
        let annexes = self.annexes(snapshot, compared, &regions, &plan).await?;
        Ok(Gathered {
            cells: store.snapshot_cells(snapshot.id).await?,
            before: match compared {
                Some(compared) => Some(store.snapshot_cells(compared.id).await?),
                None => None,
            },
            compared_is_published: match compared {
                Some(compared) => store.last_published_snapshot().await? == Some(compared.id),
                None => false,
            },
            regions,
            names,
            provenance: provenance(snapshot),
            alarms: self.alarm_statistics(snapshot).await?,
            plan,
            annexes,
        })
    }

    async fn annexes(
        &self,
        snapshot: &Snapshot,
        compared: Option<&Snapshot>,
        regions: &[Region],
        plan: &Plan,
    ) -> Result<Annexes, PlatformError> {
        let units = self.annex_units(snapshot.id, plan).await?;
        let counties = self.county_cells(snapshot.id, regions).await?;
        let counties_before = match compared {
            Some(compared) => self.county_cells(compared.id, regions).await?,
            None => vec![],
        };
        let alarms = self.alarm_lines(snapshot).await?;
        Ok(Annexes::of(&AnnexRows {
            units: &units,
            counties: &counties,
            counties_before: &counties_before,
            regions,
            plan,
            as_of: snapshot.as_of,
            organisations: &[],
            alarms: &alarms,
        }))
    }

    /// Universities, hosts of teaching points, units without duty, and units not connected in a category with a deadline.
    async fn annex_units(&self, id: SnapshotId, plan: &Plan) -> Result<Vec<UnitLine>, PlatformError> {
        let category = |category, measure, value| FigureFilter {
            category: Some(category),
            value,
            ..FigureFilter::all(measure)
        };
        let mut filters = vec![
            category(Category::University, Measure::Connection, FigureValue::All),
            category(Category::TeachingPointHost, Measure::Connection, FigureValue::All),
            FigureFilter { value: FigureValue::In, ..FigureFilter::all(Measure::Unattended) },
        ];
        let bound = plan.milestones.iter().map(|milestone| milestone.category);
        filters.extend(bound.map(|bound| category(bound, Measure::NotConnected, FigureValue::In)));
        let mut seen: HashSet<UnitId> = HashSet::new();
        let mut lines = Vec::new();
        for filter in filters {
            let list =
                self.inner.store.snapshot_unit_list(&Access::PLATFORM, id, &filter, ANNEX_ROWS_MAX).await?;
            lines.extend(list.into_iter().filter(|row| seen.insert(row.unit.id)).map(unit_line));
        }
        Ok(lines)
    }

    async fn county_cells(
        &self,
        id: SnapshotId,
        regions: &[Region],
    ) -> Result<Vec<CountyCell>, PlatformError> {
        let mut cells = Vec::new();
        for city in city_regions(regions) {
            // Within a city the store gives the county in the place of the city.
            for cell in self.inner.store.snapshot_county_cells(id, city.id).await? {
                cells.push(CountyCell {
                    county_id: cell.city_id,
                    cell: Cell { city_id: Some(city.id), ..cell },
                });
            }
        }
        Ok(cells)
    }

    async fn alarm_statistics(&self, snapshot: &Snapshot) -> Result<Option<AlarmStatistics>, PlatformError> {
        let counts = snapshot.alarms;
        let Some(from) = counts.from else { return Ok(None) };
        let units = self
            .inner
            .store
            .snapshot_alarm_units(&Access::PLATFORM, snapshot.id, true, ANNEX_ROWS_MAX)
            .await?;
        let still_open = units.into_iter().filter(|unit| unit.late_open > 0);
        let mut parties: Vec<LateParty> = still_open
            .map(|unit| LateParty {
                name: unit.name,
                organisation: false,
                city: unit.city.map(|(_, name)| name),
                county: unit.county.map(|(_, name)| name),
                open: unit.late_open,
            })
            .collect();
        parties.sort_by_key(|party| std::cmp::Reverse(party.open));
        let told = self
            .inner
            .store
            .count_alarm_notices(&Access::PLATFORM, Rung::Province, (from, counts.until))
            .await?;
        Ok(Some(AlarmStatistics {
            from,
            until: counts.until,
            raised: counts.raised,
            late: counts.late,
            told: Some(told).filter(|told| *told > 0),
            open: counts.late_open,
            parties,
        }))
    }

    async fn alarm_lines(&self, snapshot: &Snapshot) -> Result<Vec<AlarmLine>, PlatformError> {
        let late =
            self.inner.store.snapshot_late_alarms(&Access::PLATFORM, snapshot.id, ANNEX_ROWS_MAX).await?;
        let ids: Vec<_> = late.iter().map(|alarm| alarm.id).collect();
        let told = self.inner.store.notices_of_alarms(&Access::PLATFORM, &ids, snapshot.as_of).await?;
        let line = |alarm: store::FrozenAlarm| {
            let overdue = alarm.stopped_at.unwrap_or(snapshot.as_of).duration_since(alarm.due_at);
            AlarmLine {
                party: alarm.unit_name,
                kind: alarm.code.name_zh().to_owned(),
                level: alarm.level.into(),
                occurred_at: alarm.occurred_at,
                overdue_minutes: u64::try_from(overdue.as_mins()).unwrap_or(0),
                notices: told.get(&alarm.id).map_or(0, |(count, _)| *count),
            }
        };
        Ok(late.into_iter().map(line).collect())
    }

    async fn trends(&self, snapshot: &Snapshot) -> Result<Vec<(Measure, Vec<Point>)>, PlatformError> {
        let from = snapshot
            .as_of
            .saturating_sub(SignedDuration::from_hours(24 * TREND_DAYS))
            .unwrap_or(Timestamp::MIN);
        let series = self.inner.store.snapshot_series(&SeriesFilter::default(), from, snapshot.as_of).await?;
        let points = |measure: Measure| {
            let point = |one: &store::SeriesPoint| Point {
                as_of: one.as_of,
                ratio: Figures::new(&one.cells).ratio(measure, &Dimension::default()),
            };
            (measure, series.iter().map(point).collect())
        };
        Ok(Measure::SECTION_ONE.map(points).into())
    }
}

impl Gathered {
    fn material<'a>(
        &'a self,
        snapshot: &Snapshot,
        compared: Option<&Snapshot>,
        dated: Option<Date>,
    ) -> Result<Material<'a>, PlatformError> {
        let register_version = snapshot.register_version.map(u32::try_from).transpose();
        let before = compared.zip(self.before.as_deref());
        Ok(Material {
            synthetic: snapshot.synthetic,
            register_version: register_version
                .map_err(|_| PlatformError::Internal("register version out of range".to_owned()))?,
            provenance: &self.provenance,
            compared: before.map(|(compared, cells)| Compared {
                cells,
                as_of: compared.as_of,
                published: self.compared_is_published,
            }),
            alarms: self.alarms.as_ref(),
            plan: &self.plan,
            annexes: &self.annexes,
            dated,
            ..Material::new(&self.cells, &self.regions, &self.names, snapshot.as_of)
        })
    }
}

impl Composed {
    /// What linter and recomputation find.
    pub fn findings(&self) -> Vec<Finding> {
        check(&self.written, &self.annexes, &self.regions, self.snapshot.as_of, &self.unproved)
    }

    /// As it is kept with a revision.
    pub(super) fn kept(&self) -> Kept {
        let title = |annex: &Annex| AnnexTitle {
            number: annex.number,
            title: annex.title.clone(),
            rows: annex.rows.len() as u64,
        };
        Kept { written: self.written.clone(), annexes: self.annexes.iter().map(title).collect() }
    }

    /// As printers take it, without a seal.
    pub fn edition(&self, settings: &Settings, number: Option<String>, date: Option<Date>) -> Edition {
        Edition {
            head: Head { issuer: settings.organ.clone(), draft: number.is_none(), number, date },
            bulletin: self.written.clone(),
            annexes: self.annexes.clone(),
            charts: self.charts.clone(),
            percent: settings.percent_format(),
            proof: Proof {
                snapshot_id: self.snapshot.id.to_string(),
                snapshot_hash: self.snapshot.hash.clone(),
                register_version: self
                    .snapshot
                    .register_version
                    .and_then(|version| u32::try_from(version).ok()),
                verify_url: None,
                signature: None,
            },
        }
    }
}

fn provenance(snapshot: &Snapshot) -> Vec<ProvenanceCounts> {
    let counts = |measure, counts: store::ProvenanceCounts| ProvenanceCounts {
        measure,
        observed: counts.observed,
        reported: counts.reported,
        confirmed: counts.confirmed,
    };
    vec![
        counts(Measure::Connection, snapshot.connection_provenance),
        counts(Measure::Duty, snapshot.duty_provenance),
    ]
}

fn unit_line(row: FrozenUnit) -> UnitLine {
    UnitLine {
        name: row.unit.name,
        category: row.unit.category,
        ownership: row.unit.ownership,
        study_level: row.unit.study_level,
        city: row.city.map(|(_, name)| name),
        county: row.county.map(|(_, name)| name),
        connection: row.unit.connection,
        duty: row.unit.duty,
        connected_since: row.connected_since.map(beijing::day_of),
        duty_since: row.duty_since.map(beijing::day_of),
        organisation: None,
        teaching_points: None,
        reason: None,
    }
}
