//! Weight feasibility (rule L17): are there whole numbers of units with which every region prints its rate and the whole prints its own?
//!
//! For each region the pairs (part, size) that print as its rate are known; asked is whether one pair a region can be chosen so that the
//! parts add to the printed count and the sizes to a size of the whole. The search keeps, for every size reached so far, the set of
//! parts reached as bits: exact, and bounded by [`WORK_MAX`]. Before it, three proofs that need no search: the rate of the whole outside
//! all regions' rates, more units needed at least than there are, no size at all for one rate.

/// A rate as printed: its middle and half a unit of its last digit, in millionths of a per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The printed value × 1 000 000.
    pub micro_percent: i64,
    /// Half a unit of the last printed digit × 1 000 000.
    pub half_micro_percent: i64,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// There are such numbers.
    Feasible,
    /// There are none: a proof.
    Infeasible,
    /// Too large to search, and none of the simple proofs applies.
    Undecided,
}

impl Verdict {
    /// Word for reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Feasible => "feasible",
            Self::Infeasible => "infeasible",
            Self::Undecided => "undecided",
        }
    }
}

/// Word operations the search may take: about a fifth of a second of one core.
pub const WORK_MAX: u64 = 60_000_000;
/// Largest size of the whole that is searched.
pub const SIZE_MAX: u64 = 2_000;

const FULL: i128 = 100_000_000;

impl Rate {
    /// True where `part` of `size` prints as this rate.
    fn prints(self, part: u64, size: u64) -> bool {
        let exact = i128::from(part) * FULL;
        let printed = i128::from(self.micro_percent) * i128::from(size);
        (exact - printed).abs() <= i128::from(self.half_micro_percent) * i128::from(size)
    }

    /// Parts of a region of `size` units that print as this rate: at most a few, in a row.
    fn parts(self, size: u64) -> impl Iterator<Item = u64> {
        let low = (i128::from(self.micro_percent - self.half_micro_percent) * i128::from(size)).max(0) / FULL;
        let high = i128::from(self.micro_percent + self.half_micro_percent) * i128::from(size) / FULL;
        let (low, high) = (u64::try_from(low).unwrap_or(0), u64::try_from(high).unwrap_or(0).min(size));
        (low..=high).filter(move |part| self.prints(*part, size))
    }

    /// Smallest size with which the rate prints at all, up to `limit`.
    fn smallest_size(self, limit: u64) -> Option<u64> {
        (1..=limit).find(|size| self.parts(*size).next().is_some())
    }
}

/// Whether regions with these rates, each of at least one unit, can hold `part` of `whole` units, `whole` anything in the range given.
pub fn feasible(rates: &[Rate], part: u64, whole: (u64, u64)) -> Verdict {
    let (low, high) = whole;
    if rates.is_empty() || low > high || part > high {
        return Verdict::Infeasible;
    }
    let least = rates.iter().map(|rate| rate.micro_percent - rate.half_micro_percent).min().unwrap_or(0);
    let most = rates.iter().map(|rate| rate.micro_percent + rate.half_micro_percent).max().unwrap_or(0);
    let scaled = i128::from(part) * FULL;
    if scaled > i128::from(most) * i128::from(high) || scaled < i128::from(least) * i128::from(low) {
        return Verdict::Infeasible;
    }
    let limit = high.min(SIZE_MAX);
    let needed: Option<u64> = rates.iter().map(|rate| rate.smallest_size(limit)).sum();
    match needed {
        None if high <= SIZE_MAX => return Verdict::Infeasible,
        Some(units) if units > high => return Verdict::Infeasible,
        _ => {}
    }
    if high > SIZE_MAX { Verdict::Undecided } else { search(rates, part, (low, high)) }
}

/// The exact search over (size, part) reached by the regions so far.
fn search(rates: &[Rate], part: u64, (low, high): (u64, u64)) -> Verdict {
    let (sizes, words) = (high as usize + 1, part as usize / 64 + 1);
    let mut work = 0_u64;
    let mut reached = vec![0_u64; sizes * words];
    reached[0] = 1;
    for rate in rates {
        let mut next = vec![0_u64; sizes * words];
        for size in 1..sizes {
            for own in rate.parts(size as u64) {
                if own > part {
                    continue;
                }
                work += ((sizes - size) * words) as u64;
                if work > WORK_MAX {
                    return Verdict::Undecided;
                }
                for before in 0..sizes - size {
                    let from = before * words;
                    let to = (before + size) * words;
                    shift_or(&reached[from..from + words], &mut next[to..to + words], own as usize);
                }
            }
        }
        reached = next;
    }
    let hit =
        (low as usize..sizes).any(|size| reached[size * words + part as usize / 64] >> (part % 64) & 1 == 1);
    if hit { Verdict::Feasible } else { Verdict::Infeasible }
}

/// `into |= from << by`, dropping what falls off the end.
fn shift_or(from: &[u64], into: &mut [u64], by: usize) {
    let (words, bits) = (by / 64, by % 64);
    for (source, target) in into.iter_mut().skip(words).enumerate() {
        let mut value = from[source] << bits;
        if bits > 0 && source > 0 {
            value |= from[source - 1] >> (64 - bits);
        }
        *target |= value;
    }
}

/// With known sizes: the largest relative deviation, in per mille, that a rate computed from `part` of `size` has from the printed one.
/// Zero where it prints as printed.
pub fn deviation_permille(rate: Rate, part: u64, size: u64) -> Option<u64> {
    if size == 0 {
        return None;
    }
    if rate.prints(part, size) || rate.micro_percent == 0 {
        return Some(u64::from(!rate.prints(part, size)) * 1000);
    }
    let exact = i128::from(part) * FULL / i128::from(size);
    let difference = (exact - i128::from(rate.micro_percent)).abs();
    u64::try_from(difference * 1000 / i128::from(rate.micro_percent)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(tenths: i64) -> Rate {
        Rate { micro_percent: tenths * 100_000, half_micro_percent: 50_000 }
    }

    #[test]
    fn the_vocational_schools_of_the_notice_have_a_solution() {
        let rates: Vec<Rate> = [1000, 842, 667, 600, 571, 444, 438, 308, 143, 143, 0].map(rate).to_vec();
        assert_eq!(feasible(&rates, 82, (164, 164)), Verdict::Feasible);
    }

    #[test]
    fn too_few_units_for_the_rates_is_a_proof() {
        assert_eq!(feasible(&[rate(333), rate(667)], 2, (5, 5)), Verdict::Infeasible, "needs six units");
        assert_eq!(feasible(&[rate(333), rate(667)], 3, (6, 6)), Verdict::Feasible);
        assert_eq!(feasible(&[rate(500), rate(500)], 2, (5, 5)), Verdict::Infeasible);
        assert_eq!(feasible(&[rate(500), rate(500)], 2, (4, 5)), Verdict::Feasible);
    }

    #[test]
    fn a_total_outside_its_parts_is_a_proof_of_any_size() {
        assert_eq!(feasible(&[rate(900), rate(800)], 950_000, (1_000_000, 1_000_000)), Verdict::Infeasible);
        assert_eq!(feasible(&[rate(900), rate(800)], 850_000, (1_000_000, 1_000_000)), Verdict::Undecided);
    }

    #[test]
    fn known_sizes_show_how_far_a_rate_is_off() {
        assert_eq!(deviation_permille(rate(438), 7, 16), Some(0));
        assert_eq!(deviation_permille(rate(400), 1, 2), Some(250));
        assert_eq!(deviation_permille(rate(400), 1, 0), None);
    }
}
