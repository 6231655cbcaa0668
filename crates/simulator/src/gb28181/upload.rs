//! Snapshots: a key frame of a channel's reel as a JPEG file, put by HTTP where the platform said (GB/T 28181—2022 9.14).

use crate::reel::{At, Reel};
use gb28181::id::GbId;
use gb28181::manscdp::LocalTime;
use gb28181::manscdp::config::SnapShotConfig;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder as _};
use openh264::decoder::Decoder;
use openh264::formats::YUVSource as _;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Pictures of one order by the standard.
const COUNT_MAX: u8 = 10;
/// Quality of the file, per cent.
const QUALITY: u8 = 85;
/// Time for one picture to be taken by the server.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of an answer that are read: its first line is enough.
const ANSWER_BYTES_MAX: u64 = 1_024;

/// An order for pictures of a channel.
#[derive(Debug)]
pub(super) struct Upload {
    pub channel: GbId,
    pub order: SnapShotConfig,
}

impl Upload {
    /// Puts the pictures one after the other; the names of those that were taken. `position` is where the reel stands, in RTP ticks.
    pub async fn run(self, reel: Arc<Reel>, position: u32, now_s: i64) -> Vec<String> {
        let mut names = Vec::new();
        for number in 1..=self.order.count.clamp(1, COUNT_MAX) {
            if number > 1 {
                let pause_s = self.order.interval_s.unwrap_or(1).max(1);
                tokio::time::sleep(Duration::from_secs(u64::from(pause_s))).await;
            }
            let reel = Arc::clone(&reel);
            let picture = tokio::task::spawn_blocking(move || jpeg_at(&reel, position)).await.ok().flatten();
            let Some(picture) = picture else { continue };
            let put = tokio::time::timeout(PATIENCE, put(&self.order.upload_url, &picture)).await;
            match put {
                Ok(Ok(200..=299)) => names.push(file_name(self.channel, now_s, number)),
                other => tracing::warn!(channel = %self.channel, ?other, "a simulated picture was not taken"),
            }
        }
        names
    }
}

/// The channel's id, `02`, seventeen digits of time, two of sequence (2022 table 4).
fn file_name(channel: GbId, now_s: i64, number: u8) -> String {
    let time = LocalTime::from_unix_s(now_s).to_string();
    let digits: String = time.chars().filter(char::is_ascii_digit).collect();
    format!("{channel}02{digits}000{number:02}")
}

/// The newest key frame due at a position, as a JPEG file.
fn jpeg_at(reel: &Reel, position: u32) -> Option<Vec<u8>> {
    let At::Unit(unit) = reel.at(reel.key_frame_before(position % reel.duration)) else { return None };
    let mut decoder = Decoder::new().ok()?;
    let decoded = decoder.decode(&unit.data).ok()??;
    let (width, height) = decoded.dimensions();
    let mut rgb = vec![0; width * height * 3];
    decoded.write_rgb8(&mut rgb);
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, QUALITY)
        .write_image(&rgb, width as u32, height as u32, ExtendedColorType::Rgb8)
        .ok()?;
    Some(file)
}

/// One `POST` of HTTP/1.1 (RFC 9112); the status of the answer.
async fn put(url: &str, picture: &[u8]) -> io::Result<u16> {
    let unreadable =
        || io::Error::new(io::ErrorKind::InvalidInput, "only http://host:port/path is understood");
    let (host, path) =
        url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).ok_or_else(unreadable)?;
    let address = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
    let mut stream = TcpStream::connect(address).await?;
    let head = format!(
        "POST /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: image/jpeg\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        picture.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(picture).await?;
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_channel_and_moment() {
        let channel = GbId::parse("36010200111320000001").unwrap();
        let name = file_name(channel, 1_764_000_000, 3);
        assert_eq!(name.len(), 20 + 2 + 17 + 2);
        assert_eq!(name, "36010200111320000001022025112500000000003");
    }
}
