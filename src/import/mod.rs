//! Other people's formats, our own trial document, and what people type → model.
//!
//! In: bytes and texts from outside. Out: a [`Trial`](crate::Trial) or facts, with a diagnostic for everything that
//! is wrong. Never: a guess, a panic, or anything of a foreign format further in.

pub mod answer;
mod check;
mod document;
mod json;
mod typed;

pub use document::{ImportError, LARGEST, trial};

use crate::diagnostic::{Code, Diagnostic, Severity, Warned};
use crate::model::record::{Fact, Record};

/// Reads a list of facts from JSON. A fact that cannot be read is a warning and changes nothing else.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Code, import};
/// let read = import::facts(r#"[{"id":"a","subject":{"concept":"sex"},"value":{"code":"female"}}, {"id":"b"}]"#);
/// assert_eq!(read.output.facts.len(), 1);
/// assert_eq!((read.diagnostics[0].code, read.diagnostics[0].path.as_str()), (Code::UnreadableFact, "[1]"));
/// ```
pub fn facts(json: &str) -> Warned<Record> {
    let unreadable = |problem: Diagnostic| Diagnostic {
        code: Code::UnreadableFact,
        severity: Severity::Warning,
        message: format!("this fact could not be read: {}", problem.message),
        ..problem
    };
    match json::Document::new(json) {
        Ok(document) => {
            let output = Record::new(document.read_list::<Fact>());
            Warned { output, diagnostics: document.problems().into_iter().map(unreadable).collect() }
        }
        Err(problem) => Warned { output: Record::default(), diagnostics: vec![unreadable(problem)] },
    }
}

/// Reads one value of the crate's own plain data from JSON.
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "only the JavaScript door needs it"))]
pub(crate) fn value<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, Vec<Diagnostic>> {
    let document = json::Document::new(json).map_err(|problem| vec![problem])?;
    let value = document.read();
    let problems = document.problems();
    value.filter(|_| problems.is_empty()).ok_or(problems)
}
