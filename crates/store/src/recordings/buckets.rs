//! Disks that are buckets: where they are, and what is moved to them.

use domain::recording::BucketTakes;

use crate::engine::Tx;
use crate::error::Result;
use crate::row::Row;
use crate::sql::Sql;

/// The bucket of a disk as entered.
#[derive(Clone, PartialEq, Eq)]
pub struct BucketRecord {
    /// Scheme, host and port of the service.
    pub endpoint: String,
    /// Where requests are signed for.
    pub region: String,
    /// Its name.
    pub bucket: String,
    /// Where in it the disk lies; empty: at its top.
    pub prefix: String,
    /// The bucket stands in the path of requests and not before the host.
    pub path_style: bool,
    /// The access key, without its secret.
    pub access_key_id: String,
    /// The secret, sealed by whoever knows the key of the seal.
    pub sealed_secret: Vec<u8>,
    /// What is moved there.
    pub takes: BucketTakes,
    /// How long after its end a segment moves, hours.
    pub after_hours: i64,
    /// Most bytes of a second; none: as fast as it goes.
    pub bytes_per_second_max: Option<i64>,
}

impl std::fmt::Debug for BucketRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BucketRecord({} {}/{} as {})", self.endpoint, self.bucket, self.prefix, self.access_key_id)
    }
}

/// Writes the bucket of a disk down, or what changed of it.
pub(super) async fn write_bucket(tx: &mut Tx, disk: i64, bucket: &BucketRecord) -> Result<()> {
    let sql = Sql::new(
        "insert into recording_bucket (disk, endpoint, region, bucket, prefix, path_style, access_key_id, sealed_secret, takes,
             after_hours, bytes_per_second_max)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (disk) do update set endpoint = excluded.endpoint, region = excluded.region, bucket = excluded.bucket,
             prefix = excluded.prefix, path_style = excluded.path_style, access_key_id = excluded.access_key_id,
             sealed_secret = excluded.sealed_secret, takes = excluded.takes, after_hours = excluded.after_hours,
             bytes_per_second_max = excluded.bytes_per_second_max",
    )
    .with(disk)
    .with(&bucket.endpoint)
    .with(&bucket.region)
    .with(&bucket.bucket)
    .with(&bucket.prefix)
    .with(bucket.path_style)
    .with(&bucket.access_key_id)
    .with(bucket.sealed_secret.as_slice())
    .with(bucket.takes.as_str())
    .with(bucket.after_hours)
    .with(bucket.bytes_per_second_max);
    tx.execute(sql).await.map(|_| ())
}

/// The bucket of a row of disks with the columns of [`BUCKET_COLUMNS`]; none of a folder.
pub(super) fn read_bucket(row: &Row) -> Result<Option<BucketRecord>> {
    let Some(endpoint) = row.text_opt("endpoint")? else { return Ok(None) };
    Ok(Some(BucketRecord {
        endpoint,
        region: row.text("region")?,
        bucket: row.text("bucket")?,
        prefix: row.text("prefix")?,
        path_style: row.flag("path_style")?,
        access_key_id: row.text("access_key_id")?,
        sealed_secret: row.bytes("sealed_secret")?,
        takes: row.word("takes", BucketTakes::parse)?,
        after_hours: row.int("after_hours")?,
        bytes_per_second_max: row.int_opt("bytes_per_second_max")?,
    }))
}

/// The columns of a bucket, for a query that joins it as `b`.
pub(super) const BUCKET_COLUMNS: &str =
    "b.endpoint, b.region, b.bucket, b.prefix, b.path_style, b.access_key_id, b.sealed_secret, b.takes,
    b.after_hours, b.bytes_per_second_max";
