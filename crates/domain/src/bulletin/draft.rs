//! A text being written, with its figures caught as they are printed.

use super::{Bulletin, FigureKind, Paragraph, ParagraphKind, PrintedFigure, Span};
use crate::figures::{Dimension, Measure, Place, Ratio};

#[derive(Default)]
pub struct Draft {
    text: String,
    paragraphs: Vec<Paragraph>,
    figures: Vec<PrintedFigure>,
    /// Where the open paragraph begins.
    start: usize,
}

/// A figure about to be printed.
pub struct Slot<'a> {
    pub label: String,
    pub measure: Measure,
    pub dimension: &'a Dimension,
    pub ratio: Ratio,
}

impl Draft {
    /// Adds words to the open paragraph.
    pub fn say(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Prints a number of units.
    pub fn count(&mut self, slot: Slot<'_>) {
        let text = slot.ratio.numerator.to_string();
        self.print(slot, text, FigureKind::Count);
    }

    /// Prints a percentage with its sign; 0 stands without one (template T2). The population must not be empty.
    pub fn percent(&mut self, slot: Slot<'_>) {
        debug_assert!(!slot.ratio.is_empty(), "no percentage of nothing: {}", slot.label);
        let text = slot.ratio.percent_text().unwrap_or_else(|| "0".to_owned());
        let zero = text == "0";
        self.print(slot, text, FigureKind::Percent);
        if !zero {
            self.say("%");
        }
    }

    fn print(&mut self, slot: Slot<'_>, text: String, kind: FigureKind) {
        let span = Span { offset: self.text.len(), len: text.len() };
        self.say(&text);
        let Slot { label, measure, dimension, ratio } = slot;
        self.figures.push(PrintedFigure {
            id: format!("F{:03}", self.figures.len() + 1),
            label,
            text,
            kind,
            measure,
            category: dimension.category,
            city_id: match dimension.place {
                Place::City(id) => Some(id),
                Place::Province | Place::OutsideCities => None,
            },
            outside_cities: dimension.place == Place::OutsideCities,
            ownership: dimension.ownership,
            study_level: dimension.study_level,
            numerator: ratio.numerator,
            denominator: (kind == FigureKind::Percent).then_some(ratio.denominator),
            span,
        });
    }

    /// Ends the open paragraph.
    pub fn end(&mut self, kind: ParagraphKind) {
        self.paragraphs.push(Paragraph { kind, text: self.text[self.start..].to_owned() });
        self.text.push('\n');
        self.start = self.text.len();
    }

    /// A paragraph without figures.
    pub fn whole(&mut self, kind: ParagraphKind, words: &str) {
        self.say(words);
        self.end(kind);
    }

    pub fn finish(self, title: String) -> Bulletin {
        debug_assert_eq!(self.start, self.text.len(), "every paragraph is ended");
        Bulletin { title, paragraphs: self.paragraphs, text: self.text, figures: self.figures }
    }
}
