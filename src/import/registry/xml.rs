//! XML from outside → a tree without surprises: no document types, no entities of its own, no depth or size without end.

use roxmltree::{Document, Node, ParsingOptions};

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::import::limits::DEPTH;

use super::rest::Rest;
use super::words::{lines, said};

/// Elements and texts of one file.
const NODES: u32 = 1_000_000;

/// The tree of a text. A document type is refused: what it declares could grow without end.
pub(super) fn parse(text: &str) -> Result<Document<'_>, Box<Diagnostic>> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES, ..ParsingOptions::default() };
    let tree = Document::parse_with_options(text, options).map_err(|error| {
        let place = error.pos();
        let message = format!("the text is not XML from line {}, column {} on", place.row, place.col);
        let help = "get the file again as the registry gives it, without changes";
        Box::new(Diagnostic::error(Code::NotXml, message, help).at(span(text, place.row, place.col)))
    })?;
    let mut open = vec![(tree.root(), 0_usize)];
    while let Some((node, depth)) = open.pop() {
        if depth > DEPTH {
            let message = format!("elements are nested more than {DEPTH} deep");
            return Err(Box::new(Diagnostic::error(Code::TooDeep, message, "get the file as the registry gives it")));
        }
        open.extend(node.children().filter(Node::is_element).map(|child| (child, depth + 1)));
    }
    Ok(tree)
}

/// The character at a line and column, both counted from one.
fn span(text: &str, row: u32, column: u32) -> Span {
    let line = usize::try_from(row).unwrap_or(1).saturating_sub(1);
    let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text.get(before..).unwrap_or_default();
    let within = usize::try_from(column).unwrap_or(1).saturating_sub(1);
    let start = before + rest.char_indices().nth(within).map_or(rest.len(), |(at, _)| at);
    let width = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Span { start, end: start + width }
}

/// A way through XML: what is not there is nothing.
#[derive(Clone, Copy)]
pub(super) struct Element<'a>(Option<Node<'a, 'a>>);

impl<'a> Element<'a> {
    pub(super) fn of(node: Node<'a, 'a>) -> Element<'a> {
        Element(Some(node))
    }

    /// The first element at the end of a path of names with slashes between.
    pub(super) fn at(self, path: &str) -> Element<'a> {
        path.split('/').fold(self, |here, name| Element(here.each(name).next().and_then(|element| element.0)))
    }

    /// The elements of one name inside this one.
    pub(super) fn each(self, name: &str) -> impl Iterator<Item = Element<'a>> {
        let inside = self.0.into_iter().flat_map(|node| node.children().filter(Node::is_element));
        inside.filter(move |node| node.tag_name().name() == name).map(|node| Element(Some(node)))
    }

    fn whole(self) -> Option<String> {
        let texts = self.0?.descendants().filter(Node::is_text).filter_map(|node| node.text());
        Some(texts.collect::<String>())
    }

    /// Its text, on one line, entities undone.
    pub(super) fn text(self) -> Option<String> {
        said(&self.whole()?).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Its text as it stands, with its lines.
    pub(super) fn lines(self) -> Option<String> {
        lines(&self.whole()?)
    }

    /// Keeps every text inside but that of the elements named, mapped already or left out.
    pub(super) fn keep(self, rest: &mut Rest, but: &[&str]) {
        let Some(node) = self.0 else { return };
        let mut open: Vec<(Node<'_, '_>, String)> = vec![(node, String::new())];
        while let Some((node, path)) = open.pop() {
            let covered = |known: &&str| path.strip_prefix(*known).is_some_and(|r| r.is_empty() || r.starts_with('.'));
            if but.iter().any(covered) {
                continue;
            }
            let inside: Vec<Node<'_, '_>> = node.children().filter(Node::is_element).collect();
            if inside.is_empty() {
                if let Some(text) = Element::of(node).text() {
                    rest.keep(&free(rest, &path), &text);
                }
                continue;
            }
            open.extend(inside.into_iter().rev().map(|child| {
                let name = child.tag_name().name();
                (child, if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") })
            }));
        }
    }
}

/// A name that nothing is kept by yet.
fn free(rest: &Rest, name: &str) -> String {
    let mut at = 0_usize;
    let mut free = name.to_owned();
    while rest.kept.contains_key(&free) {
        at += 1;
        free = format!("{name}[{at}]");
    }
    free
}
