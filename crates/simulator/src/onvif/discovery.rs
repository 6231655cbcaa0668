//! WS-Discovery: answers whoever asks, at the address of the device.

use super::State;
use super::login::between;
use std::sync::Arc;
use tokio::net::UdpSocket;

/// Longest question, in bytes.
const QUESTION_BYTES_MAX: usize = 8 << 10;

/// Answers until dropped.
pub(super) async fn serve(socket: UdpSocket, state: Arc<State>) {
    let mut buffer = vec![0; QUESTION_BYTES_MAX];
    while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
        let question = String::from_utf8_lossy(&buffer[..length]).into_owned();
        if !question.contains("Probe>") {
            continue;
        }
        let name = between(&question, "MessageID").unwrap_or_default();
        if let Err(error) = socket.send_to(answer(&state, name).as_bytes(), from).await {
            tracing::debug!(%error, "simulated onvif device: no answer sent");
        }
    }
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
