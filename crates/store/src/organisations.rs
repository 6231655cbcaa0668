//! The register of organisations: who they are, where they stand, what happened to them. What they may become is the domain's word.
//!
//! The register is open to every office, because who serves in one county comes from the next; people, certificates and assessments are
//! seen where the organisation sits and where it serves ([`staff`], [`assessments`]).

mod applications;
mod assessments;
mod censuses;
mod documents;
mod scores;
mod staff;
mod violations;

use domain::access::{Access, Scope};
use domain::ids::{OrganisationId, RegionId, UserId};
use domain::organisation::{OrganisationEvent, OrganisationState};
use jiff::Timestamp;

pub use applications::{
    ApplicationChange, ApplicationFilter, ApplicationRecord, ApplicationRow, ApplicationStep, Approving,
    NewApplication,
};
pub use assessments::{AssessedCriterion, AssessmentRow, NewAssessment};
pub use censuses::{
    CensusAnswer, CensusAnswerChange, CensusClose, CensusLists, CensusOrganisation, CensusRow, CensusSigned,
    CensusStep, CensusUnit, NewCensus,
};
pub use documents::{ContractDocument, NewContractDocument};
pub use scores::{NewScore, ScoreRow, ServedAlarm};
pub(crate) use staff::read_certificate;
pub use staff::{StaffRecord, StaffRow};
pub use violations::{NewViolation, ViolationChange, ViolationFilter, ViolationRow, ViolationStep};

use crate::Store;
use crate::cameras::found;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Sql, contains_pattern};

/// What is kept of an organisation itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationRecord {
    /// Own id.
    pub id: OrganisationId,
    /// Registered name.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: String,
    /// Where it sits.
    pub region_id: RegionId,
    /// Address of its duty premises.
    pub address: String,
    /// Their floor, m².
    pub premises_m2: u32,
    /// How to reach it by day and night.
    pub phone: String,
    /// Units it says it can serve.
    pub units_max: u32,
    /// True for invented rows of a demonstration.
    pub synthetic: bool,
}

/// An organisation with where it stands and what it serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationRow {
    /// Itself.
    pub record: OrganisationRecord,
    /// Name of its region.
    pub region_name: String,
    /// Where it stands.
    pub state: OrganisationState,
    /// Counts changes.
    pub version: i64,
    /// When an order to rectify is looked at again.
    pub rectify_by: Option<Timestamp>,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// People on its list now.
    pub people: u32,
    /// Contracts that run.
    pub running: u32,
    /// Contracts accepted and not begun.
    pub accepted: u32,
}

/// Which organisations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrganisationFilter {
    /// In this state.
    pub state: Option<OrganisationState>,
    /// Sitting in this region or below.
    pub region_id: Option<RegionId>,
    /// Part of the name or the code.
    pub name: Option<String>,
}

/// A step that the domain allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationChange {
    /// What happens.
    pub event: OrganisationEvent,
    /// The state after it.
    pub to: OrganisationState,
    /// When an order to rectify is looked at again; none with every other event.
    pub rectify_by: Option<Timestamp>,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// Something that happened to an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationStep {
    /// When.
    pub at: Timestamp,
    /// What; none: it was registered.
    pub event: Option<OrganisationEvent>,
    /// The state after it.
    pub to: OrganisationState,
    /// Who; none: the platform.
    pub actor: Option<(UserId, String)>,
    /// Why.
    pub reason: Option<String>,
}

const ROWS: &str = "select o.*, r.name as region_name,
        (select cast(count(*) as bigint) from staff s where s.organisation_id = o.id and s.left_at is null) as people,
        (select cast(count(*) as bigint) from contract c where c.organisation_id = o.id and c.state = 'running') as running,
        (select cast(count(*) as bigint) from contract c where c.organisation_id = o.id and c.state = 'accepted') as accepted
    from organisation o join region r on r.id = o.region_id where 1 = 1";
/// The word of the first step; it is no event of the domain.
const REGISTERED: &str = "register";

impl Store {
    /// Keeps a new organisation, which waits for approval. NotFound outside the asker's region, Conflict where its code is registered.
    pub async fn add_organisation(
        &self,
        access: &Access,
        new: &OrganisationRecord,
        at: Timestamp,
    ) -> Result<OrganisationRow> {
        let mut tx = self.pools.begin().await?;
        let mut sql = Sql::new(
            "insert into organisation (id, name, credit_code, region_id, address, premises_m2, phone, units_max, state, version,
                 registered_at, registered_by, synthetic)
             select cast($1 as text), cast($2 as text), cast($3 as text), r.id, cast($4 as text), cast($5 as bigint), cast($6 as text),
                 cast($7 as bigint), 'pending', 0, cast($8 as bigint), cast($9 as text), cast($10 as boolean)
             from region r where r.id = $11",
        )
        .with(new.id.0)
        .with(&new.name)
        .with(&new.credit_code)
        .with(&new.address)
        .with(new.premises_m2)
        .with(&new.phone)
        .with(new.units_max)
        .with(at)
        .with(access.user_id.map(|id| id.0))
        .with(new.synthetic)
        .with(new.region_id.0);
        sits_within(&mut sql, access, "r.id");
        match tx.execute(sql).await {
            Err(StoreError::Conflict(_)) => return Err(code_taken()),
            other => found(other?)?,
        }
        let first = Step { event: REGISTERED, from: None, to: OrganisationState::Pending, reason: None, at };
        write_step(&mut tx, access, new.id, &first).await?;
        tx.commit().await?;
        self.organisation(access, new.id).await
    }

    /// Writes an organisation's facts anew; where it sits and its code stay. NotFound for whoever does not keep it.
    pub async fn update_organisation(
        &self,
        access: &Access,
        record: &OrganisationRecord,
        expected_version: i64,
    ) -> Result<OrganisationRow> {
        let before = self.organisation(access, record.id).await?;
        let mut sql = Sql::new(
            "update organisation set version = version + 1, name = $1, address = $2, premises_m2 = $3, phone = $4, units_max = $5
             where id = $6 and version = $7",
        )
        .with(&record.name)
        .with(&record.address)
        .with(record.premises_m2)
        .with(&record.phone)
        .with(record.units_max)
        .with(record.id.0)
        .with(expected_version);
        kept_by(&mut sql, access);
        if self.pools.execute(sql).await? == 0 {
            return Err(stale(&before, expected_version));
        }
        self.organisation(access, record.id).await
    }

    /// Writes a step of an office. Conflict when somebody was faster; NotFound where it sits outside the asker's region.
    pub async fn change_organisation(
        &self,
        access: &Access,
        id: OrganisationId,
        expected_version: i64,
        change: &OrganisationChange,
    ) -> Result<OrganisationRow> {
        let before = self.organisation(access, id).await?;
        let mut tx = self.pools.begin().await?;
        let mut sql = Sql::new("update organisation set version = version + 1, state = $1, rectify_by = $2 where id = $3 and version = $4")
            .with(change.to.as_str())
            .with(change.rectify_by)
            .with(id.0)
            .with(expected_version);
        sits_within(&mut sql, access, "region_id");
        if tx.execute(sql).await? == 0 {
            return Err(stale(&before, expected_version));
        }
        if change.to == OrganisationState::Cancelled && serves(&mut tx, id).await? {
            return Err(StoreError::conflict(
                "a contract was accepted meanwhile: the organisation serves units",
            ));
        }
        let step = Step {
            event: change.event.as_str(),
            from: Some(before.state),
            to: change.to,
            reason: change.reason.as_deref(),
            at: change.at,
        };
        write_step(&mut tx, access, id, &step).await?;
        tx.commit().await?;
        self.organisation(access, id).await
    }

    /// One organisation.
    pub async fn organisation(&self, access: &Access, id: OrganisationId) -> Result<OrganisationRow> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and o.id = ").bind(id.0);
        seen_by(&mut sql, access);
        read_organisation(&self.pools.fetch_one(sql).await?)
    }

    /// Organisations by name.
    pub async fn organisations(
        &self,
        access: &Access,
        filter: &OrganisationFilter,
        ask: &PageAsk,
    ) -> Result<Page<OrganisationRow>> {
        let mut sql = Sql::new(ROWS);
        seen_by(&mut sql, access);
        sql.filter(" and o.state = ", filter.state.map(OrganisationState::as_str));
        if let Some(region) = filter.region_id {
            sql.push(" and o.region_id in (select descendant_id from region_tree where ancestor_id = ")
                .bind(region.0)
                .push(")");
        }
        if let Some(name) = filter.name.as_deref().filter(|name| !name.trim().is_empty()) {
            let pattern = contains_pattern(name);
            sql.push(" and (lower(o.name) like ")
                .bind(pattern.clone())
                .push(" escape '!' or lower(o.credit_code) like ");
            sql.bind(pattern).push(" escape '!')");
        }
        if let Some((name, id)) = ask.key::<(String, OrganisationId)>()? {
            sql.push(" and (o.name, o.id) > (").bind(name).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by o.name, o.id limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_organisation).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(rows, |row| (row.record.name.clone(), row.record.id)))
    }

    /// What happened to an organisation, in order.
    pub async fn organisation_steps(
        &self,
        access: &Access,
        id: OrganisationId,
    ) -> Result<Vec<OrganisationStep>> {
        let mut sql = Sql::new(
            "select t.*, p.display_name as actor_name from organisation_step t join organisation o on o.id = t.organisation_id
             left join account p on p.id = t.actor_id where t.organisation_id = $1",
        )
        .with(id.0);
        within_reach(&mut sql, access);
        sql.push(" order by t.seq");
        self.pools.fetch_all(sql).await?.iter().map(read_step).collect()
    }
}

/// Who sees that an organisation is there: every office; a unit the valid ones and those it has a contract with; itself.
fn seen_by(sql: &mut Sql, access: &Access) {
    match access.scope {
        Some(Scope::Region(_)) => {}
        Some(Scope::Unit(id)) => {
            sql.push(" and (o.state = 'valid' or exists (select 1 from contract v where v.organisation_id = o.id and v.unit_id = ");
            sql.bind(id.0).push("))");
        }
        Some(Scope::Organisation(id)) => {
            sql.push(" and o.id = ").bind(id.0);
        }
        None if *access == Access::PLATFORM => {}
        None => {
            sql.push(" and 1 = 0");
        }
    }
}

/// Who sees what is behind it: the offices of where it sits and of where it serves, and itself. A unit sees whom it has a contract with,
/// not their people.
pub(crate) fn within_reach(sql: &mut Sql, access: &Access) {
    match access.scope {
        Some(Scope::Region(id)) => {
            sql.push(" and (o.region_id in (select descendant_id from region_tree where ancestor_id = ")
                .bind(id.0);
            sql.push(") or exists (select 1 from contract v join unit_now u on u.unit_id = v.unit_id join region_tree w on w.descendant_id = u.region_id");
            sql.push(
                " where v.organisation_id = o.id and v.state in ('accepted', 'running') and w.ancestor_id = ",
            )
            .bind(id.0);
            sql.push("))");
        }
        Some(Scope::Organisation(id)) => {
            sql.push(" and o.id = ").bind(id.0);
        }
        None if *access == Access::PLATFORM => {}
        Some(Scope::Unit(_)) | None => {
            sql.push(" and 1 = 0");
        }
    }
}

/// Narrows a region column to the office's own region and below.
pub(crate) fn sits_within(sql: &mut Sql, access: &Access, column: &'static str) {
    match access.scope {
        Some(Scope::Region(id)) => {
            sql.push(" and ")
                .push(column)
                .push(" in (select descendant_id from region_tree where ancestor_id = ");
            sql.bind(id.0).push(")");
        }
        None if *access == Access::PLATFORM => {}
        Some(Scope::Unit(_) | Scope::Organisation(_)) | None => {
            sql.push(" and 1 = 0");
        }
    }
}

/// Narrows `organisation` to what the asker keeps: its own people's, and that of the offices of where it sits.
pub(crate) fn kept_by(sql: &mut Sql, access: &Access) {
    match access.scope {
        Some(Scope::Organisation(id)) => {
            sql.push(" and organisation.id = ").bind(id.0);
        }
        _ => sits_within(sql, access, "organisation.region_id"),
    }
}

/// Somebody was faster, or it is not the asker's to change; what is not theirs is not found.
fn stale(before: &OrganisationRow, expected: i64) -> StoreError {
    if before.version == expected {
        return StoreError::NotFound;
    }
    StoreError::conflict(format!(
        "the organisation is at version {} ({}), not {expected}: somebody was faster",
        before.version,
        before.state.as_str()
    ))
}

async fn serves(tx: &mut Tx, id: OrganisationId) -> Result<bool> {
    let sql = Sql::new(
        "select id from contract where organisation_id = $1 and state in ('accepted', 'running') limit 1",
    );
    Ok(tx.fetch_opt(sql.with(id.0)).await?.is_some())
}

fn code_taken() -> StoreError {
    StoreError::conflict("an organisation with this credit code is registered already")
}

struct Step<'a> {
    event: &'static str,
    from: Option<OrganisationState>,
    to: OrganisationState,
    reason: Option<&'a str>,
    at: Timestamp,
}

async fn write_step(tx: &mut Tx, access: &Access, id: OrganisationId, step: &Step<'_>) -> Result<()> {
    let sql = Sql::new(
        "insert into organisation_step (organisation_id, at, event, from_state, to_state, actor_id, actor_role, reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .with(id.0)
    .with(step.at)
    .with(step.event)
    .with(step.from.map(OrganisationState::as_str))
    .with(step.to.as_str())
    .with(access.user_id.map(|id| id.0))
    .with(access.role.map(domain::role::Role::as_str))
    .with(step.reason);
    tx.execute(sql).await.map(drop)
}

fn read_organisation(row: &Row) -> Result<OrganisationRow> {
    Ok(OrganisationRow {
        record: OrganisationRecord {
            id: row.id("id")?,
            name: row.text("name")?,
            credit_code: row.text("credit_code")?,
            region_id: row.id("region_id")?,
            address: row.text("address")?,
            premises_m2: row.count("premises_m2")?,
            phone: row.text("phone")?,
            units_max: row.count("units_max")?,
            synthetic: row.flag("synthetic")?,
        },
        region_name: row.text("region_name")?,
        state: row.word("state", OrganisationState::parse)?,
        version: row.int("version")?,
        rectify_by: row.time_opt("rectify_by")?,
        registered_at: row.time("registered_at")?,
        people: row.count("people")?,
        running: row.count("running")?,
        accepted: row.count("accepted")?,
    })
}

fn read_step(row: &Row) -> Result<OrganisationStep> {
    let event = row.text("event")?;
    Ok(OrganisationStep {
        at: row.time("at")?,
        event: OrganisationEvent::parse(&event),
        to: row.word("to_state", OrganisationState::parse)?,
        actor: row.id_opt("actor_id")?.zip(row.text_opt("actor_name")?),
        reason: row.text_opt("reason")?,
    })
}
