//! The program stream map (ISO/IEC 13818-1 §2.5.4): which stream id carries which codec.
//!
//! Read with suspicion. The checksum is ignored, because Dahua computes it wrongly (ZLM#324); lengths inside the map
//! are wrong on several brands (ZLM#1535, ZLM#2325, ZLM#4297), so a map that contradicts itself is searched for pairs
//! of a known type and a fitting id instead.

use super::{Codec, start_code};

/// Streams that a map may name; a camera has two or three.
const STREAMS_MAX: usize = 16;
/// Bytes of a map before its first entry, start code and length included, without program descriptors.
const HEAD_BYTES: usize = 12;
/// Bytes of the checksum at the end.
const CRC_BYTES: usize = 4;

/// One line of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) stream: u8,
    /// `None` for a number that the standard does not know, e.g. 0.
    pub(crate) codec: Option<Codec>,
}

/// What a map says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Map {
    pub(crate) entries: Vec<Entry>,
    /// True if the lengths inside were wrong.
    pub(crate) repaired: bool,
}

impl Map {
    /// Reads a whole map, start code included.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let body = bytes.get(10..).unwrap_or_default();
        let info_bytes = bytes.get(8..10).map_or(0, be16);
        let strict = body
            .get(info_bytes..)
            .and_then(|rest| Some((rest.get(2..2 + rest.get(..2).map(be16)?)?, rest.len())))
            .filter(|(list, rest_bytes)| list.len() + 2 + CRC_BYTES == *rest_bytes)
            .and_then(|(list, _)| entries(list));
        match strict {
            Some(entries) => Self { entries, repaired: false },
            None => Self { entries: search(body), repaired: true },
        }
    }

    /// Writes a map for these streams.
    pub(crate) fn write(streams: &[(u8, Codec)], out: &mut Vec<u8>) {
        let from = out.len();
        let list_bytes = streams.len() * 4;
        let length = HEAD_BYTES - 6 + list_bytes + CRC_BYTES;
        out.extend_from_slice(&start_code::PREFIX);
        out.push(start_code::MAP);
        out.extend_from_slice(&(length as u16).to_be_bytes());
        // Current and not next, version 1; no program descriptors.
        out.extend_from_slice(&[0xe1, 0xff, 0, 0]);
        out.extend_from_slice(&(list_bytes as u16).to_be_bytes());
        for &(stream, codec) in streams {
            out.extend_from_slice(&[codec.stream_type(), stream, 0, 0]);
        }
        let checksum = crc32(&out[from..]);
        out.extend_from_slice(&checksum.to_be_bytes());
    }
}

fn be16(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

/// The lines of a list; `None` if a length points outside or its descriptors do not fill it.
fn entries(mut list: &[u8]) -> Option<Vec<Entry>> {
    let mut found = Vec::new();
    while !list.is_empty() {
        let [kind, stream, ..] = *list else { return None };
        let info_bytes = list.get(2..4).map(be16)?;
        if !descriptors_fit(list.get(4..4 + info_bytes)?) {
            return None;
        }
        if found.len() < STREAMS_MAX {
            found.push(Entry { stream, codec: Codec::from_stream_type(kind) });
        }
        list = &list[4 + info_bytes..];
    }
    Some(found)
}

fn descriptors_fit(mut info: &[u8]) -> bool {
    while !info.is_empty() {
        let Some(rest) = info.get(1).and_then(|&bytes| info.get(2 + usize::from(bytes)..)) else {
            return false;
        };
        info = rest;
    }
    true
}

/// Entries found by their looks: a known type, then an id of the same sort.
fn search(body: &[u8]) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    for pair in body.windows(2) {
        let stream = pair[1];
        let Some(codec) = Codec::from_stream_type(pair[0]) else { continue };
        let fits = match stream {
            start_code::VIDEO..=start_code::VIDEO_LAST => codec.is_video(),
            start_code::AUDIO..start_code::VIDEO => !codec.is_video(),
            _ => false,
        };
        if fits && found.len() < STREAMS_MAX && found.iter().all(|entry| entry.stream != stream) {
            found.push(Entry { stream, codec: Some(codec) });
        }
    }
    found
}

/// CRC-32 of ISO/IEC 13818-1 annex A.
fn crc32(bytes: &[u8]) -> u32 {
    bytes.iter().fold(u32::MAX, |mut crc, &byte| {
        crc ^= u32::from(byte) << 24;
        for _ in 0..8 {
            crc = if crc & 0x8000_0000 == 0 { crc << 1 } else { crc << 1 ^ 0x04c1_1db7 };
        }
        crc
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Entry; 2] =
        [Entry { stream: 0xe0, codec: Some(Codec::H264) }, Entry { stream: 0xc0, codec: Some(Codec::G711A) }];

    fn written() -> Vec<u8> {
        let mut out = Vec::new();
        Map::write(&[(0xe0, Codec::H264), (0xc0, Codec::G711A)], &mut out);
        out
    }

    #[test]
    fn what_is_written_is_read() {
        let map = Map::parse(&written());
        assert_eq!((map.entries.as_slice(), map.repaired), (BOTH.as_slice(), false));
    }

    #[test]
    fn the_checksum_leaves_no_remainder() {
        assert_eq!(crc32(&written()), 0);
    }

    #[test]
    fn a_length_that_swallows_the_second_entry_is_noticed() {
        let mut map = written();
        map[15] = 4;
        let map = Map::parse(&map);
        assert_eq!((map.entries.as_slice(), map.repaired), (BOTH.as_slice(), true));
    }

    #[test]
    fn descriptors_that_fit_are_skipped() {
        let bytes = [
            0, 0, 1, 0xbc, 0, 18, 0xe1, 0xff, 0, 2, 0x05, 0, 0, 8, 0x24, 0xe0, 0, 4, 0x2a, 2, 0x1b, 0xe1, 1,
            2, 3, 4,
        ];
        let map = Map::parse(&bytes);
        assert_eq!(map.entries, [Entry { stream: 0xe0, codec: Some(Codec::H265) }]);
        assert!(!map.repaired);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_give_a_small_map(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
            proptest::prop_assert!(Map::parse(&bytes).entries.len() <= STREAMS_MAX);
        }
    }
}
