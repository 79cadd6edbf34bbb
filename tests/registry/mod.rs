//! What holds of every record that is imported.
//!
//! `PRESCREEN_REGISTRY_FILES` may name a folder of records in any format: every file of it must then be read, and a
//! table says what of it. Without it that test is skipped.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::collection::vec;
use proptest::prelude::*;
use serde::Deserialize;
use trial_prescreen::{
    Asking, Category, Expression, GapKind, Publication, Record, Respondent, Severity, Trial, Verdict, evaluate, import,
};

use crate::asking::{as_of, ask_all};
use crate::properties::holds;

/// What came of the files of one folder.
#[derive(Default)]
struct Tally {
    files: usize,
    trials: usize,
    failed: usize,
    criteria: [usize; 2],
    computable: usize,
    partly: usize,
    doubtful: usize,
    questions: usize,
    unpublished: usize,
    kept: usize,
    codes: BTreeMap<String, usize>,
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of records") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn count(tally: &mut Tally, trial: &Trial) {
    tally.trials += 1;
    tally.questions += trial.questions.iter().count();
    tally.kept += trial.source.iter().map(|source| source.unmapped.iter().count()).sum::<usize>();
    tally.unpublished += usize::from(trial.eligibility.status != Publication::Published);
    for criterion in &trial.eligibility.criteria {
        tally.criteria[usize::from(criterion.category == Category::Exclusion)] += 1;
        let leaves = criterion.expression.leaves();
        let open = |leaf: &&&Expression| matches!(leaf, Expression::Unread(_) | Expression::Judgement(_));
        let unread = leaves.iter().filter(open).count();
        tally.computable += usize::from(unread == 0);
        tally.partly += usize::from(unread > 0 && unread < leaves.len());
        tally.doubtful += usize::from(criterion.id.starts_with('U'));
    }
}

#[test]
fn every_file_of_the_folder_is_imported() {
    #[expect(clippy::disallowed_methods, reason = "a test may be told where records lie")]
    let folder = std::env::var("PRESCREEN_REGISTRY_FILES");
    let Ok(folder) = folder else {
        eprintln!("skipped: PRESCREEN_REGISTRY_FILES names no folder of records");
        return;
    };
    let mut found = Vec::new();
    files(Path::new(&folder), &mut found);
    found.sort();
    let mut table: BTreeMap<String, Tally> = BTreeMap::new();
    let mut problems = Vec::new();
    for path in &found {
        let data = std::fs::read(path).expect("a file");
        let own = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        let tally = table.entry(own).or_default();
        tally.files += 1;
        let read = import::trials(&data);
        let errors: Vec<_> = read.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
        tally.failed += errors.len();
        if read.output.is_empty() || !errors.is_empty() {
            problems.push(format!("{}: {:?}", path.display(), errors.first().map(|d| &d.message)));
        }
        for diagnostic in &read.diagnostics {
            *tally.codes.entry(format!("{:?}", diagnostic.code)).or_default() += 1;
        }
        for trial in &read.output {
            count(tally, trial);
            let written = serde_json::to_string(trial).expect("a trial is written");
            let again = import::document(written.as_bytes());
            match again {
                Ok(again) if again.output == *trial => {}
                Ok(_) => problems.push(format!("{}: {} is another once it was written", path.display(), trial.id)),
                Err(error) => problems.push(format!("{}: {} cannot be read again: {error}", path.display(), trial.id)),
            }
        }
    }
    println!(
        "folder: files, trials (errors); in + ex, of these whole / partly / in doubt; questions; not all published; kept"
    );
    for (name, tally) in &table {
        println!(
            "{name}: {} files, {} trials ({}); {} + {} criteria, {} whole, {} partly, {} in doubt; {} questions; {}; {} kept\n    {:?}",
            tally.files,
            tally.trials,
            tally.failed,
            tally.criteria[0],
            tally.criteria[1],
            tally.computable,
            tally.partly,
            tally.doubtful,
            tally.questions,
            tally.unpublished,
            tally.kept,
            tally.codes
        );
    }
    assert!(problems.is_empty(), "{} of {} files:\n{}", problems.len(), found.len(), problems.join("\n"));
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
}

/// The trials of every case of an import.
fn imported() -> Vec<Trial> {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/import"), &mut found);
    found.sort();
    let texts = found.iter().map(|path| std::fs::read_to_string(path).expect("cases are text"));
    let cases = texts.flat_map(|text| toml::from_str::<Cases>(&text).expect("cases").case);
    cases.flat_map(|case| import::trials(case.text.as_bytes()).output).collect()
}

/// Whoever is asked is asked to the end, and what is pending then was asked or is the investigator's to say.
#[test]
fn every_imported_trial_is_asked_to_the_end() {
    let trials = imported();
    let who = prop_oneof![Just(Respondent::Patient), Just(Respondent::Caregiver), Just(Respondent::Staff)];
    holds(60, (0..trials.len(), who, any::<bool>(), vec(any::<u8>(), 1..40)), |(at, respondent, go_on, choices)| {
        let trial = &trials[at];
        let asking = Asking { respondent, go_on, ..Asking::default() };
        let (asked, facts) = ask_all(trial, asking, &choices);
        if !(go_on && respondent == Respondent::Staff) {
            return Ok(());
        }
        let known = evaluate(trial, &Record::new(facts), &as_of());
        for criterion in known.criteria.iter().filter(|criterion| criterion.verdict == Verdict::Pending) {
            for gap in &criterion.gaps {
                let told = gap.kind == GapKind::Judgement
                    || gap.asks.iter().any(|key| asked.iter().any(|asked| **asked == **key));
                prop_assert!(told, "{}: nobody was asked about {:?} of {}", trial.id, gap, criterion.id);
            }
        }
        Ok(())
    });
}

/// Whatever stands in a file, reading it ends, and what was read can be read again.
#[test]
fn importing_is_total_on_broken_records() {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/import"), &mut found);
    found.sort();
    let texts = found.iter().map(|path| std::fs::read_to_string(path).expect("cases are text"));
    let texts: Vec<String> =
        texts.flat_map(|text| toml::from_str::<Cases>(&text).expect("cases").case).map(|case| case.text).collect();
    holds(1_500, (0..texts.len(), vec((any::<u16>(), any::<u8>()), 0..6)), |(at, changes)| {
        let mut bytes = texts[at].clone().into_bytes();
        for (place, byte) in changes {
            let place = usize::from(place) % bytes.len();
            if byte % 5 == 0 { bytes.truncate(place.max(1)) } else { bytes[place] = byte }
        }
        for trial in import::trials(&bytes).output {
            let written = serde_json::to_string(&trial).expect("a trial is written");
            let again = import::document(written.as_bytes());
            prop_assert!(again.is_ok_and(|again| again.output == trial), "{written}");
        }
        Ok(())
    });
}
