//! Every other request: does it come from somebody who is registered, and is it a keep-alive?
//!
//! Any valid request of a device is life (WVP#1633, #2006), and the address it came from is the address it lives at, because NAT mappings change
//! between registrations (WVP#114). A request of somebody who is not registered is answered with 403, which makes most devices register
//! (WVP#814); 200 would leave them believing that all is well.

use super::admission::Admission;
use super::buckets;
use super::effect::Effect;
use super::keepalive::{Life, life_in};
use super::presence::Presence;
use super::table::{Registrar, network};
use crate::id::GbId;
use crate::sip::{Message, Method, Now, Peer};

/// Where the sender of a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Registered: the caller goes on with the request.
    Registered(GbId),
    /// Registered, and the request is a keep-alive that has been answered.
    Keepalive {
        /// Whose.
        device: GbId,
        /// Whether the body says more than OK and is worth parsing.
        has_news: bool,
    },
    /// Answered with 403.
    Refused,
    /// Not answered.
    Dropped,
}

impl Registrar {
    /// Takes any request but REGISTER. `directory` is asked only about ids that are not registered.
    pub fn on_request<'d>(
        &mut self,
        now: Now,
        request: &Message<'_>,
        from: Peer,
        directory: impl Fn(&GbId) -> Admission<'d>,
        out: &mut Vec<Effect>,
    ) -> Standing {
        let named = request.from().and_then(|address| GbId::from_digits(address.uri.subject()));
        let by_name = named.and_then(|device| self.find(&device));
        // A channel's id in `From` stands for the device at that address.
        let Some(index) = by_name.or_else(|| self.find_by_peer(&from)).filter(|index| self.is_there(*index))
        else {
            return self.refuse_stranger(now, request, from, named, directory, out);
        };
        if !self.record(index).trusts(&from) {
            self.counters.moved_address += 1;
            return self.refuse_request(now, request, from, out);
        }
        let (rate, burst) = self.settings.device_rate;
        let record = self.record_mut(index);
        if !buckets::take(&mut record.tokens, &mut record.tokens_at_ms, now.mono_ms, rate, burst) {
            self.counters.limited_id += 1;
            return Standing::Dropped;
        }
        let device = record.device;
        self.hear(index, from, now, out);
        if request.method() != Some(Method::Message) {
            return Standing::Registered(device);
        }
        let has_news = match life_in(request.body) {
            Life::Other => return Standing::Registered(device),
            Life::Plain => false,
            Life::WithNews => true,
        };
        self.counters.keepalives += 1;
        let bytes = self.head(request, &from, 200, "OK").empty();
        out.push(Effect::Send { bytes, to: from });
        Standing::Keepalive { device, has_news }
    }

    /// A device answered a request of ours: life as well. The caller has matched the response to that request.
    pub fn on_answered(&mut self, now: Now, device: &GbId, from: Peer, out: &mut Vec<Effect>) {
        if let Some(index) = self.find(device).filter(|index| self.is_there(*index))
            && self.record(index).trusts(&from)
        {
            self.hear(index, from, now, out);
        }
    }

    fn is_there(&self, index: u32) -> bool {
        self.record(index).presence != Presence::Gone
    }

    /// Somebody who is not registered. An approved device is always told, within its own share, because its address may be that of a whole
    /// district which some other device there floods; a stranger only from the share of its address.
    fn refuse_stranger<'d>(
        &mut self,
        now: Now,
        request: &Message<'_>,
        from: Peer,
        named: Option<GbId>,
        directory: impl Fn(&GbId) -> Admission<'d>,
        out: &mut Vec<Effect>,
    ) -> Standing {
        let Some(device) = named else {
            self.counters.not_an_id += 1;
            return Standing::Dropped;
        };
        self.counters.not_registered += 1;
        if request.method() == Some(Method::Ack) {
            return Standing::Dropped;
        }
        if self.settings.allows(&device) && matches!(directory(&device), Admission::Approved(_)) {
            if !self.by_id.take(now.mono_ms, (device, network(from.address.ip()))) {
                self.counters.limited_id += 1;
                return Standing::Dropped;
            }
            let bytes = self.head(request, &from, 403, "Forbidden").empty();
            out.push(Effect::Send { bytes, to: from });
            return Standing::Refused;
        }
        self.refuse_request(now, request, from, out)
    }

    fn refuse_request(
        &mut self,
        now: Now,
        request: &Message<'_>,
        from: Peer,
        out: &mut Vec<Effect>,
    ) -> Standing {
        // An ACK has no answer (RFC 3261 17.1.1.3).
        let told =
            request.method() != Some(Method::Ack) && self.refuse(now, request, from, 403, "Forbidden", out);
        if told { Standing::Refused } else { Standing::Dropped }
    }
}

#[cfg(test)]
#[path = "liveness_tests.rs"]
mod tests;
