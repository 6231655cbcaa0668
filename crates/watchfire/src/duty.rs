//! `duty score`: the score of an organisation's month computed again from its file, without the platform.

use std::path::Path;
use std::process::ExitCode;

use domain::duty::score::file::{RULES, RowCounts, ScoreFile};
use domain::duty::score::{ScorePart, UPHELD_HUNDREDTHS};
use serde_json::json;

use crate::cli::DutyCommand;
use crate::figures::say;

/// Exit code of a file whose figure does not follow from its rows.
const OTHER_FIGURE: u8 = 1;
/// Exit code of a file that cannot be read, or is none.
const UNREADABLE: u8 = 2;
/// Largest file read: the rows of a month of thousands of units.
const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;

pub fn duty(command: DutyCommand) -> anyhow::Result<ExitCode> {
    match command {
        DutyCommand::Score { file, json } => score(&file, json),
    }
}

fn score(path: &Path, as_json: bool) -> anyhow::Result<ExitCode> {
    let file = match read(path) {
        Ok(file) => file,
        Err(why) => {
            eprintln!("watchfire: {}: {why}", path.display());
            return Ok(ExitCode::from(UNREADABLE));
        }
    };
    let score = file.score();
    let is_equal = score.hundredths == file.hundredths;
    let RowCounts { room_days, roll_calls, alarms, drills, findings } = file.counts();
    if as_json {
        let part = |one: &domain::duty::score::PartScore| {
            json!({ "part": one.part.as_str(), "weight": one.part.weight(), "numerator": one.share.numerator,
                "denominator": one.share.denominator, "hundredths": one.hundredths })
        };
        let rows = json!({ "room_days": room_days, "roll_calls": roll_calls, "alarms": alarms, "drills": drills, "findings": findings });
        let answer = json!({ "organisation": file.organisation, "credit_code": file.credit_code, "month": file.month,
            "rules": RULES, "rows": rows, "parts": score.parts.iter().map(part).collect::<Vec<_>>(),
            "taken_away": score.taken_away, "hundredths": score.hundredths, "in_file": file.hundredths, "equal": is_equal });
        say(&serde_json::to_string_pretty(&answer)?)?;
    } else {
        let mut lines = vec![
            format!("{} {} {}", file.organisation, file.credit_code, file.month),
            format!("rules {RULES}"),
            format!(
                "rows: {room_days} room days, {roll_calls} roll-calls, {alarms} alarms, {drills} drills, {findings} findings"
            ),
        ];
        for one in score.parts {
            let (name, weight) = (one.part.name_en(), one.part.weight());
            let (counted, of) = (one.share.numerator, one.share.denominator);
            lines.push(format!("{name}: {weight} × {counted} / {of} = {}", points(one.hundredths)));
        }
        lines.push(format!(
            "{findings} × {} taken away = {}",
            points(UPHELD_HUNDREDTHS),
            points(score.taken_away)
        ));
        lines.push(format!("score {} of {}", points(score.hundredths), full()));
        lines.push(if is_equal {
            "equal to the platform's figure".to_owned()
        } else {
            format!("NOT equal to the platform's figure, {}", points(file.hundredths))
        });
        say(&lines.join("\n"))?;
    }
    Ok(if is_equal { ExitCode::SUCCESS } else { ExitCode::from(OTHER_FIGURE) })
}

fn read(path: &Path) -> Result<ScoreFile, String> {
    let size = std::fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > FILE_BYTES_MAX {
        return Err(format!("{size} bytes, at most {FILE_BYTES_MAX}"));
    }
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let file: ScoreFile =
        serde_json::from_slice(&bytes).map_err(|error| format!("no file of a score: {error}"))?;
    file.check().map_err(|fault| fault.to_string())?;
    Ok(file)
}

/// Hundredths as points.
fn points(hundredths: u32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn full() -> u32 {
    ScorePart::ALL.into_iter().map(ScorePart::weight).sum()
}
