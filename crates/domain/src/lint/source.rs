//! From lines to paragraphs: one spelling for every full-width character, hard-wrapped lines put together again, and for every
//! character the line of the file it stood on.
//!
//! Official notices reach people as text copied from a page: broken in the middle of words, with empty lines between lines and stray
//! spaces inside words. Whether a text is broken like that is decided once for the whole text, from the widths of its lines.

use std::collections::{HashMap, HashSet};

use super::tables;
use super::wrap::Wrap;

/// The mark a paragraph opens with, from outer to inner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// None: running text.
    None,
    /// 一、
    Chapter,
    /// （一）
    Section,
    /// 1.
    Item,
    /// （1）
    SubItem,
    /// 附件
    Annex,
}

/// A paragraph: characters without stray spaces, and the 1-based line of each.
#[derive(Debug, Clone)]
pub(crate) struct Paragraph {
    /// The characters in one spelling.
    pub chars: Vec<char>,
    /// Line of each character.
    pub lines: Vec<u32>,
    /// The mark it opens with.
    pub mark: Mark,
    /// Index of the first character behind the mark.
    pub body: usize,
    /// Cells, where the line has several.
    pub cells: Vec<String>,
}

impl Paragraph {
    /// The text between two indices.
    pub(crate) fn text(&self, start: usize, end: usize) -> String {
        let end = end.min(self.chars.len());
        self.chars[start.min(end)..end].iter().collect()
    }

    /// The text behind the mark.
    pub(crate) fn body_text(&self) -> String {
        self.text(self.body, self.chars.len())
    }

    /// First character of the sentence that `index` stands in.
    pub(crate) fn sentence_start(&self, index: usize) -> usize {
        let floor = index.saturating_sub(SENTENCE_MAX).max(self.body);
        self.chars[floor..index]
            .iter()
            .rposition(|c| "。！？".contains(*c))
            .map_or(floor, |offset| floor + offset + 1)
    }

    /// Line of a character; of the last one where the index is past the end.
    pub(crate) fn line(&self, index: usize) -> u32 {
        self.lines.get(index).or(self.lines.last()).copied().unwrap_or(1)
    }
}

/// Longest sentence looked back through, in characters.
const SENTENCE_MAX: usize = 400;

/// One non-empty line, in one spelling, outer spaces removed.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// 1-based number in the file.
    pub number: u32,
    /// Characters; inner spaces kept.
    pub chars: Vec<char>,
    indented: bool,
    after_blank: bool,
}

impl Line {
    pub fn ends_sentence(&self) -> bool {
        self.chars.last().is_some_and(|c| "。：；！？”）".contains(*c))
    }
}

/// The addressees stand among the first lines.
const ADDRESSEES_WITHIN: u32 = 20;

/// Longest running header, in characters, and how often it must stand.
const HEADER_MAX: usize = 40;
const HEADER_TIMES: usize = 3;

/// Splits a text into lines in one spelling. Lines count by `\n`; a carriage return before it is dropped.
///
/// Page numbers and running headers between lines go, as if the page had not been turned.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let (mut after_blank, mut page_turned) = (false, false);
    let headers = running_headers(text);
    for (index, raw) in text.split('\n').enumerate() {
        if raw.contains('\u{c}') || is_page_number(raw) || headers.contains(raw.trim()) {
            page_turned = true;
            if is_page_number(raw) || headers.contains(raw.trim()) {
                continue;
            }
        }
        let chars = one_spelling(raw);
        let first = chars.iter().position(|c| *c != ' ');
        let Some(first) = first else {
            after_blank = true;
            continue;
        };
        let last = chars.iter().rposition(|c| *c != ' ').unwrap_or(first);
        let indented = first >= 2;
        let chars = chars[first..=last].to_vec();
        let after_blank_line = after_blank && !page_turned;
        lines.push(Line {
            number: u32::try_from(index + 1).unwrap_or(u32::MAX),
            chars,
            indented,
            after_blank: after_blank_line,
        });
        (after_blank, page_turned) = (false, false);
    }
    lines
}

/// `— 3 —`, `-3-`, `第3页`, `第3页 共10页`.
fn is_page_number(raw: &str) -> bool {
    let text: String = raw.chars().filter(|c| !c.is_whitespace() && !invisible(*c)).collect();
    let dash = |c: char| "-—–－―·".contains(c);
    let digits = |text: &str| (1..=4).contains(&text.chars().count()) && text.chars().all(is_digit);
    let dashed = text.starts_with(dash) && text.ends_with(dash) && digits(text.trim_matches(dash));
    let page = text
        .strip_prefix('第')
        .and_then(|rest| rest.split_once('页'))
        .is_some_and(|(number, rest)| digits(number) && rest.chars().count() <= 8);
    dashed || page
}

/// Short lines without punctuation and figures that stand on a page again and again.
fn running_headers(text: &str) -> HashSet<&str> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for line in text.lines().map(str::trim) {
        let length = line.chars().take(HEADER_MAX + 1).count();
        if (4..=HEADER_MAX).contains(&length)
            && !line.chars().any(|c| is_digit(c) || "，。：；、,:;|".contains(c))
        {
            *seen.entry(line).or_default() += 1;
        }
    }
    seen.into_iter().filter(|(_, count)| *count >= HEADER_TIMES).map(|(line, _)| line).collect()
}

/// Puts lines together to paragraphs.
pub(crate) fn paragraphs(lines: &[Line]) -> Vec<Paragraph> {
    let wrap = Wrap::of(lines);
    let pairs = lines.len().saturating_sub(1).max(1);
    let tight = lines.iter().skip(1).filter(|line| !line.after_blank).count();
    let blank_separates = tight * 10 > pairs * 3;
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut groups: Vec<(Vec<&Line>, Vec<String>)> = Vec::new();
    let texts: Vec<&[char]> = lines.iter().map(|line| line.chars.as_slice()).collect();
    let mut cells = tables::layout(&texts);
    let stacked = tables::stacked(&texts);
    for (index, start) in stacked.iter().enumerate().filter(|(index, start)| **start == Some(*index)) {
        let width = stacked[index..].iter().take_while(|other| *other == start).count();
        cells[index] = texts[index..index + width].iter().map(|line| line.iter().collect()).collect();
    }
    let row: Vec<bool> = cells.iter().map(|cells| tables::is_row(cells)).collect();
    for (index, line) in lines.iter().enumerate() {
        // A row stands alone, and so does the heading right above the first one.
        let alone = row[index]
            || (index > 0 && row[index - 1])
            || (row.get(index + 1) == Some(&true) && !cells[index].is_empty());
        if stacked[index].is_some_and(|start| start != index) {
            if let Some((group, _)) = groups.last_mut() {
                group.push(line);
            }
            continue;
        }
        let joins = !alone
            && stacked[index].is_none()
            && match (groups.last(), wrap) {
                (Some((group, _)), Some(wrap)) => continues(group, line, wrap, blank_separates),
                _ => false,
            };
        match groups.last_mut() {
            Some((group, _)) if joins => group.push(line),
            _ => groups.push((vec![line], std::mem::take(&mut cells[index]))),
        }
    }
    for (group, cells) in groups {
        // A line that goes on is prose, unless its cells stand a line each.
        let cells = if cells.len() == group.len() || group.len() == 1 { cells } else { Vec::new() };
        paragraphs.push(join(&group, cells));
    }
    paragraphs
}

fn continues(group: &[&Line], next: &Line, wrap: Wrap, blank_separates: bool) -> bool {
    let Some(last) = group.last() else { return false };
    if blank_separates && next.after_blank {
        return false;
    }
    let (mark, _) = mark(&next.chars);
    let is_full = wrap.fills(last);
    let ended = last.ends_sentence();
    if mark != Mark::None && (ended || !is_full) {
        return false;
    }
    if mark == Mark::Item && group[0].chars.starts_with(&['附', '件']) {
        return false;
    }
    if next.indented && (ended || !is_full) || addresses(group) {
        return false;
    }
    // The signature: a short line without punctuation behind a full stop, and the date under it.
    let plain = !next.chars.iter().any(|c| "，。；：、".contains(*c));
    if is_date(&next.chars) || (ended && plain && wrap.is_short(next)) {
        return false;
    }
    if is_full {
        return true;
    }
    !ended && group.iter().any(|line| line.chars.iter().any(|c| "，。".contains(*c)))
}

/// 甲市、乙市教育局，各有关单位：, whose last line may be as long as a full one.
fn addresses(group: &[&Line]) -> bool {
    let chars = || group.iter().flat_map(|line| &line.chars);
    let office = group.last().and_then(|line| line.chars.iter().rev().nth(1));
    group.last().is_some_and(|line| line.chars.ends_with(&['：']))
        && group[0].number <= ADDRESSEES_WITHIN
        && office.is_some_and(|c| "局厅委办府校园院位会队所司室".contains(*c))
        && !chars().any(|c| c.is_ascii_digit() || *c == '。')
}

/// 2024年12月5日 and nothing else.
fn is_date(chars: &[char]) -> bool {
    let text: String = chars.iter().filter(|c| **c != ' ').collect();
    let digits = |text: &str| text.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
    let rest = digits(&text).strip_prefix('年').map(digits);
    rest.and_then(|rest| rest.strip_prefix('月').map(digits)).as_deref() == Some("日")
}

fn join(group: &[&Line], cells: Vec<String>) -> Paragraph {
    let (mut chars, mut numbers) = (Vec::new(), Vec::new());
    for line in group {
        for &c in &line.chars {
            chars.push(c);
            numbers.push(line.number);
        }
        if group.len() > 1 && !cells.is_empty() {
            chars.push(' ');
            numbers.push(line.number);
        }
    }
    let (chars, lines) = without_stray_spaces(&chars, &numbers);
    let (mark, mut body) = mark(&chars);
    if tables::is_row(&cells) {
        // The ordinal of a row of a table is no figure.
        body = chars.iter().take_while(|c| c.is_ascii_digit()).count().max(body);
    }
    Paragraph { chars, lines, mark, body, cells }
}

/// Drops spaces, but not between two digits or behind a letter, where they part words and numbers.
fn without_stray_spaces(chars: &[char], numbers: &[u32]) -> (Vec<char>, Vec<u32>) {
    let (mut kept, mut lines) = (Vec::with_capacity(chars.len()), Vec::with_capacity(chars.len()));
    for (index, (&c, &line)) in chars.iter().zip(numbers).enumerate() {
        if c == ' ' {
            let before = kept.last().copied().unwrap_or('。');
            // The next character that is not a space; runs of spaces are kept as one by looking at their last only.
            let Some(&after) = chars.get(index + 1).filter(|next| **next != ' ') else { continue };
            let parts = (before.is_ascii_digit() && after.is_ascii_digit())
                || (before.is_ascii_alphabetic() && after.is_ascii_alphanumeric());
            if !parts {
                continue;
            }
        }
        kept.push(c);
        lines.push(line);
    }
    (kept, lines)
}

/// The mark at the start of a text, and where the text behind it starts.
pub(crate) fn mark(chars: &[char]) -> (Mark, usize) {
    let numeral = |c: &char| "一二三四五六七八九十".contains(*c);
    let count = |from: usize, test: &dyn Fn(&char) -> bool| {
        chars[from..].iter().take(4).take_while(|c| test(c)).count()
    };
    let at = |index: usize| chars.get(index).copied().unwrap_or(' ');
    if chars.is_empty() {
        return (Mark::None, 0);
    }
    if chars.starts_with(&['附', '件']) {
        return (Mark::Annex, 0);
    }
    let numerals = count(0, &numeral);
    if (1..=3).contains(&numerals) && at(numerals) == '、' {
        return (Mark::Chapter, numerals + 1);
    }
    let digits = count(0, &char::is_ascii_digit);
    if (1..=2).contains(&digits) && ".、．".contains(at(digits)) {
        let year = chars[digits + 1..].iter().take(4).all(char::is_ascii_digit) && at(digits + 5) == '年';
        if !at(digits + 1).is_ascii_digit() || year {
            return (Mark::Item, digits + 1);
        }
    }
    if at(0) == '（' {
        let numerals = count(1, &numeral);
        if (1..=3).contains(&numerals) && at(numerals + 1) == '）' {
            return (Mark::Section, numerals + 2);
        }
        let digits = count(1, &char::is_ascii_digit);
        if (1..=2).contains(&digits) && at(digits + 1) == '）' {
            return (Mark::SubItem, digits + 2);
        }
    }
    (Mark::None, 0)
}

/// One spelling: full-width digits and letters become ASCII, ASCII punctuation becomes Chinese, invisible characters go.
fn one_spelling(raw: &str) -> Vec<char> {
    let chars: Vec<char> = raw.chars().filter(|c| !invisible(*c)).collect();
    let mut out = Vec::with_capacity(chars.len());
    for (index, &c) in chars.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|i| chars.get(i)).copied().unwrap_or(' ');
        let after = chars.get(index + 1).copied().unwrap_or(' ');
        let digits_around = is_digit(before) && is_digit(after);
        let mapped = match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
            }
            '％' | '﹪' => '%',
            '．' | '﹒' | '.' if digits_around => '.',
            '．' => '.',
            '.' if is_cjk(before) && (after == ' ' || index + 1 == chars.len()) => '。',
            '，' if ('０'..='９').contains(&before) && three_digits(&chars[index + 1..]) => ',',
            ',' if digits_around => ',',
            ',' | '﹐' => '，',
            ';' | '﹔' => '；',
            ':' | '﹕' | '∶' if !digits_around => '：',
            '(' | '〈' | '﹙' => '（',
            ')' | '〉' | '﹚' => '）',
            '!' => '！',
            '?' => '？',
            '－' | '–' | '—' | '~' | '～' | '―' => '—',
            '\u{3000}' | '\t' | '\u{a0}' | '\u{c}' | '\u{b}' | '\u{2002}' | '\u{2003}' | '\u{2009}' => ' ',
            other => other,
        };
        out.push(mapped);
        // An ideographic space is as wide as a character: it counts twice towards an indent.
        if c == '\u{3000}' || c == '\t' {
            out.push(' ');
        }
    }
    out
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{2060}' | '\r' | '\u{202a}'..='\u{202e}')
}

fn three_digits(rest: &[char]) -> bool {
    rest.len() >= 3 && rest[..3].iter().all(|c| is_digit(*c)) && !rest.get(3).is_some_and(|c| is_digit(*c))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// True for a Chinese character.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, u32)> {
        paragraphs(&lines(text)).iter().map(|p| (p.chars.iter().collect(), p.lines[0])).collect()
    }

    #[test]
    fn lines_broken_inside_words_become_paragraphs_again() {
        let text = "10.全省中等职业学校接入 82 所，接入率为 50%。其中，新余\n\n市 100%、赣州市 84.2%、南昌市 66.7%、宜春市 60%、鹰潭市 57.1%、\n \
                    吉安市 44.4%、上饶市 43.8%、抚州市 30.8%、九江市 14.3%、景\n\n德镇市 14.3%、萍乡市 0。 \n\n3.全省幼儿园接入 1945 所，接入率为 55.6%。其中，\n\n新余市 92.2%。\n";
        let read = read(text);
        assert_eq!(read.len(), 2);
        assert!(read[0].0.ends_with("景德镇市14.3%、萍乡市0。"));
        assert_eq!(read[1].1, 8);
    }

    #[test]
    fn a_paragraph_a_line_stays_a_paragraph_a_line() {
        let read = read(
            "一、情况\r\n　　全省共有学校１２３４所,接入率为９８．５％。\r\n二、要求\r\n各地要（抓紧）推进。\r\n",
        );
        assert_eq!(
            read.iter().map(|p| p.0.as_str()).collect::<Vec<_>>(),
            ["一、情况", "全省共有学校1234所，接入率为98.5%。", "二、要求", "各地要（抓紧）推进。"]
        );
    }

    #[test]
    fn thousands_stay_together_and_marks_are_told_from_numbers() {
        assert_eq!(
            read("共１９７，８４９户，1,234家，A市12,B市13")[0].0,
            "共197,849户，1,234家，A市12，B市13"
        );
        for (text, expected) in [
            ("一、总体", Mark::Chapter),
            ("（十二）总体", Mark::Section),
            ("3.全省", Mark::Item),
            ("1.2万人", Mark::None),
            ("1.2025年9月", Mark::Item),
            ("（3）其他", Mark::SubItem),
            ("附件：1.表", Mark::Annex),
            ("一是", Mark::None),
        ] {
            assert_eq!(mark(&text.chars().collect::<Vec<_>>()).0, expected, "{text}");
        }
    }
}
