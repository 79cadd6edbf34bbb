//! The bundled trials, and the list of them that the page searches.
//!
//! `cargo xtask index` writes the list anew.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use trial_prescreen::{
    Asking, Determination, Fact, FactValue, Outcome, Publication, Reader, Record, Respondent, Status, Subject,
    evaluate, explain, import,
};

use crate::asking::{as_of, ask_all};

const LIST: &str = "index.json";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("www/trials")
}

/// The documents with their paths, in the order of their names.
pub(crate) fn documents() -> Vec<(PathBuf, String)> {
    let entries = std::fs::read_dir(folder()).expect("there are bundled trials");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| !path.ends_with(LIST));
    paths.sort();
    assert!(!paths.is_empty());
    let text = |path: &PathBuf| std::fs::read_to_string(path).expect("a trial is text");
    paths.iter().map(|path| (path.clone(), text(path))).collect()
}

/// What the list says of one trial: as it stands in the document, and the countries of its sites once each.
fn entry(document: &Value) -> Value {
    let mut entry = Map::new();
    for key in ["id", "identifiers", "title", "overview", "conditions", "phases", "status", "sponsor"] {
        if let Some(value) = document.get(key) {
            entry.insert(key.to_owned(), value.clone());
        }
    }
    let each = |list: &str, key: &str| {
        let all = document.get(list).and_then(Value::as_array).into_iter().flatten();
        let mut found: Vec<Value> = Vec::new();
        for value in all.filter_map(|one| one.get(key)) {
            if !found.contains(value) {
                found.push(value.clone());
            }
        }
        found
    };
    entry.insert("interventions".to_owned(), each("interventions", "name").into());
    entry.insert("countries".to_owned(), each("sites", "country").into());
    let eligibility = document.get("eligibility").expect("every trial says whom it is for");
    for (key, name) in
        [("minimumAge", "minimumAge"), ("maximumAge", "maximumAge"), ("sex", "sex"), ("status", "criteria")]
    {
        if let Some(value) = eligibility.get(key) {
            entry.insert(name.to_owned(), value.clone());
        }
    }
    entry.into()
}

#[test]
fn the_list_of_trials_agrees_with_their_documents() {
    let read = |(_, text): &(PathBuf, String)| serde_json::from_str::<Value>(text).expect("a trial is JSON");
    let rows: Vec<String> = documents().iter().map(|one| format!("    {}", entry(&read(one)))).collect();
    let fresh = format!("{{\n  \"trials\": [\n{}\n  ]\n}}\n", rows.join(",\n"));
    let path = folder().join(LIST);
    if std::env::vars().any(|(name, _)| name == "UPDATE_INDEX") {
        std::fs::write(&path, &fresh).expect("the list can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == fresh, "{} is not what the documents give; `cargo xtask index` writes it anew", path.display());
}

#[test]
fn a_document_is_named_for_its_trial() {
    for (path, text) in documents() {
        let document: Value = serde_json::from_str(&text).expect("a trial is JSON");
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        assert_eq!(document.get("id"), Some(&json!(name)));
    }
}

/// Where nothing is left to find out, nothing is said to be.
#[test]
fn a_trial_of_which_only_the_illness_is_known_says_so() {
    let (_, text) = documents().into_iter().find(|(path, _)| path.ends_with("SYS6020-MM.json")).expect("it is bundled");
    let trial = import::trial(text.as_bytes()).expect("a bundled trial is sound").output;
    let explained = |value: FactValue| {
        let record = Record::new(vec![Fact::new("f", Subject::Text("multiple myeloma".to_owned()), value)]);
        explain(&trial, &record, &as_of(), Reader::default())
    };
    let has = explained(FactValue::Present(Status::Current));
    assert_eq!(has.outcome, Outcome::CannotTell);
    assert_eq!(has.heading, "We cannot tell yet if this study may fit you");
    assert!(has.find.is_empty() && has.next.iter().all(|step| !step.contains("listed below")), "{:?}", has.next);
    let has_not = explained(FactValue::Refuted(Status::Current));
    assert_eq!(has_not.outcome, Outcome::NotNow);
    assert_eq!(
        has_not.lead.first().map(String::as_str),
        Some("The only condition that is known does not fit: Multiple myeloma.")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn without_all_criteria_published_nobody_is_found_to_fit(
        staff in any::<bool>(),
        choices in prop::collection::vec(any::<u8>(), 40),
    ) {
        let mut incomplete = 0;
        for (_, text) in documents() {
            let trial = import::trial(text.as_bytes()).expect("a bundled trial is sound").output;
            if trial.eligibility.status == Publication::Published {
                continue;
            }
            incomplete += 1;
            let respondent = if staff { Respondent::Staff } else { Respondent::Patient };
            let (_, facts) = ask_all(&trial, Asking { respondent, go_on: true, ..Asking::default() }, &choices);
            let record = Record::new(facts);
            let evaluation = evaluate(&trial, &record, &as_of());
            prop_assert_ne!(evaluation.determination, Determination::Eligible, "{}", &trial.id);
            let words = explain(&trial, &record, &as_of(), Reader { staff, respondent, ..Reader::default() });
            prop_assert_ne!(words.outcome, Outcome::MayFit, "{}", &trial.id);
        }
        prop_assert!(incomplete > 0);
    }
}
