//! Verification without a platform: a sealed bulletin by the key it carries, or a copy against a sealed bulletin.
//!
//! The key inside a file proves that the content was not changed since that key signed it; whose key it is must be compared with the
//! list that the office publishes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::bulletin::life::BulletinState;
use jiff::Timestamp;

use super::compare::compare;
use super::judge::{altered, check_signature, contradictions, judged, sealed_differences};
use super::reading::{looks_like_json, read};
use super::{CheckedSignature, Published, Verdict, Verification};
use crate::bulletins::sealed::{SealError, Sealed};
use crate::signing::{self, PublicKey};

const KEY_ZH: &str = "；文件所带的密钥未与发文机关公布的密钥核对";
const KEY_EN: &str = "; whose key the file carries was not compared with the keys the office publishes";

/// Checks a sealed bulletin by the key it carries.
pub fn verify_alone(bytes: &[u8]) -> Verification {
    let (sealed, digest) = match Sealed::read(bytes) {
        Ok(read) => read,
        Err(error) => return unreadable(&error),
    };
    let signature = own_signature(&sealed, &digest);
    let published = Published::of(&sealed, state_of(&sealed));
    let holds = signature.as_ref().is_some_and(|signature| signature.valid);
    let answer = if holds {
        judged(published, signature, vec![], &[])
    } else {
        let mut differences = contradictions(&sealed);
        if differences.is_empty() {
            differences = sealed_differences(&sealed, &sealed);
        }
        altered(published, signature, differences)
    };
    let (message_zh, message_en) = if holds {
        (format!("内容与文件所带的签名一致{KEY_ZH}"), format!("the content is what was signed{KEY_EN}"))
    } else {
        ("内容与文件所带的签名不一致".to_owned(), "the content is not what was signed".to_owned())
    };
    Verification { message_zh, message_en, ..answer }
}

/// Compares a copy with a sealed bulletin, whose signature must hold.
pub fn verify_against(sealed: &[u8], name: &str, bytes: &[u8]) -> Verification {
    let (original, digest) = match Sealed::read(sealed) {
        Ok(read) => read,
        Err(error) => return unreadable(&error),
    };
    let signature = own_signature(&original, &digest);
    if signature.as_ref().is_none_or(|signature| !signature.valid) {
        let answer = verify_alone(sealed);
        let zh = "用来比对的密封文件自身的签名不成立";
        let en = "the signature of the sealed file to compare with does not hold itself";
        return Verification { message_zh: zh.to_owned(), message_en: en.to_owned(), ..answer };
    }
    let published = Published::of(&original, state_of(&original));
    if looks_like_json(name, bytes) {
        return match Sealed::read(bytes) {
            Ok((_, copied)) if copied == digest => judged(published, signature, vec![], &[]),
            Ok((copy, _)) => altered(published, signature, sealed_differences(&original, &copy)),
            Err(error) => unreadable(&error),
        };
    }
    let copy = match read(bytes, name) {
        Ok(copy) => copy,
        Err(fault) => return Verification::plain(Verdict::Unreadable, fault.zh, fault.en),
    };
    match compare(&original, &copy.text) {
        Some(found) if found.differences.is_empty() => {
            judged(published, signature, vec![], &found.annexes_not_compared)
        }
        Some(found) => altered(published, signature, found.differences),
        None => Verification::too_long(),
    }
}

/// The signature held against the key in the file itself.
fn own_signature(sealed: &Sealed, digest: &str) -> Option<CheckedSignature> {
    let signature = sealed.signature.as_ref()?;
    let bytes = BASE64.decode(&signature.public_key).unwrap_or_default();
    let key = PublicKey {
        key_id: signing::key_id(&bytes),
        algorithm: signature.algorithm.clone(),
        public_key: signature.public_key.clone(),
        valid_from: Timestamp::UNIX_EPOCH,
        retired_at: None,
    };
    check_signature(sealed, digest, &[key])
}

fn state_of(sealed: &Sealed) -> BulletinState {
    if sealed.approved.is_some() { BulletinState::Approved } else { BulletinState::Draft }
}

fn unreadable(error: &SealError) -> Verification {
    let zh = "文件不是完整的密封通报（watchfire-bulletin/1）";
    Verification::plain(Verdict::Unreadable, zh, error.to_string())
}
