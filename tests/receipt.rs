//! Receipts: their digests recomputed by other means, and what changes them.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use trial_prescreen::{AsOf, Fact, FactValue, Quantity, Record, Respondent, Subject, evaluate, import, receipt};

const STROKE: &str = include_str!("../www/trials/NCT07084012.json");

fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The keys of every object sorted: here they are ASCII, where all orders are one.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let sorted: std::collections::BTreeMap<_, _> = map.iter().collect();
            let entries: Vec<String> = sorted.iter().map(|(k, v)| format!("{}:{}", json!(k), canonical(v))).collect();
            format!("{{{}}}", entries.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        plain => plain.to_string(),
    }
}

fn alt() -> Fact {
    let quantity = Quantity::exactly("101".parse().unwrap(), Some("U/L"));
    let mut alt = Fact::new("alt", Subject::concept("alt"), FactValue::Quantity(quantity));
    alt.upper_limit = Some(Quantity::exactly("40".parse().unwrap(), Some("U/L")));
    alt.source = Respondent::Record;
    alt.on("2026-02-28".parse().unwrap())
}

fn sex() -> Fact {
    Fact::new("sex", Subject::concept("sex"), FactValue::Code("female".to_owned()))
}

fn as_of() -> AsOf {
    AsOf::new("2026-03-15T14:30+08:00".parse().unwrap()).unwrap()
}

fn without(value: &impl serde::Serialize, keys: &[&str]) -> Value {
    let mut value = serde_json::to_value(value).unwrap();
    for key in keys {
        value.as_object_mut().unwrap().remove(*key);
    }
    value
}

#[test]
fn each_digest_is_that_of_its_part() {
    let record = Record::new(vec![sex(), alt()]);
    let receipt = receipt(STROKE.as_bytes(), &record, &as_of()).unwrap();
    let trial = import::trial(STROKE.as_bytes()).unwrap().output;
    let evaluation = without(&evaluate(&trial, &record, &as_of()), &["diagnostics"]);
    assert_eq!(receipt.trial, sha256(&canonical(&serde_json::from_str(STROKE).unwrap())));
    assert_eq!(receipt.evaluation, sha256(&canonical(&evaluation)));
    assert_eq!(receipt.digest, sha256(&canonical(&without(&receipt, &["digest"]))));
}

/// `printf '%s' '<the text>' | sha256sum` prints these.
#[test]
fn known_digests() {
    let document = r#"{ "title": {"zh-CN": "试验", "en": "T"}, "id": "T", "format": "trial-prescreen/1",
        "source": [], "eligibility": {"status": "published", "criteria": []} }"#;
    let receipt = receipt(document.as_bytes(), &Record::new(vec![sex(), alt()]), &as_of()).unwrap();
    // {"eligibility":{"criteria":[],"status":"published"},"format":"trial-prescreen/1","id":"T","source":[],"title":{"en":"T","zh-CN":"试验"}}
    assert_eq!(receipt.trial, "009d7de9d65095a22c93612b4f08d5c527c1652b23db74ca57215ca8c7279560");
    // [{"on":"2026-02-28","source":"record","subject":{"concept":"alt"},"upperLimit":{"unit":"U/L","value":"40"},"value":{"quantity":{"unit":"U/L","value":"101"}}},{"source":"patient","subject":{"concept":"sex"},"value":{"code":"female"}}]
    assert_eq!(receipt.facts, "9f40ffab8012127d84694c1b70d09d87b07fa68d4b5bf4a142c7d2adf72f25d2");
}

#[test]
fn order_notes_and_ids_that_nothing_cites_change_nothing() {
    let whole = receipt(STROKE.as_bytes(), &Record::new(vec![sex(), alt()]), &as_of()).unwrap();
    let noted = Fact { note: "as told".to_owned(), ..sex() };
    assert_eq!(receipt(STROKE.as_bytes(), &Record::new(vec![alt(), noted]), &as_of()).unwrap(), whole);

    // the vocabulary has a row for it, and no criterion asks
    let weight = |id: &str| Fact { id: id.into(), subject: Subject::concept("weight"), ..alt() };
    let named = |id: &str| receipt(STROKE.as_bytes(), &Record::new(vec![sex(), weight(id)]), &as_of()).unwrap();
    assert_eq!(named("w"), named("another name"));

    // the evaluation cites the fact that decided by its id
    let renamed = Fact { id: "another name".into(), ..alt() };
    let cited = receipt(STROKE.as_bytes(), &Record::new(vec![sex(), renamed]), &as_of()).unwrap();
    assert_eq!(cited.facts, whole.facts);
    assert_ne!(cited.evaluation, whole.evaluation);
}

#[test]
fn whatever_matters_changes_it() {
    let record = Record::new(vec![sex(), alt()]);
    let whole = receipt(STROKE.as_bytes(), &record, &as_of()).unwrap();
    let edited = STROKE.replacen("NCT07084012", "NCT00000000", 1);
    assert_ne!(receipt(edited.as_bytes(), &record, &as_of()).unwrap().digest, whole.digest);
    let spaced = STROKE.replace('\n', "\r\n  ");
    assert_eq!(receipt(spaced.as_bytes(), &record, &as_of()).unwrap(), whole);

    let mut dated = as_of();
    dated.anchors.insert(trial_prescreen::Anchor::FirstDose, "2026-03-20".parse().unwrap());
    let dated = receipt(STROKE.as_bytes(), &record, &dated).unwrap();
    assert_eq!((&dated.trial, &dated.facts), (&whole.trial, &whole.facts));
    assert_ne!(dated.digest, whole.digest);

    let twice = Record::new(vec![sex(), alt(), Fact { id: "again".into(), ..alt() }]);
    assert_ne!(receipt(STROKE.as_bytes(), &twice, &as_of()).unwrap().facts, whole.facts);
}
