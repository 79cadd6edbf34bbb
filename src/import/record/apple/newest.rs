//! The newest results of one kind.

use std::collections::BTreeMap;

use crate::import::limits::NEWEST;
use crate::model::date::Date;

/// As many as are proposed, and how many older ones there were.
pub(super) struct Newest<T> {
    /// By their time, those of one time in their order.
    kept: BTreeMap<(Date, usize), T>,
    taken: usize,
    /// The first that was too old, and their number.
    older: Option<(T, usize)>,
}

impl<T> Default for Newest<T> {
    fn default() -> Newest<T> {
        Newest { kept: BTreeMap::new(), taken: 0, older: None }
    }
}

impl<T> Newest<T> {
    pub(super) fn take(&mut self, on: Date, result: impl FnOnce() -> T) {
        self.taken += 1;
        let key = (on, self.taken);
        let full = self.kept.len() >= NEWEST;
        let is_older = full && self.kept.first_key_value().is_some_and(|(oldest, _)| key < *oldest);
        let gone = match (is_older, &mut self.older) {
            (true, Some((_, count))) => {
                *count += 1;
                return;
            }
            (true, None) => Some(result()),
            (false, _) => {
                self.kept.insert(key, result());
                if full { self.kept.pop_first().map(|(_, oldest)| oldest) } else { None }
            }
        };
        match (gone, &mut self.older) {
            (Some(_), Some((_, count))) => *count += 1,
            (Some(gone), None) => self.older = Some((gone, 1)),
            (None, _) => {}
        }
    }

    /// Those kept with their times, the oldest first; the first older one, and how many there were.
    pub(super) fn done(self) -> (impl Iterator<Item = (Date, T)>, Option<(T, usize)>) {
        (self.kept.into_iter().map(|((on, _), result)| (on, result)), self.older)
    }
}
