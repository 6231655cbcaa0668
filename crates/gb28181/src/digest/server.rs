//! The server's half: ask, and judge the answer.

use super::algorithm::{Algorithm, Hashers, Output};
use super::nonce::{NONCE_BYTES, NonceAge, NonceKey};
use super::syntax::Credentials;

/// What proves a device.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Secret<'a> {
    /// The password itself, opened for this moment.
    Password(&'a [u8]),
    /// MD5 of `username:realm:password`: enough for MD5 answers under this very name and realm, and for nothing else.
    Ha1Md5(&'a [u8; 16]),
}

/// The judgement over an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Right.
    Accepted {
        /// When its nonce was made, milliseconds of the clock that nonces are made with.
        nonce_made_ms: i64,
        /// The count of this nonce; 0 without `qop`.
        nc: u32,
    },
    /// The nonce is too old or not ours: challenge again with `stale=true`, nothing is said about the password.
    Stale,
    /// The password is wrong, or the realm is not ours.
    Wrong,
    /// The algorithm or quality of protection is not spoken here.
    Unsupported,
}

/// The value of `WWW-Authenticate`. `offer_qop` asks for `qop=auth`, which some old firmware answers wrongly.
pub fn challenge(
    realm: &str,
    nonce: &[u8; NONCE_BYTES],
    algorithm: Algorithm,
    offer_qop: bool,
    stale: bool,
) -> Vec<u8> {
    let mut value = Vec::with_capacity(128);
    for part in [b"Digest realm=\"", realm.as_bytes(), b"\",nonce=\"", nonce, b"\",algorithm="] {
        value.extend_from_slice(part);
    }
    value.extend_from_slice(algorithm.as_str().as_bytes());
    if offer_qop {
        value.extend_from_slice(b",qop=\"auth\"");
    }
    if stale {
        value.extend_from_slice(b",stale=true");
    }
    value
}

/// Judges an answer. `context` is what the nonce was made for; `method` the request's method.
#[expect(
    clippy::too_many_arguments,
    reason = "everything that an answer depends on, and nothing of it belongs together elsewhere"
)]
pub fn verify(
    credentials: &Credentials<'_>,
    method: &str,
    realm: &str,
    secret: Secret<'_>,
    hashers: &Hashers,
    key: &NonceKey,
    now_ms: i64,
    age_ms_max: i64,
    context: &[&[u8]],
) -> Verdict {
    let Some(algorithm) = credentials.algorithm() else { return Verdict::Unsupported };
    if credentials.realm != realm.as_bytes() {
        return Verdict::Wrong;
    }
    let nonce_made_ms = match key.age(credentials.nonce, now_ms, age_ms_max, context) {
        NonceAge::Fresh { made_ms } => made_ms,
        NonceAge::Stale | NonceAge::Foreign => return Verdict::Stale,
    };
    let ha1 = match secret {
        Secret::Password(password) => {
            let parts = [credentials.username, b":", credentials.realm, b":", password];
            hashers.hash(algorithm, &parts)
        }
        Secret::Ha1Md5(hash) => (algorithm == Algorithm::Md5).then(|| Output::new(hash)),
    };
    let ha2 = hashers.hash(algorithm, &[method.as_bytes(), b":", credentials.uri]);
    let (Some(ha1), Some(ha2)) = (ha1, ha2) else { return Verdict::Unsupported };
    let wanted = match credentials.qop {
        None | Some(b"") => {
            hashers.hash(algorithm, &[ha1.as_bytes(), b":", credentials.nonce, b":", ha2.as_bytes()])
        }
        Some(qop) if qop.eq_ignore_ascii_case(b"auth") => hashers.hash(
            algorithm,
            &[
                ha1.as_bytes(),
                b":",
                credentials.nonce,
                b":",
                credentials.nc,
                b":",
                credentials.cnonce,
                b":",
                qop,
                b":",
                ha2.as_bytes(),
            ],
        ),
        Some(_) => return Verdict::Unsupported,
    };
    if wanted.is_some_and(|wanted| wanted.equals(credentials.response)) {
        Verdict::Accepted { nonce_made_ms, nc: count(credentials.nc) }
    } else {
        Verdict::Wrong
    }
}

/// `nc` as a number: eight hexadecimal digits (RFC 7616 3.4), of more the last eight.
fn count(nc: &[u8]) -> u32 {
    nc.iter().filter_map(|digit| char::from(*digit).to_digit(16)).fold(0, |sum, digit| sum << 4 | digit)
}

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
