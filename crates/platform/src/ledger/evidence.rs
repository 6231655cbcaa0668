//! What a suspicion or a violation rests on: rows of the platform, each with the digest by which it can be found again unchanged.

use serde::Serialize;
use store::sha256_hex;

/// A row of an evidence package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct EvidenceRow {
    /// Of what kind.
    pub(crate) kind: &'static str,
    /// What it says, or which it is.
    pub(crate) what: String,
    /// SHA-256 of what it says, hex.
    pub(crate) sha256: String,
}

impl EvidenceRow {
    /// A row that is named by what it says.
    pub(crate) fn of(kind: &'static str, what: String) -> Self {
        let sha256 = sha256_hex(what.as_bytes());
        Self { kind, what, sha256 }
    }
}
