//! Consultation rounds (征求意见): who is asked about which revision, what they answer, what the office replies.

use domain::access::{Access, Subtree};
use domain::bulletin::life::{BulletinEvent, BulletinState};
use domain::ids::{BulletinId, ObjectionId, RegionId, UnitId, UserId};
use jiff::Timestamp;

use super::change::{Step, take};
use super::{is_party, need_all_in};
use crate::Store;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::sql::Sql;

/// Parties of one round at most.
const PARTIES_MAX: usize = 2000;
/// Objections of one bulletin at most; a party that needs more writes a letter.
const OBJECTIONS_MAX: i64 = 2000;
/// Objections of one party in one round at most.
const OBJECTIONS_PER_PARTY_MAX: i64 = 100;

/// Whom something is sent to or asked of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// A region, or a unit.
    pub party: Subtree,
    /// Its name.
    pub name: String,
}

/// One party of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Row number.
    pub seq: i64,
    /// The region asked.
    pub region_id: Option<RegionId>,
    /// Or the unit asked.
    pub unit_id: Option<UnitId>,
    /// Its name.
    pub name: String,
    /// First look.
    pub seen_at: Option<Timestamp>,
    /// When it agreed.
    pub agreed_at: Option<Timestamp>,
    /// How often it objected.
    pub objections: i64,
}

/// What the office answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// When.
    pub at: Timestamp,
    /// Who; none: the platform itself.
    pub by_id: Option<UserId>,
    /// Whether the objection is taken up.
    pub accepted: bool,
    /// In words.
    pub words: String,
}

/// An objection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Own id.
    pub id: ObjectionId,
    /// The bulletin.
    pub bulletin_id: BulletinId,
    /// Name of the party.
    pub party: String,
    /// The party, where it is a region.
    pub region_id: Option<RegionId>,
    /// When.
    pub at: Timestamp,
    /// Who wrote it.
    pub by_id: Option<UserId>,
    /// Figure of the text.
    pub figure_id: Option<String>,
    /// Paragraph of the text, from 0.
    pub paragraph: Option<i64>,
    /// In words.
    pub words: String,
    /// What proves it.
    pub evidence_note: Option<String>,
    /// The office's answer.
    pub reply: Option<Reply>,
}

/// An objection to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewObjection {
    /// Own id.
    pub id: ObjectionId,
    /// Figure of the text.
    pub figure_id: Option<String>,
    /// Paragraph of the text, from 0.
    pub paragraph: Option<i64>,
    /// In words.
    pub words: String,
    /// What proves it.
    pub evidence_note: Option<String>,
}

/// The last round, as far as the asker may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consultation {
    /// 1, 2, …
    pub round: i64,
    /// The revision shown.
    pub revision: i64,
    /// Beginning.
    pub opened_at: Timestamp,
    /// Who opened it.
    pub opened_by: Option<UserId>,
    /// End as announced.
    pub closes_at: Timestamp,
    /// Who is asked; for a party only itself.
    pub parties: Vec<Party>,
    /// Objections of all rounds; for a party only its own.
    pub objections: Vec<Objection>,
}

impl Store {
    /// Opens a round. Conflict when the bulletin is no longer at `version`; Invalid without a party; Limit with too many.
    pub async fn open_consultation(
        &self,
        access: &Access,
        id: BulletinId,
        version: i64,
        parties: &[Recipient],
        closes_at: Timestamp,
        at: Timestamp,
    ) -> Result<()> {
        if parties.is_empty() {
            return Err(StoreError::Invalid("a consultation needs a party".to_owned()));
        }
        if parties.len() > PARTIES_MAX {
            return Err(StoreError::Limit(format!("{} parties, at most {PARTIES_MAX}", parties.len())));
        }
        let mut tx = self.pools.begin().await?;
        need_all_in(&mut tx, access).await?;
        let event = BulletinEvent::Consult;
        let step = Step { id, version, event, to: BulletinState::Consulting, note: None, at };
        let revision = take(&mut tx, access, &step, 0).await?;
        let sql = Sql::new(
            "insert into bulletin_consultation (bulletin_id, round, revision, opened_at, opened_by, closes_at)
             values ($1, (select coalesce(max(round), 0) + 1 from bulletin_consultation where bulletin_id = $2), $3, $4, $5, $6)
             returning round",
        )
        .with(id.0)
        .with(id.0)
        .with(revision)
        .with(at)
        .with(access.user_id.map(|id| id.0))
        .with(closes_at);
        let round = tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?.int("round")?;
        for party in parties {
            let (region_id, unit_id) = split(party.party);
            let sql = Sql::new(
                "insert into bulletin_party (bulletin_id, round, region_id, unit_id, name) values ($1, $2, $3, $4, $5)",
            )
            .with(id.0)
            .with(round)
            .with(region_id.map(|id| id.0))
            .with(unit_id.map(|id| id.0))
            .with(&party.name);
            tx.execute(sql).await?;
        }
        let sql = Sql::new("update bulletin set closes_at = $1 where id = $2").with(closes_at).with(id.0);
        tx.execute(sql).await?;
        tx.commit().await
    }

    /// The last round the asker may see; none before the first.
    pub async fn consultation(&self, access: &Access, id: BulletinId) -> Result<Option<Consultation>> {
        let all = self.sees_all(access).await?;
        let mut sql = Sql::new("select c.* from bulletin_consultation c where c.bulletin_id = $1").with(id.0);
        if !all {
            sql.push(" and exists (select 1 from bulletin_party p where p.bulletin_id = c.bulletin_id and p.round = c.round and ");
            asker_is_party(&mut sql, access).push(")");
        }
        sql.push(" order by c.round desc limit 1");
        let Some(row) = self.pools.fetch_opt(sql).await? else { return Ok(None) };
        let round = row.int("round")?;
        Ok(Some(Consultation {
            round,
            revision: row.int("revision")?,
            opened_at: row.time("opened_at")?,
            opened_by: row.id_opt("opened_by")?,
            closes_at: row.time("closes_at")?,
            parties: self.parties(access, all, id, round).await?,
            objections: self.objections(access, all, id).await?,
        }))
    }

    /// Remembers that the asker, a party of the last round, has looked. Nothing for anybody else.
    pub async fn see_consultation(&self, access: &Access, id: BulletinId, at: Timestamp) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        if let Some(seq) = own_party(&mut tx, access, id).await? {
            let sql = Sql::new(
                "insert into bulletin_party_seen (party_seq, at, by_id) values ($1, $2, $3) on conflict (party_seq) do nothing",
            )
            .with(seq)
            .with(at)
            .with(access.user_id.map(|id| id.0));
            tx.execute(sql).await?;
        }
        tx.commit().await
    }

    /// The asker's party has nothing to object. NotFound for a stranger, Conflict outside a running round or after an objection.
    pub async fn agree(&self, access: &Access, id: BulletinId, at: Timestamp) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        let seq = running_party(&mut tx, access, id, at).await?;
        let sql = Sql::new("select id from bulletin_objection where party_seq = $1 limit 1").with(seq);
        if tx.fetch_opt(sql).await?.is_some() {
            return Err(StoreError::conflict("this party has objected in this round"));
        }
        let sql = Sql::new(
            "insert into bulletin_agreement (party_seq, at, by_id) values ($1, $2, $3) on conflict (party_seq) do nothing",
        )
        .with(seq)
        .with(at)
        .with(access.user_id.map(|id| id.0));
        tx.execute(sql).await?;
        tx.commit().await
    }

    /// Keeps an objection of the asker's party. NotFound for a stranger, Conflict outside a running round, Limit for a flood.
    pub async fn object(
        &self,
        access: &Access,
        id: BulletinId,
        new: &NewObjection,
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        let seq = running_party(&mut tx, access, id, at).await?;
        let sql = Sql::new("select count(*) as n from bulletin_objection where party_seq = $1").with(seq);
        let count = tx.fetch_opt(sql).await?.map_or(Ok(0), |row| row.int("n"))?;
        if count >= OBJECTIONS_PER_PARTY_MAX {
            return Err(StoreError::Limit(format!("{count} objections of one party in one round")));
        }
        let sql = Sql::new(
            "insert into bulletin_objection (id, party_seq, bulletin_id, at, by_id, figure_id, paragraph, words, evidence_note)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .with(new.id.0)
        .with(seq)
        .with(id.0)
        .with(at)
        .with(access.user_id.map(|id| id.0))
        .with(new.figure_id.clone())
        .with(new.paragraph)
        .with(&new.words)
        .with(new.evidence_note.clone());
        tx.execute(sql).await?;
        tx.commit().await
    }

    /// Answers an objection, once. NotFound when the bulletin has no such objection; Conflict when it has its answer.
    pub async fn reply_objection(
        &self,
        access: &Access,
        (id, objection): (BulletinId, ObjectionId),
        accepted: bool,
        words: &str,
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        need_all_in(&mut tx, access).await?;
        let sql = Sql::new("select id from bulletin_objection where id = $1 and bulletin_id = $2")
            .with(objection.0)
            .with(id.0);
        tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?;
        let sql = Sql::new(
            "insert into bulletin_reply (objection_id, at, by_id, accepted, words) values ($1, $2, $3, $4, $5)
             on conflict (objection_id) do nothing",
        )
        .with(objection.0)
        .with(at)
        .with(access.user_id.map(|id| id.0))
        .with(accepted)
        .with(words);
        if tx.execute(sql).await? != 1 {
            return Err(StoreError::conflict("this objection has its reply"));
        }
        tx.commit().await
    }

    async fn parties(&self, access: &Access, all: bool, id: BulletinId, round: i64) -> Result<Vec<Party>> {
        let mut sql = Sql::new(
            "select p.*, s.at as seen_at, a.at as agreed_at,
                 (select count(*) from bulletin_objection o where o.party_seq = p.seq) as objections
             from bulletin_party p left join bulletin_party_seen s on s.party_seq = p.seq
                 left join bulletin_agreement a on a.party_seq = p.seq
             where p.bulletin_id = $1 and p.round = $2",
        )
        .with(id.0)
        .with(round);
        if !all {
            sql.push(" and ");
            asker_is_party(&mut sql, access);
        }
        sql.push(" order by p.seq");
        self.pools.fetch_all(sql).await?.iter().map(read_party).collect()
    }

    async fn objections(&self, access: &Access, all: bool, id: BulletinId) -> Result<Vec<Objection>> {
        let mut sql = Sql::new(
            "select o.*, p.name as party, p.region_id, r.at as replied_at, r.by_id as replied_by, r.accepted, r.words as reply
             from bulletin_objection o join bulletin_party p on p.seq = o.party_seq
                 left join bulletin_reply r on r.objection_id = o.id
             where o.bulletin_id = $1",
        )
        .with(id.0);
        if !all {
            sql.push(" and ");
            asker_is_party(&mut sql, access);
        }
        sql.push(" order by o.at, o.id limit ").bind(OBJECTIONS_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_objection).collect()
    }
}

fn asker_is_party<'a>(sql: &'a mut Sql, access: &Access) -> &'a mut Sql {
    match access.scope {
        Some(scope) => is_party(sql, scope),
        None => {
            sql.push("1 = 0");
        }
    }
    sql
}

/// The asker's party in the last round.
async fn own_party(tx: &mut Tx, access: &Access, id: BulletinId) -> Result<Option<i64>> {
    let mut sql = Sql::new(
        "select p.seq from bulletin_party p where p.bulletin_id = $1
             and p.round = (select max(round) from bulletin_consultation where bulletin_id = $2) and ",
    )
    .with(id.0)
    .with(id.0);
    asker_is_party(&mut sql, access);
    tx.fetch_opt(sql).await?.map(|row| row.int("seq")).transpose()
}

/// The same while the round runs.
async fn running_party(tx: &mut Tx, access: &Access, id: BulletinId, at: Timestamp) -> Result<i64> {
    let seq = own_party(tx, access, id).await?.ok_or(StoreError::NotFound)?;
    let sql = Sql::new("select id from bulletin where id = $1 and state = 'consulting' and closes_at > $2")
        .with(id.0)
        .with(at);
    if tx.fetch_opt(sql).await?.is_none() {
        return Err(StoreError::conflict("the consultation is over"));
    }
    Ok(seq)
}

pub(super) fn split(party: Subtree) -> (Option<RegionId>, Option<UnitId>) {
    match party {
        Subtree::Region(id) => (Some(id), None),
        Subtree::Unit(id) => (None, Some(id)),
    }
}

fn read_party(row: &Row) -> Result<Party> {
    Ok(Party {
        seq: row.int("seq")?,
        region_id: row.id_opt("region_id")?,
        unit_id: row.id_opt("unit_id")?,
        name: row.text("name")?,
        seen_at: row.time_opt("seen_at")?,
        agreed_at: row.time_opt("agreed_at")?,
        objections: row.int("objections")?,
    })
}

fn read_objection(row: &Row) -> Result<Objection> {
    let reply = match row.time_opt("replied_at")? {
        Some(at) => Some(Reply {
            at,
            by_id: row.id_opt("replied_by")?,
            accepted: row.flag("accepted")?,
            words: row.text("reply")?,
        }),
        None => None,
    };
    Ok(Objection {
        id: row.id("id")?,
        bulletin_id: row.id("bulletin_id")?,
        party: row.text("party")?,
        region_id: row.id_opt("region_id")?,
        at: row.time("at")?,
        by_id: row.id_opt("by_id")?,
        figure_id: row.text_opt("figure_id")?,
        paragraph: row.int_opt("paragraph")?,
        words: row.text("words")?,
        evidence_note: row.text_opt("evidence_note")?,
        reply,
    })
}
