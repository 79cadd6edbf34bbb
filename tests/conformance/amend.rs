//! Cases of what an amendment changed.

use serde::Deserialize;
use trial_prescreen::{CriterionChange, Held, Part, PartChange, amend, import};

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
    /// Each criterion as `id | words | expression`.
    before: Vec<String>,
    after: Vec<String>,
    /// What became of each, in short.
    changes: Vec<String>,
}

pub(super) fn run(text: &str) -> Result<Vec<(String, Option<String>)>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    Ok(file.case.into_iter().map(|case| (case.name.clone(), check(&case).err())).collect())
}

fn check(case: &Case) -> Result<(), String> {
    let [before, after] = [trial(&case.before)?, trial(&case.after)?];
    let found: Vec<String> = amend(&before, &after).criteria.iter().map(shown).collect();
    if found == case.changes { Ok(()) } else { Err(format!("expected {:#?}, found {found:#?}", case.changes)) }
}

fn trial(criteria: &[String]) -> Result<trial_prescreen::Trial, String> {
    let mut written = Vec::new();
    for line in criteria {
        let mut cells = line.splitn(3, " | ");
        let (Some(id), Some(words), Some(expression)) = (cells.next(), cells.next(), cells.next()) else {
            return Err(format!("not `id | words | expression`: {line}"));
        };
        let category = if id.starts_with('E') { "exclusion" } else { "inclusion" };
        let words = serde_json::to_string(words).map_err(|error| error.to_string())?;
        written.push(format!(
            r#"{{"id":"{id}","category":"{category}","text":{{"en":{{"full":{words},"short":"","patient":""}}}},
            "source":{{"document":"","item":""}},"expression":{expression}}}"#
        ));
    }
    let text = format!(
        r#"{{"format":"trial-prescreen/1","id":"T","title":{{}},"source":[],"eligibility":{{"status":"published","criteria":[{}]}}}}"#,
        written.join(",")
    );
    import::trial(text.as_bytes()).map(|read| read.output).map_err(|error| format!("{error}"))
}

/// `I1 I2 changed place wider; low alt: >3 xULN to >2 xULN`
fn shown(change: &CriterionChange) -> String {
    let id = |id: &Option<String>| id.clone().unwrap_or_else(|| "-".to_owned());
    let mut words = vec![id(&change.before), id(&change.after), word(&change.became)];
    words.extend(change.moved.map(|moved| word(&moved)));
    words.extend(change.effect.map(|effect| word(&effect)));
    let parts = change.parts.iter().map(|part| format!("; {}", part_of(part)));
    format!("{}{}", words.join(" "), parts.collect::<String>())
}

fn part_of(change: &PartChange) -> String {
    let about = change.subject.as_ref().map_or(String::new(), |subject| format!(" {}", subject.key()));
    let [before, after] = [&change.before, &change.after].map(|one| held(change.part, one.as_ref()));
    format!("{}{about}: {before} to {after}", word(&change.part))
}

fn held(part: Part, held: Option<&Held>) -> String {
    match held {
        None => "nothing".to_owned(),
        Some(Held::Bound(bound)) => {
            let sign = if part == Part::High { "<" } else { ">" };
            let equal = if bound.inclusive { "=" } else { "" };
            let unit = bound.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
            format!("{sign}{equal}{}{unit}", bound.value)
        }
        Some(Held::Window(window)) => {
            let end = |end: Option<trial_prescreen::Duration>| end.map_or("…".to_owned(), |end| end.to_string());
            format!("{} .. {} of {}", end(window.from), end(window.to), window.anchor.name())
        }
        Some(Held::Expression(expression)) => expression
            .leaves()
            .iter()
            .filter_map(|leaf| leaf.subject())
            .map(|subject| subject.key())
            .collect::<Vec<_>>()
            .join("+"),
        Some(Held::Words(words)) => words.join(","),
    }
}
