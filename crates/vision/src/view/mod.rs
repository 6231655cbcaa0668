//! What a fixed camera normally shows: the lines of its scene, and what has been standing in it.
//!
//! Everything here works on the [`MediumLuma`] picture and knows no model: it compares what is seen now with what was seen before, or with
//! a picture a person approved. What a difference means – a turned camera, a blocked exit – is said elsewhere.

mod edges;
mod left;
mod reference;
mod standing;
mod zone;

pub use edges::{EdgeField, ReferenceEdges};
pub use left::{LeftObject, LeftObjects, LeftRule};
pub use reference::{ReferencePicture, ReferenceUnreadable};
pub use standing::StandingCells;
pub use zone::{Polygon, PolygonError, ZoneState, ZoneWatch};

/// Size of the luma picture that the comparisons work on: fine enough for a box of 20 pixels in a picture 480 wide.
pub const MEDIUM_WIDTH: usize = 320;
/// See [`MEDIUM_WIDTH`].
pub const MEDIUM_HEIGHT: usize = 180;

/// A luma picture of [`MEDIUM_WIDTH`] by [`MEDIUM_HEIGHT`], row by row, whatever the camera's shape.
pub type MediumLuma = Vec<u8>;
