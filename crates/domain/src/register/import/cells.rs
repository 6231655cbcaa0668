//! Reading single cells: words of a column, school codes, yes and no.

use super::{CELL_CHARS_MAX, Reason};
use crate::category::{CATEGORIES, Category};

/// Digits of a school code.
const SCHOOL_CODE_DIGITS: usize = 10;

/// Trimmed text of any cell, or what forbids it.
pub fn text(cell: &str) -> Result<&str, Reason> {
    if cell.chars().count() > CELL_CHARS_MAX {
        return Err(Reason::TooLong);
    }
    let cell = cell.trim();
    if cell.chars().any(char::is_control) { Err(Reason::BadCharacter) } else { Ok(cell) }
}

/// Category by Chinese name, synonym or word.
pub fn category(cell: &str) -> Result<Category, Reason> {
    Category::parse_zh(cell)
        .or_else(|| Category::parse(cell))
        .or_else(|| CATEGORIES.into_iter().find(|category| category.name_en().eq_ignore_ascii_case(cell)))
        .ok_or(Reason::UnknownCategory)
}

/// One of a closed list, by any of its three names.
pub fn word<T: Copy>(cell: &str, all: &[T], names: impl Fn(T) -> [&'static str; 3]) -> Result<T, Reason> {
    let found = all.iter().find(|value| names(**value).iter().any(|name| name.eq_ignore_ascii_case(cell)));
    found.copied().ok_or_else(|| {
        let allowed = all.iter().map(|value| names(*value)[0]).collect::<Vec<_>>().join("、");
        Reason::UnknownWord { allowed }
    })
}

/// Yes or no as sheets write it.
pub fn yes_or_no(cell: &str) -> Result<bool, Reason> {
    match cell.to_ascii_lowercase().as_str() {
        "是" | "寄宿" | "寄宿制" | "yes" | "y" | "true" | "1" => Ok(true),
        "否" | "非寄宿" | "走读" | "no" | "n" | "false" | "0" => Ok(false),
        _ => Err(Reason::UnknownWord { allowed: "是、否".to_owned() }),
    }
}

/// Ten digits; full-width digits are taken as digits.
pub fn school_code(cell: &str) -> Result<String, Reason> {
    let digit = |c: char| match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => None,
    };
    let code: Option<String> = cell.chars().map(digit).collect();
    code.filter(|code| code.len() == SCHOOL_CODE_DIGITS).ok_or(Reason::BadSchoolCode)
}
