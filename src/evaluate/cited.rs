//! The ids of facts that are cited.

use smallvec::SmallVec;

use crate::model::name::Name;
use crate::sort::Sorted;

/// Ids of facts; few of them cost no memory of their own.
pub(crate) type Cited<'a> = SmallVec<[&'a Name; 2]>;

/// Those of two lists.
pub(crate) fn of_both<'a>(mut first: Cited<'a>, second: Cited<'a>) -> Cited<'a> {
    first.extend(second);
    first
}

/// Of more, looking through all of them for each would take too long.
const FEW: usize = 32;

/// Adds what is not yet among them, in order.
pub(crate) fn add<'a>(cited: &mut Cited<'a>, more: impl IntoIterator<Item = &'a Name>) {
    let mut more = more.into_iter();
    for id in more.by_ref() {
        if !cited.contains(&id) {
            cited.push(id);
        }
        if cited.len() > FEW {
            cited.extend(more);
            once_each(cited);
            return;
        }
    }
}

/// Keeps the first of each, in order.
pub(crate) fn once_each(cited: &mut Cited<'_>) {
    if cited.len() > FEW {
        let mut seen = Sorted::default();
        cited.retain(|id| seen.insert(*id, ()));
        return;
    }
    let mut kept = 0;
    while let Some(id) = cited.get(kept) {
        if cited.iter().take(kept).any(|earlier| earlier == id) {
            cited.remove(kept);
        } else {
            kept += 1;
        }
    }
}
