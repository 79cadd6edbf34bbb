//! Change between two points in time, pair by pair.

use std::cmp::Ordering;

use trial_prescreen::{Bound, Change, Direction, Exact};

use super::derived::unit;
use super::dose::{Class, totals, totals_of};
use super::{Moment, What, World, after, between, inside};

/// Has it changed by so much? `None` where there are no two points to tell.
pub(crate) fn has_changed(world: &World, change: &Change) -> Option<bool> {
    let key = change.subject.key();
    let class = Class::of_total(&key);
    if let Some(class) = class {
        // doses that nobody told of are taken to have stayed as they were, where those that are told have changed
        let told = totals_of(world, class, change.window.as_ref(), false, |item| {
            item.stated || (item.from, item.to) == (None, None)
        });
        if pairs(change, &key, &told).contains(&true) {
            return Some(true);
        }
    }
    let mut filling: Vec<(Moment, Exact)> = Vec::new();
    let points: Vec<(Moment, Exact)> = if let Some(class) = class {
        totals(world, class, change.window.as_ref(), false)
    } else {
        let measured =
            inside(world, &change.subject, change.window.as_ref(), |what| matches!(what, What::Number { .. }));
        let mut points = Vec::new();
        for item in measured {
            let What::Number { value, .. } = item.what else { continue };
            // that there is none is no measurement
            let said = item.stated && !item.dated && value == Exact::ZERO;
            let point = item.to.or(item.from).filter(|_| !said).map(|at| (at, value));
            if item.stated { &mut points } else { &mut filling }.extend(point);
        }
        points
    };
    let mut fits = pairs(change, &key, &points);
    if fits.is_empty() {
        fits = pairs(change, &key, &[points, filling].concat());
    }
    if fits.is_empty() && class.is_none() { None } else { Some(fits.contains(&true)) }
}

/// Of each two points that are near enough, whether they fit.
fn pairs(change: &Change, key: &str, points: &[(Moment, Exact)]) -> Vec<bool> {
    let mut fits = Vec::new();
    for (first, before) in points {
        for (second, value) in points {
            let near = change.within.is_none_or(|length| after(*first, length, *second) != Ordering::Greater);
            if first.minute < second.minute && near {
                fits.push(fit(change, key, *before, *value));
            }
        }
    }
    fits
}

fn fit(change: &Change, key: &str, before: Exact, after: Exact) -> bool {
    let more = after.minus(before).unwrap();
    let size = match change.direction {
        Direction::Rise => more,
        Direction::Fall => Exact::ZERO.minus(more).unwrap(),
        Direction::Either => more.max(Exact::ZERO.minus(more).unwrap()),
    };
    let to = |bound: &Bound| {
        let bounded = match bound.unit.as_deref() {
            // any rise from nothing is more than any share of it
            Some("%") if before == Exact::ZERO => return Ordering::Greater,
            Some("%") => bound.value.exact().times(before).unwrap().over(Exact::whole(100)).unwrap(),
            text => bound.value.exact().times(unit(key, text).unwrap()).unwrap(),
        };
        size.cmp(&bounded)
    };
    size > Exact::ZERO && between(&change.low, &change.high, to)
}
