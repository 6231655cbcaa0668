//! Verification of copies: is this what was signed and published? For everybody, without an account.
//!
//! A sealed JSON proves itself by digest and signature. A document or a plain text is led to its bulletin by the number, the digest or
//! the title it shows, and compared figure by figure. Nothing that is not published is ever found. Not here: reading files
//! (`documents` does), and the linter, which needs no original.

mod align;
mod alone;
mod annexes;
pub mod compare;
mod drafts;
mod judge;
mod reading;
mod shown;
pub mod tokens;

pub use alone::{verify_against, verify_alone};
pub use reading::{ReadCopy, Unreadable, read};

use domain::bulletin::Sources;
use domain::bulletin::life::BulletinState;
use domain::figures::Figures;
use domain::ids::SnapshotId;
use jiff::civil::Date;
use store::Seal;

use self::compare::{Comparison, Difference, compare};
use self::judge::{altered, check_signature, judged, sealed_differences, wrong_figures};
use self::reading::looks_like_json;
use self::shown::{digests_in, numbers_in, squeeze};
use crate::bulletins::sealed::Sealed;
use crate::signing::PublicKey;
use crate::{Platform, PlatformError};

/// Largest file checked, in bytes.
pub const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Longest key of a look-up, in characters.
const KEY_CHARS_MAX: usize = 100;
/// Bulletins with the title of a copy that are compared with it, newest first.
const TITLED_MAX: usize = 5;

/// What is to be said of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// What was signed and published, unchanged.
    Genuine,
    /// Something differs.
    Altered,
    /// No published bulletin belongs to it.
    Unknown,
    /// The file cannot be read.
    Unreadable,
}

/// What everybody may know of a published bulletin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Title.
    pub title: String,
    /// 发文字号; none for a draft.
    pub number: Option<String>,
    /// 成文日期
    pub date: Option<Date>,
    /// 发文机关
    pub organ: String,
    /// Published or withdrawn.
    pub state: BulletinState,
}

/// A signature and whether it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedSignature {
    /// Name of the scheme.
    pub algorithm: String,
    /// Short name of the key.
    pub key_id: String,
    /// Who approved.
    pub signer: String,
    /// True where it was made with a key of this platform over this content.
    pub valid: bool,
}

/// A published bulletin found by its number or digest.
#[derive(Debug, Clone)]
pub struct Found {
    /// What it is.
    pub bulletin: Published,
    /// Its signature.
    pub signature: CheckedSignature,
    /// The sealed content.
    pub sealed: Sealed,
}

/// The answer about a copy.
#[derive(Debug, Clone)]
pub struct Verification {
    /// In one word.
    pub verdict: Verdict,
    /// The bulletin it was compared with.
    pub bulletin: Option<Published>,
    /// The signature: of the file where it has one, else of the original.
    pub signature: Option<CheckedSignature>,
    /// What differs.
    pub differences: Vec<Difference>,
    /// In a sentence, in Chinese.
    pub message_zh: String,
    /// The same in English.
    pub message_en: String,
}

impl Verdict {
    /// The word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Genuine => "genuine",
            Self::Altered => "altered",
            Self::Unknown => "unknown",
            Self::Unreadable => "unreadable",
        }
    }
}

impl Verification {
    fn plain(verdict: Verdict, message_zh: impl Into<String>, message_en: impl Into<String>) -> Self {
        Self {
            verdict,
            bulletin: None,
            signature: None,
            differences: vec![],
            message_zh: message_zh.into(),
            message_en: message_en.into(),
        }
    }

    fn too_long() -> Self {
        let zh = "文件过长，不能比对";
        Self::plain(Verdict::Unreadable, zh, "the file is too long to be compared")
    }

    fn unknown() -> Self {
        Self::plain(
            Verdict::Unknown,
            "没有找到与此文件对应的已发布通报：文件上没有可识别的发文字号、校验码或标题，或者该通报不是本平台发布的",
            "no published bulletin belongs to this file: it shows no number, digest or title that this platform knows",
        )
    }
}

impl Platform {
    /// A published bulletin by its number or digest, for everybody.
    pub async fn published(&self, key: &str) -> Result<Option<Found>, PlatformError> {
        let key = key.trim();
        if key.is_empty() || key.chars().count() > KEY_CHARS_MAX {
            return Ok(None);
        }
        let Some(seal) = self.find_published(key).await? else { return Ok(None) };
        let keys = self.public_keys().await?;
        self.found(seal, &keys).await.map(Some)
    }

    /// Checks a copy, for everybody. `name` tells the kind of the file by its ending.
    pub async fn verify_copy(&self, name: &str, bytes: Vec<u8>) -> Result<Verification, PlatformError> {
        if bytes.len() > FILE_BYTES_MAX {
            return Err(PlatformError::Limit {
                detail: format!("a file to be checked has at most {FILE_BYTES_MAX} bytes"),
                retry_after_s: None,
            });
        }
        if looks_like_json(name, &bytes) {
            return self.verify_sealed(bytes).await;
        }
        let name = name.to_owned();
        let read = self.inner.presses.run(move || read(&bytes, &name)).await?;
        match read {
            Ok(copy) => self.verify_text(copy).await,
            Err(fault) => Ok(Verification::plain(Verdict::Unreadable, fault.zh, fault.en)),
        }
    }

    /// A sealed bulletin proves itself.
    async fn verify_sealed(&self, bytes: Vec<u8>) -> Result<Verification, PlatformError> {
        let read = self.inner.presses.run(move || Sealed::read(&bytes)).await?;
        let (copy, digest) = match read {
            Ok(read) => read,
            Err(error) => {
                let zh = "文件不是完整的密封通报（watchfire-bulletin/1）";
                return Ok(Verification::plain(Verdict::Unreadable, zh, error.to_string()));
            }
        };
        let keys = self.public_keys().await?;
        let signature = check_signature(&copy, &digest, &keys);
        let original = match self.find_published(&digest).await? {
            Some(seal) => Some(seal),
            None => match copy.head.number.as_deref() {
                Some(number) => self.find_published(number).await?,
                None => None,
            },
        };
        let Some(seal) = original else {
            return Ok(Verification { signature, ..Verification::unknown() });
        };
        let original = self.found(seal, &keys).await?;
        let is_same = original.sealed.digest()? == digest && signature.as_ref().is_some_and(|one| one.valid);
        if is_same {
            let unproved = self.recompute(&copy).await?;
            return Ok(judged(original.bulletin, signature, unproved, &[]));
        }
        let against = original.sealed.clone();
        let differences = self.inner.presses.run(move || sealed_differences(&against, &copy)).await?;
        Ok(altered(original.bulletin, signature, differences))
    }

    async fn verify_text(&self, copy: ReadCopy) -> Result<Verification, PlatformError> {
        let keys = self.public_keys().await?;
        let candidates = self.candidates(&copy).await?;
        let mut best: Option<(Found, Comparison)> = None;
        for seal in candidates {
            let found = self.found(seal, &keys).await?;
            let (sealed, text) = (found.sealed.clone(), copy.text.clone());
            let compared = self.inner.presses.run(move || compare(&sealed, &text));
            let Some(comparison) = compared.await? else {
                let zh = "文件过长，不能比对";
                return Ok(Verification::plain(
                    Verdict::Unreadable,
                    zh,
                    "the file is too long to be compared",
                ));
            };
            let fewer = |best: &(Found, Comparison)| comparison.differences.len() < best.1.differences.len();
            if best.as_ref().is_none_or(fewer) {
                best = Some((found, comparison));
            }
        }
        let Some((found, comparison)) = best else { return Ok(Verification::unknown()) };
        let Found { bulletin, signature, .. } = found;
        if comparison.differences.is_empty() {
            return Ok(judged(bulletin, Some(signature), vec![], &comparison.annexes_not_compared));
        }
        Ok(altered(bulletin, Some(signature), comparison.differences))
    }

    /// Published bulletins that a text may be a copy of: by its digest, by its number, else by its title.
    async fn candidates(&self, copy: &ReadCopy) -> Result<Vec<Seal>, PlatformError> {
        for digest in digests_in(&copy.text) {
            if let Some(seal) = self.inner.store.published_bulletin(&digest).await? {
                return Ok(vec![seal]);
            }
        }
        let plain = squeeze(&copy.text);
        for number in numbers_in(&plain) {
            if let Some(seal) = self.find_published(&number).await? {
                return Ok(vec![seal]);
            }
        }
        let mut found = Vec::new();
        for title in self.inner.store.published_titles().await? {
            if plain.contains(&squeeze(&title)) {
                found.extend(self.inner.store.published_bulletins_titled(&title).await?);
            }
            if found.len() >= TITLED_MAX {
                break;
            }
        }
        found.truncate(TITLED_MAX);
        Ok(found)
    }

    /// By number, also where somebody typed other brackets or spaces, or by digest.
    async fn find_published(&self, key: &str) -> Result<Option<Seal>, PlatformError> {
        let store = &self.inner.store;
        if let Some(seal) = store.published_bulletin(key).await? {
            return Ok(Some(seal));
        }
        let plain = squeeze(key);
        let brackets = plain.replace(['[', '(', '【'], "〔").replace([']', ')', '】'], "〕");
        for variant in [plain.to_lowercase(), brackets] {
            if let Some(seal) = store.published_bulletin(&variant).await? {
                return Ok(Some(seal));
            }
        }
        Ok(None)
    }

    async fn found(&self, seal: Seal, keys: &[PublicKey]) -> Result<Found, PlatformError> {
        let (sealed, digest) = Sealed::read(&self.inner.store.sealed_content(&seal).await?)?;
        let signature = check_signature(&sealed, &digest, keys)
            .ok_or_else(|| PlatformError::Internal(format!("seal of {} has no signature", seal.number)))?;
        let bulletin = Published::of(&sealed, seal.state);
        Ok(Found { bulletin, signature, sealed })
    }

    /// The figures that the snapshot, where this platform holds it, does not bear out.
    async fn recompute(&self, sealed: &Sealed) -> Result<Vec<Difference>, PlatformError> {
        let Ok(id) = sealed.snapshot.id.parse::<SnapshotId>() else { return Ok(vec![]) };
        let Ok(snapshot) = self.inner.store.snapshot(id).await else { return Ok(vec![]) };
        if snapshot.hash != sealed.snapshot.hash {
            return Ok(vec![]);
        }
        let figures = Figures::new(&self.inner.store.snapshot_cells(id).await?);
        let before = match sealed.snapshot.compared_id.as_deref().and_then(|id| id.parse::<SnapshotId>().ok())
        {
            Some(id) => self.inner.store.snapshot_cells(id).await.ok().map(|cells| Figures::new(&cells)),
            None => None,
        };
        let sources =
            Sources { before: before.as_ref(), as_of: Some(snapshot.as_of), ..Sources::of(&figures) };
        let bulletin = sealed.clone().edition(None).bulletin;
        Ok(wrong_figures(&bulletin, &sources))
    }
}
