//! Leaves that hang together: where a subject is mentioned more than once, sets are found by trying every case.

use crate::evaluate::complete::{self, Variable};
use crate::truth::Truth;
use crate::why::sets::{Goal, Leaves, Set, Sets};
use crate::why::tree::Tree;

/// The most sets of answers that are looked at; beyond, those found so far are given.
const MOST_LOOKED: usize = 20_000;

/// The cases of a criterion: every combination of the ways in which its subjects can turn out.
pub(super) struct Cases {
    /// The leaves, in order.
    leaves: Vec<usize>,
    /// For each leaf, the cases in which it is true: one bit a case.
    holds: Vec<Vec<u64>>,
    /// The cases in which the whole is true.
    whole: Vec<u64>,
    /// All of them.
    all: Vec<u64>,
}

impl Cases {
    /// `None` where there are more than are tried. The variables number the leaves by their place in `leaves`; a leaf
    /// of no variable is as `now` says.
    pub(super) fn of(
        tree: &Tree,
        leaves: &[usize],
        variables: &[Variable],
        now: &dyn Fn(usize) -> Truth,
    ) -> Option<Cases> {
        let mut cases = Cases {
            leaves: leaves.to_vec(),
            holds: vec![Vec::new(); leaves.len()],
            whole: Vec::new(),
            all: Vec::new(),
        };
        let mut number = 0_usize;
        let variables: Vec<&Variable> = variables.iter().collect();
        let tried = complete::every(&variables, leaves.len(), &mut |truths| {
            let truth = |at: usize| truths.get(at).copied().filter(|truth| truth.is_known());
            let of_leaf = |leaf: usize| {
                let at = leaves.binary_search(&leaf).ok();
                at.and_then(truth).unwrap_or_else(|| now(leaf))
            };
            for (at, bits) in cases.holds.iter_mut().enumerate() {
                let leaf = leaves.get(at).copied().unwrap_or_default();
                push(bits, number, of_leaf(leaf) == Truth::True);
            }
            push(&mut cases.whole, number, tree.under(&of_leaf) == Truth::True);
            push(&mut cases.all, number, true);
            number += 1;
            true
        });
        tried.then_some(cases)
    }

    /// The cases left where some leaves have these truths and the others that are known keep theirs.
    fn left(&self, set: &Set, leaves: &dyn Leaves) -> Vec<u64> {
        let mut left = self.all.clone();
        for (leaf, bits) in self.leaves.iter().zip(&self.holds) {
            let given = set.iter().find(|(other, _)| other == leaf).map(|(_, truth)| *truth);
            match given.unwrap_or_else(|| leaves.truth(*leaf)) {
                Truth::True => left.iter_mut().zip(bits).for_each(|(left, bits)| *left &= bits),
                Truth::False => left.iter_mut().zip(bits).for_each(|(left, bits)| *left &= !bits),
                Truth::Unknown => {}
            }
        }
        left
    }

    /// The truth of the whole where some leaves have these truths; `None` where that cannot be.
    pub(super) fn truth(&self, set: &Set, leaves: &dyn Leaves) -> Option<Truth> {
        let left = self.left(set, leaves);
        let holds = left.iter().zip(&self.whole).any(|(left, whole)| left & whole != 0);
        let fails = left.iter().zip(&self.whole).any(|(left, whole)| left & !whole != 0);
        match (holds, fails) {
            (true, true) => Some(Truth::Unknown),
            (true, false) => Some(Truth::True),
            (false, true) => Some(Truth::False),
            (false, false) => None,
        }
    }

    /// The smallest sets that make the whole what it is to become, by trying all sets of one answer, of two, and so on.
    pub(super) fn sets(&self, goal: Goal, leaves: &dyn Leaves) -> Sets {
        let both = [Truth::True, Truth::False];
        let answers = |leaf: &usize| both.map(|truth| (*leaf, truth)).into_iter();
        let answers: Vec<(usize, Truth)> =
            self.leaves.iter().flat_map(answers).filter(|(leaf, truth)| leaves.may(*leaf, *truth)).collect();
        let mut found: Vec<Set> = Vec::new();
        let mut looked = 0;
        for size in 0..=self.leaves.len() {
            let mut look = |set: &Set| {
                looked += 1;
                let smaller = |found: &Set| found.iter().all(|answer| set.contains(answer));
                if !found.iter().any(smaller) && self.truth(set, leaves).is_some_and(|truth| goal.is_met(truth)) {
                    found.push(set.clone());
                }
                looked < MOST_LOOKED
            };
            if !choose(&answers, size, &mut Set::new(), &mut look) {
                return Sets::tidied(found, true);
            }
            if found.first().is_some_and(Vec::is_empty) {
                break;
            }
        }
        Sets::tidied(found, false)
    }
}

fn push(bits: &mut Vec<u64>, number: usize, holds: bool) {
    if number.is_multiple_of(64) {
        bits.push(0);
    }
    if let Some(word) = bits.last_mut() {
        *word |= u64::from(holds) << (number % 64);
    }
}

/// Every set of so many answers about different leaves; `false` where `look` had enough.
fn choose(answers: &[(usize, Truth)], size: usize, set: &mut Set, look: &mut dyn FnMut(&Set) -> bool) -> bool {
    if size == 0 {
        return look(set);
    }
    let next = |(at, answer): (usize, &(usize, Truth))| answers.get(at + 1).is_none_or(|other| other.0 != answer.0);
    let last = set.last().map(|(leaf, _)| *leaf);
    let different = answers.iter().enumerate().filter(|each| Some(each.1.0) != last && next(*each)).count();
    if different < size {
        return true;
    }
    for (at, answer) in answers.iter().enumerate() {
        if set.last().is_some_and(|(leaf, _)| *leaf == answer.0) {
            continue;
        }
        set.push(*answer);
        let goes_on = choose(answers.get(at + 1..).unwrap_or(&[]), size - 1, set, look);
        set.pop();
        if !goes_on {
            return false;
        }
    }
    true
}
