//! XML from outside, one element at a time: no entities but the five of XML, no depth or size without end.

mod split;
mod token;

pub(super) use split::{Splitter, Unit};

use std::borrow::Cow;
use std::cell::Cell;

use roxmltree::{Document, Node, ParsingOptions};

use crate::diagnostic::{Code, Diagnostic, Span};

/// Elements, texts and attributes of one unit.
const NODES: u32 = 1_000_000;
/// Prefixes that fragments of documents use without saying what they stand for.
const KNOWN: [(&str, &str); 2] = [("xsi", "http://www.w3.org/2001/XMLSchema-instance"), ("sdtc", "urn:hl7-org:sdtc")];

/// The tree of one unit, and how far its places lie ahead of those of the text that it was read from.
pub(super) struct Tree<'t> {
    pub(super) document: Document<'t>,
    ahead: usize,
    start: usize,
    /// A place whose line is known: most that are asked for come one behind the other.
    counted: Cell<(usize, usize)>,
}

impl<'t> Tree<'t> {
    /// The element that the unit is.
    pub(super) fn root(&self) -> Node<'_, 't> {
        let outer = self.document.root_element();
        outer.first_element_child().unwrap_or(outer)
    }

    /// The line that a node begins on.
    pub(super) fn line(&self, node: Node<'_, '_>) -> usize {
        let place = node.range().start;
        let (mut from, mut line) = self.counted.get();
        let text = self.document.input_text().as_bytes();
        let count = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
        if place < from {
            line -= count(text.get(place..from).unwrap_or_default());
            from = place;
        }
        line += count(text.get(from..place).unwrap_or_default());
        self.counted.set((place, line));
        line
    }

    /// Where a node stands in the file.
    pub(super) fn span(&self, node: Node<'_, '_>) -> Span {
        let range = node.range();
        let moved = |at: usize| at.saturating_sub(self.ahead) + self.start;
        Span { start: moved(range.start), end: moved(range.end) }
    }
}

fn text<'b>(unit: &Unit<'b>) -> Result<&'b str, Box<Diagnostic>> {
    if unit.too_long {
        let message = format!("what begins on line {} is longer than anything that a record says", unit.line);
        let help = "look at it in the file; everything else in it was read";
        return Err(Box::new(Diagnostic::error(Code::TooLarge, message, help)));
    }
    std::str::from_utf8(unit.bytes).map_err(|error| {
        let good = unit.bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = unit.line + good.iter().filter(|byte| **byte == b'\n').count();
        let message = format!("the text is not UTF-8 on line {line}");
        Box::new(Diagnostic::error(Code::WrongEncoding, message, "save the file as UTF-8 text and choose it again"))
    })
}

/// The attributes of a start tag, with the entities of XML undone.
pub(super) type Tag<'t> = Vec<(&'t str, Cow<'t, str>)>;

/// The attributes of the element that a unit is; nothing inside it is looked at.
pub(super) fn start_tag<'b>(unit: &Unit<'b>) -> Result<Tag<'b>, Box<Diagnostic>> {
    text(unit)?;
    let Ok((token::Token::Open { rest, .. }, _)) = token::token(unit.bytes, 0) else { return Ok(Vec::new()) };
    let undone = |(name, value)| Some((name, plain(value)?));
    let all: Option<Tag<'b>> = token::attributes(rest).into_iter().map(undone).collect();
    all.ok_or_else(|| {
        let message = format!("what begins on line {} has an entity that is none of the five of XML", unit.line);
        let help = "get the file again as it was given out; everything else in it was read";
        let span = Span { start: unit.start, end: unit.start + unit.bytes.len() };
        Box::new(Diagnostic::error(Code::NotXml, message, help).at(span))
    })
}

/// A value with its entities undone; none where one of them is not of XML itself.
fn plain(value: &str) -> Option<Cow<'_, str>> {
    let Some((mut whole, mut rest)) = value.split_once('&').map(|(before, rest)| (before.to_owned(), rest)) else {
        return Some(Cow::Borrowed(value));
    };
    loop {
        let (name, behind) = rest.split_once(';')?;
        let number = |digits: &str, base: u32| u32::from_str_radix(digits, base).ok().and_then(char::from_u32);
        whole.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            name => match name.strip_prefix("#x") {
                Some(digits) => number(digits, 16)?,
                None => number(name.strip_prefix('#')?, 10)?,
            },
        });
        match behind.split_once('&') {
            Some((before, next)) => {
                whole.push_str(before);
                rest = next;
            }
            None => {
                whole.push_str(behind);
                return Some(Cow::Owned(whole));
            }
        }
    }
}

/// The text of a unit with the names around it that it may use.
pub(super) fn wrapped(unit: &Unit<'_>) -> Result<(String, usize), Box<Diagnostic>> {
    let text = text(unit)?;
    let mut whole = "<_".to_owned();
    let known = KNOWN.into_iter().filter(|(prefix, _)| !unit.prefixes.contains_key(*prefix));
    let around = unit.prefixes.iter().map(|(prefix, uri)| (prefix.as_str(), uri.as_str()));
    for (prefix, uri) in around.chain(known) {
        let name = if prefix.is_empty() { String::new() } else { format!(":{prefix}") };
        whole.push_str(&format!(" xmlns{name}=\"{}\"", uri.replace('"', "&quot;")));
    }
    whole.push('>');
    let ahead = whole.len();
    whole.push_str(text);
    whole.push_str("</_>");
    Ok((whole, ahead))
}

/// The tree of a wrapped unit.
pub(super) fn tree<'t>(unit: &Unit<'_>, wrapped: &'t (String, usize)) -> Result<Tree<'t>, Box<Diagnostic>> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES, ..ParsingOptions::default() };
    let (text, ahead) = wrapped;
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let place = error.pos();
        let line = unit.line + usize::try_from(place.row).unwrap_or(1).saturating_sub(1);
        let message = format!("what begins on line {} is not XML from line {line} on", unit.line);
        let help = "get the file again as it was given out; everything else in it was read";
        let span = Span { start: unit.start, end: unit.start + unit.bytes.len() };
        Box::new(Diagnostic::error(Code::NotXml, message, help).at(span))
    })?;
    Ok(Tree { document, ahead: *ahead, start: unit.start, counted: Cell::new((0, unit.line)) })
}

/// The first element of a file: its name without a prefix, and the rest of its start tag.
pub(super) fn root(bytes: &[u8]) -> Option<(&str, &str)> {
    let mut at = 0_usize;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == b'<')?;
        match token::token(bytes, at).ok()? {
            (token::Token::Open { name, rest, .. }, _) => {
                let name = std::str::from_utf8(name).ok()?;
                return Some((name.rsplit(':').next()?, std::str::from_utf8(rest).unwrap_or_default()));
            }
            (token::Token::Other | token::Token::Close { .. }, end) => at = end,
        }
    }
}
