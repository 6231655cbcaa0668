//! People: first set-up, signing in and out, accounts.
//!
//! There is no default password and no self-signed token: a session is a row, found by the hash of a random token, and can be
//! ended by deleting it. Signing in never tells whether the name exists.

mod accounts;
mod password;
mod session;
mod setup;

pub use accounts::{NewAccount, OneTimeLink};
pub use password::PasswordProfile;
pub use session::{SignedIn, Who};

use jiff::SignedDuration;

/// How people sign in (GB/T 22239—2019 level 3, 8.1.4.1).
#[derive(Debug, Clone)]
pub struct Policy {
    /// Which rules a new password must meet.
    pub profile: PasswordProfile,
    /// Failed tries before the account is locked.
    pub failures_max: u32,
    /// How long it stays locked.
    pub lock: SignedDuration,
    /// A session ends after this long without a request.
    pub idle: SignedDuration,
    /// A session ends after this long in any case.
    pub absolute: SignedDuration,
    /// How long a one-time link works.
    pub one_time_link: SignedDuration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            profile: PasswordProfile::Mlps3,
            failures_max: 5,
            lock: SignedDuration::from_mins(30),
            idle: SignedDuration::from_mins(30),
            absolute: SignedDuration::from_hours(12),
            one_time_link: SignedDuration::from_hours(24),
        }
    }
}

/// 256 random bits as text for a link or a cookie.
pub(crate) fn token_text(bytes: [u8; 32]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

/// What is stored of a token.
pub(crate) fn token_hash(token: &str) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(token.as_bytes()).into()
}
