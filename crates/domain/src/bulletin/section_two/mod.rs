//! Section 二, 存在问题: templates T6 to T11. A heading blames only where the figures under it do.

mod alarms;
mod duty;
mod progress;

use super::ParagraphKind;
use super::draft::Draft;
use super::facts::Facts;
use super::settings::AdditionPlace;

pub fn write(draft: &mut Draft, facts: &Facts<'_>) {
    draft.whole(ParagraphKind::Heading, "二、存在问题");
    let mut number = ["（一）", "（二）", "（三）"].into_iter();
    let mut head = |draft: &mut Draft, heading: &str| {
        // The heading is the first sentence of its paragraph, as official letters have it.
        let number = number.next().unwrap_or_default();
        draft.say(&format!("{number}{heading}。"));
    };
    if let Some(heading) = progress::heading(facts) {
        head(draft, heading);
        progress::write(draft, facts);
        facts.additions(draft, AdditionPlace::Progress);
    }
    if let Some(heading) = duty::heading(facts) {
        head(draft, heading);
        duty::write(draft, facts);
        facts.additions(draft, AdditionPlace::DutyProblems);
    }
    if let Some(alarms) = facts.material.alarms {
        head(draft, alarms::heading(alarms));
        alarms::write(draft, facts, alarms);
        facts.additions(draft, AdditionPlace::Alarms);
    }
}
