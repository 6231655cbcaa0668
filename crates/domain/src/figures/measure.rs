//! The named measures and their written definitions (R71, R73, R74): one name, one definition, one value per snapshot.

use serde::{Deserialize, Serialize};

use super::cell::Counts;
use super::ratio::Ratio;
use crate::words::words;

/// What is counted: a population and the part of it that has a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 接入率: connected of should connect
    Connection,
    /// 值班率: on 24-hour duty of should connect, the denominator of the connection rate (R23)
    Duty,
    /// 未接入率: not connected of should connect (R35)
    NotConnected,
    /// 值守有效率: on duty of connected (R23)
    EffectiveDuty,
    /// 无值班率: without duty of connected (R38)
    Unattended,
}

words! { Measure:
    Connection = "connection", "接入率", "Connection rate";
    Duty = "duty", "值班率", "Duty rate";
    NotConnected = "not_connected", "未接入率", "Not-connected rate";
    EffectiveDuty = "effective_duty", "值守有效率", "Effective duty rate";
    Unattended = "unattended", "无值班率", "Unattended rate";
}

impl Measure {
    /// The two that section 一 of a bulletin is made of, in its order.
    pub const SECTION_ONE: [Self; 2] = [Self::Connection, Self::Duty];

    /// The word a figure's label is built with: 高校接入率, 高校值班率.
    pub fn stem_zh(self) -> &'static str {
        match self {
            Self::Connection => "接入",
            Self::Duty => "值班",
            Self::NotConnected => "未接入",
            Self::EffectiveDuty => "值守有效",
            Self::Unattended => "无值班值守",
        }
    }

    /// What the rate is, in Chinese, as printed under tables and bulletins.
    pub fn definition_zh(self) -> &'static str {
        match self {
            Self::Connection => {
                "接入率＝统计时点已接入省平台（含接入异常尚未处理完毕）的单位数÷应接入底册单位数；接入以单位计，不以摄像机计"
            }
            Self::Duty => {
                "值班率（24小时值班值守比例）＝统计时点24小时值班值守状态为“值守有效”的单位数÷应接入底册单位数；分母与接入率相同，未接入单位落实值班的同样计入"
            }
            Self::NotConnected => "未接入率＝统计时点未接入省平台的单位数÷应接入底册单位数；与接入率互补",
            Self::EffectiveDuty => "值守有效率＝已接入且值守有效的单位数÷已接入单位数",
            Self::Unattended => {
                "无值班率＝已接入但没有落实24小时值班值守的单位数÷已接入单位数；与值守有效率互补"
            }
        }
    }

    /// The same in English.
    pub fn definition_en(self) -> &'static str {
        match self {
            Self::Connection => {
                "Connection rate = units connected to the platform at the as-of time (a connection fault that has not ended counts \
                 as connected) ÷ units in the register of units that should connect. Units are counted, not cameras."
            }
            Self::Duty => {
                "Duty rate = units whose 24-hour duty is valid at the as-of time ÷ units in the register of units that should \
                 connect: the denominator of the connection rate. Duty of units not yet connected counts."
            }
            Self::NotConnected => {
                "Not-connected rate = units not connected at the as-of time ÷ units in the register of units that should connect; \
                 with the connection rate it makes 100 %."
            }
            Self::EffectiveDuty => {
                "Effective duty rate = units both connected and on valid duty ÷ connected units."
            }
            Self::Unattended => {
                "Unattended rate = connected units without valid 24-hour duty ÷ connected units; with the effective duty rate it \
                 makes 100 %."
            }
        }
    }

    /// The measure's ratio among units counted so.
    pub fn of(self, counts: Counts) -> Ratio {
        match self {
            Self::Connection => Ratio::new(counts.connected, counts.total),
            Self::Duty => Ratio::new(counts.duty, counts.total),
            Self::NotConnected => Self::Connection.of(counts).complement(),
            Self::EffectiveDuty => Ratio::new(counts.connected_on_duty, counts.connected),
            Self::Unattended => Self::EffectiveDuty.of(counts).complement(),
        }
    }

    /// Whether a unit with these two states is counted in the numerator, and whether it belongs to the population.
    pub fn counts(self, connected: bool, on_duty: bool) -> (bool, bool) {
        match self {
            Self::Connection => (connected, true),
            Self::Duty => (on_duty, true),
            Self::NotConnected => (!connected, true),
            Self::EffectiveDuty => (connected && on_duty, connected),
            Self::Unattended => (connected && !on_duty, connected),
        }
    }
}
