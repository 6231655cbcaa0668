//! Figures (指标值): how many units should connect, are connected, are on 24-hour duty – by category, kind and city.
//!
//! A figure is a pair of whole numbers until the moment it is printed; no float takes part, so two ways of adding up the same rows
//! cannot differ, and the order of a list is the order of the exact ratios. The input is the [`Cell`]s of one snapshot, which `store`
//! adds up from frozen rows; this module never sees a unit. Not here: sentences (see [`crate::bulletin`]).

mod cell;
mod measure;
mod rank;
mod ratio;
mod table;
pub mod trend;

pub use cell::{Cell, Counts, CountyCell, Dimension, Figure, Figures, Place};
pub use measure::Measure;
pub use rank::rank;
pub use ratio::{Change, DECIMALS, NO_UNIT, PercentFormat, Ratio};
pub use table::{CityFigure, Table, TableRow, city_regions, county_regions};
