//! What goes into a formula in one world that a record allows.

use std::collections::BTreeMap;

use trial_prescreen::{
    Comparator, Date, Decimal, Duration, Fact, FactValue, Quantity, Record, Subject, TimeUnit, When,
};

use super::inputs::{InUnit, What, concept, what};
use super::record::{Asked, Case};
use super::{Pick, any};
use crate::oracle::calendar::{age, number, number_of, shifted};

/// What everything is, in the formula's units.
pub(super) type World = BTreeMap<&'static str, f64>;

fn newest<'r>(record: &'r Record, concept: &str) -> Option<&'r Fact> {
    let about = record.facts.iter().filter(|fact| fact.subject == Subject::concept(concept));
    about.max_by_key(|fact| fact.on.map(When::earliest))
}

/// One of the values that a stated one may be, in its own unit.
fn value(pick: &mut Pick<'_>, quantity: &Quantity) -> f64 {
    let float = |value: Decimal| value.to_string().parse::<f64>().unwrap();
    let eighth = pick(9) as f64 / 8.0;
    match (quantity.value.map(float), quantity.comparator) {
        (Some(value), None) => value,
        (Some(value), Some(Comparator::Less)) => value * (eighth * 0.98 + 0.01),
        (Some(value), Some(Comparator::AtMost)) => value * (eighth * 0.98 + 0.02),
        (Some(value), Some(Comparator::AtLeast)) => value * (1.0 + 2.0 * eighth),
        (Some(value), Some(Comparator::More)) => value * (1.001 + 2.0 * eighth),
        (Some(value), Some(Comparator::About)) => value * (0.9 + 0.2 * eighth),
        (None, _) => {
            let [low, high] = [quantity.low, quantity.high].map(|end| float(end.unwrap()));
            low + (high - low) * eighth
        }
    }
}

/// One of the values of which nobody knows, in the formula's unit.
fn unknown(pick: &mut Pick<'_>, units: &[InUnit]) -> f64 {
    let (_, numerator, denominator, values) = any(pick, units);
    let value = any(pick, values).parse::<f64>().unwrap() * any(pick, &[1.0, 0.3, 2.5]);
    value * numerator as f64 / denominator as f64
}

fn stated(fact: Option<&Fact>) -> Option<&Quantity> {
    match &fact?.value {
        FactValue::Quantity(quantity) => Some(quantity),
        _ => None,
    }
}

fn number_in(pick: &mut Pick<'_>, fact: Option<&Fact>, units: &[InUnit]) -> f64 {
    // a score needs no unit
    let of = |text: &str, unit: &InUnit| unit.0 == text || (text.is_empty() && unit.0 == "{score}");
    let told = stated(fact).and_then(|quantity| {
        let text = quantity.unit.as_deref().unwrap_or("");
        units.iter().find(|unit| of(text, unit)).map(|unit| (quantity, unit))
    });
    match told {
        Some((quantity, (_, numerator, denominator, _))) => {
            value(pick, quantity) * *numerator as f64 / *denominator as f64
        }
        None => unknown(pick, units),
    }
}

fn over_upper_limit(pick: &mut Pick<'_>, fact: Option<&Fact>, units: &[InUnit]) -> f64 {
    let limit = fact.and_then(|fact| fact.upper_limit.as_ref()?.value);
    match (stated(fact), limit) {
        (Some(quantity), Some(limit)) => value(pick, quantity) / limit.to_string().parse::<f64>().unwrap(),
        _ => unknown(pick, units) / 40.0,
    }
}

fn dated(case: &Case, input: &'static str) -> Option<i64> {
    match newest(&case.record, concept(input))?.on? {
        When::On(Date::Day(day)) => Some(number_of(day)),
        _ => None,
    }
}

/// The first and the last day on which the person may have been born.
fn birth(case: &Case) -> Option<[i64; 2]> {
    match newest(&case.record, "birth-date")?.value {
        FactValue::Date(when) => Some([when.earliest().first_day(), when.latest().last_day()].map(number_of)),
        _ => None,
    }
}

/// Born on that day, is the person of age whenever something was measured?
fn applies(case: &Case, born: i64) -> bool {
    let days = case.formula.inputs.iter().filter_map(|input| dated(case, input));
    let come_of_age = shifted(born, Duration { count: 18, unit: TimeUnit::Year });
    let of_age = |day| come_of_age <= day;
    !case.formula.adults || days.chain([number_of(case.today)]).all(of_age)
}

/// The same, whenever the person was born.
pub(super) fn surely_applies(case: &Case) -> bool {
    birth(case).is_none_or(|[_, last]| applies(case, last))
}

/// Everything that goes in, as it may be; `None` where the picks contradict one another, the formula does not apply, or
/// floating point cannot tell what comes out.
pub(super) fn completion(pick: &mut Pick<'_>, case: &Case) -> Option<World> {
    let (formula, now) = (case.formula, number_of(case.today));
    let mut world = World::new();
    for input in formula.inputs {
        let fact = newest(&case.record, concept(input));
        let value = match (what(input), fact.map(|fact| &fact.value)) {
            (What::Number(units), _) => number_in(pick, fact, units),
            (What::OverUpperLimit(units, _), _) => over_upper_limit(pick, fact, units),
            (What::Grade(units), _) => number_in(pick, fact, units).round().min(4.0),
            (What::Code(codes), Some(FactValue::Code(code))) => codes.iter().position(|known| known == code)? as f64,
            (What::Code(codes), _) => pick(codes.len()) as f64,
            (What::Ever(_) | What::Now, Some(value)) => f64::from(matches!(value, FactValue::Present(_))),
            (What::Ever(_) | What::Now, None) => pick(2) as f64,
        };
        world.insert(*input, value);
    }
    for input in formula.inputs {
        if let What::Ever(Some(of)) = what(input)
            && world[input] > world[of]
        {
            return None;
        }
    }
    let born = match birth(case) {
        Some([first, last]) => [first, last, i64::midpoint(first, last)][pick(3)],
        None => number(1930 + 12 * pick(7) as i64, 6, 15),
    };
    if born > now || !applies(case, born) {
        return None;
    }
    world.insert("age", age(born, dated(case, formula.inputs[0]).unwrap_or(now), TimeUnit::Year) as f64);
    let female = match newest(&case.record, "sex").map(|fact| &fact.value) {
        Some(FactValue::Code(code)) => code == "female",
        _ => pick(2) == 0,
    };
    world.insert("female", f64::from(female));
    (!result(case, &world).is_nan()).then_some(world)
}

fn result(case: &Case, world: &World) -> f64 {
    (case.formula.value)(&|input| world[input])
}

/// Is the answer yes? `None` where floating point cannot tell.
pub(super) fn answer(case: &Case, world: &World) -> Option<bool> {
    let result = result(case, world);
    Some(match &case.asked {
        Asked::OneOf(places) => places.contains(&(result as usize)),
        Asked::Bound { at, low, inclusive } => {
            let over = result - at;
            if !case.formula.whole && over.abs() < 1e-9 * at.max(1.0) {
                return None;
            }
            if over == 0.0 { *inclusive } else { (over > 0.0) == *low }
        }
    })
}
