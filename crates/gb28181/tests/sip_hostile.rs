//! Messages that somebody made up: nothing panics, nothing grows, and what is written is read back.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::net::SocketAddr;
use watchfire_gb28181::id::GbId;

use proptest::prelude::*;
use watchfire_gb28181::digest::{Challenge, Credentials};
use watchfire_gb28181::registrar::{Admission, Registrar, Settings};
use watchfire_gb28181::sip::{
    Call, Channel, DatagramAssembler, DialogIdentity, Frame, HeaderName, Message, MessageWriter, Method, Now,
    Peer, StreamFramer, Uri, classify, respond,
};

const PIECES: [&str; 24] = [
    "REGISTER ",
    "MESSAGE ",
    "sip:",
    "34020000001320000001",
    "@3402000000",
    " SIP/2.0",
    "SIP/2.0 200 OK",
    "\r\n",
    "\n",
    "\r\n\r\n",
    "Via: ",
    "SIP/2.0/UDP ",
    ";branch=z9hG4bK",
    "From: <",
    ">;tag=",
    "To:",
    "Call-ID: ",
    "CSeq: 1 ",
    "Content-Length: ",
    "99999999999999999999",
    "\"",
    "<?xml",
    " \t",
    "Authorization: Digest username=\"",
];

/// Bytes that look enough like SIP to get past the first line.
fn nearly_sip() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => prop::sample::select(&PIECES[..]).prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..8),
    ];
    (any::<bool>(), prop::collection::vec(piece, 0..60)).prop_map(|(with_start, pieces)| {
        let mut bytes = if with_start { b"REGISTER sip:d SIP/2.0\r\n".to_vec() } else { Vec::new() };
        bytes.extend(pieces.concat());
        bytes
    })
}

fn peer() -> Peer {
    Peer { address: SocketAddr::from(([203, 0, 113, 9], 5060)), channel: Channel::Udp { socket: 0 } }
}

/// Uses everything that can be asked of a message.
fn ask_everything(message: &Message<'_>) {
    let _ =
        (message.via(), message.from(), message.to(), message.contact(), message.cseq(), message.expires_s());
    let _ = (message.subject(), message.event(), message.subscription_state(), message.content_type());
    let _ = (message.edition(), message.authorizations().filter_map(Credentials::parse).count());
    let _ = message.all(HeaderName::WwwAuthenticate).filter_map(Challenge::parse).count();
    if message.method().is_some() {
        let answer = respond(message, &peer(), 200, "OK", "tag");
        assert_eq!(Message::from_datagram(&answer).unwrap().status(), Some(200));
    }
}

proptest! {
    #[test]
    fn made_up_bytes_never_panic(bytes in nearly_sip()) {
        let _ = classify(&bytes);
        let _ = Uri::parse(&bytes);
        for message in [Message::from_datagram(&bytes), Message::from_frame(&bytes)].into_iter().flatten() {
            ask_everything(&message);
        }
        let _ = Call::incoming(&bytes, peer(), "t", "c", "h");
        let _ = DialogIdentity::from_text(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_stream_gives_the_same_frames_however_it_is_cut(
        bodies in prop::collection::vec("[a-z<>/ ]{0,40}", 1..6),
        cuts in prop::collection::vec(1_usize..30, 1..40),
    ) {
        let messages: Vec<Vec<u8>> = bodies
            .iter()
            .map(|body| MessageWriter::request(Method::Message, "sip:p@d").body("text/plain", body.as_bytes()))
            .collect();
        let stream = messages.concat();
        let (mut framer, mut seen, mut at, mut cut) = (StreamFramer::new(), Vec::new(), 0, cuts.iter().cycle());
        while at < stream.len() {
            let end = (at + cut.next().unwrap()).min(stream.len());
            framer.push(&stream[at..end]);
            at = end;
            while let Some(frame) = framer.next_frame().unwrap() {
                let Frame::Message(bytes) = frame else { panic!("{frame:?}") };
                seen.push(bytes.to_vec());
            }
        }
        prop_assert_eq!(seen, messages);
    }

    #[test]
    fn a_hostile_stream_ends_or_waits_and_never_spins(bytes in prop::collection::vec(nearly_sip(), 0..8)) {
        let mut framer = StreamFramer::new();
        let total: usize = bytes.iter().map(Vec::len).sum();
        let mut frames = 0;
        'reading: for chunk in &bytes {
            framer.push(chunk);
            loop {
                match framer.next_frame() {
                    Ok(Some(_)) => frames += 1,
                    Ok(None) => break,
                    Err(_) => break 'reading,
                }
                prop_assert!(frames <= total);
            }
        }
    }

    #[test]
    fn a_hostile_source_of_datagrams_gets_at_most_two_things_for_one(
        datagrams in prop::collection::vec(nearly_sip(), 0..20),
    ) {
        let mut assembler = DatagramAssembler::new();
        for (at, datagram) in datagrams.iter().enumerate() {
            let mut things = 0;
            assembler.receive(at as u64, peer(), datagram, &mut |_, _| things += 1);
            prop_assert!(things <= 2);
        }
        assembler.on_timer(1_000_000, &mut |_, _| {});
        prop_assert_eq!(assembler.next_deadline_ms(), None);
    }

    #[test]
    fn what_is_written_is_read_back(
        user in "[0-9]{20}",
        tag in "[a-z0-9]{1,20}",
        number in 0_u32..,
        subject in "\\PC{0,40}",
        body in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let bytes = MessageWriter::request(Method::Notify, format!("sip:{user}@3402000000"))
            .header("Via", "SIP/2.0/UDP h;branch=z9hG4bK1")
            .header("From", format!("\"x\" <sip:{user}@3402000000>;tag={tag}"))
            .header("Call-ID", &tag)
            .header("CSeq", format!("{number} NOTIFY"))
            .header("Subject", &subject)
            .body("Application/MANSCDP+xml", &body);
        let message = Message::from_frame(&bytes).unwrap();
        prop_assert_eq!(message.body, &body[..]);
        prop_assert_eq!(message.from().unwrap().uri.user, user.as_bytes());
        prop_assert_eq!(message.from().unwrap().tag(), Some(tag.as_bytes()));
        prop_assert_eq!(message.cseq().unwrap().number, number);
        prop_assert!(message.headers().len() == 7);
    }

    #[test]
    fn an_identity_is_read_back(
        call_id in "[ -~]{1,60}", tag in "[a-z0-9]{0,20}", port in 1_u16.., cseq in any::<u32>(), connection in any::<u64>(),
    ) {
        let identity = DialogIdentity {
            call_id, local_uri: "sip:a@b".into(), local_tag: tag.clone(), remote_uri: "sip:c@d".into(), remote_tag: tag,
            target: "sip:c@e".into(), cseq, route: String::new(),
            peer: Peer { address: SocketAddr::from(([203, 0, 113, 9], port)), channel: Channel::Tcp { connection } },
        };
        prop_assert_eq!(DialogIdentity::from_text(&identity.to_text()), Some(identity));
    }

    #[test]
    fn a_registrar_lets_nobody_in_on_made_up_bytes(messages in prop::collection::vec(nearly_sip(), 0..30)) {
        let now = Now { mono_ms: 0, unix_ms: 1_795_461_900_000 };
        let settings = Settings::new(GbId::from_digits(b"34020000002000000001").unwrap());
        let mut registrar = Registrar::new(settings, &[1; 32], now);
        let unknown = |_: &GbId| -> Admission<'static> { Admission::Unknown { commissioning: None } };
        let mut out = Vec::new();
        for bytes in &messages {
            let Ok(message) = Message::from_datagram(bytes) else { continue };
            registrar.on_register(now, &message, peer(), unknown, &mut out);
            registrar.on_request(now, &message, peer(), unknown, &mut out);
        }
        prop_assert!(registrar.is_empty());
        // At most the share of refusals of one address is answered, and as many ids are listed.
        prop_assert!(out.len() <= 60);
    }
}
