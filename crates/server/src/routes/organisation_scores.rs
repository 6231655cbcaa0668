//! Scores of organisations, and the file from which anybody computes the same figure.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::duty::score::file::Month;
use domain::ids::OrganisationId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Path, Query, needed_word, word};
use crate::problem::Problem;
use crate::views::organisation_files::{MonthScore, OrganisationScore};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one)).routes(routes!(file))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ScoreQuery {
    /// Of this organisation.
    organisation_id: Option<Uuid>,
    /// Of this month, YYYY-MM.
    month: Option<String>,
}

/// Kept scores in the asker's reach, the last month first and the best first within it.
#[utoipa::path(get, path = "/api/organisation-scores", tag = "organisations", params(ScoreQuery), responses((status = 200, body = Vec<OrganisationScore>)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<ScoreQuery>,
) -> Result<axum::Json<Vec<OrganisationScore>>, Problem> {
    let month = word("month", query.month.as_deref(), Month::parse)?;
    let found = app.platform.scores(&asker.ask, query.organisation_id.map(OrganisationId), month).await?;
    Ok(axum::Json(found.into_iter().map(Into::into).collect()))
}

/// The score of a month with its arithmetic: as it was kept, or as its rows stand where the month is not closed.
#[utoipa::path(get, path = "/api/organisations/{id}/scores/{month}", tag = "organisations", params(("id" = Uuid, Path), ("month" = String, Path)), responses((status = 200, body = MonthScore)))]
async fn one(
    State(app): State<App>,
    asker: Asker,
    Path((id, month)): Path<(Uuid, String)>,
) -> Result<axum::Json<MonthScore>, Problem> {
    let month = needed_word("month", &month, Month::parse)?;
    let found = app.platform.month_score(&asker.ask, OrganisationId(id), month).await?;
    Ok(axum::Json(found.into()))
}

/// Every row the score was counted from: `watchfire duty score FILE` computes the figure from it without the platform.
#[utoipa::path(get, path = "/api/organisations/{id}/scores/{month}/file", tag = "organisations", params(("id" = Uuid, Path), ("month" = String, Path)), responses((status = 200, description = "The file", content_type = "application/json", body = Vec<u8>)))]
async fn file(
    State(app): State<App>,
    asker: Asker,
    Path((id, month)): Path<(Uuid, String)>,
) -> Result<Response, Problem> {
    let month = needed_word("month", &month, Month::parse)?;
    let found = app.platform.month_score(&asker.ask, OrganisationId(id), month).await?;
    let name = format!("attachment; filename=\"score-{}-{}.json\"", found.file.credit_code, found.file.month);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment")),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, found.text).into_response())
}
