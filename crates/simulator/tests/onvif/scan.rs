//! A site of simulated devices, one an address of 127/8, and what a scan says about it.

use crate::setting::{client, credentials, device_at, moving_clip};
use crate::simulator::onvif::OnvifHabits;
use crate::simulator::{SimulatedCamera, Simulator, SimulatorConfig};
use media::scan::{Ports, ProtocolKind, Ranges, Verdict};
use media::{Reach, Scan, ScanEvent, ScanPlan, ScanRow, spawn_scan};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, UdpSocket};

fn plan(range: &str, ports: Ports) -> ScanPlan {
    let ranges = Ranges::parse([range], Reach::PrivateAndLoopback).unwrap();
    ScanPlan { ports, knocks_per_s: 1_000, ..ScanPlan::new(ranges, [5; 16]) }
}

/// No port at all but these.
fn ports(rtsp: &[u16], onvif: &[u16]) -> Ports {
    Ports { rtsp: rtsp.into(), onvif: onvif.into(), sip: vec![], own: vec![], discovery: 9 }
}

async fn rows(mut scan: Scan) -> Vec<ScanRow> {
    let mut rows = Vec::new();
    while let Some(event) = scan.next().await {
        if let ScanEvent::Found(row) = event {
            rows.push(*row);
        }
    }
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn an_onvif_device_is_reused_once_its_password_is_given_and_not_before() {
    let onvif = device_at(Ipv4Addr::new(127, 9, 1, 2), OnvifHabits::default()).await;
    let plan = plan("127.9.1.0/29", ports(&[], &[onvif.address().port()]));

    let strangers = rows(spawn_scan(plan.clone(), client())).await;
    assert_eq!(strangers.len(), 1);
    assert_eq!(
        (strangers[0].needs_password, strangers[0].can_be_reused.reason_code),
        (Some(true), "needs_password")
    );
    assert_eq!((strangers[0].address, &strangers[0].streams), (Ipv4Addr::new(127, 9, 1, 2), &vec![]));

    let known = ScanPlan { credentials: Some(credentials("right-1")), ..plan.clone() };
    let known = rows(spawn_scan(known, client())).await;
    assert_eq!(known[0].can_be_reused.verdict, Verdict::Yes);
    assert_eq!((known[0].maker.as_deref(), known[0].maker_is_guessed), (Some("Watchfire"), false));
    assert_eq!(known[0].streams[0].rtsp_url.as_deref(), Some("rtsp://127.9.1.2:554/1"));

    let before = onvif.refused();
    let wrong = ScanPlan { credentials: Some(credentials("wrong")), ..plan };
    let wrong = rows(spawn_scan(wrong, client())).await;
    assert_eq!(wrong[0].can_be_reused.reason_code, "wrong_password");
    assert_eq!(onvif.refused(), before + 1, "one attempt a device");
}

#[tokio::test(flavor = "multi_thread")]
async fn rtsp_sip_and_other_things_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let mut camera = SimulatedCamera::new("", moving_clip(folder.path()));
    camera.credentials = Some(("admin".into(), "right-1".into()));
    let listen = SocketAddr::from(([127, 9, 2, 1], 0));
    let cameras =
        Simulator::start(SimulatorConfig { listen, cameras: vec![camera], cache: None }).await.unwrap();
    let port = cameras.address().port();

    let other = TcpListener::bind(("127.9.2.2", port)).await.unwrap();
    let sip = UdpSocket::bind(("127.9.2.3", 0)).await.unwrap();
    let sip_port = sip.local_addr().unwrap().port();
    let answering = tokio::spawn(async move {
        let mut buffer = [0; 2_000];
        let (length, from) = sip.recv_from(&mut buffer).await.unwrap();
        assert!(buffer[..length].starts_with(b"OPTIONS sip:127.9.2.3"));
        sip.send_to(b"SIP/2.0 403 Forbidden\r\nUser-Agent: Dahua IPC\r\n\r\n", from).await.unwrap();
        drop(other.accept().await);
    });

    let plan = plan("127.9.2.0/29", Ports { sip: vec![sip_port], ..ports(&[port], &[]) });
    let mut found = rows(spawn_scan(plan, client())).await;
    answering.abort();
    found.sort_by_key(|row| row.address);
    let seen: Vec<_> = found
        .iter()
        .map(|row| (row.protocols.as_slice(), row.maker.as_deref(), row.can_be_reused.reason_code))
        .collect();
    assert_eq!(
        seen,
        [
            (&[ProtocolKind::Rtsp][..], Some("Watchfire simulator"), "rtsp_without_path"),
            (&[], None, "no_camera_protocol"),
            (&[ProtocolKind::Sip], Some("Dahua"), "register_by_gb28181"),
        ]
    );
    assert_eq!(found[0].needs_password, Some(true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_tells_how_far_it_is_and_stops_when_told() {
    let plan = ScanPlan { knocks_per_s: 20, ..plan("127.9.3.0/24", ports(&[1], &[])) };
    let mut scan = spawn_scan(plan, client());
    let began = Instant::now();
    let first = tokio::time::timeout(Duration::from_secs(10), scan.next()).await.unwrap();
    assert_eq!(first, Some(ScanEvent::Progress { done: 1, total: 254 }));
    scan.cancel();
    while scan.next().await.is_some() {}
    assert!(began.elapsed() < Duration::from_secs(10), "254 addresses at 20 a second take longer");
}
