//! Words for a place in a ranking, and the names that are said to hold it: X最高, 最低的是X, X居全市第二位, 后两位是X、Y.

/// A place in a ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// 最高, 垫底: nobody is beyond.
    First,
    /// 第二, 倒数第三.
    Exactly(usize),
    /// 前三位, 末两位: among so many.
    Within(usize),
}

/// A claim of a clause: who is said to hold which place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claim {
    /// The words that name who holds it.
    pub who: String,
    /// The place.
    pub place: Place,
    /// Counted from the top.
    pub top: bool,
    /// The word as printed.
    pub word: String,
    /// Its first character in the clause.
    pub at: usize,
}

/// Words for the first place, from the top or from the bottom.
const FIRST: [(&str, bool); 17] = [
    ("最高", true),
    ("最低", false),
    ("最多", true),
    ("最少", false),
    ("最大", true),
    ("最小", false),
    ("居首", true),
    ("首位", true),
    ("榜首", true),
    ("排名第一", true),
    ("列第一", true),
    ("省第一", true),
    ("市第一", true),
    ("垫底", false),
    ("末位", false),
    ("倒数第一", false),
    ("排名最后", false),
];
/// Highest place read.
const PLACE_MAX: usize = 20;
/// How far before 第二 the word may stand that makes it a place, in characters.
const RANKED_WITHIN: usize = 6;

/// A word for a place: where it stands and what it says.
struct Word {
    start: usize,
    end: usize,
    place: Place,
    top: bool,
}

/// The claims of a clause. Names stand before every word of place, or behind every one.
pub(super) fn claims(clause: &[char], is_name: &dyn Fn(&str) -> bool) -> Vec<Claim> {
    let words = words(clause);
    let Some(first) = words.first() else { return Vec::new() };
    let before = text(&clause[..first.start]);
    let names_before = is_name(&before);
    words
        .iter()
        .enumerate()
        .map(|(index, word)| {
            let (from, to) = if names_before {
                (index.checked_sub(1).map_or(0, |i| words[i].end), word.start)
            } else {
                (word.end, words.get(index + 1).map_or(clause.len(), |next| next.start))
            };
            Claim {
                who: text(&clause[from..to]),
                place: word.place,
                top: word.top,
                word: text(&clause[word.start..word.end]),
                at: word.start,
            }
        })
        .collect()
}

fn text(chars: &[char]) -> String {
    chars.iter().collect()
}

fn words(clause: &[char]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut index = 0;
    while index < clause.len() {
        match first(clause, index).or_else(|| within(clause, index)).or_else(|| exactly(clause, index)) {
            Some(word) => {
                index = word.end;
                words.push(word);
            }
            None => index += 1,
        }
    }
    words
}

fn starts(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

fn first(clause: &[char], index: usize) -> Option<Word> {
    let (word, top) = FIRST.iter().find(|(word, _)| starts(&clause[index..], word))?;
    let reversed = index >= 2 && starts(&clause[index - 2..], "倒数");
    Some(Word {
        start: index,
        end: index + word.chars().count(),
        place: Place::First,
        top: *top && !reversed,
    })
}

/// 前三位, 后2名, 末两位; not 前三季度, 前3个月.
fn within(clause: &[char], index: usize) -> Option<Word> {
    let top = match clause[index] {
        '前' => true,
        '后' | '末' => false,
        _ => return None,
    };
    let (number, mut end) = numeral(clause, index + 1)?;
    let next = clause.get(end).copied();
    let ranked =
        next.is_none_or(|c| "位名的为是（依分".contains(c)) || next.is_some_and(|c| "市县区州".contains(c));
    end += usize::from(next.is_some_and(|c| "位名".contains(c)));
    ranked.then_some(Word { start: index, end, place: Place::Within(number), top })
}

/// 排名第二, 居全市第三位, 倒数第二; 其次是. Not 第三方, 第三中学.
fn exactly(clause: &[char], index: usize) -> Option<Word> {
    for word in ["其次是", "其次为"] {
        if starts(&clause[index..], word) {
            return Some(Word { start: index, end: index + 3, place: Place::Exactly(2), top: true });
        }
    }
    if clause[index] != '第' {
        return None;
    }
    let (number, mut end) = numeral(clause, index + 1)?;
    let before = &clause[index.saturating_sub(RANKED_WITHIN)..index];
    let bottom = before.ends_with(&['倒', '数']);
    let ranked = bottom || before.iter().any(|c| "排居列位".contains(*c));
    let next = clause.get(end).copied();
    let closed = next.is_none_or(|c| "位名的，（".contains(c));
    end += usize::from(next.is_some_and(|c| "位名".contains(c)));
    (ranked && closed).then_some(Word { start: index, end, place: Place::Exactly(number), top: !bottom })
}

/// A small number in digits or one Chinese numeral.
fn numeral(clause: &[char], from: usize) -> Option<(usize, usize)> {
    let digits: String =
        clause[from.min(clause.len())..].iter().take(2).take_while(|c| c.is_ascii_digit()).collect();
    let (number, end) = if digits.is_empty() {
        let c = clause.get(from)?;
        let number =
            if *c == '两' { 2 } else { "一二三四五六七八九十".chars().position(|n| n == *c)? + 1 };
        (number, from + 1)
    } else {
        (digits.parse().ok()?, from + digits.len())
    };
    (1..=PLACE_MAX).contains(&number).then_some((number, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(clause: &str) -> Vec<(String, Place, bool)> {
        let chars: Vec<char> = clause.chars().collect();
        let name = |text: &str| text.contains('市');
        claims(&chars, &name).into_iter().map(|claim| (claim.who, claim.place, claim.top)).collect()
    }

    #[test]
    fn places_and_who_holds_them() {
        for (clause, expected) in [
            ("甲市安装率最高", vec![("甲市安装率", Place::First, true)]),
            ("最高的是甲市", vec![("的是甲市", Place::First, true)]),
            (
                "最高的甲市与最低的乙市",
                vec![("的甲市与", Place::First, true), ("的乙市", Place::First, false)],
            ),
            ("甲市最高、乙市最低", vec![("甲市", Place::First, true), ("、乙市", Place::First, false)]),
            ("甲市居全省前三位", vec![("甲市居全省", Place::Within(3), true)]),
            ("后2名为甲市、乙市", vec![("为甲市、乙市", Place::Within(2), false)]),
            ("甲市排名全省第二", vec![("甲市排名全省", Place::Exactly(2), true)]),
            ("甲市位列倒数第二位", vec![("甲市位列倒数", Place::Exactly(2), false)]),
            ("甲市前三季度、前3个月", vec![]),
            ("甲市第三中学由第三方值守", vec![]),
        ] {
            let expected: Vec<(String, Place, bool)> =
                expected.into_iter().map(|(who, place, top)| (who.to_owned(), place, top)).collect();
            assert_eq!(read(clause), expected, "{clause}");
        }
    }
}
