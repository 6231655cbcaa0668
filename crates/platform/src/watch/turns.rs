//! Whose turn it is: when more cameras wait to be looked at than the machine can look at, the order is fair by what is at stake.
//!
//! Who waits longest, measured by its [`Patience`], comes first. Places where fire starts or people sleep have little patience, others four
//! times as much, so under load their intervals stretch four times as far; nobody is left out, because waiting itself counts. A turn also keeps
//! to the share of the processor that the watch may use: after a look its seat rests in proportion.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::Instant;

/// How soon somebody wants a turn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Urgency {
    /// A person waits for it, or something was seen that has to be settled.
    Now,
    /// A camera that was looked at last at this time.
    Since(Instant, Patience),
}

/// How long a camera may go without a look, against others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    /// A place where fire starts or people sleep, and wherever more moves than usual.
    Little,
    /// Everything else.
    Much,
}

impl Patience {
    const fn weight(self) -> u32 {
        match self {
            Self::Little => 1,
            Self::Much => 4,
        }
    }
}

/// The seats and who waits for one.
#[derive(Debug)]
pub(super) struct Turns {
    state: Mutex<State>,
    /// Rest after a look, as a multiple of the time it took.
    rest: f64,
}

#[derive(Debug)]
struct State {
    free: usize,
    waiting: Vec<Waiting>,
}

#[derive(Debug)]
struct Waiting {
    urgency: Urgency,
    turn: oneshot::Sender<Turn>,
}

/// A seat that is taken; dropped, it goes to whoever is next.
#[derive(Debug)]
pub(super) struct Turn {
    turns: Arc<Turns>,
}

impl Turns {
    /// So many turns at a time. Of the processor no more than `cores_max` cores are used; 0: as many as there are turns.
    pub(super) fn new(at_once: usize, cores_max: f64) -> Arc<Self> {
        let seats = at_once.max(1);
        let rest = if cores_max > 0.0 { (seats as f64 / cores_max - 1.0).max(0.0) } else { 0.0 };
        Arc::new(Self { state: Mutex::new(State { free: seats, waiting: Vec::new() }), rest })
    }

    /// Waits for a turn. Cancel-safe.
    pub(super) async fn take(self: &Arc<Self>, urgency: Urgency) -> Turn {
        let waits = {
            let mut state = self.state();
            if state.free > 0 {
                state.free -= 1;
                return Turn { turns: Arc::clone(self) };
            }
            let (turn, waits) = oneshot::channel();
            state.waiting.push(Waiting { urgency, turn });
            waits
        };
        match waits.await {
            Ok(turn) => turn,
            // Every sender is kept in the list until it is served.
            Err(_) => std::future::pending().await,
        }
    }

    fn give_back(self: &Arc<Self>) {
        let next = {
            let mut state = self.state();
            let Some(next) = state.next(Instant::now()) else {
                state.free += 1;
                return;
            };
            next
        };
        // Whoever left in this very moment gives it back by dropping it.
        let _ = next.turn.send(Turn { turns: Arc::clone(self) });
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Takes whoever is next out of the list: whom it is urgent for, in order of coming; then who has waited longest for its patience.
    fn next(&mut self, now: Instant) -> Option<Waiting> {
        self.waiting.retain(|one| !one.turn.is_closed());
        let urgent = self.waiting.iter().position(|one| one.urgency == Urgency::Now);
        let waited = |one: &Waiting| match one.urgency {
            Urgency::Now => Duration::MAX,
            Urgency::Since(last, patience) => now.duration_since(last) / patience.weight(),
        };
        let longest = || (0..self.waiting.len()).max_by_key(|at| waited(&self.waiting[*at]));
        let at = urgent.or_else(longest)?;
        Some(self.waiting.remove(at))
    }
}

impl Turn {
    /// Ends a turn in which so much time was worked: the seat rests as long as the share of the processor asks for.
    pub(super) fn end(self, worked: Duration) {
        let rest = worked.mul_f64(self.turns.rest);
        if rest.is_zero() {
            return;
        }
        tokio::spawn(async move {
            tokio::time::sleep(rest).await;
            drop(self);
        });
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turns.give_back();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOK: Duration = Duration::from_millis(100);
    const KEY_FRAME_INTERVAL: Duration = Duration::from_secs(2);

    /// Cameras with a key frame every two seconds and looks of 100 ms; how often each was looked at within the time.
    async fn looks(turns: &Arc<Turns>, cameras: &[Patience], during: Duration) -> Vec<u32> {
        let until = Instant::now() + during;
        let running: Vec<_> = cameras
            .iter()
            .map(|patience| {
                let (turns, patience) = (Arc::clone(turns), *patience);
                tokio::spawn(async move {
                    let (mut looks, mut last) = (0, Instant::now());
                    while last < until {
                        let turn = turns.take(Urgency::Since(last, patience)).await;
                        tokio::time::sleep(LOOK).await;
                        turn.end(LOOK);
                        looks += 1;
                        last = Instant::now();
                        tokio::time::sleep(KEY_FRAME_INTERVAL.saturating_sub(LOOK)).await;
                    }
                    looks
                })
            })
            .collect();
        let mut counts = Vec::new();
        for one in running {
            counts.push(one.await.unwrap());
        }
        counts
    }

    #[tokio::test(start_paused = true)]
    async fn as_long_as_there_is_room_everybody_is_looked_at_every_two_seconds() {
        let counts = looks(&Turns::new(1, 0.0), &[Patience::Much; 15], Duration::from_mins(1)).await;
        assert!(counts.iter().all(|looks| (29..=31).contains(looks)), "{counts:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn too_many_cameras_wait_in_proportion_and_nobody_is_left_out() {
        let mut cameras = [Patience::Much; 80];
        cameras[..8].fill(Patience::Little);
        let counts = looks(&Turns::new(1, 0.0), &cameras, Duration::from_mins(5)).await;
        let (little, much) = counts.split_at(8);
        let mean = |of: &[u32]| f64::from(of.iter().sum::<u32>()) / of.len() as f64;
        // 3 000 looks for 80 cameras: 37 each if all were alike.
        assert!(mean(little) > 2.5 * mean(much), "{counts:?}");
        assert!(much.iter().all(|looks| *looks >= 20), "{counts:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn half_a_core_gives_half_the_looks() {
        let cameras = [Patience::Much; 40];
        let whole: u32 = looks(&Turns::new(1, 0.0), &cameras, Duration::from_secs(100)).await.iter().sum();
        let half: u32 = looks(&Turns::new(1, 0.5), &cameras, Duration::from_secs(100)).await.iter().sum();
        let two: u32 = looks(&Turns::new(2, 0.5), &cameras, Duration::from_secs(100)).await.iter().sum();
        assert!((980..=1100).contains(&whole), "{whole}");
        assert!((490..=560).contains(&half), "{half}");
        assert!((490..=580).contains(&two), "{two}");
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_urgent_goes_first_and_who_left_gets_nothing() {
        let turns = Turns::new(1, 0.0);
        let held = turns.take(Urgency::Now).await;
        let long_ago = Instant::now();
        tokio::time::sleep(Duration::from_mins(1)).await;
        let told = Arc::new(Mutex::new(Vec::new()));
        let wait = |name: &'static str, urgency| {
            let (turns, told) = (Arc::clone(&turns), Arc::clone(&told));
            tokio::spawn(async move {
                let _turn = turns.take(urgency).await;
                told.lock().unwrap().push(name);
            })
        };
        let waits = [
            wait("much", Urgency::Since(long_ago, Patience::Much)),
            wait("little", Urgency::Since(long_ago, Patience::Little)),
            wait("gone", Urgency::Now),
            wait("person", Urgency::Now),
        ];
        tokio::task::yield_now().await;
        waits[2].abort();
        tokio::task::yield_now().await;
        drop(held);
        for one in waits {
            let _ = one.await;
        }
        assert_eq!(*told.lock().unwrap(), ["person", "little", "much"]);
        assert_eq!(turns.state().free, 1);
    }
}
