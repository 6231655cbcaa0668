//! From places to lines: characters of one height are a line, rules and wide gaps part cells, and full lines go on in the next one
//! where that is not indented. Line numbers then mean paragraphs, as in the other kinds of documents.

use std::collections::{BTreeMap, BTreeSet};

use super::device::{Mark, PagePlaces};

// All measures up to PITCH_MAX are shares of the letter's height.

/// How far characters of one line may stand higher or lower, as raised figures do.
const LINE_DRIFT: f64 = 0.45;
/// The gap between letters or digits that parts words.
const WORD_GAP: f64 = 0.2;
/// The gap that parts cells; justified lines have gaps up to about a half.
const CELL_GAP: f64 = 2.0;
/// How near to the edge of the column a full line ends; the next character did not fit, or a mark may not begin a line.
const EDGE: f64 = 2.1;
/// How far from the edge an indented line begins at least; offices indent by two characters.
const INDENT: f64 = 0.7;
/// How far below lines of one paragraph stand, at most.
const PITCH_MAX: f64 = 2.4;
/// The same, against the distance that is usual in the document.
const PITCH_OVER_USUAL: f64 = 1.3;
/// Share of the page above and below which page numbers and running heads stand.
const MARGIN: f64 = 0.12;
/// Pages that say the same in their margin from which it is a running head.
const HEAD_PAGES_MIN: usize = 3;
/// Places that fewer points apart are the same.
const SAME_PLACE: f64 = 3.0;

/// The text of all pages.
#[derive(Debug)]
pub struct PutTogether {
    pub text: String,
    pub page_numbers: usize,
    pub running_heads: usize,
}

#[derive(Debug)]
struct Line {
    text: String,
    left: f64,
    right: f64,
    baseline: f64,
    size: f64,
    page: usize,
    /// So near to the upper or lower edge of the page that it may be no part of the text.
    in_margin: bool,
    layout: Layout,
}

/// Width of the page and height of the letters in whole points: lines that share both share their column and distance. Small letters in
/// the tables of annexes, on most pages of a long document, must not decide about the text.
type Layout = (i64, i64);

/// Left and right edge of the running text, and how far its lines usually stand apart.
#[derive(Debug, Clone, Copy)]
struct Column {
    left: f64,
    right: f64,
    pitch: f64,
}

/// Puts the characters of all pages together.
pub fn text(pages: &[PagePlaces]) -> PutTogether {
    let mut lines: Vec<Line> =
        pages.iter().enumerate().flat_map(|(index, page)| lines_of(page, index)).collect();
    let page_numbers = leave_out(&mut lines, |line| line.in_margin && is_page_number(&line.text));
    let heads = running_heads(&lines, pages.len());
    let running_heads = leave_out(&mut lines, |line| line.in_margin && heads.contains(&line.text));
    let columns = columns(&lines);
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        let column = columns.get(&line.layout);
        let goes_on = match (index.checked_sub(1).and_then(|before| lines.get(before)), column) {
            (Some(before), Some(column)) => continues(before, line, *column),
            _ => false,
        };
        if goes_on {
            let between = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if between(text.chars().next_back()) && between(line.text.chars().next()) {
                text.push(' ');
            }
        } else if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&line.text);
    }
    PutTogether { text, page_numbers, running_heads }
}

/// Leaves out lines and says how many.
fn leave_out(lines: &mut Vec<Line>, is_out: impl Fn(&Line) -> bool) -> usize {
    let before = lines.len();
    lines.retain(|line| !is_out(line));
    before - lines.len()
}

/// What stands in the margin of half of the pages.
fn running_heads(lines: &[Line], pages: usize) -> BTreeSet<String> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.in_margin) {
        *seen.entry(&line.text).or_default() += 1;
    }
    let on_most = seen.into_iter().filter(|(_, count)| *count >= HEAD_PAGES_MIN && count * 2 >= pages);
    on_most.map(|(text, _)| text.to_owned()).collect()
}

fn lines_of(page: &PagePlaces, index: usize) -> Vec<Line> {
    let mut marks: Vec<&Mark> = page.marks.iter().collect();
    marks.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut groups: Vec<Vec<&Mark>> = Vec::new();
    for mark in marks {
        match groups.last_mut() {
            Some(group) if mark.baseline - group[0].baseline <= LINE_DRIFT * mark.size.max(group[0].size) => {
                group.push(mark);
            }
            _ => groups.push(vec![mark]),
        }
    }
    groups.into_iter().filter_map(|group| line_of(page, index, group)).collect()
}

fn line_of(page: &PagePlaces, index: usize, mut marks: Vec<&Mark>) -> Option<Line> {
    marks.sort_by(|a, b| a.left.total_cmp(&b.left));
    let size = marks.iter().map(|mark| mark.size).fold(0.0, f64::max);
    let baseline = marks.iter().map(|mark| mark.baseline).fold(0.0, f64::max);
    let rules = rules_at(page, baseline - size * 0.3);
    let mut text = String::new();
    let mut last: Option<&Mark> = None;
    let mut first_left = 0.0;
    let mut space = false;
    for mark in marks {
        if mark.character.is_whitespace() {
            space = last.is_some();
            continue;
        }
        let Some(before) = last else {
            first_left = mark.left;
            // The rule at the left of a table's first cell is not a border between cells.
            let borders = rules_between(&rules, 0.0, mark.left).saturating_sub(1);
            text.extend(std::iter::repeat_n('\t', borders));
            text.push(mark.character);
            last = Some(mark);
            continue;
        };
        // Bold letters are often the same letter printed twice.
        if mark.character == before.character && mark.left - before.left < size * 0.15 {
            continue;
        }
        let gap = mark.left - before.right;
        let borders = rules_between(&rules, before.left + before.size * 0.3, mark.left + mark.size * 0.2);
        let latin = before.character.is_ascii_alphanumeric() && mark.character.is_ascii_alphanumeric();
        if borders > 0 {
            text.extend(std::iter::repeat_n('\t', borders));
        } else if gap > CELL_GAP * size {
            text.push('\t');
        } else if space || (latin && gap > WORD_GAP * size) {
            text.push(' ');
        }
        text.push(mark.character);
        space = false;
        last = Some(mark);
    }
    let right = last?.right;
    let in_margin = baseline > page.height * (1.0 - MARGIN) || baseline < page.height * MARGIN;
    let layout = (page.width.round() as i64, size.round() as i64);
    Some(Line { text, left: first_left, right, baseline, size, page: index, in_margin, layout })
}

/// Places of the rules that cross a height, from left to right, rules close to each other taken once.
fn rules_at(page: &PagePlaces, height: f64) -> Vec<f64> {
    let crossing = page.rules.iter().filter(|rule| rule.top <= height && rule.bottom >= height);
    let mut places: Vec<f64> = crossing.map(|rule| rule.at).collect();
    places.sort_by(f64::total_cmp);
    places.dedup_by(|next, before| *next - *before < SAME_PLACE);
    places
}

fn rules_between(rules: &[f64], left: f64, right: f64) -> usize {
    let up_to = |place: f64| rules.partition_point(|rule| *rule <= place);
    up_to(right).saturating_sub(up_to(left))
}

/// The column of running text for each layout: the outermost places where at least two lines begin or end.
fn columns(lines: &[Line]) -> BTreeMap<Layout, Column> {
    let mut by_layout: BTreeMap<Layout, Vec<&Line>> = BTreeMap::new();
    for line in lines.iter().filter(|line| !line.text.contains('\t')) {
        by_layout.entry(line.layout).or_default().push(line);
    }
    let edges = by_layout.into_iter().filter_map(|(layout, lines)| {
        let mut lefts: Vec<f64> = lines.iter().map(|line| line.left).collect();
        let mut rights: Vec<f64> = lines.iter().map(|line| -line.right).collect();
        let (left, right) = (outermost(&mut lefts)?, -outermost(&mut rights)?);
        Some((layout, Column { left, right, pitch: usual_pitch(&lines) }))
    });
    edges.collect()
}

fn outermost(places: &mut [f64]) -> Option<f64> {
    places.sort_by(f64::total_cmp);
    places.windows(2).find(|pair| pair[1] - pair[0] < SAME_PLACE).map(|pair| pair[0])
}

/// The middle one of all distances between lines of a page.
fn usual_pitch(lines: &[&Line]) -> f64 {
    let mut distances: Vec<f64> = lines
        .windows(2)
        .filter(|pair| pair[0].page == pair[1].page)
        .map(|pair| pair[1].baseline - pair[0].baseline)
        .collect();
    distances.sort_by(f64::total_cmp);
    distances.get(distances.len() / 2).copied().unwrap_or(f64::INFINITY)
}

fn continues(before: &Line, line: &Line, column: Column) -> bool {
    if before.text.contains('\t') || line.text.contains('\t') || before.layout.0 != line.layout.0 {
        return false;
    }
    let size = before.size;
    let is_full = before.right >= column.right - EDGE * size;
    let is_indented = line.left > column.left + INDENT * size;
    let same_letters = (line.size - size).abs() <= size * 0.1;
    let distance = line.baseline - before.baseline;
    let close =
        line.page != before.page || distance <= (PITCH_MAX * size).min(PITCH_OVER_USUAL * column.pitch);
    is_full && !is_indented && same_letters && close
}

/// — 3 —, 第3页 共9页, 3/9, or a number alone.
fn is_page_number(text: &str) -> bool {
    let has_digit = text.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let only = |c: char| {
        c.is_ascii_digit() || ('０'..='９').contains(&c) || " \t-–—―－·•/第页共,，()（）".contains(c)
    };
    has_digit && text.chars().count() <= 20 && text.chars().all(only)
}
