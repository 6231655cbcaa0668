//! How far the marker bit of RTP can be believed for one stream.
//!
//! It should end a frame, and where it does a frame can be passed on at once instead of a frame's time later. But some
//! devices set it on every packet, on every slice or never, so a stream has to prove it first.

/// Frames in a row that a marker must have ended rightly before it is acted on: about one second.
const PROOF_FRAMES: u16 = 25;
/// Wrong markers after which a stream is not believed any more, however long it behaves.
const LIES_MAX: u16 = 8;

/// The record of one stream.
#[derive(Debug, Default)]
pub(crate) struct Trust {
    right: u16,
    lies: u16,
}

impl Trust {
    /// A marker stood where the frame ended.
    pub(crate) fn confirm(&mut self) {
        self.right = self.right.saturating_add(1);
    }

    /// A marker stood inside a frame.
    pub(crate) fn refute(&mut self) {
        self.right = 0;
        self.lies = self.lies.saturating_add(1);
    }

    /// True once a marker may end a frame.
    pub(crate) fn is_earned(&self) -> bool {
        self.right >= PROOF_FRAMES && self.lies < LIES_MAX
    }

    /// True as long as no marker was wrong.
    pub(crate) fn is_untainted(&self) -> bool {
        self.lies == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_believed_after_a_second_and_lost_by_one_lie() {
        let mut trust = Trust::default();
        (1..PROOF_FRAMES).for_each(|_| trust.confirm());
        assert!(!trust.is_earned());
        trust.confirm();
        assert!(trust.is_earned());
        trust.refute();
        assert!(!trust.is_earned());
    }

    #[test]
    fn a_notorious_liar_is_never_believed_again() {
        let mut trust = Trust::default();
        (0..LIES_MAX).for_each(|_| trust.refute());
        (0..1_000).for_each(|_| trust.confirm());
        assert!(!trust.is_earned());
    }
}
