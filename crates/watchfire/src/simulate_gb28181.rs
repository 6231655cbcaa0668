//! `simulate gb28181`: devices at a platform, a line for each thing that happens to a few, a line of sums for many.

use std::time::Duration;

use anyhow::Context as _;
use ring::rand::{SecureRandom as _, SystemRandom};
use simulator::gb28181::{
    Crowd, GbEvent, GbSimulator, GbSimulatorConfig, GbTotals, Habit, Habits, Happening, Signalling,
};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use crate::cli::{SimulateGbArgs, SimulateTransport};
use crate::wire;

/// Up to so many devices have a line for each event; of more, nobody could read them.
const TOLD_ONE_BY_ONE: usize = 20;
/// Time between two lines of sums.
const SUMMARY: Duration = Duration::from_secs(5);

pub async fn simulate_gb28181(args: SimulateGbArgs) -> anyhow::Result<()> {
    let seconds = args.seconds;
    let is_few = args.count <= TOLD_ONE_BY_ONE;
    let config = config(args).await?;
    if config.has_media {
        eprintln!("drawing and encoding scenes …");
    }
    let mut simulator = GbSimulator::start(config).await?;
    eprintln!("{} devices register", simulator.devices().len());
    let mut summary = interval_at(Instant::now() + SUMMARY, SUMMARY);
    summary.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let end = async {
        match seconds {
            Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds)).await,
            None => std::future::pending().await,
        }
    };
    tokio::pin!(end);
    let interrupted = wire::interrupted();
    tokio::pin!(interrupted);
    loop {
        tokio::select! {
            () = &mut end => break,
            () = &mut interrupted => break,
            event = simulator.next_event() => match event {
                Some(event) if is_few => println!("{}", line_of(&event)),
                Some(_) => {}
                None => break,
            },
            _ = summary.tick(), if !is_few => println!("{}", line_of_sums(&simulator.totals())),
        }
    }
    let totals = simulator.totals();
    eprintln!("saying good-bye …");
    simulator.stop().await;
    println!("{}", line_of_sums(&totals));
    Ok(())
}

async fn config(args: SimulateGbArgs) -> anyhow::Result<GbSimulatorConfig> {
    let mut addresses = tokio::net::lookup_host(&args.server)
        .await
        .with_context(|| format!("--server {} is no HOST:PORT that can be found", args.server))?;
    let server = addresses.next().with_context(|| format!("--server {} has no address", args.server))?;
    let server_id = args.server_id.parse().context("--server-id")?;
    let first = match &args.first_id {
        Some(id) => id.parse().context("--first-id")?,
        None => Crowd::recorders_of(server_id),
    };
    let signalling = match args.transport {
        SimulateTransport::Udp => vec![Signalling::Udp],
        SimulateTransport::Tcp => vec![Signalling::Tcp],
        SimulateTransport::Mixed => vec![Signalling::Udp, Signalling::Tcp],
    };
    let habits = Habits(args.habits.iter().map(|name| habit(name)).collect::<anyhow::Result<_>>()?);
    let (count, channels, password) = (args.count, args.channels, args.password);
    let crowd = Crowd { first, count, channels, password, signalling, habits, video: args.video };
    let mut secret = [0; 32];
    SystemRandom::new().fill(&mut secret).ok().context("the operating system gives no random bytes")?;
    let mut config = GbSimulatorConfig::new(server, server_id, crowd.devices()?, secret);
    (config.has_media, config.has_tone) = (!args.no_media, args.tone);
    config.starts_per_s = args.starts_per_second;
    config.clock_ahead_s = args.clock_ahead;
    Ok(config)
}

/// An oddity by its name in kebab case.
fn habit(name: &str) -> anyhow::Result<Habit> {
    let found = Habit::ALL.into_iter().find(|habit| name_of(*habit) == name);
    found.with_context(|| format!("--habit {name} is none of {}", Habit::ALL.map(name_of).join(", ")))
}

fn name_of(habit: Habit) -> String {
    let mut name = String::new();
    for letter in format!("{habit:?}").chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

fn line_of(GbEvent { device, what }: &GbEvent) -> String {
    let what = match what {
        Happening::Registered => "registered".to_owned(),
        Happening::Refused { status: 408 } => "no answer; again in a minute".to_owned(),
        Happening::Refused { status } => format!("refused with {status}; again in a minute"),
        Happening::Redirected { to } => format!("sent to {to}"),
        Happening::Unregistered => "left".to_owned(),
        Happening::Disconnected => "no connection; again in a few seconds".to_owned(),
        Happening::SessionStarted { session, channel, kind, transport, remote } => {
            format!("session {}: {kind:?} of {channel} to {remote} by {transport:?}", session.0)
        }
        Happening::Controlled { session, action } => format!("session {}: {action:?}", session.0),
        Happening::FileEnded { session } => format!("session {}: end of the recording", session.0),
        Happening::MediaFailed { session, reason } => format!("session {}: no pictures: {reason}", session.0),
        Happening::VoiceStarted { session, remote } => {
            format!("session {}: a voice from {remote}", session.0)
        }
        Happening::VoiceHeard { session, samples, rms } => {
            format!("session {}: heard {samples} samples, loudness {rms}", session.0)
        }
        Happening::SessionEnded { session } => format!("session {}: over", session.0),
    };
    format!("{device} {what}")
}

fn line_of_sums(totals: &GbTotals) -> String {
    format!(
        "registered {} · refused {} · signs of life {} · answered {} · sessions {} · disconnected {} · dropped {}",
        totals.registered,
        totals.refused,
        totals.keepalives,
        totals.answered,
        totals.sessions,
        totals.disconnected,
        totals.dropped
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_oddity_is_named_in_kebab_case_and_an_unknown_one_lists_them() {
        assert_eq!(habit("bare-lf").unwrap(), Habit::BareLf);
        assert_eq!(habit("dialog101").unwrap(), Habit::Dialog101);
        let error = habit("nonsense").unwrap_err().to_string();
        assert!(error.contains("split-datagrams") && error.contains("no-sdp"), "{error}");
    }
}
