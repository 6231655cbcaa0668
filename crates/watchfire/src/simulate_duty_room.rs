//! `simulate duty-room`: a camera in a duty room; a line on standard input changes who is there, what the seat's screen shows, and what deceives.

use simulator::duty_room::{DutyRoom, PEOPLE_MAX, REPLAY_MAX_S, RoomLight, RoomState};
use simulator::{SimulatedCamera, Simulator, SimulatorConfig, VideoSource};
use tokio::sync::mpsc;

use crate::cli::SimulateDutyRoomArgs;
use crate::simulate_transmitter::lines_of_input;
use crate::wire;

/// The camera's path.
const PATH: &str = "duty-room";

pub async fn simulate_duty_room(args: SimulateDutyRoomArgs) -> anyhow::Result<()> {
    let room = match args.code_file {
        Some(path) => DutyRoom::with_code_file(args.seed, path),
        None => DutyRoom::new(args.seed, |_| None),
    };
    room.change(|state| state.people = usize::from(args.people));
    eprintln!("drawing the room …");
    let cameras = vec![SimulatedCamera::new(PATH, VideoSource::DutyRoom(room.clone()))];
    let simulator = Simulator::start(SimulatorConfig { listen: args.listen, cameras, cache: None }).await?;
    println!("{}", simulator.url(PATH));
    obey(&room, lines_of_input()).await;
    simulator.stop().await;
    Ok(())
}

/// Does what the lines say until it is interrupted. The end of the input is no end of the camera.
async fn obey(room: &DutyRoom, mut lines: mpsc::Receiver<String>) {
    let interrupted = wire::interrupted();
    tokio::pin!(interrupted);
    loop {
        tokio::select! {
            () = &mut interrupted => return,
            Some(line) = lines.recv() => {
                let mut state = room.state();
                if apply(&mut state, &line).is_some() {
                    room.change(|now| *now = state);
                    println!("{line}");
                } else {
                    eprintln!("{line:?} is no change; --help lists them");
                }
            }
        }
    }
}

/// Changes what is so as a line says; none where it says nothing.
fn apply(state: &mut RoomState, line: &str) -> Option<()> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_on = |word: &str| match word {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    };
    let people = |word: &str| word.parse().ok().filter(|count| *count <= PEOPLE_MAX);
    match words.as_slice() {
        ["people", count] => state.people = people(count)?,
        ["mannequins", count] => state.mannequins = people(count)?,
        ["screen", word] => state.is_screen_on = is_on(word)?,
        ["wrong", word] => state.is_code_wrong = is_on(word)?,
        ["light", "lamps"] => state.light = RoomLight::Lamps,
        ["light", "dark"] => state.light = RoomLight::Dark,
        ["light", "infrared"] => state.light = RoomLight::Infrared,
        ["replay", "off"] => state.replay_s = None,
        ["replay", seconds] => {
            let seconds = seconds.parse().ok().filter(|seconds| (1..=REPLAY_MAX_S).contains(seconds))?;
            state.replay_s = Some(seconds);
        }
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_change_what_is_so() {
        let mut state = RoomState::default();
        for line in [
            "people 2",
            "mannequins 1",
            "screen off",
            "wrong on",
            "light dark",
            "light infrared",
            "replay 60",
        ] {
            assert_eq!(apply(&mut state, line), Some(()), "{line}");
        }
        let expected = RoomState {
            people: 2,
            mannequins: 1,
            is_screen_on: false,
            is_code_wrong: true,
            light: RoomLight::Infrared,
            replay_s: Some(60),
        };
        assert_eq!(state, expected);
        for wrong in [
            "people",
            "people 6",
            "people -1",
            "screen",
            "screen maybe",
            "light blue",
            "replay 0",
            "replay 601",
            "dance",
        ] {
            assert_eq!(apply(&mut state, wrong), None, "{wrong}");
            assert_eq!(state, expected, "{wrong}");
        }
        assert_eq!(apply(&mut state, "replay off"), Some(()));
        assert_eq!(state.replay_s, None);
    }
}
