//! Which format a file is of.

use crate::diagnostic::{Code, Diagnostic, Severity, Span, Warned};
use crate::import::document::{self, ImportError, decoded};
use crate::import::json::{self, Node, Value};
use crate::import::limits;
use crate::model::trial::Trial;

use super::xml::{self, Element};
use super::{china, classic, ctgov, ctgov_v1, ctis, eudract, fhir, ictrp, isrctn, plain, usdm};
use crate::import::look::Look;

/// A trial as it was read, and whether it was a trial document.
pub(crate) type Loaded = Result<(Warned<Trial>, bool), ImportError>;

/// Reads a trial from the bytes of a file, whatever format it is in.
///
/// | format | how it is known |
/// |---|---|
/// | the trial document, `trial-prescreen/1` | `format`; see [`import::document`](crate::import::document) |
/// | ClinicalTrials.gov, API version 2: a study, a list of them, `{"studies": […]}`, one a line | `protocolSection` |
/// | the same, API version 1: a study, or an answer with several | `ProtocolSection` |
/// | ClinicalTrials.gov, the XML of its classic site | `<clinical_study>` |
/// | CTIS, the European Union's register | `ctNumber` |
/// | EudraCT, its older one: the download, or a collector's tables of it | `EudraCT Number:`, `a2_eudract_number` |
/// | ISRCTN | `isrctn` |
/// | USDM, versions 3 and 4 | `study` with `versions` or `studyDesigns` |
/// | FHIR R5: a `ResearchStudy` with its group, a `Group`, an `EvidenceVariable`, a bundle of these | `resourceType` |
/// | chinadrugtrials.org.cn and ChiCTR: the page as text, a collector's rows, ChiCTR's XML | `登记号`, `注册号`, `ctr`, `<trials>` |
/// | the search portal of the WHO, XML; no number of it is computed, as it loses ≤ and ≥ | `<Trials_downloaded_from_ICTRP>` |
/// | criteria as text, in English or Chinese | anything else that has headings or several lines |
///
/// A record becomes a trial with a question for everything that its criteria ask. What its text and its own fields for
/// age and sex say differently is said and both are asked; a record whose criteria are given in part, or not at all,
/// finds nobody eligible.
///
/// # Errors
///
/// Every mistake is a diagnostic with its place: no known format, more than one trial (read those with [`trials`]), a
/// list that is too long.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Code, import};
/// let record = r#"{"protocolSection":{"identificationModule":{"nctId":"NCT00000000","briefTitle":"Iron in adults"},
///   "eligibilityModule":{"eligibilityCriteria":"Inclusion Criteria:\n\n* Ferritin \\< 30 ng/mL\n\nExclusion Criteria:\n\n* Pacemaker",
///   "minimumAge":"18 Years","sex":"ALL"}}}"#;
/// let trial = import::trial(record.as_bytes()).unwrap().output;
/// let ids: Vec<&str> = trial.eligibility.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
/// assert_eq!(ids, ["R1", "I1", "E1"]); // the registry's own field for the age, then the text
/// assert!(trial.questions.contains_key("birth-date"));
/// ```
pub fn trial(data: &[u8]) -> Result<Warned<Trial>, ImportError> {
    load(data).map(|(trial, _)| trial)
}

/// A trial, and whether its file is a trial document.
pub(crate) fn load(data: &[u8]) -> Loaded {
    let mut found = each(data)?;
    match (found.pop(), found.len()) {
        (Some((_, one)), 0) => one,
        (_, others) => {
            let message = format!("the file holds {} trials", others + 1);
            Err(Diagnostic::error(Code::SeveralTrials, message, "choose one of them").into())
        }
    }
}

/// Reads every trial of a file, in its order.
///
/// Each diagnostic names the trial it is about in its path: `[3]` is the fourth. A trial that cannot be read is an error
/// there and changes nothing else.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Code, import};
/// let file = r#"[{"protocolSection":{"identificationModule":{"nctId":"NCT00000000"}}}, {"protocolSection":{}}]"#;
/// let read = import::trials(file.as_bytes());
/// assert_eq!(read.output.len(), 1);
/// assert!(read.diagnostics.iter().any(|problem| problem.code == Code::MissingKey && problem.path == "[1]"));
/// ```
pub fn trials(data: &[u8]) -> Warned<Vec<Trial>> {
    let found = match each(data) {
        Ok(found) => found,
        Err(error) => return Warned { output: Vec::new(), diagnostics: error.diagnostics },
    };
    let mut read = Warned { output: Vec::new(), diagnostics: Vec::new() };
    for (at, (span, one)) in found.into_iter().enumerate() {
        let diagnostics = match one {
            Ok((one, _)) => {
                read.output.push(one.output);
                one.diagnostics
            }
            Err(error) => error.diagnostics,
        };
        read.diagnostics.extend(diagnostics.into_iter().map(|mut diagnostic| {
            diagnostic.span = diagnostic.span.or(span.filter(|_| diagnostic.severity == Severity::Error));
            let dot = if diagnostic.path.is_empty() { "" } else { "." };
            let path = format!("[{at}]{dot}{}", diagnostic.path);
            diagnostic.on(path)
        }));
    }
    read
}

/// Each trial of a file, with its place where the file holds several.
fn each(data: &[u8]) -> Result<Vec<(Option<Span>, Loaded)>, ImportError> {
    let text = decoded(data)?;
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    let found = match start.chars().next() {
        Some('{' | '[') => of_json(text)?,
        Some('<') => of_xml(text)?,
        _ if eudract::is_text(text) => {
            eudract::import_text(text).into_iter().map(|one| (None, imported(one))).collect()
        }
        _ if china::is_text(text) => vec![(None, imported(china::import_text(text)))],
        _ if plain::is_some(text) => vec![(None, imported(plain::import(text)))],
        _ => return Err(unknown("this is no record, and no list of criteria").into()),
    };
    if found.len() > limits::TRIALS {
        let message = format!("the file holds {} trials; at most {} are read", found.len(), limits::TRIALS);
        return Err(Diagnostic::error(Code::TooMany, message, "split the file").into());
    }
    Ok(found)
}

fn imported(trial: Result<Warned<Trial>, ImportError>) -> Loaded {
    trial.map(|trial| (trial, false))
}

fn unknown(message: &str) -> Diagnostic {
    let help = "choose a trial document or a registry's record, or paste the criteria with their headings";
    Diagnostic::error(Code::NotATrial, message, help)
}

fn of_json(text: &str) -> Result<Vec<(Option<Span>, Loaded)>, ImportError> {
    if let Some(lines) = lines(text) {
        return Ok(lines
            .into_iter()
            .map(|(span, line)| {
                let found = json::parse(line).map_err(|problem| ImportError::from(*problem));
                (Some(span), found.and_then(|node| of_record(&node)).map_err(|error| moved(error, span.start)))
            })
            .collect());
    }
    let root = json::parse(text).map_err(|problem| *problem)?;
    let look = Look::of(&root);
    let list = if matches!(root.value, Value::List(_)) { look } else { look.key("studies") };
    let list: Vec<Look<'_, '_>> = list.each().chain(ctgov_v1::studies(look)).collect();
    // a list of anything else is no list of trials
    if !list.iter().any(|one| one.entries().next().is_some()) {
        return Ok(vec![(None, of_record(&root))]);
    }
    let one = |look: Look<'_, '_>| {
        (look.span(), look.node().map_or(Err(ImportError { diagnostics: Vec::new() }), |node| of_record(node)))
    };
    Ok(list.into_iter().map(one).collect())
}

/// The lines of a file that has one record on each.
fn lines(text: &str) -> Option<Vec<(Span, &str)>> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let span = Span { start: at, end: at + line.trim_end().len() };
        at += line.len();
        let line = line.trim_start_matches('\u{FEFF}').trim();
        if line.is_empty() {
            continue;
        }
        if !line.starts_with('{') || !line.ends_with('}') {
            return None;
        }
        lines.push((span, line));
    }
    (lines.len() > 1).then_some(lines)
}

/// Places in a line are places in its file.
fn moved(mut error: ImportError, by: usize) -> ImportError {
    for diagnostic in &mut error.diagnostics {
        for span in [&mut diagnostic.span, &mut diagnostic.other].into_iter().flatten() {
            *span = Span { start: span.start + by, end: span.end + by };
        }
    }
    error
}

/// The trials of an XML file, by the name of its root. A page of the web is no record.
fn of_xml(text: &str) -> Result<Vec<(Option<Span>, Loaded)>, ImportError> {
    const ROOTS: [&str; 4] = ["<clinical_study", "<Trials_downloaded_from_ICTRP", "<trials", "<Trial>"];
    if !ROOTS.iter().any(|root| text.contains(root)) {
        return Err(unknown("this is no record that can be read").into());
    }
    let tree = xml::parse(text).map_err(|problem| *problem)?;
    let root = Element::of(tree.root_element());
    Ok(match tree.root_element().tag_name().name() {
        "clinical_study" => vec![(None, imported(classic::import(root)))],
        "Trial" => vec![(None, imported(ictrp::import(root)))],
        "Trials_downloaded_from_ICTRP" => root.each("Trial").map(|one| (None, imported(ictrp::import(one)))).collect(),
        "trials" => root.each("trial").map(|one| (None, imported(china::import_xml(one)))).collect(),
        _ => return Err(unknown("this is no record that can be read").into()),
    })
}

fn of_record(node: &Node<'_>) -> Loaded {
    let record = Look::of(node);
    if ctgov::is_one(record) {
        return imported(ctgov::import(record));
    }
    if ctgov_v1::is_one(record) {
        return imported(ctgov_v1::import(record));
    }
    if ctis::is_one(record) {
        return imported(ctis::import(record));
    }
    if isrctn::is_one(record) {
        return imported(isrctn::import(record));
    }
    if eudract::is_one(record) {
        return imported(eudract::import_parsed(record));
    }
    if fhir::is_one(record) {
        return imported(fhir::import(record));
    }
    if china::is_row(record) {
        return imported(china::import_row(record));
    }
    if usdm::is_one(record) {
        return imported(usdm::import(record));
    }
    document::of_tree(node).map(|trial| (trial, true))
}
