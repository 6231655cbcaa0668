//! One request to the outside and its answer, bounded in time and length, to admitted addresses only.

use std::sync::Arc;
use std::time::Duration;

use media::Egress;
use media::guard::Guarded;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Error};

use super::channel::Fault;

/// For a name to be found and a connection to stand.
pub(super) const CONNECT_LIMIT: Duration = Duration::from_secs(5);
/// For the whole exchange. A gateway that takes longer is tried again.
pub(super) const EXCHANGE_LIMIT: Duration = Duration::from_secs(10);
/// Longest answer read.
const ANSWER_BYTES_MAX: u64 = 64 << 10;
/// Longest piece of an answer that is kept for people, in characters.
const KEPT_CHARS_MAX: usize = 200;

/// The way out.
pub struct Http {
    agent: Agent,
    pub(super) egress: Egress,
    pub(crate) allowed: Arc<[media::Network]>,
}

/// What the other side said.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) text: String,
}

impl Http {
    /// To the internet, and to these networks.
    pub fn new(allowed: Vec<media::Network>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // An answer that sends elsewhere is no receipt; following it would sign for an address nobody entered.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent("watchfire")
            .timeout_resolve(Some(CONNECT_LIMIT))
            .timeout_connect(Some(CONNECT_LIMIT))
            .timeout_global(Some(EXCHANGE_LIMIT))
            .build();
        let allowed: Arc<[media::Network]> = allowed.into();
        let egress = Egress::Public(allowed.clone());
        let guarded = Guarded::new(egress.clone());
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), guarded), egress, allowed }
    }

    /// Sends `body`, or asks by GET where there is none, and answers what came with a status of 2xx.
    pub(super) fn exchange(
        &self,
        url: &str,
        headers: &[(&str, String)],
        body: Option<&[u8]>,
    ) -> Result<Answer, Fault> {
        let method = if body.is_some() { "POST" } else { "GET" };
        let mut request = ureq::http::Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let sent = match body {
            Some(body) => request.body(body).map_err(Error::from).and_then(|request| self.agent.run(request)),
            None => request.body(()).map_err(Error::from).and_then(|request| self.agent.run(request)),
        };
        let response = sent.map_err(|error| unreachable(&error))?;
        let (parts, body) = response.into_parts();
        let bytes = body
            .into_with_config()
            .limit(ANSWER_BYTES_MAX)
            .read_to_vec()
            .map_err(|error| unreachable(&error))?;
        let answer =
            Answer { status: parts.status.as_u16(), text: String::from_utf8_lossy(&bytes).into_owned() };
        match answer.status {
            200..300 => Ok(answer),
            408 | 425 | 429 | 500..600 => Err(Fault::passing(answer.shown())),
            404 | 410 => Err(Fault::gone(answer.shown())),
            _ => Err(Fault::lasting(answer.shown())),
        }
    }
}

impl Answer {
    /// Status and beginning of the answer, on one line.
    pub(super) fn shown(&self) -> String {
        let text = one_line(&self.text);
        if text.is_empty() { format!("HTTP {}", self.status) } else { format!("HTTP {} {text}", self.status) }
    }
}

/// What another side said, as it is kept for people: on one line, and not all of it.
pub(super) fn one_line(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(KEPT_CHARS_MAX).collect();
    text.trim().to_owned()
}

/// The text of the error names host and cause, never the address with its keys.
fn unreachable(error: &Error) -> Fault {
    match error {
        Error::Io(io) if io.kind() == std::io::ErrorKind::PermissionDenied => Fault::lasting(io.to_string()),
        Error::Http(_) | Error::BadUri(_) => {
            Fault::lasting("the address is no http or https address".to_owned())
        }
        Error::BodyExceedsLimit(_) => Fault::passing("the answer is too long".to_owned()),
        error => Fault::passing(error.to_string()),
    }
}
