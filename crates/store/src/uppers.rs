//! Platforms above ours (上级平台): what is entered about them, what of our tree they are shown, and the digits we gave for it.
//!
//! An upper platform is shown a subtree: a region or a unit. Whoever sees all of that subtree sees the platform; to others it does not
//! exist. Whether we are registered at it right now lives in the memory of whoever speaks with it.

mod change;
mod given;
mod shared;

pub use given::GivenTo;
pub use shared::{SharedCamera, SharedChannel};

use domain::access::{Access, Scope, Subtree};
use domain::device::{GbId, SharedKinds, Transport};
use domain::ids::{RegionId, UnitId, UpperPlatformId};
use jiff::Timestamp;

use crate::Store;
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::{Row, corrupt};
use crate::sql::{Sql, Value};

/// A platform above ours, as entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpperPlatform {
    /// Own id.
    pub id: UpperPlatformId,
    /// Name for people.
    pub name: String,
    /// Its 20 digits.
    pub server_gb_id: GbId,
    /// The domain of its addresses, usually the first ten of its digits.
    pub domain: String,
    /// `host:port`.
    pub address: String,
    /// What carries the signalling.
    pub transport: Transport,
    /// Our 20 digits towards it.
    pub own_gb_id: GbId,
    /// The name we prove ourselves under; none: our 20 digits.
    pub user_name: Option<String>,
    /// The password, encrypted by the caller; never in clear here. None: it asks for none.
    pub sealed_secret: Option<Vec<u8>>,
    /// What of our tree it is shown.
    pub shown: Subtree,
    /// What it may do with that.
    pub shares: SharedKinds,
    /// Who wins when two upper platforms turn one camera: the lower number, 1 to 255.
    pub ptz_priority: u8,
    /// Seconds between signs of life, 5 to 3600.
    pub keepalive_s: u32,
    /// Life of a registration in seconds, 60 to 864000.
    pub expires_s: u32,
    /// Switched off by a person.
    pub disabled: bool,
    /// When it was entered.
    pub created_at: Timestamp,
}

const UPPER_ROWS: &str = "select p.* from upper_platform p where p.removed_at is null";

impl Store {
    /// One upper platform.
    pub async fn upper_platform(&self, access: &Access, id: UpperPlatformId) -> Result<UpperPlatform> {
        let mut sql = Sql::new(UPPER_ROWS);
        sql.push(" and p.id = ").bind(id.0);
        shown_within(&mut sql, access);
        read_upper(&self.pools.fetch_one(sql).await?)
    }

    /// Upper platforms by name.
    pub async fn upper_platforms(&self, access: &Access, ask: &PageAsk) -> Result<Page<UpperPlatform>> {
        let mut sql = Sql::new(UPPER_ROWS);
        shown_within(&mut sql, access);
        if let Some((name, id)) = ask.key::<(String, UpperPlatformId)>()? {
            sql.push(" and (p.name, p.id) > (").bind(name).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by p.name, p.id limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_upper).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |row| (row.name.clone(), row.id)))
    }

    /// Every upper platform that is not removed, for the platform to register at.
    pub async fn all_upper_platforms(&self) -> Result<Vec<UpperPlatform>> {
        let mut sql = Sql::new(UPPER_ROWS);
        sql.push(" order by p.name, p.id");
        self.pools.fetch_all(sql).await?.iter().map(read_upper).collect()
    }
}

/// Narrows `p` to upper platforms that are shown nothing beyond the asker's scope.
fn shown_within(sql: &mut Sql, access: &Access) {
    match access.scope {
        Some(Scope::Region(id)) => {
            sql.push(" and (p.region_id in (select descendant_id from region_tree where ancestor_id = ")
                .bind(id.0);
            sql.push(") or p.unit_id in (select u.unit_id from unit_now u join region_tree t on t.descendant_id = u.region_id");
            sql.push(" where t.ancestor_id = ").bind(id.0).push("))");
        }
        Some(Scope::Unit(id)) => {
            sql.push(" and p.unit_id = ").bind(id.0);
        }
        None if *access == Access::PLATFORM => {}
        Some(Scope::Organisation(_)) | None => {
            sql.push(" and 1 = 0");
        }
    }
}

/// The two columns of a subtree; one is null.
fn shown_columns(shown: Subtree) -> (Value, Value) {
    match shown {
        Subtree::Region(id) => (id.0.into(), None::<&str>.into()),
        Subtree::Unit(id) => (None::<&str>.into(), id.0.into()),
    }
}

fn read_upper(row: &Row) -> Result<UpperPlatform> {
    let region: Option<RegionId> = row.id_opt("region_id")?;
    let unit: Option<UnitId> = row.id_opt("unit_id")?;
    let shown = match (region, unit) {
        (Some(id), None) => Subtree::Region(id),
        (None, Some(id)) => Subtree::Unit(id),
        _ => return Err(corrupt("region_id", "not one subtree")),
    };
    Ok(UpperPlatform {
        id: row.id("id")?,
        name: row.text("name")?,
        server_gb_id: row.id("server_gb_id")?,
        domain: row.text("domain")?,
        address: row.text("address")?,
        transport: row.word("transport", Transport::parse)?,
        own_gb_id: row.id("own_gb_id")?,
        user_name: row.text_opt("user_name")?,
        sealed_secret: row.bytes_opt("sealed_secret")?,
        shown,
        shares: SharedKinds {
            live: row.flag("shares_live")?,
            playback: row.flag("shares_playback")?,
            ptz: row.flag("shares_ptz")?,
            alarms: row.flag("shares_alarms")?,
        },
        ptz_priority: number(row, "ptz_priority")?,
        keepalive_s: number(row, "keepalive_s")?,
        expires_s: number(row, "expires_s")?,
        disabled: row.flag("disabled")?,
        created_at: row.time("created_at")?,
    })
}

fn number<T: TryFrom<i64>>(row: &Row, column: &str) -> Result<T> {
    let value = row.int(column)?;
    T::try_from(value).map_err(|_| corrupt(column, &value.to_string()))
}
