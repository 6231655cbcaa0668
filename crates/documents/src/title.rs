//! Where a title breaks into lines: even lines, and never inside a word that a reader would stumble over (GB/T 9704—2012, 7.3.1).
//!
//! There is no dictionary here. Lines may end after closing marks and commas and before joining words; among those places the one that
//! makes the most even lines wins, and only a title without any is cut at a character.

/// Characters of a title in 2号 (22 pt) that fit on a line of 156 mm.
const LINE_CHARS: usize = 20;

/// A line ends well after these.
const AFTER: &str = "）》”、，；：—";

/// A line ends well before these.
const BEFORE: &str = "和及与暨";

/// Splits a title into lines of at most 20 characters.
pub fn title_lines(title: &str) -> Vec<String> {
    let chars: Vec<char> = title.trim().chars().collect();
    let lines = chars.len().div_ceil(LINE_CHARS).max(1);
    let mut out = Vec::with_capacity(lines);
    let mut rest = chars.as_slice();
    for left in (1..=lines).rev() {
        let cut = if left == 1 { rest.len().min(LINE_CHARS) } else { cut(rest, left) };
        let (line, after) = rest.split_at(cut);
        out.push(line.iter().collect::<String>());
        rest = after;
    }
    // Good places can leave more for the last line than fits.
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(LINE_CHARS));
        out.push(line.iter().collect());
        rest = after;
    }
    out
}

/// Where the first of `left` lines ends.
fn cut(rest: &[char], left: usize) -> usize {
    let even = rest.len().div_ceil(left).min(LINE_CHARS);
    let at_least = rest.len().saturating_sub((left - 1) * LINE_CHARS).max(1);
    let at_most = LINE_CHARS.min(rest.len() - 1);
    let good = |at: &usize| AFTER.contains(rest[at - 1]) || BEFORE.contains(rest[*at]);
    let allowed = |at: &usize| !AFTER.contains(rest[*at]) && !"（《“".contains(rest[at - 1]);
    let nearest = |at: &usize| at.abs_diff(even);
    (at_least..=at_most)
        .filter(|at| good(at) && allowed(at))
        .min_by_key(nearest)
        .or_else(|| (at_least..=at_most).filter(allowed).min_by_key(nearest))
        .unwrap_or(even)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_break_at_marks_and_joining_words() {
        assert_eq!(
            title_lines("关于全省教育系统智慧消防（视频监控）建设和值班值守情况的通报"),
            ["关于全省教育系统智慧消防（视频监控）", "建设和值班值守情况的通报"]
        );
        assert_eq!(title_lines("短标题"), ["短标题"]);
        assert_eq!(title_lines(""), [""]);
        let long = "甲".repeat(50);
        assert_eq!(title_lines(&long).concat(), long);
        assert!(title_lines(&long).iter().all(|line| line.chars().count() <= LINE_CHARS));
    }

    #[test]
    fn no_line_begins_with_a_closing_mark() {
        for line in title_lines("甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬（癸）、甲乙丙丁戊己庚")
        {
            assert!(!line.starts_with(['）', '、']), "{line}");
        }
    }
}
