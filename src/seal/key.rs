//! From a passcode to keys.

use argon2::{Algorithm, Argon2, Params, Version};
use hkdf::Hkdf;
use sha2::Sha256;

use super::Code;

/// The length of the salt, in bytes.
pub const SALT: usize = 16;
pub(super) const COMMITMENT: usize = 16;

const KIBIBYTES: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;
const INFORMATION: &[u8] = b"trial-prescreen tp1";

pub(super) struct Keys {
    pub(super) key: [u8; 32],
    pub(super) nonce: [u8; 24],
    pub(super) commitment: [u8; COMMITMENT],
}

impl Keys {
    /// `None` never comes: all lengths are fixed and within what the functions take.
    pub(super) fn of(code: &Code, salt: &[u8; SALT]) -> Option<Keys> {
        let params = Params::new(KIBIBYTES, PASSES, LANES, Some(32)).ok()?;
        let mut stretched = [0; 32];
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        argon2.hash_password_into(code.symbols(), salt, &mut stretched).ok()?;
        let mut made = [0; 32 + 24 + COMMITMENT];
        Hkdf::<Sha256>::new(None, &stretched).expand(INFORMATION, &mut made).ok()?;
        let (key, rest) = made.split_first_chunk()?;
        let (nonce, commitment) = rest.split_first_chunk()?;
        Some(Keys { key: *key, nonce: *nonce, commitment: commitment.try_into().ok()? })
    }
}
