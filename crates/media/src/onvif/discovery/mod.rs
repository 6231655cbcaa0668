//! Finding devices on a network by asking all of them at once (WS-Discovery 1.1 as ONVIF profiles it, Core 7).
//!
//! One datagram goes to the group 239.255.255.250 from each chosen address of this machine, once more half a second later because
//! datagrams get lost, and answers are collected for a while. An answer is believed about its sender only: an address at another
//! host is dropped. Switches often keep multicast inside a subnet; [`ask`] asks one host directly.

mod message;
mod scopes;

pub use scopes::Scopes;

use super::address::OnvifAddress;
use message::{ProbeMatch, probe, read};
use socket2::{Domain, Protocol, Socket, Type};
use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::time::{Instant, sleep_until, timeout_at};

/// Where devices listen.
pub const DISCOVERY_PORT: u16 = 3702;
/// The group that devices join.
const GROUP: Ipv4Addr = Ipv4Addr::new(239, 255, 255, 250);
/// Longest answer; a datagram has no more.
const DATAGRAM_BYTES_MAX: usize = 65_536;
/// Most devices of one search. A subnet of a school has a few hundred.
const DEVICES_MAX: usize = 2_048;
/// Most datagrams looked at in one search, so that a babbling host cannot keep a processor.
const DATAGRAMS_MAX: usize = 20_000;
/// After the first question.
const REPEAT_AFTER: Duration = Duration::from_millis(500);

/// A device that answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Who answered.
    pub host: Ipv4Addr,
    /// Its stable name, usually `urn:uuid:…`.
    pub endpoint: String,
    /// Where it says it can be asked, if that is at the host itself.
    pub address: Option<OnvifAddress>,
    /// What it says about itself before any log-in.
    pub scopes: Scopes,
}

/// How to search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// Addresses of this machine in the networks to search.
    pub interfaces: Vec<Ipv4Addr>,
    /// How long answers are collected; devices may wait half a second before they answer.
    pub collect: Duration,
    /// [`DISCOVERY_PORT`] except in tests.
    pub port: u16,
    /// 16 random bytes that name the question.
    pub id: [u8; 16],
}

/// Asks the networks behind all interfaces of a search and collects answers, one a device, in the order of their hosts.
pub async fn search(search: &Search) -> io::Result<Vec<Found>> {
    let question = probe(search.id);
    let until = Instant::now() + search.collect;
    let to = SocketAddrV4::new(GROUP, search.port);
    let searches = search.interfaces.iter().map(|interface| one_network(*interface, to, &question, until));
    let mut found = HashMap::new();
    for network in futures::future::try_join_all(searches).await? {
        found.extend(network);
    }
    let mut found: Vec<Found> = found.into_values().collect();
    found.sort_by(|a, b| (a.host, &a.endpoint).cmp(&(b.host, &b.endpoint)));
    Ok(found)
}

/// Asks one host directly. `Ok(None)` where it does not answer within `collect`.
pub async fn ask(host: Ipv4Addr, port: u16, collect: Duration, id: [u8; 16]) -> io::Result<Option<Found>> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).await?;
    socket.connect((host, port)).await?;
    let mut answers = HashMap::new();
    let until = Instant::now() + collect;
    let question = probe(id);
    gather(&socket, SocketAddrV4::new(host, port), &question, until, 1, &mut answers).await?;
    Ok(answers.into_values().find(|found| found.host == host))
}

/// The address of this machine from which `host` is reached: the interface to search for its network.
pub async fn interface_towards(host: Ipv4Addr) -> io::Result<Ipv4Addr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).await?;
    // Connecting a datagram socket sends nothing; the system only looks up the way.
    socket.connect((host, DISCOVERY_PORT)).await?;
    match socket.local_addr()? {
        SocketAddr::V4(local) => Ok(*local.ip()),
        SocketAddr::V6(_) => Err(io::ErrorKind::AddrNotAvailable.into()),
    }
}

type Answers = HashMap<String, Found>;

async fn one_network(
    interface: Ipv4Addr,
    to: SocketAddrV4,
    question: &str,
    until: Instant,
) -> io::Result<Answers> {
    let socket = Socket::new(Domain::IPV4, Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_multicast_if_v4(&interface)?;
    // Devices behind a router are none of this network's.
    socket.set_multicast_ttl_v4(1)?;
    socket.set_nonblocking(true)?;
    socket.bind(&SocketAddr::from((interface, 0)).into())?;
    let socket = UdpSocket::from_std(socket.into())?;
    let mut answers = Answers::new();
    gather(&socket, to, question, until, DEVICES_MAX, &mut answers).await?;
    Ok(answers)
}

/// Asks twice and collects until the time is over or enough have answered.
async fn gather(
    socket: &UdpSocket,
    to: SocketAddrV4,
    question: &str,
    until: Instant,
    enough: usize,
    answers: &mut Answers,
) -> io::Result<()> {
    let is_connected = socket.peer_addr().is_ok();
    let repeat_at = Instant::now() + REPEAT_AFTER;
    let mut asked = 0;
    let mut buffer = vec![0; DATAGRAM_BYTES_MAX];
    for _ in 0..DATAGRAMS_MAX {
        if asked == 0 || (asked == 1 && Instant::now() >= repeat_at) {
            asked += 1;
            let sent = if is_connected {
                socket.send(question.as_bytes()).await
            } else {
                socket.send_to(question.as_bytes(), to).await
            };
            // A host without the service says so by ICMP; that is an answer, not a failure.
            match sent {
                Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => return Ok(()),
                sent => sent?,
            };
        }
        let received = tokio::select! {
            received = timeout_at(until, socket.recv_from(&mut buffer)) => received,
            () = sleep_until(repeat_at), if asked == 1 => continue,
        };
        match received {
            Err(_) => return Ok(()),
            Ok(Err(error)) if error.kind() == io::ErrorKind::ConnectionRefused => return Ok(()),
            Ok(Err(error)) => return Err(error),
            Ok(Ok((length, SocketAddr::V4(from)))) => {
                let found = read_answer(&buffer[..length], *from.ip());
                for found in found.into_iter().take(DEVICES_MAX - answers.len().min(DEVICES_MAX)) {
                    answers.entry(format!("{} {}", found.host, found.endpoint)).or_insert(found);
                }
                if answers.len() >= enough {
                    return Ok(());
                }
            }
            Ok(Ok(_)) => {}
        }
    }
    Ok(())
}

/// The devices in a datagram that came from a host: at most 16, none in what is no answer.
pub fn read_answer(datagram: &[u8], host: Ipv4Addr) -> Vec<Found> {
    read(datagram).into_iter().map(|answer| believe(answer, host)).collect()
}

/// What an answer says about its sender.
fn believe(answer: ProbeMatch, host: Ipv4Addr) -> Found {
    let here = |said: &str| OnvifAddress::parse(said).ok().filter(|address| address.host() == host);
    let address = answer.addresses.iter().find_map(|said| here(said));
    Found { host, endpoint: answer.endpoint, address, scopes: Scopes::read(&answer.scopes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_believed_about_its_sender_only() {
        let host = Ipv4Addr::new(192, 168, 1, 64);
        let addresses =
            ["http://10.0.0.9/onvif/device_service", "http://192.168.1.64:8000/onvif/device_service"];
        let answer = |addresses: &[&str]| ProbeMatch {
            endpoint: "urn:uuid:1".into(),
            scopes: String::new(),
            addresses: addresses.iter().map(|&said| said.to_owned()).collect(),
        };
        assert_eq!(believe(answer(&addresses), host).address.map(|at| at.port()), Some(8000));
        assert_eq!(believe(answer(&addresses[..1]), host).address, None);
    }
}
