//! Short texts: proofs of identity, ids, orders to a camera's head.

use gb28181::digest::{Account, Challenge, Credentials, Hashers, answer};
use gb28181::edition::Edition;
use gb28181::id::{CatalogId, GbId, IdParts, RegionCode};
use gb28181::manscdp::LocalTime;
use gb28181::ptz::{Frame, PtzCommand};
use gb28181::registrar::IdRule;
use gb28181::ssrc::Ssrc;

/// Challenges and proofs; a proof of ours repeats the challenge.
pub fn gb_digest(bytes: &[u8]) {
    if let Some(credentials) = Credentials::parse(bytes) {
        let _ = credentials.algorithm();
        let values = [credentials.username, credentials.realm, credentials.nonce, credentials.response];
        assert!(values.iter().map(|value| value.len()).sum::<usize>() <= bytes.len());
    }
    let Some(challenge) = Challenge::parse(bytes) else { return };
    let account = Account { username: "34020000001320000001", password: b"secret" };
    let Some(value) = answer(&challenge, account, "REGISTER", "sip:a@b", "c", 1, &Hashers::default()) else {
        return;
    };
    // What no quotation mark or backslash can cut short.
    let quotable = |text: &[u8]| !text.contains(&b'"') && !text.contains(&b'\\');
    if quotable(challenge.realm) && quotable(challenge.nonce) {
        let proof = Credentials::parse(&value).expect("a proof of our own");
        assert_eq!((proof.realm, proof.nonce), (challenge.realm, challenge.nonce));
        assert_eq!((proof.username, proof.uri), (account.username.as_bytes(), &b"sip:a@b"[..]));
        assert_eq!((proof.algorithm(), proof.qop.is_some()), (Some(challenge.algorithm), challenge.qop_auth));
    }
}

/// Whatever is read is written the same way again.
pub fn gb_ids(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let text = text.as_ref();
    assert!(GbId::from_digits(bytes).is_none_or(|id| id.as_bytes() == bytes));
    for id in [GbId::parse(text), GbId::from_address(text)].into_iter().flatten() {
        check_id(id);
    }
    if let Ok(id) = GbId::parse(text) {
        assert_eq!((id.as_str(), GbId::from_address(text)), (text.trim(), Ok(id)));
    }
    if let Ok(id) = CatalogId::parse(text) {
        assert_eq!((id.as_str(), id.device()), (text.trim(), GbId::parse(text).ok()));
    }
    if let Ok(region) = RegionCode::parse(text) {
        assert_eq!(region.as_str(), text.trim());
        assert!(region.parent().is_none_or(|parent| parent.contains(&region) && parent != region));
    }
    if let Some(time) = LocalTime::parse(text) {
        assert_eq!(LocalTime::parse(&time.to_string()).map(LocalTime::unix_s), Some(time.unix_s()));
    }
    if let Some(ssrc) = Ssrc::parse(text) {
        assert_eq!(Ssrc::parse(&ssrc.to_string()), Some(ssrc));
    }
    if let Some(edition) = Edition::parse(bytes) {
        assert_eq!(Edition::parse(edition.as_str().as_bytes()), Some(edition));
    }
    if let (Some(rule), Ok(id)) = (IdRule::parse(text), GbId::parse(&text.replace('?', "1"))) {
        assert!(rule.matches(&id));
    }
}

/// An id is the sum of its parts.
fn check_id(id: GbId) {
    let parts = IdParts {
        region: id.region().as_str().parse().expect("six digits"),
        grassroots: id.grassroots(),
        industry: id.industry_code(),
        type_code: id.type_code(),
        network: id.network(),
        serial: id.serial(),
    };
    assert_eq!(GbId::compose(parts), Some(id));
    let _ = (id.kind().is_camera(), id.industry(), id.domain(), id.ssrc_domain());
}

/// Orders as text, and as any eight bytes.
pub fn gb_ptz(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Frame::parse(&text) {
        Ok(frame) => check_frame(frame),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    if let [low, high, command, data1, data2, data3, ..] = *bytes {
        let address = u16::from(high & 0x0f) << 8 | u16::from(low);
        check_frame(Frame { address, command, data1, data2, data3: data3 & 0x0f });
    }
}

fn check_frame(frame: Frame) {
    assert_eq!(Frame::parse(&frame.to_string()), Ok(frame));
    let meant = PtzCommand::from_frame(frame);
    let written = meant.frame(frame.address);
    assert_eq!((PtzCommand::from_frame(written), written.address), (meant, frame.address));
}
