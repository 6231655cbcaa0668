//! Addresses of devices and centres: six bytes, the low one first (6.6.3).

use std::fmt;
use std::str::FromStr;

/// The address of a transmission device or a centre. Printed with the high byte first, twelve hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Address([u8; 6]);

/// Text that is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an address has 12 hexadecimal digits, high byte first")]
pub struct AddressError;

impl Address {
    /// From the bytes as they travel, low byte first.
    pub const fn from_wire(bytes: [u8; 6]) -> Self {
        Self(bytes)
    }

    /// The bytes as they travel, low byte first.
    pub const fn to_wire(self) -> [u8; 6] {
        self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().rev().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        if text.len() != 12 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(AddressError);
        }
        let mut bytes = [0; 6];
        for (index, byte) in bytes.iter_mut().rev().enumerate() {
            let digits = text.get(index * 2..index * 2 + 2).ok_or(AddressError)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| AddressError)?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_low_byte_travels_first() {
        let address: Address = "3601020300ff".parse().unwrap();
        assert_eq!(address.to_wire(), [0xff, 0x00, 0x03, 0x02, 0x01, 0x36]);
        assert_eq!(address.to_string(), "3601020300ff");
        assert_eq!(Address::from_wire(address.to_wire()), address);
        for wrong in ["", "36", "3601020300f", "3601020300fg", "３６01020300"] {
            assert_eq!(wrong.parse::<Address>(), Err(AddressError), "{wrong}");
        }
    }
}
