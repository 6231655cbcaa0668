//! The bodies of SIP messages: MANSCDP, MANSRTSP and SDP.

use gb28181::charset::{Charset, decode};
use gb28181::edition::Edition;
use gb28181::manscdp::Message;
use gb28181::mansrtsp::{self, Action, Control};
use gb28181::profile::Dialect;
use gb28181::sdp::{self, Sdp, SessionKind};

/// XML of any kind: what is read and written in a charset is read the same, where the bytes leave no choice of charset.
pub fn gb_manscdp(bytes: &[u8]) {
    let message = match Message::parse(bytes) {
        Ok(message) => message,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    let charset = [Charset::Gb2312, Charset::Gb18030, Charset::Utf8][bytes.len() % 3];
    let dialect = Dialect::new(charset, Edition::V2022);
    let written = message.write(dialect);
    if is_certain(&message, dialect, &written) {
        let again = Message::parse(&written).expect("a message of our own");
        let is_mended = is_mended(&message) || is_mended(&again);
        assert!(again == message || is_mended, "{charset:?}: {again:?} of {message:?}");
        if again != message {
            assert_eq!(Message::parse(&again.write(dialect)), Ok(again));
        }
    }
}

/// Whether something cannot be written as it was read: items that mean nothing are counted only, and what is no name in XML or has a
/// character that the charset lacks, though it may look like that of a list, is written as `_`.
fn is_mended(message: &Message) -> bool {
    let shown = format!("{message:?}").replace("dropped: 0", "");
    shown.contains("dropped: ") || shown.contains("name: \"_\"")
}

/// Chinese of a few characters can be read as two charsets; which one it is nobody can know.
fn is_certain(message: &Message, dialect: Dialect, written: &[u8]) -> bool {
    if written.is_ascii() {
        return true;
    }
    let unicode = message.write(Dialect { charset: Charset::Utf8, ..dialect });
    let root = |text: &str| text.find("?>").map_or_else(String::new, |at| text[at..].to_owned());
    // Numeric references are for the charsets that lack characters, and are read as the characters.
    dialect.charset != Charset::Gb2312 && root(&decode(written)) == root(&String::from_utf8_lossy(&unicode))
}

/// Control of a playback and answers to it, read and written.
pub fn gb_mansrtsp(bytes: &[u8]) {
    let control = match Control::parse(bytes) {
        Ok(control) => control,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    let text = match &control {
        Control::Request(request) => request.write(),
        Control::Response(response) => response.write(),
    };
    check_numbers(&control);
    // Control characters are not written, and a few other characters can be read as two charsets.
    let is_kept = match &control {
        Control::Response(response) => {
            response.rtp_info.as_ref().is_none_or(|info| !info.contains(char::is_control) && info.is_ascii())
        }
        Control::Request(_) => true,
    };
    if is_kept && text.len() <= mansrtsp::BODY_BYTES_MAX {
        assert_eq!(Control::parse(text.as_bytes()), Ok(control));
    }
}

/// Speeds and places that arithmetic can be done with.
fn check_numbers(control: &Control) {
    let (range, scale) = match control {
        Control::Request(request) => match request.action {
            Action::Play { range, scale } => (range, scale),
            Action::Pause | Action::Teardown => (None, None),
        },
        Control::Response(response) => (response.range, response.scale),
    };
    assert!(scale.is_none_or(f64::is_finite));
    match range {
        Some(mansrtsp::Range::From(from)) => assert!(from.is_finite() && from >= 0.0),
        Some(mansrtsp::Range::Between(from, to)) => {
            assert!(from.is_finite() && to.is_finite() && from >= 0.0 && to >= 0.0);
        }
        Some(mansrtsp::Range::Now) | None => {}
    }
}

/// Descriptions of sessions, read and written, with the line `f=`.
pub fn gb_sdp(bytes: &[u8]) {
    let read = match Sdp::parse(bytes) {
        Ok(read) => read,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    assert!((1..=sdp::MEDIA_MAX).contains(&read.media.len()));
    for media in &read.media {
        let _ = (read.address_of(media), read.setup(media), read.file_size(media), read.stream_number(media));
        assert!(read.download_speed(media).is_none_or(f64::is_finite));
        assert!(media.attributes.len().max(media.rtp_maps.len()) <= sdp::ATTRIBUTES_MAX);
    }
    let _ = read.format.as_ref().and_then(|format| format.video.resolution.as_ref()?.pixels());
    let text = read.write();
    let fits = text.len() <= sdp::BODY_BYTES_MAX && text.lines().count() <= sdp::LINES_MAX;
    if !fits || decode(text.as_bytes()) != text {
        return;
    }
    let again = Sdp::parse(text.as_bytes()).expect("a description of our own");
    assert_eq!(again, with_dashes(read));
}

/// What is empty and may not be is written as a dash.
fn with_dashes(mut sdp: Sdp) -> Sdp {
    for text in [&mut sdp.origin, &mut sdp.origin_address] {
        if text.is_empty() {
            "-".clone_into(text);
        }
    }
    if sdp.kind.as_str().is_empty() {
        sdp.kind = SessionKind::Raw("-".to_owned());
    }
    sdp
}
