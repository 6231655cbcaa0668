//! A finished clip as a plain MP4 file, index in front.
//!
//! Fragments would do for a browser, but a clip is also sent to phones, opened in office players and attached to
//! reports; the plain form with a complete index is the one everything plays and can seek in.

use crate::boxes::{
    Content, all_u32_be, full, mdhd_and_hdlr, media_header_and_dinf, mvhd, plain, stsd, tkhd, u32_be, u64_be,
};
use crate::codec::VideoParameters;
use crate::fmp4::{TIMESCALE, ticks};
use crate::frame::Frame;
use std::sync::Arc;

/// Duration of the only frame of a one-frame clip: 1/10 s.
const SINGLE_FRAME_TICKS: u32 = TIMESCALE / 10;

/// Tables of the file, one entry a frame.
struct Tables {
    durations: Vec<u32>,
    offsets: Vec<i32>,
    sizes: Vec<u32>,
    keys: Vec<u32>,
}

/// Writes frames in decoding order as one MP4 file. All of them must share `parameters`.
pub fn write(parameters: &VideoParameters, frames: &[Arc<Frame>]) -> Vec<u8> {
    let mut media = Vec::with_capacity(frames.iter().map(|frame| frame.data.len()).sum());
    let mut sizes = Vec::with_capacity(frames.len());
    for frame in frames {
        let sample = frame.sample();
        media.extend_from_slice(&sample);
        sizes.push(sample.len() as u32);
    }
    let tables = Tables {
        durations: durations(frames),
        offsets: composition_offsets(frames),
        sizes,
        keys: (1..).zip(frames).filter(|(_, frame)| frame.is_key).map(|(number, _)| number).collect(),
    };
    let mut out = Vec::with_capacity(media.len() + 1024 + frames.len() * 20);
    plain(&mut out, *b"ftyp", |out| {
        out.extend_from_slice(b"isom");
        u32_be(out, 512);
        out.extend_from_slice(b"isomiso2mp41");
    });
    let chunk_offset_at = moov(&mut out, parameters, &tables);
    let chunk_offset = (out.len() + 8) as u64;
    out[chunk_offset_at..chunk_offset_at + 8].copy_from_slice(&chunk_offset.to_be_bytes());
    plain(&mut out, *b"mdat", |out| out.extend_from_slice(&media));
    out
}

/// Writes `moov`; returns where the offset of the media data has to be filled in.
fn moov(out: &mut Vec<u8>, parameters: &VideoParameters, tables: &Tables) -> usize {
    let duration = tables.durations.iter().map(|ticks| u64::from(*ticks)).sum();
    let (content, mut chunk_offset_at) = (Content::Video(parameters), 0);
    plain(out, *b"moov", |out| {
        mvhd(out, TIMESCALE, duration);
        plain(out, *b"trak", |out| {
            tkhd(out, content, duration);
            plain(out, *b"mdia", |out| {
                mdhd_and_hdlr(out, content, TIMESCALE, duration);
                plain(out, *b"minf", |out| {
                    media_header_and_dinf(out, content);
                    plain(out, *b"stbl", |out| {
                        stsd(out, content);
                        chunk_offset_at = sample_tables(out, tables);
                    });
                });
            });
        });
    });
    chunk_offset_at
}

fn sample_tables(out: &mut Vec<u8>, tables: &Tables) -> usize {
    full(out, *b"stts", 0, 0, |out| runs(out, &tables.durations, u32_be));
    if tables.offsets.iter().any(|offset| *offset != 0) {
        full(out, *b"ctts", 1, 0, |out| {
            runs(out, &tables.offsets, |out, value| out.extend_from_slice(&value.to_be_bytes()));
        });
    }
    full(out, *b"stss", 0, 0, |out| {
        u32_be(out, tables.keys.len() as u32);
        all_u32_be(out, &tables.keys);
    });
    full(out, *b"stsc", 0, 0, |out| {
        all_u32_be(out, &[1, 1, tables.sizes.len() as u32, 1]);
    });
    full(out, *b"stsz", 0, 0, |out| {
        u32_be(out, 0);
        u32_be(out, tables.sizes.len() as u32);
        all_u32_be(out, &tables.sizes);
    });
    let mut chunk_offset_at = 0;
    full(out, *b"co64", 0, 0, |out| {
        u32_be(out, 1);
        chunk_offset_at = out.len();
        u64_be(out, 0);
    });
    chunk_offset_at
}

/// Run-length table: count of entries, then (count, value) pairs.
fn runs<T: Copy + PartialEq>(out: &mut Vec<u8>, values: &[T], write: impl Fn(&mut Vec<u8>, T)) {
    let groups: Vec<&[T]> = values.chunk_by(|a, b| a == b).collect();
    u32_be(out, groups.len() as u32);
    for group in groups {
        u32_be(out, group.len() as u32);
        write(out, group[0]);
    }
}

/// Distances of the decoding times; the last frame gets its predecessor's.
fn durations(frames: &[Arc<Frame>]) -> Vec<u32> {
    let origin = frames.first().map_or(0, |frame| frame.dts_us);
    let at: Vec<i64> = frames.iter().map(|frame| ticks(frame.dts_us - origin)).collect();
    let mut steps: Vec<u32> = at.windows(2).map(|pair| (pair[1] - pair[0]).max(1) as u32).collect();
    if !frames.is_empty() {
        steps.push(steps.last().copied().unwrap_or(SINGLE_FRAME_TICKS));
    }
    steps
}

fn composition_offsets(frames: &[Arc<Frame>]) -> Vec<i32> {
    frames.iter().map(|frame| ticks(frame.pts_us - frame.dts_us) as i32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boxes::VIDEO_TRACK;
    use crate::codec::VideoCodec;
    use crate::file::VideoFile;
    use crate::nal;
    use bytes::Bytes;

    /// Parameter sets of OpenH264 at 64x48 would do as well; these are x264's at 1920x1080.
    const SPS: &[u8] = &[
        0x67, 0x64, 0x00, 0x28, 0xac, 0xd9, 0x40, 0x78, 0x02, 0x27, 0xe5, 0xc0, 0x44, 0x00, 0x00, 0x03, 0x00,
        0x04, 0x00, 0x00, 0x03, 0x00, 0xc8, 0x3c, 0x60, 0xc6, 0x58,
    ];
    const PPS: &[u8] = &[0x68, 0xeb, 0xe3, 0xcb, 0x22, 0xc0];

    fn parameters() -> VideoParameters {
        VideoParameters::new(VideoCodec::H264, [SPS, PPS]).unwrap()
    }

    fn frames(count: u64) -> Vec<Arc<Frame>> {
        let parameters = Arc::new(parameters());
        let frame = |sequence: u64| {
            let is_key = sequence.is_multiple_of(10);
            let mut data = Vec::new();
            if is_key {
                nal::push(&mut data, SPS);
                nal::push(&mut data, PPS);
            }
            nal::push(&mut data, &[if is_key { 0x65 } else { 0x41 }, 0x88, sequence as u8 | 1, 7]);
            // Uneven steps, and display after decoding for some, as with B-frames.
            let dts_us = sequence as i64 * 100_000 + i64::from(sequence == 7) * 20_000;
            let pts_us = dts_us + if sequence % 3 == 1 { 200_000 } else { 0 };
            Arc::new(Frame {
                sequence,
                is_key,
                discontinuity: false,
                pts_us,
                dts_us,
                received_at_us: dts_us,
                lost_packets: 0,
                data: Bytes::from(data),
                parameters: parameters.clone(),
            })
        };
        (0..count).map(frame).collect()
    }

    fn check(bytes: &[u8], frames: &[Arc<Frame>], last_exact: bool) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.mp4");
        std::fs::write(&path, bytes).unwrap();
        let mut file = VideoFile::open(&path).unwrap();
        assert_eq!(file.parameters().as_ref(), frames[0].parameters.as_ref());
        assert_eq!(file.len(), frames.len());
        for (number, frame) in frames.iter().enumerate() {
            let sample = file.next_sample().unwrap().unwrap();
            assert_eq!((sample.is_key, &sample.data), (frame.is_key, &frame.data), "picture {number}");
            if last_exact || number + 1 < frames.len() {
                assert!((sample.dts_us - frame.dts_us).abs() <= 20, "{} {}", sample.dts_us, frame.dts_us);
                assert!((sample.pts_us - frame.pts_us).abs() <= 40, "{} {}", sample.pts_us, frame.pts_us);
            }
        }
        assert!(file.next_sample().unwrap().is_none());
    }

    #[test]
    fn a_clip_reads_back_as_it_was_written() {
        for count in [1, 2, 35] {
            let frames = frames(count);
            check(&write(&frames[0].parameters, &frames), &frames, true);
        }
    }

    #[test]
    fn live_fragments_read_back_as_they_were_written() {
        let frames = frames(35);
        let mut bytes = crate::fmp4::init_segment(&frames[0].parameters, None);
        for (number, frame) in (1..).zip(&frames) {
            let data = frame.sample();
            let sample = crate::fmp4::Sample {
                dts: ticks(frame.dts_us) as u64,
                offset: ticks(frame.pts_us - frame.dts_us) as i32,
                duration: 9_000,
                is_key: frame.is_key,
                data: &data,
            };
            bytes.extend(crate::fmp4::fragment(number, &sample));
        }
        check(&bytes, &frames, true);
        assert_eq!(&bytes[4..8], b"ftyp");
        assert!(bytes.windows(4).any(|window| window == b"avcC"));
    }

    /// A file of one fragment whose times and run of pictures are given as they stand in the boxes.
    fn fragmented(begins: u64, run_flags: u32, run: &[u32]) -> Vec<u8> {
        let mut bytes = crate::fmp4::init_segment(&parameters(), None);
        plain(&mut bytes, *b"moof", |out| {
            plain(out, *b"traf", |out| {
                full(out, *b"tfhd", 0, 0x02_0000, |out| u32_be(out, VIDEO_TRACK));
                full(out, *b"tfdt", 1, 0, |out| u64_be(out, begins));
                full(out, *b"trun", 1, run_flags, |out| all_u32_be(out, run));
            });
        });
        bytes
    }

    #[test]
    fn a_run_of_more_pictures_than_the_file_has_bytes_is_damaged() {
        let bytes = fragmented(0, 0, &[5_000]);
        assert!(bytes.len() < 5_000);
        let read = crate::mp4_index::read_index(&mut std::io::Cursor::new(bytes));
        assert_eq!(read.unwrap_err().to_string(), "damaged index: trun");
    }

    #[test]
    fn times_stay_at_the_end_of_the_scale() {
        let (duration, offset) = (1_000, 2_000);
        let bytes = fragmented(i64::MAX as u64, 0x100 | 0x800, &[2, duration, offset, duration, offset]);
        let index = crate::mp4_index::read_index(&mut std::io::Cursor::new(&bytes)).unwrap();
        let times: Vec<_> = index.entries.iter().map(|entry| (entry.dts, entry.pts)).collect();
        assert_eq!(times, [(i64::MAX, i64::MAX); 2]);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.mp4");
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(VideoFile::open(&path).unwrap().duration_us(), i64::MAX);
    }

    proptest::proptest! {
        #[test]
        fn a_damaged_file_is_an_error_not_a_panic(
            cut in 0usize..4_000,
            changes in proptest::collection::vec((0usize..1_500, 0u8..=255), 0..12),
        ) {
            let frames = frames(25);
            let mut bytes = write(&frames[0].parameters, &frames);
            for (at, byte) in changes {
                if let Some(place) = bytes.get_mut(at) {
                    *place = byte;
                }
            }
            bytes.truncate(cut.max(8));
            let mut source = std::io::Cursor::new(bytes);
            let _ = crate::mp4_index::read_index(&mut source);
        }
    }
}
