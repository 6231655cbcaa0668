//! Catalogs.

use super::collector::{Collector, Limits, Part, Piece};
use crate::id::CatalogId;
use crate::manscdp::catalog::{Catalog, CatalogItem};

const SECOND_MS: u64 = 1_000;

/// Open questions for catalogs.
pub type CatalogAnswers = Collector<CatalogItem>;

/// How long catalogs are waited for.
///
/// Some devices send the first message only after tens of seconds, others one item a message, each waiting for the 200 to the last. A lower
/// platform of a city may have 100,000 items; at about 1 KB each, all open answers together stay below 500 MB.
pub fn catalog_limits() -> Limits {
    Limits {
        first_ms: 120 * SECOND_MS,
        next_ms: 30 * SECOND_MS,
        total_ms: 3_600 * SECOND_MS,
        items_max: 200_000,
        held_max: 500_000,
        asks_max: 4_096,
    }
}

impl Piece for CatalogItem {
    type Key = CatalogId;

    fn key(&self) -> CatalogId {
        self.id
    }
}

impl From<Catalog> for Part<CatalogItem> {
    fn from(catalog: Catalog) -> Self {
        Self { sum_num: catalog.sum_num, items: catalog.items.items, dropped: catalog.items.dropped }
    }
}
