//! Drills of duty rooms as kept: planned, begun, worked step by step, scored or called off; the regions' standing plans and the months that are
//! drawn by lot. In tables of their own: nothing here is an alarm, and no list and no figure of alarms can read it.

mod lot;
mod work;

use domain::access::{Access, Scope};
use domain::alarm::AlarmCode;
use domain::duty::drill::{DrillKind, DrillState, DrillStep};
use domain::ids::{CameraId, DrillId, DutyRoomId, OrganisationId, RegionId, StaffId, UnitId, UserId};
use domain::recording::Span;
use jiff::Timestamp;
use jiff::civil::Date;

pub use lot::{DrillMonth, DrillPlan, LotRoom, NewDrillMonth};

use crate::Store;
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::{Row, corrupt};
use crate::sql::Sql;

/// Rooms of one monthly list at most: more than a province has.
const MONTH_ROOMS_MAX: i64 = 20_000;
/// Drills of one month at most: two of each room, and as many called off.
const MONTH_DRILLS_MAX: i64 = 80_000;

/// A drill to plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDrill {
    /// Own id.
    pub id: DrillId,
    /// How it is held.
    pub kind: DrillKind,
    /// In which room.
    pub room_id: DutyRoomId,
    /// Where the made-up alarm is said to be.
    pub unit_id: UnitId,
    /// Seen by this camera.
    pub camera_id: Option<CameraId>,
    /// What is made up.
    pub code: AlarmCode,
    /// Where in the unit; may be empty.
    pub place: String,
    /// Who is told beforehand.
    pub knows: String,
    /// When it begins.
    pub begins_at: Timestamp,
    /// The month whose lot it is; none: planned by a person.
    pub lot_month: Option<Date>,
    /// Who planned it; none: the lot.
    pub planned_by: Option<UserId>,
    /// When.
    pub planned_at: Timestamp,
}

/// A drill with the names around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillRow {
    /// As it was planned.
    pub plan: NewDrill,
    /// Name of the room.
    pub room_name: String,
    /// Whose people sit there, and by what name.
    pub organisation: (OrganisationId, String),
    /// Name of the unit.
    pub unit_name: String,
    /// Name of the camera.
    pub camera_name: Option<String>,
    /// Name of whoever planned it.
    pub planner: Option<String>,
    /// Where it stands.
    pub state: DrillState,
    /// When the made-up alarm appeared.
    pub begun_at: Option<Timestamp>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
    /// Points times two, of those held.
    pub half_points: Option<u32>,
    /// Why it was called off.
    pub why: Option<String>,
}

/// A step that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillStepRow {
    /// Which.
    pub step: DrillStep,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub staff: (StaffId, String),
}

/// Which drills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DrillFilter {
    /// In this room.
    pub room_id: Option<DutyRoomId>,
    /// Of this kind.
    pub kind: Option<DrillKind>,
    /// In this state.
    pub state: Option<DrillState>,
    /// Also double-blind ones that are not over: for whoever may know of them.
    pub with_blind: bool,
}

/// A room of the monthly list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillRoom {
    /// Which.
    pub room_id: DutyRoomId,
    /// Its name.
    pub room_name: String,
    /// Whose people sit there.
    pub organisation_name: String,
    /// Where it stands.
    pub unit_name: String,
    /// In which region.
    pub region_name: String,
    /// Since when it is open.
    pub opened_at: Timestamp,
}

/// A drill as the monthly list needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrillOfMonth {
    /// Which.
    pub id: DrillId,
    /// In which room.
    pub room_id: DutyRoomId,
    /// How it was held.
    pub kind: DrillKind,
    /// Where it stands.
    pub state: DrillState,
    /// When it began or is to begin.
    pub begins_at: Timestamp,
    /// Points times two.
    pub half_points: Option<u32>,
}

const ROWS: &str = "select d.*, r.name as room_name, r.organisation_id, o.name as organisation_name, v.name as unit_name, c.name as camera_name,
        a.display_name as planner
    from drill d
    join duty_room r on r.id = d.room_id
    join organisation o on o.id = r.organisation_id
    join unit_now u on u.unit_id = r.unit_id
    join unit_now v on v.unit_id = d.unit_id
    left join camera c on c.id = d.camera_id
    left join account a on a.id = d.planned_by
    where 1 = 1";

impl Store {
    /// One drill. NotFound out of reach, and for whoever may not know of it.
    pub async fn drill(&self, access: &Access, id: DrillId, with_blind: bool) -> Result<DrillRow> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and d.id = ").bind(id.0);
        seen(&mut sql, access, with_blind);
        read_drill(&self.pools.fetch_one(sql).await?)
    }

    /// Drills, the last to begin first.
    pub async fn drills(
        &self,
        access: &Access,
        filter: &DrillFilter,
        ask: &PageAsk,
    ) -> Result<Page<DrillRow>> {
        let mut sql = Sql::new(ROWS);
        sql.filter(" and d.room_id = ", filter.room_id.map(|id| id.0));
        sql.filter(" and d.kind = ", filter.kind.map(DrillKind::as_str));
        sql.filter(" and d.state = ", filter.state.map(DrillState::as_str));
        seen(&mut sql, access, filter.with_blind);
        if let Some((at_us, id)) = ask.key::<(i64, DrillId)>()? {
            sql.push(" and (d.begins_at, d.id) < (").bind(at_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by d.begins_at desc, d.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?.iter().map(read_drill).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(rows, |row| (row.plan.begins_at.as_microsecond(), row.plan.id)))
    }

    /// What was done in a drill, in order of time. Whoever sees the drill sees its steps.
    pub async fn drill_steps(
        &self,
        access: &Access,
        id: DrillId,
        with_blind: bool,
    ) -> Result<Vec<DrillStepRow>> {
        let mut sql = Sql::new(
            "select t.*, s.name as staff_name from drill_step t join staff s on s.id = t.staff_id join drill d on d.id = t.drill_id
             join duty_room r on r.id = d.room_id join unit_now u on u.unit_id = r.unit_id join unit_now v on v.unit_id = d.unit_id
             where t.drill_id = $1",
        )
        .with(id.0);
        seen(&mut sql, access, with_blind);
        sql.push(" order by t.at, t.step");
        self.pools.fetch_all(sql).await?.iter().map(read_step).collect()
    }

    /// The rooms in reach that were open in a month, by region and name, below a region if one is named.
    pub async fn drill_rooms(
        &self,
        access: &Access,
        month: Span,
        region: Option<RegionId>,
    ) -> Result<Vec<DrillRoom>> {
        let mut sql = Sql::new(
            "select d.id, d.name as room_name, o.name as organisation_name, u.name as unit_name, g.name as region_name, d.opened_at
             from duty_room d join organisation o on o.id = d.organisation_id join unit_now u on u.unit_id = d.unit_id
             join region g on g.id = u.region_id where d.opened_at < $1 and (d.closed_at is null or d.closed_at >= $2)",
        )
        .with(month.end)
        .with(month.start);
        if let Some(region) = region {
            sql.push(" and u.region_id in (select descendant_id from region_tree where ancestor_id = ");
            sql.bind(region.0).push(")");
        }
        crate::duty_rooms::seen_by(&mut sql, access);
        sql.push(" order by g.position, d.name, d.id limit ").bind(MONTH_ROOMS_MAX);
        let read = |row: &Row| {
            Ok(DrillRoom {
                room_id: row.id("id")?,
                room_name: row.text("room_name")?,
                organisation_name: row.text("organisation_name")?,
                unit_name: row.text("unit_name")?,
                region_name: row.text("region_name")?,
                opened_at: row.time("opened_at")?,
            })
        };
        self.pools.fetch_all(sql).await?.iter().map(read).collect()
    }

    /// The drills of a month in reach, by the time at which they begin.
    pub async fn drills_of_month(
        &self,
        access: &Access,
        month: Span,
        with_blind: bool,
    ) -> Result<Vec<DrillOfMonth>> {
        let mut sql = Sql::new(
            "select d.id, d.room_id, d.kind, d.state, d.begins_at, d.half_points from drill d join duty_room r on r.id = d.room_id
             join unit_now u on u.unit_id = r.unit_id join unit_now v on v.unit_id = d.unit_id where d.begins_at >= $1 and d.begins_at < $2",
        )
        .with(month.start)
        .with(month.end);
        seen(&mut sql, access, with_blind);
        sql.push(" order by d.begins_at, d.id limit ").bind(MONTH_DRILLS_MAX);
        let read = |row: &Row| {
            Ok(DrillOfMonth {
                id: row.id("id")?,
                room_id: row.id("room_id")?,
                kind: row.word("kind", DrillKind::parse)?,
                state: row.word("state", DrillState::parse)?,
                begins_at: row.time("begins_at")?,
                half_points: half_points(row)?,
            })
        };
        self.pools.fetch_all(sql).await?.iter().map(read).collect()
    }
}

/// Who sees a drill: the offices of where the room stands and of where the alarm is said to be, these units, the room's organisation. A
/// double-blind one that is not over only whoever may know of it.
fn seen(sql: &mut Sql, access: &Access, with_blind: bool) {
    match access.scope {
        Some(Scope::Region(id)) => {
            sql.push(" and (u.region_id in (select descendant_id from region_tree where ancestor_id = ")
                .bind(id.0);
            let number = sql.values.len();
            sql.push(") or v.region_id in (select descendant_id from region_tree where ancestor_id = ");
            sql.place(number).push("))");
        }
        Some(Scope::Unit(id)) => {
            sql.push(" and (r.unit_id = ").bind(id.0);
            let number = sql.values.len();
            sql.push(" or d.unit_id = ").place(number).push(")");
        }
        Some(Scope::Organisation(id)) => {
            sql.push(" and r.organisation_id = ").bind(id.0);
        }
        None if *access == Access::PLATFORM => {}
        None => {
            sql.push(" and 1 = 0");
        }
    }
    if !with_blind {
        sql.push(" and (d.kind = 'scripted' or d.state in ('done', 'cancelled'))");
    }
}

/// Points times two of a drill that is over.
pub(crate) fn half_points(row: &Row) -> Result<Option<u32>> {
    Ok(row.int_opt("half_points")?.and_then(|points| u32::try_from(points).ok()))
}

fn read_drill(row: &Row) -> Result<DrillRow> {
    let lot_month = row.text_opt("lot_month")?;
    let lot_month = lot_month.map(|text| text.parse().map_err(|_| corrupt("lot_month", &text)));
    Ok(DrillRow {
        plan: NewDrill {
            id: row.id("id")?,
            kind: row.word("kind", DrillKind::parse)?,
            room_id: row.id("room_id")?,
            unit_id: row.id("unit_id")?,
            camera_id: row.id_opt("camera_id")?,
            code: row.word("code", AlarmCode::parse)?,
            place: row.text("place")?,
            knows: row.text("knows")?,
            begins_at: row.time("begins_at")?,
            lot_month: lot_month.transpose()?,
            planned_by: row.id_opt("planned_by")?,
            planned_at: row.time("planned_at")?,
        },
        room_name: row.text("room_name")?,
        organisation: (row.id("organisation_id")?, row.text("organisation_name")?),
        unit_name: row.text("unit_name")?,
        camera_name: row.text_opt("camera_name")?,
        planner: row.text_opt("planner")?,
        state: row.word("state", DrillState::parse)?,
        begun_at: row.time_opt("begun_at")?,
        ended_at: row.time_opt("ended_at")?,
        half_points: half_points(row)?,
        why: row.text_opt("why")?,
    })
}

fn read_step(row: &Row) -> Result<DrillStepRow> {
    Ok(DrillStepRow {
        step: row.word("step", DrillStep::parse)?,
        at: row.time("at")?,
        staff: (row.id("staff_id")?, row.text("staff_name")?),
    })
}
