//! Wiring: from configuration to a platform that is ready to work, and the log.

use std::fs::{File, TryLockError};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use jiff::Timestamp;
use platform::seal::Seal;
use platform::{Ask, Platform, Surroundings};
use ring::rand::{SecureRandom as _, SystemRandom};
use store::{Database, Store, StoreConfig};
use tracing_subscriber::EnvFilter;

use crate::cli::DataArgs;
use crate::config::{self, Config};
use crate::weights;

/// File in the data folder that seals camera passwords.
const SEAL_KEY_FILE: &str = "seal.key";
/// SQLite file in the data folder.
const SQLITE_FILE: &str = "watchfire.sqlite";
/// Folder of pictures and clips in the data folder.
const BLOB_FOLDER: &str = "blobs";

/// File in the data folder that is locked while a platform runs on it.
const RUNNING_FILE: &str = "running.lock";

/// Log to standard error; standard output belongs to results.
pub fn start_log(json: bool) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("warn,watchfire=info,platform=info,watchfire_platform=info"));
    let colours = std::io::stderr().is_terminal();
    let log =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    if json { log.json().init() } else { log.with_target(false).init() }
}

/// Configuration from file, environment and arguments.
pub fn configuration(args: &DataArgs) -> anyhow::Result<Config> {
    let mut config = config::load(args.config.as_deref(), std::env::vars())?;
    if let Some(folder) = &args.data {
        config.data.folder.clone_from(folder);
    }
    Ok(config)
}

/// The platform on the configured data, regions in place, nothing running yet.
pub async fn open(config: &Config, demo: bool) -> anyhow::Result<Platform> {
    let folder = &config.data.folder;
    make_folder(folder)?;
    let database = if config.data.postgres_url.is_empty() {
        Database::Sqlite { path: folder.join(SQLITE_FILE) }
    } else {
        Database::Postgres { url: config.data.postgres_url.clone() }
    };
    let store = Store::open(&StoreConfig { database, blobs: folder.join(BLOB_FOLDER) })
        .await
        .with_context(|| format!("data folder {}", folder.display()))?;
    let surroundings = surroundings();
    let key_path = folder.join(SEAL_KEY_FILE);
    let seal = Seal::open_or_create(&key_path, &surroundings.random())
        .with_context(|| format!("key file {}", key_path.display()))?;
    let (model, weights) = weights::serving(&config.watch.weights)?;
    let platform = Platform::new(store, config.settings(demo, weights), surroundings, seal, Arc::new(model));
    platform.seed_regions(&domain::register::regions::jiangxi_regions()).await.context("regions")?;
    Ok(platform)
}

/// Says that a platform runs on this folder, for as long as the answer is kept. None where another one does.
pub fn mark_running(folder: &Path) -> anyhow::Result<Option<File>> {
    let path = folder.join(RUNNING_FILE);
    let file = File::create(&path).with_context(|| format!("{}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("{}", path.display())),
    }
}

/// A request by whoever runs the machine.
pub fn operator(platform: &Platform) -> Ask {
    Ask::platform(platform.surroundings().now())
}

/// Waits for Ctrl-C or SIGTERM.
pub async fn interrupted() {
    let terminate = async {
        #[cfg(unix)]
        if let Ok(mut signal) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            signal.recv().await;
            return;
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}

fn surroundings() -> Surroundings {
    let random = SystemRandom::new();
    Surroundings::new(Timestamp::now, move |bytes| {
        random.fill(bytes).expect("the operating system gives random bytes");
    })
}

fn make_folder(folder: &Path) -> anyhow::Result<()> {
    let probe: PathBuf = folder.join(".writable");
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&probe, b""))
        .and_then(|()| std::fs::remove_file(&probe))
        .with_context(|| {
            format!("data folder {} cannot be written; choose another with --data", folder.display())
        })
}
