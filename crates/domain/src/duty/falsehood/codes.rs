//! The code on the seat's screen, as a room's camera saw it over many roll-calls: answers that come while the camera no longer sees any code, and codes
//! that were shown earlier.
//!
//! A single code that is not read accuses nobody: screens reflect, people stand in the way. A camera that has read the room's code before and
//! then reads none in a whole row of calls shows a room in which the seat's screen is not – or a camera that was turned away, which its own
//! alarm says.

use jiff::Timestamp;

use super::{Evidence, Suspicion, Trick, beyond};
use crate::duty::roll_call::code::CodeVerdict;
use crate::recording::Span;

/// So many answered calls in a row without the code, after it had been seen. A camera that reads two codes of three fails so often in a row by
/// chance once in 6 500. A proposal.
pub const UNSEEN_MIN: u64 = 8;
/// So many old or wrong codes in a row of calls are no reflection. A proposal.
pub const OLD_MIN: u64 = 2;

/// An answered roll-call whose room was being filmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilmedAnswer {
    /// When it was answered.
    pub at: Timestamp,
    /// What the camera saw of the code; none where it saw no card.
    pub verdict: Option<CodeVerdict>,
}

/// What the codes of a room's answered calls, in order of time, make one suspect.
pub fn unseen_codes(answers: &[FilmedAnswer]) -> Vec<Suspicion> {
    use CodeVerdict as V;
    let is_seen = |one: &FilmedAnswer| matches!(one.verdict, Some(V::Seen | V::SeenLate));
    let Some(last_seen) = answers.iter().rposition(is_seen) else { return Vec::new() };
    let since = &answers[last_seen + 1..];
    let mut found = Vec::new();
    let mut suspect = |trick, evidence, count: u64, limit: u64| {
        if count >= limit {
            let span = Span::new(since[0].at, since[since.len() - 1].at);
            found.push(Suspicion { trick, span, numbers: vec![beyond(evidence, count, limit)] });
        }
    };
    let old = since.iter().filter(|one| matches!(one.verdict, Some(V::Old | V::Wrong))).count() as u64;
    suspect(Trick::Replay, Evidence::OldCodes, old, OLD_MIN);
    suspect(Trick::AutoAnswer, Evidence::UnseenCodes, since.len() as u64 - old, UNSEEN_MIN);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use CodeVerdict as V;

    #[test]
    fn a_row_of_calls_without_the_code_is_suspected_once_it_had_been_seen() {
        let none = |count: usize| vec![None; count];
        let seen = vec![Some(V::Seen)];
        for (verdicts, expected) in [
            (vec![], vec![]),
            (none(40), vec![]),
            ([seen.clone(), none(7)].concat(), vec![]),
            ([seen.clone(), none(8)].concat(), vec![(Trick::AutoAnswer, 8)]),
            ([seen.clone(), vec![Some(V::Unreadable); 9]].concat(), vec![(Trick::AutoAnswer, 9)]),
            ([seen.clone(), none(7), vec![Some(V::SeenLate)], none(7)].concat(), vec![]),
            ([seen.clone(), vec![Some(V::Old)]].concat(), vec![]),
            ([seen.clone(), vec![Some(V::Old), Some(V::Wrong)]].concat(), vec![(Trick::Replay, 2)]),
            (
                [seen, vec![Some(V::Old); 2], none(8)].concat(),
                vec![(Trick::Replay, 2), (Trick::AutoAnswer, 8)],
            ),
        ] {
            let answer = |(n, verdict): (usize, &Option<CodeVerdict>)| FilmedAnswer {
                at: Timestamp::from_second(1_796_000_000 + n as i64 * 3600).unwrap(),
                verdict: *verdict,
            };
            let answers: Vec<_> = verdicts.iter().enumerate().map(answer).collect();
            let found: Vec<_> =
                unseen_codes(&answers).iter().map(|one| (one.trick, one.numbers[0].found)).collect();
            assert_eq!(found, expected, "{verdicts:?}");
        }
    }
}
