//! GB/T 28181, and GB/T 26875.3 for fire facilities: what cameras, recorders and platforms that nobody has vouched for send to the ports of signalling and media.
//!
//! Where a target needs more than one piece of input, the first byte or two say how the rest is cut.

mod bodies;
mod facilities;
mod platform;
mod ps;
mod rtp;
mod short;
mod sip;

use bodies::{gb_manscdp, gb_mansrtsp, gb_sdp};
use facilities::{gb_fire, gb_fire_data};
use platform::gb_platform;
use ps::gb_ps;
use rtp::{gb_depacketise, gb_reorder, gb_rtp};
use short::{gb_digest, gb_ids, gb_ptz};
use sip::{gb_sip, gb_sip_datagrams, gb_sip_stream};

use crate::Target;

/// The targets of this module.
pub const TARGETS: &[(&str, Target)] = &[
    ("gb_depacketise", gb_depacketise),
    ("gb_digest", gb_digest),
    ("gb_fire", gb_fire),
    ("gb_fire_data", gb_fire_data),
    ("gb_ids", gb_ids),
    ("gb_manscdp", gb_manscdp),
    ("gb_mansrtsp", gb_mansrtsp),
    ("gb_platform", gb_platform),
    ("gb_ps", gb_ps),
    ("gb_ptz", gb_ptz),
    ("gb_reorder", gb_reorder),
    ("gb_rtp", gb_rtp),
    ("gb_sdp", gb_sdp),
    ("gb_sip", gb_sip),
    ("gb_sip_datagrams", gb_sip_datagrams),
    ("gb_sip_stream", gb_sip_stream),
];

/// What stands between the steps of a script: a byte that no text has.
const NEXT_STEP: u8 = 0x1e;

/// Cuts bytes into pieces of two lengths in turn, which the cutting byte says.
fn pieces(mut bytes: &[u8], cut: u8) -> impl Iterator<Item = &[u8]> {
    let mut lengths = [usize::from(cut & 0x0f) + 1, usize::from(cut >> 4) * 7 + 1].into_iter().cycle();
    std::iter::from_fn(move || {
        let length = lengths.next().unwrap_or(1).min(bytes.len());
        let (piece, rest) = bytes.split_at(length);
        bytes = rest;
        (!piece.is_empty()).then_some(piece)
    })
}

/// The steps of a script: for each a byte that says what happens, and the bytes with which it happens.
fn steps(script: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    script
        .split(|byte| *byte == NEXT_STEP)
        .filter_map(|step| step.split_first().map(|(what, rest)| (*what, rest)))
}
