//! JSON cut into resources without reading any of them: one at a time, and what is whole of a file that is not.

use std::cell::Cell;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::import::limits::DEPTH;
use crate::json;
use crate::model::name::Name;

/// A value in a text, with the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slice {
    pub(super) span: Span,
    pub(super) path: Name,
    /// The address that a bundle gives the resource.
    pub(super) address: Option<Span>,
    /// What its first key says that it is, as it is written.
    pub(super) kind: Option<Span>,
}

/// The resources of a text: of a bundle, of a list, one a line, or the only one.
///
/// What lies behind the first place that is no JSON is not read; the diagnostic says where that is.
pub(super) fn slices(text: &str) -> (Vec<Slice>, Option<Diagnostic>) {
    let mut cutter = Cutter { text, found: Vec::new(), too_deep: Cell::new(None) };
    let mut at = cutter.space(0);
    let mut line = 0;
    let mut fault = None;
    while at < text.len() {
        let path = if line == 0 { String::new() } else { format!("[{line}]") };
        match cutter.value(at, &path, 0) {
            // one of many has a place among them
            Ok(end) if line == 0 && cutter.space(end) < text.len() => {
                cutter.found.clear();
                match cutter.value(at, "[0]", 0) {
                    Ok(end) | Err(end) => at = cutter.space(end),
                }
            }
            Ok(end) => at = cutter.space(end),
            Err(place) if text.get(at..).is_some_and(|rest| rest.contains('\n')) && line > 0 => {
                // one bad line of many is only that
                fault = fault.or_else(|| Some(cutter.broken(place)));
                at = text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end + 1);
                at = cutter.space(at);
            }
            Err(place) => {
                fault = fault.or_else(|| Some(cutter.broken(place)));
                break;
            }
        }
        line += 1;
    }
    (cutter.found, fault)
}

/// The line that a place is on, counted from one.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// Lines counted once, from the front.
#[derive(Default)]
pub(super) struct Lines {
    at: usize,
    line: usize,
}

impl Lines {
    pub(super) fn at(&mut self, text: &str, place: usize) -> usize {
        if self.line == 0 || place < self.at {
            *self = Lines { at: place, line: line_of(text, place) };
        } else {
            let between = text.as_bytes().get(self.at..place).unwrap_or(&[]);
            self.line += between.iter().filter(|byte| **byte == b'\n').count();
            self.at = place;
        }
        self.line
    }
}

/// The keys of an object, one after the other.
struct Keys {
    /// Where the last one's value ends; where the object begins, before the first.
    at: usize,
    count: usize,
}

impl Keys {
    fn of(at: usize) -> Keys {
        Keys { at, count: 0 }
    }

    /// The next key and where its value begins, or where the object ends; else the place at which it is none.
    fn next(&mut self, cutter: &Cutter<'_>) -> Result<Result<(Span, usize), usize>, usize> {
        let mut at = cutter.space(if self.count == 0 { self.at + 1 } else { self.at });
        match cutter.byte(at) {
            Some(b'}') => return Ok(Err(at + 1)),
            Some(b',') if self.count > 0 => at = cutter.space(at + 1),
            _ if self.count == 0 => {}
            _ => return Err(at),
        }
        if cutter.byte(at) != Some(b'"') {
            return Err(at);
        }
        let end = cutter.skip(at)?;
        let key = Span { start: at, end };
        at = cutter.space(end);
        if cutter.byte(at) != Some(b':') {
            return Err(at);
        }
        self.count += 1;
        Ok(Ok((key, cutter.space(at + 1))))
    }
}

/// A way one key longer.
fn within(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { [path, ".", key].concat() }
}

struct Cutter<'t> {
    text: &'t str,
    found: Vec<Slice>,
    /// The first place that lies deeper than is read.
    too_deep: Cell<Option<usize>>,
}

impl Cutter<'_> {
    fn broken(&self, at: usize) -> Diagnostic {
        let place = format!("line {}", line_of(self.text, at));
        let end = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |c| at + c.len_utf8());
        let span = Span { start: at, end };
        if self.too_deep.get() == Some(at) {
            let message = format!("lists and objects lie more than {DEPTH} deep in one another on {place}");
            let help = "no medical record is so deep; what stands before this place was read";
            return Diagnostic::error(Code::TooDeep, message, help).at(span);
        }
        if at >= self.text.len() {
            let help = "get the whole file again; what stands before this place was read";
            return Diagnostic::error(Code::Truncated, format!("the file stops in the middle, at {place}"), help);
        }
        let help = "get the file again as it was given out; what stands before this place was read";
        Diagnostic::error(Code::NotJson, format!("the file is not JSON from {place} on"), help).at(span)
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn space(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), Some(b' ' | b'\t' | b'\n' | b'\r' | 0xEF | 0xBB | 0xBF)) {
            at += 1;
        }
        at
    }

    /// Cuts what begins here. INVARIANT: bundles and lists within one another end at three.
    fn value(&mut self, at: usize, path: &str, depth: usize) -> Result<usize, usize> {
        const DEEPEST: usize = 3;
        match self.byte(at) {
            Some(b'[') if depth < DEEPEST => self.list(at, path, depth, false),
            Some(b'{') if depth < DEEPEST => self.object(at, path, depth),
            _ => {
                let end = self.skip(at)?;
                let span = Span { start: at, end };
                self.found.push(Slice { span, path: Name::from(path), address: None, kind: None });
                Ok(end)
            }
        }
    }

    /// A bundle with its entries, or anything else as a whole. What says that it is a bundle before its entries come is
    /// gone through once.
    fn object(&mut self, start: usize, path: &str, depth: usize) -> Result<usize, usize> {
        let (mut bundle, mut kind, mut entries, mut cut) = (false, None, None, false);
        let mut keys = Keys::of(start);
        let end = loop {
            let (key, at) = match keys.next(self) {
                Ok(Ok(found)) => found,
                Ok(Err(end)) => break Ok(end),
                Err(place) => break Err(place),
            };
            let is_first = keys.count == 1;
            let end = match self.text_at(key) {
                "entry" if entries.is_none() => {
                    entries = Some(at);
                    cut = bundle && self.byte(at) == Some(b'[');
                    if cut { Ok(self.list(at, &within(path, "entry"), depth, true)?) } else { self.skip(at) }
                }
                "resourceType" => {
                    let end = self.skip(at);
                    let span = Span { start: at, end: end.unwrap_or_else(|place| place) };
                    bundle |= self.text_at(span) == "Bundle";
                    kind = kind.or_else(|| is_first.then_some(span));
                    end
                }
                _ => self.skip(at),
            };
            match end {
                Ok(end) => keys.at = end,
                Err(place) => break Err(place),
            }
        };
        match (bundle, entries) {
            (true, Some(entries)) if !cut && self.byte(entries) == Some(b'[') => {
                self.list(entries, &within(path, "entry"), depth, true)?;
            }
            (true, _) => {}
            (false, _) => {
                let whole = end.ok().map(|end| Span { start, end });
                let whole = whole.map(|span| Slice { span, path: Name::from(path), address: None, kind });
                self.found.extend(whole);
            }
        }
        end
    }

    fn list(&mut self, at: usize, path: &str, depth: usize, entries: bool) -> Result<usize, usize> {
        let mut at = self.space(at + 1);
        let mut index = 0_u64;
        let mut here = path.to_owned();
        loop {
            match self.byte(at) {
                Some(b']') => return Ok(at + 1),
                Some(b',') if index > 0 => at = self.space(at + 1),
                Some(_) if index == 0 => {}
                Some(_) | None => return Err(at),
            }
            here.truncate(path.len());
            here.push('[');
            json::whole(index, &mut here);
            here.push(']');
            at = if entries { self.entry(at, &mut here, depth)? } else { self.value(at, &here, depth + 1)? };
            at = self.space(at);
            index += 1;
        }
    }

    /// An entry of a bundle: its resource, where it has one.
    fn entry(&mut self, start: usize, path: &mut String, depth: usize) -> Result<usize, usize> {
        let (mut address, mut resource) = (None, None);
        let mut keys = Keys::of(start);
        let end = if self.byte(start) == Some(b'{') {
            loop {
                let (key, at) = match keys.next(self)? {
                    Ok(found) => found,
                    Err(end) => break end,
                };
                let end = self.skip(at)?;
                match self.text_at(key) {
                    "fullUrl" if address.is_none() => address = Some(Span { start: at, end }),
                    "resource" if resource.is_none() => resource = Some(Span { start: at, end }),
                    _ => {}
                }
                keys.at = end;
            }
        } else {
            self.skip(start)?
        };
        let Some(resource) = resource else {
            let path = Name::from(path.as_str());
            self.found.push(Slice { span: Span { start, end }, path, address, kind: None });
            return Ok(end);
        };
        path.push_str(".resource");
        let kind = self.begins_as(resource.start);
        if kind.is_some_and(|kind| self.text_at(kind) != "Bundle") {
            let path = Name::from(path.as_str());
            self.found.push(Slice { span: resource, path, address, kind });
            return Ok(end);
        }
        let before = self.found.len();
        self.value(resource.start, path, depth + 1)?;
        if let Some([one]) = self.found.get_mut(before..) {
            one.address = address;
        }
        Ok(end)
    }

    /// What the first key of an object says that it is, where it is that of resources and holds a text.
    fn begins_as(&self, at: usize) -> Option<Span> {
        let begun = self.byte(at) == Some(b'{');
        let (key, kind) = Keys::of(at).next(self).ok()?.ok().filter(|_| begun)?;
        let is_kind = self.text_at(key) == "resourceType" && self.byte(kind) == Some(b'"');
        let end = self.skip(kind).ok().filter(|_| is_kind)?;
        Some(Span { start: kind, end })
    }

    /// A text without its quotes; nothing that escapes is looked at here.
    fn text_at(&self, span: Span) -> &str {
        let text = self.text.get(span.start..span.end).unwrap_or_default();
        let text = text.strip_prefix('"').unwrap_or(text);
        text.strip_suffix('"').unwrap_or(text)
    }

    /// Where the value that begins here ends; else the place at which it is none.
    fn skip(&self, at: usize) -> Result<usize, usize> {
        let bytes = self.text.as_bytes();
        let mut depth = 0_usize;
        let mut at = at;
        loop {
            match self.byte(at) {
                None => return Err(at),
                Some(b'"') => {
                    at += 1;
                    loop {
                        let rest = bytes.get(at..).unwrap_or(&[]);
                        let step = json::plain(rest);
                        at += step + 1;
                        match rest.get(step) {
                            Some(b'"') => break,
                            Some(b'\\') => at += 1,
                            Some(_) => {}
                            None => return Err(bytes.len()),
                        }
                    }
                }
                Some(b'{' | b'[') => {
                    depth += 1;
                    if depth > DEPTH {
                        self.too_deep.set(Some(at));
                        return Err(at);
                    }
                    at += 1;
                    continue;
                }
                Some(b'}' | b']') if depth > 0 => {
                    depth -= 1;
                    at += 1;
                }
                Some(b',' | b':' | b' ' | b'\t' | b'\n' | b'\r') if depth > 0 => {
                    at += 1;
                    continue;
                }
                Some(byte) if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.') => {
                    while self.byte(at).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.')) {
                        at += 1;
                    }
                }
                Some(_) => return Err(at),
            }
            if depth == 0 {
                return Ok(at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, String)> {
        let of = |s: Slice| (text.get(s.span.start..s.span.end).unwrap_or(""), s.path.to_string());
        slices(text).0.into_iter().map(of).collect()
    }

    #[test]
    fn a_bundle_a_list_and_lines_give_their_resources() {
        let bundle =
            r#"{"entry":[{"fullUrl":"u:1","resource":{"a":1}},{"resource":{"b":"]}"}}],"resourceType":"Bundle"}"#;
        assert_eq!(
            found(bundle),
            [(r#"{"a":1}"#, "entry[0].resource".to_owned()), (r#"{"b":"]}"}"#, "entry[1].resource".to_owned())]
        );
        assert_eq!(found("{\"a\":1}\n{\"b\":2}\n").len(), 2);
        assert_eq!(found("[{\"a\":1},{\"b\":2}]").len(), 2);
        assert_eq!(found("{\"a\":1}"), [("{\"a\":1}", String::new())]);
    }

    #[test]
    fn what_is_whole_of_a_file_that_stops_is_kept() {
        let (slices, fault) = slices(r#"{"resourceType":"Bundle","entry":[{"resource":{"a":1}},{"resource":{"b":"#);
        assert_eq!(slices.len(), 1);
        assert!(fault.is_some_and(|fault| fault.code == Code::Truncated));
    }

    #[test]
    fn a_bad_line_of_many_is_only_that() {
        let (slices, fault) = slices("{\"a\":1}\n{\"b\":\u{1}}\n{\"c\":3}\n");
        assert_eq!(slices.len(), 2);
        assert!(fault.is_some_and(|fault| fault.code == Code::NotJson));
    }
}
