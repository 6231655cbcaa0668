//! Ciphers of media packets (RFC 3711, RFC 7714).

use aes::cipher::{
    Block, BlockCipherEncrypt, InnerIvInit as _, KeyInit, StreamCipher as _, StreamCipherCoreWrapper,
};
use ring::aead::{AES_128_GCM, AES_256_GCM, Aad, Algorithm, LessSafeKey, Nonce, UnboundKey};
use std::fmt;
use str0m::crypto::{
    AeadAes128GcmCipher, AeadAes256GcmCipher, Aes128CmSha1_80Cipher, CryptoError, SrtpProvider,
    SupportedAeadAes128Gcm, SupportedAeadAes256Gcm, SupportedAes128CmSha1_80,
};

/// Bytes of a block of AES.
const BLOCK_BYTES: usize = 16;
/// Bytes of the tag of AES-GCM.
const TAG_BYTES: usize = 16;
/// Bytes of the nonce of AES-GCM.
const NONCE_BYTES: usize = 12;

#[derive(Debug)]
pub(super) struct Ciphers;

impl SrtpProvider for Ciphers {
    fn aes_128_cm_sha1_80(&self) -> &'static dyn SupportedAes128CmSha1_80 {
        &Ciphers
    }

    fn aead_aes_128_gcm(&self) -> &'static dyn SupportedAeadAes128Gcm {
        &Ciphers
    }

    fn aead_aes_256_gcm(&self) -> &'static dyn SupportedAeadAes256Gcm {
        &Ciphers
    }

    fn srtp_aes_128_ecb_round(&self, key: &[u8], input: &[u8], output: &mut [u8]) {
        one_block::<aes::Aes128>(key, input, output);
    }

    fn srtp_aes_256_ecb_round(&self, key: &[u8], input: &[u8], output: &mut [u8]) {
        one_block::<aes::Aes256>(key, input, output);
    }
}

/// One block, from which session keys are made (RFC 3711 §4.3.3); the caller looks at the first block of the output only.
fn one_block<C: BlockCipherEncrypt + KeyInit>(key: &[u8], input: &[u8], output: &mut [u8]) {
    let cipher = C::new_from_slice(key).expect("a key has the length of its cipher");
    let mut block = Block::<C>::default();
    block.copy_from_slice(&input[..BLOCK_BYTES]);
    cipher.encrypt_block(&mut block);
    output[..BLOCK_BYTES].copy_from_slice(&block);
}

impl SupportedAes128CmSha1_80 for Ciphers {
    fn create_cipher(&self, key: [u8; 16], _encrypt: bool) -> Box<dyn Aes128CmSha1_80Cipher> {
        Box::new(Counter(aes::Aes128::new(&key.into())))
    }
}

impl SupportedAeadAes128Gcm for Ciphers {
    fn create_cipher(&self, key: [u8; 16], _encrypt: bool) -> Box<dyn AeadAes128GcmCipher> {
        Box::new(Gcm::new(&AES_128_GCM, &key))
    }
}

impl SupportedAeadAes256Gcm for Ciphers {
    fn create_cipher(&self, key: [u8; 32], _encrypt: bool) -> Box<dyn AeadAes256GcmCipher> {
        Box::new(Gcm::new(&AES_256_GCM, &key))
    }
}

/// Counter mode; the key is expanded once and not for every packet.
struct Counter(aes::Aes128);

impl fmt::Debug for Counter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Counter")
    }
}

impl Aes128CmSha1_80Cipher for Counter {
    fn encrypt(&mut self, iv: &[u8; 16], input: &[u8], output: &mut [u8]) -> Result<(), CryptoError> {
        let output = output.get_mut(..input.len()).ok_or_else(short)?;
        let core =
            ctr::CtrCore::<&aes::Aes128, ctr::flavors::Ctr128BE>::inner_iv_init(&self.0, &(*iv).into());
        let mut stream = StreamCipherCoreWrapper::from_core(core);
        stream.apply_keystream_b2b(input, output);
        Ok(())
    }

    fn decrypt(&mut self, iv: &[u8; 16], input: &[u8], output: &mut [u8]) -> Result<(), CryptoError> {
        self.encrypt(iv, input, output)
    }
}

struct Gcm(LessSafeKey);

impl Gcm {
    fn new(algorithm: &'static Algorithm, key: &[u8]) -> Self {
        Self(LessSafeKey::new(UnboundKey::new(algorithm, key).expect("a key has the length of its cipher")))
    }

    fn seal(
        &self,
        iv: [u8; NONCE_BYTES],
        aad: &[u8],
        input: &[u8],
        output: &mut [u8],
    ) -> Result<(), CryptoError> {
        let (text, after) = output.split_at_mut_checked(input.len()).ok_or_else(short)?;
        text.copy_from_slice(input);
        let nonce = Nonce::assume_unique_for_key(iv);
        let tag = self.0.seal_in_place_separate_tag(nonce, Aad::from(aad), text).map_err(|_| wrong())?;
        after.get_mut(..TAG_BYTES).ok_or_else(short)?.copy_from_slice(tag.as_ref());
        Ok(())
    }

    fn open(
        &self,
        iv: [u8; NONCE_BYTES],
        aads: &[&[u8]],
        input: &[u8],
        output: &mut [u8],
    ) -> Result<usize, CryptoError> {
        let mut text = input.to_vec();
        let nonce = Nonce::assume_unique_for_key(iv);
        let opened = self.0.open_in_place(nonce, Aad::from(aads.concat()), &mut text).map_err(|_| wrong())?;
        output.get_mut(..opened.len()).ok_or_else(short)?.copy_from_slice(opened);
        Ok(opened.len())
    }
}

impl fmt::Debug for Gcm {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Gcm")
    }
}

macro_rules! gcm_cipher {
    ($trait:ident) => {
        impl $trait for Gcm {
            fn encrypt(
                &mut self,
                iv: &[u8; 12],
                aad: &[u8],
                input: &[u8],
                output: &mut [u8],
            ) -> Result<(), CryptoError> {
                self.seal(*iv, aad, input, output)
            }

            fn decrypt(
                &mut self,
                iv: &[u8; 12],
                aads: &[&[u8]],
                input: &[u8],
                output: &mut [u8],
            ) -> Result<usize, CryptoError> {
                self.open(*iv, aads, input, output)
            }
        }
    };
}
gcm_cipher!(AeadAes128GcmCipher);
gcm_cipher!(AeadAes256GcmCipher);

fn short() -> CryptoError {
    CryptoError::Other("no room for a packet".to_owned())
}

fn wrong() -> CryptoError {
    CryptoError::Other("a packet is not what its sender says".to_owned())
}
