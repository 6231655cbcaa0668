//! Reading requests: JSON bodies, paths and queries whose faults are answered as problems like everything else.

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts};
use axum::http::StatusCode;
use domain::recording::Span;
use jiff::Timestamp;
use jiff::civil::Date;
use platform::access::StreamKind;
use platform::rows::PageAsk;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::problem::Problem;

/// Rows of a page when the caller does not say.
const PAGE_DEFAULT: u32 = 50;
/// Longest page token and search text taken, in bytes.
const QUERY_TEXT_MAX: usize = 512;

/// A JSON body.
#[derive(FromRequest)]
#[from_request(via(axum::Json), rejection(Problem))]
pub struct Json<T>(pub T);

/// Parts of the path.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Problem))]
pub struct Path<T>(pub T);

/// The query.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(Problem))]
pub struct Query<T>(pub T);

/// Which page of a list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Rows wanted, 1 to 200; 50 when absent.
    pub limit: Option<u32>,
    /// `next` of the page before.
    pub after: Option<String>,
}

impl PageQuery {
    /// As the desks understand it.
    pub fn ask(&self) -> Result<PageAsk, Problem> {
        page_ask(self.limit, self.after.as_deref())
    }
}

/// Which picture of a camera.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StreamQuery {
    /// `main`, which is also what is given where nothing is said, or `sub`: the small picture, where there is one.
    stream: Option<String>,
}

impl StreamQuery {
    /// As the desks understand it.
    pub fn kind(&self) -> Result<StreamKind, Problem> {
        Ok(word("stream", self.stream.as_deref(), StreamKind::parse)?.unwrap_or_default())
    }
}

/// Which page of a list, from its two query fields.
pub fn page_ask(limit: Option<u32>, after: Option<&str>) -> Result<PageAsk, Problem> {
    let limit = limit.unwrap_or(PAGE_DEFAULT);
    if !(1..=platform::rows::MAX_PAGE).contains(&limit) {
        return Err(Problem::field("limit", "out_of_range", "1 to 200"));
    }
    let after = text("after", after)?;
    Ok(PageAsk { limit, after })
}

/// An optional text of a query; empty means absent.
pub fn text(field: &str, value: Option<&str>) -> Result<Option<String>, Problem> {
    match value {
        Some(value) if value.len() > QUERY_TEXT_MAX => {
            Err(Problem::field(field, "too_long", "at most 512 bytes"))
        }
        Some(value) if !value.is_empty() => Ok(Some(value.to_owned())),
        _ => Ok(None),
    }
}

/// A word of a closed list; empty means absent.
pub fn word<T>(
    field: &str,
    value: Option<&str>,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Problem> {
    match value {
        Some(value) if !value.is_empty() => needed_word(field, value, parse).map(Some),
        _ => Ok(None),
    }
}

/// A word of a closed list that must be there.
pub fn needed_word<T>(field: &str, value: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, Problem> {
    parse(value).ok_or_else(|| Problem::field(field, "unknown_word", "not a word of the dictionary"))
}

/// A time of a body.
pub fn time(field: &str, value: Option<&str>) -> Result<Option<Timestamp>, Problem> {
    value
        .filter(|value| !value.is_empty())
        .map(|value| {
            value.parse().map_err(|_| {
                Problem::field(field, "not_a_time", "a time like 2026-11-23T13:05:11Z (RFC 3339)")
            })
        })
        .transpose()
}

/// A time that must be there.
pub fn needed_time(field: &str, value: &str) -> Result<Timestamp, Problem> {
    time(field, Some(value))?.ok_or_else(|| Problem::field(field, "missing", "a time is needed"))
}

/// A stretch of time from its two fields.
pub fn span(from: &str, to: &str) -> Result<Span, Problem> {
    let (start, end) = (needed_time("from", from)?, needed_time("to", to)?);
    if end <= start {
        return Err(Problem::field("to", "invalid", "after `from`"));
    }
    Ok(Span { start, end })
}

/// A Beijing day like 2026-11-29.
pub fn day(field: &str, value: &str) -> Result<Date, Problem> {
    value.parse().map_err(|_| Problem::field(field, "not_a_day", "a day like 2026-11-29"))
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        Self::unreadable(rejection.status(), rejection.body_text())
    }
}

impl From<PathRejection> for Problem {
    fn from(rejection: PathRejection) -> Self {
        // An id that cannot be one is an id of nothing.
        if rejection.status() == StatusCode::BAD_REQUEST { Self::not_found() } else { Self::internal() }
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::unreadable(StatusCode::UNPROCESSABLE_ENTITY, rejection.body_text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_bounded() {
        assert_eq!(page_ask(None, None).unwrap().limit, PAGE_DEFAULT);
        assert!(page_ask(Some(0), None).is_err());
        assert!(page_ask(Some(201), None).is_err());
        assert!(page_ask(None, Some(&"x".repeat(513))).is_err());
        assert_eq!(page_ask(None, Some("")).unwrap().after, None);
    }

    #[test]
    fn times_and_words_name_their_field() {
        assert_eq!(time("as_of", Some("yesterday")).unwrap_err().fields[0].field, "as_of");
        assert_eq!(
            needed_word("role", "god", domain::role::Role::parse).unwrap_err().fields[0].code,
            "unknown_word"
        );
    }
}
