//! Footage over HTTP: nobody sees any without saying why, and whoever did gets it in the ranges that players ask for.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod fixture;

use std::time::{Duration, Instant};

use axum::http::{HeaderName, Method, StatusCode, header};
use domain::role::Role;
use fixture::{Answer, Browser, Fixture};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use simulator::storage::Storage;
use simulator::{Scene, SimulatedCamera, Simulator, SimulatorConfig, VideoSource};

/// Drawing, encoding, connecting, syncing, writing down.
const PATIENCE: Duration = Duration::from_mins(1);

struct Studio {
    fixture: Fixture,
    manager: Browser,
    camera: String,
    school: Simulator,
}

impl Studio {
    async fn open() -> Self {
        let fixture = Fixture::recording().await;
        let manager = fixture.of_ours(Role::Unit).await;
        let source = VideoSource::Scene { scene: Scene::CorridorQuiet, seed: 1 };
        let cameras = vec![SimulatedCamera::new("corridor", source)];
        let config = SimulatorConfig { listen: "127.0.0.1:0".parse().unwrap(), cameras, cache: None };
        let school = Simulator::start(config).await.unwrap();
        let camera = json!({ "unit_id": fixture.ours.unit, "name": "走廊", "place_type": "teaching_corridor",
            "address": school.url("corridor"), "watch_enabled": false });
        let added = fixture.post("/api/cameras", &manager, &camera).await.json();
        assert_eq!(added["recording"]["wanted"], true);
        let camera = added["id"].as_str().unwrap().to_owned();
        Self { fixture, manager, camera, school }
    }

    async fn grant(&self, kind: &str, (from, to): (&str, &str)) -> String {
        let look =
            json!({ "camera_id": self.camera, "from": from, "to": to, "kind": kind, "reason": "patrol" });
        let answer = self.fixture.post("/api/lookups", &self.manager, &look).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&answer.body));
        answer.json()["grant"].as_str().unwrap().to_owned()
    }

    async fn timeline(&self) -> Value {
        let now = Timestamp::now();
        let (from, to) = ((now - SignedDuration::from_hours(1)).to_string(), now.to_string());
        let grant = self.grant("search", (&from, &to)).await;
        let path = format!("/api/cameras/{}/timeline?grant={grant}&from={from}&to={to}", self.camera);
        let answer = self.fixture.get(&path, &self.manager).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
        answer.json()
    }

    /// Waits for footage; its first stretch.
    async fn recorded(&self) -> (String, String) {
        let began = Instant::now();
        loop {
            let line = self.timeline().await;
            if line["size_bytes"].as_u64().unwrap_or(0) > 50_000 {
                let first = &line["recorded"][0];
                let text = |field: &str| first[field].as_str().unwrap().to_owned();
                return (text("from"), text("to"));
            }
            assert!(began.elapsed() < PATIENCE, "nothing was recorded: {line}");
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }

    async fn film(&self, grant: &str, (from, to): (&str, &str), with: &[(HeaderName, &str)]) -> Answer {
        self.ask(Method::GET, grant, (from, to), with).await
    }

    async fn ask(
        &self,
        method: Method,
        grant: &str,
        (from, to): (&str, &str),
        with: &[(HeaderName, &str)],
    ) -> Answer {
        let path = format!("/api/cameras/{}/recording.mp4?grant={grant}&from={from}&to={to}", self.camera);
        let mut request = self.fixture.request(method, &path, Some(&self.manager), None);
        for (name, value) in with {
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        self.fixture.send(request).await
    }

    /// What is served under a name of its own, for a range.
    async fn footage(&self, name: &str, grant: &str, (from, to): (&str, &str)) -> Answer {
        let path = format!("/api/cameras/{}/{name}?grant={grant}&from={from}&to={to}", self.camera);
        self.fixture.get(&path, &self.manager).await
    }

    async fn close(self) {
        self.fixture.platform.stop().await;
        self.school.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn footage_comes_in_ranges_to_whoever_said_why() {
    let studio = Studio::open().await;
    let (from, to) = studio.recorded().await;
    let span = (from.as_str(), to.as_str());
    let refused = studio.film("", span, &[]).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::FORBIDDEN, "lookup_needed"));
    let grant = studio.grant("playback", span).await;
    let whole = studio.film(&grant, span, &[]).await;
    assert_eq!(whole.status, StatusCode::OK);
    assert_eq!(
        (&whole.headers[header::CONTENT_TYPE], &whole.body[4..8]),
        (&"video/mp4".parse().unwrap(), &b"ftyp"[..])
    );
    assert_eq!(whole.headers[header::CONTENT_LENGTH], whole.body.len().to_string());
    assert_eq!(whole.headers[header::ACCEPT_RANGES], "bytes");
    let tag = whole.headers[header::ETAG].to_str().unwrap().to_owned();

    let part = studio.film(&grant, span, &[(header::RANGE, "bytes=100-1099")]).await;
    assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.headers[header::CONTENT_RANGE], format!("bytes 100-1099/{}", whole.body.len()));
    assert_eq!(part.body, whole.body[100..1100]);
    let end = studio.film(&grant, span, &[(header::RANGE, "bytes=-10")]).await;
    assert_eq!(end.body, whole.body[whole.body.len() - 10..]);
    let outside = studio.film(&grant, span, &[(header::RANGE, "bytes=999999999999-")]).await;
    assert_eq!(outside.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(outside.headers[header::CONTENT_RANGE], format!("bytes */{}", whole.body.len()));
    let known = studio.film(&grant, span, &[(header::IF_NONE_MATCH, &tag)]).await;
    assert_eq!((known.status, known.body.len()), (StatusCode::NOT_MODIFIED, 0));
    let head = studio.ask(Method::HEAD, &grant, span, &[]).await;
    assert_eq!(head.headers[header::CONTENT_LENGTH], whole.body.len().to_string());
    studio.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_say_when_it_was_and_what_is_not_there_says_so() {
    let studio = Studio::open().await;
    let (from, to) = studio.recorded().await;
    let grant = studio.grant("playback", (&from, &to)).await;
    let path = format!("/api/cameras/{}/recording/marks?grant={grant}&from={from}&to={to}", studio.camera);
    let marks = studio.fixture.get(&path, &studio.manager).await.json();
    assert_eq!(marks["marks"][0]["position_us"], 0);
    assert!(marks["marks"][0]["at"].as_str().unwrap() <= from.as_str(), "{marks}");
    let before = ("2026-01-01T00:00:00Z", "2026-01-01T00:30:00Z");
    let grant = studio.grant("playback", before).await;
    assert_eq!(studio.film(&grant, before, &[]).await.status, StatusCode::NOT_FOUND);
    let long = ("2026-01-01T00:00:00Z", "2026-01-01T01:00:01Z");
    let grant = studio.grant("playback", long).await;
    let refused = studio.film(&grant, long, &[]).await;
    assert_eq!(
        (refused.status, &refused.json()["fields"][0]["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("too_long"))
    );
    studio.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_playlist_names_pieces_that_are_there_and_play() {
    let studio = Studio::open().await;
    let (from, to) = studio.recorded().await;
    let span = (from.as_str(), to.as_str());
    let refused = studio.footage("recording.m3u8", "", span).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::FORBIDDEN, "lookup_needed"));
    let grant = studio.grant("playback", span).await;
    let list = studio.footage("recording.m3u8", &grant, span).await;
    assert_eq!(list.headers[header::CONTENT_TYPE], "application/vnd.apple.mpegurl");
    let list = String::from_utf8(list.body).unwrap();
    let stream = studio.footage("recording.m4s", &grant, span).await;
    assert_eq!((stream.status, &stream.body[4..8]), (StatusCode::OK, &b"ftyp"[..]));
    let ranges: Vec<(usize, usize)> = list
        .lines()
        .filter_map(|line| line.strip_prefix("#EXT-X-BYTERANGE:")?.split_once('@'))
        .map(|(length, at)| (at.parse().unwrap(), length.parse().unwrap()))
        .collect();
    for (at, _) in &ranges {
        assert_eq!(&stream.body[at + 4..at + 8], b"moof", "{list}");
    }
    let last = ranges.last().unwrap();
    assert_eq!(last.0 + last.1, stream.body.len(), "{list}");
    let address = list.lines().find(|line| line.starts_with("recording.m4s?")).unwrap();
    let path = format!("/api/cameras/{}/{address}", studio.camera);
    assert_eq!(studio.fixture.get(&path, &studio.manager).await.body, stream.body, "as it is listed");
    let fragments = stream.body.windows(4).filter(|bytes| bytes == b"moof").count();
    if let Some((said, pictures)) = read_by_ffprobe(&list.replace(address, "recording.m4s"), &stream.body) {
        assert_eq!(said, "", "{list}");
        assert!(pictures > fragments, "{pictures} pictures in {fragments} fragments");
    }
    studio.close().await;
}

/// What a foreign player says of the playlist, and how many pictures it reads. None where ffprobe is not installed.
fn read_by_ffprobe(list: &str, stream: &[u8]) -> Option<(String, usize)> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("recording.m4s"), stream).unwrap();
    let playlist = folder.path().join("recording.m3u8");
    std::fs::write(&playlist, list).unwrap();
    let arguments = ["-v", "error", "-allowed_extensions", "ALL", "-select_streams", "v", "-show_entries"];
    let wanted = ["packet=pts", "-of", "csv=p=0"];
    let said =
        std::process::Command::new("ffprobe").args(arguments).args(wanted).arg(playlist).output().ok()?;
    let pictures =
        String::from_utf8_lossy(&said.stdout).lines().filter(|line| !line.trim().is_empty()).count();
    Some((String::from_utf8_lossy(&said.stderr).into_owned(), pictures))
}

#[tokio::test(flavor = "multi_thread")]
async fn disks_are_for_whoever_runs_the_machine() {
    let studio = Studio::open().await;
    let (fixture, manager) = (&studio.fixture, &studio.manager);
    let admin = fixture.of_ours(Role::SystemAdmin).await;
    assert_eq!(fixture.get("/api/recording/disks", manager).await.status, StatusCode::FORBIDDEN);
    let disks = fixture.get("/api/recording/disks", &admin).await.json();
    assert_eq!(
        (&disks["items"][0]["state"], &disks["items"][0]["out_code"]),
        (&json!("active"), &Value::Null)
    );
    let folder = tempfile::tempdir().unwrap();
    let second = json!({ "name": "二号盘", "folder": folder.path(), "quota_gib": 2, "head_room_gib": 0 });
    let added = fixture.post("/api/recording/disks", &admin, &second).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&added.body));
    let id = added.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(fixture.post("/api/recording/disks", &admin, &second).await.status, StatusCode::CONFLICT);
    let back = fixture.post(&format!("/api/recording/disks/{id}/take-back"), &admin, &json!({})).await;
    assert_eq!((back.status, &back.json()["state"]), (StatusCode::OK, &json!("active")));
    studio.recorded().await;
    studio.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_is_entered_with_a_secret_that_nobody_reads_again() {
    let studio = Studio::open().await;
    let fixture = &studio.fixture;
    let admin = fixture.of_ours(Role::SystemAdmin).await;
    let service = Storage::start("footage", "SCHOOLKEY", "open-sesame").await.unwrap();
    let bucket = |secret: &str| {
        json!({ "name": "对象存储", "quota_gib": 2, "bucket": {
            "endpoint": service.endpoint(), "region": "us-east-1", "bucket": "footage", "path_style": true,
            "access_key_id": "SCHOOLKEY", "secret": secret, "rule": { "takes": "all", "after_hours": 24 } } })
    };
    let refused = fixture.post("/api/recording/disks", &admin, &bucket("wrong")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = &refused.json()["fields"][0];
    assert_eq!((&fields["field"], &fields["code"]), (&json!("secret"), &json!("bucket_keys")), "{fields}");
    let added = fixture.post("/api/recording/disks", &admin, &bucket("open-sesame")).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&added.body));
    let listed = fixture.get("/api/recording/disks", &admin).await;
    let words = String::from_utf8_lossy(&listed.body).into_owned() + &String::from_utf8_lossy(&added.body);
    assert!(!words.contains("open-sesame") && words.contains("SCHOOLKEY"), "{words}");
    let disk = added.json();
    assert_eq!((&disk["kind"], &disk["bucket"]["takes"]), (&json!("s3"), &json!("all")));
    let path = format!("/api/recording/disks/{}", disk["id"].as_str().unwrap());
    let edit = json!({ "bucket": { "rule": { "takes": "evidence", "after_hours": 0, "bytes_per_second_max": 1_000_000 } } });
    let edited = fixture.send(fixture.request(Method::PATCH, &path, Some(&admin), Some(&edit))).await;
    assert_eq!(edited.json()["bucket"]["takes"], "evidence", "{}", String::from_utf8_lossy(&edited.body));
    studio.close().await;
}
