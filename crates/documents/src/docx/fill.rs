//! Finding and filling the places of a template, one XML part at a time.
//!
//! Word splits what was typed in one go over several runs, so a place is looked for in the joined text of a paragraph. What it is
//! filled with goes into the run where the place begins; a place for paragraphs is replaced with its whole paragraph, and the new ones
//! take over its properties.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::styles::{HEADING_FACE, SUBHEADING_FACE, fonts};
use super::template::{Place, TemplateError, annexes};
use super::xml::{Xml, escaped};
use crate::letter::{Letter, Role};

/// Paragraphs inside paragraphs (text boxes).
const DEPTH_MAX: usize = 64;

/// What the places are filled with.
pub struct Filling<'a> {
    letter: &'a Letter<'a>,
    annexes: String,
}

/// What is wrong with a part.
#[derive(Debug)]
pub enum Problem {
    /// Not well-formed.
    Xml(String),
    /// See [`TemplateError::UnknownPlace`].
    Unknown(String),
    /// See [`TemplateError::NotAlone`].
    NotAlone(String),
}

impl Problem {
    /// Names the part.
    pub fn in_part(self, part: &str) -> TemplateError {
        match self {
            Self::Xml(what) => TemplateError::Broken { part: part.to_owned(), what },
            Self::Unknown(name) => TemplateError::UnknownPlace(name),
            Self::NotAlone(name) => TemplateError::NotAlone(name),
        }
    }
}

/// A paragraph of the template; ranges are bytes of the part.
#[derive(Debug, Default)]
struct Paragraph {
    whole: Range<usize>,
    properties: Range<usize>,
    texts: Vec<Text>,
}

/// The content of one `w:t`.
#[derive(Debug)]
struct Text {
    content: Range<usize>,
    words: String,
    properties: Range<usize>,
}

/// A place found: which, and where in the joined text.
struct Found {
    place: Place,
    name: String,
    at: Range<usize>,
}

/// The places of a part.
pub fn places(part: &str) -> Result<Vec<Place>, Problem> {
    let mut all = Vec::new();
    for paragraph in paragraphs(part)? {
        all.extend(found(&paragraph)?.into_iter().map(|one| one.place));
    }
    Ok(all)
}

/// Fills a part.
pub fn fill(part: &str, filling: &Filling<'_>) -> Result<String, Problem> {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for paragraph in paragraphs(part)? {
        let found = found(&paragraph)?;
        match found.first() {
            None => {}
            Some(first) if first.place.is_block() => {
                edits.retain(|(range, _)| {
                    range.start < paragraph.whole.start || range.end > paragraph.whole.end
                });
                edits.push((paragraph.whole.clone(), filling.paragraphs(first.place, part, &paragraph)));
            }
            Some(_) => edits.extend(inline(&paragraph, &found, filling)),
        }
    }
    edits.sort_by_key(|(range, _)| range.start);
    let (mut out, mut done) = (String::with_capacity(part.len()), 0);
    for (range, text) in edits {
        if range.start >= done {
            out.push_str(&part[done..range.start]);
            out.push_str(&text);
            done = range.end;
        }
    }
    out.push_str(&part[done..]);
    Ok(out)
}

/// New content for every text of a paragraph.
fn inline(paragraph: &Paragraph, found: &[Found], filling: &Filling<'_>) -> Vec<(Range<usize>, String)> {
    let mut at = 0;
    let mut edits = Vec::new();
    for text in &paragraph.texts {
        let here = at..at + text.words.len();
        at = here.end;
        let (mut new, mut from) = (String::new(), here.start);
        for one in found.iter().filter(|one| one.at.start < here.end && one.at.end > here.start) {
            if one.at.start >= here.start {
                new.push_str(&text.words[from - here.start..one.at.start - here.start]);
                new.push_str(&filling.words(one.place));
            }
            from = one.at.end.min(here.end);
        }
        new.push_str(&text.words[from - here.start..]);
        if new != text.words {
            edits.push((text.content.clone(), escaped(&new)));
        }
    }
    edits
}

/// The places in the joined text of a paragraph.
fn found(paragraph: &Paragraph) -> Result<Vec<Found>, Problem> {
    let joined: String = paragraph.texts.iter().map(|text| text.words.as_str()).collect();
    let (mut all, mut from) = (Vec::new(), 0);
    while let Some(open) = joined[from..].find("{{").map(|at| from + at) {
        let Some(close) = joined[open..].find("}}").map(|at| open + at) else { break };
        let name = joined[open + 2..close].trim().to_owned();
        let place = Place::named(&name).ok_or_else(|| Problem::Unknown(name.chars().take(40).collect()))?;
        from = close + 2;
        all.push(Found { place, name, at: open..from });
    }
    match all.iter().find(|one| one.place.is_block()) {
        Some(block) if joined.trim() != &joined[block.at.clone()] => {
            Err(Problem::NotAlone(block.name.clone()))
        }
        _ => Ok(all),
    }
}

impl<'a> Filling<'a> {
    /// From a letter.
    pub fn of(letter: &'a Letter<'a>) -> Self {
        Self { letter, annexes: annexes(letter) }
    }

    fn words(&self, place: Place) -> String {
        let letter = self.letter;
        match place {
            Place::Title => letter.name.to_owned(),
            Place::Number => letter.number.unwrap_or_default().to_owned(),
            Place::Addressees => letter.addressees.join(""),
            Place::Organ => letter.organ.clone().unwrap_or_default(),
            Place::Date => letter.date.clone().unwrap_or_default(),
            Place::CopiesTo => letter.copies_to.join(""),
            Place::Text | Place::AnnexList | Place::Annexes | Place::Notes => String::new(),
        }
    }

    /// The paragraphs that take the place of one.
    fn paragraphs(&self, place: Place, part: &str, like: &Paragraph) -> String {
        let one = |pieces: &[(Option<&str>, &str)]| like.with(part, pieces);
        let letter = self.letter;
        match place {
            Place::Text => letter.blocks.iter().fold(String::new(), |all, block| {
                let face = match block.role {
                    Role::Heading => Some(HEADING_FACE),
                    Role::Subheading => Some(SUBHEADING_FACE),
                    Role::Body => None,
                };
                all + &one(&[(Some(SUBHEADING_FACE), block.lead), (face, block.text)])
            }),
            Place::AnnexList => letter.annex_list.iter().map(|line| one(&[(None, *line)])).collect(),
            Place::Notes => {
                let facts = letter.facts.iter().map(|fact| format!("{}：{}", fact.name, fact.value));
                let notes = letter.notes.iter().map(|note| (*note).to_owned());
                notes.chain(facts).map(|line| one(&[(None, line.as_str())])).collect()
            }
            Place::Annexes => self.annexes.clone(),
            _ => String::new(),
        }
    }
}

impl Paragraph {
    /// A paragraph of the same properties with other text; a face replaces the one of the place.
    fn with(&self, part: &str, pieces: &[(Option<&str>, &str)]) -> String {
        let properties = without(&part[self.properties.clone()], "<w:sectPr", "</w:sectPr>");
        let of_run = self
            .texts
            .iter()
            .find(|text| !text.words.trim().is_empty())
            .map_or("", |text| &part[text.properties.clone()]);
        let mut xml = Xml::default();
        xml.raw("<w:p>").raw(&properties);
        for (face, text) in pieces {
            let face = face.map(|face| with_face(of_run, face));
            run_like(&mut xml, face.as_deref().unwrap_or(of_run), text);
        }
        xml.raw("</w:p>");
        xml.finish()
    }
}

fn run_like(xml: &mut Xml, properties: &str, text: &str) {
    if !text.is_empty() {
        xml.raw("<w:r>").raw(properties).raw(r#"<w:t xml:space="preserve">"#).text(text).raw("</w:t></w:r>");
    }
}

/// Cuts out one element.
fn without(markup: &str, from: &str, to: &str) -> String {
    match (markup.find(from), markup.find(to)) {
        (Some(start), Some(end)) if start < end => {
            format!("{}{}", &markup[..start], &markup[end + to.len()..])
        }
        _ => markup.to_owned(),
    }
}

/// Character properties with another face.
fn with_face(properties: &str, face: &str) -> String {
    let rest = without(properties, "<w:rFonts", "/>");
    let inner =
        rest.strip_prefix("<w:rPr>").and_then(|rest| rest.strip_suffix("</w:rPr>")).unwrap_or_default();
    format!("<w:rPr>{}{inner}</w:rPr>", fonts(face))
}

/// The paragraphs of a part, inner ones before outer ones.
fn paragraphs(part: &str) -> Result<Vec<Paragraph>, Problem> {
    let mut reader = Reader::from_str(part);
    let (mut open, mut done): (Vec<Paragraph>, Vec<Paragraph>) = (Vec::new(), Vec::new());
    let mut run_properties = 0..0;
    let mut properties_from = 0;
    loop {
        let from = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| Problem::Xml(error.to_string()))?;
        let to = reader.buffer_position() as usize;
        match event {
            Event::Eof => break,
            Event::DocType(_) => return Err(Problem::Xml("declares a document type".to_owned())),
            Event::Start(element) => match element.name().as_ref() {
                "w:p" if open.len() >= DEPTH_MAX => return Err(Problem::Xml("nested too deep".to_owned())),
                "w:p" => open.push(Paragraph { whole: from..to, ..Paragraph::default() }),
                "w:pPr" | "w:rPr" => properties_from = from,
                "w:r" => run_properties = 0..0,
                "w:t" => {
                    let end = reader
                        .read_to_end(element.name())
                        .map_err(|error| Problem::Xml(error.to_string()))?;
                    let content = end.start as usize..end.end as usize;
                    let words = quick_xml::escape::unescape(&part[content.clone()])
                        .map_err(|error| Problem::Xml(error.to_string()))?
                        .into_owned();
                    if let Some(paragraph) = open.last_mut() {
                        paragraph.texts.push(Text { content, words, properties: run_properties.clone() });
                    }
                }
                _ => {}
            },
            Event::End(element) => match element.name().as_ref() {
                "w:pPr" => {
                    if let Some(paragraph) = open.last_mut() {
                        let start = part[paragraph.whole.start..to]
                            .find("<w:pPr")
                            .map_or(to, |at| paragraph.whole.start + at);
                        paragraph.properties = start..to;
                    }
                }
                "w:rPr" => run_properties = properties_from..to,
                "w:p" => {
                    let mut paragraph =
                        open.pop().ok_or_else(|| Problem::Xml("a paragraph ends twice".to_owned()))?;
                    paragraph.whole.end = to;
                    done.push(paragraph);
                }
                _ => {}
            },
            _ => {}
        }
    }
    if open.is_empty() { Ok(done) } else { Err(Problem::Xml("a paragraph does not end".to_owned())) }
}

/// The target of a relation that Word would follow by itself on opening; plain hyperlinks wait for a click.
pub fn external_target(part: &str) -> Result<Option<String>, Problem> {
    let mut reader = Reader::from_str(part);
    loop {
        match reader.read_event().map_err(|error| Problem::Xml(error.to_string()))? {
            Event::Eof => return Ok(None),
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == "Relationship" =>
            {
                let value = |name: &str| attribute(&element, name);
                if value("TargetMode").eq_ignore_ascii_case("external")
                    && !value("Type").ends_with("/hyperlink")
                {
                    return Ok(Some(value("Target")));
                }
            }
            _ => {}
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let found = element.attributes().flatten().find(|attribute| attribute.key.as_ref() == name);
    found.map(|attribute| attribute.value.into_owned()).unwrap_or_default()
}

/// The joined instructions of all fields, upper case; Word splits them over runs as well.
pub fn instructions(part: &str) -> String {
    let mut all = String::new();
    for piece in part.split("<w:instrText").skip(1) {
        if let Some((_, text)) = piece.split_once('>') {
            all.push_str(text.split('<').next().unwrap_or_default());
        }
    }
    for piece in part.split("w:instr=\"").skip(1) {
        all.push_str(piece.split('"').next().unwrap_or_default());
    }
    all.to_uppercase()
}
