//! Altered copies (处理后的副本): a film that leaves the house with its taker's name written over it, or with people made unrecognisable.
//!
//! Evidence is never altered: an export without an alteration has the bytes that the camera sent. An altered copy is made beside it, and
//! says of itself that it is one.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Most hidden areas of one copy.
pub const AREAS_MAX: usize = 16;
/// The whole width or height.
const WHOLE_PERMILLE: u16 = 1000;

/// A rectangle of a picture in thousandths of its width and height, from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureArea {
    /// Left edge.
    pub left_permille: u16,
    /// Upper edge.
    pub top_permille: u16,
    /// Width, above 0.
    pub width_permille: u16,
    /// Height, above 0.
    pub height_permille: u16,
}

/// What is done to the pictures of a copy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Alteration {
    /// Name of who took it along, and when, all over the pictures.
    pub watermark: bool,
    /// Everything is hidden that does not belong to the empty room; sound is left out.
    pub hide_people: bool,
    /// Areas that are hidden from beginning to end, at most [`AREAS_MAX`].
    pub hidden_areas: Vec<PictureArea>,
}

/// An alteration that cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AlterationError {
    /// More than [`AREAS_MAX`].
    #[error("at most {AREAS_MAX} areas can be hidden")]
    TooManyAreas,
    /// Empty, or reaching out of the picture.
    #[error("area {0} is empty or reaches out of the picture")]
    Area(usize),
}

impl Alteration {
    /// Nothing is altered.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it can be made.
    pub fn check(&self) -> Result<(), AlterationError> {
        if self.hidden_areas.len() > AREAS_MAX {
            return Err(AlterationError::TooManyAreas);
        }
        match self.hidden_areas.iter().position(|area| !area.lies_in_picture()) {
            Some(at) => Err(AlterationError::Area(at)),
            None => Ok(()),
        }
    }
}

impl PictureArea {
    fn lies_in_picture(self) -> bool {
        let fits = |from: u16, length: u16| {
            length > 0 && u32::from(from) + u32::from(length) <= WHOLE_PERMILLE.into()
        };
        fits(self.left_permille, self.width_permille) && fits(self.top_permille, self.height_permille)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(left_permille: u16, top_permille: u16, width_permille: u16, height_permille: u16) -> PictureArea {
        PictureArea { left_permille, top_permille, width_permille, height_permille }
    }

    #[test]
    fn areas_lie_in_the_picture_and_are_not_too_many() {
        let with = |hidden_areas| Alteration { hidden_areas, ..Alteration::default() }.check();
        assert_eq!(with(vec![area(0, 0, 1000, 1000), area(999, 999, 1, 1)]), Ok(()));
        for bad in [area(0, 0, 0, 10), area(0, 0, 10, 0), area(500, 0, 501, 10), area(65_535, 0, 65_535, 1)] {
            assert_eq!(with(vec![area(0, 0, 1, 1), bad]), Err(AlterationError::Area(1)), "{bad:?}");
        }
        assert_eq!(with(vec![area(0, 0, 1, 1); 17]), Err(AlterationError::TooManyAreas));
    }

    #[test]
    fn what_is_not_said_is_not_done() {
        let read: Alteration = serde_json::from_str("{}").unwrap();
        assert!(read.is_none());
        assert!(serde_json::from_str::<Alteration>("{\"hide_faces\":true}").is_err());
    }
}
