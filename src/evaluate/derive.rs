//! Values worked out by a published formula, from intervals to an interval.

use crate::evaluate::Scope;
use crate::evaluate::age::{self, Birth};
use crate::evaluate::reading::{self, Reading, Readings};
use crate::evaluate::result::{Derived, Needs};
use crate::evaluate::span::{Frame, Mark};
use crate::model::concept::Concept;
use crate::model::decimal::Exact;
use crate::model::formula::Formula;
use crate::model::moment::Now;
use crate::model::quantity::{Conversion, End, Interval};
use crate::model::record::FactValue;
use crate::model::unit::Unit;
use crate::model::window::TimeUnit;

/// One input of a formula, in the formula's unit.
struct Input<'a> {
    interval: Interval,
    because: Vec<&'a str>,
}

/// Adds the values that follow from what is known; says what is missing where none follows.
pub(crate) fn add<'a>(
    scope: &Scope<'a>,
    formula: &'static Formula,
    frame: Option<&Frame<'a>>,
    now: Now,
    readings: &mut Readings<'a>,
) {
    let own = Concept::named(formula.concept).map(|concept| concept.unit_text);
    let mut lacking: Vec<String> = Vec::new();
    let mut needs = None;
    let mut first: Vec<Reading<'a>> = Vec::new();
    let mut others: Vec<Input<'a>> = Vec::new();
    for (position, (concept, unit)) in formula.inputs.iter().enumerate() {
        let about = scope.about_concept(concept);
        let found = reading::find(scope, about, Concept::named(concept), frame.filter(|_| position > 0), now);
        readings.next.extend(&found.next);
        let all = found.inside.into_iter().chain(found.perhaps);
        let usable = all.filter_map(|reading| in_unit(reading, concept, unit)).collect::<Vec<_>>();
        if usable.is_empty() {
            let stated = about.iter().any(|fact| matches!(fact.value, FactValue::Quantity(_)));
            needs = needs.or(stated.then_some(Needs::Unit));
            lacking.push((*concept).to_owned());
        } else if position == 0 {
            first = usable;
        } else if let Some(newest) = newest(&usable) {
            others.push(newest);
        }
    }
    let births = age::births(scope);
    let wider = |a: Birth<'a>, b: Birth<'a>| Birth { first: a.first.min(b.first), last: a.last.max(b.last), ..a };
    let birth = births.iter().copied().reduce(wider);
    if (formula.takes_age || formula.adults) && birth.is_none() {
        lacking.push("birth-date".to_owned());
    }
    let mut sexes = sexes(scope);
    if formula.takes_sex && sexes.is_empty() {
        lacking.push("sex".to_owned());
    }
    if !lacking.is_empty() {
        if lacking.iter().any(|concept| formula.inputs.iter().any(|(input, _)| input == concept)) {
            // a value whose unit is missing is nearer at hand than another value
            lacking.insert(if needs.is_some() { lacking.len() } else { 0 }, formula.concept.to_owned());
        }
        readings.lacking = Some((lacking, needs));
        return;
    }
    if !formula.takes_sex {
        sexes = vec![("", false)];
    }
    // two statements of the sex that differ give two values, which conflict unless both lead to the same side
    for (reading, (sex, female)) in first.iter().flat_map(|reading| sexes.iter().map(move |sex| (reading, *sex))) {
        let mark = reading.mark().unwrap_or_else(|| Mark::at(now));
        if let (None, Some(birth)) = (reading.mark(), birth) {
            readings.next.extend(birth.birthday(now));
        }
        let years = birth.map(|birth| Interval {
            low: birth.age_on(mark.first_day, TimeUnit::Year).low,
            high: birth.age_on(mark.last_day, TimeUnit::Year).high,
        });
        let adult = years.and_then(|years| years.low).is_some_and(|low| low.at >= Exact::whole(18));
        if formula.adults && !adult {
            readings.lacking = Some((vec![formula.concept.to_owned()], None));
            continue;
        }
        let intervals: Vec<Interval> = std::iter::once(reading.interval)
            .chain(others.iter().map(|input| input.interval))
            .chain(years.filter(|_| formula.takes_age))
            .collect();
        let Some(interval) = corners(&intervals, &|values| (formula.value)(values, female)) else { continue };
        let mut because = reading.because.clone();
        let of_age = births.iter().map(|birth| birth.fact).filter(|_| formula.takes_age || formula.adults);
        let more = others.iter().flat_map(|input| input.because.iter().copied()).chain(of_age);
        for id in more.chain(Some(sex).filter(|sex| !sex.is_empty())) {
            if !because.contains(&id) {
                because.push(id);
            }
        }
        let shown = interval.single().filter(|_| scope.margins).and_then(|single| single.rounded(1));
        let derived = shown.map(|value| {
            Box::new(Derived {
                value: format!("{value} {}", formula.unit),
                formula: formula.name.to_owned(),
                from: because.iter().map(|id| (*id).to_owned()).collect(),
            })
        });
        let unit = Some(formula.unit);
        let canonical = Some(interval).filter(|_| own == Some(formula.unit));
        let worked_out = Reading { because, interval, unit, canonical, entry: None, when: reading.when, derived };
        readings.sort(worked_out, frame, now);
    }
}

fn sexes<'a>(scope: &Scope<'a>) -> Vec<(&'a str, bool)> {
    let mut sexes = Vec::new();
    for fact in scope.about_concept("sex") {
        if let FactValue::Code(code) = &fact.value
            && (code == "female" || code == "male")
        {
            sexes.push((fact.id.as_str(), code == "female"));
        }
    }
    sexes
}

/// The reading in the unit that a formula takes; `None` where it has none that fits.
fn in_unit<'a>(reading: Reading<'a>, concept: &str, unit: &str) -> Option<Reading<'a>> {
    let row = Concept::named(concept)?;
    if let (true, Some(interval)) = (unit == row.unit_text, reading.canonical) {
        return Some(Reading { interval, ..reading });
    }
    let own = reading.unit.or(row.unit_text.is_empty().then_some(""))?;
    let conversion = Conversion::between(Unit::from_text(own)?, Unit::from_text(unit)?, row.substance).ok()?;
    Some(Reading { interval: reading.interval.converted(conversion)?, ..reading })
}

/// The newest value; where several may be the newest, all that they may be.
fn newest<'a>(readings: &[Reading<'a>]) -> Option<Input<'a>> {
    let latest = readings.iter().filter_map(Reading::mark).map(|mark| mark.first).max();
    let mut input: Option<Input<'a>> = None;
    for reading in readings {
        if let (Some(mark), Some(latest)) = (reading.mark(), latest)
            && mark.last < latest
        {
            continue;
        }
        input = Some(match input {
            None => Input { interval: reading.interval, because: reading.because.clone() },
            Some(mut input) => {
                input.interval = input.interval.hull(&reading.interval);
                input.because.extend(&reading.because);
                input
            }
        });
    }
    input
}

/// All values of a function that is monotone in each input: its ends lie at corners of the inputs' box.
///
/// An input that is open below begins at nothing; one that is open above leaves the result open on the side that it
/// leads to.
fn corners(inputs: &[Interval], value: &dyn Fn(&[f64]) -> f64) -> Option<Interval> {
    let ends: Vec<[f64; 2]> = inputs
        .iter()
        .map(|interval| {
            let low = interval.low.map_or(0.0, |end| end.at.to_formula());
            [low, interval.high.map_or(f64::INFINITY, |end| end.at.to_formula())]
        })
        .collect();
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for corner in 0..(1_usize << ends.len().min(8)) {
        let point: Vec<f64> =
            ends.iter().enumerate().filter_map(|(i, pair)| pair.get(corner >> i & 1).copied()).collect();
        let here = value(&point);
        if here.is_nan() {
            return None;
        }
        low = low.min(here);
        high = high.max(here);
    }
    let end = |at: f64| Exact::from_formula(at).map(|at| End { at, inclusive: true });
    let interval = Interval { low: end(low), high: end(high) };
    (interval.low.is_some() || interval.high.is_some()).then_some(interval)
}
