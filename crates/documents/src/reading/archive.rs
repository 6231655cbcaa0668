//! Parts of an office document, unpacked one by one under limits that count real bytes, because declared sizes can lie.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{DocumentKind, ReadError};

/// Parts inside; a document with a hundred pictures has about 150.
const ENTRIES_MAX: usize = 2_000;

/// Bytes of one part. A table of 20 000 rows takes about 60 MB.
const PART_BYTES_MAX: u64 = 96 * 1024 * 1024;

/// Bytes of all parts that are read.
const UNPACKED_BYTES_MAX: u64 = 128 * 1024 * 1024;

/// Unpacked bytes for a packed one, for parts beyond [`RATIO_FREE_BYTES`]. Tables of equal rows reach about 60.
const RATIO_MAX: u64 = 200;

/// Parts up to this size may be packed as tightly as they like.
const RATIO_FREE_BYTES: u64 = 1024 * 1024;

/// An office document's archive.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive and reads its directory.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken("archive", &error))?;
        if zip.len() > ENTRIES_MAX {
            return Err(ReadError::Limit { what: format!("{} parts, at most {ENTRIES_MAX}", zip.len()) });
        }
        let mut names = Vec::with_capacity(zip.len());
        for index in 0..zip.len() {
            let part = zip.by_index_raw(index).map_err(|error| broken("archive", &error))?;
            if part.encrypted() {
                return Err(ReadError::Encrypted);
            }
            let name = part.name().map_err(|error| broken("archive", &error))?.replace('\\', "/");
            names.push(name.trim_start_matches('/').to_owned());
        }
        Ok(Self { zip, names, left: UNPACKED_BYTES_MAX })
    }

    /// Which office format this is; others are refused by name.
    pub fn office_kind(&mut self) -> Result<DocumentKind, ReadError> {
        let other = |name_en, name_zh| Err(ReadError::OtherFormat { name_en, name_zh });
        if self.has("OFD.xml") {
            return other("an OFD document", "OFD 版式文件");
        }
        if self.has("mimetype") {
            return other("an OpenDocument or e-book file", "OpenDocument 或电子书文件");
        }
        let types = self.part("[Content_Types].xml")?.unwrap_or_default().to_ascii_lowercase();
        if types.contains("macroenabled") || self.names.iter().any(|name| name.ends_with("vbaProject.bin")) {
            return Err(ReadError::Macros);
        }
        if types.contains("wordprocessingml.document.main")
            || types.contains("wordprocessingml.template.main")
        {
            return Ok(DocumentKind::Docx);
        }
        if types.contains("spreadsheetml.sheet.main") || types.contains("spreadsheetml.template.main") {
            return Ok(DocumentKind::Xlsx);
        }
        if types.contains("presentationml") {
            return other("a presentation", "演示文稿");
        }
        if types.is_empty() {
            return other("a ZIP archive", "ZIP 压缩包");
        }
        other("an office file of another kind", "其他类型的 Office 文件")
    }

    /// True where a part of this name is there.
    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// A part as text, or none where there is no such part. Office programs write UTF-8, and UTF-16 is allowed.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(index) = self.names.iter().position(|known| known.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        let mut part = self.zip.by_index(index).map_err(|error| broken(name, &error))?;
        let packed = part.compressed_size().max(1);
        let allowed =
            PART_BYTES_MAX.min(self.left).min(RATIO_FREE_BYTES.max(packed.saturating_mul(RATIO_MAX)));
        let mut content = Vec::new();
        part.by_ref()
            .take(allowed + 1)
            .read_to_end(&mut content)
            .map_err(|error| ReadError::Broken { part: name.to_owned(), what: error.to_string() })?;
        let unpacked = content.len() as u64;
        if unpacked > allowed {
            return Err(ReadError::Limit { what: format!("{name} unpacks to more than {allowed} bytes") });
        }
        self.left -= unpacked;
        let not_text =
            || ReadError::Broken { part: name.to_owned(), what: "neither UTF-8 nor UTF-16".to_owned() };
        let encoding =
            encoding_rs::Encoding::for_bom(&content).map_or(encoding_rs::UTF_8, |(encoding, _)| encoding);
        let (text, wrong) = encoding.decode_with_bom_removal(&content);
        if wrong { Err(not_text()) } else { Ok(Some(text.into_owned())) }
    }
}

fn broken(part: &str, error: &ZipError) -> ReadError {
    ReadError::Broken { part: part.to_owned(), what: error.to_string() }
}
