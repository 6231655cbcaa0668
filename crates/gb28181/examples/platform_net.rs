//! The platform's endpoint behind `net`, UDP and TCP on one port, for load from outside: every id of the domain may register with one password.
//!
//! ```text
//! cargo run --release -p watchfire-gb28181 --features net --example platform_net -- 127.0.0.1:15070 34020000002000000001 12345678
//! ```
//!
//! Loopback only: whoever knows the password is let in, so this is no server. `platform_udp` is the same without a runtime. It ends on SIGTERM
//! or Ctrl-C.

#![expect(clippy::print_stdout, reason = "an example that says what it sees")]

use std::borrow::Cow;
use std::net::SocketAddr;
use std::time::{Duration, Instant, SystemTime};

use tokio::time::timeout;
use watchfire_gb28181::id::GbId;
use watchfire_gb28181::net::{Arrival, Limits, Sockets};
use watchfire_gb28181::platform::{Devices, Effect, Platform, Settings};
use watchfire_gb28181::profile::DeviceProfile;
use watchfire_gb28181::registrar::{Admission, Approved, Proof};
use watchfire_gb28181::sip::{Channel, Now};

/// Arrivals taken before the timers are looked at again.
const BURST: usize = 256;
/// Time between two lines.
const REPORT: Duration = Duration::from_secs(5);

/// One password for everybody.
struct Everybody {
    password: Vec<u8>,
    profile: DeviceProfile,
}

impl Devices for Everybody {
    fn admission(&self, _: &GbId) -> Admission<'_> {
        let proof = Proof::Password(Cow::Borrowed(&self.password));
        Admission::Approved(Approved { proof, terms: self.profile.terms(), redirect: None })
    }

    fn profile(&self, _: &GbId) -> Cow<'_, DeviceProfile> {
        Cow::Borrowed(&self.profile)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let mut word = |usual: &str| words.next().unwrap_or_else(|| usual.to_owned());
    let listen: SocketAddr = word("127.0.0.1:15070").parse()?;
    let id = GbId::parse(&word("34020000002000000001"))?;
    let devices = Everybody { password: word("12345678").into_bytes(), profile: DeviceProfile::default() };
    if !listen.ip().is_loopback() {
        return Err("one password for everybody is for loopback only".into());
    }
    // The whole load comes from one address.
    let limits = Limits { connections_per_address_max: usize::MAX, ..Limits::default() };
    let mut sockets = Sockets::bind(&[listen], &[listen], limits).await?;
    let mut settings = Settings::new(id, &listen.to_string());
    settings.registrar.address_rate = (1e6, 1e6);
    let start = Instant::now();
    // Names need not be secret where everybody is let in.
    let mut platform = Platform::new(settings, &[42; 32], now(start));
    println!("listening on {listen}, process {}", std::process::id());
    let (mut effects, mut report) = (Vec::new(), Instant::now() + REPORT);
    loop {
        let at = now(start);
        platform.on_timer(at, &devices, &mut effects);
        act(&mut sockets, &mut effects);
        let wait_ms = platform.next_deadline_ms().saturating_sub(at.mono_ms).clamp(1, 1_000);
        let mut arrival = timeout(Duration::from_millis(wait_ms), sockets.next()).await.ok();
        for _ in 0..BURST {
            match arrival {
                Some(Arrival::Data { from, bytes }) => {
                    if let Channel::Tcp { connection } = from.channel {
                        sockets.vouch(connection);
                    }
                    platform.receive(now(start), from, &bytes, &devices, &mut effects);
                }
                Some(Arrival::Closed { connection }) => {
                    platform.connection_lost(now(start), connection, &devices, &mut effects);
                }
                None => break,
            }
            act(&mut sockets, &mut effects);
            arrival = sockets.try_next();
        }
        if Instant::now() > report {
            report = Instant::now() + REPORT;
            println!("{} devices, {:?}", platform.registrar().len(), sockets.counters());
        }
    }
}

fn act(sockets: &mut Sockets, effects: &mut Vec<Effect>) {
    for effect in effects.drain(..) {
        match effect {
            Effect::Send { bytes, to } => sockets.send(&bytes, to),
            Effect::Close { connection } => sockets.close(connection),
            Effect::Tell(_) => {}
        }
    }
}

fn now(start: Instant) -> Now {
    let unix = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Now { mono_ms: start.elapsed().as_millis() as u64, unix_ms: unix.as_millis() as i64 }
}
