//! Disks that recordings lie on, for whoever runs the machine.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::DiskId;
use domain::recording::{BucketTakes, DiskState};
use platform::PlatformError;
use platform::recording::{BucketEdit, BucketRule, DiskEdit, NewBucket, NewDisk};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, word};
use crate::problem::Problem;
use crate::views::recording_disks::{
    NewRecordingBucket, NewRecordingDisk, RecordingBucketPatch, RecordingBucketRule, RecordingDisk,
    RecordingDiskPatch, RecordingDisks, bytes_of,
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

/// Enters a disk: a folder, or a bucket. It is given an identity; what lies in a folder already is taken in and recordings go there from now on; to a
/// bucket finished segments are moved. 422 at the field that is at fault where the bucket cannot be reached or written to.
#[utoipa::path(post, path = "/api/recording/disks", tag = "recordings", request_body = NewRecordingDisk, responses((status = 201, body = RecordingDisk)))]
async fn add(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewRecordingDisk>,
) -> Result<(StatusCode, axum::Json<RecordingDisk>), Problem> {
    let quota_bytes = bytes_of(wanted.quota_gib);
    let disk = match (wanted.folder, wanted.bucket) {
        (Some(folder), None) => {
            let head_room_bytes = bytes_of(wanted.head_room_gib);
            let new = NewDisk { name: wanted.name, folder: folder.into(), quota_bytes, head_room_bytes };
            app.platform.add_recording_disk(&asker.ask, new).await?
        }
        (None, Some(bucket)) => {
            let new = new_bucket(wanted.name, quota_bytes, bucket)?;
            app.platform.add_recording_bucket(&asker.ask, new).await?
        }
        _ => return Err(PlatformError::field("folder", "invalid", "a folder, or a bucket").into()),
    };
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
        bucket: wanted.bucket.map(bucket_edit).transpose()?,
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

fn new_bucket(name: String, quota_bytes: u64, wanted: NewRecordingBucket) -> Result<NewBucket, Problem> {
    Ok(NewBucket {
        name,
        quota_bytes,
        endpoint: wanted.endpoint,
        region: wanted.region,
        bucket: wanted.bucket,
        prefix: wanted.prefix,
        path_style: wanted.path_style,
        access_key_id: wanted.access_key_id,
        secret: wanted.secret,
        rule: bucket_rule(&wanted.rule)?,
    })
}

fn bucket_edit(wanted: RecordingBucketPatch) -> Result<BucketEdit, Problem> {
    let rule = wanted.rule.as_ref().map(bucket_rule).transpose()?;
    Ok(BucketEdit { access_key_id: wanted.access_key_id, secret: wanted.secret, rule })
}

fn bucket_rule(wanted: &RecordingBucketRule) -> Result<BucketRule, Problem> {
    let takes = word("takes", Some(&wanted.takes), BucketTakes::parse)?;
    Ok(BucketRule {
        takes: takes.unwrap_or(BucketTakes::Evidence),
        after_hours: wanted.after_hours,
        bytes_per_second_max: wanted.bytes_per_second_max,
    })
}
