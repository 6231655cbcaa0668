//! Automatic numbers: what Word and WPS print in front of a paragraph of a list, counted again from the list's definition.

use std::collections::{HashMap, HashSet};

use super::super::ReadError;
use super::super::xml::{Element, Piece, Space, Xml};
use super::format::numeral;
use super::styles::ListPlace;

/// Characters of a number's text that count; `第%1章` has four.
const LABEL_CHARS_MAX: usize = 32;

/// Levels of a list (ISO/IEC 29500-1 §17.9.6).
const LEVELS: usize = 9;

#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    /// The text with `%1` to `%9` for the numbers of the levels.
    text: String,
    all_decimal: bool,
    never_restarts: bool,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        let format = "decimal".to_owned();
        Self { start: 1, format, text: String::new(), all_decimal: false, never_restarts: false, style: None }
    }
}

#[derive(Debug, Default, Clone)]
struct Definition {
    levels: HashMap<usize, Level>,
    is_for_style: Option<String>,
    uses_style: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: u32,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub struct Numbering {
    definitions: HashMap<u32, Definition>,
    lists: HashMap<u32, List>,
    counted: HashMap<u32, [Option<u32>; LEVELS]>,
    started: HashSet<(u32, usize)>,
    /// A format that is not known, met while numbering.
    pub unknown_format: Option<String>,
}

/// Where in the part the reader stands.
#[derive(Default)]
struct Cursor {
    definition: Option<u32>,
    list: Option<u32>,
    level: usize,
}

impl Numbering {
    /// Reads the part.
    pub fn parse(content: &str, part: &str) -> Result<Self, ReadError> {
        let mut numbering = Self::default();
        let mut cursor = Cursor::default();
        let mut xml = Xml::new(content, part);
        loop {
            match xml.piece()? {
                Piece::Open(element) if element.space == Space::Word => numbering.take(&element, &mut cursor),
                Piece::End => return Ok(numbering),
                _ => {}
            }
        }
    }

    fn take(&mut self, element: &Element, cursor: &mut Cursor) {
        let id = |name: &str| element.get(name).and_then(|value| value.parse().ok());
        match element.name.as_str() {
            "abstractNum" => *cursor = Cursor { definition: id("abstractNumId"), ..Cursor::default() },
            "num" => *cursor = Cursor { list: id("numId"), ..Cursor::default() },
            "lvl" | "lvlOverride" => cursor.level = id("ilvl").map_or(0, |level: u32| level as usize),
            _ => {}
        }
        if cursor.level >= LEVELS {
            return;
        }
        let levels = if let Some(definition) = cursor.definition {
            let definition = self.definitions.entry(definition).or_default();
            match element.name.as_str() {
                "styleLink" => definition.is_for_style = element.val().map(str::to_owned),
                "numStyleLink" => definition.uses_style = element.val().map(str::to_owned),
                _ => {}
            }
            &mut definition.levels
        } else if let Some(list) = cursor.list {
            let list = self.lists.entry(list).or_default();
            match element.name.as_str() {
                "abstractNumId" => list.definition = element.number().unwrap_or_default(),
                "startOverride" => {
                    list.starts.insert(cursor.level, element.number().unwrap_or(1));
                }
                _ => {}
            }
            &mut list.levels
        } else {
            return;
        };
        if element.name == "lvl" {
            levels.insert(cursor.level, Level::default());
        }
        if let Some(level) = levels.get_mut(&cursor.level) {
            level.take(element);
        }
    }

    /// The number in front of the next paragraph of a place, or none where nothing that is text stands there.
    pub fn label(&mut self, place: ListPlace, style: Option<&str>) -> Option<String> {
        let id = place.list.filter(|list| *list != 0)?;
        let list = self.lists.get(&id)?;
        let definition = self.definition_of(list)?;
        let of_style = || {
            let levels = definition.1.levels.iter();
            let of_style = levels.filter(|(_, level)| style.is_some() && level.style.as_deref() == style);
            of_style.map(|(level, _)| *level).min()
        };
        let at = place.level.map_or_else(|| of_style().unwrap_or(0), |level| level as usize);
        if at >= LEVELS {
            return None;
        }
        let levels: Vec<Level> = (0..LEVELS)
            .map(|level| {
                list.levels
                    .get(&level)
                    .or_else(|| definition.1.levels.get(&level))
                    .cloned()
                    .unwrap_or_default()
            })
            .collect();
        let counted = self.counted.entry(definition.0).or_insert([None; LEVELS]);
        let begins = list.starts.get(&at).copied().filter(|_| self.started.insert((id, at)));
        counted[at] = Some(match (begins, counted[at]) {
            (Some(start), _) => start,
            (None, Some(number)) => number.saturating_add(1),
            (None, None) => levels[at].start,
        });
        for (level, number) in counted.iter_mut().enumerate() {
            if level > at && !levels[level].never_restarts {
                *number = None;
            } else if level < at && number.is_none() {
                *number = Some(levels[level].start);
            }
        }
        let counted = *counted;
        self.print(&levels, at, &counted)
    }

    fn definition_of(&self, list: &List) -> Option<(u32, &Definition)> {
        let own = self.definitions.get(&list.definition)?;
        match &own.uses_style {
            None => Some((list.definition, own)),
            style => {
                // Where several claim the style, the same one is taken in every reading.
                let sharing = self.definitions.iter().filter(|(_, known)| known.is_for_style == *style);
                sharing.min_by_key(|(id, _)| **id).map(|(id, definition)| (*id, definition))
            }
        }
    }

    fn print(&mut self, levels: &[Level], at: usize, counted: &[Option<u32>; LEVELS]) -> Option<String> {
        let own = &levels[at];
        if own.format == "bullet" || own.format == "none" && !own.text.contains('%') {
            return None;
        }
        let mut label = String::new();
        let mut characters = own.text.chars().peekable();
        while let Some(character) = characters.next() {
            let level =
                characters.peek().and_then(|next| next.to_digit(10)).filter(|digit| (1..=9).contains(digit));
            let Some(level) = level.filter(|_| character == '%') else {
                label.push(character);
                continue;
            };
            characters.next();
            let level = level as usize - 1;
            let number = counted[level].unwrap_or(levels[level].start);
            let format = if own.all_decimal { "decimal" } else { levels[level].format.as_str() };
            if let Some(text) = numeral(number, format) {
                label.push_str(&text);
            } else {
                self.unknown_format = Some(format.to_owned());
                return None;
            }
        }
        (!label.trim().is_empty()).then(|| label.trim().to_owned())
    }
}

impl Level {
    fn take(&mut self, element: &Element) {
        match element.name.as_str() {
            "start" => self.start = element.number().unwrap_or(1),
            "numFmt" => self.format = element.val().map_or_else(|| "decimal".to_owned(), str::to_owned),
            "lvlText" => {
                self.text = element.val().unwrap_or_default().chars().take(LABEL_CHARS_MAX).collect();
            }
            "isLgl" => self.all_decimal = element.is_on(),
            "lvlRestart" => self.never_restarts = element.number() == Some(0),
            "pStyle" => self.style = element.val().map(str::to_owned),
            _ => {}
        }
    }
}
