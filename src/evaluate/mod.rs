//! (Trial, Record, as-of) → Evaluation.
//!
//! In: a trial, what is known about one person, the moment to judge from. Out: pass, fail or pending for every
//! criterion with the reason, and what follows for the trial. Never: a clock, I/O, randomness, a failure, or a "no"
//! that nobody said.

mod age;
mod agree;
mod anchor;
mod atom;
mod call_back;
mod change;
pub(crate) mod chart;
mod check;
mod cited;
mod coded;
mod compare;
pub(crate) mod compiled;
pub(crate) mod complete;
mod course;
mod derive;
mod dose;
mod event;
pub(crate) mod expression;
mod frame;
mod growing;
mod importance;
mod input;
mod lasting;
mod length;
mod mark;
mod occurrence;
pub(crate) mod probe;
mod ratio;
mod reading;
mod record;
pub(crate) mod residual;
mod result;
mod retest;
mod since;
mod soonest;
mod stretch;
mod timeline;
mod twins;

pub use check::Check;
pub use result::{
    AtomEvaluation, CohortEvaluation, CriterionEvaluation, Derived, Determination, DueChange, DueVerdict, Evaluation,
    Gap, GapKind, Margin, Needs, Remaining, ScreeningDates, Side, Verdict,
};

pub use retest::{Again, Allowance};

pub(crate) use age::{unit_of, years};
pub(crate) use result::closers;

use smallvec::SmallVec;

use crate::model::criterion::{Category, Criterion};
use crate::model::moment::{AsOf, Now};
use crate::model::name::Name;
use crate::model::record::{Record, Respondent, Subject};
use crate::model::trial::Trial;
use crate::model::window::Anchor;
use crate::truth::Truth;

use chart::{Anchored, Chart, Entry};
use compiled::{Atom, Compiled, Line};
use expression::{Missing, Outcome, Plain, Told};
use timeline::Change;

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
    of(trial, &Compiled::new(trial), record, as_of)
}

/// The same of a trial that was made ready before.
pub(crate) fn of(trial: &Trial, compiled: &Compiled, record: &Record, as_of: &AsOf) -> Evaluation {
    let chart = Chart::new(compiled, record.facts.iter().cloned(), as_of);
    let scope = Scope::new(trial, compiled, &chart, as_of);
    let evaluation = summed(trial, compiled, as_of, &Standing::of_all(&scope), |_| true);
    Evaluation { diagnostics: record::check(record, as_of.now()), ..evaluation }
}

/// One criterion as it stands, and what time alone will change.
#[derive(Clone, Debug, PartialEq)]
struct Standing {
    evaluation: CriterionEvaluation,
    changes: Vec<Change<Verdict>>,
    assumed: SmallVec<[Anchor; 1]>,
    /// Who can close one of its gaps.
    closers: Vec<Respondent>,
}

impl Standing {
    fn of_all(scope: &Scope<'_>) -> Vec<Standing> {
        let lines = scope.trial.eligibility.criteria.iter().zip(&scope.compiled.criteria);
        let mut told = Told::default();
        lines.map(|(criterion, line)| Standing::of(scope, criterion, line, &mut told)).collect()
    }

    /// What `told` keeps of leaves that are stated more than once serves the next criterion.
    fn of<'a>(scope: &Scope<'a>, criterion: &Criterion, line: &'a Line, told: &mut Told<'a>) -> Standing {
        told.atoms = Some(Vec::with_capacity(line.leaves));
        let detailed = Scope { margins: true, ..*scope };
        let outcome = detailed.criterion(line, scope.as_of.now(), told);
        let (gaps, atoms) = (std::mem::take(&mut told.gaps), told.atoms.take().unwrap_or_default());
        let verdict = verdict(criterion.category, outcome.truth);
        let changes = timeline::of_criterion(scope, line, verdict, outcome.next);
        let first = changes.first();
        let open = if verdict == Verdict::Pending { gaps } else { Vec::new() };
        let gaps = importance::order(scope, line, &atoms, open);
        let again = Again::of(scope, criterion, verdict, &outcome.because);
        let evaluation = CriterionEvaluation {
            id: line.id.clone(),
            category: criterion.category,
            verdict,
            truth: outcome.truth,
            applies: outcome.applies,
            because: outcome.because.iter().map(|id| (*id).clone()).collect(),
            gaps: gaps.iter().map(Missing::gap).collect(),
            atoms,
            until: first.map(Change::until),
            from: first.map(Change::from),
            then: first.map(|change| change.then),
            again,
        };
        let closes = |who: &Respondent| gaps.iter().any(|gap| gap.can_be_closed_by(scope.trial, *who));
        let closers = Respondent::ALL.into_iter().filter(closes).collect();
        Standing { evaluation, changes, assumed: outcome.assumed, closers }
    }

    /// It is the same at any other moment with these anchors.
    fn stands_still(&self, chart: &Chart, line: &Line) -> bool {
        self.evaluation.again.is_none_or(|again| again.from.is_none()) && chart.stands_still(&line.bearing)
    }
}

/// What the criteria as they stand mean for the trial, with the evaluations of those at the places that are `wanted`.
fn summed(
    trial: &Trial,
    compiled: &Compiled,
    as_of: &AsOf,
    standings: &[Standing],
    wanted: impl Fn(usize) -> bool,
) -> Evaluation {
    let verdicts: Vec<Verdict> = standings.iter().map(|standing| standing.evaluation.verdict).collect();
    let (determination, determining) = determine(trial, compiled, &verdicts, None);
    let cohorts = trial
        .eligibility
        .cohorts
        .iter()
        .map(|cohort| {
            let (determination, determining) = determine(trial, compiled, &verdicts, Some(&cohort.id));
            CohortEvaluation { id: cohort.id.clone(), determination, determining }
        })
        .collect();
    let changes: Vec<&[Change<Verdict>]> = standings.iter().map(|standing| standing.changes.as_slice()).collect();
    let calendar = timeline::of_trial(trial, compiled, as_of.date(), verdicts, &changes);
    let assumed = |anchor: &Anchor| standings.iter().any(|standing| standing.assumed.contains(anchor));
    let assumed = Anchor::MOMENTS.into_iter().filter(assumed).collect();
    let again: Vec<Option<Again>> = standings.iter().map(|standing| standing.evaluation.again).collect();
    let again = Again::of_trial(trial, &again).filter(|_| determination == Determination::Ineligible);
    let listed = standings.iter().enumerate().filter(|(position, _)| wanted(*position));
    Evaluation {
        trial: trial.id.clone(),
        engine: crate::VERSION,
        as_of: as_of.date(),
        determination,
        determining,
        cohorts,
        remaining: result::remaining(standings.iter().map(|standing| standing.closers.as_slice())),
        criteria: listed.map(|(_, standing)| standing.evaluation.clone()).collect(),
        until: calendar.first.map(|change| change.until()),
        from: calendar.first.map(|change| change.from()),
        then: calendar.first.map(|change| change.then),
        calendar: calendar.changes,
        expires: calendar.expires,
        screening: calendar.screening,
        again,
        assumed,
        diagnostics: Vec::new(),
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

/// What the verdicts mean for the trial, or for one cohort of it.
///
/// One fail: ineligible. All pass and all criteria published: eligible. Else undetermined. A trial with cohorts is
/// open to whoever fits one of those that are not closed; where all are closed it stays undetermined.
pub(crate) fn standing(trial: &Trial, verdicts: &[Verdict], cohort: Option<&str>) -> Determination {
    let cohorts = &trial.eligibility.cohorts;
    if cohort.is_none() && !cohorts.is_empty() {
        let open = || cohorts.iter().filter(|cohort| cohort.open != Some(false));
        let each = || open().map(|cohort| standing(trial, verdicts, Some(&cohort.id)));
        return if each().any(|determination| determination == Determination::Eligible) {
            Determination::Eligible
        } else if open().next().is_some() && each().all(|determination| determination == Determination::Ineligible) {
            Determination::Ineligible
        } else {
            Determination::Undetermined
        };
    }
    let concerning = || concerning(trial, verdicts, cohort).map(|(_, verdict)| verdict);
    if concerning().any(|verdict| verdict == Verdict::Fail) {
        return Determination::Ineligible;
    }
    let all_pass = concerning().all(|verdict| verdict == Verdict::Pass) && concerning().next().is_some();
    if all_pass && trial.may_admit() {
        return Determination::Eligible;
    }
    Determination::Undetermined
}

/// The places of the criteria of a cohort, or of all of them, with their verdicts.
fn concerning<'t>(
    trial: &'t Trial,
    verdicts: &'t [Verdict],
    cohort: Option<&'t str>,
) -> impl Iterator<Item = (usize, Verdict)> {
    let concerned = move |criterion: &Criterion| {
        cohort.is_none_or(|cohort| criterion.cohorts.is_empty() || criterion.cohorts.iter().any(|id| id == cohort))
    };
    let each = trial.eligibility.criteria.iter().zip(verdicts.iter().copied()).enumerate();
    each.filter(move |(_, (criterion, _))| concerned(criterion)).map(|(place, (_, verdict))| (place, verdict))
}

/// The same with the criteria that decided.
fn determine(
    trial: &Trial,
    compiled: &Compiled,
    verdicts: &[Verdict],
    cohort: Option<&str>,
) -> (Determination, Vec<Name>) {
    let determination = standing(trial, verdicts, cohort);
    let deciding = match determination {
        Determination::Eligible => Verdict::Pass,
        Determination::Ineligible => Verdict::Fail,
        Determination::Undetermined => return (determination, Vec::new()),
    };
    let open = trial.eligibility.cohorts.iter().filter(|one| one.open != Some(false)).map(|one| Some(one.id.as_str()));
    let cohorts: Vec<Option<&str>> =
        if cohort.is_some() || trial.eligibility.cohorts.is_empty() { vec![cohort] } else { open.collect() };
    let mut determining: Vec<Name> = Vec::new();
    let mut seen = vec![false; verdicts.len()];
    for cohort in cohorts.into_iter().filter(|cohort| standing(trial, verdicts, *cohort) == determination) {
        for (place, _) in concerning(trial, verdicts, cohort).filter(|(_, verdict)| *verdict == deciding) {
            if let (Some(seen @ false), Some(line)) = (seen.get_mut(place), compiled.criteria.get(place)) {
                *seen = true;
                determining.push(line.id.clone());
            }
        }
    }
    (determination, determining)
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

    /// The facts about the subject of a leaf, in the order of their ids.
    pub(crate) fn about(&self, atom: &Atom) -> &'a [Entry] {
        self.chart.at(atom.slot)
    }

    /// The facts about any subject, in the order of their ids.
    pub(crate) fn about_subject(&self, subject: &Subject) -> &'a [Entry] {
        debug_assert!(self.compiled.slot(subject).is_some(), "{subject:?} bears on a criterion");
        self.chart.about(subject)
    }

    /// The facts about a concept, in the order of their ids.
    pub(crate) fn about_concept(&self, id: &str) -> &'a [Entry] {
        debug_assert!(self.compiled.slot_of(id).is_some(), "{id} bears on a criterion");
        self.chart.about_concept(id)
    }

    fn criterion(&self, line: &'a Line, now: Now, told: &mut Told<'a>) -> Outcome<'a> {
        let outcome = expression::evaluate(self, &line.node, now, told);
        if outcome.truth == Truth::Unknown {
            complete::settled(self, &line.node, outcome, &told.gaps, now)
        } else {
            outcome
        }
    }

    /// The same without the reasons.
    pub(crate) fn plain(&self, line: &'a Line, now: Now) -> Plain {
        self.chart.recalled(&line.bearing, &|| {
            let plain = expression::plain(self, &line.node, now);
            if plain.truth.is_known() || !line.unsettled {
                return plain;
            }
            let settled = self.criterion(line, now, &mut Told::default()).truth;
            Plain { truth: settled, gap: plain.gap.filter(|_| !settled.is_known()), ..plain }
        })
    }

    /// The verdict, and the next minute at which time alone may change it.
    pub(crate) fn verdict(&self, line: &'a Line, now: Now) -> (Verdict, Option<i64>) {
        let plain = self.plain(line, now);
        (verdict(line.category, plain.truth), plain.next)
    }

    /// The verdicts on all criteria.
    pub(crate) fn verdicts(&self, now: Now) -> Vec<Verdict> {
        let now = now.untimed();
        self.compiled.criteria.iter().map(|line| self.verdict(line, now).0).collect()
    }

    /// When an anchor is, where it is known.
    pub(crate) fn anchor(&self, anchor: &Anchor) -> Option<&'a Anchored> {
        self.chart.anchors.iter().find(|known| known.anchor == *anchor)
    }

    /// The facts about what a window hangs on.
    pub(crate) fn about_anchor(&self, anchor: &Anchor) -> &'a [Entry] {
        self.chart.about_anchor(anchor)
    }
}
