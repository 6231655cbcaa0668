//! What people's answers say of the rules, and quarantines, as they travel.

use domain::ids::UserId;
use domain::interval::Interval;
use jiff::Timestamp;
use platform::quality::{RuleQuality as Found, ServingModel as Serving, suggestion_of};
use platform::rows::{QuarantineRow, RuleAnswers};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// A share with how far it may lie from the true one in 95 % of cases.
#[derive(Debug, Serialize, ToSchema)]
pub struct Precision {
    /// Lower end, 0 to 1.
    pub low: f64,
    /// Upper end, 0 to 1.
    pub high: f64,
}

/// How many were false for a reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonCount {
    /// A word of `false_alarm_reasons`.
    pub reason: &'static str,
    /// How many.
    pub count: u32,
}

/// A threshold that would have told false alarms from real ones; never applied by itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThresholdSuggestion {
    /// The lowest one that keeps every real alarm and drops these false ones, 0 to 1.
    pub threshold: f64,
    /// False alarms that it would have dropped.
    pub dropped: u32,
}

/// What people said of a rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleFigures {
    /// Its code.
    pub code: &'static str,
    /// Version of the model; null for a rule without one.
    pub model: Option<String>,
    /// The camera; null over all cameras.
    pub camera_id: Option<Uuid>,
    /// Its name.
    pub camera_name: Option<String>,
    /// The unit.
    pub unit_id: Option<Uuid>,
    /// Its name.
    pub unit_name: Option<String>,
    /// Alarms that somebody confirmed or rejected.
    pub answered: u32,
    /// Confirmed.
    pub real: u32,
    /// Rejected.
    pub rejected: u32,
    /// Rejected, by reason.
    pub reasons: Vec<ReasonCount>,
    /// Interval of the share of real ones; null without answers.
    pub precision: Option<Precision>,
    /// Days that the answers came in, 1 to 30.
    pub days: u32,
    /// False ones on the day that had most.
    pub worst_day: u32,
    /// Why the rule is noisy: a word of `quarantine_grounds`; null where it is not, and over all cameras.
    pub noisy: Option<&'static str>,
    /// What the scores suggest; null where real and false alarms cannot be told apart, or too few were real.
    pub suggestion: Option<ThresholdSuggestion>,
    /// Answers about simulated cameras.
    pub simulated: u32,
}

/// What people said of the rules in the asker's reach.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleQuality {
    /// Answers given from then on.
    pub from: Moment,
    /// Answers given until then.
    pub until: Moment,
    /// Version of the model that looks now.
    pub model: String,
    /// By rule, most false alarms first.
    pub rules: Vec<RuleFigures>,
    /// By rule and camera, noisiest first; 500 at most.
    pub cameras: Vec<RuleFigures>,
    /// How many there are.
    pub cameras_total: usize,
}

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuarantinePerson {
    /// Id.
    pub id: Uuid,
    /// Name for people.
    pub display_name: String,
}

/// The quarantine of a noisy rule at a camera.
#[derive(Debug, Serialize, ToSchema)]
pub struct Quarantine {
    /// Id.
    pub id: Uuid,
    /// The rule.
    pub code: &'static str,
    /// Version of the model whose answers it rests on.
    pub model: Option<String>,
    /// The camera.
    pub camera_id: Uuid,
    /// Its name.
    pub camera_name: String,
    /// Its unit.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// A word of `quarantine_states`.
    pub state: &'static str,
    /// Counts changes; sent back with every event.
    pub version: i64,
    /// A word of `quarantine_grounds`.
    pub grounds: &'static str,
    /// When it was proposed.
    pub proposed_at: Moment,
    /// Answers when it was proposed.
    pub answered: u32,
    /// Real ones among them.
    pub real: u32,
    /// False ones on the worst day.
    pub worst_day: u32,
    /// Most days it may last.
    pub days_max: i64,
    /// When it was decided.
    pub decided_at: Option<Moment>,
    /// By whom.
    pub decided_by: Option<QuarantinePerson>,
    /// Why.
    pub decided_why: Option<String>,
    /// When it ends.
    pub until: Option<Moment>,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// By whom; null: by time.
    pub closed_by: Option<QuarantinePerson>,
    /// Why.
    pub closed_why: Option<String>,
}

/// A decision about a quarantine.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuarantineEventRequest {
    /// `approve`, `decline` or `lift`.
    pub event: String,
    /// The version that was looked at.
    pub version: i64,
    /// Why, 1 to 500 characters.
    pub why: String,
    /// When it ends, with an approval.
    pub until: Option<String>,
}

/// The model that looks at pictures.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServingModel {
    /// Its version, as it stands on every alarm.
    pub version: String,
    /// The weights file that was asked for; null: the weights in the program.
    pub file: Option<String>,
    /// Why that file cannot be used, so that the weights in the program look; null where it does.
    pub refused: Option<String>,
}

impl RuleQuality {
    /// As found, with the model that looks now.
    pub fn of(found: Found, model: &str) -> Self {
        let now = found.until;
        Self {
            from: found.from.into(),
            until: now.into(),
            model: model.to_owned(),
            rules: found.rules.into_iter().map(|rule| RuleFigures::of(rule, now)).collect(),
            cameras: found.cameras.into_iter().map(|rule| RuleFigures::of(rule, now)).collect(),
            cameras_total: found.cameras_total,
        }
    }
}

impl RuleFigures {
    fn of(rule: RuleAnswers, now: Timestamp) -> Self {
        let answers = &rule.answers;
        let suggestion = suggestion_of(&rule)
            .map(|found| ThresholdSuggestion { threshold: found.threshold, dropped: found.dropped });
        let mut by_reason = answers.by_reason.clone();
        by_reason.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let reasons = by_reason
            .into_iter()
            .map(|(reason, count)| ReasonCount { reason: reason.as_str(), count })
            .collect();
        let grounds = answers.grounds().filter(|_| rule.camera.is_some());
        let (camera, unit) = match rule.camera.clone() {
            Some(camera) => (Some((camera.id.0, camera.name)), Some((camera.unit_id.0, camera.unit_name))),
            None => (None, None),
        };
        let (camera_id, camera_name) = camera.unzip();
        let (unit_id, unit_name) = unit.unzip();
        Self {
            code: rule.code.as_str(),
            camera_id,
            camera_name,
            unit_id,
            unit_name,
            answered: answers.answered(),
            real: answers.real,
            rejected: answers.rejected(),
            reasons,
            precision: answers.precision().map(|Interval { low, high }| Precision { low, high }),
            days: answers.days(now),
            worst_day: answers.worst_day,
            noisy: grounds.map(domain::quality::Grounds::as_str),
            suggestion,
            simulated: rule.simulated,
            model: rule.model,
        }
    }
}

impl From<QuarantineRow> for Quarantine {
    fn from(row: QuarantineRow) -> Self {
        let person = |who: Option<(UserId, String)>| {
            who.map(|(id, display_name)| QuarantinePerson { id: id.0, display_name })
        };
        let new = row.new;
        Self {
            id: new.id.0,
            code: new.code.as_str(),
            model: new.model,
            camera_id: new.camera_id.0,
            camera_name: row.camera_name,
            unit_id: row.unit_id.0,
            unit_name: row.unit_name,
            state: row.state.as_str(),
            version: row.version,
            grounds: new.grounds.as_str(),
            proposed_at: new.at.into(),
            answered: new.answered,
            real: new.real,
            worst_day: new.worst_day,
            days_max: domain::quality::days_max(new.code),
            decided_at: moment(row.decided_at),
            decided_by: person(row.decided_by),
            decided_why: row.decided_why,
            until: moment(row.until),
            closed_at: moment(row.closed_at),
            closed_by: person(row.closed_by),
            closed_why: row.closed_why,
        }
    }
}

impl From<Serving> for ServingModel {
    fn from(serving: Serving) -> Self {
        Self {
            version: serving.version,
            file: serving.weights.file.map(|file| file.display().to_string()),
            refused: serving.weights.refused,
        }
    }
}
