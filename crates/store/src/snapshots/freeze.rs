//! Freezing: the versions valid at a moment copied with the names of their regions, counted, and entered under the snapshot's id.
//!
//! The row of the snapshot itself comes last, because it carries what the frozen rows add up to and is never changed afterwards.

use super::alarms::Alarms;
use super::seal::Sealed;
use super::{NewSnapshot, Snapshot};
use crate::engine::Tx;
use crate::error::Result;
use crate::sql::Sql;

/// `connected_since`: the end of the last version that did not count, else the unit's first version. Versions of a unit follow each other
/// without gaps, so that is where the present stretch began.
const COPY: &str = "insert into snapshot_unit (snapshot_id, unit_id, name, category, region_id, region_position, province_id, city_id,
        city_name, county_id, county_name, ownership, study_level, boarding, school_code, connection, duty, is_connected, is_on_duty,
        connection_provenance, duty_provenance, synthetic, connected_since, duty_since)
    select cast($1 as text), v.unit_id, v.name, v.category, v.region_id, r.position, r.province_id, r.city_id, c.name, r.county_id,
        k.name, v.ownership, v.study_level, v.boarding, v.school_code, v.connection, v.duty, v.is_connected, v.is_on_duty,
        v.connection_provenance, v.duty_provenance, v.synthetic,
        case when v.is_connected then coalesce(
            (select max(o.valid_until) from unit_version o where o.unit_id = v.unit_id and o.seq < v.seq and not o.is_connected),
            (select min(o.valid_from) from unit_version o where o.unit_id = v.unit_id)) end,
        case when v.is_on_duty then coalesce(
            (select max(o.valid_until) from unit_version o where o.unit_id = v.unit_id and o.seq < v.seq and not o.is_on_duty),
            (select min(o.valid_from) from unit_version o where o.unit_id = v.unit_id)) end
    from unit_version v join region r on r.id = v.region_id
        left join region c on c.id = r.city_id left join region k on k.id = r.county_id
    where v.valid_from <= $2 and (v.valid_until is null or v.valid_until > $2) and v.category <> 'duty_site'";

const COUNT: &str = "insert into snapshot_cell (snapshot_id, category, ownership, study_level, city_id, county_id, total, connected, duty,
        connected_on_duty)
    select snapshot_id, category, ownership, study_level, city_id, county_id, cast(count(*) as bigint),
        cast(sum(case when is_connected then 1 else 0 end) as bigint),
        cast(sum(case when is_on_duty then 1 else 0 end) as bigint),
        cast(sum(case when is_connected and is_on_duty then 1 else 0 end) as bigint)
    from snapshot_unit where snapshot_id = $1
    group by snapshot_id, category, ownership, study_level, city_id, county_id";

/// Copies the units that count at the moment and adds up the cells. Without a register version every unit counts.
pub async fn units(tx: &mut Tx, new: &NewSnapshot, version: Option<i64>) -> Result<()> {
    let mut sql = Sql::new(COPY).with(new.id.0).with(new.as_of);
    if let Some(version) = version {
        sql.push(
            " and exists (select 1 from register_member m where m.unit_id = v.unit_id and m.from_version <= ",
        );
        sql.bind(version)
            .push(" and (m.until_version is null or m.until_version > ")
            .bind(version)
            .push("))");
    }
    tx.execute(sql).await?;
    tx.execute(Sql::new(COUNT).with(new.id.0)).await.map(|_| ())
}

/// Enters the snapshot.
pub async fn insert(
    tx: &mut Tx,
    new: &NewSnapshot,
    version: Option<i64>,
    sealed: Sealed,
    alarms: &Alarms,
) -> Result<Snapshot> {
    let snapshot = Snapshot {
        id: new.id,
        as_of: new.as_of,
        taken_at: new.taken_at,
        taken_by: new.taken_by,
        units: sealed.units,
        hash: sealed.hash,
        note: new.note.clone(),
        register_version: version,
        synthetic: sealed.synthetic,
        parts: sealed.parts,
        connection_provenance: sealed.connection,
        duty_provenance: sealed.duty,
        alarms: alarms.counts(new),
    };
    let mut sql = Sql::new(
        "insert into snapshot (id, as_of, taken_at, taken_by, units, hash, note, register_version, synthetic, register_hash,
             connection_hash, duty_hash, alarms_hash, connection_observed, connection_reported, connection_confirmed, duty_observed,
             duty_reported, duty_confirmed, alarms_from, alarms_raised, alarms_late, alarms_open, alarms_late_open) values (",
    );
    sql.bind(snapshot.id.0);
    sql.push(", ").bind(snapshot.as_of);
    sql.push(", ").bind(snapshot.taken_at);
    sql.push(", ").bind(snapshot.taken_by.map(|id| id.0));
    sql.push(", ").bind(snapshot.units);
    sql.push(", ").bind(&snapshot.hash);
    sql.push(", ").bind(snapshot.note.clone());
    sql.push(", ").bind(snapshot.register_version);
    sql.push(", ").bind(snapshot.synthetic);
    let parts = &snapshot.parts;
    for hash in [&parts.register, &parts.connection, &parts.duty, &parts.alarms] {
        sql.push(", ").bind(hash);
    }
    for counts in [&snapshot.connection_provenance, &snapshot.duty_provenance] {
        for number in [counts.observed, counts.reported, counts.confirmed] {
            sql.push(", ").bind(number as i64);
        }
    }
    let counts = &snapshot.alarms;
    sql.push(", ").bind(counts.from);
    for number in [counts.raised, counts.late, counts.open, counts.late_open] {
        sql.push(", ").bind(number as i64);
    }
    sql.push(")");
    tx.execute(sql).await?;
    Ok(snapshot)
}
