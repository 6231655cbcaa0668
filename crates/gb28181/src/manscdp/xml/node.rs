//! A place in a document that has been read, and looking for fields below it.

use super::read::{Document, NONE};

/// One element (or attribute) of a document.
#[derive(Clone, Copy)]
pub struct Node<'d> {
    document: &'d Document<'d>,
    at: u32,
}

/// The children of a node, asked for by name in about the order in which they stand.
///
/// Fields mostly come in the standard's order, so each search begins where the last one succeeded and wraps around.
pub struct Fields<'d> {
    parent: Node<'d>,
    from: u32,
}

impl<'d> Node<'d> {
    pub(super) fn new(document: &'d Document<'d>, at: u32) -> Self {
        Self { document, at }
    }

    /// Its name.
    pub fn name(&self) -> &'d str {
        self.document.slots[self.at as usize].name
    }

    /// Its own text, white space around it removed. Empty where there is none.
    pub fn text(&self) -> &'d str {
        self.document.slots[self.at as usize].text.trim()
    }

    /// Whether it was an attribute.
    pub fn is_attribute(&self) -> bool {
        self.document.slots[self.at as usize].is_attribute
    }

    /// Whether the body ended inside it.
    pub fn is_cut(&self) -> bool {
        self.document.slots[self.at as usize].is_cut
    }

    /// Its children, attributes first.
    pub fn children(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        let document = self.document;
        let mut at = document.slots[self.at as usize].first;
        std::iter::from_fn(move || {
            if at == NONE {
                return None;
            }
            let node = Node { document, at };
            at = document.slots[at as usize].next;
            Some(node)
        })
    }

    /// The first child with this name, letter case aside.
    pub fn child(&self, name: &str) -> Option<Node<'d>> {
        self.children().find(|child| child.is(name))
    }

    /// Whether this is its name, letter case aside.
    pub fn is(&self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name)
    }

    /// Its children, to be asked for one after the other.
    pub fn fields(&self) -> Fields<'d> {
        Fields { parent: *self, from: self.document.slots[self.at as usize].first }
    }
}

impl<'d> Fields<'d> {
    /// The next child that has one of the names; where two have it, the one that has a content.
    pub fn find(&mut self, names: &[&str]) -> Option<Node<'d>> {
        let document = self.parent.document;
        let first = document.slots[self.parent.at as usize].first;
        let found = self.scan(self.from, NONE, names).or_else(|| self.scan(first, self.from, names))?;
        self.from = match document.slots[found.at as usize].next {
            NONE => first,
            next => next,
        };
        Some(found)
    }

    /// All children that have one of the names.
    pub fn all<'n>(&self, names: &'n [&'n str]) -> impl Iterator<Item = Node<'d>> + use<'d, 'n> {
        self.parent.children().filter(move |child| names.iter().any(|name| child.is(name)))
    }

    fn scan(&self, from: u32, to: u32, names: &[&str]) -> Option<Node<'d>> {
        let document = self.parent.document;
        let mut at = from;
        let mut empty = None;
        while at != to && at != NONE {
            let node = Node { document, at };
            if names.iter().any(|name| node.is(name)) {
                if !node.text().is_empty() || document.slots[at as usize].first != NONE {
                    return Some(node);
                }
                empty = empty.or(Some(node));
            }
            at = document.slots[at as usize].next;
        }
        empty
    }
}
