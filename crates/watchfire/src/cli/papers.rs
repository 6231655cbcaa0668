//! `snapshot`, `bulletin`, `duty` and `report`: what is frozen, the papers that are written from rows, and the figures in them computed again.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::DataArgs;

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

/// `duty`
#[derive(Debug, Subcommand)]
pub enum DutyCommand {
    /// Compute the score of an organisation's month again from its file, without the platform. Exit 0 equal to the figure in the file, 1 not,
    /// 2 unreadable.
    Score {
        /// The file that the console or `GET /api/organisations/ID/scores/YYYY-MM/file` gives.
        file: PathBuf,
        /// JSON instead of lines.
        #[arg(long)]
        json: bool,
    },
}

/// `report`
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// Make the daily report of an organisation, from 08:00 of a day to 08:00 of the next.
    Daily {
        /// Its credit code, or its whole name.
        #[arg(long, value_name = "CODE|NAME")]
        organisation: String,
        /// The day on which the report begins.
        #[arg(long, value_name = "YYYY-MM-DD")]
        day: jiff::civil::Date,
        /// Where it is written, and how.
        #[command(flatten)]
        output: ReportOutput,
    },
    /// Make the weekly report of a region: seven days of every organisation.
    Weekly {
        /// Code of the region (GB/T 2260), or its name.
        #[arg(long, value_name = "CODE|NAME")]
        region: String,
        /// Last day of the seven.
        #[arg(long, value_name = "YYYY-MM-DD")]
        day: jiff::civil::Date,
        /// Where it is written, and how.
        #[command(flatten)]
        output: ReportOutput,
    },
    /// Print a report that was made before from its seal: the same words, whatever was corrected since.
    Print {
        /// Its id; `watchfire report list` names them.
        id: String,
        /// Where it is written, and how.
        #[command(flatten)]
        output: ReportOutput,
    },
    /// List the reports, last made first.
    List {
        /// JSON instead of lines.
        #[arg(long)]
        json: bool,
        /// Where the data is.
        #[command(flatten)]
        data: DataArgs,
    },
}

/// Where a report is written, and how.
#[derive(Debug, Args)]
pub struct ReportOutput {
    /// Form of the output; `json` is the sealed content whose SHA-256 was signed.
    #[arg(long, value_enum, default_value_t = BulletinFormat::Text)]
    pub format: BulletinFormat,
    /// Output file; standard output when absent.
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Where the data is.
    #[command(flatten)]
    pub data: DataArgs,
}

/// Forms of a bulletin or a report.
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
