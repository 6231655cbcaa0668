//! Two token sequences laid side by side so that as much as possible stands opposite its equal (a weighted longest common
//! subsequence), bounded in size.

use super::tokens::Token;

/// Longest paragraph aligned.
const WANTED_MAX: usize = 3000;
/// Longest stretch of a copy it is aligned with.
const THERE_MAX: usize = 6000;
/// Of a paragraph's tokens at least so many per cent must have an equal, else it is another text.
const KINSHIP_PERCENT: usize = 40;

/// Weight of an equal pair, and of two numbers that differ.
const EQUAL: u32 = 4;
const BOTH_NUMBERS: u32 = 3;

/// How a paragraph stands in a stretch of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aligned {
    /// First and last token of the stretch that has a partner.
    pub first: usize,
    /// See `first`.
    pub last: usize,
    /// Numbers that differ from their partners: token of the paragraph, token of the stretch.
    pub numbers: Vec<(usize, usize)>,
    /// Numbers of the paragraph without a partner.
    pub lost_numbers: Vec<usize>,
    /// Whether letters were added or lost between first and last.
    pub words_changed: bool,
}

/// Aligns; none where the two have too little in common or are too long.
pub fn align(wanted: &[&Token], there: &[&Token]) -> Option<Aligned> {
    if wanted.len() > WANTED_MAX {
        return None;
    }
    let there = &there[..there.len().min(THERE_MAX)];
    let pairs = pairs(wanted, there);
    let equal = pairs.iter().filter(|(w, t)| wanted[*w] == there[*t]).count();
    if equal * 100 < wanted.len() * KINSHIP_PERCENT {
        return None;
    }
    let (first, last) = (pairs.first()?.1, pairs.last()?.1);
    let has_partner = |index: usize| pairs.binary_search_by_key(&index, |pair| pair.0).is_ok();
    let lost: Vec<usize> = (0..wanted.len()).filter(|index| !has_partner(*index)).collect();
    let is_number = |index: &usize| matches!(wanted[*index], Token::Number(_));
    let lost_numbers: Vec<usize> = lost.iter().copied().filter(is_number).collect();
    let added = (last + 1 - first) - pairs.len();
    Some(Aligned {
        first,
        last,
        numbers: pairs.iter().copied().filter(|(w, t)| wanted[*w] != there[*t]).collect(),
        words_changed: added > 0 || lost.len() > lost_numbers.len(),
        lost_numbers,
    })
}

/// The heaviest set of pairs that cross nowhere, in order.
fn pairs(wanted: &[&Token], there: &[&Token]) -> Vec<(usize, usize)> {
    let width = there.len() + 1;
    let mut best = vec![0_u32; (wanted.len() + 1) * width];
    for w in (0..wanted.len()).rev() {
        for t in (0..there.len()).rev() {
            let both = weight(wanted[w], there[t]).map_or(0, |weight| best[(w + 1) * width + t + 1] + weight);
            best[w * width + t] = both.max(best[(w + 1) * width + t]).max(best[w * width + t + 1]);
        }
    }
    let (mut w, mut t) = (0, 0);
    let mut found = Vec::new();
    while w < wanted.len() && t < there.len() {
        let here = best[w * width + t];
        if weight(wanted[w], there[t]).is_some_and(|weight| here == best[(w + 1) * width + t + 1] + weight) {
            found.push((w, t));
            w += 1;
            t += 1;
        } else if here == best[(w + 1) * width + t] {
            w += 1;
        } else {
            t += 1;
        }
    }
    found
}

fn weight(a: &Token, b: &Token) -> Option<u32> {
    if a == b {
        Some(EQUAL)
    } else if a.is_like(b) {
        Some(BOTH_NUMBERS)
    } else {
        None
    }
}
