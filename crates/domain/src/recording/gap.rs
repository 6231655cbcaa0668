//! Gaps (录像缺口): stretches that should have been recorded and were not, each with the cause that explains most of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::span::{Span, subtract};
use crate::camera::CameraState;
use crate::words::words;

/// What is shorter is no gap, microseconds: between two files a stream may lose the rest of a group of pictures, and cameras seldom
/// send groups longer than two seconds.
pub const GAP_MIN_US: i64 = 2_000_000;

/// Why nothing was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GapCause {
    /// The camera or its device could not be reached, or let nobody in.
    Offline,
    /// Connected, and no usable video came.
    Silent,
    /// The disk was full, gone or failing.
    Disk,
    /// More video came than this machine could write.
    Overload,
    /// The program did not run.
    Restart,
    /// A person switched it off.
    Operator,
}

words! { GapCause:
    Offline = "offline", "设备离线", "Offline";
    Silent = "silent", "无视频", "No video";
    Disk = "disk", "磁盘故障", "Disk";
    Overload = "overload", "写入过载", "Overload";
    Restart = "restart", "程序重启", "Restart";
    Operator = "operator", "人工停录", "Switched off by a person";
}

impl GapCause {
    /// The cause that a state of the camera is; none where video comes, and the cause lies with us.
    pub fn of_camera(state: CameraState) -> Option<Self> {
        match state {
            CameraState::Online => None,
            CameraState::Disabled => Some(Self::Operator),
            CameraState::Connecting
            | CameraState::Resting
            | CameraState::Unauthorised
            | CameraState::Unreachable => Some(Self::Offline),
            CameraState::Silent | CameraState::UnsupportedCodec | CameraState::NoVideo => Some(Self::Silent),
        }
    }
}

/// Something that kept a camera from being recorded, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateSpan {
    /// When.
    pub span: Span,
    /// What.
    pub cause: GapCause,
}

/// A gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// When.
    pub span: Span,
    /// Why, for most of it.
    pub cause: GapCause,
}

/// The stretches of `expected` that are missing from `recorded`, those shorter than [`GAP_MIN_US`] left out.
pub fn gaps(recorded: &[Span], expected: &[Span]) -> Vec<Span> {
    let mut missing = subtract(expected, recorded);
    missing.retain(|span| span.length_us() >= GAP_MIN_US);
    missing
}

/// The cause that covers most of a gap. Moments that no state explains are those in which nobody wrote states down: the program did not
/// run. Of causes that explain equally much the earlier of [`GapCause::ALL`] counts.
pub fn cause_of(gap: &Span, states: &[StateSpan]) -> GapCause {
    let mut explained = [0_i64; GapCause::ALL.len()];
    for state in states {
        explained[state.cause as usize] += state.span.overlap(gap).length_us();
    }
    let spans: Vec<Span> = states.iter().map(|state| state.span).collect();
    explained[GapCause::Restart as usize] += super::span::total_us(&subtract(&[*gap], &spans));
    // `max_by_key` answers the last of equals.
    let most = GapCause::ALL.into_iter().rev().max_by_key(|cause| explained[*cause as usize]);
    most.unwrap_or(GapCause::Restart)
}

/// Turns what happened to a camera, each change with its moment in order, into stretches until `until`. None: it was being recorded.
pub fn state_spans(changes: &[(Timestamp, Option<GapCause>)], until: Timestamp) -> Vec<StateSpan> {
    let ends = changes.iter().skip(1).map(|(at, _)| *at).chain([until]);
    let spans = changes.iter().zip(ends).filter_map(|((at, cause), end)| {
        let span = Span::new(*at, end);
        cause.filter(|_| !span.is_empty()).map(|cause| StateSpan { span, cause })
    });
    spans.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(s).unwrap()
    }

    fn span(start: i64, end: i64) -> Span {
        Span::new(at(start), at(end))
    }

    #[test]
    fn a_gap_is_called_by_what_explains_most_of_it() {
        use GapCause as C;
        let gap = span(0, 100);
        for (changes, cause) in [
            (vec![], C::Restart),
            (vec![(at(0), Some(C::Silent)), (at(10), Some(C::Offline))], C::Offline),
            (vec![(at(-50), Some(C::Disk)), (at(30), None)], C::Restart),
            (vec![(at(-50), Some(C::Disk)), (at(70), None)], C::Disk),
            (vec![(at(0), Some(C::Overload)), (at(50), Some(C::Silent))], C::Silent),
            (
                vec![(at(0), Some(C::Operator)), (at(40), Some(C::Offline)), (at(70), Some(C::Operator))],
                C::Operator,
            ),
        ] {
            assert_eq!(cause_of(&gap, &state_spans(&changes, at(100))), cause, "{changes:?}");
        }
    }

    #[test]
    fn a_moment_between_two_files_is_no_gap() {
        let recorded =
            [span(0, 60), Span::new(Timestamp::from_millisecond(61_900).unwrap(), at(120)), span(122, 180)];
        assert_eq!(gaps(&recorded, &[span(0, 180)]), [span(120, 122)]);
    }

    #[test]
    fn a_camera_that_sends_video_is_never_the_cause() {
        for state in CameraState::ALL {
            assert_eq!(GapCause::of_camera(state).is_none(), state == CameraState::Online, "{state:?}");
        }
    }
}
