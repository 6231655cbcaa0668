//! `bulletin`: writing bulletins from snapshots, and checking copies.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use domain::bulletin::Settings;
use platform::PlatformError;
use platform::bulletins::{Document, DocumentFormat, Paper};
use platform::lint::lint_document;
use platform::verify::{self, FILE_BYTES_MAX, Verdict, Verification};

use crate::cli::{BulletinCommand, BulletinFormat, DataArgs};
use crate::figures::{key, say};
use crate::wire;

/// Exit code of a copy that is not what was sealed.
const ALTERED: u8 = 1;
/// Exit code of a notice with findings.
const FINDINGS: u8 = 1;
/// Exit code of a file that cannot be read.
const UNREADABLE: u8 = 2;

pub async fn bulletin(command: BulletinCommand) -> anyhow::Result<ExitCode> {
    match command {
        BulletinCommand::New { snapshot, compare, settings, format, template, output, data } => {
            let order = Order { snapshot, compare, settings, format, template, output };
            new(&order, &data).await?;
            Ok(ExitCode::SUCCESS)
        }
        BulletinCommand::Lint { file, json } => lint(&file, json),
        BulletinCommand::Verify { file, against, json, data, config } => {
            let Ok(bytes) = read_file(&file) else { return Ok(cannot_read(&file)) };
            let name = name_of(&file);
            let answer = match (against, data) {
                (Some(sealed), _) => {
                    let sealed = read_file(&sealed).with_context(|| format!("{}", sealed.display()))?;
                    verify::verify_against(&sealed, &name, &bytes)
                }
                (None, Some(folder)) => {
                    let data = DataArgs { config, data: Some(folder) };
                    let platform = wire::open(&wire::configuration(&data)?, false).await?;
                    platform.verify_own_copy(&wire::operator(&platform), &name, bytes).await?
                }
                (None, None) => verify::verify_alone(&bytes),
            };
            print_verdict(&answer, json)
        }
    }
}

/// What `bulletin new` is asked for.
struct Order {
    snapshot: String,
    compare: Option<String>,
    settings: Option<PathBuf>,
    format: BulletinFormat,
    template: Option<PathBuf>,
    output: Option<PathBuf>,
}

async fn new(order: &Order, data: &DataArgs) -> anyhow::Result<()> {
    let snapshot = key("--snapshot", &order.snapshot)?;
    let compare = order.compare.as_deref().map(|id| key("--compare", id)).transpose()?;
    let is_docx = matches!(order.format, BulletinFormat::Docx);
    anyhow::ensure!(is_docx || order.template.is_none(), "--template is for --format docx");
    need_file(order.format, order.output.as_deref())?;
    // Everything that is read is read before anything is written.
    let settings = order.settings.as_deref().map_or_else(|| Ok(Settings::default()), read_settings)?;
    let paper = match &order.template {
        Some(path) => Paper::Template(read_file(path).with_context(|| format!("{}", path.display()))?),
        None => Paper::Plain,
    };
    let platform = wire::open(&wire::configuration(data)?, false).await?;
    let ask = wire::operator(&platform);
    let id = platform.new_bulletin(&ask, snapshot, compare, settings).await.map_err(not_written)?;
    let format = order.format.into();
    let document = platform.bulletin_document(&ask, id, format, paper).await.map_err(not_written)?;
    put(&document, order.output.as_deref())
}

impl From<BulletinFormat> for DocumentFormat {
    fn from(format: BulletinFormat) -> Self {
        match format {
            BulletinFormat::Text => Self::Text,
            BulletinFormat::Docx => Self::Docx,
            BulletinFormat::Pdf => Self::Pdf,
            BulletinFormat::Xlsx => Self::Xlsx,
            BulletinFormat::Json => Self::Json,
        }
    }
}

/// Insists on a file for what a terminal cannot show.
pub fn need_file(format: BulletinFormat, output: Option<&Path>) -> anyhow::Result<()> {
    let is_text = matches!(format, BulletinFormat::Text | BulletinFormat::Json);
    anyhow::ensure!(is_text || output.is_some(), "a document is written to a file: add -o FILE");
    Ok(())
}

/// Writes a document to a file, or to standard output.
pub fn put(document: &Document, output: Option<&Path>) -> anyhow::Result<()> {
    if let Some(path) = output {
        return std::fs::write(path, &document.bytes).with_context(|| format!("{}", path.display()));
    }
    say(&String::from_utf8_lossy(&document.bytes))
}

fn read_settings(path: &Path) -> anyhow::Result<Settings> {
    let bytes = read_file(path).with_context(|| format!("{}", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("{}: no settings of a bulletin", path.display()))
}

/// What kept a bulletin from being written, field by field.
fn not_written(error: PlatformError) -> anyhow::Error {
    match error {
        PlatformError::NotFound => {
            anyhow::anyhow!("no such snapshot; take one with `watchfire snapshot take`")
        }
        PlatformError::Invalid(fields) => {
            let lines = fields.iter().map(|one| format!("{}: {} ({})", one.field, one.message, one.code));
            anyhow::anyhow!("the bulletin is not written: {}", lines.collect::<Vec<_>>().join("; "))
        }
        other => other.into(),
    }
}

fn lint(file: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let Ok(bytes) = read_file(file) else { return Ok(cannot_read(file)) };
    let linted = match lint_document(&name_of(file), &bytes) {
        Ok(linted) => linted,
        Err(fault) => {
            eprintln!("watchfire: {}: {} / {}", file.display(), fault.en, fault.zh);
            return Ok(ExitCode::from(UNREADABLE));
        }
    };
    for note in &linted.notes {
        eprintln!("watchfire: {}: {note}", file.display());
    }
    if json {
        say(&serde_json::to_string_pretty(&linted.findings)?)?;
    } else {
        let finding = |one: &platform::bulletins::Finding| {
            format!(
                "{} line {} {}: {}\n    {}\n    {}",
                one.rule,
                one.line,
                one.severity.as_str(),
                one.message,
                one.arithmetic,
                one.suggestion
            )
        };
        let unread = linted
            .unread
            .iter()
            .map(|one| format!("unread, line {}: {} ({})", one.line, one.text, one.reason));
        let mut lines: Vec<String> = linted.findings.iter().map(finding).chain(unread).collect();
        lines.push(format!(
            "{} findings; read {} counts, {} percentages, {} lists",
            linted.findings.len(),
            linted.read.counts,
            linted.read.percents,
            linted.read.lists
        ));
        say(&lines.join("\n"))?;
    }
    Ok(if linted.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FINDINGS) })
}

fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn cannot_read(file: &Path) -> ExitCode {
    eprintln!("watchfire: {} cannot be read, or is larger than {FILE_BYTES_MAX} bytes", file.display());
    ExitCode::from(UNREADABLE)
}

fn read_file(path: &Path) -> anyhow::Result<Vec<u8>> {
    let size = std::fs::metadata(path)?.len();
    anyhow::ensure!(size <= FILE_BYTES_MAX as u64, "larger than {FILE_BYTES_MAX} bytes");
    Ok(std::fs::read(path)?)
}

fn print_verdict(answer: &Verification, json: bool) -> anyhow::Result<ExitCode> {
    if json {
        let difference = |one: &verify::compare::Difference| {
            serde_json::json!({
                "figure_id": one.figure_id,
                "label": one.label,
                "original": one.original,
                "found": one.found,
                "line": one.line,
            })
        };
        let text = serde_json::json!({
            "verdict": answer.verdict.as_str(),
            "title": answer.bulletin.as_ref().map(|one| &one.title),
            "number": answer.bulletin.as_ref().and_then(|one| one.number.as_ref()),
            "signature": answer.signature.as_ref().map(|one| {
                serde_json::json!({
                    "algorithm": one.algorithm,
                    "key_id": one.key_id,
                    "signer": one.signer,
                    "valid": one.valid,
                })
            }),
            "differences": answer.differences.iter().map(difference).collect::<Vec<_>>(),
            "message_zh": answer.message_zh,
            "message_en": answer.message_en,
        });
        say(&serde_json::to_string_pretty(&text)?)?;
    } else {
        let mut lines = vec![format!("{}: {}", answer.verdict.as_str(), answer.message_en)];
        lines.push(answer.message_zh.clone());
        lines.extend(answer.differences.iter().map(|one| {
            let id = one.figure_id.as_deref().unwrap_or("-");
            let line = one.line.map(|line| format!(", line {line}")).unwrap_or_default();
            format!("  {id} {}: {:?} → {:?}{line}", one.label, one.original, one.found)
        }));
        say(&lines.join("\n"))?;
    }
    Ok(match answer.verdict {
        Verdict::Genuine => ExitCode::SUCCESS,
        Verdict::Altered | Verdict::Unknown => ExitCode::from(ALTERED),
        Verdict::Unreadable => ExitCode::from(UNREADABLE),
    })
}
