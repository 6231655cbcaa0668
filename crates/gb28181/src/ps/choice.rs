//! Which codec the pictures have: what the bytes prove, else what the map declares, else what the SDP promised.

use super::{Codec, Faults};

/// The evidence about one stream.
#[derive(Debug)]
pub(crate) struct Choice {
    proved: Option<Codec>,
    declared: Option<Codec>,
    hint: Option<Codec>,
    hint_counts: bool,
}

impl Choice {
    /// Nothing is known but a hint from outside.
    pub(crate) fn new(hint: Option<Codec>) -> Self {
        Self { proved: None, declared: None, hint, hint_counts: false }
    }

    /// The codec to work with now.
    pub(crate) fn codec(&self) -> Option<Codec> {
        self.proved.or(self.declared).or(self.hint.filter(|_| self.hint_counts))
    }

    /// The map names a codec.
    pub(crate) fn declare(&mut self, codec: Codec) {
        self.declared = Some(codec);
    }

    /// True if this declaration would change the codec worked with.
    pub(crate) fn would_change(&self, declared: Codec) -> bool {
        self.proved.is_none() && self.codec() != Some(declared)
    }

    /// The bytes show a codec. True if that changes what was believed.
    pub(crate) fn prove(&mut self, codec: Codec, faults: &mut Faults) -> bool {
        let before = self.codec();
        self.proved = Some(codec);
        let corrected = before.is_some_and(|before| before != codec);
        faults.codec_corrections += u64::from(corrected);
        corrected
    }

    /// Waiting has been in vain: the hint is all there is. True if there is one.
    pub(crate) fn fall_back(&mut self) -> bool {
        self.hint_counts = true;
        self.hint.is_some()
    }

    /// True if waiting can end with a hint.
    pub(crate) fn has_hint(&self) -> bool {
        self.hint.is_some()
    }
}
