//! What time alone will change: until when a verdict holds, and from when the next one does.

use crate::evaluate::compiled::{Compiled, Line};
use crate::evaluate::result::{Determination, DueChange, DueVerdict, ScreeningDates, Verdict};
use crate::evaluate::{Scope, standing};
use crate::model::date::{DAY, Date, Instant};
use crate::model::moment::Now;
use crate::model::trial::Trial;

/// A change that time alone brings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Change<T> {
    /// The first day or minute after it.
    moment: Now,
    /// What holds then.
    pub(crate) then: T,
}

impl<T> Change<T> {
    /// The last day or minute before it.
    pub(crate) fn until(&self) -> Date {
        let moment = self.moment;
        if !moment.to_the_minute || at_midnight(moment) {
            Date::Day(moment.day.plus_days(-1))
        } else {
            Date::Instant(Instant::new(moment.first - 1, moment.offset))
        }
    }

    /// The first day or minute after it.
    pub(crate) fn from(&self) -> Date {
        let moment = self.moment;
        if !moment.to_the_minute || at_midnight(moment) {
            Date::Day(moment.day)
        } else {
            Date::Instant(Instant::new(moment.first, moment.offset))
        }
    }
}

/// A change at midnight is one of days; any other is one of minutes.
fn at_midnight(moment: Now) -> bool {
    (moment.first + i64::from(moment.offset)).rem_euclid(DAY) == 0
}

/// Moments looked at before giving up: more than the dates in any record of one criterion, and the birthdays of a life.
const MOST: usize = 256;
/// Facts looked at on the way: with more than fifty of them for each moment, fewer moments are looked at.
const MOST_LOOKS: usize = 12_800;

/// So many moments are looked at for a criterion.
fn most(scope: &Scope<'_>, line: &Line) -> usize {
    let looks: usize = line.looks.iter().map(|slot| scope.chart.at(*slot).len()).sum();
    MOST_LOOKS.checked_div(looks).unwrap_or(MOST).clamp(1, MOST)
}

/// Every change of the verdict on a criterion that time alone brings, in order.
pub(crate) fn of_criterion(
    scope: &Scope<'_>,
    line: &Line,
    mut verdict: Verdict,
    mut next: Option<i64>,
) -> Vec<Change<Verdict>> {
    let mut changes = Vec::new();
    if next.is_none() {
        return changes;
    }
    let mut moment = scope.as_of.now();
    for _ in 0..most(scope, line) {
        let Some(minute) = next else { break };
        moment = moment.moved_to(minute.max(moment.end() + 1));
        let (then, later) = scope.verdict(line, moment);
        if then != verdict {
            changes.push(Change { moment, then });
        }
        (verdict, next) = (then, later);
    }
    changes
}

/// What time alone will change for a trial.
#[derive(Debug, Default)]
pub(crate) struct Calendar {
    /// Every day or minute at which a verdict changes, in order.
    pub(crate) changes: Vec<DueChange>,
    /// The first change of the determination.
    pub(crate) first: Option<Change<Determination>>,
    /// The last day or minute on which every verdict stands as it is.
    pub(crate) expires: Option<Date>,
    /// When screening is possible, on the facts given.
    pub(crate) screening: Option<ScreeningDates>,
}

/// Joins the changes of all criteria. `verdicts` are those of the as-of moment.
pub(crate) fn of_trial(
    trial: &Trial,
    compiled: &Compiled,
    as_of: Date,
    mut verdicts: Vec<Verdict>,
    each: &[&[Change<Verdict>]],
) -> Calendar {
    let mut determination = standing(trial, &verdicts, None);
    let possible = |determination: Determination| determination != Determination::Ineligible;
    let screening = possible(determination).then_some(ScreeningDates { earliest: as_of, latest: None });
    let mut calendar = Calendar { screening, ..Calendar::default() };
    let mut next: Vec<usize> = vec![0; each.len()];
    let due = |next: &[usize]| {
        let firsts = each.iter().zip(next).filter_map(|(changes, at)| changes.get(*at));
        firsts.map(|change| change.moment).min_by_key(|moment| moment.first)
    };
    while let Some(moment) = due(&next) {
        let mut changed = Vec::new();
        let positions = each.iter().zip(&mut next).zip(&mut verdicts).zip(&compiled.criteria);
        for (((changes, at), verdict), line) in positions {
            if let Some(change) = changes.get(*at)
                && change.moment.first == moment.first
            {
                *verdict = change.then;
                changed.push(DueVerdict { id: line.id.clone(), verdict: change.then });
                *at += 1;
            }
        }
        let change = Change { moment, then: standing(trial, &verdicts, None) };
        calendar.expires = calendar.expires.or(Some(change.until()));
        if change.then != determination {
            calendar.first = calendar.first.or(Some(change));
            match &mut calendar.screening {
                None => calendar.screening = Some(ScreeningDates { earliest: change.from(), latest: None }),
                Some(dates) if !possible(change.then) => dates.latest = dates.latest.or(Some(change.until())),
                Some(_) => {}
            }
        }
        determination = change.then;
        calendar.changes.push(DueChange { from: change.from(), determination, criteria: changed });
    }
    calendar
}
