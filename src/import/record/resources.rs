//! The resources of a FHIR file, put to the people they are about.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Span, Warned};
use crate::import::json::{self, Node};
use crate::import::look::Look;
use crate::model::name::Name;

use super::charts::{Charts, Left, Origin, Why};
use super::entry::{Called, Entry, Said};
use super::fhir::{self, Context, Others, Person};
use super::gather::Gathering;
use super::slices::{Lines, Slice, slices};
use super::xml::{self, Splitter, Unit};

/// The kinds of what others refer to.
const REFERRED: [&str; 2] = ["Patient", "Medication"];

/// A resource as it comes out of a file.
struct Read<'r> {
    /// Where it stands; what it is, is not known yet.
    origin: Origin,
    /// The address that a bundle gives it.
    address: Option<&'r str>,
    node: Result<&'r Node<'r>, Box<Diagnostic>>,
}

/// A file that can be gone through more than once.
trait Source {
    /// Every resource in it; where kinds are given, only those that may be of one of them. What is wrong with the file.
    fn each(&self, kinds: &[&str], visit: &mut dyn FnMut(Read<'_>)) -> Option<Diagnostic>;
    /// What stands at a place of it.
    fn bytes(&self, at: Span) -> &[u8];
}

/// Resources that others refer to, by every name they are referred to by.
#[derive(Default)]
pub(super) struct Known {
    medicines: BTreeMap<String, Called<'static>>,
    /// A name of a patient, and the one that its chart goes by.
    people: BTreeMap<String, String>,
    persons: BTreeMap<String, Person>,
}

impl Others for Known {
    fn medicine(&self, reference: &str) -> Option<Called<'_>> {
        self.medicines.get(reference).or_else(|| self.medicines.get(last(reference))).map(Called::borrowed)
    }
}

/// The id at the end of a reference, without its version.
fn last(reference: &str) -> &str {
    let has_version = reference.as_bytes().contains(&b'_');
    let plain = if has_version { reference.split("/_history").next().unwrap_or(reference) } else { reference };
    plain.rsplit(['/', '|']).next().unwrap_or(plain)
}

impl Known {
    fn learn(&mut self, resource: Look<'_, '_>, address: Option<&str>) {
        let id = fhir::id_of(resource);
        let kind = fhir::kind_of(resource).unwrap_or_default();
        let names = [address.map(str::to_owned), id.map(|id| format!("{kind}/{id}"))];
        match kind {
            "Medication" => {
                let called = fhir::of_medication(resource).into_owned();
                for name in names.into_iter().flatten().chain(address.map(|a| last(a).to_owned())) {
                    self.medicines.insert(name, called.clone());
                }
            }
            "Patient" => {
                let key = id.or(address).unwrap_or_default().to_owned();
                for name in names.into_iter().flatten().chain(address.map(|a| last(a).to_owned())).chain([key.clone()])
                {
                    self.people.insert(name, key.clone());
                }
                self.persons.insert(key, fhir::person(resource));
            }
            _ => {}
        }
    }

    /// Whose chart a resource belongs into: as it refers to, or the only person there is.
    fn whose<'r>(&'r self, resource: Look<'r, '_>) -> Option<&'r str> {
        let known = |name: &str| self.people.get(name).map(String::as_str);
        if fhir::kind_of(resource) == Some("Patient") {
            let id = fhir::id_of(resource).unwrap_or_default();
            return Some(known(id).unwrap_or(id));
        }
        match fhir::subject(resource) {
            Some(reference) => {
                let id = last(reference);
                Some(known(reference).or_else(|| known(id)).unwrap_or(id))
            }
            None if self.persons.len() == 1 => self.persons.keys().next().map(String::as_str),
            None if self.persons.is_empty() => Some(""),
            None => None,
        }
    }
}

pub(super) fn of_json(text: &str) -> Warned<Charts> {
    charts("FHIR", &Json::of(text))
}

pub(super) fn of_xml(data: &[u8]) -> Warned<Charts> {
    charts("FHIR (XML)", &Xml { data })
}

fn charts(format: &'static str, source: &dyn Source) -> Warned<Charts> {
    let mut known = Known::default();
    // what nothing refers to is read once
    source.each(&REFERRED, &mut |read: Read<'_>| {
        if let Ok(node) = read.node {
            known.learn(Look::of(node), read.address);
        }
    });
    let mut gathering = Gathering::new(format);
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let mut seen: BTreeSet<(usize, u64, &[u8])> = BTreeSet::new();
    let fault = source.each(&[], &mut |read: Read<'_>| match read.node {
        Ok(node) if !seen.insert(told_apart(source.bytes(read.origin.span))) => {
            let look = Look::of(node);
            let origin = Cow::Owned(Origin { resource: fhir::identity(look), ..read.origin });
            let entry = Entry { said: Said::Left(Why::Repeated), ..Entry::at(origin) };
            gathering.take(known.whose(look).filter(|key| known.persons.contains_key(*key)), &[entry]);
        }
        Ok(node) => resource(node, read.origin, &known, &mut gathering),
        Err(problem) => {
            diagnostics.push(Diagnostic { path: read.origin.path.to_string(), ..*problem });
            gathering.leave(Left::new(read.origin, String::new(), Why::Unreadable));
        }
    });
    diagnostics.splice(0..0, fault);
    let (charts, more) = gathering.done();
    if charts.read == 0 && diagnostics.is_empty() {
        let help = "check that the export was finished; nothing is known of a person about whom a file says nothing";
        diagnostics.push(Diagnostic::warning(Code::Empty, "the file holds no resource", help));
    }
    diagnostics.extend(more);
    Warned { output: charts, diagnostics }
}

/// Bytes in an order that tells most of them apart before any is compared with another.
fn told_apart(bytes: &[u8]) -> (usize, u64, &[u8]) {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |mixed: u64, word: u64| (mixed ^ word).wrapping_mul(ODD).rotate_left(29);
    let (pairs, rest) = bytes.as_chunks::<16>();
    // two at a time, neither of which waits for the other
    let (mut one, mut other) = (0, 0);
    for pair in pairs {
        let pair = u128::from_le_bytes(*pair);
        (one, other) = (mix(one, pair as u64), mix(other, (pair >> 64) as u64));
    }
    let mixed = rest.iter().fold(mix(one, other), |mixed, byte| mix(mixed, u64::from(*byte)));
    (bytes.len(), mixed, bytes)
}

/// A file of somebody who is known from elsewhere; what is wrong with it.
pub(super) fn of_owner(name: &str, data: &[u8], owner: &Person, gathering: &mut Gathering) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let text = match super::sniff::decoded(data) {
        Ok(text) => text,
        Err(problem) => {
            let origin = Origin { path: Name::from(name), ..Origin::default() };
            gathering.leave(Left::new(origin, String::new(), Why::Unreadable));
            return vec![Diagnostic { path: name.to_owned(), ..*problem }];
        }
    };
    let source = Json::of(text);
    let mut known = Known::default();
    source.each(&REFERRED, &mut |read: Read<'_>| {
        if let Ok(node) = read.node {
            known.learn(Look::of(node), read.address);
        }
    });
    let fault = source.each(&[], &mut |read: Read<'_>| {
        let path = format!("{name} {}", read.origin.path);
        let origin = Origin { path: Name::from(path.trim_end()), ..read.origin };
        match read.node {
            Ok(node) => {
                let look = Look::of(node);
                let origin = Origin { resource: fhir::identity(look), ..origin };
                let entries = fhir::entries(look, &origin, &Context { others: &known, person: owner });
                gathering.take(Some(""), &entries);
            }
            Err(problem) => {
                diagnostics.push(Diagnostic { path: origin.path.to_string(), ..*problem });
                gathering.leave(Left::new(origin, String::new(), Why::Unreadable));
            }
        }
    });
    diagnostics.extend(fault.map(|fault| Diagnostic { path: name.to_owned(), ..fault }));
    diagnostics
}

/// A text of JSON, cut into its resources once.
struct Json<'t> {
    text: &'t str,
    found: Vec<Slice>,
    fault: Option<Diagnostic>,
}

impl<'t> Json<'t> {
    fn of(text: &'t str) -> Json<'t> {
        let (found, fault) = slices(text);
        Json { text, found, fault }
    }

    fn at(&self, span: Span) -> &'t str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// It may be of one of these kinds.
    fn may_be(&self, slice: &Slice, kinds: &[&str]) -> bool {
        match slice.kind.map(|kind| self.at(kind)) {
            Some(kind) if !kind.as_bytes().contains(&b'\\') => {
                let kind = kind.strip_prefix('"').and_then(|kind| kind.strip_suffix('"')).unwrap_or(kind);
                kinds.contains(&kind) || kinds.contains(&kind.trim())
            }
            Some(_) | None => kinds.iter().any(|name| self.at(slice.span).contains(name)),
        }
    }
}

impl Source for Json<'_> {
    fn each(&self, kinds: &[&str], visit: &mut dyn FnMut(Read<'_>)) -> Option<Diagnostic> {
        let (mut lines, mut reader, nameless) = (Lines::default(), json::Reader::default(), Name::default());
        for slice in self.found.iter().filter(|slice| kinds.is_empty() || self.may_be(slice, kinds)) {
            let line = lines.at(self.text, slice.span.start);
            let origin = Origin { resource: nameless.clone(), path: slice.path.clone(), line, span: slice.span };
            let address = slice.address.map(|span| self.at(span).trim_matches('"'));
            match reader.read(self.at(slice.span)) {
                Ok(node) => {
                    visit(Read { origin, address, node: Ok(&node) });
                    reader.take_back(node);
                }
                Err(problem) => {
                    let by = slice.span.start;
                    let moved = problem.span.map(|at| Span { start: at.start + by, end: at.end + by });
                    visit(Read { origin, address, node: Err(Box::new(Diagnostic { span: moved, ..*problem })) });
                }
            }
        }
        self.fault.clone()
    }

    fn bytes(&self, at: Span) -> &[u8] {
        self.at(at).as_bytes()
    }
}

struct Xml<'t> {
    data: &'t [u8],
}

impl Source for Xml<'_> {
    fn each(&self, kinds: &[&str], visit: &mut dyn FnMut(Read<'_>)) -> Option<Diagnostic> {
        let mut splitter = Splitter::new(cuts, "");
        let mut take = |unit: Unit<'_>| {
            let has = |name: &str| unit.bytes.windows(name.len()).any(|bytes| bytes == name.as_bytes());
            if kinds.is_empty() || kinds.iter().any(|name| has(name)) {
                of_unit(&unit, visit);
            }
        };
        splitter.push(self.data, &mut take);
        splitter.finish(&mut take)
    }

    fn bytes(&self, at: Span) -> &[u8] {
        self.data.get(at.start..at.end).unwrap_or_default()
    }
}

/// The entries of a bundle, or a resource alone.
fn cuts(path: &[&str]) -> bool {
    match path {
        [root] => *root != "Bundle",
        [_, inside] => *inside == "entry",
        _ => false,
    }
}

fn of_unit(unit: &Unit<'_>, visit: &mut dyn FnMut(Read<'_>)) {
    let span = Span { start: unit.start, end: unit.start + unit.bytes.len() };
    let whole = Origin { resource: Name::default(), path: Name::from(unit.path), line: unit.line, span };
    let mut failed = |problem| visit(Read { origin: whole.clone(), address: None, node: Err(problem) });
    let wrapped = match xml::wrapped(unit) {
        Ok(wrapped) => wrapped,
        Err(problem) => return failed(problem),
    };
    let tree = match xml::tree(unit, &wrapped) {
        Ok(tree) => tree,
        Err(problem) => return failed(problem),
    };
    for (element, address, path) in fhir::xml::resources(tree.root(), unit.path) {
        let path = Name::from(path);
        let origin = Origin { resource: Name::default(), path, line: tree.line(element), span: tree.span(element) };
        let node = fhir::xml::resource(element, &tree);
        visit(Read { origin, address, node: Ok(&node) });
    }
}

fn resource(node: &Node<'_>, origin: Origin, known: &Known, gathering: &mut Gathering) {
    let look = Look::of(node);
    let origin = Origin { resource: fhir::identity(look), ..origin };
    let nobody = Person::default();
    let whose = known.whose(look);
    let person = whose.and_then(|key| known.persons.get(key)).unwrap_or(&nobody);
    let entries = fhir::entries(look, &origin, &Context { others: known, person });
    // what says nothing of a person opens no chart
    let silent = entries.iter().all(|entry| matches!(entry.said, Said::Left(Why::OtherKind | Why::Group)));
    let whose = whose.filter(|key| !silent || fhir::subject(look).is_some() && known.persons.contains_key(*key));
    gathering.take(whose, &entries);
}
