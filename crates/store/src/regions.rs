//! Regions: the tree is replaced as a whole, and what lists and scopes need of it is worked out then, not at every question.

use std::collections::HashMap;

use domain::access::{Access, Scope};
use domain::ids::RegionId;
use domain::region::{Region, RegionLevel};

use crate::Store;
use crate::engine::{Lock, Tx};
use crate::error::{Result, StoreError};
use crate::row::{Row, corrupt};
use crate::sql::Sql;

/// Deepest tree accepted: province, city, county, and room for one functional area in between.
const MAX_DEPTH: usize = 6;
/// Most regions accepted: all of China's are about 3 200.
const MAX_REGIONS: usize = 10_000;

/// One region with what follows from its place in the tree.
struct Placed {
    region: Region,
    position: i64,
    /// The region itself first, then upwards to the root.
    line: Vec<RegionId>,
}

impl Store {
    /// Keeps these regions: new ones are added, known ones (by id) changed, others stay. The order of lists and the reach of scopes
    /// follow at once.
    ///
    /// Errors: Invalid for a parent that does not exist, a circle, or a tree too deep; Conflict for a GB/T 2260 code given twice.
    pub async fn replace_regions(&self, regions: &[Region]) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Register).await?;
        let mut all: HashMap<RegionId, Region> = HashMap::new();
        for row in tx.fetch_all(Sql::new("select * from region")).await? {
            let known = read_region(&row)?;
            all.insert(known.id, known);
        }
        all.extend(regions.iter().map(|region| (region.id, region.clone())));
        let placed = place(&all)?;
        // Positions and codes are unique: step aside before taking the new ones.
        tx.execute(Sql::new("update region set position = -1 - position, gb2260_code = null")).await?;
        tx.execute(Sql::new("delete from region_tree")).await?;
        for one in &placed {
            write_region(&mut tx, one).await?;
        }
        let levels = placed.iter().map(|one| (one.region.id, one.region.level)).collect();
        for one in &placed {
            write_line(&mut tx, one, &levels).await?;
        }
        tx.refresh_statistics("analyze region, region_tree").await?;
        tx.commit().await
    }

    /// The regions an asker knows of: those of the scope, and the ones above it for their names. In list order.
    pub async fn regions(&self, access: &Access) -> Result<Vec<Region>> {
        let mut sql = Sql::new("select r.* from region r where 1 = 1");
        known_to(&mut sql, access);
        sql.push(" order by r.position");
        self.pools.fetch_all(sql).await?.iter().map(read_region).collect()
    }

    /// One of them.
    pub async fn region(&self, access: &Access, id: RegionId) -> Result<Region> {
        let mut sql = Sql::new("select r.* from region r where r.id = $1").with(id.0);
        known_to(&mut sql, access);
        read_region(&self.pools.fetch_one(sql).await?)
    }
}

/// Narrows `r` to the scope and everything above it.
fn known_to(sql: &mut Sql, access: &Access) {
    match access.scope {
        Some(Scope::Region(id)) => {
            sql.push(" and (r.id in (select descendant_id from region_tree where ancestor_id = ").bind(id.0);
            sql.push(") or r.id in (select ancestor_id from region_tree where descendant_id = ").bind(id.0);
            sql.push("))");
        }
        Some(Scope::Unit(id)) => {
            sql.push(" and r.id in (select t.ancestor_id from region_tree t join unit_now u on u.region_id = t.descendant_id");
            sql.push(" where u.unit_id = ").bind(id.0).push(")");
        }
        Some(Scope::Organisation(id)) => {
            sql.push(" and r.id in (select t.ancestor_id from region_tree t join unit_now u on u.region_id = t.descendant_id where u.unit_id in ");
            sql.served_by(id).push(" union all select t.ancestor_id from region_tree t");
            sql.push(" join organisation o on o.region_id = t.descendant_id where o.id = ")
                .bind(id.0)
                .push(")");
        }
        None if *access == Access::PLATFORM => {}
        None => {
            sql.push(" and 1 = 0");
        }
    }
}

pub(crate) fn read_region(row: &Row) -> Result<Region> {
    Ok(Region {
        id: row.id("id")?,
        parent_id: row.id_opt("parent_id")?,
        level: row.word("level", RegionLevel::parse)?,
        name: row.text("name")?,
        short_name: row.text("short_name")?,
        gb2260_code: row.text_opt("gb2260_code")?,
        order: i32::try_from(row.int("sibling_order")?)
            .map_err(|_| corrupt("sibling_order", "out of range"))?,
    })
}

/// Walks the tree depth first, siblings in their official order.
fn place(all: &HashMap<RegionId, Region>) -> Result<Vec<Placed>> {
    if all.len() > MAX_REGIONS {
        return Err(StoreError::Limit(format!("{} regions, at most {MAX_REGIONS}", all.len())));
    }
    let mut children: HashMap<Option<RegionId>, Vec<Region>> = HashMap::new();
    for region in all.values() {
        if let Some(parent) = region.parent_id.filter(|parent| !all.contains_key(parent)) {
            return Err(StoreError::Invalid(format!("region {}: no parent {parent}", region.name)));
        }
        children.entry(region.parent_id).or_default().push(region.clone());
    }
    for siblings in children.values_mut() {
        // Popped from the end below.
        siblings.sort_by(|a, b| (b.order, &b.gb2260_code, b.id).cmp(&(a.order, &a.gb2260_code, a.id)));
    }
    let mut placed = Vec::with_capacity(all.len());
    let mut waiting: Vec<(Region, Vec<RegionId>)> =
        children.remove(&None).unwrap_or_default().into_iter().map(|root| (root, Vec::new())).collect();
    while let Some((region, above)) = waiting.pop() {
        if above.len() >= MAX_DEPTH {
            return Err(StoreError::Invalid(format!(
                "region {}: deeper than {MAX_DEPTH} levels",
                region.name
            )));
        }
        let mut line = vec![region.id];
        line.extend(above);
        let below = children.remove(&Some(region.id)).unwrap_or_default();
        waiting.extend(below.into_iter().map(|child| (child, line.clone())));
        placed.push(Placed { position: placed.len() as i64, region, line });
    }
    if placed.len() < all.len() {
        return Err(StoreError::Invalid("the tree of regions has a circle".to_owned()));
    }
    Ok(placed)
}

async fn write_region(tx: &mut Tx, placed: &Placed) -> Result<()> {
    let region = &placed.region;
    let sql = Sql::new(
        "insert into region (id, parent_id, level, name, short_name, gb2260_code, sibling_order, position)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (id) do update set parent_id = excluded.parent_id, level = excluded.level, name = excluded.name,
             short_name = excluded.short_name, gb2260_code = excluded.gb2260_code,
             sibling_order = excluded.sibling_order, position = excluded.position",
    )
    .with(region.id.0)
    .with(region.parent_id.map(|id| id.0))
    .with(region.level.as_str())
    .with(&region.name)
    .with(&region.short_name)
    .with(region.gb2260_code.clone())
    .with(region.order)
    .with(placed.position);
    tx.execute(sql).await.map(|_| ())
}

async fn write_line(tx: &mut Tx, placed: &Placed, levels: &HashMap<RegionId, RegionLevel>) -> Result<()> {
    let id = placed.region.id;
    let mut sql = Sql::new("insert into region_tree (ancestor_id, descendant_id) values ");
    for (index, ancestor) in placed.line.iter().enumerate() {
        sql.push(if index == 0 { "(" } else { ", (" }).bind(ancestor.0).push(", ").bind(id.0).push(")");
    }
    tx.execute(sql).await?;
    let of_level = |level| placed.line.iter().find(|id| levels.get(id) == Some(&level)).map(|id| id.0);
    let sql = Sql::new("update region set province_id = $1, city_id = $2, county_id = $3 where id = $4")
        .with(of_level(RegionLevel::Province))
        .with(of_level(RegionLevel::City))
        .with(of_level(RegionLevel::County))
        .with(id.0);
    tx.execute(sql).await.map(|_| ())
}
