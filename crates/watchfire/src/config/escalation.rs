//! `[escalation]`: who is told of an alarm at which rung, by level and clock.

use domain::alarm::{Clock, Ladder, Ladders, Level};
use domain::calendar::WorkingHours;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// `[escalation]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Escalation {
    /// While an alarm of level 1 waits to be taken.
    #[serde(deserialize_with = "urgent_ladder")]
    pub take_level_1: Ladder,
    /// While an alarm of level 2 waits to be taken.
    #[serde(deserialize_with = "ladder")]
    pub take_level_2: Ladder,
    /// While an alarm of level 3 waits to be taken.
    #[serde(deserialize_with = "ladder")]
    pub take_level_3: Ladder,
    /// While an alarm of level 4 waits to be taken.
    #[serde(deserialize_with = "ladder")]
    pub take_level_4: Ladder,
    /// While an alarm of level 1 is taken and not verified.
    #[serde(deserialize_with = "urgent_ladder")]
    pub verify_level_1: Ladder,
    /// While an alarm of level 2 is taken and not verified.
    #[serde(deserialize_with = "ladder")]
    pub verify_level_2: Ladder,
    /// While an alarm of level 3 is taken and not verified.
    #[serde(deserialize_with = "ladder")]
    pub verify_level_3: Ladder,
    /// While an alarm of level 1 is confirmed and nobody is on site.
    #[serde(deserialize_with = "urgent_ladder")]
    pub arrive_level_1: Ladder,
    /// While an alarm of level 2 is confirmed and nobody is on site.
    #[serde(deserialize_with = "ladder")]
    pub arrive_level_2: Ladder,
    /// While an alarm of level 2 is confirmed and not handled.
    #[serde(deserialize_with = "ladder")]
    pub handle_level_2: Ladder,
    /// While an alarm of level 3 is confirmed and not handled.
    #[serde(deserialize_with = "ladder")]
    pub handle_level_3: Ladder,
    /// While an alarm of level 4 is confirmed and not handled.
    #[serde(deserialize_with = "ladder")]
    pub handle_level_4: Ladder,
    /// When people work, for rungs that are told then or not then.
    #[serde(deserialize_with = "hours")]
    pub working_hours: WorkingHours,
}

impl Default for Escalation {
    fn default() -> Self {
        let ladders = Ladders::default();
        let default = |level, clock| ladders.of(level, clock).clone();
        Self {
            take_level_1: default(Level::One, Clock::Take),
            take_level_2: default(Level::Two, Clock::Take),
            take_level_3: default(Level::Three, Clock::Take),
            take_level_4: default(Level::Four, Clock::Take),
            verify_level_1: default(Level::One, Clock::Verify),
            verify_level_2: default(Level::Two, Clock::Verify),
            verify_level_3: default(Level::Three, Clock::Verify),
            arrive_level_1: default(Level::One, Clock::Arrive),
            arrive_level_2: default(Level::Two, Clock::Arrive),
            handle_level_2: default(Level::Two, Clock::Handle),
            handle_level_3: default(Level::Three, Clock::Handle),
            handle_level_4: default(Level::Four, Clock::Handle),
            working_hours: WorkingHours::default(),
        }
    }
}

impl Escalation {
    /// As the alarm desk needs it.
    pub fn ladders(&self) -> Ladders {
        let mut ladders = Ladders::none();
        for (level, clock, ladder) in [
            (Level::One, Clock::Take, &self.take_level_1),
            (Level::Two, Clock::Take, &self.take_level_2),
            (Level::Three, Clock::Take, &self.take_level_3),
            (Level::Four, Clock::Take, &self.take_level_4),
            (Level::One, Clock::Verify, &self.verify_level_1),
            (Level::Two, Clock::Verify, &self.verify_level_2),
            (Level::Three, Clock::Verify, &self.verify_level_3),
            (Level::One, Clock::Arrive, &self.arrive_level_1),
            (Level::Two, Clock::Arrive, &self.arrive_level_2),
            (Level::Two, Clock::Handle, &self.handle_level_2),
            (Level::Three, Clock::Handle, &self.handle_level_3),
            (Level::Four, Clock::Handle, &self.handle_level_4),
        ] {
            ladders
                .set(level, clock, ladder.clone())
                .expect("every key names a clock that its level has, and was read for its level");
        }
        ladders
    }
}

fn ladder<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Ladder, D::Error> {
    Ladder::parse(&Vec::<String>::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// Of level 1, which knows no office hours.
fn urgent_ladder<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Ladder, D::Error> {
    let ladder = ladder(deserializer)?;
    Ladders::none().set(Level::One, Clock::Take, ladder.clone()).map_err(D::Error::custom)?;
    Ok(ladder)
}

fn hours<'de, D: Deserializer<'de>>(deserializer: D) -> Result<WorkingHours, D::Error> {
    WorkingHours::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}
