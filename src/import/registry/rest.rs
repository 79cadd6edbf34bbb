//! What a record says that the trial document has no place for: kept by the source's own names, but for people.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::import::json::{Node, Value};
use crate::import::limits;
use crate::model::table::Table;

use super::words::said;

/// Parts of keys under which people stand.
const PEOPLE: [&str; 13] = [
    "contact",
    "investigator",
    "official",
    "person",
    "email",
    "e_mail",
    "phone",
    "fax",
    "telephone",
    "author",
    "surname",
    "lastname",
    "firstname",
];
/// Keys that have one of these parts and are of no person.
const NOBODY: [&str; 3] = ["officialTitle", "official_title", "authori"];

/// What is kept, by the source's own names, and a word where not all of it is.
pub(super) struct Rest {
    pub(super) kept: Table<String>,
    pub(super) left: usize,
}

impl Rest {
    pub(super) fn new() -> Rest {
        Rest { kept: Table::new(), left: 0 }
    }

    /// Keeps a field.
    pub(super) fn keep(&mut self, name: &str, value: &str) {
        let Some(value) = said(value) else { return };
        if is_of_a_person(name) || is_address(&value) {
            return;
        }
        if self.kept.iter().count() >= limits::UNMAPPED || value.len() > limits::TEXT {
            self.left += 1;
            return;
        }
        self.kept.insert(name.to_owned(), value);
    }

    /// Keeps every field of a tree but those under the paths named: mapped already, or left out.
    pub(super) fn keep_tree(&mut self, root: &Node<'_>, but: &[&str]) {
        self.keep_tree_but(root, but, &[]);
    }

    /// The same, but for what stands under keys of some names wherever they are.
    pub(super) fn keep_tree_but(&mut self, root: &Node<'_>, but: &[&str], names: &[&str]) {
        let mut open: Vec<(&Node<'_>, String, String)> = vec![(root, String::new(), String::new())];
        while let Some((node, path, shown)) = open.pop() {
            let covered = |known: &&str| path.strip_prefix(*known).is_some_and(|r| r.is_empty() || r.starts_with('.'));
            if but.iter().any(covered) {
                continue;
            }
            let below = |key: &str, of: &str| if of.is_empty() { key.to_owned() } else { format!("{of}.{key}") };
            match &node.value {
                Value::Null => {}
                Value::Truth(truth) => self.keep(&shown, if *truth { "true" } else { "false" }),
                Value::Number(number) => self.keep(&shown, number),
                Value::Text(text) => self.keep(&shown, text),
                // in the order of the text, as far as there is room
                Value::List(items) => open.extend(
                    items.iter().enumerate().rev().map(|(i, item)| (item, path.clone(), format!("{shown}[{i}]"))),
                ),
                Value::Object(entries) => open.extend(
                    entries
                        .iter()
                        .rev()
                        .filter(|entry| !names.contains(&entry.key.as_ref()))
                        .map(|e| (&e.node, below(&e.key, &path), below(&e.key, &shown))),
                ),
            }
        }
    }

    /// What to say where not everything was kept.
    pub(super) fn said(&self) -> Option<Diagnostic> {
        (self.left > 0).then(|| Diagnostic {
            severity: Severity::Note,
            ..Diagnostic::warning(
                Code::TooMany,
                format!("{} more fields of the record have no place in the document", self.left),
                "look them up in the record itself",
            )
        })
    }
}

fn is_of_a_person(name: &str) -> bool {
    name.split(['.', '[']).any(|key| {
        let lower = key.to_ascii_lowercase();
        PEOPLE.iter().any(|part| lower.contains(part)) && !NOBODY.iter().any(|other| key.contains(other))
    })
}

fn is_address(value: &str) -> bool {
    let mut around = value.split('@');
    let name = around.next().is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric()));
    name && around.next().is_some_and(|after| after.starts_with(|c: char| c.is_alphanumeric()))
}
