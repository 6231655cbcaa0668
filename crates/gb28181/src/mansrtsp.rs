//! MANSRTSP: control of a playback inside its dialog, as the body of INFO (9.8, annex B).
//!
//! It looks like RTSP without addresses. A change of speed is a PLAY with `Scale` alone, a seek a PLAY with `Range` alone. The device's
//! answer, where there is one, is the body of the 200.

use std::fmt::Write as _;

use crate::charset::decode;

/// `Content-Type` of these bodies; compare without regard to letter case.
pub const CONTENT_TYPE: &str = "Application/MANSRTSP";

/// The largest body that is read; real ones have five lines.
pub const BODY_BYTES_MAX: usize = 8 * 1024;

/// Why a body is no control of a playback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ControlError {
    /// More than [`BODY_BYTES_MAX`].
    #[error("the body has {0} bytes, more than {BODY_BYTES_MAX}")]
    TooLarge(usize),
    /// The first line is no request and no answer.
    #[error("the first line is none of PLAY, PAUSE, TEARDOWN and an answer")]
    FirstLine,
}

/// Where in the file to play.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Range {
    /// From where it stands: `npt=now-`.
    Now,
    /// From so many seconds after the beginning of the file: `npt=100-`.
    From(f64),
    /// Between two such places.
    Between(f64, f64),
}

/// A request.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Counts the requests of one dialog.
    pub cseq: u32,
    /// What to do.
    pub action: Action,
}

/// What to do with a playback.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Play.
    Play {
        /// From where; as it stands when absent.
        range: Option<Range>,
        /// How fast; negative is backwards (2022). As fast as before when absent.
        scale: Option<f64>,
    },
    /// Halt where it stands.
    Pause,
    /// End.
    Teardown,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// 200, or what is wrong.
    pub status: u16,
    /// Of the request.
    pub cseq: u32,
    /// Where it plays.
    pub range: Option<Range>,
    /// How fast.
    pub scale: Option<f64>,
    /// `RTP-Info`, as it came: `seq=5;rtptime=9`.
    pub rtp_info: Option<String>,
}

/// A body, which may be either.
#[derive(Debug, Clone, PartialEq)]
pub enum Control {
    /// A request.
    Request(Request),
    /// An answer.
    Response(Response),
}

impl Control {
    /// Reads a body. Forgiven: letter case, other names of the protocol, unknown headers, any line ends, numbers that are none.
    pub fn parse(bytes: &[u8]) -> Result<Self, ControlError> {
        if bytes.len() > BODY_BYTES_MAX {
            return Err(ControlError::TooLarge(bytes.len()));
        }
        let text = decode(bytes);
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let first = lines.next().ok_or(ControlError::FirstLine)?;
        let headers: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(':')).collect();
        let header = |name: &str| {
            let found = headers.iter().find(|(known, _)| known.trim().eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.trim())
        };
        let cseq = header("CSeq").and_then(|value| value.parse().ok()).unwrap_or_default();
        let range = header("Range").and_then(Range::parse);
        let scale = header("Scale").and_then(number);
        let mut words = first.split_whitespace();
        let word = words.next().unwrap_or_default().to_ascii_uppercase();
        let action = match word.as_str() {
            "PLAY" => Action::Play { range, scale },
            "PAUSE" => Action::Pause,
            "TEARDOWN" => Action::Teardown,
            // `RTSP/1.0 200 OK`, also `MANSRTSP/1.0 200 OK`.
            word if word.contains("RTSP/") => {
                let status =
                    words.next().and_then(|word| word.parse().ok()).ok_or(ControlError::FirstLine)?;
                let rtp_info = header("RTP-Info").map(str::to_owned);
                return Ok(Self::Response(Response { status, cseq, range, scale, rtp_info }));
            }
            _ => return Err(ControlError::FirstLine),
        };
        Ok(Self::Request(Request { cseq, action }))
    }
}

impl Request {
    /// The body.
    pub fn write(&self) -> String {
        let method = match self.action {
            Action::Play { .. } => "PLAY",
            Action::Pause => "PAUSE",
            Action::Teardown => "TEARDOWN",
        };
        let mut out = format!("{method} RTSP/1.0\r\nCSeq: {}\r\n", self.cseq);
        match &self.action {
            Action::Play { range, scale } => write_headers(*range, *scale, &mut out),
            Action::Pause => out.push_str("PauseTime: now\r\n"),
            Action::Teardown => {}
        }
        out.push_str("\r\n");
        out
    }
}

impl Response {
    /// An answer that says no more than its status.
    pub fn status(status: u16, cseq: u32) -> Self {
        Self { status, cseq, range: None, scale: None, rtp_info: None }
    }

    /// The body.
    pub fn write(&self) -> String {
        let reason = if self.status == 200 { "OK" } else { "Error" };
        let mut out = format!("RTSP/1.0 {} {reason}\r\nCSeq: {}\r\n", self.status, self.cseq);
        write_headers(self.range, self.scale, &mut out);
        if let Some(info) = &self.rtp_info {
            let line: String = info.chars().filter(|c| !c.is_control()).collect();
            let _ = write!(out, "RTP-Info: {line}\r\n");
        }
        out.push_str("\r\n");
        out
    }
}

impl Range {
    fn parse(value: &str) -> Option<Self> {
        let (unit, span) = value.split_once('=')?;
        if !unit.trim().eq_ignore_ascii_case("npt") {
            return None;
        }
        let (from, to) = span.trim().split_once('-').unwrap_or((span.trim(), ""));
        if from.trim().eq_ignore_ascii_case("now") {
            return Some(Self::Now);
        }
        let from = number(from).filter(|from| *from >= 0.0)?;
        match number(to).filter(|to| *to >= 0.0) {
            Some(to) => Some(Self::Between(from, to)),
            None => Some(Self::From(from)),
        }
    }

    fn write(self) -> String {
        match self {
            Self::Now => "npt=now-".to_owned(),
            Self::From(from) => format!("npt={from}-"),
            Self::Between(from, to) => format!("npt={from}-{to}"),
        }
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

fn write_headers(range: Option<Range>, scale: Option<f64>, out: &mut String) {
    if let Some(scale) = scale {
        // Annex B prints `1.0`, and some devices look for the point.
        let _ = write!(out, "Scale: {scale:?}\r\n");
    }
    if let Some(range) = range {
        let _ = write!(out, "Range: {}\r\n", range.write());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn play(range: Option<Range>, scale: Option<f64>) -> Control {
        Control::Request(Request { cseq: 2, action: Action::Play { range, scale } })
    }

    #[test]
    fn the_examples_of_annex_b_are_read() {
        let read = |text: &str| Control::parse(text.as_bytes()).unwrap();
        assert_eq!(
            read("PLAY RTSP/1.0\r\nCSeq: 2\r\nScale: 1.0\r\nRange: npt=now-\r\n"),
            play(Some(Range::Now), Some(1.0))
        );
        assert_eq!(
            read("PLAY RTSP/1.0\r\nCSeq: 2\r\nRange: npt=100-\r\n\r\n"),
            play(Some(Range::From(100.0)), None)
        );
        assert_eq!(read("PLAY RTSP/1.0\nCSeq:2\nScale: 0.5\n"), play(None, Some(0.5)));
        assert_eq!(
            read("PAUSE RTSP/1.0\r\nCSeq: 1\r\nPauseTime: now\r\n"),
            Control::Request(Request { cseq: 1, action: Action::Pause })
        );
        assert_eq!(
            read("TEARDOWN MANSRTSP/1.0\r\ncseq: 4\r\n"),
            Control::Request(Request { cseq: 4, action: Action::Teardown })
        );
    }

    #[test]
    fn an_answer_with_rtp_info_is_read() {
        let text = "RTSP/1.0 200 OK\r\nCSeq: 2\r\nRange: npt=10.5-20\r\nRTP-Info: seq=5;rtptime=9\r\n\r\n";
        let expected = Response {
            status: 200,
            cseq: 2,
            range: Some(Range::Between(10.5, 20.0)),
            scale: None,
            rtp_info: Some("seq=5;rtptime=9".to_owned()),
        };
        assert_eq!(Control::parse(text.as_bytes()), Ok(Control::Response(expected)));
    }

    #[test]
    fn a_pause_is_written_as_annex_b_prints_it() {
        let body = Request { cseq: 1, action: Action::Pause }.write();
        assert_eq!(body, "PAUSE RTSP/1.0\r\nCSeq: 1\r\nPauseTime: now\r\n\r\n");
    }

    #[test]
    fn backwards_is_a_negative_scale() {
        let body = Request { cseq: 2, action: Action::Play { range: None, scale: Some(-1.0) } }.write();
        assert_eq!(body, "PLAY RTSP/1.0\r\nCSeq: 2\r\nScale: -1.0\r\n\r\n");
    }

    #[test]
    fn numbers_that_are_none_are_left_out() {
        let text = "PLAY RTSP/1.0\r\nCSeq: x\r\nScale: fast\r\nRange: npt=-5-\r\n";
        let expected = Request { cseq: 0, action: Action::Play { range: None, scale: None } };
        assert_eq!(Control::parse(text.as_bytes()), Ok(Control::Request(expected)));
    }

    #[test]
    fn what_is_no_control_is_refused() {
        assert_eq!(Control::parse(b""), Err(ControlError::FirstLine));
        assert_eq!(Control::parse(b"<Control/>"), Err(ControlError::FirstLine));
        assert_eq!(Control::parse(b"RTSP/1.0 fine"), Err(ControlError::FirstLine));
        assert_eq!(
            Control::parse(&[b' '; BODY_BYTES_MAX + 1]),
            Err(ControlError::TooLarge(BODY_BYTES_MAX + 1))
        );
    }

    fn any_range() -> impl Strategy<Value = Option<Range>> {
        prop_oneof![
            Just(None),
            Just(Some(Range::Now)),
            (0.0..1e6).prop_map(|from| Some(Range::From(from))),
            (0.0..1e6, 0.0..1e6).prop_map(|(from, to)| Some(Range::Between(from, to))),
        ]
    }

    proptest! {
        #[test]
        fn any_play_is_read_as_it_was_written(cseq: u32, range in any_range(), scale in proptest::option::of(-16.0..16.0)) {
            let request = Request { cseq, action: Action::Play { range, scale } };
            prop_assert_eq!(Control::parse(request.write().as_bytes()), Ok(Control::Request(request)));
        }

        #[test]
        fn any_answer_is_read_as_it_was_written(
            status in 100_u16..700, cseq: u32, range in any_range(), rtp_info in proptest::option::of("[a-z=;0-9]{1,20}"))
        {
            let response = Response { status, cseq, range, scale: None, rtp_info };
            prop_assert_eq!(Control::parse(response.write().as_bytes()), Ok(Control::Response(response)));
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Control::parse(&bytes);
        }
    }
}
