//! Cases of what comes of the criteria text of a registry.

use std::collections::BTreeMap;

use serde::Deserialize;
use trial_prescreen::{
    Bound, Category, Code, Cohort, Criterion, Diagnostic, Expression, Language, Select, Subject, Window, read,
};

use super::evaluation::word;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[expect(dead_code, reason = "for the reader")]
    why: Option<String>,
    #[serde(default)]
    language: String,
    text: String,
    /// Each item is read as the only one of its list.
    #[serde(default)]
    alone: bool,
    /// Every criterion: its id, and what it asks in short.
    criteria: Option<Vec<String>>,
    /// The cohorts that the text declares, `id: name`; the criteria then say whose they are, `I2 of cohort-a …`.
    cohorts: Option<Vec<String>>,
    /// Some of the criteria, by their ids.
    #[serde(default)]
    some: BTreeMap<String, String>,
    /// The codes of what was said, in their order; nothing, where absent.
    #[serde(default)]
    warned: Vec<String>,
    /// What the first criterion may have said, with what it asks then.
    suggested: Option<Vec<String>>,
    /// The text under the first problem's span.
    under: Option<String>,
    /// Parts of the messages and helps.
    #[serde(default)]
    says: Vec<String>,
}

pub(super) fn run(text: &str) -> Result<Vec<(String, Option<String>)>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    Ok(file.case.into_iter().map(|case| (case.name.clone(), check(&case).err())).collect())
}

pub(super) fn language(name: &str) -> Result<Language, String> {
    match name {
        "" | "en" => Ok(Language::English),
        "zh" => Ok(Language::Chinese),
        other => Err(format!("no language {other}")),
    }
}

/// What is read of each item under its heading alone, numbered as if they were one list; one missing list is as meant.
fn alone(text: &str, language: Language) -> (Vec<Criterion>, Vec<Diagnostic>) {
    let (mut criteria, mut diagnostics) = (Vec::new(), Vec::new());
    let (mut heading, mut number) = ("", 0_usize);
    for line in text.lines() {
        if !line.starts_with("* ") {
            (heading, number) = (line, 0);
            continue;
        }
        let found = read::criteria(&format!("{heading}\n{line}\n"), language);
        diagnostics.extend(found.diagnostics.into_iter().filter(|said| said.code != Code::MissingList));
        for criterion in found.output {
            number += 1;
            let letter: String = criterion.id.chars().take_while(|sign| sign.is_alphabetic()).collect();
            criteria.push(Criterion { id: format!("{letter}{number}"), ..criterion });
        }
    }
    (criteria, diagnostics)
}

fn check(case: &Case) -> Result<(), String> {
    let language = language(&case.language)?;
    let (criteria, diagnostics) = match &case.cohorts {
        None if case.alone => alone(&case.text, language),
        None => {
            let found = read::criteria(&case.text, language);
            (found.output, found.diagnostics)
        }
        Some(expected) => {
            let found = read::eligibility(&case.text, language);
            let named = |cohort: &Cohort| {
                let label = cohort.label.get(language.tag()).map(String::as_str).unwrap_or_default();
                format!("{}: {label}", cohort.id)
            };
            let cohorts: Vec<String> = found.output.cohorts.iter().map(named).collect();
            if cohorts != *expected {
                return Err(format!("cohorts: expected {expected:?}\n    found {cohorts:?}"));
            }
            (found.output.criteria, found.diagnostics)
        }
    };
    let mut shown = Vec::new();
    for criterion in &criteria {
        let list = match criterion.category {
            Category::Inclusion => ["I", "U"].as_slice(),
            Category::Exclusion => &["E"],
        };
        if !list.iter().any(|letter| criterion.id.starts_with(letter)) {
            return Err(format!("{} is on the wrong list", criterion.id));
        }
        let of = match criterion.cohorts.as_slice() {
            [] => String::new(),
            cohorts => format!("of {} ", cohorts.join(", ")),
        };
        shown.push((criterion.id.clone(), format!("{of}{}", short(&criterion.expression))));
    }
    if let Some(expected) = &case.criteria {
        let all: Vec<String> = shown.iter().map(|(id, asks)| format!("{id} {asks}")).collect();
        if all != *expected {
            return Err(format!("expected {expected:#?}\n    found {all:#?}"));
        }
    }
    for (id, expected) in &case.some {
        let asks = shown.iter().find(|(known, _)| known == id).map(|(_, asks)| asks.as_str());
        if asks != Some(expected) {
            return Err(format!("{id}: expected {expected}\n    found {asks:?}"));
        }
    }
    if let (Some(expected), Some(first)) = (&case.suggested, criteria.first()) {
        let full = first.text.get(language.tag()).map(|words| words.full.as_str()).unwrap_or_default();
        let found = read::suggestions(full, first.category, language);
        let found: Vec<String> =
            found.iter().map(|one| format!("{} -> {}", one.words, short(&one.expression))).collect();
        if found != *expected {
            return Err(format!("suggested: expected {expected:#?}\n    found {found:#?}"));
        }
    }
    let codes: Vec<String> = diagnostics.iter().map(|diagnostic| word(&diagnostic.code)).collect();
    if codes != case.warned {
        return Err(format!("warned: expected {:?}\n    found {:#?}", case.warned, diagnostics));
    }
    let under = |diagnostic: &Diagnostic| diagnostic.span.and_then(|span| case.text.get(span.start..span.end));
    if case.under.is_some() && diagnostics.first().and_then(under) != case.under.as_deref() {
        return Err(format!("under: {:?}", diagnostics.first().and_then(under)));
    }
    for says in &case.says {
        if !diagnostics.iter().any(|said| said.message.contains(says) || said.help.contains(says)) {
            return Err(format!("nothing says `{says}`: {diagnostics:#?}"));
        }
    }
    Ok(())
}

/// An expression in short: `any(alt >2.5 xULN, "has been told so")`.
pub(super) fn short(expression: &Expression) -> String {
    let list = |parts: &[Expression]| parts.iter().map(short).collect::<Vec<_>>().join(", ");
    match expression {
        Expression::AllOf(parts) => format!("all({})", list(parts)),
        Expression::AnyOf(parts) => format!("any({})", list(parts)),
        Expression::Not(part) => format!("not({})", short(part)),
        Expression::AtLeast(some) => format!("at-least-{}({})", some.count, list(&some.of)),
        Expression::When(when) => format!("when({}, {})", short(&when.condition), short(&when.then)),
        Expression::Compare(compare) => {
            let bounds = bounds(compare.low.as_ref(), compare.high.as_ref());
            let select =
                if compare.select == Select::Latest { String::new() } else { format!(" {}", word(&compare.select)) };
            format!("{}{bounds}{}{select}", about(&compare.subject), around(compare.window.as_ref()))
        }
        Expression::IsOneOf(one) => {
            format!("{} in {}{}", about(&one.subject), one.values.join("|"), around(one.window.as_ref()))
        }
        Expression::Present(present) => {
            let lasting = present.lasting.as_ref();
            let lasting = lasting.map(|lasting| format!(" for{}", bounds(lasting.low.as_ref(), lasting.high.as_ref())));
            let window = around(present.window.as_ref());
            format!("{} {}{window}{}", about(&present.subject), word(&present.status), lasting.unwrap_or_default())
        }
        Expression::Elapsed(since) => {
            format!("since {}{}", about(&since.since), bounds(since.low.as_ref(), since.high.as_ref()))
        }
        Expression::Change(change) => format!("change of {}", about(&change.subject)),
        Expression::Judgement(judgement) => format!("judge {}", quoted(&judgement.text)),
        Expression::Unread(unread) => quoted(&unread.text),
    }
}

/// The lines of a text, with ` / ` between them.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\n', " / "))
}

fn about(subject: &Subject) -> String {
    match subject {
        Subject::Concept(id) => id.clone(),
        Subject::Text(_) | Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => subject.key(),
    }
}

fn bounds(low: Option<&Bound>, high: Option<&Bound>) -> String {
    let one = |bound: &Bound, sign: char| {
        let equal = if bound.inclusive { "=" } else { "" };
        let unit = bound.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
        format!(" {sign}{equal}{}{unit}", bound.value)
    };
    let low = low.map(|bound| one(bound, '>')).unwrap_or_default();
    let high = high.map(|bound| one(bound, '<')).unwrap_or_default();
    format!("{low}{high}")
}

fn around(window: Option<&Window>) -> String {
    let Some(window) = window else { return String::new() };
    let end = |at: Option<trial_prescreen::Duration>| at.map_or_else(|| "..".to_owned(), |at| at.to_string());
    let half_lives = window.half_lives.map(|count| format!(" or {count} half-lives, {}", word(&window.whichever)));
    let half_lives = half_lives.unwrap_or_default();
    format!(" [{}: {} to {}{half_lives}]", window.anchor.name(), end(window.from), end(window.to))
}
