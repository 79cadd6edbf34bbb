//! Which format a file is of, and its people.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Span, Warned};
use crate::import::json::{self, Node};
use crate::import::limits;
use crate::import::look::Look;

use super::charts::{Charts, Left, Origin, Why};
use super::entry::{Called, Entry, Said};
use super::fhir::{self, Context, Others, Person};
use super::gather::Gathering;
use super::slices::{Slice, line_of, slices};

/// Reads a medical record: what it proposes about each person in it, and what gave no fact.
///
/// | format | how it is known |
/// |---|---|
/// | FHIR, from DSTU2 to R5, JSON: a resource, a bundle of any type, a list, one a line (bulk export) | `resourceType` |
///
/// Nothing that it returns counts as known: a proposal becomes a fact of a record when somebody accepts it. What a record
/// does not say stays unknown.
///
/// # Example
///
/// ```
/// use trial_prescreen::import::record::record;
/// let bundle = r#"{"resourceType":"Bundle","type":"collection","entry":[
///   {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"p","birthDate":"1960-05-04","gender":"female"}},
///   {"resource":{"resourceType":"Observation","id":"o","status":"final","subject":{"reference":"urn:uuid:1"},
///     "code":{"coding":[{"system":"http://loinc.org","code":"1742-6"}]},"effectiveDateTime":"2026-02-28",
///     "valueQuantity":{"value":101,"unit":"U/L"},"referenceRange":[{"high":{"value":40,"unit":"U/L"}}]}}]}"#;
/// let read = record(bundle.as_bytes());
/// let facts: Vec<&str> = read.output.charts[0].proposals.iter().map(|p| p.fact.id.as_str()).collect();
/// assert_eq!(facts, ["r1", "r2", "r3"]); // the birth date, the sex, the ALT with its limit
/// ```
pub fn record(data: &[u8]) -> Warned<Charts> {
    let text = match decoded(data) {
        Ok(text) => text,
        Err(problem) => return Warned { output: Charts::default(), diagnostics: vec![*problem] },
    };
    let first = text.trim_start_matches('\u{FEFF}').trim_start();
    if first.starts_with(['{', '[']) {
        return of_json(text);
    }
    let help = "choose a medical record: FHIR as JSON";
    let problem = Diagnostic::error(Code::NotARecord, "the file is no medical record that can be read here", help);
    Warned { output: Charts::default(), diagnostics: vec![problem] }
}

fn decoded(data: &[u8]) -> Result<&str, Box<Diagnostic>> {
    if data.len() > limits::RECORD_BYTES {
        let message = format!("the file has {} bytes; at most {} are read", data.len(), limits::RECORD_BYTES);
        let help = "give the record of one person, or a few; a large export of lines can be cut between any two";
        return Err(Box::new(Diagnostic::error(Code::TooLarge, message, help)));
    }
    let wrong = |message: String| {
        Box::new(Diagnostic::error(Code::WrongEncoding, message, "save the file as UTF-8 text and choose it again"))
    };
    if data.starts_with(&[0xFF, 0xFE]) || data.starts_with(&[0xFE, 0xFF]) {
        return Err(wrong("the file is UTF-16 text".to_owned()));
    }
    let text = std::str::from_utf8(data)
        .map_err(|error| wrong(format!("the file is not UTF-8 text from byte {} on", error.valid_up_to())))?;
    if text.trim_start_matches('\u{FEFF}').trim().is_empty() {
        return Err(Box::new(Diagnostic::error(Code::Empty, "the file is empty", "choose a medical record")));
    }
    Ok(text)
}

/// Resources that others refer to, by every name they are referred to by.
#[derive(Default)]
struct Known {
    medicines: BTreeMap<String, Called>,
    /// A name of a patient, and the one that its chart goes by.
    people: BTreeMap<String, String>,
    persons: BTreeMap<String, Person>,
}

impl Others for Known {
    fn medicine(&self, reference: &str) -> Option<Called> {
        self.medicines.get(reference).or_else(|| self.medicines.get(last(reference))).cloned()
    }
}

/// The id at the end of a reference, without its version.
fn last(reference: &str) -> &str {
    let plain = reference.split("/_history").next().unwrap_or(reference);
    plain.rsplit(['/', '|']).next().unwrap_or(plain)
}

impl Known {
    fn learn(&mut self, resource: Look<'_, '_>, address: Option<&str>) {
        let id = fhir::id_of(resource);
        let kind = fhir::kind_of(resource).unwrap_or_default();
        let names = [address.map(str::to_owned), id.as_ref().map(|id| format!("{kind}/{id}"))];
        match kind.as_str() {
            "Medication" => {
                let called = fhir::of_medication(resource);
                for name in names.into_iter().flatten().chain(address.map(|a| last(a).to_owned())) {
                    self.medicines.insert(name, called.clone());
                }
            }
            "Patient" => {
                let key = id.or_else(|| address.map(str::to_owned)).unwrap_or_default();
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
    fn whose(&self, resource: Look<'_, '_>) -> Option<String> {
        if fhir::kind_of(resource).as_deref() == Some("Patient") {
            let id = fhir::id_of(resource).unwrap_or_default();
            return Some(self.people.get(&id).cloned().unwrap_or(id));
        }
        match fhir::subject(resource) {
            Some(reference) => {
                let known = self.people.get(&reference).or_else(|| self.people.get(last(&reference)));
                Some(known.cloned().unwrap_or_else(|| last(&reference).to_owned()))
            }
            None if self.persons.len() == 1 => self.persons.keys().next().cloned(),
            None if self.persons.is_empty() => Some(String::new()),
            None => None,
        }
    }
}

fn of_json(text: &str) -> Warned<Charts> {
    let (found, fault) = slices(text);
    let mut diagnostics: Vec<Diagnostic> = fault.into_iter().collect();
    let within = |slice: &Slice| text.get(slice.span.start..slice.span.end).unwrap_or_default();
    let address = |slice: &Slice| {
        slice.address.and_then(|at| text.get(at.start..at.end)).map(|quoted| quoted.trim_matches('"').to_owned())
    };
    let mut known = Known::default();
    for slice in &found {
        let source = within(slice);
        // what nothing refers to is read once
        if (source.contains("\"Patient\"") || source.contains("\"Medication\""))
            && let Ok(node) = json::parse(source)
        {
            known.learn(Look::of(&node), address(slice).as_deref());
        }
    }
    let mut gathering = Gathering::new("FHIR");
    let mut lines = Lines::default();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for slice in &found {
        let line = lines.at(text, slice.span.start);
        let origin = |resource: String| Origin { resource, path: slice.path.clone(), line, span: slice.span };
        match json::parse(within(slice)) {
            Ok(node) if !seen.insert(within(slice)) => {
                let look = Look::of(&node);
                let entry =
                    Entry { said: Said::Left(Why::Repeated), origin: origin(fhir::identity(look)), ..Entry::default() };
                gathering.take(known.whose(look).filter(|key| known.persons.contains_key(key)).as_deref(), &[entry]);
            }
            Ok(node) => resource(&node, &origin, &known, &mut gathering),
            Err(problem) => {
                let moved =
                    problem.span.map(|at| Span { start: at.start + slice.span.start, end: at.end + slice.span.start });
                diagnostics.push(Diagnostic { span: moved, path: slice.path.clone(), ..*problem });
                let unread =
                    Entry { said: Said::Left(Why::Unreadable), origin: origin(String::new()), ..Entry::default() };
                gathering.leave(Left { origin: unread.origin, said: String::new(), why: Why::Unreadable, kept: None });
            }
        }
    }
    if found.is_empty() && diagnostics.is_empty() {
        let help = "check that the export was finished; nothing is known of a person about whom a file says nothing";
        diagnostics.push(Diagnostic::warning(Code::Empty, "the file holds no resource", help));
    }
    let (charts, more) = gathering.done();
    diagnostics.extend(more);
    Warned { output: charts, diagnostics }
}

fn resource(node: &Node<'_>, origin: &dyn Fn(String) -> Origin, known: &Known, gathering: &mut Gathering) {
    let look = Look::of(node);
    let origin = origin(fhir::identity(look));
    let nobody = Person::default();
    let whose = known.whose(look);
    let person = whose.as_ref().and_then(|key| known.persons.get(key)).unwrap_or(&nobody);
    let entries = fhir::entries(look, &origin, &Context { others: known, person });
    // what says nothing of a person opens no chart
    let silent = entries.iter().all(|entry| matches!(entry.said, Said::Left(Why::OtherKind | Why::Group)));
    let whose = whose.filter(|key| !silent || fhir::subject(look).is_some() && known.persons.contains_key(key));
    gathering.take(whose.as_deref(), &entries);
}

/// Lines counted once, from the front.
#[derive(Default)]
struct Lines {
    at: usize,
    line: usize,
}

impl Lines {
    fn at(&mut self, text: &str, place: usize) -> usize {
        if self.line == 0 || place < self.at {
            *self = Lines { at: place, line: line_of(text, place) };
        } else {
            let between = text.as_bytes().get(self.at..place).unwrap_or(&[]);
            self.line += between.iter().filter(|byte| **byte == b'\n').count();
            self.at = place;
        }
        self.line
    }
}
