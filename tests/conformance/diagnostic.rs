//! Cases of what reading a trial, or checking a record, has to say; one file per code.

use std::collections::BTreeMap;

use serde::Deserialize;
use trial_prescreen::log::Log;
use trial_prescreen::{AsOf, Diagnostic, Severity, evaluate, import, lint_document};

use super::evaluation::{answered, read, stroke, word};
use super::fact::{self, Facts};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Case {
    name: String,
    #[expect(dead_code, reason = "for the reader")]
    why: Option<String>,
    /// The whole text of a trial.
    text: Option<Text>,
    /// The text is that of criteria, in this language.
    language: Option<String>,
    /// Or its criteria, in a trial without anything else.
    criteria: Option<String>,
    /// Or one expression, in a trial with one criterion.
    expression: Option<String>,
    /// Or facts about a person, on a day.
    facts: Option<BTreeMap<String, Facts>>,
    /// Or a list of facts as JSON.
    record: Option<String>,
    /// Or a medical record.
    chart: Option<Text>,
    /// Or the text of a log.
    written: Option<String>,
    /// Or what was written into a log, and done to it.
    log: Option<super::log::Story>,
    /// Or an answer to a question of the trial with this text, else of the stroke trial, on a day.
    question: Option<String>,
    answer: Option<String>,
    as_of: Option<String>,
    /// The trial is looked over as its author would have it.
    #[serde(default)]
    lint: bool,
    expect: Expect,
}

/// Text as it stands, or in pieces that repeat or are no text at all.
#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Plain(String),
    Pieces(Vec<Piece>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Piece {
    Plain(String),
    Repeated { repeat: String, times: usize },
    Bytes { bytes: Vec<u8> },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    severity: String,
    /// The text under the span, or its beginning and `…`; absent where there is no place to show.
    under: Option<String>,
    /// The text under the other span.
    other: Option<String>,
    /// The path of keys, or the fact.
    path: Option<String>,
    /// A part of the message or of the help.
    says: Option<Vec<String>>,
    /// The other problems of the same text.
    #[serde(default)]
    also: Vec<String>,
    /// Nothing of the sort is found.
    #[serde(default)]
    none: bool,
}

pub(super) fn run(code: &str, text: &str) -> Result<Vec<(String, Option<String>)>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let each = |case: Case| {
        let problems = check(code, &case).unwrap_or_else(|problem| vec![problem]);
        (case.name, (!problems.is_empty()).then(|| problems.join("\n    ")))
    };
    Ok(file.case.into_iter().map(each).collect())
}

fn check(code: &str, case: &Case) -> Result<Vec<String>, String> {
    let (text, diagnostics) = found(case)?;
    let mut problems = Vec::new();
    for diagnostic in &diagnostics {
        well_formed(diagnostic, &text, &mut problems);
    }
    let (these, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) = diagnostics.iter().partition(|d| word(&d.code) == code);
    let expect = &case.expect;
    if expect.none {
        problems.extend(these.iter().map(|d| format!("nothing to say about {code}, but: {}", d.message)));
        return Ok(problems);
    }
    let mut others: Vec<String> =
        others.iter().filter(|d| d.severity == Severity::Error).map(|d| word(&d.code)).collect();
    others.sort();
    if others != expect.also {
        problems.push(format!("also: expected {:?}, found {others:?}", expect.also));
    }
    let under = |span: Option<trial_prescreen::Span>| {
        span.and_then(|span| text.get(span.start..span.end)).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    };
    let stands_under = |found: Option<&str>| match (found, expect.under.as_deref()) {
        (Some(found), Some(expected)) => match expected.strip_suffix('…') {
            Some(start) => found.starts_with(start),
            None => found == expected,
        },
        (found, expected) => found == expected,
    };
    let fits = |d: &&&Diagnostic| {
        word(&d.severity) == expect.severity
            && stands_under(under(d.span).as_deref())
            && (expect.other.is_none() || under(d.other) == expect.other)
            && expect.path.as_ref().is_none_or(|path| d.path == *path)
            && expect.says.iter().flatten().all(|says| d.message.contains(says) || d.help.contains(says))
    };
    if these.iter().find(fits).is_none() {
        let shown = |d: &&Diagnostic| format!("{d:?} under {:?}", under(d.span));
        problems.push(format!("no {code} fits among {:#?}", these.iter().map(shown).collect::<Vec<_>>()));
    }
    Ok(problems)
}

fn found(case: &Case) -> Result<(Vec<u8>, Vec<Diagnostic>), String> {
    let as_of = case.as_of.as_ref().and_then(|text| text.parse().ok()).and_then(AsOf::new);
    if let (Some(question), Some(answer)) = (&case.question, &case.answer) {
        let as_of = as_of.ok_or("no as-of")?;
        let read = match &case.text {
            Some(text) => answered(&read(&String::from_utf8_lossy(&bytes(text)))?, question, answer, &as_of)?,
            None => answered(stroke()?, question, answer, &as_of)?,
        };
        return Ok((Vec::new(), read.diagnostics));
    }
    if let Some(record) = &case.record {
        return Ok((record.clone().into_bytes(), import::facts(record).diagnostics));
    }
    if let Some(written) = &case.written {
        return Ok((written.clone().into_bytes(), Log::open(written).diagnostics));
    }
    if let Some(story) = &case.log {
        return Ok((Vec::new(), super::log::diagnostics(story)?));
    }
    if let Some(chart) = &case.chart {
        let data = bytes(chart);
        let found = import::record::record(&data).diagnostics;
        return Ok((data, found));
    }
    if let Some(facts) = &case.facts {
        let as_of = as_of.ok_or("no as-of")?;
        let trial = read(&trial_with(""))?;
        let record = fact::record(&BTreeMap::new(), facts)?;
        return Ok((Vec::new(), evaluate(&trial, &record, &as_of).diagnostics));
    }
    let text = match (&case.text, &case.criteria, &case.expression) {
        (Some(text), None, None) => bytes(text),
        (None, Some(criteria), None) => trial_with(criteria).into_bytes(),
        (None, None, Some(expression)) => trial_with(&format!(
            r#"{{"id":"C","category":"inclusion","text":{{}},"source":{{"document":"","item":""}},"expression":{expression}}}"#
        ))
        .into_bytes(),
        _ => return Err("a case has either a text, criteria, an expression, facts or an answer".to_owned()),
    };
    if let Some(language) = &case.language {
        let words = String::from_utf8_lossy(&text).into_owned();
        return Ok((text, trial_prescreen::read::criteria(&words, super::reading::language(language)?).diagnostics));
    }
    let read = if case.lint { lint_document(&text) } else { import::trial(&text).map(|read| read.diagnostics) };
    let diagnostics = read.unwrap_or_else(|error| error.diagnostics);
    Ok((text, diagnostics))
}

fn trial_with(criteria: &str) -> String {
    format!(
        r#"{{"format":"trial-prescreen/1","id":"T","title":{{}},"source":[],"eligibility":{{"status":"published","criteria":[{criteria}]}}}}"#
    )
}

fn bytes(text: &Text) -> Vec<u8> {
    match text {
        Text::Plain(text) => text.clone().into_bytes(),
        Text::Pieces(pieces) => pieces
            .iter()
            .flat_map(|piece| match piece {
                Piece::Plain(text) => text.clone().into_bytes(),
                Piece::Repeated { repeat, times } => repeat.repeat(*times).into_bytes(),
                Piece::Bytes { bytes } => bytes.clone(),
            })
            .collect(),
    }
}

/// Lower case, no control characters, something to do, and a place inside the text.
fn well_formed(diagnostic: &Diagnostic, text: &[u8], problems: &mut Vec<String>) {
    let Diagnostic { message, help, .. } = diagnostic;
    let shouts = |text: &str| text.starts_with(char::is_uppercase) && !text.starts_with("JSON");
    if message.is_empty() || shouts(message) || message.ends_with('.') || message.chars().any(char::is_control) {
        problems.push(format!("message: {message}"));
    }
    if help.is_empty() || shouts(help) || help.ends_with('.') {
        problems.push(format!("help: {help}"));
    }
    for span in [diagnostic.span, diagnostic.other].into_iter().flatten() {
        let inside = std::str::from_utf8(text).is_ok_and(|text| text.get(span.start..span.end).is_some());
        if !inside {
            problems.push(format!("the span {span:?} is not in the text"));
        }
    }
}
