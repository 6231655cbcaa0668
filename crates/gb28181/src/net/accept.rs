//! The TCP listeners.

use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio::time::{Sleep, sleep};

use super::Counters;
use super::connections::Connections;
use super::error::BindError;

/// Connections that wait to be accepted: after a restart of ours all devices come at once. The system may give less.
const BACKLOG: u32 = 4_096;

/// Connections taken in before arrivals are looked at again.
const ACCEPTS_AT_ONCE: usize = 64;

/// Pause after a failure to accept: without file descriptors the next try fails as well, and the connection waits.
const PAUSE: Duration = Duration::from_millis(200);

/// The listeners.
#[derive(Debug)]
pub(super) struct Listeners {
    open: Vec<TcpListener>,
    pause: Option<Pin<Box<Sleep>>>,
    failed: u64,
}

impl Listeners {
    pub fn bind(addresses: &[SocketAddr]) -> Result<Self, BindError> {
        let listen = |address: SocketAddr| {
            let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
            // Connections of an earlier life must not keep the port from this one.
            socket.set_reuseaddr(true)?;
            socket.bind(address)?;
            socket.listen(BACKLOG)
        };
        let open = addresses
            .iter()
            .map(|address| listen(*address).map_err(BindError::of("TCP", *address)))
            .collect::<Result<_, _>>()?;
        Ok(Self { open, pause: None, failed: 0 })
    }

    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.open.iter().filter_map(|listener| listener.local_addr().ok()).collect()
    }

    pub fn count(&self, counters: &mut Counters) {
        counters.accept_failed = self.failed;
    }

    /// Takes in what has come and leaves the waker for what comes.
    pub fn poll_accept(&mut self, context: &mut Context<'_>, connections: &mut Connections) {
        if let Some(pause) = &mut self.pause {
            if pause.as_mut().poll(context).is_pending() {
                return;
            }
            self.pause = None;
        }
        for listener in &self.open {
            for taken in 0.. {
                if taken == ACCEPTS_AT_ONCE {
                    context.waker().wake_by_ref();
                    break;
                }
                match listener.poll_accept(context) {
                    Poll::Pending => break,
                    Poll::Ready(Ok((stream, address))) => connections.accept(stream, address),
                    Poll::Ready(Err(_)) => {
                        self.failed += 1;
                        let mut pause = Box::pin(sleep(PAUSE));
                        // The first look leaves the waker.
                        let _ = pause.as_mut().poll(context);
                        self.pause = Some(pause);
                        return;
                    }
                }
            }
        }
    }
}
