//! The JSON Schemas of the trial document and of the log: generated from the Rust types, checked in, and true of the
//! bundled trials and of what a log writes.
//!
//! `cargo xtask schema` writes them anew.
#![cfg(feature = "schema")]

use std::path::Path;

use serde_json::{Value, json};
use trial_prescreen::{AsOf, FORMAT, Fact, FactValue, Record, Subject, Trial, evaluate, import, log};

const OF_A_TRIAL: &str = "trial-prescreen-1.schema.json";
const OF_A_LOG: &str = "trial-prescreen-log-1.schema.json";

/// The document of a log, as `Log::text` writes it.
#[derive(schemars::JsonSchema)]
#[expect(dead_code, reason = "only its shape is asked for")]
struct Document {
    format: String,
    header: log::Header,
    events: Vec<Line>,
}

/// An event, its place, and the hashes that tie it to the line before it.
#[derive(schemars::JsonSchema)]
#[expect(dead_code, reason = "only its shape is asked for")]
struct Line {
    number: u32,
    previous: String,
    hash: String,
    #[serde(flatten)]
    event: log::Event,
}

fn of_a_trial() -> String {
    named(schemars::schema_for!(Trial).to_value(), OF_A_TRIAL, "Trial document", FORMAT)
}

fn of_a_log() -> String {
    let settings = schemars::generate::SchemaSettings::default().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<Document>();
    named(schema.to_value(), OF_A_LOG, "Pre-screening log", log::LOG_FORMAT)
}

fn named(mut schema: Value, file: &str, title: &str, format: &str) -> String {
    let head = json!({"$id": format!("https://trial-prescreen.invalid/{file}"), "title": title});
    if let (Some(schema), Some(head)) = (schema.as_object_mut(), head.as_object()) {
        schema.extend(head.clone());
    }
    if let Some(place) = schema.pointer_mut("/properties/format") {
        *place = json!({"const": format, "description": "The format and its version."});
    }
    format!("{schema:#}\n")
}

#[test]
fn the_schemas_are_those_of_the_types() {
    for (file, fresh) in [(OF_A_TRIAL, of_a_trial()), (OF_A_LOG, of_a_log())] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("www").join(file);
        if std::env::vars().any(|(name, _)| name == "UPDATE_SCHEMA") {
            std::fs::write(&path, &fresh).expect("the schema can be written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == fresh, "{file} is not what the types give; `cargo xtask schema` writes it anew");
    }
}

/// As much of JSON Schema as the generator uses; `Err` names the place.
fn holds(schema: &Value, root: &Value, value: &Value, at: &str) -> Result<(), String> {
    let Some(schema) = schema.as_object() else {
        return if schema == &json!(false) { Err(format!("{at}: nothing may stand here")) } else { Ok(()) };
    };
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(reference.trim_start_matches('#')).ok_or(format!("{reference} leads nowhere"))?;
        holds(target, root, value, at)?;
    }
    for (key, any) in [("anyOf", true), ("oneOf", true), ("allOf", false)] {
        let Some(parts) = schema.get(key).and_then(Value::as_array) else { continue };
        let results: Vec<_> = parts.iter().map(|part| holds(part, root, value, at)).collect();
        let fits = if any { results.iter().any(Result::is_ok) } else { results.iter().all(Result::is_ok) };
        if !fits {
            return Err(format!("{at}: {key} fails: {results:?}"));
        }
    }
    if let Some(expected) = schema.get("const")
        && expected != value
    {
        return Err(format!("{at}: {value} is not {expected}"));
    }
    if let Some(known) = schema.get("enum").and_then(Value::as_array)
        && !known.contains(value)
    {
        return Err(format!("{at}: {value} is not one of {known:?}"));
    }
    let kinds: Vec<&str> = match schema.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !kinds.is_empty() && !kinds.contains(&kind) {
        return Err(format!("{at}: {kind} is not {kinds:?}"));
    }
    if let (Some(items), Some(list)) = (schema.get("items"), value.as_array()) {
        for (index, item) in list.iter().enumerate() {
            holds(items, root, item, &format!("{at}[{index}]"))?;
        }
    }
    if let Some(object) = value.as_object() {
        let none = serde_json::Map::new();
        let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        for key in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(key) {
                return Err(format!("{at}: {key} is missing"));
            }
        }
        for (key, inside) in object {
            let here = format!("{at}.{key}");
            match (known.get(key), schema.get("additionalProperties")) {
                (Some(schema), _) | (None, Some(schema)) => holds(schema, root, inside, &here)?,
                (None, None) => {}
            }
        }
    }
    Ok(())
}

#[test]
fn the_bundled_trials_fit_the_schema() {
    let schema: Value = serde_json::from_str(&of_a_trial()).expect("the schema is JSON");
    for (path, text) in crate::bundled::documents() {
        let document: Value = serde_json::from_str(&text).expect("a trial is JSON");
        assert_eq!(holds(&schema, &schema, &document, ""), Ok(()), "{}", path.display());
    }
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let schema: Value = serde_json::from_str(&of_a_trial()).expect("the schema is JSON");
    let text = include_str!("../www/trials/NCT07084012.json");
    let wrong = [
        ("/eligibility/criteria/0/category", json!("neither")),
        ("/eligibility/criteria/0/expression", json!({"compares": {}})),
        ("/format", json!("trial-prescreen/2")),
        ("/title", json!("a text without its language")),
    ];
    for (place, value) in wrong {
        let mut document: Value = serde_json::from_str(text).expect("a trial is JSON");
        *document.pointer_mut(place).expect("the place is there") = value;
        assert!(holds(&schema, &schema, &document, "").is_err(), "{place}");
        assert!(trial_prescreen::import::trial(document.to_string().as_bytes()).is_err(), "{place}");
    }
}

#[test]
fn what_a_log_writes_fits_its_schema_and_what_it_refuses_does_not() {
    let text = include_str!("../www/trials/NCT07084012.json");
    let trial = import::trial(text.as_bytes()).expect("a trial").output;
    let as_of = AsOf::new("2026-03-15T14:30+08:00".parse().expect("a moment")).expect("a moment");
    let born = Fact::new("f1", Subject::concept("birth-date"), FactValue::Date("1930".parse().expect("a year")));
    let record = Record::new(vec![born.clone()]);
    let evaluation = evaluate(&trial, &record, &as_of);
    let assessment = log::Assessment::of(&trial, text, &record, &as_of, &evaluation);
    let edition = log::Edition::of(&trial, text);
    let word = |text: &str| text.to_owned();
    let header = log::Header {
        protocol: word("P-1"),
        site: word("01"),
        investigator: word("X"),
        zone: word("Asia/Shanghai"),
        edition: edition.clone(),
    };
    let mut log = log::Log::new(header).expect("a log");
    let on = "2026-03-15".parse().expect("a day");
    let reason = word("seen on paper");
    let criterion = log::OverruledCriterion {
        id: word("I1"),
        from: trial_prescreen::Verdict::Fail,
        to: trial_prescreen::Verdict::Pending,
    };
    let acts = [
        log::Act::Identified(log::Identified { person: 0, on, channel: log::Channel::Chart, detail: String::new() }),
        log::Act::Assessed(log::Assessed { person: 1, assessment }),
        log::Act::Overridden(log::Overridden {
            person: 1,
            what: log::Overruled::Criterion(criterion),
            reason: reason.clone(),
        }),
        log::Act::Corrected(Box::new(log::Corrected { person: 1, old: Some(born), new: None, reason })),
        log::Act::Identified(log::Identified { person: 0, on, channel: log::Channel::Clinic, detail: word("ward 3") }),
        log::Act::Linked(log::Linked { person: 2, earlier: 1 }),
        log::Act::State(log::Decided {
            person: 2,
            state: log::State::Declined,
            criteria: Vec::new(),
            other: Some(log::OtherReason::Distance),
            words: String::new(),
        }),
        log::Act::Noted(log::Noted { person: None, text: word("all looked at") }),
        log::Act::Unclear(log::Unclear { person: Some(1), criterion: word("I1"), text: word("of which eye?") }),
        log::Act::Clarified(log::Clarified { criterion: word("I1"), text: word("the better one, says the monitor") }),
        log::Act::Exported(log::Exported { layout: word("site"), digest: "0".repeat(64), to: String::new() }),
    ];
    for act in acts {
        let by = log::Author { who: word("AB"), role: word("nurse") };
        let written = log.append(log::Event { at: "2026-03-15T06:30Z".parse().expect("a moment"), by, act });
        assert_eq!(written.err(), None);
    }
    let schema: Value = serde_json::from_str(&of_a_log()).expect("the schema is JSON");
    let document: Value = serde_json::from_str(&log.text()).expect("a log is JSON");
    assert_eq!(holds(&schema, &schema, &document, ""), Ok(()));
    let wrong = [
        ("/format", json!("trial-prescreen-log/2")),
        ("/header/edition/document", json!("two")),
        ("/events/0/act", json!({"forgotten": {"person": 1}})),
        ("/events/1/act/assessed/assessment/determination", json!("perhaps")),
        ("/events/6/act/state/other", json!("weather")),
    ];
    for (place, value) in wrong {
        let mut document = document.clone();
        *document.pointer_mut(place).expect("the place is there") = value;
        assert!(holds(&schema, &schema, &document, "").is_err(), "{place}");
    }
}
