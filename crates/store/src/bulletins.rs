//! Bulletins as they stand, and every revision they had.
//!
//! Who sees a bulletin: whoever sees the root of the region tree sees all of it at any time; everybody else sees it once it is
//! published and was sent to them (or to a region above theirs), or where they were asked in a consultation – then the revision they
//! were asked about, and nothing of what became of the draft. Not here: rules (the domain decides), and writing the text.

mod change;
mod consult;
mod deliver;
mod seal;
mod template;

use domain::access::{Access, Scope};
use domain::bulletin::life::BulletinState;
use domain::ids::{BulletinId, SnapshotId, UserId};
use jiff::Timestamp;

pub use change::{NewBulletin, Revision};
pub use consult::{Consultation, NewObjection, Objection, Party, Recipient, Reply};
pub use deliver::{Delivery, InboxItem, InboxKind};
pub use seal::{Approval, Approved, NewSeal, Seal};
pub use template::BulletinTemplate;

use crate::Store;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::Sql;

/// Steps of one bulletin read at most; a bulletin has a handful.
const STEPS_MAX: i64 = 1000;

/// A bulletin as an asker may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulletinRow {
    /// Own id.
    pub id: BulletinId,
    /// The snapshot every figure comes from.
    pub snapshot_id: SnapshotId,
    /// The moment that snapshot shows.
    pub as_of: Timestamp,
    /// The snapshot that changes are counted from.
    pub compare_snapshot_id: Option<SnapshotId>,
    /// Title of the revision shown.
    pub title: String,
    /// State as kept; a consultation may be over (see `domain::bulletin::life`).
    pub state: BulletinState,
    /// Counts changes.
    pub version: i64,
    /// The revision this asker sees.
    pub revision: i64,
    /// Errors of the linter; 0 for those who see no drafts.
    pub errors: i64,
    /// Warnings of the linter; 0 for those who see no drafts.
    pub warnings: i64,
    /// End of the consultation opened last.
    pub closes_at: Option<Timestamp>,
    /// When it was first written.
    pub created_at: Timestamp,
    /// By whom; none: the platform itself.
    pub created_by: Option<UserId>,
    /// When it was sent.
    pub published_at: Option<Timestamp>,
    /// 发文字号; none before approval.
    pub number: Option<String>,
    /// SHA-256 over the sealed content; none before approval.
    pub digest: Option<String>,
    /// True for an asker who sees drafts, findings and every party.
    pub sees_all: bool,
}

/// A text a bulletin had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionRow {
    /// 1, 2, …
    pub revision: i64,
    /// When it was written.
    pub at: Timestamp,
    /// By whom; none: the platform itself.
    pub by_id: Option<UserId>,
    /// What was written.
    pub content: Revision,
}

/// Something that happened to a bulletin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulletinStep {
    /// When.
    pub at: Timestamp,
    /// `write` for the first, then words of the domain.
    pub event: String,
    /// State before; none for the first.
    pub from: Option<BulletinState>,
    /// State after.
    pub to: BulletinState,
    /// Revision in force.
    pub revision: i64,
    /// By whom; none: the platform itself.
    pub actor_id: Option<UserId>,
    /// Reason or remark.
    pub note: Option<String>,
}

impl Store {
    /// Bulletins the asker may see, newest first; with `state`, only those in it at `now`.
    pub async fn bulletins(
        &self,
        access: &Access,
        state: Option<BulletinState>,
        now: Timestamp,
        ask: &PageAsk,
    ) -> Result<Page<BulletinRow>> {
        let all = self.sees_all(access).await?;
        let mut sql = select(access, all);
        if let Some(state) = state {
            filter_state(&mut sql, state, all, now);
        }
        if let Some((created_us, id)) = ask.key::<(i64, BulletinId)>()? {
            sql.push(" and (b.created_at, b.id) < (").bind(created_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by b.created_at desc, b.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(|row| read_bulletin(row, all)).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |bulletin| (bulletin.created_at.as_microsecond(), bulletin.id)))
    }

    /// One bulletin, as far as the asker may see it.
    pub async fn bulletin(&self, access: &Access, id: BulletinId) -> Result<BulletinRow> {
        let all = self.sees_all(access).await?;
        let mut sql = select(access, all);
        sql.push(" and b.id = ").bind(id.0);
        read_bulletin(&self.pools.fetch_one(sql).await?, all)
    }

    /// The revision of a bulletin that the asker sees.
    pub async fn bulletin_revision(&self, access: &Access, id: BulletinId) -> Result<RevisionRow> {
        let bulletin = self.bulletin(access, id).await?;
        self.revision_of(id, bulletin.revision).await
    }

    /// Every revision of a bulletin without its contents: number, time, author. Only for those who see drafts.
    pub async fn bulletin_revisions(
        &self,
        access: &Access,
        id: BulletinId,
    ) -> Result<Vec<(i64, Timestamp, Option<UserId>)>> {
        self.need_all(access).await?;
        let sql = Sql::new(
            "select revision, at, by_id from bulletin_revision where bulletin_id = $1 order by revision limit $2",
        )
        .with(id.0)
        .with(STEPS_MAX);
        let rows = self.pools.fetch_all(sql).await?;
        rows.iter().map(|row| Ok((row.int("revision")?, row.time("at")?, row.id_opt("by_id")?))).collect()
    }

    /// What happened to a bulletin, in order. Only for those who see drafts.
    pub async fn bulletin_steps(&self, access: &Access, id: BulletinId) -> Result<Vec<BulletinStep>> {
        self.need_all(access).await?;
        let sql = Sql::new("select * from bulletin_step where bulletin_id = $1 order by seq limit $2")
            .with(id.0)
            .with(STEPS_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_step).collect()
    }

    pub(crate) async fn revision_of(&self, id: BulletinId, revision: i64) -> Result<RevisionRow> {
        let sql = Sql::new("select v.*, b.errors, b.warnings from bulletin_revision v join bulletin b on b.id = v.bulletin_id where v.bulletin_id = $1 and v.revision = $2")
            .with(id.0)
            .with(revision);
        let row = self.pools.fetch_one(sql).await?;
        Ok(RevisionRow {
            revision: row.int("revision")?,
            at: row.time("at")?,
            by_id: row.id_opt("by_id")?,
            content: Revision {
                title: row.text("title")?,
                settings: row.text("settings")?,
                written: row.text("written")?,
                findings: row.text("findings")?,
                errors: row.int("errors")?,
                warnings: row.int("warnings")?,
            },
        })
    }

    /// Whether the asker sees the root of the region tree, and so every bulletin in every state.
    pub(crate) async fn sees_all(&self, access: &Access) -> Result<bool> {
        match root_query(access) {
            Ok(sees_all) => Ok(sees_all),
            Err(sql) => Ok(self.pools.fetch_opt(*sql).await?.is_some()),
        }
    }

    pub(crate) async fn need_all(&self, access: &Access) -> Result<()> {
        if self.sees_all(access).await? { Ok(()) } else { Err(StoreError::NotFound) }
    }
}

/// The same inside a transaction.
async fn need_all_in(tx: &mut Tx, access: &Access) -> Result<()> {
    let sees_all = match root_query(access) {
        Ok(sees_all) => sees_all,
        Err(sql) => tx.fetch_opt(*sql).await?.is_some(),
    };
    if sees_all { Ok(()) } else { Err(StoreError::NotFound) }
}

/// The answer where it needs no row, or the question.
fn root_query(access: &Access) -> Result<bool, Box<Sql>> {
    match access.scope {
        _ if *access == Access::PLATFORM => Ok(true),
        Some(Scope::Region(id)) => {
            Err(Box::new(Sql::new("select id from region where id = $1 and parent_id is null").with(id.0)))
        }
        _ => Ok(false),
    }
}

/// Begins a selection of bulletins `b` with the revision `v` that the asker sees.
fn select(access: &Access, all: bool) -> Sql {
    let mut sql = Sql::new(
        "select b.*, s.as_of, v.revision as shown, v.title as shown_title from bulletin b join snapshot s on s.id = b.snapshot_id join bulletin_revision v on v.bulletin_id = b.id and v.revision = ",
    );
    if all {
        sql.push("b.revision where 1 = 1");
        return sql;
    }
    let Some(scope) = access.scope else {
        sql.push("b.revision where 1 = 0");
        return sql;
    };
    sql.push("case when b.published_at is not null then b.revision else (select max(c.revision) from bulletin_party p join bulletin_consultation c on c.bulletin_id = p.bulletin_id and c.round = p.round where p.bulletin_id = b.id and ");
    is_party(&mut sql, scope);
    sql.push(") end where ((b.published_at is not null and exists (select 1 from bulletin_delivery d");
    match scope {
        Scope::Region(id) => sql
            .push(" join region_tree t on t.ancestor_id = d.region_id where d.bulletin_id = b.id and t.descendant_id = ")
            .bind(id.0),
        Scope::Unit(id) => sql.push(" where d.bulletin_id = b.id and d.unit_id = ").bind(id.0),
        Scope::Organisation(_) => sql.push(" where 1 = 0"),
    };
    sql.push(")) or exists (select 1 from bulletin_party p where p.bulletin_id = b.id and ");
    is_party(&mut sql, scope);
    sql.push("))");
    sql
}

fn is_party(sql: &mut Sql, scope: Scope) {
    match scope {
        Scope::Region(id) => sql.push("p.region_id = ").bind(id.0),
        Scope::Unit(id) => sql.push("p.unit_id = ").bind(id.0),
        // Bulletins are addressed to offices and units.
        Scope::Organisation(_) => sql.push("1 = 0"),
    };
}

/// Keeps those whose state at `now`, as this asker is told it, is `state`.
fn filter_state(sql: &mut Sql, state: BulletinState, all: bool, now: Timestamp) {
    match state {
        BulletinState::Draft => {
            sql.push(" and (b.state = 'draft' or (b.state = 'consulting' and b.closes_at <= ")
                .bind(now)
                .push(")");
            sql.push(if all { ")" } else { " or b.state = 'approved')" });
        }
        BulletinState::Consulting => {
            sql.push(" and b.state = 'consulting' and b.closes_at > ").bind(now);
        }
        BulletinState::Approved if !all => {
            sql.push(" and 1 = 0");
        }
        state => {
            sql.push(" and b.state = ").bind(state.as_str());
        }
    }
}

fn read_bulletin(row: &Row, sees_all: bool) -> Result<BulletinRow> {
    let state = row.word("state", BulletinState::parse)?;
    let published_at = row.time_opt("published_at")?;
    let is_open = sees_all || published_at.is_some();
    Ok(BulletinRow {
        id: row.id("id")?,
        snapshot_id: row.id("snapshot_id")?,
        as_of: row.time("as_of")?,
        compare_snapshot_id: row.id_opt("compare_snapshot_id")?,
        title: row.text("shown_title")?,
        state: if state == BulletinState::Approved && !sees_all { BulletinState::Draft } else { state },
        version: row.int("version")?,
        revision: row.int("shown")?,
        errors: if sees_all { row.int("errors")? } else { 0 },
        warnings: if sees_all { row.int("warnings")? } else { 0 },
        closes_at: row.time_opt("closes_at")?,
        created_at: row.time("created_at")?,
        created_by: row.id_opt("created_by")?,
        published_at,
        number: row.text_opt("number")?.filter(|_| is_open),
        digest: row.text_opt("digest")?.filter(|_| is_open),
        sees_all,
    })
}

fn read_step(row: &Row) -> Result<BulletinStep> {
    Ok(BulletinStep {
        at: row.time("at")?,
        event: row.text("event")?,
        from: row.word_opt("from_state", BulletinState::parse)?,
        to: row.word("to_state", BulletinState::parse)?,
        revision: row.int("revision")?,
        actor_id: row.id_opt("actor_id")?,
        note: row.text_opt("note")?,
    })
}
