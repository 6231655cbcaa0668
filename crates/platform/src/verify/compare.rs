//! A copy compared with the sealed bulletin, figure by figure.
//!
//! Every paragraph of the original is looked for in the copy with its numbers left open; where it stands, the numbers are compared one
//! by one and a differing one is named by its figure. Paragraphs whose words differ are aligned with what stands in their place. A copy
//! may lack the annexes; rows of an annex that is there must all be there.

use std::collections::HashMap;

use domain::bulletin::ParagraphKind;

use super::align::{Aligned, align};
use super::annexes;
use super::tokens::{Placed, Token, tokens};
use crate::bulletins::sealed::Sealed;

/// Longest copy that is compared, in letters and numbers: a bulletin of ten provinces with its annexes.
pub const TOKENS_MAX: usize = 4_000_000;
/// Differences listed at most; more of them prove nothing more.
pub const DIFFERENCES_MAX: usize = 100;
/// Places tried for one paragraph.
const PLACES_MAX: usize = 5000;
/// Paragraphs aligned letter by letter; beyond it the copy is another text.
const ALIGNED_MAX: usize = 30;
/// Letters between two paragraphs of the original that make an insertion.
const INSERTION_MIN: usize = 6;
/// Characters of a text shown in a difference.
const SHOWN_CHARS_MAX: usize = 160;
/// A number broken by a line end has at most so many pieces.
const PIECES_MAX: usize = 3;

/// Something that is not as it was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Figure of the text; none for words, annexes, and numbers that are no figures.
    pub figure_id: Option<String>,
    /// What it is, in Chinese.
    pub label: String,
    /// As sealed.
    pub original: String,
    /// As the copy has it; empty where it is missing.
    pub found: String,
    /// Line of the copy's text, from 1.
    pub line: Option<u32>,
}

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// Differences in the order of the original, at most [`DIFFERENCES_MAX`].
    pub differences: Vec<Difference>,
    /// Annexes that the copy does not contain, or not in a form that can be compared.
    pub annexes_not_compared: Vec<u32>,
}

/// A copy prepared for being searched.
pub struct Copy {
    /// Its tokens.
    pub tokens: Vec<Placed>,
    places: HashMap<(char, char), Vec<usize>>,
}

/// Where a paragraph stands in the copy.
struct Stand {
    from: usize,
    until: usize,
    /// Token of the paragraph, the copy's number, its line; only those that differ.
    differing: Vec<(usize, String, u32)>,
}

impl Copy {
    /// None where the text is too long.
    pub fn of(text: &str) -> Option<Self> {
        let tokens = tokens(text);
        if tokens.len() > TOKENS_MAX {
            return None;
        }
        let mut places: HashMap<(char, char), Vec<usize>> = HashMap::new();
        for (index, pair) in tokens.windows(2).enumerate() {
            if let (Token::Letter(a), Token::Letter(b)) = (&pair[0].token, &pair[1].token) {
                places.entry((*a, *b)).or_default().push(index);
            }
        }
        Some(Self { tokens, places })
    }

    /// Where two letters stand next to each other.
    pub fn places(&self, pair: (char, char)) -> &[usize] {
        self.places.get(&pair).map_or(&[], Vec::as_slice)
    }

    /// Where these tokens stand with their numbers left open: the place with the fewest differences, then the first after `from`.
    fn find(&self, wanted: &[Placed], from: usize) -> Option<Stand> {
        let anchor = wanted.windows(2).position(|pair| {
            matches!((&pair[0].token, &pair[1].token), (Token::Letter(_), Token::Letter(_)))
        })?;
        let (Token::Letter(a), Token::Letter(b)) = (&wanted[anchor].token, &wanted[anchor + 1].token) else {
            return None;
        };
        let places = self.places((*a, *b));
        let next = places.partition_point(|place| *place < from);
        let tried = places[next..].iter().chain(&places[..next]).take(PLACES_MAX);
        let stands = tried.filter_map(|place| self.match_at(wanted, place.checked_sub(anchor)?));
        let mut best: Option<Stand> = None;
        for stand in stands {
            if stand.differing.is_empty() {
                return Some(stand);
            }
            if best.as_ref().is_none_or(|best| stand.differing.len() < best.differing.len()) {
                best = Some(stand);
            }
        }
        best
    }

    fn match_at(&self, wanted: &[Placed], from: usize) -> Option<Stand> {
        let mut at = from;
        let mut differing = Vec::new();
        for (index, Placed { token, .. }) in wanted.iter().enumerate() {
            let here = self.tokens.get(at)?;
            match (token, &here.token) {
                (Token::Letter(a), Token::Letter(b)) if a == b => at += 1,
                (Token::Number(number), Token::Number(_)) => {
                    let (found, pieces) = self.number_at(at, number, wanted.get(index + 1));
                    if found != *number {
                        differing.push((index, found, here.line));
                    }
                    at += pieces;
                }
                _ => return None,
            }
        }
        Some(Stand { from, until: at, differing })
    }

    /// The number at a place, put together where a line end broke it, and how many tokens it takes.
    fn number_at(&self, at: usize, wanted: &str, next: Option<&Placed>) -> (String, usize) {
        let mut joined = String::new();
        let mut fitting = None;
        for pieces in 1..=PIECES_MAX {
            let Some(Placed { token: Token::Number(piece), .. }) = self.tokens.get(at + pieces - 1) else {
                break;
            };
            joined.push_str(piece);
            if joined == wanted {
                return (joined, pieces);
            }
            let follows = self.tokens.get(at + pieces).map(|placed| &placed.token);
            if fitting.is_none() && next.is_none_or(|next| Some(&next.token) == follows) {
                fitting = Some((joined.clone(), pieces));
            }
        }
        fitting.unwrap_or_else(|| {
            let Some(Placed { token: Token::Number(piece), .. }) = self.tokens.get(at) else {
                return (String::new(), 1);
            };
            (piece.clone(), 1)
        })
    }
}

/// One paragraph of the original.
struct Original {
    kind: ParagraphKind,
    /// Where it begins in the text of the bulletin.
    offset: usize,
    text: String,
    tokens: Vec<Placed>,
    /// Where it stands in the copy, from and until.
    stand: Option<(usize, usize)>,
}

/// Compares a copy with what was sealed; `None` where the copy is too long.
pub fn compare(sealed: &Sealed, text: &str) -> Option<Comparison> {
    let copy = Copy::of(text)?;
    let mut paragraphs = originals(sealed);
    let mut differences: Vec<(usize, Difference)> = Vec::new();
    let mut from = 0;
    for (index, paragraph) in paragraphs.iter_mut().enumerate() {
        let Some(stand) = copy.find(&paragraph.tokens, from) else { continue };
        for (token, found, line) in stand.differing {
            differences.push((index, number_difference(sealed, paragraph, token, found, Some(line))));
        }
        paragraph.stand = Some((stand.from, stand.until));
        from = stand.until;
    }
    let lost: Vec<usize> = (0..paragraphs.len()).filter(|index| paragraphs[*index].stand.is_none()).collect();
    for (count, index) in lost.iter().copied().enumerate() {
        let found = if count < ALIGNED_MAX {
            words_differ(sealed, &copy, &mut paragraphs, index)
        } else {
            vec![missing(&paragraphs[index])]
        };
        differences.extend(found.into_iter().map(|difference| (index, difference)));
    }
    differences.extend(insertions(&copy, &paragraphs));
    differences.sort_by_key(|(index, _)| *index);
    let mut comparison = Comparison {
        differences: differences.into_iter().map(|(_, difference)| difference).collect(),
        annexes_not_compared: Vec::new(),
    };
    if let Some(number) = &sealed.head.number {
        comparison.differences.extend(number_in_head(&copy, number));
    }
    annexes::compare(sealed, &copy, &mut comparison);
    comparison.differences.truncate(DIFFERENCES_MAX);
    Some(comparison)
}

fn originals(sealed: &Sealed) -> Vec<Original> {
    let mut offset = 0;
    let mut originals = Vec::new();
    for paragraph in &sealed.bulletin.paragraphs {
        let tokens = tokens(&paragraph.text);
        if tokens.len() > 1 {
            originals.push(Original {
                kind: paragraph.kind,
                offset,
                text: paragraph.text.clone(),
                tokens,
                stand: None,
            });
        }
        offset += paragraph.text.len() + 1;
    }
    originals
}

/// A number that is not as sealed, named by its figure where it is one.
fn number_difference(
    sealed: &Sealed,
    paragraph: &Original,
    token: usize,
    found: String,
    line: Option<u32>,
) -> Difference {
    let placed = &paragraph.tokens[token];
    let offset = paragraph.offset + placed.offset;
    let figure = sealed.bulletin.figures.iter().find(|sealed| {
        let span = sealed.figure.span;
        (span.offset..span.offset + span.len).contains(&offset)
    });
    let original = match &placed.token {
        Token::Number(digits) => digits.clone(),
        Token::Letter(c) => c.to_string(),
    };
    Difference {
        figure_id: figure.map(|sealed| sealed.figure.id.clone()),
        label: figure
            .map_or_else(|| around(&paragraph.text, placed.offset), |sealed| sealed.figure.label.clone()),
        original,
        found,
        line,
    }
}

/// The words before a number that is no figure.
fn around(text: &str, offset: usize) -> String {
    let before: Vec<char> = text[..offset].chars().rev().take(12).collect();
    let words: String = before.into_iter().rev().collect();
    format!("“{words}”之后的数字")
}

fn missing(paragraph: &Original) -> Difference {
    Difference {
        figure_id: None,
        label: "缺少段落".to_owned(),
        original: shorten(&paragraph.text),
        found: String::new(),
        line: None,
    }
}

/// A paragraph that does not stand in the copy as it is: what stands in its place, and which figures changed with it.
fn words_differ(sealed: &Sealed, copy: &Copy, paragraphs: &mut [Original], index: usize) -> Vec<Difference> {
    let from = paragraphs[..index].iter().rev().find_map(|before| before.stand).map_or(0, |(_, until)| until);
    let until =
        paragraphs[index + 1..].iter().find_map(|after| after.stand.filter(|(start, _)| *start >= from));
    let until = until.map_or(copy.tokens.len(), |(start, _)| start);
    let wanted: Vec<&Token> = paragraphs[index].tokens.iter().map(|placed| &placed.token).collect();
    let there: Vec<&Token> = copy.tokens[from..until].iter().map(|placed| &placed.token).collect();
    let Some(Aligned { first, last, numbers, lost_numbers, words_changed }) = align(&wanted, &there) else {
        return vec![missing(&paragraphs[index])];
    };
    let (first, last) = (from + first, from + last);
    paragraphs[index].stand = Some((first, last + 1));
    let paragraph = &paragraphs[index];
    let mut found = Vec::new();
    for (token, at) in numbers {
        let Placed { token: Token::Number(digits), line, .. } = &copy.tokens[from + at] else { continue };
        found.push(number_difference(sealed, paragraph, token, digits.clone(), Some(*line)));
    }
    for token in lost_numbers {
        found.push(number_difference(sealed, paragraph, token, String::new(), Some(copy.tokens[first].line)));
    }
    if words_changed {
        found.push(Difference {
            figure_id: None,
            label: "文字不一致".to_owned(),
            original: shorten(&paragraph.text),
            found: shorten(&said(&copy.tokens[first..=last])),
            line: Some(copy.tokens[first].line),
        });
    }
    found
}

/// Text that stands between two neighbouring paragraphs of the original and was never sealed.
fn insertions(copy: &Copy, paragraphs: &[Original]) -> Vec<(usize, Difference)> {
    let is_text =
        |kind| matches!(kind, ParagraphKind::Heading | ParagraphKind::Subheading | ParagraphKind::Body);
    let between = |(index, pair): (usize, &[Original])| {
        let ((_, until), (from, _)) = (pair[0].stand?, pair[1].stand?);
        let strange = copy.tokens.get(until..from)?;
        let is_insertion = is_text(pair[0].kind) && is_text(pair[1].kind) && strange.len() >= INSERTION_MIN;
        is_insertion.then(|| {
            let difference = Difference {
                figure_id: None,
                label: "多出的文字".to_owned(),
                original: String::new(),
                found: shorten(&said(strange)),
                line: strange.first().map(|placed| placed.line),
            };
            (index + 1, difference)
        })
    };
    paragraphs.windows(2).enumerate().filter_map(between).collect()
}

/// The number in the head, where the copy shows one of its form.
fn number_in_head(copy: &Copy, number: &str) -> Option<Difference> {
    let stand = copy.find(&tokens(number), 0)?;
    let (_, _, line) = stand.differing.first()?;
    Some(Difference {
        figure_id: None,
        label: "发文字号".to_owned(),
        original: number.to_owned(),
        found: said(&copy.tokens[stand.from..stand.until]),
        line: Some(*line),
    })
}

/// The copy's words again, without its spaces.
pub fn said(tokens: &[Placed]) -> String {
    let mut text = String::new();
    for placed in tokens.iter().take(SHOWN_CHARS_MAX + 1) {
        match &placed.token {
            Token::Number(digits) => text.push_str(digits),
            Token::Letter(c) => text.push(*c),
        }
    }
    text
}

/// Cut where it is longer than anybody reads.
pub fn shorten(text: &str) -> String {
    if text.chars().count() <= SHOWN_CHARS_MAX {
        return text.to_owned();
    }
    text.chars().take(SHOWN_CHARS_MAX).chain(['…']).collect()
}
