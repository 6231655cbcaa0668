//! Web push against a push service that answers as it is told, and a browser that reads what came: it opens the message with its own key and
//! checks whose it is, by RFC 8291 and RFC 8292, not with the channel's code.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use domain::access::Access;
use domain::alarm::Rung;
use domain::ids::PushBrowserId;
use p256::{PublicKey, SecretKey};
use platform::contacts::{NewBrowser, OwnBrowser};
use platform::notify::{NotifySettings, WebPushSettings};
use platform::rows::NotificationState;
use platform::{Platform, PlatformError};
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::hmac::{HMAC_SHA256, Key, sign};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::Value;

use crate::channels::{line, loopback, told, wrong_field};
use crate::fixture::World;
use crate::receiver::{Receiver, Reply, Request};

const CONTACT: &str = "mailto:duty@fire.example";
const AUTH_SECRET: [u8; 16] = [5; 16];
const TAKEN: Reply = Reply::With(201, "");

/// A browser with a key pair of its own.
struct Browser {
    secret: SecretKey,
}

impl Browser {
    fn new(seed: u8) -> Self {
        Self { secret: SecretKey::from_slice(&[seed; 32]).unwrap() }
    }

    fn public(&self) -> Vec<u8> {
        self.secret.public_key().to_sec1_bytes().to_vec()
    }

    fn subscription(&self, endpoint: String) -> NewBrowser {
        NewBrowser {
            endpoint,
            public_key: BASE64.encode(self.public()),
            auth_secret: BASE64.encode(AUTH_SECRET),
            agent: "Firefox".to_owned(),
        }
    }

    /// RFC 8291 3.4 and RFC 8188 2, step by step with HMAC, as appendix A of RFC 8291 does.
    fn open(&self, body: &[u8]) -> Value {
        let (salt, rest) = body.split_at(16);
        assert_eq!(rest[..5], [0, 0, 16, 0, 65], "one record, and the key of the sender");
        let (sender, sealed) = rest[5..].split_at(65);
        let shared = self.secret.diffie_hellman(&PublicKey::from_sec1_bytes(sender).unwrap());
        let key_info = [b"WebPush: info\0", &self.public()[..], sender, &[1]].concat();
        let keying = mac(&mac(&AUTH_SECRET, shared.raw_secret_bytes()), &key_info);
        let pseudo_random = mac(salt, &keying);
        let key = mac(&pseudo_random, b"Content-Encoding: aes128gcm\0\x01");
        let nonce = mac(&pseudo_random, b"Content-Encoding: nonce\0\x01");
        let cipher = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key[..16]).unwrap());
        let mut record = sealed.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(&nonce[..12]).unwrap();
        let plain = cipher.open_in_place(nonce, Aad::empty(), &mut record).unwrap();
        let (end, text) = plain.split_last().unwrap();
        assert_eq!(*end, 2, "the last record");
        serde_json::from_slice(text).unwrap()
    }
}

fn mac(key: &[u8], text: &[u8]) -> Vec<u8> {
    sign(&Key::new(HMAC_SHA256, key), text).as_ref().to_vec()
}

/// The claims of the token, and the key it was signed with; the signature holds.
fn claims(request: &Request) -> (Value, String) {
    let given = request.header("authorization").strip_prefix("vapid t=").unwrap();
    let (token, key) = given.split_once(", k=").unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, BASE64.decode(key).unwrap())
        .verify(signed.as_bytes(), &BASE64.decode(signature).unwrap())
        .unwrap();
    let (head, claims) = signed.split_once('.').unwrap();
    let read = |text: &str| serde_json::from_slice::<Value>(&BASE64.decode(text).unwrap()).unwrap();
    assert_eq!(read(head)["alg"], "ES256");
    (read(claims), key.to_owned())
}

fn pushing() -> NotifySettings {
    let web_push = WebPushSettings { contact: CONTACT.to_owned(), rungs: vec![Rung::DutyGuard] };
    NotifySettings { web_push: Some(web_push), ..loopback() }
}

async fn subscribe(world: &World, platform: &Platform, who: Access, new: NewBrowser) -> OwnBrowser {
    platform.add_browser(&world.ask(who), new).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_is_told_in_words_that_it_alone_can_read() {
    let world = World::new().await;
    let guard = world.guard().await;
    let service = Receiver::answering(vec![TAKEN]).await;
    let platform = world.reopened_telling(pushing()).await;
    let browser = Browser::new(3);
    let kept = subscribe(&world, &platform, guard, browser.subscription(service.url("/push/abc"))).await;
    let id = told(&world, &platform).await;
    platform.send_waiting("web_push").await.unwrap();
    let request = service.requests().remove(0);
    assert_eq!(request.line, "POST /push/abc HTTP/1.1");
    assert_eq!((request.header("ttl"), request.header("urgency")), ("14400", "high"));
    assert_eq!(request.header("content-encoding"), "aes128gcm");
    assert!(request.bytes.len() <= 4096, "{} bytes", request.bytes.len());
    let said = browser.open(&request.bytes);
    assert!(said["title"].as_str().unwrap().starts_with("【烽燧·一级告警】明火"), "{said}");
    assert!(said["text"].as_str().unwrap().contains("现告知值班员"), "{said}");
    assert_eq!(said["page"], format!("/#/alarms/{id}"));
    let (claims_of, key) = claims(&request);
    assert_eq!(claims_of["aud"], format!("http://{}", service.address));
    assert_eq!(claims_of["sub"], CONTACT);
    let good_for_s = claims_of["exp"].as_i64().unwrap() - world.now().as_second();
    assert!((1..=86_400).contains(&good_for_s), "{good_for_s}");
    assert_eq!(platform.contacts(&world.ask(guard)).await.unwrap().push_key, Some(key.clone()));
    let sent = line(&world, &platform, id, "web_push").await;
    assert_eq!((sent.state, sent.answer.as_deref()), (NotificationState::Sent, Some("HTTP 201")));
    assert_eq!(sent.person.unwrap().1, "guard", "people read whose browser it is");

    // The key stays, and no two messages are sealed alike.
    let again = world.reopened_telling(pushing()).await;
    let outcome = again.test_browser(&world.ask(guard), kept.id).await.unwrap();
    assert!(outcome.taken, "{outcome:?}");
    let second = service.requests().remove(1);
    assert_eq!(claims(&second).1, key);
    assert_ne!(second.bytes[..16], request.bytes[..16], "another salt");
    assert_ne!(second.bytes[21..86], request.bytes[21..86], "another key");
    assert!(browser.open(&second.bytes)["text"].as_str().unwrap().contains("没有发生告警"));
    assert!(platform.public_keys().await.unwrap().is_empty(), "it signs no documents");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_is_gone_is_forgotten_and_one_that_cannot_be_reached_is_not() {
    let world = World::new().await;
    let guard = world.guard().await;
    let service = Receiver::answering(vec![Reply::With(503, ""), Reply::With(403, "")]).await;
    let platform = world.reopened_telling(pushing()).await;
    let browser = Browser::new(3);
    subscribe(&world, &platform, guard, browser.subscription(service.url("/push/abc"))).await;
    let id = told(&world, &platform).await;
    platform.send_waiting("web_push").await.unwrap();
    assert_eq!(line(&world, &platform, id, "web_push").await.state, NotificationState::Waiting);
    world.wait_s(5);
    platform.send_waiting("web_push").await.unwrap();
    assert_eq!(
        line(&world, &platform, id, "web_push").await.state,
        NotificationState::GivenUp,
        "403 is no answer that passes"
    );
    assert_eq!(platform.contacts(&world.ask(guard)).await.unwrap().browsers.len(), 1);

    for status in [404, 410] {
        let world = World::new().await;
        let guard = world.guard().await;
        let service = Receiver::answering(vec![Reply::With(status, "")]).await;
        let platform = world.reopened_telling(pushing()).await;
        subscribe(&world, &platform, guard, browser.subscription(service.url("/push/abc"))).await;
        let id = told(&world, &platform).await;
        platform.send_waiting("web_push").await.unwrap();
        assert_eq!(line(&world, &platform, id, "web_push").await.state, NotificationState::GivenUp);
        assert!(platform.contacts(&world.ask(guard)).await.unwrap().browsers.is_empty(), "{status}: gone");
        world.wait_s(60);
        platform.read_ladders(world.now()).await.unwrap();
        platform.send_waiting("web_push").await.unwrap();
        assert_eq!(service.requests().len(), 1, "nobody is left to tell again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_has_their_own_browsers_and_a_browser_tells_who_used_it_last() {
    let world = World::new().await;
    let guard = world.guard().await;
    let other = world
        .person("relief", domain::role::Role::DutyGuard, domain::access::Scope::Region(world.county))
        .await;
    let service = Receiver::answering(vec![TAKEN]).await;
    let platform = world.reopened_telling(pushing()).await;
    let desk = Browser::new(3).subscription(service.url("/desk"));
    let first = subscribe(&world, &platform, guard, desk.clone()).await;
    let foreign = platform.drop_browser(&world.ask(other), first.id).await;
    assert!(matches!(foreign, Err(PlatformError::NotFound)));
    let foreign = platform.test_browser(&world.ask(other), first.id).await;
    assert!(matches!(foreign, Err(PlatformError::NotFound)));
    // The shift changes at the same desk.
    subscribe(&world, &platform, other, desk).await;
    subscribe(&world, &platform, guard, Browser::new(4).subscription(service.url("/phone"))).await;
    let id = told(&world, &platform).await;
    platform.send_waiting("web_push").await.unwrap();
    let lines: BTreeSet<String> = service.requests().into_iter().map(|request| request.line).collect();
    assert_eq!(lines.into_iter().collect::<Vec<_>>(), ["POST /desk HTTP/1.1", "POST /phone HTTP/1.1"]);
    let ladder = platform.alarm_ladder(&world.operator(), id).await.unwrap();
    let pushed = ladder.runs[0].rungs[0].notified.iter().filter(|one| one.channel == "web_push");
    let people: BTreeSet<String> =
        pushed.filter_map(|one| one.person.clone()).map(|(_, name)| name).collect();
    assert_eq!(people.into_iter().collect::<Vec<_>>(), ["guard", "relief"]);
    // Whoever is shut out is told no more, also of what waits.
    platform.disable_account(&world.operator(), other.user_id.unwrap()).await.unwrap();
    world.wait_s(1_000);
    told(&world, &platform).await;
    platform.send_waiting("web_push").await.unwrap();
    let to_desk = service.requests().iter().filter(|one| one.line.starts_with("POST /desk")).count();
    assert_eq!(to_desk, 1);
    for n in 0..12_u8 {
        world.wait_s(1);
        subscribe(&world, &platform, guard, Browser::new(20 + n).subscription(service.url(&format!("/{n}"))))
            .await;
    }
    let kept = platform.contacts(&world.ask(guard)).await.unwrap().browsers;
    assert_eq!(kept.len(), 10, "the oldest go");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_leads_inside_is_never_knocked_at() {
    let world = World::new().await;
    let guard = world.guard().await;
    let inside = Receiver::answering(vec![TAKEN]).await;
    let platform = world.reopened_telling(pushing()).await;
    let browser = Browser::new(3);
    for (endpoint, field) in [
        (format!("http://localhost:{}/", inside.address.port()), "endpoint"),
        ("http://169.254.169.254/latest".to_owned(), "endpoint"),
        ("file:///etc/passwd".to_owned(), "endpoint"),
        (format!("https://push.example/{}", "x".repeat(2000)), "endpoint"),
    ] {
        let refused = platform.add_browser(&world.ask(guard), browser.subscription(endpoint.clone())).await;
        assert_eq!(wrong_field(&refused.unwrap_err()), field, "{endpoint}");
    }
    let mut bad = browser.subscription(inside.url("/"));
    bad.public_key = BASE64.encode([4; 65]);
    let refused = platform.add_browser(&world.ask(guard), bad).await.unwrap_err();
    assert_eq!(wrong_field(&refused), "public_key");
    let mut short = browser.subscription(inside.url("/"));
    short.auth_secret = BASE64.encode([4; 15]);
    let refused = platform.add_browser(&world.ask(guard), short).await.unwrap_err();
    assert_eq!(wrong_field(&refused), "auth_secret");
    // An https name is taken, and looked up when it is knocked at.
    let https = format!("https://localhost:{}/", inside.address.port());
    let closed = NotifySettings { allowed: vec![], ..pushing() };
    let closed = world.reopened_telling(closed).await;
    let kept = subscribe(&world, &closed, guard, browser.subscription(https)).await;
    let outcome = closed.test_browser(&world.ask(guard), kept.id).await.unwrap();
    assert!(!outcome.taken && outcome.said.contains("no address that may be contacted"), "{outcome:?}");
    assert!(inside.requests().is_empty());
    let off = world.reopened_telling(loopback()).await;
    assert!(matches!(
        off.add_browser(&world.ask(guard), browser.subscription(inside.url("/"))).await,
        Err(PlatformError::NotFound)
    ));
    assert_eq!(off.contacts(&world.ask(guard)).await.unwrap().push_key, None);
    assert!(matches!(
        off.drop_browser(&world.ask(guard), PushBrowserId(uuid::Uuid::nil())).await,
        Err(PlatformError::NotFound)
    ));
}
