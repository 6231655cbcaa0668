//! A ladder as somebody writes it down: one line a rung, for example `county 5m ack x3/10m`.
//!
//! That reads: five minutes after the clock began the county is told and owes an acknowledgement; until it comes the county is told
//! again every ten minutes, three times in all. `unit 2h in_hours` is told two hours after the clock began, and where that is in
//! the night or on a holiday, when working hours begin again; `out_of_hours` is the other half.

use std::fmt;
use std::str::FromStr;

use jiff::SignedDuration;
use thiserror::Error;

use super::{Rung, has_ladder};
use crate::alarm::clock::{CLOCKS, Clock};
use crate::alarm::code::{LEVELS, Level};
use crate::calendar::Applies;

/// Longest time to a rung, and between two tellings: who is told later than this is told by a bulletin.
const AFTER_MAX_S: i64 = 60 * 86_400;
/// Most tellings of one rung: a loop needs an end.
const ROUNDS_MAX: u32 = 20;

/// When one rung is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RungPlan {
    /// Who.
    pub rung: Rung,
    /// How long after the clock began.
    pub after: SignedDuration,
    /// True where an acknowledgement is owed.
    pub owes_receipt: bool,
    /// Times it is told at most, from 1.
    pub rounds: u32,
    /// Between two tellings; zero where there is one.
    pub every: SignedDuration,
    /// In which hours it is told.
    pub applies: Applies,
}

/// A ladder: rungs from the bottom up, each later than the one below or at the same time. Empty: nobody is told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ladder {
    rungs: Vec<RungPlan>,
}

/// The ladder of every level and clock that has a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladders {
    /// By level, then by clock, in the order of [`LEVELS`] and [`CLOCKS`].
    ladders: [[Ladder; 4]; 4],
}

/// What is wrong with a ladder.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LadderError {
    /// The first word is no rung.
    #[error(
        "`{0}` does not begin with duty_guard, shift_leader, organisation, unit, county, city or province"
    )]
    Rung(String),
    /// The second word is no time.
    #[error("`{0}`: the rung is followed by a time such as 90s, 15m, 2h or 3d, at most 60d")]
    After(String),
    /// A word that is neither `ack` nor repeats.
    #[error(
        "`{line}`: `{word}` is neither ack nor repeats such as x3/10m (2 to 20 times) nor in_hours nor out_of_hours"
    )]
    Word {
        /// The whole line.
        line: String,
        /// What was not understood.
        word: String,
    },
    /// Both halves of the day are all of it.
    #[error("`{0}`: in_hours and out_of_hours together are always; write neither")]
    BothHours(String),
    /// Fire waits for no office to open.
    #[error(
        "`{0}`: a rung of level 1 is told by day and by night, on working days and holidays; write neither in_hours nor out_of_hours"
    )]
    LevelOneHours(String),
    /// Rungs stand out of order.
    #[error(
        "`{0}` stands below a rung that comes before it, or is told earlier; write rungs from the bottom up"
    )]
    Order(String),
    /// The level has no such clock.
    #[error("alarms of level {} have no limit for this step ({})", u8::from(*.0), .1.as_str())]
    NoClock(Level, Clock),
}

impl Ladder {
    /// Reads a ladder from its lines.
    pub fn parse<L: AsRef<str>>(lines: &[L]) -> Result<Self, LadderError> {
        let mut rungs: Vec<RungPlan> = Vec::with_capacity(lines.len());
        for line in lines {
            let plan: RungPlan = line.as_ref().parse()?;
            let in_order =
                rungs.last().is_none_or(|below| plan.rung > below.rung && plan.after >= below.after);
            if !in_order {
                return Err(LadderError::Order(line.as_ref().to_owned()));
            }
            rungs.push(plan);
        }
        Ok(Self { rungs })
    }

    /// Rungs from the bottom up.
    pub fn rungs(&self) -> &[RungPlan] {
        &self.rungs
    }
}

impl FromStr for RungPlan {
    type Err = LadderError;

    fn from_str(line: &str) -> Result<Self, LadderError> {
        let mut words = line.split_whitespace();
        let rung = words.next().and_then(Rung::parse).ok_or_else(|| LadderError::Rung(line.to_owned()))?;
        let after = words.next().and_then(duration).ok_or_else(|| LadderError::After(line.to_owned()))?;
        let mut plan = Self {
            rung,
            after,
            owes_receipt: false,
            rounds: 1,
            every: SignedDuration::ZERO,
            applies: Applies::Always,
        };
        for word in words {
            if word == "ack" {
                plan.owes_receipt = true;
            } else if let Some((rounds, every)) = repeats(word) {
                (plan.rounds, plan.every) = (rounds, every);
            } else if let Some(applies) = Applies::parse(word).filter(|applies| *applies != Applies::Always) {
                if plan.applies != Applies::Always && plan.applies != applies {
                    return Err(LadderError::BothHours(line.to_owned()));
                }
                plan.applies = applies;
            } else {
                return Err(LadderError::Word { line: line.to_owned(), word: word.to_owned() });
            }
        }
        Ok(plan)
    }
}

impl fmt::Display for RungPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.rung.as_str(), short(self.after))?;
        if self.owes_receipt {
            f.write_str(" ack")?;
        }
        if self.rounds > 1 {
            write!(f, " x{}/{}", self.rounds, short(self.every))?;
        }
        if self.applies != Applies::Always {
            write!(f, " {}", self.applies.as_str())?;
        }
        Ok(())
    }
}

fn repeats(word: &str) -> Option<(u32, SignedDuration)> {
    let (rounds, every) = word.strip_prefix('x')?.split_once('/')?;
    let rounds: u32 = rounds.parse().ok().filter(|rounds| (2..=ROUNDS_MAX).contains(rounds))?;
    let every = duration(every).filter(SignedDuration::is_positive)?;
    Some((rounds, every))
}

/// `90s`, `15m`, `2h`, `3d`.
pub(crate) fn duration(word: &str) -> Option<SignedDuration> {
    let unit = word.chars().last()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return None,
    };
    let number = &word[..word.len() - 1];
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let total = number.parse::<i64>().ok().filter(|_| is_number)?.checked_mul(seconds)?;
    (total <= AFTER_MAX_S).then(|| SignedDuration::from_secs(total))
}

fn short(span: SignedDuration) -> String {
    let s = span.as_secs();
    match s {
        0 => "0s".to_owned(),
        s if s % 86_400 == 0 => format!("{}d", s / 86_400),
        s if s % 3600 == 0 => format!("{}h", s / 3600),
        s if s % 60 == 0 => format!("{}m", s / 60),
        s => format!("{s}s"),
    }
}

impl Ladders {
    /// No ladder at all.
    pub fn none() -> Self {
        Self { ladders: Default::default() }
    }

    /// The ladder of a level while a clock runs.
    pub fn of(&self, level: Level, clock: Clock) -> &Ladder {
        &self.ladders[index(level)][clock as usize]
    }

    /// Replaces one. Refused where the level has no such clock.
    pub fn set(&mut self, level: Level, clock: Clock, ladder: Ladder) -> Result<(), LadderError> {
        if !has_ladder(clock, level) && !ladder.rungs.is_empty() {
            return Err(LadderError::NoClock(level, clock));
        }
        if level == Level::One
            && let Some(plan) = ladder.rungs.iter().find(|plan| plan.applies != Applies::Always)
        {
            return Err(LadderError::LevelOneHours(plan.to_string()));
        }
        self.ladders[index(level)][clock as usize] = ladder;
        Ok(())
    }

    /// The lines of a default ladder: what practice of monitoring stations and the limits of the levels give (60 s, 2 min and 5 min
    /// for fire as the urgent case), carried on upwards.
    pub fn default_lines(level: Level, clock: Clock) -> &'static [&'static str] {
        use Clock as C;
        use Level as L;
        match (level, clock) {
            (L::One, C::Take) => &[
                "duty_guard 0s x2/60s",
                "shift_leader 60s",
                "unit 2m x2/60s",
                "county 5m ack x3/5m",
                "city 15m ack x3/15m",
                "province 30m ack x3/30m",
            ],
            (L::One, C::Verify) => &["unit 60s", "county 5m ack", "city 15m ack", "province 30m ack"],
            (L::One, C::Arrive) => &["unit 0s", "county 3m ack", "city 15m ack", "province 30m ack"],
            (L::Two, C::Take) => &[
                "duty_guard 0s x2/5m",
                "shift_leader 5m",
                "unit 15m",
                "county 1h ack x2/1h",
                "city 4h ack",
                "province 24h ack",
            ],
            (L::Two, C::Verify) => &["unit 5m", "county 1h ack", "city 4h ack"],
            (L::Two, C::Arrive) => &["unit 10m", "county 1h ack", "city 4h ack"],
            (L::Two, C::Handle) => &["unit 30m", "county 2h ack", "city 24h ack", "province 72h ack"],
            (L::Three, C::Take) => &["duty_guard 0s", "unit 2h", "county 24h ack", "city 7d ack"],
            (L::Three, C::Verify) => &["unit 2h", "county 24h ack"],
            (L::Three, C::Handle) => &["unit 24h", "county 72h ack", "city 14d ack"],
            (L::Four, C::Take) => &["duty_guard 0s", "unit 8h"],
            (L::Four, C::Handle) => &["unit 72h"],
            (L::One, C::Handle) | (L::Three, C::Arrive) | (L::Four, C::Verify | C::Arrive) => &[],
        }
    }
}

impl Default for Ladders {
    fn default() -> Self {
        let mut ladders = Self::none();
        for level in LEVELS {
            for clock in CLOCKS {
                ladders.ladders[index(level)][clock as usize] =
                    Ladder::parse(Self::default_lines(level, clock))
                        .expect("a test reads every default ladder");
            }
        }
        ladders
    }
}

fn index(level: Level) -> usize {
    usize::from(u8::from(level)) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_ladder_reads_and_stands_where_there_is_a_limit() {
        let ladders = Ladders::default();
        for level in LEVELS {
            for clock in CLOCKS {
                let lines = Ladders::default_lines(level, clock);
                assert_eq!(!lines.is_empty(), has_ladder(clock, level), "{level:?} {clock:?}");
                let read: Vec<String> =
                    ladders.of(level, clock).rungs().iter().map(ToString::to_string).collect();
                let written: Vec<String> =
                    lines.iter().map(|line| line.parse::<RungPlan>().unwrap().to_string()).collect();
                assert_eq!(read, written);
            }
        }
        assert_eq!(
            "county 300s ack x3/600s".parse::<RungPlan>().unwrap().to_string(),
            "county 5m ack x3/10m"
        );
        assert_eq!("unit 2h in_hours ack".parse::<RungPlan>().unwrap().to_string(), "unit 2h ack in_hours");
    }

    #[test]
    fn a_ladder_of_level_one_knows_no_office_hours() {
        let ladder = Ladder::parse(&["unit 2h out_of_hours"]).unwrap();
        let mut ladders = Ladders::none();
        let refused = ladders.set(Level::One, Clock::Take, ladder.clone()).unwrap_err();
        assert!(refused.to_string().contains("by day and by night"), "{refused}");
        ladders.set(Level::Two, Clock::Take, ladder).unwrap();
        assert!(
            Ladder::parse(&["unit 2h in_hours out_of_hours"]).unwrap_err().to_string().contains("always")
        );
    }

    #[test]
    fn what_is_wrong_with_a_ladder_is_said() {
        let error = |lines: &[&str]| Ladder::parse(lines).unwrap_err().to_string();
        assert!(error(&["headmaster 2m"]).contains("duty_guard"));
        for after in
            ["unit", "unit soon", "unit 2", "unit -2m", "unit 61d", "unit 9999999999999999999d", "unit 2米"]
        {
            assert!(error(&[after]).contains("followed by a time"), "{after}");
        }
        for word in ["unit 2m x1/60s", "unit 2m x21/1s", "unit 2m x3/0s", "unit 2m x3", "unit 2m aknowledge"]
        {
            assert!(error(&[word]).contains("neither ack nor repeats"), "{word}");
        }
        assert!(error(&["county 2m", "unit 5m"]).contains("bottom up"));
        assert!(error(&["unit 5m", "county 2m"]).contains("bottom up"));
        assert!(error(&["unit 5m", "unit 6m"]).contains("bottom up"));
        let mut ladders = Ladders::none();
        let ladder = Ladder::parse(&["unit 5m"]).unwrap();
        assert!(ladders.set(Level::Four, Clock::Arrive, ladder.clone()).is_err());
        ladders.set(Level::One, Clock::Take, ladder.clone()).unwrap();
        assert_eq!(ladders.of(Level::One, Clock::Take), &ladder);
    }
}
