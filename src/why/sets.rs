//! Smallest sets of answers: how the sets of the parts make the sets of the whole.

use crate::sort;
use crate::truth::Truth;
use crate::why::tree::Tree;

/// The truths that leaves take, in the order of the leaves.
pub(super) type Set = Vec<(usize, Truth)>;

/// The most sets that are kept for one outcome: the smallest.
pub(super) const MOST: usize = 32;

/// The most answers in all sets for one outcome, unless the first set alone has more.
const MOST_ANSWERS: usize = 256;

/// The most answers that are copied in the search; beyond, only the first set of each part is followed.
const MOST_COPIED: usize = 1 << 22;

/// The most steps in choosing so many of the parts of one group; beyond, those with the smallest sets are chosen.
const MOST_STEPS: usize = 4_096;

/// Sets each of which suffices; the smallest first, then in the order of the text.
///
/// The empty set suffices where nothing has to change, and then it is the only one. No sets: nothing suffices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sets {
    pub(super) sets: Vec<Set>,
    /// There are more.
    pub(super) cut: bool,
}

impl Sets {
    /// Nothing has to change.
    pub(super) fn free() -> Sets {
        Sets { sets: vec![Set::new()], cut: false }
    }

    /// One answer suffices.
    pub(super) fn one(leaf: usize, truth: Truth) -> Sets {
        Sets { sets: vec![vec![(leaf, truth)]], cut: false }
    }

    fn is_free(&self) -> bool {
        self.sets.first().is_some_and(Vec::is_empty)
    }

    /// In order, without those that hold another one, and no more than are kept.
    pub(super) fn tidied(sets: Vec<Set>, mut cut: bool) -> Sets {
        let mut sets = sets;
        sort::by(&mut sets, |a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        let mut kept: Vec<Set> = Vec::new();
        let mut answers = 0;
        for set in sets {
            if kept.iter().any(|smaller| smaller.iter().all(|answer| set.binary_search(answer).is_ok())) {
                continue;
            }
            answers += set.len();
            if kept.len() >= MOST || (answers > MOST_ANSWERS && !kept.is_empty()) {
                cut = true;
                break;
            }
            kept.push(set);
        }
        Sets { sets: kept, cut }
    }
}

/// Both sets together; `None` where they contradict each other.
fn both(a: &Set, b: &Set) -> Option<Set> {
    let mut set = a.clone();
    for (leaf, truth) in b {
        match set.binary_search_by(|(other, _)| other.cmp(leaf)) {
            Ok(at) if set.get(at).is_some_and(|(_, other)| other == truth) => {}
            Ok(_) => return None,
            Err(at) => set.insert(at, (*leaf, *truth)),
        }
    }
    Some(set)
}

/// What a tree is to become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Goal {
    pub(super) wanted: Truth,
    /// Unknown will do as well.
    pub(super) or_open: bool,
}

impl Goal {
    /// Exactly this.
    pub(super) fn of(wanted: Truth) -> Goal {
        Goal { wanted, or_open: false }
    }

    pub(super) fn is_met(self, truth: Truth) -> bool {
        truth == self.wanted || (self.or_open && truth == Truth::Unknown)
    }

    fn not(self) -> Goal {
        Goal { wanted: self.wanted.not(), ..self }
    }
}

/// What a leaf may become.
pub(super) trait Leaves {
    /// What it is.
    fn truth(&self, leaf: usize) -> Truth;
    /// It can become this.
    fn may(&self, leaf: usize, truth: Truth) -> bool;
}

/// Joins sets, and counts what that costs.
#[derive(Debug, Default)]
pub(super) struct Joiner {
    copied: usize,
}

impl Joiner {
    /// The sets that make a tree what it is to become. Exact where no leaf, and no subject, is mentioned twice.
    pub(super) fn of(&mut self, tree: &Tree, goal: Goal, leaves: &dyn Leaves) -> Sets {
        match tree {
            Tree::Leaf(at) if goal.is_met(leaves.truth(*at)) => Sets::free(),
            Tree::Leaf(at) if leaves.may(*at, goal.wanted) => Sets::one(*at, goal.wanted),
            Tree::Leaf(_) => Sets::default(),
            Tree::Not(part) => self.of(part, goal.not(), leaves),
            Tree::AtLeast(count, parts) => {
                let needed = match goal.wanted {
                    Truth::True => *count,
                    // so many false parts leave too few
                    Truth::False | Truth::Unknown => (parts.len() + 1).saturating_sub(*count),
                };
                let parts = parts.iter().map(|part| self.of(part, goal, leaves)).collect();
                self.choose(needed, parts)
            }
        }
    }

    /// The sets that suffice for at least so many of the parts.
    pub(super) fn choose(&mut self, needed: usize, parts: Vec<Sets>) -> Sets {
        let cut = parts.iter().any(|part| part.cut);
        let needed = needed.saturating_sub(parts.iter().filter(|part| part.is_free()).count());
        let parts: Vec<Sets> = parts.into_iter().filter(|part| !part.is_free() && !part.sets.is_empty()).collect();
        if needed == 0 {
            return Sets::free();
        }
        if parts.len() < needed {
            return Sets { sets: Vec::new(), cut };
        }
        if needed == 1 {
            return Sets::tidied(parts.into_iter().flat_map(|part| part.sets).collect(), cut);
        }
        let (parts, cut) = if parts.len() * needed.min(parts.len() - needed + 1) > MOST_STEPS {
            let mut parts = parts;
            sort::by(&mut parts, |a, b| a.sets.first().map(Vec::len).cmp(&b.sets.first().map(Vec::len)));
            parts.truncate(needed);
            (parts, true)
        } else {
            (parts, cut)
        };
        // what suffices for exactly `taken` of the parts so far, from the fewest that can still be enough
        let spare = parts.len() - needed;
        let mut rows: Vec<Sets> = vec![Sets::free()];
        let mut first = 0;
        for (seen, part) in parts.iter().enumerate() {
            let from = (seen + 1).saturating_sub(spare);
            let to = needed.min(seen + 1);
            let row = |taken: usize| taken.checked_sub(first).and_then(|at| rows.get(at));
            let mut next = Vec::with_capacity(to + 1 - from.min(to));
            for taken in from..=to {
                let with = taken.checked_sub(1).and_then(row).map(|sets| self.product(sets, part));
                let without = row(taken).filter(|_| taken <= seen).cloned();
                let (with, without) = (with.unwrap_or_default(), without.unwrap_or_default());
                let cut = with.cut || without.cut;
                next.push(Sets::tidied(with.sets.into_iter().chain(without.sets).collect(), cut));
            }
            (rows, first) = (next, from);
        }
        let last = rows.pop().unwrap_or_default();
        Sets { cut: cut || last.cut, ..last }
    }

    fn product(&mut self, a: &Sets, b: &Sets) -> Sets {
        let plenty = self.copied > MOST_COPIED;
        let most = if plenty { 1 } else { MOST };
        let mut sets = Vec::new();
        for one in a.sets.iter().take(most) {
            for other in b.sets.iter().take(most) {
                self.copied += one.len() + other.len();
                sets.extend(both(one, other));
            }
        }
        let left = plenty && (a.sets.len() > 1 || b.sets.len() > 1);
        Sets::tidied(sets, a.cut || b.cut || left)
    }
}
