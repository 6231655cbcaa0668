//! A finished file becomes an object: its digest is made first and signed, then it is sent in one piece, then what arrived is looked at.
//!
//! One request takes 5 GiB by the interface; a minute of 8 Mbit/s has 60 MB, so there are no objects of several parts and nothing is left
//! behind by an upload that was broken off.

use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::digest::{Context, SHA256};

use super::super::files::{Files, OpenFile};
use super::files::BucketFiles;
use super::trouble::BucketTrouble;
use super::wire::{Ask, Content};
use crate::hex::hex;

/// Longest file of one request: what the interface takes.
const UPLOAD_BYTES_MAX: u64 = 5 << 30;
/// Bytes read from the disk at once.
const CHUNK_BYTES: usize = 256 << 10;
/// Where the digest of the whole is kept by services that keep one.
const CHECKSUM: &str = "x-amz-checksum-sha256";

/// How fast, and whether still.
#[derive(Debug, Clone, Copy)]
pub struct Pace<'a> {
    /// Most bytes of a second; none: as fast as it goes.
    pub bytes_per_s_max: Option<u64>,
    /// Becomes true when nothing more is to be sent.
    pub stop: &'a AtomicBool,
}

/// What is in the bucket now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uploaded {
    /// Its length.
    pub bytes: u64,
    /// SHA-256, lower-case hex.
    pub sha256: String,
}

impl BucketFiles {
    /// Puts a whole file at a path below the root and makes sure of what arrived: its length, and its digest as the service vouches for it, or read back
    /// from there where it does not. Again at the same path is fine. Errors of `from` are those of its disk; `Interrupted` when stopped.
    pub fn put(&self, path: &Path, from: &dyn OpenFile, pace: Pace<'_>) -> io::Result<Uploaded> {
        let bytes = from.length()?;
        if bytes > UPLOAD_BYTES_MAX {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "longer than one object of one request"));
        }
        let digest = digest_of(from, bytes, pace.stop)?;
        let (sha256, checksum) = (hex(&digest), BASE64.encode(&digest));
        let key = self.key(path)?;
        let failed = AtomicBool::new(false);
        let reader = || -> Box<dyn Read + '_> {
            Box::new(Paced { from, at: 0, bytes, pace, began: Instant::now(), failed: &failed })
        };
        let mut ask = Ask::of("PUT", &key);
        ask.headers = vec![("content-type", "video/mp4".to_owned()), (CHECKSUM, checksum.clone())];
        let slowest_bytes_per_s = pace.bytes_per_s_max.map_or(u64::MAX, |most| most / 2);
        ask.content = Content::File { length: bytes, sha256: &sha256, from: &reader, slowest_bytes_per_s };
        let sent = self.wire().ask(&ask);
        if pace.stop.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        if failed.load(Ordering::Relaxed) {
            return Err(io::Error::other("the file could not be read to its end"));
        }
        sent?;
        self.check(path, &key, &Uploaded { bytes, sha256: sha256.clone() }, &checksum, pace.stop)?;
        Ok(Uploaded { bytes, sha256 })
    }

    fn check(
        &self,
        path: &Path,
        key: &str,
        sent: &Uploaded,
        checksum: &str,
        stop: &AtomicBool,
    ) -> io::Result<()> {
        let mut ask = Ask::of("HEAD", key);
        ask.headers.push(("x-amz-checksum-mode", "ENABLED".to_owned()));
        let damaged = |what: String| io::Error::from(BucketTrouble::Damaged(format!("{what} of {key}")));
        let answer = self.wire().ask(&ask).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => damaged("nothing".to_owned()),
            _ => error,
        })?;
        let length = answer.header("content-length").and_then(|text| text.parse::<u64>().ok());
        if length != Some(sent.bytes) {
            return Err(damaged(format!("{length:?} instead of {} bytes", sent.bytes)));
        }
        match answer.header(CHECKSUM) {
            Some(told) if told == checksum => Ok(()),
            Some(_) => Err(damaged("another digest".to_owned())),
            None => {
                let object = self.open(path)?;
                let there = hex(&digest_of(object.as_ref(), sent.bytes, stop)?);
                if there == sent.sha256 { Ok(()) } else { Err(damaged("other bytes".to_owned())) }
            }
        }
    }
}

/// SHA-256 of a whole file.
fn digest_of(file: &dyn OpenFile, bytes: u64, stop: &AtomicBool) -> io::Result<Vec<u8>> {
    let mut hash = Context::new(&SHA256);
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut at = 0;
    while at < bytes {
        if stop.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        match file.read_at(&mut chunk, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                hash.update(&chunk[..read]);
                at += read as u64;
            }
        }
    }
    Ok(hash.finish().as_ref().to_vec())
}

/// A file that is read no faster than it may be sent.
struct Paced<'a> {
    from: &'a dyn OpenFile,
    at: u64,
    bytes: u64,
    pace: Pace<'a>,
    began: Instant,
    failed: &'a AtomicBool,
}

impl Read for Paced<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.pace.stop.load(Ordering::Relaxed) {
            // Not `Interrupted`, after which a reader is asked again.
            return Err(io::Error::other("stopped"));
        }
        if let Some(most) = self.pace.bytes_per_s_max.filter(|most| *most > 0) {
            let due = Duration::from_secs_f64(self.at as f64 / most as f64);
            thread::sleep(due.saturating_sub(self.began.elapsed()));
        }
        let left = usize::try_from(self.bytes - self.at).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left).min(CHUNK_BYTES);
        let read = self.from.read_at(&mut buffer[..wanted], self.at);
        match read {
            Ok(0) if wanted > 0 => self.failed.store(true, Ordering::Relaxed),
            Ok(read) => self.at += read as u64,
            Err(_) => self.failed.store(true, Ordering::Relaxed),
        }
        read
    }
}
