//! Questions to devices that speak in lines: HTTP, RTSP and SIP have one form of answer, a status line, headers and a body.
//!
//! This is no web client. One question goes over one connection to one literal address, the answer is read under limits of bytes
//! and time, nothing is followed anywhere, and nothing is sent twice. A device may be broken or hostile; then there is an error.

mod body;
mod head;

pub(crate) use head::Head;

use std::io;
use std::net::SocketAddrV4;
use std::time::Duration;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longest head of an answer, in bytes. Cameras send a few hundred.
pub(crate) const HEAD_BYTES_MAX: usize = 16 << 10;

/// How long and how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplyLimits {
    /// For the connection, in milliseconds.
    pub connect_ms: u64,
    /// From the connection to the end of the answer, in milliseconds.
    pub answer_ms: u64,
    /// Longest body of an answer.
    pub body_bytes_max: usize,
}

impl Default for ReplyLimits {
    /// 3 s and 8 s, because cheap cameras hash slowly; 1 MiB, because a recorder with 64 channels lists its profiles in 300 KiB.
    fn default() -> Self {
        Self { connect_ms: 3_000, answer_ms: 8_000, body_bytes_max: 1 << 20 }
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) head: Head,
    pub(crate) body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReplyError {
    /// No connection, or it broke.
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("no answer in time")]
    TimedOut,
    /// What came is not an answer of this protocol.
    #[error("not an answer")]
    Foreign,
    #[error("the answer is too long")]
    TooLarge,
    /// The connection ended within the answer.
    #[error("the answer is cut short")]
    Cut,
}

/// Asks over a connection of its own.
pub(crate) async fn ask(to: SocketAddrV4, question: &[u8], limits: ReplyLimits) -> Result<Reply, ReplyError> {
    let connected = timeout(Duration::from_millis(limits.connect_ms), TcpStream::connect(to)).await;
    let mut socket = connected.map_err(|_| ReplyError::TimedOut)??;
    let answer = async {
        socket.write_all(question).await?;
        // One byte more than allowed shows that there is more.
        let bytes_max = (HEAD_BYTES_MAX + 2 * limits.body_bytes_max) as u64;
        read_reply(&mut BufReader::new(socket.take(bytes_max)), limits.body_bytes_max).await
    };
    timeout(Duration::from_millis(limits.answer_ms), answer).await.map_err(|_| ReplyError::TimedOut)?
}

/// Reads one answer.
async fn read_reply(
    from: &mut (impl AsyncBufRead + Unpin),
    body_bytes_max: usize,
) -> Result<Reply, ReplyError> {
    let mut head = read_head(from).await?;
    if head.status == 100 {
        head = read_head(from).await?;
    }
    let body = body::read(from, &head, body_bytes_max).await?;
    Ok(Reply { head, body })
}

async fn read_head(from: &mut (impl AsyncBufRead + Unpin)) -> Result<Head, ReplyError> {
    let mut bytes = Vec::with_capacity(512);
    loop {
        let before = bytes.len();
        let room = (HEAD_BYTES_MAX - before) as u64;
        let read = (&mut *from).take(room).read_until(b'\n', &mut bytes).await?;
        if before == 0 && !Head::begins(&bytes) {
            return Err(ReplyError::Foreign);
        }
        // At the end nothing more comes, and the last byte is still that of the line before.
        if read == 0 || bytes.last() != Some(&b'\n') {
            return Err(if bytes.len() >= HEAD_BYTES_MAX { ReplyError::TooLarge } else { ReplyError::Cut });
        }
        // `read` is the length of this line: an empty one ends the head.
        if before > 0 && (read == 1 || bytes.ends_with(b"\n\r\n")) {
            return Head::parse(&bytes).ok_or(ReplyError::Foreign);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(bytes: &[u8]) -> Result<Reply, ReplyError> {
        read_reply(&mut BufReader::new(bytes), 1_000).await
    }

    #[tokio::test]
    async fn answers_are_read_by_length_by_chunks_and_to_the_end() {
        for (text, body) in [
            ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef", "abc"),
            ("HTTP/1.1 200 OK\ncontent-length: 3\n\nabc", "abc"),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n",
                "abc",
            ),
            ("HTTP/1.0 200 OK\r\nServer: x\r\n\r\nabc", "abc"),
            ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nabc", "abc"),
            ("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n", ""),
        ] {
            let reply = read(text.as_bytes()).await.unwrap();
            assert_eq!((reply.head.status, reply.body.as_slice()), (200, body.as_bytes()), "{text}");
        }
    }

    #[tokio::test]
    async fn hostile_answers_are_errors() {
        let long_line = format!("HTTP/1.1 200 OK\r\nX: {}", "x".repeat(40_000));
        let many_lines = format!("HTTP/1.1 200 OK\r\n{}", "X: y\r\n".repeat(10_000));
        let long_body = format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(1_001));
        let long_chunks =
            format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{}", "1\r\nx\r\n".repeat(1_001));
        let long_size =
            format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{}", "0".repeat(20_000));
        for (text, wanted) in [
            ("", "not an answer"),
            ("SSH-2.0-dropbear\r\n", "not an answer"),
            ("HTTP/1.1 abc\r\n\r\n", "not an answer"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 3", "the answer is cut short"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n", "the answer is cut short"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", "the answer is cut short"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nab", "not an answer"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\nab", "the answer is too long"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n", "the answer is too long"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", "not an answer"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "the answer is cut short"),
            (&long_line, "the answer is too long"),
            (&many_lines, "the answer is too long"),
            (&long_body, "the answer is too long"),
            (&long_chunks, "the answer is too long"),
            (&long_size, "not an answer"),
        ] {
            let shown = &text[..text.len().min(60)];
            assert_eq!(read(text.as_bytes()).await.unwrap_err().to_string(), wanted, "{shown}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(0u8..=255, 0..400)) {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let _ = runtime.block_on(read(&bytes));
            let mut framed = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n".to_vec();
            framed.extend(bytes);
            let _ = runtime.block_on(read(&framed));
        }
    }
}
