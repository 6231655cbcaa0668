//! Guards of a duty room who do their duty, and guards who only seem to: what the room's camera shows of them minute by minute, and how they answer
//! a roll-call. Seeded, so that a day can be played again.
//!
//! What people do here is invented: how often honest ones doze, leave for a moment or overhear a call is an assumption and no measurement. The
//! tricks are those that inspections have found (`docs/design/duty.md`). Every conduct is honest on its first day, so that what comes after can
//! be told from what was.

use crate::picture::Random;

/// Minutes of a day.
const DAY_MINUTES: usize = 1440;
/// Two people sit in the room.
const PEOPLE: usize = 2;

/// What the guards of a room do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conduct {
    /// Two at a time, drowsy at night, with breaks.
    Honest,
    /// Two honest people who read and let calls ring.
    AnswersLate,
    /// One of two goes home for the night.
    OneAtHome,
    /// Both leave for 80 minutes.
    BothAway,
    /// One person answers here and in another town.
    SharesRooms,
    /// A program answers after a fixed time.
    FixedClicker,
    /// A program answers at once.
    InstantClicker,
    /// A program answers after a random time, on a screen that is elsewhere.
    RandomClicker,
    /// A dummy sits in for one of two at night.
    Mannequin,
    /// A photo before the lens.
    Photo,
    /// A film of an hour, shown again and again.
    Film,
    /// Yesterday's recording, shown once.
    YesterdaysFilm,
}

impl Conduct {
    /// Every conduct.
    pub const ALL: [Self; 12] = [
        Self::Honest,
        Self::AnswersLate,
        Self::OneAtHome,
        Self::BothAway,
        Self::SharesRooms,
        Self::FixedClicker,
        Self::InstantClicker,
        Self::RandomClicker,
        Self::Mannequin,
        Self::Photo,
        Self::Film,
        Self::YesterdaysFilm,
    ];
}

/// How trustworthy a picture looks to whoever compares pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lens {
    /// New pictures.
    Live,
    /// Equal to the bit.
    Frozen,
    /// Shown before.
    Repeating,
    /// None.
    Dark,
}

/// What a minute shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glance {
    /// Shapes of people.
    pub people: u8,
    /// Minutes for which each of them has not moved at its end.
    pub still_minutes: [u16; PEOPLE],
    /// The picture.
    pub lens: Lens,
}

/// What the room's camera sees of the code on the seat's screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeShown {
    /// The one of now.
    Now,
    /// One that was shown before.
    Old,
    /// None: a reflection, somebody in the way, or no screen in this room.
    None,
}

/// An answer to a roll-call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply {
    /// Milliseconds after the question.
    pub after_ms: u32,
    /// Which of the two answers.
    pub who: usize,
    /// What the camera sees of the code.
    pub code: CodeShown,
}

/// The guards of one room.
#[derive(Debug)]
pub struct Guards {
    conduct: Conduct,
    random: Random,
    fastest_ms: f32,
    mean_more_ms: f32,
    fixed_ms: f32,
}

impl Guards {
    /// Guards who behave like that; the seed says how quick they are and what their days are like.
    pub fn new(conduct: Conduct, seed: u64) -> Self {
        let mut random = Random::new(seed);
        Self {
            conduct,
            fastest_ms: random.between(1_400.0, 2_400.0),
            mean_more_ms: random.between(800.0, 3_000.0),
            fixed_ms: random.between(1_200.0, 8_000.0),
            random,
        }
    }

    /// What they do on a day, counted from 0.
    pub fn conduct_on(&self, day: u32) -> Conduct {
        if day == 0 { Conduct::Honest } else { self.conduct }
    }

    /// The minutes of a day.
    pub fn day(&mut self, day: u32) -> Vec<Glance> {
        let conduct = self.conduct_on(day);
        let people = [(); PEOPLE].map(|()| person_day(&mut self.random));
        let away_from = 60 + self.below(1200);
        let mut still = [0_u16; PEOPLE];
        (0..DAY_MINUTES)
            .map(|minute| {
                let is_night = !(360..1320).contains(&minute);
                let mut glance = Glance { people: 0, still_minutes: [0; PEOPLE], lens: Lens::Live };
                for (one, day) in people.iter().enumerate() {
                    still[one] = if day.still[minute] { still[one] + 1 } else { 0 };
                    // Whoever is alone waits with the break until the other is back.
                    let is_there = day.there[minute] || (one == 1 && !people[0].there[minute]);
                    if is_there {
                        glance.still_minutes[usize::from(glance.people)] = still[one];
                        glance.people += 1;
                    }
                }
                feigned(conduct, glance, minute, (is_night, away_from))
            })
            .collect()
    }

    /// How a roll-call on a day is answered; none where it is not.
    pub fn reply(&mut self, day: u32, second: u32) -> Option<Reply> {
        let conduct = self.conduct_on(day);
        let is_night = !(21_600..79_200).contains(&second);
        let human = self.human_ms();
        let who = usize::from(self.random.unit() < 0.5);
        let is_read = self.random.unit() < 0.7;
        let honest =
            Reply { after_ms: human, who, code: if is_read { CodeShown::Now } else { CodeShown::None } };
        let jitter = self.random.between(0.0, 40.0);
        Some(match conduct {
            Conduct::Honest | Conduct::BothAway | Conduct::Mannequin => honest,
            Conduct::AnswersLate => {
                let rings_ms = self.random.between(190_000.0, 420_000.0);
                let is_late = self.random.unit() < 0.5;
                Reply { after_ms: if is_late { rings_ms as u32 } else { human }, ..honest }
            }
            Conduct::OneAtHome => Reply { who: if is_night { 0 } else { who }, ..honest },
            Conduct::SharesRooms => Reply { who: 0, ..honest },
            Conduct::FixedClicker => Reply { after_ms: (self.fixed_ms + jitter) as u32, who: 0, ..honest },
            Conduct::InstantClicker => {
                Reply { after_ms: self.random.between(30.0, 700.0) as u32, who: 0, ..honest }
            }
            Conduct::RandomClicker => {
                let after_ms = self.random.between(1_500.0, 6_000.0) as u32;
                Reply { after_ms, who, code: CodeShown::None }
            }
            Conduct::Photo => Reply { code: CodeShown::None, ..honest },
            Conduct::Film | Conduct::YesterdaysFilm => Reply { code: CodeShown::Old, ..honest },
        })
    }

    /// A person notices, reads and types; now and then they are not at the seat, or overhear it.
    fn human_ms(&mut self) -> u32 {
        let more = -(1.0 - self.random.unit()).max(f32::EPSILON).ln() * self.mean_more_ms;
        let back = if self.random.unit() < 0.04 { self.random.between(10_000.0, 160_000.0) } else { 0.0 };
        let overheard =
            if self.random.unit() < 0.01 { self.random.between(200_000.0, 500_000.0) } else { 0.0 };
        (self.fastest_ms + more + back + overheard) as u32
    }

    fn below(&mut self, limit: u64) -> usize {
        (self.random.bits() % limit) as usize
    }
}

/// What the camera shows of such a conduct instead of what there is.
fn feigned(conduct: Conduct, honest: Glance, minute: usize, (is_night, away_from): (bool, usize)) -> Glance {
    let both = Glance { people: 2, still_minutes: [0; PEOPLE], lens: Lens::Live };
    match conduct {
        Conduct::OneAtHome if is_night => Glance { people: honest.people.min(1), ..honest },
        Conduct::BothAway if (away_from..away_from + 80).contains(&minute) => {
            Glance { people: 0, still_minutes: [0; PEOPLE], ..honest }
        }
        // It was put there at midnight, and again at ten in the evening.
        Conduct::Mannequin if is_night => {
            let stood = if minute >= 1320 { minute - 1320 } else { minute };
            Glance { people: 2, still_minutes: [honest.still_minutes[0], stood as u16 + 1], lens: Lens::Live }
        }
        Conduct::Photo if is_night => Glance { lens: Lens::Frozen, ..both },
        Conduct::Film if is_night => Glance { lens: Lens::Repeating, ..both },
        Conduct::YesterdaysFilm => both,
        _ => honest,
    }
}

/// One of two places of a room: three people after each other.
struct PersonDay {
    there: [bool; DAY_MINUTES],
    still: [bool; DAY_MINUTES],
}

fn person_day(random: &mut Random) -> PersonDay {
    let mut day = PersonDay { there: [true; DAY_MINUTES], still: [false; DAY_MINUTES] };
    for shift in 0..3 {
        for _ in 0..=random.bits() % 3 {
            let from = shift * 480 + 10 + (random.bits() % 450) as usize;
            let length = 1 + (random.bits() % 4) as usize;
            day.there[from..from + length].fill(false);
        }
    }
    for minute in 0..DAY_MINUTES {
        let is_night = minute < 360;
        if random.unit() < if is_night { 0.05 } else { 0.02 } {
            let mean = if is_night { 3.0 } else { 1.5 };
            let length = 1 + (-(1.0 - random.unit()).max(f32::EPSILON).ln() * mean) as usize;
            day.still[minute..(minute + length).min(DAY_MINUTES)].fill(true);
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_days_and_the_first_is_honest() {
        for conduct in Conduct::ALL {
            let (mut one, mut again) = (Guards::new(conduct, 7), Guards::new(conduct, 7));
            let mut honest = Guards::new(Conduct::Honest, 7);
            assert_eq!(one.day(0), honest.day(0), "{conduct:?}");
            again.day(0);
            assert_eq!(one.day(1), again.day(1), "{conduct:?}");
            assert_eq!(one.reply(1, 3_600), again.reply(1, 3_600), "{conduct:?}");
        }
    }

    #[test]
    fn each_trick_shows_what_it_is() {
        let night = |conduct| Guards::new(conduct, 3).day(1)[60];
        assert_eq!(night(Conduct::OneAtHome).people, 1);
        assert_eq!((night(Conduct::Mannequin).people, night(Conduct::Mannequin).still_minutes[1]), (2, 61));
        assert_eq!(night(Conduct::Photo).lens, Lens::Frozen);
        assert_eq!(night(Conduct::Film).lens, Lens::Repeating);
        let empty = Guards::new(Conduct::BothAway, 3).day(1).iter().filter(|one| one.people == 0).count();
        assert_eq!(empty, 80);
        assert_eq!(Guards::new(Conduct::YesterdaysFilm, 3).reply(1, 0).unwrap().code, CodeShown::Old);
    }
}
