//! Who may ask: the device's half of both ways to log in.

use super::http::header;
use super::{State, locked};
use crate::rtsp::digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha1::{Digest as _, Sha1};
use std::time::{SystemTime, UNIX_EPOCH};

/// How far the time of a token may be from the device's, in microseconds; cameras allow 5 to 30 s.
const WINDOW_US: i64 = 5_000_000;
/// Nonces that are remembered.
const NONCES_MAX: usize = 10_000;
/// The nonce of the web server's digest: one device, one test.
const HTTP_NONCE: &str = "5ca1ab1e";

/// The device's own time, in microseconds since 1970.
pub(super) fn device_now_us(state: &State) -> i64 {
    let unix = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    unix.as_micros() as i64 + state.config.habits.clock_offset_s * 1_000_000
}

/// What the web server answers a stranger; `None` where the token in the envelope is the only way.
pub(super) fn challenge(state: &State) -> Option<String> {
    state.config.habits.asks_digest.then(|| digest::challenge(HTTP_NONCE))
}

/// True where the question may be answered.
pub(super) fn accepts(state: &State, head: &str, body: &str) -> bool {
    let Some((username, password)) = &state.config.credentials else { return true };
    if state.config.habits.asks_digest {
        return header(head, "Authorization")
            .is_some_and(|value| digest::accepts(value, "POST", HTTP_NONCE, username, password));
    }
    is_token_right(state, body, username, password).unwrap_or(false)
}

/// `None` without a whole token.
fn is_token_right(state: &State, body: &str, username: &str, password: &str) -> Option<bool> {
    let [said, digest, nonce, created] =
        ["Username", "Password", "Nonce", "Created"].map(|name| between(body, name));
    let (digest, nonce, created) = (digest?, nonce?, created?);
    let at: jiff::Timestamp = created.parse().ok()?;
    let is_now = (at.as_microsecond() - device_now_us(state)).abs() <= WINDOW_US;
    let mut nonces = locked(&state.nonces);
    let is_new = nonces.len() < NONCES_MAX && !nonces.iter().any(|known| known == nonce);
    nonces.push(nonce.to_owned());
    let expected = Sha1::new()
        .chain_update(BASE64.decode(nonce).ok()?)
        .chain_update(created.as_bytes())
        .chain_update(password.as_bytes())
        .finalize();
    Some(said? == username && is_now && is_new && BASE64.encode(expected) == digest)
}

/// The text of the first element with this local name.
pub(super) fn between<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let tag = format!(":{name}");
    // `UsernameToken` begins like `Username`.
    let mut ends = xml.match_indices(&tag).map(|(at, tag)| &xml[at + tag.len()..]);
    let after = ends.find(|after| after.starts_with(['>', ' ']))?;
    let (_, text) = after.split_once('>')?;
    text.split('<').next()
}
