//! The annexes (附件): tables of rows from the bulletin's snapshot, numbered in a fixed order.
//!
//! A table without rows is left out and the numbers close up; the text asks [`Annexes::number`] and so never cites what is not there.
//! Rows come in, tables go out: nothing is read or counted here that the rows do not say.

mod parties;
mod regions;
mod rows;
mod units;

pub use rows::{AlarmLine, AnnexRows, OrganisationLine, UnitLine};

use serde::{Deserialize, Serialize};

use super::edition::{Annex, Column, Value};
use crate::words::words;

/// The seven annexes in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnnexKind {
    /// Every university.
    Universities,
    /// The categories that are broken down by city, by city and county.
    ByRegion,
    /// Every institution with teaching points.
    TeachingPointHosts,
    /// Units beyond their deadline.
    Overdue,
    /// Third-party organisations.
    Organisations,
    /// Units connected but without duty.
    Unattended,
    /// Alarms not handled in time.
    Alarms,
}

words! { AnnexKind:
    Universities = "universities", "高校接入和值班值守情况", "Universities";
    ByRegion = "by_region", "各设区市和县（市、区）接入和值班值守情况", "Cities and counties";
    TeachingPointHosts = "teaching_point_hosts", "校外教学点设点单位接入和值班值守情况", "Teaching-point hosts";
    Overdue = "overdue", "逾期未接入单位名单", "Units beyond their deadline";
    Organisations = "organisations", "第三方值班值守机构情况", "Organisations";
    Unattended = "unattended", "已接入未落实值班值守单位名单", "Connected units without duty";
    Alarms = "alarms", "未及时处理风险告警清单", "Alarms not handled in time";
}

/// The annexes of one bulletin.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Annexes {
    kinds: Vec<AnnexKind>,
    tables: Vec<Annex>,
}

impl Annexes {
    /// None.
    pub const NONE: Self = Self { kinds: Vec::new(), tables: Vec::new() };

    /// Draws every annex that has rows and numbers them from 1.
    pub fn of(rows: &AnnexRows<'_>) -> Self {
        let mut annexes = Self::NONE;
        for kind in AnnexKind::ALL {
            let (columns, rows, notes) = match kind {
                AnnexKind::Universities => units::universities(rows),
                AnnexKind::ByRegion => regions::by_region(rows),
                AnnexKind::TeachingPointHosts => units::teaching_point_hosts(rows),
                AnnexKind::Overdue => units::overdue(rows),
                AnnexKind::Organisations => parties::organisations(rows),
                AnnexKind::Unattended => units::unattended(rows),
                AnnexKind::Alarms => parties::alarms(rows),
            };
            debug_assert!(rows.iter().all(|row| row.len() == columns.len()), "{}", kind.as_str());
            if !rows.is_empty() {
                annexes.kinds.push(kind);
                let (number, title) = (annexes.kinds.len() as u32, kind.name_zh().to_owned());
                annexes.tables.push(Annex { number, title, columns, rows, notes });
            }
        }
        annexes
    }

    /// The number of an annex; none where it is not there.
    pub fn number(&self, kind: AnnexKind) -> Option<u32> {
        self.kinds.iter().position(|one| *one == kind).map(|index| index as u32 + 1)
    }

    /// How many rows it has; none where it is not there.
    pub fn rows(&self, kind: AnnexKind) -> Option<u64> {
        let index = self.kinds.iter().position(|one| *one == kind)?;
        Some(self.tables[index].rows.len() as u64)
    }

    /// The tables in the order of their numbers.
    pub fn tables(&self) -> &[Annex] {
        &self.tables
    }

    /// Which annex each table is.
    pub fn kinds(&self) -> &[AnnexKind] {
        &self.kinds
    }

    /// The tables for an edition.
    pub fn into_tables(self) -> Vec<Annex> {
        self.tables
    }
}

/// Columns, rows, notes.
type Drawn = (Vec<Column>, Vec<Vec<Value>>, Vec<String>);

/// Columns by title and width.
fn columns(of: &[(&str, u32)]) -> Vec<Column> {
    let column =
        |(title, width): &(&str, u32)| Column { title: (*title).to_owned(), width: *width, rate_of: None };
    of.iter().map(column).collect()
}

/// Words, or a dash where there are none.
fn text(words: Option<&str>) -> Value {
    words.filter(|words| !words.is_empty()).map_or(Value::Absent, |words| Value::Text(words.to_owned()))
}
