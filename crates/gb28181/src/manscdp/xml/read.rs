//! From text to a flat tree. quick-xml finds the markup; what follows from broken markup is decided here.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;

use super::heal::{next_markup, reference, unescaped};
use super::node::Node;
use super::{BODY_BYTES_MAX, DEPTH_MAX, ELEMENTS_MAX, RESCAN_BYTES_MAX, TEXT_BYTES_MAX, XmlError};

/// No slot.
pub(super) const NONE: u32 = u32::MAX;

/// A document that has been read; its texts are parts of the source wherever no reference stands in them.
pub struct Document<'s> {
    pub(super) slots: Vec<Slot<'s>>,
}

/// An element or attribute, linked to its first child and its next sibling.
pub(super) struct Slot<'s> {
    pub name: &'s str,
    pub text: Cow<'s, str>,
    pub first: u32,
    pub next: u32,
    pub is_attribute: bool,
    pub is_cut: bool,
}

impl<'s> Document<'s> {
    /// Reads a document. What stands behind the first root is not looked at.
    pub fn read(source: &'s str) -> Result<Self, XmlError> {
        if source.len() > BODY_BYTES_MAX {
            return Err(XmlError::TooLarge(source.len()));
        }
        // An element has two tags, so this is about their number, and no slot is moved while reading.
        let tags = source.bytes().filter(|byte| *byte == b'<').count();
        let slots = Vec::with_capacity((tags / 2 + 8).min(ELEMENTS_MAX));
        let mut builder = Builder { source, slots, open: Vec::new(), done: false };
        let mut from = 0;
        let mut rescanned = 0;
        while let Some(broken) = builder.run(from)? {
            from = broken.resume_at;
            rescanned += broken.read_to - from;
            if rescanned > RESCAN_BYTES_MAX {
                return Err(XmlError::TooBroken);
            }
        }
        builder.finish()
    }

    /// The root element.
    pub fn root(&self) -> Node<'_> {
        Node::new(self, 0)
    }
}

/// An element that has not been closed.
struct Open {
    at: u32,
    last_child: u32,
}

/// Markup that could not be read.
struct Broken {
    /// Where reading goes on.
    resume_at: usize,
    /// How far it has been read already.
    read_to: usize,
}

struct Builder<'s> {
    source: &'s str,
    slots: Vec<Slot<'s>>,
    open: Vec<Open>,
    done: bool,
}

impl<'s> Builder<'s> {
    /// Reads from a byte on until the end or until markup that cannot be read.
    fn run(&mut self, base: usize) -> Result<Option<Broken>, XmlError> {
        let mut reader = Reader::from_str(&self.source[base..]);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        while !self.done {
            let start = base + reader.buffer_position() as usize;
            let event = reader.read_event();
            let end = base + reader.buffer_position() as usize;
            match event {
                Ok(Event::Eof) => return Ok(None),
                Ok(Event::DocType(_)) => return Err(XmlError::DocumentType(start)),
                Ok(Event::Start(_) | Event::Empty(_) | Event::End(_)) => {
                    // A `<` inside a tag: the tag before it was never finished.
                    if let Some(inner) = self.source[start + 1..end].find('<') {
                        return Ok(Some(Broken { resume_at: start + 1 + inner, read_to: end }));
                    }
                    self.tag(start, end)?;
                }
                Ok(Event::Text(text)) => self.text(text.into_inner()),
                Ok(Event::CData(text)) => self.text(text.into_inner()),
                Ok(Event::GeneralRef(name)) => self.reference(&name),
                Ok(Event::Decl(_) | Event::PI(_) | Event::Comment(_)) => {}
                Err(_) => {
                    let next = next_markup(self.source, start);
                    return Ok(next.map(|resume_at| Broken { resume_at, read_to: self.source.len() }));
                }
            }
        }
        Ok(None)
    }

    /// Takes the tag in `source[start..end]`, angle brackets included.
    fn tag(&mut self, start: usize, end: usize) -> Result<(), XmlError> {
        let inner = &self.source[start + 1..end - 1];
        if let Some(name) = inner.strip_prefix('/') {
            self.close(name.trim());
            return Ok(());
        }
        let (inner, is_empty) = match inner.strip_suffix('/') {
            Some(inner) => (inner, true),
            None => (inner, false),
        };
        let name_len = inner.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inner.len());
        let name = &inner[..name_len];
        // `<3` and `< >` are signs in a text and no tags.
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return Ok(());
        }
        self.close_sibling_item(name);
        if self.open.len() >= DEPTH_MAX {
            return Err(XmlError::TooDeep(start));
        }
        let at = self.push(name, Cow::Borrowed(""), false)?;
        self.open.push(Open { at, last_child: NONE });
        if name_len < inner.len() {
            self.attributes(inner, name_len)?;
        }
        if is_empty {
            self.open.pop();
            self.done = self.open.is_empty();
        }
        Ok(())
    }

    fn attributes(&mut self, inner: &'s str, from: usize) -> Result<(), XmlError> {
        for attribute in Attributes::html(inner, from).with_checks(false) {
            let Ok(attribute) = attribute else { break };
            let value = unescaped(attribute.value.as_ref());
            let value = if value.len() > TEXT_BYTES_MAX { Cow::Borrowed("") } else { value };
            self.push(attribute.key.into_inner(), Cow::Owned(value.into_owned()), true)?;
        }
        Ok(())
    }

    /// Adds a child to the innermost open element.
    fn push(&mut self, name: &'s str, text: Cow<'s, str>, is_attribute: bool) -> Result<u32, XmlError> {
        if self.slots.len() >= ELEMENTS_MAX {
            return Err(XmlError::TooManyElements);
        }
        let at = self.slots.len() as u32;
        self.slots.push(Slot { name, text, first: NONE, next: NONE, is_attribute, is_cut: false });
        if let Some(parent) = self.open.last_mut() {
            let link = match parent.last_child {
                NONE => &mut self.slots[parent.at as usize].first,
                last => &mut self.slots[last as usize].next,
            };
            *link = at;
            parent.last_child = at;
        }
        Ok(at)
    }

    /// Closes the innermost open element of this name and all inside it; without one, nothing.
    fn close(&mut self, name: &str) {
        let is_it = |open: &Open| self.slots[open.at as usize].name == name;
        if let Some(depth) = self.open.iter().rposition(is_it) {
            self.open.truncate(depth);
            self.done = depth == 0;
        }
    }

    /// An `Item` begins while another is open and no list lies between: the end of the other one was lost.
    fn close_sibling_item(&mut self, name: &str) {
        if name != "Item" {
            return;
        }
        let is_item_or_list = |open: &Open| {
            let name = self.slots[open.at as usize].name;
            name == "Item" || name.ends_with("List")
        };
        let Some(depth) = self.open.iter().rposition(is_item_or_list) else { return };
        if self.slots[self.open[depth].at as usize].name == "Item" {
            self.open.truncate(depth);
        }
    }

    fn reference(&mut self, name: &str) {
        match reference(name) {
            Some(found) => self.text(Cow::Owned(found.to_string())),
            None => self.text(Cow::Owned(format!("&{name};"))),
        }
    }

    fn text(&mut self, piece: Cow<'s, str>) {
        let Some(open) = self.open.last() else { return };
        let text = &mut self.slots[open.at as usize].text;
        if text.is_empty() {
            if piece.len() <= TEXT_BYTES_MAX && !piece.trim().is_empty() {
                *text = piece;
            }
        } else if text.len() + piece.len() <= TEXT_BYTES_MAX {
            text.to_mut().push_str(&piece);
        }
    }

    fn finish(mut self) -> Result<Document<'s>, XmlError> {
        if self.slots.is_empty() {
            return Err(XmlError::NoElement);
        }
        for open in &self.open {
            self.slots[open.at as usize].is_cut = true;
        }
        Ok(Document { slots: self.slots })
    }
}
