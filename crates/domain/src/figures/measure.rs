//! The named measures and their written definitions (R71, R73, R74): one name, one definition, one value per snapshot.

use serde::{Deserialize, Serialize};

use super::cell::Cell;
use super::ratio::Ratio;

/// What is counted. Both have the same denominator: the units that should connect (R23).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 接入率: connected of should connect
    Connection,
    /// 值班率: on 24-hour duty of should connect
    Duty,
}

impl Measure {
    /// Every measure, in the order of a bulletin.
    pub const ALL: [Self; 2] = [Self::Connection, Self::Duty];

    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connection => "connection",
            Self::Duty => "duty",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.as_str() == word)
    }

    /// Chinese name of the rate.
    pub fn name_zh(self) -> &'static str {
        match self {
            Self::Connection => "接入率",
            Self::Duty => "值班率",
        }
    }

    /// English name of the rate.
    pub fn name_en(self) -> &'static str {
        match self {
            Self::Connection => "Connection rate",
            Self::Duty => "Duty rate",
        }
    }

    /// The word a figure's label is built with: 高校接入率, 高校值班率.
    pub fn stem_zh(self) -> &'static str {
        match self {
            Self::Connection => "接入",
            Self::Duty => "值班",
        }
    }

    /// What the rate is, in Chinese, as printed under tables and bulletins.
    pub fn definition_zh(self) -> &'static str {
        match self {
            Self::Connection => {
                "接入率＝统计时点已接入省平台（含接入异常尚未处理完毕）的单位数÷应接入底册单位数；接入以单位计，不以摄像机计"
            }
            Self::Duty => {
                "值班率＝统计时点24小时值班值守状态为“值守有效”的单位数÷应接入底册单位数；分母与接入率相同，未接入单位落实值班的同样计入"
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
        }
    }

    /// The measure's ratio in one cell.
    pub fn of(self, cell: &Cell) -> Ratio {
        match self {
            Self::Connection => Ratio::new(cell.connected, cell.total),
            Self::Duty => Ratio::new(cell.duty, cell.total),
        }
    }
}
