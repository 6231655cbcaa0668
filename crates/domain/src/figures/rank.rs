//! Places in a ranking by exact ratio.

use super::ratio::Ratio;

/// The place of each ratio, best first, in the order given: 1, 2, 2, 4. Equal exact ratios share a place, so that nobody is behind by
/// the order of a list; where there is no unit there is no place.
pub fn rank(ratios: &[Ratio]) -> Vec<Option<u32>> {
    let mut order: Vec<usize> = (0..ratios.len()).filter(|index| !ratios[*index].is_empty()).collect();
    order.sort_by(|a, b| ratios[*b].cmp_exact(ratios[*a]));
    let mut places = vec![None; ratios.len()];
    let mut place = 0;
    for (position, index) in order.iter().enumerate() {
        let tied = position > 0 && ratios[order[position - 1]].cmp_exact(ratios[*index]).is_eq();
        if !tied {
            place = position as u32 + 1;
        }
        places[*index] = Some(place);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ratios_share_a_place_and_the_absence_of_units_has_none() {
        let ratios = [(1, 7), (1, 1), (3, 21), (0, 0), (0, 4), (1, 2)].map(|(n, d)| Ratio::new(n, d));
        assert_eq!(rank(&ratios), [Some(3), Some(1), Some(3), None, Some(5), Some(2)]);
        assert!(rank(&[]).is_empty());
    }
}
