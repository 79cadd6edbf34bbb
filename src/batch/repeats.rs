//! What a criterion says several times: the leaves that are about one thing.

use std::collections::BTreeMap;

use crate::batch::circuit::Kleene;
use crate::batch::program::Placed;
use crate::model::expression::Expression;
use crate::model::record::Subject;
use crate::truth::Truth;

/// The leaves of a criterion by what they are about.
#[derive(Default)]
pub(super) struct Repeats {
    subjects: BTreeMap<Subject, Vec<(usize, Kleene)>>,
    /// Those that say one thing whatever is found out.
    pub(super) foregone: BTreeMap<usize, Truth>,
}

impl Repeats {
    pub(super) fn add(&mut self, leaf: usize, placed: &Placed) {
        if let Some(foregone) = placed.foregone {
            self.foregone.insert(leaf, foregone);
        }
        if let Some(subject) = &placed.subject {
            self.subjects.entry(subject.clone()).or_default().push((leaf, placed.truth));
        }
    }

    pub(super) fn any(&self) -> bool {
        !self.foregone.is_empty() || self.subjects.values().any(|leaves| leaves.len() > 1)
    }

    /// How many different leaves there are at most.
    pub(super) fn leaves(&self) -> usize {
        self.subjects.values().map(Vec::len).sum()
    }

    /// Things of which one leaf is stated several times, and those of which several are: the truths of their leaves.
    pub(super) fn groups(&self) -> (Vec<usize>, Vec<Vec<Kleene>>) {
        let (mut twins, mut mixed) = (Vec::new(), Vec::new());
        for leaves in self.subjects.values().filter(|leaves| leaves.len() > 1) {
            match leaves.first() {
                Some((first, _)) if leaves.iter().all(|(leaf, _)| leaf == first) => twins.push(*first),
                Some(_) | None => mixed.push(leaves.iter().map(|(_, truth)| *truth).collect()),
            }
        }
        (twins, mixed)
    }
}

/// No group needs none of its parts, or more than it has.
pub(super) fn is_plain(expression: &Expression) -> bool {
    let parts = expression.parts();
    let counts = match expression {
        Expression::AtLeast(at_least) => {
            (1..=parts.len()).contains(&usize::try_from(at_least.count).unwrap_or(usize::MAX))
        }
        Expression::AnyOf(_) | Expression::AllOf(_) => !parts.is_empty(),
        Expression::Not(_)
        | Expression::When(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => true,
    };
    counts && parts.into_iter().all(is_plain)
}
