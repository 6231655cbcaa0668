//! The walk through a part of the document: what is text, what is not, and where a line ends.
//!
//! Containers hold finished lines: the document, a cell, a text box, a footnote. Paragraphs nest in containers and containers in
//! paragraphs, because a text box hangs on a run; its lines follow the paragraph that it hangs on.

use super::super::xml::{Element, Piece, Space, Xml};
use super::super::{DOCUMENT_TEXT_BYTES_MAX, ReadError, ReadNote};
use super::numbering::Numbering;
use super::seen::Seen;
use super::styles::{ListPlace, Styles};

/// Columns that a cell may span; more is not believed.
const SPAN_MAX: u32 = 64;

/// What an open element means for what is inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Plain,
    Paragraph,
    ParagraphProperties,
    Run,
    RowProperties,
    Text,
    FieldCode,
    Row,
    Cell,
    Box,
    Footnote,
    /// A choice between renderings of the same thing, and whether one was taken.
    Alternate(bool),
}

#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    place: ListPlace,
    /// The mark at its end is deleted: it goes on in the next one.
    joined: bool,
    /// It holds a part of the table of contents.
    has_contents: bool,
    /// Centred by itself; none where its style decides.
    centred: Option<bool>,
    /// Lines of text boxes that hang on it.
    after: Vec<String>,
}

#[derive(Debug, Default)]
struct Row {
    cells: Vec<String>,
    deleted: bool,
    span: u32,
}

#[derive(Debug, Default)]
struct Field {
    code: String,
    in_result: bool,
}

impl Field {
    fn is_contents(&self) -> bool {
        self.code.trim_start().starts_with("TOC")
    }
}

/// Gathers the lines of a document.
#[derive(Debug)]
pub struct Walker {
    numbering: Numbering,
    styles: Styles,
    scopes: Vec<Scope>,
    skipped: usize,
    containers: Vec<Vec<String>>,
    paragraphs: Vec<Paragraph>,
    rows: Vec<Row>,
    fields: Vec<Field>,
    carried: String,
    hidden: bool,
    bytes: usize,
    footnotes: usize,
    seen: Seen,
}

impl Walker {
    /// A walker with the definitions that the document refers to.
    pub fn new(numbering: Numbering, styles: Styles) -> Self {
        Self {
            numbering,
            styles,
            scopes: Vec::new(),
            skipped: 0,
            containers: vec![Vec::new()],
            paragraphs: Vec::new(),
            rows: Vec::new(),
            fields: Vec::new(),
            carried: String::new(),
            hidden: false,
            bytes: 0,
            footnotes: 0,
            seen: Seen::default(),
        }
    }

    /// Walks through one part.
    pub fn walk(&mut self, content: &str, part: &str) -> Result<(), ReadError> {
        let mut xml = Xml::new(content, part);
        loop {
            match xml.piece()? {
                Piece::Open(_) if self.skipped > 0 => self.skipped += 1,
                Piece::Close if self.skipped > 0 => self.skipped -= 1,
                Piece::Open(element) => self.open(&element),
                Piece::Close => self.close(),
                Piece::Text(text) => match self.scopes.last() {
                    Some(Scope::Text) => self.put(&text)?,
                    Some(Scope::FieldCode) => self.field_code(&text),
                    _ => {}
                },
                Piece::End => break,
            }
        }
        if self.fields.is_empty() {
            return Ok(());
        }
        // What stands behind a field that never ends cannot be told from its code.
        Err(ReadError::Broken { part: part.to_owned(), what: "a field never ends".to_owned() })
    }

    /// All lines, and what was left out.
    pub fn finish(mut self) -> (String, Vec<ReadNote>) {
        let unknown = self.numbering.unknown_format.take();
        let notes = self.seen.notes(unknown);
        if !self.carried.is_empty() {
            let carried = std::mem::take(&mut self.carried);
            self.containers[0].push(carried);
        }
        (self.containers.swap_remove(0).join("\n"), notes)
    }

    fn open(&mut self, element: &Element) {
        let scope = match element.space {
            Space::Word => self.open_word(element),
            Space::Math if element.name == "t" => Some(Scope::Text),
            Space::Compat => self.open_choice(&element.name),
            Space::Other if matches!(element.name.as_str(), "blip" | "imagedata") => {
                self.seen.pictures += 1;
                Some(Scope::Plain)
            }
            Space::Math | Space::Other => Some(Scope::Plain),
        };
        match scope {
            Some(scope) => self.scopes.push(scope),
            None => self.skipped = 1,
        }
    }

    /// Of several renderings, the first is taken; the others say the same for other programs.
    fn open_choice(&mut self, name: &str) -> Option<Scope> {
        match (name, self.scopes.last_mut()) {
            ("AlternateContent", _) => Some(Scope::Alternate(false)),
            (_, Some(Scope::Alternate(true))) => None,
            (_, Some(Scope::Alternate(taken))) => {
                *taken = true;
                Some(Scope::Plain)
            }
            _ => Some(Scope::Plain),
        }
    }

    /// What an element of WordprocessingML means; none where it is passed over with all that is in it.
    fn open_word(&mut self, element: &Element) -> Option<Scope> {
        let parent = self.scopes.last().copied();
        let in_properties = self.in_own_properties();
        match element.name.as_str() {
            "p" => self.paragraphs.push(Paragraph::default()),
            "tr" => self.rows.push(Row::default()),
            "footnote" | "endnote" if element.get("type").is_some_and(|kind| kind != "normal") => {
                return None;
            }
            "tc" | "txbxContent" | "footnote" | "endnote" => self.containers.push(Vec::new()),
            "r" => self.hidden = false,
            "del" | "moveFrom" => {
                self.seen.revisions = true;
                if parent == Some(Scope::RowProperties) {
                    self.row(|row| row.deleted = true);
                } else if in_properties {
                    self.paragraph(|paragraph| paragraph.joined = true);
                }
                return None;
            }
            "ins" | "moveTo" => self.seen.revisions = true,
            "delText" | "delInstrText" | "pPrChange" | "rPrChange" | "tblPrChange" | "trPrChange"
            | "tcPrChange" | "tblPrExChange" | "tblGridChange" | "sectPr" | "sdtPr" | "rt" => return None,
            "object" | "altChunk" => {
                self.seen.embedded = true;
                return (element.name == "object").then_some(Scope::Plain);
            }
            name => self.mark(name, element, in_properties),
        }
        Some(match element.name.as_str() {
            "p" => Scope::Paragraph,
            "pPr" => Scope::ParagraphProperties,
            "trPr" => Scope::RowProperties,
            "tr" => Scope::Row,
            "tc" => Scope::Cell,
            "txbxContent" => Scope::Box,
            "footnote" | "endnote" => Scope::Footnote,
            "r" => Scope::Run,
            "t" => Scope::Text,
            "instrText" => Scope::FieldCode,
            _ => Scope::Plain,
        })
    }

    /// True where the innermost paragraph's properties are open, and not those of a paragraph further out.
    fn in_own_properties(&self) -> bool {
        let inner = self
            .scopes
            .iter()
            .rev()
            .find(|scope| matches!(scope, Scope::Paragraph | Scope::ParagraphProperties));
        inner == Some(&Scope::ParagraphProperties)
    }

    /// Elements that stand for a character, a property or a switch.
    fn mark(&mut self, name: &str, element: &Element, in_properties: bool) {
        match name {
            "pStyle" if in_properties => {
                let style = element.val().map(str::to_owned);
                self.paragraph(|paragraph| paragraph.style = style);
            }
            "numId" if in_properties => self.paragraph(|paragraph| paragraph.place.list = element.number()),
            "ilvl" if in_properties => self.paragraph(|paragraph| paragraph.place.level = element.number()),
            "vanish" if !in_properties && element.is_on() => self.hidden = true,
            "gridSpan" => {
                let span = element.number().unwrap_or(1).clamp(1, SPAN_MAX);
                self.row(|row| row.span = span);
            }
            // A tab in the properties is a stop, not a character.
            "tab" | "ptab" if !in_properties => self.put_character('\t'),
            "jc" if in_properties => {
                let centred = element.val() == Some("center");
                self.paragraph(|paragraph| paragraph.centred = Some(centred));
            }
            // A long title is broken where it reads well, and stays one title.
            "br" | "cr" if self.is_centred() => {}
            "br" | "cr" => self.put_character('\n'),
            "noBreakHyphen" => self.put_character('-'),
            "sym" => {
                let code = element.get("char").and_then(|code| u32::from_str_radix(code, 16).ok());
                let plain = code.filter(|code| !(0xe000..0xf900).contains(code)).and_then(char::from_u32);
                self.seen.symbols += usize::from(plain.is_none());
                self.put_character(plain.unwrap_or('□'));
            }
            "fldChar" => self.field(element.get("fldCharType").unwrap_or_default()),
            _ => {}
        }
    }

    fn is_centred(&self) -> bool {
        let Some(paragraph) = self.paragraphs.last() else { return false };
        paragraph.centred.unwrap_or_else(|| self.styles.is_centred(paragraph.style.as_deref()))
    }

    fn field(&mut self, kind: &str) {
        match (kind, self.fields.last_mut()) {
            ("begin", _) => self.fields.push(Field::default()),
            ("separate", Some(field)) => {
                field.in_result = true;
                if field.is_contents() {
                    self.seen.contents = true;
                    self.paragraph(|paragraph| paragraph.has_contents = true);
                }
            }
            ("end", _) => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn field_code(&mut self, text: &str) {
        /// Enough of a field's code to know its kind.
        const CODE_BYTES: usize = 64;
        if let Some(field) = self.fields.last_mut().filter(|field| field.code.len() < CODE_BYTES) {
            field.code.push_str(text);
        }
    }

    fn close(&mut self) {
        match self.scopes.pop() {
            Some(Scope::Paragraph) => self.end_paragraph(),
            Some(Scope::Cell) => self.end_cell(),
            Some(Scope::Row) => self.end_row(),
            Some(Scope::Box) => {
                let lines = self.end_container();
                match self.paragraphs.last_mut() {
                    Some(paragraph) => paragraph.after.extend(lines),
                    None => lines.into_iter().for_each(|line| self.push_line(line)),
                }
            }
            Some(Scope::Footnote) => {
                self.footnotes += 1;
                let text = self.end_container().join(" ");
                self.push_line(format!("注{}：{text}", self.footnotes));
            }
            Some(Scope::Run) => self.hidden = false,
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.paragraphs.pop() else { return };
        if paragraph.joined {
            self.carried.push_str(&paragraph.text);
        } else {
            let (of_style, style) = self.styles.place(paragraph.style.as_deref());
            let place = ListPlace {
                list: paragraph.place.list.or(of_style.list),
                level: paragraph.place.level.or(of_style.level),
            };
            let label = self.numbering.label(place, style.map(str::to_owned).as_deref());
            let text = std::mem::take(&mut self.carried) + &paragraph.text;
            let in_contents =
                text.is_empty() && (paragraph.has_contents || self.fields.iter().any(Field::is_contents));
            if !in_contents {
                self.push_line(numbered(label, &text));
            }
        }
        for line in paragraph.after.drain(..) {
            self.push_line(line);
        }
    }

    fn end_cell(&mut self) {
        let text = self.end_container().join(" ").replace(['\t', '\n'], " ");
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(text.trim().to_owned());
            for _ in 1..row.span {
                row.cells.push(String::new());
            }
            row.span = 1;
        }
    }

    fn end_row(&mut self) {
        if let Some(row) = self.rows.pop().filter(|row| !row.deleted) {
            self.push_line(row.cells.join("\t"));
        }
    }

    /// The lines of the innermost container that have text.
    fn end_container(&mut self) -> Vec<String> {
        let lines = if self.containers.len() > 1 { self.containers.pop() } else { None };
        lines.unwrap_or_default().into_iter().filter(|line| !line.trim().is_empty()).collect()
    }

    fn push_line(&mut self, line: String) {
        if let Some(lines) = self.containers.last_mut() {
            lines.push(line);
        }
    }

    fn paragraph(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            change(paragraph);
        }
    }

    fn row(&mut self, change: impl FnOnce(&mut Row)) {
        if let Some(row) = self.rows.last_mut() {
            change(row);
        }
    }

    fn is_visible(&self) -> bool {
        !self.hidden && self.fields.iter().all(|field| field.in_result && !field.is_contents())
    }

    fn put_character(&mut self, character: char) {
        if self.is_visible() {
            self.paragraph(|paragraph| paragraph.text.push(character));
        }
    }

    fn put(&mut self, text: &str) -> Result<(), ReadError> {
        self.bytes += text.len();
        if self.bytes > DOCUMENT_TEXT_BYTES_MAX {
            return Err(ReadError::TextTooLong);
        }
        if self.is_visible() {
            self.paragraph(|paragraph| paragraph.text.push_str(text));
        }
        Ok(())
    }
}

/// A number in front of a text: close to it as in print, but never so that two numbers become one.
fn numbered(label: Option<String>, text: &str) -> String {
    let Some(label) = label else { return text.to_owned() };
    let parts = |c: char| c.is_ascii_alphanumeric();
    let close = label.ends_with(['、', '）', '．'])
        || (label.ends_with(['.', ')']) && !text.starts_with(|c: char| c.is_ascii_digit()));
    let apart = !close && (text.starts_with(parts) || label.ends_with(parts));
    if apart { format!("{label} {text}") } else { label + text }
}
