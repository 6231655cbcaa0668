//! What a registration and a keep-alive cost: CPU per request with 200 000 devices, and memory per device.
//!
//! ```text
//! cargo run --release -p watchfire-gb28181 --example registrar_speed [devices]
//! ```
//!
//! Everything that the registrar does for a datagram is counted: limits, parsing, digest, table, answer. Sockets are not. CPU time is the
//! kernel's count for this process (`/proc/self/schedstat`), so it does not matter what else runs on the machine.

#![expect(clippy::print_stdout, reason = "an example that measures prints what it measured")]

use std::borrow::Cow;
use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;
use watchfire_gb28181::id::GbId;

use watchfire_gb28181::digest::{Account, Challenge, Hashers, answer};
use watchfire_gb28181::registrar::{
    Admission, Approved, Effect, Proof, Registrar, Settings, Standing, Terms,
};
use watchfire_gb28181::sip::{Channel, DatagramAssembler, HeaderName, Message, Now, Peer, Received};

const PLATFORM: &str = "34020000002000000001";
const PASSWORD: &[u8] = b"12345678";

/// Devices whose requests are made up together, so that making them is not measured and their text does not fill the memory.
const BATCH: usize = 2_000;

fn main() {
    let devices = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(200_000);
    let mut bench = Bench::new(devices);
    let before_bytes = resident_bytes();
    let fill = bench.registrations();
    let after_bytes = resident_bytes();
    report("REGISTER pair, filling", fill, devices);
    println!(
        "memory: {} MiB for {devices} devices, {} bytes a device",
        (after_bytes - before_bytes) >> 20,
        (after_bytes - before_bytes) / devices as u64
    );
    report("REGISTER pair, refreshing", bench.registrations(), devices);
    report("keep-alive", bench.keepalives(), devices);
    report("keep-alive", bench.keepalives(), devices);
    let (cpu_ns, seconds) = bench.timers();
    println!("timers: {:.3} CPU s for {seconds} s of {devices} devices", cpu_ns as f64 / 1e9);
    println!("{:?}", bench.registrar.counters());
}

fn report(what: &str, (cpu_ns, requests): (u64, u64), devices: usize) {
    println!(
        "{what}: {:.2} µs CPU each, {:.4} CPU s per 10 000 requests ({devices} devices, {requests} requests)",
        cpu_ns as f64 / 1e3 / devices as f64,
        cpu_ns as f64 / 1e9 / requests as f64 * 10_000.0,
    );
}

struct Bench {
    registrar: Registrar,
    assembler: DatagramAssembler,
    now: Now,
    devices: usize,
    cseq: u32,
    out: Vec<Effect>,
}

impl Bench {
    fn new(devices: usize) -> Self {
        let now = Now { mono_ms: 1_000, unix_ms: 1_795_461_900_000 };
        let settings =
            Settings::new(GbId::from_digits(PLATFORM.as_bytes()).expect("a platform id has twenty digits"));
        Self {
            registrar: Registrar::new(settings, &[42; 32], now),
            assembler: DatagramAssembler::new(),
            now,
            devices,
            cseq: 0,
            out: Vec::new(),
        }
    }

    /// Every device registers with a challenge: two requests each.
    fn registrations(&mut self) -> (u64, u64) {
        let mut cpu = 0;
        self.cseq += 1;
        for start in (0..self.devices).step_by(BATCH) {
            let batch = start..(start + BATCH).min(self.devices);
            self.pass(BATCH as u64 / 4);
            let asks: Vec<_> = batch.clone().map(|n| (register(n, self.cseq, ""), peer(n))).collect();
            let (spent, answers) = self.take(&asks);
            cpu += spent;
            let proofs: Vec<_> = batch
                .zip(&answers)
                .map(|(n, challenge)| (register(n, self.cseq + 1, &authorization(n, challenge)), peer(n)))
                .collect();
            let (spent, answers) = self.take(&proofs);
            cpu += spent;
            assert!(
                answers.iter().all(|answer| answer.starts_with(b"SIP/2.0 200")),
                "a registration was refused"
            );
        }
        self.cseq += 1;
        (cpu, 2 * self.devices as u64)
    }

    /// Every device sends one keep-alive.
    fn keepalives(&mut self) -> (u64, u64) {
        let mut cpu = 0;
        self.cseq += 1;
        for start in (0..self.devices).step_by(BATCH) {
            self.pass(BATCH as u64 / 4);
            let batch: Vec<_> = (start..(start + BATCH).min(self.devices))
                .map(|n| (keepalive(n, self.cseq), peer(n)))
                .collect();
            let (spent, answers) = self.take(&batch);
            cpu += spent;
            assert!(
                answers.iter().all(|answer| answer.starts_with(b"SIP/2.0 200")),
                "a keep-alive was refused"
            );
        }
        (cpu, self.devices as u64)
    }

    /// Ten minutes of timers, in which everybody falls silent.
    fn timers(&mut self) -> (u64, u64) {
        let start = cpu_ns();
        for _ in 0..600 {
            self.now.mono_ms += 1_000;
            self.now.unix_ms += 1_000;
            self.registrar.on_timer(self.now, &mut self.out);
            self.out.clear();
        }
        (cpu_ns() - start, 600)
    }

    fn pass(&mut self, ms: u64) {
        self.now.mono_ms += ms;
        self.now.unix_ms += ms as i64;
        self.registrar.on_timer(self.now, &mut self.out);
        self.out.clear();
    }

    /// Everything that one process does for these datagrams between two sockets.
    fn take(&mut self, datagrams: &[(Vec<u8>, Peer)]) -> (u64, Vec<Vec<u8>>) {
        let start = cpu_ns();
        let (registrar, now, out) = (&mut self.registrar, self.now, &mut self.out);
        for (datagram, from) in datagrams {
            if !registrar.admits(now, from.address.ip()) {
                continue;
            }
            self.assembler.receive(now.mono_ms, *from, datagram, &mut |from, received| {
                let Received::Message(message) = received else { return };
                if message.header(HeaderName::CSeq).is_some_and(|value| value.ends_with(b"REGISTER")) {
                    registrar.on_register(now, message, from, admit, out);
                } else {
                    let standing = registrar.on_request(now, message, from, admit, out);
                    assert!(matches!(standing, Standing::Keepalive { .. }));
                }
            });
        }
        let spent = cpu_ns() - start;
        let answers = out.drain(..).filter_map(|effect| match effect {
            Effect::Send { bytes, .. } => Some(bytes),
            _ => None,
        });
        (spent, answers.collect())
    }
}

fn admit(_: &GbId) -> Admission<'static> {
    Admission::Approved(Approved {
        proof: Proof::Password(Cow::Borrowed(PASSWORD)),
        terms: Terms::default(),
        redirect: None,
    })
}

fn id(n: usize) -> String {
    format!("3402000000132{n:07}")
}

/// Two hundred devices behind each address.
fn peer(n: usize) -> Peer {
    let network = (n / 200) as u32;
    let address = IpAddr::from((0x0A00_0000 + network).to_be_bytes());
    Peer { address: SocketAddr::new(address, 1_024 + (n % 200) as u16), channel: Channel::Udp { socket: 0 } }
}

fn register(n: usize, cseq: u32, extra: &str) -> Vec<u8> {
    let id = id(n);
    format!(
        "REGISTER sip:{PLATFORM}@3402000000 SIP/2.0\r\n\
         Via: SIP/2.0/UDP 192.168.1.64:5060;rport;branch=z9hG4bK{cseq:010}{n:08}\r\n\
         From: <sip:{id}@3402000000>;tag=1437{n}\r\nTo: <sip:{id}@3402000000>\r\n\
         Call-ID: 9932{n:08}@192.168.1.64\r\nCSeq: {cseq} REGISTER\r\n\
         Contact: <sip:{id}@192.168.1.64:5060>\r\nMax-Forwards: 70\r\nUser-Agent: IP Camera\r\n\
         Expires: 3600\r\n{extra}Content-Length: 0\r\n\r\n"
    )
    .into_bytes()
}

fn keepalive(n: usize, cseq: u32) -> Vec<u8> {
    let id = id(n);
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"GB2312\"?>\r\n<Notify>\r\n<CmdType>Keepalive</CmdType>\r\n<SN>{cseq}</SN>\r\n\
         <DeviceID>{id}</DeviceID>\r\n<Status>OK</Status>\r\n</Notify>\r\n"
    );
    format!(
        "MESSAGE sip:{PLATFORM}@3402000000 SIP/2.0\r\n\
         Via: SIP/2.0/UDP 192.168.1.64:5060;rport;branch=z9hG4bK{cseq:010}{n:08}\r\n\
         From: <sip:{id}@3402000000>;tag=1437{n}\r\nTo: <sip:{PLATFORM}@3402000000>\r\n\
         Call-ID: 77{cseq}{n:08}@192.168.1.64\r\nCSeq: {cseq} MESSAGE\r\nContent-Type: Application/MANSCDP+xml\r\n\
         Max-Forwards: 70\r\nUser-Agent: IP Camera\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

fn authorization(n: usize, challenge: &[u8]) -> String {
    let message = Message::from_datagram(challenge).expect("the registrar writes SIP");
    let challenge = message.header(HeaderName::WwwAuthenticate).and_then(Challenge::parse);
    let id = id(n);
    let account = Account { username: &id, password: PASSWORD };
    let uri = format!("sip:{PLATFORM}@3402000000");
    let value = answer(
        &challenge.expect("a 401 has a challenge"),
        account,
        "REGISTER",
        &uri,
        "",
        1,
        &Hashers::default(),
    );
    format!("Authorization: {}\r\n", String::from_utf8_lossy(&value.expect("MD5 is built in")))
}

/// Nanoseconds that this process has run on a processor; the wall clock where the kernel does not tell.
fn cpu_ns() -> u64 {
    let counted = fs::read_to_string("/proc/self/schedstat").ok();
    let first = counted.as_deref().and_then(|text| text.split(' ').next()).and_then(|ns| ns.parse().ok());
    first.unwrap_or_else(|| {
        static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
        START.get_or_init(Instant::now).elapsed().as_nanos() as u64
    })
}

/// Bytes of this process in memory; 0 where the kernel does not tell.
fn resident_bytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) * 1_024
}
