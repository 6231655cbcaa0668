//! A text being written, with its figures caught as they are printed.

use super::figure::{FigureKind, Origin, PrintedFigure, Side};
use super::text::{Bulletin, Paragraph, ParagraphKind, Span};
use crate::category::Category;
use crate::figures::{Dimension, Measure, PercentFormat, Place, Ratio};

pub struct Draft {
    text: String,
    paragraphs: Vec<Paragraph>,
    figures: Vec<PrintedFigure>,
    /// Where the open paragraph begins.
    start: usize,
    format: PercentFormat,
}

/// A figure of units about to be printed.
#[derive(Clone)]
pub struct Slot {
    label: String,
    measure: Measure,
    dimension: Dimension,
    ratio: Ratio,
    categories: Vec<Category>,
    minus: Option<Measure>,
    side: Side,
}

impl Slot {
    pub fn new(label: impl Into<String>, measure: Measure, dimension: Dimension, ratio: Ratio) -> Self {
        let (label, categories) = (label.into(), Vec::new());
        Self { label, measure, dimension, ratio, categories, minus: None, side: Side::In }
    }

    /// Of several categories.
    pub fn among(self, categories: Vec<Category>) -> Self {
        match categories.as_slice() {
            [one] => Self { dimension: Dimension { category: Some(*one), ..self.dimension }, ..self },
            _ => Self { categories, ..self },
        }
    }

    /// Without the units that another measure counts as well.
    pub fn minus(self, measure: Measure) -> Self {
        Self { minus: Some(measure), ..self }
    }
}

impl Draft {
    pub fn new(format: PercentFormat) -> Self {
        Self { text: String::new(), paragraphs: Vec::new(), figures: Vec::new(), start: 0, format }
    }

    /// Adds words to the open paragraph.
    pub fn say(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Adds a name that comes from rows: what would break the paragraph in two is left out.
    pub fn name(&mut self, name: &str) {
        self.text.extend(name.chars().filter(|one| !one.is_control()));
    }

    /// Adds names with 、 between them.
    pub fn names<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) {
        for (index, name) in names.into_iter().enumerate() {
            self.say(if index == 0 { "" } else { "、" });
            self.name(name);
        }
    }

    /// Adds the office's own words; every number in them but the ordinal in front is a figure without proof.
    pub fn free(&mut self, words: &str) {
        let words: String = words.chars().filter(|one| !one.is_control()).collect();
        let ordinal = ordinal_len(&words);
        self.say(&words[..ordinal]);
        let mut rest = &words[ordinal..];
        while let Some((before, digits, after)) = next_number(rest) {
            self.say(before);
            self.unproved(digits);
            rest = after;
        }
        self.say(rest);
    }

    /// Prints a number of units.
    pub fn count(&mut self, slot: Slot) {
        let text = slot.ratio.numerator.to_string();
        self.units(slot, text, FigureKind::Count);
    }

    /// Prints a percentage with its sign; 0 of n stands without one (template T2). The population must not be empty.
    pub fn percent(&mut self, slot: Slot) {
        self.rate(slot, FigureKind::Percent);
    }

    /// Prints a share of the whole category.
    pub fn kind_share(&mut self, slot: Slot) {
        self.rate(slot, FigureKind::KindShare);
    }

    /// Prints a share of a total.
    pub fn total_share(&mut self, slot: Slot) {
        self.rate(slot, FigureKind::TotalShare);
    }

    fn rate(&mut self, slot: Slot, kind: FigureKind) {
        debug_assert!(!slot.ratio.is_empty(), "no percentage of nothing: {}", slot.label);
        let text = self.format.percent(slot.ratio).unwrap_or_else(|| "0".to_owned());
        let zero = slot.ratio.numerator == 0 && text == "0";
        self.units(slot, text, kind);
        if !zero {
            self.say("%");
        }
    }

    /// Prints a change in percentage points without its sign.
    pub fn points(&mut self, slot: Slot, before: Ratio, text: String) {
        let mut figure = self.of_units(slot, text, FigureKind::Points);
        figure.before = Some(before);
        self.print(figure);
    }

    fn units(&mut self, slot: Slot, text: String, kind: FigureKind) {
        let figure = self.of_units(slot, text, kind);
        self.print(figure);
    }

    fn of_units(&self, slot: Slot, text: String, kind: FigureKind) -> PrintedFigure {
        let Slot { label, measure, dimension, ratio, categories, minus, side } = slot;
        PrintedFigure {
            measure: Some(measure),
            minus,
            side,
            category: dimension.category,
            categories,
            city_id: match dimension.place {
                Place::City(id) => Some(id),
                Place::Province | Place::OutsideCities => None,
            },
            outside_cities: dimension.place == Place::OutsideCities,
            ownership: dimension.ownership,
            study_level: dimension.study_level,
            kind_unknown: dimension.kind_unknown,
            numerator: ratio.numerator,
            denominator: (kind != FigureKind::Count).then_some(ratio.denominator),
            ..self.other(label, text, kind, Origin::Rows)
        }
    }

    /// A figure of something else than units.
    pub fn other(
        &self,
        label: impl Into<String>,
        text: String,
        kind: FigureKind,
        origin: Origin,
    ) -> PrintedFigure {
        PrintedFigure {
            id: String::new(),
            label: label.into(),
            text,
            kind,
            origin,
            measure: None,
            minus: None,
            side: Side::In,
            category: None,
            categories: Vec::new(),
            city_id: None,
            outside_cities: false,
            ownership: None,
            study_level: None,
            kind_unknown: false,
            numerator: 0,
            denominator: None,
            before: None,
            format: self.format,
            span: Span { offset: 0, len: 0 },
        }
    }

    /// Prints a number of something else than units.
    pub fn number(&mut self, label: &str, number: u64, origin: Origin) {
        let figure = self.other(label, number.to_string(), FigureKind::Count, origin);
        self.print(PrintedFigure { numerator: number, ..figure });
    }

    /// Prints a day or a moment.
    pub fn day(&mut self, label: &str, text: String, origin: Origin) {
        let figure = self.other(label, text, FigureKind::Day, origin);
        self.print(figure);
    }

    fn unproved(&mut self, digits: &str) {
        let label = "发文机关补充文字中的数字";
        let figure = self.other(label, digits.to_owned(), FigureKind::Unproved, Origin::Office);
        self.print(figure);
    }

    /// Prints a figure: gives it its number and its place.
    pub fn print(&mut self, figure: PrintedFigure) {
        let span = Span { offset: self.text.len(), len: figure.text.len() };
        self.say(&figure.text);
        let id = format!("F{:03}", self.figures.len() + 1);
        self.figures.push(PrintedFigure { id, span, ..figure });
    }

    /// Ends the open paragraph.
    pub fn end(&mut self, kind: ParagraphKind) {
        self.paragraphs.push(Paragraph { kind, text: self.text[self.start..].to_owned() });
        self.text.push('\n');
        self.start = self.text.len();
    }

    /// A paragraph without figures.
    pub fn whole(&mut self, kind: ParagraphKind, words: &str) {
        self.name(words);
        self.end(kind);
    }

    pub fn finish(self, title: String) -> Bulletin {
        debug_assert_eq!(self.start, self.text.len(), "every paragraph is ended");
        Bulletin { title, paragraphs: self.paragraphs, text: self.text, figures: self.figures }
    }
}

/// Names joined as in a sentence: A、B和C.
pub fn joined<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<_> = names.into_iter().collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{}和{last}", first.join("、")),
    }
}

/// Length of a leading `1.` or `1．` or `1、`.
fn ordinal_len(words: &str) -> usize {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let mark = words[digits..].chars().next().filter(|mark| matches!(mark, '.' | '．' | '、'));
    let decimal = words[digits..].chars().nth(1).is_some_and(|next| next.is_ascii_digit());
    match mark {
        Some(mark) if digits > 0 && !decimal => digits + mark.len_utf8(),
        _ => 0,
    }
}

/// The first number of a text, with what stands before and after it. `24小时` is a name, not a number of anything.
fn next_number(text: &str) -> Option<(&str, &str, &str)> {
    let is_digit = |one: char| one.is_ascii_digit() || ('０'..='９').contains(&one);
    let mut from = 0;
    loop {
        let start = from + text[from..].find(is_digit)?;
        let tail = &text[start..];
        let inner = |(index, one): (usize, char)| {
            let next = tail[index + one.len_utf8()..].chars().next();
            !(is_digit(one) || (matches!(one, '.' | ',' | '．' | '，') && next.is_some_and(is_digit)))
        };
        let len = tail.char_indices().find(|at| inner(*at)).map_or(tail.len(), |(index, _)| index);
        if &tail[..len] != "24" || !tail[len..].trim_start().starts_with("小时") {
            return Some((&text[..start], &tail[..len], &tail[len..]));
        }
        from = start + len;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_the_office_s_own_words_are_caught_without_proof() {
        let mut draft = Draft::new(PercentFormat::default());
        draft.free("1.落实24小时值班值守，3月底前达到98.5%，共1,200家、５所\n。");
        draft.end(ParagraphKind::Body);
        let bulletin = draft.finish(String::new());
        let found: Vec<_> = bulletin.figures.iter().map(|figure| figure.text.as_str()).collect();
        assert_eq!(found, ["3", "98.5", "1,200", "５"]);
        assert!(bulletin.figures.iter().all(|figure| figure.kind == FigureKind::Unproved));
        assert_eq!(bulletin.text, "1.落实24小时值班值守，3月底前达到98.5%，共1,200家、５所。\n");
        assert_eq!(ordinal_len("1.5倍"), 0);
        assert_eq!(ordinal_len("12、统筹"), 5);
    }

    #[test]
    fn names_are_joined_as_in_a_sentence() {
        assert_eq!(joined(["高校"]), "高校");
        assert_eq!(joined(["高校", "幼儿园", "专修学院"]), "高校、幼儿园和专修学院");
        assert_eq!(joined([]), "");
    }
}
