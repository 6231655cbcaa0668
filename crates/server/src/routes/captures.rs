//! One picture of a channel, and the door through which a device puts the one it was asked for.

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::ids::ChannelId;
use platform::access::devices::UPLOAD_BYTES_MAX;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::uploads::{FRAME_BYTES_MAX, too_large};
use crate::app::App;
use crate::door::{Asker, Visitor};
use crate::input::Path;
use crate::problem::Problem;

/// Says where a picture comes from: `device` or `stream`.
const FROM: &str = "x-picture-from";
/// Parts of a form that are looked through for the picture; devices send a name or two beside it.
const PARTS_MAX: usize = 8;
/// How a JPEG file begins.
const JPEG: [u8; 3] = [0xff, 0xd8, 0xff];

pub fn routes() -> OpenApiRouter<App> {
    let uploads = OpenApiRouter::new()
        .routes(routes!(upload))
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX + FRAME_BYTES_MAX));
    OpenApiRouter::new().routes(routes!(capture)).merge(uploads)
}

/// Makes a picture of a channel now. `x-picture-from` says whether the device made it (`device`) or it is a key frame of the live
/// video (`stream`). It is not kept.
#[utoipa::path(post, path = "/api/channels/{id}/capture", tag = "devices", params(("id" = Uuid, Path)), responses((status = 200, content_type = "image/jpeg", body = Vec<u8>)))]
async fn capture(State(app): State<App>, asker: Asker, Path(id): Path<Uuid>) -> Result<Response, Problem> {
    app.limits.capture(asker.who.account.id)?;
    let made = app.platform.capture_channel(&asker.ask, ChannelId(id)).await?;
    let mut response = Body::from(made.jpeg).into_response();
    let fields = response.headers_mut();
    fields.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    fields.insert(FROM, HeaderValue::from_static(made.from.as_str()));
    Ok(response)
}

/// Where a device puts the picture that it was asked for: a JPEG file of at most 8 MiB as the body, or in a form. The address is in the order to the
/// device, works once and only while the picture is waited for.
#[utoipa::path(post, path = "/api/device-uploads/{token}", tag = "devices", params(("token" = String, Path)), request_body(content = Vec<u8>, content_type = "image/jpeg"), responses((status = 200)))]
async fn upload(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<StatusCode, Problem> {
    app.limits.upload(visitor.peer.0)?;
    // Nothing of the body is read for an address that is not open.
    let place = app.platform.open_upload(&token)?;
    let is_form = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().to_ascii_lowercase().starts_with(b"multipart/form-data"));
    let bytes = if is_form { from_form(request).await? } else { from_body(request).await? };
    place.put(bytes).await?;
    Ok(StatusCode::OK)
}

async fn from_body(request: Request) -> Result<Vec<u8>, Problem> {
    let bytes = Bytes::from_request(request, &())
        .await
        .map_err(|rejection| Problem::unreadable(rejection.status(), rejection.body_text()))?;
    Ok(bytes.to_vec())
}

/// The part that is a JPEG file, whatever it is called: the standard names no field.
async fn from_form(request: Request) -> Result<Vec<u8>, Problem> {
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|rejection| Problem::unreadable(rejection.status(), rejection.body_text()))?;
    for _ in 0..PARTS_MAX {
        let part = form.next_field().await;
        let Some(part) = part.map_err(|error| Problem::unreadable(error.status(), error.body_text()))? else {
            break;
        };
        let bytes =
            part.bytes().await.map_err(|error| Problem::unreadable(error.status(), error.body_text()))?;
        if bytes.len() > UPLOAD_BYTES_MAX {
            return Err(too_large(UPLOAD_BYTES_MAX));
        }
        if bytes.starts_with(&JPEG) {
            return Ok(bytes.to_vec());
        }
    }
    Err(Problem::field("picture", "not_a_picture", "send a JPEG file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A form as cameras send it: a name, a text, and the picture under whatever field.
    fn form(parts: &[(&str, &[u8])]) -> Request {
        let mut body = Vec::new();
        for (name, bytes) in parts {
            let head =
                format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"x.jpg\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--b--\r\n");
        let request = Request::builder().header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        request.body(Body::from(body)).unwrap_or_default()
    }

    #[tokio::test]
    async fn the_picture_of_a_form_is_found_by_its_bytes() {
        let jpeg: &[u8] = b"\xff\xd8\xff\xe0 and so on";
        let found = from_form(form(&[("SessionID", b"9a7d"), ("anything", jpeg)])).await;
        assert_eq!(found.ok().as_deref(), Some(jpeg));
        for parts in [&[("SessionID", &b"9a7d"[..])][..], &[]] {
            assert_eq!(from_form(form(parts)).await.map_err(|problem| problem.status), Err(422));
        }
    }

    #[tokio::test]
    async fn a_bare_body_is_the_picture() {
        let request = Request::new(Body::from("\u{fe}"));
        assert_eq!(from_body(request).await.ok().as_deref(), Some("\u{fe}".as_bytes()));
    }
}
