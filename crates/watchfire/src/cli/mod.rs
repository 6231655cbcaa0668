//! The command line as a contract: names, arguments and their help.

mod eyes;
mod papers;
mod simulate;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use eyes::{
    DetectArgs, EvaluateArgs, RoomCodeArgs, SamplesCommand, ShadowArgs, SizingArgs, SizingCoding,
};
pub use papers::{
    BulletinCommand, BulletinFormat, DutyCommand, ReportCommand, ReportOutput, SnapshotCommand,
};
pub use simulate::{
    SimulateCommand, SimulateDutyRoomArgs, SimulateGbArgs, SimulateTransmitterArgs, SimulateTransport,
};

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
    /// What organisations compute for themselves.
    #[command(subcommand)]
    Duty(DutyCommand),
    /// Reports of duty, counted from the ledger, sealed and signed.
    #[command(subcommand)]
    Report(ReportCommand),
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
