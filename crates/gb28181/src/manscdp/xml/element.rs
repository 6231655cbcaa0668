//! An element kept as it came, for what the standard leaves to vendors.

use super::write::safe_name;
use super::{Node, Writer};

/// How many elements are kept below one raw element; a recording plan of a week with 8 periods a day has about 350.
const KEPT_MAX: usize = 1_000;

/// An element of unknown meaning, with its text and children. Round trips keep it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Element {
    /// Its name; `_` for what is no name in XML.
    pub name: String,
    /// Its own text, white space around it removed.
    pub text: String,
    /// Whether it is an attribute of the element above.
    pub is_attribute: bool,
    /// Elements and attributes below, at most a thousand in all.
    pub children: Vec<Element>,
}

impl Element {
    /// An element with a text.
    pub fn with_text(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), text: text.to_owned(), ..Self::default() }
    }

    /// The first child with this name, letter case aside.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name.eq_ignore_ascii_case(name))
    }

    /// Keeps a field. One that came as an attribute, as gb28181-rs writes all of them, is an element like the others and written as one.
    pub(crate) fn keep(node: Node<'_>) -> Self {
        let mut left = KEPT_MAX;
        Self { is_attribute: false, ..Self::keep_bounded(node, &mut left) }
    }

    fn keep_bounded(node: Node<'_>, left: &mut usize) -> Self {
        let mut children = Vec::new();
        for child in node.children() {
            let Some(remaining) = left.checked_sub(1) else { break };
            *left = remaining;
            children.push(Self::keep_bounded(child, left));
        }
        Self {
            name: safe_name(node.name()).to_owned(),
            text: node.text().to_owned(),
            is_attribute: node.is_attribute(),
            children,
        }
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.open(&self.name, self.children.iter().filter(|child| child.is_attribute).map(as_attribute));
        out.text(&self.text);
        for child in self.children.iter().filter(|child| !child.is_attribute) {
            child.write(out);
        }
        out.close(&self.name);
    }
}

fn as_attribute(element: &Element) -> (&str, &str) {
    (&element.name, &element.text)
}
