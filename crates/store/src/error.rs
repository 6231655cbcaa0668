//! What can go wrong when keeping or finding something, in words a caller can act on.

use std::path::PathBuf;

use thiserror::Error;

/// Shorthand of this crate.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Why the store did not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// No such thing, or not within the asker's scope; the two are never told apart.
    #[error("not found")]
    NotFound,
    /// The row changed meanwhile, or a unique name is taken; the text says which.
    #[error("conflict: {0}")]
    Conflict(String),
    /// A named limit was exceeded.
    #[error("limit: {0}")]
    Limit(String),
    /// The input cannot be kept as it is.
    #[error("invalid: {0}")]
    Invalid(String),
    /// Busy, locked, out of connections or out of disk: may work later.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The database was written by a newer version of the program.
    #[error("the database has schema {found}, this program knows {known}: run the newer program")]
    NewerSchema {
        /// Version of the last migration found in the database.
        found: i64,
        /// Version of the last migration this program knows.
        known: i64,
    },
    /// A folder or file cannot be written.
    #[error("cannot write {}: {reason}", path.display())]
    Unwritable {
        /// The folder or file.
        path: PathBuf,
        /// What the operating system said.
        reason: String,
    },
    /// A row or a blob that this program cannot have written.
    #[error("corrupt: {0}")]
    Corrupt(String),
    /// Anything else the database reports.
    #[error("database: {0}")]
    Internal(#[source] sqlx::Error),
}

/// What a caller can do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// Ask for something else.
    NotFound,
    /// Read again, decide again.
    Conflict,
    /// Ask for less.
    Limit,
    /// Correct the input.
    Invalid,
    /// Try later.
    Unavailable,
    /// Use the newer program.
    NewerSchema,
    /// Give another folder or the right to write.
    Unwritable,
    /// Restore from a back-up.
    Corrupt,
    /// Report it.
    Internal,
}

impl StoreError {
    /// The kind, for deciding what to answer.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound => ErrorKind::NotFound,
            Self::Conflict(_) => ErrorKind::Conflict,
            Self::Limit(_) => ErrorKind::Limit,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Unavailable(_) => ErrorKind::Unavailable,
            Self::NewerSchema { .. } => ErrorKind::NewerSchema,
            Self::Unwritable { .. } => ErrorKind::Unwritable,
            Self::Corrupt(_) => ErrorKind::Corrupt,
            Self::Internal(_) => ErrorKind::Internal,
        }
    }

    /// A conflict with its reason.
    pub(crate) fn conflict(reason: impl Into<String>) -> Self {
        Self::Conflict(reason.into())
    }
}

/// SQLite result codes, primary (<https://www.sqlite.org/rescode.html>), and SQLSTATEs of PostgreSQL that mean "later".
const LATER: [&str; 17] = [
    "5",     // SQLITE_BUSY
    "6",     // SQLITE_LOCKED
    "10",    // SQLITE_IOERR: a full disk too, where it is the log or the index of the log that does not fit
    "13",    // SQLITE_FULL
    "14",    // SQLITE_CANTOPEN: the same for a file that is made anew
    "40001", // serialization_failure
    "40P01", // deadlock_detected
    "53100", // disk_full
    "53200", // out_of_memory
    "53300", // too_many_connections
    "55P03", // lock_not_available
    "57014", // query_canceled: statement_timeout
    "57P01", // admin_shutdown
    "57P02", // crash_shutdown
    "57P03", // cannot_connect_now
    "08003", // connection_does_not_exist
    "08006", // connection_failure
];

/// The primary code of an extended one of SQLite, whose lower eight bits it is; SQLSTATEs have five characters.
fn primary(code: &str) -> String {
    match code.parse::<u32>() {
        Ok(extended) if code.len() < 5 => (extended & 0xff).to_string(),
        _ => code.to_owned(),
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => {
                Self::Unavailable(error.to_string())
            }
            sqlx::Error::Database(database) => {
                let code = database.code().unwrap_or_default();
                if database.is_unique_violation() {
                    Self::Conflict(database.message().to_owned())
                } else if database.is_foreign_key_violation() || database.is_check_violation() {
                    Self::Invalid(database.message().to_owned())
                } else if LATER.contains(&primary(&code).as_str()) {
                    Self::Unavailable(database.message().to_owned())
                } else {
                    Self::Internal(error)
                }
            }
            _ => Self::Internal(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extended_codes_of_sqlite_and_states_of_postgresql_are_told_apart() {
        for (code, wanted) in [("13", "13"), ("778", "10"), ("4874", "10"), ("261", "5"), ("53100", "53100")]
        {
            assert_eq!(primary(code), wanted);
            assert!(LATER.contains(&wanted));
        }
        assert_eq!(primary("23505"), "23505");
        assert_eq!(primary("57P02"), "57P02");
    }
}
