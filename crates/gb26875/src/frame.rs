//! One frame: start `@@`, control unit, application data, checksum, end `##` (6.6).

use crate::address::Address;
use crate::label::TimeLabel;

/// Longest application data (6.6.3).
pub const DATA_BYTES_MAX: usize = 1024;
/// Start, control unit: what stands before the application data.
pub(crate) const HEAD_BYTES: usize = 27;
/// Checksum and end.
pub(crate) const TAIL_BYTES: usize = 3;
/// Longest frame.
pub const FRAME_BYTES_MAX: usize = HEAD_BYTES + DATA_BYTES_MAX + TAIL_BYTES;
/// What a frame begins with.
pub(crate) const START: [u8; 2] = *b"@@";
/// What a frame ends with.
pub(crate) const END: [u8; 2] = *b"##";
/// Where the length of the application data stands.
pub(crate) const LENGTH_AT: usize = 24;

/// What a frame is for (table 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// 控制: the centre tells the device to do something.
    Control,
    /// 发送数据: the device tells what happened.
    Send,
    /// 确认
    Confirm,
    /// 请求: the centre asks.
    Request,
    /// 应答: the device answers a question.
    Reply,
    /// 否认
    Deny,
    /// Reserved (7 to 127) or of a maker (128 to 255), and 0.
    Other(u8),
}

impl From<u8> for Command {
    fn from(byte: u8) -> Self {
        match byte {
            1 => Self::Control,
            2 => Self::Send,
            3 => Self::Confirm,
            4 => Self::Request,
            5 => Self::Reply,
            6 => Self::Deny,
            other => Self::Other(other),
        }
    }
}

impl From<Command> for u8 {
    fn from(command: Command) -> Self {
        match command {
            Command::Control => 1,
            Command::Send => 2,
            Command::Confirm => 3,
            Command::Request => 4,
            Command::Reply => 5,
            Command::Deny => 6,
            Command::Other(byte) => byte,
        }
    }
}

/// Version of the protocol (6.6.3): the standard's and the user's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Version {
    /// Of the standard: 1 for the edition of 2011.
    pub main: u8,
    /// Of whoever made the device.
    pub user: u8,
}

impl Version {
    /// The edition of 2011.
    pub const OF_2011: Self = Self { main: 1, user: 0 };
}

/// A frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Running number of the business; an answer repeats that of what it answers.
    pub serial: u16,
    /// Version of the protocol.
    pub version: Version,
    /// When it was sent, by the sender's clock.
    pub label: TimeLabel,
    /// Who sends.
    pub source: Address,
    /// To whom.
    pub destination: Address,
    /// What for.
    pub command: Command,
    /// Application data; see [`crate::Data`]. At most [`DATA_BYTES_MAX`].
    pub data: Vec<u8>,
}

/// Why bytes are no frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// It does not begin with `@@`.
    #[error("does not begin with @@")]
    Start,
    /// Fewer bytes than it says, or more.
    #[error("{0} bytes, which is not the length it tells")]
    Length(usize),
    /// The application data are too long.
    #[error("{0} bytes of application data, at most {DATA_BYTES_MAX}")]
    TooLong(usize),
    /// It does not end with `##`.
    #[error("does not end with ##")]
    End,
    /// The sum is another.
    #[error("checksum {told:#04x}, the bytes have {counted:#04x}")]
    Checksum {
        /// In the frame.
        told: u8,
        /// Of its bytes.
        counted: u8,
    },
}

impl Frame {
    /// Reads exactly one frame.
    pub fn parse(bytes: &[u8]) -> Result<Self, FrameError> {
        let (Some(head), true) = (bytes.first_chunk::<HEAD_BYTES>(), bytes.starts_with(&START)) else {
            return Err(if bytes.starts_with(&START) {
                FrameError::Length(bytes.len())
            } else {
                FrameError::Start
            });
        };
        let data_bytes = told_length(head);
        if data_bytes > DATA_BYTES_MAX {
            return Err(FrameError::TooLong(data_bytes));
        }
        let (Some(data), Some(tail)) =
            (bytes.get(HEAD_BYTES..HEAD_BYTES + data_bytes), bytes.get(HEAD_BYTES + data_bytes..))
        else {
            return Err(FrameError::Length(bytes.len()));
        };
        let [told, end @ ..] = *tail.first_chunk::<TAIL_BYTES>().ok_or(FrameError::Length(bytes.len()))?;
        if tail.len() != TAIL_BYTES {
            return Err(FrameError::Length(bytes.len()));
        }
        if end != END {
            return Err(FrameError::End);
        }
        let counted = checksum(&bytes[START.len()..HEAD_BYTES + data_bytes]);
        if told != counted {
            return Err(FrameError::Checksum { told, counted });
        }
        let [_, _, s0, s1, main, user, rest @ ..] = *head;
        let six = |at: usize| std::array::from_fn(|index| rest.get(at + index).copied().unwrap_or_default());
        Ok(Self {
            serial: u16::from_le_bytes([s0, s1]),
            version: Version { main, user },
            label: TimeLabel(six(0)),
            source: Address::from_wire(six(6)),
            destination: Address::from_wire(six(12)),
            command: head[HEAD_BYTES - 1].into(),
            data: data.to_vec(),
        })
    }

    /// The frame as it travels. Application data above [`DATA_BYTES_MAX`] are an error of the caller and refused.
    pub fn encode(&self) -> Result<Vec<u8>, FrameError> {
        let length = u16::try_from(self.data.len()).ok().filter(|_| self.data.len() <= DATA_BYTES_MAX);
        let length = length.ok_or(FrameError::TooLong(self.data.len()))?;
        let mut bytes = Vec::with_capacity(HEAD_BYTES + self.data.len() + TAIL_BYTES);
        bytes.extend(START);
        bytes.extend(self.serial.to_le_bytes());
        bytes.extend([self.version.main, self.version.user]);
        bytes.extend(self.label.0);
        bytes.extend(self.source.to_wire());
        bytes.extend(self.destination.to_wire());
        bytes.extend(length.to_le_bytes());
        bytes.push(self.command.into());
        bytes.extend(&self.data);
        bytes.push(checksum(&bytes[START.len()..]));
        bytes.extend(END);
        Ok(bytes)
    }

    /// The answer to this frame: same number and version, the other way round, nothing in it.
    #[must_use]
    pub fn answer(&self, command: Command, label: TimeLabel) -> Self {
        Self {
            serial: self.serial,
            version: self.version,
            label,
            source: self.destination,
            destination: self.source,
            command,
            data: Vec::new(),
        }
    }
}

/// The length that a head tells.
pub(crate) fn told_length(head: &[u8; HEAD_BYTES]) -> usize {
    usize::from(u16::from_le_bytes([head[LENGTH_AT], head[LENGTH_AT + 1]]))
}

/// Sum of all bytes of control unit and application data, its low eight bits (6.6.5).
fn checksum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum.wrapping_add(*byte))
}
