//! Reports of duty: made, listed, handed out.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::{AlarmId, DutyReportId, OrganisationId};
use platform::bulletins::DocumentFormat;
use platform::reports::{ReportKind, ReportWish};
use platform::rows::DutyReportFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::bulletins::attachment;
use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, day, needed_word, page_ask, word};
use crate::problem::Problem;
use crate::views::DutyReportPage;
use crate::views::duty_reports::{DutyReport, NewDutyReport};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(document))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ReportQuery {
    /// `daily`, `weekly`, `alarm` or `incident`.
    kind: Option<String>,
    /// Of this organisation.
    organisation_id: Option<Uuid>,
    /// The papers of this alarm.
    alarm_id: Option<Uuid>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Reports of duty, last made first.
#[utoipa::path(get, path = "/api/duty/reports", tag = "duty", params(ReportQuery), responses((status = 200, body = DutyReportPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<ReportQuery>,
) -> Result<axum::Json<DutyReportPage>, Problem> {
    let kind = word("kind", query.kind.as_deref(), ReportKind::parse)?;
    let filter = DutyReportFilter {
        kind: kind.map(|kind| kind.as_str().to_owned()),
        organisation_id: query.organisation_id.map(OrganisationId),
        alarm_id: query.alarm_id.map(AlarmId),
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.duty_reports(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(DutyReportPage::of(found, DutyReport::from)))
}

/// Makes a report, seals and signs it: of an organisation from 08:00 of a day to 08:00 of the next, or of seven days for the asker's region.
#[utoipa::path(post, path = "/api/duty/reports", tag = "duty", request_body = NewDutyReport, responses((status = 201, body = DutyReport)))]
async fn make(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewDutyReport>,
) -> Result<(StatusCode, axum::Json<DutyReport>), Problem> {
    let wish = ReportWish {
        kind: needed_word("kind", &wanted.kind, ReportKind::parse)?,
        organisation_id: wanted.organisation_id.map(OrganisationId),
        day: day("day", &wanted.day)?,
    };
    let made = app.platform.make_duty_report(&asker.ask, wish).await?;
    Ok((StatusCode::CREATED, axum::Json(made.into())))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct FormatQuery {
    /// `docx`, `pdf`, `xlsx`, `text`, or `json`: the sealed content whose SHA-256 was signed.
    format: String,
}

/// A report as a file, printed from its seal.
#[utoipa::path(get, path = "/api/duty/reports/{id}/document", tag = "duty", params(("id" = Uuid, Path), FormatQuery), responses((status = 200, description = "The document", content_type = "application/octet-stream", body = Vec<u8>)))]
async fn document(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<FormatQuery>,
) -> Result<Response, Problem> {
    let format = needed_word("format", &query.format, DocumentFormat::parse)?;
    Ok(attachment(app.platform.duty_report_document(&asker.ask, DutyReportId(id), format).await?))
}
