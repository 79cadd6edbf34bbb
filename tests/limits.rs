//! How much is read, to the last one; and what a fact that cannot be used changes.

use std::fmt::Write;

use trial_prescreen::import::limits::{ALIKE, ALL_LEAVES, CRITERIA, FACTS, LEAVES, PROBLEMS, QUESTIONS, ROWS};
use trial_prescreen::import::{self, answer};
use trial_prescreen::{AsOf, Code, Diagnostic, Evaluation, Record, Respondent, Severity, evaluate};

const STROKE: &str = include_str!("../www/trials/NCT07084012.json");

fn listed(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect::<Vec<_>>().join(",")
}

/// A trial whose criterion `number` has as many leaves as `leaves` says, each about something of its own.
fn trial(criteria: usize, leaves: impl Fn(usize) -> usize, questions: usize) -> String {
    let leaf = |c: usize, l: usize| format!(r#"{{"present":{{"subject":{{"text":"{c} {l}"}},"status":"current"}}}}"#);
    let criterion = |c: usize| {
        let parts = listed(leaves(c), |l| leaf(c, l));
        format!(
            r#"{{"id":"C{c}","category":"exclusion","text":{{}},"source":{{"document":"","item":""}},"expression":{{"anyOf":[{parts}]}}}}"#
        )
    };
    let question = |q: usize| format!(r#""text:{q}":{{"answer":"yes-no","answerableBy":["staff"],"text":{{}}}}"#);
    format!(
        r#"{{"format":"trial-prescreen/1","id":"T","title":{{}},"source":[],"eligibility":{{"status":"published","criteria":[{}]}},"questions":{{{}}}}}"#,
        listed(criteria, criterion),
        listed(questions, question),
    )
}

fn errors(text: &str) -> Vec<String> {
    let diagnostics = match import::trial(text.as_bytes()) {
        Ok(read) => read.diagnostics,
        Err(error) => error.diagnostics,
    };
    let errors = diagnostics.into_iter().filter(|d| d.severity == Severity::Error);
    errors.map(|Diagnostic { code, message, .. }| format!("{code:?}: {message}")).collect()
}

#[test]
fn as_much_as_the_limits_say_is_read_and_one_more_is_not() {
    assert_eq!(errors(&trial(CRITERIA, |_| 2, QUESTIONS)), Vec::<String>::new());
    assert_eq!(errors(&trial(CRITERIA + 1, |_| 1, 0)), ["TooMany: there are 2001 criteria; at most 2000 are read"]);
    let questions = errors(&trial(1, |_| 1, QUESTIONS + 1));
    assert_eq!(questions, ["TooMany: there are 401 questions; at most 400 are read"]);

    let full = ALL_LEAVES / LEAVES;
    assert_eq!(errors(&trial(full, |_| LEAVES, 0)), Vec::<String>::new());
    let over = errors(&trial(full + 1, |c| if c == full { 1 } else { LEAVES }, 0));
    assert_eq!(over, ["TooMany: there are 5001 comparisons in all criteria; at most 5000 are read"]);
}

#[test]
fn different_comparisons_about_one_thing_are_counted_and_the_same_one_is_not() {
    let about = |different: usize, times: usize| {
        let leaf = |i: usize| {
            format!(
                r#"{{"compare":{{"subject":{{"concept":"alt"}},"low":{{"value":"{}","unit":"U/L"}}}}}}"#,
                i % different + 1
            )
        };
        let criterion = format!(
            r#"{{"id":"C","category":"exclusion","text":{{}},"source":{{"document":"","item":""}},"expression":{{"anyOf":[{}]}}}}"#,
            listed(times, leaf)
        );
        format!(
            r#"{{"format":"trial-prescreen/1","id":"T","title":{{}},"source":[],"eligibility":{{"status":"published","criteria":[{criterion}]}}}}"#
        )
    };
    assert_eq!(errors(&about(ALIKE, LEAVES)), Vec::<String>::new());
    let one_more = errors(&about(ALIKE + 1, ALIKE + 1));
    assert_eq!(one_more, ["TooMany: there are 51 or more different comparisons about `alt`; at most 50 are read"]);
}

#[test]
fn of_too_many_facts_none_is_read() {
    let fact = |i: usize| format!(r#"{{"id":"{i}","subject":{{"concept":"sex"}},"value":{{"code":"female"}}}}"#);
    let read = |count: usize| import::facts(&format!("[{}]", listed(count, fact)));
    assert_eq!((read(FACTS).output.facts.len(), read(FACTS).diagnostics.len()), (FACTS, 0));
    let over = read(FACTS + 1);
    assert_eq!((over.output.facts.len(), over.diagnostics.len()), (0, 1));
    assert_eq!((over.diagnostics[0].code, over.diagnostics[0].severity), (Code::TooMany, Severity::Error));

    let broken = import::facts(&format!("[{}]", listed(PROBLEMS + 2, |i| format!(r#"{{"id":{i}}}"#))));
    assert_eq!(broken.diagnostics.len(), PROBLEMS + 1);
    assert_eq!(broken.diagnostics.last().map(|d| d.code), Some(Code::TooMany));
}

#[test]
fn an_answer_has_no_more_rows_than_any_list_of_medicines() {
    let trial = import::trial(STROKE.as_bytes()).unwrap().output;
    let row = || answer::DoseFields { medicine: "prednisone".to_owned(), amount: "5".to_owned(), route: None };
    let stated = |rows: usize| {
        let answer = answer::Answer::Doses((0..rows).map(|_| row()).collect());
        answer::facts(&trial, "systemic-corticosteroid", &answer, &as_of(), Respondent::Patient)
    };
    assert_eq!((stated(ROWS).output.len(), stated(ROWS).diagnostics.len()), (ROWS + 1, 0));
    let over = stated(ROWS + 1);
    assert_eq!(
        (over.output.len(), over.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>()),
        (0, vec![Code::TooMany])
    );
}

#[test]
fn a_hundred_problems_are_told_one_by_one_and_the_others_together() {
    let broken = format!(
        r#"{{"format":"trial-prescreen/1","id":"T","title":{{}},"source":[],"eligibility":{{"status":"published","criteria":[{}]}}}}"#,
        listed(PROBLEMS, |_| "0".to_owned()),
    );
    let told = errors(&broken);
    assert_eq!(
        (told.len(), told.last().map(String::as_str)),
        (PROBLEMS, Some("WrongType: found `0` where an object in curly brackets belongs"))
    );
    let more = errors(&broken.replace("[0,", "[0,0,"));
    assert_eq!(more.len(), PROBLEMS + 1);
    assert_eq!(more[PROBLEMS], "TooMany: there are more than 100 problems; the others are not told");

    // doubts alone, however many, keep nobody from using the trial
    let doubtful = import::trial(trial(PROBLEMS + 1, |_| 1, 0).as_bytes()).unwrap();
    assert_eq!(doubtful.diagnostics.len(), PROBLEMS + 1);
    assert!(doubtful.diagnostics.iter().all(|d| d.severity == Severity::Warning));
}

fn as_of() -> AsOf {
    AsOf::new("2026-03-15T14:30+08:00".parse().unwrap()).unwrap()
}

const GOOD: &str = r#"{"id":"sex","subject":{"concept":"sex"},"value":{"code":"female"}},
    {"id":"birth","subject":{"concept":"birth-date"},"value":{"date":"1950-06-15"}},
    {"id":"alt","subject":{"concept":"alt"},"value":{"quantity":{"value":"101","unit":"U/L"}},"upperLimit":{"value":"40","unit":"U/L"},"on":"2026-02-28"},
    {"id":"nihss","subject":{"concept":"nihss"},"value":{"quantity":{"value":"12"}},"on":"2026-03-15"},
    {"id":"egfr","subject":{"concept":"egfr"},"value":{"quantity":{"value":"88","unit":"mL/min/1.73m2"}},"on":"2026-03-10"}"#;

/// Facts that cannot be used, of every kind, and the code that says so.
const UNUSABLE: [(&str, Code); 12] = [
    (r#"{"id":"x","subject":{"concept":"astrology"},"value":{"present":"current"}}"#, Code::DanglingConcept),
    (
        r#"{"id":"x","subject":{"concept":"egfr"},"value":{"quantity":{"value":"3","unit":"furlong"}},"on":"2026-03-14"}"#,
        Code::IncomparableUnit,
    ),
    (
        r#"{"id":"x","subject":{"concept":"ast"},"value":{"quantity":{"value":"900"}},"on":"2026-03-14"}"#,
        Code::MissingUnit,
    ),
    (r#"{"id":"x","subject":{"concept":"epilepsy"},"value":{"quantity":{"value":"3","unit":"U/L"}}}"#, Code::WrongType),
    (
        r#"{"id":"x","subject":{"concept":"nihss"},"value":{"quantity":{"value":"40"}},"on":"2027-01-01"}"#,
        Code::FutureDate,
    ),
    (
        r#"{"id":"x","subject":{"concept":"nihss"},"value":{"quantity":{"value":"40"}},"on":"2026-02-30"}"#,
        Code::UnreadableFact,
    ),
    (r#"{"id":"x","subject":{"concept":"nihss"},"value":{"quantity":{"value":40}}}"#, Code::UnreadableFact),
    (r#"{"id":"x","subject":{"concept":"nihss"},"value":{"quantity":{"value":"4e1"}}}"#, Code::UnreadableFact),
    (r#"{"id":"x","subject":{"concept":"nihss"},"value":{"quantities":{"value":"40"}}}"#, Code::UnreadableFact),
    (r#"{"id":"x","subject":{"planet":"nihss"},"value":{"quantity":{"value":"40"}}}"#, Code::UnreadableFact),
    (r#"{"subject":{"concept":"nihss"},"value":{"quantity":{"value":"40"}}}"#, Code::UnreadableFact),
    ("null", Code::UnreadableFact),
];

#[test]
fn a_fact_that_cannot_be_used_changes_no_verdict_of_a_criterion_that_it_is_not_about() {
    let trial = import::trial(STROKE.as_bytes()).unwrap().output;
    let whole = |facts: &str| {
        let read = import::facts(&format!("[{facts}]"));
        let evaluation = evaluate(&trial, &Record::new(read.output.facts), &as_of());
        let codes: Vec<Code> = read.diagnostics.iter().chain(&evaluation.diagnostics).map(|d| d.code).collect();
        (codes, evaluation)
    };
    let verdicts = |evaluation: &Evaluation| -> Vec<String> {
        let each = evaluation.criteria.iter().map(|c| format!("{} {:?} {:?}", c.id, c.verdict, c.because));
        each.collect()
    };
    let (none, plain) = whole(GOOD);
    assert_eq!(none, Vec::new());
    for (fact, code) in UNUSABLE {
        for facts in [format!("{GOOD},{fact}"), format!("{fact},{GOOD}")] {
            let (codes, evaluation) = whole(&facts);
            let mut difference = String::new();
            for (before, after) in verdicts(&plain).iter().zip(verdicts(&evaluation)).filter(|(a, b)| *a != b) {
                writeln!(difference, "{before} became {after}").unwrap();
            }
            assert!(codes.contains(&code), "{fact}: {codes:?}");
            assert_eq!(difference, "", "{fact}");
            assert_eq!(plain.determination, evaluation.determination, "{fact}");
        }
    }
}
