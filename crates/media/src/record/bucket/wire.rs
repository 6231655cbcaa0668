//! One signed request and its answer, bounded in time, length and tries.
//!
//! Everything asked here may be asked again: reading, listing, removing, and putting an object whole. So what fails on the way or inside the
//! service is tried again a few times, and nothing else is.

use std::io::{self, Read};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use tracing::debug;
use ureq::http::{HeaderMap, Request};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Error, SendBody};

use super::endpoint::BucketAddress;
use super::sign::{BucketKeys, Unsigned, authorization, query_text, sha256_hex, stamp};
use super::trouble::{AskedOf, BucketTrouble};
use crate::camera::Clock;
use crate::guard::Guarded;
use crate::reach::Egress;

/// Tries of one request, and what is waited before the second; before the third four times as long.
const TRIES: u32 = 3;
const FIRST_WAIT: Duration = Duration::from_millis(200);
/// For a connection to stand.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);
/// For a request and its answer, to which the time of its bytes at [`SLOWEST_BYTES_PER_S`] is added.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);
/// A line slower than half a megabit brings no minute of video away in a minute.
const SLOWEST_BYTES_PER_S: u64 = 64 << 10;
/// Longest answer that is no footage: 1 000 names of a list.
const WORDS_BYTES_MAX: u64 = 2 << 20;
/// Connections that wait for the next request: one for each that reads or writes at the same time.
const IDLE_MAX: usize = 8;

/// The way to a bucket.
pub(super) struct Wire {
    agent: Agent,
    pub(super) address: BucketAddress,
    keys: BucketKeys,
    clock: Clock,
}

/// A request.
pub(super) struct Ask<'a> {
    pub(super) method: &'static str,
    /// Of the object; empty: the bucket.
    pub(super) key: &'a str,
    /// In the order of names.
    pub(super) query: Vec<(&'static str, String)>,
    /// Further headers, in the order of names; those that begin with `x-amz-` are signed.
    pub(super) headers: Vec<(&'static str, String)>,
    /// What is sent.
    pub(super) content: Content<'a>,
    /// Bytes that the answer may have beyond words.
    pub(super) bytes_max: u64,
}

/// What a request carries.
pub(super) enum Content<'a> {
    Nothing,
    Bytes(&'a [u8]),
    /// A file from its beginning, again for every try.
    File {
        length: u64,
        sha256: &'a str,
        from: &'a dyn Fn() -> Box<dyn Read + 'a>,
        slowest_bytes_per_s: u64,
    },
}

/// An answer that is a success.
pub(super) struct Answer {
    pub(super) status: u16,
    headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// A header as text; none where there is none.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl<'a> Ask<'a> {
    pub(super) fn of(method: &'static str, key: &'a str) -> Self {
        Self { method, key, query: Vec::new(), headers: Vec::new(), content: Content::Nothing, bytes_max: 0 }
    }

    /// Bytes that travel, for the time they need.
    fn limit(&self) -> Duration {
        let (bytes, slowest) = match self.content {
            Content::File { length, slowest_bytes_per_s, .. } => (length, slowest_bytes_per_s),
            _ => (self.bytes_max, SLOWEST_BYTES_PER_S),
        };
        ANSWER_LIMIT + Duration::from_secs(bytes / slowest.clamp(1, SLOWEST_BYTES_PER_S))
    }
}

impl Wire {
    pub(super) fn new(address: BucketAddress, keys: BucketKeys, clock: Clock) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent("watchfire")
            .timeout_resolve(Some(CONNECT_LIMIT))
            .timeout_connect(Some(CONNECT_LIMIT))
            .max_idle_connections(IDLE_MAX)
            .max_idle_connections_per_host(IDLE_MAX)
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Guarded::new(Egress::Storage));
        Self { agent, address, keys, clock }
    }

    /// Asks until there is an answer. NotFound where the object is not there; a [`BucketTrouble`] for everything else.
    pub(super) fn ask(&self, ask: &Ask<'_>) -> io::Result<Answer> {
        let (mut tries, mut wait) = (0, FIRST_WAIT);
        loop {
            let failed = match self.try_once(ask) {
                Ok(answer) => match self.read(ask, answer)? {
                    Looked::Success(answer) => return Ok(answer),
                    Looked::Again(trouble) => trouble,
                },
                Err(error) => self.unreachable(&error),
            };
            tries += 1;
            if tries == TRIES {
                return Err(failed.into());
            }
            debug!(bucket = self.address.bucket(), key = ask.key, %failed, "request is made again");
            thread::sleep(wait);
            wait *= 4;
        }
    }

    fn try_once(&self, ask: &Ask<'_>) -> Result<Answer, Error> {
        let request = self.signed(ask);
        let limit = Some(ask.limit());
        let response = match &ask.content {
            Content::Nothing => {
                self.agent.run(self.agent.configure_request(request.body(())?).timeout_global(limit).build())
            }
            Content::Bytes(bytes) => self
                .agent
                .run(self.agent.configure_request(request.body(*bytes)?).timeout_global(limit).build()),
            Content::File { from, .. } => {
                let mut reader = from();
                let request = request.body(SendBody::from_reader(&mut reader))?;
                self.agent.run(self.agent.configure_request(request).timeout_global(limit).build())
            }
        }?;
        let (parts, body) = response.into_parts();
        let body = body.into_with_config().limit(ask.bytes_max.max(WORDS_BYTES_MAX)).read_to_vec()?;
        Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body })
    }

    /// A success, or something that may be better the next time; an error for what never will be.
    fn read(&self, ask: &Ask<'_>, answer: Answer) -> io::Result<Looked> {
        if (200..300).contains(&answer.status) {
            return Ok(Looked::Success(answer));
        }
        let path = self.address.path(ask.key);
        let of = AskedOf {
            key_id: self.keys.id(),
            bucket: self.address.bucket(),
            method: ask.method,
            path: &path,
        };
        let trouble = BucketTrouble::read(answer.status, &String::from_utf8_lossy(&answer.body), &of);
        let is_passing = matches!(answer.status, 429 | 500 | 502 | 503 | 504);
        match trouble {
            Some(trouble) if is_passing => Ok(Looked::Again(trouble)),
            Some(trouble) => Err(trouble.into()),
            // What is put needs no object to be there.
            None if ask.method == "PUT" => {
                Err(BucketTrouble::NoBucket(self.address.bucket().to_owned()).into())
            }
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn signed(&self, ask: &Ask<'_>) -> ureq::http::request::Builder {
        let now = Timestamp::from_microsecond((self.clock)()).unwrap_or_default();
        let sha256 = match &ask.content {
            Content::Nothing => sha256_hex(b""),
            Content::Bytes(bytes) => sha256_hex(bytes),
            Content::File { sha256, .. } => (*sha256).to_owned(),
        };
        let mut signed = vec![("host", self.address.host())];
        signed.extend(ask.headers.iter().filter(|(name, _)| name.starts_with("x-amz-")).cloned());
        signed.extend([("x-amz-content-sha256", sha256.clone()), ("x-amz-date", stamp(now))]);
        signed.sort_unstable();
        let path = self.address.path(ask.key);
        let unsigned = Unsigned {
            method: ask.method,
            path: &path,
            query: &ask.query,
            headers: &signed,
            content_sha256: &sha256,
        };
        let authorization = authorization(&unsigned, self.address.region(), &self.keys, now);
        let query = match query_text(&ask.query) {
            query if query.is_empty() => query,
            query => format!("?{query}"),
        };
        let uri = format!("{}://{}{path}{query}", self.address.scheme(), self.address.host());
        let mut request =
            Request::builder().method(ask.method).uri(uri).header("authorization", authorization);
        for (name, value) in signed.iter().filter(|(name, _)| *name != "host") {
            request = request.header(*name, value);
        }
        for (name, value) in ask.headers.iter().filter(|(name, _)| !name.starts_with("x-amz-")) {
            request = request.header(*name, value);
        }
        if let Content::File { length, .. } = ask.content {
            request = request.header("content-length", length);
        }
        request
    }

    fn unreachable(&self, error: &Error) -> BucketTrouble {
        match error {
            Error::BodyExceedsLimit(limit) => BucketTrouble::Answer(format!("with more than {limit} bytes")),
            error => BucketTrouble::Unreachable { endpoint: self.address.endpoint(), why: error.to_string() },
        }
    }
}

/// An answer that was looked at.
enum Looked {
    Success(Answer),
    Again(BucketTrouble),
}
