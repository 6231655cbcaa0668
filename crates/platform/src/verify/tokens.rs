//! Text as a comparison sees it: numbers whole, everything else letter by letter, without what layout adds.
//!
//! The same bulletin as Word file, PDF and plain text differs in spaces, line breaks, page numbers and full-width forms, never in its
//! words and numbers. Folding takes away the former and nothing of the latter.

/// A number or a letter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Token {
    /// Digits with their decimal point.
    Number(String),
    /// Anything else.
    Letter(char),
}

/// A token with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The token.
    pub token: Token,
    /// Line of the text, from 1.
    pub line: u32,
    /// First byte in the text.
    pub offset: usize,
}

impl Token {
    /// Equal, or both numbers.
    pub fn is_like(&self, other: &Self) -> bool {
        self == other || matches!((self, other), (Self::Number(_), Self::Number(_)))
    }
}

/// The tokens of a text; page numbers standing in a line of their own are left out.
pub fn tokens(text: &str) -> Vec<Placed> {
    let mut found = Vec::with_capacity(text.len() / 3);
    let mut offset = 0;
    for (index, line) in text.split_inclusive(['\n', '\u{c}']).enumerate() {
        if !is_page_number(line) {
            read_line(line, offset, u32::try_from(index + 1).unwrap_or(u32::MAX), &mut found);
        }
        offset += line.len();
    }
    found
}

fn read_line(line: &str, base: usize, number: u32, found: &mut Vec<Placed>) {
    let mut letters = line.char_indices().map(|(at, c)| (at, fold(c))).peekable();
    while let Some((at, c)) = letters.next() {
        if !c.is_ascii_digit() {
            if !is_nothing(c) {
                found.push(Placed { token: Token::Letter(c), line: number, offset: base + at });
            }
            continue;
        }
        let mut digits = String::from(c);
        while let Some((_, next)) = letters.peek().copied() {
            // A point belongs to the number only between digits: `1.` before a paragraph is a label.
            let continues = next.is_ascii_digit()
                || (next == '.' && {
                    let mut ahead = letters.clone();
                    ahead.next();
                    ahead.peek().is_some_and(|(_, after)| after.is_ascii_digit())
                });
            if !continues {
                break;
            }
            digits.push(next);
            letters.next();
        }
        found.push(Placed { token: Token::Number(digits), line: number, offset: base + at });
    }
}

/// Full-width forms of ASCII become ASCII; dashes one dash.
fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    }
}

/// What nobody sees.
fn is_nothing(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// `— 12 —` and the like (GB/T 9704—2012, 7.5).
fn is_page_number(line: &str) -> bool {
    let plain: String = line.chars().map(fold).filter(|c| !is_nothing(*c)).collect();
    let Some(inner) = plain.strip_prefix('-').and_then(|rest| rest.strip_suffix('-')) else { return false };
    !inner.is_empty() && inner.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let word = |placed: Placed| match placed.token {
            Token::Number(digits) => format!("<{digits}>"),
            Token::Letter(c) => c.to_string(),
        };
        tokens(text).into_iter().map(word).collect()
    }

    #[test]
    fn layout_is_folded_away_and_words_are_not() {
        assert_eq!(plain("接入率为 ８４．２％。\n— 3 —\n  3.全省"), "接入率为<84.2>%。<3>.全省");
        assert_eq!(plain("１２，２５３ 家"), "<12>,<253>家");
        assert_eq!(plain("2026年9月2日 08:05"), "<2026>年<9>月<2>日<08>:<05>");
        assert_eq!(plain("—— 二 ——"), "--二--");
    }

    #[test]
    fn places_point_into_the_text() {
        let found = tokens("一\n二 35%");
        assert_eq!((found[2].line, found[2].offset), (2, "一\n二 ".len()));
    }
}
