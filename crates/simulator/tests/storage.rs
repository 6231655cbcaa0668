//! Stories of a bucket: the product's files of a bucket on one side, a simulated S3 service that checks every signature on the other.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use media::record::{
    BucketAddress, BucketFiles, BucketKeys, BucketTrouble, DiskId, Files, IdentityError, OpenFile, Pace,
    Places, SystemFiles, check_identity, make_disk, read_identity, remove_recorded,
};
use watchfire_simulator::storage::{Storage, StorageFaults};

const KEY: &str = "WATCHFIREKEY";
const SECRET: &str = "a secret/with+signs";
const DISK: DiskId = DiskId(7);

async fn service() -> Storage {
    Storage::start("footage", KEY, SECRET).await.unwrap()
}

fn files_with(service: &Storage, secret: &str, bucket: &str) -> BucketFiles {
    let address =
        BucketAddress::parse(&service.endpoint(), "cn-east-1", bucket, "schools/one", true).unwrap();
    let clock = Arc::new(|| jiff::Timestamp::now().as_microsecond());
    BucketFiles::new(address, BucketKeys::new(KEY, secret), clock)
}

fn files(service: &Storage) -> BucketFiles {
    files_with(service, SECRET, "footage")
}

/// Runs what waits where it may.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

/// So many bytes, none like its neighbours, in a file.
fn footage(bytes: usize) -> (tempfile::TempDir, Arc<dyn OpenFile>, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("minute.mp4");
    let content: Vec<u8> = (0..bytes).map(|at| (at * 31 + at / 251) as u8).collect();
    std::fs::write(&path, &content).unwrap();
    (folder, SystemFiles.open(&path).unwrap(), content)
}

fn put(files: &BucketFiles, path: &str, from: &Arc<dyn OpenFile>) -> std::io::Result<u64> {
    let stop = AtomicBool::new(false);
    let pace = Pace { bytes_per_s_max: None, stop: &stop };
    files.put(Path::new(path), from.as_ref(), pace).map(|uploaded| uploaded.bytes)
}

fn read_whole(files: &BucketFiles, path: &str) -> std::io::Result<Vec<u8>> {
    let file = files.open(Path::new(path))?;
    let mut content = vec![0; file.length()? as usize];
    let mut at = 0;
    while at < content.len() {
        match file.read_at(&mut content[at..], at as u64)? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            read => at += read,
        }
    }
    Ok(content)
}

fn code(error: &std::io::Error) -> &'static str {
    BucketTrouble::of(error).map_or("none", BucketTrouble::code)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_put_and_read_back_byte_by_byte_with_few_requests() {
    let service = service().await;
    let files = files(&service);
    let (_folder, minute, content) = footage(15_000_000);
    let read = apart(move || {
        assert_eq!(put(&files, "a/20261129/1.mp4", &minute).unwrap(), 15_000_000);
        read_whole(&files, "a/20261129/1.mp4").unwrap()
    })
    .await;
    assert!(read == content, "other bytes come back");
    assert_eq!(service.keys(), ["schools/one/a/20261129/1.mp4"]);
    let asked = service.take_asked();
    let gets = asked.iter().filter(|ask| ask.starts_with("GET")).count();
    assert!(gets <= 5, "{gets} requests for a minute of 2 Mbit/s");
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_of_fragments_cost_a_small_range_each() {
    let service = service().await;
    let files = files(&service);
    let (_folder, minute, content) = footage(10_000_000);
    apart(move || {
        put(&files, "a", &minute).unwrap();
        let file = files.open(Path::new("a")).unwrap();
        for at in (0..10_000_000).step_by(500_000) {
            let mut head = [0; 1_500];
            assert_eq!(file.read_at(&mut head, at).unwrap(), 1_500);
            assert_eq!(head[..], content[at as usize..at as usize + 1_500]);
        }
        assert_eq!(file.read_at(&mut [0; 9], 10_000_000).unwrap(), 0, "behind the end is nothing");
    })
    .await;
    assert_eq!(service.take_asked().iter().filter(|ask| ask.starts_with("GET")).count(), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_listed_page_by_page() {
    let service = service().await;
    for number in 0..13 {
        service.set_object(&format!("schools/one/day/{number:02}.mp4"), Some(vec![1]));
        service.set_object(&format!("schools/one/{number:02}/x"), Some(vec![1]));
    }
    service.set_object("schools/two/day/99.mp4", Some(vec![1]));
    let files = files(&service);
    let (top, day, none) = apart(move || {
        let names = |path: &str| files.names(Path::new(path)).unwrap();
        (names(""), names("day"), names("nowhere"))
    })
    .await;
    assert_eq!(day.len(), 13);
    assert_eq!((top.len(), top.last().unwrap().as_str(), none.len()), (14, "day", 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_passes_is_tried_again_and_what_stays_is_told() {
    let service = service().await;
    let (_folder, minute, content) = footage(300_000);
    let (files, from) = (Arc::new(files(&service)), minute);
    service.set_faults(StorageFaults { busy: 2, ..StorageFaults::default() });
    let (bucket, file) = (files.clone(), from.clone());
    assert_eq!(apart(move || put(&bucket, "a", &file)).await.unwrap(), 300_000);
    assert!(service.object("schools/one/a").unwrap() == content);
    for (faults, wanted) in [
        (StorageFaults { busy: 99, ..StorageFaults::default() }, "bucket_answer"),
        (StorageFaults { is_away: true, ..StorageFaults::default() }, "bucket_unreachable"),
        (StorageFaults { denies: true, ..StorageFaults::default() }, "bucket_denied"),
        (StorageFaults { corrupts: true, ..StorageFaults::default() }, "bucket_answer"),
        (
            StorageFaults { corrupts: true, keeps_no_digests: true, ..StorageFaults::default() },
            "bucket_answer",
        ),
    ] {
        service.set_faults(faults.clone());
        let (bucket, file) = (files.clone(), from.clone());
        let error = apart(move || put(&bucket, "b", &file)).await.unwrap_err();
        assert_eq!(code(&error), wanted, "{faults:?}: {error}");
    }
    service.set_faults(StorageFaults { keeps_no_digests: true, ..StorageFaults::default() });
    let (bucket, file) = (files.clone(), from.clone());
    assert!(apart(move || put(&bucket, "b", &file)).await.is_ok(), "read back where no digest is kept");
    service.set_faults(StorageFaults { cuts: true, ..StorageFaults::default() });
    let error = apart(move || read_whole(&files, "b")).await.unwrap_err();
    assert_eq!(code(&error), "bucket_unreachable", "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_keys_and_buckets_are_said_plainly() {
    let service = service().await;
    let wrong = files_with(&service, "another secret", "footage");
    let nowhere = files_with(&service, SECRET, "elsewhere");
    let (wrong, nowhere, missing) = (
        apart(move || read_identity(&wrong, &PathBuf::new())).await.unwrap_err(),
        apart(move || make_disk(&nowhere, &PathBuf::new(), DISK, 0)).await.unwrap_err(),
        {
            let files = files(&service);
            apart(move || read_identity(&files, &PathBuf::new())).await.unwrap_err()
        },
    );
    assert!(wrong.code() == "bucket_keys" && wrong.to_string().contains(KEY), "{wrong}");
    assert_eq!(nowhere.code(), "bucket_missing", "{nowhere}");
    assert_eq!(missing, IdentityError::Missing);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_bucket_is_not_this_disk() {
    let service = service().await;
    let files = files(&service);
    let (found, removed) = apart(move || {
        let root = PathBuf::new();
        make_disk(&files, &root, DISK, 0).unwrap();
        let removed = remove_recorded(&files, &root, DiskId(8), &[PathBuf::from("a/b/c.mp4")]);
        (check_identity(&files, &root, DISK), removed)
    })
    .await;
    assert_eq!(found, Ok(()));
    assert_eq!(removed, Err(IdentityError::Other { found: DISK }));
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_keeps_to_its_rate() {
    let service = service().await;
    let files = files(&service);
    let (_folder, minute, _) = footage(1_000_000);
    let began = Instant::now();
    apart(move || {
        let stop = AtomicBool::new(false);
        let pace = Pace { bytes_per_s_max: Some(1_000_000), stop: &stop };
        files.put(Path::new("a"), minute.as_ref(), pace).unwrap();
    })
    .await;
    assert!(began.elapsed() > Duration::from_millis(600), "sent in {:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn paths_lead_to_folders_and_buckets() {
    let service = service().await;
    let address = BucketAddress::parse(&service.endpoint(), "x", "footage", "schools/one", true).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("here"), b"folder").unwrap();
    service.set_object("schools/one/here", Some(b"bucket!".to_vec()));
    let places = Places::new(Arc::new(SystemFiles));
    let (root, below) = (address.root(), folder.path().join("here"));
    places.connect(root.clone(), Arc::new(files(&service)));
    let (folder, bucket, unknown) = apart(move || {
        let length = |path: &Path| places.open(path).and_then(|file| file.length());
        (length(&below), length(&root.join("here")), length(Path::new("s3://nowhere/x")))
    })
    .await;
    assert_eq!((folder.unwrap(), bucket.unwrap()), (6, 7));
    assert_eq!(unknown.unwrap_err().kind(), std::io::ErrorKind::NotConnected);
}
