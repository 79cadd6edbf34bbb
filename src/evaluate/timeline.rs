//! What time alone will change: until when a verdict holds, and from when the next one does.

use crate::evaluate::compiled::Line;
use crate::evaluate::result::{Determination, Verdict};
use crate::evaluate::{Scope, determine};
use crate::model::date::{DAY, Date, Instant};
use crate::model::moment::Now;

/// A change that time alone brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Change<T> {
    /// The last day or minute before it.
    pub(crate) until: Date,
    /// The first day or minute after it.
    pub(crate) from: Date,
    /// What holds then.
    pub(crate) then: T,
}

/// Moments looked at before giving up: far more than the dates in any record of one criterion bring.
const MOST: usize = 64;

/// The first moment at which the verdict on a criterion is another.
pub(crate) fn of_criterion(
    scope: &Scope<'_>,
    line: &Line,
    verdict: Verdict,
    next: Option<i64>,
) -> Option<Change<Verdict>> {
    first_change(scope.as_of.now(), verdict, next, |moment| scope.verdict(line, moment))
}

/// The first moment after `now` at which the trial's determination is another.
pub(crate) fn of_trial(scope: &Scope<'_>, now: Now, determination: Determination) -> Option<Change<Determination>> {
    let at = |moment: Now| {
        let (verdicts, nexts): (Vec<Verdict>, Vec<Option<i64>>) =
            scope.compiled.criteria.iter().map(|line| scope.verdict(line, moment)).unzip();
        (determine(scope.trial, &verdicts, None).0, nexts.into_iter().flatten().min())
    };
    let (_, next) = at(now);
    first_change(now, determination, next, at)
}

fn first_change<T: Copy + PartialEq>(
    now: Now,
    present: T,
    mut next: Option<i64>,
    at: impl Fn(Now) -> (T, Option<i64>),
) -> Option<Change<T>> {
    let mut moment = now;
    for _ in 0..MOST {
        let minute = next?;
        moment = moment.moved_to(minute.max(moment.end() + 1));
        let (then, later) = at(moment);
        if then != present {
            return Some(Change { until: before(moment), from: beginning(moment), then });
        }
        next = later;
    }
    None
}

/// A change at midnight is one of days; any other is one of minutes.
fn at_midnight(moment: Now) -> bool {
    (moment.first + i64::from(moment.offset)).rem_euclid(DAY) == 0
}

fn beginning(moment: Now) -> Date {
    if !moment.to_the_minute || at_midnight(moment) {
        Date::Day(moment.day)
    } else {
        Date::Instant(Instant::new(moment.first, moment.offset))
    }
}

fn before(moment: Now) -> Date {
    if !moment.to_the_minute || at_midnight(moment) {
        Date::Day(moment.day.plus_days(-1))
    } else {
        Date::Instant(Instant::new(moment.first - 1, moment.offset))
    }
}
