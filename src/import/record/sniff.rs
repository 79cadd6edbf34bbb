//! Which format a file is of, and its people.

use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::import::limits;

use super::apple;
use super::cda;
use super::charts::Charts;
use super::resources;
use super::xml;

/// Reads a medical record: what it proposes about each person in it, and what gave no fact.
///
/// | format | how it is known |
/// |---|---|
/// | FHIR, from DSTU2 to R5, JSON: a resource, a bundle of any type, a list, one a line (bulk export) | `resourceType` |
/// | the same as XML: a resource, a bundle of any type | the namespace of the root |
/// | clinical documents: CDA R2, C-CDA, and sections of them alone | `ClinicalDocument`, `section`, … |
/// | an export of Apple Health; one of any length is read by a [`Reader`](super::Reader) | `HealthData` |
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
    let failed = |problem: Diagnostic| Warned { output: Charts::default(), diagnostics: vec![problem] };
    if let Err(problem) = fits(data) {
        return failed(*problem);
    }
    if data.starts_with(b"PK\x03\x04") {
        let help = "take the files out of the archive, and choose those";
        return failed(Diagnostic::error(Code::NotARecord, "the file is an archive of others", help));
    }
    if begins(data) == Some(b'<') {
        return of_xml(data).unwrap_or_else(|| failed(unknown()));
    }
    match decoded(data) {
        Ok(text) if matches!(begins(data), Some(b'{' | b'[')) => resources::of_json(text),
        Ok(_) => failed(unknown()),
        Err(problem) => match good_text(data) {
            Some(text) => {
                let mut read = resources::of_json(text);
                // it stops where it is no text any more
                read.diagnostics.retain(|other| !matches!(other.code, Code::Truncated | Code::Empty));
                read.diagnostics.insert(0, *problem);
                read
            }
            None => failed(*problem),
        },
    }
}

/// What is JSON and comes before the first byte that is no text.
fn good_text(data: &[u8]) -> Option<&str> {
    let error = std::str::from_utf8(data).err()?;
    let text = std::str::from_utf8(data.get(..error.valid_up_to())?).ok()?;
    matches!(begins(data), Some(b'{' | b'[')).then_some(text)
}

fn unknown() -> Diagnostic {
    let help = "choose a medical record: FHIR as JSON or XML, C-CDA, or an export of Apple Health";
    Diagnostic::error(Code::NotARecord, "the file is no medical record that can be read here", help)
}

/// The first byte that says something.
fn begins(data: &[u8]) -> Option<u8> {
    let data = data.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(data);
    data.iter().copied().find(|byte| !byte.is_ascii_whitespace())
}

/// A file of XML, by the name of its root; the bytes are looked at where they are used.
fn of_xml(data: &[u8]) -> Option<Warned<Charts>> {
    let (root, start_tag) = xml::root(data)?;
    if root == apple::ROOT {
        let mut export = apple::Export::new();
        export.push(data);
        return Some(export.finish());
    }
    if cda::is_one(root) {
        return Some(cda::of_xml(data));
    }
    start_tag.contains("http://hl7.org/fhir").then(|| resources::of_xml(data))
}

/// It is not too long, and its characters are of one byte and more.
fn fits(data: &[u8]) -> Result<(), Box<Diagnostic>> {
    if data.len() > limits::RECORD_BYTES {
        return Err(too_long(&data.len().to_string()));
    }
    let marked = data.starts_with(&[0xFF, 0xFE]) || data.starts_with(&[0xFE, 0xFF]);
    if marked || data.get(..2).is_some_and(|two| two.contains(&0)) {
        return Err(encoding("the file is UTF-16 text".to_owned()));
    }
    Ok(())
}

pub(super) fn too_long(bytes: &str) -> Box<Diagnostic> {
    let message = format!(
        "the file has {bytes} bytes; at most {} are read of what is no export of Apple Health",
        limits::RECORD_BYTES
    );
    let help = "give the record of one person, or a few; a large export of lines can be cut between any two";
    Box::new(Diagnostic::error(Code::TooLarge, message, help))
}

fn encoding(message: String) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(Code::WrongEncoding, message, "save the file as UTF-8 text and choose it again"))
}

pub(super) fn decoded(data: &[u8]) -> Result<&str, Box<Diagnostic>> {
    let text = std::str::from_utf8(data).map_err(|error| {
        let line = 1 + data.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count();
        encoding(format!("the file is not UTF-8 text from byte {} on, in line {line}", error.valid_up_to()))
    })?;
    if text.trim_start_matches('\u{FEFF}').trim().is_empty() {
        return Err(Box::new(Diagnostic::error(Code::Empty, "the file is empty", "choose a medical record")));
    }
    Ok(text)
}
