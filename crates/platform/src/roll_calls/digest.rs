//! The digest that draws and commitments are made with.

use domain::duty::roll_call::draw::Digest;
use sha2::Digest as _;

/// SHA-256, as the domain asks for it.
pub(super) fn sha256(bytes: &[u8]) -> Digest {
    sha2::Sha256::digest(bytes).into()
}
