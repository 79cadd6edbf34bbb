//! FHIR: a `ResearchSubject` for each attempt, and a `QuestionnaireResponse` for each assessment that counts.
//!
//! Nobody is named: subject and study are references by identifier alone. The state is FHIR's nearest one, and the log's
//! own stands among the tags.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::digest::digest;
use crate::evaluate::Verdict;
use crate::json::text;
use crate::log::Log;
use crate::log::event::{Edition, State};
use crate::log::layout::copy::queries;
use crate::log::layout::word;
use crate::log::row::{Judged, Row};
use crate::model::date::Date;

/// Which release of FHIR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Release {
    R4,
    R5,
}

/// What the log's own codes and identifiers are of.
const OWN: &str = "https://trial-prescreen.invalid/";

/// A resource, and what is in it.
enum Tree {
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(&'static str, Tree)>),
}

impl Serialize for Tree {
    /// INVARIANT: no deeper than it is built here.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Tree::Text(text) => serializer.serialize_str(text),
            Tree::List(items) => serializer.collect_seq(items),
            Tree::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

fn said(text: impl Into<String>) -> Tree {
    Tree::Text(text.into())
}

fn object<const N: usize>(entries: [(&'static str, Tree); N]) -> Tree {
    Tree::Object(entries.into())
}

fn coding(system: &str, code: String) -> Tree {
    object([("system", said(system)), ("code", said(code))])
}

/// What is known by an identifier alone.
fn reference(kind: &str, name: &str, value: String, display: String) -> Tree {
    let identifier = object([("system", said([OWN, name].concat())), ("value", said(value))]);
    object([("type", said(kind)), ("identifier", identifier), ("display", said(display))])
}

/// A collection of what the log says of everybody.
pub(super) fn bundle(log: &Log, release: Release) -> String {
    let mut entries = Vec::new();
    for row in log.rows() {
        let mut entry = |kind: &str, resource: Tree| {
            let url = ["urn:uuid:", &uuid(log, row, kind)].concat();
            entries.push(object([("fullUrl", said(url)), ("resource", resource)]));
        };
        entry("ResearchSubject", subject(log, row, release));
        if let Some(judged) = &row.assessed {
            entry("QuestionnaireResponse", response(log, row, judged, release));
        }
    }
    let mut bundle = vec![("resourceType", said("Bundle")), ("type", said("collection"))];
    // an empty list is not allowed in FHIR
    if !entries.is_empty() {
        bundle.push(("entry", Tree::List(entries)));
    }
    text(&Tree::Object(bundle)).unwrap_or_default()
}

/// The same for the same log, kind and number: version 8 of RFC 9562.
fn uuid(log: &Log, row: &Row, kind: &str) -> String {
    let hash = digest(&[&log.genesis, kind, &row.number.to_string()].join("\n"));
    let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
    [part(0, 8), "-", part(8, 12), "-8", part(13, 16), "-8", part(17, 20), "-", part(20, 32)].concat()
}

fn whom(log: &Log, row: &Row) -> Tree {
    let header = log.header();
    let value = [header.protocol.as_str(), &header.site, &row.person.to_string()].join("/");
    reference("Patient", "person", value, format!("pre-screening number {}", row.person))
}

fn id(kind: &str, row: &Row) -> Tree {
    said(format!("{kind}-{}", row.number))
}

fn subject(log: &Log, row: &Row, release: Release) -> Tree {
    let header = log.header();
    let edition = log.edition(row.assessed.as_ref().map_or("", |judged| judged.trial.as_str()));
    let study = reference("ResearchStudy", "trial", edition.trial.clone(), header.protocol.clone());
    let value = [header.protocol.as_str(), &header.site, &row.number.to_string()].join("/");
    let identifier = object([("system", said([OWN, "prescreening-number"].concat())), ("value", said(value))]);
    let own = coding(&[OWN, "state"].concat(), word(&row.state));
    let mut entries = vec![
        ("resourceType", said("ResearchSubject")),
        ("id", id("subject", row)),
        ("meta", object([("tag", Tree::List(vec![own]))])),
        ("identifier", Tree::List(vec![identifier])),
    ];
    let period = ("period", object([("start", said(row.identified.to_string()))]));
    match release {
        Release::R4 => entries.extend([
            ("status", said(state(row.state))),
            period,
            ("study", study),
            ("individual", whom(log, row)),
        ]),
        Release::R5 => {
            let coded =
                coding("http://terminology.hl7.org/CodeSystem/research-subject-state", state(row.state).to_owned());
            let mut progress = vec![("subjectState", object([("coding", Tree::List(vec![coded]))]))];
            let reasons: Vec<String> = row
                .criteria
                .iter()
                .map(|id| log.called(row, id).to_owned())
                .chain(row.other.as_ref().map(word))
                .collect();
            if !reasons.is_empty() {
                progress.push(("reason", object([("text", said(reasons.join("; ")))])));
            }
            progress.push(("startDate", said(moment(row.since))));
            entries.extend([
                ("status", said("active")),
                ("progress", Tree::List(vec![Tree::Object(progress)])),
                period,
                ("study", study),
                ("subject", whom(log, row)),
            ]);
        }
    }
    Tree::Object(entries)
}

/// FHIR's nearest state. It has none for *not now*, and its *eligible* is not a pre-screening's to say.
fn state(state: State) -> &'static str {
    match state {
        State::Candidate | State::PreScreened | State::NotNow => "candidate",
        State::Possible => "potential-candidate",
        State::NotEligible => "ineligible",
        State::Declined => "not-registered",
        State::Withdrew => "withdrawn",
    }
}

/// A date as FHIR writes it: with seconds, where it has a clock time.
fn moment(date: Date) -> String {
    let text = date.to_string();
    match text.split_at_checked(16) {
        Some((clock, zone)) => [clock, ":00", zone].concat(),
        None => text,
    }
}

fn response(log: &Log, row: &Row, judged: &Judged, release: Release) -> Tree {
    let edition = log.edition(&judged.trial);
    let header = log.header();
    let value = [header.protocol.as_str(), &header.site, &row.number.to_string()].join("/");
    let identifier = object([("system", said([OWN, "assessment"].concat())), ("value", said(value))]);
    let identifier = match release {
        Release::R4 => identifier,
        Release::R5 => Tree::List(vec![identifier]),
    };
    let questionnaire = format!("{OWN}trial/{}|{}", edition.trial, edition.document);
    let open = !judged.pending.is_empty();
    let mut entries = vec![
        ("resourceType", said("QuestionnaireResponse")),
        ("id", id("assessment", row)),
        ("identifier", identifier),
        ("questionnaire", said(questionnaire)),
        ("status", said(if open { "in-progress" } else { "completed" })),
        ("subject", whom(log, row)),
        ("authored", said(moment(judged.at))),
    ];
    let items = items(log, row, edition, judged);
    if !items.is_empty() {
        entries.push(("item", Tree::List(items)));
    }
    Tree::Object(entries)
}

/// Each criterion with its verdict, and beneath that whether something of it was not clear; what exactly stays at the site.
fn items(log: &Log, row: &Row, edition: &Edition, judged: &Judged) -> Vec<Tree> {
    let item = |listed: &crate::log::Listed| {
        let verdict: Verdict = judged.verdict(&listed.id);
        let mut answer = vec![("valueCoding", coding(&[OWN, "verdict"].concat(), word(&verdict)))];
        let asked: Vec<bool> = queries(log, row)
            .filter(|query| query.criterion == listed.id)
            .map(|query| query.answer.is_some())
            .collect();
        if !asked.is_empty() {
            let state = if asked.contains(&false) { "waits" } else { "answered" };
            let state = object([("valueCoding", coding(&[OWN, "query"].concat(), state.to_owned()))]);
            let query = object([
                ("linkId", said(format!("{}/unclear", listed.id))),
                ("text", said("not clear, and the sponsor was to be asked")),
                ("answer", Tree::List(vec![state])),
            ]);
            answer.push(("item", Tree::List(vec![query])));
        }
        let answer = Tree::Object(answer);
        object([
            ("linkId", said(listed.id.clone())),
            ("text", said(format!("{}: {}", edition.called(&listed.id), listed.text))),
            ("answer", Tree::List(vec![answer])),
        ])
    };
    edition.criteria.iter().map(item).collect()
}
