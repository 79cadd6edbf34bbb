//! Cases of one criterion, and of a whole trial.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use trial_prescreen::{
    Again, Anchor, AsOf, Asking, AtomEvaluation, CriterionEvaluation, Date, DueChange, Evaluation, Fact, Gap, Margin,
    Record, Respondent, Side, Trial, Verdict, Warned, evaluate, import, next_question,
};

use super::answer;
use super::fact::{self, Facts};
use super::reasons;

/// A file of cases; what it says itself holds for each of its cases that does not say otherwise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct File {
    #[serde(default)]
    background: BTreeMap<String, Facts>,
    #[serde(flatten)]
    setting: Setting,
    case: Vec<Case>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Setting {
    as_of: Option<String>,
    anchors: Option<BTreeMap<Anchor, Date>>,
    criterion: Option<String>,
    expression: Option<String>,
    category: Option<String>,
    trial: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[expect(dead_code, reason = "for the reader")]
    why: Option<String>,
    #[expect(dead_code, reason = "for the reader")]
    source: Option<String>,
    #[serde(flatten)]
    setting: Setting,
    #[serde(default)]
    facts: BTreeMap<String, Facts>,
    /// What the patient answers on the page, by question, as JSON.
    #[serde(default)]
    answers: BTreeMap<String, String>,
    expect: Expect,
}

/// What must come out; a key that is not there is not looked at.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expect {
    verdict: Option<String>,
    truth: Option<String>,
    applies: Option<bool>,
    because: Option<Vec<String>>,
    gaps: Option<Vec<String>>,
    /// What the gaps are about, in their order.
    ordered: Option<Vec<String>>,
    margin: Option<Vec<String>>,
    derived: Option<Vec<String>>,
    until: Option<String>,
    from: Option<String>,
    then: Option<String>,
    /// Each change of the calendar: `2026-03-17 ineligible: I3 fail, E9 pass`.
    calendar: Option<Vec<String>>,
    /// The last day or minute on which every verdict stands: `always`, where time alone changes none.
    expires: Option<String>,
    /// The earliest and the latest screening date, `always` where there is no latest; `never`.
    screening: Option<String>,
    determination: Option<String>,
    determining: Option<Vec<String>>,
    verdicts: Option<BTreeMap<String, String>>,
    cohorts: Option<BTreeMap<String, String>>,
    remaining: Option<BTreeMap<String, usize>>,
    assumed: Option<Vec<String>>,
    warned: Option<Vec<String>>,
    /// The question that the patient is asked next,; or why there is none: `determined`.
    asks: Option<String>,
    /// So many screens can still come, no more.
    #[serde(rename = "at-most")]
    at_most: Option<usize>,
    /// What is left of an open criterion, as JSON; `none` of a decided one.
    pub(super) residual: Option<String>,
    pub(super) passes: Option<Vec<String>>,
    pub(super) fails: Option<Vec<String>>,
    pub(super) eligible: Option<Vec<String>>,
    pub(super) ineligible: Option<Vec<String>>,
    pub(super) possible: Option<Vec<String>>,
    pub(super) near: Option<Vec<String>>,
    pub(super) alone: Option<Vec<String>>,
    pub(super) cured: Option<Vec<String>>,
    pub(super) finds: Option<Vec<String>>,
    /// What would be otherwise, in words, for each reader: `patient`, `caregiver`, `staff`, `patient-zh`, ….
    #[serde(default)]
    pub(super) words: BTreeMap<String, Vec<String>>,
    /// Sentences among those that explain, for each reader.
    #[serde(default)]
    pub(super) explained: BTreeMap<String, Vec<String>>,
    /// May it be tried again: `after 2026-03-29`, `investigator`, `never`; `none` where nothing failed.
    again: Option<String>,
}

/// The name of each case with what is wrong with it, if anything is.
pub(super) fn run(text: &str) -> Result<Vec<(String, Option<String>)>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let each = |case: &Case| {
        let problems = check(&file, case).unwrap_or_else(|problem| vec![problem]);
        (case.name.clone(), (!problems.is_empty()).then(|| problems.join("\n    ")))
    };
    Ok(file.case.iter().map(each).collect())
}

fn check(file: &File, case: &Case) -> Result<Vec<String>, String> {
    let (of_file, of_case) = (&file.setting, &case.setting);
    let as_of = of_case.as_of.as_ref().or(of_file.as_of.as_ref()).ok_or("the case has no as-of")?;
    let mut as_of = as_of.parse().ok().and_then(AsOf::new).ok_or_else(|| format!("`{as_of}` is not an as-of"))?;
    for (anchor, date) in of_case.anchors.iter().chain(&of_file.anchors).flatten() {
        as_of.anchors.insert(anchor.clone(), *date);
    }
    let own = match trial_text(of_file, of_case)? {
        Some(text) => Some(read(bundled(&text).unwrap_or(&text))?),
        None => None,
    };
    let trial = match &own {
        Some(trial) => trial,
        None => stroke()?,
    };
    let mut record = fact::record(&file.background, &case.facts)?;
    for (question, answer) in &case.answers {
        record.facts.extend(answered(trial, question, answer, &as_of)?.output);
    }
    let evaluation = evaluate(trial, &record, &as_of);

    let mut report = Report::default();
    let expect = &case.expect;
    let assumed: Vec<String> = evaluation.assumed.iter().map(word).collect();
    report.list("assumed", &assumed, &expect.assumed);
    let warned = evaluation.diagnostics.iter().map(|d| format!("{} {}", d.path, word(&d.code))).collect::<Vec<_>>();
    report.list("warned", &warned, &expect.warned);
    if let Some(determination) = &expect.determination {
        report.same("determination", &word(&evaluation.determination), Some(determination));
        of_trial(&mut report, &evaluation, expect);
        reasons::check(&mut report, (trial, &record, &as_of), None, expect);
        let plan = next_question(
            trial,
            &record,
            &as_of,
            Asking { respondent: Respondent::Patient, go_on: false, ..Asking::default() },
        );
        report.same("at-most", &plan.at_most.to_string(), expect.at_most.map(|most| most.to_string()).as_ref());
        let asks = plan.question.map_or_else(|| word(&plan.stopped), |question| question.id);
        report.same("asks", &asks, expect.asks.as_ref());
        let at = |moment: &AsOf| word(&evaluate(trial, &record, moment).determination);
        let (until, from, then) = (evaluation.until, evaluation.from, evaluation.then.map(|then| word(&then)));
        in_time(&mut report, &as_of, [until, from], determination, then.as_deref(), at);
        return Ok(report.problems);
    }
    let id = of_case.criterion.as_deref().or(of_file.criterion.as_deref()).unwrap_or("C");
    let found = evaluation.criteria.iter().find(|criterion| criterion.id == id);
    let found = found.ok_or_else(|| format!("the trial has no criterion {id}"))?;
    of_criterion(&mut report, found, expect);
    reasons::check(&mut report, (trial, &record, &as_of), Some(id), expect);
    let verdict_at = |record: &Record, moment: &AsOf| {
        let evaluation = evaluate(trial, record, moment);
        evaluation.criteria.iter().find(|criterion| criterion.id == id).map(|c| word(&c.verdict)).unwrap_or_default()
    };
    let verdict = word(&found.verdict);
    if found.verdict != Verdict::Pending {
        let cited: Vec<Fact> = record.facts.iter().filter(|fact| found.because.contains(&fact.id)).cloned().collect();
        let again = verdict_at(&Record::new(cited), &as_of);
        report.same("verdict on the cited facts alone", &again, Some(&verdict));
    }
    let (until, from, then) = (found.until, found.from, found.then.map(|then| word(&then)));
    in_time(&mut report, &as_of, [until, from], &verdict, then.as_deref(), |moment| verdict_at(&record, moment));
    Ok(report.problems)
}

/// The bundled stroke trial.
pub(super) fn stroke() -> Result<&'static Trial, String> {
    static TRIAL: OnceLock<Result<Trial, String>> = OnceLock::new();
    TRIAL.get_or_init(|| read(include_str!("../../www/trials/NCT07084012.json"))).as_ref().map_err(Clone::clone)
}

/// A bundled trial that a case names by its id.
fn bundled(id: &str) -> Option<&'static str> {
    Some(match id {
        "NCT06688435" => include_str!("../../www/trials/NCT06688435.json"),
        "SYS6020-MM" => include_str!("../../www/trials/SYS6020-MM.json"),
        "SYS6020-SLE" => include_str!("../../www/trials/SYS6020-SLE.json"),
        "VUM02-ACLF" => include_str!("../../www/trials/VUM02-ACLF.json"),
        "VUM02-ARDS" => include_str!("../../www/trials/VUM02-ARDS.json"),
        _ => return None,
    })
}

/// The trial that the case brings with it, or names.
fn trial_text(file: &Setting, case: &Setting) -> Result<Option<String>, String> {
    if let Some(trial) = case.trial.as_ref().or(file.trial.as_ref()) {
        return Ok(Some(trial.clone()));
    }
    let Some(expression) = case.expression.as_ref().or(file.expression.as_ref()) else {
        return Ok(None);
    };
    let category = case.category.as_ref().or(file.category.as_ref()).ok_or("an expression needs a category")?;
    let criterion = format!(
        r#"{{"id":"C","category":"{category}","text":{{}},"source":{{"document":"","item":""}},"expression":{expression}}}"#
    );
    Ok(Some(format!(
        r#"{{"format":"trial-prescreen/1","id":"case","title":{{}},"source":[],
            "eligibility":{{"status":"published","criteria":[{criterion}]}}}}"#
    )))
}

/// What an answer states, as the patient gives it.
pub(super) fn answered(trial: &Trial, question: &str, answer: &str, as_of: &AsOf) -> Result<Warned<Vec<Fact>>, String> {
    let answer = answer::read(answer).map_err(|problem| format!("{question}: {problem}"))?;
    Ok(import::answer::facts(trial, question, &answer, as_of, Respondent::Patient))
}

pub(super) fn read(text: &str) -> Result<Trial, String> {
    import::trial(text.as_bytes()).map(|read| read.output).map_err(|error| {
        let all: Vec<String> = error.diagnostics.iter().map(|d| format!("{}: {}", d.path, d.message)).collect();
        format!("the trial cannot be read: {}", all.join("; "))
    })
}

fn of_trial(report: &mut Report, evaluation: &Evaluation, expect: &Expect) {
    report.list("determining", &evaluation.determining, &expect.determining);
    let verdicts: BTreeMap<String, String> =
        evaluation.criteria.iter().map(|criterion| (criterion.id.to_string(), word(&criterion.verdict))).collect();
    report.entries("verdict", &verdicts, expect.verdicts.as_ref());
    let cohorts = evaluation.cohorts.iter().map(|cohort| (cohort.id.clone(), word(&cohort.determination))).collect();
    report.entries("cohort", &cohorts, expect.cohorts.as_ref());
    let remaining: BTreeMap<String, usize> =
        serde_json::to_value(evaluation.remaining).and_then(serde_json::from_value).unwrap_or_default();
    report.entries("remaining", &remaining, expect.remaining.as_ref());
    report.dates(evaluation.until, evaluation.from, evaluation.then.map(|then| word(&then)), expect);
    let calendar: Vec<String> = evaluation.calendar.iter().map(due).collect();
    report.list("calendar", &calendar, &expect.calendar);
    let always = |date: Option<Date>| date.map_or("always".to_owned(), |date| date.to_string());
    report.same("expires", &always(evaluation.expires), expect.expires.as_ref());
    let dates = evaluation.screening.as_ref().map(|dates| format!("{} to {}", dates.earliest, always(dates.latest)));
    report.same("screening", &dates.unwrap_or_else(|| "never".to_owned()), expect.screening.as_ref());
    report.same("again", &again(evaluation.again), expect.again.as_ref());
}

fn again(again: Option<Again>) -> String {
    let Some(again) = again else { return "none".to_owned() };
    let from = again.from.map(|from| format!(" {from}")).unwrap_or_default();
    format!("{}{from}", word(&again.allowed))
}

fn due(change: &DueChange) -> String {
    let verdicts: Vec<String> =
        change.criteria.iter().map(|due| format!("{} {}", due.id, word(&due.verdict))).collect();
    format!("{} {}: {}", change.from, word(&change.determination), verdicts.join(", "))
}

fn of_criterion(report: &mut Report, found: &CriterionEvaluation, expect: &Expect) {
    report.same("again", &again(found.again), expect.again.as_ref());
    report.same("verdict", &word(&found.verdict), expect.verdict.as_ref());
    if expect.verdict.is_none() {
        report.problems.push("the case states no verdict".to_owned());
    }
    let pending = expect.verdict.as_deref() == Some("pending");
    let reason = if pending { &expect.gaps } else { &expect.because };
    if reason.is_none() {
        report.problems.push("a decided case states because, a pending one gaps".to_owned());
    }
    report.list("because", &found.because, &expect.because);
    let detailed = |gap: &Gap| gap_text(gap, expect.gaps.as_deref().unwrap_or(&[]));
    // several parts of a criterion may have one gap in common
    let distinct: BTreeSet<String> = found.gaps.iter().map(detailed).collect();
    report.list("gaps", &distinct.into_iter().collect::<Vec<_>>(), &expect.gaps);
    let order: Vec<String> = found.gaps.iter().map(|gap| gap.subject.key()).collect();
    report.order("ordered", &order, &expect.ordered);
    if let Some(truth) = &expect.truth {
        report.same("truth", &word(&found.truth), Some(truth));
    }
    if found.applies != expect.applies.unwrap_or(true) {
        report.problems.push(format!("applies is {}", found.applies));
    }
    let margins: Vec<String> =
        found.atoms.iter().filter_map(|atom| Some(margin_text(atom, atom.margin.as_ref()?))).collect();
    report.among("margin", &margins, &expect.margin);
    let derived: Vec<String> = found.atoms.iter().filter_map(derived_text).collect();
    report.among("derived", &derived, &expect.derived);
    report.dates(found.until, found.from, found.then.map(|then| word(&then)), expect);
}

/// `alt incomparable, needs upper-limit`; with what to ask and the facts at hand only where the case states them.
fn gap_text(gap: &Gap, expected: &[String]) -> String {
    let mut text = format!("{} {}", gap.subject.key(), word(&gap.kind));
    if let Some(needs) = gap.needs {
        text.push_str(&format!(", needs {}", word(&needs)));
    }
    let states = |what: &str| expected.iter().any(|e| e.starts_with(&text) && e.contains(what));
    let (asks, facts) = (states(", ask "), states(", citing "));
    if asks {
        text.push_str(&format!(", ask {}", gap.asks.join(" ")));
    }
    if facts {
        text.push_str(&format!(", citing {}", gap.facts.join(" ")));
    }
    text
}

/// `alt 2.53 xULN: 0.03 inside low 2.5`
fn margin_text(atom: &AtomEvaluation, margin: &Margin) -> String {
    let Margin { limit, value, unit, .. } = margin;
    let side = if margin.bound == Side::Low { "low" } else { "high" };
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    let distance = margin.distance.to_string();
    let place = match distance.strip_prefix('-') {
        Some(distance) => format!("{distance} outside"),
        None if distance == "0" => "at".to_owned(),
        None => format!("{distance} inside"),
    };
    format!("{} {value}{unit}: {place} {side} {limit}", atom.subject.key())
}

/// `egfr 58.8 mL/min/1.73m2 by CKD-EPI 2021 (creatinine) from birth-date creatinine sex`
fn derived_text(atom: &AtomEvaluation) -> Option<String> {
    let derived = atom.derived.as_ref()?;
    let mut from = derived.from.clone();
    from.sort();
    Some(format!("{} {} by {} from {}", atom.subject.key(), derived.value, derived.formula, from.join(" ")))
}

/// The outcome still holds at `until`, and the next one at `from`.
fn in_time(
    report: &mut Report,
    as_of: &AsOf,
    [until, from]: [Option<Date>; 2],
    now: &str,
    then: Option<&str>,
    at: impl Fn(&AsOf) -> String,
) {
    let (Some(until), Some(from), Some(then)) = (until, from, then) else { return };
    let written = as_of.date().to_string();
    let zone = written.split_once('T').map(|(_, time)| time.get(5..).unwrap_or("")).map(str::to_owned);
    for (date, clock, expected) in [(until, "23:59", now), (from, "00:00", then)] {
        let text = match (date, &zone) {
            (Date::Day(_), Some(zone)) => format!("{date}T{clock}{zone}"),
            _ => date.to_string(),
        };
        let Some(mut moment) = text.parse().ok().and_then(AsOf::new) else {
            report.problems.push(format!("`{text}` is not a moment"));
            continue;
        };
        moment.anchors.clone_from(&as_of.anchors);
        let outcome = at(&moment);
        report.same(&format!("outcome on {text}"), &outcome, Some(expected));
    }
}

/// A value as it stands in JSON.
pub(super) fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|json| json.as_str().map(str::to_owned)).unwrap_or_default()
}

#[derive(Default)]
pub(super) struct Report {
    problems: Vec<String>,
}

impl Report {
    pub(super) fn same(&mut self, what: &str, actual: &str, expected: Option<impl AsRef<str>>) {
        if let Some(expected) = expected
            && actual != expected.as_ref()
        {
            self.problems.push(format!("{what}: expected {}, found {actual}", expected.as_ref()));
        }
    }

    /// The same members, in any order.
    fn list<T: ToString>(&mut self, what: &str, actual: &[T], expected: &Option<Vec<String>>) {
        let Some(expected) = expected else { return };
        let (mut actual, mut sorted): (Vec<String>, _) = (actual.iter().map(T::to_string).collect(), expected.clone());
        actual.sort();
        sorted.sort();
        if actual != sorted {
            self.problems.push(format!("{what}: expected {expected:?}, found {actual:?}"));
        }
    }

    /// The same members, in this order.
    pub(super) fn order(&mut self, what: &str, actual: &[String], expected: &Option<Vec<String>>) {
        if expected.as_ref().is_some_and(|expected| expected != actual) {
            self.problems.push(format!("{what}: expected {expected:?}, found {actual:?}"));
        }
    }

    /// Each expected text is there, perhaps with others.
    fn among(&mut self, what: &str, actual: &[String], expected: &Option<Vec<String>>) {
        for text in expected.iter().flatten().filter(|text| !actual.contains(text)) {
            self.problems.push(format!("{what}: expected `{text}` among {actual:?}"));
        }
    }

    /// Each expected entry is there, perhaps with others.
    fn entries<V: PartialEq + std::fmt::Debug>(
        &mut self,
        what: &str,
        actual: &BTreeMap<String, V>,
        expected: Option<&BTreeMap<String, V>>,
    ) {
        for (key, value) in expected.into_iter().flatten().filter(|(key, value)| actual.get(*key) != Some(value)) {
            self.problems.push(format!("{what} {key}: expected {value:?}, found {:?}", actual.get(key)));
        }
    }

    /// `until = "always"` says that time alone changes nothing.
    fn dates(&mut self, until: Option<Date>, from: Option<Date>, then: Option<String>, expect: &Expect) {
        let shown = |date: Option<Date>| date.map_or("always".to_owned(), |date| date.to_string());
        self.same("until", &shown(until), expect.until.as_ref());
        self.same("from", &shown(from), expect.from.as_ref());
        self.same("then", &then.unwrap_or_default(), expect.then.as_ref());
    }
}
