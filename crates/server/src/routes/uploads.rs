//! Files that people send: the one field `file` of a form, with a limit that is checked before it is kept.

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use domain::role::Capability;

use crate::app::App;
use crate::door::Asker;
use crate::problem::Problem;

/// What the multipart frame around a file may add, in bytes.
pub const FRAME_BYTES_MAX: usize = 64 * 1024;
/// Longest file name kept, in characters.
const FILE_NAME_CHARS_MAX: usize = 200;

/// Name and bytes of a spreadsheet that is imported. Refused before megabytes are read for somebody who may not import it at all.
pub async fn sheet_of(
    app: &App,
    asker: &Asker,
    may_import: Capability,
    form: Result<Multipart, MultipartRejection>,
    bytes_max: usize,
) -> Result<(String, Vec<u8>), Problem> {
    asker.ask.access.need(may_import).map_err(platform::PlatformError::from)?;
    app.limits.import(asker.who.account.id)?;
    file_of(form, bytes_max).await
}

/// Name and bytes of the field `file`.
pub async fn file_of(
    form: Result<Multipart, MultipartRejection>,
    bytes_max: usize,
) -> Result<(String, Vec<u8>), Problem> {
    let mut form =
        form.map_err(|rejection| Problem::unreadable(rejection.status(), rejection.body_text()))?;
    while let Some(field) = form.next_field().await.map_err(|error| unreadable(&error))? {
        if field.name() == Some("file") {
            let name = name_of(&field);
            let bytes = field.bytes().await.map_err(|error| unreadable(&error))?;
            if bytes.len() > bytes_max {
                return Err(too_large(bytes_max));
            }
            return Ok((name, bytes.to_vec()));
        }
    }
    Err(Problem::field("file", "missing", "send the file as the form field `file`"))
}

/// 413 with the limit.
pub fn too_large(bytes_max: usize) -> Problem {
    Problem::unreadable(
        StatusCode::PAYLOAD_TOO_LARGE,
        format!("a file has at most {} MB", bytes_max / 1_000_000),
    )
}

/// The file's name as the browser says; it tells the kind and is shown in the history, and never names a file of ours.
fn name_of(field: &Field<'_>) -> String {
    let name = field.file_name().unwrap_or("");
    let plain: String = name.chars().filter(|c| !c.is_control()).collect();
    let length = plain.chars().count();
    plain.chars().skip(length.saturating_sub(FILE_NAME_CHARS_MAX)).collect()
}

fn unreadable(error: &MultipartError) -> Problem {
    Problem::unreadable(error.status(), error.body_text())
}
