//! `simulate transmitter`: a transmission device at a platform; a line on standard input has something happen, a line on standard output tells
//! what did.

use std::time::Duration;

use anyhow::Context as _;
use gb26875::Operations;
use simulator::transmitter::{
    Act, AnswerHabit, SimulatedComponent, SimulatedTransmitter, Told, TransmitterConfig,
};
use tokio::sync::mpsc;

use crate::cli::SimulateTransmitterArgs;
use crate::wire;

/// Number of the operator at the simulated panel.
const OPERATOR: u8 = 7;
/// How soon roll-calls are answered unless a line says otherwise.
const ANSWER_AFTER: Duration = Duration::from_secs(2);

pub async fn simulate_transmitter(args: SimulateTransmitterArgs) -> anyhow::Result<()> {
    let mut addresses = tokio::net::lookup_host(&args.server).await.context(args.server.clone())?;
    let config = TransmitterConfig {
        server: addresses.next().context("the platform's address leads nowhere")?,
        address: args.address.parse().context("--address")?,
        centre: args.centre.parse().context("--centre")?,
        components: SimulatedComponent::school(),
        clock_ahead_s: args.clock_ahead,
        heartbeat: Duration::from_secs(args.heartbeat),
        answers: AnswerHabit::After(ANSWER_AFTER),
    };
    let mut device = SimulatedTransmitter::start(config);
    let mut lines = lines_of_input();
    let end = async {
        match args.seconds {
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
            // The end of the input is no end of the device.
            Some(line) = lines.recv() => match act_of(&line) {
                Some(act) => { device.act(act).await; }
                None => eprintln!("{line:?} is no act; --help lists them"),
            },
            told = device.next_told() => match told {
                Some(told) => println!("{}", line_of(&told)),
                None => break,
            },
        }
    }
    device.stop().await;
    Ok(())
}

/// Lines as they are typed. A thread of its own waits for them, and ends with the process.
pub fn lines_of_input() -> mpsc::Receiver<String> {
    let (send, lines) = mpsc::channel(1);
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            let line = line.trim().to_owned();
            if !line.is_empty() && send.blocking_send(line).is_err() {
                return;
            }
        }
    });
    lines
}

fn act_of(line: &str) -> Option<Act> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |word: &str| word.parse::<usize>().ok();
    Some(match words.as_slice() {
        ["fire", n] => Act::Fire(number(n)?),
        ["fault", n] => Act::Fault(number(n)?),
        ["disable", n] => Act::Disable(number(n)?),
        ["restore", n] => Act::Restore(number(n)?),
        ["measure", n, quantity, value] => {
            Act::Measure(number(n)?, quantity.parse().ok()?, value.parse().ok()?)
        }
        ["reset"] => Act::Panel(Operations::RESET, OPERATOR),
        ["silence"] => Act::Panel(Operations::SILENCE, OPERATOR),
        ["test"] => Act::Panel(Operations::TEST, OPERATOR),
        ["confirm"] => Act::Panel(Operations::ANSWER, OPERATOR),
        ["manual"] => Act::Device(Operations::MANUAL_ALARM, OPERATOR),
        ["mains", "off"] => Act::Mains(true),
        ["mains", "on"] => Act::Mains(false),
        ["answer", "never"] => Act::Answer(AnswerHabit::Never),
        ["answer", seconds] => Act::Answer(AnswerHabit::After(Duration::from_secs(seconds.parse().ok()?))),
        ["rubbish"] => Act::Rubbish,
        ["again"] => Act::Again,
        ["unknown"] => Act::Unknown,
        ["burst", count] => Act::Burst(count.parse().ok()?),
        _ => return None,
    })
}

fn line_of(told: &Told) -> String {
    match told {
        Told::Connected => "connected".to_owned(),
        Told::Disconnected => "disconnected".to_owned(),
        Told::Confirmed(serial) => format!("confirmed {serial}"),
        Told::Denied(serial) => format!("denied {serial}"),
        Told::RollCall(minutes) => format!("roll-call {minutes} min"),
        Told::Answered => "answered".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_acts() {
        assert_eq!(act_of("fire 2"), Some(Act::Fire(2)));
        assert_eq!(act_of("measure 3 3 -25"), Some(Act::Measure(3, 3, -25)));
        assert_eq!(act_of("answer never"), Some(Act::Answer(AnswerHabit::Never)));
        for wrong in ["fire", "fire x", "answer soon", "burn"] {
            assert_eq!(act_of(wrong), None, "{wrong}");
        }
    }
}
