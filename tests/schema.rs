//! The JSON Schema of the trial document: generated from the Rust types, checked in, and true of the bundled trials.
//!
//! `cargo xtask schema` writes it anew.
#![cfg(feature = "schema")]

use std::path::Path;

use serde_json::{Value, json};
use trial_prescreen::{FORMAT, Trial};

const FILE: &str = "www/trial-prescreen-1.schema.json";

fn generated() -> String {
    let mut schema = schemars::schema_for!(Trial).to_value();
    let head =
        json!({"$id": "https://trial-prescreen.invalid/trial-prescreen-1.schema.json", "title": "Trial document"});
    if let (Some(schema), Some(head)) = (schema.as_object_mut(), head.as_object()) {
        schema.extend(head.clone());
    }
    if let Some(format) = schema.pointer_mut("/properties/format") {
        *format = json!({"const": FORMAT, "description": "The format and its version."});
    }
    format!("{schema:#}\n")
}

#[test]
fn the_schema_is_the_one_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let fresh = generated();
    if std::env::vars().any(|(name, _)| name == "UPDATE_SCHEMA") {
        std::fs::write(&path, &fresh).expect("the schema can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == fresh, "{FILE} is not what the types give; `cargo xtask schema` writes it anew");
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
    let schema: Value = serde_json::from_str(&generated()).expect("the schema is JSON");
    for (path, text) in crate::bundled::documents() {
        let document: Value = serde_json::from_str(&text).expect("a trial is JSON");
        assert_eq!(holds(&schema, &schema, &document, ""), Ok(()), "{}", path.display());
    }
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let schema: Value = serde_json::from_str(&generated()).expect("the schema is JSON");
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
