//! Leaves that a trial states more than once: what one says, all say.

use crate::model::expression::Expression;
use crate::model::record::Subject;
use crate::model::trial::Trial;
use crate::sort::Sorted;

/// Of one subject, so many different leaves are told apart.
const MOST: usize = 64;

/// The leaves of a trial that are stated more than once, numbered.
#[derive(Debug, Default)]
pub(crate) struct Twins<'t> {
    numbers: Sorted<Subject, Vec<(&'t Expression, usize)>>,
    /// How many there are.
    pub(crate) count: usize,
}

impl<'t> Twins<'t> {
    pub(crate) fn of(trial: &'t Trial) -> Twins<'t> {
        let mut stated: Sorted<Subject, Vec<(&Expression, usize)>> = Sorted::default();
        for leaf in trial.eligibility.criteria.iter().flat_map(|criterion| criterion.expression.leaves()) {
            let Some(subject) = leaf.subject() else { continue };
            let Some(different) = stated.get_or_insert(subject, Vec::new()) else { continue };
            if let Some((_, times)) = different.iter_mut().find(|(other, _)| *other == leaf) {
                *times += 1;
            } else if different.len() < MOST {
                different.push((leaf, 1));
            }
        }
        let mut count = 0;
        for different in stated.values_mut() {
            different.retain(|(_, times)| *times > 1);
            for (_, number) in different.iter_mut() {
                *number = count;
                count += 1;
            }
        }
        Twins { numbers: stated, count }
    }

    /// The number of a leaf about that subject, where it is stated more than once.
    pub(crate) fn number(&self, subject: &Subject, leaf: &Expression) -> Option<usize> {
        self.numbers.get(subject)?.iter().find(|(other, _)| *other == leaf).map(|(_, number)| *number)
    }
}
