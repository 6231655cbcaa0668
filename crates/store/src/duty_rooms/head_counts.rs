//! How many people a region asks for in its duty rooms, as set by its office; which rule holds is the domain's word.

use domain::access::Access;
use domain::duty::roster::{HeadCount, HeadCountRule, LegalBasis, RoomKind, required};
use domain::ids::{DutyRoomId, RegionId};
use jiff::Timestamp;

use super::author;
use crate::Store;
use crate::cameras::found;
use crate::error::{Result, StoreError};
use crate::organisations::sits_within;
use crate::row::{Row, corrupt};
use crate::sql::Sql;

/// Most rooms of one question.
const ROOMS_MAX: usize = 20_000;

impl Store {
    /// Every rule of the province: what is asked for is no secret. In the order of the regions.
    pub async fn head_count_rules(&self, access: &Access) -> Result<Vec<HeadCountRule>> {
        let mut sql =
            Sql::new("select h.* from head_count_rule h join region r on r.id = h.region_id where 1 = 1");
        if access.scope.is_none() && *access != Access::PLATFORM {
            sql.push(" and 1 = 0");
        }
        sql.push(" order by r.position, h.kind");
        self.pools.fetch_all(sql).await?.iter().map(read_rule).collect()
    }

    /// Sets the rule of a region and kind of room. NotFound outside the asker's region.
    pub async fn put_head_count(&self, access: &Access, rule: &HeadCountRule, at: Timestamp) -> Result<()> {
        let mut sql = Sql::new(
            "insert into head_count_rule (region_id, kind, people, basis, document, changed_at, changed_by)
             select r.id, cast($1 as text), cast($2 as bigint), cast($3 as text), cast($4 as text), cast($5 as bigint), cast($6 as text)
             from region r where r.id = $7",
        )
        .with(rule.room().as_str())
        .with(i64::from(rule.head_count().people))
        .with(rule.head_count().basis.as_str())
        .with(rule.document().to_owned())
        .with(at)
        .with(author(access))
        .with(rule.region_id().0);
        sits_within(&mut sql, access, "r.id");
        sql.push(" on conflict (region_id, kind) do update set people = excluded.people, basis = excluded.basis, document = excluded.document,");
        sql.push(" changed_at = excluded.changed_at, changed_by = excluded.changed_by");
        found(self.pools.execute(sql).await?)
    }

    /// Takes a rule away; the next one above holds again.
    pub async fn drop_head_count(&self, access: &Access, region: RegionId, room: RoomKind) -> Result<()> {
        let mut sql = Sql::new("delete from head_count_rule where region_id = $1 and kind = $2")
            .with(region.0)
            .with(room.as_str());
        sits_within(&mut sql, access, "region_id");
        found(self.pools.execute(sql).await?)
    }

    /// How many people each room needs, in the order of the question.
    pub async fn required_people(&self, rooms: &[DutyRoomId]) -> Result<Vec<HeadCount>> {
        if rooms.len() > ROOMS_MAX {
            return Err(StoreError::Limit(format!("{} rooms at once, at most {ROOMS_MAX}", rooms.len())));
        }
        let rules = self.head_count_rules(&Access::PLATFORM).await?;
        let mut found: std::collections::HashMap<DutyRoomId, HeadCount> = std::collections::HashMap::new();
        for chunk in rooms.chunks(crate::units::KEYS) {
            let mut sql = Sql::new(
                "select d.id, d.kind, r.id as region_id, r.county_id, r.city_id, r.province_id from duty_room d
                 join unit_now u on u.unit_id = d.unit_id join region r on r.id = u.region_id where d.id in ",
            );
            sql.list(chunk.iter().map(|id| id.0));
            for row in self.pools.fetch_all(sql).await? {
                let mut path: Vec<RegionId> = vec![row.id("region_id")?];
                for column in ["county_id", "city_id", "province_id"] {
                    path.extend(row.id_opt::<RegionId>(column)?.filter(|id| *id != path[0]));
                }
                found.insert(row.id("id")?, required(&rules, &path, row.word("kind", RoomKind::parse)?));
            }
        }
        rooms.iter().map(|id| found.get(id).copied().ok_or(StoreError::NotFound)).collect()
    }
}

fn read_rule(row: &Row) -> Result<HeadCountRule> {
    let people = u8::try_from(row.int("people")?).unwrap_or(u8::MAX);
    let head_count = HeadCount { people, basis: row.word("basis", LegalBasis::parse)? };
    let rule = HeadCountRule::new(
        row.id("region_id")?,
        row.word("kind", RoomKind::parse)?,
        head_count,
        row.str_opt("document")?.unwrap_or_default(),
    );
    rule.map_err(|error| corrupt("head_count_rule", &error.to_string()))
}
