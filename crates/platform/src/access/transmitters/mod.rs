//! Fire facilities at the access desk: user information transmission devices (用户信息传输装置) that connect by GB/T 26875.3 and tell what the
//! detectors, call points and panels behind them say.
//!
//! [`socket`] accepts connections and keeps their limits; [`session`] turns what one device says into rows, without a clock or a socket of
//! its own; what has to become or clear an alarm is settled afterwards by [`settle`], from rows, so a crash in between loses nothing. A
//! device hears "confirmed" only when its rows are committed. People enter devices by their address; one that nobody has entered is denied
//! and knocks in memory ([`directory`]).

mod directory;
mod intake;
mod moments;
mod orders;
mod patrol;
mod roll_calls;
mod rows;
mod session;
mod settings;
mod settle;
mod socket;
mod standing;

pub(crate) use directory::Desk;
pub use rows::{ComponentPlace, NewTransmitter, TransmitterEdit, TransmitterView};
pub use settings::TransmitterSettings;
pub use standing::{Knock, TransmitterCounts, TransmitterStanding};

use domain::facility::Condition;
use gb26875::{ComponentState, DeviceState};

/// Chinese and English name of a type of component, by the standard's table; none for a maker's own number.
pub fn component_names(kind: u8) -> Option<(&'static str, &'static str)> {
    gb26875::words::component(kind)
}

/// The words of a component's condition.
pub fn condition_words(condition: Condition) -> Vec<&'static str> {
    ComponentState(condition.0).words().collect()
}

impl TransmitterView {
    /// The words of the device's own state.
    pub fn conditions(&self) -> Vec<&'static str> {
        let bits = self.row.seen.as_ref().and_then(|seen| seen.bits);
        bits.map(|bits| DeviceState(bits).words().collect()).unwrap_or_default()
    }
}
