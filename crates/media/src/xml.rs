//! XML of devices and of storage services as a small tree of elements, under limits.
//!
//! Names are local names: devices choose their prefixes freely, and no name is used in two meanings here. A document type is refused,
//! so there are no entities to blow up; a document that is cut or wrongly nested is an error, unlike with the bodies of GB/T 28181,
//! because a list of profiles that lacks its end may lack the profile that matters.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Elements in one answer. A profile has about 60, a recorder up to 128 profiles.
const ELEMENTS_MAX: usize = 20_000;
/// How deep elements nest; the deepest known answer takes 12.
const DEPTH_MAX: usize = 32;
/// Longest text or attribute, in bytes. Lists of scopes are the longest.
const TEXT_BYTES_MAX: usize = 8 << 10;
/// Attributes of one element that are kept; namespaces count.
const ATTRIBUTES_MAX: usize = 48;

/// An element with what is in it. Text of several pieces is joined.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

/// Why an answer is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum XmlError {
    #[error("a document type is refused")]
    DocumentType,
    #[error(
        "more than {ELEMENTS_MAX} elements, {DEPTH_MAX} levels, {ATTRIBUTES_MAX} attributes or {TEXT_BYTES_MAX} bytes of text"
    )]
    TooMuch,
    #[error("the document is cut short")]
    Cut,
    #[error("{0}")]
    Syntax(String),
}

impl Element {
    /// Reads a whole document.
    pub(crate) fn read(source: &str) -> Result<Self, XmlError> {
        let mut reader = Reader::from_str(source.trim_start_matches('\u{feff}'));
        let mut open: Vec<Self> = Vec::new();
        let mut elements = 0;
        loop {
            let event = reader.read_event().map_err(|error| XmlError::Syntax(error.to_string()))?;
            let closed = match event {
                Event::Start(tag) => {
                    elements += 1;
                    if open.len() >= DEPTH_MAX || elements > ELEMENTS_MAX {
                        return Err(XmlError::TooMuch);
                    }
                    open.push(Self::begin(&tag)?);
                    continue;
                }
                Event::Empty(tag) => {
                    elements += 1;
                    if elements > ELEMENTS_MAX {
                        return Err(XmlError::TooMuch);
                    }
                    Self::begin(&tag)?
                }
                Event::End(_) => open.pop().ok_or(XmlError::Cut)?,
                Event::Text(text) => {
                    add_text(&mut open, &text.xml10_content())?;
                    continue;
                }
                Event::CData(text) => {
                    add_text(&mut open, &text.xml10_content())?;
                    continue;
                }
                Event::GeneralRef(name) => {
                    let reference = format!("&{};", name.into_inner());
                    add_text(&mut open, &unescaped(&reference)?)?;
                    continue;
                }
                Event::DocType(_) => return Err(XmlError::DocumentType),
                Event::Eof => return Err(XmlError::Cut),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => continue,
            };
            match open.last_mut() {
                Some(parent) => parent.children.push(closed),
                None => return Ok(closed),
            }
        }
    }

    fn begin(tag: &BytesStart<'_>) -> Result<Self, XmlError> {
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| XmlError::Syntax(error.to_string()))?;
            let value = unescaped(&attribute.value)?;
            if attributes.len() >= ATTRIBUTES_MAX || value.len() > TEXT_BYTES_MAX {
                return Err(XmlError::TooMuch);
            }
            attributes.push((attribute.key.local_name().into_inner().to_owned(), value));
        }
        Ok(Self { name: tag.local_name().into_inner().to_owned(), attributes, ..Self::default() })
    }

    /// The first child of a name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of a name.
    pub(crate) fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element of a name at any depth below.
    pub(crate) fn find(&self, name: &str) -> Option<&Self> {
        self.children.iter().find_map(|child| if child.name == name { Some(child) } else { child.find(name) })
    }

    /// The text of [`Self::find`], without surrounding space; empty where there is none.
    pub(crate) fn text_of(&self, name: &str) -> &str {
        self.find(name).map_or("", |found| found.text.trim())
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

fn add_text(open: &mut [Element], piece: &str) -> Result<(), XmlError> {
    let Some(element) = open.last_mut() else { return Ok(()) };
    if element.text.len() + piece.len() > TEXT_BYTES_MAX {
        return Err(XmlError::TooMuch);
    }
    element.text.push_str(piece);
    Ok(())
}

fn unescaped(text: &str) -> Result<String, XmlError> {
    let plain = quick_xml::escape::unescape(text).map_err(|error| XmlError::Syntax(error.to_string()))?;
    Ok(plain.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_becomes_a_tree() {
        let root = Element::read(
            "<?xml version=\"1.0\"?><a:x><b t='1&amp;2'>&lt;y&#65;</b><b/><c><b>z</b></c></a:x>",
        )
        .unwrap();
        assert_eq!((root.name.as_str(), root.text_of("b"), root.children("b").count()), ("x", "<yA", 2));
        assert_eq!(root.child("b").and_then(|b| b.attribute("t")), Some("1&2"));
        assert_eq!(root.child("c").map(|c| c.text_of("b")), Some("z"));
    }

    #[test]
    fn bombs_huge_and_cut_documents_are_errors() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"cccccccccc\"><!ENTITY d \"&b;&b;&b;\">]><a>&d;</a>";
        let deep = "<a>".repeat(33) + &"</a>".repeat(33);
        let wide = format!("<a>{}</a>", "<b/>".repeat(20_001));
        let long = format!("<a>{}</a>", "x".repeat(8_193));
        let attributes: Vec<String> = (0..49).map(|at| format!("a{at}='1'")).collect();
        let attributes = format!("<a {}/>", attributes.join(" "));
        for (text, wanted) in [
            (bomb, Some(XmlError::DocumentType)),
            (&deep, Some(XmlError::TooMuch)),
            (&wide, Some(XmlError::TooMuch)),
            (&long, Some(XmlError::TooMuch)),
            (&attributes, Some(XmlError::TooMuch)),
            ("<a><b>", Some(XmlError::Cut)),
            ("", Some(XmlError::Cut)),
            ("<a><b></a></b>", None),
            ("<a>&unknown;</a>", None),
            ("<a b=\"", None),
            ("<a b='1' b='2'/>", None),
        ] {
            let error = Element::read(text).unwrap_err();
            assert!(
                wanted.is_none_or(|wanted| wanted == error),
                "{error:?} for {}",
                &text[..text.len().min(40)]
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_tree_or_an_error(text in "[<>/a-c&;='\" !\\[\\]?-]{0,200}") {
            let _ = Element::read(&text);
            let _ = Element::read(&format!("<a>{text}</a>"));
        }
    }
}
