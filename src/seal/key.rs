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
const KEPT: &[u8] = b"trial-prescreen kept";

pub(super) struct Keys {
    pub(super) key: [u8; 32],
    pub(super) nonce: [u8; 24],
    pub(super) commitment: [u8; COMMITMENT],
}

/// So many bytes for one purpose. `None` never comes: all lengths are fixed and within what the functions take.
fn made<const N: usize>(code: &Code, salt: &[u8; SALT], purpose: &[u8]) -> Option<[u8; N]> {
    let params = Params::new(KIBIBYTES, PASSES, LANES, Some(32)).ok()?;
    let mut stretched = [0; 32];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password_into(code.symbols(), salt, &mut stretched).ok()?;
    let mut made = [0; N];
    Hkdf::<Sha256>::new(None, &stretched).expand(purpose, &mut made).ok()?;
    Some(made)
}

/// A key for what stays on the device and is larger than a sealed text may be: the page locks it with AES-256-GCM. It is
/// made as that of a sealed text, with the information `trial-prescreen kept`. The salt must be random.
///
/// # Example
///
/// ```
/// use trial_prescreen::seal::{Code, key};
/// let code = Code::of([7, 12, 30, 1, 0, 31, 19, 4, 8, 22]);
/// assert_ne!(key(&code, &[1; 16]), key(&code, &[2; 16]));
/// ```
pub fn key(code: &Code, salt: &[u8; SALT]) -> Option<[u8; 32]> {
    made(code, salt, KEPT)
}

impl Keys {
    pub(super) fn of(code: &Code, salt: &[u8; SALT]) -> Option<Keys> {
        let made: [u8; 32 + 24 + COMMITMENT] = made(code, salt, INFORMATION)?;
        let (key, rest) = made.split_first_chunk()?;
        let (nonce, commitment) = rest.split_first_chunk()?;
        Some(Keys { key: *key, nonce: *nonce, commitment: commitment.try_into().ok()? })
    }
}
