//! The newest results of one kind.

use std::collections::BTreeMap;

use crate::import::limits::NEWEST;
use crate::import::record::charts::{Left, Why};
use crate::import::record::entry::Entry;
use crate::model::date::Date;

/// As many as are proposed, and how many older ones there were.
#[derive(Default)]
pub(super) struct Newest {
    /// By their time, those of one time in their order.
    kept: BTreeMap<(Date, usize), Entry>,
    taken: usize,
    older: Option<Left>,
}

impl Newest {
    pub(super) fn take(&mut self, on: Date, entry: impl FnOnce() -> Entry) {
        self.taken += 1;
        let key = (on, self.taken);
        let full = self.kept.len() >= NEWEST;
        let is_older = full && self.kept.first_key_value().is_some_and(|(oldest, _)| key < *oldest);
        if !is_older {
            self.kept.insert(key, entry());
        }
        if !full {
            return;
        }
        if let Some(left) = &mut self.older {
            left.count += 1;
        }
        let gone = if is_older { None } else { self.kept.pop_first().map(|(_, entry)| entry) };
        if self.older.is_none()
            && let Some(entry) = gone.or_else(|| self.kept.first_key_value().map(|(_, entry)| entry.clone()))
        {
            self.older = Some(Left::new(entry.origin.clone(), entry.called.shown(), Why::Older));
        }
    }

    /// Those kept, the oldest first, and the older ones.
    pub(super) fn done(self) -> (impl Iterator<Item = Entry>, Option<Left>) {
        (self.kept.into_values(), self.older)
    }
}
