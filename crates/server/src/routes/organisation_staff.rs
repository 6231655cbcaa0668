//! People of an organisation and what an office judged of it.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::{OrganisationId, StaffId};
use domain::organisation::Post;
use domain::organisation::assessment::Criterion;
use domain::organisation::certificate::{
    Certificate, CertificateDirection, CertificateLevel, CertificateQuery,
};
use jiff::civil::Date;
use platform::organisations::{AssessmentWish, Judgement, StaffWish};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{self, Json, Path, Query, needed_word};
use crate::problem::Problem;
use crate::views::organisations::{
    Assessment, AssessmentRequest, Staff, StaffAccountRequest, StaffCertificate, StaffRequest,
};
use crate::views::people::OneTimeLink;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, enter))
        .routes(routes!(edit, end))
        .routes(routes!(account))
        .routes(routes!(assessments, assess))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct StaffQuery {
    /// With those who left.
    left: Option<bool>,
}

/// People of an organisation by name; empty for whoever may not look behind it.
#[utoipa::path(get, path = "/api/organisations/{id}/staff", tag = "organisations", params(("id" = Uuid, Path), StaffQuery), responses((status = 200, body = Vec<Staff>)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<StaffQuery>,
) -> Result<axum::Json<Vec<Staff>>, Problem> {
    let with_left = query.left.unwrap_or_default();
    let people = app.platform.staff(&asker.ask, OrganisationId(id), with_left).await?;
    Ok(axum::Json(people.into_iter().map(Staff::of).collect()))
}

/// Enters a person.
#[utoipa::path(post, path = "/api/organisations/{id}/staff", tag = "organisations", params(("id" = Uuid, Path)), request_body = StaffRequest, responses((status = 201, body = Staff)))]
async fn enter(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<StaffRequest>,
) -> Result<(StatusCode, axum::Json<Staff>), Problem> {
    let member = app.platform.put_staff(&asker.ask, OrganisationId(id), None, wish(wanted)?).await?;
    Ok((StatusCode::CREATED, axum::Json(Staff::of(member))))
}

/// Writes a person anew.
#[utoipa::path(put, path = "/api/organisations/{id}/staff/{staff_id}", tag = "organisations", params(("id" = Uuid, Path), ("staff_id" = Uuid, Path)), request_body = StaffRequest, responses((status = 200, body = Staff)))]
async fn edit(
    State(app): State<App>,
    asker: Asker,
    Path((id, staff_id)): Path<(Uuid, Uuid)>,
    Json(wanted): Json<StaffRequest>,
) -> Result<axum::Json<Staff>, Problem> {
    let staff = Some(StaffId(staff_id));
    let member = app.platform.put_staff(&asker.ask, OrganisationId(id), staff, wish(wanted)?).await?;
    Ok(axum::Json(Staff::of(member)))
}

/// Takes a person off the list; the row stays, the account is shut out.
#[utoipa::path(delete, path = "/api/organisations/{id}/staff/{staff_id}", tag = "organisations", params(("id" = Uuid, Path), ("staff_id" = Uuid, Path)), responses((status = 200, body = Staff)))]
async fn end(
    State(app): State<App>,
    asker: Asker,
    Path((id, staff_id)): Path<(Uuid, Uuid)>,
) -> Result<axum::Json<Staff>, Problem> {
    let member = app.platform.end_staff(&asker.ask, OrganisationId(id), StaffId(staff_id)).await?;
    Ok(axum::Json(Staff::of(member)))
}

/// Makes the account a person signs in with, and the link for the first time.
#[utoipa::path(post, path = "/api/organisations/{id}/staff/{staff_id}/account", tag = "organisations", params(("id" = Uuid, Path), ("staff_id" = Uuid, Path)), request_body = StaffAccountRequest, responses((status = 201, body = OneTimeLink)))]
async fn account(
    State(app): State<App>,
    asker: Asker,
    Path((id, staff_id)): Path<(Uuid, Uuid)>,
    Json(wanted): Json<StaffAccountRequest>,
) -> Result<(StatusCode, axum::Json<OneTimeLink>), Problem> {
    let (organisation, staff) = (OrganisationId(id), StaffId(staff_id));
    let link = app.platform.give_staff_account(&asker.ask, organisation, staff, &wanted.login_name).await?;
    Ok((StatusCode::CREATED, axum::Json(link.into())))
}

/// Assessments of an organisation, the last first; empty for whoever may not look behind it.
#[utoipa::path(get, path = "/api/organisations/{id}/assessments", tag = "organisations", params(("id" = Uuid, Path)), responses((status = 200, body = Vec<Assessment>)))]
async fn assessments(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<Vec<Assessment>>, Problem> {
    let rows = app.platform.assessments(&asker.ask, OrganisationId(id)).await?;
    Ok(axum::Json(rows.into_iter().map(Assessment::of).collect()))
}

/// Keeps an assessment with what was measured at this moment.
#[utoipa::path(post, path = "/api/organisations/{id}/assessments", tag = "organisations", params(("id" = Uuid, Path)), request_body = AssessmentRequest, responses((status = 204)))]
async fn assess(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<AssessmentRequest>,
) -> Result<StatusCode, Problem> {
    let mut judgements = Vec::with_capacity(wanted.criteria.len());
    for one in wanted.criteria {
        judgements.push(Judgement {
            criterion: needed_word("criterion", &one.criterion, Criterion::parse)?,
            passed: one.passed,
            remark: one.remark.unwrap_or_default(),
        });
    }
    let wish = AssessmentWish { judgements, remark: wanted.remark.unwrap_or_default() };
    app.platform.assess(&asker.ask, OrganisationId(id), wish).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn wish(wanted: StaffRequest) -> Result<StaffWish, Problem> {
    Ok(StaffWish {
        name: wanted.name,
        post: needed_word("post", &wanted.post, Post::parse)?,
        certificate: wanted.certificate.as_ref().map(certificate).transpose()?,
    })
}

fn certificate(one: &StaffCertificate) -> Result<Certificate, Problem> {
    Ok(Certificate {
        number: one.number.trim().to_owned(),
        level: needed_word("certificate.level", &one.level, CertificateLevel::parse)?,
        direction: needed_word("certificate.direction", &one.direction, CertificateDirection::parse)?,
        valid_until: day("certificate.valid_until", one.valid_until.as_deref())?,
        query: needed_word("certificate.query", &one.query, CertificateQuery::parse)?,
        queried_on: day("certificate.queried_on", one.queried_on.as_deref())?,
    })
}

fn day(field: &'static str, text: Option<&str>) -> Result<Option<Date>, Problem> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(|text| input::day(field, text)).transpose()
}
