//! XML of office documents, pulled piece by piece: names resolved to the few namespaces that matter, depth bounded, document types and
//! entities refused.

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::ReadError;

/// How deep elements may nest; tables inside tables inside text boxes take about 60.
const DEPTH_MAX: usize = 256;

/// Namespaces that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    /// WordprocessingML, transitional or strict.
    Word,
    /// Formulas.
    Math,
    /// Choices between markup for new and old programs.
    Compat,
    /// Any other.
    Other,
}

/// An element with its attributes by local name.
#[derive(Debug)]
pub struct Element {
    /// Its namespace.
    pub space: Space,
    /// Its local name.
    pub name: String,
    attributes: Vec<(String, String)>,
}

/// A piece of XML.
#[derive(Debug)]
pub enum Piece {
    /// An element begins.
    Open(Element),
    /// The innermost element ends.
    Close,
    /// Text, entities resolved.
    Text(String),
    /// The part ends.
    End,
}

/// A part of a document being read.
pub struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    part: &'a str,
    depth: usize,
}

impl Element {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of `val`, where WordprocessingML keeps most of what it says.
    pub fn val(&self) -> Option<&str> {
        self.get("val")
    }

    /// The number in `val`.
    pub fn number(&self) -> Option<u32> {
        self.val().and_then(|value| value.trim().parse().ok())
    }

    /// A switch: on unless it says otherwise.
    pub fn is_on(&self) -> bool {
        !matches!(self.val(), Some("0" | "false" | "off"))
    }
}

impl<'a> Xml<'a> {
    /// Begins to read a part.
    pub fn new(content: &'a str, part: &'a str) -> Self {
        let mut reader = NsReader::from_str(content);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part, depth: 0 }
    }

    /// The next piece.
    pub fn piece(&mut self) -> Result<Piece, ReadError> {
        loop {
            let part = self.part;
            let broken = |error: &dyn std::fmt::Display| broken(part, error);
            let (space, event) = self.reader.read_resolved_event().map_err(|error| broken(&error))?;
            match event {
                Event::Start(start) => {
                    let element = element(space_of(&space), &start, part)?;
                    self.depth += 1;
                    if self.depth > DEPTH_MAX {
                        return Err(ReadError::Limit {
                            what: format!("{part} nests deeper than {DEPTH_MAX}"),
                        });
                    }
                    return Ok(Piece::Open(element));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Piece::Close);
                }
                Event::Text(text) => return Ok(Piece::Text(text.xml10_content().into_owned())),
                Event::CData(text) => return Ok(Piece::Text(text.xml10_content().into_owned())),
                Event::GeneralRef(reference) => {
                    if let Some(character) = reference.resolve_char_ref().map_err(|error| broken(&error))? {
                        return Ok(Piece::Text(character.to_string()));
                    }
                    let name = reference.xml10_content();
                    let known = quick_xml::escape::resolve_predefined_entity(&name);
                    let text = known.ok_or_else(|| ReadError::Entity { part: part.to_owned() })?;
                    return Ok(Piece::Text(text.to_owned()));
                }
                Event::DocType(_) => return Err(ReadError::Entity { part: part.to_owned() }),
                Event::Eof if self.depth > 0 => return Err(broken(&"it ends inside an element")),
                Event::Eof => return Ok(Piece::End),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }
}

fn space_of(resolved: &ResolveResult<'_>) -> Space {
    let ResolveResult::Bound(namespace) = resolved else { return Space::Other };
    match namespace.0 {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compat,
        _ => Space::Other,
    }
}

fn element(space: Space, start: &BytesStart<'_>, part: &str) -> Result<Element, ReadError> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| broken(part, &error))?;
        let value = quick_xml::escape::unescape(&attribute.value)
            .map_err(|_| ReadError::Entity { part: part.to_owned() })?
            .into_owned();
        attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
    }
    Ok(Element { space, name: start.local_name().as_ref().to_owned(), attributes })
}

fn broken(part: &str, error: &dyn std::fmt::Display) -> ReadError {
    ReadError::Broken { part: part.to_owned(), what: error.to_string() }
}
