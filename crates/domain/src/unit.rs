//! Units (接入单位): schools, kindergartens, colleges and institutions of the register of units that should connect (应接入底册).

use serde::{Deserialize, Serialize};

use crate::category::Category;
use crate::ids::{RegionId, UnitId};
use crate::words::words;

/// Who runs the unit; only universities' figures are broken down by it (R13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ownership {
    /// 公办
    Public,
    /// 民办
    Private,
}

/// Level of study of a university (R13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StudyLevel {
    /// 本科
    Undergraduate,
    /// 高职
    Vocational,
}

/// How far a unit has come with being connected (§5.4 of the domain notes; R33: built and connected are two things).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// 未启动
    NotStarted,
    /// 建设中
    Building,
    /// 完成建设
    Built,
    /// 已接入
    Connected,
    /// 接入异常: was connected, below the bar for seven days
    ConnectionFault,
    /// 停用
    Stopped,
}

/// How far a unit has come with 24-hour duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// 未落实
    None,
    /// 已申报待机构确认
    Claimed,
    /// 已确认待验证
    Agreed,
    /// 值守有效
    Valid,
    /// 值守存疑
    Doubtful,
    /// 值守中断
    Interrupted,
    /// 已更换
    Replaced,
}

/// How far a unit has come on its way onto the platform (R59): complete only with duty arranged, whatever is built and connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Onboarding {
    /// 待建设
    AwaitsBuilding,
    /// 待接入
    AwaitsConnection,
    /// 已接入，待落实值守
    AwaitsDuty,
    /// 已接入，值守待验证
    AwaitsProof,
    /// 接入完成
    Complete,
    /// 停用
    Stopped,
}

/// Where a state comes from (R37, R45): seen by the platform, told by the unit, confirmed by a regulator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// 平台观测
    Observed,
    /// 单位上报
    Reported,
    /// 监管确认
    Confirmed,
}

/// A unit as it stands at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Own id.
    pub id: UnitId,
    /// Official full name.
    pub name: String,
    /// Exactly one category at a time.
    pub category: Category,
    /// County, or city/province for units run at that level.
    pub region_id: RegionId,
    /// Public or private, where known.
    pub ownership: Option<Ownership>,
    /// Universities only.
    pub study_level: Option<StudyLevel>,
    /// 寄宿制
    pub boarding: bool,
    /// Ten-digit school code where the unit has one.
    pub school_code: Option<String>,
    /// Connection state.
    pub connection: Connection,
    /// Duty state.
    pub duty: Duty,
    /// True for invented rows of a demonstration.
    pub synthetic: bool,
}

words! { Ownership:
    Public = "public", "公办", "Public";
    Private = "private", "民办", "Private";
}
words! { StudyLevel:
    Undergraduate = "undergraduate", "本科", "Undergraduate";
    Vocational = "vocational", "高职", "Vocational";
}
words! { Connection:
    NotStarted = "not_started", "未启动", "Not started";
    Building = "building", "建设中", "Under construction";
    Built = "built", "完成建设", "Built";
    Connected = "connected", "已接入", "Connected";
    ConnectionFault = "connection_fault", "接入异常", "Connection fault";
    Stopped = "stopped", "停用", "Out of use";
}
words! { Duty:
    None = "none", "未落实", "None";
    Claimed = "claimed", "已申报待机构确认", "Claimed, not accepted";
    Agreed = "agreed", "已确认待验证", "Agreed, not proved";
    Valid = "valid", "值守有效", "Valid";
    Doubtful = "doubtful", "值守存疑", "Doubtful";
    Interrupted = "interrupted", "值守中断", "Interrupted";
    Replaced = "replaced", "已更换", "Replaced";
}
words! { Onboarding:
    AwaitsBuilding = "awaits_building", "待建设", "To be built";
    AwaitsConnection = "awaits_connection", "待接入", "To be connected";
    AwaitsDuty = "awaits_duty", "已接入，待落实值守", "Connected, no duty arranged";
    AwaitsProof = "awaits_proof", "已接入，值守待验证", "Connected, duty not proved yet";
    Complete = "complete", "接入完成", "Complete";
    Stopped = "stopped", "停用", "Out of use";
}
words! { Provenance:
    Observed = "observed", "平台观测", "Observed by the platform";
    Reported = "reported", "单位上报", "Reported by the unit";
    Confirmed = "confirmed", "监管确认", "Confirmed by the regulator";
}

impl Connection {
    /// Counted as 已接入: connected now, or connected with a fault not yet ended.
    pub fn counts_as_connected(self) -> bool {
        matches!(self, Self::Connected | Self::ConnectionFault)
    }
}

impl Onboarding {
    /// What the two states of a unit come to. Duty that was interrupted, is doubted or whose organisation is being replaced has to be arranged
    /// or proved again.
    pub fn of(connection: Connection, duty: Duty) -> Self {
        match (connection, duty) {
            (Connection::Stopped, _) => Self::Stopped,
            (Connection::NotStarted | Connection::Building, _) => Self::AwaitsBuilding,
            (Connection::Built, _) => Self::AwaitsConnection,
            (Connection::Connected | Connection::ConnectionFault, Duty::Valid) => Self::Complete,
            (Connection::Connected | Connection::ConnectionFault, Duty::Agreed | Duty::Doubtful) => {
                Self::AwaitsProof
            }
            (
                Connection::Connected | Connection::ConnectionFault,
                Duty::None | Duty::Claimed | Duty::Interrupted | Duty::Replaced,
            ) => Self::AwaitsDuty,
        }
    }
}

impl Duty {
    /// Counted as 有 24 小时值班值守.
    pub fn counts_as_on_duty(self) -> bool {
        matches!(self, Self::Valid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn onboarding_is_complete_only_with_duty() {
        for connection in Connection::ALL {
            for duty in Duty::ALL {
                let complete = Onboarding::of(connection, duty) == Onboarding::Complete;
                assert_eq!(
                    complete,
                    connection.counts_as_connected() && duty.counts_as_on_duty(),
                    "{connection:?} {duty:?}"
                );
            }
        }
        assert_eq!(Onboarding::of(Connection::Connected, Duty::Claimed), Onboarding::AwaitsDuty);
        assert_eq!(Onboarding::of(Connection::Connected, Duty::Agreed), Onboarding::AwaitsProof);
        assert_eq!(Onboarding::of(Connection::Built, Duty::Valid), Onboarding::AwaitsConnection);
        assert_eq!(Onboarding::of(Connection::Stopped, Duty::Valid), Onboarding::Stopped);
    }
}
