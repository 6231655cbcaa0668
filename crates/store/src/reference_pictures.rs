//! Reference pictures of cameras: how a scene has to be, approved by a person. The file first, durable, then the row that names it.

use domain::access::Access;
use domain::ids::{BlobId, CameraId, UserId};
use domain::zone::Light;
use jiff::Timestamp;

use crate::Store;
use crate::blobs::{id_of, sha256_hex};
use crate::error::{Result, StoreError};
use crate::row::{Row, corrupt};
use crate::sql::{Narrow, Sql};

/// A picture to approve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReference {
    /// The light it was taken by.
    pub light: Light,
    /// Width and height in pixels.
    pub size_px: [u32; 2],
    /// When the camera sent it.
    pub taken_at: Timestamp,
}

/// An approved picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceRow {
    /// What it is.
    pub picture: NewReference,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
    /// Who approved it, and by what name; none: the platform itself.
    pub approved_by: Option<(UserId, String)>,
    /// When.
    pub approved_at: Timestamp,
    blob_id: BlobId,
}

const ROWS: &str = "select r.*, p.display_name as approved_name from reference_picture r
    join camera c on c.id = r.camera_id
    join unit_now u on u.unit_id = c.unit_id
    left join account p on p.id = r.approved_by
    where c.removed_at is null and not exists (
        select 1 from reference_picture later where later.camera_id = r.camera_id and later.light = r.light and later.seq > r.seq)";

impl Store {
    /// Keeps a JPEG file as the picture that counts from now on for its camera and light. NotFound for a camera outside the scope or removed;
    /// Limit above [`crate::blobs::MAX_BLOB_BYTES`].
    pub async fn approve_reference(
        &self,
        access: &Access,
        id: CameraId,
        (new, jpeg): (&NewReference, &[u8]),
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<()> {
        // Before anything is written: a stranger must not fill the disk.
        self.camera(access, id).await?;
        let sha256 = sha256_hex(jpeg);
        let blob_id = id_of(&format!("{id} reference {sha256}"));
        self.write_blob(blob_id, jpeg).await?;
        let mut sql = Sql::new(
            "insert into reference_picture (camera_id, light, blob_id, sha256, size_bytes, width_px, height_px, taken_at, approved_by,
                 approved_at)
             select c.id, cast($1 as text), cast($2 as text), cast($3 as text), cast($4 as bigint), cast($5 as bigint),
                 cast($6 as bigint), cast($7 as bigint), cast($8 as text), cast($9 as bigint)
             from camera c join unit_now u on u.unit_id = c.unit_id where c.removed_at is null and c.id = $10",
        )
        .with(new.light.as_str())
        .with(blob_id.0)
        .with(&sha256)
        .with(jpeg.len() as i64)
        .with(new.size_px[0])
        .with(new.size_px[1])
        .with(new.taken_at)
        .with(by.map(|id| id.0))
        .with(at)
        .with(id.0);
        sql.narrow(access, Narrow::Current);
        if self.pools.execute(sql).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// The pictures that count, at most one by each light. Empty for a camera without any, and for one outside the scope.
    pub async fn references(&self, access: &Access, id: CameraId) -> Result<Vec<ReferenceRow>> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and r.camera_id = ").bind(id.0).narrow(access, Narrow::Current).push(" order by r.light");
        self.pools.fetch_all(sql).await?.iter().map(read_reference).collect()
    }

    /// The picture that counts by this light, its content checked against its hash. NotFound where there is none; Corrupt when the file is
    /// missing or altered.
    pub async fn reference_picture(
        &self,
        access: &Access,
        id: CameraId,
        light: Light,
    ) -> Result<(ReferenceRow, Vec<u8>)> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and r.camera_id = ").bind(id.0).push(" and r.light = ").bind(light.as_str());
        sql.narrow(access, Narrow::Current);
        let row = read_reference(&self.pools.fetch_one(sql).await?)?;
        let jpeg = self.read_blob(row.blob_id, &row.sha256).await?;
        Ok((row, jpeg))
    }
}

fn read_reference(row: &Row) -> Result<ReferenceRow> {
    let pixels = |column| {
        let value = row.int(column)?;
        u32::try_from(value).map_err(|_| corrupt(column, &value.to_string()))
    };
    let approved_by = row.id_opt("approved_by")?.zip(row.text_opt("approved_name")?);
    Ok(ReferenceRow {
        picture: NewReference {
            light: row.word("light", Light::parse)?,
            size_px: [pixels("width_px")?, pixels("height_px")?],
            taken_at: row.time("taken_at")?,
        },
        sha256: row.text("sha256")?,
        approved_by,
        approved_at: row.time("approved_at")?,
        blob_id: row.id("blob_id")?,
    })
}
