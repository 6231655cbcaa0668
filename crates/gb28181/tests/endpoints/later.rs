//! Answers that a device has to wait for, refusals, and what a platform below another one needs besides.

use watchfire_gb28181::device::{Accepted, Declined, Event as DeviceEvent, Handling, SessionId};
use watchfire_gb28181::manscdp::Body;
use watchfire_gb28181::manscdp::catalog::{CatalogEvent, CatalogItem};
use watchfire_gb28181::manscdp::control::{Command, DeviceControl};
use watchfire_gb28181::manscdp::preset::Presets;
use watchfire_gb28181::platform::{Event, Failure, Reason, Topic};
use watchfire_gb28181::profile::MediaTransport;
use watchfire_gb28181::sdp::Wanted;
use watchfire_gb28181::sip::Peer;

use crate::calls::{call, over, pictures_flow, started};
use crate::catalogs::ask_catalog;
use crate::net::{Net, device_id, server_address, server_id};
use crate::stage::{Stage, channel};

fn accepted() -> Accepted {
    Accepted { host: "10.1.0.1".to_owned(), port: 15_060, file_size: None }
}

fn net_that(handling: Handling) -> Net {
    let mut net = Net::with_recorder(1);
    net.nodes[0].stage.handling = handling;
    net
}

#[test]
fn an_invitation_is_accepted_when_somebody_else_has_said_yes() {
    let mut net = net_that(Handling::Later);
    call(&mut net, Wanted::Live, MediaTransport::Udp);
    assert!(!net.events.iter().any(|event| matches!(event, Event::CallStarted(_) | Event::CallOver { .. })));
    assert_eq!(net.count_sent("SIP/2.0 100"), 1, "it has come, so it is not repeated");
    net.with_device(0, |device, now, _, out| device.accept(now, SessionId(1), &accepted(), out));
    net.run_for(1_000);
    assert_eq!(started(&net).remote, Some(("10.1.0.1".to_owned(), 15_060)));
    assert!(pictures_flow(&net));
}

#[test]
fn an_invitation_is_declined_when_somebody_else_has_said_no() {
    let mut net = net_that(Handling::Later);
    call(&mut net, Wanted::Live, MediaTransport::Udp);
    let declined = Declined { status: 480, reason: "Temporarily Unavailable" };
    net.with_device(0, |device, now, _, out| device.decline(now, SessionId(1), declined, out));
    net.run_for(1_000);
    assert_eq!(over(&net).unwrap().reason, Reason::Refused { status: 480 });
    // What comes after the end changes nothing.
    net.with_device(0, |device, now, _, out| device.accept(now, SessionId(1), &accepted(), out));
    net.run_for(1_000);
    assert!(!net.events.iter().any(|event| matches!(event, Event::CallStarted(_))));
}

#[test]
fn an_invitation_taken_back_meanwhile_is_over() {
    let mut net = net_that(Handling::Later);
    let id = call(&mut net, Wanted::Live, MediaTransport::Udp);
    net.with_platform(|platform, now, owner, out| platform.hang_up(now, owner, id, out));
    net.run_for(1_000);
    assert_eq!(net.nodes[0].events.last(), Some(&DeviceEvent::SessionEnded { session: SessionId(1) }));
    net.with_device(0, |device, now, _, out| device.accept(now, SessionId(1), &accepted(), out));
    net.run_for(1_000);
    assert_eq!(net.count_sent("SIP/2.0 487"), 1);
    assert!(!net.events.iter().any(|event| matches!(event, Event::CallStarted(_))));
}

fn asked(net: &mut Net, body: Body) {
    let at = (device_id(0), channel(0).into());
    net.with_platform(|platform, now, owner, out| platform.ask(now, owner, at, body, out))
        .expect("a question");
    net.run_for(1_000);
}

#[test]
fn a_question_is_answered_later_under_its_number() {
    let mut net = net_that(Handling::Later);
    net.keep_bytes = true;
    asked(&mut net, Body::PresetQuery);
    assert!(!net.events.iter().any(|event| matches!(event, Event::Answered { .. })));
    let texts: Vec<_> = net.kept.iter().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    let text = texts.iter().find(|text| text.contains("<CmdType>PresetQuery")).unwrap();
    let sn = text.split("<SN>").nth(1).unwrap().split('<').next().unwrap().parse().unwrap();
    let answer = Body::Presets(Presets::default());
    net.with_device(0, |device, now, _, out| device.respond(now, sn, channel(0).into(), answer, out));
    net.run_for(1_000);
    assert!(matches!(net.events.last(), Some(Event::Answered { body: Some(Body::Presets(_)), .. })));
}

#[test]
fn an_order_is_refused_and_the_platform_hears_of_it() {
    let mut net = net_that(Handling::Refuse(Declined { status: 403, reason: "Forbidden" }));
    asked(&mut net, Body::DeviceControl(DeviceControl { command: Command::TeleBoot, priority: None }));
    assert!(net.nodes[0].stage.orders.is_empty());
    let Some(Event::Failed { failure, .. }) = net.events.last() else { panic!("{:?}", net.events.last()) };
    assert_eq!(*failure, Failure::Refused { status: 403 });
}

#[test]
fn an_offer_without_a_number_gets_one_of_the_devices_domain() {
    let mut net = Net::with_recorder(1);
    let sdp = "v=0\r\no=- 0 0 IN IP4 10.0.0.1\r\ns=Play\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=video 30000 RTP/AVP 98 96\r\n\
        a=recvonly\r\na=rtpmap:98 H264/90000\r\na=rtpmap:96 PS/90000\r\n";
    let invite = format!(
        "INVITE sip:{0}@10.1.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKx\r\nFrom: <sip:{1}@10.0.0.1>;tag=a\r\n\
         To: <sip:{0}@10.1.0.1>\r\nCall-ID: bare\r\nCSeq: 1 INVITE\r\nContact: <sip:{1}@10.0.0.1:5060>\r\nMax-Forwards: 70\r\n\
         Content-Type: APPLICATION/SDP\r\nContent-Length: {2}\r\n\r\n{sdp}",
        channel(0),
        server_id(),
        sdp.len()
    );
    let from = Peer { address: server_address(), channel: net.nodes[0].channel };
    net.with_device(0, |device, now, stage, out| device.receive(now, from, invite.as_bytes(), stage, out));
    let invitation = &net.nodes[0].stage.invited[0];
    assert_eq!(invitation.ssrc.to_string(), format!("0{:05}0001", device_id(0).ssrc_domain()));
    assert_eq!(invitation.program_stream, Some(96));
    net.run_for(1_000);
}

#[test]
fn a_catalog_goes_in_messages_that_pass_every_network() {
    let mut net = Net::new();
    net.add(Stage::with_channels(40), false, |settings| settings.batch_bytes = Some(1_000));
    net.start(0);
    net.run_for(1_000);
    net.keep_bytes = true;
    ask_catalog(&mut net).unwrap();
    net.run_for(10_000);
    let Some(Event::Catalog(answer)) = net.events.last() else { panic!("no catalog") };
    assert!(answer.is_complete() && answer.items.len() == 40);
    let texts = net.kept.iter().map(|bytes| String::from_utf8_lossy(bytes));
    let sizes: Vec<_> = texts.filter(|text| text.contains("<DeviceList")).map(|text| text.len()).collect();
    assert!((5..20).contains(&sizes.len()), "{sizes:?}");
    assert!(sizes.iter().all(|size| *size < 1_500), "{sizes:?}");
}

#[test]
fn news_of_a_catalog_goes_to_whoever_subscribed_message_after_message() {
    let mut net = Net::with_recorder(1);
    let news: Vec<CatalogItem> = (0..10)
        .map(|serial| {
            let mut item = CatalogItem::new(channel(serial).into());
            item.event = Some(CatalogEvent::Off);
            item
        })
        .collect();
    let about = device_id(0).into();
    let tell = |net: &mut Net| {
        net.with_device(0, |device, now, _, out| device.report_catalog(now, about, &news, out))
    };
    assert!(!tell(&mut net), "nobody has asked for it");
    net.with_platform(|platform, now, owner, out| {
        platform.subscribe(now, owner, device_id(0), Topic::Catalog, out).unwrap();
    });
    net.run_for(1_000);
    let subscribed = DeviceEvent::Subscribed { cmd_type: "Catalog".to_owned(), is_new: true };
    assert!(net.nodes[0].events.contains(&subscribed));
    assert!(tell(&mut net));
    net.run_for(1_000);
    let told: usize = net
        .events
        .iter()
        .map(|event| if let Event::CatalogNews { items, .. } = event { items.len() } else { 0 })
        .sum();
    assert_eq!((told, net.count_sent("NOTIFY")), (10, 3));
}
