//! The approved picture of a camera's scene, as kept by whoever approved it, brought into the form the comparisons need.

use thiserror::Error;

use super::{EdgeField, MediumLuma, ReferenceEdges, edges::KNOWN_AFTER_LOOKS, standing::StandingCells};
use crate::{
    health::is_grey,
    picture::{Picture, PictureError},
    scale::Scaler,
};

/// A reference picture that cannot be used.
#[derive(Debug, Error)]
pub enum ReferenceUnreadable {
    /// Not a picture.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// It could not be scaled.
    #[error("scaling: {0}")]
    Scale(#[from] fast_image_resize::ResizeError),
}

/// An approved picture.
#[derive(Debug, Clone)]
pub struct ReferencePicture {
    medium: MediumLuma,
    edges: ReferenceEdges,
    is_grey: bool,
}

/// Lines below which a look does not show the approved scene.
const KEPT_MIN: f32 = 0.35;

impl ReferencePicture {
    /// Reads a JPEG or PNG file held in memory.
    pub fn from_encoded(bytes: &[u8]) -> Result<Self, ReferenceUnreadable> {
        Self::of(&Picture::from_encoded(bytes)?)
    }

    /// Of a picture that is decoded already.
    pub fn of(picture: &Picture) -> Result<Self, ReferenceUnreadable> {
        let medium = Scaler::new().medium_luma(picture)?;
        let mut edges = ReferenceEdges::default();
        let field = EdgeField::of(&medium);
        for _ in 0..KNOWN_AFTER_LOOKS {
            edges.follow(&field);
        }
        Ok(Self { is_grey: is_grey(picture), medium, edges })
    }

    /// Whether it has no colour: taken by infrared.
    pub const fn is_grey(&self) -> bool {
        self.is_grey
    }

    /// Whether a look shows the approved scene in the same kind of light. Infrared turns walls dark and cloth bright: such a picture can only be
    /// compared with one that was approved at night.
    pub fn is_comparable(&self, is_grey: bool, edges: &EdgeField) -> bool {
        is_grey == self.is_grey && self.edges.kept(edges) >= KEPT_MIN
    }

    /// Cells that compare with it.
    pub fn cells(&self) -> StandingCells {
        StandingCells::approved(&self.medium)
    }
}
