//! The diagnosis of a device as it travels.

use platform::access::devices::{Diagnosis as Made, Finding, Step, StepState, TraceLine as Line};
use serde::Serialize;
use utoipa::ToSchema;

use super::Moment;

/// The diagnosis of a device.
#[derive(Debug, Serialize, ToSchema)]
pub struct Diagnosis {
    /// Step by step, from the first packet to a picture.
    pub steps: Vec<DiagnosisStep>,
    /// What had to be forgiven the device.
    pub forgiven: Vec<Forgiven>,
    /// Its last messages without secrets, the oldest first.
    pub trace: Vec<TraceLine>,
}

/// What was found about one step.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosisStep {
    /// `entered`, `heard`, `digest`, `registered`, `subscribed`, `catalogue`, `placed`, `call`, `media` or `pictures`.
    pub step: &'static str,
    /// `good`, `warning`, `bad` or `unknown`.
    pub state: &'static str,
    /// What was found, in Chinese.
    pub finding_zh: String,
    /// The same in English.
    pub finding_en: String,
    /// What to do, in Chinese; empty where nothing is to be done.
    pub advice_zh: String,
    /// The same in English.
    pub advice_en: String,
}

/// A departure from the standard that was forgiven.
#[derive(Debug, Serialize, ToSchema)]
pub struct Forgiven {
    /// Which.
    pub name: &'static str,
    /// How often.
    pub count: u32,
}

/// A message of the trace.
#[derive(Debug, Serialize, ToSchema)]
pub struct TraceLine {
    /// When.
    pub at: Moment,
    /// True for one that came from the device.
    pub is_from_device: bool,
    /// Its text, cut.
    pub text: String,
}

impl From<Made> for Diagnosis {
    fn from(made: Made) -> Self {
        Self {
            steps: made.findings.into_iter().map(DiagnosisStep::from).collect(),
            forgiven: made.forgiven.into_iter().map(|(name, count)| Forgiven { name, count }).collect(),
            trace: made.trace.into_iter().map(TraceLine::from).collect(),
        }
    }
}

impl From<Finding> for DiagnosisStep {
    fn from(found: Finding) -> Self {
        Self {
            step: step_word(found.step),
            state: state_word(found.state),
            finding_zh: found.zh,
            finding_en: found.en,
            advice_zh: found.advice_zh,
            advice_en: found.advice_en,
        }
    }
}

impl From<Line> for TraceLine {
    fn from(line: Line) -> Self {
        Self { at: line.at.into(), is_from_device: line.is_from_device, text: line.text }
    }
}

fn step_word(step: Step) -> &'static str {
    match step {
        Step::Entered => "entered",
        Step::Heard => "heard",
        Step::Digest => "digest",
        Step::Registered => "registered",
        Step::Subscribed => "subscribed",
        Step::Catalogue => "catalogue",
        Step::Placed => "placed",
        Step::Call => "call",
        Step::Media => "media",
        Step::Pictures => "pictures",
    }
}

fn state_word(state: StepState) -> &'static str {
    match state {
        StepState::Good => "good",
        StepState::Warning => "warning",
        StepState::Bad => "bad",
        StepState::Unknown => "unknown",
    }
}
