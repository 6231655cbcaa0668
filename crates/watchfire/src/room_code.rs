//! `room-code`: what the room's camera reads of the code on a seat's screen; for placing camera and screen.

use std::sync::Arc;
use std::time::Duration;

use domain::duty::roll_call::code::BlockColour;
use jiff::Timestamp;
use media::{CameraConfig, RtspUrl, Source};
use platform::watch::coding_of;
use serde_json::{Value, json};
use vision::{KeyframeDecoder, Picture, RoomCodeRead, read_room_code};

use crate::cli::RoomCodeArgs;

pub async fn room_code(args: RoomCodeArgs) -> anyhow::Result<()> {
    if args.target.contains("://") {
        return stream(&args).await;
    }
    let picture = Picture::from_encoded(&std::fs::read(&args.target)?)?;
    print(&args, None, read_room_code(&picture));
    Ok(())
}

/// A line for each key frame.
async fn stream(args: &RoomCodeArgs) -> anyhow::Result<()> {
    let (url, credentials) = RtspUrl::parse(&args.target)?;
    let clock: media::Clock = Arc::new(|| Timestamp::now().as_microsecond());
    let source = Source::Rtsp { url, credentials };
    let stream = media::spawn_camera(CameraConfig::new("room-code", source, 1), clock);
    let mut key_frames = stream.subscribe_key_frames();
    let mut decoder = KeyframeDecoder::new();
    let mut began_us = None;
    let end = tokio::time::Instant::now() + Duration::from_secs(args.seconds);
    while let Ok(Some(frame)) = tokio::time::timeout_at(end, key_frames.next()).await {
        let began_us = *began_us.get_or_insert(frame.received_at_us);
        let time_s = (frame.received_at_us - began_us) as f64 / 1e6;
        let coding = coding_of(frame.parameters.codec);
        let picture = tokio::task::block_in_place(|| decoder.decode(coding, &frame.byte_stream()));
        print(args, Some(time_s), picture.ok().as_ref().and_then(read_room_code));
    }
    let state = stream.status().state;
    stream.stop().await;
    if began_us.is_some() { Ok(()) } else { Err(anyhow::anyhow!("no picture: {}", state.message_en())) }
}

fn print(args: &RoomCodeArgs, time_s: Option<f64>, read: Option<RoomCodeRead>) {
    if args.json {
        println!("{}", json!({ "time_s": time_s, "read": read.map(|read| line(&read)) }));
        return;
    }
    let place = time_s.map_or_else(|| args.target.clone(), |time_s| format!("{time_s:.1} s"));
    println!("{place}: {}", read.map_or_else(|| "no card".to_owned(), |read| words(&read)));
}

fn line(read: &RoomCodeRead) -> Value {
    json!({
        "colours": read.code.colours.map(|colour| colour.map(BlockColour::as_str)),
        "digits": read.code.digits,
        "colour_confidence": read.colour_confidence,
        "digit_confidence": read.digit_confidence,
        "corners": read.corners,
        "guess_one_in": read.code.guess_one_in(),
    })
}

/// The code with a dash for each sign that was not read.
fn words(read: &RoomCodeRead) -> String {
    let colours = read.code.colours.map(|colour| colour.map_or("–", |colour| colour.as_str())).join(" ");
    let digits =
        read.code.digits.map(|digit| digit.map_or_else(|| "–".to_owned(), |digit| digit.to_string()));
    format!("{colours} {}", digits.concat())
}
