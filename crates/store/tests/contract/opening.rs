//! Opening: from nothing, again, by two at once, over a newer schema, in a folder that cannot be written.

use store::{Database, ErrorKind, Store, StoreConfig, StoreError};

use crate::contract;
use crate::house::House;

contract!(
    a_store_opens_again_and_twice_at_once,
    a_newer_schema_is_refused_and_left_alone,
    rows_survive_closing
);

async fn a_store_opens_again_and_twice_at_once(house: House) {
    let (one, two) = tokio::join!(Store::open(&house.config), Store::open(&house.config));
    for store in [one.unwrap(), two.unwrap()] {
        store.ping().await.unwrap();
        store.close().await;
    }
    house.store.ping().await.unwrap();
    assert!(["sqlite", "postgresql"].contains(&house.store.engine_name()));
}

async fn a_newer_schema_is_refused_and_left_alone(house: House) {
    let columns = "version, description, success, checksum, execution_time";
    let bytes = if house.is_sqlite() { "x'00'" } else { "'\\x00'" };
    house
        .behind(&format!("insert into _sqlx_migrations ({columns}) values (9999, 'later', true, {bytes}, 0)"))
        .await
        .unwrap();
    let refused = Store::open(&house.config).await.unwrap_err();
    assert!(matches!(refused, StoreError::NewerSchema { found: 9999, known } if known < 9999), "{refused}");
    assert!(refused.to_string().contains("9999"));
}

async fn rows_survive_closing(house: House) {
    house.store.put_setting("key", "value").await.unwrap();
    house.store.close().await;
    let closed = house.store.setting("key").await.unwrap_err();
    assert_eq!(closed.kind(), ErrorKind::Unavailable);
    let again = Store::open(&house.config).await.unwrap();
    assert_eq!(again.setting("key").await.unwrap().as_deref(), Some("value"));
    again.close().await;
}

#[tokio::test]
async fn an_unwritable_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a file");
    std::fs::write(&file, b"in the way").unwrap();
    let writable = folder.path().join("data");
    for (rows, blobs) in
        [(file.join("rows.sqlite"), writable.clone()), (writable.join("rows.sqlite"), file.join("blobs"))]
    {
        let config = StoreConfig { database: Database::Sqlite { path: rows }, blobs };
        let refused = Store::open(&config).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Unwritable);
        assert!(refused.to_string().contains("a file"), "{refused}");
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.sqlite");
    std::fs::write(&path, vec![b'x'; 8192]).unwrap();
    let config = StoreConfig { database: Database::Sqlite { path }, blobs: folder.path().join("blobs") };
    let refused = Store::open(&config).await.unwrap_err().to_string();
    assert!(refused.contains("rows.sqlite"), "{refused}");
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_unavailable() {
    let folder = tempfile::tempdir().unwrap();
    for (url, kind) in
        [("postgres://nobody@127.0.0.1:1/none", ErrorKind::Unavailable), ("not a url", ErrorKind::Invalid)]
    {
        let database = Database::Postgres { url: url.to_owned() };
        let config = StoreConfig { database, blobs: folder.path().join("blobs") };
        assert_eq!(Store::open(&config).await.unwrap_err().kind(), kind, "{url}");
    }
}
