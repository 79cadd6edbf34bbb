//! Sorting, with one routine behind it for things of every kind: what the standard library sorts brings thousands of
//! bytes of code along for each kind, and the person's page waits for them.

mod map;

use std::cmp::Ordering;

pub(crate) use map::Sorted;

/// Sorts; what is equal stays in its order.
pub(crate) fn by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    if items.len() < 2 {
        return;
    }
    let swaps = swaps(items.len(), &mut |a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        (None, _) | (_, None) => Ordering::Equal,
    });
    for (a, b) in swaps {
        items.swap(a, b);
    }
}

/// Sorts by the things' own order.
pub(crate) fn ascending<T: Ord>(items: &mut [T]) {
    by(items, T::cmp);
}

/// Which places to swap, one pair after another, so that all are in order.
fn swaps(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<(usize, usize)> {
    let mut order = order(length, compare);
    let mut swaps = Vec::new();
    for start in 0..length {
        let mut place = start;
        while let Some(from) = order.get_mut(place).map(|from| std::mem::replace(from, place)) {
            if from == start || from == place {
                break;
            }
            swaps.push((place, from));
            place = from;
        }
    }
    swaps
}

/// So many are put in order one by one.
const FEW: usize = 16;

/// The places in the order of what stands there: pairs of ever longer stretches are merged.
fn order(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.chunks_mut(FEW).for_each(|few| insert(few, compare));
    let mut merged = Vec::new();
    let mut stretch = FEW;
    while stretch < length {
        for pair in order.chunks(2 * stretch) {
            merge(pair.split_at_checked(stretch).unwrap_or((pair, &[])), compare, &mut merged);
        }
        std::mem::swap(&mut order, &mut merged);
        merged.clear();
        stretch *= 2;
    }
    order
}

fn insert(few: &mut [usize], compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    for end in 1..few.len() {
        let mut at = end;
        while let Some([before, own]) = at.checked_sub(1).and_then(|start| few.get_mut(start..=at)) {
            if compare(*own, *before) != Ordering::Less {
                break;
            }
            std::mem::swap(before, own);
            at -= 1;
        }
    }
}

fn merge(
    (mut left, mut right): (&[usize], &[usize]),
    compare: &mut dyn FnMut(usize, usize) -> Ordering,
    merged: &mut Vec<usize>,
) {
    let in_order = match (left.last(), right.first()) {
        (Some(last), Some(first)) => compare(*first, *last) != Ordering::Less,
        (None, _) | (_, None) => true,
    };
    if !in_order {
        while let ([one, ones @ ..], [other, others @ ..]) = (left, right) {
            if compare(*other, *one) == Ordering::Less {
                merged.push(*other);
                right = others;
            } else {
                merged.push(*one);
                left = ones;
            }
        }
    }
    merged.extend_from_slice(left);
    merged.extend_from_slice(right);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_the_standard_library_does() {
        // every list of up to six digits below three, and longer ones that a simple generator makes
        let short = (0..=6u32).flat_map(|length| (0..3usize.pow(length)).map(move |code| (length, code)));
        let short = short.map(|(length, code)| (0..length).map(|at| code / 3usize.pow(at) % 3).collect::<Vec<_>>());
        let long = (1..60usize).map(|seed| (0..seed * 3).map(|at| (at * at * 7919 + seed * 104_729) % 23).collect());
        for keys in short.chain(long) {
            let mut ours: Vec<(usize, usize)> = keys.iter().copied().zip(0..).collect();
            let mut theirs = ours.clone();
            by(&mut ours, |a, b| a.0.cmp(&b.0));
            theirs.sort_by_key(|item| item.0);
            assert_eq!(ours, theirs);
        }
    }
}
