//! Cases of what comes of a record of a registry, or of a file of several.

use std::collections::BTreeMap;

use serde::Deserialize;
use trial_prescreen::{Severity, Trial, import};

use super::evaluation::word;
use super::reading::short;

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
    text: String,
    /// The ids of the trials that the file holds, where it is not one.
    trials: Option<Vec<String>>,
    id: Option<String>,
    title: Option<String>,
    status: Option<String>,
    published: Option<String>,
    /// Every criterion: its id, and what it asks in short.
    criteria: Option<Vec<String>>,
    /// The codes of what was said, with the paths they name.
    #[serde(default)]
    warned: Vec<String>,
    /// What is kept of the fields that the document has no place for.
    #[serde(default)]
    kept: BTreeMap<String, String>,
    /// Questions as the patient is asked them, in English; in Chinese under `…, zh`.
    #[serde(default)]
    asked: BTreeMap<String, String>,
    /// What stands somewhere in the written document.
    #[serde(default)]
    holds: Vec<String>,
    /// What stands nowhere in it.
    #[serde(default)]
    without: Vec<String>,
}

pub(super) fn run(text: &str) -> Result<Vec<(String, Option<String>)>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    Ok(file.case.into_iter().map(|case| (case.name.clone(), check(&case).err())).collect())
}

fn check(case: &Case) -> Result<(), String> {
    let read = import::trials(case.text.as_bytes());
    let said: Vec<String> = read
        .diagnostics
        .iter()
        .map(|said| [word(&said.code), said.path.clone()].join(" ").trim_end().to_owned())
        .collect();
    if said != case.warned {
        return Err(format!("warned: expected {:?}\n    found {:#?}", case.warned, read.diagnostics));
    }
    let ids: Vec<&str> = read.output.iter().map(|trial| trial.id.as_str()).collect();
    if let Some(expected) = &case.trials {
        let one = import::trial(case.text.as_bytes());
        if one.is_ok() {
            return Err("one trial was read of several".to_owned());
        }
        return if ids == *expected { Ok(()) } else { Err(format!("trials: found {ids:?}")) };
    }
    let [trial] = read.output.as_slice() else { return Err(format!("{} trials: {:#?}", ids.len(), read.diagnostics)) };
    of_one(case, trial)
}

fn of_one(case: &Case, trial: &Trial) -> Result<(), String> {
    let same = |what: &str, expected: &Option<String>, found: Option<String>| match expected {
        Some(expected) if found.as_ref() != Some(expected) => {
            Err(format!("{what}: expected {expected}, found {found:?}"))
        }
        _ => Ok(()),
    };
    same("id", &case.id, Some(trial.id.clone()))?;
    same("title", &case.title, trial.title.iter().next().map(|(_, title)| title.clone()))?;
    same("status", &case.status, trial.status.clone())?;
    same("published", &case.published, Some(word(&trial.eligibility.status)))?;
    if let Some(expected) = &case.criteria {
        let all: Vec<String> =
            trial.eligibility.criteria.iter().map(|c| format!("{} {}", c.id, short(&c.expression))).collect();
        if all != *expected {
            return Err(format!("expected {expected:#?}\n    found {all:#?}"));
        }
    }
    for (key, expected) in &case.kept {
        let found = trial.source.first().and_then(|source| source.unmapped.get(key));
        if found != Some(expected) {
            return Err(format!("kept: {key} is {found:?} of {:#?}", trial.source.first().map(|s| &s.unmapped)));
        }
    }
    for (key, expected) in &case.asked {
        let (name, language) = key.strip_suffix(", zh").map_or((key.as_str(), "en"), |name| (name, "zh-CN"));
        let words = trial.questions.get(name).and_then(|question| question.text.get(language));
        if words.map(|words| &words.patient) != Some(expected) {
            let keys: Vec<&String> = trial.questions.keys().collect();
            return Err(format!("asked: {key} is {words:?} of {keys:?}"));
        }
    }
    let written = serde_json::to_string(trial).map_err(|error| error.to_string())?;
    for text in &case.holds {
        if !written.contains(text.as_str()) {
            return Err(format!("`{text}` is not in {written}"));
        }
    }
    for text in &case.without {
        if written.contains(text.as_str()) {
            return Err(format!("`{text}` is in the document"));
        }
    }
    let again = import::document(written.as_bytes()).map_err(|error| format!("not read again: {error}"))?;
    if again.output != *trial || again.diagnostics.iter().any(|said| said.severity == Severity::Error) {
        return Err("it is another trial once it was written".to_owned());
    }
    Ok(())
}
