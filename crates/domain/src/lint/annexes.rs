//! Annexes: which are cited, which are listed, and what the titles count.

use super::figure::{Figure, Role};
use super::source::{Mark, Paragraph};

/// Highest annex number believed; larger ones are something else.
const ANNEX_MAX: u32 = 60;
/// Characters from a citation to a count in the same bracket.
const BRACKET_MAX: usize = 12;

/// `附件3` in the text.
#[derive(Debug, Clone)]
pub(crate) struct Citation {
    /// Number.
    pub number: u32,
    /// Paragraph index.
    pub paragraph: usize,
    /// Line.
    pub line: u32,
    /// The count that stands before the citation in its sentence.
    pub count: Option<usize>,
}

/// An annex in the list under the text.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    /// Number; 1 where the only one has none.
    pub number: u32,
    /// Line.
    pub line: u32,
    /// Paragraph index.
    pub paragraph: usize,
    /// Count in the title: （共43家）.
    pub count: Option<usize>,
}

/// All annexes of a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Annexes {
    /// Citations in order.
    pub cited: Vec<Citation>,
    /// The list.
    pub listed: Vec<Listed>,
}

/// Reads the annexes of a text.
pub(crate) fn read(paragraphs: &[Paragraph], figures: &[Figure]) -> Annexes {
    let mut annexes = Annexes::default();
    let mut in_list = false;
    let mut first_figure = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let own = figures[first_figure..].iter().take_while(|f| f.paragraph == index).count();
        let own = first_figure..first_figure + own;
        first_figure = own.end;
        let listing = paragraph.mark == Mark::Annex || (in_list && paragraph.mark == Mark::Item);
        if listing {
            let number = listed_number(paragraph).unwrap_or(1);
            let count = own.clone().rev().find(|i| figures[*i].count().is_some());
            annexes.listed.push(Listed { number, line: paragraph.line(0), paragraph: index, count });
            in_list = true;
            continue;
        }
        in_list = false;
        cite(paragraph, index, &figures[own.clone()], own.start, &mut annexes.cited);
    }
    annexes
}

/// `附件：1.…`, `2.…`, `附件3：…`.
fn listed_number(paragraph: &Paragraph) -> Option<u32> {
    let text: String = paragraph.chars.iter().take(8).filter(|c| !"附件：".contains(**c)).collect();
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|n| (1..=ANNEX_MAX).contains(n))
}

fn cite(paragraph: &Paragraph, index: usize, figures: &[Figure], offset: usize, cited: &mut Vec<Citation>) {
    let chars = &paragraph.chars;
    let mut at = 0;
    while at + 2 < chars.len() {
        if !(chars[at] == '附' && matches!(chars[at + 1], '件' | '表')) {
            at += 1;
            continue;
        }
        let start = at;
        at += 2;
        let mut last = None;
        while let Some(number) = number_at(chars, &mut at) {
            if let Some(from) = last {
                for between in from + 1..number.min(ANNEX_MAX) {
                    push(cited, paragraph, (index, start, between), figures, offset);
                }
            }
            push(cited, paragraph, (index, start, number), figures, offset);
            last = None;
            match chars.get(at) {
                Some('、' | '和' | '及') if chars.get(at + 1).is_some_and(char::is_ascii_digit) => at += 1,
                Some('—' | '-' | '至') if chars.get(at + 1).is_some_and(char::is_ascii_digit) => {
                    last = Some(number);
                    at += 1;
                }
                _ => break,
            }
        }
    }
}

fn number_at(chars: &[char], at: &mut usize) -> Option<u32> {
    let digits: String = chars[*at..].iter().take(3).take_while(|c| c.is_ascii_digit()).collect();
    let number = digits.parse().ok().filter(|n| (1..=ANNEX_MAX).contains(n))?;
    *at += digits.len();
    Some(number)
}

fn push(
    cited: &mut Vec<Citation>,
    paragraph: &Paragraph,
    (index, start, number): (usize, usize, u32),
    figures: &[Figure],
    offset: usize,
) {
    let before = figures.partition_point(|f| f.number.start < start);
    let floor = paragraph.sentence_start(start);
    let recent =
        figures[..before].iter().enumerate().rev().take(6).take_while(|(_, f)| f.number.start >= floor);
    // （见附件2，共4家）: the bracket itself says how many.
    let inside = figures.get(before).filter(|f| {
        let between = paragraph.text(start, f.number.start);
        f.count().is_some()
            && ["共", "计"].iter().any(|word| f.label.ends_with(word))
            && between.chars().count() <= BRACKET_MAX
            && !between.contains(['）', '。', '；'])
    });
    let count = recent
        .into_iter()
        .find(|(_, f)| f.role == Role::Plain && f.count().is_some())
        .map(|(position, _)| offset + position);
    let count = inside.map(|_| offset + before).or(count);
    cited.push(Citation { number, paragraph: index, line: paragraph.line(start), count });
}
