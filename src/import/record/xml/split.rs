//! XML cut into units as its bytes come: only what is not finished is kept.

use std::collections::BTreeMap;

use smallvec::SmallVec;

use crate::diagnostic::{Code, Diagnostic};
use crate::import::limits::DEPTH;

use super::token::{Stop, Token, attributes, token};

/// Bytes of one unit, or of one mark.
const LONGEST: usize = 16 * 1024 * 1024;
/// Namespaces around units that are kept.
const PREFIXES: usize = 50;

/// A whole element of a file.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Unit<'b> {
    pub(in super::super) bytes: &'b [u8],
    /// Its place in the file, and the line.
    pub(in super::super) start: usize,
    pub(in super::super) line: usize,
    /// The way to it: `entry[3]`; empty for the root.
    pub(in super::super) path: &'b str,
    /// The namespaces that hold around it.
    pub(in super::super) prefixes: &'b BTreeMap<String, String>,
    /// It is too long to be read; `bytes` are none.
    pub(in super::super) too_long: bool,
}

/// Which elements are units: those at the end of a path of names from the root on.
pub(in super::super) type Cuts = fn(&[&str]) -> bool;

/// Cuts a file as it comes.
pub(in super::super) struct Splitter {
    cuts: Cuts,
    /// The elements of this name inside a unit are whole by themselves: a unit that stops is kept up to the last one.
    parts: &'static str,
    open: Open,
    unit: Option<Begun>,
    /// Of every element around units, how many of each name it has had inside.
    inside: Vec<Vec<(String, usize)>>,
    prefixes: BTreeMap<String, String>,
    /// Bytes that are not used up; they begin at `place`, on `line`, and `ahead` of them have been looked at.
    rest: Vec<u8>,
    place: usize,
    line: usize,
    ahead: usize,
    fault: Option<Diagnostic>,
    any: bool,
}

/// The names of the open elements, one behind the other.
#[derive(Default)]
struct Open {
    names: Vec<u8>,
    starts: Vec<usize>,
}

impl Open {
    fn push(&mut self, name: &[u8]) {
        self.starts.push(self.names.len());
        self.names.extend_from_slice(name);
    }

    fn last(&self) -> Option<&[u8]> {
        self.names.get(*self.starts.last()?..)
    }

    fn pop(&mut self) {
        if let Some(start) = self.starts.pop() {
            self.names.truncate(start);
        }
    }

    fn depth(&self) -> usize {
        self.starts.len()
    }

    fn each(&self) -> impl DoubleEndedIterator<Item = &[u8]> + ExactSizeIterator {
        self.starts.iter().enumerate().map(|(at, start)| {
            let end = self.starts.get(at + 1).copied().unwrap_or(self.names.len());
            self.names.get(*start..end).unwrap_or_default()
        })
    }
}

/// A unit that has begun.
struct Begun {
    /// Open elements around it.
    depth: usize,
    start: usize,
    line: usize,
    path: String,
    too_long: bool,
    /// Where its last whole part ends, and the end tags that are missing there.
    part: Option<(usize, Vec<u8>)>,
}

/// A name without its prefix.
fn local(name: &[u8]) -> &str {
    let text = std::str::from_utf8(name).unwrap_or_default();
    text.rsplit(':').next().unwrap_or(text)
}

fn lines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

impl Splitter {
    pub(in super::super) fn new(cuts: Cuts, parts: &'static str) -> Splitter {
        Splitter {
            cuts,
            parts,
            open: Open::default(),
            unit: None,
            inside: vec![Vec::new()],
            prefixes: BTreeMap::new(),
            rest: Vec::new(),
            place: 0,
            line: 1,
            ahead: 0,
            fault: None,
            any: false,
        }
    }

    /// More bytes of the file; every unit that is whole now is handed on.
    pub(in super::super) fn push(&mut self, bytes: &[u8], take: &mut dyn FnMut(Unit<'_>)) {
        if self.fault.is_some() {
            return;
        }
        if self.rest.is_empty() {
            let used = self.scan(bytes, take);
            self.rest.extend_from_slice(bytes.get(used..).unwrap_or_default());
            return;
        }
        let mut window = std::mem::take(&mut self.rest);
        window.extend_from_slice(bytes);
        let used = self.scan(&window, take);
        window.drain(..used);
        self.rest = window;
    }

    /// Nothing more comes: what is whole of the last unit is handed on, and where the file is wrong is said.
    pub(in super::super) fn finish(mut self, take: &mut dyn FnMut(Unit<'_>)) -> Option<Diagnostic> {
        let begun = self.unit.take();
        if let Some(Begun { start, line, path, part: Some((end, missing)), .. }) = begun {
            let from = start.saturating_sub(self.place);
            let mut bytes = self.rest.get(from..end.saturating_sub(self.place)).unwrap_or_default().to_vec();
            bytes.extend_from_slice(&missing);
            let unit = Unit { bytes: &bytes, start, line, path: &path, prefixes: &self.prefixes, too_long: false };
            take(unit);
        }
        let unfinished = self.open.depth() > 0 || self.ahead < self.rest.len();
        let stopped = || {
            let line = self.line + lines(&self.rest);
            let help = "get the whole file again; what stands before this place was read";
            Diagnostic::error(Code::Truncated, format!("the file stops in the middle, at line {line}"), help)
        };
        let empty = || {
            let help = "check that the export was finished";
            Diagnostic::error(Code::NotXml, "the file has no element", help)
        };
        let fault = self.fault.take().or_else(|| unfinished.then(stopped));
        fault.or_else(|| (!self.any).then(empty))
    }

    /// Looks at every mark; how many bytes are used up.
    fn scan(&mut self, window: &[u8], take: &mut dyn FnMut(Unit<'_>)) -> usize {
        let mut at = self.ahead;
        let mut counted = (0_usize, self.line);
        loop {
            let rest = window.get(at..).unwrap_or_default();
            let Some(step) = rest.iter().position(|byte| *byte == b'<') else {
                at = window.len();
                break;
            };
            at += step;
            let (found, end) = match token(window, at) {
                Ok(found) => found,
                Err(Stop::Unfinished) if window.len() - at <= LONGEST => break,
                Err(Stop::Unfinished) => {
                    self.fault = Some(too_long(counted.1 + lines(between(window, counted.0, at))));
                    break;
                }
                Err(Stop::Wrong) => {
                    self.fault = Some(wrong(counted.1 + lines(between(window, counted.0, at))));
                    break;
                }
            };
            match found {
                Token::Other => {}
                Token::Open { name, rest, empty } => {
                    self.any = true;
                    if self.unit.is_none() {
                        self.begin(name, rest, window, at, &mut counted);
                    }
                    if self.open.depth() >= DEPTH {
                        let line = counted.1 + lines(between(window, counted.0, at));
                        let message = format!("elements are nested more than {DEPTH} deep on line {line}");
                        let help = "get the file again as it was given out; what stands before this place was read";
                        self.fault = Some(Diagnostic::error(Code::TooDeep, message, help));
                        break;
                    }
                    self.open.push(name);
                    if empty {
                        self.close(window, end, take);
                    }
                }
                Token::Close { name } if self.open.last() == Some(name) => self.close(window, end, take),
                Token::Close { .. } => {
                    self.fault = Some(wrong(counted.1 + lines(between(window, counted.0, at))));
                    break;
                }
            }
            at = end;
            let place = self.place;
            if let Some(unit) = self.unit.as_mut().filter(|unit| place + at - unit.start > LONGEST) {
                unit.too_long = true;
                unit.part = None;
            }
        }
        let kept = self.unit.as_ref().filter(|unit| !unit.too_long).map_or(at, |unit| unit.start - self.place);
        let used = kept.min(at);
        let (from, line) = if counted.0 <= used { counted } else { (0, self.line) };
        self.line = line + lines(between(window, from, used));
        self.place += used;
        self.ahead = at - used;
        used
    }

    /// An element outside of every unit: a unit, or something around units.
    fn begin(&mut self, name: &[u8], rest: &[u8], window: &[u8], at: usize, counted: &mut (usize, usize)) {
        let depth = self.open.depth();
        let own = local(name);
        let around: SmallVec<[&str; 8]> = self.open.each().map(local).chain([own]).collect();
        let is_unit = (self.cuts)(&around);
        let index = self.inside.get_mut(depth).map_or(0, |names| count(names, own));
        let mut path = around.get(1..).unwrap_or_default().join(".");
        if !path.is_empty() {
            path.push_str(&format!("[{index}]"));
        }
        if is_unit {
            *counted = (at, counted.1 + lines(between(window, counted.0, at)));
            let start = self.place + at;
            self.unit = Some(Begun { depth, start, line: counted.1, path, too_long: false, part: None });
            return;
        }
        self.inside.truncate(depth + 1);
        self.inside.push(Vec::new());
        for (name, value) in attributes(rest) {
            if let Some(prefix) = name.strip_prefix("xmlns").filter(|_| self.prefixes.len() < PREFIXES) {
                self.prefixes.insert(prefix.trim_start_matches(':').to_owned(), value.to_owned());
            }
        }
    }

    fn close(&mut self, window: &[u8], end: usize, take: &mut dyn FnMut(Unit<'_>)) {
        let is_part = !self.parts.is_empty() && self.open.last().is_some_and(|name| local(name) == self.parts);
        self.open.pop();
        let depth = self.open.depth();
        let Some(unit) = self.unit.as_mut() else { return };
        if depth > unit.depth {
            if is_part && !unit.too_long {
                let missing = self.open.each().skip(unit.depth).rev();
                let tags: Vec<u8> = missing.flat_map(|name| [b"</".as_slice(), name, b">"].concat()).collect();
                unit.part = Some((self.place + end, tags));
            }
            return;
        }
        let Some(unit) = self.unit.take() else { return };
        let bytes = between(window, unit.start.saturating_sub(self.place), end);
        take(Unit {
            bytes: if unit.too_long { &[] } else { bytes },
            start: unit.start,
            line: unit.line,
            path: &unit.path,
            prefixes: &self.prefixes,
            too_long: unit.too_long,
        });
    }
}

/// How many of a name there were before; beyond so many names those behind them are counted together.
fn count(names: &mut Vec<(String, usize)>, name: &str) -> usize {
    const NAMES: usize = 100;
    let full = names.len() > NAMES;
    let last = names.len().saturating_sub(1);
    let known = names.iter_mut().enumerate().find(|(at, (known, _))| known == name || full && *at == last);
    if let Some((_, (_, count))) = known {
        *count += 1;
        return *count;
    }
    names.push((name.to_owned(), 0));
    0
}

fn between(bytes: &[u8], from: usize, to: usize) -> &[u8] {
    bytes.get(from..to).unwrap_or_default()
}

fn wrong(line: usize) -> Diagnostic {
    let help = "get the file again as it was given out; what stands before this place was read";
    Diagnostic::error(Code::NotXml, format!("the file is not XML from line {line} on"), help)
}

fn too_long(line: usize) -> Diagnostic {
    let message = format!("what begins on line {line} is longer than {LONGEST} bytes");
    let help = "get the file again as it was given out; what stands before this place was read";
    Diagnostic::error(Code::TooLarge, message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Found = (String, String, usize, usize);

    fn cut(text: &str, step: usize) -> (Vec<Found>, Option<Code>) {
        let mut splitter = Splitter::new(|path| path.len() == 2, "p");
        let mut found = Vec::new();
        let mut take = |unit: Unit<'_>| {
            let text = String::from_utf8_lossy(unit.bytes).into_owned();
            found.push((unit.path.to_owned(), text, unit.start, unit.line));
        };
        for bytes in text.as_bytes().chunks(step) {
            splitter.push(bytes, &mut take);
        }
        let fault = splitter.finish(&mut take);
        (found, fault.map(|fault| fault.code))
    }

    #[test]
    fn units_are_the_same_however_the_bytes_come() {
        let text = "<?xml version='1.0'?>\n<!DOCTYPE r [<!ENTITY a 'b'>]>\n<r xmlns:x=\"y\">\n <a>1<b/></a>\n\
                    <!-- <a> -->\n<a t='>'/><c><![CDATA[</c>]]></c>\n</r>\n";
        let whole = cut(text, text.len());
        let found: Vec<&str> = whole.0.iter().map(|(path, ..)| path.as_str()).collect();
        assert_eq!((found, whole.1), (vec!["a[0]", "a[1]", "c[0]"], None));
        for (_, unit, start, line) in &whole.0 {
            assert!(text.get(*start..).is_some_and(|rest| rest.starts_with(unit)));
            assert_eq!(text.lines().nth(line - 1).map(|line| line.contains(unit.as_str())), Some(true));
        }
        for step in 1..40 {
            assert_eq!(cut(text, step), whole, "{step}");
        }
    }

    #[test]
    fn what_is_whole_of_a_unit_that_stops_is_kept_up_to_its_last_part() {
        let text = "<r><a><p>1</p><p>2</p><p>3";
        for step in 1..20 {
            let (found, fault) = cut(text, step);
            assert_eq!(found.first().map(|unit| unit.1.as_str()), Some("<a><p>1</p><p>2</p></a>"), "{step}");
            assert_eq!(fault, Some(Code::Truncated));
        }
    }

    #[test]
    fn end_tags_that_do_not_fit_and_depth_without_end_stop_it() {
        assert_eq!(cut("<r><a></b></r>", 3).1, Some(Code::NotXml));
        assert_eq!(cut(&"<a>".repeat(1000), 7).1, Some(Code::TooDeep));
        assert_eq!(cut("plain", 3).1, Some(Code::NotXml));
    }
}
