//! A stream of fragments as a playlist of HTTP Live Streaming (RFC 8216), for players of Apple's: one file, and where in it each piece lies.
//!
//! Only recordings are listed, so the list is whole and never loaded again. Live pictures have better ways.

use super::stream::Step;
use jiff::Timestamp;
use std::fmt::Write as _;
use std::ops::Range;

/// A piece is at least so long where the pictures allow it: fewer requests, and seeking is still quick.
const PIECE_US: i64 = 6_000_000;

/// The playlist of a stream of fragments whose bytes are at `uri`, which must not hold quotation marks.
pub fn playlist(steps: &[Step], uri: &str) -> String {
    let pieces = pieces(steps);
    let longest_us = pieces.iter().map(|piece| piece.duration_us).max().unwrap_or(0);
    let mut text = String::from("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-PLAYLIST-TYPE:VOD\n");
    // Rounded to the nearest whole second no piece may be longer (§4.3.3.1).
    let target_s = (longest_us + 999_999) / 1_000_000;
    // Writing into a text cannot fail.
    let _ = writeln!(text, "#EXT-X-TARGETDURATION:{}", target_s.max(1));
    for (number, piece) in pieces.iter().enumerate() {
        if let Some(begin) = &piece.beginning {
            if number > 0 {
                text.push_str("#EXT-X-DISCONTINUITY\n");
            }
            let (length, at) = (begin.end - begin.start, begin.start);
            let _ = writeln!(text, "#EXT-X-MAP:URI=\"{uri}\",BYTERANGE=\"{length}@{at}\"");
        }
        if let Some(wall) = piece.wall_us.and_then(|us| Timestamp::from_microsecond(us).ok()) {
            let _ = writeln!(text, "#EXT-X-PROGRAM-DATE-TIME:{wall:.3}");
        }
        let (length, at) = (piece.bytes.end - piece.bytes.start, piece.bytes.start);
        let (s, us) = (piece.duration_us / 1_000_000, piece.duration_us % 1_000_000);
        let _ = writeln!(text, "#EXTINF:{s}.{us:06},\n#EXT-X-BYTERANGE:{length}@{at}\n{uri}");
    }
    text.push_str("#EXT-X-ENDLIST\n");
    text
}

/// Some fragments that are fetched together.
struct Piece {
    beginning: Option<Range<u64>>,
    wall_us: Option<i64>,
    bytes: Range<u64>,
    duration_us: i64,
}

fn pieces(steps: &[Step]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut beginning = None;
    for step in steps {
        let (bytes, duration_us, is_key, wall_us) = match step {
            Step::Beginning { bytes } => {
                beginning = Some(bytes.clone());
                continue;
            }
            Step::Fragment { bytes, duration_us, is_key, wall_us } => {
                (bytes, *duration_us, *is_key, *wall_us)
            }
        };
        let is_new = beginning.is_some() || wall_us.is_some();
        match pieces.last_mut() {
            // A piece begins with a key picture, or where it has to.
            Some(last) if !is_new && (!is_key || last.duration_us < PIECE_US) => {
                last.bytes.end = bytes.end;
                last.duration_us += duration_us;
            }
            _ => {
                pieces.push(Piece {
                    beginning: beginning.take(),
                    wall_us,
                    bytes: bytes.clone(),
                    duration_us,
                });
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fragment(at: u64, wall_us: Option<i64>) -> Step {
        Step::Fragment { bytes: at..at + 100, duration_us: 2_000_000, is_key: true, wall_us }
    }

    #[test]
    fn pieces_of_six_seconds_begin_anew_at_a_hole_and_with_other_parameters() {
        let noon_us = 1_796_011_200_000_000;
        let mut steps = vec![Step::Beginning { bytes: 0..50 }, fragment(50, Some(noon_us))];
        steps.extend((1..4).map(|number| fragment(50 + number * 100, None)));
        steps.push(fragment(450, Some(noon_us + 60_500_000)));
        steps.push(Step::Beginning { bytes: 550..620 });
        steps.push(fragment(620, Some(noon_us + 62_500_000)));
        let text = playlist(&steps, "recording.m4s?grant=g");
        assert_eq!(
            text.lines().collect::<Vec<_>>(),
            [
                "#EXTM3U",
                "#EXT-X-VERSION:7",
                "#EXT-X-PLAYLIST-TYPE:VOD",
                "#EXT-X-TARGETDURATION:6",
                "#EXT-X-MAP:URI=\"recording.m4s?grant=g\",BYTERANGE=\"50@0\"",
                "#EXT-X-PROGRAM-DATE-TIME:2026-11-30T04:00:00.000Z",
                "#EXTINF:6.000000,",
                "#EXT-X-BYTERANGE:300@50",
                "recording.m4s?grant=g",
                "#EXTINF:2.000000,",
                "#EXT-X-BYTERANGE:100@350",
                "recording.m4s?grant=g",
                "#EXT-X-PROGRAM-DATE-TIME:2026-11-30T04:01:00.500Z",
                "#EXTINF:2.000000,",
                "#EXT-X-BYTERANGE:100@450",
                "recording.m4s?grant=g",
                "#EXT-X-DISCONTINUITY",
                "#EXT-X-MAP:URI=\"recording.m4s?grant=g\",BYTERANGE=\"70@550\"",
                "#EXT-X-PROGRAM-DATE-TIME:2026-11-30T04:01:02.500Z",
                "#EXTINF:2.000000,",
                "#EXT-X-BYTERANGE:100@620",
                "recording.m4s?grant=g",
                "#EXT-X-ENDLIST",
            ]
        );
    }
}
