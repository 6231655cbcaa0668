//! Look-ups (调阅): the register that State Council Decree 799 art. 16 asks for: who retrieved which recording, of which unit, and why.
//!
//! Watching live is no retrieval and asks for no reason; it leaves a row of the audit register like every look. A reason is asked
//! before the first picture of a recording is shown, and holds for the one thing that was asked for.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::role::Capability;
use crate::words::words;

/// Longest note, characters.
pub const NOTE_MAX_CHARS: usize = 500;

/// What was done with a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookupKind {
    /// Asked what there is.
    Search,
    /// Looked at it.
    Playback,
    /// Copied it out.
    Export,
    /// Looked at the clip of an alarm.
    Clip,
}

words! { LookupKind:
    Search = "search", "录像检索", "Search";
    Playback = "playback", "录像回放", "Playback of a recording";
    Export = "export", "录像导出", "Export";
    Clip = "clip", "告警片段", "Clip of an alarm";
}

impl LookupKind {
    /// What one has to be able to do.
    pub fn capability(self) -> Capability {
        match self {
            Self::Search | Self::Playback => Capability::SeeRecordings,
            Self::Export => Capability::ExportRecordings,
            Self::Clip => Capability::SeeAlarms,
        }
    }
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookupReason {
    /// 告警核查
    AlarmCheck,
    /// 事件调查
    Incident,
    /// 视频巡查
    Patrol,
    /// 值守核查: whether a duty room was attended
    DutyCheck,
    /// 设备检修
    Maintenance,
    /// 监管检查: a regulator or auditor checks
    Inspection,
    /// 监护人申请 (State Council Decree 799 art. 21)
    Guardian,
    /// 公安等机关依法调取
    Authority,
    /// 其他
    Other,
}

words! { LookupReason:
    AlarmCheck = "alarm_check", "告警核查", "Checking an alarm";
    Incident = "incident", "事件调查", "Looking into an incident";
    Patrol = "patrol", "视频巡查", "Video patrol";
    DutyCheck = "duty_check", "值守核查", "Checking duty";
    Maintenance = "maintenance", "设备检修", "Maintenance";
    Inspection = "inspection", "监管检查", "Inspection";
    Guardian = "guardian", "监护人申请", "Request of a guardian";
    Authority = "authority", "机关依法调取", "Request of an authority";
    Other = "other", "其他事由（备注说明）", "Other reason (say in the note)";
}

impl LookupReason {
    /// Whether the word alone does not tell enough: for whom, by which paper, what else.
    pub fn needs_note(self) -> bool {
        matches!(self, Self::Incident | Self::Guardian | Self::Authority | Self::Other)
    }
}

/// Why a reason does not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LookupRefusal {
    /// The reason asks for more words.
    #[error("the reason {} needs a note", .0.as_str())]
    NoteMissing(LookupReason),
    /// Above [`NOTE_MAX_CHARS`].
    #[error("the note has more than {NOTE_MAX_CHARS} characters")]
    NoteTooLong,
}

/// Whether reason and note will do.
pub fn check_reason(reason: LookupReason, note: Option<&str>) -> Result<(), LookupRefusal> {
    let note = note.map_or("", str::trim);
    if reason.needs_note() && note.is_empty() {
        return Err(LookupRefusal::NoteMissing(reason));
    }
    if note.chars().count() > NOTE_MAX_CHARS {
        return Err(LookupRefusal::NoteTooLong);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::role::Role;

    #[test]
    fn a_reason_that_tells_too_little_needs_a_note() {
        for reason in LookupReason::ALL {
            assert_eq!(LookupReason::parse(reason.as_str()), Some(reason));
            let refused = reason.needs_note().then_some(LookupRefusal::NoteMissing(reason));
            assert_eq!(check_reason(reason, None).err(), refused);
            assert_eq!(check_reason(reason, Some(" ")).err(), refused);
            assert_eq!(check_reason(reason, Some("家长张某，3月1日下午")), Ok(()));
        }
        let long = "字".repeat(NOTE_MAX_CHARS);
        assert_eq!(check_reason(LookupReason::Other, Some(&long)), Ok(()));
        let longer = format!("{long}字");
        assert_eq!(check_reason(LookupReason::Patrol, Some(&longer)), Err(LookupRefusal::NoteTooLong));
    }

    #[test]
    fn a_guard_looks_and_takes_nothing_along() {
        let may = |role: Role, kind: LookupKind| role.capabilities().contains(&kind.capability());
        assert!(may(Role::DutyGuard, LookupKind::Playback) && !may(Role::DutyGuard, LookupKind::Export));
        assert!(may(Role::Unit, LookupKind::Export));
        for role in [Role::Installer, Role::Auditor, Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin]
        {
            assert!(!may(role, LookupKind::Search) && !may(role, LookupKind::Playback), "{role:?}");
        }
    }
}
