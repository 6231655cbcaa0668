//! Program streams.

use gb28181::ps::{Codec, Demuxer, Frame, Hints};

use super::pieces;

/// Bytes of one elementary stream that may be kept; there are six at most.
const TRACK_BYTES_MAX: usize = 4 << 20;

/// A stream gives the same frames in whatever pieces; and it survives gaps, marks and restarts at any place.
pub fn gb_ps(bytes: &[u8]) {
    let [cut, events, stream @ ..] = bytes else { return };
    let hints = Hints { video: (events & 0x80 != 0).then_some(Codec::H264), audio: None };
    let whole = frames(std::iter::once(stream), hints);
    assert_eq!(frames(pieces(stream, *cut), hints), whole, "cut by {cut:#04x}");
    check(&whole, stream);
    check(&disturbed(stream, *cut, *events, hints), stream);
}

fn frames<'a>(pieces: impl Iterator<Item = &'a [u8]>, hints: Hints) -> Vec<Frame> {
    let (mut demuxer, mut frames) = (Demuxer::new(hints), Vec::new());
    pieces.for_each(|piece| demuxer.push(piece, None, &mut frames));
    demuxer.flush(&mut frames);
    frames
}

/// What a network does to a stream.
fn disturbed(stream: &[u8], cut: u8, events: u8, hints: Hints) -> Vec<Frame> {
    let (mut demuxer, mut frames) = (Demuxer::new(hints), Vec::new());
    for (at, piece) in pieces(stream, cut).enumerate() {
        demuxer.push(piece, (events & 1 == 0).then_some((at / 3) as u32), &mut frames);
        match (usize::from(events >> 1) + at) % 9 {
            0 => demuxer.lost(1, &mut frames),
            1..=3 => demuxer.marker(&mut frames),
            4 if events & 0x40 != 0 => demuxer.restart(&mut frames),
            5 if events & 0x20 != 0 => demuxer.flush(&mut frames),
            _ => {}
        }
    }
    demuxer.flush(&mut frames);
    frames
}

/// Every byte is given out once at most.
fn check(frames: &[Frame], stream: &[u8]) {
    let given: usize = frames.iter().map(|frame| frame.data.len()).sum();
    assert!(given <= stream.len(), "{given} bytes of {}", stream.len());
    assert!(frames.iter().all(|frame| !frame.data.is_empty() && frame.data.len() <= TRACK_BYTES_MAX));
}
