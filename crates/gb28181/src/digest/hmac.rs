//! HMAC-SHA-256, RFC 2104, with the keyed states computed once: two compressions a call instead of four.

use sha2::{Digest as _, Sha256};

const BLOCK_BYTES: usize = 64;

/// A key, ready to use.
#[derive(Clone)]
pub(super) struct Hmac {
    inner: Sha256,
    outer: Sha256,
}

impl Hmac {
    /// Takes a secret of 32 bytes; longer ones would have to be hashed first.
    pub fn new(secret: &[u8; 32]) -> Self {
        let keyed = |pad: u8| {
            let mut block = [pad; BLOCK_BYTES];
            block.iter_mut().zip(secret).for_each(|(byte, key)| *byte ^= key);
            Sha256::new().chain_update(block)
        };
        Self { inner: keyed(0x36), outer: keyed(0x5C) }
    }

    /// The code of a message in parts.
    pub fn code(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut inner = self.inner.clone();
        for part in parts {
            inner.update(part);
        }
        self.outer.clone().chain_update(inner.finalize()).finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Output;

    #[test]
    fn a_known_code_is_computed() {
        // RFC 4231 test case 2 with the key padded by zeros, which HMAC does itself.
        let mut secret = [0; 32];
        secret[..4].copy_from_slice(b"Jefe");
        let code = Hmac::new(&secret).code(&[b"what do ya want ", b"for nothing?"]);
        let wanted = b"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert!(Output::new(&code).equals(wanted));
    }
}
