//! The desk of rule quality: what people's answers say of each rule, quarantines of noisy ones, and the samples that a later model learns from.
//!
//! The platform proposes and keeps time; people decide. What is noisy and what may be quiet is said by `domain::quality`; raising a quiet alarm
//! is done in `alarms`, which asks here.

mod model;
mod quarantine;
mod round;
mod samples;
mod seed;

pub use model::{LearningSettings, ServingModel, ServingWeights};
pub use quarantine::Decision;
pub(crate) use round::run;
pub(crate) use samples::Samples;
pub use seed::{Answered, SeedAnswer};

use domain::alarm::{AlarmCode, FalseAlarmReason};
use domain::ids::CameraId;
use domain::quality::{Answer, Suggestion, WINDOW, suggest};
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use store::{AlarmRow, AnswerFilter, AnsweredFilter, AnswersBy, Page, PageAsk, RuleAnswers};

use crate::{Ask, Platform, PlatformError};

/// Rules at cameras shown at once, the noisiest first; whoever wants others narrows by code or camera.
pub const CAMERAS_SHOWN_MAX: usize = 500;

/// What people said of the rules that the asker sees.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleQuality {
    /// Answers given from then on.
    pub from: Timestamp,
    /// Answers given until then.
    pub until: Timestamp,
    /// By rule, most false alarms first.
    pub rules: Vec<RuleAnswers>,
    /// By rule and camera, most false alarms on one day first; [`CAMERAS_SHOWN_MAX`] at most.
    pub cameras: Vec<RuleAnswers>,
    /// How many there are.
    pub cameras_total: usize,
}

/// Which rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QualityFilter {
    /// Of this code.
    pub code: Option<AlarmCode>,
    /// At this camera.
    pub camera_id: Option<CameraId>,
}

/// Which answered alarms: those behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehindFilter {
    /// Of this code.
    pub code: AlarmCode,
    /// Seen by this version of the model; none: by a rule without one.
    pub model: Option<String>,
    /// At this camera.
    pub camera_id: Option<CameraId>,
    /// So answered.
    pub answer: Option<Answer>,
    /// For this reason.
    pub reason: Option<FalseAlarmReason>,
}

/// The threshold that a rule's answers suggest, if they do.
pub fn suggestion_of(rule: &RuleAnswers) -> Option<Suggestion> {
    suggest((rule.answers.real, rule.lowest_real), (rule.below, rule.highest_below))
}

impl Platform {
    /// What people said of the alarms of the watch within the last days.
    pub async fn rule_quality(&self, ask: &Ask, filter: QualityFilter) -> Result<RuleQuality, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        let [from, until] = window(ask.now);
        let QualityFilter { code, camera_id } = filter;
        let which = AnswerFilter { from, until, code, camera_id };
        let mut rules = self.inner.store.answers(&ask.access, AnswersBy::Rule, &which).await?;
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.answers.rejected()));
        let mut cameras = self.inner.store.answers(&ask.access, AnswersBy::Camera, &which).await?;
        cameras.sort_by_key(|rule| std::cmp::Reverse((rule.answers.worst_day, rule.answers.rejected())));
        let cameras_total = cameras.len();
        cameras.truncate(CAMERAS_SHOWN_MAX);
        Ok(RuleQuality { from, until: ask.now, rules, cameras, cameras_total })
    }

    /// The alarms behind a number, newest answers first.
    pub async fn answered_alarms(
        &self,
        ask: &Ask,
        filter: BehindFilter,
        page: &PageAsk,
    ) -> Result<Page<AlarmRow>, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        let [from, until] = window(ask.now);
        let BehindFilter { code, model, camera_id, answer, reason } = filter;
        let given = AnswerFilter { from, until, code: Some(code), camera_id };
        let which = AnsweredFilter { given, model, answer, reason };
        Ok(self.inner.store.answered_alarms(&ask.access, &which, page).await?)
    }
}

/// The answers that count now, those of this very moment included.
fn window(now: Timestamp) -> [Timestamp; 2] {
    let from = now.saturating_sub(WINDOW).unwrap_or(Timestamp::MIN);
    [from, now.saturating_add(SignedDuration::from_micros(1)).unwrap_or(Timestamp::MAX)]
}
