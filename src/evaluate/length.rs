//! Lengths of time from one point to another, against bounds: hours and minutes on the time line, days, weeks, months
//! and years on the calendar.

use crate::evaluate::mark::{Mark, decided};
use crate::evaluate::result::{Margin, Side};
use crate::evaluate::soonest::Soonest;
use crate::model::date::Day;
use crate::model::decimal::{Decimal, Exact};
use crate::model::expression::Bound;
use crate::model::moment::Now;
use crate::model::window::{Duration, TimeUnit};
use crate::truth::Truth;

/// The length of time that a bound states, where it is a whole number of one unit.
pub(crate) fn duration(bound: &Bound) -> Option<Duration> {
    let unit = TimeUnit::from_text(bound.unit.as_deref()?)?;
    Some(Duration { count: i32::try_from(bound.value.whole()?).ok()?, unit })
}

/// Does the time from one point to another lie between a low and a high bound?
pub(crate) fn lies_between([low, high]: [&Option<Bound>; 2], from: &Mark, until: &Mark) -> Truth {
    let low = low.as_ref().map_or(Truth::True, |bound| is_reached(bound, Side::Low, from, until));
    // at most so long: not more than so long
    let high = high.as_ref().map_or(Truth::True, |bound| is_reached(bound, Side::High, from, until).not());
    low.and(high)
}

/// Is a low bound reached, or a high one passed?
fn is_reached(bound: &Bound, side: Side, from: &Mark, until: &Mark) -> Truth {
    let Some(duration) = duration(bound) else { return Truth::Unknown };
    let past = past(bound, side);
    match duration.minutes() {
        Some(minutes) => decided(until.first >= from.last + minutes + past, until.last < from.first + minutes + past),
        None => {
            let reached = |day: Day| duration.after(day).plus_days(past);
            decided(until.first_day >= reached(from.last_day), until.last_day < reached(from.first_day))
        }
    }
}

/// A minute or a day more, where the bound itself does not count yet.
fn past(bound: &Bound, side: Side) -> i64 {
    i64::from(bound.inclusive == (side == Side::High))
}

/// Where the time from a point reaches a low bound or passes a high one: the first time and the last that it may be.
pub(crate) enum Edges {
    /// On the time line.
    Minutes([i64; 2]),
    /// On the calendar.
    Days([Day; 2]),
}

impl Edges {
    pub(crate) fn of(bound: &Bound, side: Side, from: &Mark) -> Option<Edges> {
        let duration = duration(bound)?;
        let past = past(bound, side);
        Some(match duration.minutes() {
            Some(minutes) => Edges::Minutes([from.first, from.last].map(|at| at + minutes + past)),
            None => Edges::Days([from.first_day, from.last_day].map(|day| duration.after(day).plus_days(past))),
        })
    }
}

/// The next minute at which the time from a point until then may reach a low bound, or pass a high one.
pub(crate) fn crossings(bound: &Bound, side: Side, from: &Mark, now: Now) -> Soonest {
    match Edges::of(bound, side, from) {
        None => Soonest::default(),
        Some(Edges::Minutes(minutes)) => minutes.into_iter().flat_map(|at| now.shows(at)).collect(),
        Some(Edges::Days(days)) => {
            let ahead = days.into_iter().filter(|day| now.timed && *day > now.day);
            ahead.map(|day| now.start_of(day)).collect()
        }
    }
}

/// How far from the bound that is nearer, where both points are known to the bound's own precision.
pub(crate) fn margin([low, high]: [&Option<Bound>; 2], from: &Mark, until: &Mark) -> Option<Margin> {
    let of = |bound: &Bound, side: Side| -> Option<(Exact, Margin)> {
        let duration = duration(bound)?;
        let to_the_day = from.first_day == from.last_day && until.first_day == until.last_day;
        let (count, places) = match duration.unit {
            TimeUnit::Minute | TimeUnit::Hour if from.first == from.last && until.first == until.last => {
                let per = if duration.unit == TimeUnit::Hour { 60 } else { 1 };
                (Exact::ratio(i128::from(until.first - from.first), per)?, 2)
            }
            TimeUnit::Day | TimeUnit::Week if to_the_day => {
                let per = if duration.unit == TimeUnit::Week { 7 } else { 1 };
                (Exact::ratio(i128::from(until.first_day.number() - from.first_day.number()), per)?, 1)
            }
            TimeUnit::Month | TimeUnit::Year if to_the_day => {
                return days_to(duration, from.first_day, until.first_day, side);
            }
            TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Day | TimeUnit::Week | TimeUnit::Month | TimeUnit::Year => {
                return None;
            }
        };
        let limit = bound.value.exact();
        let distance = if side == Side::Low { count.minus(limit)? } else { limit.minus(count)? };
        let shown = |value: Exact| value.rounded(places);
        let margin = Margin {
            bound: side,
            limit: bound.value,
            value: shown(count)?,
            distance: shown(distance)?,
            unit: bound.unit.as_deref().unwrap_or_default().into(),
        };
        Some((distance, margin))
    };
    let low = low.as_ref().and_then(|bound| of(bound, Side::Low));
    let high = high.as_ref().and_then(|bound| of(bound, Side::High));
    low.into_iter().chain(high).min_by_key(|(distance, _)| *distance).map(|(_, margin)| margin)
}

/// Months and years have no fixed length: the margin is counted in days.
fn days_to(duration: Duration, from: Day, until: Day, side: Side) -> Option<(Exact, Margin)> {
    let limit = duration.after(from);
    let days = match side {
        Side::Low => until.number() - limit.number(),
        Side::High => limit.number() - until.number(),
    };
    let margin = Margin {
        bound: side,
        limit: Decimal::new(limit.number() - from.number(), 0),
        value: Decimal::new(until.number() - from.number(), 0),
        distance: Decimal::new(days, 0),
        unit: "d".into(),
    };
    Some((Exact::whole(days), margin))
}

/// Whole years, months, weeks or days completed between two days.
pub(crate) fn completed(from: Day, to: Day, unit: TimeUnit) -> i64 {
    let days = to.number() - from.number();
    match unit {
        TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Day => days,
        TimeUnit::Week => days.div_euclid(7),
        TimeUnit::Month | TimeUnit::Year => {
            let ((y0, m0, _), (y1, m1, _)) = (from.parts(), to.parts());
            let years = i64::from(y1 - y0);
            if unit == TimeUnit::Year {
                years - i64::from(from.plus_months(years * 12) > to)
            } else {
                let months = years * 12 + i64::from(m1) - i64::from(m0);
                months - i64::from(from.plus_months(months) > to)
            }
        }
    }
}
