//! `snapshot` and `bulletin`: freezing the register and writing bulletins from what was frozen.

use anyhow::Context as _;
use platform::figures::SnapshotKey;
use platform::rows::PageAsk;

use crate::cli::{BulletinCommand, BulletinFormat, SnapshotCommand};
use crate::wire;

pub async fn snapshot(command: SnapshotCommand) -> anyhow::Result<()> {
    match command {
        SnapshotCommand::Take { as_of, data } => {
            let platform = wire::open(&wire::configuration(&data)?, false).await?;
            let snapshot = platform.take_snapshot(&wire::operator(&platform), as_of, None).await?;
            println!("{} as of {}: {} units, {}", snapshot.id, snapshot.as_of, snapshot.units, snapshot.hash);
        }
        SnapshotCommand::List { data } => {
            let platform = wire::open(&wire::configuration(&data)?, false).await?;
            let ask = wire::operator(&platform);
            let mut page = PageAsk { limit: platform::rows::MAX_PAGE, after: None };
            loop {
                let snapshots = platform.snapshots(&ask, &page).await?;
                for snapshot in snapshots.items {
                    println!(
                        "{} as of {}: {} units, {}",
                        snapshot.id, snapshot.as_of, snapshot.units, snapshot.hash
                    );
                }
                page.after = snapshots.next;
                if page.after.is_none() {
                    break;
                }
            }
        }
    }
    Ok(())
}

pub async fn bulletin(command: BulletinCommand) -> anyhow::Result<()> {
    let BulletinCommand::New { snapshot, format, output, data } = command;
    let key = match snapshot.as_str() {
        "latest" => SnapshotKey::Latest,
        id => SnapshotKey::Id(
            id.parse().with_context(|| format!("--snapshot {id} is neither an id nor `latest`"))?,
        ),
    };
    let platform = wire::open(&wire::configuration(&data)?, false).await?;
    let written = platform
        .new_bulletin(&wire::operator(&platform), key)
        .await
        .context("no such snapshot; take one with `watchfire snapshot take`")?;
    let text = match format {
        BulletinFormat::Text => written.record.text,
        BulletinFormat::Json => serde_json::to_string_pretty(&serde_json::json!({
            "id": written.record.id,
            "snapshot_id": written.record.snapshot_id,
            "title": written.record.title,
            "text": written.record.text,
            "figures": written.figures,
        }))?,
    };
    if let Some(path) = output {
        return std::fs::write(&path, text).with_context(|| format!("{}", path.display()));
    }
    println!("{text}");
    Ok(())
}
