//! Entering, changing and removing upper platforms.

use domain::access::{Access, Scope, Subtree};
use domain::ids::{UpperPlatformId, UserId};
use jiff::Timestamp;

use super::{UpperPlatform, shown_columns, shown_within};
use crate::Store;
use crate::cameras::{found, need_unit};
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::sql::Sql;

impl Store {
    /// Enters an upper platform. NotFound when the subtree that it is to be shown is outside the scope; Conflict when the same pair of
    /// ids is entered already.
    pub async fn add_upper_platform(
        &self,
        access: &Access,
        upper: &UpperPlatform,
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        need_shown(&mut tx, access, upper.shown).await?;
        let sql = entered(
            upper,
            "insert into upper_platform (name, server_gb_id, domain, address, transport, own_gb_id, user_name, sealed_secret,
                 region_id, unit_id, shares_live, shares_playback, shares_ptz, shares_alarms, ptz_priority, keepalive_s, expires_s,
                 disabled, id, created_at, changed_at, changed_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
        )
        .with(upper.id.0)
        .with(upper.created_at)
        .with(at)
        .with(by.map(|id| id.0));
        told_apart(tx.execute(sql).await)?;
        tx.commit().await
    }

    /// Changes an upper platform to what `upper` says; `created_at` stays. It may be shown another subtree of the scope.
    pub async fn update_upper_platform(
        &self,
        access: &Access,
        upper: &UpperPlatform,
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        need_shown(&mut tx, access, upper.shown).await?;
        let mut sql = entered(
            upper,
            "update upper_platform set name = $1, server_gb_id = $2, domain = $3, address = $4, transport = $5, own_gb_id = $6,
                 user_name = $7, sealed_secret = $8, region_id = $9, unit_id = $10, shares_live = $11, shares_playback = $12,
                 shares_ptz = $13, shares_alarms = $14, ptz_priority = $15, keepalive_s = $16, expires_s = $17, disabled = $18,
                 changed_at = $19, changed_by = $20
             where id in (select p.id from upper_platform p where p.removed_at is null",
        )
        .with(at)
        .with(by.map(|id| id.0));
        shown_within(&mut sql, access);
        sql.push(" and p.id = ").bind(upper.id.0).push(")");
        found(told_apart(tx.execute(sql).await)?)?;
        tx.commit().await
    }

    /// Takes an upper platform out of every list and forgets its secret.
    pub async fn remove_upper_platform(
        &self,
        access: &Access,
        id: UpperPlatformId,
        at: Timestamp,
    ) -> Result<()> {
        let mut sql = Sql::new(
            "update upper_platform set removed_at = $1, sealed_secret = null
             where id in (select p.id from upper_platform p where p.removed_at is null",
        )
        .with(at);
        shown_within(&mut sql, access);
        sql.push(" and p.id = ").bind(id.0).push(")");
        found(self.pools.execute(sql).await?)
    }
}

/// Insists that the subtree lies within the scope.
async fn need_shown(tx: &mut Tx, access: &Access, shown: Subtree) -> Result<()> {
    let region = match shown {
        Subtree::Unit(id) => return need_unit(tx, access, id).await,
        Subtree::Region(id) => id,
    };
    let mut sql = Sql::new("select r.id from region r where r.id = $1").with(region.0);
    match access.scope {
        Some(Scope::Region(id)) => {
            sql.push(" and r.id in (select descendant_id from region_tree where ancestor_id = ").bind(id.0);
            sql.push(")");
        }
        None if *access == Access::PLATFORM => {}
        Some(Scope::Unit(_) | Scope::Organisation(_)) | None => {
            sql.push(" and 1 = 0");
        }
    }
    tx.fetch_opt(sql).await?.map(|_| ()).ok_or(StoreError::NotFound)
}

/// The database would name the columns; whose platform it is is nobody's business.
fn told_apart<T>(result: Result<T>) -> Result<T> {
    match result {
        Err(StoreError::Conflict(_)) => {
            Err(StoreError::conflict("an upper platform with these two ids is entered already"))
        }
        other => other,
    }
}

/// A statement whose first eighteen values are what is entered about an upper platform.
fn entered(upper: &UpperPlatform, statement: &'static str) -> Sql {
    let (region_id, unit_id) = shown_columns(upper.shown);
    Sql::new(statement)
        .with(&upper.name)
        .with(upper.server_gb_id.as_str())
        .with(&upper.domain)
        .with(&upper.address)
        .with(upper.transport.as_str())
        .with(upper.own_gb_id.as_str())
        .with(upper.user_name.clone())
        .with(upper.sealed_secret.clone())
        .with(region_id)
        .with(unit_id)
        .with(upper.shares.live)
        .with(upper.shares.playback)
        .with(upper.shares.ptz)
        .with(upper.shares.alarms)
        .with(i64::from(upper.ptz_priority))
        .with(upper.keepalive_s)
        .with(upper.expires_s)
        .with(upper.disabled)
}
