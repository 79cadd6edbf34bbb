//! What is open of a trial, in numbers: facts with the ways in which they can turn out, and trees over them.
//!
//! The trees say what lets the person in: exclusions are turned round, so that a criterion fails where its tree is false.

use crate::evaluate::complete;
use crate::evaluate::residual::{self, Open, Residual};
use crate::evaluate::{Scope, Verdict};
use crate::model::criterion::Category;
use crate::model::moment::Now;
use crate::model::question::Question;
use crate::model::record::Respondent;
use crate::model::trial::Trial;
use crate::truth::Truth;

use super::ask::burden;

/// More ways than these are taken apart, leaf by leaf.
const MOST_WAYS: usize = 64;

/// A place in a tree.
#[derive(Debug)]
pub(super) enum Node {
    Known(bool),
    /// Open for good.
    Unknown,
    /// A fact, and the ways of it in which the place is true, one bit each.
    Fact {
        fact: usize,
        good: u64,
    },
    /// At least so many of the parts are true. In order: the second concerns only those whom the first leaves open.
    Group {
        count: usize,
        parts: Vec<usize>,
        in_order: bool,
    },
}

/// Something that is open.
#[derive(Debug)]
pub(super) struct Fact {
    /// The item that asks for it; none where this respondent cannot be asked.
    pub(super) item: Option<usize>,
    /// The chance of each way.
    pub(super) chances: Vec<f64>,
    /// The conditions over each place where it stands.
    pub(super) guards: Vec<Vec<usize>>,
    /// The pending criteria that it stands in.
    pub(super) criteria: Vec<usize>,
}

/// A question that can be asked.
#[derive(Debug)]
pub(super) struct Item<'t> {
    pub(super) key: &'t str,
    pub(super) question: &'t Question,
    pub(super) burden: f64,
    /// What it settles.
    pub(super) facts: Vec<usize>,
    /// Questions that may follow where this one is not answered.
    pub(super) instead: Vec<&'t str>,
}

/// A part of what makes somebody eligible: all of the parts together do.
#[derive(Debug)]
pub(super) enum Part {
    /// A pending criterion.
    Criterion(usize),
    /// One open cohort is enough.
    Cohorts {
        /// The pending criteria of each.
        each: Vec<Vec<usize>>,
        /// One of them has no criteria at all and stays undetermined.
        undetermined: bool,
        /// The tree of it all.
        node: usize,
    },
    /// Not everything is published: nobody is eligible.
    Unknown,
}

/// What is open of a trial for one respondent.
#[derive(Debug, Default)]
pub(super) struct Inquiry<'t> {
    pub(super) nodes: Vec<Node>,
    pub(super) facts: Vec<Fact>,
    /// In the order of the protocol.
    pub(super) items: Vec<Item<'t>>,
    /// Each pending criterion: its place in the trial, its tree.
    pub(super) criteria: Vec<(usize, usize)>,
    pub(super) parts: Vec<Part>,
}

impl Inquiry<'_> {
    /// Every way of each fact, one bit each.
    pub(super) fn every_way(&self) -> Vec<u64> {
        let all = |count: usize| if count >= MOST_WAYS { u64::MAX } else { (1 << count) - 1 };
        self.facts.iter().map(|fact| all(fact.chances.len())).collect()
    }

    /// Does the place hold, as far as that is known?
    pub(super) fn holds(&self, node: usize, ways: &[u64]) -> Option<bool> {
        match self.nodes.get(node)? {
            Node::Known(value) => Some(*value),
            Node::Unknown => None,
            Node::Fact { fact, good } => match ways.get(*fact)? {
                ways if ways & !good == 0 => Some(true),
                ways if ways & good == 0 => Some(false),
                _ => None,
            },
            Node::Group { count, parts, .. } => {
                let (mut yes, mut no) = (0, 0);
                for part in parts {
                    match self.holds(*part, ways) {
                        Some(true) => yes += 1,
                        Some(false) => no += 1,
                        None => {}
                    }
                }
                if yes >= *count { Some(true) } else { (no + count > parts.len()).then_some(false) }
            }
        }
    }

    /// Is there something under the place that is still to be asked?
    fn is_asked_under(&self, node: usize, open: &dyn Fn(usize) -> bool) -> bool {
        match self.nodes.get(node) {
            Some(Node::Fact { fact, .. }) => self.facts.get(*fact).and_then(|fact| fact.item).is_some_and(open),
            Some(Node::Group { parts, .. }) => parts.iter().any(|part| self.is_asked_under(*part, open)),
            Some(Node::Known(_) | Node::Unknown) | None => false,
        }
    }

    /// Is it known that the item concerns the person, or would that have to be asked first?
    pub(super) fn concerns(&self, item: usize, ways: &[u64], open: &dyn Fn(usize) -> bool) -> bool {
        let passed = |guard: &usize| self.holds(*guard, ways).is_some() || !self.is_asked_under(*guard, open);
        self.guards(item).any(|guards| guards.iter().all(passed))
    }

    /// The conditions over each place where what an item asks for stands.
    fn guards(&self, item: usize) -> impl Iterator<Item = &Vec<usize>> {
        let facts = self.items.get(item).map_or(&[][..], |item| &item.facts);
        facts.iter().filter_map(|fact| self.facts.get(*fact)).flat_map(|fact| &fact.guards)
    }

    /// Does what an item asks for stand under a condition somewhere?
    pub(super) fn is_guarded(&self, item: usize) -> bool {
        self.guards(item).any(|guards| !guards.is_empty())
    }

    /// The items that are asked together with the first of these, of those that are worth it.
    pub(super) fn beside(&self, items: &[usize], worth: &[bool]) -> Vec<usize> {
        let list = |item: usize| self.items.get(item).and_then(|item| item.question.checklist.as_deref());
        let Some(own) = items.first().and_then(|first| list(*first)) else { return items.to_vec() };
        let (ways, open) = (self.every_way(), |item: usize| worth.get(item) == Some(&true));
        let also = |item: &usize| open(*item) && list(*item) == Some(own) && self.concerns(*item, &ways, &open);
        (0..self.items.len()).filter(|item| items.contains(item) || also(item)).collect()
    }

    /// The ids of the pending criteria that items serve, in the order of the protocol.
    pub(super) fn serves(&self, trial: &Trial, items: &[usize]) -> Vec<String> {
        let facts: Vec<usize> =
            items.iter().filter_map(|item| self.items.get(*item)).flat_map(|i| &i.facts).copied().collect();
        let served = |number: usize| {
            facts.iter().filter_map(|fact| self.facts.get(*fact)).any(|fact| fact.criteria.contains(&number))
        };
        let numbers = self.criteria.iter().enumerate().filter(|(number, _)| served(*number));
        numbers.filter_map(|(_, (at, _))| Some(trial.eligibility.criteria.get(*at)?.id.clone())).collect()
    }

    /// No more than so many screens can still come: those items of a checklist that concern everybody share one, each
    /// other has its own, and so has each question that may follow in its place.
    pub(super) fn at_most(&self, worth: &[bool]) -> usize {
        let mut lists: Vec<&str> = Vec::new();
        let mut keys: Vec<&str> = Vec::new();
        let mut shared = 0;
        for (at, item) in self.items.iter().enumerate().filter(|(at, _)| worth.get(*at) == Some(&true)) {
            keys.push(item.key);
            if let Some(list) = item.question.checklist.as_deref().filter(|_| !self.is_guarded(at)) {
                if lists.contains(&list) {
                    shared += 1;
                } else {
                    lists.push(list);
                }
            }
        }
        for item in self.items.iter().enumerate().filter(|(at, _)| worth.get(*at) == Some(&true)) {
            for key in &item.1.instead {
                if !keys.contains(key) {
                    keys.push(key);
                }
            }
        }
        keys.len() - shared
    }
}

/// Who is asked, and what this respondent has been asked before.
pub(super) struct Asker<'t> {
    pub(super) trial: &'t Trial,
    /// The keys of the questions that have an answer of any kind.
    pub(super) answered: Vec<String>,
    pub(super) respondent: Respondent,
}

impl<'t> Asker<'t> {
    /// The questions that would close a leaf and that this respondent has not answered yet.
    pub(super) fn keys(&self, open: &Open<'_>) -> impl Iterator<Item = (&'t str, &'t Question)> {
        open.asks().iter().filter(|key| !self.answered.iter().any(|own| own == *key)).filter_map(|key| {
            let (key, question) = self.trial.questions.get_key_value(key)?;
            question.answerable_by.contains(&self.respondent).then_some((key.as_str(), question))
        })
    }

    /// What is open of the trial.
    pub(super) fn inquiry(&self, scope: &Scope<'_>, verdicts: &[Verdict], now: Now) -> Inquiry<'t> {
        let mut inquiry = Inquiry::default();
        let lines = scope.compiled.criteria.iter().zip(verdicts).enumerate();
        let pending: Vec<(usize, Category, Residual<'_>)> = lines
            .filter(|(_, (_, verdict))| **verdict == Verdict::Pending)
            .map(|(at, (line, _))| (at, line.category, residual::of(scope, &line.node, now)))
            .collect();
        let open: Vec<&Open<'_>> = pending.iter().flat_map(|(_, _, residual)| residual.open()).collect();
        let mut leaves: Vec<Option<(usize, Vec<Truth>)>> = vec![None; open.len()];
        for variable in complete::variables(scope, &open, now) {
            let apart = variable.ways.len() > MOST_WAYS;
            for (nth, leaf) in variable.leaves.iter().enumerate() {
                if nth == 0 || apart {
                    let item = open.get(*leaf).and_then(|open| self.item(&mut inquiry, open));
                    let fact = Fact { item, chances: Vec::new(), guards: Vec::new(), criteria: Vec::new() };
                    inquiry.facts.push(fact);
                }
                let column = variable.ways.iter().filter_map(|way| way.get(nth).copied());
                let ways = if apart { vec![Truth::True, Truth::False] } else { column.collect() };
                if let Some(slot) = leaves.get_mut(*leaf) {
                    *slot = Some((inquiry.facts.len() - 1, ways));
                }
            }
        }
        let mut builder = Builder { inquiry, leaves, next: 0, guards: Vec::new(), against: Vec::new() };
        for (at, category, residual) in &pending {
            let node = builder.node(residual, *category == Category::Inclusion);
            builder.inquiry.criteria.push((*at, node));
        }
        let mut inquiry = builder.finished();
        inquiry.parts = self.parts(&mut inquiry, verdicts);
        inquiry
    }

    /// The item that asks for what a leaf is about.
    fn item(&self, inquiry: &mut Inquiry<'t>, open: &Open<'_>) -> Option<usize> {
        let mut keys = self.keys(open);
        let (key, question) = keys.next()?;
        let at = inquiry.items.iter().position(|item| item.key == key).unwrap_or_else(|| {
            let burden = burden(question);
            inquiry.items.push(Item { key, question, burden, facts: Vec::new(), instead: Vec::new() });
            inquiry.items.len() - 1
        });
        if let Some(item) = inquiry.items.get_mut(at) {
            item.facts.push(inquiry.facts.len());
            item.instead.extend(keys.map(|(key, _)| key));
        }
        Some(at)
    }

    /// How the pending criteria make the determination, as [`crate::evaluate`] has it.
    fn parts(&self, inquiry: &mut Inquiry<'t>, verdicts: &[Verdict]) -> Vec<Part> {
        let eligibility = &self.trial.eligibility;
        let cohorts_of = |at: usize| eligibility.criteria.get(at).map_or(&[][..], |criterion| &criterion.cohorts);
        let mut parts = Vec::new();
        if !self.trial.may_admit() {
            parts.push(Part::Unknown);
        }
        let pending = inquiry.criteria.iter().enumerate();
        if eligibility.cohorts.is_empty() {
            parts.extend(pending.map(|(number, _)| Part::Criterion(number)));
            return parts;
        }
        parts.extend(
            pending.filter(|(_, (at, _))| cohorts_of(*at).is_empty()).map(|(number, _)| Part::Criterion(number)),
        );
        let mut each: Vec<Vec<usize>> = Vec::new();
        let mut undetermined = false;
        for cohort in eligibility.cohorts.iter().filter(|cohort| cohort.open != Some(false)) {
            let of = |at: usize| cohorts_of(at).contains(&cohort.id);
            if verdicts.iter().enumerate().any(|(at, verdict)| of(at) && *verdict == Verdict::Fail) {
                continue; // nobody is looked for in it any more
            }
            if (0..verdicts.len()).any(|at| of(at) || cohorts_of(at).is_empty()) {
                let numbers = inquiry.criteria.iter().enumerate().filter(|(_, (at, _))| of(*at));
                each.push(numbers.map(|(number, _)| number).collect());
            } else {
                undetermined = true;
            }
        }
        if each.is_empty() {
            return vec![Part::Unknown];
        }
        if !each.iter().any(Vec::is_empty) {
            let tree = |cohort: &Vec<usize>| Node::Group {
                count: cohort.len(),
                parts: cohort.iter().filter_map(|number| Some(inquiry.criteria.get(*number)?.1)).collect(),
                in_order: false,
            };
            let mut trees: Vec<Node> = each.iter().map(tree).collect();
            trees.extend(undetermined.then_some(Node::Unknown));
            let first = inquiry.nodes.len();
            inquiry.nodes.extend(trees);
            let cohorts = (first..inquiry.nodes.len()).collect();
            inquiry.nodes.push(Node::Group { count: 1, parts: cohorts, in_order: false });
            parts.push(Part::Cohorts { each, undetermined, node: inquiry.nodes.len() - 1 });
        }
        parts
    }
}

struct Builder<'t> {
    inquiry: Inquiry<'t>,
    /// For each open leaf its fact, and its truth in each way of it.
    leaves: Vec<Option<(usize, Vec<Truth>)>>,
    next: usize,
    guards: Vec<usize>,
    /// For each fact the number of places that each way speaks against.
    against: Vec<Vec<u32>>,
}

impl<'t> Builder<'t> {
    fn push(&mut self, node: Node) -> usize {
        self.inquiry.nodes.push(node);
        self.inquiry.nodes.len() - 1
    }

    /// The tree of a residual, or of its opposite.
    ///
    /// INVARIANT: visits open leaves in the order of [`Residual::open`].
    fn node(&mut self, residual: &Residual<'_>, holds: bool) -> usize {
        match residual {
            Residual::Known(truth) => self.push(Node::Known((*truth == Truth::True) == holds)),
            Residual::Open(_) => self.leaf(holds),
            Residual::Not(part) => self.node(part, !holds),
            Residual::AtLeast { count, parts } => {
                let nodes: Vec<usize> = parts.iter().map(|part| self.node(part, holds)).collect();
                // not at least k of n: at least n - k + 1 do not hold
                let count = if holds { *count } else { (nodes.len() + 1).saturating_sub(*count) };
                self.push(Node::Group { count, parts: nodes, in_order: false })
            }
            Residual::When { condition, then, passing } => {
                let both = (*passing == Truth::False) == holds; // condition and then; else not condition, or then
                let condition = self.node(condition, both);
                self.guards.push(condition);
                let then = self.node(then, holds);
                self.guards.pop();
                let count = if both { 2 } else { 1 };
                self.push(Node::Group { count, parts: vec![condition, then], in_order: true })
            }
        }
    }

    fn leaf(&mut self, holds: bool) -> usize {
        let leaf = self.leaves.get(self.next).cloned().flatten();
        self.next += 1;
        let Some((fact, ways)) = leaf else { return self.push(Node::Known(holds)) };
        let mut good = 0;
        if self.against.len() <= fact {
            self.against.resize(fact + 1, Vec::new());
        }
        let Some(against) = self.against.get_mut(fact) else { return self.push(Node::Known(holds)) };
        against.resize(ways.len(), 0);
        for (way, (truth, against)) in ways.iter().zip(against).enumerate() {
            if (*truth == Truth::True) == holds {
                good |= 1 << way;
            } else {
                *against += 1;
            }
        }
        let number = self.inquiry.criteria.len();
        if let Some(fact) = self.inquiry.facts.get_mut(fact) {
            fact.guards.push(self.guards.clone());
            if fact.criteria.last() != Some(&number) {
                fact.criteria.push(number);
            }
        }
        self.push(Node::Fact { fact, good })
    }

    /// With the chances: the ways that speak against the fewest places are those of the people who do not fail.
    fn finished(self) -> Inquiry<'t> {
        let mut inquiry = self.inquiry;
        for (fact, against) in inquiry.facts.iter_mut().zip(self.against) {
            let failing = fact.item.and_then(|item| inquiry.items.get(item)).and_then(|item| item.question.failing);
            let failing = f64::from(failing.unwrap_or(10).clamp(1, 99)) / 100.0;
            let least = against.iter().min().copied().unwrap_or(0);
            let (total, good) = (against.len() as f64, against.iter().filter(|count| **count == least).count() as f64);
            fact.chances = against
                .iter()
                .map(|count| match *count == least {
                    _ if good == total => 1.0 / total,
                    true => (1.0 - failing) / good,
                    false => failing / (total - good),
                })
                .collect();
        }
        inquiry
    }
}
