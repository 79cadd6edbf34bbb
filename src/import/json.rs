//! JSON text → a tree that knows where every value stands.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::import::limits::{DEPTH, KEYS, LIST};
use crate::json;

/// A value and its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node<'t> {
    pub(crate) span: Span,
    pub(crate) value: Value<'t>,
}

/// A JSON value; numbers stay as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value<'t> {
    Null,
    Truth(bool),
    Number(&'t str),
    Text(Cow<'t, str>),
    List(Vec<Node<'t>>),
    Object(Vec<Entry<'t>>),
}

/// A key with its place, and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry<'t> {
    pub(crate) key: Cow<'t, str>,
    pub(crate) span: Span,
    pub(crate) node: Node<'t>,
}

/// The tree of a text, where the whole text is one JSON value.
pub(crate) fn parse(text: &str) -> Result<Node<'_>, Box<Diagnostic>> {
    Reader::default().read(text)
}

/// Reads texts one after the other, each into the room of those whose trees were given back.
#[derive(Default)]
pub(crate) struct Reader<'t> {
    objects: Vec<Vec<Entry<'t>>>,
    lists: Vec<Vec<Node<'t>>>,
}

impl<'t> Reader<'t> {
    pub(crate) fn read(&mut self, text: &'t str) -> Result<Node<'t>, Box<Diagnostic>> {
        let mut parser = Parser { text, at: 0, room: self };
        parser.at += if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        parser.whole().map_err(|fault| Box::new(parser.diagnostic(fault)))
    }

    /// Takes a tree back. INVARIANT: recursion ends where that of the parser did.
    pub(crate) fn take_back(&mut self, node: Node<'t>) {
        match node.value {
            Value::Null | Value::Truth(_) | Value::Number(_) | Value::Text(_) => {}
            Value::List(mut items) => {
                items.drain(..).for_each(|item| self.take_back(item));
                self.lists.push(items);
            }
            Value::Object(mut entries) => {
                entries.drain(..).for_each(|entry| self.take_back(entry.node));
                self.objects.push(entries);
            }
        }
    }
}

/// What stands where nothing was read yet.
const NOTHING: Node<'static> = Node { span: Span { start: 0, end: 0 }, value: Value::Null };

/// Why the parser stopped; where it stands says where.
enum Fault {
    TooDeep,
    TooMany,
    Unexpected,
}

struct Parser<'t, 'r> {
    text: &'t str,
    at: usize,
    room: &'r mut Reader<'t>,
}

impl<'t> Parser<'t, '_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn takes(&mut self, byte: u8) -> bool {
        self.space();
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    fn whole(&mut self) -> Result<Node<'t>, Fault> {
        let mut node = NOTHING;
        self.value(0, &mut node)?;
        self.space();
        if self.at < self.text.len() { Err(Fault::Unexpected) } else { Ok(node) }
    }

    /// A value, put where it stays. INVARIANT: recursion ends at `DEPTH`.
    fn value(&mut self, depth: usize, node: &mut Node<'t>) -> Result<(), Fault> {
        self.space();
        node.span.start = self.at;
        node.value = match self.peek() {
            Some(b'{' | b'[') if depth >= DEPTH => return Err(Fault::TooDeep),
            Some(b'{') => Value::Object(self.object(depth)?),
            Some(b'[') => Value::List(self.list(depth)?),
            Some(b'"') => Value::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?),
            _ => self.word()?,
        };
        node.span.end = self.at;
        Ok(())
    }

    fn object(&mut self, depth: usize) -> Result<Vec<Entry<'t>>, Fault> {
        self.at += 1;
        let mut entries = self.room.objects.pop().unwrap_or_default();
        if self.takes(b'}') {
            return Ok(entries);
        }
        loop {
            self.space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(Fault::Unexpected);
            }
            let key = self.string()?;
            let span = Span { start, end: self.at };
            if !self.takes(b':') {
                return Err(Fault::Unexpected);
            }
            entries.push(Entry { key, span, node: NOTHING });
            if let Some(entry) = entries.last_mut() {
                self.value(depth + 1, &mut entry.node)?;
            }
            if entries.len() > KEYS {
                return Err(Fault::TooMany);
            }
            if self.takes(b'}') {
                return Ok(entries);
            }
            if !self.takes(b',') {
                return Err(Fault::Unexpected);
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Node<'t>>, Fault> {
        self.at += 1;
        let mut items = self.room.lists.pop().unwrap_or_default();
        if self.takes(b']') {
            return Ok(items);
        }
        loop {
            if items.len() == LIST {
                return Err(Fault::TooMany);
            }
            items.push(NOTHING);
            if let Some(item) = items.last_mut() {
                self.value(depth + 1, item)?;
            }
            if self.takes(b']') {
                return Ok(items);
            }
            if !self.takes(b',') {
                return Err(Fault::Unexpected);
            }
        }
    }

    fn word(&mut self) -> Result<Value<'t>, Fault> {
        let rest = self.text.get(self.at..).unwrap_or("");
        for (word, value) in [("true", Value::Truth(true)), ("false", Value::Truth(false)), ("null", Value::Null)] {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
            if !rest.is_empty() && word.starts_with(rest) {
                self.at = self.text.len();
            }
        }
        Err(Fault::Unexpected)
    }

    fn number(&mut self) -> Result<&'t str, Fault> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(self.text.get(start..self.at).unwrap_or(""))
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(Fault::Unexpected) }
    }

    fn string(&mut self) -> Result<Cow<'t, str>, Fault> {
        self.at += 1;
        let start = self.at;
        self.plain();
        if self.peek() != Some(b'"') {
            return self.escaped(start);
        }
        let text = self.text.get(start..self.at).unwrap_or("");
        self.at += 1;
        Ok(Cow::Borrowed(text))
    }

    /// Goes past all that stands for itself.
    fn plain(&mut self) {
        self.at += json::plain(self.text.as_bytes().get(self.at..).unwrap_or_default());
    }

    /// The rest of a text of which what begins at `plain` stands for itself.
    fn escaped(&mut self, mut plain: usize) -> Result<Cow<'t, str>, Fault> {
        let mut text = String::new();
        loop {
            self.plain();
            text.push_str(self.text.get(plain..self.at).unwrap_or(""));
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                Some(b'\\') => {
                    self.at += 1;
                    text.push(self.escape()?);
                    plain = self.at;
                }
                Some(_) | None => return Err(Fault::Unexpected),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let c = match self.peek() {
            Some(b'u') => {
                self.at += 1;
                return self.code_point();
            }
            Some(c @ (b'"' | b'\\' | b'/')) => char::from(c),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            _ => return Err(Fault::Unexpected),
        };
        self.at += 1;
        Ok(c)
    }

    fn code_point(&mut self) -> Result<char, Fault> {
        let first = self.hex()?;
        let code = match first {
            0xD800..=0xDBFF => {
                for expected in *b"\\u" {
                    if self.peek() != Some(expected) {
                        return Err(Fault::Unexpected);
                    }
                    self.at += 1;
                }
                let second = self.hex()?;
                if !(0xDC00..=0xDFFF).contains(&second) {
                    return Err(Fault::Unexpected);
                }
                0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
            }
            code => code,
        };
        char::from_u32(code).ok_or(Fault::Unexpected)
    }

    fn hex(&mut self) -> Result<u32, Fault> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else { return Err(Fault::Unexpected) };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }

    fn here(&self) -> Span {
        let mut start = self.at.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let width = self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Span { start, end: start + width }
    }

    fn place(&self) -> String {
        let before = self.text.get(..self.here().start).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        format!("line {line}, column {column}")
    }

    fn diagnostic(&self, fault: Fault) -> Diagnostic {
        let place = self.place();
        let problem = match fault {
            Fault::TooDeep => Diagnostic::error(
                Code::TooDeep,
                format!("objects and lists are nested more than {DEPTH} deep at {place}"),
                "split the expression into several criteria, or take out brackets that do nothing",
            ),
            Fault::TooMany => Diagnostic::error(
                Code::TooMany,
                format!("a list has more than {LIST} entries, or an object more than {KEYS} keys, at {place}"),
                "choose a trial document; no trial has so many of anything",
            ),
            Fault::Unexpected if self.at >= self.text.len() => Diagnostic::error(
                Code::Truncated,
                format!("the text stops in the middle, at {place}"),
                "get the whole file again: it was cut off on its way here",
            ),
            Fault::Unexpected => Diagnostic::error(
                Code::NotJson,
                format!("the text is not JSON from {place} on"),
                "check the comma, quote or bracket just before this place",
            ),
        };
        problem.at(self.here())
    }
}
