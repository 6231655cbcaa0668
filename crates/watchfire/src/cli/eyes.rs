//! `detect` and what else looks at pictures: measuring, trying weights, sizing.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::DataArgs;

/// `room-code`
#[derive(Debug, Args)]
pub struct RoomCodeArgs {
    /// A picture or an rtsp:// address.
    #[arg(value_name = "PATH|URL")]
    pub target: String,
    /// One JSON line per look: `time_s` and `read`, which is null without a card.
    #[arg(long)]
    pub json: bool,
    /// Stop looking at a stream after this many seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub seconds: u64,
}

/// `detect`
#[derive(Debug, Args)]
pub struct DetectArgs {
    /// Pictures, folders, videos (.mp4, .h264) or rtsp:// addresses.
    #[arg(required = true, value_name = "PATH|URL")]
    pub targets: Vec<String>,
    /// One JSON line per picture or look, and one with the confirmed events per video.
    #[arg(long)]
    pub json: bool,
    /// Look at a video this often; without it at every key frame, or twice a second where key frames are more than a second apart.
    #[arg(long, value_name = "SECONDS")]
    pub every: Option<f64>,
    /// Stop looking at a stream after this many seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub stream_seconds: u64,
}

/// `evaluate`
#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// Folder with labels_NAME.jsonl, clips.jsonl and what they name.
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
    /// Which labels_NAME.jsonl to measure, by NAME.
    #[arg(long, value_name = "NAME", value_delimiter = ',', default_value = "val")]
    pub parts: Vec<String>,
    /// Measure this weights file as well, and say on what the two differ.
    #[arg(long, value_name = "FILE")]
    pub weights: Option<PathBuf>,
}

/// `samples`
#[derive(Debug, Subcommand)]
pub enum SamplesCommand {
    /// Write the samples as a labelled folder for `evaluate` and for training.
    Export {
        /// Folder to write; must not exist or be empty.
        #[arg(short = 'o', long = "output", value_name = "FOLDER")]
        output: PathBuf,
        /// NAME of the labels_NAME.jsonl that is written.
        #[arg(long, value_name = "NAME", default_value = "val")]
        part: String,
        /// Where the data is.
        #[command(flatten)]
        data: DataArgs,
    },
}

/// `shadow`
#[derive(Debug, Args)]
pub struct ShadowArgs {
    /// The weights file to be tried.
    #[arg(long, value_name = "FILE")]
    pub weights: PathBuf,
    /// How far back recordings are looked at.
    #[arg(long, value_name = "DAYS", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=90))]
    pub days: u32,
    /// Time from look to look; where either model suspects something, the whole file is looked at key frame by key frame.
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub every: u32,
    /// Stop after so many looks; files are taken evenly over cameras and days.
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    pub looks_max: usize,
    /// JSON instead of lines.
    #[arg(long)]
    pub json: bool,
    /// Where the data is.
    #[command(flatten)]
    pub data: DataArgs,
}

/// `sizing`
#[derive(Debug, Args)]
pub struct SizingArgs {
    /// Cameras.
    #[arg(long, value_name = "N")]
    pub cameras: u32,
    /// Width of their pictures in pixels.
    #[arg(long, value_name = "PIXELS", default_value_t = 704)]
    pub width: u32,
    /// Height of their pictures in pixels.
    #[arg(long, value_name = "PIXELS", default_value_t = 576)]
    pub height: u32,
    /// Bit rate of a stream.
    #[arg(long, value_name = "KBIT_S", default_value_t = 512)]
    pub kbit_s: u32,
    /// Coding of the streams.
    #[arg(long, value_enum, default_value_t = SizingCoding::H264)]
    pub coding: SizingCoding,
    /// Time from key frame to key frame.
    #[arg(long, value_name = "SECONDS", default_value_t = 2.0)]
    pub interval_s: f64,
    /// Share of the looks in which something moves, 0 to 1.
    #[arg(long, value_name = "SHARE", default_value_t = 0.2)]
    pub busy: f64,
    /// Count people as well.
    #[arg(long)]
    pub people: bool,
    /// Footage of one of the cameras (.mp4, .h264, .h265): costs are measured with it on this machine; its size, rate and coding count.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["width", "height", "kbit_s", "coding"])]
    pub film: Option<PathBuf>,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

/// Codings of streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SizingCoding {
    /// H.264.
    H264,
    /// H.265.
    H265,
}
