//! Rows of annexes in a copy. A table looks different in every format – cells in lines of their own, in one line, broken over lines –
//! so a row counts as there when its cells follow its name within a short distance, in their order.

use domain::bulletin::edition::{Annex, Value};

use super::compare::{Comparison, Copy, DIFFERENCES_MAX, Difference, said, shorten};
use super::tokens::{Placed, Token, tokens};
use crate::bulletins::sealed::Sealed;

/// Tokens between the cells of a row that belong to layout, or to cells whose form depends on the format (rates, days).
const SLACK: usize = 80;
/// A table that lacks more of its rows than this cannot be compared: its cells were broken over lines.
const LOST_PERCENT_MAX: usize = 20;
/// Places of a name tried; a name is rarely twice in a table.
const PLACES_MAX: usize = 200;

/// Compares every annex that the copy contains.
pub fn compare(sealed: &Sealed, copy: &Copy, comparison: &mut Comparison) {
    for annex in &sealed.annexes {
        let annex = &annex.annex;
        let rows: Vec<Row> = annex.rows.iter().filter_map(|row| Row::of(row)).collect();
        let mut named = 0;
        let mut lost = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            match row.look(copy, rows.get(index + 1)) {
                Look::There => named += 1,
                Look::Differs(at) => {
                    named += 1;
                    lost.push((row, Some(at)));
                }
                Look::Absent => lost.push((row, None)),
            }
        }
        if rows.is_empty() {
            continue;
        }
        let is_broken = lost.len() > 1 && lost.len() * 100 > rows.len() * LOST_PERCENT_MAX;
        if named == 0 || is_broken {
            comparison.annexes_not_compared.push(annex.number);
            continue;
        }
        let room = DIFFERENCES_MAX.saturating_sub(comparison.differences.len());
        comparison
            .differences
            .extend(lost.into_iter().take(room).map(|(row, at)| difference(annex, row, copy, at)));
    }
}

fn difference(annex: &Annex, row: &Row, copy: &Copy, at: Option<usize>) -> Difference {
    let found = at.map(|at| {
        let until = (at + row.length + SLACK / 4).min(copy.tokens.len());
        shorten(&said(&copy.tokens[at..until]))
    });
    Difference {
        figure_id: None,
        label: format!("附件{}·{}", annex.number, row.name),
        original: shorten(&row.said),
        found: found.unwrap_or_default(),
        line: at.map(|at| copy.tokens[at].line),
    }
}

/// A row by its name and what follows it.
struct Row {
    name: String,
    name_tokens: Vec<Placed>,
    /// Cells after the name that look the same in every format.
    cells: Vec<Vec<Placed>>,
    said: String,
    length: usize,
}

enum Look {
    There,
    Differs(usize),
    Absent,
}

impl Row {
    /// None for a row without a name.
    fn of(row: &[Value]) -> Option<Self> {
        let texts: Vec<Option<String>> = row.iter().map(text).collect();
        let longest = row.iter().enumerate().filter_map(|(index, value)| match value {
            Value::Text(name) => Some((index, name)),
            _ => None,
        });
        let (index, name) = longest.max_by_key(|(index, name)| (name.chars().count(), usize::MAX - index))?;
        let name_tokens = tokens(name);
        if name_tokens.len() < 2 {
            return None;
        }
        let cells: Vec<Vec<Placed>> = texts[index + 1..]
            .iter()
            .flatten()
            .map(|text| tokens(text))
            .filter(|cell| !cell.is_empty())
            .collect();
        let said = texts.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        let length = name_tokens.len() + cells.iter().map(Vec::len).sum::<usize>();
        Some(Self { name: name.clone(), name_tokens, cells, said, length })
    }

    fn look(&self, copy: &Copy, next: Option<&Self>) -> Look {
        let pair = self.name_tokens.windows(2).enumerate().find_map(|(index, pair)| {
            match (&pair[0].token, &pair[1].token) {
                (Token::Letter(a), Token::Letter(b)) => Some((index, (*a, *b))),
                _ => None,
            }
        });
        let Some((anchor, pair)) = pair else { return Look::Absent };
        let mut first = None;
        let mut tried = 0;
        for place in copy.places(pair) {
            let Some(start) = place.checked_sub(anchor) else { continue };
            if !stands(copy, start, &self.name_tokens) {
                continue;
            }
            if self.follows(copy, start + self.name_tokens.len(), next) {
                return Look::There;
            }
            // The last place is the table's: names also stand in the text before it.
            first = Some(start);
            tried += 1;
            if tried >= PLACES_MAX {
                break;
            }
        }
        first.map_or(Look::Absent, Look::Differs)
    }

    fn follows(&self, copy: &Copy, from: usize, next: Option<&Self>) -> bool {
        let mut at = from;
        let reach = (from + self.length + SLACK).min(copy.tokens.len());
        // A cell of the next row must not stand in for one of this row.
        let until = next.and_then(|next| (from..reach).find(|place| stands(copy, *place, &next.name_tokens)));
        let until = until.unwrap_or(reach);
        for cell in &self.cells {
            let Some(place) = (at..until).find(|place| stands(copy, *place, cell)) else {
                return false;
            };
            at = place + cell.len();
        }
        true
    }
}

fn stands(copy: &Copy, at: usize, wanted: &[Placed]) -> bool {
    copy.tokens
        .get(at..at + wanted.len())
        .is_some_and(|there| there.iter().zip(wanted).all(|(there, wanted)| there.token == wanted.token))
}

/// A cell that reads the same in every format.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Count(count) => Some(count.to_string()),
        _ => None,
    }
}
