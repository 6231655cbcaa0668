//! Censuses: who is asked, what each region answered from its rows, and the whole as it stood when it was closed.
//!
//! A census is seen by the office that opened it, by those above, and by every region it asks; an answer by its own region and those above.

use domain::access::{Access, Scope};
use domain::category::Category;
use domain::ids::{CensusId, OrganisationId, RegionId, UnitId, UserId};
use domain::organisation::OrganisationState;
use domain::organisation::census::{CensusCounts, CensusEvent, CensusState};
use domain::unit::{Duty, Provenance};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::sits_within;
use crate::Store;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sessions::hash32;
use crate::sql::Sql;

/// Most units and organisations of one region's list; a county has a few hundred.
const LISTED_MAX: i64 = 20_000;

/// A census to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCensus {
    /// Own id.
    pub id: CensusId,
    /// What it is called.
    pub title: String,
    /// What is asked.
    pub note: String,
    /// Whose region asks.
    pub region_id: RegionId,
    /// When.
    pub opened_at: Timestamp,
    /// Until when answers are awaited.
    pub deadline_at: Timestamp,
}

/// A kept census with how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CensusRow {
    /// As it was opened.
    pub opened: NewCensus,
    /// Name of the region that asks.
    pub region_name: String,
    /// Name of who opened it.
    pub opener_name: String,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// SHA-256 of what was frozen.
    pub digest: Option<[u8; 32]>,
    /// Regions in the asker's reach that it asks.
    pub asked: u32,
    /// Of these, answered or accepted.
    pub answered: u32,
    /// Of these, accepted.
    pub accepted: u32,
    /// Counts changes.
    pub version: i64,
}

/// The answer of one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CensusAnswer {
    /// Which region.
    pub region_id: RegionId,
    /// Its name, with that of its city before it.
    pub region_name: String,
    /// Where it stands.
    pub state: CensusState,
    /// What the last answer came to.
    pub counts: Option<CensusCounts>,
    /// SHA-256 of the lists it was counted from.
    pub digest: Option<[u8; 32]>,
    /// Who signed, and when.
    pub signed: Option<(UserId, String, Timestamp)>,
    /// What they said.
    pub remark: Option<String>,
    /// Counts changes.
    pub version: i64,
}

/// An organisation on a region's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CensusOrganisation {
    /// Which.
    pub id: OrganisationId,
    /// Name.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: String,
    /// Where it stands.
    pub state: OrganisationState,
}

/// A unit on a region's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CensusUnit {
    /// Which.
    pub id: UnitId,
    /// Name.
    pub name: String,
    /// Its category.
    pub category: Category,
    /// Its duty as the register has it.
    pub duty: Duty,
    /// By whose word.
    pub duty_provenance: Provenance,
    /// Who does its duty under a running contract.
    pub organisation: Option<String>,
}

/// What is entered at a region.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CensusLists {
    /// Organisations that are not cancelled.
    pub organisations: Vec<CensusOrganisation>,
    /// Units.
    pub units: Vec<CensusUnit>,
}

/// An answer to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CensusSigned {
    /// What the lists come to.
    pub counts: CensusCounts,
    /// The lists, JSON.
    pub lists: String,
    /// Their SHA-256.
    pub digest: [u8; 32],
    /// What the person who signs says.
    pub remark: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// A return or an acceptance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CensusAnswerChange {
    /// Which.
    pub event: CensusEvent,
    /// The state after it.
    pub to: CensusState,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// What is frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CensusClose {
    /// All answers, JSON.
    pub frozen: String,
    /// Its SHA-256.
    pub digest: [u8; 32],
    /// When.
    pub at: Timestamp,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CensusStep {
    /// When.
    pub at: Timestamp,
    /// `open`, `answer`, `return`, `accept`, `close`.
    pub event: String,
    /// About which region; none: all of it.
    pub region_name: Option<String>,
    /// Who.
    pub actor: (UserId, String),
    /// Why.
    pub reason: Option<String>,
}

const ANSWERS: &str = "select a.*, p.display_name as signer_name, r.name as own_name, city.name as city_name
    from census_answer a join region r on r.id = a.region_id left join region city on city.id = r.city_id and city.id <> r.id
    left join account p on p.id = a.signed_by where a.census_id = $1";

impl Store {
    /// Opens a census. Every region of the asker's own and below that has no region below it, or has units or organisations entered at itself,
    /// is asked.
    pub async fn open_census(&self, access: &Access, new: &NewCensus) -> Result<CensusRow> {
        let (Some(actor), Some(Scope::Region(own))) = (access.user_id, access.scope) else {
            return Err(StoreError::NotFound);
        };
        if own != new.region_id {
            return Err(StoreError::NotFound);
        }
        let mut tx = self.pools.begin().await?;
        let sql = Sql::new(
            "insert into census (id, title, note, region_id, opened_at, opened_by, deadline_at, version) values ($1, $2, $3, $4, $5, $6, $7, 0)",
        )
        .with(new.id.0)
        .with(&new.title)
        .with(&new.note)
        .with(own.0)
        .with(new.opened_at)
        .with(actor.0)
        .with(new.deadline_at);
        tx.execute(sql).await?;
        let sql = Sql::new(
            "insert into census_answer (census_id, region_id, state, version)
             select cast($1 as text), t.descendant_id, 'awaited', 0 from region_tree t where t.ancestor_id = $2
                 and (not exists (select 1 from region b where b.parent_id = t.descendant_id)
                     or exists (select 1 from unit_now u where u.region_id = t.descendant_id)
                     or exists (select 1 from organisation o where o.region_id = t.descendant_id and o.state <> 'cancelled'))",
        );
        tx.execute(sql.with(new.id.0).with(own.0)).await?;
        write_step(&mut tx, access, new.id, None, "open", None, new.opened_at).await?;
        tx.commit().await?;
        self.census(access, new.id).await
    }

    /// Censuses that the asker has to do with, last opened first.
    pub async fn censuses(&self, access: &Access, ask: &PageAsk) -> Result<Page<CensusRow>> {
        let mut sql = rows(access);
        if let Some((at_us, id)) = ask.key::<(i64, CensusId)>()? {
            sql.push(" and (x.opened_at, x.id) < (").bind(at_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by x.opened_at desc, x.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_census).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(rows, |row| (row.opened.opened_at.as_microsecond(), row.opened.id)))
    }

    /// One census.
    pub async fn census(&self, access: &Access, id: CensusId) -> Result<CensusRow> {
        let mut sql = rows(access);
        sql.push(" and x.id = ").bind(id.0);
        read_census(&self.pools.fetch_one(sql).await?)
    }

    /// What was frozen when it was closed, for whoever opened it and those above; none while it is open.
    pub async fn census_frozen(&self, access: &Access, id: CensusId) -> Result<Option<String>> {
        let mut sql = Sql::new("select frozen from census where id = $1").with(id.0);
        sits_within(&mut sql, access, "region_id");
        self.pools.fetch_one(sql).await?.text_opt("frozen")
    }

    /// The answers in the asker's reach, in the order of regions.
    pub async fn census_answers(&self, access: &Access, id: CensusId) -> Result<Vec<CensusAnswer>> {
        let mut sql = Sql::new(ANSWERS).with(id.0);
        sits_within(&mut sql, access, "a.region_id");
        sql.push(" order by r.position");
        self.pools.fetch_all(sql).await?.iter().map(read_answer).collect()
    }

    /// The answer of one region with the lists it was counted from, JSON.
    pub async fn census_answer(
        &self,
        access: &Access,
        id: CensusId,
        region: RegionId,
    ) -> Result<(CensusAnswer, Option<String>)> {
        let mut sql = Sql::new(ANSWERS).with(id.0);
        sql.push(" and a.region_id = ").bind(region.0);
        sits_within(&mut sql, access, "a.region_id");
        let row = self.pools.fetch_one(sql).await?;
        Ok((read_answer(&row)?, row.text_opt("lists")?))
    }

    /// What is entered at a region now, for an office within whose reach it lies.
    pub async fn census_lists(&self, access: &Access, region: RegionId) -> Result<CensusLists> {
        let mut sql =
            Sql::new("select o.* from organisation o where o.state <> 'cancelled' and o.region_id = $1")
                .with(region.0);
        sits_within(&mut sql, access, "o.region_id");
        sql.push(" order by o.name, o.id limit ").bind(LISTED_MAX);
        let read = |row: &Row| {
            Ok(CensusOrganisation {
                id: row.id("id")?,
                name: row.text("name")?,
                credit_code: row.text("credit_code")?,
                state: row.word("state", OrganisationState::parse)?,
            })
        };
        let organisations = self.pools.fetch_all(sql).await?.iter().map(read).collect::<Result<Vec<_>>>()?;
        let mut sql = Sql::new(
            "select u.unit_id, u.name, u.category, u.duty, u.duty_provenance,
                 (select o.name from contract c join organisation o on o.id = c.organisation_id
                     where c.unit_id = u.unit_id and c.state = 'running' order by c.starts_at desc, c.id desc limit 1) as organisation_name
             from unit_now u where u.region_id = $1",
        )
        .with(region.0);
        sits_within(&mut sql, access, "u.region_id");
        sql.push(" order by u.name, u.unit_id limit ").bind(LISTED_MAX);
        let read = |row: &Row| {
            Ok(CensusUnit {
                id: row.id("unit_id")?,
                name: row.text("name")?,
                category: row.word("category", Category::parse)?,
                duty: row.word("duty", Duty::parse)?,
                duty_provenance: row.word("duty_provenance", Provenance::parse)?,
                organisation: row.text_opt("organisation_name")?,
            })
        };
        let units = self.pools.fetch_all(sql).await?.iter().map(read).collect::<Result<Vec<_>>>()?;
        Ok(CensusLists { organisations, units })
    }

    /// Writes a region's answer, signed by the asker. Conflict when somebody was faster or the census was closed.
    pub async fn answer_census(
        &self,
        access: &Access,
        id: CensusId,
        region: RegionId,
        expected_version: i64,
        signed: &CensusSigned,
    ) -> Result<()> {
        let Some(actor) = access.user_id else { return Err(StoreError::NotFound) };
        self.census_answer(access, id, region).await?;
        let mut tx = self.pools.begin().await?;
        let counts = signed.counts;
        let sql = Sql::new(
            "update census_answer set state = 'answered', organisations = $1, valid = $2, units = $3, contracted = $4, on_duty = $5, lists = $6,
                 digest = $7, signed_by = $8, signed_at = $9, remark = $10, version = version + 1
             where census_id = $11 and region_id = $12 and version = $13
                 and exists (select 1 from census x where x.id = census_id and x.closed_at is null)",
        )
        .with(counts.organisations)
        .with(counts.valid)
        .with(counts.units)
        .with(counts.contracted)
        .with(counts.on_duty)
        .with(&signed.lists)
        .with(signed.digest)
        .with(actor.0)
        .with(signed.at)
        .with(signed.remark.as_deref())
        .with(id.0)
        .with(region.0)
        .with(expected_version);
        if tx.execute(sql).await? == 0 {
            return Err(moved());
        }
        write_step(&mut tx, access, id, Some(region), "answer", signed.remark.as_deref(), signed.at).await?;
        tx.commit().await
    }

    /// Returns or accepts a region's answer.
    pub async fn change_census_answer(
        &self,
        access: &Access,
        id: CensusId,
        region: RegionId,
        expected_version: i64,
        change: &CensusAnswerChange,
    ) -> Result<()> {
        self.census_answer(access, id, region).await?;
        let mut tx = self.pools.begin().await?;
        let sql = Sql::new(
            "update census_answer set state = $1, version = version + 1 where census_id = $2 and region_id = $3 and version = $4
                 and exists (select 1 from census x where x.id = census_id and x.closed_at is null)",
        )
        .with(change.to.as_str())
        .with(id.0)
        .with(region.0)
        .with(expected_version);
        if tx.execute(sql).await? == 0 {
            return Err(moved());
        }
        let event = change.event.as_str();
        write_step(&mut tx, access, id, Some(region), event, change.reason.as_deref(), change.at).await?;
        tx.commit().await
    }

    /// Closes a census of the asker's own region. From then on nothing of it is written.
    pub async fn close_census(
        &self,
        access: &Access,
        id: CensusId,
        expected_version: i64,
        close: &CensusClose,
    ) -> Result<CensusRow> {
        let (Some(actor), Some(Scope::Region(own))) = (access.user_id, access.scope) else {
            return Err(StoreError::NotFound);
        };
        let mut tx = self.pools.begin().await?;
        let sql = Sql::new(
            "update census set closed_at = $1, closed_by = $2, frozen = $3, digest = $4, version = version + 1
             where id = $5 and region_id = $6 and version = $7 and closed_at is null",
        )
        .with(close.at)
        .with(actor.0)
        .with(&close.frozen)
        .with(close.digest)
        .with(id.0)
        .with(own.0)
        .with(expected_version);
        if tx.execute(sql).await? == 0 {
            return Err(moved());
        }
        write_step(&mut tx, access, id, None, "close", None, close.at).await?;
        tx.commit().await?;
        self.census(access, id).await
    }

    /// What happened, in order: of all of it, and of the regions in the asker's reach.
    pub async fn census_steps(&self, access: &Access, id: CensusId) -> Result<Vec<CensusStep>> {
        self.census(access, id).await?;
        let mut sql = Sql::new(
            "select t.*, p.display_name as actor_name, r.name as region_name from census_step t join account p on p.id = t.actor_id
             left join region r on r.id = t.region_id where t.census_id = $1 and (t.region_id is null or (1 = 1",
        )
        .with(id.0);
        sits_within(&mut sql, access, "t.region_id");
        sql.push(")) order by t.seq");
        self.pools.fetch_all(sql).await?.iter().map(read_step).collect()
    }
}

/// Censuses that ask a region in the asker's reach; how far they are is counted over those regions.
fn rows(access: &Access) -> Sql {
    let mut sql = Sql::new(
        "select x.*, r.name as region_name, p.display_name as opener_name, n.asked, n.answered, n.accepted
         from census x join region r on r.id = x.region_id join account p on p.id = x.opened_by
         join (select a.census_id, cast(count(*) as bigint) as asked,
                 cast(sum(case when a.state in ('answered', 'accepted') then 1 else 0 end) as bigint) as answered,
                 cast(sum(case when a.state = 'accepted' then 1 else 0 end) as bigint) as accepted
             from census_answer a where 1 = 1",
    );
    sits_within(&mut sql, access, "a.region_id");
    sql.push(" group by a.census_id) n on n.census_id = x.id where 1 = 1");
    sql
}

async fn write_step(
    tx: &mut Tx,
    access: &Access,
    id: CensusId,
    region: Option<RegionId>,
    event: &'static str,
    reason: Option<&str>,
    at: Timestamp,
) -> Result<()> {
    let sql = Sql::new(
        "insert into census_step (census_id, region_id, at, event, actor_id, actor_role, reason) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .with(id.0)
    .with(region.map(|id| id.0))
    .with(at)
    .with(event)
    .with(access.user_id.map(|id| id.0))
    .with(access.role.map(domain::role::Role::as_str))
    .with(reason);
    tx.execute(sql).await.map(drop)
}

fn moved() -> StoreError {
    StoreError::conflict("the census or this answer has changed since; look again")
}

fn read_census(row: &Row) -> Result<CensusRow> {
    let closed_at = row.time_opt("closed_at")?;
    Ok(CensusRow {
        opened: NewCensus {
            id: row.id("id")?,
            title: row.text("title")?,
            note: row.text("note")?,
            region_id: row.id("region_id")?,
            opened_at: row.time("opened_at")?,
            deadline_at: row.time("deadline_at")?,
        },
        region_name: row.text("region_name")?,
        opener_name: row.text("opener_name")?,
        closed_at,
        digest: closed_at.map(|_| hash32(row, "digest")).transpose()?,
        asked: row.count("asked")?,
        answered: row.count("answered")?,
        accepted: row.count("accepted")?,
        version: row.int("version")?,
    })
}

fn read_answer(row: &Row) -> Result<CensusAnswer> {
    let own = row.text("own_name")?;
    let signed_by: Option<UserId> = row.id_opt("signed_by")?;
    let counts = signed_by.map(|_| read_counts(row)).transpose()?;
    Ok(CensusAnswer {
        region_id: row.id("region_id")?,
        region_name: row.text_opt("city_name")?.map_or_else(|| own.clone(), |city| format!("{city}{own}")),
        state: row.word("state", CensusState::parse)?,
        counts,
        digest: signed_by.map(|_| hash32(row, "digest")).transpose()?,
        signed: match (signed_by, row.text_opt("signer_name")?, row.time_opt("signed_at")?) {
            (Some(id), Some(name), Some(at)) => Some((id, name, at)),
            _ => None,
        },
        remark: row.text_opt("remark")?,
        version: row.int("version")?,
    })
}

fn read_counts(row: &Row) -> Result<CensusCounts> {
    Ok(CensusCounts {
        organisations: row.count("organisations")?,
        valid: row.count("valid")?,
        units: row.count("units")?,
        contracted: row.count("contracted")?,
        on_duty: row.count("on_duty")?,
    })
}

fn read_step(row: &Row) -> Result<CensusStep> {
    Ok(CensusStep {
        at: row.time("at")?,
        event: row.text("event")?,
        region_name: row.text_opt("region_name")?,
        actor: (row.id("actor_id")?, row.text("actor_name")?),
        reason: row.text_opt("reason")?,
    })
}
