//! Application data: a type flag, how many objects, the objects (8.1, table 3).

use std::fmt;

use crate::frame::DATA_BYTES_MAX;
use crate::units::{
    AnalogReport, Clock, ComponentConfiguration, ComponentRef, ComponentReport, Cursor, DeviceConfiguration,
    DeviceOperation, DeviceOperationsQuery, DeviceReport, DeviceVersion, Object, OperationsQuery, Reserved,
    RollCall, SystemConfiguration, SystemOperation, SystemRef, SystemReport, SystemTime, SystemVersion,
};

/// Bytes of a time that some devices leave out.
const TIME_BYTES: usize = 6;

/// The first byte of application data: what the objects are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeFlag(pub u8);

impl fmt::Display for TypeFlag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Application data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Data {
    /// What is in it.
    pub objects: Objects,
    /// Bytes behind the last object: some devices pad. Not kept.
    pub trailing: usize,
}

/// Why application data cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DataError {
    /// Fewer than two bytes.
    #[error("no type flag and no count of objects")]
    Empty,
    /// Reserved, or a maker's own (128 and above).
    #[error("type flag {0} is not known")]
    Unknown(TypeFlag),
    /// The objects end early.
    #[error("type flag {flag}: object {index} of {count} is cut short")]
    Short {
        /// Of what.
        flag: TypeFlag,
        /// Which, from 1.
        index: u8,
        /// Of how many.
        count: u8,
    },
    /// More objects or bytes than one frame carries.
    #[error("{0} objects do not fit into one frame")]
    TooMany(usize),
}

macro_rules! flags {
    ($($(#[$doc:meta])* $variant:ident($object:ty) = $flag:literal;)+) => {
        /// Objects of one sort; which sort is the type flag.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Objects { $($(#[$doc])* $variant(Vec<$object>)),+ }

        impl Objects {
            /// Every type flag that is read.
            pub const FLAGS: &[TypeFlag] = &[$(TypeFlag($flag)),+];

            /// Its type flag.
            pub fn flag(&self) -> TypeFlag {
                match self { $(Self::$variant(_) => TypeFlag($flag)),+ }
            }

            /// How many there are.
            pub fn count(&self) -> usize {
                match self { $(Self::$variant(objects) => objects.len()),+ }
            }

            fn read(flag: u8, count: u8, cursor: &mut Cursor<'_>) -> Result<Self, DataError> {
                match flag {
                    $($flag => read_objects(flag, count, cursor).map(Self::$variant),)+
                    other => Err(DataError::Unknown(TypeFlag(other))),
                }
            }

            fn write(&self, bytes: &mut Vec<u8>) {
                match self { $(Self::$variant(objects) => objects.iter().for_each(|object| object.write(bytes))),+ }
            }
        }
    };
}

flags! {
    /// State of systems.
    System(SystemReport) = 1;
    /// State of components.
    Component(ComponentReport) = 2;
    /// Analog values.
    Analog(AnalogReport) = 3;
    /// Operations at systems.
    Operation(SystemOperation) = 4;
    /// Versions of systems.
    Version(SystemVersion) = 5;
    /// Configuration of systems.
    Configuration(SystemConfiguration) = 6;
    /// Configuration of components.
    ComponentConfiguration(ComponentConfiguration) = 7;
    /// Clocks of systems.
    Time(SystemTime) = 8;
    /// State of the transmission device.
    Device(DeviceReport) = 21;
    /// Operations at the transmission device.
    DeviceOperation(DeviceOperation) = 24;
    /// Version of the transmission device.
    DeviceVersion(DeviceVersion) = 25;
    /// Configuration of the transmission device.
    DeviceConfiguration(DeviceConfiguration) = 26;
    /// Clock of the transmission device.
    DeviceTime(Clock) = 28;
    /// State of systems wanted.
    ReadSystem(SystemRef) = 61;
    /// State of components wanted.
    ReadComponent(ComponentRef) = 62;
    /// Analog values wanted.
    ReadAnalog(ComponentRef) = 63;
    /// Operations at systems wanted.
    ReadOperation(OperationsQuery) = 64;
    /// Versions of systems wanted.
    ReadVersion(SystemRef) = 65;
    /// Configuration of systems wanted.
    ReadConfiguration(SystemRef) = 66;
    /// Configuration of components wanted.
    ReadComponentConfiguration(ComponentRef) = 67;
    /// Clocks of systems wanted.
    ReadTime(SystemRef) = 68;
    /// State of the transmission device wanted (巡检).
    ReadDevice(Reserved) = 81;
    /// Operations at the transmission device wanted.
    ReadDeviceOperation(DeviceOperationsQuery) = 84;
    /// Version of the transmission device wanted.
    ReadDeviceVersion(Reserved) = 85;
    /// Configuration of the transmission device wanted.
    ReadDeviceConfiguration(Reserved) = 86;
    /// Clock of the transmission device wanted.
    ReadDeviceTime(Reserved) = 88;
    /// The transmission device is to begin anew.
    Initialise(Reserved) = 89;
    /// The transmission device is to take the centre's time.
    SetClock(Clock) = 90;
    /// Roll-call (查岗).
    RollCall(RollCall) = 91;
}

impl Data {
    /// Reads application data.
    pub fn parse(bytes: &[u8]) -> Result<Self, DataError> {
        let [flag, count, rest @ ..] = bytes else { return Err(DataError::Empty) };
        let mut cursor = Cursor(rest);
        let objects = Objects::read(*flag, *count, &mut cursor)?;
        Ok(Self { objects, trailing: cursor.0.len() })
    }

    /// Writes application data; more than one frame carries is refused.
    pub fn encode(objects: &Objects) -> Result<Vec<u8>, DataError> {
        let count = u8::try_from(objects.count()).map_err(|_| DataError::TooMany(objects.count()))?;
        let mut bytes = vec![objects.flag().0, count];
        objects.write(&mut bytes);
        if bytes.len() > DATA_BYTES_MAX { Err(DataError::TooMany(objects.count())) } else { Ok(bytes) }
    }
}

fn read_objects<T: Object>(flag: u8, count: u8, cursor: &mut Cursor<'_>) -> Result<Vec<T>, DataError> {
    let is_timeless = T::ENDS_WITH_TIME
        && T::BYTES.is_some_and(|bytes| cursor.0.len() == usize::from(count) * (bytes - TIME_BYTES));
    let mut objects = Vec::new();
    for index in 1..=count {
        let object = match (is_timeless, T::BYTES) {
            // A copy with zeros in the place of the time, which no clock shows.
            (true, Some(bytes)) => cursor.take(bytes - TIME_BYTES).and_then(|given| {
                let mut whole = given.to_vec();
                whole.resize(bytes, 0);
                T::read(&mut Cursor(&whole))
            }),
            _ => T::read(cursor),
        };
        objects.push(object.ok_or(DataError::Short { flag: TypeFlag(flag), index, count })?);
    }
    Ok(objects)
}
