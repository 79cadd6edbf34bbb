//! Systemic glucocorticoids as prednisone-equivalent milligrams a day; several on one day add up.

use crate::evaluate::Scope;
use crate::evaluate::reading::{Reading, Readings};
use crate::evaluate::result::{Derived, Needs};
use crate::evaluate::span::{Frame, Mark, Occurrence};
use crate::model::date::Day;
use crate::model::decimal::Exact;
use crate::model::derivation::GLUCOCORTICOIDS;
use crate::model::moment::Now;
use crate::model::quantity::{End, Interval, factor_between};
use crate::model::record::{Fact, FactValue, Status};
use crate::model::unit::Unit;
use crate::truth::Truth;

/// One medicine over one stretch of time, in prednisone-equivalent mg/d.
struct Course<'a> {
    fact: &'a Fact,
    amount: Interval,
    when: Occurrence,
}

/// The highest daily total inside the window. Without a statement that the list is complete there may be more.
pub(crate) fn glucocorticoids<'a>(scope: &Scope<'a>, frame: Option<&Frame<'a>>, now: Now) -> Readings<'a> {
    let mut readings = Readings::default();
    let mut closing: Vec<&'a str> = Vec::new();
    let mut none = false;
    for fact in scope.about_concept("systemic-corticosteroid") {
        let covers = readings.covers(fact, frame, now);
        match &fact.value {
            FactValue::Refuted(Status::Any | Status::History) if covers => {
                closing.push(&fact.id);
                none = true;
            }
            FactValue::Complete if covers => closing.push(&fact.id),
            FactValue::Refuted(_)
            | FactValue::Complete
            | FactValue::Quantity(_)
            | FactValue::Code(_)
            | FactValue::Date(_)
            | FactValue::Present(_)
            | FactValue::Absent(_) => {}
        }
    }
    readings.complete.clone_from(&closing);

    let mut courses: Vec<Course<'a>> = Vec::new();
    let stated = ("systemic-corticosteroid", 5, 1);
    for (medicine, equivalent, per) in GLUCOCORTICOIDS.into_iter().chain([stated]) {
        for fact in scope.about_concept(medicine).iter().copied() {
            let FactValue::Quantity(quantity) = &fact.value else { continue };
            let amount = quantity.interval().zip(quantity.unit.as_deref()).and_then(|(interval, unit)| {
                let factor = factor_between(Unit::from_text(unit)?, Unit::from_text("mg/d")?, None)?;
                interval.times(factor.times(Exact::ratio(5 * per, equivalent)?)?)
            });
            let Some(amount) = amount else {
                readings.lacking = Some((vec!["systemic-corticosteroid".to_owned()], Some(Needs::Dose)));
                continue;
            };
            let when = Occurrence::of(fact, now).unwrap_or_default();
            let meets = frame.map_or(Truth::True, |frame| {
                readings.framed = true;
                readings.next.extend(frame.next(&when, now));
                frame.meets(&when)
            });
            if meets != Truth::False {
                courses.push(Course { fact, amount, when });
            }
        }
    }
    if courses.is_empty() {
        if !readings.complete.is_empty() && readings.lacking.is_none() {
            readings.inside.push(total(Interval::point(Exact::ZERO), closing, None));
        }
        return readings;
    }
    if none {
        // someone says "none" and someone names a medicine
        closing.clear();
        readings.complete.clear();
        readings.lacking = Some((vec!["systemic-corticosteroid".to_owned()], Some(Needs::List)));
    }
    let mut highest = highest_day(&courses, frame, now);
    if readings.complete.is_empty() || readings.lacking.is_some() {
        highest.high = None;
    }
    let facts: Vec<&'a str> = courses.iter().map(|course| course.fact.id.as_str()).chain(closing).collect();
    let derived = highest.single().and_then(|single| single.rounded(2)).map(|value| Derived {
        value: format!("{value} mg/d"),
        formula: "prednisone equivalent".to_owned(),
        from: courses.iter().map(|course| course.fact.id.clone()).collect(),
    });
    readings.inside.push(total(highest, facts, derived));
    readings
}

fn total<'a>(interval: Interval, because: Vec<&'a str>, derived: Option<Derived>) -> Reading<'a> {
    Reading { because, interval, unit: Some("mg/d"), upper: None, lower: None, when: None, derived }
}

/// The highest sum over the days of the window: at least what surely coincides, at most what may.
fn highest_day(courses: &[Course<'_>], frame: Option<&Frame<'_>>, now: Now) -> Interval {
    let inside = |day: Day| {
        let mark = Some(Mark::day(day, now));
        frame.map_or(Truth::True, |frame| frame.meets(&Occurrence { begin: mark, end: mark }))
    };
    let mut first = frame.map(Frame::first_days).unwrap_or_default();
    if first.is_empty() {
        first.push(Day::of_number(i64::MIN));
    }
    let days: Vec<Day> = courses
        .iter()
        .flat_map(|course| {
            let begin = course.when.begin.map(|mark| [mark.first_day, mark.last_day]);
            begin.into_iter().flatten()
        })
        .chain(first)
        .chain([now.day])
        .collect();
    let zero = Interval::point(Exact::ZERO);
    let mut best: Option<Interval> = None;
    for day in days {
        let mut sum = zero;
        let inside = inside(day);
        for course in courses {
            let share = match running(&course.when, day).and(inside) {
                Truth::True => course.amount,
                Truth::Unknown => Interval { low: zero.low, ..course.amount },
                Truth::False => zero,
            };
            sum = sum.plus(&share).unwrap_or(Interval { low: sum.low, high: None });
        }
        best = Some(match best {
            None => sum,
            Some(best) => Interval { low: larger(best.low, sum.low, false), high: larger(best.high, sum.high, true) },
        });
    }
    best.unwrap_or(zero)
}

/// Is the medicine taken on this day?
fn running(when: &Occurrence, day: Day) -> Truth {
    let begun = when.begin.map_or(Truth::True, |mark| {
        if mark.last_day <= day {
            Truth::True
        } else if mark.first_day > day {
            Truth::False
        } else {
            Truth::Unknown
        }
    });
    let not_over = when.end.map_or(Truth::True, |mark| {
        if mark.first_day >= day {
            Truth::True
        } else if mark.last_day < day {
            Truth::False
        } else {
            Truth::Unknown
        }
    });
    begun.and(not_over)
}

/// The larger of two ends; an open one is the smallest below and the largest above.
fn larger(a: Option<End>, b: Option<End>, above: bool) -> Option<End> {
    match (a, b) {
        (Some(a), Some(b)) => {
            if a.at == b.at {
                Some(End { at: a.at, inclusive: a.inclusive || b.inclusive })
            } else {
                Some(if a.at > b.at { a } else { b })
            }
        }
        (None, other) | (other, None) => {
            if above {
                None
            } else {
                other
            }
        }
    }
}
