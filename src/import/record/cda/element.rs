//! A way through a clinical document: what is not there is nothing, and nothing fails.

use roxmltree::Node;

/// An element that may be there.
#[derive(Clone, Copy)]
pub(super) struct Element<'a>(Option<Node<'a, 'a>>);

impl<'a> Element<'a> {
    pub(super) fn of(node: Node<'a, 'a>) -> Element<'a> {
        Element(Some(node))
    }

    pub(super) fn node(self) -> Option<Node<'a, 'a>> {
        self.0
    }

    pub(super) fn is_there(self) -> bool {
        self.0.is_some()
    }

    pub(super) fn name(self) -> &'a str {
        self.0.map_or("", |node| node.tag_name().name())
    }

    /// The first element at the end of a path of names with slashes between.
    pub(super) fn at(self, path: &str) -> Element<'a> {
        path.split('/').fold(self, |here, name| here.each(name).next().unwrap_or(Element(None)))
    }

    /// The elements of one name inside this one.
    pub(super) fn each(self, name: &str) -> impl Iterator<Item = Element<'a>> {
        self.inside().filter(move |one| one.name() == name)
    }

    /// The elements inside this one.
    pub(super) fn inside(self) -> impl Iterator<Item = Element<'a>> {
        self.0.into_iter().flat_map(|node| node.children().filter(Node::is_element)).map(Element::of)
    }

    /// An attribute by its name, whatever its prefix; an empty one is none.
    pub(super) fn attribute(self, name: &str) -> Option<&'a str> {
        let found = self.0?.attributes().find(|attribute| attribute.name() == name)?;
        Some(found.value().trim()).filter(|value| !value.is_empty())
    }

    /// The record says why nothing is here.
    pub(super) fn is_null(self) -> bool {
        self.attribute("nullFlavor").is_some()
    }

    /// The type that a value says it is of, without its prefix.
    pub(super) fn kind(self) -> &'a str {
        let kind = self.attribute("type").unwrap_or_default();
        kind.rsplit(':').next().unwrap_or(kind)
    }

    /// It follows a template of this number.
    pub(super) fn follows(self, template: &str) -> bool {
        self.each("templateId").any(|id| id.attribute("root").is_some_and(|root| root == template))
    }

    /// All its text, on one line; none where there is none, or more than a name or an answer has.
    pub(super) fn text(self) -> Option<String> {
        const LONGEST: usize = 1_000;
        let mut line = String::new();
        for text in self.0?.descendants().filter(Node::is_text).filter_map(|node| node.text()) {
            for word in text.split_whitespace() {
                if line.len() + word.len() > LONGEST {
                    return None;
                }
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
        }
        (!line.is_empty()).then_some(line)
    }
}
