//! Calls to a device behind NAT, and calls of a device to us.

use super::*;
use crate::sip::{Channel, HeaderName, MessageWriter, respond};

const CHANNEL: &str = "sip:34020000001320000001@3402000000";
const PLATFORM: &str = "sip:34020000002000000001@3402000000";
const SDP: &[u8] = b"v=0\r\n";

fn peer(port: u16) -> Peer {
    Peer { address: ([203, 0, 113, 9], port).into(), channel: Channel::Udp { socket: 0 } }
}

fn called() -> (Call, Vec<u8>) {
    let setup = CallSetup {
        call_id: "call-1",
        local_tag: "ours",
        local_uri: PLATFORM,
        remote_uri: CHANNEL,
        contact: "sip:34020000002000000001@198.51.100.1:5060",
        via_host: "198.51.100.1:5060",
        subject: "34020000001320000001:0100000001,34020000002000000001:0",
        user_agent: "",
        peer: peer(5060),
    };
    let (call, effect) = Call::invite(&setup, SDP, Branch(1));
    let CallEffect::Request { bytes, .. } = effect else { panic!("an INVITE is a request") };
    (call, bytes)
}

/// A device's answer with a private `Contact`.
fn answer(request: &[u8], status: u16) -> Vec<u8> {
    let request = Message::from_frame(request).unwrap();
    response_head(&request, &peer(5060), status, "x", "theirs")
        .header("Contact", "<sip:34020000001320000001@192.168.1.64:5060>")
        .body("application/sdp", SDP)
}

fn confirmed() -> (Call, Vec<CallEffect>) {
    let (mut call, invite) = called();
    let ok = answer(&invite, 200);
    let effects = call.on_response(&Message::from_frame(&ok).unwrap(), peer(40_000), Branch(2));
    (call, effects)
}

fn sent(effect: &CallEffect) -> (Message<'_>, Peer) {
    match effect {
        CallEffect::Request { bytes, to, .. } | CallEffect::Send { bytes, to } => {
            (Message::from_frame(bytes).unwrap(), *to)
        }
        CallEffect::Tell(event) => panic!("{event:?} is not a message"),
    }
}

fn request(method: Method, cseq: u32) -> Vec<u8> {
    MessageWriter::request(method, PLATFORM)
        .header("Via", "SIP/2.0/UDP 192.168.1.64:5060;rport;branch=z9hG4bKdev")
        .header("From", format!("<{CHANNEL}>;tag=theirs"))
        .header("To", format!("<{PLATFORM}>;tag=ours"))
        .header("Call-ID", "call-1")
        .header("CSeq", format!("{cseq} {method}"))
        .empty()
}

#[test]
fn an_answered_call_is_acknowledged_to_where_the_answer_came_from() {
    let (call, effects) = confirmed();
    let (ack, to) = sent(&effects[0]);
    assert_eq!((ack.method(), to), (Some(Method::Ack), peer(40_000)));
    assert_eq!(ack.request_uri(), Some(&b"sip:34020000001320000001@192.168.1.64:5060"[..]));
    assert_eq!((ack.cseq().unwrap().number, ack.to().unwrap().tag()), (1, Some(&b"theirs"[..])));
    assert_eq!(effects[1], CallEffect::Tell(CallEvent::Started));
    assert_eq!(call.state(), State::Confirmed);
}

#[test]
fn a_call_through_gateways_goes_back_through_them_in_reverse() {
    let (mut call, invite) = called();
    let request = Message::from_frame(&invite).unwrap();
    let ok = response_head(&request, &peer(5060), 200, "OK", "theirs")
        .header("Record-Route", "<sip:b;lr>, <sip:a;lr>")
        .body("application/sdp", SDP);
    let effects = call.on_response(&Message::from_frame(&ok).unwrap(), peer(5060), Branch(2));
    assert_eq!(sent(&effects[0]).0.header(HeaderName::Route), Some(&b"<sip:a;lr>, <sip:b;lr>"[..]));
}

#[test]
fn hanging_up_sends_bye_and_ends_with_its_answer() {
    let (mut call, _) = confirmed();
    let effects = call.hang_up(Branch(3));
    let (bye, _) = sent(&effects[0]);
    assert_eq!((bye.method(), bye.cseq().unwrap().number), (Some(Method::Bye), 2));
    let CallEffect::Request { bytes, .. } = &effects[0] else { panic!() };
    let gone = answer(bytes, 481);
    let effects = call.on_response(&Message::from_frame(&gone).unwrap(), peer(40_000), Branch(4));
    assert_eq!(effects, [CallEffect::Tell(CallEvent::Over(CallEnd::Ended))]);
}

#[test]
fn a_bye_that_nobody_answers_leaves_an_identity_to_heal() {
    let (mut call, _) = confirmed();
    call.hang_up(Branch(3));
    let effects = call.on_timed_out(Method::Bye, Branch(4));
    assert_eq!(effects, [CallEffect::Tell(CallEvent::Over(CallEnd::Unconfirmed))]);
    assert_eq!((call.identity().remote_tag.as_str(), call.identity().cseq), ("theirs", 2));
}

#[test]
fn a_call_is_withdrawn_only_after_a_provisional_answer() {
    let (mut call, invite) = called();
    assert!(call.hang_up(Branch(2)).is_empty());
    let ringing = answer(&invite, 101);
    let effects = call.on_response(&Message::from_frame(&ringing).unwrap(), peer(5060), Branch(3));
    let (cancel, _) = sent(&effects[0]);
    assert_eq!((cancel.method(), cancel.cseq().unwrap().number), (Some(Method::Cancel), 1));
    assert_eq!(cancel.via().unwrap().branch(), Some(Branch(1).to_string().as_bytes()));
}

#[test]
fn a_refusal_is_told_with_its_status() {
    let (mut call, invite) = called();
    let busy = answer(&invite, 486);
    let effects = call.on_response(&Message::from_frame(&busy).unwrap(), peer(5060), Branch(2));
    assert_eq!(effects, [CallEffect::Tell(CallEvent::Over(CallEnd::Failed { status: 486 }))]);
}

#[test]
fn a_bye_of_the_device_is_answered_and_ends_the_call() {
    let (mut call, _) = confirmed();
    let bye = request(Method::Bye, 9);
    let effects = call.on_request(&Message::from_frame(&bye).unwrap(), peer(40_001), Branch(3));
    let (ok, to) = sent(&effects[0]);
    assert_eq!((ok.status(), to), (Some(200), peer(40_001)));
    assert_eq!(effects[1], CallEffect::Tell(CallEvent::Over(CallEnd::Ended)));
}

#[test]
fn playback_control_travels_inside_the_session() {
    let (mut call, _) = confirmed();
    let effect = call.info("Application/MANSRTSP", b"PAUSE RTSP/1.0\r\n", Branch(3)).unwrap();
    let (info, to) = sent(&effect);
    assert_eq!((info.method(), info.cseq().unwrap().number, to), (Some(Method::Info), 2, peer(40_000)));
    assert_eq!(info.body, b"PAUSE RTSP/1.0\r\n");
    call.hang_up(Branch(4));
    assert_eq!(call.info("Application/MANSRTSP", b"", Branch(5)), None);
}

fn rung() -> Call {
    let invite = request(Method::Invite, 20);
    Call::incoming(&invite, peer(5060), "ours", "sip:p@198.51.100.1:5060", "198.51.100.1:5060").unwrap()
}

#[test]
fn a_device_that_calls_us_is_answered_until_it_acknowledges() {
    let mut call = rung();
    let effects = call.accept(SDP, 1_000);
    let (ok, _) = sent(&effects[0]);
    assert_eq!((ok.status(), ok.body), (Some(200), SDP));
    assert_eq!(call.next_deadline_ms(), Some(1_500));
    assert_eq!(call.on_timer(1_500, Branch(1)), effects);
    let ack = request(Method::Ack, 20);
    let effects = call.on_request(&Message::from_frame(&ack).unwrap(), peer(5060), Branch(2));
    assert_eq!(effects, [CallEffect::Tell(CallEvent::Started)]);
    assert_eq!(call.next_deadline_ms(), None);
}

#[test]
fn a_call_whose_answer_is_never_acknowledged_is_ended_by_us() {
    let mut call = rung();
    call.accept(SDP, 0);
    let mut repeats = 0;
    while let Some(due) = call.next_deadline_ms() {
        let effects = call.on_timer(due, Branch(1));
        let (message, _) = sent(&effects[0]);
        repeats += usize::from(message.status() == Some(200));
        if message.method() == Some(Method::Bye) {
            assert_eq!(due, 32_000);
        }
    }
    assert_eq!((call.state(), repeats), (State::Ending, 10));
}

#[test]
fn a_withdrawn_call_gets_487_for_the_invite_and_200_for_the_cancel() {
    let mut call = rung();
    let cancel = request(Method::Cancel, 20);
    let effects = call.on_request(&Message::from_frame(&cancel).unwrap(), peer(5060), Branch(1));
    let answers: Vec<_> =
        effects[..2].iter().map(|e| (sent(e).0.status(), sent(e).0.cseq().unwrap().method)).collect();
    assert_eq!(answers, [(Some(200), Method::Cancel), (Some(487), Method::Invite)]);
}

#[test]
fn a_refused_call_gets_the_refusal_that_was_asked_for() {
    let mut call = rung();
    let effects = call.reject(486, "Busy Here");
    assert_eq!(sent(&effects[0]).0.status(), Some(486));
    assert_eq!(effects[1], CallEffect::Tell(CallEvent::Over(CallEnd::Ended)));
}

#[test]
fn requests_of_a_call_that_is_over_are_answered_with_481() {
    let (mut call, _) = confirmed();
    let bye = request(Method::Bye, 9);
    call.on_request(&Message::from_frame(&bye).unwrap(), peer(5060), Branch(3));
    let effects = call.on_request(&Message::from_frame(&bye).unwrap(), peer(5060), Branch(3));
    assert_eq!(sent(&effects[0]).0.status(), Some(481));
}

#[test]
fn an_invite_without_from_is_no_call() {
    let raw = respond(&Message::from_frame(&request(Method::Bye, 1)).unwrap(), &peer(1), 200, "OK", "");
    let raw = String::from_utf8(raw)
        .unwrap()
        .replace("SIP/2.0 200 OK", "INVITE sip:a@b SIP/2.0")
        .replace("From", "X");
    let call = Call::incoming(raw.as_bytes(), peer(1), "t", "c", "h");
    assert_eq!(call.unwrap_err(), SipError::Header("From"));
}
