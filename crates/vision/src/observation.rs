//! What the room says: the words in which a camera's pictures are reported.
//!
//! An observation states what is seen, where in the picture, how surely and since when. It does not say
//! what that means: alarms, levels, people and clocks belong to others.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Fire: flame that nobody holds or tends.
    Flame,
    /// Smoke.
    Smoke,
    /// Flame that is held or tended: lighter, match, candle, gas ring. A lower kind of its own.
    OpenFlame,
}

impl Kind {
    /// Every kind, in the order of the model's outputs.
    pub const ALL: [Self; 3] = [Self::Flame, Self::Smoke, Self::OpenFlame];

    /// Position in the model's outputs.
    pub const fn index(self) -> usize {
        match self {
            Self::Flame => 0,
            Self::Smoke => 1,
            Self::OpenFlame => 2,
        }
    }

    /// The word used in JSON and in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Flame => "flame",
            Self::Smoke => "smoke",
            Self::OpenFlame => "open_flame",
        }
    }
}

/// A rectangle in a picture as shares of its width and height, origin top left. In JSON `[x, y, w, h]`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f32; 4]", into = "[f32; 4]")]
pub struct Rect {
    /// Left edge, 0 to 1.
    pub x: f32,
    /// Top edge, 0 to 1.
    pub y: f32,
    /// Width, 0 to 1.
    pub w: f32,
    /// Height, 0 to 1.
    pub h: f32,
}

impl From<[f32; 4]> for Rect {
    fn from([x, y, w, h]: [f32; 4]) -> Self {
        Self { x, y, w, h }
    }
}

impl From<Rect> for [f32; 4] {
    fn from(r: Rect) -> Self {
        [r.x, r.y, r.w, r.h]
    }
}

impl Rect {
    /// The whole picture.
    pub const WHOLE: Self = Self { x: 0.0, y: 0.0, w: 1.0, h: 1.0 };

    /// The area the two rectangles share, as a share of the picture.
    pub fn shared_area(self, other: Self) -> f32 {
        let width = (self.x + self.w).min(other.x + other.w) - self.x.max(other.x);
        let height = (self.y + self.h).min(other.y + other.h) - self.y.max(other.y);
        width.max(0.0) * height.max(0.0)
    }

    /// The shared area as a part of the area that either covers (intersection over union).
    pub fn overlap(self, other: Self) -> f32 {
        let shared = self.shared_area(other);
        shared / (self.w * self.h + other.w * other.h - shared).max(f32::MIN_POSITIVE)
    }

    /// Whether the two rectangles, each widened by `margin` on every side, share any area.
    pub fn near(self, other: Self, margin: f32) -> bool {
        let apart = 2.0 * margin;
        self.x < other.x + other.w + apart
            && other.x < self.x + self.w + apart
            && self.y < other.y + other.h + apart
            && other.y < self.y + self.h + apart
    }
}

/// One area of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// Where.
    #[serde(rename = "box")]
    pub rect: Rect,
    /// How surely, 0 to 1.
    pub score: f32,
}

/// An area is shown when its score is at least this share of the strongest one's.
const MARKED_SHARE: f32 = 0.5;

/// What the model says about one kind in one picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Detection {
    /// Which kind.
    pub kind: Kind,
    /// Score of the whole picture, 0 to 1. Compare it with [`crate::Thresholds`].
    pub score: f32,
    /// Areas, strongest first, at most [`crate::regions::MAX_REGIONS`], weak ones included. For showing, see
    /// [`Detection::marked`].
    pub regions: Vec<Region>,
}

impl Detection {
    /// The areas worth showing to people: the strongest, and others nearly as strong.
    pub fn marked(&self) -> impl Iterator<Item = Rect> {
        let least = self.regions.first().map_or(0.0, |strongest| strongest.score * MARKED_SHARE);
        self.regions.iter().filter(move |region| region.score >= least).map(|region| region.rect)
    }
}

/// How far the looks at one camera agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Seen more than once; a reason to look closer, not to wake anybody.
    Suspect,
    /// Seen in enough looks, in one place, over enough time.
    Confirmed,
}

/// The pictures that go with an observation, as JPEG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// As decoded.
    pub plain_jpeg: Vec<u8>,
    /// With the areas drawn in.
    pub marked_jpeg: Vec<u8>,
}

/// A change worth telling: a kind became suspect or confirmed on a camera.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Observation {
    /// What is seen.
    pub kind: Kind,
    /// Suspect or confirmed.
    pub certainty: Certainty,
    /// Highest picture score among the looks that agree, 0 to 1.
    pub score: f32,
    /// Areas in the picture of this look.
    pub boxes: Vec<Rect>,
    /// Time of the look that settled it.
    pub at: Timestamp,
    /// Time of the first look that counted towards it.
    pub first_seen_at: Timestamp,
    /// Told before, and seen on since.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_again: bool,
    /// Version of the weights that saw it.
    pub model_version: String,
    /// The picture of this look.
    #[serde(skip)]
    pub evidence: Evidence,
}
