//! SSRCs, the numbers in `y=` that tell streams apart (9.2, annex C of 2016, annex G of 2022).
//!
//! Ten digits: 0 for live or 1 for history, digits 4 to 8 of the domain's server id, and four of our own. So a domain has 10,000 live
//! and 10,000 historical streams at a time and no more; a platform that needs more gives each media node its own domain. A number that
//! was given back is the last to be given out again, because devices go on sending to an old one for a while (WVP#159).

use std::collections::VecDeque;
use std::fmt;

use crate::id::GbId;

/// Numbers of each use in one domain: four digits.
pub const SSRCS_PER_USE: usize = 10_000;

/// Where the digits of the domain stand.
const DOMAIN_UNIT: u32 = 10_000;
/// Where the digit of the use stands.
const USE_UNIT: u32 = 1_000_000_000;

/// A number in RTP packets and in `y=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ssrc(pub u32);

impl Ssrc {
    /// Reads the value of `y=`. The standard writes ten digits; fewer are read as if zeros stood before them, as one peer leaves them out.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_number =
            !text.is_empty() && text.len() <= 10 && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number {
            return None;
        }
        text.parse().ok().map(Self)
    }

    /// The number of a use in the domain of a server; of `number` the last four digits count.
    pub fn compose(purpose: Purpose, server: GbId, number: u16) -> Self {
        let use_digit = if purpose == Purpose::Live { 0 } else { USE_UNIT };
        Self(use_digit + server.ssrc_domain() * DOMAIN_UNIT + u32::from(number) % DOMAIN_UNIT)
    }

    /// What the first digit says.
    pub fn purpose(self) -> Option<Purpose> {
        match self.0 / USE_UNIT {
            0 => Some(Purpose::Live),
            1 => Some(Purpose::History),
            _ => None,
        }
    }
}

impl fmt::Display for Ssrc {
    /// Ten digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}", self.0)
    }
}

/// What a stream shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// What happens now.
    Live,
    /// A recording: playback or download.
    History,
}

/// Why there is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SsrcError {
    /// All are in use.
    #[error("all {SSRCS_PER_USE} SSRCs for {purpose:?} streams of domain digits {domain:05} are in use")]
    Exhausted {
        /// For what.
        purpose: Purpose,
        /// In which domain.
        domain: u32,
    },
}

/// The numbers of one domain.
#[derive(Debug, Clone)]
pub struct SsrcPool {
    domain: u32,
    live: Numbers,
    history: Numbers,
}

impl SsrcPool {
    /// All numbers of a server's domain, none in use.
    pub fn new(server: GbId) -> Self {
        Self { domain: server.ssrc_domain(), live: Numbers::new(), history: Numbers::new() }
    }

    /// Gives out a number.
    pub fn allocate(&mut self, purpose: Purpose) -> Result<Ssrc, SsrcError> {
        let domain = self.domain;
        let number = self.numbers(purpose).take().ok_or(SsrcError::Exhausted { purpose, domain })?;
        let use_digit = if purpose == Purpose::Live { 0 } else { USE_UNIT };
        Ok(Ssrc(use_digit + domain * DOMAIN_UNIT + u32::from(number)))
    }

    /// Marks a number as in use: of a stream that lived before a restart. False when it is not of this domain or in use already.
    pub fn reserve(&mut self, ssrc: Ssrc) -> bool {
        self.place(ssrc).is_some_and(|(purpose, number)| self.numbers(purpose).reserve(number))
    }

    /// Takes a number back. False when it was not given out here; then nothing changes, so a device's own SSRC or a second
    /// release does no harm.
    pub fn release(&mut self, ssrc: Ssrc) -> bool {
        self.place(ssrc).is_some_and(|(purpose, number)| self.numbers(purpose).give_back(number))
    }

    /// How many are in use.
    pub fn in_use(&self, purpose: Purpose) -> usize {
        match purpose {
            Purpose::Live => self.live.in_use(),
            Purpose::History => self.history.in_use(),
        }
    }

    fn numbers(&mut self, purpose: Purpose) -> &mut Numbers {
        match purpose {
            Purpose::Live => &mut self.live,
            Purpose::History => &mut self.history,
        }
    }

    fn place(&self, ssrc: Ssrc) -> Option<(Purpose, u16)> {
        let purpose = ssrc.purpose()?;
        let is_ours = ssrc.0 % USE_UNIT / DOMAIN_UNIT == self.domain;
        is_ours.then_some((purpose, (ssrc.0 % DOMAIN_UNIT) as u16))
    }
}

/// The numbers 0 to 9999, the longest unused first.
#[derive(Debug, Clone)]
struct Numbers {
    free: VecDeque<u16>,
    is_taken: Vec<bool>,
}

impl Numbers {
    fn new() -> Self {
        // 0000 comes last: some receivers take an SSRC that ends in zeros, or is zero, for none (srs#1500).
        let free = (1..SSRCS_PER_USE as u16).chain(std::iter::once(0)).collect();
        Self { free, is_taken: vec![false; SSRCS_PER_USE] }
    }

    fn take(&mut self) -> Option<u16> {
        let number = self.free.pop_front()?;
        self.is_taken[usize::from(number)] = true;
        Some(number)
    }

    fn reserve(&mut self, number: u16) -> bool {
        let Some(at) = self.free.iter().position(|free| *free == number) else { return false };
        self.free.remove(at);
        self.is_taken[usize::from(number)] = true;
        true
    }

    fn give_back(&mut self, number: u16) -> bool {
        let was_taken = std::mem::replace(&mut self.is_taken[usize::from(number)], false);
        if was_taken {
            self.free.push_back(number);
        }
        was_taken
    }

    fn in_use(&self) -> usize {
        SSRCS_PER_USE - self.free.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool() -> SsrcPool {
        SsrcPool::new(GbId::parse("34020000002000000001").unwrap())
    }

    #[test]
    fn a_number_says_its_use_and_its_domain() {
        let mut pool = SsrcPool::new(GbId::parse("36010201112000000001").unwrap());
        assert_eq!(pool.allocate(Purpose::Live).unwrap().to_string(), "0102010001");
        assert_eq!(pool.allocate(Purpose::History).unwrap().to_string(), "1102010001");
    }

    #[test]
    fn ten_thousand_are_given_out_once_each_and_then_it_is_an_error() {
        let mut pool = pool();
        let mut given: Vec<_> = (0..SSRCS_PER_USE).map(|_| pool.allocate(Purpose::Live).unwrap()).collect();
        given.sort();
        given.dedup();
        assert_eq!(given.len(), SSRCS_PER_USE);
        assert_eq!(
            pool.allocate(Purpose::Live),
            Err(SsrcError::Exhausted { purpose: Purpose::Live, domain: 20_000 })
        );
        assert!(pool.allocate(Purpose::History).is_ok());
    }

    #[test]
    fn a_number_given_back_is_given_out_last() {
        let mut pool = pool();
        let first = pool.allocate(Purpose::Live).unwrap();
        assert!(pool.release(first));
        let next: Vec<_> = (0..SSRCS_PER_USE).map(|_| pool.allocate(Purpose::Live).unwrap()).collect();
        assert_eq!(next.iter().position(|ssrc| *ssrc == first), Some(SSRCS_PER_USE - 1));
    }

    #[test]
    fn giving_back_twice_or_what_is_not_ours_changes_nothing() {
        let mut pool = pool();
        let given = pool.allocate(Purpose::Live).unwrap();
        assert!(pool.release(given));
        assert!(!pool.release(given));
        assert!(!pool.release(Ssrc(0)));
        assert!(!pool.release(Ssrc(u32::MAX)));
        assert_eq!(pool.in_use(Purpose::Live), 0);
    }

    #[test]
    fn a_number_from_before_a_restart_is_not_given_out_again() {
        let mut pool = pool();
        let old = Ssrc::parse("0200000001").unwrap();
        assert!(pool.reserve(old));
        assert!(!pool.reserve(old));
        assert_ne!(pool.allocate(Purpose::Live).unwrap(), old);
    }

    #[test]
    fn a_number_without_its_leading_zeros_is_the_same_number() {
        assert_eq!(Ssrc::parse("200000001"), Ssrc::parse("0200000001"));
        assert_eq!(Ssrc::parse("34020000001320000001"), None);
        assert_eq!(Ssrc::parse("9999999999"), None);
        assert_eq!(Ssrc::parse("y"), None);
    }
}
