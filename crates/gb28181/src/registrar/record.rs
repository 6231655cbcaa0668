//! One device in the table, packed: every byte here is paid 200 000 times.

use super::admission::Terms;
use super::presence::Presence;
use crate::edition::Edition;
use crate::id::GbId;
use crate::sip::{Channel, Now, Peer};

#[derive(Debug)]
pub(super) struct Record {
    pub device: GbId,
    pub presence: Presence,
    pub version: Edition,
    pub terms: Terms,
    /// Whether it was asked for life since it was last heard.
    pub probed: bool,
    pub peer: Peer,
    /// When the registration runs out, with the grace; monotonic milliseconds.
    pub until_ms: u64,
    /// When it was last heard.
    pub heard_ms: u64,
    /// The second in which the wheel looks at it; 0 for never.
    pub check_s: u32,
    /// The newest nonce that it used, and how often: what is older or repeated is a replay.
    pub nonce_made_ms: i64,
    pub nonce_count: u32,
    /// The REGISTER that was accepted last, to know its repetition.
    pub accepted: u64,
    /// Its own bucket, see [`super::buckets::take`].
    pub tokens: f32,
    pub tokens_at_ms: u32,
}

/// What a late device deserves at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// Nothing before this time.
    Later(u64),
    /// A question.
    Probe,
    /// All keep-alives were missed.
    Missed,
    /// The registration ran out.
    Expired,
    /// Gone for long enough to be forgotten.
    Forget,
}

/// How long a device that is gone is remembered: as long as a nonce could be replayed, and then some.
const GONE_MS: u64 = 300_000;

impl Record {
    pub fn new(device: GbId, peer: Peer, terms: Terms, now: Now) -> Self {
        Self {
            device,
            presence: Presence::Gone,
            version: Edition::default(),
            terms,
            probed: false,
            peer,
            until_ms: now.mono_ms,
            heard_ms: now.mono_ms,
            check_s: 0,
            nonce_made_ms: i64::MIN,
            nonce_count: 0,
            accepted: 0,
            // A full bucket: the first request caps it at the burst.
            tokens: f32::MAX,
            tokens_at_ms: now.mono_ms as u32,
        }
    }

    /// What the wheel is to do with this device now.
    pub fn due(&self, now_ms: u64, slack_ms: u64) -> Due {
        match self.presence {
            Presence::Gone if now_ms >= self.until_ms.max(self.heard_ms) + GONE_MS => Due::Forget,
            Presence::Gone => Due::Later(self.until_ms.max(self.heard_ms) + GONE_MS),
            _ if now_ms >= self.until_ms => Due::Expired,
            Presence::Silent => Due::Later(self.until_ms),
            Presence::Online => {
                let misses = self.terms.misses_allowed();
                let interval_ms = self.terms.interval_ms();
                let silent_ms = self.heard_ms + misses * interval_ms + slack_ms;
                // One interval before the end, or half of it when there is only one.
                let probe_ms = silent_ms - if misses > 1 { interval_ms } else { interval_ms / 2 };
                if now_ms >= silent_ms {
                    Due::Missed
                } else if self.probed {
                    Due::Later(silent_ms.min(self.until_ms))
                } else if now_ms >= probe_ms {
                    Due::Probe
                } else {
                    Due::Later(probe_ms.min(self.until_ms))
                }
            }
        }
    }

    /// Whether a packet from there may speak for this device.
    pub fn trusts(&self, peer: &Peer) -> bool {
        self.terms.roaming || self.peer.address.ip() == peer.address.ip()
    }

    /// The connection it rides, if any.
    pub fn connection(&self) -> Option<u64> {
        match self.peer.channel {
            Channel::Tcp { connection } => Some(connection),
            Channel::Udp { .. } => None,
        }
    }
}
