//! Sealing of camera passwords: ChaCha20-Poly1305 (RFC 8439) with a key that lies outside the database, so that a stolen database
//! or back-up opens no camera.

use std::io::{ErrorKind, Write};
use std::path::Path;

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

/// Bytes of the key file.
pub const KEY_LEN: usize = 32;

/// The key, ready for use.
pub struct Seal {
    key: LessSafeKey,
}

impl Seal {
    /// From a key of 32 bytes.
    pub fn new(key: &[u8; KEY_LEN]) -> Self {
        let unbound = UnboundKey::new(&CHACHA20_POLY1305, key).expect("the key length is the algorithm's");
        Self { key: LessSafeKey::new(unbound) }
    }

    /// Opens the key file, or makes one from `fresh` that only its owner may read.
    pub fn open_or_create(path: &Path, fresh: &[u8; KEY_LEN]) -> std::io::Result<Self> {
        match std::fs::read(path) {
            Ok(bytes) => {
                let key: [u8; KEY_LEN] = bytes.try_into().map_err(|_| {
                    std::io::Error::new(
                        ErrorKind::InvalidData,
                        format!("{} is not a 32-byte key", path.display()),
                    )
                })?;
                Ok(Self::new(&key))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let mut file = private_file(path)?;
                file.write_all(fresh)?;
                file.sync_all()?;
                Ok(Self::new(fresh))
            }
            Err(error) => Err(error),
        }
    }

    /// Nonce, then sealed text. `context` (the camera's id) is bound in, so that rows cannot be swapped.
    pub fn close(&self, secret: &str, context: &str, nonce: [u8; NONCE_LEN]) -> Vec<u8> {
        let mut sealed = secret.as_bytes().to_vec();
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(context), &mut sealed)
            .expect("a password is far shorter than the cipher's limit");
        [nonce.as_slice(), &sealed].concat()
    }

    /// The secret again; none when the key or the row is not the one it was sealed with.
    pub fn open(&self, sealed: &[u8], context: &str) -> Option<String> {
        let (nonce, text) = sealed.split_at_checked(NONCE_LEN)?;
        let mut text = text.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let opened = self.key.open_in_place(nonce, Aad::from(context), &mut text).ok()?;
        String::from_utf8(opened.to_vec()).ok()
    }
}

#[cfg(unix)]
fn private_file(path: &Path) -> std::io::Result<std::fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> std::io::Result<std::fs::File> {
    std::fs::OpenOptions::new().write(true).create_new(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_password_opens_only_in_its_own_row() {
        let seal = Seal::new(&[7; KEY_LEN]);
        let sealed = seal.close("pässwörd", "camera-1", [1; NONCE_LEN]);
        assert_eq!(seal.open(&sealed, "camera-1").as_deref(), Some("pässwörd"));
        assert_eq!(seal.open(&sealed, "camera-2"), None);
        assert_eq!(Seal::new(&[8; KEY_LEN]).open(&sealed, "camera-1"), None);
        assert_eq!(seal.open(&sealed[..5], "camera-1"), None);
    }

    #[test]
    fn the_key_file_is_made_once_and_kept_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seal.key");
        let sealed = Seal::open_or_create(&path, &[1; KEY_LEN]).unwrap().close("x", "c", [0; NONCE_LEN]);
        let again = Seal::open_or_create(&path, &[2; KEY_LEN]).unwrap();
        assert_eq!(again.open(&sealed, "c").as_deref(), Some("x"));
        std::fs::write(&path, b"short").unwrap();
        assert!(Seal::open_or_create(&path, &[2; KEY_LEN]).is_err());
    }
}
