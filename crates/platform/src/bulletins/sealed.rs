//! The sealed bulletin: one JSON document with everything a bulletin says and where each figure comes from, its digest and signature.
//!
//! Format `watchfire-bulletin/1`. The digest is SHA-256 over the canonical bytes (see [`crate::canonical`]) of everything but
//! `signature`; each figure carries the hash of the units in its numerator, each annex the hash of its own canonical bytes. What is
//! sealed is the archive: documents are printed from it, and copies are compared with it.

use domain::bulletin::edition::{Annex, Chart, Edition, Head, Proof, Signature};
use domain::bulletin::{Bulletin, Paragraph, PrintedFigure};
use domain::figures::PercentFormat;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::sha256_hex;
use thiserror::Error;

use crate::canonical;
use crate::signing::Signed;

/// Name and version of the format.
pub const FORMAT: &str = "watchfire-bulletin/1";

/// A sealed bulletin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// [`FORMAT`].
    pub format: String,
    /// What was sealed.
    pub state: SealedState,
    /// Red head and reference number.
    pub head: Head,
    /// The text with its figures.
    pub bulletin: SealedText,
    /// Annexes.
    pub annexes: Vec<SealedAnnex>,
    /// Pictures of figures that the text prints as well.
    pub charts: Vec<Chart>,
    /// How annexes and charts print percentages; documents sealed before it was said have one decimal.
    #[serde(default)]
    pub percent: PercentFormat,
    /// Where the figures come from.
    pub snapshot: SealedSnapshot,
    /// Who approved; none for a draft.
    pub approved: Option<SealedApproval>,
    /// The signature, of a draft that of the platform alone.
    pub signature: Option<SealedSignature>,
}

/// What was sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SealedState {
    /// A draft as it was exported: the signature says where it comes from, nobody has approved it.
    Draft,
    /// An approved bulletin.
    Approved,
}

/// The text of a sealed bulletin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedText {
    /// Title.
    pub title: String,
    /// Every paragraph, the title first.
    pub paragraphs: Vec<Paragraph>,
    /// The paragraphs with a line break after each.
    pub text: String,
    /// Every printed number in the order of the text.
    pub figures: Vec<SealedFigure>,
}

/// A figure with the fingerprint of its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedFigure {
    /// The figure.
    #[serde(flatten)]
    pub figure: PrintedFigure,
    /// SHA-256 over the ids of the units in its numerator, in ascending order, a line feed after each; none where it counts no units.
    pub rows_hash: Option<String>,
}

/// An annex with its fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedAnnex {
    /// The annex.
    #[serde(flatten)]
    pub annex: Annex,
    /// SHA-256 over the canonical bytes of the annex without this field.
    pub sha256: String,
}

/// The snapshot a bulletin was written from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedSnapshot {
    /// Its id.
    pub id: String,
    /// The moment it shows.
    pub as_of: Timestamp,
    /// SHA-256 over its rows.
    pub hash: String,
    /// Version of the register in force.
    pub register_version: Option<u32>,
    /// Id of the snapshot that changes are counted from.
    pub compared_id: Option<String>,
}

/// Who approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedApproval {
    /// Name of the person.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// 发文字号
    pub number: String,
}

/// The signature as it stands in the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedSignature {
    /// Name of the scheme.
    pub algorithm: String,
    /// Short name of the key.
    pub key_id: String,
    /// Public half of the key, base64.
    pub public_key: String,
    /// SHA-256 over the canonical bytes of everything but the signature.
    pub digest: String,
    /// The signature, base64.
    pub value: String,
}

/// Why bytes are no sealed bulletin.
#[derive(Debug, Error)]
pub enum SealError {
    /// No JSON, or not of this shape.
    #[error("no sealed bulletin: {0}")]
    Shape(#[from] serde_json::Error),
    /// Another format, or a later version of this one.
    #[error("format {0:?} is not {FORMAT}")]
    Format(String),
    /// It holds a fraction.
    #[error(transparent)]
    Fraction(#[from] canonical::Fraction),
}

impl Sealed {
    /// Puts an edition into its sealed form, unsigned. `rows_hash` tells the fingerprint of a figure's rows.
    pub fn of(
        edition: &Edition,
        as_of: Timestamp,
        compared_id: Option<String>,
        approved: Option<SealedApproval>,
        rows_hash: impl Fn(&PrintedFigure) -> Option<String>,
    ) -> Result<Self, SealError> {
        let bulletin = &edition.bulletin;
        let figure =
            |figure: &PrintedFigure| SealedFigure { figure: figure.clone(), rows_hash: rows_hash(figure) };
        let annex = |annex: &Annex| {
            let sha256 = sha256_hex(&canonical::bytes(&serde_json::to_value(annex)?)?);
            Ok::<_, SealError>(SealedAnnex { annex: annex.clone(), sha256 })
        };
        Ok(Self {
            format: FORMAT.to_owned(),
            state: if approved.is_some() { SealedState::Approved } else { SealedState::Draft },
            head: edition.head.clone(),
            bulletin: SealedText {
                title: bulletin.title.clone(),
                paragraphs: bulletin.paragraphs.clone(),
                text: bulletin.text.clone(),
                figures: bulletin.figures.iter().map(figure).collect(),
            },
            annexes: edition.annexes.iter().map(annex).collect::<Result<_, _>>()?,
            charts: edition.charts.clone(),
            percent: edition.percent,
            snapshot: SealedSnapshot {
                id: edition.proof.snapshot_id.clone(),
                as_of,
                hash: edition.proof.snapshot_hash.clone(),
                register_version: edition.proof.register_version,
                compared_id,
            },
            approved,
            signature: None,
        })
    }

    /// SHA-256 over everything but the signature.
    pub fn digest(&self) -> Result<String, SealError> {
        digest(serde_json::to_value(self)?)
    }

    /// Adds the signature over `digest`.
    #[must_use]
    pub fn signed(self, digest: String, signed: Signed) -> Self {
        let Signed { algorithm, key_id, public_key, value } = signed;
        Self { signature: Some(SealedSignature { algorithm, key_id, public_key, digest, value }), ..self }
    }

    /// As kept and exported: pretty JSON with a line feed at the end.
    pub fn to_json(&self) -> Result<Vec<u8>, SealError> {
        let mut text = serde_json::to_vec_pretty(self)?;
        text.push(b'\n');
        Ok(text)
    }

    /// Reads a sealed bulletin, and the digest of what it really holds.
    pub fn read(bytes: &[u8]) -> Result<(Self, String), SealError> {
        let value: Value = serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))?;
        let format = value.get("format").and_then(Value::as_str).unwrap_or_default();
        if format != FORMAT {
            return Err(SealError::Format(format.chars().take(40).collect()));
        }
        let sealed = Self::deserialize(&value)?;
        Ok((sealed, digest(value)?))
    }

    /// As printers take it.
    pub fn edition(self, verify_url: Option<String>) -> Edition {
        let signer = self.approved.map(|approved| approved.by).unwrap_or_default();
        Edition {
            head: self.head,
            bulletin: Bulletin {
                title: self.bulletin.title,
                paragraphs: self.bulletin.paragraphs,
                text: self.bulletin.text,
                figures: self.bulletin.figures.into_iter().map(|sealed| sealed.figure).collect(),
            },
            annexes: self.annexes.into_iter().map(|sealed| sealed.annex).collect(),
            charts: self.charts,
            percent: self.percent,
            proof: Proof {
                snapshot_id: self.snapshot.id,
                snapshot_hash: self.snapshot.hash,
                register_version: self.snapshot.register_version,
                verify_url,
                signature: self.signature.map(|signature| Signature {
                    algorithm: signature.algorithm,
                    key_id: signature.key_id,
                    digest: signature.digest,
                    value: signature.value,
                    signer,
                }),
            },
        }
    }
}

fn digest(mut value: Value) -> Result<String, SealError> {
    if let Some(fields) = value.as_object_mut() {
        fields.remove("signature");
    }
    Ok(sha256_hex(&canonical::bytes(&value)?))
}
