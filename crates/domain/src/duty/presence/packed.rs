//! A day of verdicts as bytes, so that what the camera showed is kept and a ledger can be computed from it again.
//!
//! One number a run in 7-bit groups, as in the ledger itself: `(length − 1) · 8 + what was seen`, nought where nobody looked. A quiet day is
//! three bytes.

use super::Seen;
use crate::duty::ledger::encoding::{DecodeError, number_at, push_number};
use crate::duty::minutes::DAY_MINUTES;

/// The verdicts of a day; none where nobody looked.
pub type SeenDay = [Option<Seen>; DAY_MINUTES as usize];

/// A day that nobody looked at.
pub const UNSEEN: SeenDay = [None; DAY_MINUTES as usize];

/// The compact form of a day.
pub fn pack(seen: &SeenDay) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(16);
    let mut minute = 0;
    while minute < seen.len() {
        let length = seen[minute..].iter().take_while(|one| **one == seen[minute]).count();
        let code = seen[minute].map_or(0, |one| one as u32 + 1);
        push_number(&mut bytes, (length as u32 - 1) << 3 | code);
        minute += length;
    }
    bytes
}

/// Reads the compact form.
pub fn unpack(bytes: &[u8]) -> Result<SeenDay, DecodeError> {
    let (mut seen, mut place, mut filled) = (UNSEEN, 0, 0_usize);
    while place < bytes.len() {
        let (number, next) = number_at(bytes, place).ok_or(DecodeError::Number(place))?;
        let code = (number & 7) as u8;
        let one = match code {
            0 => None,
            code => Some(*Seen::ALL.get(usize::from(code) - 1).ok_or(DecodeError::State(place, code))?),
        };
        let until = filled + (number >> 3) as usize + 1;
        seen.get_mut(filled..until).ok_or(DecodeError::Minutes(until as u32))?.fill(one);
        (place, filled) = (next, until);
    }
    if filled == seen.len() { Ok(seen) } else { Err(DecodeError::Minutes(filled as u32)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_day_without_a_look_is_three_bytes_and_a_broken_one_is_refused() {
        assert!(pack(&UNSEEN).len() <= 3);
        assert_eq!(unpack(&pack(&UNSEEN)), Ok(UNSEEN));
        assert_eq!(unpack(&[]), Err(DecodeError::Minutes(0)));
        assert_eq!(unpack(&[0x80]), Err(DecodeError::Number(0)));
        assert_eq!(unpack(&[0xff, 0xff, 0x7f]), Err(DecodeError::Minutes(262_144)));
    }

    proptest! {
        #[test]
        fn what_was_packed_reads_back(runs in prop::collection::vec((1_usize..200, 0_usize..8), 0..40)) {
            let (mut seen, mut minute) = (UNSEEN, 0);
            for (length, what) in runs {
                let until = (minute + length).min(seen.len());
                seen[minute..until].fill(what.checked_sub(1).map(|place| Seen::ALL[place]));
                minute = until;
            }
            prop_assert_eq!(unpack(&pack(&seen)), Ok(seen));
        }

        #[test]
        fn any_bytes_are_a_day_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            if let Ok(seen) = unpack(&bytes) {
                prop_assert_eq!(unpack(&pack(&seen)), Ok(seen));
            }
        }
    }
}
