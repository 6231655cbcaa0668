//! Office files from a text: the fuzzer changes the parts themselves, not their packed bytes, whose checksums it would never meet.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

/// What the line before each part begins with; the part's name follows.
const MARK: &str = "-- ";

/// Parts written one after the other, each under a line `-- NAME`. What stands before the first such line goes nowhere.
pub fn parts(text: &str) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(name) = line.strip_prefix(MARK) {
            parts.push((name.trim().to_owned(), String::new()));
        } else if let Some((_, content)) = parts.last_mut() {
            content.push_str(line);
        }
    }
    parts
}

/// Puts parts into an archive, `standard` ones where the text has none of that name. None where names cannot stand in an archive.
pub fn archive(parts: &[(String, String)], standard: &[(&str, &str)]) -> Option<Vec<u8>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let added = standard.iter().filter(|(name, _)| parts.iter().all(|(given, _)| given != name));
    let given = parts.iter().map(|(name, content)| (name.as_str(), content.as_str()));
    for (name, content) in given.chain(added.copied()) {
        archive.start_file(name, options).ok()?;
        archive.write_all(content.as_bytes()).ok()?;
    }
    archive.finish().ok().map(Cursor::into_inner)
}

/// The parts of an archive that we wrote.
pub fn unpacked(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive of our own");
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part of our own");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("a part of our own");
        let name = part.name().expect("a name of our own").into_owned();
        parts.push((name, String::from_utf8_lossy(&content).into_owned()));
    }
    parts
}
