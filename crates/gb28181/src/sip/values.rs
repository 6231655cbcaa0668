//! The values of the smaller headers.

use super::method::Method;
use super::params::{Params, decimal, find_outside};

/// `CSeq`: a number and the method it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CSeq {
    /// Counts the requests of one Call-ID.
    pub number: u32,
    /// The method of the request.
    pub method: Method,
}

impl CSeq {
    /// Reads `20 REGISTER`; `None` when either half is missing.
    pub fn parse(value: &[u8]) -> Option<Self> {
        let value = value.trim_ascii();
        let blank = value.iter().position(u8::is_ascii_whitespace)?;
        let number = u32::try_from(decimal(&value[..blank])?).ok()?;
        Some(Self { number, method: Method::of(value[blank..].trim_ascii()) })
    }
}

/// `Subject` of an INVITE: `senderId:senderSeq,receiverId:receiverSeq`. The same sender and sequence again obliges the device to drop its
/// old stream, which is the standard's own cure for streams that nobody watches any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject<'a> {
    /// Who sends media.
    pub sender: &'a [u8],
    /// At most 20 characters, the first 0 for live and 1 for history.
    pub sender_sequence: &'a [u8],
    /// Who receives media.
    pub receiver: &'a [u8],
    /// The receiver's number.
    pub receiver_sequence: &'a [u8],
}

impl<'a> Subject<'a> {
    /// Reads the header value; `None` without a comma. Missing sequences are empty.
    pub fn parse(value: &'a [u8]) -> Option<Self> {
        let comma = value.iter().position(|byte| *byte == b',')?;
        let half = |part: &'a [u8]| {
            let part = part.trim_ascii();
            let colon = part.iter().position(|byte| *byte == b':').unwrap_or(part.len());
            (&part[..colon], part.get(colon + 1..).unwrap_or_default())
        };
        let (sender, sender_sequence) = half(&value[..comma]);
        let (receiver, receiver_sequence) = half(&value[comma + 1..]);
        Some(Self { sender, sender_sequence, receiver, receiver_sequence })
    }
}

/// `Event`: what is subscribed to. Devices want `presence`, `Catalog` or `Catalog;id=…`, each its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventPackage<'a> {
    /// The package as it came; compare without regard to case.
    pub package: &'a [u8],
    /// The `id` parameter.
    pub id: Option<&'a [u8]>,
}

impl<'a> EventPackage<'a> {
    /// Reads the header value.
    pub fn parse(value: &'a [u8]) -> Self {
        let (package, params) = head_and_params(value);
        Self { package, id: params.get("id") }
    }
}

/// `Subscription-State` of a NOTIFY.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubscriptionState<'a> {
    /// `active`, `pending` or `terminated`, as it came.
    pub state: &'a [u8],
    /// Seconds that are left.
    pub expires_s: Option<u32>,
    /// Why it ended.
    pub reason: Option<&'a [u8]>,
}

impl<'a> SubscriptionState<'a> {
    /// Reads the header value.
    pub fn parse(value: &'a [u8]) -> Self {
        let (state, params) = head_and_params(value);
        let expires_s = params.get("expires").and_then(decimal).map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        Self { state, expires_s, reason: params.get("reason") }
    }

    /// Whether no more notifications will come.
    pub fn is_terminated(&self) -> bool {
        self.state.eq_ignore_ascii_case(b"terminated")
    }
}

/// What a body is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentType {
    /// `Application/MANSCDP+xml`.
    Manscdp,
    /// `application/sdp`.
    Sdp,
    /// `Application/MANSRTSP`.
    Mansrtsp,
    /// Another type.
    Other,
    /// No header.
    Absent,
}

impl ContentType {
    /// Reads the header value, in any case and with any parameters.
    pub fn parse(value: &[u8]) -> Self {
        let (media_type, _) = head_and_params(value);
        let is = |name: &[u8]| media_type.eq_ignore_ascii_case(name);
        if is(b"application/manscdp+xml") {
            Self::Manscdp
        } else if is(b"application/sdp") {
            Self::Sdp
        } else if is(b"application/mansrtsp") {
            Self::Mansrtsp
        } else {
            Self::Other
        }
    }
}

fn head_and_params(value: &[u8]) -> (&[u8], Params<'_>) {
    let at = find_outside(value, b';').unwrap_or(value.len());
    (value[..at].trim_ascii(), Params(&value[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cseq_needs_number_and_method() {
        assert_eq!(CSeq::parse(b"2  REGISTER"), Some(CSeq { number: 2, method: Method::Register }));
        assert_eq!(CSeq::parse(b"2"), None);
        assert_eq!(CSeq::parse(b"99999999999 BYE"), None);
    }

    #[test]
    fn a_subject_names_both_ends() {
        let subject = Subject::parse(b"34020000001320000001:0200000001, 34020000002000000001:0").unwrap();
        assert_eq!(subject.sender_sequence, b"0200000001");
        assert_eq!((subject.receiver, subject.receiver_sequence), (&b"34020000002000000001"[..], &b"0"[..]));
    }

    #[test]
    fn a_content_type_is_known_in_any_case() {
        assert_eq!(ContentType::parse(b"APPLICATION/SDP"), ContentType::Sdp);
        assert_eq!(ContentType::parse(b"Application/MANSCDP+XML; charset=GB2312"), ContentType::Manscdp);
        assert_eq!(ContentType::parse(b"application/MANSRTSP"), ContentType::Mansrtsp);
    }

    #[test]
    fn an_event_keeps_its_id_and_a_state_its_reason() {
        let event = EventPackage::parse(b"Catalog;id=1894");
        assert_eq!((event.package, event.id), (&b"Catalog"[..], Some(&b"1894"[..])));
        let state = SubscriptionState::parse(b"Terminated;reason=timeout;expires=0");
        assert!(state.is_terminated());
        assert_eq!((state.reason, state.expires_s), (Some(&b"timeout"[..]), Some(0)));
    }
}
