//! The ids of facts that are cited.

use smallvec::SmallVec;

/// Ids of facts; few of them cost no memory of their own.
pub(crate) type Cited<'a> = SmallVec<[&'a str; 2]>;

/// Those of two lists.
pub(crate) fn of_both<'a>(mut first: Cited<'a>, second: Cited<'a>) -> Cited<'a> {
    first.extend(second);
    first
}

/// Adds what is not yet among them, in order.
pub(crate) fn add<'a>(cited: &mut Cited<'a>, more: impl IntoIterator<Item = &'a str>) {
    for id in more {
        if !cited.contains(&id) {
            cited.push(id);
        }
    }
}
