//! The ledger of one duty room's presence: which observation is an alarm, and which alarm's cause is gone.
//!
//! An empty room is 脱岗. A person in whom nothing moves may sleep or be ill, so somebody has to call; after a quarter of an hour without the
//! smallest movement it is more likely a dummy or a standing picture. Pictures equal to the bit are one, too; pictures that come again in order
//! are a replay, and that is never taken back by the platform, because the same pictures cannot prove anything. Who ought to be there by name,
//! and the minutes proved, are not here.

use domain::alarm::AlarmCode;
use jiff::{SignedDuration, Timestamp};
use vision::{PresenceEvent, PresenceMinute, PresenceReport, Rect};

/// Minutes without any movement of anybody after which a person is taken for a dummy.
const DUMMY_MINUTES: u32 = 15;
/// Seconds of a minute that make it one without movement.
const MOTIONLESS_S: u32 = 50;
/// Minutes in a row with too few people before it is told: one may be out of the picture for a moment.
const TOO_FEW_MINUTES: u32 = 3;

/// What a look means for the alarm desk.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PresenceStep {
    /// It is an alarm.
    Told {
        /// Which.
        code: AlarmCode,
        /// Since when.
        since: Timestamp,
        /// When it was told.
        at: Timestamp,
        /// Where in the picture.
        place: Option<Rect>,
        /// What was seen, in both languages.
        note: String,
    },
    /// Its cause is gone.
    Cleared(AlarmCode),
}

impl PresenceStep {
    /// Whether it is about pictures that come again, and not about people.
    pub(super) fn is_about_pictures(&self) -> bool {
        matches!(self, Self::Told { code: AlarmCode::D04 | AlarmCode::D05, .. })
    }
}

/// The presence of one duty room.
#[derive(Debug, Default)]
pub(super) struct PresenceLedger {
    motionless: Run,
    too_few: Run,
    told: Vec<AlarmCode>,
    /// An empty room may have been told before the start and be open still.
    is_unsettled: bool,
}

/// Minutes in a row.
#[derive(Debug, Default)]
struct Run {
    since: Option<Timestamp>,
    minutes: u32,
}

impl Run {
    fn count(&mut self, minute: Timestamp, holds: bool) -> u32 {
        // An unwatched minute proves nothing.
        let next = self.since.map(|since| since + SignedDuration::from_mins(i64::from(self.minutes)));
        if !holds {
            *self = Self::default();
        } else if next == Some(minute) {
            self.minutes += 1;
        } else {
            *self = Self { since: Some(minute), minutes: 1 };
        }
        self.minutes
    }
}

impl PresenceLedger {
    /// Nothing is known yet, not even what was told before the start.
    pub(super) fn new() -> Self {
        Self { is_unsettled: true, ..Self::default() }
    }

    /// Takes what a look brought.
    pub(super) fn look(&mut self, at: Timestamp, report: &PresenceReport) -> Vec<PresenceStep> {
        let mut steps = Vec::new();
        for event in &report.events {
            match *event {
                PresenceEvent::Nobody { since } => {
                    steps.extend(self.tell(
                        AlarmCode::D01,
                        since,
                        at,
                        None,
                        "画面中无人 Nobody in the picture",
                    ));
                }
                PresenceEvent::Somebody { .. } => steps.extend(self.clear(AlarmCode::D01)),
                PresenceEvent::PersonStill { since, rect } => {
                    let note = "人员长时间不动，请呼叫确认 A person does not move: call them";
                    steps.extend(self.tell(AlarmCode::D03, since, at, Some(rect), note));
                }
                PresenceEvent::Identical { since } => {
                    steps.extend(self.tell(
                        AlarmCode::D04,
                        since,
                        at,
                        None,
                        "画面完全静止 Pictures equal to the bit",
                    ));
                }
                PresenceEvent::Repeating { since, period_s } => {
                    let note = format!("画面每 {period_s:.0} 秒重复 Pictures repeat every {period_s:.0} s");
                    steps.extend(self.tell(AlarmCode::D05, since, at, None, &note));
                }
                PresenceEvent::LightAnswered { .. } | PresenceEvent::LightUnanswered { .. } => {}
            }
        }
        if let Some(minute) = report.minute {
            steps.extend(self.minute(at, &minute));
        }
        steps
    }

    fn minute(&mut self, at: Timestamp, minute: &PresenceMinute) -> Vec<PresenceStep> {
        let mut steps = Vec::new();
        let is_motionless = !minute.empty && minute.motionless_s >= MOTIONLESS_S;
        if self.motionless.count(minute.minute, is_motionless) >= DUMMY_MINUTES {
            let since = self.motionless.since.unwrap_or(minute.minute);
            let note = "有人形但一刻钟无任何动作 Shape of a person, no movement for a quarter of an hour";
            steps.extend(self.tell(AlarmCode::D04, since, at, None, note));
        }
        let is_too_few = minute.too_few && !minute.empty;
        if self.too_few.count(minute.minute, is_too_few) >= TOO_FEW_MINUTES {
            let since = self.too_few.since.unwrap_or(minute.minute);
            let note = format!("在岗 {} 人 {} on duty", minute.people_median, minute.people_median);
            steps.extend(self.tell(AlarmCode::D02, since, at, None, &note));
        }
        if !minute.empty && std::mem::take(&mut self.is_unsettled) {
            steps.push(PresenceStep::Cleared(AlarmCode::D01));
        }
        if !minute.too_few {
            steps.extend(self.clear(AlarmCode::D02));
        }
        if !minute.empty && minute.motionless_s == 0 {
            steps.extend(self.clear(AlarmCode::D03));
            steps.extend(self.clear(AlarmCode::D04));
        }
        steps
    }

    fn tell(
        &mut self,
        code: AlarmCode,
        since: Timestamp,
        at: Timestamp,
        place: Option<Rect>,
        note: &str,
    ) -> Option<PresenceStep> {
        if self.told.contains(&code) {
            return None;
        }
        self.told.push(code);
        Some(PresenceStep::Told { code, since, at, place, note: note.to_owned() })
    }

    fn clear(&mut self, code: AlarmCode) -> Option<PresenceStep> {
        let told = self.told.iter().position(|one| *one == code)?;
        self.told.remove(told);
        Some(PresenceStep::Cleared(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + s).unwrap()
    }

    fn event(s: i64, event: PresenceEvent) -> (i64, PresenceReport) {
        (s, PresenceReport { minute: None, events: vec![event] })
    }

    /// A minute that ended: people in the middle look, seconds without movement. One person too few of two.
    fn minute(number: i64, people: u32, motionless_s: u32) -> (i64, PresenceReport) {
        let minute = PresenceMinute {
            minute: at(60 * number),
            looks: 30,
            people_min: people,
            people_median: people,
            people_max: people,
            empty: people == 0,
            too_few: people < 2,
            motionless_s,
        };
        (60 * (number + 1), PresenceReport { minute: Some(minute), events: vec![] })
    }

    fn told(reports: impl IntoIterator<Item = (i64, PresenceReport)>) -> Vec<(i64, &'static str, bool)> {
        let mut ledger = PresenceLedger::default();
        let mut all = Vec::new();
        for (s, report) in reports {
            all.extend(ledger.look(at(s), &report).into_iter().map(|step| match step {
                PresenceStep::Told { code, .. } => (s, code.as_str(), true),
                PresenceStep::Cleared(code) => (s, code.as_str(), false),
            }));
        }
        all
    }

    #[test]
    fn an_empty_room_is_told_once_and_cleared_when_somebody_comes() {
        let nobody = |s| event(s, PresenceEvent::Nobody { since: at(s - 60) });
        let somebody = |s| event(s, PresenceEvent::Somebody { nobody_since: at(0) });
        assert_eq!(
            told([nobody(60), nobody(130), somebody(200), somebody(210), nobody(400)]),
            [(60, "D01", true), (200, "D01", false), (400, "D01", true)]
        );
    }

    #[test]
    fn who_does_not_move_may_sleep_and_after_a_quarter_of_an_hour_is_no_person() {
        let rect = Rect { x: 0.4, y: 0.4, w: 0.1, h: 0.3 };
        let still = event(180, PresenceEvent::PersonStill { since: at(0), rect });
        let minutes = (3..20).map(|number| minute(number, 2, 60));
        let moves = [minute(20, 2, 10), minute(21, 2, 0)];
        assert_eq!(
            told([still].into_iter().chain(minutes).chain(moves)),
            [(180, "D03", true), (60 * 18, "D04", true), (60 * 22, "D03", false), (60 * 22, "D04", false)]
        );
        // A minute nobody looked at lies between.
        let broken = (0..14).chain(15..25).map(|number| minute(number, 2, 60));
        assert_eq!(told(broken), []);
    }

    #[test]
    fn one_of_two_is_told_after_three_minutes() {
        assert_eq!(told([minute(0, 1, 0), minute(1, 1, 0), minute(2, 2, 0), minute(3, 1, 0)]), []);
        assert_eq!(
            told([minute(0, 1, 0), minute(1, 1, 0), minute(2, 1, 0), minute(3, 1, 0), minute(4, 2, 0)]),
            [(180, "D02", true), (300, "D02", false)]
        );
        // An empty room is another alarm.
        assert_eq!(told((0..5).map(|number| minute(number, 0, 0))), []);
    }

    #[test]
    fn after_a_start_a_person_clears_what_was_open() {
        let mut ledger = PresenceLedger::new();
        let (empty, manned) = (minute(0, 0, 0).1, minute(1, 2, 0).1);
        assert_eq!(ledger.look(at(60), &empty), []);
        assert_eq!(ledger.look(at(120), &manned), [PresenceStep::Cleared(AlarmCode::D01)]);
        assert_eq!(ledger.look(at(180), &minute(2, 2, 0).1), []);
    }

    #[test]
    fn a_replay_is_never_taken_back() {
        let replay = event(90, PresenceEvent::Repeating { since: at(60), period_s: 30.0 });
        let still = event(100, PresenceEvent::Identical { since: at(80) });
        assert_eq!(
            told([replay, still, minute(2, 2, 0), minute(3, 2, 0)]),
            [(90, "D05", true), (100, "D04", true), (180, "D04", false)]
        );
    }
}
