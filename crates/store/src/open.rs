//! Opening: the folder is proved writable, the schema is brought up to date or refused, the connections are set up.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use sqlx::Connection as _;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::Store;
use crate::engine::{
    ACQUIRE_TIMEOUT, BUSY_TIMEOUT, LOCK_TIMEOUT_MS, POSTGRES_CONNECTIONS, Pools, SQLITE_READERS,
    STATEMENT_TIMEOUT_MS,
};
use crate::error::{Result, StoreError};
use crate::sql::Sql;

static SQLITE_SCHEMA: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES_SCHEMA: Migrator = sqlx::migrate!("migrations/postgres");

/// Memory for pages of the connection that writes, as a negative number of KiB. The system's own cache stands behind it.
const SQLITE_WRITER_CACHE: &str = "-8192";
/// The same for each of those that read.
const SQLITE_READER_CACHE: &str = "-2048";

/// Which engine keeps the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// One file; the embedded default.
    Sqlite {
        /// The file; created with its folder where missing.
        path: PathBuf,
    },
    /// A PostgreSQL 15 or later.
    Postgres {
        /// `postgres://user@host/database`; may carry a password, so never log it.
        url: String,
    },
}

/// Where things are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreConfig {
    /// The rows.
    pub database: Database,
    /// Folder of the blobs; created where missing.
    pub blobs: PathBuf,
}

impl Store {
    /// Opens the store and brings its schema up to date.
    ///
    /// Errors: [`StoreError::Unwritable`] names the folder that cannot be written, [`StoreError::NewerSchema`] refuses a database
    /// that a newer program has changed (nothing is touched), [`StoreError::Unavailable`] when the server does not answer.
    pub async fn open(config: &StoreConfig) -> Result<Self> {
        prove_writable(&config.blobs)?;
        let pools = match &config.database {
            Database::Sqlite { path } => open_sqlite(path).await?,
            Database::Postgres { url } => open_postgres(url).await?,
        };
        let schema = match &pools {
            Pools::Sqlite { .. } => &SQLITE_SCHEMA,
            Pools::Postgres(_) => &POSTGRES_SCHEMA,
        };
        let migrated = match refuse_newer(&pools, schema).await {
            Ok(()) => migrate(&pools, schema).await,
            Err(error) => Err(error),
        };
        if let Err(error) = migrated {
            pools.close().await;
            return Err(error);
        }
        Ok(Self { pools, blobs: config.blobs.clone() })
    }

    /// Waits for running statements and closes every connection.
    pub async fn close(&self) {
        self.pools.close().await;
    }

    /// `sqlite` or `postgresql`, for logs and the system page.
    pub fn engine_name(&self) -> &'static str {
        match self.pools {
            Pools::Sqlite { .. } => "sqlite",
            Pools::Postgres(_) => "postgresql",
        }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.pools.fetch_one(Sql::new("select 1 as one")).await.map(|_| ())
    }
}

/// Creates the folder and writes a file into it: permissions, read-only mounts and full disks all show here, with the folder's name.
fn prove_writable(folder: &Path) -> Result<()> {
    let unwritable =
        |error: std::io::Error| StoreError::Unwritable { path: folder.to_owned(), reason: error.to_string() };
    std::fs::create_dir_all(folder).map_err(unwritable)?;
    let probe = folder.join(".write-probe");
    std::fs::write(&probe, b"probe").map_err(unwritable)?;
    std::fs::remove_file(&probe).map_err(unwritable)
}

async fn open_sqlite(path: &Path) -> Result<Pools> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        prove_writable(folder)?;
    }
    let unwritable =
        |error: sqlx::Error| StoreError::Unwritable { path: path.to_owned(), reason: error.to_string() };
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // An alarm that was committed is there after the power failed.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("temp_store", "memory");
    let pool = |connections| {
        SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .idle_timeout(None)
            .max_lifetime(None)
            // Where SQLite takes a transaction back by itself, as on a full disk, sqlx goes on counting it, and no other could ever begin on
            // that connection. The ping before this has gone through whatever the connection still had to do.
            .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
    };
    let writer = pool(1)
        .connect_with(options.clone().pragma("cache_size", SQLITE_WRITER_CACHE))
        .await
        .map_err(unwritable)?;
    // Readers come when they are needed, and so after the migrations: one that has seen the schema before counts the columns of its
    // first statement by that, and sqlx panics over the row.
    let readers = pool(SQLITE_READERS)
        .connect_lazy_with(options.pragma("query_only", "on").pragma("cache_size", SQLITE_READER_CACHE));
    Ok(Pools::Sqlite { writer, readers })
}

async fn open_postgres(url: &str) -> Result<Pools> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|error| StoreError::Invalid(format!("database url: {error}")))?
        .application_name("watchfire")
        .options([("statement_timeout", STATEMENT_TIMEOUT_MS), ("lock_timeout", LOCK_TIMEOUT_MS)]);
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options)
        .await?;
    Ok(Pools::Postgres(pool))
}

/// Refuses a database that has a migration this program does not know, before anything is written.
async fn refuse_newer(pools: &Pools, schema: &Migrator) -> Result<()> {
    let exists = Sql::new(match pools {
        Pools::Sqlite { .. } => {
            "select count(*) as n from sqlite_master where type = 'table' and name = '_sqlx_migrations'"
        }
        Pools::Postgres(_) => "select count(*) as n where to_regclass('_sqlx_migrations') is not null",
    });
    // Of SQLite the writer: see `open_sqlite`.
    let mut tx = pools.begin().await?;
    if tx.fetch_opt(exists).await?.map_or(Ok(0), |row| row.int("n"))? == 0 {
        return Ok(());
    }
    let last = Sql::new("select cast(coalesce(max(version), 0) as bigint) as last from _sqlx_migrations");
    let found = tx.fetch_opt(last).await?.map_or(Ok(0), |row| row.int("last"))?;
    let known = schema.iter().map(|migration| migration.version).max().unwrap_or(0);
    if found > known { Err(StoreError::NewerSchema { found, known }) } else { Ok(()) }
}

/// Runs what is missing. sqlx holds an advisory lock on PostgreSQL meanwhile, so that two nodes may start at once.
async fn migrate(pools: &Pools, schema: &Migrator) -> Result<()> {
    match pools {
        Pools::Sqlite { writer, .. } => schema.run(writer).await,
        Pools::Postgres(pool) => schema.run(pool).await,
    }
    .map_err(|error| match error {
        sqlx::migrate::MigrateError::Execute(error)
        | sqlx::migrate::MigrateError::ExecuteMigration(error, _) => StoreError::from(error),
        error => StoreError::Corrupt(format!("schema: {error}")),
    })
}
