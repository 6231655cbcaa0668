//! `check`: does the data folder agree with itself? Today: the index of recordings and the files of their disks.

use std::fmt::Write as _;
use std::process::ExitCode;

use platform::recording::CheckReport;
use serde_json::json;

use crate::cli::CheckArgs;
use crate::figures::say;
use crate::wire;

/// Exit code where something is wrong that was not put right.
const DIFFERENT: u8 = 1;

pub async fn check(args: CheckArgs) -> anyhow::Result<ExitCode> {
    let config = wire::configuration(&args.data)?;
    let running = wire::mark_running(&config.data.folder)?;
    anyhow::ensure!(
        running.is_some() || !args.mend,
        "a platform runs on {}; stop it first: what is being written is not for mending",
        config.data.folder.display()
    );
    let platform = wire::open(&config, false).await?;
    let report = platform.check_recordings(args.mend).await?;
    let text = if args.json { in_json(&report) } else { in_lines(&report, args.mend) };
    say(text.trim_end())?;
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::from(DIFFERENT) })
}

fn in_json(report: &CheckReport) -> String {
    let differences: Vec<_> = report
        .differences
        .iter()
        .map(|one| json!({ "kind": one.kind.as_str(), "place": one.place, "mended": one.is_mended }))
        .collect();
    let CheckReport { disks, rows, files, .. } = report;
    let answer = json!({ "disks": disks, "rows": rows, "files": files, "clean": report.is_clean(), "differences": differences });
    format!("{answer}\n")
}

fn in_lines(report: &CheckReport, is_mending: bool) -> String {
    let mut text = String::new();
    for one in &report.differences {
        let said = if one.is_mended { " (mended)" } else { "" };
        let _ = writeln!(text, "{:<13} {}{said}", one.kind.as_str(), one.place.display());
    }
    let CheckReport { disks, rows, files, differences } = report;
    let _ = writeln!(
        text,
        "{disks} disks, {rows} recorded files in the index, {files} on the disks, {} differences",
        differences.len()
    );
    if !report.is_clean() && !is_mending {
        text += "stop the platform and run it with --mend to put right what can be\n";
    }
    text
}
