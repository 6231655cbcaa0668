//! Answers that no person gives: too fast, too even, or round the clock.
//!
//! To answer, a person notices a screen, reads four digits and types them. That takes seconds and never twice the same. A program waits for
//! a fixed time, or a little more, and does not sleep.

use jiff::Timestamp;

use super::{Evidence, Suspicion, Trick, beyond, found};
use crate::recording::Span;

/// Fewer answers say nothing about how they are spread.
pub const ANSWERS_MIN: usize = 20;
/// A median below this is too fast, milliseconds. Seeing a sign and pressing one key takes a practised person 250 to 400 ms; reading and typing
/// four digits takes 1.5 to 3 s. A proposal.
pub const MEDIAN_MS_MIN: u64 = 1000;
/// The middle half within less than this part of the median is too even: one in so many. People's middle half is a quarter of their median
/// and more. A proposal.
pub const EVENNESS_ONE_IN: u64 = 20;
/// A pause as long as this is a rest, minutes.
pub const REST_MINUTES: i64 = 240;
/// Answering for so long without a rest is no person, minutes: two shifts and the way home.
pub const AWAKE_MINUTES_MAX: u64 = 18 * 60;
/// Most answers looked at, the last ones.
pub const ANSWERS_MAX: usize = 500;

/// An answer of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    /// When it was received.
    pub at: Timestamp,
    /// Milliseconds from the question to the receipt.
    pub after_ms: u32,
}

/// Whether one person's answers, in any order, look like those of a program.
pub fn auto_answer(answers: &[Answer]) -> Option<Suspicion> {
    let mut answers = answers.to_vec();
    answers.sort_unstable();
    let answers = &answers[answers.len().saturating_sub(ANSWERS_MAX)..];
    let (first, last) = (answers.first()?.at, answers.last()?.at);
    let mut numbers = Vec::new();
    if answers.len() >= ANSWERS_MIN {
        let mut times: Vec<u64> = answers.iter().map(|answer| u64::from(answer.after_ms)).collect();
        times.sort_unstable();
        let at = |quarter: usize| times[(times.len() - 1) * quarter / 4];
        let (median, middle_half) = (at(2), at(3) - at(1));
        if median < MEDIAN_MS_MIN {
            numbers.push(beyond(Evidence::MedianMs, median, MEDIAN_MS_MIN));
        }
        let even_below = median / EVENNESS_ONE_IN;
        if middle_half < even_below {
            numbers.push(beyond(Evidence::MiddleHalfMs, middle_half, even_below));
        }
    }
    let awake = longest_awake_minutes(answers);
    if awake > AWAKE_MINUTES_MAX {
        numbers.push(beyond(Evidence::AwakeMinutes, awake, AWAKE_MINUTES_MAX));
    }
    if numbers.is_empty() {
        return None;
    }
    numbers.insert(0, found(Evidence::Answers, answers.len() as u64));
    Some(Suspicion { trick: Trick::AutoAnswer, span: Span::new(first, last), numbers })
}

/// The longest time of answers without a rest between them. A row needs an answer at least every [`REST_MINUTES`], so roll-calls that are
/// rarer than that prove nothing here.
fn longest_awake_minutes(answers: &[Answer]) -> u64 {
    let minutes = |from: Timestamp, to: Timestamp| to.duration_since(from).as_secs() / 60;
    let (mut longest, mut since) = (0, answers.first().map(|answer| answer.at));
    for pair in answers.windows(2) {
        if minutes(pair[0].at, pair[1].at) >= REST_MINUTES {
            since = Some(pair[1].at);
        }
        longest = longest.max(since.map_or(0, |since| minutes(since, pair[1].at)));
    }
    longest.max(0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(count: usize, apart_minutes: i64, after_ms: impl Fn(usize) -> u32) -> Vec<Answer> {
        let at = |n: usize| Timestamp::from_second(1_796_000_000 + n as i64 * apart_minutes * 60).unwrap();
        (0..count).map(|n| Answer { at: at(n), after_ms: after_ms(n) }).collect()
    }

    fn reasons(answers: &[Answer]) -> Vec<Evidence> {
        auto_answer(answers)
            .map(|one| one.numbers.iter().map(|number| number.evidence).collect())
            .unwrap_or_default()
    }

    #[test]
    fn too_fast_too_even_or_never_resting_is_suspected_and_a_slow_person_is_not() {
        use Evidence as E;
        let human = |n: usize| 2_000 + (n as u32 * 7_919) % 9_000;
        for (answers, expected) in [
            (answers(0, 300, human), vec![]),
            (answers(19, 300, |_| 100), vec![]),
            (answers(20, 300, |n| 100 + n as u32 * 20), vec![E::Answers, E::MedianMs]),
            (answers(20, 300, |n| 3_000 + n as u32 % 5), vec![E::Answers, E::MiddleHalfMs]),
            (answers(20, 300, |n| 3_000 + n as u32 * 30), vec![]),
            (answers(40, 300, human), vec![]),
            // Every 200 minutes for a day and more.
            (answers(10, 200, human), vec![E::Answers, E::AwakeMinutes]),
            (answers(6, 200, human), vec![]),
        ] {
            assert_eq!(reasons(&answers), expected, "{} answers", answers.len());
        }
        let (mut shuffled, sorted) = (answers(20, 300, |_| 3_000), answers(20, 300, |_| 3_000));
        shuffled.reverse();
        assert_eq!(auto_answer(&shuffled), auto_answer(&sorted));
        let numbers = auto_answer(&sorted).unwrap().numbers;
        assert_eq!((numbers[1].found, numbers[1].limit), (0, Some(150)));
    }
}
