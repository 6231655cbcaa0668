//! What a desk can answer instead of doing the work. Small kinds that a caller can act on; the server turns them into HTTP once.

use domain::access::Denied;
use domain::alarm::Refusal;
use store::StoreError;
use thiserror::Error;

/// One field that cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Field as named in the request.
    pub field: &'static str,
    /// Stable code.
    pub code: &'static str,
    /// Sentence for a person.
    pub message: String,
}

/// Why a desk refuses.
#[derive(Debug, Error)]
pub enum PlatformError {
    /// No valid session, wrong password, used link: always the same words.
    #[error("sign in first, or check name and password")]
    NotSignedIn,
    /// The role does not include it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// It does not exist, or not for this asker.
    #[error("not found")]
    NotFound,
    /// A reason has to be given first, or the one that was given does not cover it.
    #[error("{0}")]
    LookupNeeded(String),
    /// It was there and is not any more, for a reason that is known.
    #[error("{0}")]
    Gone(String),
    /// The state of things does not allow it.
    #[error("{0}")]
    Conflict(String),
    /// Fields that cannot be accepted.
    #[error("some fields cannot be accepted")]
    Invalid(Vec<FieldError>),
    /// Too much or too often.
    #[error("{detail}")]
    Limit {
        /// What was too much.
        detail: String,
        /// When to try again.
        retry_after_s: Option<u64>,
    },
    /// Something the work needs does not answer now.
    #[error("{0}")]
    Unavailable(String),
    /// A fault of ours; the words go to the log only.
    #[error("internal fault: {0}")]
    Internal(String),
}

impl PlatformError {
    /// One bad field.
    pub fn field(field: &'static str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError { field, code, message: message.into() }])
    }
}

impl From<Refusal> for PlatformError {
    fn from(refusal: Refusal) -> Self {
        Self::Conflict(refusal.to_string())
    }
}

impl From<domain::notice::Refusal> for PlatformError {
    fn from(refusal: domain::notice::Refusal) -> Self {
        match refusal {
            domain::notice::Refusal::WordsMissing(_) => Self::field("words", "missing", refusal.to_string()),
            _ => Self::Conflict(refusal.to_string()),
        }
    }
}

impl From<domain::alarm::order::OrderRefusal> for PlatformError {
    fn from(refusal: domain::alarm::order::OrderRefusal) -> Self {
        use domain::alarm::order::OrderRefusal;
        match refusal {
            OrderRefusal::WordsMissing => Self::field("words", "missing", refusal.to_string()),
            OrderRefusal::OtherSide(..) => Self::field("side", "not_yours", refusal.to_string()),
            _ => Self::Conflict(refusal.to_string()),
        }
    }
}

impl From<domain::alarm::incident::IncidentRefusal> for PlatformError {
    fn from(refusal: domain::alarm::incident::IncidentRefusal) -> Self {
        use domain::alarm::incident::IncidentRefusal as R;
        match refusal {
            R::Missing(field) => Self::field(field, "missing", refusal.to_string()),
            R::TooLong(field) => Self::field(field, "too_long", refusal.to_string()),
            R::TooMany(field) => Self::field(field, "out_of_range", refusal.to_string()),
            R::NotOwed | R::Sealed => Self::Conflict(refusal.to_string()),
        }
    }
}

impl From<domain::bulletin::life::Refusal> for PlatformError {
    fn from(refusal: domain::bulletin::life::Refusal) -> Self {
        Self::Conflict(refusal.to_string())
    }
}

impl From<StoreError> for PlatformError {
    fn from(error: StoreError) -> Self {
        match error.kind() {
            store::ErrorKind::NotFound => Self::NotFound,
            store::ErrorKind::Conflict => Self::Conflict(error.to_string()),
            store::ErrorKind::Invalid => Self::field("request", "invalid", error.to_string()),
            store::ErrorKind::Limit => Self::Limit { detail: error.to_string(), retry_after_s: None },
            store::ErrorKind::Unavailable => Self::Unavailable(error.to_string()),
            _ => Self::Internal(error.to_string()),
        }
    }
}
