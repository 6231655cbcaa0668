//! WS-Discovery: answers whoever asks the device itself, or the group at the device's port.

use super::State;
use super::login::between;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::UdpSocket;

/// Longest question, in bytes.
const QUESTION_BYTES_MAX: usize = 8 << 10;

/// The group that everybody asks.
const GROUP: Ipv4Addr = Ipv4Addr::new(239, 255, 255, 250);

/// Both ends of discovery: questions to the device and to the group; answers leave by the first.
pub(super) struct Discovery {
    own: UdpSocket,
    /// Missing where the system has no multicast.
    group: Option<UdpSocket>,
}

impl Discovery {
    /// Opens a free port.
    pub(super) async fn open(host: IpAddr) -> io::Result<Self> {
        let own = UdpSocket::bind((host, 0)).await?;
        let group = join(host, own.local_addr()?.port()).await;
        if let Err(error) = &group {
            tracing::debug!(%error, "simulated onvif device: no multicast");
        }
        Ok(Self { own, group: group.ok() })
    }

    /// Where it answers.
    pub(super) fn address(&self) -> io::Result<SocketAddr> {
        self.own.local_addr()
    }

    /// Answers until dropped.
    pub(super) async fn serve(self, state: Arc<State>) {
        let (mut own, mut common) = (vec![0; QUESTION_BYTES_MAX], vec![0; QUESTION_BYTES_MAX]);
        loop {
            let (question, from) = tokio::select! {
                Ok((length, from)) = self.own.recv_from(&mut own) => (&own[..length], from),
                Some((length, from)) = receive(self.group.as_ref(), &mut common) => (&common[..length], from),
                else => return,
            };
            let question = String::from_utf8_lossy(question);
            if question.contains("Probe>") {
                let name = between(&question, "MessageID").unwrap_or_default();
                if let Err(error) = self.own.send_to(answer(&state, name).as_bytes(), from).await {
                    tracing::debug!(%error, "simulated onvif device: no answer sent");
                }
            }
        }
    }
}

async fn join(host: IpAddr, port: u16) -> io::Result<UdpSocket> {
    let IpAddr::V4(host) = host else { return Err(io::ErrorKind::Unsupported.into()) };
    // Bound to the group, so that it takes nothing meant for the device itself.
    let socket = UdpSocket::bind((GROUP, port)).await?;
    socket.join_multicast_v4(GROUP, host)?;
    Ok(socket)
}

async fn receive(socket: Option<&UdpSocket>, buffer: &mut [u8]) -> Option<(usize, SocketAddr)> {
    socket?.recv_from(buffer).await.ok()
}

fn answer(state: &State, question: &str) -> String {
    let (host, port) = (state.named(), state.address.port());
    format!(
        "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"a\" xmlns:d=\"d\"><s:Header>\
         <a:RelatesTo>{question}</a:RelatesTo></s:Header><s:Body><d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>\
         urn:uuid:00000000-0000-0000-0000-{port:012}</a:Address></a:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types>\
         <d:Scopes>onvif://www.onvif.org/name/Simulated%20camera onvif://www.onvif.org/hardware/SIM-1</d:Scopes>\
         <d:XAddrs>http://{host}:{port}/onvif/device_service</d:XAddrs></d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>"
    )
}
