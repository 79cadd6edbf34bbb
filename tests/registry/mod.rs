//! What holds of every record that is imported.
//!
//! `PRESCREEN_REGISTRY_FILES` may name a folder of records in any format: every file of it must then be read, and a
//! table says what of it. Without it that test is skipped.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::collection::vec;
use proptest::prelude::*;
use serde::Deserialize;
use trial_prescreen::import::answer::{self, Answer, CourseFields, DateFields, DoseFields, NumberFields, OnsetFields};
use trial_prescreen::{
    Anchor, AnswerKind, Asking, Category, Expression, GapKind, Publication, Question, Record, Respondent, Severity,
    Trial, Verdict, evaluate, import,
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

/// A whole answer to a question: every field of it, each as a byte chooses.
fn answered(question: &Question, choice: u8) -> Answer {
    let day = |back: u32| {
        let months = 12 * 2026 + 2 - back;
        DateFields {
            year: (months / 12).to_string(),
            month: (months % 12 + 1).to_string(),
            day: "15".to_owned(),
            ago: None,
        }
    };
    let back = u32::from(choice) * u32::from(choice) / 160;
    match &question.answer {
        AnswerKind::YesNo => Answer::Choice(if choice.is_multiple_of(2) { "yes" } else { "no" }.to_owned()),
        AnswerKind::Choice(codes) => Answer::Choice(codes[usize::from(choice) % codes.len()].clone()),
        AnswerKind::Quantity(kind) => Answer::Number(NumberFields {
            value: (choice % 41).to_string(),
            unit: kind.units.first().cloned().unwrap_or_default(),
            upper_limit: if kind.upper_limit { "12".to_owned() } else { String::new() },
            on: kind.dated.then(|| day(0)),
            ..NumberFields::default()
        }),
        AnswerKind::Date => Answer::Date(day(back)),
        AnswerKind::LastTime => Answer::Date(day(back)),
        AnswerKind::Course(kind) => Answer::Course(CourseFields {
            choice: ["now", "past", "never"][usize::from(choice % 3)].to_owned(),
            planned: if kind.planned { ["yes", "no"][usize::from(choice / 3 % 2)].to_owned() } else { String::new() },
            from: kind.dated.then(|| day(back + 3)),
            until: kind.dated.then(|| day(back.min(2))),
            route: question.routes.get(usize::from(choice) % question.routes.len().max(1)).copied(),
        }),
        AnswerKind::Onset => {
            let DateFields { year, month, day, .. } = day(0);
            let [basis, hour, minute, offset] = ["seen", "9", "0", "+08:00"].map(str::to_owned);
            Answer::Onset(OnsetFields { basis, year, month, day, hour, minute, offset })
        }
        AnswerKind::Doses(medicines) => Answer::Doses(
            (0..choice % 3)
                .filter_map(|i| medicines.get(usize::from(i)))
                .map(|medicine| DoseFields {
                    medicine: medicine.clone(),
                    amount: (choice % 9 + 1).to_string(),
                    route: question.routes.get(usize::from(choice) % question.routes.len().max(1)).copied(),
                })
                .collect(),
        ),
        AnswerKind::Drinks => Answer::Drinks(Vec::new()),
    }
}

/// Whoever answers every question wholly has every criterion decided, but for what is the investigator's to say and for
/// answers that contradict each other, or results of another time.
#[test]
fn every_criterion_of_an_imported_trial_can_be_decided() {
    let mut trials = imported();
    #[expect(clippy::disallowed_methods, reason = "a test may be told where records lie")]
    if let Ok(folder) = std::env::var("PRESCREEN_REGISTRY_FILES") {
        let mut found = Vec::new();
        files(Path::new(&folder), &mut found);
        found.sort();
        trials.extend(found.iter().flat_map(|path| import::trials(&std::fs::read(path).expect("a file")).output));
    }
    holds(400, (0..trials.len(), vec(any::<u8>(), 1..60)), |(at, choices)| {
        let trial = &trials[at];
        let mut facts = Vec::new();
        for ((key, question), choice) in trial.questions.iter().zip(choices.iter().cycle()) {
            let answer = answered(question, *choice);
            let read = answer::facts(trial, key, &answer, &as_of(), Respondent::Staff);
            prop_assert!(
                !read.output.is_empty() && read.diagnostics.iter().all(|said| said.severity != Severity::Error),
                "{key}: {answer:?} is no answer: {:?}",
                read.diagnostics
            );
            facts.extend(read.output);
        }
        let known = evaluate(trial, &Record::new(facts), &as_of());
        for criterion in known.criteria.iter().filter(|criterion| criterion.verdict == Verdict::Pending) {
            for gap in &criterion.gaps {
                // a result has a day and no hour, and lies where it lies around another day
                let elsewhere = |leaf: &&Expression| {
                    leaf.window().is_some_and(|window| {
                        let by_the_clock = window.from.is_some_and(|from| from.unit.is_clock());
                        let day = matches!(window.anchor, Anchor::Event(_) | Anchor::Text(_) | Anchor::Onset);
                        matches!(leaf, Expression::Compare(_))
                            && (by_the_clock && gap.kind == GapKind::Imprecise || day && gap.kind == GapKind::Stale)
                    })
                };
                let own = trial.criterion(&criterion.id).map(|own| own.expression.leaves()).unwrap_or_default();
                let told = matches!(gap.kind, GapKind::Judgement | GapKind::Conflicting) || own.iter().any(elsewhere);
                prop_assert!(told, "{} {}: {gap:?} is left", trial.id, criterion.id);
            }
        }
        Ok(())
    });
}
