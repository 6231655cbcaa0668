//! The hash functions behind a digest.

use md5::Md5;
use sha2::{Digest as _, Sha256};

/// A digest algorithm by its name on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// `MD5`, what nearly every device speaks, and what no `algorithm` means.
    Md5,
    /// `SHA-256`, RFC 7616.
    Sha256,
    /// `SM3`, which GB/T 28181—2022 allows. Needs [`Hashers::sm3`].
    Sm3,
}

impl Algorithm {
    /// Reads the `algorithm` parameter, in any case; session variants (`-sess`) are not spoken.
    pub fn parse(value: &[u8]) -> Option<Self> {
        [Self::Md5, Self::Sha256, Self::Sm3]
            .into_iter()
            .find(|algorithm| algorithm.as_str().as_bytes().eq_ignore_ascii_case(value))
    }

    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha256 => "SHA-256",
            Self::Sm3 => "SM3",
        }
    }
}

/// SM3 over the concatenation of parts.
pub type Sm3 = fn(&[&[u8]]) -> [u8; 32];

/// The functions that are at hand. MD5 and SHA-256 are built in.
///
/// SM3 is a seam: this crate carries no implementation, because none is needed until a site demands one and a certified module may be
/// prescribed then. A caller that has one puts it here, and `Algorithm::Sm3` works from then on, as server and as client.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hashers {
    /// SM3 over the concatenation of the parts.
    pub sm3: Option<Sm3>,
}

impl Hashers {
    /// The hash over the concatenation of the parts; `None` when the algorithm is not at hand.
    pub fn hash(&self, algorithm: Algorithm, parts: &[&[u8]]) -> Option<Output> {
        match algorithm {
            Algorithm::Md5 => {
                let mut hasher = Md5::new();
                for part in parts {
                    hasher.update(part);
                }
                Some(Output::new(&hasher.finalize()))
            }
            Algorithm::Sha256 => {
                let mut hasher = Sha256::new();
                for part in parts {
                    hasher.update(part);
                }
                Some(Output::new(&hasher.finalize()))
            }
            Algorithm::Sm3 => self.sm3.map(|sm3| Output::new(&sm3(parts))),
        }
    }
}

/// MD5 of `name:realm:password`: what a server may keep instead of the password (RFC 2617 §3.2.2.2, there H(A1)).
pub fn ha1_md5(name: &[u8], realm: &[u8], password: &[u8]) -> [u8; 16] {
    let mut hasher = Md5::new();
    for part in [name, b":", realm, b":", password] {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// A hash value as lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Output {
    digits: [u8; 64],
    length: usize,
}

impl Output {
    /// Writes out a hash of at most 32 bytes.
    pub(super) fn new(hash: &[u8]) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut digits = [0; 64];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(hash) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        Self { digits, length: hash.len().min(32) * 2 }
    }

    /// The digits.
    pub fn as_bytes(&self) -> &[u8] {
        &self.digits[..self.length]
    }

    /// Compares with digits of any case in a time that does not depend on where they differ.
    pub fn equals(&self, other: &[u8]) -> bool {
        if other.len() != self.length {
            return false;
        }
        let pairs = self.as_bytes().iter().zip(other);
        let difference = pairs.fold(0, |all, (ours, theirs)| all | (ours ^ theirs.to_ascii_lowercase()));
        std::hint::black_box(difference) == 0
    }
}
