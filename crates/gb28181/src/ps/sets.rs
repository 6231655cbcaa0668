//! Keeps the parameter sets of a stream, shared between its frames.

use super::ParameterSets;
use super::nal::Set;
use bytes::Bytes;
use std::sync::Arc;

/// Longest parameter set kept; real ones have 10 to 200 bytes.
const SET_BYTES_MAX: usize = 4_096;
/// Parameter sets of one kind kept from one access unit. Cameras send one, a few send a picture set for each quality.
const SETS_MAX: usize = 8;

/// The sets in force and those of the access unit in progress.
#[derive(Debug, Default)]
pub(crate) struct SetKeeper {
    current: Option<Arc<ParameterSets>>,
    fresh: ParameterSets,
}

impl SetKeeper {
    /// A parameter set of the access unit in progress, without start code; trailing zeros are no part of it.
    pub(crate) fn add(&mut self, kind: Set, nal: &[u8]) {
        let nal = without_trailing_zeros(nal);
        let list = match kind {
            Set::Video => &mut self.fresh.vps,
            Set::Sequence => &mut self.fresh.sps,
            Set::Picture => &mut self.fresh.pps,
        };
        if nal.len() <= SET_BYTES_MAX && list.len() < SETS_MAX {
            list.push(Bytes::copy_from_slice(nal));
        }
    }

    /// The access unit is complete: the sets in force for it. What it brought replaces what there was, kind by kind.
    pub(crate) fn in_force(&mut self) -> Option<Arc<ParameterSets>> {
        let fresh = std::mem::take(&mut self.fresh);
        if fresh != ParameterSets::default() {
            let old = self.current.as_deref().cloned().unwrap_or_default();
            let pick = |new: Vec<Bytes>, old: Vec<Bytes>| if new.is_empty() { old } else { new };
            let merged = ParameterSets {
                vps: pick(fresh.vps, old.vps),
                sps: pick(fresh.sps, old.sps),
                pps: pick(fresh.pps, old.pps),
            };
            if self.current.as_deref() != Some(&merged) {
                self.current = Some(Arc::new(merged));
            }
        }
        self.current.clone()
    }

    /// The access unit in progress is given up.
    pub(crate) fn forget_fresh(&mut self) {
        self.fresh = ParameterSets::default();
    }

    /// The codec has changed: nothing kept is of use.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Zeros after a NAL unit belong to the byte stream (ITU-T H.264 annex B).
pub(crate) fn without_trailing_zeros(mut bytes: &[u8]) -> &[u8] {
    while let [head @ .., 0] = bytes {
        bytes = head;
    }
    bytes
}
