//! What is wrong is said in one clear line, with exit code 1, before anything is touched.
#![allow(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

use std::net::TcpListener;
use std::path::Path;

use stories::{Ended, run};

fn only_line(ended: &Ended) -> &str {
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let lines: Vec<&str> = ended.err.lines().collect();
    assert_eq!(lines.len(), 1, "one line expected: {ended:?}");
    lines[0]
}

fn serve(data: &Path, listen: &str) -> Ended {
    run(&["serve", "--data", data.to_str().unwrap(), "--listen", listen]).unwrap()
}

#[test]
fn a_port_in_use_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ended = serve(&folder.path().join("data"), &address);
    assert!(only_line(&ended).contains(&address), "{ended:?}");
}

#[test]
fn a_data_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    std::fs::write(&file, "not a folder").unwrap();
    let ended = serve(&file.join("data"), "127.0.0.1:0");
    assert!(only_line(&ended).contains("a-file"), "{ended:?}");
}

#[test]
fn an_unknown_key_is_named_with_file_line_and_the_nearest_key() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("watchfire.toml");
    std::fs::write(&file, "[server]\n# the address\nlissten = \"127.0.0.1:0\"\n").unwrap();
    let ended = run(&["serve", "--config", file.to_str().unwrap()]).unwrap();
    let line = only_line(&ended);
    assert!(
        line.contains("watchfire.toml") && line.contains("line 3") && line.contains("server.listen"),
        "{line}"
    );
}

#[test]
fn a_scan_of_other_peoples_networks_is_refused() {
    for (range, words) in
        [("8.8.8.0/24", "8.8.8.0/24 is not in a private network"), ("10.0.0.0/8", "1024 addresses")]
    {
        let ended = run(&["scan", range]).unwrap();
        assert!(only_line(&ended).contains(words), "{ended:?}");
    }
}

#[test]
fn a_database_of_a_newer_program_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let listed = run(&["user", "list", "--data", data.to_str().unwrap()]).unwrap();
    assert_eq!(listed.code, Some(0), "{listed:?}");
    make_newer(&data.join("watchfire.sqlite"));
    let ended = serve(&data, "127.0.0.1:0");
    assert!(only_line(&ended).to_lowercase().contains("newer"), "{ended:?}");
}

/// Records a migration that this program does not know, as a later version would have.
fn make_newer(database: &Path) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(database);
        let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
        let sql = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
             select 999999, 'from the future', true, checksum, 0 from _sqlx_migrations limit 1";
        assert_eq!(sqlx::query(sql).execute(&pool).await.unwrap().rows_affected(), 1);
        pool.close().await;
    });
}
