//! Keys that sign bulletins. The secret half comes in and goes out encrypted; the public halves are for everybody, the retired ones
//! too, so that an old signature can be checked for ever.

use jiff::Timestamp;

use crate::Store;
use crate::engine::Lock;
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::sql::Sql;

/// A key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// Short name: the first 16 hex digits of SHA-256 over the public key.
    pub key_id: String,
    /// Name of the signature scheme.
    pub algorithm: String,
    /// Public half.
    pub public_key: Vec<u8>,
    /// Secret half, encrypted by the caller.
    pub sealed_secret: Vec<u8>,
    /// First moment of use.
    pub valid_from: Timestamp,
    /// When it was replaced.
    pub retired_at: Option<Timestamp>,
}

impl Store {
    /// Every key, oldest first.
    pub async fn signing_keys(&self) -> Result<Vec<SigningKey>> {
        let sql = Sql::new("select * from signing_key order by valid_from, key_id");
        self.pools.fetch_all(sql).await?.iter().map(read_key).collect()
    }

    /// The key in use of a scheme.
    pub async fn signing_key_in_use(&self, algorithm: &str) -> Result<Option<SigningKey>> {
        let sql =
            Sql::new("select * from signing_key where algorithm = $1 and retired_at is null").with(algorithm);
        self.pools.fetch_opt(sql).await?.as_ref().map(read_key).transpose()
    }

    /// Keeps the first key of a scheme, and answers the one in use: of two nodes that start at once both get the same.
    pub async fn add_first_signing_key(&self, key: &SigningKey) -> Result<SigningKey> {
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Bulletins).await?;
        let in_use = || {
            Sql::new("select * from signing_key where algorithm = $1 and retired_at is null")
                .with(&key.algorithm)
        };
        if let Some(row) = tx.fetch_opt(in_use()).await? {
            return read_key(&row);
        }
        tx.execute(insert(key)).await?;
        tx.commit().await?;
        Ok(key.clone())
    }

    /// Retires the key in use and puts another in its place. NotFound where none is in use yet.
    pub async fn replace_signing_key(&self, key: &SigningKey) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Bulletins).await?;
        let sql =
            Sql::new("update signing_key set retired_at = $1 where algorithm = $2 and retired_at is null")
                .with(key.valid_from)
                .with(&key.algorithm);
        if tx.execute(sql).await? != 1 {
            return Err(StoreError::NotFound);
        }
        tx.execute(insert(key)).await?;
        tx.commit().await
    }
}

fn insert(key: &SigningKey) -> Sql {
    Sql::new(
        "insert into signing_key (key_id, algorithm, public_key, sealed_secret, valid_from) values ($1, $2, $3, $4, $5)",
    )
    .with(&key.key_id)
    .with(&key.algorithm)
    .with(key.public_key.as_slice())
    .with(key.sealed_secret.as_slice())
    .with(key.valid_from)
}

fn read_key(row: &Row) -> Result<SigningKey> {
    Ok(SigningKey {
        key_id: row.text("key_id")?,
        algorithm: row.text("algorithm")?,
        public_key: row.bytes("public_key")?,
        sealed_secret: row.bytes("sealed_secret")?,
        valid_from: row.time("valid_from")?,
        retired_at: row.time_opt("retired_at")?,
    })
}
