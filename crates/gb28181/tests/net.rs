//! Sockets on the loopback: what arrives, what is refused, what is closed.

#![allow(clippy::unwrap_used, reason = "a story whose sockets cannot be opened has failed")]

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;
use watchfire_gb28181::net::{Arrival, Limits, Sockets};
use watchfire_gb28181::sip::{Channel, Peer};

const SOON: Duration = Duration::from_secs(5);

fn anywhere() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

async fn sockets(limits: Limits) -> Sockets {
    Sockets::bind(&[anywhere()], &[anywhere()], limits).await.unwrap()
}

async fn next(sockets: &mut Sockets) -> Arrival {
    timeout(SOON, sockets.next()).await.expect("something arrives")
}

async fn next_data(sockets: &mut Sockets) -> (Peer, Bytes) {
    match next(sockets).await {
        Arrival::Data { from, bytes } => (from, bytes),
        Arrival::Closed { connection } => panic!("connection {connection} was closed"),
    }
}

async fn next_closed(sockets: &mut Sockets) -> u64 {
    loop {
        if let Arrival::Closed { connection } = next(sockets).await {
            return connection;
        }
    }
}

fn connection_of(peer: Peer) -> u64 {
    match peer.channel {
        Channel::Tcp { connection } => connection,
        Channel::Udp { .. } => panic!("a datagram"),
    }
}

/// A client whose first word has been heard.
async fn client(sockets: &mut Sockets) -> (TcpStream, Peer) {
    let mut stream = TcpStream::connect(sockets.tcp_addresses()[0]).await.unwrap();
    stream.write_all(b"hello").await.unwrap();
    let (peer, _) = next_data(sockets).await;
    (stream, peer)
}

#[tokio::test]
async fn a_datagram_is_answered_by_the_socket_it_came_to() {
    let mut sockets = Sockets::bind(&[anywhere(), anywhere()], &[], Limits::default()).await.unwrap();
    let device = UdpSocket::bind(anywhere()).await.unwrap();
    let second = sockets.udp_addresses()[1];
    device.send_to(b"question", second).await.unwrap();

    let (from, bytes) = next_data(&mut sockets).await;
    sockets.send(&Bytes::from_static(b"answer"), from);

    let mut buffer = [0; 16];
    let (length, by) = timeout(SOON, device.recv_from(&mut buffer)).await.unwrap().unwrap();
    assert_eq!(bytes, "question");
    assert_eq!((from.address, from.channel), (device.local_addr().unwrap(), Channel::Udp { socket: 1 }));
    assert_eq!((&buffer[..length], by), (b"answer".as_slice(), second));
}

#[tokio::test]
async fn the_longest_datagram_and_the_one_behind_it_arrive_whole() {
    let mut sockets = sockets(Limits::default()).await;
    let device = UdpSocket::bind(anywhere()).await.unwrap();
    let longest = vec![7; 65_507];
    let mut kept = Vec::new();
    for _ in 0..10 {
        device.send_to(&longest, sockets.udp_addresses()[0]).await.unwrap();
        device.send_to(b"short", sockets.udp_addresses()[0]).await.unwrap();
        kept.push(next_data(&mut sockets).await.1);
        kept.push(next_data(&mut sockets).await.1);
    }
    assert!(kept.chunks(2).all(|pair| pair[0] == longest && pair[1] == "short"));
}

#[tokio::test]
async fn what_is_there_is_taken_without_waiting() {
    let mut sockets = sockets(Limits::default()).await;
    let device = UdpSocket::bind(anywhere()).await.unwrap();
    for _ in 0..100 {
        device.send_to(b"x", sockets.udp_addresses()[0]).await.unwrap();
    }
    next(&mut sockets).await;
    let burst = std::iter::from_fn(|| sockets.try_next()).count();
    assert_eq!((burst, sockets.counters().datagrams), (99, 100));
}

#[tokio::test]
async fn datagrams_and_a_talkative_connection_take_turns() {
    let mut sockets = sockets(Limits::default()).await;
    let (mut stream, _) = client(&mut sockets).await;
    let device = UdpSocket::bind(anywhere()).await.unwrap();
    stream.write_all(b"more").await.unwrap();
    for _ in 0..50 {
        device.send_to(b"x", sockets.udp_addresses()[0]).await.unwrap();
    }
    tokio::time::sleep(Duration::from_millis(100)).await;

    let mut first = Vec::new();
    for _ in 0..4 {
        first.push(next_data(&mut sockets).await.1);
    }
    assert!(first.contains(&Bytes::from_static(b"more")), "{first:?}");
}

#[tokio::test]
async fn a_stream_arrives_in_order_and_its_end_after_it() {
    let mut sockets = sockets(Limits::default()).await;
    let sent: Vec<u8> = (0..1_000_000_u32).map(|at| (at % 251) as u8).collect();
    let mut stream = TcpStream::connect(sockets.tcp_addresses()[0]).await.unwrap();
    let copy = sent.clone();
    let writing = tokio::spawn(async move { stream.write_all(&copy).await });

    let (mut received, mut longest) = (Vec::new(), 0);
    while let Arrival::Data { bytes, .. } = next(&mut sockets).await {
        longest = longest.max(bytes.len());
        received.extend_from_slice(&bytes);
    }
    writing.await.unwrap().unwrap();
    assert_eq!(received, sent);
    assert!(longest <= 64 * 1024);
    assert_eq!(sockets.counters().connections, 0);
}

#[tokio::test]
async fn an_answer_longer_than_the_systems_buffer_arrives_in_order() {
    let limits = Limits { send_queue_bytes_max: 64 << 20, ..Limits::default() };
    let mut sockets = sockets(limits).await;
    let (mut stream, peer) = client(&mut sockets).await;
    let sent: Vec<u8> = (0..20_000_000_u32).map(|at| (at % 251) as u8).collect();
    for part in sent.chunks(100_000) {
        sockets.send(&Bytes::copy_from_slice(part), peer);
    }

    let mut received = vec![0; sent.len()];
    timeout(SOON, stream.read_exact(&mut received)).await.unwrap().unwrap();
    assert!(received == sent);
}

#[tokio::test]
async fn a_peer_that_does_not_read_is_closed() {
    let mut sockets = sockets(Limits { send_queue_bytes_max: 100_000, ..Limits::default() }).await;
    let (_stream, peer) = client(&mut sockets).await;
    let part = Bytes::from(vec![0; 50_000]);
    while sockets.counters().closed_full == 0 {
        sockets.send(&part, peer);
    }
    assert_eq!(next_closed(&mut sockets).await, connection_of(peer));
}

#[tokio::test]
async fn many_tiny_messages_do_not_escape_the_limit_of_the_queue() {
    let mut sockets = sockets(Limits { send_queue_bytes_max: 10_000, ..Limits::default() }).await;
    let (_stream, peer) = client(&mut sockets).await;
    // Fill what the system takes, without the task ever having a turn.
    let filler = Bytes::from(vec![0; 9_000]);
    let mut queued = 0;
    while sockets.counters().closed_full == 0 {
        sockets.send(&filler, peer);
        sockets.send(&Bytes::from_static(b"\r\n"), peer);
        queued += 1;
        assert!(queued < 100_000);
    }
    assert_eq!(sockets.counters().closed_full, 1);
}

#[tokio::test]
async fn one_address_has_only_so_many_connections() {
    let mut sockets = sockets(Limits { connections_per_address_max: 2, ..Limits::default() }).await;
    let (first, first_peer) = client(&mut sockets).await;
    let (_second, _) = client(&mut sockets).await;
    let mut third = TcpStream::connect(sockets.tcp_addresses()[0]).await.unwrap();
    let waited = timeout(Duration::from_millis(200), sockets.next()).await;

    let mut buffer = [0; 1];
    let refused = timeout(SOON, third.read(&mut buffer)).await.unwrap();
    assert!(waited.is_err() && matches!(refused, Ok(0) | Err(_)));
    assert_eq!((sockets.counters().refused, sockets.counters().connections), (1, 2));

    drop(first);
    assert_eq!(next_closed(&mut sockets).await, connection_of(first_peer));
    let (_fourth, peer) = client(&mut sockets).await;
    assert!(connection_of(peer) > connection_of(first_peer));
}

#[tokio::test]
async fn a_connection_nobody_vouched_for_is_closed_and_the_other_stays() {
    let mut sockets = sockets(Limits { unproven_s: 1, ..Limits::default() }).await;
    let (_stranger, stranger) = client(&mut sockets).await;
    let (_friend, friend) = client(&mut sockets).await;
    sockets.vouch(connection_of(friend));

    assert_eq!(next_closed(&mut sockets).await, connection_of(stranger));
    let later = timeout(Duration::from_millis(300), sockets.next()).await;
    assert!(later.is_err(), "{later:?}");
    assert_eq!(sockets.counters().closed_unproven, 1);
}

#[tokio::test]
async fn a_silent_connection_is_closed() {
    let mut sockets = sockets(Limits { idle_s: 1, ..Limits::default() }).await;
    let (_stream, peer) = client(&mut sockets).await;
    assert_eq!(next_closed(&mut sockets).await, connection_of(peer));
    assert_eq!(sockets.counters().closed_idle, 1);
}

#[tokio::test]
async fn what_was_sent_before_closing_still_leaves() {
    let mut sockets = sockets(Limits::default()).await;
    let (mut stream, peer) = client(&mut sockets).await;
    sockets.send(&Bytes::from_static(b"no"), peer);
    sockets.close(connection_of(peer));
    assert_eq!(next_closed(&mut sockets).await, connection_of(peer));

    let mut heard = Vec::new();
    timeout(SOON, stream.read_to_end(&mut heard)).await.unwrap().unwrap();
    assert_eq!(heard, b"no");
}

#[tokio::test]
async fn two_endpoints_talk_over_a_connection_that_one_of_them_opened() {
    let mut platform = sockets(Limits::default()).await;
    let mut device = Sockets::bind(&[], &[], Limits::default()).await.unwrap();
    let there = device.connect(platform.tcp_addresses()[0]).await.unwrap();
    device.send(&Bytes::from_static(b"REGISTER"), there);
    let (back, request) = next_data(&mut platform).await;
    platform.send(&Bytes::from_static(b"200"), back);
    let (from, answer) = next_data(&mut device).await;
    assert_eq!((request, answer, from), (Bytes::from("REGISTER"), Bytes::from("200"), there));

    drop(platform);
    assert_eq!(next_closed(&mut device).await, connection_of(there));
}

#[tokio::test]
async fn whoever_waits_in_vain_loses_nothing() {
    let mut sockets = sockets(Limits::default()).await;
    let (mut stream, _) = client(&mut sockets).await;
    let device = UdpSocket::bind(anywhere()).await.unwrap();
    let mut heard = 0;
    for _ in 0..100 {
        stream.write_all(b"a").await.unwrap();
        device.send_to(b"b", sockets.udp_addresses()[0]).await.unwrap();
        // A wait of no length is dropped in the middle nearly always.
        if let Ok(Arrival::Data { bytes, .. }) = timeout(Duration::ZERO, sockets.next()).await {
            heard += bytes.len();
        }
    }
    while heard < 200 {
        heard += next_data(&mut sockets).await.1.len();
    }
    assert_eq!(heard, 200);
}

#[tokio::test]
async fn an_address_in_use_is_named() {
    let first = sockets(Limits::default()).await;
    let (udp, tcp) = (first.udp_addresses(), first.tcp_addresses());
    let no_udp = Sockets::bind(&udp, &[], Limits::default()).await.unwrap_err().to_string();
    let no_tcp = Sockets::bind(&[], &tcp, Limits::default()).await.unwrap_err().to_string();
    assert!(no_udp.starts_with(&format!("cannot open UDP {}: ", udp[0])), "{no_udp}");
    assert!(no_tcp.starts_with(&format!("cannot open TCP {}: ", tcp[0])), "{no_tcp}");
}
