//! A duty room before a camera, live: whoever holds it says while it runs who is there, what the seat's screen shows, and what deceives.
//!
//! Scenes are loops that are drawn ahead; this is drawn when it happens, because nobody knows before which code the screen will show. It runs
//! for half a day at most; then the last picture stands.

use std::collections::VecDeque;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use crate::clip::{ClipError, RTP_CLOCK};
use crate::encode::encode_each;
use crate::picture::Picture;
use crate::reel::Reel;
use crate::room_code::RoomCode;
use crate::scene::seat_room::{Moment, SeatRoom};

/// Most people and mannequins together.
pub const PEOPLE_MAX: usize = 5;
/// Longest stretch that can be played again.
pub const REPLAY_MAX_S: u32 = 600;
/// Pictures per second.
pub const ROOM_RATE: u32 = 5;
/// How long it runs: time stamps of 32 bits reach 13 hours.
const RUNS_MAX: Duration = Duration::from_hours(12);

/// By which light a camera sees the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoomLight {
    /// The room's lamps.
    Lamps,
    /// What is left when they are out.
    Dark,
    /// The camera's own, infrared: no colours.
    Infrared,
}

/// What is so in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomState {
    /// People, who move.
    pub people: usize,
    /// Figures that look like people and never move. They take the places beside the people.
    pub mannequins: usize,
    /// The seat's screen shines.
    pub is_screen_on: bool,
    /// The screen shows another code than it should.
    pub is_code_wrong: bool,
    /// By which light the camera sees.
    pub light: RoomLight,
    /// The camera sees so many seconds of the past, again and again.
    pub replay_s: Option<u32>,
}

impl Default for RoomState {
    /// One guard by day, and an honest screen.
    fn default() -> Self {
        Self {
            people: 1,
            mannequins: 0,
            is_screen_on: true,
            is_code_wrong: false,
            light: RoomLight::Lamps,
            replay_s: None,
        }
    }
}

impl RoomState {
    /// People and mannequins that there is a place for.
    pub(crate) fn present(&self) -> usize {
        self.people.saturating_add(self.mannequins).min(PEOPLE_MAX)
    }
}

/// What the screen should show at a moment.
type CodeAt = dyn Fn(SystemTime) -> Option<RoomCode> + Send + Sync;

/// A simulated duty room; clones are the same room.
#[derive(Clone)]
pub struct DutyRoom(Arc<Inside>);

struct Inside {
    seed: u64,
    state: Mutex<RoomState>,
    code_at: Box<CodeAt>,
}

impl DutyRoom {
    /// A room whose screen shows what `code_at` says: asked for each picture. Another seed, another room.
    pub fn new(seed: u64, code_at: impl Fn(SystemTime) -> Option<RoomCode> + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inside { seed, state: Mutex::default(), code_at: Box::new(code_at) }))
    }

    /// A room whose screen shows the code in a file, which is read again for each picture; nothing while there is none. Whoever writes the
    /// file had better rename it into place: half a code is none.
    pub fn with_code_file(seed: u64, path: PathBuf) -> Self {
        let refused = Mutex::new(String::new());
        Self::new(seed, move |_| {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let code = text.parse::<RoomCode>();
            let mut refused = refused.lock().unwrap_or_else(PoisonError::into_inner);
            if let Err(error) = &code
                && *refused != text
            {
                tracing::warn!(path = %path.display(), %error, "the screen stays black");
                *refused = text;
            }
            code.ok()
        })
    }

    /// What is so now.
    pub fn state(&self) -> RoomState {
        *self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what is so, from the next picture on.
    pub fn change(&self, change: impl FnOnce(&mut RoomState)) {
        change(&mut self.0.state.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// The room to be looked at picture by picture, without a camera and without waiting. Takes seconds of one core.
    pub fn look(&self) -> RoomLook {
        RoomLook { room: self.clone(), drawn: SeatRoom::new(self.0.seed), past: Past::default(), number: 0 }
    }

    fn moment(&self, number: u64, time_s: f32) -> Moment {
        let state = self.state();
        let code = (self.0.code_at)(SystemTime::now());
        Moment {
            number,
            time_s,
            state,
            code: code.map(|code| if state.is_code_wrong { other(code) } else { code }),
        }
    }
}

/// Pictures of a room as fast as they are asked for, [`ROOM_RATE`] to a second.
pub struct RoomLook {
    room: DutyRoom,
    drawn: SeatRoom,
    past: Past,
    number: u64,
}

impl RoomLook {
    /// The next picture.
    pub fn next_picture(&mut self) -> Picture {
        let now = self.room.moment(self.number, self.number as f32 / ROOM_RATE as f32);
        self.number += 1;
        self.drawn.draw(&self.past.seen(now))
    }
}

impl std::fmt::Debug for DutyRoom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DutyRoom")
            .field("seed", &self.0.seed)
            .field("state", &self.state())
            .finish_non_exhaustive()
    }
}

impl PartialEq for DutyRoom {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for DutyRoom {}

impl Hash for DutyRoom {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).hash(state);
    }
}

/// A code that differs in every sign.
fn other(code: RoomCode) -> RoomCode {
    let next = |colour| {
        let all = crate::room_code::BlockColour::ALL;
        all[(all.iter().position(|other| *other == colour).unwrap_or(0) + 1) % all.len()]
    };
    RoomCode { colours: code.colours.map(next), digits: code.digits.map(|digit| (digit + 1) % 10) }
}

/// The past that can be played again.
#[derive(Default)]
struct Past {
    moments: VecDeque<Moment>,
    /// What is being played: its moments, and the next of them.
    playing: Option<(u32, Vec<Moment>, usize)>,
}

impl Past {
    /// What the camera sees when this is so now.
    fn seen(&mut self, now: Moment) -> Moment {
        let Some(replay_s) = now.state.replay_s else {
            self.playing = None;
            self.moments.push_back(now);
            if self.moments.len() > (REPLAY_MAX_S * ROOM_RATE) as usize {
                self.moments.pop_front();
            }
            return now;
        };
        if self.playing.as_ref().is_none_or(|(playing_s, ..)| *playing_s != replay_s) {
            let from_s = now.time_s - replay_s as f32;
            let moments = self.moments.iter().filter(|moment| moment.time_s >= from_s).copied().collect();
            self.playing = Some((replay_s, moments, 0));
        }
        let Some((_, moments, next)) = &mut self.playing else { return now };
        // Nothing to play when it begins with the first picture.
        let Some(moment) = moments.get(*next).copied() else { return now };
        *next = (*next + 1) % moments.len();
        moment
    }
}

/// Draws and encodes the room as time passes, until stopped; answers with its reel as soon as it has a picture.
pub(crate) fn film(
    room: &DutyRoom,
    answer: oneshot::Sender<Result<Arc<Reel>, ClipError>>,
    stop: &CancellationToken,
) {
    let drawn = SeatRoom::new(room.0.seed);
    let mut past = Past::default();
    let began = Instant::now();
    let mut number = 0_u64;
    let pictures = std::iter::from_fn(|| {
        let due = Duration::from_millis(number * 1000 / u64::from(ROOM_RATE));
        std::thread::sleep(due.saturating_sub(began.elapsed()));
        let running = began.elapsed();
        if stop.is_cancelled() || running > RUNS_MAX {
            return None;
        }
        // A slow machine leaves pictures out.
        number = (running.as_millis() as u64 * u64::from(ROOM_RATE) / 1000).max(number) + 1;
        let seen = past.seen(room.moment(number, running.as_secs_f32()));
        let pts = running.as_micros() * u128::from(RTP_CLOCK) / 1_000_000;
        Some((pts as u32, drawn.draw(&seen)))
    });
    let mut answer = Some(answer);
    let mut reel: Option<Arc<Reel>> = None;
    let result = encode_each(pictures, ROOM_RATE, |unit| {
        if let Some(reel) = &reel {
            reel.push(unit);
        } else if let Some(answer) = answer.take() {
            let begun = Reel::live(unit, began).map(Arc::new);
            reel = begun.as_ref().ok().cloned();
            // Nobody waiting means the simulator is not started after all.
            let _ = answer.send(begun);
        }
        reel.is_some()
    });
    if let Err(error) = result {
        tracing::error!(%error, "drawing the duty room failed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::room_code::BlockColour;

    fn moment(number: u64, replay_s: Option<u32>) -> Moment {
        let state = RoomState { replay_s, ..RoomState::default() };
        Moment { number, time_s: number as f32 / ROOM_RATE as f32, state, code: None }
    }

    #[test]
    fn a_replay_shows_the_last_seconds_again_and_again_and_ends() {
        let mut past = Past::default();
        for number in 0..50 {
            assert_eq!(past.seen(moment(number, None)).number, number);
        }
        let again: Vec<u64> = (50..70).map(|number| past.seen(moment(number, Some(2))).number).collect();
        assert_eq!(again, (40..50).chain(40..50).collect::<Vec<_>>());
        assert_eq!(past.seen(moment(70, None)).number, 70);
    }

    #[test]
    fn a_wrong_code_differs_in_every_sign() {
        let code = RoomCode {
            colours: [BlockColour::Red, BlockColour::Blue, BlockColour::Red, BlockColour::Magenta],
            digits: [0, 9, 4, 4],
        };
        let wrong = other(code);
        assert!(code.colours.iter().zip(wrong.colours).all(|(right, wrong)| *right != wrong));
        assert!(code.digits.iter().zip(wrong.digits).all(|(right, wrong)| *right != wrong));
    }

    #[test]
    fn clones_are_one_room() {
        let room = DutyRoom::new(1, |_| None);
        room.clone().change(|state| state.people = 3);
        assert_eq!(room.state().people, 3);
        assert_eq!(room, room.clone());
        assert_ne!(room, DutyRoom::new(1, |_| None));
    }
}
