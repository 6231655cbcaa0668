//! Components behind a transmission device, as it told them, with the place and the cameras that people gave them.

use std::collections::HashMap;

use domain::access::Access;
use domain::facility::Condition;
use domain::ids::{CameraId, ComponentId, TransmitterId};
use jiff::Timestamp;

use super::byte;
use super::intake::Reading;
use crate::Store;
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::{Row, corrupt};
use crate::sql::{Narrow, Sql};

/// A component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentRow {
    /// Own id.
    pub id: ComponentId,
    /// The device that told it.
    pub transmitter_id: TransmitterId,
    /// Type of its system, by the standard's table.
    pub system_kind: u8,
    /// Address of its system.
    pub system_address: u8,
    /// What it is, by the standard's table.
    pub kind: u8,
    /// Its address within the system.
    pub address: u32,
    /// Where it is, in the panel's words.
    pub description: String,
    /// Where it is, in a person's words.
    pub place: Option<String>,
    /// How it is.
    pub condition: Condition,
    /// Since when.
    pub condition_at: Timestamp,
    /// Its last analog value.
    pub reading: Option<Reading>,
    /// Cameras that see its place, the best one first, with their names.
    pub cameras: Vec<(CameraId, String)>,
}

/// Which components of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ComponentFilter {
    /// Only those to which nobody gave a place.
    pub unplaced: bool,
    /// Only those that are not in order: fire, fault, disabled.
    pub troubled: bool,
}

/// Bits of fire, fault, disabled and power fault.
const TROUBLE: i64 = 0b1_0000_1110;

impl Store {
    /// Components of a device, in the order of their addresses.
    pub async fn components(
        &self,
        access: &Access,
        id: TransmitterId,
        filter: ComponentFilter,
        ask: &PageAsk,
    ) -> Result<Page<ComponentRow>> {
        let mut sql = Sql::new(
            "select c.* from component c join transmitter t on t.id = c.transmitter_id join unit_now u on u.unit_id = t.unit_id
             where t.removed_at is null and c.transmitter_id = ",
        );
        sql.bind(id.0).narrow(access, Narrow::Current);
        if filter.unplaced {
            sql.push(" and c.place is null");
        }
        if filter.troubled {
            sql.push(" and (c.bits & ").bind(TROUBLE).push(") <> 0");
        }
        if let Some((kind, system, address)) = ask.key::<(i64, i64, i64)>()? {
            sql.push(" and (c.system_kind, c.system_address, c.address) > (").bind(kind).push(", ");
            sql.bind(system).push(", ").bind(address).push(")");
        }
        sql.push(" order by c.system_kind, c.system_address, c.address limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_component).collect::<Result<Vec<_>>>()?;
        let mut page = ask.cut(items, |row| {
            (i64::from(row.system_kind), i64::from(row.system_address), i64::from(row.address))
        });
        self.add_cameras(&mut page.items).await?;
        Ok(page)
    }

    /// One component.
    pub async fn component(&self, access: &Access, id: ComponentId) -> Result<ComponentRow> {
        let mut sql = Sql::new(
            "select c.* from component c join transmitter t on t.id = c.transmitter_id join unit_now u on u.unit_id = t.unit_id
             where t.removed_at is null and c.id = ",
        );
        sql.bind(id.0).narrow(access, Narrow::Current);
        let mut found = [read_component(&self.pools.fetch_one(sql).await?)?];
        self.add_cameras(&mut found).await?;
        let [component] = found;
        Ok(component)
    }

    /// Every component of a device without its cameras, for whoever listens to it.
    pub async fn components_of(&self, id: TransmitterId) -> Result<Vec<ComponentRow>> {
        let sql = Sql::new("select * from component where transmitter_id = $1").with(id.0);
        self.pools.fetch_all(sql).await?.iter().map(read_component).collect()
    }

    async fn add_cameras(&self, components: &mut [ComponentRow]) -> Result<()> {
        if components.is_empty() {
            return Ok(());
        }
        let mut sql = Sql::new(
            "select p.component_id, m.id, m.name from component_camera p join camera m on m.id = p.camera_id
             where m.removed_at is null and p.component_id in ",
        );
        sql.list(components.iter().map(|component| component.id.0)).push(" order by p.place");
        let mut cameras: HashMap<ComponentId, Vec<(CameraId, String)>> = HashMap::new();
        for row in self.pools.fetch_all(sql).await? {
            cameras.entry(row.id("component_id")?).or_default().push((row.id("id")?, row.text("name")?));
        }
        for component in components {
            component.cameras = cameras.remove(&component.id).unwrap_or_default();
        }
        Ok(())
    }
}

fn read_component(row: &Row) -> Result<ComponentRow> {
    let bits = row.int("bits")?;
    let address = row.int("address")?;
    let reading = match (row.text_opt("reading")?, row.time_opt("reading_at")?) {
        (Some(words), Some(at)) => Some(Reading { words, at }),
        _ => None,
    };
    Ok(ComponentRow {
        id: row.id("id")?,
        transmitter_id: row.id("transmitter_id")?,
        system_kind: byte("system_kind", row.int("system_kind")?)?,
        system_address: byte("system_address", row.int("system_address")?)?,
        kind: byte("kind", row.int("kind")?)?,
        address: u32::try_from(address).map_err(|_| corrupt("address", &address.to_string()))?,
        description: row.text("description")?,
        place: row.text_opt("place")?,
        condition: Condition(u16::try_from(bits).map_err(|_| corrupt("bits", &bits.to_string()))?),
        condition_at: row.time("bits_at")?,
        reading,
        cameras: Vec::new(),
    })
}
