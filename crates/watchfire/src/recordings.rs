//! `recording`: is an export what left the platform?

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use platform::recording::{ExportVerdict, verify_export};
use serde_json::json;

use crate::cli::{DataArgs, RecordingCommand};
use crate::figures::say;
use crate::wire;

/// Exit code of an export that is not what left the platform.
const ALTERED: u8 = 1;
/// Exit code of a folder without a manifest that can be read.
const UNREADABLE: u8 = 2;

pub async fn recording(command: RecordingCommand) -> anyhow::Result<ExitCode> {
    let RecordingCommand::Verify { folder, json, data, config } = command;
    let keys = match data {
        None => None,
        Some(data) => {
            let data = DataArgs { config, data: Some(data) };
            Some(wire::open(&wire::configuration(&data)?, false).await?.public_keys().await?)
        }
    };
    let verdict = match verify_export(&folder, keys.as_deref()) {
        Ok(verdict) => verdict,
        Err(reason) => {
            eprintln!("watchfire: {reason}");
            return Ok(ExitCode::from(UNREADABLE));
        }
    };
    let text = if json { in_json(&verdict) } else { in_lines(&folder, &verdict) };
    say(text.trim_end())?;
    Ok(if verdict.is_genuine() { ExitCode::SUCCESS } else { ExitCode::from(ALTERED) })
}

fn in_json(verdict: &ExportVerdict) -> String {
    let files: Vec<_> =
        verdict.files.iter().map(|file| json!({ "name": file.name, "state": file.state.as_str() })).collect();
    let (camera, unit) = &verdict.camera;
    let answer = json!({
        "genuine": verdict.is_genuine(),
        "export": verdict.export,
        "camera": camera,
        "unit": unit,
        "from": verdict.span.0.to_string(),
        "to": verdict.span.1.to_string(),
        "signature": verdict.signature.as_str(),
        "key_id": verdict.key_id,
        "files": files,
    });
    format!("{answer}\n")
}

fn in_lines(folder: &Path, verdict: &ExportVerdict) -> String {
    let (camera, unit) = &verdict.camera;
    let mut text =
        format!("{}: {camera}, {unit}, {} – {}\n", folder.display(), verdict.span.0, verdict.span.1);
    for file in &verdict.files {
        let _ = writeln!(text, "  {:<8} {}", file.state.as_str(), file.name);
    }
    let key = verdict.key_id.as_deref().unwrap_or("none");
    let _ = writeln!(text, "  signature {} (key {key})", verdict.signature.as_str());
    text += if verdict.is_genuine() { "genuine\n" } else { "not what left the platform\n" };
    text
}
