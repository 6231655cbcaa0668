//! One address: which ports are open, what is spoken there, and what follows from it.

use super::maker::guess;
use super::ports::PORTS_MAX;
use super::reuse::{Evidence, Reuse};
use super::row::{ProtocolKind, ScanRow, ScannedStream};
use super::rtsp::{self, RtspAnswer};
use super::ticket::Tickets;
use super::{ScanPlan, sip};
use crate::onvif::discovery::{Found, ask};
use crate::onvif::{DeviceFacts, OnvifAddress, OnvifClient, OnvifError};
use futures::future::join_all;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long a datagram's answer is waited for.
const DATAGRAM_WAIT: Duration = Duration::from_millis(1_200);

/// Looks at one address after the other, by the pace of the whole scan.
pub(super) struct Knocker<'a> {
    plan: &'a ScanPlan,
    client: &'a OnvifClient,
    tickets: Tickets,
}

/// What was said at one address.
#[derive(Default)]
struct Heard {
    open: Vec<u16>,
    rtsp: Option<RtspAnswer>,
    sip: Option<String>,
    announced: Option<Found>,
    onvif: Option<Onvif>,
}

struct Onvif {
    port: u16,
    clock_skew_ms: Option<i64>,
    outcome: Result<DeviceFacts, OnvifError>,
}

impl<'a> Knocker<'a> {
    pub(super) fn new(plan: &'a ScanPlan, client: &'a OnvifClient) -> Self {
        Self { plan, client, tickets: Tickets::new(plan.knocks_per_s) }
    }

    /// Looks at one address; `None` where nothing answers. `announced` is its answer to the question to everybody.
    pub(super) async fn look(&self, host: Ipv4Addr, announced: Option<Found>) -> Option<ScanRow> {
        let ports = &self.plan.ports;
        let mut heard = Heard { announced, ..Heard::default() };
        let lists = [&ports.rtsp, &ports.onvif, &ports.own];
        let tcp: BTreeSet<u16> =
            lists.into_iter().flat_map(|list| list.iter().copied().take(PORTS_MAX)).collect();
        // Together, because an empty address answers nothing and each port would wait out its time.
        let open = join_all(tcp.into_iter().map(|port| self.open(host, port)));
        let sip = join_all(ports.sip.iter().copied().take(PORTS_MAX).map(|port| self.sip(host, port)));
        let (open, sip) = tokio::join!(open, sip);
        heard.open = open.into_iter().flatten().collect();
        heard.sip = sip.into_iter().flatten().next();
        if heard.open.is_empty() && heard.sip.is_none() && heard.announced.is_none() {
            return None;
        }
        self.ask(host, &mut heard).await;
        Some(heard.row(host))
    }

    /// The port, where it accepts connections.
    async fn open(&self, host: Ipv4Addr, port: u16) -> Option<u16> {
        self.tickets.take().await;
        let attempt = TcpStream::connect((host, port));
        let connected = timeout(Duration::from_millis(self.plan.connect_ms), attempt).await;
        matches!(connected, Ok(Ok(_))).then_some(port)
    }

    async fn sip(&self, host: Ipv4Addr, port: u16) -> Option<String> {
        self.tickets.take().await;
        sip::look(SocketAddrV4::new(host, port), &self.tag(host, port), DATAGRAM_WAIT).await
    }

    async fn ask(&self, host: Ipv4Addr, heard: &mut Heard) {
        let ports = &self.plan.ports;
        for port in heard.open.iter().filter(|port| ports.rtsp.contains(port)) {
            self.tickets.take().await;
            heard.rtsp = rtsp::look(SocketAddrV4::new(host, *port), self.plan.limits()).await;
            if heard.rtsp.is_some() {
                break;
            }
        }
        if heard.announced.is_none() {
            self.tickets.take().await;
            let asked = ask(host, ports.discovery, DATAGRAM_WAIT, self.plan.id).await;
            heard.announced = asked.ok().flatten();
        }
        let announced = heard.announced.as_ref().and_then(|found| found.address.clone());
        let usual = heard.open.iter().filter(|port| ports.onvif.contains(port));
        let usual = usual.map(|port| OnvifAddress::new(host, *port));
        for address in announced.into_iter().chain(usual) {
            self.tickets.take().await;
            heard.onvif = self.ask_onvif(address).await;
            if heard.onvif.is_some() {
                break;
            }
        }
    }

    /// Greets and, where ONVIF answers, asks for everything, once.
    async fn ask_onvif(&self, address: OnvifAddress) -> Option<Onvif> {
        let port = address.port();
        let clock_skew_ms = match self.client.greet(&address).await {
            Ok(skew_ms) => skew_ms,
            Err(error) => {
                tracing::debug!(%address, %error, "no onvif");
                return None;
            }
        };
        let outcome = self.client.probe(address, self.plan.credentials.clone()).await;
        Some(Onvif { port, clock_skew_ms, outcome })
    }

    /// Letters that no other question bears.
    fn tag(&self, host: Ipv4Addr, port: u16) -> String {
        let mut tag = format!("{:08x}{port:04x}", host.to_bits());
        for byte in &self.plan.id[..8] {
            // Writing to a String cannot fail.
            let _ = write!(tag, "{byte:02x}");
        }
        tag
    }
}

impl Heard {
    fn row(self, host: Ipv4Addr) -> ScanRow {
        let facts = self.onvif.as_ref().and_then(|onvif| onvif.outcome.as_ref().ok());
        let (said_maker, said_model) = match facts {
            Some(facts) => (some(&facts.identity.maker), some(&facts.identity.model)),
            None => (None, None),
        };
        let guessed = || guess(self.said(), &self.open).map(str::to_owned);
        let scopes = self.announced.as_ref().map(|found| &found.scopes);
        ScanRow {
            address: host,
            protocols: self.protocols(),
            onvif_port: self.onvif.as_ref().map(|onvif| onvif.port),
            maker_is_guessed: said_maker.is_none(),
            maker: said_maker.or_else(guessed),
            model: said_model.or_else(|| scopes.and_then(|scopes| some(&scopes.hardware))),
            needs_password: self.needs_password(),
            clock_skew_ms: self.onvif.as_ref().and_then(|onvif| onvif.clock_skew_ms),
            streams: facts.map(ScannedStream::all).unwrap_or_default(),
            can_be_reused: Reuse::of(&self.evidence()),
            facts: facts.cloned(),
            ports: self.open,
        }
    }

    fn protocols(&self) -> Vec<ProtocolKind> {
        [
            (self.rtsp.is_some(), ProtocolKind::Rtsp),
            (self.onvif.is_some(), ProtocolKind::Onvif),
            (self.sip.is_some(), ProtocolKind::Sip),
        ]
        .into_iter()
        .filter_map(|(is_spoken, kind)| is_spoken.then_some(kind))
        .collect()
    }

    fn said(&self) -> impl Iterator<Item = &str> {
        let rtsp = self.rtsp.iter().flat_map(|answer| [answer.server.as_str(), answer.realm.as_str()]);
        let scopes = self.announced.iter().map(|found| &found.scopes);
        let scopes = scopes.flat_map(|scopes| [scopes.name.as_str(), scopes.hardware.as_str()]);
        rtsp.chain(scopes).chain(self.sip.as_deref())
    }

    fn needs_password(&self) -> Option<bool> {
        let by_onvif = self.onvif.as_ref().and_then(|onvif| match &onvif.outcome {
            Err(OnvifError::NeedsPassword | OnvifError::WrongPassword | OnvifError::ClockOrPassword) => {
                Some(true)
            }
            _ => None,
        });
        self.rtsp.as_ref().and_then(|rtsp| rtsp.needs_password).or(by_onvif)
    }

    fn evidence(&self) -> Evidence<'_> {
        match (&self.onvif, &self.rtsp) {
            (Some(Onvif { outcome: Ok(facts), .. }), _) => Evidence::Facts(facts),
            (Some(Onvif { outcome: Err(error), .. }), _) => Evidence::OnvifRefused(error),
            (None, Some(rtsp)) => Evidence::Rtsp(rtsp.needs_password),
            (None, None) if self.sip.is_some() => Evidence::Sip,
            (None, None) => Evidence::Nothing,
        }
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
