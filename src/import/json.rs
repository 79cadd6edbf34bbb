//! JSON with its places: a deserializer that knows where every value stands and goes on after a mistake.
//!
//! The syntax is `serde_json`'s business; this file keeps the place of each value (a raw value is a slice of the
//! text), looks for unknown and repeated keys, and words the problems.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::value::RawValue;

use crate::diagnostic::{Code, Diagnostic, Span, quoted, refusal};

/// Objects and lists inside one another, at most.
pub(crate) const DEEPEST: usize = 64;

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

/// The text, and what was found wrong in it so far.
pub(crate) struct Document<'t> {
    text: &'t str,
    root: &'t str,
    problems: RefCell<Vec<Diagnostic>>,
}

impl<'t> Document<'t> {
    /// The document, where the text is JSON at all.
    pub(crate) fn new(text: &'t str) -> Result<Document<'t>, Diagnostic> {
        let json = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let root: &RawValue = serde_json::from_str(json).map_err(|error| syntax(text, json, &error))?;
        Ok(Document { text, root: root.get(), problems: RefCell::new(Vec::new()) })
    }

    /// Reads the whole document as a `T`; problems are kept.
    pub(crate) fn read<T: de::Deserialize<'t>>(&self) -> Option<T> {
        self.read_raw(self.root, &[])
    }

    /// Reads each element of a list as a `T`; problems of those that cannot be read are kept.
    pub(crate) fn read_list<T: de::Deserialize<'t>>(&self) -> Vec<T> {
        let Ok(list) = items(self.root) else {
            self.read::<Vec<()>>();
            return Vec::new();
        };
        let parts = list.into_iter().enumerate();
        parts.filter_map(|(index, raw)| self.read_raw(raw, &[Step::Index(index)])).collect()
    }

    /// Reads each part of the object or list at `path` as a `T`, so that one bad part does not hide the others.
    pub(crate) fn read_parts<T: de::Deserialize<'t>>(&self, path: &[Step]) {
        let raw = self.descend(path);
        let parts: Vec<(Step, &str)> = match raw.bytes().next() {
            Some(b'{') => entries(self.text, raw)
                .map(|all| all.into_iter().map(|(key, raw, _)| (Step::Key(key.into_owned()), raw)).collect()),
            _ => items(raw).map(|all| all.into_iter().enumerate().map(|(i, raw)| (Step::Index(i), raw)).collect()),
        }
        .unwrap_or_default();
        for (step, raw) in parts {
            let mut steps = path.to_vec();
            steps.push(step);
            self.read_raw::<T>(raw, &steps);
        }
    }

    fn read_raw<T: de::Deserialize<'t>>(&self, raw: &'t str, prefix: &[Step]) -> Option<T> {
        let path = Path { prefix, parent: None, step: None, depth: prefix.len() };
        let reader = Reader { document: self, raw, path };
        match T::deserialize(reader) {
            Ok(value) => Some(value),
            Err(problem) => {
                self.problems.borrow_mut().push(*problem.0);
                None
            }
        }
    }

    /// What was found wrong, in the order of the text, each once.
    pub(crate) fn problems(self) -> Vec<Diagnostic> {
        let mut problems = self.problems.into_inner();
        problems.sort_unstable_by_key(|problem| (problem.span, problem.code));
        problems.dedup_by_key(|problem| (problem.span, problem.code));
        problems
    }

    /// Text under a key of the outermost object.
    pub(crate) fn top(&self, key: &str) -> Option<(String, Span)> {
        let (_, raw, _) = entries(self.text, self.root).ok()?.into_iter().find(|(name, ..)| name == key)?;
        Some((serde_json::from_str(raw).ok()?, self.span(raw)))
    }

    /// The place of the value at the end of a path; of the nearest value above it, where the path is longer.
    pub(crate) fn place(&self, path: &[Step]) -> Span {
        self.span(self.descend(path))
    }

    fn descend(&self, path: &[Step]) -> &'t str {
        let mut raw = self.root;
        for step in path {
            let next = match step {
                Step::Key(key) => entries(self.text, raw)
                    .ok()
                    .and_then(|all| all.into_iter().find(|(name, ..)| name == key).map(|(_, raw, _)| raw)),
                Step::Index(index) => items(raw).ok().and_then(|all| all.get(*index).copied()),
            };
            match next {
                Some(next) => raw = next,
                None => break,
            }
        }
        raw
    }

    fn span(&self, raw: &str) -> Span {
        let start = offset(self.text, raw);
        Span { start, end: start + raw.len() }
    }
}

/// Where a slice of the text begins in it.
fn offset(text: &str, slice: &str) -> usize {
    (slice.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

fn syntax(text: &str, json: &str, error: &serde_json::Error) -> Diagnostic {
    let line_start: usize = json.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut at = (offset(text, json) + line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let end = text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |c| at + c.len_utf8());
    let place = format!("line {}, column {}", error.line(), error.column());
    let problem = if error.is_eof() {
        Diagnostic::error(
            Code::Truncated,
            format!("the text stops in the middle, at {place}"),
            "get the whole file again: it was cut off on its way here",
        )
    } else {
        Diagnostic::error(
            Code::NotJson,
            format!("the text is not JSON from {place} on"),
            "check the comma, quote or bracket just before this place",
        )
    };
    problem.at(Span { start: at, end })
}

type Entry<'t> = (Cow<'t, str>, &'t str, Span);

/// The keys and values of an object in the text's order, each key with its place.
fn entries<'t>(text: &'t str, raw: &'t str) -> Result<Vec<Entry<'t>>, Problem> {
    struct Pairs<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);
    impl<'t> de::Deserialize<'t> for Pairs<'t> {
        fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
            struct Collect;
            impl<'t> Visitor<'t> for Collect {
                type Value = Pairs<'t>;
                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("an object")
                }
                fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Pairs<'t>, A::Error> {
                    let mut pairs = Vec::new();
                    while let Some((key, value)) = map.next_entry::<String, &'t RawValue>()? {
                        pairs.push((Cow::Owned(key), value));
                    }
                    Ok(Pairs(pairs))
                }
            }
            deserializer.deserialize_map(Collect)
        }
    }
    let Pairs(pairs) = serde_json::from_str(raw).map_err(|_| expected("an object in curly brackets", raw))?;
    let mut before = offset(text, raw) + 1;
    Ok(pairs
        .into_iter()
        .map(|(key, value)| {
            let start = offset(text, value.get());
            let gap = text.get(before..start).unwrap_or("");
            let open = gap.find('"').unwrap_or(0);
            let close = gap.rfind('"').map_or(gap.len(), |at| at + 1);
            let span = Span { start: before + open, end: before + close };
            before = start + value.get().len();
            (key, value.get(), span)
        })
        .collect())
}

fn items(raw: &str) -> Result<Vec<&str>, Problem> {
    let list: Vec<&RawValue> = serde_json::from_str(raw).map_err(|_| expected("a list in square brackets", raw))?;
    Ok(list.into_iter().map(RawValue::get).collect())
}

fn text_of(raw: &str) -> Result<String, Problem> {
    serde_json::from_str(raw).map_err(|_| {
        let mut problem = expected("text in double quotes", raw);
        if raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            problem.0.help = format!("put the number in double quotes: \"{raw}\"");
        }
        problem
    })
}

fn expected(what: &str, raw: &str) -> Problem {
    let found = match raw.bytes().next() {
        Some(b'{') => "an object".to_owned(),
        Some(b'[') => "a list".to_owned(),
        Some(b'n') => "nothing (`null`)".to_owned(),
        _ => quoted(raw),
    };
    Problem(Box::new(Diagnostic::error(
        Code::WrongType,
        format!("found {found} where {what} belongs"),
        format!("put {what} here"),
    )))
}

/// A problem on its way up to the value it belongs to.
#[derive(Debug)]
pub(crate) struct Problem(Box<Diagnostic>);

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Problem {}

impl de::Error for Problem {
    fn custom<T: fmt::Display>(message: T) -> Problem {
        let message = message.to_string();
        let (code, help) =
            refusal(&message).unwrap_or((Code::WrongType, "see the format's description for what belongs here"));
        Problem(Box::new(Diagnostic::error(code, message, help)))
    }

    fn missing_field(field: &'static str) -> Problem {
        Problem(Box::new(Diagnostic::error(
            Code::MissingKey,
            format!("the key `{field}` is missing"),
            format!("add \"{field}\" to this object"),
        )))
    }

    fn unknown_variant(variant: &str, known: &'static [&'static str]) -> Problem {
        Problem(Box::new(Diagnostic::error(
            Code::UnknownValue,
            format!("{} is not one of the values that belong here", quoted(variant)),
            format!("use one of: {}", known.join(", ")),
        )))
    }
}

/// The way from the root, as a list on the stack.
#[derive(Clone, Copy)]
struct Path<'p> {
    prefix: &'p [Step],
    parent: Option<&'p Path<'p>>,
    step: Option<StepRef<'p>>,
    depth: usize,
}

#[derive(Clone, Copy)]
enum StepRef<'p> {
    Key(&'p str),
    Index(usize),
}

impl Path<'_> {
    fn steps(&self) -> Vec<Step> {
        let mut steps = self.parent.map_or_else(|| self.prefix.to_vec(), Path::steps);
        match self.step {
            Some(StepRef::Key(key)) => steps.push(Step::Key(key.to_owned())),
            Some(StepRef::Index(index)) => steps.push(Step::Index(index)),
            None => {}
        }
        steps
    }
}

#[derive(Clone, Copy)]
struct Reader<'t, 'p> {
    document: &'p Document<'t>,
    raw: &'t str,
    path: Path<'p>,
}

impl<'t, 'p> Reader<'t, 'p> {
    fn inside<'q>(&'q self, raw: &'t str, step: StepRef<'q>) -> Reader<'t, 'q> {
        let path = Path { prefix: &[], parent: Some(&self.path), step: Some(step), depth: self.path.depth + 1 };
        Reader { document: self.document, raw, path }
    }

    /// The problem, at this value unless it has a place already.
    fn here(&self, mut problem: Problem) -> Problem {
        if problem.0.span.is_none() {
            problem.0.span = Some(self.document.span(self.raw));
            problem.0.path = shown(&self.path.steps());
        }
        problem
    }

    fn not_too_deep(&self) -> Result<(), Problem> {
        if self.path.depth < DEEPEST {
            return Ok(());
        }
        Err(self.here(Problem(Box::new(Diagnostic::error(
            Code::TooDeep,
            format!("objects and lists are nested more than {DEEPEST} deep here"),
            "split the expression into several criteria, or take out brackets that do nothing",
        )))))
    }

    fn object<V: Visitor<'t>>(self, known: Option<&'static [&'static str]>, visitor: V) -> Result<V::Value, Problem> {
        self.not_too_deep()?;
        let mut all = entries(self.document.text, self.raw).map_err(|problem| self.here(problem))?;
        let mut seen: Vec<(String, Span)> = Vec::new();
        all.retain(|(key, _, span)| {
            if let Some((_, first)) = seen.iter().find(|(name, _)| name == key) {
                let problem = Diagnostic::error(
                    Code::DuplicateKey,
                    format!("the key {} stands here a second time", quoted(key)),
                    "keep one of the two",
                );
                self.document
                    .problems
                    .borrow_mut()
                    .push(problem.at(*span).and_at(*first).on(shown(&self.path.steps())));
                return false;
            }
            seen.push((key.clone().into_owned(), *span));
            let fits = known.is_none_or(|known| known.contains(&key.as_ref()));
            if !fits {
                let help = match known.and_then(|known| nearest(key, known)) {
                    Some(near) => format!("did you mean \"{near}\"? Otherwise take the key out"),
                    None => format!("take the key out; here belong: {}", known.unwrap_or(&[]).join(", ")),
                };
                let problem =
                    Diagnostic::error(Code::UnknownKey, format!("the key {} does not belong here", quoted(key)), help);
                self.document.problems.borrow_mut().push(problem.at(*span).on(shown(&self.path.steps())));
            }
            fits
        });
        let fields = Fields { reader: &self, entries: all.into_iter(), value: None };
        visitor.visit_map(fields).map_err(|problem| self.here(problem))
    }
}

/// The known key that differs in the fewest letters, where it is at most two.
fn nearest(key: &str, known: &'static [&'static str]) -> Option<&'static str> {
    let distance = |other: &str| {
        let mut row: Vec<usize> = (0..=other.chars().count()).collect();
        for (i, a) in key.chars().enumerate() {
            let mut diagonal = i;
            let mut left = i + 1;
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
    if key.len() > 40 {
        return None;
    }
    known.iter().map(|other| (distance(other), *other)).filter(|(d, _)| *d <= 2).min().map(|(_, other)| other)
}

struct Fields<'t, 'r> {
    reader: &'r Reader<'t, 'r>,
    entries: std::vec::IntoIter<Entry<'t>>,
    value: Option<Entry<'t>>,
}

impl<'t> MapAccess<'t> for Fields<'t, '_> {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Problem> {
        let Some(entry) = self.entries.next() else { return Ok(None) };
        let key = entry.0.clone().into_owned();
        self.value = Some(entry);
        seed.deserialize(key.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Problem> {
        let Some((key, raw, _)) = self.value.take() else {
            return Err(de::Error::custom("a value without its key"));
        };
        seed.deserialize(self.reader.inside(raw, StepRef::Key(&key)))
    }
}

struct Elements<'t, 'r> {
    reader: &'r Reader<'t, 'r>,
    items: std::iter::Enumerate<std::vec::IntoIter<&'t str>>,
}

impl<'t> SeqAccess<'t> for Elements<'t, '_> {
    type Error = Problem;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Problem> {
        let Some((index, raw)) = self.items.next() else { return Ok(None) };
        seed.deserialize(self.reader.inside(raw, StepRef::Index(index))).map(Some)
    }
}

struct Variant<'t, 'r> {
    reader: &'r Reader<'t, 'r>,
    name: String,
    content: Option<&'t str>,
}

impl<'t, 'r> EnumAccess<'t> for Variant<'t, 'r> {
    type Error = Problem;
    type Variant = Variant<'t, 'r>;

    fn variant_seed<V: DeserializeSeed<'t>>(self, seed: V) -> Result<(V::Value, Variant<'t, 'r>), Problem> {
        let name = self.name.clone();
        Ok((seed.deserialize(name.into_deserializer())?, self))
    }
}

impl<'t> VariantAccess<'t> for Variant<'t, '_> {
    type Error = Problem;

    fn unit_variant(self) -> Result<(), Problem> {
        match self.content {
            None => Ok(()),
            Some(raw) => Err(expected(&format!("the plain text \"{}\"", self.name), raw)),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'t>>(self, seed: T) -> Result<T::Value, Problem> {
        match self.content {
            Some(raw) => seed.deserialize(self.reader.inside(raw, StepRef::Key(&self.name))),
            None => Err(expected(&format!("an object {{\"{}\": …}}", self.name), self.reader.raw)),
        }
    }

    fn tuple_variant<V: Visitor<'t>>(self, _: usize, visitor: V) -> Result<V::Value, Problem> {
        match self.content {
            Some(raw) => self.reader.inside(raw, StepRef::Key(&self.name)).deserialize_seq(visitor),
            None => Err(expected("a list in square brackets", self.reader.raw)),
        }
    }

    fn struct_variant<V: Visitor<'t>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Problem> {
        match self.content {
            Some(raw) => self.reader.inside(raw, StepRef::Key(&self.name)).object(Some(fields), visitor),
            None => Err(expected("an object in curly brackets", self.reader.raw)),
        }
    }
}

impl<'t> Deserializer<'t> for Reader<'t, '_> {
    type Error = Problem;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.raw.bytes().next() {
            Some(b'{') => self.deserialize_map(visitor),
            Some(b'[') => self.deserialize_seq(visitor),
            Some(b'"') => self.deserialize_string(visitor),
            Some(b't' | b'f') => self.deserialize_bool(visitor),
            Some(b'n') => visitor.visit_unit().map_err(|problem| self.here(problem)),
            _ => self.deserialize_u64(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.raw {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            raw => Err(expected("true or false", raw)),
        }
        .map_err(|problem| self.here(problem))
    }

    fn deserialize_u64<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.raw.parse::<u64>() {
            Ok(number) => visitor.visit_u64(number),
            Err(_) => Err(expected("a whole number", self.raw)),
        }
        .map_err(|problem| self.here(problem))
    }

    fn deserialize_u32<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.raw.parse::<u32>() {
            Ok(number) => visitor.visit_u32(number),
            Err(_) => Err(expected("a whole number", self.raw)),
        }
        .map_err(|problem| self.here(problem))
    }

    fn deserialize_string<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Problem> {
        text_of(self.raw).and_then(|text| visitor.visit_string(text)).map_err(|problem| self.here(problem))
    }

    fn deserialize_str<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_string(visitor)
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Problem> {
        if self.raw == "null" { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(self, _: &'static str, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.not_too_deep()?;
        let all = items(self.raw).map_err(|problem| self.here(problem))?;
        visitor
            .visit_seq(Elements { reader: &self, items: all.into_iter().enumerate() })
            .map_err(|problem| self.here(problem))
    }

    fn deserialize_tuple<V: Visitor<'t>>(self, _: usize, visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.object(None, visitor)
    }

    fn deserialize_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        self.object(Some(fields), visitor)
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        self.not_too_deep()?;
        let variant = if self.raw.starts_with('"') {
            Variant { reader: &self, name: text_of(self.raw).map_err(|problem| self.here(problem))?, content: None }
        } else {
            let all = entries(self.document.text, self.raw).map_err(|problem| self.here(problem))?;
            let [(name, content, span)] = all.as_slice() else {
                let problem = expected("an object with exactly one key", self.raw);
                return Err(self.here(problem));
            };
            if !variants.contains(&name.as_ref()) {
                let help = match nearest(name, variants) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => format!("use one of: {}", variants.join(", ")),
                };
                let message = format!("the key {} does not belong here", quoted(name));
                let problem = Diagnostic::error(Code::UnknownKey, message, help);
                return Err(Problem(Box::new(problem.at(*span).on(shown(&self.path.steps())))));
            }
            Variant { reader: &self, name: name.clone().into_owned(), content: Some(content) }
        };
        visitor.visit_enum(variant).map_err(|problem| self.here(problem))
    }

    fn deserialize_identifier<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_string(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'t>>
        i8 i16 i32 i64 i128 u8 u16 u128 f32 f64 char bytes byte_buf unit unit_struct tuple_struct
    }
}
