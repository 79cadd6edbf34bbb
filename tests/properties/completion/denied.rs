//! What statements of absence rule out.

use trial_prescreen::{Exact, Status, Window};

use super::Builder;
use crate::oracle::dose::Class;
use crate::oracle::{CLASSES, Item, Moment, What, meets};

/// What a statement of absence denies: something of this status, in this stretch or window, unless it is listed.
#[derive(Clone)]
pub(super) struct Refuted {
    pub(super) status: Status,
    pub(super) from: Option<Moment>,
    pub(super) to: Option<Moment>,
    pub(super) within: Option<Window>,
    pub(super) but_listed: bool,
    /// It was said on a day, and stands where nobody asks about a window.
    pub(super) once: bool,
    /// The first and the last whole day that it speaks of, where nobody says on which clock it is today.
    pub(super) days: (Option<i64>, Option<i64>),
}

impl Builder<'_, '_> {
    pub(super) fn denies(&self, refuted: &Refuted, item: &Item) -> bool {
        let now = self.world.now.minute;
        let begun = item.from.is_none_or(|at| at.minute <= now);
        // where nobody says on which clock it is today, days are compared as days
        let (first, last) = refuted.days;
        let ends = |to: Moment| refuted.from.is_none_or(|from| to >= from) || first.is_some_and(|day| to.day >= day);
        let begins = |from: Moment| refuted.to.is_none_or(|to| from <= to) || last.is_some_and(|day| from.day <= day);
        let overlaps = item.from.is_none_or(begins)
            && item.to.is_none_or(ends)
            && meets(&self.world, refuted.within.as_ref(), item.from, item.to);
        let zero = matches!(item.what, What::Number { value, .. } if value == Exact::ZERO);
        if zero || (refuted.but_listed && item.stated) {
            return false;
        }
        match refuted.status {
            Status::Any => overlaps,
            Status::History => item.what != What::Planned && begun && overlaps,
            Status::Current => item.what != What::Planned && begun && item.to.is_none_or(|at| at.minute >= now),
            Status::Planned => item.what == What::Planned,
        }
    }
}

/// What a statement about a subject speaks of: itself, and what belongs to it.
pub(super) fn covered(key: &str) -> Vec<&str> {
    let mut covered = vec![key];
    if let Some(class) = Class::of(key).filter(|class| class.is(key)) {
        class.names().for_each(|name| covered.push(name));
    }
    covered.extend(CLASSES.iter().filter(|(class, _)| *class == key).map(|(_, member)| *member));
    covered
}
