//! Exports (录像导出): a stretch of recording copied out as files, each with its SHA-256 in a manifest, so that what leaves the platform
//! can be told from what somebody made of it later.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::words::words;

/// Longest stretch of one export: a day of 4 Mbit/s is 43 GB, more than anybody carries away.
pub const EXPORT_RANGE_MAX: SignedDuration = SignedDuration::from_hours(24);
/// How long the files of an export lie ready. They are a second copy outside the rules of retention, so they do not lie long.
pub const EXPORT_KEEP: SignedDuration = SignedDuration::from_hours(72);

/// Where an export stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportState {
    /// Asked for.
    Waiting,
    /// Being written.
    Running,
    /// Its files lie ready.
    Done,
    /// It could not be written.
    Failed,
    /// Somebody took the request back.
    Cancelled,
    /// Its files are gone; the row and the manifest stay.
    Expired,
}

words! { ExportState:
    Waiting = "waiting", "等待导出", "Waiting for export";
    Running = "running", "正在导出", "Exporting";
    Done = "done", "导出完成", "Exported";
    Failed = "failed", "导出失败", "Export failed";
    Cancelled = "cancelled", "已取消导出", "Cancelled";
    Expired = "expired", "文件已清除", "Files removed";
}

/// What happens to an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExportEvent {
    /// Somebody begins to write it.
    Start,
    /// Whoever wrote it is gone; it waits again.
    Abandon,
    /// Its files lie ready.
    Finish,
    /// It cannot be written.
    Fail,
    /// The request is taken back.
    Cancel,
    /// Its files are removed.
    Expire,
}

/// Every event.
pub const EXPORT_EVENTS: [ExportEvent; 6] = [
    ExportEvent::Start,
    ExportEvent::Abandon,
    ExportEvent::Finish,
    ExportEvent::Fail,
    ExportEvent::Cancel,
    ExportEvent::Expire,
];

impl ExportState {
    /// What it becomes; none where the event cannot happen.
    #[must_use]
    pub fn after(self, event: ExportEvent) -> Option<Self> {
        use ExportEvent as E;
        match (self, event) {
            (Self::Waiting, E::Start) => Some(Self::Running),
            (Self::Running, E::Abandon) => Some(Self::Waiting),
            (Self::Running, E::Finish) => Some(Self::Done),
            (Self::Running, E::Fail) => Some(Self::Failed),
            (Self::Waiting | Self::Running, E::Cancel) => Some(Self::Cancelled),
            (Self::Done, E::Expire) => Some(Self::Expired),
            _ => None,
        }
    }

    /// The states in which an event may happen.
    pub fn before(event: ExportEvent) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |state| state.after(event).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_state_and_event_is_decided() {
        use ExportState as S;
        let table: [(S, [Option<S>; 6]); 6] = [
            (S::Waiting, [Some(S::Running), None, None, None, Some(S::Cancelled), None]),
            (S::Running, [None, Some(S::Waiting), Some(S::Done), Some(S::Failed), Some(S::Cancelled), None]),
            (S::Done, [None, None, None, None, None, Some(S::Expired)]),
            (S::Failed, [None; 6]),
            (S::Cancelled, [None; 6]),
            (S::Expired, [None; 6]),
        ];
        for (state, becomes) in table {
            assert_eq!(EXPORT_EVENTS.map(|event| state.after(event)), becomes, "{state:?}");
        }
        assert_eq!(S::before(ExportEvent::Cancel).collect::<Vec<_>>(), [S::Waiting, S::Running]);
    }
}
