//! A file of about a minute: its name, and what is put where in it.
//!
//! `ftyp moov (prft moof mdat)*`. The time stamp before each fragment (`prft`, ISO/IEC 14496-12 §8.16.5) is why a file can be
//! understood without the ledger: decoding times in `moof` count from anywhere, `prft` says what our clock showed.

use super::entries::Entry;
use super::fragment::{Fragment, StreamId};
use super::moof::first_decoding_time;
use crate::boxes::{full, u32_be, u64_be};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use std::path::{Path, PathBuf};

/// Length of the time stamp's box.
pub(super) const STAMP_BYTES: u64 = 32;
/// Seconds from 1900, where NTP counts from, to 1970.
const NTP_OFFSET_S: i64 = 2_208_988_800;
/// NTP's seconds wrap in 2036; what is smaller than this (2020) is meant to be after it.
const NTP_ERA_FROM_S: i64 = 3_786_825_600;
/// Times of files are those of the wall.
const BEIJING: Offset = Offset::constant(8);

/// Path of a file below its disk: folder of the stream, day and time in Beijing. `attempt` tells files of one millisecond apart.
pub(super) fn segment_path(stream: StreamId, begins_at_us: i64, attempt: u32) -> PathBuf {
    // Times were checked when the fragment was taken, and are far inside what a timestamp holds.
    let time = BEIJING.to_datetime(Timestamp::from_microsecond(begins_at_us).unwrap_or_default());
    let day = format!("{:04}{:02}{:02}", time.year(), time.month(), time.day());
    let clock =
        format!("{:02}{:02}{:02}{:03}", time.hour(), time.minute(), time.second(), time.millisecond());
    let again = if attempt == 0 { String::new() } else { format!("-{attempt}") };
    [stream.to_string(), day, format!("{clock}{again}.mp4")].iter().collect()
}

/// When a file of such a path begins, to a millisecond; `None` where it is not one of ours.
pub(super) fn path_time_us(path: &Path) -> Option<i64> {
    let clock = path.file_name()?.to_str()?.strip_suffix(".mp4")?;
    let (clock, attempt) = clock.split_once('-').unwrap_or((clock, "0"));
    let day = path.parent()?.file_name()?.to_str()?;
    let is_number = |text: &str, digits: usize| {
        (text.len() == digits).then_some(text).and_then(|text| text.parse::<u32>().ok())
    };
    let (day, clock) = (is_number(day, 8)?, is_number(clock, 9)?);
    let _: u32 = attempt.parse().ok()?;
    let time = DateTime::new(
        (day / 10_000) as i16,
        (day / 100 % 100) as i8,
        (day % 100) as i8,
        (clock / 10_000_000) as i8,
        (clock / 100_000 % 100) as i8,
        (clock / 1000 % 100) as i8,
        (clock % 1000) as i32 * 1_000_000,
    );
    Some(BEIJING.to_timestamp(time.ok()?).ok()?.as_microsecond())
}

/// Path below its disk of the file that begins at this moment, in microseconds UTC. A second file of the same millisecond has another name, and
/// no ledger that knows files by their beginning knows it.
pub fn recorded_file(stream: StreamId, begins_at_us: i64) -> PathBuf {
    segment_path(stream, begins_at_us, 0)
}

/// Folder of a stream's files of one day (Beijing), below its disk.
pub fn day_folder(stream: StreamId, at_us: i64) -> PathBuf {
    super::files::folder_of(&segment_path(stream, at_us, 0))
}

/// The box that says at what time of our clock a fragment begins.
pub(super) fn stamp(fragment: &Fragment) -> Vec<u8> {
    let mut out = Vec::with_capacity(STAMP_BYTES as usize);
    // Flags 0: the time is that of the encoder's output, as near to it as a receiver can tell.
    full(&mut out, *b"prft", 1, 0, |out| {
        let (track, decoding_time) = first_decoding_time(&fragment.head).unwrap_or((1, 0));
        u32_be(out, track);
        u64_be(out, to_ntp(fragment.begins_at_us));
        u64_be(out, decoding_time);
    });
    out
}

/// Microseconds UTC as seconds and fractions since 1900, modulo 2^32 seconds.
fn to_ntp(us: i64) -> u64 {
    let seconds = us.div_euclid(1_000_000) + NTP_OFFSET_S;
    let fraction = ((us.rem_euclid(1_000_000) as u64) << 32).div_ceil(1_000_000);
    (seconds as u64 & 0xffff_ffff) << 32 | fraction
}

/// The reverse.
pub(super) fn from_ntp(ntp: u64) -> i64 {
    let seconds = (ntp >> 32) as i64;
    let era = if seconds < NTP_ERA_FROM_S { 1i64 << 32 } else { 0 };
    let fraction_us = ((ntp & 0xffff_ffff) * 1_000_000) >> 32;
    (seconds + era - NTP_OFFSET_S) * 1_000_000 + fraction_us as i64
}

/// Where the next fragment of a file goes, given where the file ends.
pub(super) fn place(fragment: &Fragment, end: u64) -> Entry {
    Entry {
        offset: end + STAMP_BYTES,
        head_bytes: fragment.head.len() as u32,
        sample_bytes: (fragment.bytes() - fragment.head.len() as u64) as u32,
        begins_at_us: fragment.begins_at_us,
        duration_us: fragment.duration_us,
        is_key: fragment.is_key,
        frames: fragment.frames,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_file_is_named_by_the_time_in_beijing() {
        // 2026-11-29 23:59:58.007 in Beijing.
        let at_us = 1_795_967_998_007_999;
        let path = segment_path(StreamId(0xab), at_us, 0);
        assert_eq!(path.to_str().unwrap(), "000000000000000000000000000000ab/20261129/235958007.mp4");
        assert!(segment_path(StreamId(0xab), at_us, 2).ends_with("20261129/235958007-2.mp4"));
    }

    #[test]
    fn names_that_are_not_ours_have_no_time() {
        for name in [
            "20261129/235958007.torn",
            "20261129/23595800.mp4",
            "20261329/235958007.mp4",
            "x/235958007-x.mp4",
        ] {
            assert_eq!(path_time_us(Path::new(name)), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn the_name_tells_the_time_to_a_millisecond(us in 0i64..4_000_000_000_000_000, attempt in 0u32..3) {
            prop_assert_eq!(path_time_us(&segment_path(StreamId(1), us, attempt)), Some(us / 1000 * 1000));
        }

        #[test]
        fn the_stamp_keeps_microseconds(us in 1_600_000_000_000_000i64..4_000_000_000_000_000) {
            prop_assert_eq!(from_ntp(to_ntp(us)), us);
        }
    }
}
