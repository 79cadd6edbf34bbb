//! The cases under `tests/cases`, run natively and in WebAssembly. `tests/README.md` says how to add one.

mod amend;
mod answer;
mod diagnostic;
mod evaluation;
mod fact;
mod importing;
mod log;
mod notation;
mod reading;
mod reasons;
mod record;
mod vector;

/// Cases that are right and fail all the same: `file :: case :: reason`, a line each.
const EXPECTED_FAILURES: &str = include_str!("../cases/expected-failures.txt");

/// One test per file. WebAssembly has no files, so that the texts are part of the program.
macro_rules! cases {
    ($($name:ident $file:literal)*) => {
        const FILES: &[(&str, &str)] = &[$(($file, include_str!(concat!("../cases/", $file)))),*];

        mod file {
            $(
                #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
                #[cfg_attr(not(target_arch = "wasm32"), test)]
                fn $name() {
                    super::run_file($file);
                }
            )*
        }
    };
}

include!("files.rs");

type Outcomes = Vec<(String, Option<String>)>;

fn outcomes(file: &str) -> Result<Outcomes, String> {
    let text = FILES.iter().find(|(name, _)| *name == file).map_or("", |(_, text)| *text);
    let (area, name) = file.split_once('/').unwrap_or(("", file));
    match area {
        "amend" => amend::run(text),
        "diagnostic" => diagnostic::run(name.trim_end_matches(".toml"), text),
        "date" | "duration" | "number" | "unit" => notation::run(text),
        "import" => importing::run(text),
        "log" => log::run(text),
        "read" => reading::run(text),
        "record" => record::run(text),
        "vector" => vector::run(text),
        _ => evaluation::run(text),
    }
    .map_err(|problem| format!("{file}: {problem}"))
}

/// Every case of a file must do what it says, and those that are expected to fail must fail.
#[expect(clippy::panic, reason = "this is how a test fails")]
fn run_file(file: &str) {
    let mut report = String::new();
    for (name, problem) in outcomes(file).unwrap_or_else(|problem| panic!("{problem}")) {
        match (problem, expected_failures().any(|(of, case, _)| of == file && case == name)) {
            (Some(problem), false) => report.push_str(&format!("\n  {file} :: {name}\n    {problem}")),
            (None, true) => report.push_str(&format!(
                "\n  {file} :: {name}\n    passes now: take it out of tests/cases/expected-failures.txt"
            )),
            (None, false) | (Some(_), true) => {}
        }
    }
    assert!(report.is_empty(), "{report}");
}

fn expected_failures() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    EXPECTED_FAILURES.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).map(|line| {
        let mut parts = line.splitn(3, " :: ");
        let mut next = || parts.next().unwrap_or("").trim();
        (next(), next(), next())
    })
}

#[cfg(not(target_arch = "wasm32"))]
mod suite {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::{FILES, expected_failures};

    const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");

    fn names(text: &str) -> Vec<String> {
        let file: toml::Table = text.parse().unwrap_or_default();
        let cases = file.get("case").and_then(toml::Value::as_array).cloned().unwrap_or_default();
        cases.iter().filter_map(|case| Some(case.get("name")?.as_str()?.to_owned())).collect()
    }

    #[test]
    fn every_file_on_disk_is_in_the_list() {
        let mut on_disk = BTreeSet::new();
        for area in std::fs::read_dir(CASES).unwrap() {
            let area = area.unwrap().path();
            if area.is_dir() {
                for file in std::fs::read_dir(&area).unwrap() {
                    let file = file.unwrap().path();
                    on_disk.insert(file.strip_prefix(CASES).unwrap().to_str().unwrap().replace('\\', "/"));
                }
            }
        }
        let listed: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(listed, on_disk, "tests/conformance/files.rs must list the files under {CASES}");
    }

    #[test]
    fn every_file_says_what_it_is_for() {
        for (name, text) in FILES {
            assert!(text.starts_with("# "), "{name} begins with a comment that says what it is for");
        }
    }

    #[test]
    fn every_case_has_a_name_of_its_own() {
        for (file, text) in FILES {
            let mut seen = BTreeSet::new();
            for name in names(text) {
                assert!(seen.insert(name.clone()), "{file} has two cases called `{name}`");
            }
            assert!(!seen.is_empty(), "{file} has no cases");
        }
    }

    #[test]
    fn every_expected_failure_exists_and_has_its_reason() {
        for (file, case, reason) in expected_failures() {
            let (_, text) = FILES.iter().find(|(name, _)| *name == file).unwrap_or_else(|| panic!("no file {file}"));
            let exists = names(text).iter().any(|name| name == case);
            assert!(exists && !reason.is_empty(), "{file} :: {case} must exist, and say why it fails");
        }
    }

    #[test]
    fn every_code_has_a_file_of_cases() {
        let source = std::fs::read_to_string(Path::new(CASES).join("../../src/diagnostic.rs")).unwrap();
        let (_, list) = source.split_once("pub enum Code {").unwrap();
        let (list, _) = list.split_once("\n}").unwrap();
        let names = list.lines().map(str::trim).filter(|line| line.starts_with(char::is_uppercase));
        for name in names {
            let mut code = String::new();
            for c in name.trim_end_matches(',').chars() {
                if c.is_uppercase() && !code.is_empty() {
                    code.push('-');
                }
                code.push(c.to_ascii_lowercase());
            }
            let file = format!("diagnostic/{code}.toml");
            assert!(FILES.iter().any(|(name, _)| *name == file), "{file} is missing");
        }
    }
}
