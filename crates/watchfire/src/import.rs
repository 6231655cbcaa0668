//! `import`: a spreadsheet into the register or the list of devices, all rows or none, every bad cell listed.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use domain::register::import::RowError;
use platform::{Platform, PlatformError};

use crate::cli::{ImportArgs, ImportDevicesArgs};
use crate::wire;

/// Bad cells printed; the error sheet holds all.
const PRINTED_MAX: usize = 20;

/// `import units`
pub async fn units(args: ImportArgs) -> anyhow::Result<ExitCode> {
    let (platform, name, bytes) = opened(&args).await?;
    let outcome = platform.import_units(&wire::operator(&platform), &name, bytes, args.dry_run).await;
    let outcome = outcome.map_err(|error| refused(&args.file, error))?;
    if outcome.errors.is_empty() {
        let verb = if outcome.applied { "imported" } else { "checked, nothing written" };
        println!(
            "{} rows {verb}: {} new, {} changed, {} unchanged",
            outcome.accepted, outcome.created, outcome.updated, outcome.unchanged
        );
        if let Some(version) = outcome.register_version {
            println!("version {version} of the register of units that should connect is made of them");
        }
        if outcome.proposed > 0 {
            println!(
                "{} units are proposed for the register; they count once somebody approves them",
                outcome.proposed
            );
        }
        return Ok(ExitCode::SUCCESS);
    }
    report(&outcome.errors, args.errors.as_deref())
}

/// `import devices`
pub async fn devices(args: ImportDevicesArgs) -> anyhow::Result<ExitCode> {
    let ImportDevicesArgs { secrets, import: args } = args;
    let (platform, name, bytes) = opened(&args).await?;
    let outcome = platform.import_devices(&wire::operator(&platform), &name, bytes, args.dry_run).await;
    let outcome = outcome.map_err(|error| refused(&args.file, error))?;
    if !outcome.errors.is_empty() {
        return report(&outcome.errors, args.errors.as_deref());
    }
    let verb = if outcome.applied { "entered" } else { "checked, nothing written" };
    println!("{} devices {verb}", outcome.accepted);
    if outcome.secrets.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let mut sheet = String::from("\u{feff}gb_id,name,secret\n");
    for made in &outcome.secrets {
        let _ = writeln!(sheet, "{},\"{}\",{}", made.gb_id, made.name.replace('"', "\"\""), made.secret);
    }
    match secrets {
        Some(path) => {
            std::fs::write(&path, sheet).with_context(|| format!("{}", path.display()))?;
            println!("secrets of {} devices: {}", outcome.secrets.len(), path.display());
        }
        None => print!("{sheet}"),
    }
    Ok(ExitCode::SUCCESS)
}

/// The platform, and the spreadsheet with its name.
async fn opened(args: &ImportArgs) -> anyhow::Result<(Platform, String, Vec<u8>)> {
    let config = wire::configuration(&args.data)?;
    let bytes = std::fs::read(&args.file).with_context(|| format!("{}", args.file.display()))?;
    let name = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok((wire::open(&config, false).await?, name, bytes))
}

/// Why a spreadsheet was not even read.
fn refused(file: &Path, error: PlatformError) -> anyhow::Error {
    match error {
        PlatformError::Invalid(fields) => {
            let words: Vec<String> = fields.into_iter().map(|field| field.message).collect();
            anyhow::anyhow!("{}: {}", file.display(), words.join("; "))
        }
        error => error.into(),
    }
}

fn report(errors: &[RowError], sheet: Option<&Path>) -> anyhow::Result<ExitCode> {
    eprintln!("nothing imported: {} bad cells", errors.len());
    for error in errors.iter().take(PRINTED_MAX) {
        eprintln!(
            "  row {}, {}: {} ({}) – {}",
            error.row,
            error.column,
            error.value,
            error.reason.code(),
            error.message_zh
        );
    }
    if errors.len() > PRINTED_MAX {
        eprintln!("  … and {} more", errors.len() - PRINTED_MAX);
    }
    if let Some(path) = sheet {
        let made = platform::registry::error_sheet(errors)?;
        std::fs::write(path, made).with_context(|| format!("{}", path.display()))?;
        eprintln!("all of them: {}", path.display());
    }
    Ok(ExitCode::FAILURE)
}
