//! The fields of orders that have some.

use crate::id::GbId;
use crate::manscdp::block::{block, codes};

block! {
    /// A rectangle in the player's window, in pixels from its upper left corner.
    pub struct Window {
        /// The window's width.
        length: i32 = "Length",
        /// The window's height.
        width: i32 = "Width",
        /// The middle of the rectangle.
        mid_x: i32 = "MidPointX",
        /// The middle of the rectangle.
        mid_y: i32 = "MidPointY",
        /// The rectangle's width.
        length_x: i32 = "LengthX",
        /// The rectangle's height.
        length_y: i32 = "LengthY",
    }
}

block! {
    /// Names that go with a command to the head (2022).
    #[derive(Default)]
    pub struct PtzParams {
        /// The name of a preset that is being set.
        preset_name: Option<String> = "PresetName",
        /// The name of a track, 32 bytes at most.
        track_name: Option<String> = "CruiseTrackName",
    }
}

block! {
    /// Looking somewhere precisely (2022).
    #[derive(Default)]
    pub struct PtzPrecise {
        /// Degrees, 0 to 360.
        pan: Option<f64> = "Pan",
        /// Degrees, -30 to 90.
        tilt: Option<f64> = "Tilt",
        /// Times.
        zoom: Option<f64> = "Zoom",
    }
}

codes! {
    /// How a dome follows somebody.
    pub enum TrackMode {
        /// By itself.
        Auto = "Auto",
        /// Whom we point at.
        Manual = "Manual",
        /// No longer.
        Stop = "Stop",
    }
}

block! {
    /// Following somebody (2022). Its three fields stand side by side in the order.
    pub struct TargetTrack {
        /// How.
        mode: TrackMode = "TargetTrack",
        /// The panoramic channel.
        panorama: Option<GbId> = "DeviceID2",
        /// Where in its picture, for [`TrackMode::Manual`].
        area: Option<Window> = "TargetArea",
    }
}
