//! Printing: an edition becomes a file of the wanted form, in one of the places for such work.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use documents::{Fonts, PrintError, Template};
use domain::bulletin::edition::Edition;

use super::DocumentFormat;
use super::template::TEMPLATE_BYTES_MAX;
use crate::{Platform, PlatformError};

/// The letter faces of this machine, looked for once they are needed; a machine without any is looked at again next time.
pub struct Faces {
    folders: Vec<PathBuf>,
    found: Mutex<Option<Arc<Fonts>>>,
}

impl Faces {
    /// Faces in these folders and the system's.
    pub fn new(folders: Vec<PathBuf>) -> Self {
        Self { folders, found: Mutex::new(None) }
    }

    /// What was found.
    pub(crate) fn get(&self) -> Result<Arc<Fonts>, PrintError> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(fonts) = found.as_ref() {
            return Ok(Arc::clone(fonts));
        }
        let fonts = Arc::new(Fonts::find(&self.folders)?);
        *found = Some(Arc::clone(&fonts));
        Ok(fonts)
    }
}

/// What a bulletin is printed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paper {
    /// The layout of GB/T 9704—2012.
    Plain,
    /// The customer's red head in force, which only DOCX has.
    TemplateInForce,
    /// Another red head for this once: the bytes of a DOCX.
    Template(Vec<u8>),
}

impl From<PrintError> for PlatformError {
    fn from(error: PrintError) -> Self {
        match error {
            // The operator can mend it, so whoever asks is told what is missing.
            PrintError::Font(missing) => Self::Unavailable(missing.to_string()),
            other => Self::Internal(other.to_string()),
        }
    }
}

impl Platform {
    /// Prints an edition.
    pub(crate) async fn print(
        &self,
        edition: Edition,
        format: DocumentFormat,
        paper: Paper,
    ) -> Result<Vec<u8>, PlatformError> {
        let template = self.template_for(paper, format).await?;
        let faces = Arc::clone(&self.inner.faces);
        let printed = self.inner.presses.run(move || match format {
            DocumentFormat::Pdf => documents::pdf(&edition, &*faces.get()?),
            DocumentFormat::Xlsx => documents::edition_xlsx(&edition).map_err(PrintError::from),
            _ => documents::docx(&edition, template.as_ref()),
        });
        Ok(printed.await??)
    }

    async fn template_for(
        &self,
        paper: Paper,
        format: DocumentFormat,
    ) -> Result<Option<Template>, PlatformError> {
        if paper == Paper::Plain {
            return Ok(None);
        }
        if format != DocumentFormat::Docx {
            return Err(PlatformError::field("template", "docx_only", "a template is filled into a DOCX"));
        }
        match paper {
            Paper::Template(bytes) => self.read_template(bytes).await.map(|(template, _)| Some(template)),
            _ => self.template_in_force().await.map(Some),
        }
    }

    async fn template_in_force(&self) -> Result<Template, PlatformError> {
        // Whoever may export a bulletin may have it on the office's paper.
        let access = domain::access::Access::PLATFORM;
        let Some(kept) = self.inner.store.bulletin_template(&access).await? else {
            return Err(PlatformError::Conflict("there is no template; upload one first".to_owned()));
        };
        let bytes = self.inner.store.bulletin_template_file(&access, &kept).await?;
        Template::read(&bytes).map_err(|error| PlatformError::Conflict(format!("template: {error}")))
    }

    /// Reads a template as it will be filled; what is wrong with it is said before it is kept.
    pub(super) async fn read_template(&self, bytes: Vec<u8>) -> Result<(Template, Vec<u8>), PlatformError> {
        if bytes.len() > TEMPLATE_BYTES_MAX {
            return Err(PlatformError::Limit {
                detail: format!("a template has at most {TEMPLATE_BYTES_MAX} bytes"),
                retry_after_s: None,
            });
        }
        let (read, bytes) = self.inner.presses.run(move || (Template::read(&bytes), bytes)).await?;
        let template = read.map_err(|error| {
            PlatformError::field("template", "not_usable", format!("{} / {error}", error.message_zh()))
        })?;
        Ok((template, bytes))
    }
}
