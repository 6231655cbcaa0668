//! The registrar's answers. Every answer to REGISTER, good or bad, tells our edition (2022 Annex I).

use std::hash::BuildHasher as _;

use super::beijing::beijing_date;
use super::buckets::Buckets;
use super::effect::Effect;
use super::table::{Registrar, network};
use crate::digest::challenge;
use crate::sip::{HeaderName, Message, MessageWriter, Method, Now, Peer, response_head};

/// Longest `Contact` that is given back.
const CONTACT_BYTES_MAX: usize = 512;

/// What a 200 to REGISTER says.
pub(super) struct Grant {
    /// 0 for an unregistration.
    pub expires_s: u32,
    /// Whether the device may set its clock from us.
    pub time_sync: bool,
}

impl Registrar {
    /// Challenges a REGISTER.
    pub(super) fn challenge(
        &mut self,
        now: Now,
        request: &Message<'_>,
        from: Peer,
        context: &[&[u8]],
        stale: bool,
        out: &mut Vec<Effect>,
    ) {
        self.counters.challenged += 1;
        let settings = &self.settings;
        let nonce = self.nonces.make(now.mono_ms as i64, context);
        let value = challenge(&settings.realm, &nonce, settings.algorithm, settings.offer_qop, stale);
        let bytes = self
            .head(request, &from, 401, "Unauthorized")
            .header("WWW-Authenticate", value)
            .header("X-GB-Ver", settings.version.as_str())
            .empty();
        out.push(Effect::Send { bytes, to: from });
    }

    /// Accepts a REGISTER.
    pub(super) fn grant(
        &self,
        now: Now,
        request: &Message<'_>,
        from: Peer,
        grant: &Grant,
        out: &mut Vec<Effect>,
    ) {
        let mut writer = self.head(request, &from, 200, "OK");
        let contact = request.header(HeaderName::Contact).filter(|value| value.len() <= CONTACT_BYTES_MAX);
        if let Some(contact) = contact.filter(|_| grant.expires_s > 0) {
            writer = writer.header("Contact", contact);
        }
        if grant.time_sync {
            writer = writer.header("Date", beijing_date(now.unix_ms));
        }
        let writer = writer.number("Expires", u64::from(grant.expires_s));
        let bytes = writer.header("X-GB-Ver", self.settings.version.as_str()).empty();
        out.push(Effect::Send { bytes, to: from });
    }

    /// Sends a device to another server.
    pub(super) fn redirect(
        &self,
        request: &Message<'_>,
        from: Peer,
        contact: &str,
        expires_s: u32,
        out: &mut Vec<Effect>,
    ) {
        let bytes = self
            .head(request, &from, 302, "Moved Temporarily")
            .header("Contact", format!("<{contact}>"))
            .number("Expires", u64::from(expires_s))
            .header("X-GB-Ver", self.settings.version.as_str())
            .empty();
        out.push(Effect::Send { bytes, to: from });
    }

    /// Refuses a request, as long as its address has not had its share of refusals; then silence is cheaper. Returns whether it was told.
    pub(super) fn refuse(
        &mut self,
        now: Now,
        request: &Message<'_>,
        from: Peer,
        status: u16,
        reason: &str,
        out: &mut Vec<Effect>,
    ) -> bool {
        let told = spend(&mut self.refusals, now, from);
        if told {
            self.send_refusal(request, from, status, reason, out);
        } else {
            self.counters.silent += 1;
        }
        told
    }

    /// Refuses a request for which the share of its address has already been asked.
    pub(super) fn send_refusal(
        &self,
        request: &Message<'_>,
        from: Peer,
        status: u16,
        reason: &str,
        out: &mut Vec<Effect>,
    ) {
        let mut writer = self.head(request, &from, status, reason);
        if request.method() == Some(Method::Register) {
            writer = writer.header("X-GB-Ver", self.settings.version.as_str());
        }
        out.push(Effect::Send { bytes: writer.empty(), to: from });
    }

    /// The head of an answer. The tag is the same for a repeated request, without remembering any.
    pub(super) fn head(
        &self,
        request: &Message<'_>,
        from: &Peer,
        status: u16,
        reason: &str,
    ) -> MessageWriter {
        let tag = self.hasher.hash_one(request.call_id().unwrap_or_default());
        let digits: [u8; 16] =
            std::array::from_fn(|at| b"0123456789abcdef"[(tag >> (60 - 4 * at) & 15) as usize]);
        response_head(request, from, status, reason, std::str::from_utf8(&digits).unwrap_or_default())
    }
}

/// Takes one refusal from the share of an address.
pub(super) fn spend(refusals: &mut Buckets, now: Now, from: Peer) -> bool {
    refusals.take(now.mono_ms, network(from.address.ip()))
}
