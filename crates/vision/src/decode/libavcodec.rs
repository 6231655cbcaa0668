//! Key frames through the system's libavcodec, where the program was built with the feature of that name. It is asked before the embedded
//! decoders and never instead of them: what it declines goes on to them.
//!
//! Damage is an error here too. libavcodec would rather paint over it, and a painted-over picture is no evidence of anything.

use std::sync::OnceLock;

use ffmpeg_next::codec::decoder::{Check, Video as Decoder};
use ffmpeg_next::codec::{self, threading};
use ffmpeg_next::format::Pixel;
use ffmpeg_next::frame::Video as Frame;
use ffmpeg_next::{Error, Packet, log};

use super::{DecodeError, every_second_row};
use crate::coding::Coding;
use crate::picture::{Colour, Picture};

pub(super) fn decode(coding: Coding, access_unit: &[u8], colour: Colour) -> Result<Picture, DecodeError> {
    let frame =
        first_frame(coding, access_unit).map_err(|error| DecodeError::Undecodable(error.to_string()))?;
    let has_half_height = match frame.format() {
        Pixel::YUV420P | Pixel::YUVJ420P => true,
        Pixel::YUV422P | Pixel::YUVJ422P => false,
        other => return Err(DecodeError::Undecodable(format!("libavcodec gave {other:?}"))),
    };
    let (width, height) = (frame.width(), frame.height());
    let chroma_width = width.div_ceil(2) as usize;
    let chroma = |index: usize| {
        if has_half_height {
            return plane(&frame, index, chroma_width, height.div_ceil(2) as usize);
        }
        every_second_row(&plane(&frame, index, chroma_width, height as usize), chroma_width)
    };
    let planes = [plane(&frame, 0, width as usize, height as usize), chroma(1), chroma(2)];
    Ok(Picture::from_planes((width, height), planes, colour)?)
}

/// A decoder that lives for one access unit, as the embedded ones do, and for the same reason.
fn first_frame(coding: Coding, access_unit: &[u8]) -> Result<Frame, Error> {
    let mut decoder = opened(coding)?;
    decoder.send_packet(&Packet::copy(access_unit))?;
    decoder.send_eof()?;
    let mut frame = Frame::empty();
    decoder.receive_frame(&mut frame)?;
    Ok(frame)
}

fn opened(coding: Coding) -> Result<Decoder, Error> {
    static QUIET: OnceLock<()> = OnceLock::new();
    // What it thinks of a stream would go to standard error, past the program's own log.
    QUIET.get_or_init(|| log::set_level(log::Level::Quiet));
    let id = match coding {
        Coding::H264 => codec::Id::H264,
        Coding::H265 => codec::Id::HEVC,
    };
    let codec = codec::decoder::find(id).ok_or(Error::DecoderNotFound)?;
    let mut decoder = codec::Context::new_with_codec(codec).decoder();
    decoder.set_threading(threading::Config::count(1));
    decoder.check(Check::EXPLODE);
    decoder.video()
}

/// Rows of a plane without what pads them.
fn plane(frame: &Frame, index: usize, width: usize, height: usize) -> Vec<u8> {
    let rows = frame.data(index).chunks(frame.stride(index).max(1)).take(height);
    rows.flat_map(|row| &row[..width.min(row.len())]).copied().collect()
}

#[cfg(test)]
mod tests {
    use openh264::encoder::Encoder;
    use openh264::formats::{RgbSliceU8, YUVBuffer};

    use super::*;
    use crate::decode::{h264, h265, inspect};

    fn key_frame(width: usize, height: usize) -> Vec<u8> {
        let rgb: Vec<u8> = (0..width * height * 3).map(|i| (i * i / 977 + i / 31) as u8).collect();
        let picture = YUVBuffer::from_rgb_source(RgbSliceU8::new(&rgb, (width, height)));
        Encoder::new().unwrap().encode(&picture).unwrap().to_vec()
    }

    /// The first picture of a stream of one slice a picture, with what stands before it.
    fn first_unit(stream: &[u8]) -> &[u8] {
        let starts: Vec<usize> = stream
            .windows(3)
            .enumerate()
            .filter(|(_, three)| *three == [0, 0, 1])
            .map(|(at, _)| at)
            .collect();
        let is_slice = |at: &usize| stream[at + 3] >> 1 & 0x3f < 32;
        let slice = starts.iter().position(is_slice).unwrap();
        &stream[..starts[slice + 1]]
    }

    #[test]
    fn libavcodec_and_the_embedded_decoders_see_the_same() {
        for (width, height) in [(64, 64), (322, 242), (1920, 1080)] {
            let unit = key_frame(width, height);
            let colour = inspect(Coding::H264, &unit).unwrap().colour;
            let ours = h264::decode(&unit, colour).unwrap();
            assert!(decode(Coding::H264, &unit, colour).unwrap() == ours, "{width}x{height}");
        }
        let unit = first_unit(include_bytes!("../../tests/frames/reordered.h265"));
        let colour = inspect(Coding::H265, unit).unwrap().colour;
        assert!(decode(Coding::H265, unit, colour).unwrap() == h265::decode(unit, colour).unwrap());
    }

    #[test]
    fn libavcodec_paints_over_nothing() {
        let mut unit = key_frame(320, 240);
        let colour = inspect(Coding::H264, &unit).unwrap().colour;
        let half = unit.len() / 2;
        unit[half..].fill(0x55);
        assert!(decode(Coding::H264, &unit, colour).is_err());
        assert!(decode(Coding::H264, &[0x55; 500], colour).is_err());
    }
}
