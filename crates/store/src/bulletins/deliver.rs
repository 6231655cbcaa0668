//! Publication: deliveries to the addressees, their inbox, their receipts.

use domain::access::{Access, Scope};
use domain::bulletin::life::{BulletinEvent, BulletinState};
use domain::ids::{BulletinId, RegionId, UnitId, UserId};
use jiff::Timestamp;

use super::change::{Step, take};
use super::consult::{Recipient, split};
use super::need_all_in;
use crate::Store;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::{Row, corrupt};
use crate::sql::Sql;

/// Addressees of one bulletin at most.
const ADDRESSEES_MAX: usize = 5000;

/// A delivery and its receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The region it was sent to.
    pub region_id: Option<RegionId>,
    /// Or the unit.
    pub unit_id: Option<UnitId>,
    /// Name of the addressee.
    pub name: String,
    /// When it reached an account; none where the addressee has none yet.
    pub delivered_at: Option<Timestamp>,
    /// When it was read.
    pub read_at: Option<Timestamp>,
    /// By whom.
    pub read_by: Option<UserId>,
}

/// What lies in an inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InboxKind {
    /// A draft to answer.
    Consultation,
    /// A bulletin to read.
    Bulletin,
}

/// One thing in the asker's inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxItem {
    /// What it is.
    pub kind: InboxKind,
    /// The bulletin.
    pub bulletin_id: BulletinId,
    /// Its title.
    pub title: String,
    /// When it came.
    pub at: Timestamp,
    /// When it was first read.
    pub read_at: Option<Timestamp>,
    /// Until when an answer is awaited.
    pub due_at: Option<Timestamp>,
}

impl Store {
    /// Publishes to the addressees. Conflict when the bulletin is no longer at `version`; Limit with too many addressees.
    pub async fn publish_bulletin(
        &self,
        access: &Access,
        id: BulletinId,
        version: i64,
        addressees: &[Recipient],
        at: Timestamp,
    ) -> Result<()> {
        if addressees.len() > ADDRESSEES_MAX {
            return Err(StoreError::Limit(format!(
                "{} addressees, at most {ADDRESSEES_MAX}",
                addressees.len()
            )));
        }
        let mut tx = self.pools.begin().await?;
        need_all_in(&mut tx, access).await?;
        let event = BulletinEvent::Publish;
        let step = Step { id, version, event, to: BulletinState::Published, note: None, at };
        take(&mut tx, access, &step, 0).await?;
        let sql = Sql::new("update bulletin set published_at = $1 where id = $2").with(at).with(id.0);
        tx.execute(sql).await?;
        for addressee in addressees {
            let (region_id, unit_id) = split(addressee.party);
            let sql = Sql::new(
                "insert into bulletin_delivery (bulletin_id, region_id, unit_id, name, sent_at, delivered_at)
                 values ($1, $2, $3, $4, $5, case when exists (select 1 from account a where not a.disabled
                     and ((a.scope_region_id = $6 and a.scope_organisation_id is null) or a.scope_unit_id = $7)) then cast($8 as bigint) end)",
            )
            .with(id.0)
            .with(region_id.map(|id| id.0))
            .with(unit_id.map(|id| id.0))
            .with(&addressee.name)
            .with(at)
            .with(region_id.map(|id| id.0))
            .with(unit_id.map(|id| id.0))
            .with(at);
            tx.execute(sql).await?;
        }
        tx.commit().await
    }

    /// Confirms that the asker's region or unit has read a bulletin sent to it; the first time counts. False for anybody it was not
    /// sent to.
    pub async fn receive_bulletin(&self, access: &Access, id: BulletinId, at: Timestamp) -> Result<bool> {
        let (Some(scope), Some(by)) = (access.scope, access.user_id) else { return Ok(false) };
        let mut tx = self.pools.begin().await?;
        let mut sql = Sql::new(
            "select d.seq from bulletin_delivery d join bulletin b on b.id = d.bulletin_id
             where d.bulletin_id = $1 and b.published_at is not null and ",
        )
        .with(id.0);
        is_addressee(&mut sql, scope);
        let Some(row) = tx.fetch_opt(sql).await? else { return Ok(false) };
        let sql = Sql::new(
            "insert into bulletin_receipt (delivery_seq, at, by_id) values ($1, $2, $3) on conflict (delivery_seq) do nothing",
        )
        .with(row.int("seq")?)
        .with(at)
        .with(by.0);
        tx.execute(sql).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Whether the asker's region or unit has confirmed a bulletin sent to it; none where it was not sent to it.
    pub async fn is_received(&self, access: &Access, id: BulletinId) -> Result<Option<bool>> {
        let Some(scope) = access.scope else { return Ok(None) };
        let mut sql = Sql::new(
            "select r.at from bulletin_delivery d join bulletin b on b.id = d.bulletin_id
                 left join bulletin_receipt r on r.delivery_seq = d.seq
             where d.bulletin_id = $1 and b.published_at is not null and ",
        )
        .with(id.0);
        is_addressee(&mut sql, scope);
        self.pools.fetch_opt(sql).await?.map(|row| Ok(row.int_opt("at")?.is_some())).transpose()
    }

    /// Deliveries of a bulletin with their receipts: all of them for those who see drafts, for an addressee its own.
    pub async fn deliveries(&self, access: &Access, id: BulletinId) -> Result<Vec<Delivery>> {
        let mut sql = Sql::new(
            "select d.*, r.at as read_at, r.by_id as read_by from bulletin_delivery d
                 left join bulletin_receipt r on r.delivery_seq = d.seq
             where d.bulletin_id = $1",
        )
        .with(id.0);
        if !self.sees_all(access).await? {
            let scope = access.scope.ok_or(StoreError::NotFound)?;
            sql.push(" and ");
            is_addressee(&mut sql, scope);
        }
        sql.push(" order by d.seq");
        self.pools.fetch_all(sql).await?.iter().map(read_delivery).collect()
    }

    /// What was sent to the asker's region or unit, newest first.
    pub async fn inbox(&self, access: &Access, ask: &PageAsk) -> Result<Page<InboxItem>> {
        let Some(scope) = access.scope else { return Ok(Page { items: vec![], next: None }) };
        let mut sql = Sql::new(
            "select i.* from (
                 select 'consultation' as kind, p.seq, p.bulletin_id, v.title, c.opened_at as at, s.at as read_at, c.closes_at as due_at
                 from bulletin_party p join bulletin_consultation c on c.bulletin_id = p.bulletin_id and c.round = p.round
                     join bulletin_revision v on v.bulletin_id = c.bulletin_id and v.revision = c.revision
                     left join bulletin_party_seen s on s.party_seq = p.seq
                 where ",
        );
        super::is_party(&mut sql, scope);
        sql.push(
            " union all
                 select 'bulletin' as kind, d.seq, d.bulletin_id, b.title, d.sent_at as at, r.at as read_at, cast(null as bigint) as due_at
                 from bulletin_delivery d join bulletin b on b.id = d.bulletin_id
                     left join bulletin_receipt r on r.delivery_seq = d.seq
                 where ",
        );
        is_addressee(&mut sql, scope);
        sql.push(") i where 1 = 1");
        if let Some((at_us, kind, seq)) = ask.key::<(i64, String, i64)>()? {
            sql.push(" and (i.at, i.kind, i.seq) < (").bind(at_us);
            sql.push(", ").bind(kind).push(", ").bind(seq).push(")");
        }
        sql.push(" order by i.at desc, i.kind desc, i.seq desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(|row| Ok((row.text("kind")?, row.int("seq")?, read_item(row)?)));
        let page = ask.cut(items.collect::<Result<Vec<_>>>()?, |(kind, seq, item)| {
            (item.at.as_microsecond(), kind.clone(), *seq)
        });
        Ok(Page { items: page.items.into_iter().map(|(_, _, item)| item).collect(), next: page.next })
    }
}

fn is_addressee(sql: &mut Sql, scope: Scope) {
    match scope {
        Scope::Region(id) => sql.push("d.region_id = ").bind(id.0),
        Scope::Unit(id) => sql.push("d.unit_id = ").bind(id.0),
        // Bulletins are addressed to offices and units.
        Scope::Organisation(_) => sql.push("1 = 0"),
    };
}

fn read_delivery(row: &Row) -> Result<Delivery> {
    let read_at = row.time_opt("read_at")?;
    Ok(Delivery {
        region_id: row.id_opt("region_id")?,
        unit_id: row.id_opt("unit_id")?,
        name: row.text("name")?,
        delivered_at: row.time_opt("delivered_at")?.or(read_at),
        read_at,
        read_by: row.id_opt("read_by")?,
    })
}

fn read_item(row: &Row) -> Result<InboxItem> {
    let kind = match row.text("kind")?.as_str() {
        "consultation" => InboxKind::Consultation,
        "bulletin" => InboxKind::Bulletin,
        other => return Err(corrupt("kind", other)),
    };
    Ok(InboxItem {
        kind,
        bulletin_id: row.id("bulletin_id")?,
        title: row.text("title")?,
        at: row.time("at")?,
        read_at: row.time_opt("read_at")?,
        due_at: row.time_opt("due_at")?,
    })
}
