//! Finds the numbers and dates of a paragraph: what is a figure, what is a date, and what is neither.
//!
//! Clause numbers, telephone numbers, hours, money, document numbers and titles in 《》 are not figures and stay part of the words
//! around them. A number that looks like a figure but cannot be read is reported as unread, never guessed.

mod date;
mod numeral;

use super::number::{Decimal, MICRO};
use super::source::is_cjk;
use super::words::{COUNTED_AFTER_GE, NOT_A_UNIT, UNITS};

use date::date_at;
use numeral::{cn_digit, decimal_at, spelled_number};

pub(crate) use date::Date;

/// How far a title in brackets may reach before its opening bracket counts as a slip.
const TITLE_MAX: usize = 120;

/// What a number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 47.3%, 百分之六十五.
    Percent(Decimal),
    /// 2.3个百分点.
    Points(Decimal),
    /// 52所; `low` and `high` differ where 万 with decimals leaves the last digits open.
    Count {
        /// Smallest number it may stand for.
        low: u64,
        /// Largest number it may stand for.
        high: u64,
    },
    /// A number without a unit: part of a list whose unit stands elsewhere, or unread.
    Bare(Decimal),
}

/// One number of the text.
#[derive(Debug, Clone)]
pub(crate) struct Number {
    /// Index of its first character.
    pub start: usize,
    /// Index behind its last character, unit included.
    pub end: usize,
    /// What it says.
    pub kind: Kind,
    /// Measure word; empty for percentages and bare numbers.
    pub unit: String,
    /// 余, 多: not the exact value.
    pub vague: bool,
    /// Written in Chinese numerals (三个市): used for names, not for sums.
    pub chinese: bool,
    /// One end of a range (60%至70%).
    pub range: bool,
    /// As printed.
    pub printed: String,
}

/// Everything found in one paragraph.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scan {
    /// Figures in order.
    pub numbers: Vec<Number>,
    /// Dates in order.
    pub dates: Vec<Date>,
    /// Index and text of what looked like a figure and could not be read.
    pub unread: Vec<(usize, String)>,
}

/// Scans the characters from `from` on.
pub(crate) fn scan(chars: &[char], from: usize) -> Scan {
    let mut scan = Scan::default();
    let mut index = from;
    while index < chars.len() {
        index = step(chars, index, &mut scan);
    }
    for pair in 1..scan.numbers.len() {
        let between = &chars[scan.numbers[pair - 1].end..scan.numbers[pair].start];
        if matches!(between, ['至' | '到' | '—' | '-']) {
            scan.numbers[pair - 1].range = true;
            scan.numbers[pair].range = true;
        }
    }
    scan
}

fn step(chars: &[char], index: usize, scan: &mut Scan) -> usize {
    let c = chars[index];
    if let Some(closing) = match c {
        '《' => Some('》'),
        '〔' => Some('〕'),
        '[' => Some(']'),
        _ => None,
    } {
        let limit = chars.len().min(index + TITLE_MAX);
        return chars[index..limit]
            .iter()
            .position(|x| *x == closing)
            .map_or(index + 1, |offset| index + offset + 1);
    }
    if c == '百' && chars[index..].starts_with(&['百', '分', '之']) {
        return spelled_percent(chars, index, scan).unwrap_or(index + 3);
    }
    if c.is_ascii_digit() {
        if let Some(date) = date_at(chars, index) {
            scan.dates.push(date);
            return date.end;
        }
        return digits(chars, index, scan);
    }
    if cn_digit(c).is_some() || c == '十' || c == '两' {
        return spelled_count(chars, index, scan).unwrap_or(index + 1);
    }
    index + 1
}

fn spelled_percent(chars: &[char], index: usize, scan: &mut Scan) -> Option<usize> {
    let from = index + 3;
    let (value, length) = if chars.get(from)?.is_ascii_digit() {
        let (value, end) = decimal_at(chars, from)?;
        (value, end - from)
    } else {
        spelled_number(&chars[from..])?
    };
    push(scan, chars, (index, from + length), Kind::Percent(value), "", (false, false));
    Some(from + length)
}

fn spelled_count(chars: &[char], index: usize, scan: &mut Scan) -> Option<usize> {
    let before = index.checked_sub(1).map_or(' ', |i| chars[i]);
    if "第每某之统万同专初高".contains(before) {
        return None;
    }
    let (value, length) = spelled_number(&chars[index..])?;
    let end = index + length;
    let unit = *chars.get(end)?;
    let counted = "所家市县区州盟名处户校条起地".contains(unit)
        || (unit == '个' && !NOT_A_UNIT.iter().any(|w| starts(&chars[end..], w)));
    if !counted || value.micro <= MICRO || value.decimals > 0 {
        return Some(end);
    }
    let count = (value.micro / MICRO).unsigned_abs();
    let kind = Kind::Count { low: count, high: count };
    push(scan, chars, (index, end + 1), kind, &unit.to_string(), (false, true));
    Some(end + 1)
}

fn push(
    scan: &mut Scan,
    chars: &[char],
    span: (usize, usize),
    kind: Kind,
    unit: &str,
    (vague, chinese): (bool, bool),
) {
    let printed = chars[span.0..span.1].iter().collect();
    scan.numbers.push(Number {
        start: span.0,
        end: span.1,
        kind,
        unit: unit.to_owned(),
        vague,
        chinese,
        range: false,
        printed,
    });
}

/// A run of digits that is not a date. Returns the index behind it.
fn digits(chars: &[char], index: usize, scan: &mut Scan) -> usize {
    let run_end = chars[index..]
        .iter()
        .position(|c| !c.is_ascii_digit() && *c != '.' && *c != ',')
        .map_or(chars.len(), |n| index + n);
    let before = index.checked_sub(1).map_or(' ', |i| chars[i]);
    let Some((value, end)) = decimal_at(chars, index) else {
        if !foreign(before) {
            scan.unread.push((index, clip(&chars[index..run_end])));
        }
        return run_end;
    };
    let after = chars.get(end).copied().unwrap_or(' ');
    let prefixed = "第".contains(before)
        || (index >= 2 && matches!(chars[index - 2..index], ['附', '件' | '表' | '图']));
    if foreign(before) || prefixed || (foreign(after) && after != '.') {
        return end;
    }
    if after.is_ascii_digit() || (after == '.' && chars.get(end + 1).is_some_and(char::is_ascii_digit)) {
        scan.unread.push((index, clip(&chars[index..run_end])));
        return run_end.max(end);
    }
    measured(chars, index, end, value, scan)
}

/// The unit behind a number decides what it is.
fn measured(chars: &[char], index: usize, end: usize, value: Decimal, scan: &mut Scan) -> usize {
    let rest = &chars[end..];
    let rest = if rest.first() == Some(&' ') { &rest[1..] } else { rest };
    let base = chars.len() - rest.len();
    if rest.first() == Some(&'%') {
        push(scan, chars, (index, base + 1), Kind::Percent(value), "", (false, false));
        return base + 1;
    }
    if rest.first() == Some(&'‰') {
        let value = Decimal { micro: value.micro / 10, decimals: value.decimals.min(5) + 1 };
        push(scan, chars, (index, base + 1), Kind::Percent(value), "", (false, false));
        return base + 1;
    }
    for points in ["个百分点", "百分点"] {
        if starts(rest, points) {
            let end = base + points.chars().count();
            push(scan, chars, (index, end), Kind::Points(value), "", (false, false));
            return end;
        }
    }
    let (factor, mut used) = match rest.first() {
        Some('万') => (10_000, 1),
        Some('亿') => (100_000_000, 1),
        _ => (1, 0),
    };
    let mut vague = false;
    if rest.get(used).is_some_and(|c| "余多几".contains(*c)) {
        vague = true;
        used += 1;
        if factor == 1 && rest.get(used) == Some(&'万') {
            return base + used + 1;
        }
    }
    let tail = &rest[used..];
    if NOT_A_UNIT.iter().any(|word| starts(tail, word)) {
        return base + used;
    }
    let Some(unit) = UNITS.iter().find(|unit| starts(tail, unit)) else {
        return bare(chars, (index, end), value, (factor, vague), scan);
    };
    let behind = &tail[unit.chars().count()..];
    if *unit == "个" && COUNTED_AFTER_GE.iter().any(|word| starts(behind, word)) {
        return base + used + 1;
    }
    // 竹园2栋514: a building and a room.
    if ["栋", "幢", "座", "层"].contains(unit) && behind.first().is_some_and(char::is_ascii_digit) {
        return base + used + unit.chars().count();
    }
    let mut end = base + used + unit.chars().count();
    // 台（套）: one unit with two names.
    if let ['（', second, '）', ..] = behind
        && UNITS.iter().any(|unit| unit.chars().eq([*second]))
    {
        end += 3;
    }
    match amount(value, factor) {
        Some(kind) => push(scan, chars, (index, end), kind, unit, (vague, false)),
        None => scan.unread.push((index, clip(&chars[index..end]))),
    }
    end
}

fn bare(
    chars: &[char],
    (index, end): (usize, usize),
    value: Decimal,
    (factor, vague): (i64, bool),
    scan: &mut Scan,
) -> usize {
    let length = end - index;
    let neighbour = |c: Option<&char>| c.is_some_and(|c| "/:·".contains(*c));
    // GB 20517: the number of what the letters name, where no unit says otherwise.
    let lettered = index >= 2 && chars[index - 1] == ' ' && chars[index - 2].is_ascii_alphabetic();
    let coded =
        lettered || neighbour(chars.get(end)) || neighbour(index.checked_sub(1).and_then(|i| chars.get(i)));
    let room = index.checked_sub(1).is_some_and(|i| "栋幢楼座层室".contains(chars[i]));
    if factor != 1
        || vague
        || length >= 7
        || coded
        || room
        || (length > 1 && chars[index] == '0' && value.decimals == 0)
    {
        return end;
    }
    push(scan, chars, (index, end), Kind::Bare(value), "", (false, false));
    end
}

/// A count, exact where no digit is left open; `None` where a part of a unit is printed (12.5所).
fn amount(value: Decimal, factor: i64) -> Option<Kind> {
    let scaled = i128::from(value.micro) * i128::from(factor);
    let micro = i128::from(MICRO);
    if scaled % micro != 0 {
        return None;
    }
    let middle = u64::try_from(scaled / micro).ok()?;
    let half = if factor == 1 {
        0
    } else {
        u64::try_from(i128::from(value.half_micro()) * i128::from(factor) / micro).ok()?
    };
    if factor == 1 && value.decimals > 0 {
        return None;
    }
    Some(Kind::Count { low: middle.saturating_sub(half), high: middle + half })
}

/// True for a character that makes a number part of a code or a foreign word.
fn foreign(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '/' || c == '.' || (!c.is_ascii() && !is_cjk(c) && c.is_alphabetic())
}

fn starts(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

/// At most 24 characters, for messages.
fn clip(chars: &[char]) -> String {
    let text: String = chars.iter().take(24).collect();
    if chars.len() > 24 { text + "…" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::source::{lines, paragraphs};

    fn found(text: &str) -> Vec<String> {
        let paragraph = &paragraphs(&lines(text))[0];
        let scan = scan(&paragraph.chars, paragraph.body);
        let mut out: Vec<String> = scan
            .numbers
            .iter()
            .map(|n| match n.kind {
                Kind::Percent(v) => format!("{v}%"),
                Kind::Points(v) => format!("{v}pp"),
                Kind::Count { low, high } if low == high => {
                    format!("{low}{}{}", n.unit, if n.vague { "~" } else { "" })
                }
                Kind::Count { low, high } => format!("{low}..{high}{}", n.unit),
                Kind::Bare(v) => format!("{v}?"),
            })
            .collect();
        out.extend(scan.dates.iter().map(|d| {
            format!("{:?}-{:?}-{:?}", d.year, d.month, d.day)
                .replace("Some(", "")
                .replace(')', "")
                .replace("None", "·")
        }));
        out.extend(scan.unread.iter().map(|(_, text)| format!("unread {text}")));
        out
    }

    #[test]
    fn numbers_in_every_form() {
        for (text, expected) in [
            ("接入率为６５．５％，共１２，２５３家", vec!["65.5%", "12253家"]),
            ("百分之六十五点五、百分之百、百分之12.5", vec!["65.5%", "100%", "12.5%"]),
            (
                "1.2万人，396.5万名，2400余条，30多所",
                vec!["11500..12500人", "3964500..3965500名", "2400条~", "30所~"],
            ),
            ("提高2.3个百分点，下降1.1百分点", vec!["2.3pp", "1.1pp"]),
            ("24小时值班，6个月，3个方面，150元，第5条，附件3，2倍", vec![]),
            ("A、B、C三市，五个县，两所学校，一个", vec!["3市", "5个", "2所"]),
            ("萍乡市 0。", vec!["0?"]),
            ("在60%至85%之间", vec!["60%", "85%"]),
            ("根据《〔2024〕20号》和赣教〔2024〕5号，电话0991-6623088", vec![]),
            (
                "共12.5所，1.2.3家，1234567890123家",
                vec!["unread 12.5所", "unread 1.2.3", "unread 1234567890123"],
            ),
            ("5‰", vec!["0.5%"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_are_not_figures() {
        for (text, expected) in [
            ("截至2025年9月30日", vec!["2025-9-30"]),
            ("7月至9月", vec!["·-7-·", "·-9-·"]),
            ("1至9月，6月底前", vec!["·-1-·", "·-9-·", "·-6-·"]),
            ("比2024年底提高", vec!["2024-12-·"]),
            ("9月1日至15日", vec!["·-9-1", "·-·-15"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
