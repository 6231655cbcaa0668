//! The body of an answer: by length, by chunks (RFC 9112 §7.1), or to the end of the connection.

use super::{Head, ReplyError};
use std::io;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

/// Longest line before a chunk. The number has a few digits; extensions are unknown in the field.
const CHUNK_LINE_BYTES_MAX: u64 = 128;

/// Reads at most `bytes_max` bytes of a body; more is an error.
pub(super) async fn read(
    from: &mut (impl AsyncBufRead + Unpin),
    head: &Head,
    bytes_max: usize,
) -> Result<Vec<u8>, ReplyError> {
    let mut body = Vec::new();
    if head.header("Transfer-Encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked")) {
        chunks(from, &mut body, bytes_max).await?;
    } else if let Some(length) = head.header("Content-Length") {
        let length: u64 = length.parse().map_err(|_| ReplyError::Foreign)?;
        exactly(from, &mut body, length, bytes_max).await?;
    } else if head.protocol == "HTTP" {
        from.take(bytes_max as u64 + 1).read_to_end(&mut body).await?;
        if body.len() > bytes_max {
            return Err(ReplyError::TooLarge);
        }
    }
    Ok(body)
}

async fn chunks(
    from: &mut (impl AsyncBufRead + Unpin),
    body: &mut Vec<u8>,
    bytes_max: usize,
) -> Result<(), ReplyError> {
    loop {
        let line = chunk_line(from).await?;
        let digits = line.split(';').next().unwrap_or_default().trim();
        // `from_str_radix` would take a sign.
        if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(ReplyError::Foreign);
        }
        match u64::from_str_radix(digits, 16).map_err(|_| ReplyError::TooLarge)? {
            // Trailers are not waited for: nothing of ours reads them.
            0 => return Ok(()),
            length => exactly(from, body, length, bytes_max).await?,
        }
        chunk_line(from).await?;
    }
}

async fn chunk_line(from: &mut (impl AsyncBufRead + Unpin)) -> Result<String, ReplyError> {
    let mut line = Vec::new();
    (&mut *from).take(CHUNK_LINE_BYTES_MAX).read_until(b'\n', &mut line).await?;
    match line.last() {
        Some(b'\n') => Ok(String::from_utf8_lossy(&line).into_owned()),
        _ if line.len() as u64 >= CHUNK_LINE_BYTES_MAX => Err(ReplyError::Foreign),
        _ => Err(ReplyError::Cut),
    }
}

async fn exactly(
    from: &mut (impl AsyncBufRead + Unpin),
    body: &mut Vec<u8>,
    length: u64,
    bytes_max: usize,
) -> Result<(), ReplyError> {
    let before = body.len();
    let length = usize::try_from(length).map_err(|_| ReplyError::TooLarge)?;
    if length > bytes_max.saturating_sub(before) {
        return Err(ReplyError::TooLarge);
    }
    // Memory is taken as bytes come, not as they are promised.
    let read = from.take(length as u64).read_to_end(body).await;
    match read {
        Ok(read) if read == length => Ok(()),
        Ok(_) => Err(ReplyError::Cut),
        Err(error) if error.kind() == io::ErrorKind::ConnectionReset => Err(ReplyError::Cut),
        Err(error) => Err(error.into()),
    }
}
