//! Information objects (8.2): what application data are made of, each with its fixed layout.

use crate::label::TimeLabel;
use crate::states::{ComponentState, DeviceState, Operations, SystemState};
use crate::text;

/// Bytes of a component's description.
const DESCRIPTION_BYTES: usize = 31;
/// Most bytes of a configuration text: its length is one byte.
const CONFIGURATION_BYTES_MAX: usize = 255;

/// Reads an object's bytes one after the other.
pub(crate) struct Cursor<'a>(pub(crate) &'a [u8]);

impl<'a> Cursor<'a> {
    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }
}

/// An object of application data.
pub(crate) trait Object: Sized {
    /// Bytes of one, where all are alike.
    const BYTES: Option<usize>;
    /// True where it ends with its time, which some devices leave out.
    const ENDS_WITH_TIME: bool = false;

    fn read(cursor: &mut Cursor<'_>) -> Option<Self>;
    fn write(&self, bytes: &mut Vec<u8>);
}

/// Which system: its type (see [`crate::words::SYSTEMS`]) and its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct SystemRef {
    /// Type.
    pub kind: u8,
    /// Address, given by whoever set it up.
    pub address: u8,
}

/// Which component of a system. What its four bytes mean (loop, number) is the panel's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct ComponentRef {
    /// The system it belongs to.
    pub system: SystemRef,
    /// Address within it.
    pub address: u32,
}

impl Object for SystemRef {
    const BYTES: Option<usize> = Some(2);

    fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        Some(Self { kind: cursor.byte()?, address: cursor.byte()? })
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend([self.kind, self.address]);
    }
}

impl Object for ComponentRef {
    const BYTES: Option<usize> = Some(6);

    fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        Some(Self { system: SystemRef::read(cursor)?, address: u32::from_le_bytes(cursor.array()?) })
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        self.system.write(bytes);
        bytes.extend(self.address.to_le_bytes());
    }
}

macro_rules! objects {
    ($($(#[$doc:meta])* $name:ident: $bytes:expr, time $time:expr => {
        $($(#[$field_doc:meta])* $field:ident: $type:ty = $read:expr, $write:expr;)+
    })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type),+ }

        impl Object for $name {
            const BYTES: Option<usize> = $bytes;
            const ENDS_WITH_TIME: bool = $time;

            fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
                $(let $field: $type = { let read: fn(&mut Cursor<'_>) -> Option<$type> = $read; read(cursor)? };)+
                Some(Self { $($field),+ })
            }

            fn write(&self, bytes: &mut Vec<u8>) {
                $({ let write: fn(&$type, &mut Vec<u8>) = $write; write(&self.$field, bytes); })+
            }
        }
    )+};
}

fn read_byte(cursor: &mut Cursor<'_>) -> Option<u8> {
    cursor.byte()
}

fn read_label(cursor: &mut Cursor<'_>) -> Option<TimeLabel> {
    cursor.array().map(TimeLabel)
}

fn read_u16(cursor: &mut Cursor<'_>) -> Option<u16> {
    cursor.array().map(u16::from_le_bytes)
}

fn read_description(cursor: &mut Cursor<'_>) -> Option<String> {
    cursor.take(DESCRIPTION_BYTES).map(text::read)
}

fn push_description(description: &str, bytes: &mut Vec<u8>) {
    bytes.extend(text::write(description, DESCRIPTION_BYTES));
}

fn read_configuration(cursor: &mut Cursor<'_>) -> Option<String> {
    let length = usize::from(cursor.byte()?);
    cursor.take(length).map(text::read)
}

fn push_configuration(configuration: &str, bytes: &mut Vec<u8>) {
    let cut = text::cut(configuration, CONFIGURATION_BYTES_MAX);
    bytes.push(u8::try_from(cut.len()).unwrap_or(u8::MAX));
    bytes.extend(cut);
}

objects! {
    /// State of a system (type 1).
    SystemReport: Some(10), time true => {
        /// Which.
        system: SystemRef = SystemRef::read, SystemRef::write;
        /// How it is.
        state: SystemState = |cursor| read_u16(cursor).map(SystemState), |state, bytes| bytes.extend(state.0.to_le_bytes());
        /// Since when.
        at: TimeLabel = read_label, |label, bytes| bytes.extend(label.0);
    }
    /// State of a component (type 2).
    ComponentReport: Some(46), time true => {
        /// Its system.
        system: SystemRef = SystemRef::read, SystemRef::write;
        /// What it is; see [`crate::words::COMPONENTS`].
        kind: u8 = read_byte, |byte, bytes| bytes.push(*byte);
        /// Its address.
        address: u32 = |cursor| cursor.array().map(u32::from_le_bytes), |address, bytes| bytes.extend(address.to_le_bytes());
        /// How it is.
        state: ComponentState = |cursor| read_u16(cursor).map(ComponentState), |state, bytes| bytes.extend(state.0.to_le_bytes());
        /// Where it is, in the panel's words.
        description: String = read_description, |text, bytes| push_description(text, bytes);
        /// Since when.
        at: TimeLabel = read_label, |label, bytes| bytes.extend(label.0);
    }
    /// An analog value (type 3).
    AnalogReport: Some(16), time true => {
        /// Its system.
        system: SystemRef = SystemRef::read, SystemRef::write;
        /// What it is.
        kind: u8 = read_byte, |byte, bytes| bytes.push(*byte);
        /// Its address.
        address: u32 = |cursor| cursor.array().map(u32::from_le_bytes), |address, bytes| bytes.extend(address.to_le_bytes());
        /// What is measured; see [`crate::words::ANALOGS`].
        quantity: u8 = read_byte, |byte, bytes| bytes.push(*byte);
        /// In steps of the quantity.
        value: i16 = |cursor| cursor.array().map(i16::from_le_bytes), |value, bytes| bytes.extend(value.to_le_bytes());
        /// When.
        at: TimeLabel = read_label, |label, bytes| bytes.extend(label.0);
    }
    /// What somebody did at a system (type 4).
    SystemOperation: Some(10), time true => {
        /// Which.
        system: SystemRef = SystemRef::read, SystemRef::write;
        /// What.
        operations: Operations = |cursor| cursor.byte().map(Operations), |operations, bytes| bytes.push(operations.0);
        /// Who, by the number the panel gave them.
        operator: u8 = read_byte, |byte, bytes| bytes.push(*byte);
        /// When.
        at: TimeLabel = read_label, |label, bytes| bytes.extend(label.0);
    }
    /// Software version of a system (type 5).
    SystemVersion: Some(4), time false => {
        /// Which.
        system: SystemRef = SystemRef::read, SystemRef::write;
        /// Before the point.
        main: u8 = read_byte, |byte, bytes| bytes.push(*byte);
        /// After it.
        minor: u8 = read_byte, |byte, bytes| bytes.push(*byte);
    }
    /// Configuration of a system in words (type 6).
    SystemConfiguration: None, time false => {
        /// Which.
        system: SystemRef = SystemRef::read, SystemRef::write;
        /// The words.
        text: String = read_configuration, |text, bytes| push_configuration(text, bytes);
    }
    /// Configuration of a component (type 7).
    ComponentConfiguration: Some(38), time false => {
        /// Its system.
        system: SystemRef = SystemRef::read, SystemRef::write;
        /// What it is.
        kind: u8 = read_byte, |byte, bytes| bytes.push(*byte);
        /// Its address.
        address: u32 = |cursor| cursor.array().map(u32::from_le_bytes), |address, bytes| bytes.extend(address.to_le_bytes());
        /// Where it is, in the panel's words.
        description: String = read_description, |text, bytes| push_description(text, bytes);
    }
    /// Clock of a system (type 8).
    SystemTime: Some(8), time false => {
        /// Which.
        system: SystemRef = SystemRef::read, SystemRef::write;
        /// What it shows.
        at: TimeLabel = read_label, |label, bytes| bytes.extend(label.0);
    }
    /// State of the transmission device (type 21).
    DeviceReport: Some(7), time true => {
        /// How it is.
        state: DeviceState = |cursor| cursor.byte().map(DeviceState), |state, bytes| bytes.push(state.0);
        /// Since when.
        at: TimeLabel = read_label, |label, bytes| bytes.extend(label.0);
    }
    /// What somebody did at the transmission device (type 24).
    DeviceOperation: Some(8), time true => {
        /// What.
        operations: Operations = |cursor| cursor.byte().map(Operations), |operations, bytes| bytes.push(operations.0);
        /// Who.
        operator: u8 = read_byte, |byte, bytes| bytes.push(*byte);
        /// When.
        at: TimeLabel = read_label, |label, bytes| bytes.extend(label.0);
    }
    /// Software version of the transmission device (type 25).
    DeviceVersion: Some(2), time false => {
        /// Before the point.
        main: u8 = read_byte, |byte, bytes| bytes.push(*byte);
        /// After it.
        minor: u8 = read_byte, |byte, bytes| bytes.push(*byte);
    }
    /// Configuration of the transmission device in words (type 26).
    DeviceConfiguration: None, time false => {
        /// The words.
        text: String = read_configuration, |text, bytes| push_configuration(text, bytes);
    }
    /// A clock: the device's (type 28), or the centre's that it is to take (type 90).
    Clock: Some(6), time false => {
        /// What it shows.
        at: TimeLabel = read_label, |label, bytes| bytes.extend(label.0);
    }
    /// Operations of a system wanted (type 64).
    OperationsQuery: Some(9), time false => {
        /// Of which.
        system: SystemRef = SystemRef::read, SystemRef::write;
        /// How many.
        count: u8 = read_byte, |byte, bytes| bytes.push(*byte);
        /// From when on.
        since: TimeLabel = read_label, |label, bytes| bytes.extend(label.0);
    }
    /// Operations of the transmission device wanted (type 84).
    DeviceOperationsQuery: Some(7), time false => {
        /// How many.
        count: u8 = read_byte, |byte, bytes| bytes.push(*byte);
        /// From when on.
        since: TimeLabel = read_label, |label, bytes| bytes.extend(label.0);
    }
    /// A question or order with nothing in it but a reserved byte (types 81, 85, 86, 88, 89).
    Reserved: Some(1), time false => {
        /// Zero.
        byte: u8 = read_byte, |byte, bytes| bytes.push(*byte);
    }
    /// A roll-call (type 91).
    RollCall: Some(1), time false => {
        /// Minutes in which somebody has to answer.
        minutes: u8 = read_byte, |byte, bytes| bytes.push(*byte);
    }
}

impl ComponentReport {
    /// Which component it is about.
    pub fn component(&self) -> ComponentRef {
        ComponentRef { system: self.system, address: self.address }
    }
}
