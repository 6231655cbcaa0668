//! Who is first, who is last, who is at 0, who is below a limit (T7, T10; R36, R42): complete lists or nothing.

use crate::figures::{Place, Ratio, TableRow};
use crate::register::counts::OUTSIDE_CITIES;

/// One region of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    pub name: &'a str,
    pub place: Place,
    pub ratio: Ratio,
}

/// The regions that have such units, best first; units outside the cities are the last entry whatever their rate.
pub fn entries(row: &TableRow) -> Vec<Entry<'_>> {
    let cities = row.ranked().into_iter().map(|city| Entry {
        name: &city.name,
        place: Place::City(city.region_id),
        ratio: city.ratio,
    });
    let outside = Entry { name: OUTSIDE_CITIES, place: Place::OutsideCities, ratio: row.outside_cities };
    cities.chain((!outside.ratio.is_empty()).then_some(outside)).collect()
}

/// Everybody at exactly 0.
pub fn zero<'a>(entries: &[Entry<'a>]) -> Vec<Entry<'a>> {
    entries.iter().filter(|entry| entry.ratio.numerator == 0).copied().collect()
}

/// Everybody who shares the lowest rate, unless that is 0 (said otherwise) or all are equal.
pub fn lowest<'a>(entries: &[Entry<'a>]) -> Vec<Entry<'a>> {
    let last = entries.iter().min_by(|a, b| a.ratio.cmp_exact(b.ratio));
    last.filter(|last| last.ratio.numerator > 0).map_or(Vec::new(), |last| sharing(entries, last))
}

/// Everybody who shares the highest rate, unless all are equal.
pub fn highest<'a>(entries: &[Entry<'a>]) -> Vec<Entry<'a>> {
    let first = entries.iter().max_by(|a, b| a.ratio.cmp_exact(b.ratio));
    first.map_or(Vec::new(), |first| sharing(entries, first))
}

/// Everybody strictly below a limit, in the order of the entries.
pub fn below<'a>(entries: &[Entry<'a>], limit: Ratio) -> Vec<Entry<'a>> {
    entries.iter().filter(|entry| entry.ratio.cmp_exact(limit).is_lt()).copied().collect()
}

fn sharing<'a>(entries: &[Entry<'a>], one: &Entry<'a>) -> Vec<Entry<'a>> {
    let same: Vec<_> =
        entries.iter().filter(|entry| entry.ratio.cmp_exact(one.ratio).is_eq()).copied().collect();
    if same.len() == entries.len() { Vec::new() } else { same }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(ratios: &[(u64, u64)]) -> Vec<Entry<'static>> {
        let entry =
            |(n, d): &(u64, u64)| Entry { name: "某市", place: Place::Province, ratio: Ratio::new(*n, *d) };
        ratios.iter().map(entry).collect()
    }

    #[test]
    fn those_who_share_a_place_are_all_named_and_equality_of_all_is_no_place() {
        assert_eq!(lowest(&row(&[(3, 4), (1, 7), (3, 21)])).len(), 2);
        assert_eq!(lowest(&row(&[(1, 2), (2, 4)])), []);
        assert_eq!(lowest(&row(&[(1, 2)])), [], "alone is neither first nor last");
        assert_eq!(highest(&row(&[(1, 2)])), []);
        assert_eq!(highest(&row(&[(4, 4), (1, 1), (1, 2)])).len(), 2);
        assert_eq!(lowest(&row(&[(1, 2), (0, 4)])), [], "0 has a sentence of its own");
        assert_eq!(zero(&row(&[(0, 4), (0, 1), (1, 2)])).len(), 2);
        assert_eq!(
            below(&row(&[(1, 5), (199, 1000)]), Ratio::new(20, 100)).len(),
            1,
            "20 % is not below 20 %"
        );
    }
}
