//! The command line as a contract: names, arguments and their help.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Watchfire: smart fire-safety video platform for schools.
#[derive(Debug, Parser)]
#[command(name = "watchfire", version, about, propagate_version = true)]
pub struct Cli {
    /// Log as JSON lines instead of text.
    #[arg(long, global = true)]
    pub log_json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the platform.
    Serve(ServeArgs),
    /// Run the platform with the Jiangxi register and simulated schools; prints one-time log-in links.
    Demo(DemoArgs),
    /// Read spreadsheets into the register.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Freeze the register for statistics.
    #[command(subcommand)]
    Snapshot(SnapshotCommand),
    /// Write bulletins from snapshots.
    #[command(subcommand)]
    Bulletin(BulletinCommand),
    /// Run the vision pipeline on pictures, folders, videos or a stream.
    Detect(DetectArgs),
    /// Read the code on a seat's screen from a picture, or from each key frame of a stream: for placing camera and screen.
    RoomCode(RoomCodeArgs),
    /// Measure the vision pipeline on labelled pictures and clips.
    Evaluate(EvaluateArgs),
    /// Pictures of answered alarms, for measuring and training later weights.
    #[command(subcommand)]
    Samples(SamplesCommand),
    /// Try a weights file on recordings of the last days: what it would have told beside the one that serves. Nothing is raised.
    Shadow(ShadowArgs),
    /// How many processor cores the watch of so many cameras takes, by rule of thumb.
    Sizing(SizingArgs),
    /// Record streams to a folder, the recorder alone: for measuring.
    Record(RecordArgs),
    /// Find cameras and recorders in a school's network that can be used again.
    Scan(ScanArgs),
    /// Simulated cameras and recorders.
    #[command(subcommand)]
    Simulate(SimulateCommand),
    /// Exports of recordings.
    #[command(subcommand)]
    Recording(RecordingCommand),
    /// Compare the index of recordings with the files of their disks, with the platform stopped. Exit 0 equal or mended, 1 differences.
    Check(CheckArgs),
    /// Accounts, for whoever runs the machine.
    #[command(subcommand)]
    User(UserCommand),
    /// Print generated configuration pages.
    #[command(subcommand, hide = true)]
    Config(ConfigCommand),
}

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub struct DataArgs {
    /// Configuration file (TOML).
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Data folder; overrides the configuration.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// `serve`
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Where the data is.
    #[command(flatten)]
    pub data: DataArgs,
    /// Address and port; overrides the configuration.
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// Roles of this node. One machine runs all of them.
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "all")]
    pub roles: Vec<Role>,
}

/// A role of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Everything in one process.
    All,
}

/// `demo`
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Where the data is (default folder: data-demo).
    #[command(flatten)]
    pub data: DataArgs,
    /// Address and port.
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// Fill the folder with register, users and duty, then exit.
    #[arg(long)]
    pub prepare_only: bool,
    /// A camera (rtsp://…) or clip (.mp4, .h264) of your own to add.
    #[arg(long, value_name = "URL|FILE")]
    pub camera: Option<String>,
}

/// `import`
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Units from a .csv or .xlsx file: all rows or none.
    Units(ImportArgs),
    /// Devices of GB/T 28181 from a .csv or .xlsx file: all rows or none. A running platform learns of them at its next start.
    Devices(ImportDevicesArgs),
}

/// `import devices`
#[derive(Debug, Args)]
pub struct ImportDevicesArgs {
    /// Write the secrets that the platform makes for rows without one to this .csv file, for whoever types them into the recorders.
    #[arg(long, value_name = "FILE")]
    pub secrets: Option<PathBuf>,
    /// File, dry run and error sheet.
    #[command(flatten)]
    pub import: ImportArgs,
}

/// `import units`
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The spreadsheet.
    pub file: PathBuf,
    /// Check only; write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Write the bad cells to this .xlsx file.
    #[arg(long, value_name = "FILE")]
    pub errors: Option<PathBuf>,
    /// Where the data is.
    #[command(flatten)]
    pub data: DataArgs,
}

/// `snapshot`
#[derive(Debug, Subcommand)]
pub enum SnapshotCommand {
    /// Freeze the register now, or as it stood at a past time.
    Take {
        /// RFC 3339 time, e.g. 2026-09-02T16:00:00+08:00.
        #[arg(long, value_name = "TIME")]
        as_of: Option<jiff::Timestamp>,
        /// Where the data is.
        #[command(flatten)]
        data: DataArgs,
    },
    /// List snapshots, newest first.
    List {
        /// JSON instead of lines: an array of snapshots with hashes, register version, provenance and alarms.
        #[arg(long)]
        json: bool,
        /// Where the data is.
        #[command(flatten)]
        data: DataArgs,
    },
    /// Compare two snapshots: units added, removed and changed, and the counts by category and city.
    Compare {
        /// Id of the earlier one.
        from: String,
        /// Id of the later one, or `latest`.
        to: String,
        /// JSON instead of lines.
        #[arg(long)]
        json: bool,
        /// Where the data is.
        #[command(flatten)]
        data: DataArgs,
    },
}

/// `bulletin`
#[derive(Debug, Subcommand)]
pub enum BulletinCommand {
    /// Write a bulletin.
    New {
        /// Snapshot id, or `latest`.
        #[arg(long, default_value = "latest")]
        snapshot: String,
        /// Earlier snapshot that changes are counted from: its id.
        #[arg(long, value_name = "ID")]
        compare: Option<String>,
        /// What the office decides (wording, thresholds, decimals…) as JSON, in the fields that the console's settings have; what is left
        /// out keeps its default.
        #[arg(long, value_name = "FILE.json")]
        settings: Option<PathBuf>,
        /// Form of the output.
        #[arg(long, value_enum, default_value_t = BulletinFormat::Text)]
        format: BulletinFormat,
        /// Your own red head: a .docx with {{正文}} and the other places, filled with this bulletin (docx only).
        #[arg(long, value_name = "FILE.docx")]
        template: Option<PathBuf>,
        /// Output file; standard output when absent.
        #[arg(short = 'o', long = "output", value_name = "FILE")]
        output: Option<PathBuf>,
        /// Where the data is.
        #[command(flatten)]
        data: DataArgs,
    },
    /// Find contradictions in a notice. Exit 0 clean, 1 findings, 2 unreadable or no notice.
    Lint {
        /// A .txt, .docx, .pdf or sealed .json.
        file: PathBuf,
        /// JSON instead of lines: an array of findings.
        #[arg(long)]
        json: bool,
    },
    /// Check a copy: signature, digest and every figure. Exit 0 genuine, 1 altered or unknown, 2 unreadable.
    Verify {
        /// A sealed .json, a .docx, .pdf, .xlsx or .txt.
        file: PathBuf,
        /// Compare with this sealed .json instead of a data folder.
        #[arg(long, value_name = "SEALED.json", conflicts_with = "data")]
        against: Option<PathBuf>,
        /// JSON instead of lines.
        #[arg(long)]
        json: bool,
        /// Data folder to compare with; without it a sealed .json is checked by the key it carries.
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// Configuration file.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
}

/// `recording`
#[derive(Debug, Subcommand)]
pub enum RecordingCommand {
    /// Check an export: every file against its digest, the manifest against its signature. Exit 0 genuine, 1 altered, 2 unreadable.
    Verify {
        /// The folder with manifest.json.
        folder: PathBuf,
        /// JSON instead of lines.
        #[arg(long)]
        json: bool,
        /// Data folder whose keys are asked whether the signature is the platform's; without it the key that the export carries counts.
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// Configuration file.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
}

/// `check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Put right what can be: files that no row knows are taken in, open ones closed, deleted ones unlinked, sums counted again. Rows without
    /// a file stay, as the trace of what is lost.
    #[arg(long)]
    pub mend: bool,
    /// JSON instead of lines.
    #[arg(long)]
    pub json: bool,
    /// Where the data is.
    #[command(flatten)]
    pub data: DataArgs,
}

/// Forms of a bulletin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BulletinFormat {
    /// Plain text.
    Text,
    /// Word.
    Docx,
    /// PDF.
    Pdf,
    /// The annexes as a spreadsheet.
    Xlsx,
    /// Text, annexes and every printed figure with numerator, denominator and the hash of its rows.
    Json,
}

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

/// `record`
#[derive(Debug, Args)]
pub struct RecordArgs {
    /// rtsp:// addresses.
    #[arg(value_name = "URL")]
    pub urls: Vec<String>,
    /// A file with an address a line.
    #[arg(long, value_name = "FILE")]
    pub from_file: Option<PathBuf>,
    /// Folder for the recordings; made if it is not there.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// End after so many seconds instead of at Ctrl-C.
    #[arg(long, value_name = "N")]
    pub seconds: Option<u64>,
    /// At the end one JSON line per stream.
    #[arg(long)]
    pub json: bool,
}

/// `scan`
#[derive(Debug, Args)]
pub struct ScanArgs {
    /// Ranges of a private network such as 192.168.1.0/24, or single addresses; together at most 1024.
    #[arg(required = true, value_name = "CIDR")]
    pub ranges: Vec<String>,
    /// User name for the ONVIF devices found. Each is tried once; nothing is guessed.
    #[arg(long, value_name = "NAME", requires = "password_file")]
    pub user: Option<String>,
    /// File whose first line is the password.
    #[arg(long, value_name = "FILE", requires = "user")]
    pub password_file: Option<PathBuf>,
    /// Connections and questions that begin within a second.
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub per_second: u32,
    /// One JSON line per address that answers.
    #[arg(long)]
    pub json: bool,
}

/// `simulate`
#[derive(Debug, Subcommand)]
pub enum SimulateCommand {
    /// Cameras that speak RTSP, cycling through the drawn scenes.
    Rtsp {
        /// How many.
        #[arg(long, default_value_t = 4)]
        count: usize,
        /// Address and port.
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8554")]
        listen: SocketAddr,
        /// What all of them show: MP4 with H.264 or H.265, with AAC or G.711 beside it, or a bare byte stream. Drawn scenes when left out.
        #[arg(long, value_name = "FILE")]
        video: Option<PathBuf>,
        /// They close the connection so long after the beginning, every time.
        #[arg(long, value_name = "SECONDS", requires = "video")]
        drop_after: Option<f32>,
        /// They send nothing from the one to the other number of seconds after the beginning.
        #[arg(long, num_args = 2, value_names = ["FROM", "UNTIL"], requires = "video")]
        silent: Option<Vec<f32>>,
        /// So many seconds after the beginning, their clock jumps by so many seconds.
        #[arg(long, num_args = 2, value_names = ["AT", "BY"], requires = "video", allow_negative_numbers = true)]
        jump: Option<Vec<i32>>,
    },
    /// A camera in a duty room by RTSP, drawn live: people, mannequins, the seat's screen with a room code. It does what lines on standard input
    /// say.
    DutyRoom(SimulateDutyRoomArgs),
    /// Devices that register at a platform by GB/T 28181: cameras, recorders with channels, lower platforms.
    Gb28181(SimulateGbArgs),
    /// A user information transmission device with detectors behind it, by GB/T 26875.3. It does what lines on standard input say.
    Transmitter(SimulateTransmitterArgs),
}

/// `simulate duty-room`
#[derive(Debug, Args)]
#[command(after_help = SIMULATE_DUTY_ROOM_HELP)]
pub struct SimulateDutyRoomArgs {
    /// Address and port.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8554")]
    pub listen: SocketAddr,
    /// People in the room at first.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(0..=5))]
    pub people: u8,
    /// File with the code on the seat's screen, read again for each picture: four colours and four digits, such as "red cyan blue green 0471".
    /// The screen is black when left out, and while the file holds none.
    #[arg(long, value_name = "FILE")]
    pub code_file: Option<PathBuf>,
    /// Another number, another room.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

const SIMULATE_DUTY_ROOM_HELP: &str = "\
Lines on standard input; what is done is said on standard output:
  people N · mannequins N                     0 to 5 together; mannequins never move
  screen on|off · wrong on|off                the seat's screen; whether it shows another code
  light lamps|dark|infrared                   by which the camera sees; infrared has no colours
  replay SECONDS · replay off                 the last seconds (up to 600) again and again";

/// `simulate transmitter`
#[derive(Debug, Args)]
#[command(after_help = SIMULATE_TRANSMITTER_HELP)]
pub struct SimulateTransmitterArgs {
    /// The platform's address and port for transmission devices.
    #[arg(long, value_name = "HOST:PORT")]
    pub server: String,
    /// The device's own address.
    #[arg(long, value_name = "12HEX", default_value = "360100000001")]
    pub address: String,
    /// The platform's address in the protocol.
    #[arg(long, value_name = "12HEX", default_value = "000000000001")]
    pub centre: String,
    /// Seconds that its clock is ahead.
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true)]
    pub clock_ahead: i64,
    /// Seconds between two signs of life.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..))]
    pub heartbeat: u64,
    /// End after so many seconds instead of at Ctrl-C.
    #[arg(long, value_name = "N")]
    pub seconds: Option<u64>,
}

const SIMULATE_TRANSMITTER_HELP: &str = "\
Lines on standard input, N a component from 1 to 4:
  fire N · fault N · disable N · restore N · measure N QUANTITY VALUE
  reset · silence · test · confirm            keys at the panel
  manual                                      the manual alarm of the device itself
  mains off · mains on
  answer SECONDS · answer never               what becomes of roll-calls
  rubbish · again · unknown · burst N         bytes that are no frame, the last frame once more, an unknown type, N frames";

/// `simulate gb28181`
#[derive(Debug, Args)]
pub struct SimulateGbArgs {
    /// The platform's address and SIP port.
    #[arg(long, value_name = "HOST:PORT")]
    pub server: String,
    /// The platform's id.
    #[arg(long, value_name = "20DIGITS")]
    pub server_id: String,
    /// The password of all devices; empty when left out.
    #[arg(long, value_name = "PW", default_value = "")]
    pub password: String,
    /// How many devices, with consecutive ids.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub count: usize,
    /// Channels of each. A camera with one channel is its own.
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub channels: usize,
    /// What carries their messages; mixed is the one and the other in turn.
    #[arg(long, value_enum, default_value_t = SimulateTransport::Udp)]
    pub transport: SimulateTransport,
    /// The id of the first. Digits 11 to 13 say what they are: 118 recorder, 132 camera, 200 lower platform. Default: recorders of the
    /// platform's domain.
    #[arg(long, value_name = "20DIGITS")]
    pub first_id: Option<String>,
    /// An oddity of all of them, such as split-datagrams or no-sdp; may be given several times. An unknown one lists them all.
    #[arg(long = "habit", value_name = "NAME")]
    pub habits: Vec<String>,
    /// What all channels show: MP4 with H.264 or H.265, with AAC or G.711 beside it, or a bare byte stream. Drawn scenes when left out.
    #[arg(long, value_name = "FILE")]
    pub video: Option<PathBuf>,
    /// Send a steady tone (G.711) with pictures that have no sound of their own.
    #[arg(long, conflicts_with = "no_media")]
    pub tone: bool,
    /// Accept calls and send no pictures: starts at once, and suits load.
    #[arg(long, conflicts_with = "video")]
    pub no_media: bool,
    /// Seconds that their clocks are ahead.
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true)]
    pub clock_ahead: i64,
    /// Devices that begin within a second.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    pub starts_per_second: u32,
    /// End after so many seconds instead of at Ctrl-C.
    #[arg(long, value_name = "N")]
    pub seconds: Option<u64>,
}

/// What carries the messages of simulated devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SimulateTransport {
    /// Datagrams.
    Udp,
    /// A connection each.
    Tcp,
    /// Every second device over TCP.
    Mixed,
}

/// `user`
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Create an account; prints the link by which its person signs in first.
    Add {
        /// Name to sign in with.
        login_name: String,
        /// Name for people.
        #[arg(long)]
        display_name: Option<String>,
        /// Role, e.g. province, city, county, unit, duty_guard, shift_leader, organisation, installer, auditor, system_admin, security_admin, audit_admin.
        #[arg(long)]
        role: String,
        /// Region (name or GB/T 2260 code); default: the province.
        #[arg(long, conflicts_with = "unit")]
        region: Option<String>,
        /// Unit id.
        #[arg(long)]
        unit: Option<String>,
        /// Organisation id.
        #[arg(long, conflicts_with_all = ["unit", "region"])]
        organisation: Option<String>,
        /// Where the data is.
        #[command(flatten)]
        data: DataArgs,
    },
    /// End a person's sessions and print a new link.
    Reset {
        /// Name to sign in with.
        login_name: String,
        /// Where the data is.
        #[command(flatten)]
        data: DataArgs,
    },
    /// List accounts.
    List {
        /// Where the data is.
        #[command(flatten)]
        data: DataArgs,
    },
}

/// `config`
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// The example file.
    Example,
    /// The reference page.
    Reference,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
