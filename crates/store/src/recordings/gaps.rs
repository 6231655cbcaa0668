//! Reading gaps.

use domain::access::Access;
use domain::ids::{CameraId, UnitId};
use domain::recording::{Gap, GapCause, Span};
use jiff::Timestamp;

use super::track::read_camera_of;
use crate::Store;
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// A gap with where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapRow {
    /// The unit that the camera belonged to.
    pub unit_id: UnitId,
    /// Its name now.
    pub unit_name: String,
    /// Which camera.
    pub camera_id: CameraId,
    /// Its name now.
    pub camera_name: String,
    /// When and why.
    pub gap: Gap,
}

/// Which gaps; an empty field asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GapFilter {
    /// At this unit.
    pub unit_id: Option<UnitId>,
    /// Of this camera.
    pub camera_id: Option<CameraId>,
    /// With this cause.
    pub cause: Option<GapCause>,
    /// That end after this.
    pub from: Option<Timestamp>,
    /// That begin before this.
    pub until: Option<Timestamp>,
}

impl Store {
    /// Gaps of cameras, grouped by camera, the newest of each first.
    pub async fn recording_gaps(
        &self,
        access: &Access,
        filter: &GapFilter,
        ask: &PageAsk,
    ) -> Result<Page<GapRow>> {
        let mut sql = Sql::new(
            "select g.*, k.camera_id, k.unit_id, u.name as unit_name, c.name as camera_name
             from recording_track k
             cross join recording_gap g
             join unit_now u on u.unit_id = k.unit_id
             join camera c on c.id = k.camera_id
             where g.track = k.key",
        );
        sql.narrow(access, Narrow::Current);
        sql.filter(" and k.unit_id = ", filter.unit_id.map(|id| id.0));
        sql.filter(" and k.camera_id = ", filter.camera_id.map(|id| id.0));
        sql.filter(" and g.cause = ", filter.cause.map(GapCause::as_str));
        sql.filter(" and g.end_at > ", filter.from);
        sql.filter(" and g.start_at < ", filter.until);
        if let Some((track, start_us)) = ask.key::<(i64, i64)>()? {
            sql.push(" and k.key >= ").bind(track);
            sql.push(" and (k.key > ").bind(track).push(" or g.start_at < ").bind(start_us).push(")");
        }
        sql.push(" order by k.key, g.start_at desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(|row| Ok((row.int("track")?, read_gap(row)?)));
        let page = ask.cut(items.collect::<Result<Vec<_>>>()?, |(track, row)| {
            (*track, row.gap.span.start.as_microsecond())
        });
        Ok(Page { items: page.items.into_iter().map(|(_, row)| row).collect(), next: page.next })
    }
}

fn read_gap(row: &Row) -> Result<GapRow> {
    let (unit_id, camera_id) = read_camera_of(row)?;
    Ok(GapRow {
        unit_id,
        unit_name: row.text("unit_name")?,
        camera_id,
        camera_name: row.text("camera_name")?,
        gap: Gap {
            span: Span::new(row.time("start_at")?, row.time("end_at")?),
            cause: row.word("cause", GapCause::parse)?,
        },
    })
}
