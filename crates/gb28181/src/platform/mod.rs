//! The platform's endpoint: one state machine for everything that devices and lower platforms are spoken to about.
//!
//! [`Platform`] takes bytes, the time and commands, and gives back [`Effect`]s: bytes to send and [`Event`]s to act on. It owns the
//! registrar, the transactions in both directions, the calls, the answers that come in pieces and the subscriptions. It asks its owner
//! about devices through [`Devices`], and stores nothing: what must survive a restart is told, and given back
//! ([`Platform::restore`], [`Platform::heal`]).
//!
//! The one idea needed to read it: a device is known by its id and *reached where it was last heard*, by the very socket or connection.

mod bodies;
mod calls;
mod devices;
mod diagnosis;
mod effect;
mod outgoing;
mod questions;
mod receive;
mod settings;
mod subscriptions;
mod timer;
mod turn;
mod voice;

use std::collections::HashMap;

pub use calls::{CallId, CallOver, Plan, Reason, Started};
pub use devices::Devices;
pub use diagnosis::{Forgiven, Traced, Way};
pub use effect::{Effect, Event};
pub use questions::{CommandError, Failure, Ticket};
pub use settings::Settings;
pub use subscriptions::Topic;
pub use voice::{VoiceEnd, VoiceFormat, VoiceId, VoiceOver, VoicePlan, VoiceStarted};

use crate::answers::{CatalogAnswers, RecordSearches, catalog_limits};
use crate::id::GbId;
use crate::intake::Intake;
use crate::registrar::{Binding, Registrar, Terms};
use crate::sip::{ClientTransactions, Now, ResponseCache, TransactionKey};
use crate::ssrc::SsrcPool;
use crate::tokens::Tokens;

/// Numbers of questions: below those of searches, and both within 31 bits, because devices read them into an `int`.
const SN_MAX: u64 = 1 << 30;

/// What arrived and was no message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Noise {
    /// Datagrams and bytes that are no SIP: blanks, STUN, RTP, anything.
    pub not_sip: u64,
    /// What began like SIP and cannot be read.
    pub malformed: u64,
}

/// The platform.
#[derive(Debug)]
pub struct Platform {
    settings: Settings,
    registrar: Registrar,
    responses: ResponseCache,
    // The request that is being answered.
    answering: Option<TransactionKey>,
    transactions: ClientTransactions<outgoing::Pending>,
    intake: Intake,
    tokens: Tokens,
    sn: u64,
    questions: questions::Questions,
    catalogs: CatalogAnswers,
    catalog_of: HashMap<GbId, u64>,
    records: RecordSearches,
    subscriptions: subscriptions::Subscriptions,
    calls: calls::Calls,
    voices: voice::Voices,
    ssrcs: SsrcPool,
    diagnosis: diagnosis::Diagnosis,
    counters: Noise,
}

impl Platform {
    /// A platform without devices. `secret` is 32 random bytes, new at each start.
    pub fn new(settings: Settings, secret: &[u8; 32], now: Now) -> Self {
        let mut tokens = Tokens::new(secret);
        let mut nonce_secret = [0; 32];
        for part in nonce_secret.chunks_exact_mut(8) {
            part.copy_from_slice(&tokens.number().to_be_bytes());
        }
        // A straggler's answer to a question of an earlier life should meet none of ours.
        let sn = tokens.number() % SN_MAX / 2;
        Self {
            registrar: Registrar::new(settings.registrar.clone(), &nonce_secret, now),
            responses: ResponseCache::new(),
            answering: None,
            transactions: ClientTransactions::new(settings.patience),
            intake: Intake::default(),
            records: RecordSearches::new(SN_MAX + sn),
            sn,
            tokens,
            questions: questions::Questions::default(),
            catalogs: CatalogAnswers::new(catalog_limits()),
            catalog_of: HashMap::new(),
            subscriptions: subscriptions::Subscriptions::default(),
            calls: calls::Calls::default(),
            voices: voice::Voices::default(),
            ssrcs: SsrcPool::new(settings.id),
            diagnosis: diagnosis::Diagnosis::default(),
            counters: Noise::default(),
            settings,
        }
    }

    /// The table of registrations, to look at.
    pub fn registrar(&self) -> &Registrar {
        &self.registrar
    }

    /// Puts a stored registration back after a restart.
    pub fn restore(&mut self, binding: Binding, now: Now) {
        self.registrar.restore(binding, now);
    }

    /// Takes an id off the list of those that wait, because somebody decided.
    pub fn decide(&mut self, device: &GbId) {
        self.registrar.decide(device);
    }

    /// Changes a device's switches, because somebody edited them.
    pub fn reconfigure(&mut self, device: &GbId, terms: Terms, now: Now) {
        self.registrar.reconfigure(device, terms, now);
    }

    /// Forgets a device that was deleted or blocked.
    pub fn forget(&mut self, device: &GbId) {
        self.registrar.forget(device);
        self.catalog_of.remove(device);
        self.subscriptions.forget(device);
    }

    /// The last messages of a device without secrets, the oldest first.
    pub fn trace(&self, device: &GbId) -> impl Iterator<Item = &Traced> {
        self.diagnosis.trace(device)
    }

    /// What had to be forgiven a device, and how often.
    pub fn forgiven(&self, device: &GbId) -> &[(&'static str, u32)] {
        self.diagnosis.forgiven(device)
    }

    /// What arrived and was no message.
    pub fn noise(&self) -> Noise {
        self.counters
    }

    fn next_sn(&mut self) -> u64 {
        self.sn = (self.sn + 1) % SN_MAX;
        self.sn.max(1)
    }
}
