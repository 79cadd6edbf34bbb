//! JSON cut into resources without reading any of them: one at a time, and what is whole of a file that is not.

use std::cell::Cell;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::import::limits::DEPTH;

/// A value in a text, with the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slice {
    pub(super) span: Span,
    pub(super) path: String,
    /// The address that a bundle gives the resource.
    pub(super) address: Option<Span>,
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
        match cutter.value(at, path, 0) {
            // one of many has a place among them
            Ok(end) if line == 0 && cutter.space(end) < text.len() => {
                cutter.found.clear();
                match cutter.value(at, "[0]".to_owned(), 0) {
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
    fn value(&mut self, at: usize, path: String, depth: usize) -> Result<usize, usize> {
        const DEEPEST: usize = 3;
        match self.byte(at) {
            Some(b'[') if depth < DEEPEST => self.list(at, &path, depth, false),
            Some(b'{') if depth < DEEPEST => {
                let keys = self.keys(at);
                let whole = keys.is_ok();
                let (keys, end) = keys.unwrap_or_else(|(keys, place)| (keys, place));
                let bundle = keys
                    .iter()
                    .any(|(key, value)| self.text_at(*key) == "resourceType" && self.text_at(*value) == "Bundle");
                let entries = keys.iter().find(|(key, _)| self.text_at(*key) == "entry").map(|(_, value)| value.start);
                match (bundle, entries) {
                    (true, Some(entries)) if self.byte(entries) == Some(b'[') => {
                        let inner = if path.is_empty() { "entry".to_owned() } else { format!("{path}.entry") };
                        self.list(entries, &inner, depth, true)?;
                    }
                    (true, _) => {}
                    (false, _) if whole => {
                        self.found.push(Slice { span: Span { start: at, end }, path, address: None });
                    }
                    (false, _) => {}
                }
                if whole { Ok(end) } else { Err(end) }
            }
            _ => {
                let end = self.skip(at)?;
                self.found.push(Slice { span: Span { start: at, end }, path, address: None });
                Ok(end)
            }
        }
    }

    fn list(&mut self, at: usize, path: &str, depth: usize, entries: bool) -> Result<usize, usize> {
        let mut at = self.space(at + 1);
        let mut index = 0_usize;
        loop {
            match self.byte(at) {
                Some(b']') => return Ok(at + 1),
                Some(b',') if index > 0 => at = self.space(at + 1),
                Some(_) if index == 0 => {}
                Some(_) | None => return Err(at),
            }
            let here = format!("{path}[{index}]");
            at = if entries { self.entry(at, &here, depth)? } else { self.value(at, here, depth + 1)? };
            at = self.space(at);
            index += 1;
        }
    }

    /// An entry of a bundle: its resource, where it has one.
    fn entry(&mut self, at: usize, path: &str, depth: usize) -> Result<usize, usize> {
        let (keys, end) = self.keys(at).map_err(|(_, place)| place)?;
        let under = |name: &str| keys.iter().find(|(key, _)| self.text_at(*key) == name).map(|(_, value)| *value);
        let address = under("fullUrl");
        if let Some(resource) = under("resource") {
            let before = self.found.len();
            let path = format!("{path}.resource");
            if self.begins_as_no_bundle(resource.start) {
                self.found.push(Slice { span: resource, path, address: None });
            } else {
                self.value(resource.start, path, depth + 1)?;
            }
            if let Some([one]) = self.found.get_mut(before..) {
                one.address = address;
            }
        } else {
            let place = Span { start: at, end };
            self.found.push(Slice { span: place, path: path.to_owned(), address });
        }
        Ok(end)
    }

    /// An object whose first key says that it is a resource of another kind.
    fn begins_as_no_bundle(&self, at: usize) -> bool {
        let begun = self.byte(at) == Some(b'{');
        let key = self.space(at + 1);
        let of = |at: usize| self.skip(at).map_or(Span::default(), |end| Span { start: at, end });
        let colon = self.space(of(key).end);
        let kind = self.space(colon + 1);
        let is_text = self.byte(key) == Some(b'"') && self.byte(kind) == Some(b'"');
        begun
            && is_text
            && self.byte(colon) == Some(b':')
            && self.text_at(of(key)) == "resourceType"
            && self.text_at(of(kind)) != "Bundle"
    }

    /// The keys of an object with their values, and where it ends; as far as it is whole.
    #[expect(clippy::type_complexity, reason = "the same pair twice, once as far as it goes")]
    fn keys(&self, at: usize) -> Result<(Vec<(Span, Span)>, usize), (Vec<(Span, Span)>, usize)> {
        let mut keys = Vec::new();
        if self.byte(at) != Some(b'{') {
            return self.skip(at).map(|end| (Vec::new(), end)).map_err(|place| (Vec::new(), place));
        }
        let mut at = self.space(at + 1);
        loop {
            match self.byte(at) {
                Some(b'}') => return Ok((keys, at + 1)),
                Some(b',') if !keys.is_empty() => at = self.space(at + 1),
                _ if keys.is_empty() => {}
                _ => return Err((keys, at)),
            }
            if self.byte(at) != Some(b'"') {
                return Err((keys, at));
            }
            let end = match self.skip(at) {
                Ok(end) => end,
                Err(place) => return Err((keys, place)),
            };
            let key = Span { start: at, end };
            at = self.space(end);
            if self.byte(at) != Some(b':') {
                return Err((keys, at));
            }
            at = self.space(at + 1);
            match self.skip(at) {
                Ok(end) => {
                    keys.push((key, Span { start: at, end }));
                    at = self.space(end);
                }
                Err(place) => {
                    keys.push((key, Span { start: at, end: place }));
                    return Err((keys, place));
                }
            }
        }
    }

    /// A text without its quotes; nothing that escapes is looked at here.
    fn text_at(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).map_or("", |text| text.trim_matches('"'))
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
                        let Some(step) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) else {
                            return Err(bytes.len());
                        };
                        at += step + 1;
                        if rest.get(step) == Some(&b'"') {
                            break;
                        }
                        at += 1;
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
        slices(text).0.into_iter().map(|s| (text.get(s.span.start..s.span.end).unwrap_or(""), s.path)).collect()
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
