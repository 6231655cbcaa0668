//! Prints the bulletin of the synthetic register in every format, and how long each takes.
//!
//! `cargo run --release -p watchfire-documents --example print_bulletin -- FOLDER [TIMES] [draft|letter] [ROWS]`; TIMES repeats the register,
//! ROWS shortens every annex.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use watchfire_documents::{Fonts, docx, edition_xlsx, pdf};

#[path = "../tests/jiangxi/mod.rs"]
mod jiangxi;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let folder = PathBuf::from(words.next().unwrap_or_else(|| ".".to_owned()));
    let times = words.next().and_then(|word| word.parse().ok()).unwrap_or(1);
    let mut edition = jiangxi::edition(times, words.next().as_deref() == Some("draft"));
    if let Some(rows) = words.next().and_then(|word| word.parse().ok()) {
        edition.annexes.iter_mut().for_each(|annex| annex.rows.truncate(rows));
    }
    let rows: usize = edition.annexes.iter().map(|annex| annex.rows.len()).sum();
    let mut out = std::io::stdout();
    writeln!(out, "{} annexes with {rows} rows", edition.annexes.len())?;
    std::fs::create_dir_all(&folder)?;
    let fonts = Fonts::find(&[])?;
    for notice in fonts.notices() {
        writeln!(out, "{notice}")?;
    }
    let start = Instant::now();
    keep(&folder, "docx", start, &docx(&edition, None)?)?;
    let start = Instant::now();
    keep(&folder, "xlsx", start, &edition_xlsx(&edition)?)?;
    let start = Instant::now();
    keep(&folder, "pdf", start, &pdf(&edition, &fonts)?)?;
    // The faces are parsed by now, as in a server.
    let start = Instant::now();
    keep(&folder, "pdf", start, &pdf(&edition, &fonts)?)?;
    Ok(())
}

fn keep(folder: &Path, extension: &str, start: Instant, bytes: &[u8]) -> std::io::Result<()> {
    let took_ms = start.elapsed().as_secs_f64() * 1000.0;
    writeln!(std::io::stdout(), "{extension}: {took_ms:.0} ms, {} KB", bytes.len() / 1024)?;
    std::fs::write(folder.join(format!("bulletin.{extension}")), bytes)
}
