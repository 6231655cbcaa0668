//! The register of units that should connect (应接入底册): the regions it starts from, the demonstration rows, the rules of an import.
//!
//! Everything here is a function from text and values to values. The region tree and the synthetic count table are embedded from the
//! repository's `data` folder; storing rows is `store`'s part, reading spreadsheets `documents`'.

pub mod change;
pub mod counts;
pub mod difference;
pub mod expand;
pub mod import;
pub mod regions;
