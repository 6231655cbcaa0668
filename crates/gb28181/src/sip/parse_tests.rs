//! Messages as devices write them, well and badly.

use super::*;

const KEEPALIVE_BODY: &str =
    "<?xml version=\"1.0\"?>\r\n<Notify>\r\n<CmdType>Keepalive</CmdType>\r\n</Notify>\r\n";

fn with_length(length: &str) -> String {
    format!("MESSAGE sip:p@d SIP/2.0\r\nCall-ID: 1\r\n{length}\r\n{KEEPALIVE_BODY}")
}

#[test]
fn an_ordinary_request_has_no_quirks() {
    let text = with_length(&format!("Content-Length: {}\r\n", KEEPALIVE_BODY.len()));
    let message = Message::from_datagram(text.as_bytes()).unwrap();
    assert!(message.quirks.is_empty(), "{:?}", message.quirks);
    assert_eq!((message.method(), message.request_uri()), (Some(Method::Message), Some(&b"sip:p@d"[..])));
    assert_eq!(message.body, KEEPALIVE_BODY.as_bytes());
}

#[test]
fn a_response_has_a_status_and_perhaps_no_reason() {
    let message = Message::from_datagram(b"SIP/2.0 101 \r\nCall-ID: 1\r\n\r\n").unwrap();
    assert_eq!(message.status(), Some(101));
    let message = Message::from_datagram(b"SIP/2.0 486 Busy Here\r\n\r\n").unwrap();
    assert_eq!(message.start, StartLine::Response { status: 486, reason: b"Busy Here" });
}

#[test]
fn compact_names_folded_lines_and_bare_line_feeds_are_read() {
    let text = b"INVITE sip:a@b SIP/2.0\nv: SIP/2.0/UDP h\n ;branch=z9hG4bK1\ni: c1\nl: 0\n\n";
    let message = Message::from_datagram(text).unwrap();
    assert_eq!(message.via().unwrap().branch(), Some(&b"z9hG4bK1"[..]));
    assert_eq!(message.call_id(), Some(&b"c1"[..]));
    assert!(message.quirks.contains(Quirks::BARE_LF) && message.quirks.contains(Quirks::FOLDED));
}

#[test]
fn a_missing_blank_line_is_forgiven() {
    let message =
        Message::from_datagram(b"REGISTER sip:d SIP/2.0\r\nCall-ID: 1\r\nContent-Length: 0").unwrap();
    assert!(message.quirks.contains(Quirks::NO_BLANK_LINE));
    assert!(message.body.is_empty() && !message.is_cut());
}

#[test]
fn xml_right_after_the_headers_is_the_body() {
    let text = b"MESSAGE sip:p@d SIP/2.0\r\nCall-ID: 1\r\n<?xml version=\"1.0\"?><Notify/>";
    let message = Message::from_datagram(text).unwrap();
    assert_eq!(message.body, b"<?xml version=\"1.0\"?><Notify/>");
}

#[test]
fn leading_line_ends_and_nul_bytes_are_skipped() {
    let message = Message::from_datagram(b"\r\n\r\n\0\0OPTIONS sip:d SIP/2.0\r\nCall-ID: 1\r\n\r\n").unwrap();
    assert_eq!(message.method(), Some(Method::Options));
    assert!(message.quirks.contains(Quirks::LEADING_NOISE));
}

#[test]
fn a_header_in_gbk_is_kept_as_bytes() {
    let text = b"MESSAGE sip:p@d SIP/2.0\r\nFrom: \"\xbd\xcc\xca\xd2\" <sip:a@d>;tag=1\r\nCall-ID: 1\r\n\r\n";
    let message = Message::from_datagram(text).unwrap();
    assert!(message.quirks.contains(Quirks::NOT_UTF8));
    assert_eq!(message.from().unwrap().display, b"\xbd\xcc\xca\xd2");
    assert_eq!(message.from().unwrap().uri.user, b"a");
}

#[test]
fn a_length_of_zero_with_a_body_takes_the_rest_of_the_datagram() {
    let text = with_length("Content-Length: 0\r\n");
    let message = Message::from_datagram(text.as_bytes()).unwrap();
    assert_eq!(message.body, KEEPALIVE_BODY.as_bytes());
    assert!(message.quirks.contains(Quirks::LENGTH_ZERO_WITH_BODY));
}

#[test]
fn a_length_beyond_the_datagram_takes_what_came_and_says_so() {
    let text = with_length("Content-Length: 9000\r\n");
    let message = Message::from_datagram(text.as_bytes()).unwrap();
    assert_eq!(message.body, KEEPALIVE_BODY.as_bytes());
    assert!(message.is_cut() && message.quirks.contains(Quirks::LENGTH_BEYOND_END));
}

#[test]
fn a_length_that_would_cut_the_xml_open_is_not_believed() {
    let text = with_length("Content-Length: 40\r\n");
    let message = Message::from_datagram(text.as_bytes()).unwrap();
    assert_eq!(message.body, KEEPALIVE_BODY.as_bytes());
    assert!(message.quirks.contains(Quirks::LENGTH_TOO_SHORT));
}

#[test]
fn padding_after_the_body_is_cut_off() {
    let text = b"MESSAGE sip:p@d SIP/2.0\r\nContent-Length: 4\r\n\r\n<a/>\0\0\0";
    let message = Message::from_datagram(text).unwrap();
    assert_eq!((message.body, message.quirks.is_empty()), (&b"<a/>"[..], true));
}

#[test]
fn a_header_without_a_colon_does_not_lose_the_message() {
    let message = Message::from_datagram(b"BYE sip:a@b SIP/2.0\r\nnonsense\r\nCall-ID: 7\r\n\r\n").unwrap();
    assert_eq!(message.call_id(), Some(&b"7"[..]));
    assert!(message.quirks.contains(Quirks::BAD_HEADER_LINE));
}

#[test]
fn what_is_not_sip_is_refused_at_the_first_line() {
    for bytes in [
        &b"GET / HTTP/1.1\r\n\r\n"[..],
        b"\x80\x60\x00\x01",
        b"SIP/2.0 42 x\r\n",
        b"SIP/2.0 2000 x\r\n",
        b"A\r\n",
    ] {
        assert_eq!(Message::from_datagram(bytes), Err(SipError::NotSip), "{bytes:?}");
    }
    assert_eq!(Message::from_datagram(b"\r\n\0"), Err(SipError::Empty));
}

#[test]
fn heads_without_end_and_headers_without_number_are_refused() {
    let long = format!("BYE sip:a@b SIP/2.0\r\nX: {}\r\n\r\n", "y".repeat(HEAD_BYTES_MAX));
    assert_eq!(Message::from_datagram(long.as_bytes()), Err(SipError::HeadTooLong));
    let many = format!("BYE sip:a@b SIP/2.0\r\n{}\r\n", "A: 1\r\n".repeat(HEADERS_MAX + 1));
    assert_eq!(Message::from_datagram(many.as_bytes()), Err(SipError::TooManyHeaders));
}

#[test]
fn expires_comes_from_the_contact_before_the_header() {
    let text = b"REGISTER sip:d SIP/2.0\r\nContact: <sip:a@b>;expires=120\r\nExpires: 3600\r\n\r\n";
    assert_eq!(Message::from_datagram(text).unwrap().expires_s(), Some(120));
    let text = b"REGISTER sip:d SIP/2.0\r\nContact: <sip:a@b>\r\nExpires: 3600\r\n\r\n";
    assert_eq!(Message::from_datagram(text).unwrap().expires_s(), Some(3600));
}
