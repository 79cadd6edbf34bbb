//! The trial document as text → [`Trial`].

use crate::diagnostic::{Code, Diagnostic, Severity, Span, Warned, quoted};
use crate::import::check::{Finding, check};
use crate::import::json::{self, Node, Value};
use crate::import::limits;
use crate::import::readable::{Problems, Readable, more, place, shown};
use crate::import::spoken;
use crate::model::trial::{FORMAT, Trial};

/// Why a trial could not be read: at least one diagnostic is an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// Everything that was found, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl std::fmt::Display for ImportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error) {
            Some(diagnostic) => write!(f, "{}; {}", diagnostic.message, diagnostic.help),
            None => f.write_str("the trial could not be read"),
        }
    }
}

impl std::error::Error for ImportError {}

impl From<Diagnostic> for ImportError {
    fn from(diagnostic: Diagnostic) -> ImportError {
        ImportError { diagnostics: vec![diagnostic] }
    }
}

/// Reads a trial document from the bytes of a file: `trial-prescreen/1`, whatever else [`import::trial`](crate::import::trial)
/// would read; the trial document, `trial-prescreen/1`, as UTF-8 JSON of at most
/// [`limits::BYTES`] bytes, within the other [`limits`].
///
/// # Errors
///
/// Every mistake is a diagnostic with its place in the text: not JSON, cut off, an unknown key, a wrong type, a
/// concept that no vocabulary row bears, a window that ends before it begins, a range that nothing lies in. A
/// document with an error is not evaluated at all: half a trial would be a wrong one.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Code, import};
/// let text = r#"{"format":"trial-prescreen/1","id":"X","title":{"en":"X"},"source":[],
///                "eligibility":{"status":"published","criterions":[]}}"#;
/// let error = import::document(text.as_bytes()).unwrap_err();
/// let first = &error.diagnostics[0];
/// assert_eq!(first.code, Code::UnknownKey);
/// assert_eq!(&text[first.span.unwrap().start..first.span.unwrap().end], "\"criterions\"");
/// assert!(first.help.contains("did you mean \"criteria\"?") || first.help.contains("criteria"));
/// ```
pub fn document(data: &[u8]) -> Result<Warned<Trial>, ImportError> {
    let root = json::parse(decoded(data)?).map_err(|problem| *problem)?;
    of_tree(&root)
}

/// The trial of a tree that is one document.
pub(crate) fn of_tree(root: &Node<'_>) -> Result<Warned<Trial>, ImportError> {
    let (format, span) = format_of(root).ok_or_else(|| {
        Diagnostic::error(
            Code::NotATrial,
            "this is JSON, but not a trial document: it does not name its format",
            format!("choose a trial document; it has the key \"format\" with the value \"{FORMAT}\""),
        )
        .at(root.span)
    })?;
    if format != FORMAT {
        let later = format
            .strip_prefix("trial-prescreen/")
            .is_some_and(|version| !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit()));
        let problem = if later {
            Diagnostic::error(
                Code::LaterVersion,
                format!("this trial was written for another version of the format, {}", quoted(format)),
                format!("reload the page to get the newest version; this one reads \"{FORMAT}\""),
            )
        } else {
            Diagnostic::error(
                Code::NotATrial,
                format!("the format {} is not a trial document's", quoted(format)),
                format!("choose a trial document; its format is \"{FORMAT}\""),
            )
        };
        return Err(problem.at(span).on("format").into());
    }

    let mut problems = Problems::default();
    let read = Trial::read(root, &mut problems);
    let mut diagnostics = problems.told();
    let Some(trial) = read else { return Err(ImportError { diagnostics }) };
    let located = |finding: Finding| finding.diagnostic.at(place(root, &finding.path)).on(shown(&finding.path));
    let mut findings = check(&trial);
    findings.extend(spoken::check(&trial, root));
    let rest = findings.split_off(findings.len().min(limits::PROBLEMS));
    diagnostics.extend(findings.into_iter().map(located));
    diagnostics.extend(rest.iter().map(|finding| finding.diagnostic.severity).min().map(more));
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return Err(ImportError { diagnostics });
    }
    Ok(Warned { output: trial, diagnostics })
}

fn format_of<'n>(root: &'n Node<'_>) -> Option<(&'n str, Span)> {
    let Value::Object(entries) = &root.value else { return None };
    let node = &entries.iter().find(|entry| entry.key == "format")?.node;
    match &node.value {
        Value::Text(text) => Some((text, node.span)),
        Value::Null | Value::Truth(_) | Value::Number(_) | Value::List(_) | Value::Object(_) => None,
    }
}

pub(crate) fn decoded(data: &[u8]) -> Result<&str, ImportError> {
    if data.len() > limits::BYTES {
        return Err(Diagnostic::error(
            Code::TooLarge,
            format!("the file has {} bytes; at most {} are read", data.len(), limits::BYTES),
            "choose a trial document; one trial takes well under a megabyte",
        )
        .into());
    }
    let wrong = |what: String| {
        let help = "save the file as UTF-8 text and choose it again";
        ImportError::from(Diagnostic::error(Code::WrongEncoding, what, help))
    };
    if data.starts_with(&[0xFF, 0xFE]) || data.starts_with(&[0xFE, 0xFF]) {
        return Err(wrong("the file is UTF-16 text".to_owned()));
    }
    let text = std::str::from_utf8(data)
        .map_err(|error| wrong(format!("the file is not UTF-8 text from byte {} on", error.valid_up_to())))?;
    if text.trim_start_matches('\u{FEFF}').trim().is_empty() {
        return Err(Diagnostic::error(Code::Empty, "the file is empty", "choose a trial document").into());
    }
    Ok(text)
}
