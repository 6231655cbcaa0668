//! Header names, long and compact, in any case.

/// A header that this crate reads or writes. The compact forms of RFC 3261 7.3.3 mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the header of that name")]
pub enum HeaderName {
    Via,
    From,
    To,
    CallId,
    CSeq,
    Contact,
    Expires,
    MaxForwards,
    ContentLength,
    ContentType,
    UserAgent,
    Authorization,
    WwwAuthenticate,
    Date,
    /// `X-GB-Ver`, GB/T 28181—2022 Annex I.
    XGbVer,
    Subject,
    Event,
    SubscriptionState,
    Route,
    RecordRoute,
    Allow,
    /// `Note`, the optional integrity digest of a message.
    Note,
    /// Anything else; its name is kept in [`super::Header::raw_name`].
    Other,
}

/// Every known name: canonical spelling, compact form (0 where there is none).
const NAMES: [(HeaderName, &str, u8); 22] = [
    (HeaderName::Via, "Via", b'v'),
    (HeaderName::From, "From", b'f'),
    (HeaderName::To, "To", b't'),
    (HeaderName::CallId, "Call-ID", b'i'),
    (HeaderName::CSeq, "CSeq", 0),
    (HeaderName::Contact, "Contact", b'm'),
    (HeaderName::Expires, "Expires", 0),
    (HeaderName::MaxForwards, "Max-Forwards", 0),
    (HeaderName::ContentLength, "Content-Length", b'l'),
    (HeaderName::ContentType, "Content-Type", b'c'),
    (HeaderName::UserAgent, "User-Agent", 0),
    (HeaderName::Authorization, "Authorization", 0),
    (HeaderName::WwwAuthenticate, "WWW-Authenticate", 0),
    (HeaderName::Date, "Date", 0),
    (HeaderName::XGbVer, "X-GB-Ver", 0),
    (HeaderName::Subject, "Subject", b's'),
    (HeaderName::Event, "Event", b'o'),
    (HeaderName::SubscriptionState, "Subscription-State", 0),
    (HeaderName::Route, "Route", 0),
    (HeaderName::RecordRoute, "Record-Route", 0),
    (HeaderName::Allow, "Allow", 0),
    (HeaderName::Note, "Note", 0),
];

impl HeaderName {
    /// The name of a token, in whatever case and form it came.
    pub fn of(token: &[u8]) -> Self {
        if let [letter] = token {
            let letter = letter.to_ascii_lowercase();
            return NAMES
                .iter()
                .find(|(_, _, compact)| *compact == letter && letter != 0)
                .map_or(Self::Other, |n| n.0);
        }
        // The length decides between most names, so that at most one or two comparisons are made.
        NAMES
            .iter()
            .find(|(_, name, _)| name.len() == token.len() && name.as_bytes().eq_ignore_ascii_case(token))
            .map_or(Self::Other, |n| n.0)
    }

    /// The canonical spelling; empty for [`HeaderName::Other`].
    pub fn as_str(self) -> &'static str {
        NAMES.get(self as usize).map_or("", |n| n.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_by_its_own_spelling() {
        for (name, spelling, _) in NAMES {
            assert_eq!(HeaderName::of(spelling.to_ascii_uppercase().as_bytes()), name);
            assert_eq!(name.as_str(), spelling);
        }
    }

    #[test]
    fn a_compact_letter_is_the_header_it_stands_for() {
        assert_eq!(HeaderName::of(b"I"), HeaderName::CallId);
        assert_eq!(HeaderName::of(b"q"), HeaderName::Other);
        assert_eq!(HeaderName::of(&[0]), HeaderName::Other);
    }
}
