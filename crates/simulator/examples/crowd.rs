//! A crowd of simulated devices at a platform, for load, without building the whole binary.
//!
//! ```text
//! cargo run --release -p watchfire-simulator --example crowd -- 127.0.0.1:15070 34020000002000000001 12345678 200000 5000 udp
//! ```
//!
//! Server, its id, password, count, how many begin a second, and `udp`, `tcp` or `mixed`. Ends on Ctrl-C.

#![expect(clippy::print_stdout, reason = "an example that says what it sees")]

use gb28181::device::Habits;
use gb28181::id::GbId;
use std::time::Duration;
use watchfire_simulator::gb28181::{Crowd, GbSimulator, GbSimulatorConfig, Signalling};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let mut word = |usual: &str| words.next().unwrap_or_else(|| usual.to_owned());
    let (server, server_id) = (word("127.0.0.1:15070").parse()?, GbId::parse(&word("34020000002000000001"))?);
    let (password, count, starts_per_s) = (word("12345678"), word("1000").parse()?, word("1000").parse()?);
    let signalling = match word("udp").as_str() {
        "udp" => vec![Signalling::Udp],
        "tcp" => vec![Signalling::Tcp],
        _ => vec![Signalling::Udp, Signalling::Tcp],
    };
    let first = GbId::parse(&format!("{}1320000001", server_id.domain()))?;
    let crowd =
        Crowd { first, count, channels: 1, password, signalling, habits: Habits::default(), video: None };
    // Load is no secret.
    let mut config = GbSimulatorConfig::new(server, server_id, crowd.devices()?, [7; 32]);
    (config.has_media, config.starts_per_s) = (false, starts_per_s);
    let simulator = GbSimulator::start(config).await?;
    println!("process {}", std::process::id());
    loop {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => break,
            () = tokio::time::sleep(Duration::from_secs(5)) => println!("{:?}", simulator.totals()),
        }
    }
    simulator.stop().await;
    Ok(())
}
