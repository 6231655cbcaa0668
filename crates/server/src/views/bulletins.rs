//! Bulletins as they travel: the text, and every figure printed in it.

use domain::bulletin::PrintedFigure;
use jiff::Timestamp;
use platform::bulletins::BulletinDetail;
use platform::rows::BulletinRecord;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Moment;

/// A bulletin without its text.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulletinRow {
    /// Id.
    pub id: Uuid,
    /// Title.
    pub title: String,
    /// Snapshot its figures come from.
    pub snapshot_id: Uuid,
    /// The moment the snapshot shows.
    pub as_of: Moment,
    /// When it was written.
    pub created_at: Moment,
    /// Name of the person who had it written; empty for the platform itself.
    pub created_by: String,
}

impl BulletinRow {
    /// From its row, its snapshot's moment and the person's name.
    pub fn of(record: &BulletinRecord, as_of: Timestamp, created_by: String) -> Self {
        Self {
            id: record.id.0,
            title: record.title.clone(),
            snapshot_id: record.snapshot_id.0,
            as_of: as_of.into(),
            created_at: record.created_at.into(),
            created_by,
        }
    }
}

/// A number that stands in the text.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulletinFigure {
    /// `F001`, `F002`, … in the order of the text.
    pub id: String,
    /// Name of the figure in Chinese.
    pub label: String,
    /// As printed.
    pub text: String,
    /// Units counted.
    pub numerator: u64,
    /// Of so many; none for a count.
    pub denominator: Option<u64>,
    /// Category; none for all.
    pub category: Option<&'static str>,
    /// City-level region; none for the province.
    pub region_id: Option<Uuid>,
    /// `connection` or `duty`.
    pub measure: &'static str,
}

impl BulletinFigure {
    /// None for a number that counts no units, such as a day.
    fn of(figure: PrintedFigure) -> Option<Self> {
        let measure = figure.measure?;
        Some(Self {
            id: figure.id,
            label: figure.label,
            text: figure.text,
            numerator: figure.numerator,
            denominator: figure.denominator,
            category: figure.category.map(domain::category::Category::as_str),
            region_id: figure.city_id.map(|id| id.0),
            measure: measure.as_str(),
        })
    }
}

/// A bulletin.
#[derive(Debug, Serialize, ToSchema)]
pub struct Bulletin {
    /// The row.
    #[serde(flatten)]
    pub row: BulletinRow,
    /// Plain text, one paragraph a line.
    pub text: String,
    /// Every printed figure.
    pub figures: Vec<BulletinFigure>,
}

impl Bulletin {
    /// From a desk's answer, its snapshot's moment and the person's name.
    pub fn of(detail: BulletinDetail, as_of: Timestamp, created_by: String) -> Self {
        Self {
            row: BulletinRow::of(&detail.record, as_of, created_by),
            text: detail.record.text,
            figures: detail.figures.into_iter().filter_map(BulletinFigure::of).collect(),
        }
    }
}

/// A bulletin to write.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBulletin {
    /// Id of a snapshot, or `latest`.
    pub snapshot_id: String,
}
