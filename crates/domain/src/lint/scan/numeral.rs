//! Numerals: digits with thousands separators and decimals, and numbers spelled in Chinese.

use crate::lint::number::{DECIMALS_MAX, Decimal, MICRO};

/// Digits of a whole number at most; longer runs are telephone numbers, codes or noise.
const DIGITS_MAX: usize = 12;

/// A decimal number with thousands separators; `None` where it is too long or has too many decimals.
pub(super) fn decimal_at(chars: &[char], index: usize) -> Option<(Decimal, usize)> {
    let mut end = index;
    let mut whole: i64 = 0;
    let mut length = 0;
    while let Some(&c) = chars.get(end) {
        if let Some(digit) = c.to_digit(10) {
            length += 1;
            if length > DIGITS_MAX {
                return None;
            }
            whole = whole * 10 + i64::from(digit);
            end += 1;
        } else if c == ',' && length <= 9 && group_of_three(&chars[end + 1..]) {
            end += 1;
        } else {
            break;
        }
    }
    let mut micro = whole.checked_mul(MICRO)?;
    let mut decimals = 0;
    if chars.get(end) == Some(&'.') && chars.get(end + 1).is_some_and(char::is_ascii_digit) {
        let mut unit = MICRO / 10;
        let mut at = end + 1;
        while let Some(digit) = chars.get(at).and_then(|c| c.to_digit(10)) {
            if decimals == DECIMALS_MAX {
                return None;
            }
            micro = micro.checked_add(i64::from(digit) * unit)?;
            unit /= 10;
            decimals += 1;
            at += 1;
        }
        end = at;
    }
    (end > index).then_some((Decimal { micro, decimals }, end))
}

fn group_of_three(rest: &[char]) -> bool {
    rest.len() >= 3
        && rest[..3].iter().all(char::is_ascii_digit)
        && !rest.get(3).is_some_and(char::is_ascii_digit)
}

/// Value of one Chinese digit.
pub(super) fn cn_digit(c: char) -> Option<i64> {
    "零一二三四五六七八九".chars().position(|d| d == c || (c == '〇' && d == '零')).map(|v| v as i64)
}

/// A number in Chinese numerals below 10 000, with 点 before decimals.
pub(super) fn spelled_number(chars: &[char]) -> Option<(Decimal, usize)> {
    let (mut total, mut current, mut length, mut seen) = (0_i64, 0_i64, 0, false);
    for &c in chars.iter().take(12) {
        if let Some(digit) = cn_digit(c).or((c == '两').then_some(2)) {
            current = digit;
        } else if let Some(unit) = match c {
            '十' => Some(10),
            '百' => Some(100),
            '千' => Some(1000),
            _ => None,
        } {
            total += if current == 0 { unit } else { current * unit };
            current = 0;
        } else {
            break;
        }
        seen = true;
        length += 1;
    }
    if !seen {
        return None;
    }
    let mut value = Decimal::whole(total + current);
    if chars.get(length) == Some(&'点') {
        let mut unit = MICRO / 10;
        let decimals = chars[length + 1..]
            .iter()
            .take(usize::from(DECIMALS_MAX))
            .map_while(|c| cn_digit(*c))
            .collect::<Vec<_>>();
        for digit in &decimals {
            value.micro += digit * unit;
            unit /= 10;
        }
        if !decimals.is_empty() {
            value.decimals = decimals.len() as u8;
            length += 1 + decimals.len();
        }
    }
    Some((value, length))
}
