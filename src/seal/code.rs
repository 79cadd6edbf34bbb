//! The passcode: ten symbols of Crockford's base32, 50 bits, made and never chosen.

use std::fmt;

const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 10;

/// A passcode. It is written `K7QM2-9XHTD`: no I, L, O or U, so that it can be read out.
#[derive(Clone, PartialEq, Eq)]
pub struct Code([u8; LENGTH]);

impl Code {
    /// The passcode that random bytes make: the five low bits of each.
    pub fn of(random: [u8; LENGTH]) -> Code {
        Code(random.map(|byte| *SYMBOLS.get(usize::from(byte & 31)).unwrap_or(&b'0')))
    }

    /// What somebody typed: case, spaces and dashes mean nothing, O is 0, I and L are 1, wide characters are narrow
    /// ones. `None` where that is not ten symbols.
    pub fn typed(text: &str) -> Option<Code> {
        let symbols: Option<Vec<u8>> =
            text.chars().take(1000).map(narrow).filter(|c| !is_between(*c)).map(symbol).collect();
        symbols?.try_into().ok().map(Code)
    }

    pub(super) fn symbols(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, symbol) in self.0.iter().enumerate() {
            let between = if at == LENGTH / 2 { "-" } else { "" };
            write!(f, "{between}{}", char::from(*symbol))?;
        }
        Ok(())
    }
}

/// A passcode stays out of logs.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

fn narrow(c: char) -> char {
    let narrowed = u32::from(c).checked_sub(0xFEE0).filter(|code| (0x21..=0x7E).contains(code));
    narrowed.and_then(char::from_u32).unwrap_or(c)
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30FC}')
}

fn symbol(c: char) -> Option<u8> {
    let symbol = match c.to_ascii_uppercase() {
        'O' => b'0',
        'I' | 'L' => b'1',
        other => u8::try_from(other).ok()?,
    };
    SYMBOLS.contains(&symbol).then_some(symbol)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_typed_as_people_type() {
        let code = Code::typed("K7QM2-9XHTD").unwrap();
        for typed in ["k7qm29xhtd", " K7QM2 9XHTD\n", "k7-qm2–9x−htd", "Ｋ７ＱＭ２－９ＸＨＴＤ", "k7qm2　9xhtd"]
        {
            assert_eq!(Code::typed(typed).as_ref(), Some(&code), "{typed}");
        }
        assert_eq!(code.to_string(), "K7QM2-9XHTD");
        assert_eq!(Code::typed("oO0iIlL111").unwrap().to_string(), "00011-11111");
    }

    #[test]
    fn what_is_not_ten_symbols_is_none() {
        for typed in ["", "K7QM2-9XHT", "K7QM2-9XHTDD", "K7QM2-9XHTU", "K7QM2-9XHT!", "K7QM2-9XHTé", "钥匙"] {
            assert_eq!(Code::typed(typed), None, "{typed}");
        }
    }

    #[test]
    fn every_symbol_can_come() {
        let made: String = (0..=255).map(|byte| Code::of([byte; LENGTH]).to_string().remove(0)).collect();
        for symbol in SYMBOLS {
            assert_eq!(made.bytes().filter(|made| made == symbol).count(), 8);
        }
    }
}
