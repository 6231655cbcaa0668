//! The platform's endpoint behind one UDP socket, for load from outside: every id of the domain may register with one password.
//!
//! ```text
//! cargo run --release -p watchfire-gb28181 --example platform_udp -- 127.0.0.1:15070 34020000002000000001 12345678
//! ```
//!
//! Loopback only: whoever knows the password is let in, so this is no server. It exists so that a SIP load generator can be pointed at the
//! same code that a server runs, beside another registrar. It ends on SIGTERM or Ctrl-C.

#![expect(clippy::print_stdout, reason = "an example that says where it listens")]

use std::borrow::Cow;
use std::io::ErrorKind;
use std::net::{SocketAddr, UdpSocket};
use std::time::{Duration, Instant, SystemTime};

use watchfire_gb28181::id::GbId;
use watchfire_gb28181::platform::{Devices, Effect, Platform, Settings};
use watchfire_gb28181::profile::DeviceProfile;
use watchfire_gb28181::registrar::{Admission, Approved, Proof};
use watchfire_gb28181::sip::{Channel, Now, Peer};

/// A datagram holds no more.
const DATAGRAM_BYTES_MAX: usize = 65_535;
/// Datagrams taken before the timers are looked at again.
const BURST: usize = 256;

/// One password for everybody.
struct Everybody {
    password: Vec<u8>,
    profile: DeviceProfile,
}

impl Devices for Everybody {
    fn admission(&self, _: &GbId) -> Admission<'_> {
        Admission::Approved(Approved {
            proof: Proof::Password(Cow::Borrowed(&self.password)),
            terms: self.profile.terms(),
            redirect: None,
        })
    }

    fn profile(&self, _: &GbId) -> Cow<'_, DeviceProfile> {
        Cow::Borrowed(&self.profile)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let mut word = |usual: &str| words.next().unwrap_or_else(|| usual.to_owned());
    let listen: SocketAddr = word("127.0.0.1:15070").parse()?;
    let id = GbId::parse(&word("34020000002000000001"))?;
    let devices = Everybody { password: word("12345678").into_bytes(), profile: DeviceProfile::default() };
    if !listen.ip().is_loopback() {
        return Err("one password for everybody is for loopback only".into());
    }
    let socket = UdpSocket::bind(listen)?;
    let mut settings = Settings::new(id, &listen.to_string());
    // The whole load comes from one address.
    settings.registrar.address_rate = (1e6, 1e6);
    let start = Instant::now();
    let secret = fresh_secret()?;
    let mut platform = Platform::new(settings, &secret, now(start));
    println!("listening on {listen}, process {}", std::process::id());
    let (mut datagram, mut effects) = (vec![0; DATAGRAM_BYTES_MAX], Vec::new());
    loop {
        let at = now(start);
        platform.on_timer(at, &devices, &mut effects);
        send(&socket, &mut effects);
        let wait_ms = platform.next_deadline_ms().saturating_sub(at.mono_ms).clamp(1, 1_000);
        socket.set_read_timeout(Some(Duration::from_millis(wait_ms)))?;
        for _ in 0..BURST {
            let (length, address) = match socket.recv_from(&mut datagram) {
                Ok(received) => received,
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => break,
                Err(error) => return Err(error.into()),
            };
            let from = Peer { address, channel: Channel::Udp { socket: 0 } };
            platform.receive(now(start), from, &datagram[..length], &devices, &mut effects);
            send(&socket, &mut effects);
        }
    }
}

/// Sends what is to be sent; a full socket buffer loses a datagram, as a network would.
fn send(socket: &UdpSocket, effects: &mut Vec<Effect>) {
    for effect in effects.drain(..) {
        if let Effect::Send { bytes, to } = effect {
            let _ = socket.send_to(&bytes, to.address);
        }
    }
}

fn now(start: Instant) -> Now {
    let unix = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Now { mono_ms: start.elapsed().as_millis() as u64, unix_ms: unix.as_millis() as i64 }
}

fn fresh_secret() -> std::io::Result<[u8; 32]> {
    let mut secret = [0; 32];
    std::io::Read::read_exact(&mut std::fs::File::open("/dev/urandom")?, &mut secret)?;
    Ok(secret)
}
