//! Digest authentication, RFC 2617 (MD5) and RFC 7616 (SHA-256), as server and as client, with a place for SM3.
//!
//! The server keeps nothing between challenge and answer: a nonce carries the time of its making and a keyed hash over it
//! ([`NonceKey`]). Strings are hashed as the device wrote them: several brands put another `uri` into their answer than into the request line,
//! and some count `nc` wider than eight digits.

mod algorithm;
mod client;
mod hmac;
mod nonce;
mod server;
mod syntax;

pub use algorithm::{Algorithm, Hashers, Output, Sm3, ha1_md5};
pub use client::{Account, answer};
pub use nonce::{NONCE_BYTES, NonceAge, NonceKey};
pub use server::{Secret, Verdict, challenge, verify};
pub use syntax::{Challenge, Credentials};
