//! REGISTER: who may, who proved it, for how long.
//!
//! The cheap and certain questions come first, so that a scanner costs a hash look-up and no digest: is it an id, is it one of ours, do the rules
//! allow it, does anybody know it, does it come too often. Then the digest, always, also for a known Call-ID and for an unregistration.
//!
//! A nonce is bound to the id and the address it was made for, lives a minute, and serves one registration: the newest one used is kept, and an
//! older or equal one is challenged again, unless `nc` has grown (with `qop`) or the very same request is repeated, which is answered again and
//! changes nothing. So a captured REGISTER is worth nothing, although no nonce is ever stored.
//! Nonces carry monotonic time: a clock that is set back must not lock out everybody who registered in its future.

use crate::id::GbId;
use std::hash::BuildHasher as _;
use std::net::IpAddr;

use super::admission::{Admission, Approved, Proof, Terms};
use super::answers::{Grant, spend};
use super::effect::Effect;
use super::presence::{Presence, PresenceEvent};
use super::table::{Registrar, network};
use crate::digest::{Credentials, Verdict, verify};
use crate::sip::{HeaderName, Message, Now, Peer};

/// What became of a REGISTER.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// Answered with 401.
    Challenged,
    /// Registered or refreshed.
    Accepted(GbId),
    /// A repetition of the one accepted last; answered again.
    Repeated(GbId),
    /// No longer registered.
    Unregistered(GbId),
    /// Sent to another server.
    Redirected(GbId),
    /// Answered with a refusal.
    Refused,
    /// Not answered.
    Dropped,
}

/// A digest that was right.
struct Proven {
    nonce_made_ms: i64,
    nonce_count: u32,
}

impl Registrar {
    /// Takes a REGISTER. `directory` says what its owner thinks of an id; it is asked at most once.
    pub fn on_register<'d>(
        &mut self,
        now: Now,
        request: &Message<'_>,
        from: Peer,
        directory: impl Fn(&GbId) -> Admission<'d>,
        out: &mut Vec<Effect>,
    ) -> Registration {
        let Some(device) = named_in(request) else {
            self.counters.not_an_id += 1;
            return Registration::Dropped;
        };
        if self.settings.own_ids.contains(&device) {
            self.counters.own_id += 1;
            return self.turn_away(now, request, from, out);
        }
        if !self.settings.allows(&device) {
            self.counters.not_allowed += 1;
            return self.turn_away(now, request, from, out);
        }
        match directory(&device) {
            Admission::Blocked => {
                self.counters.blocked_id += 1;
                self.turn_away(now, request, from, out)
            }
            Admission::Unknown { commissioning } => {
                self.counters.unknown_id += 1;
                self.knock(now, request, from, device, commissioning.as_ref(), out)
            }
            Admission::Approved(approved) => {
                if !self.by_id.take(now.mono_ms, (device, network(from.address.ip()))) {
                    self.counters.limited_id += 1;
                    return Registration::Dropped;
                }
                self.register(now, request, from, device, &approved, out)
            }
        }
    }

    fn register(
        &mut self,
        now: Now,
        request: &Message<'_>,
        from: Peer,
        device: GbId,
        approved: &Approved<'_>,
        out: &mut Vec<Effect>,
    ) -> Registration {
        let proven =
            match self.prove(now, request, from, device, &approved.proof, approved.terms.roaming, out) {
                Ok(proven) => proven,
                Err(registration) => return registration,
            };
        let asked_s = request.expires_s();
        if let Some(contact) = approved.redirect.as_deref().filter(|_| asked_s != Some(0)) {
            self.redirect(request, from, contact, asked_s.unwrap_or(self.settings.expires_default_s), out);
            return Registration::Redirected(device);
        }
        let expires_s = asked_s.unwrap_or(self.settings.expires_default_s).min(self.settings.expires_max_s);
        let grant = Grant { expires_s, time_sync: approved.terms.time_sync };
        let accepted = self.hasher.hash_one((request.call_id(), request.cseq().map(|cseq| cseq.number)));
        let Some(index) = self.find_or_add(device, from, approved.terms, now) else {
            self.counters.table_full += 1;
            self.refuse(now, request, from, 503, "Service Unavailable", out);
            return Registration::Refused;
        };
        let record = self.record(index);
        let is_repeated = record.accepted == accepted && record.nonce_made_ms == proven.nonce_made_ms;
        if is_repeated && record.nonce_count == proven.nonce_count {
            self.grant(now, request, from, &grant, out);
            return Registration::Repeated(device);
        }
        let newest = (record.nonce_made_ms, record.nonce_count);
        if (proven.nonce_made_ms, proven.nonce_count) <= newest {
            self.counters.replayed += 1;
            let address = octets(from.address.ip());
            self.challenge(
                now,
                request,
                from,
                &context(&device, &address, approved.terms.roaming),
                true,
                out,
            );
            return Registration::Challenged;
        }
        self.grant(now, request, from, &grant, out);
        let record = self.record_mut(index);
        record.nonce_made_ms = proven.nonce_made_ms;
        record.nonce_count = proven.nonce_count;
        record.accepted = accepted;
        self.enter(now, request, from, index, approved.terms, expires_s, out)
    }

    /// Writes an accepted REGISTER into the record.
    #[expect(
        clippy::too_many_arguments,
        reason = "one call, from the function above, of what it has found out"
    )]
    fn enter(
        &mut self,
        now: Now,
        request: &Message<'_>,
        from: Peer,
        index: u32,
        terms: Terms,
        expires_s: u32,
        out: &mut Vec<Effect>,
    ) -> Registration {
        let device = self.record(index).device;
        let held_s = expires_s.max(self.settings.expires_floor_s) + self.settings.expires_grace_s;
        self.move_to(index, from, out);
        let record = self.record_mut(index);
        record.terms = terms;
        record.heard_ms = record.heard_ms.max(now.mono_ms);
        record.probed = false;
        if expires_s == 0 {
            record.until_ms = now.mono_ms;
            self.counters.unregistered += 1;
            self.happen(index, PresenceEvent::Unregistered, out);
            self.schedule(index, now);
            return Registration::Unregistered(device);
        }
        record.until_ms = now.mono_ms + u64::from(held_s) * 1_000;
        record.version = request.edition().unwrap_or_default();
        self.note_address(index);
        self.counters.registered += 1;
        self.happen(index, PresenceEvent::Registered, out);
        self.schedule(index, now);
        Registration::Accepted(device)
    }

    /// Asks for the digest or judges it. `Err` is the answer already given.
    #[expect(clippy::too_many_arguments, reason = "the question as it came, and what it is judged by")]
    fn prove(
        &mut self,
        now: Now,
        request: &Message<'_>,
        from: Peer,
        device: GbId,
        proof: &Proof<'_>,
        roaming: bool,
        out: &mut Vec<Effect>,
    ) -> Result<Proven, Registration> {
        let address = octets(from.address.ip());
        let context = context(&device, &address, roaming);
        let Some(credentials) = request.authorizations().find_map(Credentials::parse) else {
            self.challenge(now, request, from, &context, false, out);
            return Err(Registration::Challenged);
        };
        let settings = &self.settings;
        let verdict = verify(
            &credentials,
            "REGISTER",
            &settings.realm,
            proof.secret(),
            &settings.hashers,
            &self.nonces,
            now.mono_ms as i64,
            settings.nonce_age_ms,
            &context,
        );
        match verdict {
            Verdict::Accepted { nonce_made_ms, nc } => Ok(Proven { nonce_made_ms, nonce_count: nc }),
            Verdict::Stale => {
                self.counters.stale_nonce += 1;
                self.challenge(now, request, from, &context, true, out);
                Err(Registration::Challenged)
            }
            Verdict::Wrong | Verdict::Unsupported => {
                self.counters.wrong_digest += 1;
                Err(self.turn_away(now, request, from, out))
            }
        }
    }

    /// An id that nobody has approved: listed while its address has refusals left, and refused in any case.
    fn knock(
        &mut self,
        now: Now,
        request: &Message<'_>,
        from: Peer,
        device: GbId,
        commissioning: Option<&Proof<'_>>,
        out: &mut Vec<Effect>,
    ) -> Registration {
        if !spend(&mut self.refusals, now, from) {
            self.counters.silent += 1;
            return Registration::Dropped;
        }
        let proved = match commissioning {
            None => false,
            Some(proof) => match self.prove(now, request, from, device, proof, false, out) {
                Ok(_) => true,
                Err(registration) => return registration,
            },
        };
        let agent = request.header(HeaderName::UserAgent).unwrap_or_default();
        if self.waiting.knock(device, from, now.unix_ms, proved, agent) {
            out.push(Effect::Waiting { device });
        }
        self.send_refusal(request, from, 403, "Forbidden", out);
        Registration::Refused
    }

    fn turn_away(
        &mut self,
        now: Now,
        request: &Message<'_>,
        from: Peer,
        out: &mut Vec<Effect>,
    ) -> Registration {
        if self.refuse(now, request, from, 403, "Forbidden", out) {
            Registration::Refused
        } else {
            Registration::Dropped
        }
    }

    /// Whether a device is registered, silent ones included.
    pub fn is_registered(&self, device: &GbId) -> bool {
        self.find(device).is_some_and(|index| self.record(index).presence != Presence::Gone)
    }
}

/// Whom a REGISTER is about: `To`, and `From` when that is unreadable; they are the same in GB/T 28181.
fn named_in(request: &Message<'_>) -> Option<GbId> {
    let of = |address: crate::sip::NameAddr<'_>| GbId::from_digits(address.uri.subject());
    request.to().and_then(of).or_else(|| request.from().and_then(of))
}

/// What a nonce is bound to: the id, and the address unless it may change by the minute.
fn context<'a>(device: &'a GbId, address: &'a [u8; 16], roaming: bool) -> [&'a [u8]; 2] {
    [device.as_bytes(), if roaming { b"" } else { address }]
}

fn octets(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().octets(),
        IpAddr::V6(v6) => v6.octets(),
    }
}

#[cfg(test)]
#[path = "register_tests.rs"]
mod tests;
