//! The eight bytes.

use std::fmt;
use std::str::FromStr;

/// The first byte of every command.
const FIRST: u8 = 0xa5;

/// Why a text is no command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PtzError {
    /// A command has sixteen hexadecimal digits.
    #[error("a PTZ command has 16 hexadecimal digits")]
    NotHex,
    /// A command begins with A5.
    #[error("a PTZ command begins with A5, not {0:02X}")]
    FirstByte(u8),
    /// The second byte checks the first.
    #[error("the second byte {0:02X} does not check the first")]
    CheckNibble(u8),
    /// The last byte is the sum of the others.
    #[error("the check sum is {found:02X}, the bytes add up to {expected:02X}")]
    CheckSum {
        /// What it should be.
        expected: u8,
        /// What it is.
        found: u8,
    },
}

/// A command's bytes without their checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// 12 bits. 1 unless several cameras hang on one line.
    pub address: u16,
    /// Byte 4.
    pub command: u8,
    /// Byte 5.
    pub data1: u8,
    /// Byte 6.
    pub data2: u8,
    /// The upper half of byte 7, 0 to 15.
    pub data3: u8,
}

impl Frame {
    /// Reads sixteen digits and checks both sums. Any version in the upper half of byte 2 is accepted.
    pub fn parse(text: &str) -> Result<Self, PtzError> {
        let bytes = hex_bytes(text.trim()).ok_or(PtzError::NotHex)?;
        let [first, check, low, command, data1, data2, mixed, sum] = bytes;
        if first != FIRST {
            return Err(PtzError::FirstByte(first));
        }
        if (first >> 4).wrapping_add(first & 0xf).wrapping_add(check >> 4) & 0xf != check & 0xf {
            return Err(PtzError::CheckNibble(check));
        }
        let expected = sum_of(&bytes[..7]);
        if sum != expected {
            return Err(PtzError::CheckSum { expected, found: sum });
        }
        let address = u16::from(mixed & 0xf) << 8 | u16::from(low);
        Ok(Self { address, command, data1, data2, data3: mixed >> 4 })
    }

    fn bytes(self) -> [u8; 8] {
        let mixed = self.data3 << 4 | (self.address >> 8 & 0xf) as u8;
        let low = (self.address & 0xff) as u8;
        let mut bytes = [FIRST, 0x0f, low, self.command, self.data1, self.data2, mixed, 0];
        bytes[7] = sum_of(&bytes[..7]);
        bytes
    }
}

impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes().iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

impl FromStr for Frame {
    type Err = PtzError;

    fn from_str(text: &str) -> Result<Self, PtzError> {
        Self::parse(text)
    }
}

fn sum_of(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum.wrapping_add(*byte))
}

fn hex_bytes(text: &str) -> Option<[u8; 8]> {
    let digits: Vec<u8> =
        text.chars().take(17).map(|c| c.to_digit(16).map(|digit| digit as u8)).collect::<Option<_>>()?;
    let digits: [u8; 16] = digits.try_into().ok()?;
    Some(std::array::from_fn(|at| digits[2 * at] << 4 | digits[2 * at + 1]))
}
