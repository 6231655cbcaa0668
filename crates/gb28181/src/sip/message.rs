//! A SIP message, read where it lies.

use crate::edition::Edition;
use std::borrow::Cow;

use super::header_name::HeaderName;
use super::method::Method;
use super::name_addr::NameAddr;
use super::params::decimal;
use super::quirks::Quirks;
use super::values::{CSeq, ContentType, EventPackage, Subject, SubscriptionState};
use super::via::Via;

/// A request or response that borrows from the bytes it was read from. Only folded header values are copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message<'a> {
    /// What it is.
    pub start: StartLine<'a>,
    /// The body, cut by `Content-Length` as far as that can be believed.
    pub body: &'a [u8],
    /// What was forgiven.
    pub quirks: Quirks,
    pub(super) headers: Vec<Header<'a>>,
    /// Body bytes that `Content-Length` promised and that did not come.
    pub(super) missing_bytes: usize,
}

/// The first line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartLine<'a> {
    /// A request.
    Request {
        /// The method.
        method: Method,
        /// Its token, of use for [`Method::Other`] only.
        token: &'a [u8],
        /// The Request-URI as it came.
        uri: &'a [u8],
    },
    /// A response.
    Response {
        /// 100 to 699.
        status: u16,
        /// The words after it.
        reason: &'a [u8],
    },
}

/// One header line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header<'a> {
    /// Which header.
    pub name: HeaderName,
    /// Its name as it came.
    pub raw_name: &'a [u8],
    /// Its value without blanks around it; owned only when it was folded.
    pub value: Cow<'a, [u8]>,
}

impl<'a> Message<'a> {
    /// The method of a request, `None` for a response.
    pub fn method(&self) -> Option<Method> {
        match self.start {
            StartLine::Request { method, .. } => Some(method),
            StartLine::Response { .. } => None,
        }
    }

    /// The status of a response, `None` for a request.
    pub fn status(&self) -> Option<u16> {
        match self.start {
            StartLine::Request { .. } => None,
            StartLine::Response { status, .. } => Some(status),
        }
    }

    /// The Request-URI as it came, `None` for a response.
    pub fn request_uri(&self) -> Option<&'a [u8]> {
        match self.start {
            StartLine::Request { uri, .. } => Some(uri),
            StartLine::Response { .. } => None,
        }
    }

    /// Every header in the order of the message.
    pub fn headers(&self) -> &[Header<'a>] {
        &self.headers
    }

    /// The first header of this name.
    pub fn header(&self, name: HeaderName) -> Option<&[u8]> {
        self.headers.iter().find(|header| header.name == name).map(|header| header.value.as_ref())
    }

    /// All headers of this name.
    pub fn all(&self, name: HeaderName) -> impl Iterator<Item = &[u8]> {
        self.headers.iter().filter(move |header| header.name == name).map(|header| header.value.as_ref())
    }

    /// The first header of a name that [`HeaderName`] does not know, in any case.
    pub fn other(&self, name: &str) -> Option<&[u8]> {
        let wanted = |header: &&Header| header.raw_name.eq_ignore_ascii_case(name.as_bytes());
        self.headers.iter().find(wanted).map(|header| header.value.as_ref())
    }

    /// `Call-ID`; empty counts as absent.
    pub fn call_id(&self) -> Option<&[u8]> {
        self.header(HeaderName::CallId).filter(|value| !value.is_empty())
    }

    /// `CSeq`.
    pub fn cseq(&self) -> Option<CSeq> {
        self.header(HeaderName::CSeq).and_then(CSeq::parse)
    }

    /// The topmost `Via`.
    pub fn via(&self) -> Option<Via<'_>> {
        self.header(HeaderName::Via).and_then(Via::parse)
    }

    /// `From`.
    pub fn from(&self) -> Option<NameAddr<'_>> {
        self.header(HeaderName::From).map(NameAddr::parse)
    }

    /// `To`.
    pub fn to(&self) -> Option<NameAddr<'_>> {
        self.header(HeaderName::To).map(NameAddr::parse)
    }

    /// The first `Contact`.
    pub fn contact(&self) -> Option<NameAddr<'_>> {
        self.header(HeaderName::Contact).map(NameAddr::parse)
    }

    /// How long a registration or subscription is to live, in seconds: the `expires` parameter of `Contact` before the `Expires` header
    /// (RFC 3261 10.2.1.1).
    pub fn expires_s(&self) -> Option<u32> {
        let of_contact = self.contact().and_then(|contact| contact.expires_s());
        of_contact.or_else(|| {
            let value = decimal(self.header(HeaderName::Expires)?)?;
            Some(u32::try_from(value).unwrap_or(u32::MAX))
        })
    }

    /// `X-GB-Ver`; `None` when absent or unreadable.
    pub fn edition(&self) -> Option<Edition> {
        self.header(HeaderName::XGbVer).and_then(Edition::parse)
    }

    /// `Subject` of an INVITE.
    pub fn subject(&self) -> Option<Subject<'_>> {
        self.header(HeaderName::Subject).and_then(Subject::parse)
    }

    /// `Event` of SUBSCRIBE and NOTIFY.
    pub fn event(&self) -> Option<EventPackage<'_>> {
        self.header(HeaderName::Event).map(EventPackage::parse)
    }

    /// `Subscription-State` of a NOTIFY.
    pub fn subscription_state(&self) -> Option<SubscriptionState<'_>> {
        self.header(HeaderName::SubscriptionState).map(SubscriptionState::parse)
    }

    /// What the body is said to be.
    pub fn content_type(&self) -> ContentType {
        self.header(HeaderName::ContentType).map_or(ContentType::Absent, ContentType::parse)
    }

    /// Every `Authorization` header; GB 35114 devices may send one that is not a digest.
    pub fn authorizations(&self) -> impl Iterator<Item = &[u8]> {
        self.all(HeaderName::Authorization)
    }

    /// Whether more bytes of this message must be on their way: `Content-Length` promised more, or the headers had no end.
    pub fn is_cut(&self) -> bool {
        self.missing_bytes > 0
    }
}
