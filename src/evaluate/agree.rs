//! A stated value and one that was worked out for the same time: do they say the same?
//!
//! They do where the one that was worked out, rounded to the places of the stated one, equals it: then the stated one
//! counts. Otherwise both stand, as two results do: the newer counts, and two of one time conflict unless they lie on
//! the same side of the bound. Where nothing can be worked out from a result of the very day, the stated one counts.

use crate::evaluate::chart::Entry;
use crate::evaluate::occurrence::Occurrence;
use crate::evaluate::reading::{Reading, Readings};
use crate::model::decimal::{Decimal, Exact};
use crate::model::quantity::{Conversion, End, Interval};
use crate::model::record::FactValue;
use crate::model::unit::{Substance, Unit};
use crate::truth::Truth;

/// Puts what was worked out beside what was stated; `own` is the unit in which it was worked out, and of what.
pub(crate) fn join<'a>(stated: &mut Readings<'a>, derived: Readings<'a>, own: (Unit, Substance)) {
    for reading in derived.inside {
        if !settled(&stated.inside, &reading, own) && !settled(&stated.perhaps, &reading, own) {
            stated.inside.push(reading);
        }
    }
    for reading in derived.perhaps {
        if !settled(&stated.inside, &reading, own) && !settled(&stated.perhaps, &reading, own) {
            stated.perhaps.push(reading);
        }
    }
    stated.framed |= derived.framed;
    stated.torn |= derived.torn;
    stated.next.extend(derived.next);
}

/// One of the stated values says the same.
fn settled<'a>(stated: &[Reading<'a>], derived: &Reading<'a>, own: (Unit, Substance)) -> bool {
    stated.iter().any(|reading| {
        if derived.canonical.is_none() {
            return reading.mark() == derived.mark();
        }
        let Some(interval) = in_unit_of(reading, derived, own).filter(|_| at_one_time(reading.when, derived.when))
        else {
            return false;
        };
        reading.entry.and_then(places).is_some_and(|places| rounds_to(&interval, &reading.interval, places))
    })
}

/// The places after the point of a value that was stated as one number.
fn places(entry: &Entry) -> Option<u8> {
    match &entry.value {
        FactValue::Quantity(quantity) if quantity.comparator.is_none() => quantity.value.map(Decimal::places),
        FactValue::Quantity(_)
        | FactValue::Code(_)
        | FactValue::Date(_)
        | FactValue::Present(_)
        | FactValue::Refuted(_)
        | FactValue::Absent(_)
        | FactValue::Complete => None,
    }
}

/// What was worked out, in the unit of what was stated.
fn in_unit_of(stated: &Reading<'_>, derived: &Reading<'_>, own: (Unit, Substance)) -> Option<Interval> {
    let unit = Unit::from_text(stated.unit.unwrap_or(""))?;
    derived.canonical?.converted(Conversion::between(own.0, unit, own.1).ok()?)
}

/// Neither is surely newer than the other.
pub(crate) fn at_one_time(a: Option<Occurrence>, b: Option<Occurrence>) -> bool {
    let mark = |when: Option<Occurrence>| when.and_then(|when| when.end.or(when.begin));
    match (mark(a), mark(b)) {
        (Some(a), Some(b)) => a.first <= b.last && b.first <= a.last,
        (None, _) | (_, None) => true,
    }
}

/// Does every value of the interval, rounded to so many places, equal the stated one? Halves go away from zero.
fn rounds_to(interval: &Interval, stated: &Interval, places: u8) -> bool {
    let near = || {
        let value = stated.single()?;
        let half = Exact::ratio(1, 2 * 10_i128.checked_pow(u32::from(places))?)?;
        let low = Some(End { at: value.minus(half)?, inclusive: value > Exact::ZERO });
        let high = Some(End { at: value.plus(half)?, inclusive: value < Exact::ZERO });
        Some(Interval { low, high })
    };
    near().is_some_and(|near| interval.lies_in(&near) == Truth::True)
}
