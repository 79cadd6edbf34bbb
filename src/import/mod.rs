//! Other people's formats, our own trial document, and what people type → model.
//!
//! In: bytes and texts from outside. Out: a [`Trial`](crate::Trial) or facts, with a diagnostic for everything that
//! is wrong. Never: a guess, a panic, or anything of a foreign format further in.

pub mod answer;
mod check;
mod document;
pub(crate) mod json;
pub mod limits;
mod look;
pub mod question;
pub(crate) mod readable;
pub mod record;
pub(crate) mod registry;
mod shapes;
mod spoken;
pub(crate) mod typed;

pub use document::{ImportError, document};
pub use registry::{trial, trials};

use crate::diagnostic::{Code, Diagnostic, Severity, Warned};
use crate::model::record::{Fact, Record};

use readable::{Problems, Readable, Step, inside};

/// A trial, and that its file is a trial document: what the smaller JavaScript door reads.
#[cfg(all(target_arch = "wasm32", feature = "check", not(feature = "workshop")))]
pub(crate) fn load_document(data: &[u8]) -> Result<(Warned<crate::Trial>, bool), ImportError> {
    document(data).map(|trial| (trial, true))
}

/// Reads a list of facts from JSON. A fact that cannot be read is a warning and changes nothing else; of a list longer
/// than [`limits::FACTS`] none is read.
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
    let unreadable = |problem: Diagnostic| {
        if problem.code == Code::TooMany {
            return problem;
        }
        let message = format!("this fact could not be read: {}", problem.message);
        Diagnostic { code: Code::UnreadableFact, severity: Severity::Warning, message, ..problem }
    };
    let mut problems = Problems::default();
    let mut facts = Vec::new();
    match json::parse(json) {
        Ok(json::Node { value: json::Value::List(items), .. }) if items.len() > limits::FACTS => {
            let message = format!("there are {} facts; at most {} are read", items.len(), limits::FACTS);
            let problem = Diagnostic::error(Code::TooMany, message, "send the facts that the criteria ask about");
            return Warned { output: Record::default(), diagnostics: vec![problem] };
        }
        Ok(json::Node { value: json::Value::List(items), .. }) => {
            for (index, item) in items.iter().enumerate() {
                facts.extend(inside::<Fact>(Step::Index(index), item, &mut problems));
            }
        }
        Ok(other) => problems.expected("a list in square brackets", &other),
        Err(problem) => problems.found.push(*problem),
    }
    Warned { output: Record::new(facts), diagnostics: problems.told().into_iter().map(unreadable).collect() }
}

/// Reads one value of the crate's own plain data from JSON.
pub(crate) fn value<T: Readable>(json: &str) -> Result<T, Vec<Diagnostic>> {
    let root = json::parse(json).map_err(|problem| vec![*problem])?;
    let mut problems = Problems::default();
    let value = T::read(&root, &mut problems);
    value.filter(|_| problems.found.is_empty()).ok_or(problems.found)
}
