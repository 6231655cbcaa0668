//! The usual ports, by what may answer there.

use crate::onvif::discovery::DISCOVERY_PORT;

/// Most ports of one kind.
pub(super) const PORTS_MAX: usize = 16;

/// Ports to knock at. Of each list the first 16 are used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ports {
    /// Where RTSP may answer.
    pub rtsp: Vec<u16>,
    /// Where ONVIF may answer over HTTP.
    pub onvif: Vec<u16>,
    /// Where SIP may answer, asked over UDP.
    pub sip: Vec<u16>,
    /// Ports of makers' own protocols: an open one is a hint about the maker.
    pub own: Vec<u16>,
    /// WS-Discovery, over UDP.
    pub discovery: u16,
}

impl Default for Ports {
    /// RTSP 554 and its usual second choice; HTTP 80, 8000, 8080, 8899 (boards of Xiongmai) and 2020 (TP-Link); SIP 5060; 8000 is
    /// also Hikvision's own, 37777 Dahua's, 34567 Xiongmai's.
    fn default() -> Self {
        Self {
            rtsp: vec![554, 8554],
            onvif: vec![80, 8000, 8080, 8899, 2020],
            sip: vec![5060],
            own: vec![37777, 34567],
            discovery: DISCOVERY_PORT,
        }
    }
}
