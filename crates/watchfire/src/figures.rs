//! `snapshot`: freezing the register, and comparing what was frozen.

use std::io::Write as _;

use anyhow::Context as _;
use platform::Platform;
use platform::figures::{Comparison, ComparisonRow, SnapshotKey};
use platform::rows::PageAsk;

use crate::cli::SnapshotCommand;
use crate::wire;

pub async fn snapshot(command: SnapshotCommand) -> anyhow::Result<()> {
    match command {
        SnapshotCommand::Take { as_of, data } => {
            let platform = wire::open(&wire::configuration(&data)?, false).await?;
            let snapshot = platform.take_snapshot(&wire::operator(&platform), as_of, None).await?;
            println!("{} as of {}: {} units, {}", snapshot.id, snapshot.as_of, snapshot.units, snapshot.hash);
        }
        SnapshotCommand::List { json, data } => {
            let platform = wire::open(&wire::configuration(&data)?, false).await?;
            list(&platform, json).await?;
        }
        SnapshotCommand::Compare { from, to, json, data } => {
            let (from, to) = (key("FROM", &from)?, key("TO", &to)?);
            let platform = wire::open(&wire::configuration(&data)?, false).await?;
            let compared = platform
                .compare_snapshots(&wire::operator(&platform), from, to)
                .await
                .context("no such snapshot; `watchfire snapshot list` names them")?;
            print_comparison(&compared, json)?;
        }
    }
    Ok(())
}

/// `latest`, or an id.
pub fn key(argument: &str, text: &str) -> anyhow::Result<SnapshotKey> {
    if text == "latest" {
        return Ok(SnapshotKey::Latest);
    }
    let id = text.parse().with_context(|| format!("{argument} {text} is neither an id nor `latest`"))?;
    Ok(SnapshotKey::Id(id))
}

async fn list(platform: &Platform, json: bool) -> anyhow::Result<()> {
    let ask = wire::operator(platform);
    let mut page = PageAsk { limit: platform::rows::MAX_PAGE, after: None };
    let mut all = Vec::new();
    loop {
        let found = platform.snapshots(&ask, &page).await?;
        all.extend(found.items);
        page.after = found.next;
        if page.after.is_none() {
            break;
        }
    }
    if json {
        return say(&serde_json::to_string_pretty(&all)?);
    }
    let line = |snapshot: &platform::rows::Snapshot| {
        format!("{} as of {}: {} units, {}", snapshot.id, snapshot.as_of, snapshot.units, snapshot.hash)
    };
    say(&all.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// Prints to a reader that may stop reading (`… | head`), which is no fault.
pub fn say(text: &str) -> anyhow::Result<()> {
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

fn print_comparison(compared: &Comparison, json: bool) -> anyhow::Result<()> {
    let counts = compared.counts;
    if json {
        let side = |counts: domain::figures::Counts| serde_json::json!({ "total": counts.total, "connected": counts.connected, "duty": counts.duty });
        let row = |row: &ComparisonRow| {
            serde_json::json!({
                "category": row.category,
                "city": row.city.as_ref().map(|(id, name)| serde_json::json!({ "region_id": id, "name": name })),
                "from": side(row.from),
                "to": side(row.to),
            })
        };
        let text = serde_json::json!({
            "from": compared.from,
            "to": compared.to,
            "added": counts.added,
            "removed": counts.removed,
            "changed": counts.changed,
            "rows": compared.rows.iter().map(row).collect::<Vec<_>>(),
        });
        return say(&serde_json::to_string_pretty(&text)?);
    }
    let mut lines = vec![
        format!("{} → {}", compared.from.as_of, compared.to.as_of),
        format!("units added {}, removed {}, changed {}", counts.added, counts.removed, counts.changed),
    ];
    for row in compared.rows.iter().filter(|row| row.from != row.to) {
        let city = row.city.as_ref().map_or("省本级", |(_, name)| name);
        lines.push(format!(
            "{} {city}: {} → {} units, {} → {} connected, {} → {} on duty",
            row.category.name_zh(),
            row.from.total,
            row.to.total,
            row.from.connected,
            row.to.connected,
            row.from.duty,
            row.to.duty
        ));
    }
    say(&lines.join("\n"))
}
