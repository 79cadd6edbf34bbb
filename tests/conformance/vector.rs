//! Cases of values that follow from others: what comes out lies within so much of what was published.

use std::collections::BTreeMap;

use serde::Deserialize;
use trial_prescreen::{AsOf, Concept, Decimal, Kind, Record, Trial, evaluate};

use super::evaluation::{read, word};
use super::fact::{self, Facts};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The concept that is worked out.
    of: String,
    facts: BTreeMap<String, Facts>,
    /// The published value with its unit, or the code; `refused` where nothing may come out.
    is: String,
    within: String,
}

pub(super) fn run(text: &str) -> Result<Vec<(String, Option<String>)>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    Ok(file.case.iter().map(|case| (case.name.clone(), check(case).err())).collect())
}

fn check(case: &Case) -> Result<(), String> {
    let record = fact::record(&BTreeMap::new(), &case.facts)?;
    let subject = format!(r#"{{"concept":"{}"}}"#, case.of);
    let concept = Concept::named(&case.of).ok_or("no such concept")?;
    if concept.kind == Kind::Code {
        for code in &concept.codes {
            let asked = asked(&format!(r#"{{"isOneOf":{{"subject":{subject},"values":["{code}"]}}}}"#))?;
            same(&asked, &record, if *code == case.is { "pass" } else { "fail" }, code)?;
        }
        return Ok(());
    }
    if case.is == "refused" {
        let bound = format!(r#"{{"value":"0","unit":"{}"}}"#, concept.unit_text);
        let asked = asked(&format!(r#"{{"compare":{{"subject":{subject},"low":{bound}}}}}"#))?;
        return same(&asked, &record, "pending", &case.is);
    }
    let (value, unit) = case.is.split_once(' ').unwrap_or((&case.is, ""));
    let unit = if unit.is_empty() { String::new() } else { format!(r#","unit":"{unit}""#) };
    let bound = |below: bool| {
        let [value, within] = [value, &case.within].map(|text| text.parse::<Decimal>().map(Decimal::exact));
        let (value, within) = (value.ok()?, within.ok()?);
        let end = if below { value.minus(within)? } else { value.plus(within)? };
        Some(format!(r#"{{"value":"{}"{unit}}}"#, end.rounded(12)?))
    };
    let (low, high) = bound(true).zip(bound(false)).ok_or("the value is not a number")?;
    let between = asked(&format!(r#"{{"compare":{{"subject":{subject},"low":{low},"high":{high}}}}}"#))?;
    same(&between, &record, "pass", &case.is)
}

fn asked(expression: &str) -> Result<Trial, String> {
    read(&format!(
        r#"{{"format":"trial-prescreen/1","id":"case","title":{{}},"source":[],"eligibility":{{"status":"published",
            "criteria":[{{"id":"C","category":"inclusion","text":{{}},"source":{{"document":"","item":""}},
            "expression":{expression}}}]}}}}"#
    ))
}

fn same(trial: &Trial, record: &Record, expected: &str, of: &str) -> Result<(), String> {
    let as_of = "2026-03-15".parse().ok().and_then(AsOf::new).ok_or("no as-of")?;
    let evaluation = evaluate(trial, record, &as_of);
    let criterion = evaluation.criteria.first().ok_or("no criterion")?;
    let verdict = word(&criterion.verdict);
    if verdict == expected {
        return Ok(());
    }
    let derived: Vec<&str> =
        criterion.atoms.iter().filter_map(|atom| Some(atom.derived.as_ref()?.value.as_str())).collect();
    let gaps: Vec<_> = criterion.gaps.iter().map(|gap| (word(&gap.kind), &gap.asks)).collect();
    Err(format!("{of}: expected {expected}, found {verdict}; worked out: {derived:?}; gaps: {gaps:?}"))
}
