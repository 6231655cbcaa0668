//! Answers that come in many messages: catalogs and lists of recordings.
//!
//! One idea holds all of it: **an answer is what was asked for, and complete only when it says so itself.** Messages are matched by (device,
//! SN) of a question that is open. An unasked message with an old SN and a `SumNum` of 1 once wiped a whole list of channels (WVP#1425), so what
//! nobody asked for is handed back as such. Only an answer with as many different items as its `SumNum` may replace what is known; every
//! other one is partial: merge it, delete nothing.
//!
//! Time comes in as milliseconds of any clock that does not jump; [`Collector::deadline_ms`] says when to call again.

mod catalog;
mod collector;
pub mod records;
#[cfg(test)]
mod tests;

pub use catalog::{CatalogAnswers, catalog_limits};
pub use collector::{Answer, AskError, Collector, End, Limits, Part, Piece, Step};
pub use records::{
    RecordOutput, RecordSearches, RecordingKey, SearchError, SearchId, SearchResult, record_limits,
};
