//! The manifest of an export: what each file is, of which camera and time, who took it along and why, and the signature over all of it.

use domain::recording::{Alteration, Gap, Span};
use jiff::Timestamp;
use media::record::Mark;
use serde::{Deserialize, Serialize};

use crate::signing::Signed;

/// Name of the manifest's file.
pub(super) const MANIFEST_FILE: &str = "manifest.json";
/// Name of the file of its signature.
pub(super) const SIGNATURE_FILE: &str = "manifest.signature.json";
/// Form of the manifest.
const FORM: &str = "watchfire-export/1";

/// What an export is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Which form this is.
    pub(super) form: String,
    /// Id of the export.
    pub(super) export: String,
    pub(super) camera_id: String,
    pub(super) camera_name: String,
    pub(super) unit_id: String,
    pub(super) unit_name: String,
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
    /// Who asked.
    pub(super) asked_by: String,
    pub(super) asked_at: Timestamp,
    /// Why, as the register says.
    pub(super) reason: String,
    pub(super) note: Option<String>,
    /// What was done to the pictures; absent: they are as the camera sent them.
    #[serde(default, skip_serializing_if = "Alteration::is_none")]
    pub(super) alteration: Alteration,
    /// When the files were written, and by which program.
    pub(super) made_at: Timestamp,
    pub(super) software: String,
    pub(super) files: Vec<ManifestFile>,
    /// What of the stretch was never recorded.
    pub(super) gaps: Vec<ManifestGap>,
}

/// A file of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ManifestFile {
    pub(super) name: String,
    pub(super) size_bytes: u64,
    /// Lower-case hex.
    pub(super) sha256: String,
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
    /// Fragments that could no longer be read and are left out.
    pub(super) damaged: usize,
    /// Pictures that could not be decoded and are left out of an altered copy.
    #[serde(default)]
    pub(super) undecodable: u64,
    pub(super) marks: Vec<ManifestMark>,
}

/// Which moment is at which position of the film; time goes on from there until the next mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ManifestMark {
    pub(super) position_us: i64,
    pub(super) at: Timestamp,
}

/// What is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ManifestGap {
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
    pub(super) cause: String,
}

/// The signature over the manifest's bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ManifestSignature {
    /// SHA-256 of `manifest.json`, lower-case hex.
    pub(super) sha256: String,
    pub(super) algorithm: String,
    pub(super) key_id: String,
    /// Base64.
    pub(super) public_key: String,
    /// Base64.
    pub(super) value: String,
}

impl Manifest {
    /// One of an export as it stands in its row.
    pub(super) fn of(
        row: &store::ExportRow,
        files: Vec<ManifestFile>,
        gaps: &[Gap],
        made_at: Timestamp,
    ) -> Self {
        let gap = |gap: &Gap| ManifestGap {
            from: gap.span.start,
            to: gap.span.end,
            cause: gap.cause.as_str().to_owned(),
        };
        Self {
            form: FORM.to_owned(),
            export: row.id.to_string(),
            camera_id: row.camera_id.to_string(),
            camera_name: row.camera_name.clone(),
            unit_id: row.unit_id.to_string(),
            unit_name: row.unit_name.clone(),
            from: row.span.start,
            to: row.span.end,
            asked_by: row.asked_by.as_ref().map_or_else(String::new, |(_, name)| name.clone()),
            asked_at: row.asked_at,
            reason: row.reason.as_str().to_owned(),
            note: row.note.clone(),
            alteration: row.alteration.clone(),
            made_at,
            software: concat!("Watchfire ", env!("CARGO_PKG_VERSION")).to_owned(),
            files,
            gaps: gaps.iter().map(gap).collect(),
        }
    }

    /// Whether it is of a form that this program reads.
    pub(super) fn is_known_form(&self) -> bool {
        self.form == FORM
    }
}

impl ManifestSignature {
    pub(super) fn new(sha256: String, signed: Signed) -> Self {
        let Signed { algorithm, key_id, public_key, value } = signed;
        Self { sha256, algorithm, key_id, public_key, value }
    }
}

/// Marks as the manifest has them.
pub(super) fn marks(marks: &[Mark]) -> Vec<ManifestMark> {
    let mark = |mark: &Mark| ManifestMark { position_us: mark.position_us, at: super::time(mark.wall_us) };
    marks.iter().map(mark).collect()
}

/// Name of a file of an export: its number, when it begins, in Beijing time, and whether it is an altered copy.
pub(super) fn file_name(number: usize, span: &Span, is_altered: bool) -> String {
    let begin = jiff::tz::Offset::constant(8).to_datetime(span.start);
    let (day, clock) = (begin.date(), begin.time());
    let altered = if is_altered { "-altered" } else { "" };
    format!(
        "{number:02}-{:04}{:02}{:02}T{:02}{:02}{:02}{altered}.mp4",
        day.year(),
        day.month(),
        day.day(),
        clock.hour(),
        clock.minute(),
        clock.second()
    )
}

/// Whether a name may be one of an export's: no folder, nothing hidden.
pub(super) fn is_file_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    !name.is_empty() && name.len() <= 64 && !name.starts_with('.') && name.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        let at: Timestamp = "2026-11-29T16:00:00Z".parse().unwrap();
        let name = file_name(1, &Span::new(at, at), false);
        assert_eq!(name, "01-20261130T000000.mp4");
        assert!(is_file_name(&name) && is_file_name(MANIFEST_FILE) && is_file_name(SIGNATURE_FILE));
        for bad in ["", "..", ".hidden", "a/b", "a\\b", "é.mp4"] {
            assert!(!is_file_name(bad), "{bad}");
        }
    }
}
