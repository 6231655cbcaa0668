//! Signatures as the service computes them: from the request as it arrived, with a digest and an HMAC (RFC 2104) of its own.

use sha2::{Digest as _, Sha256};

use super::State;
use super::http::Request;
use crate::hex::hex;

/// Bytes of a block of SHA-256.
const BLOCK_BYTES: usize = 64;

/// Why a request is refused: a status and a code of the interface.
pub(super) type Refused = (u16, &'static str);

/// Checks who asks and that nothing was changed on the way.
pub(super) fn check(state: &State, request: &Request) -> Result<(), Refused> {
    let authorization = request.header("authorization").ok_or((403, "AccessDenied"))?;
    let parts = authorization.strip_prefix("AWS4-HMAC-SHA256 ").ok_or((400, "InvalidArgument"))?;
    let part = |name: &str| {
        let mut found = parts.split(',').filter_map(|part| part.trim().split_once('='));
        found.find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    let (Some(credential), Some(names), Some(signature)) =
        (part("Credential"), part("SignedHeaders"), part("Signature"))
    else {
        return Err((400, "AuthorizationHeaderMalformed"));
    };
    let (key_id, scope) = credential.split_once('/').ok_or((400, "AuthorizationHeaderMalformed"))?;
    if key_id != state.key_id {
        return Err((403, "InvalidAccessKeyId"));
    }
    let said = request.header("x-amz-content-sha256").unwrap_or_default();
    if said != hex(&Sha256::digest(&request.body)) {
        return Err((400, "XAmzContentSHA256Mismatch"));
    }
    for needed in ["host", "x-amz-content-sha256", "x-amz-date"] {
        if !names.split(';').any(|name| name == needed) {
            return Err((403, "AccessDenied"));
        }
    }
    if expected(state, request, scope, names, said) == signature {
        Ok(())
    } else {
        Err((403, "SignatureDoesNotMatch"))
    }
}

fn expected(state: &State, request: &Request, scope: &str, names: &str, said: &str) -> String {
    let mut query: Vec<&str> = request.query.split('&').filter(|pair| !pair.is_empty()).collect();
    query.sort_unstable();
    let headers: Vec<String> =
        names.split(';').map(|name| format!("{name}:{}", request.header(name).unwrap_or_default())).collect();
    let lines = [&request.method, &request.path, &query.join("&"), &headers.join("\n"), "", names, said];
    let text = lines.join("\n");
    let date = request.header("x-amz-date").unwrap_or_default();
    let to_sign = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hex(&Sha256::digest(text)));
    let begin = format!("AWS4{}", state.secret).into_bytes();
    let key = scope.split('/').fold(begin, |key, part| hmac(&key, part.as_bytes()));
    hex(&hmac(&key, to_sign.as_bytes()))
}

fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let key = if key.len() > BLOCK_BYTES { Sha256::digest(key).to_vec() } else { key.to_vec() };
    let padded = |with: u8| -> Vec<u8> {
        (0..BLOCK_BYTES).map(|at| key.get(at).copied().unwrap_or(0) ^ with).collect()
    };
    let inner = Sha256::digest([padded(0x36), text.to_vec()].concat());
    Sha256::digest([padded(0x5c), inner.to_vec()].concat()).to_vec()
}
