//! Accounts: who may come in, as what, and how far. Part of the doorway, where there is no asker yet; deciding about passwords and
//! lock-outs is the caller's work.

use domain::access::Scope;
use domain::ids::{OrganisationId, UserId};
use domain::role::Role;
use jiff::Timestamp;
use uuid::Uuid;

use crate::Store;
use crate::cameras::found;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::{Row, corrupt};
use crate::sql::Sql;

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Own id.
    pub id: UserId,
    /// What is typed to come in; unique, case set aside.
    pub login_name: String,
    /// What others read.
    pub display_name: String,
    /// As what.
    pub role: Role,
    /// How far.
    pub scope: Scope,
    /// Argon2id; none until the first password is set.
    pub password_hash: Option<String>,
    /// Shut out by an administrator.
    pub disabled: bool,
    /// Wrong passwords since the last right one.
    pub failed_count: i64,
    /// Shut out until then.
    pub locked_until: Option<Timestamp>,
    /// When the account was made.
    pub created_at: Timestamp,
    /// Last successful log-in.
    pub last_seen_at: Option<Timestamp>,
}

/// Nobody gets a name that differs from another only in case.
fn login_key(login_name: &str) -> String {
    login_name.trim().to_lowercase()
}

impl Store {
    /// How many accounts there are; 0 means the installation is new.
    pub async fn count_accounts(&self) -> Result<i64> {
        self.pools.fetch_one(Sql::new("select cast(count(*) as bigint) as n from account")).await?.int("n")
    }

    /// Keeps a new account. Conflict when the log-in name is taken, Invalid when the scope does not exist.
    pub async fn add_account(&self, account: &Account) -> Result<()> {
        let (region_id, unit_id, organisation_id) = match account.scope {
            Scope::Region(id) => (Some(id.0), None, None),
            Scope::Unit(id) => (None, Some(id.0), None),
            Scope::Organisation(id) => (Some(self.region_of_organisation(id).await?), None, Some(id.0)),
        };
        let sql = Sql::new(
            "insert into account (id, login_name, login_key, display_name, role, scope_region_id, scope_unit_id, scope_organisation_id,
                 password_hash, disabled, failed_count, locked_until, created_at, last_seen_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        )
        .with(account.id.0)
        .with(&account.login_name)
        .with(login_key(&account.login_name))
        .with(&account.display_name)
        .with(account.role.as_str())
        .with(region_id)
        .with(unit_id)
        .with(organisation_id)
        .with(account.password_hash.clone())
        .with(account.disabled)
        .with(account.failed_count)
        .with(account.locked_until)
        .with(account.created_at)
        .with(account.last_seen_at);
        match self.pools.execute(sql).await {
            Err(StoreError::Conflict(_)) => {
                Err(StoreError::Conflict(format!("the log-in name {:?} is taken", account.login_name)))
            }
            other => other.map(|_| ()),
        }
    }

    /// The account of a log-in name.
    pub async fn account_by_login(&self, login_name: &str) -> Result<Option<Account>> {
        let sql = Sql::new("select * from account where login_key = $1").with(login_key(login_name));
        self.pools.fetch_opt(sql).await?.map(|row| read_account(&row)).transpose()
    }

    /// One account.
    pub async fn account(&self, id: UserId) -> Result<Option<Account>> {
        let sql = Sql::new("select * from account where id = $1").with(id.0);
        self.pools.fetch_opt(sql).await?.map(|row| read_account(&row)).transpose()
    }

    /// Accounts by log-in name.
    pub async fn accounts(&self, ask: &PageAsk) -> Result<Page<Account>> {
        let mut sql = Sql::new("select * from account where 1 = 1");
        sql.filter(" and login_key > ", ask.key::<String>()?);
        sql.push(" order by login_key limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_account).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |account| login_key(&account.login_name)))
    }

    /// Sets a password and forgets wrong ones. Sessions are the caller's to revoke.
    pub async fn set_password(&self, id: UserId, password_hash: &str) -> Result<()> {
        let sql = Sql::new(
            "update account set password_hash = $1, failed_count = 0, locked_until = null where id = $2",
        )
        .with(password_hash)
        .with(id.0);
        found(self.pools.execute(sql).await?)
    }

    /// Shuts an account out, or lets it in again.
    pub async fn set_disabled(&self, id: UserId, disabled: bool) -> Result<()> {
        let sql = Sql::new("update account set disabled = $1 where id = $2").with(disabled).with(id.0);
        found(self.pools.execute(sql).await?)
    }

    /// Remembers a log-in that worked (counts start again) or did not (`locked_until` as the caller decided).
    pub async fn note_login(
        &self,
        id: UserId,
        ok: bool,
        at: Timestamp,
        locked_until: Option<Timestamp>,
    ) -> Result<()> {
        let sql = if ok {
            Sql::new(
                "update account set failed_count = 0, locked_until = null, last_seen_at = $1 where id = $2",
            )
            .with(at)
        } else {
            Sql::new("update account set failed_count = failed_count + 1, locked_until = $1 where id = $2")
                .with(locked_until)
        };
        found(self.pools.execute(sql.with(id.0)).await?)
    }

    async fn region_of_organisation(&self, id: OrganisationId) -> Result<Uuid> {
        let sql = Sql::new("select region_id from organisation where id = $1").with(id.0);
        let row = self.pools.fetch_opt(sql).await?;
        row.ok_or_else(|| StoreError::Invalid(format!("there is no organisation {id}")))?.id("region_id")
    }

    /// The name of a scope: that of the region, the unit or the organisation.
    pub async fn scope_name(&self, scope: &Scope) -> Result<String> {
        let sql = match scope {
            Scope::Region(id) => Sql::new("select name from region where id = $1").with(id.0),
            Scope::Unit(id) => Sql::new("select name from unit_now where unit_id = $1").with(id.0),
            Scope::Organisation(id) => Sql::new("select name from organisation where id = $1").with(id.0),
        };
        self.pools.fetch_one(sql).await?.text("name")
    }
}

pub(crate) fn read_account(row: &Row) -> Result<Account> {
    let organisation = row.id_opt("scope_organisation_id")?;
    let scope = match (organisation, row.id_opt("scope_region_id")?, row.id_opt("scope_unit_id")?) {
        // Such a person stands in the organisation's region and sees only what it serves.
        (Some(id), Some(_region), None) => Scope::Organisation(id),
        (None, Some(id), None) => Scope::Region(id),
        (None, None, Some(id)) => Scope::Unit(id),
        _ => return Err(corrupt("scope_region_id", "not exactly one scope")),
    };
    Ok(Account {
        id: row.id("id")?,
        login_name: row.text("login_name")?,
        display_name: row.text("display_name")?,
        role: row.word("role", Role::parse)?,
        scope,
        password_hash: row.text_opt("password_hash")?,
        disabled: row.flag("disabled")?,
        failed_count: row.int("failed_count")?,
        locked_until: row.time_opt("locked_until")?,
        created_at: row.time("created_at")?,
        last_seen_at: row.time_opt("last_seen_at")?,
    })
}
