//! How far an AUC may lie from the true one: groups of pictures – scenes, cameras – are drawn again and again with replacement. Pictures of one
//! scene are not independent, so drawing pictures would promise too much. The same input gives the same interval: the draws have a fixed seed.

use domain::interval::Interval;

/// Times that the groups are drawn.
const DRAWS: usize = 1000;
/// Draws cut off at either end: 95 % stay.
const CUT: usize = DRAWS / 40;
/// With fewer groups nothing is said.
const GROUPS_MIN: usize = 5;
const SEED: u64 = 0x5eed_0f0b_5e7e_d0e5;

/// A scored picture: its score, whether it shows the kind, and the number of its group.
pub(super) type Scored = (f32, bool, usize);

/// The 95 % interval of the AUC; none with too few groups, or where most draws lack pictures of one side.
pub(super) fn auc_interval(pictures: &[Scored], groups: usize) -> Option<Interval> {
    if groups < GROUPS_MIN {
        return None;
    }
    let mut sorted = pictures.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut random = Random(SEED);
    let mut drawn = Vec::with_capacity(DRAWS);
    for _ in 0..DRAWS {
        let mut weights = vec![0_u32; groups];
        for _ in 0..groups {
            weights[random.below(groups)] += 1;
        }
        drawn.extend(weighted_auc(&sorted, &weights));
    }
    if drawn.len() < DRAWS {
        return None;
    }
    drawn.sort_by(f64::total_cmp);
    Some(Interval { low: drawn[CUT], high: drawn[DRAWS - 1 - CUT] })
}

/// AUC where each picture counts as often as its group was drawn; pictures by rising score, ties half. None without both sides.
fn weighted_auc(sorted: &[Scored], weights: &[u32]) -> Option<f64> {
    let (mut won, mut below, mut positive) = (0.0, 0.0, 0.0);
    for tied in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let side = |shown: bool| -> f64 {
            let of_side = tied.iter().filter(|(_, is_shown, _)| *is_shown == shown);
            of_side.map(|(_, _, group)| f64::from(weights[*group])).sum()
        };
        let (here, there) = (side(true), side(false));
        won += here * (below + there / 2.0);
        below += there;
        positive += here;
    }
    (positive > 0.0 && below > 0.0).then(|| won / (positive * below))
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and good enough to draw lots.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pictures whose scores overlap by a little, `each` of a group.
    fn pictures(groups: usize, each: usize) -> Vec<Scored> {
        let score = |group: usize, shown: bool| group as f32 / groups as f32 * 0.8 + f32::from(shown) * 0.3;
        let both = |group| [(score(group, true), true, group), (score(group, false), false, group)];
        (0..groups).flat_map(|group| (0..each).flat_map(move |_| both(group))).collect()
    }

    #[test]
    fn an_interval_holds_the_auc_and_is_the_same_every_time() {
        let pictures = pictures(40, 1);
        let found = auc_interval(&pictures, 40).unwrap();
        let mut sorted = pictures.clone();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let auc = weighted_auc(&sorted, &[1; 40]).unwrap();
        assert!(found.low < auc && auc < found.high && found.low > 0.5, "{found:?} {auc}");
        assert_eq!(auc_interval(&pictures, 40), Some(found));
        // Ten pictures of each scene say no more than one.
        let many = auc_interval(&self::pictures(40, 10), 40).unwrap();
        assert!((many.low - found.low).abs() < 1e-9 && (many.high - found.high).abs() < 1e-9);
        // More scenes do.
        let wide = auc_interval(&self::pictures(8, 1), 8).unwrap();
        assert!(wide.high - wide.low > found.high - found.low);
    }

    #[test]
    fn too_few_groups_say_nothing_and_ties_count_half() {
        assert_eq!(auc_interval(&pictures(4, 9), 4), None);
        assert_eq!(weighted_auc(&[(0.5, true, 0), (0.5, false, 1)], &[1, 1]), Some(0.5));
        assert_eq!(weighted_auc(&[(0.1, false, 0), (0.5, true, 1)], &[2, 1]), Some(1.0));
        assert_eq!(weighted_auc(&[(0.5, true, 0), (0.5, false, 1)], &[1, 0]), None);
    }
}
