//! What the server answers when it does not do what was asked: `application/problem+json` (RFC 9457), decided here and nowhere else.
//!
//! The words of an internal fault go to the log, tied to the answer by the request id; the caller reads only that it happened.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use platform::{FieldError, PlatformError};
use serde::Serialize;
use tracing::error;
use utoipa::ToSchema;

const CONTENT_TYPE: &str = "application/problem+json";

/// One field that cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldProblem {
    /// Field as named in the request.
    pub field: String,
    /// Stable code.
    pub code: String,
    /// Sentence for a person.
    pub message: String,
}

/// Why a request was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the code says which problem it is.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Short English sentence of the code.
    pub title: &'static str,
    /// HTTP status.
    pub status: u16,
    /// Stable code: not_signed_in, denied, lookup_needed, not_found, gone, conflict, invalid, limit, unavailable, internal.
    pub code: &'static str,
    /// What happened this time.
    pub detail: String,
    /// Fields that cannot be accepted.
    pub fields: Vec<FieldProblem>,
    #[serde(skip)]
    retry_after_s: Option<u64>,
}

/// Seconds after which an answer `limit` may be tried again when nothing better is known.
const RETRY_AFTER_S: u64 = 5;

impl Problem {
    fn new(status: StatusCode, code: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank",
            title,
            status: status.as_u16(),
            code,
            detail: detail.into(),
            fields: vec![],
            retry_after_s: None,
        }
    }

    /// 401
    pub fn not_signed_in() -> Self {
        PlatformError::NotSignedIn.into()
    }

    /// 403
    pub fn denied(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "denied", "Not allowed", detail)
    }

    /// 403 until a reason was given.
    pub fn lookup_needed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "lookup_needed", "Say why first", detail)
    }

    /// 410
    pub fn gone(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::GONE, "gone", "No longer there", detail)
    }

    /// 404
    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "Not found",
            "it does not exist, or not for this account",
        )
    }

    /// 422 for one field.
    pub fn field(field: &str, code: &str, message: impl Into<String>) -> Self {
        let fields =
            vec![FieldProblem { field: field.to_owned(), code: code.to_owned(), message: message.into() }];
        Self { fields, ..Self::invalid("some fields cannot be accepted") }
    }

    /// 422 for the request as a whole.
    pub fn invalid(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Cannot be accepted", detail)
    }

    /// Code `invalid` with the status a rejected body or path came with.
    pub fn unreadable(status: StatusCode, detail: impl Into<String>) -> Self {
        if status == StatusCode::PAYLOAD_TOO_LARGE {
            return Self::new(status, "limit", "Too large", detail);
        }
        Self::new(status, "invalid", "Cannot be read", detail)
    }

    /// 405
    pub fn wrong_method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "invalid",
            "Cannot be read",
            "this path does not know the method",
        )
    }

    /// 429
    pub fn limit(detail: impl Into<String>, retry_after_s: u64) -> Self {
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "limit", "Too much or too often", detail);
        Self { retry_after_s: Some(retry_after_s.max(1)), ..problem }
    }

    /// 503
    pub fn unavailable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Not available now", detail)
    }

    /// 500; the caller has logged why.
    pub fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Fault of the platform",
            "the request failed inside the platform; give the request id (x-request-id) to its operator",
        )
    }
}

impl From<PlatformError> for Problem {
    fn from(error: PlatformError) -> Self {
        match error {
            PlatformError::NotSignedIn => {
                Self::new(StatusCode::UNAUTHORIZED, "not_signed_in", "Not signed in", error.to_string())
            }
            PlatformError::Denied(denied) => Self::denied(denied.to_string()),
            PlatformError::NotFound => Self::not_found(),
            PlatformError::LookupNeeded(detail) => Self::lookup_needed(detail),
            PlatformError::Gone(detail) => Self::gone(detail),
            PlatformError::Conflict(detail) => {
                Self::new(StatusCode::CONFLICT, "conflict", "Not in this state", detail)
            }
            PlatformError::Invalid(fields) => {
                let fields = fields.into_iter().map(FieldProblem::from).collect();
                Self { fields, ..Self::invalid("some fields cannot be accepted") }
            }
            PlatformError::Limit { detail, retry_after_s } => {
                Self::limit(detail, retry_after_s.unwrap_or(RETRY_AFTER_S))
            }
            PlatformError::Unavailable(detail) => Self::unavailable(detail),
            PlatformError::Internal(chain) => {
                error!(chain, "internal fault");
                Self::internal()
            }
        }
    }
}

impl From<FieldError> for FieldProblem {
    fn from(error: FieldError) -> Self {
        Self { field: error.field.to_owned(), code: error.code.to_owned(), message: error.message }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after_s = self.retry_after_s;
        let mut response = (status, axum::Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_an_internal_fault_stay_inside() {
        let problem = Problem::from(PlatformError::Internal("disk /var/lib/secret".to_owned()));
        assert_eq!(problem.status, 500);
        assert!(!serde_json::to_string(&problem).unwrap().contains("secret"));
    }

    #[test]
    fn a_limit_says_when_to_come_back() {
        let response = Problem::limit("too often", 0).into_response();
        assert_eq!(response.headers()[header::RETRY_AFTER], "1");
        assert_eq!(response.headers()[header::CONTENT_TYPE], CONTENT_TYPE);
    }
}
