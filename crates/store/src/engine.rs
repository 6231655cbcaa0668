//! The seam between the two engines: two concrete pools behind one enum, one transaction type, one way to run a statement.
//!
//! SQLite has one writer connection and a pool of readers that cannot write; PostgreSQL has one pool. Everything above this file is
//! written once.

use std::time::Duration;

use sqlx::postgres::{PgArguments, PgPool};
use sqlx::sqlite::{SqliteArguments, SqlitePool};
use sqlx::{Arguments, AssertSqlSafe, Postgres, Sqlite, Transaction};

use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::sql::{Sql, Value};

/// Readers of one SQLite file; more do not help on the few cores of a school's machine.
pub(crate) const SQLITE_READERS: u32 = 4;
/// Connections to PostgreSQL of one process.
pub(crate) const POSTGRES_CONNECTIONS: u32 = 12;
/// How long a caller waits for a connection before it is told "later".
pub(crate) const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a statement waits for another process writing the same SQLite file.
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Longest statement on PostgreSQL: freezing a register takes seconds, nothing else comes near.
pub(crate) const STATEMENT_TIMEOUT_MS: &str = "60000";
/// Longest wait for a lock on PostgreSQL.
pub(crate) const LOCK_TIMEOUT_MS: &str = "10000";

/// The pools.
#[derive(Debug, Clone)]
pub(crate) enum Pools {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Postgres(PgPool),
}

/// A writing transaction; rolled back unless committed.
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// What only one transaction at a time may do, in the whole cluster. SQLite has one writer anyway.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lock {
    /// Append to the outbox: sequence numbers then become visible in their order, so a reader that went past one never misses it.
    Outbox,
    /// Append to the audit chain.
    Audit,
    /// Change the register or freeze it.
    Register,
    /// Give a bulletin its number, or take a signing key into use.
    Bulletins,
    /// Give notices their numbers and places in a series.
    Notices,
    /// Give the next digits to a camera or unit.
    GivenIds,
    /// Pin a recording or delete one: what is pinned while something is being deleted stays.
    Pins,
    /// Accept a contract: an organisation takes on no more than it can serve, a unit has one at a time.
    Contracts,
    /// Change a roster: nobody is entered in two rooms at once.
    Rosters,
}

impl Pools {
    /// Rows from the readers.
    pub(crate) async fn fetch_all(&self, sql: Sql) -> Result<Vec<Row>> {
        Ok(match self {
            Self::Sqlite { readers, .. } => {
                let query = sqlx::query_with(AssertSqlSafe(sql.text), sqlite_arguments(sql.values)?);
                query.fetch_all(readers).await?.into_iter().map(Row::Sqlite).collect()
            }
            Self::Postgres(pool) => {
                let query = sqlx::query_with(AssertSqlSafe(sql.text), postgres_arguments(sql.values)?);
                query.fetch_all(pool).await?.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// At most one row from the readers.
    pub(crate) async fn fetch_opt(&self, sql: Sql) -> Result<Option<Row>> {
        Ok(self.fetch_all(sql).await?.into_iter().next())
    }

    /// The one row that must be there.
    pub(crate) async fn fetch_one(&self, sql: Sql) -> Result<Row> {
        self.fetch_opt(sql).await?.ok_or(StoreError::NotFound)
    }

    /// Begins to write.
    pub(crate) async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            // Immediate: a second process (an import on the command line) is waited for here, not met half-way.
            Self::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("begin immediate").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// One statement as a transaction of its own; how many rows it changed.
    pub(crate) async fn execute(&self, sql: Sql) -> Result<u64> {
        let mut tx = self.begin().await?;
        let changed = tx.execute(sql).await?;
        tx.commit().await?;
        Ok(changed)
    }

    /// One `… returning` statement as a transaction of its own.
    pub(crate) async fn execute_returning(&self, sql: Sql) -> Result<Option<Row>> {
        let mut tx = self.begin().await?;
        let row = tx.fetch_opt(sql).await?;
        tx.commit().await?;
        Ok(row)
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    pub(crate) async fn execute(&mut self, sql: Sql) -> Result<u64> {
        Ok(match self {
            Self::Sqlite(tx) => {
                let query = sqlx::query_with(AssertSqlSafe(sql.text), sqlite_arguments(sql.values)?);
                query.execute(&mut **tx).await?.rows_affected()
            }
            Self::Postgres(tx) => {
                let query = sqlx::query_with(AssertSqlSafe(sql.text), postgres_arguments(sql.values)?);
                query.execute(&mut **tx).await?.rows_affected()
            }
        })
    }

    pub(crate) async fn fetch_all(&mut self, sql: Sql) -> Result<Vec<Row>> {
        Ok(match self {
            Self::Sqlite(tx) => {
                let query = sqlx::query_with(AssertSqlSafe(sql.text), sqlite_arguments(sql.values)?);
                query.fetch_all(&mut **tx).await?.into_iter().map(Row::Sqlite).collect()
            }
            Self::Postgres(tx) => {
                let query = sqlx::query_with(AssertSqlSafe(sql.text), postgres_arguments(sql.values)?);
                query.fetch_all(&mut **tx).await?.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    pub(crate) async fn fetch_opt(&mut self, sql: Sql) -> Result<Option<Row>> {
        Ok(self.fetch_all(sql).await?.into_iter().next())
    }

    /// Waits for its turn; released at the end of the transaction.
    pub(crate) async fn lock(&mut self, lock: Lock) -> Result<()> {
        if let Self::Postgres(_) = self {
            // Keys of our own in the two-key space of advisory locks: 0x5746 is "WF".
            let sql = Sql::new("select pg_advisory_xact_lock(22342, cast($1 as integer))").with(lock as i64);
            self.fetch_all(sql).await?;
        }
        Ok(())
    }

    /// Lets rows refer to a row that is only written at the end of the transaction. PostgreSQL knows from the schema which may.
    pub(crate) async fn defer_foreign_keys(&mut self) -> Result<()> {
        if let Self::Sqlite(_) = self {
            self.execute(Sql::new("pragma defer_foreign_keys = on")).await?;
        }
        Ok(())
    }

    /// After many new rows: PostgreSQL plans by counts that are otherwise a minute old. SQLite plans by the wording.
    pub(crate) async fn refresh_statistics(&mut self, analyze: &'static str) -> Result<()> {
        if let Self::Postgres(_) = self {
            self.execute(Sql::new(analyze)).await?;
        }
        Ok(())
    }

    /// Takes everything back, now rather than when the connection is used again.
    pub(crate) async fn roll_back(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await?,
            Self::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }

    pub(crate) async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

fn refuse_nul(text: Option<&String>) -> Result<()> {
    match text {
        // PostgreSQL cannot keep U+0000 and SQLite cuts it in places: refused for both.
        Some(text) if text.contains('\0') => Err(StoreError::Invalid("text contains U+0000".to_owned())),
        _ => Ok(()),
    }
}

fn sqlite_arguments(values: Vec<Value>) -> Result<SqliteArguments> {
    let mut arguments = SqliteArguments::default();
    for value in values {
        match value {
            Value::Text(v) => {
                refuse_nul(v.as_ref())?;
                Arguments::add(&mut arguments, v)
            }
            Value::Int(v) => Arguments::add(&mut arguments, v),
            Value::Real(v) => Arguments::add(&mut arguments, v),
            Value::Flag(v) => Arguments::add(&mut arguments, v),
            Value::Bytes(v) => Arguments::add(&mut arguments, v),
        }
        .map_err(|error| StoreError::Internal(sqlx::Error::Encode(error)))?;
    }
    Ok(arguments)
}

fn postgres_arguments(values: Vec<Value>) -> Result<PgArguments> {
    let mut arguments = PgArguments::default();
    for value in values {
        match value {
            Value::Text(v) => {
                refuse_nul(v.as_ref())?;
                Arguments::add(&mut arguments, v)
            }
            Value::Int(v) => Arguments::add(&mut arguments, v),
            Value::Real(v) => Arguments::add(&mut arguments, v),
            Value::Flag(v) => Arguments::add(&mut arguments, v),
            Value::Bytes(v) => Arguments::add(&mut arguments, v),
        }
        .map_err(|error| StoreError::Internal(sqlx::Error::Encode(error)))?;
    }
    Ok(arguments)
}
