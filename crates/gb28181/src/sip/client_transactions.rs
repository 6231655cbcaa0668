//! The client side of transactions: repeat on UDP until an answer comes or patience ends.
//!
//! RFC 3261 17.1 with two liberties: a provisional answer is anything from 100 to 199 (Dahua says 101, srs#1500), and a finished INVITE is
//! remembered for 5 s instead of 32 s, long enough to acknowledge a repeated refusal again.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::fmt;

use bytes::Bytes;

use super::error::SipError;
use super::header_name::HeaderName;
use super::message::Message;
use super::method::Method;
use super::peer::Peer;
use super::write::MessageWriter;

/// Requests that may be waiting for an answer at once. A start with 200 000 devices is spread by the caller; this bounds its mistakes.
const TRANSACTIONS_MAX: usize = 65_536;

/// How long a refused INVITE is remembered to acknowledge repetitions.
const COMPLETED_MS: u64 = 5_000;

/// The magic cookie of RFC 3261 8.1.1.7.
const COOKIE: &str = "z9hG4bK";

/// The name of a transaction: 64 random bits of the caller, written as `z9hG4bK` and 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Branch(pub u64);

impl Branch {
    /// Reads a branch that this crate has written; `None` for any other.
    pub fn parse(value: &[u8]) -> Option<Self> {
        let digits = value.strip_prefix(COOKIE.as_bytes()).filter(|digits| digits.len() == 16)?;
        u64::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok().map(Self)
    }
}

impl fmt::Display for Branch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{COOKIE}{:016x}", self.0)
    }
}

/// How long to wait, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// First repetition; it doubles from there (T1).
    pub first_ms: u64,
    /// Longest pause between repetitions of anything but INVITE (T2).
    pub longest_ms: u64,
    /// When a request without any answer is given up (64 × T1).
    pub give_up_ms: u64,
    /// When an INVITE with provisional answers only is given up. Recorders wake disks for a playback, which takes up to half a minute.
    pub ringing_ms: u64,
}

impl Default for Patience {
    fn default() -> Self {
        Self { first_ms: 500, longest_ms: 4_000, give_up_ms: 32_000, ringing_ms: 60_000 }
    }
}

/// What became of a request. `context` is what the caller gave to [`ClientTransactions::start`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<T> {
    /// A provisional answer; the request stays open.
    Provisional {
        /// 100 to 199.
        status: u16,
    },
    /// The final answer.
    Final {
        /// 200 to 699.
        status: u16,
        /// Whose request it was.
        context: T,
    },
    /// No final answer in time.
    TimedOut {
        /// Whose request it was.
        context: T,
    },
    /// The answer repeats one that was already reported. A repeated 2xx to an INVITE is not among these: it belongs to its call.
    Repeated,
}

/// The open requests. Times are [`super::Now::mono_ms`].
#[derive(Debug)]
pub struct ClientTransactions<T> {
    patience: Patience,
    open: HashMap<(Branch, Method), Transaction<T>>,
    // Entries whose time no longer agrees with the transaction are skipped.
    deadlines: BinaryHeap<Reverse<(u64, Branch, Method)>>,
}

#[derive(Debug)]
struct Transaction<T> {
    // Taken out when the outcome is reported; a refused INVITE lives on without it.
    context: Option<T>,
    request: Bytes,
    to: Peer,
    due_ms: u64,
    pause_ms: u64,
    give_up_ms: u64,
    ringing: bool,
    acknowledgement: Option<Bytes>,
}

impl<T> ClientTransactions<T> {
    /// No open requests.
    pub fn new(patience: Patience) -> Self {
        Self { patience, open: HashMap::new(), deadlines: BinaryHeap::new() }
    }

    /// Remembers a request that the caller sends now. `branch` must be the one in its topmost `Via`.
    pub fn start(
        &mut self,
        now_ms: u64,
        branch: Branch,
        method: Method,
        request: Bytes,
        to: Peer,
        context: T,
    ) -> Result<(), SipError> {
        if self.open.len() >= TRANSACTIONS_MAX {
            return Err(SipError::Full { what: "open requests", max: TRANSACTIONS_MAX });
        }
        let give_up_ms = now_ms + self.patience.give_up_ms;
        let due_ms = if to.is_datagram() { now_ms + self.patience.first_ms } else { give_up_ms };
        let transaction = Transaction {
            context: Some(context),
            request,
            to,
            due_ms,
            pause_ms: self.patience.first_ms,
            give_up_ms,
            ringing: false,
            acknowledgement: None,
        };
        self.open.insert((branch, method), transaction);
        self.deadlines.push(Reverse((due_ms, branch, method)));
        Ok(())
    }

    /// Takes a response. `None` when it belongs to no open request: a 2xx to an INVITE then goes to its call, anything else is dropped.
    /// What is to be sent (the ACK of a refusal) is added to `out`.
    pub fn on_response(
        &mut self,
        now_ms: u64,
        response: &Message<'_>,
        out: &mut Vec<(Bytes, Peer)>,
    ) -> Option<(Branch, Outcome<T>)> {
        let status = response.status()?;
        let branch = Branch::parse(response.via()?.branch()?)?;
        let method = response.cseq()?.method;
        let transaction = self.open.get_mut(&(branch, method))?;
        if status < 200 {
            transaction.ring(now_ms, method, self.patience);
            self.deadlines.push(Reverse((transaction.due_ms, branch, method)));
            return Some((branch, Outcome::Provisional { status }));
        }
        if method == Method::Invite && status >= 300 {
            let acknowledgement = transaction
                .acknowledgement
                .get_or_insert_with(|| Bytes::from(refusal_ack(&transaction.request, response)))
                .clone();
            out.push((acknowledgement, transaction.to));
            let Some(context) = transaction.context.take() else { return Some((branch, Outcome::Repeated)) };
            transaction.due_ms = now_ms + COMPLETED_MS;
            transaction.give_up_ms = transaction.due_ms;
            self.deadlines.push(Reverse((transaction.due_ms, branch, method)));
            return Some((branch, Outcome::Final { status, context }));
        }
        let context = self.open.remove(&(branch, method))?.context?;
        Some((branch, Outcome::Final { status, context }))
    }

    /// Repeats what is due and reports what timed out.
    pub fn on_timer(
        &mut self,
        now_ms: u64,
        out: &mut Vec<(Bytes, Peer)>,
    ) -> Vec<(Branch, Method, Outcome<T>)> {
        let mut ended = Vec::new();
        while let Some(Reverse((due, branch, method))) = self.deadlines.peek().copied() {
            if due > now_ms {
                break;
            }
            self.deadlines.pop();
            let Some(transaction) = self.open.get_mut(&(branch, method)) else { continue };
            if transaction.due_ms != due {
                continue;
            }
            if due >= transaction.give_up_ms {
                let gone = self.open.remove(&(branch, method));
                if let Some(context) = gone.and_then(|transaction| transaction.context) {
                    ended.push((branch, method, Outcome::TimedOut { context }));
                }
                continue;
            }
            out.push((transaction.request.clone(), transaction.to));
            transaction.repeat(now_ms, method, self.patience);
            self.deadlines.push(Reverse((transaction.due_ms, branch, method)));
        }
        ended
    }

    /// When [`ClientTransactions::on_timer`] next has something to do; may be early, never late.
    pub fn next_deadline_ms(&self) -> Option<u64> {
        self.deadlines.peek().map(|Reverse((due, _, _))| *due)
    }

    /// Requests that wait for an answer.
    pub fn len(&self) -> usize {
        self.open.len()
    }

    /// Whether no request waits.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }
}

impl<T> Transaction<T> {
    /// A provisional answer came: an INVITE is not repeated any more, others slowly (RFC 3261 17.1.2.2).
    fn ring(&mut self, now_ms: u64, method: Method, patience: Patience) {
        if self.context.is_none() {
            return;
        }
        if method == Method::Invite {
            self.give_up_ms = now_ms + patience.ringing_ms;
            self.due_ms = self.give_up_ms;
        } else if !self.ringing && self.to.is_datagram() {
            self.pause_ms = patience.longest_ms;
            self.due_ms = (now_ms + self.pause_ms).min(self.give_up_ms);
        }
        self.ringing = true;
    }

    fn repeat(&mut self, now_ms: u64, method: Method, patience: Patience) {
        self.pause_ms *= 2;
        if method != Method::Invite {
            self.pause_ms = self.pause_ms.min(patience.longest_ms);
        }
        self.due_ms = (now_ms + self.pause_ms).min(self.give_up_ms);
    }
}

/// The ACK of a refusal: the request's own headers, the answer's `To` (RFC 3261 17.1.1.3).
fn refusal_ack(request: &[u8], response: &Message<'_>) -> Vec<u8> {
    let Ok(request) = Message::from_frame(request) else { return Vec::new() };
    let value = |name| request.header(name).unwrap_or_default();
    let number = request.cseq().map_or(1, |cseq| cseq.number);
    let mut writer = MessageWriter::request(Method::Ack, request.request_uri().unwrap_or_default())
        .header("Via", value(HeaderName::Via))
        .header("From", value(HeaderName::From))
        .header("To", response.header(HeaderName::To).unwrap_or_default())
        .header("Call-ID", value(HeaderName::CallId))
        .header("CSeq", format!("{number} ACK"));
    for route in request.all(HeaderName::Route) {
        writer.add("Route", &[route]);
    }
    writer.header("Max-Forwards", "70").empty()
}

#[cfg(test)]
#[path = "client_transactions_tests.rs"]
mod tests;
