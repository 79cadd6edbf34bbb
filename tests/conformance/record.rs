//! Cases of what a medical record proposes, and what gives no fact.

use serde::Deserialize;
use trial_prescreen::import::record::{Chart, Left, Proposal, record};
use trial_prescreen::{Fact, FactValue, Period, Quantity, When};

use super::evaluation::word;

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
    /// Every proposal, in the order of the file; those of several people with the person's key before them.
    proposes: Vec<String>,
    /// Everything that gave no fact: the reason, the resource, and how often where it stands for more than one.
    #[serde(default)]
    left: Vec<String>,
    /// Groups of what cannot all be true.
    #[serde(default)]
    contradicts: Vec<String>,
    #[serde(default)]
    warned: Vec<String>,
}

pub(super) fn run(text: &str) -> Result<Vec<(String, Option<String>)>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    Ok(file.case.into_iter().map(|case| (case.name.clone(), check(&case).err())).collect())
}

fn check(case: &Case) -> Result<(), String> {
    let read = record(case.text.as_bytes());
    let charts = &read.output.charts;
    let whose = |chart: &Chart| if charts.len() > 1 { format!("{}: ", chart.key) } else { String::new() };
    let proposes = charts.iter().flat_map(|chart| chart.proposals.iter().map(move |p| whose(chart) + &proposal(p)));
    let times = |left: &Left| if left.count > 1 { format!(" × {}", left.count) } else { String::new() };
    let resource = |left: &Left| format!("{} {}", word(&left.why), left.origin.resource).trim_end().to_owned();
    let gave_none = |left: &Left| resource(left) + &times(left);
    let of_charts = charts.iter().flat_map(|chart| &chart.left);
    let left = of_charts.chain(&read.output.left).map(gave_none);
    let contradicts = charts.iter().flat_map(|chart| &chart.contradictions).map(|ids| ids.join(" "));
    let warned = read.diagnostics.iter().map(|said| word(&said.code));
    same("proposes", &case.proposes, proposes.collect())?;
    same("left", &case.left, left.collect())?;
    same("contradicts", &case.contradicts, contradicts.collect())?;
    same("warned", &case.warned, warned.collect())
}

fn same(what: &str, expected: &[String], found: Vec<String>) -> Result<(), String> {
    if expected == found { Ok(()) } else { Err(format!("{what}: expected {expected:#?}\n    found {found:#?}")) }
}

/// `alt 101 U/L on 2026-02-28, high 40 U/L` and, behind a question mark, what is doubtful.
fn proposal(proposal: &Proposal) -> String {
    let fact = &proposal.fact;
    let mut said = format!("{} {}", fact.subject.key(), value(fact));
    let mut also = |what: &str, text: Option<String>| {
        if let Some(text) = text {
            said.push_str(&format!("{what}{text}"));
        }
    };
    also(" on ", fact.on.map(when));
    also(" during ", fact.during.map(during));
    also(", high ", fact.upper_limit.as_ref().map(quantity));
    also(", low ", fact.lower_limit.as_ref().map(quantity));
    also(", ", fact.route.as_ref().map(word));
    let doubts: Vec<String> = proposal.doubts.iter().map(word).collect();
    also(" ? ", (!doubts.is_empty()).then(|| doubts.join(" ")));
    said
}

fn value(fact: &Fact) -> String {
    match &fact.value {
        FactValue::Quantity(amount) => quantity(amount),
        FactValue::Code(code) => code.clone(),
        FactValue::Date(date) => when(*date),
        FactValue::Present(status) => word(status),
        FactValue::Refuted(status) => format!("not {}", word(status)),
        FactValue::Absent(absence) => format!("absent {}", word(absence)),
        FactValue::Complete => "complete".to_owned(),
    }
}

fn quantity(amount: &Quantity) -> String {
    let range = [amount.low, amount.high].map(|end| end.map_or(String::new(), |end| end.to_string())).join("..");
    let number = amount.value.map_or(range, |value| value.to_string());
    let sign = amount.comparator.as_ref().map_or(String::new(), |sign| format!("{} ", word(sign)));
    format!("{sign}{number} {}", amount.unit.as_deref().unwrap_or_default()).trim_end().to_owned()
}

fn when(when: When) -> String {
    match when {
        When::On(date) => date.to_string(),
        When::Between(between) => format!("{}/{}", between.earliest, between.latest),
    }
}

fn during(period: Period) -> String {
    let end = |date: Option<trial_prescreen::Date>| date.map_or(String::new(), |date| date.to_string());
    format!("{}..{}", end(period.from), end(period.to))
}
