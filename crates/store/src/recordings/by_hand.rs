//! Deleting by hand: a stretch of one camera, all of it or nothing, with the name of who did it.

use domain::access::Access;
use domain::ids::{CameraId, UserId};
use domain::recording::deletion::may_delete_by_hand;
use domain::recording::{DeletionWhy, Span};
use jiff::Timestamp;
use jiff::civil::Date;

use super::SegmentKey;
use super::deletion::{Condemned, condemn};
use super::due::PIN_HOLDS;
use super::segments::within;
use super::track::read_retention_days;
use crate::Store;
use crate::error::{Result, StoreError};
use crate::sql::Sql;

/// Most segments that a person deletes at once: a week of a camera.
const BY_HAND_MAX: i64 = 10_080;

impl Store {
    /// Deletes every segment of a camera that lies wholly within `span`, in the first of two phases like any deletion; how many went.
    /// The account `by` answers for it.
    ///
    /// Errors: NotFound outside the scope; Conflict when one of them is pinned, still being written, or owed to the law at `today`, and
    /// then nothing is deleted; Limit above a week of minutes.
    pub async fn delete_recordings(
        &self,
        access: &Access,
        camera_id: CameraId,
        span: &Span,
        (by, note): (UserId, &str),
        (now, today): (Timestamp, Date),
    ) -> Result<u64> {
        let tracks = self.tracks_of(access, camera_id).await?;
        let mut tx = self.pools.begin().await?;
        let mut keys = Vec::new();
        for track in tracks {
            let mut sql = Sql::new(
                "select s.key, s.end_at, s.is_open, k.floor_days, k.ceiling_days, exists (select 1 from recording_pin p
                     where p.track = s.track and p.released_at is null and p.keep_until > $1",
            )
            .with(now);
            sql.push(PIN_HOLDS).push(") as pinned");
            sql.push(" from segment s join recording_track k on k.key = s.track where 1 = 1");
            within(&mut sql, track, span);
            sql.push(" and s.start_at >= ").bind(span.start).push(" and s.end_at <= ").bind(span.end);
            sql.push(" order by s.key limit ").bind(BY_HAND_MAX + 1);
            for row in tx.fetch_all(sql).await? {
                let pinned = row.flag("pinned")?;
                let standing = read_retention_days(&row)?.standing(row.time("end_at")?, pinned, today);
                if row.flag("is_open")? || !may_delete_by_hand(standing) {
                    return Err(StoreError::conflict("something in it is pinned, or has to be kept longer"));
                }
                keys.push(SegmentKey(row.int("key")?));
            }
        }
        if keys.len() as i64 > BY_HAND_MAX {
            return Err(StoreError::Limit(format!("more than {BY_HAND_MAX} segments: delete less at once")));
        }
        let condemned = Condemned { keys: &keys, why: DeletionWhy::Operator, below_floor: false, at: now };
        let gone = condemn(&mut tx, &condemned, Some(by), Some(note)).await?;
        tx.commit().await?;
        Ok(gone)
    }
}
