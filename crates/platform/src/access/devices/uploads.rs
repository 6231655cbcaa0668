//! Pictures that devices were asked to upload (GB/T 28181—2022 9.14): each is expected at an address of its own, once, as long as its asker
//! waits.
//!
//! A device has no session, so the address is the proof: 256 random bits that only the order to the device holds. Nothing is kept: what
//! comes goes to the asker, or nowhere.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

use crate::people::token_hash;
use crate::{Platform, PlatformError};

/// Largest picture taken from a device, in bytes: 12 megapixels of good quality have 6 MB.
pub const UPLOAD_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Pictures expected at a time.
const EXPECTED_MAX: usize = 256;

type TokenHash = [u8; 32];

/// The pictures that are expected, by the hash of their address.
#[derive(Default)]
pub(crate) struct Uploads {
    expected: Mutex<HashMap<TokenHash, Expected>>,
}

struct Expected {
    session: String,
    picture: oneshot::Sender<Vec<u8>>,
}

/// A picture that is waited for; dropping it closes its address.
pub(super) struct Awaited {
    uploads: Arc<Uploads>,
    key: TokenHash,
    pub(super) picture: oneshot::Receiver<Vec<u8>>,
}

/// The right to put one picture; its address is closed already.
pub struct Upload {
    picture: oneshot::Sender<Vec<u8>>,
}

impl Uploads {
    /// Opens an address; none where too many are open.
    pub(super) fn expect(self: &Arc<Self>, token: &str, session: String) -> Option<Awaited> {
        let (picture, awaited) = oneshot::channel();
        let key = token_hash(token);
        let mut expected = self.expected();
        if expected.len() >= EXPECTED_MAX {
            return None;
        }
        expected.insert(key, Expected { session, picture });
        drop(expected);
        Some(Awaited { uploads: Arc::clone(self), key, picture: awaited })
    }

    /// A device said that it uploaded nothing: its asker need not wait.
    pub(super) fn give_up(&self, session: &str) {
        self.expected().retain(|_, expected| expected.session != session);
    }

    fn expected(&self) -> std::sync::MutexGuard<'_, HashMap<TokenHash, Expected>> {
        self.expected.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        self.uploads.expected().remove(&self.key);
    }
}

impl Platform {
    /// The right to put the picture that is expected under `token`. It is given once; before it, nothing of a picture is read.
    pub fn open_upload(&self, token: &str) -> Result<Upload, PlatformError> {
        let expected = self.inner.uploads.expected().remove(&token_hash(token));
        expected.map(|expected| Upload { picture: expected.picture }).ok_or(PlatformError::NotFound)
    }
}

impl Upload {
    /// Hands the picture to its asker: a JPEG file that can be decoded.
    pub async fn put(self, bytes: Vec<u8>) -> Result<(), PlatformError> {
        let bytes = checked(bytes).await?;
        // Whoever asked may have given up; then nobody gets it.
        let _ = self.picture.send(bytes);
        Ok(())
    }
}

/// Only a whole JPEG file passes: it is decoded once, under the limits of `vision`, and shown as it came.
async fn checked(bytes: Vec<u8>) -> Result<Vec<u8>, PlatformError> {
    if bytes.len() > UPLOAD_BYTES_MAX {
        return Err(PlatformError::field("picture", "too_large", "at most 8 MiB"));
    }
    let decoded = tokio::task::spawn_blocking(move || {
        let is_jpeg = bytes.starts_with(&[0xff, 0xd8, 0xff]);
        (is_jpeg && vision::Picture::from_encoded(&bytes).is_ok()).then_some(bytes)
    })
    .await;
    decoded
        .map_err(|fault| PlatformError::Internal(fault.to_string()))?
        .ok_or_else(|| PlatformError::field("picture", "not_a_picture", "send a JPEG file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_open_once_and_as_long_as_somebody_waits() {
        let uploads = Arc::<Uploads>::default();
        let take = |token: &str| uploads.expected().remove(&token_hash(token)).is_some();
        let awaited = uploads.expect("a", "1".to_owned()).unwrap();
        assert!(!take("b"));
        assert!(take("a"));
        assert!(!take("a"), "it was used");
        drop(awaited);
        drop(uploads.expect("c", "2".to_owned()).unwrap());
        assert!(!take("c"), "nobody waits any more");
    }

    #[test]
    fn a_device_that_uploaded_nothing_ends_the_waiting() {
        let uploads = Arc::<Uploads>::default();
        let mut awaited = uploads.expect("a", "1".to_owned()).unwrap();
        uploads.give_up("2");
        assert_eq!(awaited.picture.try_recv(), Err(oneshot::error::TryRecvError::Empty));
        uploads.give_up("1");
        assert_eq!(awaited.picture.try_recv(), Err(oneshot::error::TryRecvError::Closed));
    }

    #[tokio::test]
    async fn only_a_whole_jpeg_file_passes() {
        let grey = vision::Picture::from_planes(
            (16, 16),
            [vec![128; 256], vec![128; 64], vec![128; 64]],
            vision::picture::Colour::JPEG,
        );
        let jpeg = grey.unwrap().to_jpeg().unwrap();
        assert_eq!(checked(jpeg.clone()).await.unwrap(), jpeg);
        for bad in [&b"<svg onload=alert(1)>"[..], b"", &jpeg[..4], b"\xff\xd8\xff\xe0 and more"] {
            assert!(checked(bad.to_vec()).await.is_err());
        }
        assert!(checked(vec![0xff; UPLOAD_BYTES_MAX + 1]).await.is_err());
    }
}
