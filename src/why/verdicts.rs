//! What would change a verdict, and the determination of the trial.

use crate::evaluate::chart::Chart;
use crate::evaluate::compiled::Compiled;
use crate::evaluate::complete::{self, Variable};
use crate::evaluate::{Determination, Evaluation, Scope, Verdict, evaluate, passing, standing, verdict};
use crate::model::criterion::Criterion;
use crate::model::expression::Expression;
use crate::model::moment::AsOf;
use crate::model::record::Record;
use crate::model::trial::Trial;
use crate::sort;
use crate::truth::Truth;
use crate::why::cases::Cases;
use crate::why::later;
use crate::why::leaves::{self, Leaf, Turn};
use crate::why::sets::{Goal, Joiner, Leaves, Set, Sets};
use crate::why::tree::{self, Tree};
use crate::why::{Answer, CriterionWhy};

/// A criterion, made ready.
pub(super) struct Part<'a> {
    pub(super) criterion: &'a Criterion,
    pub(super) verdict: Verdict,
    pub(super) tree: Tree,
    /// Only its open leaves can change.
    open: bool,
    /// The leaves that matter, in order: the open ones, or all.
    pub(super) leaves: Vec<usize>,
    /// The cases, where some leaves hang together and they are not too many.
    cases: Option<Cases>,
    /// Some of these hang together.
    tied: bool,
}

impl Part<'_> {
    /// Every leaf that it mentions, in order.
    fn all(&self) -> Vec<usize> {
        let mut all = Vec::new();
        self.tree.leaves(&|_| Truth::Unknown, &mut all);
        sort::ascending(&mut all);
        all.dedup();
        all
    }
}

/// A trial and a record, made ready.
pub(super) struct Search<'a> {
    pub(super) trial: &'a Trial,
    pub(super) record: &'a Record,
    pub(super) as_of: &'a AsOf,
    pub(super) evaluation: Evaluation,
    /// Each leaf as a criterion of its own, what is known, and nothing at all.
    pub(super) alone: Trial,
    compiled: Compiled,
    known: Chart,
    nothing: Chart,
    pub(super) leaves: Vec<Leaf<'a>>,
    pub(super) parts: Vec<Part<'a>>,
}

/// The sets that make a criterion pass, those that make it fail, and those after which it no longer fails.
pub(super) struct OfCriterion {
    passes: Sets,
    fails: Sets,
    /// Those that make an open one fail where what is known may change too.
    breaks: Sets,
    frees: Sets,
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
        found
            .is_some_and(|leaf| leaf.truth == Truth::Unknown || (leaf.truth == truth.not() && leaf.turn != Turn::Never))
    }
}

/// Only what is open may become something, or only what is known.
struct Only<'s, 'a> {
    search: &'s Search<'a>,
    open: bool,
}

impl Leaves for Only<'_, '_> {
    fn truth(&self, leaf: usize) -> Truth {
        self.search.truth(leaf)
    }

    fn may(&self, leaf: usize, truth: Truth) -> bool {
        self.search.truth(leaf).is_known() != self.open && self.search.may(leaf, truth)
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
        let alone = leaves::alone(&leaves, trial);
        leaves::look(&mut leaves, &alone, record, as_of);
        let verdicts: Vec<Verdict> = evaluation.criteria.iter().map(|criterion| criterion.verdict).collect();
        let compiled = Compiled::new(&alone);
        let known = Chart::new(&compiled, record.facts.iter().cloned(), as_of);
        let nothing = Chart::new(&compiled, [], as_of);
        let mut search =
            Search { trial, record, as_of, evaluation, alone, compiled, known, nothing, leaves, parts: Vec::new() };
        for ((criterion, tree), verdict) in trees.into_iter().zip(verdicts) {
            let part = search.part(criterion, tree, verdict, verdict == Verdict::Pending);
            search.parts.push(part);
        }
        search
    }

    fn part(&self, criterion: &'a Criterion, tree: Tree, verdict: Verdict, open: bool) -> Part<'a> {
        let mut found = Vec::new();
        let unknown = |_: usize| Truth::Unknown;
        let now = |leaf: usize| self.truth(leaf);
        tree.leaves(if open { &now } else { &unknown }, &mut found);
        let mentions = found.len();
        sort::ascending(&mut found);
        found.dedup();
        let variables = self.variables(&found, open);
        let tied = found.len() < mentions || variables.len() < found.len();
        let cases = if tied { Cases::of(&tree, &found, &variables, &now) } else { None };
        Part { criterion, verdict, tree, open, leaves: found, cases, tied }
    }

    /// The ways in which leaves can turn out together. Those of an open criterion keep to what is known of their
    /// values; those that may change do not, and what cannot change has its own way only.
    pub(super) fn variables(&self, leaves: &[usize], open: bool) -> Vec<Variable> {
        let chart = if open { &self.known } else { &self.nothing };
        let scope = Scope::new(&self.alone, &self.compiled, chart, self.as_of);
        let atoms: Vec<_> =
            leaves.iter().filter_map(|at| self.compiled.criteria.get(*at)).flat_map(|line| line.node.atoms()).collect();
        let mut variables = complete::of_atoms(&scope, &atoms, self.as_of.now());
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
    pub(super) fn criteria(&self) -> (Vec<OfCriterion>, Vec<CriterionWhy>) {
        let mut joiner = Joiner::default();
        let mut sets = Vec::new();
        let mut criteria = Vec::new();
        for (position, part) in self.parts.iter().enumerate() {
            let passing = Goal::of(passing(part.criterion.category));
            let mut found = |except: Verdict, goal: Goal| {
                if part.verdict == except { Sets::free() } else { self.sets(part, goal, &mut joiner) }
            };
            let passes = found(Verdict::Pass, passing);
            let fails = found(Verdict::Fail, Goal::of(passing.wanted.not()));
            let breaks = match (self.evaluation.determination, part.verdict) {
                (Determination::Eligible, Verdict::Pending) => {
                    let whole = self.part(part.criterion, part.tree.clone(), part.verdict, false);
                    self.sets(&whole, Goal::of(passing.wanted.not()), &mut joiner)
                }
                (_, Verdict::Pass | Verdict::Fail) | (Determination::Ineligible | Determination::Undetermined, _) => {
                    Sets::free()
                }
            };
            let frees = match part.verdict {
                Verdict::Fail => self.sets(part, Goal { or_open: true, ..passing }, &mut joiner),
                Verdict::Pass | Verdict::Pending => Sets::free(),
            };
            criteria.push(CriterionWhy {
                id: part.criterion.id.clone(),
                verdict: part.verdict,
                residual: self.residual(part),
                passes: if part.verdict == Verdict::Pass { Vec::new() } else { self.answers(&passes, Some(position)) },
                fails: if part.verdict == Verdict::Fail { Vec::new() } else { self.answers(&fails, Some(position)) },
                cut: passes.cut || fails.cut,
            });
            sets.push(OfCriterion { passes, fails, breaks, frees });
        }
        (sets, criteria)
    }

    fn residual(&self, part: &Part<'a>) -> Option<Expression> {
        if part.verdict != Verdict::Pending {
            return None;
        }
        let truth = |leaf: &_| {
            let found = self.leaves.iter().find(|found| found.expression == leaf);
            found.map_or(Truth::Unknown, |found| found.truth)
        };
        tree::residual(&part.criterion.expression, passing(part.criterion.category), &truth).err().map(|left| *left)
    }

    /// An open criterion is closed by answers to what is open alone, unless anything may change; to free one, only what
    /// is known has to.
    fn sets(&self, part: &Part<'a>, goal: Goal, joiner: &mut Joiner) -> Sets {
        let only = Only { search: self, open: part.open };
        let leaves: &dyn Leaves = if only.open || goal.or_open { &only } else { self };
        let mut sets = match &part.cases {
            Some(cases) => cases.sets(goal, leaves),
            None => joiner.of(&part.tree, goal, leaves),
        };
        if !part.tied {
            return self.lasting(sets, &part.tree, goal);
        }
        if part.cases.is_none() {
            for set in &mut sets.sets {
                shorten(set, &|rest| goal.is_met(self.alone(part, rest)));
            }
            sets.cut = true;
        }
        let sets = self.lasting(sets, &part.tree, goal);
        self.weakest(sets, &part.leaves, only.open)
    }

    /// The truth of a criterion's expression under a set of answers, each leaf for itself.
    fn alone(&self, part: &Part<'a>, set: &Set) -> Truth {
        part.tree.under(&|leaf| given(set, leaf).unwrap_or_else(|| self.truth(leaf)))
    }

    /// The verdict of a criterion under a set of answers.
    pub(super) fn verdict(&self, part: &Part<'a>, set: &Set) -> Verdict {
        let all = part.all();
        let own: Set = set.iter().filter(|(leaf, _)| all.binary_search(leaf).is_ok()).copied().collect();
        if own.is_empty() {
            return part.verdict;
        }
        let mut truth = self.alone(part, &own);
        if !truth.is_known() {
            let within = own.iter().all(|(leaf, _)| part.leaves.binary_search(leaf).is_ok());
            // a known leaf of an open criterion becomes another: what is open now may not be then
            let anew = || Cases::of(&part.tree, &all, &self.variables(&all, false), &|leaf| self.truth(leaf));
            let anew = if within { None } else { anew() };
            let cases = if within { part.cases.as_ref() } else { anew.as_ref() };
            truth = cases.and_then(|cases| cases.truth(&own, self)).unwrap_or(truth);
        }
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
    pub(super) fn trial(&self, sets: &[OfCriterion]) -> OfTrial {
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
        let passes = |at: &usize| sets.get(*at).map(|sets| sets.passes.clone()).unwrap_or_default();
        let anything = determination == Determination::Eligible;
        let breaks = |at: &usize| anything && is(at) == Verdict::Pending;
        let fails = |at: &usize| match sets.get(*at) {
            Some(sets) if breaks(at) => sets.breaks.clone(),
            Some(sets) => sets.fails.clone(),
            None => Sets::default(),
        };
        let frees = |at: &usize| sets.get(*at).map(|sets| sets.frees.clone()).unwrap_or_default();
        let mut found = OfTrial::default();
        if determination == Determination::Ineligible {
            let each = groups.iter().map(|group| joiner.choose(group.len(), group.iter().map(frees).collect()));
            let each = each.collect();
            let sets = self.across(joiner.choose(1, each), false);
            found.possible = self.only(sets, |then| then != Determination::Ineligible);
            return found;
        }
        // what is known stays, unless everything is
        let stays = |at: &&usize| anything || is(at) != Verdict::Pass;
        let each =
            groups.iter().map(|group| joiner.choose(1, group.iter().filter(stays).map(fails).collect())).collect();
        let sets = self.across(joiner.choose(groups.len(), each), determination == Determination::Undetermined);
        found.ineligible = self.only(sets, |then| then == Determination::Ineligible);
        if determination == Determination::Undetermined && self.trial.may_admit() {
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

    /// The sets that still do it where each leaf is looked at in all criteria that mention it.
    fn only(&self, sets: Sets, does: impl Fn(Determination) -> bool) -> Sets {
        let then = |set: &Set| {
            let by_then = self.then(set);
            let verdict = |part: &Part<'a>| match &by_then {
                Some(then) => verdict(part.criterion.category, part.tree.under(&|leaf| later::truth(set, then, leaf))),
                None => self.verdict(part, set),
            };
            let verdicts: Vec<Verdict> = self.parts.iter().map(verdict).collect();
            standing(self.trial, &verdicts, None)
        };
        let count = sets.sets.len();
        let sets = Sets { sets: sets.sets.into_iter().filter(|set| does(then(set))).collect(), ..sets };
        Sets { cut: sets.cut || sets.sets.len() < count, ..sets }
    }

    /// Sets over several criteria, in which one subject may be spoken of by leaves of several.
    fn across(&self, sets: Sets, open: bool) -> Sets {
        let mut named: Vec<usize> = sets.sets.iter().flatten().map(|(leaf, _)| *leaf).collect();
        sort::ascending(&mut named);
        named.dedup();
        let subjects: Vec<_> =
            named.iter().filter_map(|leaf| self.leaves.get(*leaf)).map(|leaf| &leaf.subject).collect();
        let all: Vec<usize> = (0..self.leaves.len())
            .filter(|at| named.binary_search(at).is_ok() || !open && self.truth(*at).is_known())
            .filter(|at| self.leaves.get(*at).is_some_and(|leaf| subjects.contains(&&leaf.subject)))
            .collect();
        self.weakest(sets, &all, open)
    }

    /// The sets without what follows from the rest of a set, and without those from which another one follows.
    fn weakest(&self, sets: Sets, leaves: &[usize], open: bool) -> Sets {
        let mut variables = self.variables(leaves, open);
        variables.retain(|variable| variable.leaves.len() > 1);
        if variables.is_empty() {
            return sets;
        }
        let can_be = |set: &Set| self.can_be(set, leaves, &variables);
        let follows = |set: &Set, answer: &(usize, Truth)| {
            let otherwise = || set.iter().copied().chain([(answer.0, answer.1.not())]).collect();
            set.contains(answer) || (self.truth(answer.0) == Truth::Unknown && !can_be(&otherwise()))
        };
        let holds = |set: &Set, other: &Set| other.iter().all(|answer| follows(set, answer));
        let mut sets = sets;
        sets.sets.retain(can_be);
        let all = sets.sets.clone();
        for set in &mut sets.sets {
            shorten(set, &|rest| can_be(rest) && all.iter().any(|other| holds(rest, other)));
        }
        let all = Sets::tidied(sets.sets, sets.cut);
        let mut kept: Vec<Set> = Vec::new();
        for (at, set) in all.sets.iter().enumerate() {
            let weaker =
                |(place, other): (usize, &Set)| place != at && holds(set, other) && (place < at || !holds(other, set));
            if !all.sets.iter().enumerate().any(weaker) {
                kept.push(set.clone());
            }
        }
        Sets { sets: kept, cut: all.cut }
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

/// What a set says of a leaf.
pub(super) fn given(set: &Set, leaf: usize) -> Option<Truth> {
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
