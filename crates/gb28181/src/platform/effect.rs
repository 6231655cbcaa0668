//! What the platform wants done, and what it tells its owner.

use bytes::Bytes;

use super::calls::{CallId, CallOver, Started};
use super::questions::{Failure, Ticket};
use super::subscriptions::Topic;
use super::voice::{VoiceId, VoiceOver, VoiceStarted};
use crate::answers::{Answer, SearchResult};
use crate::id::{CatalogId, GbId};
use crate::manscdp::alarm::Alarm;
use crate::manscdp::catalog::CatalogItem;
use crate::manscdp::mobile_position::Position;
use crate::manscdp::{Body, Message};
use crate::mansrtsp;
use crate::registrar::Change;
use crate::sip::Peer;

/// Something to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send these bytes there.
    Send {
        /// A whole message.
        bytes: Bytes,
        /// Where to.
        to: Peer,
    },
    /// Close a connection: no message can be found in it any more.
    Close {
        /// Which.
        connection: u64,
    },
    /// Something happened.
    Tell(Event),
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A device came, went or moved.
    Presence {
        /// Which.
        device: GbId,
        /// What changed.
        change: Change,
    },
    /// An id that nobody approved knocked for the first time.
    Waiting {
        /// Which.
        device: GbId,
    },
    /// An approved device gave a wrong password. It may do so every second: the owner writes down the first.
    WrongPassword {
        /// Which.
        device: GbId,
    },
    /// A sign of life names children that do not work, or says that the device does not.
    Unwell {
        /// Which.
        device: GbId,
        /// The children; none when it is the device itself.
        faulty: Vec<CatalogId>,
    },
    /// The answer to a query for the catalog, complete or as far as it came; see [`Answer::is_complete`].
    Catalog(Answer<CatalogItem>),
    /// Changes of the catalog, of a subscription or unasked: to be merged, never to replace.
    CatalogNews {
        /// Whose.
        device: GbId,
        /// The items; each may say what happened to it.
        items: Vec<CatalogItem>,
    },
    /// A search for recordings has ended.
    Recordings(SearchResult),
    /// The answer to a question or order.
    Answered {
        /// To which.
        ticket: Ticket,
        /// By whom.
        device: GbId,
        /// The answer; `None` for an order that is done with the 200.
        body: Option<Body>,
    },
    /// A question or order came to nothing.
    Failed {
        /// Which.
        ticket: Ticket,
        /// Whom it was for.
        device: GbId,
        /// Why.
        failure: Failure,
    },
    /// An alarm. It is told once per message; telling repetitions of one smoke apart is the owner's business.
    Alarm {
        /// Through which device it came.
        device: GbId,
        /// Of which point.
        point: CatalogId,
        /// What it says.
        alarm: Box<Alarm>,
    },
    /// Positions.
    Positions {
        /// Through which device they came.
        device: GbId,
        /// Where things are.
        positions: Vec<Position>,
    },
    /// Other news: uploaded pictures, ended upgrades, unknown commands.
    News {
        /// Of whom.
        device: GbId,
        /// What.
        message: Box<Message>,
    },
    /// A subscription holds, for so many seconds, or has ended for now and is tried again.
    Subscription {
        /// Whose.
        device: GbId,
        /// For what.
        topic: Topic,
        /// Whether it holds.
        holds: bool,
    },
    /// Media may flow.
    CallStarted(Box<Started>),
    /// The answer to a control of a playback.
    Controlled {
        /// Of which call.
        call: CallId,
        /// The status of the INFO; 408 for none.
        status: u16,
        /// What the device said, where it said something.
        answer: Option<mansrtsp::Response>,
    },
    /// A call is over.
    CallOver {
        /// Which.
        call: CallId,
        /// Why.
        reason: CallOver,
    },
    /// A device listens.
    VoiceStarted(Box<VoiceStarted>),
    /// A voice is over.
    VoiceOver {
        /// Which.
        voice: VoiceId,
        /// Why.
        over: VoiceOver,
    },
    /// A dialog of an earlier life was ended, or not.
    Healed {
        /// Its Call-ID.
        call_id: String,
        /// Whether the device knows now. If not, try again when it is back.
        is_known: bool,
    },
}
