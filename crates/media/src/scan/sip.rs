//! Does SIP answer here? A device of GB/T 28181 listens where it registers from, usually 5060, and answers OPTIONS
//! (RFC 3261 §11) as every SIP element does. That it is a camera is seen only when it registers.

use crate::onvif::said;
use crate::reply::Head;
use std::net::SocketAddrV4;
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::time::timeout;

/// Longest answer that is looked at, in bytes.
const DATAGRAM_BYTES_MAX: usize = 8 << 10;

/// The name of the software that answers, maybe empty; `None` where nothing of SIP does. `tag` makes the question unique.
pub(super) async fn look(at: SocketAddrV4, tag: &str, wait: Duration) -> Option<String> {
    let socket = UdpSocket::bind(("0.0.0.0", 0)).await.ok()?;
    socket.connect(at).await.ok()?;
    let local = socket.local_addr().ok()?;
    let question = format!(
        "OPTIONS sip:{at} SIP/2.0\r\nVia: SIP/2.0/UDP {local};rport;branch=z9hG4bK{tag}\r\nMax-Forwards: 70\r\n\
         From: <sip:scan@{local}>;tag={tag}\r\nTo: <sip:{at}>\r\nCall-ID: {tag}\r\nCSeq: 1 OPTIONS\r\n\
         Contact: <sip:scan@{local}>\r\nUser-Agent: watchfire\r\nContent-Length: 0\r\n\r\n"
    );
    socket.send(question.as_bytes()).await.ok()?;
    let mut buffer = vec![0; DATAGRAM_BYTES_MAX];
    let length = timeout(wait, socket.recv(&mut buffer)).await.ok()?.ok()?;
    // Any status shows that SIP is spoken; many devices refuse strangers with 403 or 404.
    let head = Head::parse(&buffer[..length]).filter(|head| head.protocol == "SIP")?;
    Some(said(head.header("Server").or_else(|| head.header("User-Agent")).unwrap_or_default()))
}
