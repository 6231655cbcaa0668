//! Names in a bucket, page by page (`ListObjectsV2`).

use std::collections::BTreeSet;
use std::io;

use super::trouble::BucketTrouble;
use super::wire::{Ask, Wire};
use crate::xml::Element;

/// Names of one answer, as the interface gives them at most.
const PAGE: &str = "1000";
/// Names in one folder at most: a day of a camera that begins a file every second.
const NAMES_MAX: usize = 100_000;

/// Names directly below a folder, in order; folders are names too. An empty folder has none.
pub(super) fn names(wire: &Wire, folder: &str) -> io::Result<Vec<String>> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut names = BTreeSet::new();
    let mut next: Option<String> = None;
    loop {
        let mut ask = Ask::of("GET", "");
        ask.query.extend(next.take().map(|token| ("continuation-token", token)));
        ask.query.push(("delimiter", "/".to_owned()));
        ask.query.push(("list-type", "2".to_owned()));
        ask.query.push(("max-keys", PAGE.to_owned()));
        ask.query.push(("prefix", prefix.clone()));
        let answer = wire.ask(&ask)?;
        let page = read(&answer.body)?;
        let found = page.children("Contents").map(|one| one.text_of("Key"));
        let found = found.chain(page.children("CommonPrefixes").map(|one| one.text_of("Prefix")));
        for name in found.filter_map(|key| key.strip_prefix(&prefix)) {
            let name = name.trim_end_matches('/');
            if !name.is_empty() {
                names.insert(name.to_owned());
            }
        }
        if names.len() > NAMES_MAX {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "too many names in one folder of a bucket",
            ));
        }
        if page.text_of("IsTruncated") != "true" {
            return Ok(names.into_iter().collect());
        }
        let token = page.text_of("NextContinuationToken");
        if token.is_empty() {
            return Err(BucketTrouble::Answer("a list that goes on nowhere".to_owned()).into());
        }
        next = Some(token.to_owned());
    }
}

fn read(body: &[u8]) -> io::Result<Element> {
    let not_a_list = |why: String| io::Error::from(BucketTrouble::Answer(format!("with no list: {why}")));
    let text = str::from_utf8(body).map_err(|error| not_a_list(error.to_string()))?;
    let page = Element::read(text).map_err(|error| not_a_list(error.to_string()))?;
    if page.name == "ListBucketResult" { Ok(page) } else { Err(not_a_list(page.name)) }
}
