//! Our ports for media: one for each session, UDP and TCP under the same number, so that the device may choose.
//!
//! Ports are even, because a port given for RTP that is odd is read as the even one below it (RFC 3550 §11) and control packets go to the
//! odd one above. A port that was given back rests: a device that was not told the end of its session, or has not heard it
//! yet, goes on sending, and its pictures must not appear as those of another camera.

use socket2::SockRef;
use std::collections::VecDeque;
use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, UdpSocket};
use tokio::time::Instant;

/// How long a port rests. Most devices stop within a second of a BYE; one that lost it has been told again by then.
const REST: Duration = Duration::from_secs(20);

/// Room for datagrams until they are read: a key frame of a 4K camera, which some devices send in one burst, twice.
const UDP_BUFFER_BYTES: usize = 2 << 20;

/// No port is free, or none can be bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no media port is free")]
pub struct NoPort;

/// The ports that sessions take theirs from; shared by all cameras of a process.
#[derive(Debug)]
pub struct MediaPorts {
    address: IpAddr,
    free: Mutex<VecDeque<Free>>,
}

#[derive(Debug)]
struct Free {
    number: u16,
    /// When it was given back.
    since: Option<Instant>,
}

/// A port of a session: it listens. Dropping it gives it back.
#[derive(Debug)]
pub struct MediaPort {
    pub(crate) udp: UdpSocket,
    pub(crate) tcp: TcpListener,
    lease: Lease,
}

#[derive(Debug)]
struct Lease {
    number: u16,
    home: Arc<MediaPorts>,
}

impl MediaPorts {
    /// The even ports of `range` on the local address `address`; nothing is bound yet.
    pub fn new(address: IpAddr, range: RangeInclusive<u16>) -> Arc<Self> {
        let even = range.filter(|number| number % 2 == 0 && *number != 0);
        let free = even.map(|number| Free { number, since: None }).collect();
        Arc::new(Self { address, free: Mutex::new(free) })
    }

    /// A port that has rested; the one unused for longest comes first. One that another program holds is passed over.
    pub async fn take(self: &Arc<Self>) -> Result<MediaPort, NoPort> {
        // Each port at most once: those that cannot be bound go to the end of the line.
        let tries = self.free().len();
        for _ in 0..tries {
            let lease = self.lease()?;
            let place = (self.address, lease.number);
            match (UdpSocket::bind(place).await, TcpListener::bind(place).await) {
                (Ok(udp), Ok(tcp)) => {
                    // The system gives what it allows (net.core.rmem_max); with less, large key frames have holes.
                    let _ = SockRef::from(&udp).set_recv_buffer_size(UDP_BUFFER_BYTES);
                    return Ok(MediaPort { udp, tcp, lease });
                }
                (Err(error), _) | (_, Err(error)) => {
                    tracing::debug!(port = lease.number, %error, "media port not bound");
                }
            }
        }
        Err(NoPort)
    }

    /// Ports that could be taken now, resting ones not counted.
    pub fn available(&self) -> usize {
        self.free().iter().filter(|free| free.has_rested()).count()
    }

    fn lease(self: &Arc<Self>) -> Result<Lease, NoPort> {
        let mut free = self.free();
        // They come back in the order of time, so the first has rested longest.
        let first = free.pop_front_if(|first| first.has_rested()).ok_or(NoPort)?;
        Ok(Lease { number: first.number, home: self.clone() })
    }

    fn free(&self) -> MutexGuard<'_, VecDeque<Free>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Free {
    fn has_rested(&self) -> bool {
        self.since.is_none_or(|since| since.elapsed() >= REST)
    }
}

impl MediaPort {
    /// Its number.
    pub fn number(&self) -> u16 {
        self.lease.number
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.home.free().push_back(Free { number: self.number, since: Some(Instant::now()) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn ports(range: RangeInclusive<u16>) -> Arc<MediaPorts> {
        MediaPorts::new(Ipv4Addr::LOCALHOST.into(), range)
    }

    #[tokio::test(start_paused = true)]
    async fn a_port_given_back_rests_before_it_is_used_again() {
        let ports = ports(26_000..=26_001);
        let first = ports.take().await.unwrap();
        assert_eq!(first.number(), 26_000);
        assert_eq!(ports.take().await.unwrap_err(), NoPort);
        drop(first);
        assert_eq!(ports.take().await.unwrap_err(), NoPort);
        tokio::time::advance(REST).await;
        assert_eq!(ports.take().await.unwrap().number(), 26_000);
    }

    #[tokio::test]
    async fn a_port_that_somebody_holds_is_passed_over() {
        let ports = ports(26_003..=26_007);
        let _held = UdpSocket::bind((Ipv4Addr::LOCALHOST, 26_004)).await.unwrap();
        assert_eq!(ports.take().await.unwrap().number(), 26_006);
        assert_eq!(ports.available(), 0);
    }
}
