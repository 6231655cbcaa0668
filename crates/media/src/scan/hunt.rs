//! The scan as a whole: which networks to search at once, which hosts are looked at together, what is told meanwhile.

use super::host::Knocker;
use super::{ScanEvent, ScanPlan};
use crate::onvif::OnvifClient;
use crate::onvif::discovery::{Found, Search, interface_towards, search};
use futures::StreamExt as _;
use std::collections::{BTreeSet, HashMap};
use std::net::Ipv4Addr;
use std::time::Duration;
use tokio::sync::mpsc;

/// Hosts that are looked at together; most of them are empty addresses that say nothing until the time is over. Each takes ten sockets,
/// and a process may have 1024 files open as a rule.
const HOSTS_AT_ONCE: usize = 40;
/// How long answers to the multicast question are collected.
const COLLECT: Duration = Duration::from_secs(3);
/// Networks that are searched by multicast: a /22 in single addresses could lie behind many.
const INTERFACES_MAX: usize = 8;

pub(super) struct Hunt {
    plan: ScanPlan,
    client: OnvifClient,
    events: mpsc::Sender<ScanEvent>,
}

impl Hunt {
    pub(super) fn new(plan: ScanPlan, client: OnvifClient, events: mpsc::Sender<ScanEvent>) -> Self {
        Self { plan, client, events }
    }

    /// Looks at every address; ends early when nobody listens any more.
    pub(super) async fn run(self) {
        let mut announced = self.announced().await;
        let addresses = self.plan.ranges.addresses();
        let total = addresses.len();
        let knocker = Knocker::new(&self.plan, &self.client);
        let looks =
            addresses.iter().copied().map(|address| knocker.look(address, announced.remove(&address)));
        let mut looks = futures::stream::iter(looks).buffer_unordered(HOSTS_AT_ONCE);
        let mut done = 0;
        while let Some(row) = looks.next().await {
            done += 1;
            if let Some(row) = row
                && self.events.send(ScanEvent::Found(Box::new(row))).await.is_err()
            {
                return;
            }
            if self.events.send(ScanEvent::Progress { done, total }).await.is_err() {
                return;
            }
        }
    }

    /// Devices that answer the question to everybody, by host. Where multicast does not work, hosts are still asked one by one.
    async fn announced(&self) -> HashMap<Ipv4Addr, Found> {
        let mut interfaces = BTreeSet::new();
        for address in self.plan.ranges.addresses() {
            if interfaces.len() >= INTERFACES_MAX {
                break;
            }
            if let Ok(interface) = interface_towards(*address).await {
                interfaces.insert(interface);
            }
        }
        let wanted = Search {
            interfaces: interfaces.into_iter().collect(),
            collect: COLLECT,
            port: self.plan.ports.discovery,
            id: self.plan.id,
        };
        match search(&wanted).await {
            Ok(found) => found.into_iter().map(|found| (found.host, found)).collect(),
            Err(error) => {
                tracing::debug!(%error, "no answer to multicast");
                HashMap::new()
            }
        }
    }
}
