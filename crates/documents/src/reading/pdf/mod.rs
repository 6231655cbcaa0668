//! The text of a PDF, put together from the places of its characters.
//!
//! A PDF says which glyph stands where and, when its maker was kind, which character a glyph is. Lines, paragraphs and cells are
//! recovered from the places ([`lines`]). hayro interprets the pages, because it tells the place of every character and bounds how deep hostile objects nest (its versions before 0.9 do not); on the same Chinese text printed by typst, LibreOffice and Chromium it loses nothing (a test shows it). It is
//! foreign code fed by strangers: it runs in a thread of its own with a deadline, after the packed streams were measured
//! ([`measure`]), and a panic in it costs one document.

mod device;
mod lines;
mod measure;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, RenderContent, TransformExt, interpret_page,
};

use super::text::first_rare_line;
use super::{DocumentKind, ReadDocument, ReadError, ReadNote, finish};
use device::{Places, Stop};

/// Pages of a document; a notice with an annex of 20 000 rows takes about 700.
const PAGES_MAX: usize = 1_500;

/// Seconds for a document; a thousand pages take about five.
const SECONDS_MAX: u64 = 20;

/// Stack of the reading thread: nested objects of hostile files recurse.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// Documents read at the same time, those included that ran out of time and are still busy.
const READERS_MAX: usize = 8;

/// Of all glyphs, the share that may have no character, in percent.
const UNREAD_PERCENT_MAX: usize = 2;

/// Readers at work.
static READERS: AtomicUsize = AtomicUsize::new(0);

/// One of [`READERS_MAX`] places, given back when dropped.
struct Place;

impl Place {
    fn take() -> Result<Self, ReadError> {
        if READERS.fetch_add(1, Ordering::SeqCst) >= READERS_MAX {
            READERS.fetch_sub(1, Ordering::SeqCst);
            let what = format!("{READERS_MAX} PDFs are being read; try again in a minute");
            return Err(ReadError::Limit { what });
        }
        Ok(Self)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        READERS.fetch_sub(1, Ordering::SeqCst);
    }
}

pub fn read(bytes: &[u8]) -> Result<ReadDocument, ReadError> {
    measure::packed_streams(bytes)?;
    let bytes = bytes.to_vec();
    let place = Place::take()?;
    let (sender, receiver) = mpsc::channel();
    let reader = std::thread::Builder::new().name("read-pdf".to_owned()).stack_size(STACK_BYTES);
    let work = move || {
        let _place = place;
        let read = catch_unwind(AssertUnwindSafe(|| places(bytes).and_then(|places| document(&places))))
            .unwrap_or_else(|panic| {
                Err(match panic.downcast_ref::<Stop>() {
                    Some(Stop::Deadline) => ReadError::TooSlow { seconds: SECONDS_MAX },
                    Some(Stop::Glyphs) => ReadError::TextTooLong,
                    None => broken("the parser gave up"),
                })
            });
        // Nobody listens any more where the deadline has passed.
        let _ = sender.send(read);
    };
    reader.spawn(work).map_err(|error| broken(&error.to_string()))?;
    // A little more than the deadline that the thread keeps by itself.
    match receiver.recv_timeout(Duration::from_secs(SECONDS_MAX + 2)) {
        Ok(read) => read,
        Err(RecvTimeoutError::Timeout) => Err(ReadError::TooSlow { seconds: SECONDS_MAX }),
        Err(RecvTimeoutError::Disconnected) => Err(broken("the parser gave up")),
    }
}

/// What stands where on each page.
fn places(bytes: Vec<u8>) -> Result<Places, ReadError> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ReadError::Encrypted,
        LoadPdfError::Decryption(_) => broken("its encryption is not known"),
        LoadPdfError::Invalid => broken("no table of objects or pages"),
    })?;
    measure::stacked_filters(&pdf)?;
    let pages = pdf.pages();
    if pages.len() > PAGES_MAX {
        return Err(ReadError::Limit { what: format!("{} pages, at most {PAGES_MAX}", pages.len()) });
    }
    let cache = InterpreterCache::new();
    let mut places = Places::new(Duration::from_secs(SECONDS_MAX));
    for page in pages.iter() {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        places.begin_page(width, height);
        let settings =
            InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
        let bounds = Rect::new(0.0, 0.0, width, height);
        let mut context =
            Context::new(page.initial_transform(true).to_kurbo(), bounds, &cache, pdf.xref(), settings);
        interpret_page(page, &mut context, &mut places);
    }
    Ok(places)
}

fn document(places: &Places) -> Result<ReadDocument, ReadError> {
    let (glyphs, unread) = (places.glyphs, places.unread);
    if glyphs == 0 {
        return Err(if places.pictures > 0 { ReadError::Scanned } else { ReadError::Empty });
    }
    let no_characters = ReadError::NoCharacters { unread, glyphs };
    if unread * 100 > glyphs * UNREAD_PERCENT_MAX {
        return Err(no_characters);
    }
    let mut notes = vec![ReadNote::FromPlaces];
    let (pictures, turned) = (places.pictures, places.turned);
    let put_together = lines::text(&places.pages);
    // A map to characters can be wrong all through; what comes out then are rare ones.
    if let Some(line) = first_rare_line(&put_together.text) {
        return Err(ReadError::Garbled { line, what: "the fonts' map to characters is wrong" });
    }
    notes.extend(
        (put_together.page_numbers > 0).then_some(ReadNote::PageNumbers { count: put_together.page_numbers }),
    );
    let heads = put_together.running_heads;
    notes.extend((heads > 0).then_some(ReadNote::RunningHeads { count: heads }));
    notes.extend((turned > 0).then_some(ReadNote::TurnedText { count: turned }));
    notes.extend((pictures > 0).then_some(ReadNote::Pictures { count: pictures }));
    notes.extend((unread > 0).then_some(ReadNote::UnreadSymbols { count: unread }));
    finish(&put_together.text, DocumentKind::Pdf, None, notes)
}

fn broken(what: &str) -> ReadError {
    ReadError::Broken { part: "PDF".to_owned(), what: what.to_owned() }
}
