//! What would change a verdict, and the determination of the trial.

use crate::evaluate::complete::{self, Variable};
use crate::evaluate::residual::Open;
use crate::evaluate::{Determination, Evaluation, Gap, GapKind, Scope, Verdict, evaluate, passing, verdict};
use crate::model::criterion::Criterion;
use crate::model::moment::AsOf;
use crate::model::record::Record;
use crate::model::trial::{Publication, Trial};
use crate::truth::Truth;
use crate::why::cases::Cases;
use crate::why::leaves::{self, Leaf, Turn};
use crate::why::sets::{Joiner, Leaves, Set, Sets};
use crate::why::tree::{self, Tree};
use crate::why::{Answer, CriterionWhy};

/// A criterion, made ready.
pub(super) struct Part<'a> {
    pub(super) criterion: &'a Criterion,
    pub(super) verdict: Verdict,
    pub(super) tree: Tree,
    /// The leaves that matter, in order: the open ones of an open criterion, all of a decided one.
    pub(super) leaves: Vec<usize>,
    /// The cases, where some leaves hang together and they are not too many.
    cases: Option<Cases>,
    /// Some leaves hang together.
    tied: bool,
}

/// A trial and a record, made ready.
pub(super) struct Search<'a> {
    pub(super) trial: &'a Trial,
    record: &'a Record,
    as_of: &'a AsOf,
    pub(super) evaluation: Evaluation,
    pub(super) leaves: Vec<Leaf<'a>>,
    pub(super) parts: Vec<Part<'a>>,
}

/// The sets that make a criterion pass, and those that make it fail.
pub(super) struct Both {
    passes: Sets,
    fails: Sets,
}

/// The sets that change the determination.
#[derive(Default)]
pub(super) struct OfTrial {
    pub(super) eligible: Sets,
    pub(super) ineligible: Sets,
    pub(super) possible: Sets,
}

impl Leaves for Search<'_> {
    fn truth(&self, leaf: usize) -> Truth {
        self.leaves.get(leaf).map_or(Truth::Unknown, |leaf| leaf.truth)
    }

    fn may(&self, leaf: usize, truth: Truth) -> bool {
        let found = self.leaves.get(leaf);
        found.is_some_and(|leaf| {
            leaf.truth == Truth::Unknown || (leaf.truth == truth.not() && leaf.turn != Turn::Never)
        })
    }
}

/// An open criterion is closed by answers to what is open alone.
struct OnlyOpen<'s, 'a>(&'s Search<'a>);

impl Leaves for OnlyOpen<'_, '_> {
    fn truth(&self, leaf: usize) -> Truth {
        self.0.truth(leaf)
    }

    fn may(&self, leaf: usize, _: Truth) -> bool {
        self.0.truth(leaf) == Truth::Unknown
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(trial: &'a Trial, record: &'a Record, as_of: &'a AsOf) -> Search<'a> {
        let evaluation = evaluate(trial, record, as_of);
        let mut leaves: Vec<Leaf<'a>> = Vec::new();
        let mut trees: Vec<(&'a Criterion, Tree)> = Vec::new();
        for (position, criterion) in trial.eligibility.criteria.iter().enumerate() {
            let mut number = |leaf, path: &str| leaves::number(&mut leaves, leaf, position, path);
            trees.push((criterion, Tree::of(&criterion.expression, passing(criterion.category), "", &mut number)));
        }
        leaves::look(&mut leaves, trial, record, as_of);
        let verdicts: Vec<Verdict> = evaluation.criteria.iter().map(|criterion| criterion.verdict).collect();
        let mut search = Search { trial, record, as_of, evaluation, leaves, parts: Vec::new() };
        for ((criterion, tree), verdict) in trees.into_iter().zip(verdicts) {
            let part = search.part(criterion, tree, verdict);
            search.parts.push(part);
        }
        search
    }

    fn part(&self, criterion: &'a Criterion, tree: Tree, verdict: Verdict) -> Part<'a> {
        let mut found = Vec::new();
        let open = verdict == Verdict::Pending;
        let unknown = |_: usize| Truth::Unknown;
        let now = |leaf: usize| self.truth(leaf);
        tree.leaves(if open { &now } else { &unknown }, &mut found);
        let mentions = found.len();
        found.sort_unstable();
        found.dedup();
        let variables = self.variables(&found, open);
        let tied = found.len() < mentions || variables.len() < found.len();
        let cases = if tied { Cases::of(&tree, &found, &variables, &now) } else { None };
        Part { criterion, verdict, tree, leaves: found, cases, tied }
    }

    /// The ways in which leaves can turn out together. Those of an open criterion keep to what is known of their
    /// values; those that may change do not, and what cannot change has its own way only.
    pub(super) fn variables(&self, leaves: &[usize], open: bool) -> Vec<Variable> {
        let nothing = Record::default();
        let scope = Scope::new(self.trial, if open { self.record } else { &nothing }, self.as_of);
        let as_open = |leaf: &usize| {
            let leaf = self.leaves.get(*leaf)?;
            let gap = leaf.gap.clone().unwrap_or_else(|| Gap {
                kind: GapKind::Absent,
                subject: leaf.subject.clone(),
                asks: Vec::new(),
                needs: None,
                facts: Vec::new(),
            });
            Some(Open { leaf: leaf.expression, gap })
        };
        let all: Vec<Open<'_>> = leaves.iter().filter_map(as_open).collect();
        let mut variables = complete::variables(&scope, &all.iter().collect::<Vec<_>>(), self.as_of.now());
        for variable in &mut variables {
            let places = variable.leaves.clone();
            let can_be = |(place, truth): (&usize, &Truth)| {
                let leaf = leaves.get(*place).copied().unwrap_or_default();
                self.truth(leaf) == *truth || self.may(leaf, *truth)
            };
            variable.ways.retain(|way| places.iter().zip(way).all(can_be));
        }
        variables
    }

    /// What is left of each criterion, and what would change its verdict.
    pub(super) fn criteria(&self) -> (Vec<Both>, Vec<CriterionWhy>) {
        let mut joiner = Joiner::default();
        let mut sets = Vec::new();
        let mut criteria = Vec::new();
        for (position, part) in self.parts.iter().enumerate() {
            let wanted = passing(part.criterion.category);
            let passes =
                if part.verdict == Verdict::Pass { Sets::free() } else { self.sets(part, wanted, &mut joiner) };
            let fails =
                if part.verdict == Verdict::Fail { Sets::free() } else { self.sets(part, wanted.not(), &mut joiner) };
            criteria.push(CriterionWhy {
                id: part.criterion.id.clone(),
                verdict: part.verdict,
                residual: self.residual(part),
                passes: if part.verdict == Verdict::Pass { Vec::new() } else { self.answers(&passes, Some(position)) },
                fails: if part.verdict == Verdict::Fail { Vec::new() } else { self.answers(&fails, Some(position)) },
                cut: passes.cut || fails.cut,
            });
            sets.push(Both { passes, fails });
        }
        (sets, criteria)
    }

    fn residual(&self, part: &Part<'a>) -> Option<crate::model::expression::Expression> {
        if part.verdict != Verdict::Pending {
            return None;
        }
        let truth = |leaf: &_| {
            let found = self.leaves.iter().find(|found| found.expression == leaf);
            found.map_or(Truth::Unknown, |found| found.truth)
        };
        tree::residual(&part.criterion.expression, passing(part.criterion.category), &truth).err()
    }

    fn sets(&self, part: &Part<'a>, wanted: Truth, joiner: &mut Joiner) -> Sets {
        let only = OnlyOpen(self);
        let leaves: &dyn Leaves = if part.verdict == Verdict::Pending { &only } else { self };
        if let Some(cases) = &part.cases {
            return cases.sets(wanted, leaves);
        }
        let mut sets = joiner.of(&part.tree, wanted, leaves);
        if part.tied {
            let variables = self.variables(&part.leaves, part.verdict == Verdict::Pending);
            let suffices = |set: &Set| self.alone(part, set) == wanted;
            for set in &mut sets.sets {
                shorten(set, &suffices);
            }
            sets.sets.retain(|set| self.can_be(set, &part.leaves, &variables));
            sets = Sets::tidied(sets.sets, true);
        }
        sets
    }

    /// The truth of a criterion's expression under a set of answers, each leaf for itself.
    fn alone(&self, part: &Part<'a>, set: &Set) -> Truth {
        part.tree.under(&|leaf| given(set, leaf).unwrap_or_else(|| self.truth(leaf)))
    }

    /// The verdict of an open criterion under a set of answers.
    pub(super) fn verdict(&self, part: &Part<'a>, set: &Set) -> Verdict {
        let alone = self.alone(part, set);
        let own: Set = set.iter().filter(|(leaf, _)| part.leaves.binary_search(leaf).is_ok()).copied().collect();
        let cases = part.cases.as_ref().filter(|_| !alone.is_known());
        let truth = cases.and_then(|cases| cases.truth(&own, &OnlyOpen(self))).unwrap_or(alone);
        verdict(part.criterion.category, truth)
    }

    /// Can all of it be at once, with what it does not name as it is?
    fn can_be(&self, set: &Set, leaves: &[usize], variables: &[Variable]) -> bool {
        variables.iter().all(|variable| {
            let fits = |(place, truth): (&usize, &Truth)| {
                let leaf = leaves.get(*place).copied().unwrap_or_default();
                let now = Some(self.truth(leaf)).filter(|now| now.is_known());
                given(set, leaf).or(now).is_none_or(|fixed| fixed == *truth)
            };
            variable.ways.iter().any(|way| variable.leaves.iter().zip(way).all(fits))
        })
    }

    /// What would change the determination of the trial.
    pub(super) fn trial(&self, sets: &[Both]) -> OfTrial {
        let eligibility = &self.trial.eligibility;
        let open = eligibility.cohorts.iter().filter(|cohort| cohort.open != Some(false));
        let concerned = |cohort: Option<&str>| -> Vec<usize> {
            let of = |criterion: &Criterion| {
                cohort.is_none_or(|id| criterion.cohorts.is_empty() || criterion.cohorts.iter().any(|c| c == id))
            };
            let all = eligibility.criteria.iter().enumerate().filter(|(_, criterion)| of(criterion));
            all.map(|(position, _)| position).collect()
        };
        let groups: Vec<Vec<usize>> = if eligibility.cohorts.is_empty() {
            vec![concerned(None)]
        } else {
            open.map(|cohort| concerned(Some(&cohort.id))).collect()
        };
        if groups.is_empty() {
            return OfTrial::default();
        }
        let determination = self.evaluation.determination;
        let mut joiner = Joiner::default();
        let is = |at: &usize| self.parts.get(*at).map_or(Verdict::Pending, |part| part.verdict);
        let passes = |at: &usize| sets.get(*at).map(|both| both.passes.clone()).unwrap_or_default();
        let fails = |at: &usize| sets.get(*at).map(|both| both.fails.clone()).unwrap_or_default();
        let mut found = OfTrial::default();
        if determination == Determination::Ineligible {
            let each = groups.iter().map(|group| {
                let failed: Vec<Sets> = group.iter().filter(|at| is(at) == Verdict::Fail).map(passes).collect();
                joiner.choose(failed.len(), failed)
            });
            let each = each.collect();
            found.possible = self.across(joiner.choose(1, each), false);
            return found;
        }
        // what is known stays, unless everything is
        let stays = |at: &&usize| determination == Determination::Eligible || is(at) != Verdict::Pass;
        let each = groups.iter().map(|group| joiner.choose(1, group.iter().filter(stays).map(fails).collect())).collect();
        found.ineligible = self.across(joiner.choose(groups.len(), each), determination == Determination::Undetermined);
        if determination == Determination::Undetermined && eligibility.status == Publication::Published {
            let whole = groups.iter().filter(|group| !group.is_empty());
            let each = whole.map(|group| {
                let passes = |at| if is(at) == Verdict::Fail { Sets::default() } else { passes(at) };
                joiner.choose(group.len(), group.iter().map(passes).collect())
            });
            let each = each.collect();
            found.eligible = self.across(joiner.choose(1, each), true);
        }
        found
    }

    /// Sets over several criteria: without what cannot be, and without what follows from the rest of the set.
    fn across(&self, sets: Sets, open: bool) -> Sets {
        let mut named: Vec<usize> = sets.sets.iter().flatten().map(|(leaf, _)| *leaf).collect();
        named.sort_unstable();
        named.dedup();
        let subjects: Vec<_> = named.iter().filter_map(|leaf| self.leaves.get(*leaf)).map(|leaf| &leaf.subject).collect();
        let all: Vec<usize> = (0..self.leaves.len())
            .filter(|at| named.binary_search(at).is_ok() || !open && self.truth(*at).is_known())
            .filter(|at| self.leaves.get(*at).is_some_and(|leaf| subjects.contains(&&leaf.subject)))
            .collect();
        let mut variables = self.variables(&all, open);
        variables.retain(|variable| variable.leaves.len() > 1);
        if variables.is_empty() {
            return sets;
        }
        let mut sets = sets;
        sets.sets.retain(|set| self.can_be(set, &all, &variables));
        for set in &mut sets.sets {
            let mut at = 0;
            while let Some(answer) = set.get(at).copied() {
                let mut rest = set.clone();
                rest.remove(at);
                let otherwise: Set = rest.iter().copied().chain([(answer.0, answer.1.not())]).collect();
                if self.truth(answer.0) == Truth::Unknown && !self.can_be(&otherwise, &all, &variables) {
                    *set = rest;
                } else {
                    at += 1;
                }
            }
        }
        Sets::tidied(sets.sets, sets.cut)
    }

    /// The sets in the words of the model, told by their places in a criterion or by their first ones.
    pub(super) fn answers(&self, sets: &Sets, criterion: Option<usize>) -> Vec<Vec<Answer>> {
        let answer = |(leaf, truth): &(usize, Truth)| {
            self.leaves.get(*leaf).map(|leaf| leaf.answer(self.trial, *truth, criterion))
        };
        let sets = sets.sets.iter().filter(|set| !set.is_empty());
        sets.map(|set| set.iter().filter_map(answer).collect()).collect()
    }
}

fn given(set: &Set, leaf: usize) -> Option<Truth> {
    set.iter().find(|(other, _)| *other == leaf).map(|(_, truth)| *truth)
}

/// Takes out what is not needed, from the front.
fn shorten(set: &mut Set, suffices: &dyn Fn(&Set) -> bool) {
    let mut at = 0;
    while at < set.len() {
        let mut rest = set.clone();
        rest.remove(at);
        if suffices(&rest) {
            *set = rest;
        } else {
            at += 1;
        }
    }
}
