//! What can have happened to a unit between two snapshots.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// One difference; a unit may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// It counts only in the later one.
    Added,
    /// It counts only in the earlier one.
    Removed,
    /// It counts as connected now and did not.
    Connected,
    /// It counted as connected and does not now.
    Disconnected,
    /// It counts as on duty now and did not.
    DutyGained,
    /// It counted as on duty and does not now.
    DutyLost,
    /// It belongs to another region.
    Moved,
    /// It has another name.
    Renamed,
    /// It is of another category.
    Recategorised,
}

words! { Difference:
    Added = "added", "新增", "Added";
    Removed = "removed", "移出", "Removed";
    Connected = "connected", "新接入", "Newly connected";
    Disconnected = "disconnected", "断开接入", "No longer connected";
    DutyGained = "duty_gained", "新落实值班", "Duty gained";
    DutyLost = "duty_lost", "值班中断", "Duty lost";
    Moved = "moved", "区划变更", "Moved";
    Renamed = "renamed", "更名", "Renamed";
    Recategorised = "recategorised", "类别变更", "Category changed";
}
