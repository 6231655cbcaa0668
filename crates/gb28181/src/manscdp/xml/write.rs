//! Writing XML: everything escaped, nothing that a reader could take for markup, no control character.

use super::heal::is_forbidden;
use crate::profile::Dialect;

/// A body being written for a device.
pub struct Writer {
    out: String,
    /// For whom; a few elements have another name for another device.
    pub dialect: Dialect,
}

impl Writer {
    /// A body with its declaration.
    pub fn new(dialect: Dialect) -> Self {
        let out = format!("<?xml version=\"1.0\" encoding=\"{}\"?>\r\n", dialect.charset.name());
        Self { out, dialect }
    }

    /// Opens an element. A name that is no XML name is written as `_`, so that nothing kept raw can inject markup; and so is one with a
    /// character that the device's charset lacks, because there are no references in names.
    pub fn open<'v>(&mut self, name: &str, attributes: impl Iterator<Item = (&'v str, &'v str)>) {
        self.out.push('<');
        self.name(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.name(name);
            self.out.push_str("=\"");
            self.text(value);
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// Opens a list, which says how many entries follow.
    pub fn open_list(&mut self, name: &str, count: usize) {
        let count = count.to_string();
        self.open(name, std::iter::once(("Num", count.as_str())));
    }

    /// Opens an element without attributes.
    pub fn begin(&mut self, name: &str) {
        self.open(name, std::iter::empty());
    }

    /// Closes an element.
    pub fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.name(name);
        self.out.push_str(">\r\n");
    }

    fn name(&mut self, name: &str) {
        let name = safe_name(name);
        self.out.push_str(if self.dialect.charset.has(name) { name } else { "_" });
    }

    /// An element with a text.
    pub fn leaf(&mut self, name: &str, text: &str) {
        self.begin(name);
        self.text(text);
        self.close(name);
    }

    /// Text, escaped.
    pub fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '&' => self.out.push_str("&amp;"),
                '"' => self.out.push_str("&quot;"),
                c if u8::try_from(c).is_ok_and(is_forbidden) => {}
                c => self.out.push(c),
            }
        }
    }

    /// The body.
    pub fn finish(self) -> String {
        self.out
    }
}

/// The name, or `_` where it is none.
pub(super) fn safe_name(name: &str) -> &str {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let begins = |c: char| c.is_alphabetic() || c == '_';
    if name.starts_with(begins) && name.chars().all(fits) { name } else { "_" }
}
