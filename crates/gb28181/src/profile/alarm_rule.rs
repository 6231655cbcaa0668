//! What a device's alarms mean. No edition has a code for fire, so this is a table per device, which people review.

use crate::id::CatalogId;
use crate::manscdp::alarm::{Alarm, AlarmMethod};
use crate::manscdp::block::is_code;

/// One line of the table: conditions, all of which must hold, and a meaning in the words of whoever uses this crate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlarmRule {
    /// The alarm's method.
    pub method: Option<AlarmMethod>,
    /// The alarm's type; the empty text stands for none.
    pub alarm_type: Option<String>,
    /// The type digits of the reporting id: 134 is an alarm input.
    pub point_type: Option<u16>,
    /// Words of which the alarm's description or extra information has at least one; letter case aside. Any words when empty.
    pub words: Vec<String>,
    /// What it means.
    pub meaning: String,
}

/// Words for fire and smoke that detectors and cameras put into descriptions.
const FIRE_WORDS: [&str; 8] = ["烟感", "烟雾", "火警", "火灾", "明火", "烟火", "smoke", "fire"];

impl AlarmRule {
    /// The lines that every device begins with: words of fire, and every alarm input as a detector of unknown sort.
    pub fn defaults() -> Vec<Self> {
        let words = FIRE_WORDS.iter().map(|word| (*word).to_owned()).collect();
        let fire = Self { words, meaning: "fire".to_owned(), ..Self::default() };
        let input = Self {
            method: Some(AlarmMethod::Device),
            alarm_type: Some(String::new()),
            point_type: Some(134),
            meaning: "alarm-input".to_owned(),
            ..Self::default()
        };
        vec![fire, input]
    }

    /// Whether the rule fits an alarm of a point. `words` are those of [`Alarm::words`].
    pub fn fits(&self, point: CatalogId, alarm: &Alarm, words: &str) -> bool {
        let method_fits = self.method.is_none() || self.method == alarm.method;
        let type_fits = match (self.alarm_type.as_deref(), alarm.alarm_type.as_deref()) {
            (None, _) => true,
            (Some(rule), found) => is_code(found.unwrap_or_default(), rule),
        };
        let point_fits =
            self.point_type.is_none_or(|code| point.device().is_some_and(|id| id.type_code() == code));
        method_fits && type_fits && point_fits && self.words_fit(words)
    }

    fn words_fit(&self, words: &str) -> bool {
        let words = words.to_lowercase();
        self.words.is_empty() || self.words.iter().any(|word| words.contains(&word.to_lowercase()))
    }
}
