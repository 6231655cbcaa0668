//! Speaking through a channel over a real socket: for its own people and from our own pages only, and a device that cannot be reached says so.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod fixture;

use std::net::SocketAddr;
use std::time::Duration;

use axum::http::{StatusCode, header};
use domain::ids::ChannelId;
use domain::role::Role;
use fixture::{COOKIE, Fixture};
use futures::StreamExt as _;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::{Error, Message};

const SOON: Duration = Duration::from_secs(5);

async fn serve(fixture: &Fixture) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = fixture.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    address
}

fn request(address: SocketAddr, channel: ChannelId, cookie: Option<&str>, origin: &str) -> Request {
    let mut request = format!("ws://{address}/api/channels/{channel}/voice").into_client_request().unwrap();
    request.headers_mut().insert(header::ORIGIN, origin.parse().unwrap());
    if let Some(cookie) = cookie {
        request.headers_mut().insert(header::COOKIE, format!("{COOKIE}={cookie}").parse().unwrap());
    }
    request
}

#[tokio::test]
async fn a_voice_is_for_those_who_may_look_and_from_our_own_pages() {
    let fixture = Fixture::new().await;
    let address = serve(&fixture).await;
    let own_origin = format!("http://{address}");
    let guard = fixture.of_ours(Role::DutyGuard).await;
    let installer = fixture.of_ours(Role::Installer).await;
    for (channel, cookie, origin, status) in [
        (fixture.ours.channel, None, own_origin.as_str(), 401),
        (fixture.theirs.channel, Some(&guard.cookie), own_origin.as_str(), 404),
        (fixture.ours.channel, Some(&installer.cookie), own_origin.as_str(), 403),
        (fixture.ours.channel, Some(&guard.cookie), "http://evil.test", 403),
    ] {
        let request = request(address, channel, cookie.map(String::as_str), origin);
        let Err(Error::Http(refused)) = tokio_tungstenite::connect_async(request).await else {
            panic!("{status} expected");
        };
        assert_eq!(refused.status().as_u16(), status);
    }
    let plain = fixture.get(&format!("/api/channels/{}/voice", fixture.ours.channel), &guard).await;
    assert_eq!(plain.status, StatusCode::UPGRADE_REQUIRED);
}

#[tokio::test]
async fn a_device_that_cannot_be_reached_is_said_in_words_and_the_connection_ends() {
    let fixture = Fixture::new().await;
    let address = serve(&fixture).await;
    let guard = fixture.of_ours(Role::DutyGuard).await;
    let request = request(address, fixture.ours.channel, Some(&guard.cookie), &format!("http://{address}"));
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    let heard = timeout(SOON, async {
        let mut heard = Vec::new();
        while let Some(Ok(Message::Text(text))) = socket.next().await {
            heard.push(serde_json::from_str::<Value>(&text).unwrap());
        }
        heard
    });
    let heard = heard.await.expect("the connection stays open");
    assert_eq!((&heard[0]["type"], &heard[0]["state"]), (&"state".into(), &"calling".into()));
    assert_eq!(heard[0]["limit_s"], 180);
    assert_eq!((&heard[1]["type"], &heard[1]["problem"]["status"]), (&"problem".into(), &503.into()));
}
