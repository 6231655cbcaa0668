//! Does RTSP answer here, and does it want a password? Asked without one (RFC 2326 §10.1, §10.2).

use crate::onvif::said;
use crate::reply::{Head, ReplyError, ReplyLimits, ask};
use std::net::SocketAddrV4;

/// What RTSP says at a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RtspAnswer {
    /// Name of the server's software.
    pub(super) server: String,
    /// What a password would be for.
    pub(super) realm: String,
    /// `None` where the answer to a stream without a path says nothing about it.
    pub(super) needs_password: Option<bool>,
}

/// Asks for the methods, then for the stream at the root; `None` where it is not RTSP.
pub(super) async fn look(at: SocketAddrV4, limits: ReplyLimits) -> Option<RtspAnswer> {
    let methods = question(at, "OPTIONS", limits).await.ok()?;
    let stream = question(at, "DESCRIBE", limits).await.ok();
    let of =
        |head: Option<&Head>, name: &str| said(head.and_then(|head| head.header(name)).unwrap_or_default());
    let server = of(Some(&methods), "Server");
    let server = if server.is_empty() { of(stream.as_ref(), "Server") } else { server };
    let challenged = [stream.as_ref(), Some(&methods)].into_iter().flatten().find(|head| head.status == 401);
    let needs_password = match stream.as_ref().map(|head| head.status) {
        _ if challenged.is_some() => Some(true),
        Some(200) => Some(false),
        _ => None,
    };
    Some(RtspAnswer { server, realm: realm(&of(challenged, "WWW-Authenticate")), needs_password })
}

async fn question(at: SocketAddrV4, method: &str, limits: ReplyLimits) -> Result<Head, ReplyError> {
    let accept = if method == "DESCRIBE" { "Accept: application/sdp\r\n" } else { "" };
    let text = format!("{method} rtsp://{at}/ RTSP/1.0\r\nCSeq: 1\r\n{accept}User-Agent: watchfire\r\n\r\n");
    let reply = ask(at, text.as_bytes(), limits).await?;
    if reply.head.protocol == "RTSP" { Ok(reply.head) } else { Err(ReplyError::Foreign) }
}

fn realm(challenge: &str) -> String {
    let after = challenge.split_once("realm=\"").map_or("", |(_, rest)| rest);
    after.split('"').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_realm_is_cut_out() {
        assert_eq!(realm("Digest realm=\"Login to 4A0B\", nonce=\"1\""), "Login to 4A0B");
        assert_eq!((realm("Digest"), realm("realm=\"x")), (String::new(), "x".to_owned()));
    }
}
