//! Writing XML: text is always escaped, and characters that XML cannot hold are left out.

use std::fmt::Write as _;

/// XML under construction.
#[derive(Debug, Default)]
pub struct Xml(String);

impl Xml {
    /// Markup as it is; never text from outside.
    pub fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Markup with numbers in it; never text from outside.
    pub fn raw_args(&mut self, markup: std::fmt::Arguments<'_>) -> &mut Self {
        // Writing to a string cannot fail.
        let _ = self.0.write_fmt(markup);
        self
    }

    /// Text or the value of an attribute.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for one in text.chars() {
            match one {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                _ if is_allowed(one) => self.0.push(one),
                _ => {}
            }
        }
        self
    }

    /// The markup.
    pub fn finish(self) -> String {
        self.0
    }
}

/// XML 1.0, production 2.
fn is_allowed(one: char) -> bool {
    matches!(one, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Text as it may stand in XML.
pub fn escaped(text: &str) -> String {
    let mut xml = Xml::default();
    xml.text(text);
    xml.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(escaped("a<b>&\"c\u{0}\u{fffe}\u{b}d"), "a&lt;b&gt;&amp;&quot;cd");
    }
}
