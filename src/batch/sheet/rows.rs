//! Fields of separated values.

use std::ops::Range;

/// Fields in double quotes may hold the separator, line ends, and quotes twice.
pub(super) const QUOTE: u8 = b'"';

/// What a field was.
pub(super) enum Field {
    /// It stands there as it is.
    Plain(Range<usize>),
    /// What stood in quotes.
    Quoted(Vec<u8>),
}

impl Field {
    pub(super) fn text<'a>(&'a self, bytes: &'a [u8]) -> &'a [u8] {
        match self {
            Field::Plain(span) => bytes.get(span.clone()).unwrap_or(&[]),
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
pub(super) fn field(bytes: &[u8], separator: u8) -> Option<(Field, usize, After)> {
    if bytes.first() == Some(&QUOTE) {
        return quoted(bytes, separator);
    }
    let (end, length, after) = end(bytes, 0, separator);
    let (start, end) = trimmed(bytes, 0, end);
    Some((Field::Plain(start..end), length, after))
}

/// Where a field ends, and what ends it, from a place in it on.
fn end(bytes: &[u8], from: usize, separator: u8) -> (usize, usize, After) {
    let rest = bytes.get(from..).unwrap_or(&[]);
    match rest.iter().position(|byte| *byte == separator || *byte == b'\n') {
        None => (bytes.len(), bytes.len(), After::Bytes),
        Some(at) => {
            let is_line = rest.get(at) == Some(&b'\n');
            (from + at, from + at + 1, if is_line { After::Line } else { After::Field })
        }
    }
}

/// A text without the blanks around it.
#[inline]
pub(super) fn trimmed(bytes: &[u8], mut start: usize, mut end: usize) -> (usize, usize) {
    let blank = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
    while end > start && blank(end - 1) {
        end -= 1;
    }
    while start < end && blank(start) {
        start += 1;
    }
    (start, end)
}

fn quoted(bytes: &[u8], separator: u8) -> Option<(Field, usize, After)> {
    let mut text = Vec::new();
    let mut at = 1;
    loop {
        let rest = bytes.get(at..)?;
        let length = rest.iter().position(|byte| *byte == QUOTE)?;
        let close = at + length;
        if bytes.get(close + 1) == Some(&QUOTE) {
            text.extend_from_slice(rest.get(..=length)?);
            at = close + 2;
            continue;
        }
        // what stands between the last quote and the separator belongs to the field as well
        let (end, length, after) = end(bytes, close + 1, separator);
        let (more, more_end) = trimmed(bytes, close + 1, end);
        if text.is_empty() && more == more_end {
            let (start, end) = trimmed(bytes, at, close);
            return Some((Field::Plain(start..end), length, after));
        }
        text.extend_from_slice(bytes.get(at..close)?);
        text.extend_from_slice(bytes.get(more..more_end)?);
        return Some((Field::Quoted(text.trim_ascii().to_vec()), length, after));
    }
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
