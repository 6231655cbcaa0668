//! Disks (录像磁盘) that recordings lie on, and what may be done with each.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// What a disk is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiskState {
    /// Written and read.
    Active,
    /// Read, and emptied by the ceiling; nothing new comes.
    ReadOnly,
    /// Missing, swapped or failing; nothing is written, and nothing is deleted, because nobody knows what lies there.
    Failed,
    /// Taken out for good. Its rows stay for the certificates that name it.
    Retired,
}

words! { DiskState:
    Active = "active", "正常使用", "In use";
    ReadOnly = "read_only", "只读不写", "Read only";
    Failed = "failed", "磁盘异常", "Failed";
    Retired = "retired", "已退役", "Retired";
}

impl DiskState {
    /// Whether recordings are written to it.
    pub fn takes_recordings(self) -> bool {
        self == Self::Active
    }

    /// Whether recordings are deleted from it.
    pub fn gives_room(self) -> bool {
        matches!(self, Self::Active | Self::ReadOnly)
    }
}

/// What is moved to a disk that is a bucket (对象存储).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BucketTakes {
    /// What is pinned: the recordings of alarms, and what people pinned.
    Evidence,
    /// Everything.
    All,
}

words! { BucketTakes:
    Evidence = "evidence", "仅锁定的证据", "Pinned evidence only";
    All = "all", "全部录像", "All recordings";
}
