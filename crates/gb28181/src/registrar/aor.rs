//! The name under which a device registers.

use std::fmt;

/// An address of record: the user part of `To`, 18 digits (rule B of 2016) to 20. Small and without heap, because it is the key of everything.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Aor {
    digits: [u8; 20],
    length: u8,
}

impl Aor {
    /// Reads an id; `None` when it is not 18 to 20 digits. That alone turns nearly every public scanner away (WVP#2054).
    pub fn parse(id: &[u8]) -> Option<Self> {
        if !(18..=20).contains(&id.len()) || !id.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let mut digits = [0; 20];
        digits[..id.len()].copy_from_slice(id);
        Some(Self { digits, length: id.len() as u8 })
    }

    /// The digits.
    pub fn as_bytes(&self) -> &[u8] {
        &self.digits[..usize::from(self.length)]
    }

    /// The digits as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).expect("an address of record holds ASCII digits only")
    }
}

impl fmt::Display for Aor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Aor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Aor({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_eighteen_to_twenty_digits_are_an_id() {
        assert_eq!(Aor::parse(b"34020000001320000001").unwrap().as_str(), "34020000001320000001");
        for bad in [&b"1001"[..], b"admin", b"3402000000132000000a", b"340200000013200000011", b""] {
            assert_eq!(Aor::parse(bad), None);
        }
    }
}
