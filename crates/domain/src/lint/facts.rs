//! What the platform knows about one of its own drafts.

use jiff::civil;

/// An annex that goes with the draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnnexFact {
    /// Number in the list of annexes.
    pub number: u32,
    /// Rows of its table.
    pub rows: u64,
    /// Names in it, where it is a list of names.
    pub names: Vec<String>,
}

/// Facts that make rules exact which otherwise work from the text alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Regions that exist, full names in the official order (L9).
    pub regions: Vec<String>,
    /// Annexes present (L12, L16).
    pub annexes: Vec<AnnexFact>,
    /// The day of the figures (L13).
    pub as_of: Option<civil::Date>,
    /// Printed forms of every figure computed from rows, as they stand in the text without unit: `12253`, `47.3%`, `0` (L18).
    pub figures: Vec<String>,
}
