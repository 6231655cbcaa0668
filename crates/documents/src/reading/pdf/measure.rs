//! How much a PDF unpacks to, measured before the interpreter unpacks it without a limit.
//!
//! First every deflated stream in the file is unpacked into nothing, found by its keyword, because the interpreter unpacks streams of
//! objects as soon as it opens a file. Then, with the objects known, streams packed in a way that this does not see are refused beyond
//! a small size. Encrypted files hide their streams from both and are refused.

use std::io::{Read, sink};

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_interpret::hayro_syntax::object::Object;
use hayro_interpret::hayro_syntax::{Filter, Pdf};

use super::super::ReadError;

/// Bytes of one stream: embedded Chinese fonts take up to 20 MB.
const STREAM_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Bytes of all streams together.
const STREAMS_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// Packed bytes of a stream that is packed twice, or otherwise than by deflate; these pack about a thousand to one.
const OTHERWISE_PACKED_BYTES_MAX: usize = 64 * 1024;

/// Refuses files whose deflated streams are too large, and encrypted ones.
pub fn packed_streams(bytes: &[u8]) -> Result<(), ReadError> {
    const KEYWORD: &[u8] = b"stream";
    let mut left = STREAMS_BYTES_MAX;
    let mut at = 0;
    while let Some(offset) = find(&bytes[at..], KEYWORD) {
        let begin = at + offset + KEYWORD.len();
        let is_end = bytes[..at + offset].ends_with(b"end");
        at = begin;
        if is_end {
            continue;
        }
        let data = &bytes[begin..];
        let breaks = data.iter().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let allowed = STREAM_BYTES_MAX.min(left);
        let data = &data[breaks..];
        let unpacked =
            unpacked(ZlibDecoder::new(data), allowed).max(unpacked(DeflateDecoder::new(data), allowed));
        if unpacked > allowed {
            return Err(ReadError::Limit {
                what: format!("a stream of the PDF unpacks to more than {allowed} bytes"),
            });
        }
        left -= unpacked;
    }
    if find(bytes, b"/Encrypt").is_some() { Err(ReadError::Encrypted) } else { Ok(()) }
}

/// Bytes that come out until the end, the first error or one past the limit.
fn unpacked(mut decoder: impl Read, allowed: u64) -> u64 {
    let mut counted = decoder.by_ref().take(allowed + 1);
    // An error ends the data; what came before it counts, since the interpreter is as lenient.
    let _ = std::io::copy(&mut counted, &mut sink());
    allowed + 1 - counted.limit()
}

/// Refuses large streams that are packed twice or otherwise than by deflate.
pub fn stacked_filters(pdf: &Pdf) -> Result<(), ReadError> {
    for object in pdf.objects() {
        let Object::Stream(stream) = object else { continue };
        let filters = stream.filters();
        let is_picture = |filter: &Filter| {
            matches!(
                filter,
                Filter::DctDecode | Filter::JpxDecode | Filter::Jbig2Decode | Filter::CcittFaxDecode
            )
        };
        // Pictures are never unpacked here.
        if filters.is_empty() || filters.iter().any(is_picture) || filters.as_slice() == [Filter::FlateDecode]
        {
            continue;
        }
        let bytes = stream.raw_data().len();
        if bytes > OTHERWISE_PACKED_BYTES_MAX {
            return Err(ReadError::Limit {
                what: format!("a stream of {bytes} bytes is packed in an unusual way"),
            });
        }
    }
    Ok(())
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}
