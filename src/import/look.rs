//! A way through other people's JSON: what is not there is nothing, and nothing fails.

use crate::diagnostic::Span;
use crate::import::json::{Node, Value};

use crate::import::registry::{lines, said};

/// A place in a JSON tree that may be there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look<'n, 't>(Option<&'n Node<'t>>);

impl<'n, 't> Look<'n, 't> {
    pub(crate) fn of(node: &'n Node<'t>) -> Look<'n, 't> {
        Look(Some(node))
    }

    /// The place at the end of a path of keys with dots between.
    pub(crate) fn at(self, path: &str) -> Look<'n, 't> {
        let mut here = self;
        for key in path.split('.') {
            here = here.key(key);
        }
        here
    }

    /// The value under a key, whatever the key holds.
    pub(crate) fn key(self, key: &str) -> Look<'n, 't> {
        let Some(Node { value: Value::Object(entries), .. }) = self.0 else { return Look(None) };
        Look(entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node))
    }

    pub(crate) fn is_there(self) -> bool {
        self.0.is_some_and(|node| node.value != Value::Null)
    }

    /// The entries of a list; what is no list is the only entry of one, as formats that were XML have it.
    pub(crate) fn each(self) -> impl Iterator<Item = Look<'n, 't>> {
        let (many, one) = match self.0 {
            Some(Node { value: Value::List(items), .. }) => (items.as_slice(), None),
            Some(Node { value: Value::Null, .. }) | None => (&[][..], None),
            Some(one) => (&[][..], Some(one)),
        };
        many.iter().chain(one).map(Look::of)
    }

    /// The entries of a list, and of nothing else.
    pub(crate) fn items(self) -> impl Iterator<Item = Look<'n, 't>> {
        let items = match self.0 {
            Some(Node { value: Value::List(items), .. }) => items.as_slice(),
            _ => &[][..],
        };
        items.iter().map(Look::of)
    }

    /// The keys of an object with what they hold.
    pub(crate) fn entries(self) -> impl Iterator<Item = (&'n str, Look<'n, 't>)> {
        let entries = match self.0 {
            Some(Node { value: Value::Object(entries), .. }) => entries.as_slice(),
            _ => &[][..],
        };
        entries.iter().map(|entry| (entry.key.as_ref(), Look::of(&entry.node)))
    }

    /// A text, a number or a truth value as it is written.
    pub(crate) fn scalar(self) -> Option<&'n str> {
        match &self.0?.value {
            Value::Text(text) => Some(text.as_ref()),
            Value::Number(number) => Some(*number),
            Value::Truth(true) => Some("true"),
            Value::Truth(false) => Some("false"),
            Value::Null | Value::List(_) | Value::Object(_) => None,
        }
    }

    /// A text on one line or more, its escapes and entities undone.
    pub(crate) fn text(self) -> Option<String> {
        said(self.scalar()?)
    }

    /// A text as it stands, with its lines.
    pub(crate) fn lines(self) -> Option<String> {
        lines(self.scalar()?)
    }

    pub(crate) fn truth(self) -> Option<bool> {
        match self.scalar()? {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    pub(crate) fn count(self) -> Option<u32> {
        self.scalar()?.trim().split('.').next()?.parse().ok()
    }

    pub(crate) fn span(self) -> Option<Span> {
        self.0.map(|node| node.span)
    }

    pub(crate) fn node(self) -> Option<&'n Node<'t>> {
        self.0
    }
}
