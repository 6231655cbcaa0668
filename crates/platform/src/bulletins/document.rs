//! Documents of a bulletin. What is approved is printed from its seal, a draft from its snapshot, marked as a draft.
//!
//! Printing takes a core for seconds, so it happens in a few places of its own (see [`Presses`]); who finds all of them taken for too
//! long is told to come back.

use std::sync::Arc;
use std::time::Duration;

use domain::bulletin::edition::{Annex, Edition};
use domain::figures::PercentFormat;
use domain::ids::BulletinId;
use store::{BulletinRow, RevisionRow};
use tokio::sync::Semaphore;

use super::print::Paper;
use super::sealed::Sealed;
use super::{Kept, read_revision};
use crate::{Ask, Platform, PlatformError};

/// How long a printing job may wait for its place, and how long it may take.
const WAIT: Duration = Duration::from_secs(20);
const PRINT: Duration = Duration::from_mins(1);
/// When to try again.
const RETRY_AFTER_S: u64 = 10;

/// Forms of a bulletin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentFormat {
    /// Word.
    Docx,
    /// PDF.
    Pdf,
    /// The annexes as a spreadsheet.
    Xlsx,
    /// The sealed form.
    Json,
    /// The text alone.
    Text,
}

/// A file to hand out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Media type.
    pub content_type: &'static str,
    /// Name for saving.
    pub file_name: String,
}

/// The places where documents are printed and strangers' files are read.
pub struct Presses {
    places: Arc<Semaphore>,
}

impl DocumentFormat {
    /// Reads the word of a request; it is also the ending of the file.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "docx" => Self::Docx,
            "pdf" => Self::Pdf,
            "xlsx" => Self::Xlsx,
            "json" => Self::Json,
            "text" => Self::Text,
            _ => return None,
        })
    }

    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Text => "txt",
        }
    }

    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
            Self::Text => "text/plain; charset=utf-8",
        }
    }
}

impl Presses {
    /// So many at a time, at least one.
    pub fn new(at_once: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(at_once.max(1))) }
    }

    /// Runs work that keeps a core busy. The place is given back when the work ends, not when the caller stops waiting, so that work
    /// nobody waits for any more still counts.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PlatformError> {
        let busy = || PlatformError::Limit {
            detail: "documents are being printed for others; try again in a moment".to_owned(),
            retry_after_s: Some(RETRY_AFTER_S),
        };
        let place = tokio::time::timeout(WAIT, Arc::clone(&self.places).acquire_owned())
            .await
            .map_err(|_| busy())?
            .map_err(|_| busy())?;
        let working = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(place);
            done
        });
        match tokio::time::timeout(PRINT, working).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(fault)) => Err(PlatformError::Internal(format!("document: {fault}"))),
            Err(_) => Err(PlatformError::Unavailable("this document takes too long".to_owned())),
        }
    }
}

impl Platform {
    /// A document of a bulletin the asker may see; text and the sealed form have no paper.
    pub async fn bulletin_document(
        &self,
        ask: &Ask,
        id: BulletinId,
        format: DocumentFormat,
        paper: Paper,
    ) -> Result<Document, PlatformError> {
        super::need_reader(ask)?;
        let row = self.inner.store.bulletin(&ask.access, id).await?;
        let revision = self.inner.store.bulletin_revision(&ask.access, id).await?;
        let bytes = match format {
            DocumentFormat::Text => read_revision(id, &revision)?.1.written.text.into_bytes(),
            DocumentFormat::Json => self.sealed_json(ask, &row, &revision).await?,
            _ => {
                let edition = self.edition(ask, &row, &revision).await?;
                self.print(edition, format, paper).await?
            }
        };
        self.audit_bulletin(ask, "bulletin_export", id, &row.title, Some(format.ending().to_owned())).await?;
        let name = row.number.as_deref().unwrap_or("征求意见稿");
        let name: String = name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '〔' | '〕')).collect();
        Ok(Document {
            bytes,
            content_type: format.content_type(),
            file_name: format!("{name}.{}", format.ending()),
        })
    }

    /// One annex of a bulletin, and how its percentages are printed.
    pub async fn bulletin_annex(
        &self,
        ask: &Ask,
        id: BulletinId,
        number: u32,
    ) -> Result<(Annex, PercentFormat), PlatformError> {
        super::need_reader(ask)?;
        let row = self.inner.store.bulletin(&ask.access, id).await?;
        let revision = self.inner.store.bulletin_revision(&ask.access, id).await?;
        let edition = self.edition(ask, &row, &revision).await?;
        let annex = edition.annexes.into_iter().find(|annex| annex.number == number);
        Ok((annex.ok_or(PlatformError::NotFound)?, edition.percent))
    }

    /// As printers take it: the sealed edition, or the draft's.
    pub(super) async fn edition(
        &self,
        ask: &Ask,
        row: &BulletinRow,
        revision: &RevisionRow,
    ) -> Result<Edition, PlatformError> {
        if let Some(seal) = self.inner.store.bulletin_seal(&ask.access, row.id).await? {
            let (sealed, _) = Sealed::read(&self.inner.store.sealed_content(&seal).await?)?;
            return Ok(sealed.edition(self.verify_url(&seal.digest)));
        }
        let (settings, Kept { written, .. }) = read_revision(row.id, revision)?;
        let (snapshot, compared) = self.snapshots_of(row).await?;
        let composed = self.compose(&snapshot, compared.as_ref(), &settings, None).await?;
        // What is on file is what people read, whatever a later program would write.
        Ok(Edition { bulletin: written, ..composed.edition(&settings, None, None) })
    }

    async fn sealed_json(
        &self,
        ask: &Ask,
        row: &BulletinRow,
        revision: &RevisionRow,
    ) -> Result<Vec<u8>, PlatformError> {
        if let Some(seal) = self.inner.store.bulletin_seal(&ask.access, row.id).await? {
            return Ok(self.inner.store.sealed_content(&seal).await?);
        }
        Ok(self.draft_sealed(ask, row, revision).await?.to_json()?)
    }

    /// The sealed form of a draft as it is on file.
    pub(crate) async fn draft_sealed(
        &self,
        ask: &Ask,
        row: &BulletinRow,
        revision: &RevisionRow,
    ) -> Result<Sealed, PlatformError> {
        let (settings, Kept { written, .. }) = read_revision(row.id, revision)?;
        let (snapshot, compared) = self.snapshots_of(row).await?;
        let mut composed = self.compose(&snapshot, compared.as_ref(), &settings, None).await?;
        composed.written = written;
        self.sealed_draft(ask, row, &settings, &snapshot, &composed).await
    }

    /// Where anybody can check a copy.
    pub(crate) fn verify_url(&self, digest: &str) -> Option<String> {
        let address = self.inner.settings.bulletins.public_address.as_deref()?;
        Some(format!("{}/#/verify/{digest}", address.trim_end_matches('/')))
    }
}
