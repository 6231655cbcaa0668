//! `simulate`: cameras, recorders, transmitters and duty rooms that are not there.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

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
