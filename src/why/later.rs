//! Sets that wait for time: what they leave as it is may be otherwise by then.

use crate::evaluate::evaluate;
use crate::model::date::{Date, Instant};
use crate::model::moment::AsOf;
use crate::truth::Truth;
use crate::why::leaves::Turn;
use crate::why::sets::{Goal, Leaves, Set, Sets};
use crate::why::tree::Tree;
use crate::why::verdicts::{Search, given};

impl Search<'_> {
    /// The sets that still make a tree what it is to become on the day on which the last change that they wait for has
    /// come.
    pub(super) fn lasting(&self, sets: Sets, tree: &Tree, goal: Goal) -> Sets {
        let still = |set: &Set| {
            let then = self.then(set);
            then.is_none_or(|then| goal.is_met(tree.under(&|leaf| truth(set, &then, leaf))))
        };
        Sets { sets: sets.sets.into_iter().filter(still).collect(), ..sets }
    }

    /// The truths of all leaves by time alone, on the day on which the last change that a set waits for has come.
    pub(super) fn then(&self, set: &Set) -> Option<Vec<Truth>> {
        let offset = self.as_of.now().offset;
        let waits = |(leaf, _): &(usize, Truth)| match self.leaves.get(*leaf)?.turn {
            Turn::Time(from) if self.truth(*leaf).is_known() => Some(from),
            Turn::Time(_) | Turn::Facts | Turn::Never => None,
        };
        let last = set.iter().filter_map(waits).max_by_key(|from| from.first_minute(offset))?;
        // a day that begins is a minute where minutes count
        let date = match self.as_of.date() {
            Date::Instant(_) => Date::Instant(Instant::new(last.first_minute(offset), offset)),
            Date::Year(_) | Date::Month(..) | Date::Day(_) => last,
        };
        let mut as_of = AsOf::new(date)?;
        as_of.anchors.clone_from(&self.as_of.anchors);
        let then = evaluate(&self.alone, self.record, &as_of);
        Some(then.criteria.into_iter().map(|criterion| criterion.truth).collect())
    }
}

/// The truth of a leaf under a set, and otherwise as it is then.
pub(super) fn truth(set: &Set, then: &[Truth], leaf: usize) -> Truth {
    given(set, leaf).or(then.get(leaf).copied()).unwrap_or(Truth::Unknown)
}
