//! Systemic glucocorticoids as prednisone-equivalent milligrams a day; several on one day add up.

use crate::evaluate::atom::Leaf;
use crate::evaluate::chart::Entry;
use crate::evaluate::result::{Derived, GapKind, Needs, Side};
use crate::evaluate::span::{Frame, Mark, Occurrence};
use crate::evaluate::{Scope, compare};
use crate::model::date::Day;
use crate::model::decimal::Exact;
use crate::model::derivation::GLUCOCORTICOIDS;
use crate::model::expression::{Bound, Compare};
use crate::model::moment::Now;
use crate::model::quantity::{Conversion, End, Interval, Quantity};
use crate::model::record::{FactValue, Status};
use crate::model::unit::{BoundUnit, Substance, Unit};
use crate::truth::Truth;

/// One medicine over one stretch of time, in prednisone-equivalent mg/d.
struct Course<'a> {
    fact: &'a Entry,
    amount: Interval,
    /// Nobody said how much, or in which unit.
    no_dose: bool,
    /// `None` where nobody said when.
    when: Option<Occurrence>,
}

/// Everything said about glucocorticoids that bears on the window.
#[derive(Default)]
struct Said<'a> {
    courses: Vec<Course<'a>>,
    /// Courses and statements about another time.
    outside: Vec<&'a str>,
    /// Statements that these are all.
    complete: Vec<&'a str>,
    /// Statements that there are none.
    none: Vec<&'a str>,
}

/// The highest daily total inside the window, against the bounds. Without a statement that the list is complete there
/// may be more.
pub(crate) fn evaluate<'a>(scope: &Scope<'a>, compare: &'a Compare, now: Now) -> Leaf<'a> {
    let frame = compare.window.map(|window| Frame::new(scope, window, now));
    let mut next = Vec::new();
    let said = listen(scope, frame.as_ref(), now, &mut next);
    let framed = frame.is_some() && !(said.courses.is_empty() && said.outside.is_empty() && next.is_empty());
    let leaf = match range(compare) {
        None => Leaf::unknown(GapKind::Incomparable, Some(Needs::Unit), Vec::new()),
        Some(range) => judge(&said, &range, compare, frame.as_ref(), now),
    };
    leaf.later(next).framed(frame.as_ref(), framed)
}

fn listen<'a>(scope: &Scope<'a>, frame: Option<&Frame<'a>>, now: Now, next: &mut Vec<i64>) -> Said<'a> {
    let mut said = Said::default();
    for fact in scope.about_concept("systemic-corticosteroid") {
        let covers = match (frame, fact.during.and(fact.when)) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(frame), Some(when)) => {
                next.extend(frame.next(&when, now));
                frame.is_covered_by(&when)
            }
        };
        match (&fact.value, covers) {
            (FactValue::Refuted(Status::Any | Status::History), true) => said.none.push(&fact.id),
            (FactValue::Complete, true) => said.complete.push(&fact.id),
            (FactValue::Refuted(Status::Any | Status::History) | FactValue::Complete, false) => {
                said.outside.push(&fact.id);
            }
            _ => {}
        }
    }
    let own = ("systemic-corticosteroid", 5, 1);
    for (medicine, equivalent, per) in GLUCOCORTICOIDS.into_iter().chain([own]) {
        let to_prednisone = Exact::ratio(5 * per, equivalent);
        for fact in scope.about_concept(medicine) {
            let (amount, no_dose) = match &fact.value {
                FactValue::Quantity(quantity) => match amount_of(quantity, to_prednisone) {
                    Some(amount) => (amount, false),
                    None => (SOME, true),
                },
                FactValue::Present(_) => (SOME, true),
                FactValue::Code(_)
                | FactValue::Date(_)
                | FactValue::Refuted(_)
                | FactValue::Absent(_)
                | FactValue::Complete => continue,
            };
            let when = match (fact.when, &fact.value) {
                (Some(when), _) => Some(when),
                // what is planned lies ahead
                (None, FactValue::Present(Status::Planned)) => {
                    Some(Occurrence { begin: Some(Mark::at(now)), end: None })
                }
                (None, _) => None,
            };
            let ahead = fact.on.is_none() && fact.during.is_none();
            let meets = match (frame, &when) {
                (None, _) => Truth::True,
                (Some(_), None) => Truth::Unknown,
                (Some(frame), Some(_)) if ahead => {
                    next.extend(frame.passing(now));
                    frame.meets_what_is_ahead(now)
                }
                (Some(frame), Some(when)) => {
                    next.extend(frame.next(when, now));
                    frame.meets(when)
                }
            };
            if meets == Truth::False {
                said.outside.push(&fact.id);
            } else {
                said.courses.push(Course { fact, amount, no_dose, when });
            }
        }
    }
    said
}

/// Some amount, and nobody said how much.
const SOME: Interval = Interval { low: Some(End { at: Exact::ZERO, inclusive: true }), high: None };

fn amount_of(quantity: &Quantity, to_prednisone: Option<Exact>) -> Option<Interval> {
    quantity.interval()?.converted(daily(Unit::from_text(quantity.unit.as_deref()?)?)?)?.times(to_prednisone?)
}

fn daily(unit: Unit) -> Option<Conversion> {
    Conversion::between(unit, Unit::from_text("mg/d")?, Substance::Unknown).ok()
}

/// The bounds in mg/d.
fn range(compare: &Compare) -> Option<Interval> {
    let end = |bound: &Option<Bound>| -> Option<Option<End>> {
        let Some(bound) = bound else { return Some(None) };
        let BoundUnit::Of(unit) = BoundUnit::from_text(bound.unit.as_deref()?)? else { return None };
        Some(Some(End { at: daily(unit)?.of(bound.value.exact())?, inclusive: bound.inclusive }))
    };
    Some(Interval { low: end(&compare.low)?, high: end(&compare.high)? })
}

fn judge<'a>(said: &Said<'a>, range: &Interval, compare: &Compare, frame: Option<&Frame<'a>>, now: Now) -> Leaf<'a> {
    let named: Vec<&'a str> = said.courses.iter().map(|course| course.fact.id.as_str()).collect();
    if named.is_empty() {
        let closing = if said.none.is_empty() { &said.complete } else { &said.none };
        if closing.is_empty() {
            let kind = if said.outside.is_empty() { GapKind::Absent } else { GapKind::Stale };
            return Leaf::unknown(kind, None, said.outside.clone());
        }
        let zero = Interval::point(Exact::ZERO);
        return known(zero.lies_in(range), closing.clone(), &zero, compare, Vec::new());
    }
    let (total, surely) = highest_day(&said.courses, frame, now);
    let at_least = Interval { low: total.low, high: None };
    let truth = at_least.lies_in(range);
    if truth.is_known() {
        // these alone decide, whatever else there may be
        let from = surely.iter().map(|id| (*id).to_owned()).collect();
        return known(truth, surely, &total, compare, from);
    }
    if !said.none.is_empty() {
        return Leaf::unknown(GapKind::Conflicting, None, [named, said.none.clone()].concat());
    }
    let truth = total.lies_in(range);
    if truth.is_known() && !said.complete.is_empty() {
        let from = named.iter().map(|id| (*id).to_owned()).collect();
        return known(truth, [named, said.complete.clone()].concat(), &total, compare, from);
    }
    let (kind, needs) = if said.courses.iter().any(|course| course.no_dose) {
        (GapKind::Incomparable, Needs::Dose)
    } else if truth.is_known() {
        (GapKind::Imprecise, Needs::List)
    } else if said.courses.iter().any(|course| !course.is_dated()) {
        (GapKind::Imprecise, Needs::Date)
    } else {
        (GapKind::Imprecise, Needs::Value)
    };
    Leaf::unknown(kind, Some(needs), named)
}

fn known<'a>(truth: Truth, because: Vec<&'a str>, total: &Interval, compare: &Compare, from: Vec<String>) -> Leaf<'a> {
    let margins = [(&compare.low, Side::Low), (&compare.high, Side::High)];
    let margin = margins.into_iter().filter_map(|(bound, side)| compare::margin(total, bound.as_ref()?, side)).min();
    let derived = total
        .single()
        .and_then(|single| single.rounded(2))
        .filter(|_| !from.is_empty())
        .map(|value| Derived { value: format!("{value} mg/d"), formula: "prednisone equivalent".to_owned(), from });
    Leaf { margin: margin.map(|(_, margin)| margin), derived, ..Leaf::known(truth, because) }
}

impl Course<'_> {
    /// Begin and end are known to the day, or open.
    fn is_dated(&self) -> bool {
        let exact = |mark: Option<Mark>| mark.is_none_or(|mark| mark.first_day == mark.last_day);
        self.when.is_some_and(|when| exact(when.begin) && exact(when.end))
    }

    fn runs(&self, day: Day) -> Truth {
        self.when.map_or(Truth::Unknown, |when| running(&when, day))
    }
}

/// The highest sum over the days of the window: at least what surely coincides, at most what may. And the courses of
/// the day on which that least is highest.
fn highest_day<'a>(courses: &[Course<'a>], frame: Option<&Frame<'a>>, now: Now) -> (Interval, Vec<&'a str>) {
    let inside = |day: Day| {
        let mark = Some(Mark::day(day, now));
        frame.map_or(Truth::True, |frame| frame.meets(&Occurrence { begin: mark, end: mark }))
    };
    let mut days = frame.map(Frame::first_days).unwrap_or_default();
    if days.is_empty() {
        days.push(Day::of_number(i64::MIN));
    }
    for course in courses {
        let begin = course.when.and_then(|when| when.begin).map(|mark| [mark.first_day, mark.last_day]);
        days.extend(begin.into_iter().flatten());
    }
    days.push(now.day);
    let zero = Interval::point(Exact::ZERO);
    let mut best = zero;
    let mut surely: Vec<&'a str> = Vec::new();
    for day in days {
        let mut sum = zero;
        let mut here: Vec<&'a str> = Vec::new();
        let inside = inside(day);
        for course in courses {
            let share = match course.runs(day).and(inside) {
                Truth::True => {
                    here.extend((!course.no_dose).then_some(course.fact.id.as_str()));
                    course.amount
                }
                Truth::Unknown => Interval { low: zero.low, ..course.amount },
                Truth::False => zero,
            };
            sum = sum.plus(&share).unwrap_or(Interval { low: sum.low, high: None });
        }
        if larger(best.low, sum.low, false) != best.low {
            surely = here;
        }
        best = Interval { low: larger(best.low, sum.low, false), high: larger(best.high, sum.high, true) };
    }
    (best, surely)
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
