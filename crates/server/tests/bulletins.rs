//! Bulletins over HTTP: from a draft to a receipt, tenants on the way, and the public verification.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod fixture;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use domain::role::Role;
use fixture::{Answer, Browser, Fixture};
use jiff::SignedDuration;
use serde_json::{Value, json};

struct Office {
    fixture: Fixture,
    author: Browser,
    approver: Browser,
    city: Browser,
}

impl Office {
    async fn new() -> Self {
        let fixture = Fixture::new().await;
        let author = fixture.of_ours(Role::Province).await;
        let approver = fixture.of_ours(Role::Province).await;
        let city = fixture.of_ours(Role::City).await;
        let taken = fixture.post("/api/snapshots", &author, &json!({})).await;
        assert_eq!(taken.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&taken.body));
        Self { fixture, author, approver, city }
    }

    async fn draft(&self) -> Value {
        let answer =
            self.fixture.post("/api/bulletins", &self.author, &json!({ "snapshot_id": "latest" })).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&answer.body));
        answer.json()
    }

    async fn act(&self, who: &Browser, bulletin: &Value, what: &str, body: &Value) -> Answer {
        let path = format!("/api/bulletins/{}/{what}", bulletin["id"].as_str().unwrap());
        self.fixture.post(&path, who, body).await
    }

    async fn published(&self) -> Value {
        let draft = self.draft().await;
        let approval = json!({ "version": draft["version"], "override_reason": "已核对" });
        let approved = self.act(&self.approver, &draft, "approve", &approval).await;
        assert_eq!(approved.status, StatusCode::OK, "{}", String::from_utf8_lossy(&approved.body));
        let published = self.act(&self.approver, &draft, "publish", &json!({})).await;
        assert_eq!(published.status, StatusCode::OK, "{}", String::from_utf8_lossy(&published.body));
        published.json()
    }

    /// A file sent by somebody without an account.
    async fn verify(&self, name: &str, bytes: &[u8]) -> Answer {
        let mut request = self.fixture.request(Method::POST, "/api/verify", None, None);
        let head = format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--b--\r\n"].concat();
        *request.body_mut() = Body::from(body);
        request
            .headers_mut()
            .insert(header::CONTENT_TYPE, "multipart/form-data; boundary=b".parse().unwrap());
        self.fixture.send(request).await
    }

    async fn public(&self, path: &str) -> Answer {
        self.fixture.send(self.fixture.request(Method::GET, path, None, None)).await
    }
}

fn path_of(bulletin: &Value) -> String {
    format!("/api/bulletins/{}", bulletin["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_bulletin_over_http() {
    let office = Office::new().await;
    let fixture = &office.fixture;
    let draft = office.draft().await;
    assert_eq!((draft["state"].as_str(), draft["revision"].as_i64()), (Some("draft"), Some(1)));
    // Every figure stands where its span says, as a browser counts.
    let text: Vec<u16> = draft["text"].as_str().unwrap().encode_utf16().collect();
    for figure in draft["figures"].as_array().unwrap() {
        let place = |name: &str| usize::try_from(figure["span"][name].as_u64().unwrap()).unwrap();
        let (offset, len) = (place("offset"), place("len"));
        let there = String::from_utf16(&text[offset..offset + len]).unwrap();
        assert_eq!(Some(there.as_str()), figure["text"].as_str());
    }
    let mut settings = draft["settings"].clone();
    settings["version"] = draft["version"].clone();
    settings["title"] = json!("关于建设情况的通报");
    let path = format!("{}/settings", path_of(&draft));
    let changed =
        fixture.send(fixture.request(Method::PUT, &path, Some(&office.author), Some(&settings))).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", String::from_utf8_lossy(&changed.body));
    assert_eq!(changed.json()["revision"], 2);
    let stale =
        fixture.send(fixture.request(Method::PUT, &path, Some(&office.author), Some(&settings))).await;
    assert_eq!(stale.code(), "conflict");
    settings["title"] = json!(7);
    let bad = fixture.send(fixture.request(Method::PUT, &path, Some(&office.author), Some(&settings))).await;
    assert_eq!(bad.code(), "invalid");

    assert_eq!(fixture.get(&path_of(&draft), &office.city).await.status, StatusCode::NOT_FOUND);
    let opened = office.act(&office.author, &draft, "consultation", &json!({ "hours": 24 })).await;
    assert_eq!(opened.json()["state"], "consulting", "{}", String::from_utf8_lossy(&opened.body));
    let inbox = fixture.get("/api/inbox", &office.city).await.json();
    assert_eq!(
        (&inbox["items"][0]["kind"], &inbox["items"][0]["bulletin_id"]),
        (&json!("consultation"), &draft["id"])
    );
    let asked = fixture.get(&path_of(&draft), &office.city).await.json();
    assert_eq!(asked["next"], json!(["object", "agree"]));
    assert_eq!((&asked["findings"], &asked["steps"]), (&json!([]), &json!([])));
    let objected =
        office.act(&office.city, &draft, "objections", &json!({ "text": "有误", "paragraph": 2 })).await;
    assert_eq!(objected.status, StatusCode::CREATED);
    let reply = format!("objections/{}/reply", objected.json()["id"].as_str().unwrap());
    let replied =
        office.act(&office.author, &draft, &reply, &json!({ "accepted": false, "text": "无误" })).await;
    assert_eq!(replied.status, StatusCode::NO_CONTENT);
    let own = json!({ "version": draft["version"].as_i64().unwrap() + 2, "override_reason": "急" });
    assert_eq!(office.act(&office.author, &draft, "approve", &own).await.code(), "conflict");
    // Sessions do not last as long as a consultation: others of the same offices go on.
    fixture.pass(SignedDuration::from_hours(25));
    let (approver, city) = (fixture.of_ours(Role::Province).await, fixture.of_ours(Role::City).await);
    let now = fixture.get(&path_of(&draft), &approver).await.json();
    assert_eq!(now["state"], "draft");
    assert_eq!(now["version"], own["version"]);
    let approved = office.act(&approver, &draft, "approve", &own).await;
    assert_eq!(approved.json()["state"], "approved", "{}", String::from_utf8_lossy(&approved.body));
    assert_eq!(approved.json()["approvals"][0]["by"], "省级监管人员");
    let published = office.act(&approver, &draft, "publish", &json!({})).await.json();
    assert_eq!(published["receipts"]["read"], 0);
    assert_eq!(fixture.get(&path_of(&draft), &city).await.json()["state"], "published");
    let receipts = fixture.get(&format!("{}/receipts", path_of(&draft)), &approver).await.json();
    let read = receipts["items"].as_array().unwrap().iter().filter(|one| !one["read_at"].is_null()).count();
    assert_eq!(read, 1);
}

#[tokio::test]
async fn a_neighbour_sees_nothing_of_a_draft() {
    let office = Office::new().await;
    let fixture = &office.fixture;
    let draft = office.draft().await;
    let guard = fixture.of_ours(Role::DutyGuard).await;
    for role in [Role::City, Role::County, Role::Unit, Role::Auditor] {
        let other = fixture.of_ours(role).await;
        for part in
            ["", "/consultation", "/receipts", "/annexes/1", "/document?format=json", "/document?format=text"]
        {
            let answer = fixture.get(&format!("{}{part}", path_of(&draft)), &other).await;
            assert!(
                matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN),
                "{role:?} {part}: {}",
                answer.status
            );
        }
        let list = fixture.get("/api/bulletins", &other).await.json();
        assert_eq!(list["items"], json!([]), "{role:?}");
    }
    assert_eq!(fixture.get("/api/bulletins", &guard).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn anybody_verifies_what_is_published() {
    let office = Office::new().await;
    let fixture = &office.fixture;
    let published = office.published().await;
    let number = published["number"].as_str().unwrap();
    let encoded = number.bytes().fold(String::new(), |text, byte| text + &format!("%{byte:02X}"));
    let digest = published["digest"].as_str().unwrap();
    for key in [encoded.as_str(), digest] {
        let found = office.public(&format!("/api/verify/{key}")).await.json();
        assert_eq!((&found["found"], &found["signature"]["valid"]), (&json!(true), &json!(true)), "{found}");
        assert_eq!(found["bulletin"]["number"], number);
        assert!(
            found["figures"][0]["rows_hash"].is_string() || found["figures"].as_array().unwrap().len() > 1
        );
    }
    let unknown = office.public("/api/verify/nothing").await.json();
    assert_eq!((&unknown["found"], &unknown["bulletin"]), (&json!(false), &Value::Null));
    let keys = office.public("/api/verify/keys").await.json();
    assert_eq!(keys[0]["algorithm"], "ed25519");
    assert!(!keys.to_string().contains("secret"));

    let json_path = format!("{}/document?format=json", path_of(&published));
    let document = fixture.get(&json_path, &office.author).await;
    assert!(document.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
    assert_eq!(office.verify("a.json", &document.body).await.json()["verdict"], "genuine");
    let text = published["text"].as_str().unwrap();
    assert_eq!(office.verify("a.txt", text.as_bytes()).await.json()["verdict"], "genuine");
    // One digit of the lead: the figure is named.
    let forged = text.replacen("接入率为100%", "接入率为99%", 1);
    assert_ne!(forged, text);
    let answer = office.verify("a.txt", forged.as_bytes()).await.json();
    assert_eq!(answer["verdict"], "altered", "{answer}");
    assert_eq!(
        (&answer["differences"][0]["original"], &answer["differences"][0]["found"]),
        (&json!("100"), &json!("99"))
    );
    assert!(answer["differences"][0]["figure_id"].is_string());
    assert_eq!(office.verify("a.txt", "你好，世界".as_bytes()).await.json()["verdict"], "unknown");
    assert_eq!(office.verify("a.pdf", b"%PDF-1.7 broken \xff\xfe").await.json()["verdict"], "unreadable");
}

#[tokio::test]
async fn verification_is_braked_and_bounded() {
    let office = Office::new().await;
    let fixture = &office.fixture;
    let large = office.verify("a.txt", &vec![b'a'; 21 * 1024 * 1024]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    let mut refused = 0;
    for _ in 0..70 {
        let mut request = fixture.request(Method::GET, "/api/verify/x", None, None);
        let address = std::net::SocketAddr::from(([192, 0, 2, 7], 1));
        request.extensions_mut().insert(axum::extract::ConnectInfo(address));
        refused += usize::from(fixture.send(request).await.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused >= 5, "{refused}");
}

#[tokio::test]
async fn any_notice_is_linted_as_text_or_as_a_file() {
    let office = Office::new().await;
    let fixture = &office.fixture;
    let notice = "关于校园安全工作情况的通报\n各市教育局：\n截至目前，全省共接入学校100所。其中，甲市40所、乙市30所、丙市20所。\n现将有关情况通报如下。\n";
    let sent = |who: &Browser, kind: &str, body: Vec<u8>| {
        let mut request = fixture.request(Method::POST, "/api/lint", Some(who), None);
        *request.body_mut() = Body::from(body);
        request.headers_mut().insert(header::CONTENT_TYPE, kind.parse().unwrap());
        request
    };
    let report = fixture.send(sent(&office.city, "text/plain; charset=utf-8", notice.into())).await;
    assert_eq!(report.status, StatusCode::OK, "{}", String::from_utf8_lossy(&report.body));
    let report = report.json();
    assert_eq!(report["lines"][1], "各市教育局：");
    let finding = report["findings"].as_array().unwrap().iter().find(|one| one["rule"] == "L1").unwrap();
    assert_eq!((&finding["line"], &finding["severity"]), (&json!(3), &json!("error")));
    let form = format!(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n{notice}\r\n--b--\r\n"
    );
    let report = fixture.send(sent(&office.city, "multipart/form-data; boundary=b", form.into())).await;
    assert_eq!(report.json()["findings"][0]["rule"], finding["rule"]);
    for body in [vec![], b"hello".to_vec(), vec![0xff; 100], "今天天气很好。".into()] {
        let refused = fixture.send(sent(&office.city, "text/plain", body)).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid"));
    }
    let large = fixture.send(sent(&office.city, "text/plain", vec![b'a'; 6 << 20])).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    let guard = fixture.of_ours(Role::DutyGuard).await;
    let denied = fixture.send(sent(&guard, "text/plain", notice.into())).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
}
