//! The SIP that GB/T 28181 speaks: ten methods, one hop, no proxying and no forking.
//!
//! A message is read where it lies ([`Message`] borrows from the datagram or the stream frame) and written into one buffer
//! ([`MessageWriter`]). Everything else is a small state machine that takes bytes and the time and gives back bytes and deadlines.
//!
//! The one idea needed to read it: **what a device wrote is kept as it wrote it.** Header values are bytes, URIs stay raw strings, and
//! every deviation from RFC 3261 that was forgiven is named in [`Quirks`], so that a fault page can show it.
//!
//! A packet's way through it: [`crate::registrar::Registrar::admits`] by its address, [`DatagramAssembler`] or [`StreamFramer`] and
//! [`Message`], then [`ResponseCache`] for requests and [`ClientTransactions`] for responses, then the registrar, a [`Call`] or a body.
//! REGISTER and keep-alives need no cache: the registrar knows their repetitions.
//!
//! Behaviour that a device in the field forced carries the public thread that reported it: `WVP` is 648540858/wvp-GB28181-pro, `wvp-sw`
//! swwheihei/wvp-GB28181, `ZLM` ZLMediaKit/ZLMediaKit, `srs` ossrs/srs.

mod assembly;
mod client_transactions;
mod dialog;
mod error;
mod framing;
mod header_name;
pub mod limits;
mod message;
mod method;
mod name_addr;
mod params;
mod parse;
mod peer;
mod quirks;
mod reframe;
mod request;
mod respond;
mod server_transactions;
mod stream;
mod uri;
mod values;
mod via;
mod write;

pub use assembly::{DatagramAssembler, Received};
pub use client_transactions::{Branch, ClientTransactions, Outcome, Patience};
pub use dialog::{
    Act, Call, CallEffect, CallEnd, CallEvent, CallSetup, DialogIdentity, Event as DialogEvent, Role,
    State as DialogState, Step, healing_bye, step,
};
pub use error::SipError;
pub use framing::{Datagram, classify};
pub use header_name::HeaderName;
pub use message::{Header, Message, StartLine};
pub use method::Method;
pub use name_addr::NameAddr;
pub use params::Params;
pub use peer::{Channel, Now, Peer};
pub use quirks::Quirks;
pub(crate) use reframe::bytes_of;
pub use request::RequestHead;
pub use respond::{respond, response_head};
pub use server_transactions::{ResponseCache, Seen, TransactionKey};
pub use stream::{Frame, StreamFramer};
pub use uri::Uri;
pub use values::{CSeq, ContentType, EventPackage, Subject, SubscriptionState};
pub use via::Via;
pub use write::MessageWriter;
