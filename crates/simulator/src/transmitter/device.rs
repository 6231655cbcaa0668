//! The device as a machine: acts and frames of the centre in, frames out. No socket and no clock of its own.

use std::time::Duration;

use gb26875::units::{AnalogReport, ComponentReport, DeviceOperation, DeviceReport, SystemOperation};
use gb26875::{
    Civil, Command, ComponentState, Data, DeviceState, Frame, Objects, Operations, SystemRef, TimeLabel,
    Version,
};
use jiff::Timestamp;
use jiff::tz::Offset;

use super::{Act, TransmitterConfig};

/// The fire alarm system that the components belong to.
const SYSTEM: SystemRef = SystemRef { kind: 1, address: 1 };
/// Who sits at the panel.
pub(super) const OPERATOR: u8 = 7;

/// A component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedComponent {
    /// What it is, by the standard's table.
    pub kind: u8,
    /// Its address within the system.
    pub address: u32,
    /// Where it is, in the panel's words.
    pub description: String,
}

/// What becomes of a roll-call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerHabit {
    /// Somebody answers after so long.
    After(Duration),
    /// Nobody does.
    Never,
}

/// The device.
pub(super) struct Device {
    config: TransmitterConfig,
    states: Vec<ComponentState>,
    own: DeviceState,
    serial: u16,
    last: Option<Frame>,
}

/// What the device does about a frame of the centre.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Reaction {
    pub(super) send: Vec<Frame>,
    /// A roll-call with its minutes.
    pub(super) roll_call: Option<u8>,
}

impl Device {
    pub(super) fn new(config: TransmitterConfig) -> Self {
        let states = vec![ComponentState::NORMAL; config.components.len()];
        Self { config, states, own: DeviceState::NORMAL, serial: 0, last: None }
    }

    /// The frames that an act makes.
    pub(super) fn act(&mut self, act: &Act, now: Timestamp) -> Vec<Frame> {
        use ComponentState as S;
        match act {
            Act::Fire(number) => self.state(*number, S::NORMAL.and(S::FIRE), now),
            Act::Fault(number) => self.state(*number, S::NORMAL.and(S::FAULT), now),
            Act::Disable(number) => self.state(*number, S::NORMAL.and(S::DISABLED), now),
            Act::Restore(number) => self.state(*number, S::NORMAL, now),
            Act::Panel(operations, operator) => {
                if operations.has(Operations::RESET) {
                    self.states.fill(ComponentState::NORMAL);
                }
                let at = self.label(now);
                let record =
                    SystemOperation { system: SYSTEM, operations: *operations, operator: *operator, at };
                vec![self.send(&Objects::Operation(vec![record]), now)]
            }
            Act::Device(operations, operator) => {
                let at = self.label(now);
                let record = DeviceOperation { operations: *operations, operator: *operator, at };
                vec![self.send(&Objects::DeviceOperation(vec![record]), now)]
            }
            Act::Mains(fails) => {
                self.own = if *fails {
                    DeviceState::NORMAL.and(DeviceState::MAINS_FAULT)
                } else {
                    DeviceState::NORMAL
                };
                vec![self.heartbeat(now)]
            }
            Act::Measure(number, quantity, value) => {
                let Some(component) = self.component(*number) else { return Vec::new() };
                let report = AnalogReport {
                    system: SYSTEM,
                    kind: component.kind,
                    address: component.address,
                    quantity: *quantity,
                    value: *value,
                    at: self.label(now),
                };
                vec![self.send(&Objects::Analog(vec![report]), now)]
            }
            Act::Answer(habit) => {
                self.config.answers = *habit;
                Vec::new()
            }
            Act::Again => self.last.clone().into_iter().collect(),
            Act::Unknown => {
                let mut frame = self.heartbeat(now);
                frame.data = vec![99, 1, 0];
                vec![frame]
            }
            Act::Burst(count) => (0..*count)
                .map(|_| {
                    let at = self.label(now);
                    let operations = Operations::SILENCE;
                    let record = SystemOperation { system: SYSTEM, operations, operator: OPERATOR, at };
                    self.send(&Objects::Operation(vec![record]), now)
                })
                .collect(),
            Act::Rubbish => Vec::new(),
        }
    }

    /// How everything is, as told after a connection.
    pub(super) fn greeting(&mut self, now: Timestamp) -> Vec<Frame> {
        /// As many components as surely fit into one frame.
        const AT_ONCE: usize = 20;
        let reports: Vec<_> =
            (0..self.config.components.len()).filter_map(|index| self.report(index, now)).collect();
        let mut frames = vec![self.heartbeat(now)];
        for some in reports.chunks(AT_ONCE) {
            frames.push(self.send(&Objects::Component(some.to_vec()), now));
        }
        frames
    }

    /// The device's own state.
    pub(super) fn heartbeat(&mut self, now: Timestamp) -> Frame {
        let report = DeviceReport { state: self.own, at: self.label(now) };
        self.send(&Objects::Device(vec![report]), now)
    }

    /// The answer to a roll-call.
    pub(super) fn answer(&mut self, now: Timestamp) -> Vec<Frame> {
        self.act(&Act::Device(Operations::ANSWER, OPERATOR), now)
    }

    pub(super) fn answers(&self) -> AnswerHabit {
        self.config.answers
    }

    /// What to do about a frame of the centre.
    pub(super) fn hear(&mut self, frame: &Frame, now: Timestamp) -> Reaction {
        let label = self.label(now);
        let answer = |command| vec![frame.answer(command, label)];
        match (frame.command, Data::parse(&frame.data).map(|data| data.objects)) {
            (Command::Control, Ok(Objects::RollCall(calls))) => {
                Reaction { send: answer(Command::Confirm), roll_call: calls.first().map(|call| call.minutes) }
            }
            (Command::Control, Ok(Objects::SetClock(_))) => {
                self.config.clock_ahead_s = 0;
                Reaction { send: answer(Command::Confirm), roll_call: None }
            }
            (Command::Request, Ok(Objects::ReadDevice(_))) => {
                let report = DeviceReport { state: self.own, at: label };
                let mut reply = frame.answer(Command::Reply, label);
                reply.data = Data::encode(&Objects::Device(vec![report])).unwrap_or_default();
                Reaction { send: vec![reply], roll_call: None }
            }
            (Command::Control | Command::Request, _) => {
                Reaction { send: answer(Command::Deny), roll_call: None }
            }
            _ => Reaction::default(),
        }
    }

    fn state(&mut self, number: usize, state: ComponentState, now: Timestamp) -> Vec<Frame> {
        let Some(index) = number.checked_sub(1).filter(|index| *index < self.states.len()) else {
            return Vec::new();
        };
        if let Some(known) = self.states.get_mut(index) {
            *known = state;
        }
        match self.report(index, now) {
            Some(report) => vec![self.send(&Objects::Component(vec![report]), now)],
            None => Vec::new(),
        }
    }

    fn report(&self, index: usize, now: Timestamp) -> Option<ComponentReport> {
        let component = self.config.components.get(index)?;
        Some(ComponentReport {
            system: SYSTEM,
            kind: component.kind,
            address: component.address,
            state: *self.states.get(index)?,
            description: component.description.clone(),
            at: self.label(now),
        })
    }

    fn component(&self, number: usize) -> Option<&SimulatedComponent> {
        self.config.components.get(number.checked_sub(1)?)
    }

    fn send(&mut self, objects: &Objects, now: Timestamp) -> Frame {
        self.serial = self.serial.wrapping_add(1);
        let frame = Frame {
            serial: self.serial,
            version: Version::OF_2011,
            label: self.label(now),
            source: self.config.address,
            destination: self.config.centre,
            command: Command::Send,
            data: Data::encode(objects).unwrap_or_default(),
        };
        self.last = Some(frame.clone());
        frame
    }

    /// What its clock shows: Beijing time, as wrong as it is.
    fn label(&self, now: Timestamp) -> TimeLabel {
        let shown =
            now.saturating_add(jiff::SignedDuration::from_secs(self.config.clock_ahead_s)).unwrap_or(now);
        let local = Offset::constant(8).to_datetime(shown);
        TimeLabel::of(Civil {
            year: local.year(),
            month: local.month(),
            day: local.day(),
            hour: local.hour(),
            minute: local.minute(),
            second: local.second(),
        })
    }
}

impl SimulatedComponent {
    /// Detectors and a call point of a small school.
    pub fn school() -> Vec<Self> {
        let one =
            |kind, address, description: &str| Self { kind, address, description: description.to_owned() };
        vec![
            one(42, 0x0001_0001, "1号回路1号 二层走廊烟感（模拟）"),
            one(42, 0x0001_0002, "1号回路2号 宿舍走廊烟感（模拟）"),
            one(31, 0x0001_0003, "1号回路3号 厨房温感（模拟）"),
            one(23, 0x0001_0004, "1号回路4号 手动按钮（模拟）"),
        ]
    }
}
