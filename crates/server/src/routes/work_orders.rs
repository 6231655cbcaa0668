//! Work orders of confirmed alarms, and the sheet of one alarm.

use axum::extract::State;
use axum::http::StatusCode;
use domain::alarm::order::{OrderAct, OrderSide};
use domain::ids::AlarmId;
use platform::alarms::OrderWish;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, needed_word};
use crate::problem::Problem;
use crate::views::duty_reports::DutyReport;
use crate::views::work_orders::{AlarmOrder, NewOrderAct, WorkOrder};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(detail)).routes(routes!(act)).routes(routes!(sheet))
}

/// The work order of an alarm: both sides with clocks, acts and results, the stopwatches, and for a fire whom to call.
#[utoipa::path(get, path = "/api/alarms/{id}/order", tag = "alarms", params(("id" = Uuid, Path)), responses((status = 200, body = AlarmOrder)))]
async fn detail(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<AlarmOrder>, Problem> {
    let order = app.platform.alarm_order(&asker.ask, AlarmId(id)).await?;
    Ok(axum::Json(AlarmOrder { order: order.map(WorkOrder::from) }))
}

/// Keeps what somebody did on a work order. 409 where it was done before, or the order does not know it now.
#[utoipa::path(post, path = "/api/alarms/{id}/order/acts", tag = "alarms", params(("id" = Uuid, Path)), request_body = NewOrderAct, responses((status = 200, body = WorkOrder)))]
async fn act(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(new): Json<NewOrderAct>,
) -> Result<axum::Json<WorkOrder>, Problem> {
    let wish = OrderWish {
        act: needed_word("act", &new.act, OrderAct::parse)?,
        side: needed_word("side", &new.side, OrderSide::parse)?,
        words: new.words,
    };
    Ok(axum::Json(app.platform.act_on_order(&asker.ask, AlarmId(id), &wish).await?.into()))
}

/// Makes the sheet of an alarm as it stands, seals and signs it; its document is under `/api/duty/reports/{id}/document`.
#[utoipa::path(post, path = "/api/alarms/{id}/sheet", tag = "alarms", params(("id" = Uuid, Path)), responses((status = 201, body = DutyReport)))]
async fn sheet(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<(StatusCode, axum::Json<DutyReport>), Problem> {
    let made = app.platform.make_alarm_sheet(&asker.ask, AlarmId(id)).await?;
    Ok((StatusCode::CREATED, axum::Json(made.into())))
}
