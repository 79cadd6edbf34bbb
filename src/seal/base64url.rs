//! Base64url without padding (RFC 4648, section 5): one text for the same bytes, and nothing else is read.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub(super) fn text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().enumerate().fold(0, |bits, (at, byte)| bits | u32::from(*byte) << (16 - 8 * at));
        for at in 0..=three.len() {
            text.push(digit(bits >> (18 - 6 * at) & 63));
        }
    }
    text
}

/// `None` for anything that [`text`] does not write.
pub(super) fn bytes(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for four in text.as_bytes().chunks(4) {
        let values: Option<Vec<u32>> = four.iter().map(|byte| value(*byte)).collect();
        let bits = values?.iter().enumerate().fold(0, |bits, (at, value)| bits | value << (18 - 6 * at));
        let [_, high, middle, low] = bits.to_be_bytes();
        // INVARIANT: the bits after the last byte are zero, or another text would mean the same
        match four.len() {
            4 => bytes.extend([high, middle, low]),
            3 if low == 0 => bytes.extend([high, middle]),
            2 if low == 0 && middle == 0 => bytes.push(high),
            _ => return None,
        }
    }
    Some(bytes)
}

fn digit(value: u32) -> char {
    let byte = usize::try_from(value).ok().and_then(|value| DIGITS.get(value));
    char::from(*byte.unwrap_or(&b'A'))
}

fn value(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648, section 10, without the padding.
    #[test]
    fn published_examples() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(text(plain.as_bytes()), coded);
            assert_eq!(bytes(coded).as_deref(), Some(plain.as_bytes()));
        }
        assert_eq!(text(&[0xFB, 0xFF]), "-_8");
    }

    #[test]
    fn one_text_for_the_same_bytes() {
        for other in ["Zh", "Zm9", "Zg==", "Zg=", "Z", "Zm9v\n", "Zm 9v", "Zm+v", "Zm/v", "Zm9vé"] {
            assert_eq!(bytes(other), None, "{other}");
        }
    }
}
