//! Where a camera looks, precisely (2022, A.2.4.13): the answer to a query, and the news of a subscription.

use super::block::block;

block! {
    /// `PTZPosition`.
    #[derive(Default)]
    pub struct PtzPosition {
        /// Degrees, 0 to 360.
        pan: Option<f64> = "Pan",
        /// Degrees, -30 to 90.
        tilt: Option<f64> = "Tilt",
        /// Times.
        zoom: Option<f64> = "Zoom",
        /// Degrees.
        horizontal_angle: Option<f64> = "HorizontalFieldAngle",
        /// Degrees.
        vertical_angle: Option<f64> = "VerticalFieldAngle",
        /// Metres.
        view_distance: Option<f64> = "MaxViewDistance",
    }
}
