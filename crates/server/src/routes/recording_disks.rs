//! Disks that recordings lie on, for whoever runs the machine.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::DiskId;
use domain::recording::DiskState;
use platform::recording::{DiskEdit, NewDisk};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, word};
use crate::problem::Problem;
use crate::views::recording_disks::{
    NewRecordingDisk, RecordingDisk, RecordingDiskPatch, RecordingDisks, bytes_of,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(edit)).routes(routes!(take_back))
}

/// Every disk with what is known of it now.
#[utoipa::path(get, path = "/api/recording/disks", tag = "recordings", responses((status = 200, body = RecordingDisks)))]
async fn list(State(app): State<App>, asker: Asker) -> Result<axum::Json<RecordingDisks>, Problem> {
    let disks = app.platform.recording_disks(&asker.ask).await?;
    Ok(axum::Json(RecordingDisks { items: disks.into_iter().map(RecordingDisk::from).collect() }))
}

/// Enters a disk: its folder is given an identity, what lies there already is taken in, and recordings go there from now on.
#[utoipa::path(post, path = "/api/recording/disks", tag = "recordings", request_body = NewRecordingDisk, responses((status = 201, body = RecordingDisk)))]
async fn add(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewRecordingDisk>,
) -> Result<(StatusCode, axum::Json<RecordingDisk>), Problem> {
    let new = NewDisk {
        name: wanted.name,
        folder: wanted.folder.into(),
        quota_bytes: bytes_of(wanted.quota_gib),
        head_room_bytes: bytes_of(wanted.head_room_gib),
    };
    let disk = app.platform.add_recording_disk(&asker.ask, new).await?;
    Ok((StatusCode::CREATED, axum::Json(disk.into())))
}

/// Changes a disk. 409 for retiring one on which recordings still lie.
#[utoipa::path(patch, path = "/api/recording/disks/{id}", tag = "recordings", params(("id" = Uuid, Path)), request_body = RecordingDiskPatch, responses((status = 200, body = RecordingDisk)))]
async fn edit(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<RecordingDiskPatch>,
) -> Result<axum::Json<RecordingDisk>, Problem> {
    let edit = DiskEdit {
        name: wanted.name,
        quota_bytes: wanted.quota_gib.map(bytes_of),
        head_room_bytes: wanted.head_room_gib.map(bytes_of),
        state: word("state", wanted.state.as_deref(), DiskState::parse)?,
    };
    let disk = app.platform.edit_recording_disk(&asker.ask, DiskId(id), edit).await?;
    Ok(axum::Json(disk.into()))
}

/// Takes a disk back into service that went out, if it is the right one and takes data; 409 with the reason otherwise.
#[utoipa::path(post, path = "/api/recording/disks/{id}/take-back", tag = "recordings", params(("id" = Uuid, Path)), responses((status = 200, body = RecordingDisk)))]
async fn take_back(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<RecordingDisk>, Problem> {
    let disk = app.platform.take_back_disk(&asker.ask, DiskId(id)).await?;
    Ok(axum::Json(disk.into()))
}
