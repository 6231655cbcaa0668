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
