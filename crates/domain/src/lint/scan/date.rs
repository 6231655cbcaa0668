//! Days, months and years in digits, periods (`1至9月`) included.

/// A day, a month or a year as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date {
    /// Index of its first character.
    pub start: usize,
    /// Index behind its last character.
    pub end: usize,
    /// Four-digit year where printed.
    pub year: Option<i16>,
    /// Month where printed.
    pub month: Option<i8>,
    /// Day of the month where printed.
    pub day: Option<i8>,
}

/// A day, month or year at `index`, months of a period (`1至9月`) included.
pub(super) fn date_at(chars: &[char], index: usize) -> Option<Date> {
    if index > 0 && (chars[index - 1].is_ascii_digit() || chars[index - 1] == '.') {
        return None;
    }
    let small = |from: usize| -> Option<(i16, usize)> {
        let length = chars[from.min(chars.len())..].iter().take(5).take_while(|c| c.is_ascii_digit()).count();
        let value = chars[from..from + length].iter().collect::<String>().parse().ok()?;
        (length <= 4).then_some((value, from + length))
    };
    let at = |i: usize| chars.get(i).copied().unwrap_or(' ');
    let mut date = Date { start: index, end: index, year: None, month: None, day: None };
    let (mut value, mut next) = small(index)?;
    if at(next) == '年' && (1900..2200).contains(&value) {
        date.year = Some(value);
        date.end = next + 1;
        if "底末".contains(at(date.end)) {
            date.month = Some(12);
            date.end += 1;
            return Some(date);
        }
        match small(date.end) {
            Some(found) => (value, next) = found,
            None => return Some(date),
        }
    }
    let month_of_period =
        "至到—-".contains(at(next)) && small(next + 1).is_some_and(|(_, end)| at(end) == '月');
    if (1..=12).contains(&value) && (at(next) == '月' || month_of_period) {
        date.month = i8::try_from(value).ok();
        date.end = if month_of_period { next } else { next + 1 };
        if "底末初".contains(at(date.end)) || at(date.end) == '份' {
            date.end += 1;
            return Some(date);
        }
        if let Some((day, end)) =
            small(date.end).filter(|(day, end)| (1..=31).contains(day) && "日号".contains(at(*end)))
        {
            date.day = i8::try_from(day).ok();
            date.end = end + 1;
        }
        return Some(date);
    }
    if date.year.is_some() {
        return Some(date);
    }
    ((1..=31).contains(&value) && at(next) == '日').then(|| Date {
        day: i8::try_from(value).ok(),
        end: next + 1,
        ..date
    })
}
