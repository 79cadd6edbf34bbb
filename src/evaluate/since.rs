//! The ways in which the time since one event can turn out, against several bounds at once.

use crate::evaluate::complete::stretches;
use crate::evaluate::length::duration;
use crate::model::decimal::Exact;
use crate::model::expression::{Bound, Elapsed};
use crate::model::quantity::{End, Interval};
use crate::model::window::{Duration, TimeUnit};
use crate::sort;
use crate::truth::Truth;

/// A bound on a line of minutes; days and months stand where they do on average.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Cut {
    at: i64,
    /// Minutes by which the real place may differ.
    slack: i64,
    /// Lengths between two bounds of one kind are multiples of this; `None` for months, which have parts.
    step: Option<i64>,
}

const DAY: i64 = 1_440;

impl Cut {
    fn of(length: Duration) -> Cut {
        let (minutes, slack, step) = match length.unit {
            TimeUnit::Minute => (1, 0, Some(1)),
            TimeUnit::Hour => (60, 0, Some(1)),
            // a day may have begun a day and 26 hours of zones sooner or later
            TimeUnit::Day => (DAY, 3 * DAY, Some(DAY)),
            TimeUnit::Week => (7 * DAY, 3 * DAY, Some(DAY)),
            TimeUnit::Month => (43_830, 6 * DAY, None),
            TimeUnit::Year => (525_960, 6 * DAY, None),
        };
        Cut { at: i64::from(length.count) * minutes, slack, step }
    }

    /// Which of the two is longer depends on the calendar.
    fn may_swap_with(self, other: Cut) -> bool {
        self.step != other.step && (self.at - other.at).abs() <= self.slack + other.slack
    }
}

/// Each way gives every leaf its truth; `None` where the order of the bounds hangs on the calendar.
pub(crate) fn ways(leaves: &[&Elapsed]) -> Option<Vec<Vec<Truth>>> {
    let mut cuts: Vec<Cut> = Vec::new();
    let mut ranges = Vec::with_capacity(leaves.len());
    for leaf in leaves {
        let mut end = |bound: &Option<Bound>| -> Option<Option<End>> {
            let Some(bound) = bound else { return Some(None) };
            let cut = Cut::of(duration(bound)?);
            cuts.push(cut);
            Some(Some(End { at: Exact::whole(cut.at), inclusive: bound.inclusive }))
        };
        ranges.push(Interval { low: end(&leaf.low)?, high: end(&leaf.high)? });
    }
    // what never happened is longer ago than any bound
    let never: Vec<Truth> = leaves.iter().map(|leaf| Truth::from(leaf.high.is_none())).collect();
    between(cuts, &ranges, vec![never])
}

/// The same of ages: each leaf holds from one length of life on, and no more from another on.
pub(crate) fn ages(leaves: &[(Option<Duration>, Option<Duration>)]) -> Option<Vec<Vec<Truth>>> {
    let mut cuts: Vec<Cut> = Vec::new();
    let mut ranges = Vec::with_capacity(leaves.len());
    for (low, high) in leaves {
        let mut end = |length: &Option<Duration>, inclusive: bool| {
            let cut = Cut::of((*length)?);
            cuts.push(cut);
            Some(End { at: Exact::whole(cut.at), inclusive })
        };
        ranges.push(Interval { low: end(low, true), high: end(high, false) });
    }
    between(cuts, &ranges, Vec::new())
}

/// Adds the ways on, between and beyond the cuts; `None` where their order hangs on the calendar.
fn between(mut cuts: Vec<Cut>, ranges: &[Interval], mut ways: Vec<Vec<Truth>>) -> Option<Vec<Vec<Truth>>> {
    if cuts.iter().any(|cut| cuts.iter().any(|other| cut.may_swap_with(*other))) {
        return None;
    }
    sort::by(&mut cuts, |a, b| a.at.cmp(&b.at));
    cuts.dedup_by_key(|cut| cut.at);
    let points: Vec<Exact> = cuts.iter().map(|cut| Exact::whole(cut.at)).collect();
    for stretch in stretches(&points) {
        if is_empty(&stretch, &cuts) {
            continue;
        }
        let way: Vec<Truth> = ranges.iter().map(|range| stretch.lies_in(range)).collect();
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    Some(ways)
}

/// Between two lengths of whole steps that follow each other lies none.
fn is_empty(stretch: &Interval, cuts: &[Cut]) -> bool {
    let place = |end: Option<End>| cuts.iter().find(|cut| end.is_some_and(|end| end.at == Exact::whole(cut.at)));
    match (place(stretch.low), place(stretch.high)) {
        (Some(low), Some(high)) => low.step == high.step && low.step.is_some_and(|step| high.at - low.at == step),
        (None, _) | (_, None) => false,
    }
}
