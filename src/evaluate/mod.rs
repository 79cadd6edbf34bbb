//! (Trial, Record, as-of) → Evaluation.
//!
//! In: a trial, what is known about one person, the moment to judge from. Out: pass, fail or pending for every
//! criterion with the reason, and what follows for the trial. Never: a clock, I/O, randomness, a failure, or a "no"
//! that nobody said.

mod age;
mod atom;
pub(crate) mod chart;
mod compare;
pub(crate) mod compiled;
pub(crate) mod complete;
mod derive;
mod dose;
mod event;
pub(crate) mod expression;
mod reading;
mod record;
pub(crate) mod residual;
mod result;
mod span;
mod timeline;

pub use result::{
    AtomEvaluation, CohortEvaluation, CriterionEvaluation, Derived, Determination, Evaluation, Gap, GapKind, Margin,
    Needs, Remaining, Side, Verdict,
};

pub(crate) use result::closers;

use crate::model::criterion::{Category, Criterion};
use crate::model::moment::{AsOf, Now};
use crate::model::record::Record;
use crate::model::trial::{Publication, Trial};
use crate::model::window::Anchor;
use crate::truth::Truth;

use chart::{Anchored, Chart, Entry};
use compiled::{Compiled, Line};
use expression::{Missing, Outcome};

/// Evaluates every criterion of a trial on what is known about one person.
///
/// Never fails: what cannot be settled is `pending`, with its [`Gap`]s. Facts that cannot be used are reported in
/// `diagnostics` and change nothing else. The same input gives the same output to the byte.
///
/// # Example
///
/// ```
/// use trial_prescreen::*;
/// let text = r#"{"format":"trial-prescreen/1","id":"X","title":{"en":"X"},"source":[],"eligibility":{
///   "status":"published","criteria":[{"id":"I1","category":"inclusion","text":{"en":{"full":"","short":"","patient":""}},
///   "source":{"document":"","item":"1"},
///   "expression":{"compare":{"subject":{"concept":"age"},"low":{"value":"18","unit":"y"}}}}]}}"#;
/// let trial = import::trial(text.as_bytes()).unwrap().output;
/// let as_of = AsOf::new("2026-03-15".parse().unwrap()).unwrap();
///
/// let nothing_known = evaluate(&trial, &Record::default(), &as_of);
/// assert_eq!(nothing_known.determination, Determination::Undetermined); // unknown is never no
///
/// let born = Fact::new("f1", Subject::concept("birth-date"), FactValue::Date(When::On("2008-03-15".parse().unwrap())));
/// let evaluation = evaluate(&trial, &Record::new(vec![born]), &as_of);
/// assert_eq!(evaluation.determination, Determination::Eligible); // 18 today
/// ```
pub fn evaluate(trial: &Trial, record: &Record, as_of: &AsOf) -> Evaluation {
    let compiled = Compiled::new(trial);
    let chart = Chart::new(&compiled, record.facts.iter().cloned(), as_of);
    let scope = Scope::new(trial, &compiled, &chart, as_of);
    let evaluation = whole(&scope);
    Evaluation { diagnostics: record::check(record, as_of.now()), ..evaluation }
}

/// Everything but the remarks on facts.
fn whole(scope: &Scope<'_>) -> Evaluation {
    let (trial, now) = (scope.trial, scope.as_of.now());
    let detailed = Scope { margins: true, ..*scope };
    let mut assumed: Vec<Anchor> = Vec::new();
    let mut criteria: Vec<CriterionEvaluation> = Vec::new();
    for (criterion, line) in trial.eligibility.criteria.iter().zip(&scope.compiled.criteria) {
        let mut atoms = Vec::new();
        let outcome = detailed.criterion(line, now, Some(&mut atoms));
        assumed.extend(&outcome.assumed);
        criteria.push(evaluated(criterion, line, outcome, atoms, scope));
    }
    let verdicts: Vec<Verdict> = criteria.iter().map(|criterion| criterion.verdict).collect();
    let (determination, determining) = determine(trial, &verdicts, None);
    let cohorts = trial
        .eligibility
        .cohorts
        .iter()
        .map(|cohort| {
            let (determination, determining) = determine(trial, &verdicts, Some(&cohort.id));
            CohortEvaluation { id: cohort.id.clone(), determination, determining }
        })
        .collect();
    let change = timeline::of_trial(scope, now, determination);
    Evaluation {
        trial: trial.id.clone(),
        engine: crate::VERSION.to_owned(),
        as_of: scope.as_of.date(),
        determination,
        determining,
        cohorts,
        remaining: result::remaining(trial, &criteria),
        criteria,
        until: change.map(|change| change.until),
        from: change.map(|change| change.from),
        then: change.map(|change| change.then),
        assumed: Anchor::ALL.into_iter().filter(|anchor| assumed.contains(anchor)).collect(),
        diagnostics: Vec::new(),
    }
}

fn evaluated(
    criterion: &Criterion,
    line: &Line,
    outcome: Outcome<'_>,
    atoms: Vec<AtomEvaluation>,
    scope: &Scope<'_>,
) -> CriterionEvaluation {
    let verdict = verdict(criterion.category, outcome.truth);
    let change = timeline::of_criterion(scope, line, verdict, outcome.next);
    CriterionEvaluation {
        id: criterion.id.clone(),
        category: criterion.category,
        verdict,
        truth: outcome.truth,
        applies: outcome.applies,
        because: outcome.because.iter().map(|id| (*id).to_owned()).collect(),
        gaps: outcome.gaps.iter().filter(|_| verdict == Verdict::Pending).map(Missing::gap).collect(),
        atoms,
        until: change.map(|change| change.until),
        from: change.map(|change| change.from),
        then: change.map(|change| change.then),
    }
}

/// Polarity, applied here and nowhere else: an exclusion passes where its expression is false.
pub(crate) fn verdict(category: Category, truth: Truth) -> Verdict {
    match (category, truth) {
        (_, Truth::Unknown) => Verdict::Pending,
        (Category::Inclusion, Truth::True) | (Category::Exclusion, Truth::False) => Verdict::Pass,
        (Category::Inclusion, Truth::False) | (Category::Exclusion, Truth::True) => Verdict::Fail,
    }
}

/// The truth that makes a criterion of this category pass.
pub(crate) fn passing(category: Category) -> Truth {
    match category {
        Category::Inclusion => Truth::True,
        Category::Exclusion => Truth::False,
    }
}

/// What the verdicts mean for the trial, or for one cohort of it, and the criteria that decided.
///
/// One fail: ineligible. All pass and all criteria published: eligible. Else undetermined. A trial with cohorts is
/// open to whoever fits one of those that are not closed.
pub(crate) fn determine(trial: &Trial, verdicts: &[Verdict], cohort: Option<&str>) -> (Determination, Vec<String>) {
    let open: Vec<&str> =
        trial.eligibility.cohorts.iter().filter(|cohort| cohort.open != Some(false)).map(|c| c.id.as_str()).collect();
    if cohort.is_none() && open.is_empty() && !trial.eligibility.cohorts.is_empty() {
        // all cohorts are closed: nobody fits one that is open
        return (Determination::Undetermined, Vec::new());
    }
    if cohort.is_none() && !open.is_empty() {
        let each: Vec<(Determination, Vec<String>)> =
            open.iter().map(|id| determine(trial, verdicts, Some(id))).collect();
        let best = if each.iter().any(|(d, _)| *d == Determination::Eligible) {
            Determination::Eligible
        } else if each.iter().all(|(d, _)| *d == Determination::Ineligible) {
            Determination::Ineligible
        } else {
            Determination::Undetermined
        };
        let mut determining: Vec<String> = Vec::new();
        for (determination, ids) in each {
            if determination == best {
                determining.extend(ids.into_iter().filter(|id| !determining.contains(id)).collect::<Vec<_>>());
            }
        }
        return (best, determining);
    }
    let concerned = |criterion: &Criterion| match cohort {
        Some(cohort) => criterion.cohorts.is_empty() || criterion.cohorts.iter().any(|id| id == cohort),
        None => true,
    };
    let of = |wanted: Verdict| -> Vec<String> {
        trial
            .eligibility
            .criteria
            .iter()
            .zip(verdicts)
            .filter(|(criterion, verdict)| **verdict == wanted && concerned(criterion))
            .map(|(criterion, _)| criterion.id.clone())
            .collect()
    };
    let failed = of(Verdict::Fail);
    if !failed.is_empty() {
        return (Determination::Ineligible, failed);
    }
    let passed = of(Verdict::Pass);
    if of(Verdict::Pending).is_empty() && !passed.is_empty() && trial.eligibility.status == Publication::Published {
        return (Determination::Eligible, passed);
    }
    (Determination::Undetermined, Vec::new())
}

/// A trial and a person's facts, both made ready.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) trial: &'a Trial,
    pub(crate) compiled: &'a Compiled,
    pub(crate) chart: &'a Chart,
    pub(crate) as_of: &'a AsOf,
    /// Margins, and values worked out, are wanted for showing.
    margins: bool,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(trial: &'a Trial, compiled: &'a Compiled, chart: &'a Chart, as_of: &'a AsOf) -> Scope<'a> {
        Scope { trial, compiled, chart, as_of, margins: false }
    }

    /// The facts about a concept, in the order of their ids.
    pub(crate) fn about_concept(&self, id: &str) -> &'a [Entry] {
        self.chart.about_concept(id)
    }

    pub(crate) fn criterion(&self, line: &'a Line, now: Now, atoms: Option<&mut Vec<AtomEvaluation>>) -> Outcome<'a> {
        let outcome = expression::evaluate(self, &line.node, now, &mut { atoms });
        if outcome.truth == Truth::Unknown { complete::settled(self, &line.node, outcome, now) } else { outcome }
    }

    /// The verdict, and the next minute at which time alone may change it.
    pub(crate) fn verdict(&self, line: &'a Line, now: Now) -> (Verdict, Option<i64>) {
        let outcome = self.criterion(line, now, None);
        (verdict(line.category, outcome.truth), outcome.next)
    }

    /// The verdicts on all criteria.
    pub(crate) fn verdicts(&self, now: Now) -> Vec<Verdict> {
        self.compiled.criteria.iter().map(|line| self.verdict(line, now).0).collect()
    }

    /// When an anchor is, where it is known.
    pub(crate) fn anchor(&self, anchor: Anchor) -> Option<&'a Anchored> {
        self.chart.anchors.iter().find(|known| known.anchor == anchor)
    }
}
