//! The way of the data: which stage may know of which, how long a file may be, and that every diagnostic has a case.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// Each stage, and the stages that it may use.
const ARROWS: &[(&str, &[&str])] = &[
    ("truth", &[]),
    ("diagnostic", &[]),
    ("digest", &[]),
    ("json", &[]),
    ("sort", &[]),
    ("model", &["truth", "diagnostic", "sort"]),
    ("read", &["truth", "diagnostic", "model"]),
    ("import", &["truth", "diagnostic", "digest", "json", "sort", "model", "read"]),
    ("evaluate", &["truth", "diagnostic", "sort", "model"]),
    ("plan", &["truth", "diagnostic", "sort", "model", "evaluate"]),
    ("why", &["truth", "diagnostic", "sort", "model", "evaluate"]),
    ("explain", &["truth", "diagnostic", "model", "evaluate", "why"]),
    ("batch", &["truth", "diagnostic", "json", "model", "import", "evaluate"]),
    ("seal", &["diagnostic"]),
    ("amend", &["json", "model", "evaluate", "why"]),
    ("lint", &["truth", "diagnostic", "model", "import", "evaluate"]),
    ("receipt", &["diagnostic", "digest", "json", "model", "import", "evaluate"]),
    ("log", &["diagnostic", "digest", "json", "model", "import", "evaluate", "receipt"]),
    (
        "wasm",
        &[
            "truth",
            "diagnostic",
            "json",
            "model",
            "read",
            "import",
            "evaluate",
            "plan",
            "why",
            "explain",
            "batch",
            "seal",
            "lint",
            "amend",
            "receipt",
            "log",
        ],
    ),
];

const LONGEST: usize = 600;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    files(&root(), &mut found);
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a source is text");
        let name = path.strip_prefix(root()).expect("inside src").to_string_lossy().replace('\\', "/");
        (name, text)
    };
    found.into_iter().map(read).collect()
}

/// The stage of a file: `plan.rs` and `plan/order.rs` are of `plan`.
fn stage(name: &str) -> &str {
    name.split('/').next().unwrap_or(name).trim_end_matches(".rs")
}

/// What `crate::` names that is lifted to the top belongs to the stage that `lib.rs` takes it from.
fn lifted() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().join("lib.rs")).expect("lib.rs");
    let mut homes = BTreeMap::new();
    for part in text.split("pub use ").skip(1) {
        let line = part.split(';').next().unwrap_or("");
        let home = line.split("::").next().unwrap_or("").trim().to_owned();
        for name in line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|name| !name.is_empty()) {
            homes.entry(name.to_owned()).or_insert_with(|| home.clone());
        }
    }
    homes
}

#[test]
fn stages_use_only_what_comes_before_them() {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let homes = lifted();
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        let own = stage(&name);
        if own == "lib" {
            continue;
        }
        let allowed = allowed.get(own).unwrap_or_else(|| panic!("{name} belongs to no stage of the table"));
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for part in line.split("crate::").skip(1) {
                let target = part.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
                let used = if ARROWS.iter().any(|(stage, _)| *stage == target) {
                    target
                } else {
                    homes.get(target).map_or(target, String::as_str)
                };
                let known = ARROWS.iter().any(|(stage, _)| *stage == used);
                if known && used != own && !allowed.contains(&used) {
                    wrong.push(format!("{name} uses {used}: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_holds_more_than_one_idea() {
    let long: Vec<String> = sources()
        .into_iter()
        .map(|(name, text)| (name, text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(name, lines)| format!("{name}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "split these: {long:?}");
}

#[test]
fn the_engine_has_no_clock_no_chance_and_no_surroundings() {
    let banned = ["SystemTime", "Instant::now", "std::env", "std::fs", "std::net", "HashMap", "HashSet", "rand::"];
    for (name, text) in sources() {
        if stage(&name) == "wasm" {
            continue;
        }
        for word in banned {
            assert!(!text.contains(word), "{name} uses {word}");
        }
    }
}

#[test]
fn every_diagnostic_has_a_case() {
    let text = std::fs::read_to_string(root().join("diagnostic.rs")).expect("diagnostic.rs");
    let body = text.split("pub enum Code {").nth(1).and_then(|rest| rest.split("\n}").next()).expect("the codes");
    let names = body.lines().map(str::trim).filter(|line| !line.starts_with("//") && !line.is_empty());
    let mut missing = Vec::new();
    for name in names.map(|line| line.trim_end_matches(',')) {
        let mut kebab = String::new();
        for c in name.chars() {
            if c.is_uppercase() && !kebab.is_empty() {
                kebab.push('-');
            }
            kebab.extend(c.to_lowercase());
        }
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cases/diagnostic/{kebab}.toml"));
        if !file.is_file() {
            missing.push(kebab);
        }
    }
    assert!(missing.is_empty(), "no case for {missing:?}");
}

#[test]
fn every_case_is_of_a_diagnostic() {
    let text = std::fs::read_to_string(root().join("diagnostic.rs")).expect("diagnostic.rs").to_lowercase();
    for entry in std::fs::read_dir(root().join("../tests/cases/diagnostic")).expect("the cases") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().replace('-', "");
        assert!(text.contains(&format!("\n    {name},")), "no diagnostic has the code of {}", path.display());
    }
}

/// The places where a text stands in one of the two languages only.
fn untranslated(value: &Value, place: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            let (en, zh) = (map.get("en"), map.get("zh-CN"));
            match (en, zh) {
                (None, None) => {}
                (Some(en), Some(zh)) if map.len() == 2 => return unlike(en, zh, place, found),
                _ => found.push(format!("{place} has only {:?}", map.keys().collect::<Vec<_>>())),
            }
            map.iter().for_each(|(key, value)| untranslated(value, &format!("{place}.{key}"), found));
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, value)| untranslated(value, &format!("{place}[{i}]"), found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn unlike(en: &Value, zh: &Value, place: &str, found: &mut Vec<String>) {
    match (en, zh) {
        (Value::String(en), Value::String(zh)) if en.trim().is_empty() == zh.trim().is_empty() => {}
        (Value::Object(en), Value::Object(zh)) => {
            for key in en.keys().chain(zh.keys().filter(|key| !en.contains_key(*key))) {
                let (en, zh) = (en.get(key).unwrap_or(&Value::Null), zh.get(key).unwrap_or(&Value::Null));
                unlike(en, zh, &format!("{place}.{key}"), found);
            }
        }
        _ => found.push(format!("{place} is in one language only")),
    }
}

#[test]
fn every_bundled_text_is_in_both_languages() {
    for (path, text) in crate::bundled::documents() {
        let mut found = Vec::new();
        let mut document: Value = serde_json::from_str(&text).expect("a trial is JSON");
        // what was done with the words is no word itself
        document.as_object_mut().expect("an object").remove("wording");
        untranslated(&document, "", &mut found);
        assert!(found.is_empty(), "{}: {}", path.display(), found.join("; "));
    }
}
