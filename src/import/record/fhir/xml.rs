//! FHIR as XML → the tree that FHIR as JSON has, so that one reader reads both.

use std::borrow::Cow;
use std::collections::BTreeMap;

use roxmltree::Node as Element;

use crate::import::json::{Entry, Node, Value};
use crate::import::record::xml::Tree;

/// The elements inside one, but for the words written for people to look at.
fn inside<'a, 't>(element: Element<'a, 't>) -> impl Iterator<Item = Element<'a, 't>> {
    element.children().filter(|child| child.is_element() && child.tag_name().name() != "div")
}

/// The first element of a name inside one.
fn first<'a, 't>(element: Element<'a, 't>, name: &str) -> Option<Element<'a, 't>> {
    inside(element).find(|child| child.tag_name().name() == name)
}

/// The resource that an element holds: `<resource><Patient>…`.
fn held<'a, 't>(element: Element<'a, 't>) -> Option<Element<'a, 't>> {
    let holds = matches!(element.tag_name().name(), "resource" | "contained");
    inside(element).next().filter(|one| holds && one.tag_name().name().starts_with(|c: char| c.is_ascii_uppercase()))
}

/// The resources of a unit: the address that a bundle gives each, and the way to it.
pub(in super::super) fn resources<'a, 't>(
    unit: Element<'a, 't>,
    path: &str,
) -> Vec<(Element<'a, 't>, Option<&'a str>, String)> {
    // bundles within one another end at three, as in JSON
    const DEEPEST: usize = 3;
    let mut found = Vec::new();
    let mut open = vec![(unit, path.to_owned(), 0_usize)];
    while let Some((entry, path, depth)) = open.pop() {
        let address = first(entry, "fullUrl").and_then(|url| url.attribute("value"));
        let holder = if entry.tag_name().name() == "entry" { first(entry, "resource") } else { None };
        let (resource, path) = match holder.and_then(held) {
            Some(resource) => (resource, format!("{path}.resource")),
            None => (entry, path),
        };
        if resource.tag_name().name() == "Bundle" && depth < DEEPEST {
            let entries = inside(resource).filter(|child| child.tag_name().name() == "entry");
            let mut entries: Vec<_> =
                entries.enumerate().map(|(at, entry)| (entry, format!("{path}.entry[{at}]"), depth + 1)).collect();
            entries.reverse();
            open.extend(entries);
        } else {
            found.push((resource, address, path));
        }
    }
    found
}

/// The tree of a resource. INVARIANT: recursion ends where the file's own depth does, which is bounded before.
pub(in super::super) fn resource<'a>(element: Element<'a, '_>, tree: &Tree<'_>) -> Node<'a> {
    let name = element.tag_name().name();
    let mut node = object(element, tree);
    if let (Value::Object(entries), true) = (&mut node.value, name != "entry") {
        let kind = Node { span: node.span, value: Value::Text(Cow::Owned(name.to_owned())) };
        entries.insert(0, Entry { key: Cow::Borrowed("resourceType"), span: node.span, node: kind });
    }
    node
}

fn value<'a>(element: Element<'a, '_>, tree: &Tree<'_>) -> Node<'a> {
    if let Some(resource_within) = held(element) {
        return resource(resource_within, tree);
    }
    match element.attribute("value") {
        Some(text) => Node { span: tree.span(element), value: Value::Text(Cow::Borrowed(text)) },
        None => object(element, tree),
    }
}

/// Attributes and elements by their names; what stands there more than once is a list.
fn object<'a>(element: Element<'a, '_>, tree: &Tree<'_>) -> Node<'a> {
    let span = tree.span(element);
    let mut entries: Vec<Entry<'a>> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for attribute in element.attributes() {
        let node = Node { span, value: Value::Text(Cow::Borrowed(attribute.value())) };
        entries.push(Entry { key: Cow::Owned(attribute.name().to_owned()), span, node });
    }
    for child in inside(element) {
        let (name, node) = (child.tag_name().name(), value(child, tree));
        let next = entries.len();
        match entries.get_mut(*places.entry(name).or_insert(next)) {
            None => entries.push(Entry { key: Cow::Owned(name.to_owned()), span: node.span, node }),
            Some(entry) => match &mut entry.node.value {
                Value::List(items) => items.push(node),
                Value::Null | Value::Truth(_) | Value::Number(_) | Value::Text(_) | Value::Object(_) => {
                    let before = std::mem::replace(&mut entry.node.value, Value::Null);
                    let before = Node { span: entry.node.span, value: before };
                    entry.node.value = Value::List(vec![before, node]);
                }
            },
        }
    }
    Node { span, value: Value::Object(entries) }
}
