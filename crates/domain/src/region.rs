//! Regions (行政区): the tree province – city – county along which people see and answer for units.
//!
//! A region has an id of its own; the GB/T 2260 code is an attribute because functional areas (a new district, a development zone)
//! run schools without having one, and because codes change when a county becomes a city.

use serde::{Deserialize, Serialize};

use crate::ids::RegionId;

/// Depth in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionLevel {
    /// 省
    Province,
    /// 设区市, and a functional area that is addressed like one (赣江新区).
    City,
    /// 县（市、区）
    County,
}

impl RegionLevel {
    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Province, Self::City, Self::County].into_iter().find(|level| level.as_str() == word)
    }
}

/// One node of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// Own id, stable over code changes.
    pub id: RegionId,
    /// The region above; none for the province.
    pub parent_id: Option<RegionId>,
    /// Depth.
    pub level: RegionLevel,
    /// Official name, e.g. 南昌市.
    pub name: String,
    /// Name without the generic suffix where the trade shortens it, e.g. 南昌.
    pub short_name: String,
    /// GB/T 2260 code, six digits; none for a functional area.
    pub gb2260_code: Option<String>,
    /// Official order among its siblings; ties between exact rates are printed in this order.
    pub order: i32,
}
