//! CSV as people have it: with or without a byte order mark, in UTF-8, UTF-16 or GB18030, separated by commas or tabs.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, GB18030};

use crate::sheet::{Gather, Sheet, SheetError};

pub fn read(bytes: &[u8]) -> Result<Sheet, SheetError> {
    let text = decode(bytes)?;
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut gather = Gather::default();
    let mut record = StringRecord::new();
    let mut rows = RowNumbers { text: text.as_bytes(), counted_to: 0, breaks: 0, breaks_inside_cells: 0 };
    loop {
        let more = reader.read_record(&mut record).map_err(|error| broken(&error))?;
        if !more {
            return gather.finish();
        }
        let number = rows.of(record.position().map_or(0, |at| at.byte() as usize));
        for (column, cell) in record.iter().enumerate() {
            gather.cell(number, column, cell)?;
            rows.breaks_inside_cells += line_breaks(cell.as_bytes());
        }
    }
}

/// Numbers rows as a spreadsheet program does: empty lines count, line breaks inside quoted cells do not. The csv crate's own line
/// count knows neither.
struct RowNumbers<'a> {
    text: &'a [u8],
    counted_to: usize,
    breaks: u32,
    breaks_inside_cells: u32,
}

impl RowNumbers<'_> {
    /// The number of the row that begins at a byte, or after the empty lines that begin there.
    fn of(&mut self, byte: usize) -> u32 {
        let is_break = |byte: &&u8| matches!(byte, b'\r' | b'\n');
        let rest = self.text.get(byte..).unwrap_or_default();
        let begin = byte + rest.iter().take_while(is_break).count();
        self.breaks += line_breaks(self.text.get(self.counted_to..begin).unwrap_or_default());
        self.counted_to = begin;
        self.breaks.saturating_sub(self.breaks_inside_cells) + 1
    }
}

/// Line feeds, and carriage returns that no line feed follows.
fn line_breaks(bytes: &[u8]) -> u32 {
    let next = bytes.iter().skip(1).map(Some).chain([None]);
    let breaks = bytes.iter().zip(next).filter(|(byte, next)| match byte {
        b'\n' => true,
        b'\r' => *next != Some(&b'\n'),
        _ => false,
    });
    breaks.count() as u32
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, SheetError> {
    let text = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, errors) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if errors {
            return Err(SheetError::NotText { offset: mark });
        }
        text
    } else {
        match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(error) => {
                let (text, errors) = GB18030.decode_without_bom_handling(bytes);
                if errors {
                    return Err(SheetError::NotText { offset: error.valid_up_to() });
                }
                text
            }
        }
    };
    match text.find('\0') {
        Some(at) => Err(SheetError::NotText { offset: offset_in_file(bytes, &text[..at]) }),
        None => Ok(text),
    }
}

/// Where in the file the first zero stands, `before` being the text in front of it.
fn offset_in_file(bytes: &[u8], before: &str) -> usize {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return 2 + 2 * before.encode_utf16().count();
    }
    // Neither UTF-8 nor GB18030 has a zero byte inside a character.
    bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len())
}

/// A tab where the first line has tabs and no comma, as when copied out of a spreadsheet.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if first.contains('\t') && !first.contains(',') { b'\t' } else { b',' }
}

fn broken(error: &csv::Error) -> SheetError {
    let part = error.position().map_or_else(|| "CSV".to_owned(), |at| format!("line {}", at.line()));
    SheetError::Broken { part, what: error.to_string() }
}
