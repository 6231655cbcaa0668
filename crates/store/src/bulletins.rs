//! Bulletins as they were written, with the figures they printed. Writing and checking one is the domain's work.

use domain::ids::{BulletinId, SnapshotId, UserId};
use jiff::Timestamp;

use crate::Store;
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::Sql;

/// A kept bulletin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulletinRecord {
    /// Own id.
    pub id: BulletinId,
    /// The snapshot every figure comes from.
    pub snapshot_id: SnapshotId,
    /// Title.
    pub title: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// By whom; none: on the command line.
    pub created_by: Option<UserId>,
    /// The text.
    pub text: String,
    /// The figures of the text as JSON.
    pub figures_json: String,
}

impl Store {
    /// Keeps a bulletin. Invalid when its snapshot does not exist.
    pub async fn add_bulletin(&self, bulletin: &BulletinRecord) -> Result<()> {
        let sql = Sql::new(
            "insert into bulletin (id, snapshot_id, title, created_at, created_by, text, figures_json)
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .with(bulletin.id.0)
        .with(bulletin.snapshot_id.0)
        .with(&bulletin.title)
        .with(bulletin.created_at)
        .with(bulletin.created_by.map(|id| id.0))
        .with(&bulletin.text)
        .with(&bulletin.figures_json);
        self.pools.execute(sql).await.map(|_| ())
    }

    /// One bulletin.
    pub async fn bulletin(&self, id: BulletinId) -> Result<BulletinRecord> {
        let sql = Sql::new("select * from bulletin where id = $1").with(id.0);
        read_bulletin(&self.pools.fetch_one(sql).await?)
    }

    /// Bulletins, newest first.
    pub async fn bulletins(&self, ask: &PageAsk) -> Result<Page<BulletinRecord>> {
        let mut sql = Sql::new("select * from bulletin where 1 = 1");
        if let Some((created_us, id)) = ask.key::<(i64, BulletinId)>()? {
            sql.push(" and (created_at, id) < (").bind(created_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by created_at desc, id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_bulletin).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |bulletin| (bulletin.created_at.as_microsecond(), bulletin.id)))
    }
}

fn read_bulletin(row: &Row) -> Result<BulletinRecord> {
    Ok(BulletinRecord {
        id: row.id("id")?,
        snapshot_id: row.id("snapshot_id")?,
        title: row.text("title")?,
        created_at: row.time("created_at")?,
        created_by: row.id_opt("created_by")?,
        text: row.text("text")?,
        figures_json: row.text("figures_json")?,
    })
}
