//! News of a media session (9.8, A.2.5.3).

use super::block::{block, codes};

codes! {
    /// What happened.
    pub enum MediaEvent {
        /// The file that was asked for has been sent to its end.
        FileEnd = "121",
    }
}

block! {
    /// `MediaStatus`, sent inside the media dialog by the standard and outside of it by some devices (WVP#1469).
    pub struct MediaStatus {
        /// What happened.
        event: MediaEvent = "NotifyType",
    }
}
