//! What the bytes mean.

use super::Frame;

/// Left or right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pan {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// Up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tilt {
    /// Upwards.
    Up,
    /// Downwards.
    Down,
}

/// Nearer or farther.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zoom {
    /// Larger.
    In,
    /// Smaller.
    Out,
}

/// More or less light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Iris {
    /// More.
    Open,
    /// Less.
    Close,
}

/// Where the picture is sharp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// Near.
    Near,
    /// Far.
    Far,
}

/// What to do with a preset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PresetAction {
    /// Remember where the camera looks.
    Set,
    /// Look there.
    Call,
    /// Forget it.
    Delete,
}

/// What to do with a scan from edge to edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScanAction {
    /// Begin.
    Start,
    /// Here is the left edge.
    LeftEdge,
    /// Here is the right edge.
    RightEdge,
}

/// A command to a camera's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PtzCommand {
    /// Stop everything that moves, also a round or scan.
    Stop,
    /// Move; at least one axis, each with its speed.
    Move {
        /// Speed 0 to 255.
        pan: Option<(Pan, u8)>,
        /// Speed 0 to 255.
        tilt: Option<(Tilt, u8)>,
        /// Speed 0 to 15.
        zoom: Option<(Zoom, u8)>,
    },
    /// Turn iris and focus, each with its speed; neither stops both.
    Lens {
        /// Speed 0 to 255.
        iris: Option<(Iris, u8)>,
        /// Speed 0 to 255.
        focus: Option<(Focus, u8)>,
    },
    /// A preset, 1 to 255.
    Preset(PresetAction, u8),
    /// Adds a preset to a round.
    CruiseAdd {
        /// The round.
        group: u8,
        /// The preset.
        preset: u8,
    },
    /// Takes a preset out of a round.
    CruiseDelete {
        /// The round.
        group: u8,
        /// The preset; 0 deletes the round.
        preset: u8,
    },
    /// How fast a round goes.
    CruiseSpeed {
        /// The round.
        group: u8,
        /// 12 bits.
        speed: u16,
    },
    /// How long a round stays at each preset.
    CruiseDwell {
        /// The round.
        group: u8,
        /// Seconds, 12 bits.
        seconds: u16,
    },
    /// Begins a round.
    CruiseStart {
        /// The round.
        group: u8,
    },
    /// A scan.
    Scan {
        /// Which.
        group: u8,
        /// What.
        action: ScanAction,
    },
    /// How fast a scan goes.
    ScanSpeed {
        /// Which.
        group: u8,
        /// 12 bits.
        speed: u16,
    },
    /// An auxiliary switch; 1 is the wiper.
    Auxiliary {
        /// On or off.
        on: bool,
        /// Which.
        number: u8,
    },
    /// Something that the standard does not know.
    Raw {
        /// Byte 4.
        command: u8,
        /// Byte 5.
        data1: u8,
        /// Byte 6.
        data2: u8,
        /// The upper half of byte 7.
        data3: u8,
    },
}

impl PtzCommand {
    /// The bytes for a camera at an address, 1 where there is one camera.
    pub fn frame(self, address: u16) -> Frame {
        let (command, data1, data2, data3) = self.bytes();
        Frame { address: address & 0xfff, command, data1, data2, data3: data3 & 0xf }
    }

    /// What bytes mean. Where two directions of one axis are asked for, which no camera can obey, the bytes are kept raw.
    pub fn from_frame(frame: Frame) -> Self {
        let Frame { command, data1, data2, data3, .. } = frame;
        let raw = Self::Raw { command, data1, data2, data3 };
        let long = u16::from(data3) << 8 | u16::from(data2);
        match command {
            0x00 => Self::Stop,
            0x01..=0x3f => moving(frame).unwrap_or(raw),
            0x40..=0x4f => lens(frame).unwrap_or(raw),
            0x81 => Self::Preset(PresetAction::Set, data2),
            0x82 => Self::Preset(PresetAction::Call, data2),
            0x83 => Self::Preset(PresetAction::Delete, data2),
            0x84 => Self::CruiseAdd { group: data1, preset: data2 },
            0x85 => Self::CruiseDelete { group: data1, preset: data2 },
            0x86 => Self::CruiseSpeed { group: data1, speed: long },
            0x87 => Self::CruiseDwell { group: data1, seconds: long },
            0x88 => Self::CruiseStart { group: data1 },
            0x89 => match data2 {
                0 => Self::Scan { group: data1, action: ScanAction::Start },
                1 => Self::Scan { group: data1, action: ScanAction::LeftEdge },
                2 => Self::Scan { group: data1, action: ScanAction::RightEdge },
                _ => raw,
            },
            0x8a => Self::ScanSpeed { group: data1, speed: long },
            0x8c => Self::Auxiliary { on: true, number: data1 },
            0x8d => Self::Auxiliary { on: false, number: data1 },
            _ => raw,
        }
    }

    fn bytes(self) -> (u8, u8, u8, u8) {
        match self {
            Self::Stop => (0, 0, 0, 0),
            Self::Move { pan, tilt, zoom } => {
                let pan_bit = pan.map_or(0, |(way, _)| if way == Pan::Left { 0x02 } else { 0x01 });
                let tilt_bit = tilt.map_or(0, |(way, _)| if way == Tilt::Up { 0x08 } else { 0x04 });
                let zoom_bit = zoom.map_or(0, |(way, _)| if way == Zoom::Out { 0x20 } else { 0x10 });
                (pan_bit | tilt_bit | zoom_bit, speed(pan), speed(tilt), speed(zoom))
            }
            Self::Lens { iris, focus } => {
                let iris_bit = iris.map_or(0, |(way, _)| if way == Iris::Close { 0x08 } else { 0x04 });
                let focus_bit = focus.map_or(0, |(way, _)| if way == Focus::Near { 0x02 } else { 0x01 });
                (0x40 | iris_bit | focus_bit, speed(focus), speed(iris), 0)
            }
            Self::Preset(PresetAction::Set, number) => (0x81, 0, number, 0),
            Self::Preset(PresetAction::Call, number) => (0x82, 0, number, 0),
            Self::Preset(PresetAction::Delete, number) => (0x83, 0, number, 0),
            Self::CruiseAdd { group, preset } => (0x84, group, preset, 0),
            Self::CruiseDelete { group, preset } => (0x85, group, preset, 0),
            Self::CruiseSpeed { group, speed } => long(0x86, group, speed),
            Self::CruiseDwell { group, seconds } => long(0x87, group, seconds),
            Self::CruiseStart { group } => (0x88, group, 0, 0),
            Self::Scan { group, action: ScanAction::Start } => (0x89, group, 0, 0),
            Self::Scan { group, action: ScanAction::LeftEdge } => (0x89, group, 1, 0),
            Self::Scan { group, action: ScanAction::RightEdge } => (0x89, group, 2, 0),
            Self::ScanSpeed { group, speed } => long(0x8a, group, speed),
            Self::Auxiliary { on: true, number } => (0x8c, number, 0, 0),
            Self::Auxiliary { on: false, number } => (0x8d, number, 0, 0),
            Self::Raw { command, data1, data2, data3 } => (command, data1, data2, data3),
        }
    }
}

fn speed<W>(axis: Option<(W, u8)>) -> u8 {
    axis.map_or(0, |(_, speed)| speed)
}

/// A command with 12 bits of data: the lower eight in byte 6, the upper four in byte 7.
fn long(command: u8, group: u8, value: u16) -> (u8, u8, u8, u8) {
    (command, group, (value & 0xff) as u8, (value >> 8 & 0xf) as u8)
}

/// Both directions of one axis at once.
struct Both;

/// One of two directions, or neither.
fn one_of<W>(bits: u8, first: (u8, W), second: (u8, W), speed: u8) -> Result<Option<(W, u8)>, Both> {
    match (bits & first.0 != 0, bits & second.0 != 0) {
        (true, true) => Err(Both),
        (true, false) => Ok(Some((first.1, speed))),
        (false, true) => Ok(Some((second.1, speed))),
        (false, false) => Ok(None),
    }
}

fn moving(frame: Frame) -> Result<PtzCommand, Both> {
    let bits = frame.command;
    Ok(PtzCommand::Move {
        pan: one_of(bits, (0x02, Pan::Left), (0x01, Pan::Right), frame.data1)?,
        tilt: one_of(bits, (0x08, Tilt::Up), (0x04, Tilt::Down), frame.data2)?,
        zoom: one_of(bits, (0x20, Zoom::Out), (0x10, Zoom::In), frame.data3)?,
    })
}

fn lens(frame: Frame) -> Result<PtzCommand, Both> {
    let bits = frame.command;
    Ok(PtzCommand::Lens {
        iris: one_of(bits, (0x08, Iris::Close), (0x04, Iris::Open), frame.data2)?,
        focus: one_of(bits, (0x02, Focus::Near), (0x01, Focus::Far), frame.data1)?,
    })
}
