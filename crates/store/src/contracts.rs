//! Duty contracts as kept: proposed by one side, accepted by the other, begun and ended by time. Whose step it is is the domain's word;
//! here it is made sure that of two who act at once one finds the contract changed, and that nobody accepts more than can be served.

use domain::access::{Access, Scope};
use domain::contract::{Contract, ContractEvent, ContractState, Side, Standing};
use domain::ids::{ContractId, OrganisationId, UnitId, UserId};
use domain::organisation::OrganisationState;
use domain::unit::Duty;
use jiff::Timestamp;

use crate::Store;
use crate::cameras::found;
use crate::engine::{Lock, Tx};
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// Most contracts that one look at the clock finds; the next finds the rest.
const DUE_MAX: i64 = 500;
/// Most contracts shown of one unit.
const OF_UNIT_MAX: i64 = 100;

/// A contract with the names around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractRow {
    /// As the rules see it.
    pub contract: Contract,
    /// The parties' own number; empty: none.
    pub number: String,
    /// Name of the unit now.
    pub unit_name: String,
    /// The unit's duty state now.
    pub duty: Duty,
    /// Name of the organisation.
    pub organisation_name: String,
    /// Where the organisation stands.
    pub organisation_state: OrganisationState,
    /// Who proposed it.
    pub proposer_name: String,
    /// When the other side accepted.
    pub accepted_at: Option<Timestamp>,
    /// When it was over.
    pub over_at: Option<Timestamp>,
    /// The contract that takes its place, accepted or running.
    pub follower: Option<ContractId>,
}

/// A contract to propose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContract {
    /// As the rules see it; version 0.
    pub contract: Contract,
    /// The parties' own number.
    pub number: String,
    /// Who proposes it.
    pub proposer: UserId,
}

/// Which contracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ContractFilter {
    /// In this state.
    pub state: Option<ContractState>,
    /// Only proposed, accepted or running ones.
    pub alive: bool,
    /// Of this unit.
    pub unit_id: Option<UnitId>,
    /// Of this organisation.
    pub organisation_id: Option<OrganisationId>,
}

/// A step that the domain allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractChange {
    /// What happens.
    pub event: ContractEvent,
    /// The state after it.
    pub to: ContractState,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// Something that happened to a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractStep {
    /// When.
    pub at: Timestamp,
    /// What; none: it was proposed.
    pub event: Option<ContractEvent>,
    /// The state after it.
    pub to: ContractState,
    /// Who; none: the platform.
    pub actor: Option<(UserId, String)>,
    /// Why.
    pub reason: Option<String>,
}

const ROWS: &str = "select c.*, u.name as unit_name, u.duty, o.name as organisation_name, o.state as organisation_state, p.display_name as proposer_name,
        (select f.id from contract f where f.replaces_id = c.id and f.state in ('accepted', 'running')) as follower_id
    from contract c
    join unit_now u on u.unit_id = c.unit_id
    join organisation o on o.id = c.organisation_id
    join account p on p.id = c.proposer_id
    where 1 = 1";

impl Store {
    /// Keeps a proposal. NotFound where the unit or the organisation is not the asker's to speak for.
    pub async fn propose_contract(&self, access: &Access, new: &NewContract) -> Result<ContractRow> {
        let one = &new.contract;
        let mut tx = self.pools.begin().await?;
        let mut sql = Sql::new(
            "insert into contract (id, number, unit_id, organisation_id, proposed_by, proposed_at, proposer_id, state, starts_at, ends_at,
                 replaces_id, version)
             select cast($1 as text), cast($2 as text), u.unit_id, o.id, cast($3 as text), cast($4 as bigint), cast($5 as text),
                 cast($6 as text), cast($7 as bigint), cast($8 as bigint), cast($9 as text), 0
             from unit_now u, organisation o where u.unit_id = $10 and o.id = $11",
        )
        .with(one.id.0)
        .with(&new.number)
        .with(one.proposed_by.as_str())
        .with(one.proposed_at)
        .with(new.proposer.0)
        .with(one.state.as_str())
        .with(one.starts_at)
        .with(one.ends_at)
        .with(one.replaces.map(|id| id.0))
        .with(one.unit_id.0)
        .with(one.organisation_id.0);
        // Each side speaks for itself: a unit names any organisation that serves or may serve, an organisation any unit of the register.
        match access.scope {
            Some(Scope::Unit(id)) => {
                let serving = OrganisationState::ALL.into_iter().filter(|state| state.serves());
                sql.push(" and o.state in ").list(serving.map(OrganisationState::as_str));
                sql.push(" and u.unit_id = ").bind(id.0);
            }
            Some(Scope::Organisation(id)) => {
                sql.push(" and o.id = ").bind(id.0);
            }
            None if *access == Access::PLATFORM => {}
            Some(Scope::Region(_)) | None => {
                sql.push(" and 1 = 0");
            }
        }
        found(tx.execute(sql).await?)?;
        write_step(&mut tx, access, one.id, None, one.state, None, one.proposed_at).await?;
        tx.commit().await?;
        self.contract(access, one.id).await
    }

    /// One contract.
    pub async fn contract(&self, access: &Access, id: ContractId) -> Result<ContractRow> {
        read_contract(&self.pools.fetch_one(one_contract(access, id)).await?)
    }

    /// Contracts, last proposed first.
    pub async fn contracts(
        &self,
        access: &Access,
        filter: &ContractFilter,
        ask: &PageAsk,
    ) -> Result<Page<ContractRow>> {
        let mut sql = Sql::new(ROWS);
        seen_by(&mut sql, access);
        sql.filter(" and c.state = ", filter.state.map(ContractState::as_str));
        if filter.alive {
            sql.push(" and c.state in ('proposed', 'accepted', 'running')");
        }
        sql.filter(" and c.unit_id = ", filter.unit_id.map(|id| id.0));
        sql.filter(" and c.organisation_id = ", filter.organisation_id.map(|id| id.0));
        if let Some((at_us, id)) = ask.key::<(i64, ContractId)>()? {
            sql.push(" and (c.proposed_at, c.id) < (").bind(at_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by c.proposed_at desc, c.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_contract).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(rows, |row| (row.contract.proposed_at.as_microsecond(), row.contract.id)))
    }

    /// The contracts that a unit had and has, by their beginning: what covers it when.
    pub async fn contracts_of_unit(&self, access: &Access, unit: UnitId) -> Result<Vec<ContractRow>> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and c.unit_id = ").bind(unit.0);
        seen_by(&mut sql, access);
        sql.push(" order by c.starts_at desc, c.id desc limit ").bind(OF_UNIT_MAX);
        let mut rows =
            self.pools.fetch_all(sql).await?.iter().map(read_contract).collect::<Result<Vec<_>>>()?;
        rows.reverse();
        Ok(rows)
    }

    /// What happened to a contract, in order.
    pub async fn contract_steps(&self, access: &Access, id: ContractId) -> Result<Vec<ContractStep>> {
        self.contract(access, id).await?;
        let sql = Sql::new(
            "select t.*, p.display_name as actor_name from contract_step t left join account p on p.id = t.actor_id
             where t.contract_id = $1 order by t.seq",
        );
        self.pools.fetch_all(sql.with(id.0)).await?.iter().map(read_step).collect()
    }

    /// What has to be known before a contract is accepted.
    pub async fn contract_standing(&self, access: &Access, id: ContractId) -> Result<Standing> {
        let mut tx = self.pools.begin().await?;
        let row = tx.fetch_opt(one_contract(access, id)).await?.ok_or(StoreError::NotFound)?;
        standing(&mut tx, &read_contract(&row)?).await
    }

    /// Writes a step. An acceptance names what it was decided on, and is refused where that is no longer so. Conflict when somebody was
    /// faster; NotFound outside the asker's reach.
    pub async fn change_contract(
        &self,
        access: &Access,
        id: ContractId,
        expected_version: i64,
        change: &ContractChange,
        decided_on: Option<&Standing>,
    ) -> Result<ContractRow> {
        let mut tx = self.pools.begin().await?;
        if decided_on.is_some() {
            tx.lock(Lock::Contracts).await?;
        }
        let row = tx.fetch_opt(one_contract(access, id)).await?.ok_or(StoreError::NotFound)?;
        let before = read_contract(&row)?;
        let mut sql = Sql::new("update contract set version = version + 1, state = ");
        sql.bind(change.to.as_str());
        if change.event == ContractEvent::Accept {
            sql.push(", accepted_at = ").bind(change.at);
        }
        if change.to.is_over() {
            sql.push(", over_at = ").bind(change.at);
        }
        sql.push(" where id = ").bind(id.0).push(" and version = ").bind(expected_version);
        if tx.execute(sql).await? == 0 {
            return Err(StoreError::conflict(format!(
                "the contract is at version {} ({}), not {expected_version}: somebody was faster",
                before.contract.version,
                before.contract.state.as_str()
            )));
        }
        if let Some(decided_on) = decided_on
            && standing(&mut tx, &before).await? != *decided_on
        {
            return Err(StoreError::conflict(
                "another contract was accepted in this very moment; look again",
            ));
        }
        let reason = change.reason.as_deref();
        write_step(&mut tx, access, id, Some(change.event), change.to, reason, change.at).await?;
        tx.commit().await?;
        self.contract(access, id).await
    }

    /// Contracts that time may have something to say about at `now`: proposed since `asked_before` or earlier, to begin, or to end.
    pub async fn contracts_due(&self, now: Timestamp, asked_before: Timestamp) -> Result<Vec<ContractRow>> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and c.state in ('proposed', 'accepted', 'running') and (c.ends_at <= ").bind(now);
        sql.push(" or (c.state = 'accepted' and c.starts_at <= ").bind(now);
        sql.push(") or (c.state = 'proposed' and c.proposed_at <= ").bind(asked_before);
        sql.push(")) order by c.ends_at, c.id limit ").bind(DUE_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_contract).collect()
    }

    /// Running contracts whose follower has run since `since` or longer: what was there beside it can go.
    pub async fn contracts_followed(&self, since: Timestamp) -> Result<Vec<ContractRow>> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and c.state = 'running' and exists (select 1 from contract f where f.replaces_id = c.id and f.state = 'running' and f.starts_at <= ");
        sql.bind(since).push(") order by c.id limit ").bind(DUE_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_contract).collect()
    }
}

fn one_contract(access: &Access, id: ContractId) -> Sql {
    let mut sql = Sql::new(ROWS);
    sql.push(" and c.id = ").bind(id.0);
    seen_by(&mut sql, access);
    sql
}

/// Both parties see their contracts whatever their state; offices see those of their units.
fn seen_by(sql: &mut Sql, access: &Access) {
    match access.scope {
        Some(Scope::Organisation(id)) => {
            sql.push(" and c.organisation_id = ").bind(id.0);
        }
        _ => {
            sql.narrow(access, Narrow::Current);
        }
    }
}

/// As it stands now, `of` itself not counted.
async fn standing(tx: &mut Tx, of: &ContractRow) -> Result<Standing> {
    let one = &of.contract;
    let sql = Sql::new(
        "select o.state, o.units_max,
             (select cast(count(distinct c.unit_id) as bigint) from contract c
              where c.organisation_id = o.id and c.state in ('accepted', 'running') and c.unit_id <> $1) as units
         from organisation o where o.id = $2",
    )
    .with(one.unit_id.0)
    .with(one.organisation_id.0);
    let row = tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?;
    let mut sql =
        Sql::new("select c.id from contract c where c.state in ('accepted', 'running') and c.unit_id = $1")
            .with(one.unit_id.0);
    sql.push(" and c.id <> ")
        .bind(one.id.0)
        .push(" and c.starts_at < ")
        .bind(one.ends_at)
        .push(" and c.ends_at > ")
        .bind(one.starts_at);
    if let Some(replaced) = one.replaces {
        sql.push(" and c.id <> ").bind(replaced.0);
    }
    sql.push(" order by c.id limit 1");
    let meets = tx.fetch_opt(sql).await?.map(|row| row.id("id")).transpose()?;
    Ok(Standing {
        organisation: row.word("state", OrganisationState::parse)?,
        units: row.count("units")?,
        units_max: row.count("units_max")?,
        meets,
    })
}

async fn write_step(
    tx: &mut Tx,
    access: &Access,
    id: ContractId,
    event: Option<ContractEvent>,
    to: ContractState,
    reason: Option<&str>,
    at: Timestamp,
) -> Result<()> {
    let sql = Sql::new(
        "insert into contract_step (contract_id, at, event, to_state, actor_id, actor_role, reason) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .with(id.0)
    .with(at)
    .with(event.map(ContractEvent::as_str))
    .with(to.as_str())
    .with(access.user_id.map(|id| id.0))
    .with(access.role.map(domain::role::Role::as_str))
    .with(reason);
    tx.execute(sql).await.map(drop)
}

fn read_contract(row: &Row) -> Result<ContractRow> {
    Ok(ContractRow {
        contract: Contract {
            id: row.id("id")?,
            unit_id: row.id("unit_id")?,
            organisation_id: row.id("organisation_id")?,
            proposed_by: row.word("proposed_by", Side::parse)?,
            proposed_at: row.time("proposed_at")?,
            state: row.word("state", ContractState::parse)?,
            starts_at: row.time("starts_at")?,
            ends_at: row.time("ends_at")?,
            replaces: row.id_opt("replaces_id")?,
            version: row.int("version")?,
        },
        number: row.text("number")?,
        unit_name: row.text("unit_name")?,
        duty: row.word("duty", Duty::parse)?,
        organisation_name: row.text("organisation_name")?,
        organisation_state: row.word("organisation_state", OrganisationState::parse)?,
        proposer_name: row.text("proposer_name")?,
        accepted_at: row.time_opt("accepted_at")?,
        over_at: row.time_opt("over_at")?,
        follower: row.id_opt("follower_id")?,
    })
}

fn read_step(row: &Row) -> Result<ContractStep> {
    Ok(ContractStep {
        at: row.time("at")?,
        event: row.word_opt("event", ContractEvent::parse)?,
        to: row.word("to_state", ContractState::parse)?,
        actor: row.id_opt("actor_id")?.zip(row.text_opt("actor_name")?),
        reason: row.text_opt("reason")?,
    })
}
