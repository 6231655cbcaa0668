//! What a notice of a device means to the desk. GB/T 28181 has no code for smoke or fire in any edition, so every maker sends
//! numbers of its own, and a mapping kept by people says what they are. A number that nobody has mapped has no kind: it stays visible.

use crate::alarm::code::AlarmCode;

/// What the mapping says of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// It is an alarm.
    Alarm(AlarmCode),
    /// It is known, and nothing for the desk: motion in the picture, a video signal that came back.
    Ignored,
}

impl NoticeKind {
    /// The word used in rows and JSON: the alarm code, or `ignored`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alarm(code) => code.as_str(),
            Self::Ignored => "ignored",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        if word == Self::Ignored.as_str() {
            Some(Self::Ignored)
        } else {
            AlarmCode::parse(word).map(Self::Alarm)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alarm::code::ALARM_CODES;

    #[test]
    fn words_read_back() {
        let codes = ALARM_CODES.iter().copied().map(NoticeKind::Alarm);
        for kind in codes.chain([NoticeKind::Ignored]) {
            assert_eq!(NoticeKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(NoticeKind::parse("smoke"), None);
    }
}
