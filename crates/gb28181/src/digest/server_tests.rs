//! Right, wrong and old answers to a challenge.

use super::*;
use crate::digest::{Account, Challenge, answer};

const NOW: i64 = 1_764_000_000_000;
const REALM: &str = "3402000000";
const URI: &str = "sip:34020000002000000001@3402000000";

fn key() -> NonceKey {
    NonceKey::new(&[9; 32])
}

fn challenge_at(unix_ms: i64, algorithm: Algorithm, qop: bool) -> Vec<u8> {
    challenge(REALM, &key().make(unix_ms, &[b"dev"]), algorithm, qop, false)
}

fn answered(challenge: &[u8], password: &[u8], nc: u32, hashers: Hashers) -> Vec<u8> {
    let account = Account { username: "dev", password };
    answer(&Challenge::parse(challenge).unwrap(), account, "REGISTER", URI, "c0ffee", nc, &hashers).unwrap()
}

fn judged(authorization: &[u8], secret: Secret<'_>, hashers: Hashers) -> Verdict {
    let credentials = Credentials::parse(authorization).unwrap();
    verify(&credentials, "REGISTER", REALM, secret, &hashers, &key(), NOW, 60_000, &[b"dev"])
}

const PASSWORD: Secret<'_> = Secret::Password(b"secret");

#[test]
fn the_example_of_rfc_2617_has_the_response_of_the_rfc() {
    let challenge = Challenge {
        realm: b"testrealm@host.com",
        nonce: b"dcd98b7102dd2f0e8b11d0f600bfb0c093",
        algorithm: Algorithm::Md5,
        qop_auth: true,
        opaque: None,
        stale: false,
    };
    let account = Account { username: "Mufasa", password: b"Circle Of Life" };
    let value =
        answer(&challenge, account, "GET", "/dir/index.html", "0a4f113b", 1, &Hashers::default()).unwrap();
    assert!(String::from_utf8(value).unwrap().contains("response=\"6629fae49393a05397450978507c4ef1\""));
}

#[test]
fn the_example_of_rfc_7616_has_the_response_of_the_rfc() {
    let challenge = Challenge {
        realm: b"http-auth@example.org",
        nonce: b"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
        algorithm: Algorithm::Sha256,
        qop_auth: true,
        opaque: None,
        stale: false,
    };
    let account = Account { username: "Mufasa", password: b"Circle of Life" };
    let cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    let value =
        answer(&challenge, account, "GET", "/dir/index.html", cnonce, 1, &Hashers::default()).unwrap();
    let wanted = "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1";
    assert!(String::from_utf8(value).unwrap().contains(wanted));
}

#[test]
fn a_right_password_is_accepted_with_either_algorithm_and_quality() {
    let hashers = Hashers::default();
    for (algorithm, qop) in [
        (Algorithm::Md5, false),
        (Algorithm::Md5, true),
        (Algorithm::Sha256, false),
        (Algorithm::Sha256, true),
    ] {
        let value = answered(&challenge_at(NOW - 10, algorithm, qop), b"secret", 7, hashers);
        let nc = if qop { 7 } else { 0 };
        assert_eq!(judged(&value, PASSWORD, hashers), Verdict::Accepted { nonce_made_ms: NOW - 10, nc });
    }
}

#[test]
fn a_wrong_password_is_wrong() {
    let hashers = Hashers::default();
    let value = answered(&challenge_at(NOW, Algorithm::Md5, false), b"other", 1, hashers);
    assert_eq!(judged(&value, PASSWORD, hashers), Verdict::Wrong);
}

#[test]
fn a_count_wider_than_eight_digits_is_hashed_as_it_came() {
    let hashers = Hashers::default();
    let nonce = key().make(NOW, &[b"dev"]);
    let ha1 = hashers.hash(Algorithm::Md5, &[b"dev:3402000000:secret"]).unwrap();
    let ha2 = hashers.hash(Algorithm::Md5, &[b"REGISTER:x"]).unwrap();
    let parts = [ha1.as_bytes(), b":", &nonce, b":000000000100:c:auth:", ha2.as_bytes()];
    let response = hashers.hash(Algorithm::Md5, &parts).unwrap();
    let value = format!(
        "Digest username=\"dev\",realm=\"{REALM}\",nonce=\"{}\",uri=\"x\",response=\"{}\",qop=auth,nc=000000000100,cnonce=\"c\"",
        String::from_utf8_lossy(&nonce),
        String::from_utf8_lossy(response.as_bytes()).to_uppercase(),
    );
    assert_eq!(
        judged(value.as_bytes(), PASSWORD, hashers),
        Verdict::Accepted { nonce_made_ms: NOW, nc: 256 }
    );
}

#[test]
fn an_old_or_foreign_nonce_is_stale_and_not_wrong() {
    let hashers = Hashers::default();
    let old = answered(&challenge_at(NOW - 60_001, Algorithm::Md5, false), b"secret", 1, hashers);
    assert_eq!(judged(&old, PASSWORD, hashers), Verdict::Stale);
    let foreign =
        challenge(REALM, &NonceKey::new(&[1; 32]).make(NOW, &[b"dev"]), Algorithm::Md5, false, false);
    assert_eq!(judged(&answered(&foreign, b"secret", 1, hashers), PASSWORD, hashers), Verdict::Stale);
}

#[test]
fn a_stored_hash_serves_md5_and_nothing_else() {
    let hashers = Hashers::default();
    let hash: [u8; 16] = {
        use md5::{Digest as _, Md5};
        Md5::digest(b"dev:3402000000:secret").into()
    };
    let md5 = answered(&challenge_at(NOW, Algorithm::Md5, false), b"secret", 1, hashers);
    assert!(matches!(judged(&md5, Secret::Ha1Md5(&hash), hashers), Verdict::Accepted { .. }));
    let sha = answered(&challenge_at(NOW, Algorithm::Sha256, false), b"secret", 1, hashers);
    assert_eq!(judged(&sha, Secret::Ha1Md5(&hash), hashers), Verdict::Unsupported);
}

#[test]
fn sm3_works_as_soon_as_somebody_brings_it() {
    // Any function with the right shape shows that the seam holds; this one is not SM3.
    let hashers =
        Hashers { sm3: Some(|parts| [parts.iter().flat_map(|p| p.iter()).fold(0, |a, b| a ^ b); 32]) };
    let value = answered(&challenge_at(NOW, Algorithm::Sm3, false), b"secret", 1, hashers);
    assert!(matches!(judged(&value, PASSWORD, hashers), Verdict::Accepted { .. }));
    assert_eq!(judged(&value, PASSWORD, Hashers::default()), Verdict::Unsupported);
}
