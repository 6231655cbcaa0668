//! Who is asked how often, and when nobody waits any more.

use super::*;
use crate::sip::Channel;

const BRANCH: Branch = Branch(0xAB);

fn udp() -> Peer {
    Peer { address: ([203, 0, 113, 9], 5060).into(), channel: Channel::Udp { socket: 0 } }
}

fn request(method: Method) -> Bytes {
    Bytes::from(
        MessageWriter::request(method, "sip:c@d")
            .header("Via", format!("SIP/2.0/UDP h;rport;branch={BRANCH}"))
            .header("From", "<sip:p@d>;tag=1")
            .header("To", "<sip:c@d>")
            .header("Call-ID", "c1")
            .header("CSeq", format!("7 {method}"))
            .empty(),
    )
}

fn response(status: u16, method: Method) -> Vec<u8> {
    MessageWriter::response(status, "x")
        .header("Via", format!("SIP/2.0/UDP h;rport=1;branch={BRANCH}"))
        .header("To", "<sip:c@d>;tag=2")
        .header("Call-ID", "c1")
        .header("CSeq", format!("7 {method}"))
        .empty()
}

fn started(method: Method, to: Peer) -> ClientTransactions<&'static str> {
    let mut transactions = ClientTransactions::new(Patience::default());
    transactions.start(0, BRANCH, method, request(method), to, "who").unwrap();
    transactions
}

/// When requests leave if nobody answers, and when the end is reported.
fn silence(transactions: &mut ClientTransactions<&'static str>) -> (Vec<u64>, Option<u64>) {
    let (mut sent, mut out) = (Vec::new(), Vec::new());
    while let Some(due) = transactions.next_deadline_ms() {
        let ended = transactions.on_timer(due, &mut out);
        sent.extend(out.drain(..).map(|_| due));
        if !ended.is_empty() {
            return (sent, Some(due));
        }
    }
    (sent, None)
}

#[test]
fn a_message_is_repeated_with_growing_pauses_of_at_most_four_seconds() {
    let (sent, end) = silence(&mut started(Method::Message, udp()));
    assert_eq!(sent[..6], [500, 1_500, 3_500, 7_500, 11_500, 15_500]);
    assert_eq!(end, Some(32_000));
}

#[test]
fn an_invite_is_repeated_with_doubling_pauses() {
    let (sent, end) = silence(&mut started(Method::Invite, udp()));
    assert_eq!(sent, [500, 1_500, 3_500, 7_500, 15_500, 31_500]);
    assert_eq!(end, Some(32_000));
}

#[test]
fn nothing_is_repeated_on_a_connection() {
    let tcp = Peer { channel: Channel::Tcp { connection: 1 }, ..udp() };
    assert_eq!(silence(&mut started(Method::Message, tcp)), (vec![], Some(32_000)));
}

#[test]
fn an_odd_101_stops_the_repetition_of_an_invite() {
    let mut transactions = started(Method::Invite, udp());
    let bytes = response(101, Method::Invite);
    let seen = transactions.on_response(100, &Message::from_datagram(&bytes).unwrap(), &mut Vec::new());
    assert_eq!(seen, Some((BRANCH, Outcome::Provisional { status: 101 })));
    assert_eq!(silence(&mut transactions), (vec![], Some(60_100)));
}

#[test]
fn a_final_answer_ends_the_request_once() {
    let mut transactions = started(Method::Message, udp());
    let bytes = response(200, Method::Message);
    let answer = Message::from_datagram(&bytes).unwrap();
    let seen = transactions.on_response(100, &answer, &mut Vec::new());
    assert_eq!(seen, Some((BRANCH, Outcome::Final { status: 200, context: "who" })));
    assert_eq!(transactions.on_response(101, &answer, &mut Vec::new()), None);
    assert!(transactions.is_empty());
}

#[test]
fn a_refused_invite_is_acknowledged_each_time_and_reported_once() {
    let mut transactions = started(Method::Invite, udp());
    let bytes = response(486, Method::Invite);
    let answer = Message::from_datagram(&bytes).unwrap();
    let mut out = Vec::new();
    let first = transactions.on_response(100, &answer, &mut out);
    let again = transactions.on_response(200, &answer, &mut out);
    assert_eq!(first, Some((BRANCH, Outcome::Final { status: 486, context: "who" })));
    assert_eq!(again, Some((BRANCH, Outcome::Repeated)));
    let ack = Message::from_datagram(&out[1].0).unwrap();
    assert_eq!(ack.method(), Some(Method::Ack));
    assert_eq!(ack.cseq().unwrap().number, 7);
    assert_eq!(ack.to().unwrap().tag(), Some(&b"2"[..]));
    assert_eq!(ack.via().unwrap().branch(), Some(BRANCH.to_string().as_bytes()));
    assert_eq!(silence(&mut transactions), (vec![], None));
    assert!(transactions.is_empty());
}

#[test]
fn the_answer_to_a_cancel_is_not_taken_for_that_of_the_invite() {
    let mut transactions = started(Method::Invite, udp());
    let bytes = response(200, Method::Cancel);
    assert_eq!(transactions.on_response(1, &Message::from_datagram(&bytes).unwrap(), &mut Vec::new()), None);
    assert_eq!(transactions.len(), 1);
}

#[test]
fn a_branch_of_somebody_else_is_nobody_s() {
    assert_eq!(Branch::parse(BRANCH.to_string().as_bytes()), Some(BRANCH));
    for foreign in [&b"z9hG4bK1"[..], b"", b"z9hG4bKzzzzzzzzzzzzzzzz"] {
        assert_eq!(Branch::parse(foreign), None);
    }
}
