//! The customer's red-head template: a file that documents are filled into. Earlier ones stay.

use domain::access::Access;
use domain::ids::{BlobId, UserId};
use jiff::Timestamp;

use crate::Store;
use crate::blobs::{id_of, sha256_hex};
use crate::error::Result;
use crate::sql::Sql;

/// The template in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulletinTemplate {
    /// File name as uploaded; shown, never used as a path.
    pub name: String,
    /// When it was uploaded.
    pub at: Timestamp,
    /// By whom.
    pub by_id: Option<UserId>,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
    /// Bytes.
    pub size_bytes: i64,
    blob_id: BlobId,
}

impl Store {
    /// Puts a template in force. Only for those who see drafts.
    pub async fn put_bulletin_template(
        &self,
        access: &Access,
        name: &str,
        bytes: &[u8],
        at: Timestamp,
    ) -> Result<()> {
        self.need_all(access).await?;
        let sha256 = sha256_hex(bytes);
        let blob_id = id_of(&format!("bulletin template {sha256}"));
        self.write_blob(blob_id, bytes).await?;
        let sql = Sql::new(
            "insert into bulletin_template (at, by_id, name, blob_id, sha256, size_bytes) values ($1, $2, $3, $4, $5, $6)",
        )
        .with(at)
        .with(access.user_id.map(|id| id.0))
        .with(name)
        .with(blob_id.0)
        .with(&sha256)
        .with(bytes.len() as i64);
        self.pools.execute(sql).await.map(|_| ())
    }

    /// Takes the template out of force. Only for those who see drafts.
    pub async fn drop_bulletin_template(&self, access: &Access, at: Timestamp) -> Result<()> {
        self.need_all(access).await?;
        let sql = Sql::new("insert into bulletin_template (at, by_id) values ($1, $2)")
            .with(at)
            .with(access.user_id.map(|id| id.0));
        self.pools.execute(sql).await.map(|_| ())
    }

    /// The template in force. Only for those who see drafts.
    pub async fn bulletin_template(&self, access: &Access) -> Result<Option<BulletinTemplate>> {
        self.need_all(access).await?;
        let sql = Sql::new("select * from bulletin_template order by seq desc limit 1");
        let Some(row) = self.pools.fetch_opt(sql).await? else { return Ok(None) };
        let Some(blob_id) = row.id_opt("blob_id")? else { return Ok(None) };
        Ok(Some(BulletinTemplate {
            name: row.text_opt("name")?.unwrap_or_default(),
            at: row.time("at")?,
            by_id: row.id_opt("by_id")?,
            sha256: row.text("sha256")?,
            size_bytes: row.int("size_bytes")?,
            blob_id,
        }))
    }

    /// The file of a template. Only for those who see drafts.
    pub async fn bulletin_template_file(
        &self,
        access: &Access,
        template: &BulletinTemplate,
    ) -> Result<Vec<u8>> {
        self.need_all(access).await?;
        self.read_blob(template.blob_id, &template.sha256).await
    }
}
