//! A text → its SHA-256, in lower-case hexadecimal digits.

use sha2::{Digest, Sha256};

pub(crate) fn digest(text: &str) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    Sha256::digest(text).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
