//! Opening: from nothing, again, by two at once, over a newer schema, in a folder that cannot be written.

use std::path::Path;

use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};
use store::{CameraSource, Database, ErrorKind, Store, StoreConfig, StoreError};
use uuid::Uuid;

use crate::contract;
use crate::house::House;

contract!(
    a_store_opens_again_and_twice_at_once,
    a_newer_schema_is_refused_and_left_alone,
    rows_survive_closing,
    a_transaction_that_the_database_took_back_by_itself_blocks_no_other
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

async fn a_transaction_that_the_database_took_back_by_itself_blocks_no_other(house: House) {
    // SQLite does this when the disk is full; PostgreSQL never does.
    if house.is_sqlite() {
        let full = "create trigger full before insert on setting begin select raise(rollback, 'full'); end";
        house.behind(full).await.unwrap();
        assert!(house.store.put_setting("key", "value").await.is_err());
        house.behind("drop trigger full").await.unwrap();
    }
    house.store.put_setting("key", "value").await.unwrap();
    assert_eq!(house.store.setting("key").await.unwrap().as_deref(), Some("value"));
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

/// On SQLite the fourth migration writes the table of cameras anew; on PostgreSQL it only lets a column be null.
#[tokio::test]
async fn cameras_entered_before_devices_existed_stay() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.sqlite");
    let migrations = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    for name in ["0001_first.sql", "0002_snapshots.sql", "0003_bulletins.sql"] {
        std::fs::copy(migrations.join(name), folder.path().join(name)).unwrap();
    }
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true).foreign_keys(true);
    let mut old = options.connect().await.unwrap();
    Migrator::new(folder.path()).await.unwrap().run(&mut old).await.unwrap();
    let [region, unit, camera] = [1, 2, 3].map(Uuid::from_u128);
    let rows = format!(
        "insert into region (id, level, name, short_name, sibling_order, position) values ('{region}', 'province', '江西省', '江西', 0, 0);
         insert into unit values ('{unit}', 0);
         insert into unit_version (unit_id, valid_from, name, category, region_id, boarding, connection, duty, is_connected,
             is_on_duty, connection_provenance, duty_provenance, synthetic, source)
         values ('{unit}', 0, '某校', 'university', '{region}', false, 'built', 'none', false, false, 'reported', 'reported', true, 'x');
         insert into camera values ('{camera}', '{unit}', '校门', 'gate', 'rtsp://192.0.2.7/', 'video', x'00ff', true, false, false, 1, 2,
             null, null);
         insert into camera_state values ('{camera}', 'online', null, 3)"
    );
    old.execute(AssertSqlSafe(rows)).await.unwrap();
    old.close().await.unwrap();
    let database = Database::Sqlite { path: path.clone() };
    let config = StoreConfig { database, blobs: folder.path().join("blobs") };
    let store = Store::open(&config).await.unwrap();
    let all = store.all_cameras().await.unwrap();
    let source = CameraSource::Rtsp {
        address: "rtsp://192.0.2.7/".to_owned(),
        user_name: Some("video".to_owned()),
        sub_address: None,
        onvif_address: None,
        sealed_password: Some(vec![0, 255]),
    };
    assert_eq!((all.len(), &all[0].camera.source, all[0].camera.name.as_str()), (1, &source, "校门"));
    assert!(all[0].seen.is_some());
    store.close().await;
    let mut behind = options.connect().await.unwrap();
    assert!(behind.execute("delete from camera").await.is_err(), "what names a camera still holds it");
    behind.close().await.unwrap();
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
