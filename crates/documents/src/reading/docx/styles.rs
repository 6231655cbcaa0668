//! What of a paragraph style changes the text: the list it numbers by, and whether it centres.

use std::collections::HashMap;

use super::super::ReadError;
use super::super::xml::{Piece, Space, Xml};

/// How far styles may build on one another.
const BASED_ON_MAX: usize = 32;

/// The list that a style or a paragraph names.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct ListPlace {
    /// Which list; 0 is none.
    pub list: Option<u32>,
    /// Which level of it.
    pub level: Option<u32>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    place: ListPlace,
    centred: Option<bool>,
}

/// Paragraph styles by id.
#[derive(Debug, Default)]
pub struct Styles {
    styles: HashMap<String, Style>,
    default: Option<String>,
}

impl Styles {
    /// Reads the part.
    pub fn parse(content: &str, part: &str) -> Result<Self, ReadError> {
        let mut styles = Self::default();
        let mut current: Option<(String, Style)> = None;
        let mut xml = Xml::new(content, part);
        loop {
            match xml.piece()? {
                Piece::Open(element) if element.space == Space::Word => match element.name.as_str() {
                    "style" => {
                        styles.keep(current.take());
                        let id = element.get("styleId").unwrap_or_default().to_owned();
                        if element.get("type") == Some("paragraph") {
                            if matches!(element.get("default"), Some("1" | "true" | "on")) {
                                styles.default = Some(id.clone());
                            }
                            current = Some((id, Style::default()));
                        }
                    }
                    name => {
                        let Some((_, style)) = &mut current else { continue };
                        match name {
                            "basedOn" => style.based_on = element.val().map(str::to_owned),
                            "jc" => style.centred = Some(element.val() == Some("center")),
                            "numId" => style.place.list = element.number(),
                            "ilvl" => style.place.level = element.number(),
                            _ => {}
                        }
                    }
                },
                Piece::End => {
                    styles.keep(current);
                    return Ok(styles);
                }
                _ => {}
            }
        }
    }

    fn keep(&mut self, style: Option<(String, Style)>) {
        self.styles.extend(style);
    }

    /// The list of a style or of those it builds on, and the id of the style that names it.
    pub fn place(&self, id: Option<&str>) -> (ListPlace, Option<&str>) {
        let mut id = id.or(self.default.as_deref());
        let mut place = ListPlace::default();
        for _ in 0..BASED_ON_MAX {
            let Some((known, style)) = id.and_then(|id| self.styles.get_key_value(id)) else { break };
            place.level = place.level.or(style.place.level);
            if style.place.list.is_some() {
                return (ListPlace { list: style.place.list, ..place }, Some(known));
            }
            id = style.based_on.as_deref();
        }
        (ListPlace::default(), None)
    }
    /// True where a style, or one that it builds on, centres its lines.
    pub fn is_centred(&self, id: Option<&str>) -> bool {
        let mut id = id.or(self.default.as_deref());
        for _ in 0..BASED_ON_MAX {
            let Some(style) = id.and_then(|id| self.styles.get(id)) else { break };
            if let Some(centred) = style.centred {
                return centred;
            }
            id = style.based_on.as_deref();
        }
        false
    }
}
