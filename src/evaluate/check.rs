//! One person's check on one trial, kept between answers.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::diagnostic::Diagnostic;
use crate::evaluate::chart::{Chart, Entry};
use crate::evaluate::compiled::Compiled;
use crate::evaluate::expression::Told;
use crate::evaluate::result::{Evaluation, GapKind, Verdict};
use crate::evaluate::{Scope, Standing, record, summed, verdict};
use crate::model::moment::AsOf;
use crate::model::record::{Fact, FactId, Record};
use crate::model::trial::Trial;

/// One person's check on one trial, kept between answers: a new fact is looked at by the criteria that it touches, and
/// by no others. What comes out is what [`evaluate`](crate::evaluate) gives on all the facts together.
///
/// # Example
///
/// ```
/// use std::rc::Rc;
/// use trial_prescreen::*;
/// let text = r#"{"format":"trial-prescreen/1","id":"X","title":{"en":"X"},"source":[],"eligibility":{
///   "status":"published","criteria":[{"id":"I1","category":"inclusion","text":{"en":{"full":"","short":"","patient":""}},
///   "source":{"document":"","item":"1"},
///   "expression":{"compare":{"subject":{"concept":"nihss"},"low":{"value":"8"},"high":{"value":"20"}}}}]}}"#;
/// let trial = Rc::new(import::trial(text.as_bytes()).unwrap().output);
/// let mut check = Check::new(trial, AsOf::new("2026-03-15".parse().unwrap()).unwrap());
///
/// let score = |value: &str| FactValue::Quantity(Quantity::exactly(value.parse().unwrap(), None));
/// let changed = check.change(vec![Fact::new("f1", Subject::concept("nihss"), score("12"))], &[]);
/// assert_eq!(changed, [0]);
/// assert_eq!(check.evaluation().determination, Determination::Eligible);
/// check.change(vec![Fact::new("f1", Subject::concept("nihss"), score("21"))], &[]); // in the place of the first
/// assert_eq!(check.evaluation().determination, Determination::Ineligible);
/// ```
#[derive(Debug)]
pub struct Check {
    trial: Rc<Trial>,
    compiled: Rc<Compiled>,
    as_of: AsOf,
    chart: Chart,
    /// Worked out once somebody asks.
    standings: OnceCell<Vec<Standing>>,
    /// What there is to say about facts at any moment.
    remarks: BTreeMap<FactId, Diagnostic>,
}

impl Check {
    /// A check on which nothing is known yet.
    pub fn new(trial: Rc<Trial>, as_of: AsOf) -> Check {
        let compiled = Rc::new(Compiled::new(&trial));
        Check::of(trial, compiled, as_of, Vec::new())
    }

    /// A check on a trial that was made ready before, with the facts that are known; of two with one id the later counts.
    pub(crate) fn of(trial: Rc<Trial>, compiled: Rc<Compiled>, as_of: AsOf, facts: Vec<Fact>) -> Check {
        let chart = Chart::new(&compiled, [], &as_of);
        let mut check = Check { trial, compiled, as_of, chart, standings: OnceCell::new(), remarks: BTreeMap::new() };
        check.put(facts, &[]);
        check
    }

    fn standings(&self) -> &[Standing] {
        self.standings.get_or_init(|| Standing::of_all(&self.scope()))
    }

    fn scope(&self) -> Scope<'_> {
        Scope::new(&self.trial, &self.compiled, &self.chart, &self.as_of)
    }

    /// Takes facts out by their ids, then puts facts in; one with the id of another takes its place.
    ///
    /// What comes back are the places of the criteria whose evaluation is another now, in the protocol's order.
    pub fn change(&mut self, put: Vec<Fact>, remove: &[FactId]) -> Vec<usize> {
        self.standings();
        let touched = self.put(put, remove);
        let mut changed = Vec::new();
        let mut told = Told::default();
        let scope = self.scope();
        let lines = self.trial.eligibility.criteria.iter().zip(&self.compiled.criteria);
        for (position, (criterion, line)) in lines.enumerate() {
            if touched.iter().any(|slot| line.bearing.relevant.binary_search(slot).is_ok()) {
                changed.push((position, Standing::of(&scope, criterion, line, &mut told)));
            }
        }
        drop(told);
        let mut positions = Vec::new();
        let mut standings = self.standings.get_mut();
        for (position, standing) in changed {
            if let Some(before) = standings.as_mut().and_then(|standings| standings.get_mut(position)) {
                positions.extend((before.evaluation != standing.evaluation).then_some(position));
                *before = standing;
            }
        }
        positions
    }

    /// Judges from another moment, with its anchors; what comes back are the places of the criteria whose evaluation is
    /// another now.
    pub fn move_to(&mut self, as_of: AsOf) -> Vec<usize> {
        let mut standings = self.standings.take().unwrap_or_default();
        let all = self.as_of.anchors != as_of.anchors || standings.is_empty();
        self.as_of = as_of;
        self.chart.move_to(&self.compiled, &self.as_of);
        let scope = self.scope();
        let lines = self.trial.eligibility.criteria.iter().zip(&self.compiled.criteria);
        let mut changed = Vec::new();
        let mut told = Told::default();
        for (place, (criterion, line)) in lines.enumerate() {
            let before = standings.get_mut(place);
            if !all && before.as_ref().is_some_and(|before| before.stands_still(&self.chart, line)) {
                continue;
            }
            let standing = Standing::of(&scope, criterion, line, &mut told);
            if before.as_ref().is_none_or(|before| before.evaluation != standing.evaluation) {
                changed.push(place);
            }
            match before {
                Some(before) => *before = standing,
                None => standings.push(standing),
            }
        }
        drop(told);
        self.standings = OnceCell::from(standings);
        changed
    }

    /// Takes facts out and puts facts in; the places of the subjects of both.
    fn put(&mut self, put: Vec<Fact>, remove: &[FactId]) -> Vec<usize> {
        let mut touched: Vec<usize> = Vec::new();
        let now = self.as_of.now();
        let take = |check: &mut Check, id: &str, touched: &mut Vec<usize>| {
            touched.extend(check.chart.take(id).iter().filter_map(|entry| check.compiled.slot(&entry.subject)));
            check.remarks.remove(id);
        };
        for id in remove {
            take(self, id, &mut touched);
        }
        for fact in put {
            take(self, &fact.id, &mut touched);
            touched.extend(self.compiled.slot(&fact.subject));
            self.remarks.extend(record::remark(&fact).map(|remark| (fact.id.clone(), remark)));
            self.chart.put(Entry::new(fact, now));
        }
        self.chart.index(&self.compiled, &self.as_of);
        touched
    }

    /// The facts, sorted by what they are about and then by their ids.
    pub fn record(&self) -> Record {
        Record::new(self.chart.entries().iter().map(|entry| entry.fact.clone()).collect())
    }

    /// The whole evaluation.
    pub fn evaluation(&self) -> Evaluation {
        self.evaluation_of(|_| true)
    }

    /// The same, with the criteria at these places alone; the rest of it is of all of them.
    pub fn evaluation_at(&self, positions: &[usize]) -> Evaluation {
        let mut wanted = vec![false; self.criteria()];
        for position in positions {
            wanted.get_mut(*position).into_iter().for_each(|wanted| *wanted = true);
        }
        self.evaluation_of(|position| wanted.get(position).copied().unwrap_or(false))
    }

    /// How many criteria there are.
    pub fn criteria(&self) -> usize {
        self.compiled.criteria.len()
    }

    fn evaluation_of(&self, wanted: impl Fn(usize) -> bool) -> Evaluation {
        let now = self.as_of.now();
        let remark = |entry: &Entry| record::ahead(entry, now).or_else(|| self.remarks.get(&entry.id).cloned());
        let diagnostics = self.chart.entries().iter().filter_map(remark).collect();
        Evaluation { diagnostics, ..summed(&self.trial, &self.compiled, &self.as_of, self.standings(), wanted) }
    }

    /// The verdicts, and why the first open leaf of each pending criterion is open, without the reasons.
    pub fn verdicts(&self) -> Vec<(Verdict, Option<GapKind>)> {
        let (scope, now) = (self.scope(), self.as_of.now().untimed());
        let each = self.compiled.criteria.iter().map(|line| {
            let plain = scope.plain(line, now);
            (verdict(line.category, plain.truth), plain.gap)
        });
        each.collect()
    }
}
