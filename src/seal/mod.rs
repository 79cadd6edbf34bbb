//! Passcode-sealed sharing: the answers of a check, its outcome and notes → a text for a link, a QR code or a file.
//!
//! In: what is shared, a passcode that was made by [`Code`], random bytes. Out: `tp1.` and base64url. Never: a passcode
//! that a person chose, a clock, randomness of its own, a link that asks for more memory than this page says.
//!
//! There is no server that counts guesses: whoever has the link can guess for ever. So the passcode is made here, of 50
//! random bits, and each guess costs 64 MiB and three passes of Argon2id (RFC 9106).
//!
//! # The form `tp1`
//!
//! `tp1.` and, in base64url without padding (RFC 4648, section 5):
//!
//! | bytes | what |
//! |---|---|
//! | 1 | version: 1 |
//! | 1 | the key derivation: 1 is Argon2id version 0x13, 64 MiB, three passes, one lane, 32 bytes |
//! | 16 | salt, new for every link |
//! | 16 | commitment to the key: an AEAD with a 128-bit tag opens under more keys than one |
//! | 64 n + 16 | XChaCha20-Poly1305 of the padded content, with all the bytes before it as associated data, and the tag |
//!
//! The 32 bytes that Argon2id makes of the ten symbols of the passcode go through HKDF-SHA256 (RFC 5869, no salt, the
//! information `trial-prescreen tp1`): 32 bytes of key, 24 of nonce, 16 of commitment, in this order.
//!
//! # Opening
//!
//! One content has one sealed form under one passcode and salt, and nothing else opens: other base64, other lengths,
//! other padding, other compression are all [`Unopened::Closed`], as is a wrong passcode. What opens was checked field
//! by field against the bounds in [`Content`].

mod base64url;
mod code;
mod content;
mod key;
mod pack;
mod qr;
mod squeeze;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};

pub use self::code::Code;
pub use self::content::{Answered, Content, Note, TooMuch};
pub use self::key::{SALT, key};
pub use self::qr::{Modules, modules};

use self::key::Keys;

/// What every sealed text begins with.
pub const PREFIX: &str = "tp1.";

/// The longest sealed text that is read, in bytes.
pub const LONGEST: usize = 64 * 1024;

const VERSION: u8 = 1;
const ARGON2ID: u8 = 1;
const HEAD: usize = 2 + SALT + key::COMMITMENT;
const TAG: usize = 16;

/// Why a sealed text was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unopened {
    /// It was made with a newer version.
    Newer,
    /// The passcode is another one, or the text is damaged: which of the two cannot be told.
    Closed,
}

/// Seals what is shared. The salt must be random, and never be used twice.
///
/// # Errors
///
/// Where the content is larger than its bounds.
///
/// # Example
///
/// ```
/// use trial_prescreen::seal::{Answered, Code, Content, Unopened, open, seal};
/// let content = Content {
///     trial: "NCT07084012".to_owned(),
///     document: "0123456789abcdef".to_owned(),
///     made: "2026-03-15T14:30+08:00".to_owned(),
///     locale: "en".to_owned(),
///     respondent: "patient".to_owned(),
///     answers: vec![Answered::new("sex", &[("choice", "female")])],
///     ..Content::default()
/// };
/// let code = Code::of([7, 12, 30, 1, 0, 31, 19, 4, 8, 22]);
/// let sealed = seal(&content, &code, [9; 16]).map_err(|_| "it is too much")?;
/// assert!(sealed.starts_with("tp1."));
///
/// let typed = Code::typed(&code.to_string().to_lowercase()).ok_or("not a passcode")?;
/// assert_eq!(open(&sealed, &typed).as_ref(), Ok(&content));
/// assert_eq!(open(&sealed, &Code::of([1; 10])), Err(Unopened::Closed));
/// # Ok::<(), &str>(())
/// ```
pub fn seal(content: &Content, code: &Code, salt: [u8; SALT]) -> Result<String, TooMuch> {
    let packed = pack::packed(content)?;
    let keys = Keys::of(code, &salt).ok_or(TooMuch)?;
    let mut sealed = vec![VERSION, ARGON2ID];
    sealed.extend(salt);
    sealed.extend(keys.commitment);
    let payload = Payload { msg: &packed, aad: &sealed };
    let body = cipher(&keys).encrypt(XNonce::from_slice(&keys.nonce), payload).map_err(|_| TooMuch)?;
    sealed.extend(body);
    Ok(format!("{PREFIX}{}", base64url::text(&sealed)))
}

/// Opens a sealed text. It takes as long with a wrong passcode as with the right one.
///
/// # Errors
///
/// Where it was made with a newer version, or does not open.
pub fn open(sealed: &str, code: &Code) -> Result<Content, Unopened> {
    let bytes = readable(sealed)?;
    let salt = bytes.get(2..).and_then(<[u8]>::first_chunk).ok_or(Unopened::Closed)?;
    Keys::of(code, salt).and_then(|keys| opened(&bytes, &keys)).ok_or(Unopened::Closed)
}

fn opened(bytes: &[u8], keys: &Keys) -> Option<Content> {
    let (head, body) = bytes.split_at_checked(HEAD)?;
    // it says nothing to one who guesses: nobody gets here without the work of Argon2id
    if head.last_chunk() != Some(&keys.commitment) {
        return None;
    }
    let packed = cipher(keys).decrypt(XNonce::from_slice(&keys.nonce), Payload { msg: body, aad: head }).ok()?;
    pack::unpacked(&packed)
}

/// Whether a sealed text can be opened at all, before anyone types a passcode.
///
/// # Errors
///
/// As [`open`], for whatever shows without the passcode.
pub fn readable(sealed: &str) -> Result<Vec<u8>, Unopened> {
    let Some(text) = sealed.strip_prefix(PREFIX).filter(|_| sealed.len() <= LONGEST) else {
        return Err(if is_later(sealed) { Unopened::Newer } else { Unopened::Closed });
    };
    let bytes = base64url::bytes(text).ok_or(Unopened::Closed)?;
    let [version, kdf, ..] = bytes.as_slice() else {
        return Err(Unopened::Closed);
    };
    if (*version, *kdf) != (VERSION, ARGON2ID) {
        return Err(if *version == 0 || *kdf == 0 { Unopened::Closed } else { Unopened::Newer });
    }
    let body = bytes.len().checked_sub(HEAD + TAG).ok_or(Unopened::Closed)?;
    if body == 0 || !body.is_multiple_of(pack::BLOCK) {
        return Err(Unopened::Closed);
    }
    Ok(bytes)
}

/// `tp2.…`: the same thing, of a later form.
fn is_later(sealed: &str) -> bool {
    let number = sealed.strip_prefix("tp").and_then(|rest| rest.split_once('.')).map(|(number, _)| number);
    number.and_then(|number| number.parse::<u16>().ok()).is_some_and(|number| number > 1)
}

fn cipher(keys: &Keys) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(Key::from_slice(&keys.key))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
