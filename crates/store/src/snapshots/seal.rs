//! Sealing: four hashes over the frozen rows, one for each thing a bulletin speaks of, and one over them and the moment.
//!
//! What is sealed are the words, flags and times of the rows in the order of unit ids, every text with its length, so that the value
//! does not depend on the engine. Names of regions are not sealed: they are labels, the ids are what figures go by.

use domain::unit::Provenance;
use sha2::{Digest as _, Sha256};

use super::alarms::Alarms;
use super::{NewSnapshot, ProvenanceCounts, SnapshotParts};
use crate::audit::hash_field;
use crate::blobs::hex;
use crate::engine::Tx;
use crate::error::Result;
use crate::row::Row;
use crate::sql::Sql;

/// Frozen rows of one read: enough to make the reads few, few enough to stay small in memory.
const CHUNK: i64 = 5000;
/// Says what the hash is over; a change of the recipe changes it.
const RECIPE: &str = "watchfire-snapshot/1";

/// What sealing found out.
#[derive(Debug)]
pub struct Sealed {
    pub parts: SnapshotParts,
    pub hash: String,
    pub units: i64,
    pub synthetic: bool,
    pub connection: ProvenanceCounts,
    pub duty: ProvenanceCounts,
}

#[derive(Default)]
struct Reading {
    register: Sha256,
    connection: Sha256,
    duty: Sha256,
    units: i64,
    synthetic: bool,
    connection_counts: ProvenanceCounts,
    duty_counts: ProvenanceCounts,
}

/// Reads the frozen units of a snapshot and seals them together with its alarms.
pub async fn seal(tx: &mut Tx, new: &NewSnapshot, version: Option<i64>, alarms: &Alarms) -> Result<Sealed> {
    let mut reading = Reading::default();
    let mut after = String::new();
    loop {
        let sql = Sql::new(
            "select * from snapshot_unit where snapshot_id = $1 and unit_id > $2 order by unit_id limit $3",
        )
        .with(new.id.0)
        .with(&after)
        .with(CHUNK);
        let rows = tx.fetch_all(sql).await?;
        for row in &rows {
            reading.add(row)?;
        }
        match rows.last() {
            Some(last) if rows.len() as i64 == CHUNK => after = last.text("unit_id")?,
            _ => break,
        }
    }
    let parts = SnapshotParts {
        register: hex(&reading.register.finalize()),
        connection: hex(&reading.connection.finalize()),
        duty: hex(&reading.duty.finalize()),
        alarms: alarms.hash(new),
    };
    Ok(Sealed {
        hash: whole(new, version, &parts),
        parts,
        units: reading.units,
        synthetic: reading.synthetic,
        connection: reading.connection_counts,
        duty: reading.duty_counts,
    })
}

fn whole(new: &NewSnapshot, version: Option<i64>, parts: &SnapshotParts) -> String {
    let mut hasher = Sha256::new();
    hash_field(&mut hasher, Some(RECIPE));
    hash_number(&mut hasher, Some(new.as_of.as_microsecond()));
    hash_number(&mut hasher, version);
    for part in [&parts.register, &parts.connection, &parts.duty, &parts.alarms] {
        hash_field(&mut hasher, Some(part));
    }
    hex(&hasher.finalize())
}

/// A number or its absence, never mistaken for another.
pub fn hash_number(hasher: &mut Sha256, number: Option<i64>) {
    hasher.update([u8::from(number.is_some())]);
    hasher.update(number.unwrap_or(0).to_be_bytes());
}

impl Reading {
    fn add(&mut self, row: &Row) -> Result<()> {
        let id = row.str_opt("unit_id")?;
        hash_field(&mut self.register, id);
        for column in [
            "name",
            "category",
            "region_id",
            "city_id",
            "county_id",
            "ownership",
            "study_level",
            "school_code",
        ] {
            hash_field(&mut self.register, row.str_opt(column)?);
        }
        for column in ["boarding", "synthetic"] {
            self.register.update([u8::from(row.flag(column)?)]);
        }
        self.units += 1;
        self.synthetic |= row.flag("synthetic")?;
        let columns = ["connection", "connection_provenance", "is_connected", "connected_since"];
        add_state(&mut self.connection, &mut self.connection_counts, row, columns)?;
        let columns = ["duty", "duty_provenance", "is_on_duty", "duty_since"];
        add_state(&mut self.duty, &mut self.duty_counts, row, columns)
    }
}

/// Seals one state of a unit; the provenance of those that count is counted.
fn add_state(
    hasher: &mut Sha256,
    counts: &mut ProvenanceCounts,
    row: &Row,
    [state, provenance, counted, since]: [&str; 4],
) -> Result<()> {
    hash_field(hasher, row.str_opt("unit_id")?);
    hash_field(hasher, row.str_opt(state)?);
    hash_field(hasher, row.str_opt(provenance)?);
    let is_counted = row.flag(counted)?;
    hasher.update([u8::from(is_counted)]);
    hash_number(hasher, row.int_opt(since)?);
    if is_counted {
        match row.word(provenance, Provenance::parse)? {
            Provenance::Observed => counts.observed += 1,
            Provenance::Reported => counts.reported += 1,
            Provenance::Confirmed => counts.confirmed += 1,
        }
    }
    Ok(())
}
