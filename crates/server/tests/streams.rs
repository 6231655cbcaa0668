//! The open streams: events reach those they concern and nobody else, nothing is lost over a gap, a revoked session ends them within
//! five seconds, and an account has only so many.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod fixture;

use std::time::Duration;

use axum::body::BodyDataStream;
use axum::http::{Method, StatusCode, header};
use domain::role::Role;
use fixture::{Browser, COOKIE, Fixture};
use futures::StreamExt as _;
use jiff::SignedDuration;
use serde_json::{Value, json};
use simulator::{Scene, SimulatedCamera, Simulator, SimulatorConfig, VideoSource};
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};

/// What the requirement allows between revoking a session and the end of its streams.
const ENDS_WITHIN: Duration = Duration::from_secs(5);
const SOON: Duration = Duration::from_secs(4);

struct Listening {
    body: BodyDataStream,
    text: String,
}

struct Heard {
    name: String,
    id: Option<String>,
    data: Value,
}

impl Listening {
    /// The next event; none when the stream has ended.
    async fn next(&mut self) -> Option<Heard> {
        loop {
            if let Some(end) = self.text.find("\n\n") {
                let rest = self.text.split_off(end + 2);
                let block = std::mem::replace(&mut self.text, rest);
                let field = |name: &str| {
                    block
                        .lines()
                        .find_map(|line| line.strip_prefix(name))
                        .map(|value| value.trim().to_owned())
                };
                let heard = Heard {
                    name: field("event:").unwrap_or_default(),
                    id: field("id:"),
                    data: serde_json::from_str(&field("data:").unwrap_or_default()).unwrap_or(Value::Null),
                };
                return Some(heard);
            }
            let chunk = self.body.next().await?.unwrap();
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// The next event about an alarm that a test reported, within a moment. What the two towns raised while they were set up may
    /// still be on its way and is passed over.
    async fn alarm(&mut self) -> Option<Heard> {
        timeout(SOON, async {
            loop {
                let heard = self.next().await?;
                if heard.name == "alarm" && heard.data["alarm"]["source"] == "manual" {
                    return Some(heard);
                }
            }
        })
        .await
        .ok()
        .flatten()
    }

    /// Listens for a while, whatever comes.
    async fn stay(&mut self, span: Duration) {
        let _ = timeout(span, async { while self.next().await.is_some() {} }).await;
    }
}

async fn listen(fixture: &Fixture, who: &Browser, last_id: Option<&str>) -> Listening {
    let mut request = fixture.request(Method::GET, "/api/events", Some(who), None);
    if let Some(id) = last_id {
        request.headers_mut().insert("last-event-id", id.parse().unwrap());
    }
    let response = fixture.open(request).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
    Listening { body: response.into_body().into_data_stream(), text: String::new() }
}

async fn report(fixture: &Fixture, who: &Browser, unit: domain::ids::UnitId) -> String {
    let body = json!({ "unit_id": unit, "code": "F01", "note": "烟" });
    let answer = fixture.post("/api/alarms", who, &body).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    answer.json()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_alarm_reaches_those_it_concerns_and_nobody_else() {
    let fixture = Fixture::new().await;
    let province = fixture.of_ours(Role::Province).await;
    let guard = fixture.of_ours(Role::DutyGuard).await;
    let admin = fixture.of_ours(Role::SystemAdmin).await;
    let mut ours = listen(&fixture, &guard, None).await;
    let mut all = listen(&fixture, &province, None).await;
    let mut none = listen(&fixture, &admin, None).await;
    let theirs = report(&fixture, &province, fixture.theirs.unit).await;
    let own = report(&fixture, &guard, fixture.ours.unit).await;

    let first = all.alarm().await.unwrap();
    assert_eq!(
        (first.data["alarm"]["id"].as_str(), first.data["kind"].as_str()),
        (Some(theirs.as_str()), Some("raised"))
    );
    assert_eq!(all.alarm().await.unwrap().data["alarm"]["id"], own.as_str());
    let heard = ours.alarm().await.unwrap();
    assert_eq!(heard.data["alarm"]["id"], own.as_str(), "the neighbour's alarm is not told");
    assert_eq!(heard.data["alarm"]["next"][0]["event"], "take", "as this subscriber may work it");
    assert!(none.alarm().await.is_none(), "administrators see no business data");

    let event = json!({ "event": "take", "version": heard.data["alarm"]["version"] });
    let took = fixture.post(&format!("/api/alarms/{own}/events"), &guard, &event).await;
    assert_eq!(took.status, StatusCode::OK);
    let changed = ours.alarm().await.unwrap();
    assert_eq!(
        (changed.data["kind"].as_str(), changed.data["alarm"]["state"].as_str()),
        (Some("changed"), Some("taken"))
    );

    // A listener that was away is told what it missed, and only its own.
    drop(ours);
    let seen = changed.id.unwrap();
    report(&fixture, &province, fixture.theirs.unit).await;
    let missed = report(&fixture, &guard, fixture.ours.unit).await;
    let mut back = listen(&fixture, &guard, Some(&seen)).await;
    assert_eq!(back.alarm().await.unwrap().data["alarm"]["id"], missed.as_str());
    let mut confused = listen(&fixture, &guard, Some("'; drop table outbox")).await;
    report(&fixture, &guard, fixture.ours.unit).await;
    assert!(confused.alarm().await.is_some());
}

#[tokio::test]
async fn a_revoked_session_ends_its_stream_and_an_open_one_keeps_it_alive() {
    let fixture = Fixture::new().await;
    let guard = fixture.of_ours(Role::DutyGuard).await;
    let admin = fixture.of_ours(Role::SecurityAdmin).await;
    let mut stream = listen(&fixture, &guard, None).await;
    for _ in 0..2 {
        fixture.pass(SignedDuration::from_mins(20));
        stream.stay(Duration::from_millis(3500)).await;
    }
    assert_eq!(
        fixture.get("/api/session", &guard).await.status,
        StatusCode::OK,
        "the seat was awake for 40 minutes"
    );
    let admin_again = fixture.of_ours(Role::SecurityAdmin).await;
    drop(admin);
    let path = format!("/api/users/{}/reset", guard.id);
    assert_eq!(fixture.post(&path, &admin_again, &json!({})).await.status, StatusCode::OK);
    let ended = timeout(ENDS_WITHIN, async { while stream.next().await.is_some() {} }).await;
    assert!(ended.is_ok(), "the stream outlived its session");
}

#[tokio::test]
async fn an_account_has_only_so_many_streams() {
    let fixture = Fixture::new().await;
    let guard = fixture.of_ours(Role::DutyGuard).await;
    let mut open = Vec::new();
    for _ in 0..10 {
        open.push(listen(&fixture, &guard, None).await);
    }
    let over = fixture.get("/api/events", &guard).await;
    assert_eq!((over.status, over.code().as_str()), (StatusCode::TOO_MANY_REQUESTS, "limit"));
    open.pop();
    listen(&fixture, &guard, None).await;
}

/// A real server on a free port, for what only a real socket shows.
async fn serve(fixture: &Fixture) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = fixture.router.clone().into_make_service_with_connect_info::<std::net::SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    address
}

fn live_request(
    address: std::net::SocketAddr,
    camera: domain::ids::CameraId,
    cookie: Option<&str>,
    origin: &str,
) -> tokio_tungstenite::tungstenite::handshake::client::Request {
    let mut request = format!("ws://{address}/api/cameras/{camera}/live").into_client_request().unwrap();
    request.headers_mut().insert(header::ORIGIN, origin.parse().unwrap());
    if let Some(cookie) = cookie {
        request.headers_mut().insert(header::COOKIE, format!("{COOKIE}={cookie}").parse().unwrap());
    }
    request
}

#[tokio::test]
async fn live_pictures_are_for_their_own_and_end_with_the_session() {
    let fixture = Fixture::new().await;
    let address = serve(&fixture).await;
    let own_origin = format!("http://{address}");
    let guard = fixture.of_ours(Role::DutyGuard).await;
    let installer = fixture.of_ours(Role::Installer).await;
    let admin = fixture.of_ours(Role::SecurityAdmin).await;
    for (camera, cookie, origin, status) in [
        (fixture.ours.camera, None, own_origin.as_str(), 401),
        (fixture.theirs.camera, Some(&guard.cookie), own_origin.as_str(), 404),
        (fixture.ours.camera, Some(&installer.cookie), own_origin.as_str(), 403),
        (fixture.ours.camera, Some(&guard.cookie), "http://evil.test", 403),
    ] {
        let request = live_request(address, camera, cookie.map(String::as_str), origin);
        let Err(Error::Http(refused)) = tokio_tungstenite::connect_async(request).await else {
            panic!("{status} expected");
        };
        assert_eq!(refused.status().as_u16(), status);
    }

    let request = live_request(address, fixture.ours.camera, Some(&guard.cookie), &own_origin);
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    let first = timeout(SOON, socket.next()).await.unwrap().unwrap().unwrap();
    let words: Value = serde_json::from_str(first.to_text().unwrap()).unwrap();
    assert_eq!(words["type"], "state");
    assert_ne!(words["state"], "online", "nobody listens at the camera's address");

    let path = format!("/api/users/{}/reset", guard.id);
    assert_eq!(fixture.post(&path, &admin, &json!({})).await.status, StatusCode::OK);
    let closed = timeout(ENDS_WITHIN, async {
        loop {
            match socket.next().await {
                Some(Ok(Message::Close(frame))) => return frame.map(|frame| u16::from(frame.code)),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    });
    assert_eq!(closed.await.expect("the socket outlived its session"), Some(1008));
}

/// What a browser offers that would receive H.264.
const OFFER: &str = "v=0\r\no=- 3799474982337195473 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n\
    m=video 9 UDP/TLS/RTP/SAVPF 102 103\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=ice-ufrag:t6VR\r\n\
    a=ice-pwd:ov1W8VmWb2FKwtTBEzHMrdXi\r\na=ice-options:trickle\r\na=fingerprint:sha-256 67:DD:A1:D8:4E:B8:BC:\
    80:51:05:8F:ED:3A:73:E4:01:4B:40:57:67:A6:EE:3A:AD:EC:E3:C3:5B:88:5B:65:FB\r\na=setup:actpass\r\na=mid:0\r\n\
    a=recvonly\r\na=rtcp-mux\r\na=rtpmap:102 H264/90000\r\na=rtcp-fb:102 nack pli\r\na=fmtp:102 level-asymmetry-\
    allowed=1;packetization-mode=1;profile-level-id=42001f\r\na=rtpmap:103 rtx/90000\r\na=fmtp:103 apt=102\r\n";

fn offer(fixture: &Fixture, who: &Browser, camera: &str, kind: &str, text: &str) -> axum::extract::Request {
    let path = format!("/api/cameras/{camera}/whep");
    let (mut parts, _) = fixture.request(Method::POST, &path, Some(who), None).into_parts();
    parts.headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
    axum::extract::Request::from_parts(parts, text.to_owned().into())
}

/// An offer is answered and its viewer can be sent away once, by the one who came; what is no offer is refused.
async fn look_by_webrtc(fixture: &Fixture, who: &Browser, camera: &str) {
    let vp8 = OFFER.replace("H264", "VP8");
    let long = OFFER.repeat(200);
    for (kind, text, status) in [
        ("text/plain", OFFER, StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("application/sdp", "v=0", StatusCode::UNPROCESSABLE_ENTITY),
        ("application/sdp", &vp8, StatusCode::UNPROCESSABLE_ENTITY),
        ("application/sdp", &long, StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let refused = fixture.open(offer(fixture, who, camera, kind, text)).await;
        assert_eq!(refused.status(), status, "{kind}");
        assert_eq!(refused.headers()[header::CONTENT_TYPE], "application/problem+json");
    }
    let answer = fixture.open(offer(fixture, who, camera, "application/sdp", OFFER)).await;
    assert_eq!(answer.status(), StatusCode::CREATED);
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/sdp");
    let place = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let other = fixture.of_ours(Role::DutyGuard).await;
    for (asks, status) in [(&other, 404), (who, 204), (who, 404)] {
        let answer = fixture.open(fixture.request(Method::DELETE, &place, Some(asks), None)).await;
        assert_eq!(answer.status().as_u16(), status);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// What a socket says it shows, and the first boxes of it.
async fn first_pictures(
    request: tokio_tungstenite::tungstenite::handshake::client::Request,
) -> (Value, Vec<String>) {
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    let seen = timeout(VIDEO_WITHIN, async {
        let (mut init, mut boxes) = (Value::Null, Vec::new());
        while boxes.len() < 3 {
            match socket.next().await.unwrap().unwrap() {
                Message::Text(text) => {
                    let words: Value = serde_json::from_str(&text).unwrap();
                    init = if words["type"] == "init" { words } else { init };
                }
                Message::Binary(data) => boxes.push(String::from_utf8_lossy(&data[4..8]).into_owned()),
                _ => {}
            }
        }
        (init, boxes)
    });
    seen.await.expect("no live picture")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sub_stream_is_shown_to_whoever_asks_for_it() {
    let fixture = Fixture::new().await;
    let address = serve(&fixture).await;
    let manager = fixture.of_ours(Role::Unit).await;
    let quiet = || VideoSource::Scene { scene: Scene::CorridorQuiet, seed: 1 };
    let cameras = ["main", "sub"].map(|path| SimulatedCamera::new(path, quiet()));
    let config =
        SimulatorConfig { listen: "127.0.0.1:0".parse().unwrap(), cameras: cameras.into(), cache: None };
    let school = Simulator::start(config).await.unwrap();
    let wanted = |sub: &str| {
        json!({ "unit_id": fixture.ours.unit, "name": "走廊", "place_type": "teaching_corridor",
            "address": school.url("main"), "sub_address": sub, "watch_enabled": false })
    };
    let elsewhere = school.url("sub").replace("127.0.0.1", "192.0.2.1");
    let with_account = school.url("sub").replace("rtsp://", "rtsp://admin:secret@");
    for (sub, code) in
        [(elsewhere, "other_host"), (with_account, "account"), ("sub".to_owned(), "url_syntax")]
    {
        let refused = fixture.post("/api/cameras", &manager, &wanted(&sub)).await;
        let said = refused.json();
        let field = (&said["fields"][0]["field"], &said["fields"][0]["code"]);
        assert_eq!(field, (&json!("sub_address"), &json!(code)), "{sub}");
    }
    let added = fixture.post("/api/cameras", &manager, &wanted(&school.url("sub"))).await.json();
    assert_eq!((&added["sub_address"], &added["has_sub_stream"]), (&json!(school.url("sub")), &json!(true)));
    let camera = domain::ids::CameraId(added["id"].as_str().unwrap().parse().unwrap());
    let own_origin = format!("http://{address}");
    let request = |query| {
        let mut request = live_request(address, camera, Some(&manager.cookie), &own_origin);
        *request.uri_mut() = format!("ws://{address}/api/cameras/{camera}/live{query}").parse().unwrap();
        request
    };
    let (init, boxes) = first_pictures(request("?stream=sub")).await;
    assert_eq!((&init["stream"], boxes.len()), (&json!("sub"), 3));
    let refused = tokio_tungstenite::connect_async(request("?stream=third")).await;
    assert!(matches!(refused, Err(Error::Http(answer)) if answer.status().as_u16() == 422));
    let without = json!({ "sub_address": "" });
    let path = format!("/api/cameras/{camera}");
    let edit = fixture.request(Method::PATCH, &path, Some(&manager), Some(&without));
    let edited = fixture.send(edit).await.json();
    assert_eq!((&edited["sub_address"], &edited["has_sub_stream"]), (&Value::Null, &json!(false)));
    let (init, _) = first_pictures(request("?stream=sub")).await;
    assert_eq!(init["stream"], "main", "without another one the main stream is shown, and it is said");
    school.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h265_is_coded_anew_for_a_browser_that_cannot_show_it_and_for_few_at_a_time() {
    let fixture = Fixture::new().await;
    let address = serve(&fixture).await;
    let manager = fixture.of_ours(Role::Unit).await;
    let clip = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clips/h265.mp4");
    let cameras = ["first", "second"].map(|path| SimulatedCamera::new(path, VideoSource::File(clip.into())));
    let config =
        SimulatorConfig { listen: "127.0.0.1:0".parse().unwrap(), cameras: cameras.into(), cache: None };
    let school = Simulator::start(config).await.unwrap();
    let mut ids = Vec::new();
    for path in ["first", "second"] {
        let wanted = json!({ "unit_id": fixture.ours.unit, "name": path, "place_type": "teaching_corridor",
            "address": school.url(path), "watch_enabled": false });
        let added = fixture.post("/api/cameras", &manager, &wanted).await.json();
        ids.push(domain::ids::CameraId(added["id"].as_str().unwrap().parse().unwrap()));
    }
    let own_origin = format!("http://{address}");
    let request = |camera: domain::ids::CameraId, kind: &str| {
        let mut request = live_request(address, camera, Some(&manager.cookie), &own_origin);
        let uri = format!("ws://{address}/api/cameras/{camera}/live?stream={kind}");
        *request.uri_mut() = uri.parse().unwrap();
        request
    };
    for id in &ids {
        let (init, _) = first_pictures(request(*id, "main")).await;
        assert!(init["mime"].as_str().unwrap().contains("hvc1"), "{init}");
    }
    let (init, boxes) = first_pictures(request(ids[0], "converted")).await;
    assert_eq!((&init["stream"], boxes.len()), (&json!("converted"), 3));
    assert!(init["mime"].as_str().unwrap().contains("avc1"), "{init}");
    // The first goes on for some seconds after its last viewer, and there is one place.
    let refused = tokio_tungstenite::connect_async(request(ids[1], "converted")).await;
    assert!(matches!(refused, Err(Error::Http(answer)) if answer.status().as_u16() == 429));
    let (again, _) = first_pictures(request(ids[0], "converted")).await;
    assert_eq!(again["stream"], "converted", "who looks at the same camera needs no place");
    school.stop().await;
}

/// Drawing the first picture of a scene and connecting to it.
const VIDEO_WITHIN: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
async fn a_camera_that_sends_is_seen() {
    let fixture = Fixture::new().await;
    let address = serve(&fixture).await;
    let manager = fixture.of_ours(Role::Unit).await;
    let source = VideoSource::Scene { scene: Scene::CorridorQuiet, seed: 1 };
    let cameras = vec![SimulatedCamera::new("corridor", source)];
    let config = SimulatorConfig { listen: "127.0.0.1:0".parse().unwrap(), cameras, cache: None };
    let school = Simulator::start(config).await.unwrap();
    let camera = json!({ "unit_id": fixture.ours.unit, "name": "走廊", "place_type": "teaching_corridor",
        "address": school.url("corridor"), "watch_enabled": false });
    let added = fixture.post("/api/cameras", &manager, &camera).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&added.body));
    let id = added.json()["id"].as_str().unwrap().to_owned();

    let camera = domain::ids::CameraId(id.parse().unwrap());
    let request = live_request(address, camera, Some(&manager.cookie), &format!("http://{address}"));
    let (init, boxes) = first_pictures(request).await;
    assert!(init["mime"].as_str().unwrap().starts_with("video/mp4; codecs=\"avc1."), "{init}");
    assert_eq!(init["stream"], "main");
    assert_eq!(boxes, ["ftyp", "moof", "moof"], "the init segment, then fragments");

    let picture = fixture.get(&format!("/api/cameras/{id}/thumbnail"), &manager).await;
    assert_eq!((picture.status, &picture.body[..3]), (StatusCode::OK, &b"\xff\xd8\xff"[..]));
    let small = fixture.get(&format!("/api/cameras/{id}/thumbnail.jpg?width=320"), &manager).await;
    assert_eq!((small.status, &small.body[..3]), (StatusCode::OK, &b"\xff\xd8\xff"[..]));
    assert!((2_000..16_000).contains(&small.body.len()), "{} bytes", small.body.len());
    let again = fixture.get(&format!("/api/cameras/{id}/thumbnail.jpg"), &manager).await;
    assert_eq!(again.body, small.body, "made once for all who ask within five seconds");
    assert_eq!(
        fixture.get(&format!("/api/cameras/{id}/thumbnail.jpg?width=9999"), &manager).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    look_by_webrtc(&fixture, &manager, &id).await;
    let state = fixture.get(&format!("/api/cameras/{id}"), &manager).await.json();
    assert_eq!(state["state"], "online");
    assert!(state["health"]["key_frames"].as_u64().unwrap() >= 1);
    school.stop().await;
}
