//! A simulated user information transmission device (用户信息传输装置) with a panel and its components behind it, by GB/T 26875.3: it behaves as
//! a real one, and on demand it burns, breaks, sends rubbish, sends twice, or leaves a roll-call unanswered.

mod device;
mod run;

use std::net::SocketAddr;
use std::time::Duration;

use gb26875::{Address, Operations};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

pub use device::{AnswerHabit, SimulatedComponent};

/// Acts that wait to be done.
const ACTS_MAX: usize = 64;
/// Things told that nobody has read yet; older ones are dropped with a word in the log.
const TOLD_MAX: usize = 32 * 1024;

/// What to simulate.
#[derive(Debug, Clone)]
pub struct TransmitterConfig {
    /// The centre's address and port.
    pub server: SocketAddr,
    /// The device's own address in the protocol.
    pub address: Address,
    /// The centre's address in the protocol.
    pub centre: Address,
    /// What is behind it.
    pub components: Vec<SimulatedComponent>,
    /// How far its clock is ahead, in seconds.
    pub clock_ahead_s: i64,
    /// How often it says that it is there.
    pub heartbeat: Duration,
    /// What it does with a roll-call.
    pub answers: AnswerHabit,
}

/// Something for the simulated school to do. Components by their number, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// A detector tells a fire, or a button is pressed.
    Fire(usize),
    /// A component breaks.
    Fault(usize),
    /// A component is disabled at the panel.
    Disable(usize),
    /// A component is in order again.
    Restore(usize),
    /// Somebody presses keys at the panel; a reset ends every fire.
    Panel(Operations, u8),
    /// Somebody presses keys at the transmission device.
    Device(Operations, u8),
    /// The mains of the device fail, or come back.
    Mains(bool),
    /// A component measures: quantity and value by the standard's table.
    Measure(usize, u8, i16),
    /// Roll-calls are handled so from now on.
    Answer(AnswerHabit),
    /// Bytes that are no frame.
    Rubbish,
    /// The last frame once more, as if its confirmation had been lost.
    Again,
    /// A frame of a type that no standard knows.
    Unknown,
    /// So many frames at once, each telling that somebody silenced the panel.
    Burst(u32),
}

/// Something that happened at the device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// It is connected.
    Connected,
    /// The connection ended; it connects anew.
    Disconnected,
    /// The centre confirmed the frame of this number.
    Confirmed(u16),
    /// The centre denied the frame of this number.
    Denied(u16),
    /// The centre calls the roll, with a deadline in minutes.
    RollCall(u8),
    /// Somebody answered the roll-call.
    Answered,
}

/// A running device. Dropping it stops it.
#[derive(Debug)]
pub struct SimulatedTransmitter {
    acts: mpsc::Sender<Act>,
    told: mpsc::Receiver<Told>,
    stop: CancellationToken,
    _stop_on_drop: DropGuard,
    task: JoinHandle<()>,
}

impl SimulatedTransmitter {
    /// Begins to connect.
    pub fn start(config: TransmitterConfig) -> Self {
        let (acts, waiting) = mpsc::channel(ACTS_MAX);
        let (tell, told) = mpsc::channel(TOLD_MAX);
        let stop = CancellationToken::new();
        let stop_on_drop = stop.clone().drop_guard();
        let task = tokio::spawn(run::run(config, waiting, tell, stop.clone()));
        Self { acts, told, _stop_on_drop: stop_on_drop, stop, task }
    }

    /// Has something happen; false where the device has ended.
    pub async fn act(&self, act: Act) -> bool {
        self.acts.send(act).await.is_ok()
    }

    /// The next thing that happened; none where the device has ended.
    pub async fn next_told(&mut self) -> Option<Told> {
        self.told.recv().await
    }

    /// Ends it and waits.
    pub async fn stop(self) {
        self.stop.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "simulated transmission device ended badly");
        }
    }
}
