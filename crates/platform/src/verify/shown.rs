//! What a copy shows of its bulletin: digests and reference numbers.

use super::tokens::{Placed, Token, tokens};

/// Digits of a digest.
const DIGEST_LEN: usize = 64;
/// Longest reference number, in characters.
const NUMBER_CHARS_MAX: usize = 60;
/// Brackets of years looked at in one text.
const YEARS_MAX: usize = 100;
/// Letters of an office before the year.
const OFFICE_CHARS_MAX: usize = 12;

/// Digests that a text shows, also broken over lines.
pub fn digests_in(text: &str) -> Vec<String> {
    let is_hex = |c: char| c.is_ascii_digit() || matches!(c, 'a'..='f' | 'A'..='F');
    let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let runs = joined.split(|c: char| !is_hex(c)).filter(|run| run.len() >= DIGEST_LEN);
    let mut digests: Vec<String> = runs
        .flat_map(|run| [&run[..DIGEST_LEN], &run[run.len() - DIGEST_LEN..]])
        .map(str::to_lowercase)
        .collect();
    digests.dedup();
    digests
}

/// Reference numbers that a text shows: letters, a year in brackets, digits, 号.
pub fn numbers_in(plain: &str) -> Vec<String> {
    let mut numbers = Vec::new();
    for (open, _) in plain.match_indices('〔').take(YEARS_MAX) {
        let Some(end) = plain[open..].find('号').map(|end| open + end + '号'.len_utf8()) else { continue };
        let before: Vec<(usize, char)> = plain[..open].char_indices().rev().take(OFFICE_CHARS_MAX).collect();
        // How many letters of the office belong to it is not known: every beginning is tried, the longest first.
        numbers.extend(before.iter().rev().map(|(start, _)| plain[*start..end].to_owned()));
    }
    numbers.retain(|number| number.chars().count() <= NUMBER_CHARS_MAX);
    numbers
}

/// Without spaces, full-width forms folded.
pub fn squeeze(text: &str) -> String {
    let letter = |placed: Placed| match placed.token {
        Token::Number(digits) => digits,
        Token::Letter(c) => c.to_string(),
    };
    tokens(text).into_iter().map(letter).collect()
}
