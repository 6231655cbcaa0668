//! Snapshots, the tables read from them, and the rows behind every figure.

use axum::extract::State;
use axum::http::StatusCode;
use domain::category::Category;
use domain::figures::Measure;
use domain::ids::{RegionId, SnapshotId, UserId};
use domain::unit::{Ownership, StudyLevel};
use platform::figures::{SnapshotKey, TableAsk};
use platform::rows::{FigureFilter, FigureValue};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, PageQuery, Path, Query, page_ask, time, word};
use crate::problem::Problem;
use crate::views::figures::{Figures, NewSnapshot, Snapshot, SnapshotAlarmRows};
use crate::views::units::FrozenUnitRow;
use crate::views::{FrozenUnitPage, SnapshotPage};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, take))
        .routes(routes!(table))
        .routes(routes!(units))
        .routes(routes!(alarms))
}

/// `latest`, or an id; an id that cannot be one is an id of nothing.
pub fn snapshot_key(text: &str) -> Result<SnapshotKey, Problem> {
    if text == "latest" {
        return Ok(SnapshotKey::Latest);
    }
    Uuid::parse_str(text).map(|id| SnapshotKey::Id(SnapshotId(id))).map_err(|_| Problem::not_found())
}

/// Name of the person behind a row; empty for the platform itself.
pub async fn name_of(app: &App, id: Option<UserId>) -> Result<String, Problem> {
    let Some(id) = id else { return Ok(String::new()) };
    Ok(app.platform.display_names(&[id]).await?.remove(&id).unwrap_or_default())
}

/// Snapshots, newest first.
#[utoipa::path(get, path = "/api/snapshots", tag = "figures", params(PageQuery), responses((status = 200, body = SnapshotPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(page): Query<PageQuery>,
) -> Result<axum::Json<SnapshotPage>, Problem> {
    let found = app.platform.snapshots(&asker.ask, &page.ask()?).await?;
    let people: Vec<UserId> = found.items.iter().filter_map(|snapshot| snapshot.taken_by).collect();
    let names = app.platform.display_names(&people).await?;
    Ok(axum::Json(SnapshotPage::of(found, |row| {
        let taken_by = row.taken_by.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
        Snapshot::of(row, taken_by)
    })))
}

/// Freezes the register as it stood at a moment.
#[utoipa::path(post, path = "/api/snapshots", tag = "figures", request_body = NewSnapshot, responses((status = 201, body = Snapshot)))]
async fn take(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewSnapshot>,
) -> Result<(StatusCode, axum::Json<Snapshot>), Problem> {
    let as_of = time("as_of", wanted.as_of.as_deref())?;
    let note = wanted.note.filter(|note| !note.trim().is_empty());
    let alarms_from = time("alarms_from", wanted.alarms_from.as_deref())?;
    let row = app.platform.take_snapshot_with_alarms(&asker.ask, as_of, alarms_from, note).await?;
    let taken_by = asker.who.account.display_name;
    Ok((StatusCode::CREATED, axum::Json(Snapshot::of(row, taken_by))))
}

/// Which table.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TableQuery {
    /// `connection` (when absent), `duty`, `not_connected`, `effective_duty` or `unattended`.
    measure: Option<String>,
    /// `city` (when absent) or `county`.
    by: Option<String>,
    /// The city whose counties are wanted.
    region_id: Option<Uuid>,
    /// A snapshot to compare with: an id or `latest`.
    since: Option<String>,
}

impl TableQuery {
    /// As the desk understands it.
    pub fn ask(&self) -> Result<TableAsk, Problem> {
        let by_county = word("by", self.by.as_deref(), |by| match by {
            "city" => Some(false),
            "county" => Some(true),
            _ => None,
        })?;
        let counties_of = match (by_county.unwrap_or(false), self.region_id) {
            (false, _) => None,
            (true, Some(id)) => Some(RegionId(id)),
            (true, None) => {
                return Err(Problem::field("region_id", "missing", "tables by county are those of a city"));
            }
        };
        let measure = word("measure", self.measure.as_deref(), Measure::parse)?;
        let since = self.since.as_deref().filter(|since| !since.is_empty()).map(snapshot_key).transpose()?;
        Ok(TableAsk { measure: measure.unwrap_or(Measure::Connection), counties_of, since })
    }
}

/// The table category × city of a measure, or category × county of a city. The id may be `latest`.
#[utoipa::path(get, path = "/api/snapshots/{id}/figures", tag = "figures", params(("id" = String, Path), TableQuery), responses((status = 200, body = Figures)))]
async fn table(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    Query(query): Query<TableQuery>,
) -> Result<axum::Json<Figures>, Problem> {
    let found = app.platform.figure_table(&asker.ask, snapshot_key(&id)?, &query.ask()?).await?;
    let taken_by = name_of(&app, found.snapshot.taken_by).await?;
    let before_taken_by = match &found.before {
        Some((before, _)) => name_of(&app, before.taken_by).await?,
        None => String::new(),
    };
    Ok(axum::Json(Figures::of(found, taken_by, before_taken_by)))
}

/// Which units behind a figure.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FigureQuery {
    /// `connection` (when absent), `duty`, `not_connected`, `effective_duty` or `unattended`.
    measure: Option<String>,
    /// Only this category.
    category: Option<String>,
    /// Only units of this region and those below it.
    region_id: Option<Uuid>,
    /// True: only units that belong to no city.
    outside_cities: Option<bool>,
    /// `public` or `private`.
    ownership: Option<String>,
    /// `undergraduate` or `vocational`.
    study_level: Option<String>,
    /// True: only units whose ownership or level of study is not known.
    kind_unknown: Option<bool>,
    /// Without the units that this measure counts in its numerator.
    minus: Option<String>,
    /// `in`: units counted in the numerator; `out`: the others; `all` or absent: both.
    value: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

impl FigureQuery {
    /// As the desk understands it.
    pub fn filter(&self) -> Result<FigureFilter, Problem> {
        let measure = word("measure", self.measure.as_deref(), Measure::parse)?;
        let value = word("value", self.value.as_deref(), |value| match value {
            "in" => Some(FigureValue::In),
            "out" => Some(FigureValue::Out),
            "all" => Some(FigureValue::All),
            _ => None,
        })?;
        Ok(FigureFilter {
            category: word("category", self.category.as_deref(), Category::parse)?,
            region_id: self.region_id.map(RegionId),
            outside_cities: self.outside_cities.unwrap_or(false),
            ownership: word("ownership", self.ownership.as_deref(), Ownership::parse)?,
            study_level: word("study_level", self.study_level.as_deref(), StudyLevel::parse)?,
            kind_unknown: self.kind_unknown.unwrap_or(false),
            minus: word("minus", self.minus.as_deref(), Measure::parse)?,
            measure: measure.unwrap_or(Measure::Connection),
            value: value.unwrap_or(FigureValue::All),
        })
    }
}

/// The frozen rows behind a figure, as far as the asker sees. The id may be `latest`.
#[utoipa::path(get, path = "/api/snapshots/{id}/units", tag = "figures", params(("id" = String, Path), FigureQuery), responses((status = 200, body = FrozenUnitPage)))]
async fn units(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    Query(query): Query<FigureQuery>,
) -> Result<axum::Json<FrozenUnitPage>, Problem> {
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.figure_units(&asker.ask, snapshot_key(&id)?, &query.filter()?, &page).await?;
    Ok(axum::Json(FrozenUnitPage::of(found, FrozenUnitRow::from)))
}

/// The alarms behind the counts of a snapshot: units that had some, and every late one, as far as the asker sees. The id may be `latest`.
#[utoipa::path(get, path = "/api/snapshots/{id}/alarms", tag = "figures", params(("id" = String, Path)), responses((status = 200, body = SnapshotAlarmRows)))]
async fn alarms(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
) -> Result<axum::Json<SnapshotAlarmRows>, Problem> {
    Ok(axum::Json(app.platform.frozen_alarms(&asker.ask, snapshot_key(&id)?).await?.into()))
}
