//! The client's half: answers a challenge of an upper platform, or of ours in the simulator.

use super::algorithm::Hashers;
use super::syntax::Challenge;

/// Who answers.
#[derive(Debug, Clone, Copy)]
pub struct Account<'a> {
    /// Normally the device's own id.
    pub username: &'a str,
    /// The password.
    pub password: &'a [u8],
}

/// The value of `Authorization`; `None` when the algorithm is not at hand. `cnonce` is random and `nc` counts the uses of this nonce from 1;
/// both are used only when the server offers `qop=auth`.
pub fn answer(
    challenge: &Challenge<'_>,
    account: Account<'_>,
    method: &str,
    uri: &str,
    cnonce: &str,
    nc: u32,
    hashers: &Hashers,
) -> Option<Vec<u8>> {
    let algorithm = challenge.algorithm;
    let ha1 = hashers
        .hash(algorithm, &[account.username.as_bytes(), b":", challenge.realm, b":", account.password])?;
    let ha2 = hashers.hash(algorithm, &[method.as_bytes(), b":", uri.as_bytes()])?;
    let count = format!("{nc:08x}");
    let response = if challenge.qop_auth {
        hashers.hash(
            algorithm,
            &[
                ha1.as_bytes(),
                b":",
                challenge.nonce,
                b":",
                count.as_bytes(),
                b":",
                cnonce.as_bytes(),
                b":auth:",
                ha2.as_bytes(),
            ],
        )?
    } else {
        hashers.hash(algorithm, &[ha1.as_bytes(), b":", challenge.nonce, b":", ha2.as_bytes()])?
    };
    let mut value = Vec::with_capacity(256);
    let mut write = |parts: &[&[u8]]| parts.iter().for_each(|part| value.extend_from_slice(part));
    write(&[b"Digest username=\"", account.username.as_bytes(), b"\",realm=\"", challenge.realm]);
    write(&[b"\",nonce=\"", challenge.nonce, b"\",uri=\"", uri.as_bytes()]);
    write(&[b"\",response=\"", response.as_bytes(), b"\",algorithm=", algorithm.as_str().as_bytes()]);
    if challenge.qop_auth {
        write(&[b",qop=auth,nc=", count.as_bytes(), b",cnonce=\"", cnonce.as_bytes(), b"\""]);
    }
    if let Some(opaque) = challenge.opaque {
        write(&[b",opaque=\"", opaque, b"\""]);
    }
    Some(value)
}
