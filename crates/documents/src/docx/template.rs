//! A customer's own red-head letter: a DOCX with places such as `{{标题}}` that are filled with the bulletin.
//!
//! The file comes from outside, so it is read once with suspicion and refused where it could do more than look official: macros,
//! embedded objects, links that fetch from elsewhere, document types and entities, archives that unpack without end. Filling in is
//! then plain cutting and joining at the places found; the bulletin's words are escaped and never read as markup or as a place.

use std::io::{Cursor, Read as _, Write as _};

use thiserror::Error;
use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::body;
use super::fill::{self, Filling};
use super::styles;
use super::xml::Xml;
use crate::error::PrintError;
use crate::letter::Letter;

/// Bytes of a template.
pub const TEMPLATE_BYTES_MAX: usize = 5 * 1024 * 1024;
/// Bytes of all its parts unpacked.
pub const TEMPLATE_UNPACKED_BYTES_MAX: u64 = 48 * 1024 * 1024;
/// Parts in it.
pub const TEMPLATE_PARTS_MAX: usize = 400;

const DOCUMENT: &str = "word/document.xml";
const STYLES: &str = "word/styles.xml";

/// A checked red-head template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    parts: Vec<(String, Vec<u8>)>,
    places: Vec<Place>,
}

/// What a place is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// {{标题}}
    Title,
    /// {{文号}}
    Number,
    /// {{主送}}
    Addressees,
    /// {{正文}}, alone in its paragraph.
    Text,
    /// {{附件}}: the list of annexes, alone in its paragraph.
    AnnexList,
    /// {{附件表}}: the annexes themselves, alone in its paragraph; without it they follow at the end.
    Annexes,
    /// {{署名}}
    Organ,
    /// {{日期}}
    Date,
    /// {{抄送}}
    CopiesTo,
    /// {{数据说明}}, alone in its paragraph.
    Notes,
}

impl Place {
    /// All of them with their names.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::Title, "标题"),
        (Self::Number, "文号"),
        (Self::Addressees, "主送"),
        (Self::Text, "正文"),
        (Self::AnnexList, "附件"),
        (Self::Annexes, "附件表"),
        (Self::Organ, "署名"),
        (Self::Date, "日期"),
        (Self::CopiesTo, "抄送"),
        (Self::Notes, "数据说明"),
    ];

    /// The place of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name.trim()).map(|(place, _)| place)
    }

    /// True where paragraphs are put in, so that the place must be alone in its own.
    pub fn is_block(self) -> bool {
        matches!(self, Self::Text | Self::AnnexList | Self::Annexes | Self::Notes)
    }
}

/// Why a template is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TemplateError {
    /// Larger than [`TEMPLATE_BYTES_MAX`], more parts or more bytes in them than allowed.
    #[error("the template is too large: {0}")]
    TooLarge(String),
    /// Not a DOCX, or damaged.
    #[error("not a DOCX file or damaged: {part}: {what}")]
    Broken {
        /// Part of the archive.
        part: String,
        /// What is wrong.
        what: String,
    },
    /// Macros, controls or embedded objects.
    #[error("the template holds macros or embedded objects: {0}")]
    Active(String),
    /// A document type or entity.
    #[error("the template declares a document type in {0}")]
    DocumentType(String),
    /// Something would be fetched from elsewhere when the letter is opened.
    #[error("the template fetches from elsewhere: {0}")]
    External(String),
    /// A place that is not known.
    #[error("unknown place {{{{{0}}}}}")]
    UnknownPlace(String),
    /// A place for paragraphs stands among other text.
    #[error("the place {{{{{0}}}}} must stand alone in its paragraph")]
    NotAlone(String),
    /// There is no place for the text.
    #[error("the template has no place {{{{正文}}}} for the text")]
    NoText,
}

impl TemplateError {
    /// The same for Chinese readers.
    pub fn message_zh(&self) -> String {
        match self {
            Self::TooLarge(what) => format!("模板过大：{what}"),
            Self::Broken { part, what } => format!("不是 DOCX 文件或文件已损坏：{part}：{what}"),
            Self::Active(part) => format!("模板含有宏、控件或嵌入对象，不能使用：{part}"),
            Self::DocumentType(part) => format!("模板的 {part} 声明了文档类型或实体，不能使用"),
            Self::External(target) => format!("模板会从外部读取内容，不能使用：{target}"),
            Self::UnknownPlace(name) => {
                let known: Vec<_> =
                    Place::ALL.into_iter().map(|(_, name)| format!("{{{{{name}}}}}")).collect();
                format!("不认识占位符 {{{{{name}}}}}，可用的有 {}", known.join(" "))
            }
            Self::NotAlone(name) => format!("占位符 {{{{{name}}}}} 必须单独成段"),
            Self::NoText => "模板中没有占位符 {{正文}}".to_owned(),
        }
    }
}

impl Template {
    /// Reads and checks a template.
    pub fn read(bytes: &[u8]) -> Result<Self, TemplateError> {
        if bytes.len() > TEMPLATE_BYTES_MAX {
            return Err(TemplateError::TooLarge(format!(
                "{} bytes, at most {TEMPLATE_BYTES_MAX}",
                bytes.len()
            )));
        }
        let parts = unpack(bytes)?;
        let mut places = Vec::new();
        for (name, content) in &parts {
            check_part(name, content)?;
            if is_filled(name) {
                let text = std::str::from_utf8(content).map_err(|error| broken(name, &error))?;
                places.extend(fill::places(text).map_err(|problem| problem.in_part(name))?);
            }
        }
        for needed in [DOCUMENT, STYLES] {
            if !parts.iter().any(|(name, _)| name == needed) {
                return Err(TemplateError::Broken { part: needed.to_owned(), what: "missing".to_owned() });
            }
        }
        places.sort_unstable();
        places.dedup();
        if places.contains(&Place::Text) { Ok(Self { parts, places }) } else { Err(TemplateError::NoText) }
    }

    /// The places it has.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Fills it in.
    pub(super) fn fill(&self, letter: &Letter<'_>) -> Result<Vec<u8>, PrintError> {
        let filling = Filling::of(letter);
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.parts {
            archive.start_file(name.as_str(), SimpleFileOptions::default())?;
            let text = || String::from_utf8_lossy(content);
            if is_filled(name) {
                let mut filled = fill::fill(&text(), &filling)
                    .map_err(|problem| PrintError::Typesetting(problem.in_part(name).to_string()))?;
                if name == DOCUMENT && !self.places.contains(&Place::Annexes) {
                    append(&mut filled, &annexes(letter));
                }
                archive.write_all(filled.as_bytes())?;
            } else if name == STYLES {
                archive.write_all(
                    text().replacen("</w:styles>", &(styles::styles() + "</w:styles>"), 1).as_bytes(),
                )?;
            } else {
                archive.write_all(content)?;
            }
        }
        Ok(archive.finish()?.into_inner())
    }
}

/// All annexes in the letter's own styles.
pub fn annexes(letter: &Letter<'_>) -> String {
    let mut xml = Xml::default();
    for page in &letter.annexes {
        body::annex(&mut xml, page);
    }
    xml.finish()
}

/// Before the properties of the last section, which end the content.
fn append(document: &mut String, content: &str) {
    let end = document.rfind("</w:body>").unwrap_or(document.len());
    let last_paragraph = document[..end].rfind("</w:p>").unwrap_or_default();
    let last_table = document[..end].rfind("</w:tbl>").unwrap_or_default();
    let section = document[..end].rfind("<w:sectPr").filter(|at| *at > last_paragraph.max(last_table));
    document.insert_str(section.unwrap_or(end), content);
}

/// Parts in which places are looked for.
fn is_filled(name: &str) -> bool {
    let is_part = |kind: &str| {
        name.strip_prefix("word/").is_some_and(|rest| rest.starts_with(kind)) && has_ending(name, ".xml")
    };
    name == DOCUMENT || ["header", "footer"].into_iter().any(is_part)
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.to_ascii_lowercase().ends_with(ending)
}

fn broken(part: &str, what: &dyn std::fmt::Display) -> TemplateError {
    TemplateError::Broken { part: part.to_owned(), what: what.to_string() }
}

fn unpack(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, TemplateError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken("archive", &error))?;
    if archive.len() > TEMPLATE_PARTS_MAX {
        return Err(TemplateError::TooLarge(format!(
            "{} parts, at most {TEMPLATE_PARTS_MAX}",
            archive.len()
        )));
    }
    let mut left = TEMPLATE_UNPACKED_BYTES_MAX;
    let mut parts = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| broken("archive", &error))?;
        let name = part.name().map_err(|error| broken("archive", &error))?.into_owned();
        if name.ends_with('/') {
            continue;
        }
        let mut content = Vec::new();
        // The size that the archive declares can lie, so bytes are counted as they come.
        let read =
            part.by_ref().take(left + 1).read_to_end(&mut content).map_err(|error| broken(&name, &error))?;
        left = left.checked_sub(read as u64).ok_or_else(|| {
            TemplateError::TooLarge(format!("more than {TEMPLATE_UNPACKED_BYTES_MAX} bytes unpacked"))
        })?;
        if parts.iter().any(|(known, _)| *known == name) {
            return Err(broken(&name, &"twice in the archive"));
        }
        parts.push((name, content));
    }
    Ok(parts)
}

fn check_part(name: &str, content: &[u8]) -> Result<(), TemplateError> {
    let lower = name.to_ascii_lowercase();
    if ["vba", "activex", "oleobject", "macro", "embeddings/"].iter().any(|word| lower.contains(word)) {
        return Err(TemplateError::Active(name.to_owned()));
    }
    if !has_ending(&lower, ".xml") && !has_ending(&lower, ".rels") {
        return Ok(());
    }
    let text = std::str::from_utf8(content).map_err(|error| broken(name, &error))?;
    if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        return Err(TemplateError::DocumentType(name.to_owned()));
    }
    if lower == "[content_types].xml" && text.to_ascii_lowercase().contains("macroenabled") {
        return Err(TemplateError::Active(name.to_owned()));
    }
    if let Some(target) = fill::external_target(text).map_err(|problem| problem.in_part(name))? {
        return Err(TemplateError::External(target));
    }
    // Fields that fetch, run or ask when the letter is opened.
    let is_content = lower.starts_with("word/");
    let fetches = ["INCLUDETEXT", "INCLUDEPICTURE", "DDEAUTO", "DDE ", "MACROBUTTON"];
    match fetches.iter().find(|field| is_content && fill::instructions(text).contains(**field)) {
        Some(field) => Err(TemplateError::External(format!("{name}: {field}"))),
        None => Ok(()),
    }
}
