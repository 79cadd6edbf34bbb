//! A trial document → what its author should look at again.
//!
//! In: a trial that can be read. Out: diagnostics, each with its place and what to do. Never: a change to the trial, or
//! a reason not to evaluate it. Only authors need it: the page of a person loads nothing of it.

mod asking;
mod bounds;
mod logic;
mod negation;
mod reading;
mod words;

pub use reading::{count_syllables, reading_grade};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::import::readable::{Step, place, shown};
use crate::import::{self, ImportError, json};
use crate::model::expression::Expression;
use crate::model::trial::Trial;

/// Everything that an author should look at again, in the order of the document; the places are paths of keys.
///
/// What makes a document unreadable is not here: [`import::trial`](crate::import::trial) says that.
///
/// | looks for | codes |
/// |---|---|
/// | criteria that cannot all pass, that nobody passes or nobody fails; cohorts that nobody gets into | `contradiction`, `never-passes`, `never-fails`, `unreachable-cohort` |
/// | bounds, windows and lengths of time that hardly anybody or nobody meets | `implausible-bound`, `impossible-window`, `empty-range` |
/// | what is said by saying no twice | `double-negation`, `negated-wording` |
/// | words that are missing or hard to read | `missing-translation`, `missing-place`, `hard-to-read` |
/// | questions to those who cannot know, to nobody, or alone on a list | `not-for-patients`, `nobody-answers`, `never-asked`, `short-checklist` |
///
/// # Example
///
/// ```
/// use trial_prescreen::{Code, import, lint};
/// let criterion = |id: &str, category: &str, expression: &str| format!(
///     r#"{{"id":"{id}","category":"{category}","text":{{}},"source":{{"document":"","item":""}},"expression":{expression}}}"#
/// );
/// let adult = r#"{"compare":{"subject":{"concept":"age"},"low":{"value":"18","unit":"y"}}}"#;
/// let text = format!(
///     r#"{{"format":"trial-prescreen/1","id":"X","title":{{}},"source":[],"eligibility":{{"status":"published","criteria":[{},{}]}}}}"#,
///     criterion("I1", "inclusion", adult), criterion("E1", "exclusion", adult),
/// );
/// let trial = import::trial(text.as_bytes()).unwrap().output;
/// let found = lint(&trial);
/// assert_eq!((found[0].code, found[0].message.as_str()), (Code::Contradiction, "`I1` and `E1` can never all pass"));
/// ```
pub fn lint(trial: &Trial) -> Vec<Diagnostic> {
    found(trial).into_iter().map(|finding| finding.diagnostic.on(shown(&finding.path))).collect()
}

/// Everything that reading a document and looking it over have to say, in the order of the text, with the places in it.
///
/// # Errors
///
/// Where the document cannot be read.
pub fn lint_document(data: &[u8]) -> Result<Vec<Diagnostic>, ImportError> {
    let read = import::trial(data)?;
    let text = std::str::from_utf8(data).unwrap_or_default();
    let root = json::parse(text).map_err(|problem| *problem)?;
    let mut diagnostics = read.diagnostics;
    for Finding { path, other, diagnostic } in found(&read.output) {
        let diagnostic = diagnostic.at(place(&root, &path)).on(shown(&path));
        diagnostics.push(match other {
            Some(other) => diagnostic.and_at(place(&root, &other)),
            None => diagnostic,
        });
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.map(|span| span.start));
    Ok(diagnostics)
}

fn found(trial: &Trial) -> Vec<Finding> {
    let mut findings = Findings { list: Vec::new() };
    logic::check(trial, &mut findings);
    for (index, criterion) in trial.eligibility.criteria.iter().enumerate() {
        let here = vec![key("eligibility"), key("criteria"), Step::Index(index)];
        negation::check(criterion, &here, &mut findings);
        each(&criterion.expression, &below(&here, [key("expression")]), &mut |expression, path| {
            bounds::check(trial, expression, path, &mut findings);
        });
    }
    words::check(trial, &mut findings);
    reading::check(trial, &mut findings);
    asking::check(trial, &mut findings);
    findings.list
}

/// A remark, the way to what it is about, and the way to the other place where there are two.
struct Finding {
    path: Vec<Step>,
    other: Option<Vec<Step>>,
    diagnostic: Diagnostic,
}

struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    fn warning(&mut self, path: Vec<Step>, code: Code, message: impl Into<String>, help: impl Into<String>) {
        self.list.push(Finding { path, other: None, diagnostic: Diagnostic::warning(code, message, help) });
    }

    fn note(&mut self, path: Vec<Step>, code: Code, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic { severity: Severity::Note, ..Diagnostic::warning(code, message, help) };
        self.list.push(Finding { path, other: None, diagnostic });
    }
}

fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}

fn below<const N: usize>(path: &[Step], steps: [Step; N]) -> Vec<Step> {
    path.iter().cloned().chain(steps).collect()
}

/// Looks at an expression and at every part of it, in the order of the text.
///
/// INVARIANT: the depth is bounded by the reader of trial documents.
fn each(expression: &Expression, path: &[Step], look: &mut dyn FnMut(&Expression, &[Step])) {
    look(expression, path);
    for (steps, part) in parts(expression) {
        let path: Vec<Step> = path.iter().cloned().chain(steps).collect();
        each(part, &path, look);
    }
}

/// The parts of a group, with the way to each.
fn parts(expression: &Expression) -> Vec<(Vec<Step>, &Expression)> {
    let list = |steps: &[&str], parts: &[Expression]| -> Vec<Vec<Step>> {
        let way = |index| steps.iter().map(|name| key(name)).chain([Step::Index(index)]).collect();
        (0..parts.len()).map(way).collect()
    };
    let ways = match expression {
        Expression::AllOf(parts) => list(&["allOf"], parts),
        Expression::AnyOf(parts) => list(&["anyOf"], parts),
        Expression::AtLeast(at_least) => list(&["atLeast", "of"], &at_least.of),
        Expression::Not(_) => vec![vec![key("not")]],
        Expression::When(_) => vec![vec![key("when"), key("condition")], vec![key("when"), key("then")]],
        Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => Vec::new(),
    };
    ways.into_iter().zip(expression.parts()).collect()
}
