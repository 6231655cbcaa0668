//! SIP messages, and how they are cut out of streams and put together from datagrams.

use gb28181::sip::limits::{HEAD_BYTES_MAX, HEADERS_MAX};
use gb28181::sip::{
    Channel, DatagramAssembler, DialogIdentity, Frame, HeaderName, Message, MessageWriter, Peer, Received,
    SipError, StartLine, StreamFramer, Uri, classify, respond,
};

use super::{pieces, steps};

/// A message by any transport: everything that can be asked of it, the answer to it, and itself written and read again.
pub fn gb_sip(bytes: &[u8]) {
    let _ = classify(bytes);
    let uri = Uri::parse(bytes);
    assert!(uri.subject().len() <= bytes.len());
    if let Some(identity) = std::str::from_utf8(bytes).ok().and_then(DialogIdentity::from_text) {
        assert_eq!(DialogIdentity::from_text(&identity.to_text()), Some(identity));
    }
    for message in [Message::from_datagram(bytes), Message::from_frame(bytes)] {
        match message {
            Ok(message) => check(&message, bytes),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

fn check(message: &Message<'_>, bytes: &[u8]) {
    let (whole, body) = (bytes.as_ptr_range(), message.body.as_ptr_range());
    assert!(whole.start <= body.start && body.end <= whole.end, "a body from elsewhere");
    assert!(message.headers().len() <= HEADERS_MAX);
    let _ = (message.via().map(|via| via.branch().is_some()), message.contact().and_then(|c| c.expires_s()));
    let _ = (message.from().and_then(|from| from.tag()), message.to().and_then(|to| to.tag()));
    let _ = (message.cseq(), message.expires_s(), message.edition(), message.subject());
    let _ = (message.event(), message.subscription_state(), message.content_type(), message.call_id());
    if bytes.len() <= HEAD_BYTES_MAX / 2 {
        answered(message);
        again(message);
    }
}

/// The answer repeats what says whose it is.
fn answered(message: &Message<'_>) {
    if message.method().is_none() {
        return;
    }
    let bytes = respond(message, &peer(0), 200, "OK", "tag");
    let answer = Message::from_datagram(&bytes).expect("an answer of our own");
    assert_eq!(answer.status(), Some(200));
    for name in [HeaderName::From, HeaderName::CallId, HeaderName::CSeq] {
        let of = |message: &Message<'_>| cleaned(message.header(name).unwrap_or_default());
        assert_eq!(of(&answer), of(message), "{name:?}");
    }
    let vias = message.all(HeaderName::Via).count().min(8);
    assert_eq!(answer.all(HeaderName::Via).count(), vias);
}

/// The message written by us and read again, as a datagram and as a frame.
fn again(message: &Message<'_>) {
    let mut writer = match message.start {
        StartLine::Request { method, uri, .. } if !cleaned(uri).is_empty() => {
            MessageWriter::request(method, uri)
        }
        StartLine::Request { .. } => return,
        StartLine::Response { status, .. } => MessageWriter::response(status, "OK"),
    };
    let is_ours =
        |name| !matches!(name, HeaderName::ContentLength | HeaderName::ContentType | HeaderName::Other);
    let kept: Vec<_> = message.headers().iter().filter(|header| is_ours(header.name)).collect();
    for header in &kept {
        writer = writer.header(header.name.as_str(), &header.value);
    }
    let bytes = writer.body("text/plain", message.body);
    for read in [Message::from_datagram(&bytes), Message::from_frame(&bytes)] {
        let read = read.expect("a message of our own");
        assert_eq!((read.status(), read.body), (message.status(), message.body));
        assert_eq!(read.request_uri().map(cleaned), message.request_uri().map(cleaned));
        assert_eq!(read.headers().len(), kept.len() + 2);
        for (read, kept) in read.headers().iter().zip(&kept) {
            assert_eq!((read.name, cleaned(&read.value)), (kept.name, cleaned(&kept.value)));
        }
    }
}

/// A value as the writer puts it into a line.
fn cleaned(value: &[u8]) -> Vec<u8> {
    let clean: Vec<u8> =
        value.iter().map(|byte| if matches!(byte, b'\r' | b'\n' | 0) { b' ' } else { *byte }).collect();
    clean.trim_ascii().to_vec()
}

/// A stream gives the same messages however it is cut; what waits and what comes out is no more than what came in.
pub fn gb_sip_stream(bytes: &[u8]) {
    let Some((cut, stream)) = bytes.split_first() else { return };
    let whole = messages(std::iter::once(stream), stream.len());
    assert_eq!(messages(pieces(stream, *cut), stream.len()), whole, "cut by {cut:#04x}");
}

fn messages<'a>(
    pieces: impl Iterator<Item = &'a [u8]>,
    came_bytes: usize,
) -> (Vec<Vec<u8>>, Option<SipError>) {
    let (mut framer, mut messages, mut used) = (StreamFramer::new(), Vec::new(), 0);
    for piece in pieces {
        framer.push(piece);
        loop {
            match framer.next_frame() {
                Ok(None) => break,
                Ok(Some(Frame::Ping)) => {}
                Ok(Some(Frame::Skipped { bytes })) => {
                    assert!(bytes > 0, "nothing skipped");
                    used += bytes;
                }
                Ok(Some(Frame::Message(message))) => {
                    used += message.len();
                    messages.push(message.to_vec());
                }
                Err(error) => return (messages, Some(error)),
            }
            assert!(used + framer.waiting_bytes() <= came_bytes, "more came out than in");
        }
    }
    (messages, None)
}

/// A script of datagrams from four sources: each datagram completes two things at most, no byte is delivered twice, and nothing waits
/// for ever.
pub fn gb_sip_datagrams(bytes: &[u8]) {
    let mut assembler = DatagramAssembler::new();
    let (mut now_ms, mut things_max, mut delivered, mut came) = (0, 0, 0, 0);
    for (what, datagram) in steps(bytes) {
        now_ms += u64::from(what >> 2);
        came += datagram.len();
        things_max += 1;
        let mut things = 0;
        let mut sink = |_, received: Received<'_>| {
            things += 1;
            delivered += body_bytes(&received);
        };
        assembler.on_timer(now_ms, &mut sink);
        things = 0;
        assembler.receive(now_ms, peer(u16::from(what & 3)), datagram, &mut |_, received| {
            things += 1;
            delivered += body_bytes(&received);
        });
        assert!(things <= 2 && delivered <= came, "{things} things, {delivered} bytes of {came}");
    }
    let mut late = 0;
    assembler.on_timer(now_ms + 1_000, &mut |_, received| {
        late += 1;
        delivered += body_bytes(&received);
    });
    assert!(late <= things_max && delivered <= came && assembler.next_deadline_ms().is_none());
}

fn body_bytes(received: &Received<'_>) -> usize {
    if let Received::Message(message) = received { message.body.len() } else { 0 }
}

fn peer(port: u16) -> Peer {
    Peer { address: ([203, 0, 113, 9], 5060 + port).into(), channel: Channel::Udp { socket: 0 } }
}
