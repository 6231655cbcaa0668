//! What can be wrong with a bucket, in words that say where to look.

use std::io;

use crate::xml::Element;

/// Most letters of an answer's own words that are repeated.
const WORDS_MAX: usize = 200;

/// Why a bucket did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BucketTrouble {
    /// No answer, or none in time.
    #[error("{endpoint} does not answer: {why}")]
    Unreachable {
        /// Of the service.
        endpoint: String,
        /// What the system says.
        why: String,
    },
    /// The service does not know the access key.
    #[error("the service does not know access key {0}")]
    KeyUnknown(String),
    /// The signature is not the one that the service expects.
    #[error("the secret does not belong to access key {0}")]
    SecretWrong(String),
    /// The key may not do this.
    #[error("access key {key} may not {act}")]
    Denied {
        /// Which key.
        key: String,
        /// What was tried.
        act: String,
    },
    /// There is no such bucket.
    #[error("there is no bucket {0}")]
    NoBucket(String),
    /// The clocks of this machine and the service differ.
    #[error("the clock of this machine and that of the service differ by more than the service allows")]
    Clock,
    /// It is in another region or at another endpoint.
    #[error("the bucket is elsewhere: {0}")]
    Elsewhere(String),
    /// There is no room, or the quota of the account is used up.
    #[error("the service has no room: {0}")]
    Full(String),
    /// What arrived is not what was sent.
    #[error("what the service has is not what was sent: {0}")]
    Damaged(String),
    /// It failed, or its answer means nothing to us.
    #[error("the service answered {0}")]
    Answer(String),
}

impl BucketTrouble {
    /// Stable code for rows and interfaces.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "bucket_unreachable",
            Self::KeyUnknown(_) | Self::SecretWrong(_) => "bucket_keys",
            Self::Denied { .. } => "bucket_denied",
            Self::NoBucket(_) => "bucket_missing",
            Self::Clock => "bucket_clock",
            Self::Elsewhere(_) => "bucket_elsewhere",
            Self::Full(_) => "bucket_full",
            Self::Damaged(_) | Self::Answer(_) => "bucket_answer",
        }
    }

    /// The trouble that an error of a file operation carries.
    pub fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }

    /// Reads an answer that is no success. `None`: the object is not there.
    pub(super) fn read(status: u16, body: &str, ask: &AskedOf<'_>) -> Option<Self> {
        let told = Element::read(body).unwrap_or_default();
        let code = told.text_of("Code");
        let key = || ask.key_id.to_owned();
        let words = || {
            let words: String =
                told.text_of("Message").chars().filter(|c| !c.is_control()).take(WORDS_MAX).collect();
            format!("{status} {code} {words}").trim().to_owned()
        };
        Some(match (status, code) {
            (_, "NoSuchBucket") => Self::NoBucket(ask.bucket.to_owned()),
            (404, _) => return None,
            (_, "InvalidAccessKeyId") => Self::KeyUnknown(key()),
            (_, "SignatureDoesNotMatch") => Self::SecretWrong(key()),
            (_, "RequestTimeTooSkewed" | "RequestExpired") => Self::Clock,
            (
                _,
                "XAmzContentSHA256Mismatch" | "BadDigest" | "IncompleteBody" | "XAmzContentChecksumMismatch",
            ) => Self::Damaged(words()),
            (507, _) | (_, "XMinioStorageFull" | "QuotaExceeded" | "XMinioAdminBucketQuotaExceeded") => {
                Self::Full(words())
            }
            (300..=399, _) | (_, "AuthorizationHeaderMalformed" | "PermanentRedirect") => {
                let region = told.text_of("Region");
                let endpoint = told.text_of("Endpoint");
                Self::Elsewhere(format!("{} {endpoint} {region}", words()).trim().to_owned())
            }
            (401 | 403, _) => Self::Denied { key: key(), act: ask.act() },
            _ => Self::Answer(format!("{} to {}", words(), ask.act())),
        })
    }
}

/// What an answer is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct AskedOf<'a> {
    pub(super) key_id: &'a str,
    pub(super) bucket: &'a str,
    pub(super) method: &'a str,
    pub(super) path: &'a str,
}

impl AskedOf<'_> {
    fn act(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

impl From<BucketTrouble> for io::Error {
    fn from(trouble: BucketTrouble) -> Self {
        let kind = match &trouble {
            BucketTrouble::Full(_) => io::ErrorKind::StorageFull,
            BucketTrouble::Denied { .. } | BucketTrouble::KeyUnknown(_) | BucketTrouble::SecretWrong(_) => {
                io::ErrorKind::PermissionDenied
            }
            BucketTrouble::Unreachable { .. } => io::ErrorKind::TimedOut,
            _ => io::ErrorKind::Other,
        };
        Self::new(kind, trouble)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, code: &str) -> Option<BucketTrouble> {
        let ask = AskedOf { key_id: "AK1", bucket: "footage", method: "PUT", path: "/footage/x" };
        BucketTrouble::read(status, &format!("<Error><Code>{code}</Code><Message>m</Message></Error>"), &ask)
    }

    #[test]
    fn an_answer_says_where_to_look() {
        let words = |status, code| read(status, code).unwrap().to_string();
        assert!(words(403, "SignatureDoesNotMatch").contains("AK1"));
        assert!(words(404, "NoSuchBucket").contains("footage"));
        assert!(words(403, "RequestTimeTooSkewed").contains("clock"));
        assert_eq!(words(403, "AccessDenied"), "access key AK1 may not PUT /footage/x");
        assert_eq!(words(503, "SlowDown"), "the service answered 503 SlowDown m to PUT /footage/x");
        assert_eq!((read(404, "NoSuchKey"), read(404, "")), (None, None));
        assert!(matches!(read(307, "TemporaryRedirect"), Some(BucketTrouble::Elsewhere(_))));
        let nonsense = AskedOf { key_id: "AK1", bucket: "b", method: "GET", path: "/b/x" };
        assert!(matches!(BucketTrouble::read(200, "<<<", &nonsense), Some(BucketTrouble::Answer(_))));
    }
}
