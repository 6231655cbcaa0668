//! Is an export what left the platform? Every file against its SHA-256 in the manifest, the manifest against its signature. Needs no platform; with
//! the list of its keys it is also known whose signature that is.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use store::{hex, sha256_hex};

use super::manifest::{MANIFEST_FILE, Manifest, ManifestSignature, SIGNATURE_FILE, is_file_name};
use crate::signing::{self, PublicKey, Purpose};

/// Largest manifest read: a day of marks every minute is far smaller.
const MANIFEST_BYTES_MAX: u64 = 16 << 20;
/// Bytes read at once.
const CHUNK_BYTES: usize = 1 << 20;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileState {
    /// As it left the platform.
    Same,
    /// Its content is another.
    Changed,
    /// It is not there.
    Missing,
    /// No file of the export.
    Extra,
}

impl FileState {
    /// Stable code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Extra => "extra",
        }
    }
}

/// What is said of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFinding {
    /// Its name.
    pub name: String,
    /// What became of it.
    pub state: FileState,
}

/// What is said of the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureState {
    /// It holds, and the key is one of the platform's.
    Genuine,
    /// It holds by the key that it carries; whose key that is was not asked.
    Holds,
    /// It holds by a key that is none of the platform's.
    Stranger,
    /// The manifest is not what was signed, or there is no signature.
    Broken,
}

impl SignatureState {
    /// Stable code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Genuine => "genuine",
            Self::Holds => "holds",
            Self::Stranger => "stranger",
            Self::Broken => "broken",
        }
    }
}

/// What is said of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportVerdict {
    /// Its id.
    pub export: String,
    /// Of which camera and unit.
    pub camera: (String, String),
    /// What of it.
    pub span: (Timestamp, Timestamp),
    /// Every file.
    pub files: Vec<FileFinding>,
    /// The signature.
    pub signature: SignatureState,
    /// Short name of the key.
    pub key_id: Option<String>,
}

impl ExportVerdict {
    /// Whether it is what left the platform.
    pub fn is_genuine(&self) -> bool {
        self.files.iter().all(|file| file.state == FileState::Same)
            && matches!(self.signature, SignatureState::Genuine | SignatureState::Holds)
    }
}

/// Checks the folder of an export. An error is a sentence: there is no manifest that can be read.
pub fn verify_export(folder: &Path, keys: Option<&[PublicKey]>) -> Result<ExportVerdict, String> {
    let text = read_text(&folder.join(MANIFEST_FILE))?;
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|error| format!("{MANIFEST_FILE}: {error}"))?;
    if !manifest.is_known_form() {
        return Err(format!("{MANIFEST_FILE}: a form of another program: {}", manifest.form));
    }
    let signature = read_text(&folder.join(SIGNATURE_FILE))
        .ok()
        .and_then(|text| serde_json::from_str::<ManifestSignature>(&text).ok());
    let mut files: Vec<FileFinding> = Vec::new();
    for file in &manifest.files {
        let path = folder.join(&file.name);
        let state = match is_file_name(&file.name).then(|| digest_of(&path)) {
            Some(Ok(digest)) if digest == file.sha256 => FileState::Same,
            Some(Err(error)) if error.kind() == std::io::ErrorKind::NotFound => FileState::Missing,
            _ => FileState::Changed,
        };
        files.push(FileFinding { name: file.name.clone(), state });
    }
    files.extend(extra(folder, &manifest)?);
    Ok(ExportVerdict {
        export: manifest.export,
        camera: (manifest.camera_name, manifest.unit_name),
        span: (manifest.from, manifest.to),
        files,
        signature: signature
            .as_ref()
            .map_or(SignatureState::Broken, |signature| judge(signature, &sha256_hex(text.as_bytes()), keys)),
        key_id: signature.map(|signature| signature.key_id),
    })
}

fn judge(signature: &ManifestSignature, digest: &str, keys: Option<&[PublicKey]>) -> SignatureState {
    let carried = BASE64.decode(&signature.public_key).unwrap_or_default();
    let own = PublicKey {
        key_id: signing::key_id(&carried),
        algorithm: signature.algorithm.clone(),
        public_key: signature.public_key.clone(),
        valid_from: Timestamp::UNIX_EPOCH,
        retired_at: None,
    };
    let holds_by = |keys: &[PublicKey]| {
        let ManifestSignature { algorithm, key_id, value, .. } = signature;
        matches!(signing::check(keys, Purpose::Export, algorithm, key_id, digest, value), Ok(Some(_)))
    };
    if signature.sha256 != digest || !holds_by(&[own]) {
        return SignatureState::Broken;
    }
    match keys {
        None => SignatureState::Holds,
        Some(keys) if holds_by(keys) => SignatureState::Genuine,
        Some(_) => SignatureState::Stranger,
    }
}

/// Files in the folder that the manifest does not name.
fn extra(folder: &Path, manifest: &Manifest) -> Result<Vec<FileFinding>, String> {
    let mut known: BTreeSet<&str> = manifest.files.iter().map(|file| file.name.as_str()).collect();
    known.extend([MANIFEST_FILE, SIGNATURE_FILE]);
    let listed = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut found: Vec<FileFinding> = listed
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !known.contains(name.as_str()))
        .map(|name| FileFinding { name, state: FileState::Extra })
        .collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

fn read_text(path: &Path) -> Result<String, String> {
    let said = |error: &std::io::Error| format!("{}: {error}", path.display());
    let file = fs::File::open(path).map_err(|error| said(&error))?;
    let mut text = String::new();
    file.take(MANIFEST_BYTES_MAX).read_to_string(&mut text).map_err(|error| said(&error))?;
    Ok(text)
}

fn digest_of(path: &Path) -> std::io::Result<String> {
    let mut file = fs::File::open(path)?;
    let mut hash = Sha256::new();
    let mut part = vec![0; CHUNK_BYTES];
    loop {
        match file.read(&mut part)? {
            0 => break,
            read => hash.update(&part[..read]),
        }
    }
    let digest: [u8; 32] = hash.finalize().into();
    Ok(hex(&digest))
}
