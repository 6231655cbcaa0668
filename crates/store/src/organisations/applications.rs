//! Applications of organisations for the register: kept without an asker, because nobody is known yet; read and decided by the office where
//! the organisation would sit. The receipt is the applicant's only proof, and its digest the only thing kept of it.

use domain::access::Access;
use domain::ids::{ApplicationId, OrganisationId, RegionId, StaffId, UserId};
use domain::organisation::OrganisationState;
use domain::organisation::application::{
    ApplicationEvent, ApplicationState, PER_ADDRESS_MAX, WAITING_PER_REGION_MAX,
};
use jiff::Timestamp;

use super::{REGISTERED, Step, code_taken, sits_within, write_step as write_organisation_step};
use crate::Store;
use crate::engine::{Lock, Tx};
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::Sql;

/// The word of an application's first step; it is no event of the domain.
const APPLIED: &str = "apply";
/// Applications that one round finds lapsed.
const LAPSED_MAX: i64 = 500;

/// What an organisation says of itself when it applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationRecord {
    /// Registered name.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: String,
    /// Where it would sit.
    pub region_id: RegionId,
    /// Address of its duty premises.
    pub address: String,
    /// Their floor, m².
    pub premises_m2: u32,
    /// How to reach it.
    pub phone: String,
    /// Units it says it can serve.
    pub units_max: u32,
    /// Who answers for it.
    pub leader_name: String,
}

/// An application to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApplication {
    /// Own id.
    pub id: ApplicationId,
    /// What it says.
    pub record: ApplicationRecord,
    /// SHA-256 of the receipt.
    pub receipt_sha256: [u8; 32],
    /// Address from which it was sent.
    pub sent_from: String,
    /// When.
    pub at: Timestamp,
    /// Applications from one address are counted since then.
    pub counted_since: Timestamp,
}

/// A kept application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationRow {
    /// Own id.
    pub id: ApplicationId,
    /// What it says.
    pub record: ApplicationRecord,
    /// Name of the region.
    pub region_name: String,
    /// Where it stands.
    pub state: ApplicationState,
    /// How often it was sent.
    pub sent_count: u32,
    /// When it was sent first.
    pub applied_at: Timestamp,
    /// Its last step.
    pub moved_at: Timestamp,
    /// The organisation that came of it.
    pub organisation_id: Option<OrganisationId>,
    /// What the office said last.
    pub reason: Option<String>,
    /// Another organisation or application of the same region with the same name.
    pub same_name: bool,
    /// Counts changes.
    pub version: i64,
}

/// Which applications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ApplicationFilter {
    /// In this state.
    pub state: Option<ApplicationState>,
}

/// A step of an office that the domain allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationChange {
    /// Return or refuse; an approval is [`Store::approve_application`].
    pub event: ApplicationEvent,
    /// The state after it.
    pub to: ApplicationState,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// Something that happened to an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationStep {
    /// When.
    pub at: Timestamp,
    /// What; none: it was sent.
    pub event: Option<ApplicationEvent>,
    /// The state after it.
    pub to: ApplicationState,
    /// Who; none: the applicant, or time.
    pub actor: Option<(UserId, String)>,
    /// Why.
    pub reason: Option<String>,
}

/// What an approval makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approving {
    /// Id of the organisation.
    pub organisation_id: OrganisationId,
    /// Id of its leader on its list of people.
    pub leader_id: StaffId,
    /// Invented for a demonstration.
    pub synthetic: bool,
    /// When.
    pub at: Timestamp,
}

const ROWS: &str = "select x.*, r.name as region_name,
        (select t.reason from organisation_application_step t where t.application_id = x.id and t.reason is not null order by t.seq desc limit 1) as reason,
        (exists (select 1 from organisation o where o.name = x.name and o.state <> 'cancelled')
            or exists (select 1 from organisation_application y where y.name = x.name and y.id <> x.id and y.state in ('waiting', 'returned'))) as same_name
    from organisation_application x join region r on r.id = x.region_id where 1 = 1";

impl Store {
    /// Keeps an application. Limit where the address or the region has sent too many, Conflict where the code is registered or applied for,
    /// NotFound where there is no such region.
    pub async fn add_application(&self, new: &NewApplication) -> Result<ApplicationRow> {
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Contracts).await?;
        let sql = Sql::new(
            "select cast(count(*) as bigint) as n from organisation_application where sent_from = $1 and applied_at > $2",
        );
        let sent = count(&mut tx, sql.with(&new.sent_from).with(new.counted_since)).await?;
        if sent >= PER_ADDRESS_MAX {
            return Err(StoreError::Limit(format!(
                "{PER_ADDRESS_MAX} applications a day from one address: try again tomorrow, or ask the office"
            )));
        }
        let sql = Sql::new(
            "select cast(count(*) as bigint) as n from organisation_application where region_id = $1 and state = 'waiting'",
        );
        if count(&mut tx, sql.with(new.record.region_id.0)).await? >= WAITING_PER_REGION_MAX {
            return Err(StoreError::Limit(
                "too many applications wait in this region: ask the office".to_owned(),
            ));
        }
        refuse_registered(&mut tx, &new.record.credit_code).await?;
        let one = &new.record;
        let region = Sql::new("select id from region where id = $1").with(one.region_id.0);
        tx.fetch_opt(region).await?.ok_or(StoreError::NotFound)?;
        let sql = Sql::new(
            "insert into organisation_application (id, name, credit_code, region_id, address, premises_m2, phone, units_max, leader_name, state,
                 receipt_sha256, sent_from, sent_count, applied_at, moved_at, version)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10, $11, 1, $12, $12, 0)",
        )
        .with(new.id.0)
        .with(&one.name)
        .with(&one.credit_code)
        .with(one.region_id.0)
        .with(&one.address)
        .with(one.premises_m2)
        .with(&one.phone)
        .with(one.units_max)
        .with(&one.leader_name)
        .with(new.receipt_sha256)
        .with(&new.sent_from)
        .with(new.at);
        match tx.execute(sql).await {
            Err(StoreError::Conflict(_)) => return Err(applied_for()),
            other => other.map(drop)?,
        }
        write_step(&mut tx, &Access::PLATFORM, new.id, APPLIED, ApplicationState::Waiting, None, new.at)
            .await?;
        tx.commit().await?;
        self.application_by_receipt(&new.receipt_sha256).await
    }

    /// The application of a receipt: who holds it wrote the application.
    pub async fn application_by_receipt(&self, receipt_sha256: &[u8; 32]) -> Result<ApplicationRow> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and x.receipt_sha256 = ").bind(*receipt_sha256);
        read_application(&self.pools.fetch_one(sql).await?)
    }

    /// Writes a returned application anew; its code and region stay. Conflict when the office was faster.
    pub async fn send_application_again(
        &self,
        receipt_sha256: &[u8; 32],
        expected_version: i64,
        record: &ApplicationRecord,
        at: Timestamp,
    ) -> Result<ApplicationRow> {
        let before = self.application_by_receipt(receipt_sha256).await?;
        let mut tx = self.pools.begin().await?;
        let sql = Sql::new(
            "update organisation_application set name = $1, address = $2, premises_m2 = $3, phone = $4, units_max = $5, leader_name = $6,
                 state = 'waiting', sent_count = sent_count + 1, moved_at = $7, version = version + 1
             where id = $8 and version = $9 and state = 'returned'",
        )
        .with(&record.name)
        .with(&record.address)
        .with(record.premises_m2)
        .with(&record.phone)
        .with(record.units_max)
        .with(&record.leader_name)
        .with(at)
        .with(before.id.0)
        .with(expected_version);
        if tx.execute(sql).await? == 0 {
            return Err(moved());
        }
        let event = ApplicationEvent::SendAgain.as_str();
        write_step(&mut tx, &Access::PLATFORM, before.id, event, ApplicationState::Waiting, None, at).await?;
        tx.commit().await?;
        self.application_by_receipt(receipt_sha256).await
    }

    /// Applications in the office's region and below: those that wait longest first.
    pub async fn applications(
        &self,
        access: &Access,
        filter: &ApplicationFilter,
        ask: &PageAsk,
    ) -> Result<Page<ApplicationRow>> {
        let mut sql = Sql::new(ROWS);
        sits_within(&mut sql, access, "x.region_id");
        sql.filter(" and x.state = ", filter.state.map(ApplicationState::as_str));
        if let Some((at_us, id)) = ask.key::<(i64, ApplicationId)>()? {
            sql.push(" and (x.applied_at, x.id) > (").bind(at_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by x.applied_at, x.id limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_application).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(rows, |row| (row.applied_at.as_microsecond(), row.id)))
    }

    /// One application.
    pub async fn application(&self, access: &Access, id: ApplicationId) -> Result<ApplicationRow> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and x.id = ").bind(id.0);
        sits_within(&mut sql, access, "x.region_id");
        read_application(&self.pools.fetch_one(sql).await?)
    }

    /// What happened to it, in order.
    pub async fn application_steps(
        &self,
        access: &Access,
        id: ApplicationId,
    ) -> Result<Vec<ApplicationStep>> {
        self.application(access, id).await?;
        let sql = Sql::new(
            "select t.*, p.display_name as actor_name from organisation_application_step t left join account p on p.id = t.actor_id
             where t.application_id = $1 order by t.seq",
        );
        self.pools.fetch_all(sql.with(id.0)).await?.iter().map(read_step).collect()
    }

    /// Writes a return or a refusal. Conflict when somebody was faster; NotFound outside the office's region.
    pub async fn change_application(
        &self,
        access: &Access,
        id: ApplicationId,
        expected_version: i64,
        change: &ApplicationChange,
    ) -> Result<ApplicationRow> {
        self.application(access, id).await?;
        let mut tx = self.pools.begin().await?;
        move_to(&mut tx, access, id, expected_version, change.to, None, change.at).await?;
        let reason = change.reason.as_deref();
        write_step(&mut tx, access, id, change.event.as_str(), change.to, reason, change.at).await?;
        tx.commit().await?;
        self.application(access, id).await
    }

    /// Approves: the organisation stands in the register, valid, with its leader on its list, in the same transaction. Conflict where its
    /// code was registered meanwhile.
    pub async fn approve_application(
        &self,
        access: &Access,
        id: ApplicationId,
        expected_version: i64,
        approving: &Approving,
        reason: Option<&str>,
    ) -> Result<ApplicationRow> {
        let row = self.application(access, id).await?;
        let one = &row.record;
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Contracts).await?;
        let (organisation, at) = (approving.organisation_id, approving.at);
        let sql = Sql::new(
            "insert into organisation (id, name, credit_code, region_id, address, premises_m2, phone, units_max, state, version,
                 registered_at, registered_by, synthetic)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 'valid', 0, $9, $10, $11)",
        )
        .with(organisation.0)
        .with(&one.name)
        .with(&one.credit_code)
        .with(one.region_id.0)
        .with(&one.address)
        .with(one.premises_m2)
        .with(&one.phone)
        .with(one.units_max)
        .with(at)
        .with(access.user_id.map(|id| id.0))
        .with(approving.synthetic);
        match tx.execute(sql).await {
            Err(StoreError::Conflict(_)) => return Err(code_taken()),
            other => other.map(drop)?,
        }
        let applied =
            Step { event: REGISTERED, from: None, to: OrganisationState::Pending, reason: None, at };
        write_organisation_step(&mut tx, access, organisation, &applied).await?;
        let event = domain::organisation::OrganisationEvent::Approve.as_str();
        let (from, to) = (Some(OrganisationState::Pending), OrganisationState::Valid);
        write_organisation_step(&mut tx, access, organisation, &Step { event, from, to, reason, at }).await?;
        let sql = Sql::new(
            "insert into staff (id, organisation_id, name, post, joined_at, changed_at, changed_by) values ($1, $2, $3, 'leader', $4, $4, $5)",
        )
        .with(approving.leader_id.0)
        .with(organisation.0)
        .with(&one.leader_name)
        .with(at)
        .with(access.user_id.map(|id| id.0));
        tx.execute(sql).await?;
        let to = ApplicationState::Approved;
        move_to(&mut tx, access, id, expected_version, to, Some(organisation), at).await?;
        write_step(&mut tx, access, id, ApplicationEvent::Approve.as_str(), to, reason, at).await?;
        tx.commit().await?;
        self.application(access, id).await
    }

    /// Ends applications that nobody has moved since a moment: for the platform itself, which keeps time.
    pub async fn lapse_applications(&self, unmoved_since: Timestamp, at: Timestamp) -> Result<u64> {
        let mut tx = self.pools.begin().await?;
        let sql = Sql::new(
            "select id, version from organisation_application where state in ('waiting', 'returned') and moved_at <= $1 order by moved_at, id limit $2",
        );
        let rows = tx.fetch_all(sql.with(unmoved_since).with(LAPSED_MAX)).await?;
        for row in &rows {
            let (id, version) = (row.id("id")?, row.int("version")?);
            let to = ApplicationState::Lapsed;
            move_to(&mut tx, &Access::PLATFORM, id, version, to, None, at).await?;
            let event = ApplicationEvent::Lapse.as_str();
            write_step(&mut tx, &Access::PLATFORM, id, event, to, None, at).await?;
        }
        tx.commit().await?;
        Ok(rows.len() as u64)
    }
}

async fn count(tx: &mut Tx, sql: Sql) -> Result<u32> {
    tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?.count("n")
}

async fn refuse_registered(tx: &mut Tx, credit_code: &str) -> Result<()> {
    let sql = Sql::new("select id from organisation where credit_code = $1 and state <> 'cancelled'");
    match tx.fetch_opt(sql.with(credit_code)).await? {
        Some(_) => Err(code_taken()),
        None => Ok(()),
    }
}

async fn move_to(
    tx: &mut Tx,
    access: &Access,
    id: ApplicationId,
    expected_version: i64,
    to: ApplicationState,
    organisation: Option<OrganisationId>,
    at: Timestamp,
) -> Result<()> {
    let mut sql = Sql::new(
        "update organisation_application set version = version + 1, state = $1, organisation_id = $2, moved_at = $3 where id = $4 and version = $5",
    )
    .with(to.as_str())
    .with(organisation.map(|id| id.0))
    .with(at)
    .with(id.0)
    .with(expected_version);
    sits_within(&mut sql, access, "region_id");
    if tx.execute(sql).await? == 0 { Err(moved()) } else { Ok(()) }
}

async fn write_step(
    tx: &mut Tx,
    access: &Access,
    id: ApplicationId,
    event: &'static str,
    to: ApplicationState,
    reason: Option<&str>,
    at: Timestamp,
) -> Result<()> {
    let sql = Sql::new(
        "insert into organisation_application_step (application_id, at, event, to_state, actor_id, actor_role, reason)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .with(id.0)
    .with(at)
    .with(event)
    .with(to.as_str())
    .with(access.user_id.map(|id| id.0))
    .with(access.role.map(domain::role::Role::as_str))
    .with(reason);
    tx.execute(sql).await.map(drop)
}

fn moved() -> StoreError {
    StoreError::conflict("the application has changed since; look again")
}

fn applied_for() -> StoreError {
    StoreError::conflict("an application with this credit code waits already")
}

fn read_application(row: &Row) -> Result<ApplicationRow> {
    Ok(ApplicationRow {
        id: row.id("id")?,
        record: ApplicationRecord {
            name: row.text("name")?,
            credit_code: row.text("credit_code")?,
            region_id: row.id("region_id")?,
            address: row.text("address")?,
            premises_m2: row.count("premises_m2")?,
            phone: row.text("phone")?,
            units_max: row.count("units_max")?,
            leader_name: row.text("leader_name")?,
        },
        region_name: row.text("region_name")?,
        state: row.word("state", ApplicationState::parse)?,
        sent_count: row.count("sent_count")?,
        applied_at: row.time("applied_at")?,
        moved_at: row.time("moved_at")?,
        organisation_id: row.id_opt("organisation_id")?,
        reason: row.text_opt("reason")?,
        same_name: row.flag("same_name")?,
        version: row.int("version")?,
    })
}

fn read_step(row: &Row) -> Result<ApplicationStep> {
    let event = row.text("event")?;
    Ok(ApplicationStep {
        at: row.time("at")?,
        event: ApplicationEvent::parse(&event),
        to: row.word("to_state", ApplicationState::parse)?,
        actor: row.id_opt("actor_id")?.zip(row.text_opt("actor_name")?),
        reason: row.text_opt("reason")?,
    })
}
