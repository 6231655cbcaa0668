//! Overdue alarms that are open, by who answers for them, and the list of names as a file.

use axum::extract::State;
use axum::response::Response;
use domain::alarm::Level;
use domain::ids::{OrganisationId, RegionId, UnitId};
use platform::figures::SheetFormat;
use platform::notices::OverdueAsk;
use platform::rows::{OverdueFilter, PartyKind};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::exports::{XLSX, attachment};
use crate::app::App;
use crate::door::Asker;
use crate::input::{PageQuery, Query, word};
use crate::problem::Problem;
use crate::views::notices::{OverdueAlarm, OverdueParty};
use crate::views::{OverdueAlarmPage, OverduePartyPage};

/// Most notices and days a filter asks for.
const ASKED_MAX: u32 = 1000;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(alarms))
        .routes(routes!(parties))
        .routes(routes!(parties_csv))
        .routes(routes!(parties_xlsx))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OverdueQuery {
    /// `unit` (when absent) or `organisation`: who is counted, and whose notices.
    by: Option<String>,
    /// Only alarms at this unit.
    unit_id: Option<Uuid>,
    /// Only alarms at units that this organisation serves.
    organisation_id: Option<Uuid>,
    /// Only alarms at units of this region.
    region_id: Option<Uuid>,
    /// Only this level, 1 to 4.
    level: Option<u8>,
    /// Only alarms with at least so many notices about them, reminders not counted: still open after so many.
    notices: Option<u32>,
    /// The notice that makes so many was sent at least so many days ago.
    days: Option<u32>,
}

impl OverdueQuery {
    fn ask(&self) -> Result<OverdueAsk, Problem> {
        let level = self
            .level
            .map(|level| {
                Level::try_from(level).map_err(|_| Problem::field("level", "out_of_range", "1 to 4"))
            })
            .transpose()?;
        let small = |field: &str, number: Option<u32>| match number.unwrap_or(0) {
            number if number > ASKED_MAX => Err(Problem::field(field, "out_of_range", "at most 1000")),
            number => Ok(number),
        };
        let filter = OverdueFilter {
            by: word("by", self.by.as_deref(), PartyKind::parse)?.unwrap_or_default(),
            unit_id: self.unit_id.map(UnitId),
            organisation_id: self.organisation_id.map(OrganisationId),
            region_id: self.region_id.map(RegionId),
            level,
            notices_min: small("notices", self.notices)?,
            noticed_before: None,
        };
        Ok(OverdueAsk { filter, days: small("days", self.days)? })
    }
}

/// Open alarms that exceeded a clock, the longest pushed first.
#[utoipa::path(get, path = "/api/overdue/alarms", tag = "notices", params(OverdueQuery, PageQuery), responses((status = 200, body = OverdueAlarmPage)))]
async fn alarms(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<OverdueQuery>,
    Query(page): Query<PageQuery>,
) -> Result<axum::Json<OverdueAlarmPage>, Problem> {
    let found = app.platform.overdue_alarms(&asker.ask, &query.ask()?, &page.ask()?).await?;
    let (access, now) = (asker.ask.access, asker.ask.now);
    Ok(axum::Json(OverdueAlarmPage::of(found, |one| OverdueAlarm::of(one, &access, now))))
}

/// Who answers for them, those with most of them first.
#[utoipa::path(get, path = "/api/overdue/parties", tag = "notices", params(OverdueQuery, PageQuery), responses((status = 200, body = OverduePartyPage)))]
async fn parties(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<OverdueQuery>,
    Query(page): Query<PageQuery>,
) -> Result<axum::Json<OverduePartyPage>, Problem> {
    let found = app.platform.overdue_parties(&asker.ask, &query.ask()?, &page.ask()?).await?;
    Ok(axum::Json(OverduePartyPage::of(found, OverdueParty::from)))
}

/// The same as CSV: with `notices`, the list of names for a bulletin. Text that a spreadsheet program would take for a formula has an
/// apostrophe in front.
#[utoipa::path(get, path = "/api/overdue/parties.csv", tag = "notices", params(OverdueQuery), responses((status = 200, description = "Table", content_type = "text/csv", body = Vec<u8>)))]
async fn parties_csv(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<OverdueQuery>,
) -> Result<Response, Problem> {
    file(&app, &asker, &query, SheetFormat::Csv).await
}

/// The same as XLSX.
#[utoipa::path(get, path = "/api/overdue/parties.xlsx", tag = "notices", params(OverdueQuery), responses((status = 200, description = "Table", content_type = XLSX, body = Vec<u8>)))]
async fn parties_xlsx(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<OverdueQuery>,
) -> Result<Response, Problem> {
    file(&app, &asker, &query, SheetFormat::Xlsx).await
}

async fn file(
    app: &App,
    asker: &Asker,
    query: &OverdueQuery,
    format: SheetFormat,
) -> Result<Response, Problem> {
    app.limits.export(asker.who.account.id)?;
    let bytes = app.platform.overdue_parties_file(&asker.ask, &query.ask()?, format).await?;
    Ok(attachment("overdue-parties", format, bytes))
}
