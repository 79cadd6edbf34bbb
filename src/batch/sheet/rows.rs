//! Lines of separated values, field by field, as far as they have come.

/// Fields in double quotes may hold the separator, line ends, and quotes twice.
const QUOTE: u8 = b'"';

/// What a field was.
pub(super) enum Field<'b> {
    /// As it stands.
    Plain(&'b [u8]),
    /// What stood in quotes.
    Quoted(Vec<u8>),
}

impl Field<'_> {
    pub(super) fn text(&self) -> &[u8] {
        match self {
            Field::Plain(text) => text,
            Field::Quoted(text) => text,
        }
    }
}

/// What follows a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    Field,
    Line,
    /// The bytes end: the last field of the last line, or one of which more may come.
    Bytes,
}

/// The field at the start of the bytes, how long it is with what ends it, and what follows. `None` where quotes stay open.
pub(super) fn field(bytes: &[u8], separator: u8) -> Option<(Field<'_>, usize, After)> {
    if bytes.first() == Some(&QUOTE) {
        return quoted(bytes, separator);
    }
    let end = bytes.iter().position(|byte| *byte == separator || *byte == b'\n').unwrap_or(bytes.len());
    let (text, rest) = bytes.split_at_checked(end)?;
    let after = after(rest.first(), separator);
    let text = if after == After::Field { text } else { text.strip_suffix(b"\r").unwrap_or(text) };
    Some((Field::Plain(text.trim_ascii()), end + usize::from(!rest.is_empty()), after))
}

fn after(byte: Option<&u8>, separator: u8) -> After {
    match byte {
        None => After::Bytes,
        Some(byte) if *byte == separator => After::Field,
        Some(_) => After::Line,
    }
}

fn quoted(bytes: &[u8], separator: u8) -> Option<(Field<'_>, usize, After)> {
    let mut text = Vec::new();
    let mut at = 1;
    loop {
        let rest = bytes.get(at..)?;
        let length = rest.iter().position(|byte| *byte == QUOTE)?;
        text.extend_from_slice(rest.get(..length)?);
        at += length + 1;
        if bytes.get(at) != Some(&QUOTE) {
            break;
        }
        text.push(QUOTE);
        at += 1;
    }
    // what stands between the last quote and the separator belongs to the field as well
    let (more, length, after) = match bytes.get(at..)? {
        [] => (Field::Plain(&[]), 0, After::Bytes),
        rest => {
            let end = rest.iter().position(|byte| *byte == separator || *byte == b'\n').unwrap_or(rest.len());
            let (more, behind) = rest.split_at_checked(end)?;
            (
                Field::Plain(more.trim_ascii()),
                end + usize::from(!behind.is_empty()),
                self::after(behind.first(), separator),
            )
        }
    };
    text.extend_from_slice(more.text());
    Some((Field::Quoted(text.trim_ascii().to_vec()), at + length, after))
}

/// The separator that occurs most in a line, outside of quotes.
pub(super) fn separator(line: &[u8]) -> u8 {
    let count = |separator: u8| {
        let mut inside = false;
        let free = line.iter().filter(|byte| {
            inside ^= **byte == QUOTE;
            !inside && **byte == separator
        });
        free.count()
    };
    // of those that occur as often the first
    let all = [b',', b';', b'\t', b'|'];
    let most = all.iter().map(|separator| count(*separator)).max().unwrap_or(0);
    all.into_iter().find(|separator| count(*separator) == most).unwrap_or(b',')
}
