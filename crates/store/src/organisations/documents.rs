//! Signed contracts as files: kept beside the contract, read by its two sides alone.

use domain::access::{Access, Scope};
use domain::ids::{BlobId, ContractId, UserId};
use jiff::Timestamp;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::sql::Sql;

/// Most files of one contract.
const DOCUMENTS_MAX: i64 = 20;

/// A file to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContractDocument {
    /// Id, also the blob's.
    pub id: BlobId,
    /// Of which contract.
    pub contract_id: ContractId,
    /// What it was called.
    pub file_name: String,
    /// What it is.
    pub content_type: &'static str,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
    /// When it was added.
    pub at: Timestamp,
}

/// A kept file, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractDocument {
    /// Id.
    pub id: BlobId,
    /// What it was called.
    pub file_name: String,
    /// What it is.
    pub content_type: String,
    /// How large.
    pub size_bytes: u64,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
    /// Who added it.
    pub by: (UserId, String),
    /// When.
    pub at: Timestamp,
}

impl Store {
    /// Keeps a file of a contract of one's own side. NotFound for everybody else.
    pub async fn add_contract_document(
        &self,
        access: &Access,
        new: &NewContractDocument,
        bytes: &[u8],
    ) -> Result<()> {
        let Some(actor) = access.user_id else { return Err(StoreError::NotFound) };
        self.pools.fetch_one(side(access, new.contract_id)).await?;
        let sql =
            Sql::new("select cast(count(*) as bigint) as n from contract_document where contract_id = $1");
        let known = self.pools.fetch_one(sql.with(new.contract_id.0)).await?.int("n")?;
        if known >= DOCUMENTS_MAX {
            return Err(StoreError::Limit(format!("{DOCUMENTS_MAX} files of one contract")));
        }
        // A blob without a row is found by the consistency check; a row without a blob would be a lie.
        self.write_blob(new.id, bytes).await?;
        let sql = Sql::new(
            "insert into contract_document (id, contract_id, file_name, content_type, size_bytes, sha256, added_by, added_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .with(new.id.0)
        .with(new.contract_id.0)
        .with(&new.file_name)
        .with(new.content_type)
        .with(bytes.len() as i64)
        .with(&new.sha256)
        .with(actor.0)
        .with(new.at);
        self.pools.execute(sql).await.map(drop)
    }

    /// Files of a contract, the last added first; NotFound for whoever is not one of its sides.
    pub async fn contract_documents(&self, access: &Access, id: ContractId) -> Result<Vec<ContractDocument>> {
        self.pools.fetch_one(side(access, id)).await?;
        let sql = Sql::new(
            "select f.*, p.display_name as by_name from contract_document f join account p on p.id = f.added_by
             where f.contract_id = $1 order by f.added_at desc, f.id desc",
        );
        self.pools.fetch_all(sql.with(id.0)).await?.iter().map(read_document).collect()
    }

    /// One file with its bytes, compared with the digest that was kept.
    pub async fn contract_document(
        &self,
        access: &Access,
        contract: ContractId,
        id: BlobId,
    ) -> Result<(ContractDocument, Vec<u8>)> {
        let all = self.contract_documents(access, contract).await?;
        let one = all.into_iter().find(|one| one.id == id).ok_or(StoreError::NotFound)?;
        let bytes = self.read_blob(id, &one.sha256).await?;
        Ok((one, bytes))
    }
}

/// The contract, for its two sides alone: an office that watches over both does not read what they signed.
fn side(access: &Access, id: ContractId) -> Sql {
    let mut sql = Sql::new("select c.id from contract c where c.id = $1").with(id.0);
    match access.scope {
        Some(Scope::Unit(unit)) => {
            sql.push(" and c.unit_id = ").bind(unit.0);
        }
        Some(Scope::Organisation(organisation)) => {
            sql.push(" and c.organisation_id = ").bind(organisation.0);
        }
        Some(Scope::Region(_)) | None => {
            sql.push(" and 1 = 0");
        }
    }
    sql
}

fn read_document(row: &Row) -> Result<ContractDocument> {
    Ok(ContractDocument {
        id: row.id("id")?,
        file_name: row.text("file_name")?,
        content_type: row.text("content_type")?,
        size_bytes: u64::from(row.count("size_bytes")?),
        sha256: row.text("sha256")?,
        by: (row.id("added_by")?, row.text("by_name")?),
        at: row.time("added_at")?,
    })
}
