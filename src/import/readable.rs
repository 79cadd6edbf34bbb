//! A JSON tree → typed values, going on after every mistake so that all of them are found at once.

use crate::diagnostic::{Code, Diagnostic, Severity, Span, quoted};
use crate::import::json::{Entry, Node, Value};
use crate::import::limits;
use crate::model::name::Name;
use crate::model::table::Table;

/// A way down into a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

/// `eligibility.criteria[3].expression`
pub(crate) fn shown(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
            Step::Index(index) => text.push_str(&format!("[{index}]")),
        }
    }
    text
}

/// The place of the value at the end of a path; of the nearest value above it, where the path is longer.
pub(crate) fn place(root: &Node<'_>, path: &[Step]) -> Span {
    let mut node = root;
    for step in path {
        let next = match (step, &node.value) {
            (Step::Key(key), Value::Object(entries)) => entries.iter().find(|e| e.key == *key).map(|e| &e.node),
            (Step::Index(index), Value::List(items)) => items.get(*index),
            _ => None,
        };
        match next {
            Some(next) => node = next,
            None => break,
        }
    }
    node.span
}

/// What was found wrong so far, and where the reading stands.
#[derive(Default)]
pub(crate) struct Problems {
    pub(crate) found: Vec<Diagnostic>,
    path: Vec<Step>,
}

impl Problems {
    /// Goes one step further down.
    #[inline(never)]
    fn enter(&mut self, step: Step) {
        self.path.push(step);
    }

    /// Goes down to what stands under a key.
    #[inline(never)]
    fn enter_key(&mut self, key: &str) {
        self.enter(Step::Key(key.to_owned()));
    }

    /// Goes back up.
    #[inline(never)]
    fn leave(&mut self) {
        self.path.pop();
    }

    pub(crate) fn push(&mut self, span: Span, problem: Diagnostic) {
        if self.found.len() <= limits::PROBLEMS {
            self.found.push(problem.at(span).on(shown(&self.path)));
        }
    }

    /// As many as are told, and that there are more. All of them are errors.
    pub(crate) fn told(mut self) -> Vec<Diagnostic> {
        if self.found.len() > limits::PROBLEMS {
            self.found.truncate(limits::PROBLEMS);
            self.found.push(more(Severity::Error));
        }
        self.found
    }

    /// Something of another type stands here.
    pub(crate) fn expected(&mut self, what: &str, node: &Node<'_>) {
        let found = match &node.value {
            Value::Null => "nothing (`null`)".to_owned(),
            Value::Truth(truth) => quoted(if *truth { "true" } else { "false" }),
            Value::Number(number) => quoted(number),
            Value::Text(text) => quoted(text),
            Value::List(_) => "a list".to_owned(),
            Value::Object(_) => "an object".to_owned(),
        };
        let mut help = format!("put {what} here");
        if let Value::Number(number) = &node.value
            && what.starts_with("text")
        {
            help = format!("put it in double quotes: \"{number}\"");
        }
        self.push(node.span, Diagnostic::error(Code::WrongType, format!("found {found} where {what} belongs"), help));
    }

    /// A text that its type does not take.
    pub(crate) fn refused(&mut self, code: Code, what: &str, text: &str, node: &Node<'_>, help: &str) {
        self.push(node.span, Diagnostic::error(code, format!("{} is not {what}", quoted(text)), help));
    }
}

/// What stands for the problems that are not told, as severe as the worst of them.
pub(crate) fn more(severity: Severity) -> Diagnostic {
    let message = format!("there are more than {} problems; the others are not told", limits::PROBLEMS);
    Diagnostic { severity, ..Diagnostic::error(Code::TooMany, message, "put these right first") }
}

/// A type that can be read from a JSON tree.
pub(crate) trait Readable: Sized {
    /// The value, or `None` with at least one problem.
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self>;

    /// The value where the key is absent; `None` where it must be there.
    fn absent() -> Option<Self> {
        None
    }
}

/// An object with a fixed set of keys.
pub(crate) struct Object<'n, 't> {
    entries: &'n [Entry<'t>],
    span: Span,
}

impl<'n, 't> Object<'n, 't> {
    /// The object, with every unknown and repeated key reported.
    pub(crate) fn of(node: &'n Node<'t>, known: &[&str], problems: &mut Problems) -> Option<Object<'n, 't>> {
        let Value::Object(entries) = &node.value else {
            problems.expected("an object in curly brackets", node);
            return None;
        };
        unique(entries, problems);
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_ref())) {
            problems.push(entry.span, unknown(&entry.key, known));
        }
        Some(Object { entries, span: node.span })
    }

    /// The value under a key.
    pub(crate) fn field<T: Readable>(&self, key: &str, problems: &mut Problems) -> Option<T> {
        match self.node(key) {
            Some(node) => under(key, node, problems),
            None => T::absent().or_else(|| {
                self.missing(key, problems);
                None
            }),
        }
    }

    /// The value under a key; another where the key is absent.
    pub(crate) fn field_or<T: Readable>(&self, key: &str, other: T, problems: &mut Problems) -> Option<T> {
        match self.node(key) {
            Some(node) => under(key, node, problems),
            None => Some(other),
        }
    }

    /// The value under a key that must be there, whatever its type takes for absent.
    pub(crate) fn required<T: Readable>(&self, key: &str, problems: &mut Problems) -> Option<T> {
        if self.node(key).is_none() {
            self.missing(key, problems);
            return None;
        }
        self.field(key, problems)
    }

    fn node(&self, key: &str) -> Option<&'n Node<'t>> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    fn missing(&self, key: &str, problems: &mut Problems) {
        let message = format!("the key `{key}` is missing");
        let problem = Diagnostic::error(Code::MissingKey, message, format!("add \"{key}\" to this object"));
        problems.push(self.span, problem);
    }
}

/// Reads a value one step further down.
pub(crate) fn inside<T: Readable>(step: Step, node: &Node<'_>, problems: &mut Problems) -> Option<T> {
    problems.enter(step);
    let value = T::read(node, problems);
    problems.leave();
    value
}

/// Reads what stands under a key.
fn under<T: Readable>(key: &str, node: &Node<'_>, problems: &mut Problems) -> Option<T> {
    problems.enter_key(key);
    let value = T::read(node, problems);
    problems.leave();
    value
}

/// What stands in a list.
fn items<'n, 't>(node: &'n Node<'t>, problems: &mut Problems) -> Option<&'n [Node<'t>]> {
    if let Value::List(items) = &node.value {
        return Some(items);
    }
    problems.expected("a list in square brackets", node);
    None
}

fn unique(entries: &[Entry<'_>], problems: &mut Problems) {
    for (index, entry) in entries.iter().enumerate() {
        if let Some(first) = entries.iter().take(index).find(|first| first.key == entry.key) {
            let message = format!("the key {} stands here a second time", quoted(&entry.key));
            let problem = Diagnostic::error(Code::DuplicateKey, message, "keep one of the two").and_at(first.span);
            problems.push(entry.span, problem);
        }
    }
}

fn unknown(key: &str, known: &[&str]) -> Diagnostic {
    let help = match nearest(key, known) {
        Some(near) => format!("did you mean \"{near}\"? Otherwise take the key out"),
        None => format!("take the key out; here belong: {}", known.join(", ")),
    };
    Diagnostic::error(Code::UnknownKey, format!("the key {} does not belong here", quoted(key)), help)
}

/// The known key that differs in the fewest letters, where it is at most two.
fn nearest<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    const LONGEST: usize = 40;
    let distance = |other: &str| {
        let mut row: Vec<usize> = (0..=other.chars().count()).collect();
        for (i, a) in key.chars().enumerate() {
            let (mut diagonal, mut left) = (i, i + 1);
            for (b, cell) in other.chars().zip(row.iter_mut().skip(1)) {
                let next = (diagonal + usize::from(a != b)).min(left + 1).min(*cell + 1);
                diagonal = *cell;
                *cell = next;
                left = next;
            }
            if let Some(first) = row.first_mut() {
                *first = i + 1;
            }
        }
        row.last().copied().unwrap_or(usize::MAX)
    };
    if key.len() > LONGEST {
        return None;
    }
    known.iter().map(|other| (distance(other), *other)).filter(|(d, _)| *d <= 2).min().map(|(_, other)| other)
}

/// The only key of an object and what it holds; a plain text is a key that holds nothing.
pub(crate) fn one_key<'n, 't>(
    node: &'n Node<'t>,
    known: &[&str],
    problems: &mut Problems,
) -> Option<(&'n str, Option<&'n Node<'t>>)> {
    match &node.value {
        Value::Text(text) if known.contains(&text.as_ref()) => Some((text, None)),
        Value::Text(text) => {
            let help = format!("use one of: {}", known.join(", "));
            problems.refused(Code::UnknownValue, "one of the values that belong here", text, node, &help);
            None
        }
        Value::Object(entries) => match entries.as_slice() {
            [entry] if known.contains(&entry.key.as_ref()) => Some((&entry.key, Some(&entry.node))),
            [entry] => {
                problems.push(entry.span, unknown(&entry.key, known));
                None
            }
            _ => {
                problems.expected("an object with exactly one key", node);
                None
            }
        },
        Value::Null | Value::Truth(_) | Value::Number(_) | Value::List(_) => {
            problems.expected("an object with exactly one key", node);
            None
        }
    }
}

/// What a key holds, read; a problem where it holds nothing.
pub(crate) fn held<T: Readable>(
    key: &str,
    content: Option<&Node<'_>>,
    node: &Node<'_>,
    problems: &mut Problems,
) -> Option<T> {
    let Some(content) = content else {
        problems.expected(&format!("an object {{\"{key}\": …}}"), node);
        return None;
    };
    under(key, content, problems)
}

impl Readable for String {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<String> {
        let Value::Text(text) = &node.value else {
            problems.expected("text in double quotes", node);
            return None;
        };
        if text.len() > limits::TEXT {
            let message = format!("this text has {} bytes; at most {} are read", text.len(), limits::TEXT);
            problems.push(node.span, Diagnostic::error(Code::TooLong, message, "shorten it, or split it"));
            return None;
        }
        Some(text.clone().into_owned())
    }
}

impl Readable for Name {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Name> {
        String::read(node, problems).map(Name::from)
    }
}

impl Readable for bool {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<bool> {
        if let Value::Truth(truth) = node.value {
            return Some(truth);
        }
        problems.expected("true or false", node);
        None
    }
}

impl Readable for u32 {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<u32> {
        if let Value::Number(number) = node.value
            && let Ok(number) = number.parse()
        {
            return Some(number);
        }
        problems.expected("a whole number", node);
        None
    }
}

impl Readable for usize {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<usize> {
        u32::read(node, problems).and_then(|number| usize::try_from(number).ok())
    }
}

impl<T: Readable> Readable for [T; 2] {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<[T; 2]> {
        let pair: Option<[T; 2]> = Vec::read(node, problems)?.try_into().ok();
        if pair.is_none() {
            problems.expected("a list of two", node);
        }
        pair
    }
}

impl<T: Readable> Readable for Option<T> {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Option<T>> {
        if matches!(node.value, Value::Null) { Some(None) } else { T::read(node, problems).map(Some) }
    }

    fn absent() -> Option<Option<T>> {
        Some(None)
    }
}

impl<T: Readable> Readable for Box<T> {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Box<T>> {
        T::read(node, problems).map(Box::new)
    }
}

impl<T: Readable> Readable for Vec<T> {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Vec<T>> {
        let items = items(node, problems)?;
        let mut read = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            if let Some(value) = inside(Step::Index(index), item, problems) {
                read.push(value);
            }
        }
        (read.len() == items.len()).then_some(read)
    }

    fn absent() -> Option<Vec<T>> {
        Some(Vec::new())
    }
}

impl<T: Readable> Readable for Table<T> {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Table<T>> {
        let Value::Object(entries) = &node.value else {
            problems.expected("an object in curly brackets", node);
            return None;
        };
        unique(entries, problems);
        let mut table = Table::new();
        let mut whole = true;
        for entry in entries {
            match under(&entry.key, &entry.node, problems) {
                Some(value) => table.insert(entry.key.clone().into_owned(), value),
                None => whole = false,
            }
        }
        whole.then_some(table)
    }

    fn absent() -> Option<Table<T>> {
        Some(Table::new())
    }
}

/// Reads a struct, field by field: `!` where the key must be there, `?` where its type says what an absent key means,
/// and in brackets the value that stands in for it. All fields are read before any of them can end the struct.
macro_rules! fields {
    ($type:ty { $($field:ident $key:literal $mode:tt),* $(,)? }) => {
        impl $crate::import::readable::Readable for $type {
            fn read(
                node: &$crate::import::json::Node<'_>,
                problems: &mut $crate::import::readable::Problems,
            ) -> Option<Self> {
                let object = $crate::import::readable::Object::of(node, &[$($key),*], problems)?;
                $(let $field = fields!(@ object problems $key $mode);)*
                // one way out, and not one for each field with all that was read before it
                let whole = $($field.is_some())&&*;
                if !whole {
                    return None;
                }
                Some(Self { $($field: $field?),* })
            }
        }
    };
    (@ $object:ident $problems:ident $key:literal !) => { $object.required($key, $problems) };
    (@ $object:ident $problems:ident $key:literal ?) => { $object.field($key, $problems) };
    (@ $object:ident $problems:ident $key:literal ($other:expr)) => { $object.field_or($key, $other, $problems) };
}
pub(crate) use fields;

/// Reads an enum without content from its code.
macro_rules! codes {
    ($type:ty { $($variant:ident $code:literal),* $(,)? }) => {
        impl $crate::import::readable::Readable for $type {
            fn read(
                node: &$crate::import::json::Node<'_>,
                problems: &mut $crate::import::readable::Problems,
            ) -> Option<Self> {
                match $crate::import::readable::one_key(node, &[$($code),*], problems)? {
                    $(($code, None) => Some(Self::$variant),)*
                    _ => {
                        problems.expected("text in double quotes", node);
                        None
                    }
                }
            }
        }
    };
}
pub(crate) use codes;
