//! Passwords: the rules for a new one, hashing with argon2id, and a check that takes the same time when nobody has that name.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

use crate::PlatformError;

/// Longest password taken; more would only cost hashing time.
pub const PASSWORD_LEN_MAX: usize = 256;

/// Which rules a new password must meet. The two clash (ASVS 5.0 6.2.5 forbids what MLPS asks), so they are named profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordProfile {
    /// GB/T 22239—2019 level 3: at least 10 characters of three classes.
    Mlps3,
    /// NIST SP 800-63B: at least 12 characters, no composition rule.
    Nist,
}

impl PasswordProfile {
    /// Refuses a password that does not meet the rules.
    pub fn check(self, password: &str) -> Result<(), PlatformError> {
        let refuse = |code, message: &str| Err(PlatformError::field("password", code, message));
        if password.len() > PASSWORD_LEN_MAX {
            return refuse("too_long", "at most 256 bytes");
        }
        let length = password.chars().count();
        match self {
            Self::Mlps3 if length < 10 => refuse("too_short", "at least 10 characters"),
            Self::Mlps3 if classes(password) < 3 => {
                refuse("too_simple", "three of: capital letters, small letters, digits, other characters")
            }
            Self::Nist if length < 12 => refuse("too_short", "at least 12 characters"),
            _ => Ok(()),
        }
    }
}

/// Hashes on a blocking thread; argon2id takes tens of milliseconds and 19 MiB by design.
pub async fn hash(password: String, salt: [u8; 16]) -> Result<String, PlatformError> {
    run(move || {
        let hashed: PasswordHash = Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map_err(|error| PlatformError::Internal(format!("password hash: {error}")))?;
        Ok(hashed.to_string())
    })
    .await
}

/// Checks a password. Without a stored hash it does the same work and answers no.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool, PlatformError> {
    run(move || {
        let argon2 = Argon2::default();
        let Some(hash) = stored.as_deref().and_then(|text| PasswordHash::new(text).ok()) else {
            let spent: Result<PasswordHash, _> =
                argon2.hash_password_with_salt(password.as_bytes(), &[0; 16]);
            drop(spent);
            return Ok(false);
        };
        Ok(password.len() <= PASSWORD_LEN_MAX && argon2.verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
}

async fn run<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PlatformError> + Send + 'static,
) -> Result<T, PlatformError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| PlatformError::Internal(error.to_string()))?
}

fn classes(password: &str) -> usize {
    let has = |class: fn(char) -> bool| usize::from(password.chars().any(class));
    has(|c| c.is_ascii_uppercase())
        + has(|c| c.is_ascii_lowercase())
        + has(|c| c.is_ascii_digit())
        + has(|c| !c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_ask_for_different_things() {
        assert!(PasswordProfile::Mlps3.check("Fire-2026!").is_ok());
        assert!(PasswordProfile::Mlps3.check("Fire-26!").is_err(), "too short");
        assert!(PasswordProfile::Mlps3.check("alllowercase").is_err(), "one class");
        assert!(PasswordProfile::Nist.check("correct horse battery").is_ok());
        assert!(PasswordProfile::Nist.check(&"x".repeat(300)).is_err(), "too long");
    }

    #[tokio::test]
    async fn a_hash_verifies_only_its_password() {
        let hashed = hash("Fire-2026!".to_owned(), [3; 16]).await.unwrap();
        assert!(hashed.starts_with("$argon2id$"));
        assert!(verify("Fire-2026!".to_owned(), Some(hashed.clone())).await.unwrap());
        assert!(!verify("fire-2026!".to_owned(), Some(hashed)).await.unwrap());
        assert!(!verify("Fire-2026!".to_owned(), None).await.unwrap());
    }
}
