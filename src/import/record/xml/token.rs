//! The marks of XML: where each begins and ends, without what it says.

/// A mark that begins with `<`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'b> {
    /// A start tag; its name, and what stands behind that.
    Open { name: &'b [u8], rest: &'b [u8], empty: bool },
    /// An end tag.
    Close { name: &'b [u8] },
    /// A comment, an instruction, a text in `CDATA`, a document type with all that it declares.
    Other,
}

/// Why a mark could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// Its end has not come yet.
    Unfinished,
    Wrong,
}

/// Where the first `needle` behind a place ends.
fn behind(bytes: &[u8], from: usize, needle: &[u8]) -> Result<usize, Stop> {
    let rest = bytes.get(from..).unwrap_or_default();
    let (first, width) = (needle.first().copied().unwrap_or_default(), needle.len());
    let mut at = 0_usize;
    while let Some(step) = rest.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == first)) {
        at += step;
        if rest.get(at..).is_some_and(|rest| rest.starts_with(needle)) {
            return Ok(from + at + width);
        }
        at += 1;
    }
    Err(Stop::Unfinished)
}

/// The mark that begins at a `<`, and where it ends.
pub(super) fn token(bytes: &[u8], at: usize) -> Result<(Token<'_>, usize), Stop> {
    let rest = bytes.get(at..).unwrap_or_default();
    let begins = |with: &[u8]| rest.starts_with(with);
    // as much as there is of a longer beginning
    let may = |with: &[u8]| rest.len() < with.len() && with.starts_with(rest);
    if may(b"<!--") || may(b"<![CDATA[") || may(b"<!DOCTYPE") {
        return Err(Stop::Unfinished);
    }
    let other = |end: Result<usize, Stop>| end.map(|end| (Token::Other, end));
    if begins(b"<!--") {
        return other(behind(bytes, at + 4, b"-->"));
    }
    if begins(b"<![CDATA[") {
        return other(behind(bytes, at + 9, b"]]>"));
    }
    if begins(b"<!DOCTYPE") {
        return other(declared(bytes, at + 9));
    }
    if begins(b"<?") {
        return other(behind(bytes, at + 2, b"?>"));
    }
    if begins(b"</") {
        let end = behind(bytes, at + 2, b">")?;
        let name = bytes.get(at + 2..end - 1).unwrap_or_default().trim_ascii();
        return if name.is_empty() { Err(Stop::Wrong) } else { Ok((Token::Close { name }, end)) };
    }
    let end = tag_end(bytes, at + 1)?;
    let inside = bytes.get(at + 1..end - 1).unwrap_or_default();
    let (inside, empty) = match inside.strip_suffix(b"/") {
        Some(inside) => (inside, true),
        None => (inside, false),
    };
    let width = inside.iter().position(u8::is_ascii_whitespace).unwrap_or(inside.len());
    let (name, rest) = inside.split_at_checked(width).unwrap_or((inside, &[]));
    let begins = name.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_' || *byte >= 0x80);
    if begins { Ok((Token::Open { name, rest, empty }, end)) } else { Err(Stop::Wrong) }
}

/// Behind the `>` that ends a start tag: none within quotes does. No record has so many attributes as are too many.
fn tag_end(bytes: &[u8], from: usize) -> Result<usize, Stop> {
    const ATTRIBUTES: usize = 500;
    let mut quote: Option<u8> = None;
    let mut attributes = 0_usize;
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        match (quote, *byte) {
            (Some(open), byte) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return Ok(at + 1),
            (None, byte @ (b'"' | b'\'')) if attributes < ATTRIBUTES => {
                attributes += 1;
                quote = Some(byte);
            }
            (None, b'<' | b'"' | b'\'') => return Err(Stop::Wrong),
            (None, _) => {}
        }
    }
    Err(Stop::Unfinished)
}

/// Behind a document type; its declarations stand between `[` and `]`.
fn declared(bytes: &[u8], from: usize) -> Result<usize, Stop> {
    let mut at = from;
    let mut inside = false;
    loop {
        match bytes.get(at) {
            None => return Err(Stop::Unfinished),
            Some(quote @ (b'"' | b'\'')) => at = behind(bytes, at + 1, &[*quote])?,
            Some(b'<') if bytes.get(at..).is_some_and(|rest| rest.starts_with(b"<!--")) => {
                at = behind(bytes, at + 4, b"-->")?;
            }
            Some(b'[') => (inside, at) = (true, at + 1),
            Some(b']') => (inside, at) = (false, at + 1),
            Some(b'>') if !inside => return Ok(at + 1),
            Some(_) => at += 1,
        }
    }
}

/// The attributes of a start tag, as they are written; what is no attribute ends them.
pub(super) fn attributes(rest: &[u8]) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let Ok(mut rest) = std::str::from_utf8(rest) else { return found };
    while let Some((name, behind)) = rest.split_once('=') {
        let behind = behind.trim_start();
        let Some(quote @ ('"' | '\'')) = behind.chars().next() else { break };
        let Some((value, next)) = behind.get(1..).and_then(|value| value.split_once(quote)) else { break };
        found.push((name.trim(), value));
        rest = next;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_end_where_they_end() {
        let all = |text: &str| token(text.as_bytes(), 0).map(|(_, end)| end);
        for (text, end) in [
            ("<a b='>' c=\">\">x", Ok(15)),
            ("<!-- > -- --", Err(Stop::Unfinished)),
            ("<!-- > -->", Ok(10)),
            ("<![CDATA[</a>]]>", Ok(16)),
            ("<!DOCTYPE a [ <!-- ]> --> <!ELEMENT b (c)> ]>", Ok(45)),
            ("<a", Err(Stop::Unfinished)),
            ("<", Err(Stop::Unfinished)),
            ("<!DOC", Err(Stop::Unfinished)),
            ("<1>", Err(Stop::Wrong)),
            ("<a <b>", Err(Stop::Wrong)),
        ] {
            assert_eq!(all(text), end, "{text}");
        }
        assert_eq!(attributes(b" a='1' b = \"x=y\" c"), [("a", "1"), ("b", "x=y")]);
    }
}
