//! `import units`: a spreadsheet into the register, all rows or none, every bad cell listed.

use std::process::ExitCode;

use anyhow::Context as _;

use crate::cli::ImportArgs;
use crate::wire;

/// Bad cells printed; the error sheet holds all.
const PRINTED_MAX: usize = 20;

pub async fn units(args: ImportArgs) -> anyhow::Result<ExitCode> {
    let config = wire::configuration(&args.data)?;
    let bytes = std::fs::read(&args.file).with_context(|| format!("{}", args.file.display()))?;
    let platform = wire::open(&config, false).await?;
    let name = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let outcome = match platform.import_units(&wire::operator(&platform), &name, bytes, args.dry_run).await {
        Ok(outcome) => outcome,
        Err(platform::PlatformError::Invalid(fields)) => {
            let words: Vec<String> = fields.into_iter().map(|field| field.message).collect();
            anyhow::bail!("{}: {}", args.file.display(), words.join("; "));
        }
        Err(error) => return Err(error.into()),
    };
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
    eprintln!("nothing imported: {} bad cells", outcome.errors.len());
    for error in outcome.errors.iter().take(PRINTED_MAX) {
        eprintln!(
            "  row {}, {}: {} ({}) – {}",
            error.row,
            error.column,
            error.value,
            error.reason.code(),
            error.message_zh
        );
    }
    if outcome.errors.len() > PRINTED_MAX {
        eprintln!("  … and {} more", outcome.errors.len() - PRINTED_MAX);
    }
    if let Some(path) = args.errors {
        let sheet = platform::registry::error_sheet(&outcome.errors)?;
        std::fs::write(&path, sheet).with_context(|| format!("{}", path.display()))?;
        eprintln!("all of them: {}", path.display());
    }
    Ok(ExitCode::FAILURE)
}
