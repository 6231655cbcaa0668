//! What the beginning of a file (`ftyp`, `moov`) says of its tracks, as far as an ordinary MP4 can be made from it: most of it is
//! carried over as bytes, so that codecs are no matter here.

use super::walk::{boxes, find, path, u32_at};
use std::ops::Range;

/// Largest `ftyp` and `moov` that is read: ours have about 1 KB.
pub(super) const INIT_BYTES_MAX: u64 = 1 << 20;
/// Pictures and sound; what is more is not ours.
const TRACKS_MAX: usize = 2;

/// What a track carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TrackKind {
    Pictures,
    Sound,
}

/// One track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Track {
    pub(super) id: u32,
    pub(super) kind: TrackKind,
    /// Ticks a second, never 0.
    pub(super) timescale: u32,
    /// Duration, size and flags of samples that name none (`trex`, §8.8.3).
    pub(super) defaults: [u32; 3],
    /// `tkhd` behind its duration: layer, volume, matrix, size.
    pub(super) header_rest: Vec<u8>,
    /// `mdhd` behind its duration: the language.
    pub(super) language: Vec<u8>,
    /// `hdlr`, whole.
    pub(super) handler: Vec<u8>,
    /// The boxes of `minf` without the sample tables, whole.
    pub(super) media: Vec<u8>,
    /// The entries of `stsd`, whole.
    pub(super) descriptions: Vec<Vec<u8>>,
}

/// The tracks of `ftyp` and `moov`; `None` where something is missing or damaged.
pub(super) fn read_tracks(init: &[u8]) -> Option<Vec<Track>> {
    let moov = path(init, 0..init.len(), &[*b"moov"])?;
    let tracks: Option<Vec<Track>> = boxes(init, moov.clone())
        .filter(|place| place.kind == *b"trak")
        .filter(|place| kind_of(init, place.body.clone()).is_some())
        .take(TRACKS_MAX + 1)
        .map(|place| read_track(init, place.body, moov.clone()))
        .collect();
    let tracks = tracks?;
    let pictures = tracks.iter().filter(|track| track.kind == TrackKind::Pictures).count();
    let ids_differ = tracks.len() < 2 || tracks[0].id != tracks[1].id;
    (!tracks.is_empty() && tracks.len() <= TRACKS_MAX && pictures <= 1 && ids_differ).then_some(tracks)
}

/// Pictures or sound; `None` for what is neither.
fn kind_of(init: &[u8], trak: Range<usize>) -> Option<TrackKind> {
    let hdlr = path(init, trak, &[*b"mdia", *b"hdlr"])?;
    match init.get(hdlr.start + 8..hdlr.start + 12)? {
        b"vide" => Some(TrackKind::Pictures),
        b"soun" => Some(TrackKind::Sound),
        _ => None,
    }
}

fn read_track(init: &[u8], trak: Range<usize>, moov: Range<usize>) -> Option<Track> {
    let kind = kind_of(init, trak.clone())?;
    let tkhd = path(init, trak.clone(), &[*b"tkhd"])?;
    let mdia = path(init, trak, &[*b"mdia"])?;
    let mdhd = path(init, mdia.clone(), &[*b"mdhd"])?;
    let hdlr = find(init, mdia.clone(), *b"hdlr")?;
    let minf = path(init, mdia, &[*b"minf"])?;
    let stsd = path(init, minf.clone(), &[*b"stbl", *b"stsd"])?;
    // Version 1 has times of 64 bits.
    let wide = |body: &Range<usize>| init.get(body.start).copied() == Some(1);
    let (id_at, rest_at) = if wide(&tkhd) { (20, 36) } else { (12, 24) };
    let (scale_at, language_at) = if wide(&mdhd) { (20, 32) } else { (12, 20) };
    let id = u32_at(init, tkhd.start + id_at)?;
    let descriptions: Vec<Vec<u8>> =
        boxes(init, stsd.start.checked_add(8)?..stsd.end).map(|place| init[place.whole].to_vec()).collect();
    let media = boxes(init, minf).filter(|place| place.kind != *b"stbl");
    let track = Track {
        id,
        kind,
        timescale: u32_at(init, mdhd.start + scale_at)?,
        defaults: read_defaults(init, moov, id).unwrap_or_default(),
        header_rest: init.get(tkhd.start + rest_at..tkhd.end)?.to_vec(),
        language: init.get(mdhd.start + language_at..mdhd.end)?.to_vec(),
        handler: init[hdlr.whole].to_vec(),
        media: media.flat_map(|place| init[place.whole].to_vec()).collect(),
        descriptions,
    };
    (track.timescale > 0 && !track.descriptions.is_empty()).then_some(track)
}

fn read_defaults(init: &[u8], moov: Range<usize>, id: u32) -> Option<[u32; 3]> {
    let mvex = path(init, moov, &[*b"mvex"])?;
    let trex = boxes(init, mvex)
        .find(|place| place.kind == *b"trex" && u32_at(init, place.body.start + 4) == Some(id))?
        .body;
    let field = |at: usize| u32_at(init, trex.start + at).filter(|_| trex.start + at + 4 <= trex.end);
    Some([field(12)?, field(16)?, field(20)?])
}
