//! Reads documents back and prints their text, how long it took and what was left out:
//! `cargo run --release -p watchfire-documents --example read_document -- FILE …`

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::time::Instant;

use watchfire_documents::read_document;

fn main() -> std::io::Result<()> {
    for name in std::env::args().skip(1) {
        let bytes = std::fs::read(&name)?;
        let started = Instant::now();
        match read_document(&bytes, &name) {
            Ok(read) => {
                print!("{}", read.text);
                let lines = read.text.lines().count();
                eprintln!("{name}: {:?}, {lines} lines in {:?}", read.kind, started.elapsed());
                for note in read.notes {
                    eprintln!("  {note} / {}", note.message_zh());
                }
            }
            Err(error) => eprintln!("{name}: {error} / {}", error.message_zh()),
        }
    }
    Ok(())
}
