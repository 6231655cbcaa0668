//! The ledger of one camera's conditions: which has lasted long enough to be an alarm, and which alarm's cause is gone.
//!
//! Lasting is counted over looks. A camera that is offline gives none, so that time away counts for nothing and raises nothing.

use domain::alarm::AlarmCode;
use jiff::{SignedDuration, Timestamp};
use vision::Condition;

use super::zones::AGAIN_AFTER;

/// A longer pause between two looks begins the counting anew.
pub const CONDITION_GAP_MAX: SignedDuration = SignedDuration::from_secs(30);
/// The alarms about pictures.
const CODES: [AlarmCode; 3] = [AlarmCode::V02, AlarmCode::V03, AlarmCode::V04];

/// The alarm that a condition is.
pub(super) fn code_of(condition: Condition) -> AlarmCode {
    match condition {
        Condition::Covered | Condition::Blurred => AlarmCode::V02,
        Condition::Black | Condition::Frozen | Condition::WashedOut => AlarmCode::V03,
        Condition::Moved => AlarmCode::V04,
    }
}

/// What people call it, in both languages.
pub(super) fn words_of(condition: Condition) -> &'static str {
    match condition {
        Condition::Black => "黑屏 Black picture",
        Condition::Frozen => "画面静止 Frozen picture",
        Condition::Covered => "镜头被遮挡 Covered lens",
        Condition::Moved => "镜头被转动 Camera turned away",
        Condition::Blurred => "画面失焦 Out of focus",
        Condition::WashedOut => "画面过曝 Washed out",
    }
}

/// What a look means for the alarm desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConditionStep {
    /// It has lasted.
    Lasts {
        /// Which.
        condition: Condition,
        /// Since when.
        since: Timestamp,
        /// When it was told.
        at: Timestamp,
    },
    /// None of the conditions of this code holds any more.
    Cleared(AlarmCode),
}

/// The conditions of one camera.
#[derive(Debug)]
pub(super) struct ConditionLedger {
    hold: SignedDuration,
    last_look: Option<Timestamp>,
    /// Conditions that hold, from when their lasting counts.
    counted: Vec<(Condition, Timestamp)>,
    told: Vec<(AlarmCode, Timestamp)>,
    /// Codes that were told before the start and may be open still: cleared when the picture has been good for the hold. Not a turned camera,
    /// whose new view is taken for the usual one after a start.
    unsettled: Vec<AlarmCode>,
    good_since: Option<Timestamp>,
}

impl ConditionLedger {
    /// Conditions are told when they have lasted for `hold`.
    pub(super) fn new(hold: SignedDuration) -> Self {
        Self {
            hold,
            last_look: None,
            counted: Vec::new(),
            told: Vec::new(),
            unsettled: vec![AlarmCode::V02, AlarmCode::V03],
            good_since: None,
        }
    }

    /// The faults that were told and hold.
    pub(super) fn faults(&self) -> Vec<AlarmCode> {
        self.told.iter().map(|(code, _)| *code).collect()
    }

    /// Takes a look that gave a picture; `holding` is what is wrong with it and since when.
    pub(super) fn look(&mut self, at: Timestamp, holding: &[(Condition, Timestamp)]) -> Vec<ConditionStep> {
        let was_away = self.last_look.is_some_and(|last| at.duration_since(last) > CONDITION_GAP_MAX);
        self.last_look = Some(at);
        if was_away {
            self.counted.clear();
            self.good_since = None;
        }
        let counted = holding.iter().map(|(condition, since)| {
            let before = self.counted.iter().find(|(known, _)| known == condition).map(|(_, from)| *from);
            (*condition, before.unwrap_or(if was_away { at } else { *since }))
        });
        self.counted = counted.collect();
        let mut steps = Vec::new();
        for (condition, from) in self.counted.clone() {
            steps.extend(self.tell(condition, from, at));
        }
        for code in CODES {
            let holds = self.counted.iter().any(|(condition, _)| code_of(*condition) == code);
            if !holds && self.told.iter().any(|(told, _)| *told == code) {
                self.told.retain(|(told, _)| *told != code);
                steps.push(ConditionStep::Cleared(code));
            }
        }
        steps.extend(self.settle(at));
        steps
    }

    fn tell(&mut self, condition: Condition, from: Timestamp, at: Timestamp) -> Option<ConditionStep> {
        let code = code_of(condition);
        let told_at = self.told.iter().find(|(told, _)| *told == code).map(|(_, at)| *at);
        let is_due = told_at.is_none_or(|told| at.duration_since(told) >= AGAIN_AFTER);
        if !is_due || at.duration_since(from) < self.hold {
            return None;
        }
        self.told.retain(|(told, _)| *told != code);
        self.told.push((code, at));
        self.unsettled.retain(|open| *open != code);
        Some(ConditionStep::Lasts { condition, since: from, at })
    }

    fn settle(&mut self, at: Timestamp) -> Vec<ConditionStep> {
        if !self.counted.is_empty() {
            self.good_since = None;
            return Vec::new();
        }
        let good_since = *self.good_since.get_or_insert(at);
        if at.duration_since(good_since) < self.hold {
            return Vec::new();
        }
        self.unsettled.drain(..).map(ConditionStep::Cleared).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + s).unwrap()
    }

    /// Looks at these seconds: `b` black, `f` frozen, `c` covered, `m` moved, `.` nothing. Answers what was told when.
    fn told(looks: &[(i64, char)]) -> Vec<(i64, &'static str, i64)> {
        let mut ledger = ConditionLedger::new(SignedDuration::from_secs(60));
        ledger.unsettled.clear();
        let mut since = None;
        let mut told = Vec::new();
        for (s, mark) in looks {
            let condition = match mark {
                'b' => Some(Condition::Black),
                'f' => Some(Condition::Frozen),
                'c' => Some(Condition::Covered),
                'm' => Some(Condition::Moved),
                _ => None,
            };
            since = condition
                .map(|now| (now, since.filter(|(then, _)| *then == now).map_or(*s, |(_, from)| from)));
            let holding: Vec<_> = since.iter().map(|(condition, from)| (*condition, at(*from))).collect();
            told.extend(ledger.look(at(*s), &holding).into_iter().map(|step| match step {
                ConditionStep::Lasts { condition, since, .. } => {
                    (*s, code_of(condition).as_str(), since.as_second() - at(0).as_second())
                }
                ConditionStep::Cleared(code) => (*s, code.as_str(), -1),
            }));
        }
        told
    }

    fn every(step: i64, marks: &str) -> Vec<(i64, char)> {
        marks.chars().enumerate().map(|(i, mark)| (i as i64 * step, mark)).collect()
    }

    #[test]
    fn a_condition_that_lasts_is_told_once_and_cleared_once() {
        assert_eq!(told(&every(20, "..ccc..")), []);
        assert_eq!(told(&every(20, "..ccccccc..")), [(100, "V02", 40), (180, "V02", -1)]);
        assert_eq!(told(&every(20, "mmmmm.")), [(60, "V04", 0), (100, "V04", -1)]);
        // Black, then frozen: one fault, told again only after half an hour.
        assert_eq!(told(&every(20, "bbbbbffffff.")), [(60, "V03", 0), (220, "V03", -1)]);
        assert_eq!(told(&every(20, &"b".repeat(100))), [(60, "V03", 0), (1860, "V03", 0)]);
    }

    #[test]
    fn time_without_pictures_counts_for_nothing() {
        assert_eq!(told(&[(0, 'b'), (10, 'b'), (100, 'b'), (120, 'b'), (140, 'b')]), []);
        assert_eq!(
            told(&[(0, 'b'), (10, 'b'), (100, 'b'), (120, 'b'), (140, 'b'), (160, 'b')]),
            [(160, "V03", 100)]
        );
    }

    #[test]
    fn after_a_start_good_pictures_clear_what_was_open_but_not_a_turned_camera() {
        let mut ledger = ConditionLedger::new(SignedDuration::from_secs(60));
        let looks: Vec<_> = (0..10).flat_map(|look| ledger.look(at(look * 20), &[])).collect();
        assert_eq!(looks, [ConditionStep::Cleared(AlarmCode::V02), ConditionStep::Cleared(AlarmCode::V03)]);
    }
}
