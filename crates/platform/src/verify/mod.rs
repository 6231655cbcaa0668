//! Verification of copies: is this what was signed and published? For everybody, without an account.
//!
//! A sealed JSON proves itself by digest and signature. A document or a plain text is led to its bulletin by the number, the digest or
//! the title it shows, and compared figure by figure. Nothing that is not published is ever found. Not here: reading files
//! (`documents` does), and the linter, which needs no original.

mod align;
mod annexes;
pub mod compare;
pub mod tokens;

use domain::bulletin::life::BulletinState;
use domain::bulletin::{Bulletin, Sources, unproved};
use domain::figures::Figures;
use domain::ids::SnapshotId;
use jiff::civil::Date;
use store::Seal;

use self::compare::{Comparison, Difference, compare};
use self::tokens::{Placed, Token, tokens};
use crate::bulletins::sealed::Sealed;
use crate::signing::{self, PublicKey};
use crate::{Platform, PlatformError};

/// Largest file checked, in bytes.
pub const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Longest key of a look-up, in characters.
const KEY_CHARS_MAX: usize = 100;
/// Digits of a digest.
const DIGEST_LEN: usize = 64;
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
    /// 发文字号
    pub number: String,
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
            Err((zh, en)) => Ok(Verification::plain(Verdict::Unreadable, zh, en)),
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

    async fn verify_text(&self, copy: Copy) -> Result<Verification, PlatformError> {
        let keys = self.public_keys().await?;
        let candidates = self.candidates(&copy).await?;
        let mut best: Option<(Found, Comparison)> = None;
        for seal in candidates {
            let found = self.found(seal, &keys).await?;
            let (sealed, text, is_sheet) = (found.sealed.clone(), copy.text.clone(), copy.is_sheet);
            let compared = self.inner.presses.run(move || {
                if is_sheet { compare::compare_sheet(&sealed, &text) } else { compare(&sealed, &text) }
            });
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
    async fn candidates(&self, copy: &Copy) -> Result<Vec<Seal>, PlatformError> {
        for digest in &copy.digests {
            if let Some(seal) = self.inner.store.published_bulletin(digest).await? {
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
        let bulletin = Published {
            title: sealed.bulletin.title.clone(),
            number: seal.number,
            date: sealed.head.date,
            organ: sealed.head.issuer.clone(),
            state: seal.state,
        };
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

/// A copy as read from a file.
struct Copy {
    text: String,
    /// Hex strings of the length of a digest.
    digests: Vec<String>,
    is_sheet: bool,
}

fn looks_like_json(name: &str, bytes: &[u8]) -> bool {
    let first =
        bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).iter().find(|byte| !byte.is_ascii_whitespace());
    first == Some(&b'{') || name.to_lowercase().ends_with(".json")
}

/// Reads a file; the error is a sentence in Chinese and one in English.
fn read(bytes: &[u8], _name: &str) -> Result<Copy, (String, String)> {
    let text = String::from_utf8(bytes.to_vec())
        .map_err(|_| ("文件不是文本".to_owned(), "the file is no text".to_owned()))?;
    Ok(Copy { digests: digests_in(&text), text, is_sheet: false })
}

/// Digests that a text shows, also broken over lines.
fn digests_in(text: &str) -> Vec<String> {
    let is_hex = |c: char| c.is_ascii_digit() || matches!(c, 'a'..='f' | 'A'..='F');
    let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let runs = joined.split(|c: char| !is_hex(c)).filter(|run| run.len() >= DIGEST_LEN);
    let mut digests: Vec<String> = runs
        .flat_map(|run| [&run[..DIGEST_LEN], &run[run.len() - DIGEST_LEN..]])
        .map(str::to_lowercase)
        .collect();
    digests.dedup();
    digests
}

/// Reference numbers that a text shows: letters, a year in brackets, digits, 号.
fn numbers_in(plain: &str) -> Vec<String> {
    let mut numbers = Vec::new();
    for (open, _) in plain.match_indices('〔').take(KEY_CHARS_MAX) {
        let Some(end) = plain[open..].find('号').map(|end| open + end + '号'.len_utf8()) else { continue };
        let before: Vec<(usize, char)> = plain[..open].char_indices().rev().take(12).collect();
        // How many letters of the office belong to it is not known: every beginning is tried, the longest first.
        numbers.extend(before.iter().rev().map(|(start, _)| plain[*start..end].to_owned()));
    }
    numbers.retain(|number| number.chars().count() <= KEY_CHARS_MAX);
    numbers
}

/// Without spaces, full-width forms folded.
fn squeeze(text: &str) -> String {
    let letter = |placed: Placed| match placed.token {
        Token::Number(digits) => digits,
        Token::Letter(c) => c.to_string(),
    };
    tokens(text).into_iter().map(letter).collect()
}

fn check_signature(sealed: &Sealed, digest: &str, keys: &[PublicKey]) -> Option<CheckedSignature> {
    let signature = sealed.signature.as_ref()?;
    let made_by = signing::check(keys, &signature.algorithm, &signature.key_id, digest, &signature.value);
    Some(CheckedSignature {
        algorithm: signature.algorithm.clone(),
        key_id: signature.key_id.clone(),
        signer: sealed.approved.as_ref().map(|approved| approved.by.clone()).unwrap_or_default(),
        valid: signature.digest == digest && matches!(made_by, Ok(Some(_))),
    })
}

fn wrong_figures(bulletin: &Bulletin, sources: &Sources<'_>) -> Vec<Difference> {
    let wrong = unproved(bulletin, sources).into_iter().filter_map(|one| Some((one.id, one.recomputed?)));
    let difference = |(id, recomputed): (String, String)| {
        let figure = bulletin.figures.iter().find(|figure| figure.id == id)?;
        Some(Difference {
            figure_id: Some(id),
            label: format!("{}（由快照重新计算）", figure.label),
            original: recomputed,
            found: figure.text.clone(),
            line: None,
        })
    };
    wrong.filter_map(difference).collect()
}

/// Differences of two sealed forms: of the text first, then of what only the sealed form has.
fn sealed_differences(original: &Sealed, copy: &Sealed) -> Vec<Difference> {
    let mut differences =
        compare(original, &copy.bulletin.text).map(|found| found.differences).unwrap_or_default();
    for figure in &original.bulletin.figures {
        let same = copy.bulletin.figures.iter().find(|other| other.figure.id == figure.figure.id);
        let is_listed = differences.iter().any(|one| one.figure_id.as_ref() == Some(&figure.figure.id));
        if same != Some(figure) && !is_listed {
            let said = |figure: &crate::bulletins::sealed::SealedFigure| match figure.figure.denominator {
                Some(denominator) => {
                    format!("{}（{}/{denominator}）", figure.figure.text, figure.figure.numerator)
                }
                None => format!("{}（{}）", figure.figure.text, figure.figure.numerator),
            };
            differences.push(Difference {
                figure_id: Some(figure.figure.id.clone()),
                label: figure.figure.label.clone(),
                original: said(figure),
                found: same.map(said).unwrap_or_default(),
                line: None,
            });
        }
    }
    for annex in &original.annexes {
        let other = copy.annexes.iter().find(|other| other.annex.number == annex.annex.number);
        if other != Some(annex) {
            let rows = other.map(|other| other.annex.rows.len().to_string()).unwrap_or_default();
            differences.push(part(
                &format!("附件{}", annex.annex.number),
                annex.annex.rows.len().to_string(),
                rows,
            ));
        }
    }
    if differences.is_empty() {
        differences.push(part("密封内容", "与签名一致".to_owned(), "与签名不一致".to_owned()));
    }
    differences.truncate(compare::DIFFERENCES_MAX);
    differences
}

fn part(label: &str, original: String, found: String) -> Difference {
    Difference { figure_id: None, label: label.to_owned(), original, found, line: None }
}

fn judged(
    bulletin: Published,
    signature: Option<CheckedSignature>,
    differences: Vec<Difference>,
    annexes_not_compared: &[u32],
) -> Verification {
    if !differences.is_empty() {
        return altered(bulletin, signature, differences);
    }
    if signature.as_ref().is_none_or(|signature| !signature.valid) {
        let zh = "与存档一致，但存档的签名验证不通过，请联系发文机关";
        let en = "it equals the archive, but the archive's signature does not hold; ask the issuing office";
        return Verification {
            bulletin: Some(bulletin),
            signature,
            ..Verification::plain(Verdict::Altered, zh, en)
        };
    }
    let mut zh = format!("与已发布的{}一致，签名有效", bulletin.number);
    let mut en = format!("it equals the published {}, and the signature holds", bulletin.number);
    if bulletin.state == BulletinState::Withdrawn {
        zh.push_str("；该通报已被撤回");
        en.push_str("; the bulletin has been withdrawn since");
    }
    if !annexes_not_compared.is_empty() {
        let list: Vec<String> = annexes_not_compared.iter().map(u32::to_string).collect();
        let list = list.join("、");
        zh = format!("{zh}；附件{list}不在文件中或排版不能逐行比对，未核对");
        en = format!("{en}; annexes {list} are not in the file or cannot be compared line by line");
    }
    Verification { bulletin: Some(bulletin), signature, ..Verification::plain(Verdict::Genuine, zh, en) }
}

fn altered(
    bulletin: Published,
    signature: Option<CheckedSignature>,
    differences: Vec<Difference>,
) -> Verification {
    let figures: Vec<&str> = differences.iter().filter_map(|one| one.figure_id.as_deref()).take(5).collect();
    let named = if figures.is_empty() { String::new() } else { format!("（{}）", figures.join("、")) };
    let (count, number) = (differences.len(), &bulletin.number);
    let zh = format!("与已发布的{number}不一致：{count}处不同{named}");
    let en = format!("it differs from the published {number} in {count} places {named}");
    Verification {
        bulletin: Some(bulletin),
        signature,
        differences,
        ..Verification::plain(Verdict::Altered, zh, en)
    }
}
