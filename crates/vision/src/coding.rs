//! How video is coded. The crate that delivers it has a type of its own, because neither may depend on the other.

/// A coding of video.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Coding {
    /// ITU-T H.264.
    H264,
    /// ITU-T H.265.
    H265,
}
