//! Where the parts of a document stand, by its relations instead of by habit.

use super::super::ReadError;
use super::super::archive::Archive;
use super::super::xml::{Piece, Xml};

/// Names of the parts that hold text or say how to number it.
#[derive(Debug, Default)]
pub struct Parts {
    pub document: String,
    pub numbering: Option<String>,
    pub styles: Option<String>,
    pub footnotes: Option<String>,
    pub endnotes: Option<String>,
}

impl Parts {
    /// Follows the relations from the archive's root.
    pub fn find(archive: &mut Archive<'_>) -> Result<Self, ReadError> {
        let mut parts = Self { document: "word/document.xml".to_owned(), ..Self::default() };
        for (kind, target) in relations(archive, "_rels/.rels", "")? {
            if kind == "officeDocument" {
                parts.document = target;
            }
        }
        let (folder, file) = parts.document.rsplit_once('/').unwrap_or(("", &parts.document));
        let (folder, of_document) = (folder.to_owned(), format!("{folder}/_rels/{file}.rels"));
        for (kind, target) in relations(archive, of_document.trim_start_matches('/'), &folder)? {
            match kind.as_str() {
                "numbering" => parts.numbering = Some(target),
                "styles" => parts.styles = Some(target),
                "footnotes" => parts.footnotes = Some(target),
                "endnotes" => parts.endnotes = Some(target),
                _ => {}
            }
        }
        Ok(parts)
    }
}

/// Kind and target of each relation inside the archive.
fn relations(
    archive: &mut Archive<'_>,
    part: &str,
    folder: &str,
) -> Result<Vec<(String, String)>, ReadError> {
    let Some(content) = archive.part(part)? else { return Ok(Vec::new()) };
    let mut relations = Vec::new();
    let mut xml = Xml::new(&content, part);
    loop {
        match xml.piece()? {
            Piece::Open(element) if element.name == "Relationship" => {
                let inside = element.get("TargetMode") != Some("External");
                if let (Some(kind), Some(target), true) = (element.get("Type"), element.get("Target"), inside)
                {
                    let kind = kind.rsplit('/').next().unwrap_or(kind);
                    relations.push((kind.to_owned(), absolute(folder, target)));
                }
            }
            Piece::End => return Ok(relations),
            _ => {}
        }
    }
}

/// A target as a name in the archive.
fn absolute(folder: &str, target: &str) -> String {
    if let Some(from_root) = target.strip_prefix('/') {
        return from_root.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => {
                steps.pop();
            }
            "." | "" => {}
            _ => steps.push(step),
        }
    }
    steps.join("/")
}
