//! What a segment's row in the ledger knows of its fragments: where each lies and what time it shows, about nine bytes each.
//!
//! Everything is written as the difference from what the fragment before lets expect, in variable-length numbers: seven bits a byte,
//! least significant first, signed ones folded so that small negative numbers stay short. Rows come from a disk, so reading them has
//! limits, and every entry that is read lies in a file of possible size at a possible time.

/// Most fragments in one file: a minute of 60 fragments a second.
pub const ENTRIES_MAX: usize = 4096;
/// Largest file: far beyond a minute of the fastest camera, and an offset that is larger is damage.
pub const SEGMENT_BYTES_MAX: u64 = 1 << 40;
/// Longest fragment: an hour. Whoever makes fragments cuts far earlier.
pub const DURATION_MAX_US: i64 = 3_600_000_000;
/// Most pictures in one fragment: an hour at 60 a second.
pub const FRAMES_MAX: u32 = 216_000;
/// Wall clocks before 1970 or after 2150 are damage.
pub const TIME_MAX_US: i64 = 5_680_000_000_000_000;

/// First byte of the form written here.
const FORM: u8 = 1;
/// A number of 64 bits takes ten bytes of seven.
const NUMBER_BYTES_MAX: u32 = 10;

/// Place and time of one fragment in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Where `moof` begins.
    pub offset: u64,
    /// Length of `moof` and the header of `mdat`.
    pub head_bytes: u32,
    /// Length of the content of `mdat`.
    pub sample_bytes: u32,
    /// Wall clock of the first picture, microseconds UTC.
    pub begins_at_us: i64,
    /// Until the next one begins, microseconds.
    pub duration_us: i64,
    /// Begins with a picture that depends on no other.
    pub is_key: bool,
    /// Pictures in it.
    pub frames: u32,
}

impl Entry {
    /// Where the next byte after it lies.
    pub fn end(&self) -> u64 {
        self.samples_at() + u64::from(self.sample_bytes)
    }

    /// Where the content of `mdat` begins.
    pub fn samples_at(&self) -> u64 {
        self.offset + u64::from(self.head_bytes)
    }

    /// Wall clock of its end.
    pub fn ends_at_us(&self) -> i64 {
        self.begins_at_us.saturating_add(self.duration_us)
    }

    /// Lies within the limits above.
    pub(super) fn is_possible(&self) -> bool {
        self.offset < SEGMENT_BYTES_MAX
            && (0..=TIME_MAX_US).contains(&self.begins_at_us)
            && (0..=DURATION_MAX_US).contains(&self.duration_us)
            && self.frames <= FRAMES_MAX
    }
}

/// Why bytes are no entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntriesError {
    /// Written by a later version, or damage.
    #[error("entries of unknown form {0}")]
    Form(u8),
    /// The bytes end in the middle, or go on after the end.
    #[error("entries of the wrong length")]
    Length,
    /// A number that no file can have.
    #[error("entry {0} is impossible")]
    Impossible(usize),
    /// More than [`ENTRIES_MAX`].
    #[error("too many entries")]
    TooMany,
}

/// Packs entries for a row. At most [`ENTRIES_MAX`]; what is more is left out.
pub fn write_entries(entries: &[Entry]) -> Vec<u8> {
    let entries = &entries[..entries.len().min(ENTRIES_MAX)];
    let mut out = Vec::with_capacity(16 + entries.len() * 10);
    out.push(FORM);
    push(&mut out, entries.len() as u64);
    let mut before = Before::default();
    for entry in entries {
        push_signed(&mut out, entry.offset as i64 - before.end);
        push(&mut out, u64::from(entry.head_bytes));
        push(&mut out, u64::from(entry.sample_bytes));
        push_signed(&mut out, entry.begins_at_us.wrapping_sub(before.ends_at_us));
        push_signed(&mut out, entry.duration_us.wrapping_sub(before.duration_us));
        push(&mut out, u64::from(entry.frames) << 1 | u64::from(entry.is_key));
        before = Before::after(entry);
    }
    out
}

/// Reads packed entries.
pub fn read_entries(bytes: &[u8]) -> Result<Vec<Entry>, EntriesError> {
    let (&form, mut rest) = bytes.split_first().ok_or(EntriesError::Length)?;
    if form != FORM {
        return Err(EntriesError::Form(form));
    }
    let count = take(&mut rest)?;
    if count > ENTRIES_MAX as u64 {
        return Err(EntriesError::TooMany);
    }
    // An entry has six numbers of at least a byte each: a short row cannot ask for much memory.
    let mut entries = Vec::with_capacity((count as usize).min(rest.len() / 6));
    let mut before = Before::default();
    for number in 0..count as usize {
        let entry = read_entry(&mut rest, &before)?.ok_or(EntriesError::Impossible(number))?;
        before = Before::after(&entry);
        entries.push(entry);
    }
    if rest.is_empty() { Ok(entries) } else { Err(EntriesError::Length) }
}

/// One entry; `None` where a number is impossible.
fn read_entry(rest: &mut &[u8], before: &Before) -> Result<Option<Entry>, EntriesError> {
    let offset = before.end.checked_add(take_signed(rest)?);
    let (head_bytes, sample_bytes) = (take(rest)?, take(rest)?);
    let begins_at_us = before.ends_at_us.checked_add(take_signed(rest)?);
    let duration_us = before.duration_us.checked_add(take_signed(rest)?);
    let frames = take(rest)?;
    Ok((|| {
        let entry = Entry {
            offset: u64::try_from(offset?).ok()?,
            head_bytes: u32::try_from(head_bytes).ok()?,
            sample_bytes: u32::try_from(sample_bytes).ok()?,
            begins_at_us: begins_at_us?,
            duration_us: duration_us?,
            is_key: frames & 1 == 1,
            frames: u32::try_from(frames >> 1).ok()?,
        };
        entry.is_possible().then_some(entry)
    })())
}

/// What the entry before lets expect.
#[derive(Debug, Default)]
struct Before {
    end: i64,
    ends_at_us: i64,
    duration_us: i64,
}

impl Before {
    fn after(entry: &Entry) -> Self {
        Self { end: entry.end() as i64, ends_at_us: entry.ends_at_us(), duration_us: entry.duration_us }
    }
}

fn push(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn push_signed(out: &mut Vec<u8>, value: i64) {
    push(out, ((value << 1) ^ (value >> 63)) as u64);
}

fn take(rest: &mut &[u8]) -> Result<u64, EntriesError> {
    let mut value = 0u64;
    for place in 0..NUMBER_BYTES_MAX {
        let (&byte, after) = rest.split_first().ok_or(EntriesError::Length)?;
        *rest = after;
        value |= u64::from(byte & 0x7f).checked_shl(place * 7).unwrap_or(0);
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(EntriesError::Length)
}

fn take_signed(rest: &mut &[u8]) -> Result<i64, EntriesError> {
    let folded = take(rest)?;
    Ok((folded >> 1) as i64 ^ -((folded & 1) as i64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn minute() -> Vec<Entry> {
        let entry = |number: u64| Entry {
            offset: 900 + number * 505_032,
            head_bytes: 1_032,
            sample_bytes: 503_968,
            begins_at_us: 1_764_000_000_000_000 + number as i64 * 2_000_040,
            duration_us: 2_000_000 + number as i64 % 3,
            is_key: true,
            frames: 50,
        };
        (0..30).map(entry).collect()
    }

    #[test]
    fn a_minute_of_fragments_takes_less_than_four_hundred_bytes() {
        let packed = write_entries(&minute());
        assert!(packed.len() < 400, "{} bytes", packed.len());
        assert_eq!(read_entries(&packed), Ok(minute()));
    }

    #[test]
    fn a_row_that_is_cut_or_goes_on_is_an_error() {
        let packed = write_entries(&minute());
        for cut in 0..packed.len() {
            assert!(read_entries(&packed[..cut]).is_err(), "{cut} bytes of {}", packed.len());
        }
        assert_eq!(read_entries(&[packed, vec![0]].concat()), Err(EntriesError::Length));
    }

    #[test]
    fn a_row_of_a_later_version_and_one_of_too_many_are_refused() {
        assert_eq!(read_entries(&[9, 0]), Err(EntriesError::Form(9)));
        assert_eq!(read_entries(&[FORM, 0xff, 0xff, 0x7f]), Err(EntriesError::TooMany));
    }

    prop_compose! {
        fn any_entry()(
            offset in 0..SEGMENT_BYTES_MAX, head_bytes: u32, sample_bytes: u32, begins_at_us in 0..=TIME_MAX_US,
            duration_us in 0..=DURATION_MAX_US, is_key: bool, frames in 0..=FRAMES_MAX,
        ) -> Entry {
            Entry { offset, head_bytes, sample_bytes, begins_at_us, duration_us, is_key, frames }
        }
    }

    proptest! {
        #[test]
        fn whatever_is_possible_reads_back(entries in prop::collection::vec(any_entry(), 0..60)) {
            prop_assert_eq!(read_entries(&write_entries(&entries)), Ok(entries));
        }

        #[test]
        fn hostile_bytes_are_an_error_or_possible_entries(mut bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(first) = bytes.first_mut() {
                *first = FORM;
            }
            if let Ok(entries) = read_entries(&bytes) {
                prop_assert!(entries.iter().all(Entry::is_possible));
                prop_assert_eq!(read_entries(&write_entries(&entries)), Ok(entries));
            }
        }
    }
}
