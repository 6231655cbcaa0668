//! Verification as it travels: what everybody may know of a published bulletin, and what differs in a copy.

use domain::bulletin::life::BulletinState;
use platform::signing::PublicKey;
use platform::verify::compare::Difference;
use platform::verify::{CheckedSignature, Found, Published, Verification};
use serde::Serialize;
use utoipa::ToSchema;

use super::bulletins::{BulletinFigure, figures};
use super::{Moment, moment};

/// A published bulletin.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerifiedBulletin {
    /// Title.
    pub title: String,
    /// 发文字号; none for a draft.
    pub number: Option<String>,
    /// 成文日期
    #[schema(value_type = Option<String>)]
    pub date: Option<jiff::civil::Date>,
    /// 发文机关
    pub organ: String,
    /// `published` or `withdrawn`.
    pub state: &'static str,
    /// SHA-256 over its sealed content.
    pub digest: Option<String>,
}

impl VerifiedBulletin {
    fn of(published: Published, digest: Option<String>) -> Self {
        let state: BulletinState = published.state;
        Self {
            title: published.title,
            number: published.number,
            date: published.date,
            organ: published.organ,
            state: state.as_str(),
            digest,
        }
    }
}

/// A signature and whether it holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignatureCheck {
    /// Name of the scheme.
    pub algorithm: String,
    /// Short name of the key.
    pub key_id: String,
    /// Who approved.
    pub signer: String,
    /// True where a key of this platform made it over this content.
    pub valid: bool,
}

impl From<CheckedSignature> for SignatureCheck {
    fn from(signature: CheckedSignature) -> Self {
        let CheckedSignature { algorithm, key_id, signer, valid } = signature;
        Self { algorithm, key_id, signer, valid }
    }
}

/// The answer to a look-up.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Verified {
    /// False where no published bulletin has the number or digest.
    pub found: bool,
    /// The bulletin.
    pub bulletin: Option<VerifiedBulletin>,
    /// Its signature.
    pub signature: Option<SignatureCheck>,
    /// Its text as sealed.
    pub text: Option<String>,
    /// Its figures as sealed.
    pub figures: Option<Vec<BulletinFigure>>,
}

impl From<Option<Found>> for Verified {
    fn from(found: Option<Found>) -> Self {
        let Some(Found { bulletin, signature, sealed }) = found else { return Self::default() };
        let hashes = sealed.bulletin.figures.iter().map(|figure| figure.rows_hash.clone()).collect();
        let digest = sealed.signature.as_ref().map(|signature| signature.digest.clone());
        let written = sealed.edition(None).bulletin;
        Self {
            found: true,
            bulletin: Some(VerifiedBulletin::of(bulletin, digest)),
            signature: Some(signature.into()),
            text: Some(written.text.clone()),
            figures: Some(figures(written, hashes)),
        }
    }
}

/// Something that is not as it was sealed.
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceView {
    /// Figure of the text; none for words and annexes.
    pub figure_id: Option<String>,
    /// What it is, in Chinese.
    pub label: String,
    /// As sealed.
    pub original: String,
    /// As the copy has it; empty where it is missing.
    pub found: String,
    /// Line of the copy's text, from 1.
    pub line: Option<u32>,
}

impl From<Difference> for DifferenceView {
    fn from(difference: Difference) -> Self {
        let Difference { figure_id, label, original, found, line } = difference;
        Self { figure_id, label, original, found, line }
    }
}

/// The answer about a copy.
#[derive(Debug, Serialize, ToSchema)]
pub struct CopyVerdict {
    /// `genuine`, `altered`, `unknown` or `unreadable`.
    pub verdict: &'static str,
    /// The bulletin it was compared with.
    pub bulletin: Option<VerifiedBulletin>,
    /// The signature: of the file where it has one, else of the original.
    pub signature: Option<SignatureCheck>,
    /// What differs.
    pub differences: Vec<DifferenceView>,
    /// In a sentence, in Chinese.
    pub message_zh: String,
    /// The same in English.
    pub message_en: String,
}

impl From<Verification> for CopyVerdict {
    fn from(answer: Verification) -> Self {
        Self {
            verdict: answer.verdict.as_str(),
            bulletin: answer.bulletin.map(|published| VerifiedBulletin::of(published, None)),
            signature: answer.signature.map(SignatureCheck::from),
            differences: answer.differences.into_iter().map(DifferenceView::from).collect(),
            message_zh: answer.message_zh,
            message_en: answer.message_en,
        }
    }
}

/// The public half of a signing key.
#[derive(Debug, Serialize, ToSchema)]
pub struct SigningKeyView {
    /// Short name: the first 16 hex digits of SHA-256 over the public key.
    pub key_id: String,
    /// Name of the scheme.
    pub algorithm: String,
    /// The key, base64.
    pub public_key_base64: String,
    /// First moment of use.
    pub valid_from: Moment,
    /// When it was replaced; none: in use.
    pub retired_at: Option<Moment>,
}

impl From<PublicKey> for SigningKeyView {
    fn from(key: PublicKey) -> Self {
        Self {
            key_id: key.key_id,
            algorithm: key.algorithm,
            public_key_base64: key.public_key,
            valid_from: key.valid_from.into(),
            retired_at: moment(key.retired_at),
        }
    }
}
