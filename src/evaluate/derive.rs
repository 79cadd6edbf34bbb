//! Values worked out by a published formula, from intervals to an interval.

use crate::evaluate::Scope;
use crate::evaluate::age::{self, Birth};
use crate::evaluate::frame::Frame;
use crate::evaluate::input::{Inputs, Known, of_now};
use crate::evaluate::mark::Mark;
use crate::evaluate::reading::{Reading, Readings};
use crate::evaluate::result::{Derived, Needs};
use crate::model::concept::Concept;
use crate::model::decimal::Exact;
use crate::model::derivation::sources_of;
use crate::model::formula::{Formula, Input};
use crate::model::moment::Now;
use crate::model::name::Name;
use crate::model::quantity::{Conversion, End, Interval};
use crate::model::record::FactValue;
use crate::model::unit::Unit;
use crate::model::window::TimeUnit;
use crate::truth::Truth;

/// Is there a fact about everything that the formula needs, or about what that follows from?
pub(crate) fn may(scope: &Scope<'_>, formula: &Formula) -> bool {
    let about = |concept: &&str| !scope.about_concept(concept).is_empty();
    let reachable = |concept: &&str| about(concept) || sources_of(concept).iter().any(about);
    let known = |input: &Input| input.concepts().iter().any(reachable);
    let mut needed = formula.inputs.iter().filter(|input| input.is_needed()).peekable();
    if needed.peek().is_none() { formula.inputs.iter().any(known) } else { needed.all(known) }
}

/// Ages from which on a formula for adults holds.
fn adult_ages() -> Interval {
    Interval { low: Some(End { at: Exact::whole(18), inclusive: true }), high: None }
}

/// Adds the values that follow from what is known; says what is missing where none follows.
pub(crate) fn add<'a>(
    scope: &Scope<'a>,
    formula: &'static Formula,
    frame: Option<&Frame<'a>>,
    now: Now,
    readings: &mut Readings<'a>,
) {
    let own = Concept::named(formula.concept);
    let to_own = own.and_then(|own| {
        let unit = Unit::from_text(formula.unit).filter(|_| own.unit_text != formula.unit);
        unit.map_or(Some(Conversion::SAME), |unit| Conversion::between(unit, own.unit?, own.substance).ok())
    });
    let mut inputs = Inputs::default();
    for input in formula.inputs {
        inputs.look(scope, input, frame, now, readings);
    }
    let nothing = inputs.dated.is_none() && inputs.known.iter().all(|known| known.because.is_empty());
    if nothing && !formula.takes_age {
        inputs
            .lacking
            .extend(inputs.open.iter().filter(|open| !inputs.lacking.contains(open)).cloned().collect::<Vec<_>>());
        inputs.needs = inputs.needs.or(inputs.wanting);
    }
    let of_age = formula.takes_age || formula.adults;
    let births = if of_age { age::births(scope) } else { Vec::new() };
    let wider = |a: Birth<'a>, b: Birth<'a>| Birth { first: a.first.min(b.first), last: a.last.max(b.last), ..a };
    let birth = births.iter().copied().reduce(wider);
    if of_age && birth.is_none() {
        inputs.lacking.push("birth-date".into());
    }
    let mut sexes = if formula.takes_sex { sexes(scope) } else { vec![(None, false)] };
    if sexes.is_empty() {
        if formula.inputs.iter().any(Input::is_needed) {
            inputs.lacking.push("sex".into());
        } else {
            inputs.open.push("sex".into());
        }
    }
    if inputs.lacking.is_empty() || (inputs.lacking.len() == 1 && inputs.needs.is_some()) {
        for reading in std::mem::take(&mut inputs.unusable) {
            readings.sort(reading, frame, now);
        }
    }
    if !inputs.lacking.is_empty() {
        let mut lacking = inputs.lacking;
        if lacking.iter().any(|concept| formula.concepts().any(|input| *concept == input)) {
            ask_also(formula, &mut lacking, inputs.needs);
        }
        readings.lacking = Some((lacking, inputs.needs));
        return;
    }
    if !inputs.open.is_empty() {
        ask_also(formula, &mut inputs.open, inputs.wanting);
        readings.lacking = Some((inputs.open, inputs.wanting));
    }
    let both = sexes.is_empty();
    readings.torn |= sexes.iter().any(|(_, female)| *female) && sexes.iter().any(|(_, female)| !female);
    if both {
        sexes.push((None, false));
    }
    let (place, dated) = inputs.dated.unwrap_or((usize::MAX, vec![of_now(now)]));
    // two statements of the sex that differ give two values, which conflict unless both lead to the same side
    for (reading, (sex, female)) in dated.iter().flat_map(|reading| sexes.iter().map(move |sex| (reading, *sex))) {
        let measured = reading.mark().filter(|_| place != usize::MAX);
        // an age that nobody dated is today's, whenever today is
        let grows = births.iter().any(|birth| birth.grows);
        let mark = measured.unwrap_or_else(|| Mark::at(if grows { now } else { scope.as_of.now() }));
        if let (None, true, Some(birth)) = (measured, grows, birth) {
            readings.next.extend(birth.birthday(now));
        }
        let years = birth.map(|birth| Interval {
            low: birth.age_on(mark.first_day, TimeUnit::Year).low,
            high: birth.age_on(mark.last_day, TimeUnit::Year).high,
        });
        let adult = years.map_or(Truth::Unknown, |years| years.lies_in(&adult_ages())).or(Truth::from(!formula.adults));
        if adult == Truth::False {
            readings.lacking = Some((vec![formula.concept.into()], None));
            continue;
        }
        // who may have been too young when it was measured has this value, or none
        let years = years
            .map(|years| if adult == Truth::Unknown { Interval { low: adult_ages().low, ..years } } else { years });
        let of = |(at, known): (usize, &Known<'a>)| if at == place { reading.interval } else { known.interval };
        let intervals: Vec<Interval> =
            inputs.known.iter().enumerate().map(of).chain(years.filter(|_| formula.takes_age)).collect();
        let of = |female| corners(&intervals, &|values| (formula.fit)(values).then(|| (formula.value)(values, female)));
        let (one, other) = (of(female), of(female != both));
        // of what no number comes out, anything may be so
        let interval = one.zip(other).map_or(Interval::default(), |(one, other)| one.hull(&other));
        let mut because = reading.because.clone();
        let of_birth = births.iter().map(|birth| birth.fact);
        let more = inputs.known.iter().flat_map(|known| known.because.iter().copied()).chain(of_birth);
        for id in more.chain(sex) {
            if !because.contains(&id) {
                because.push(id);
            }
        }
        let derived = scope.margins.then(|| {
            Box::new(Derived {
                value: shown(codes_of(formula), formula.unit, &interval),
                formula: formula.name.to_owned(),
                from: because.iter().map(|id| (*id).clone()).collect(),
            })
        });
        let canonical = to_own.and_then(|to_own| interval.converted(to_own));
        let (unit, when, moves) = (Some(formula.unit), reading.when, reading.moves);
        readings.sort_if(
            adult,
            Reading { because, interval, unit, canonical, entry: None, when, moves, derived },
            frame,
            now,
        );
    }
}

/// The result itself can be asked for; what a value at hand lacks is nearer than another value.
fn ask_also(formula: &Formula, asks: &mut Vec<Name>, needs: Option<Needs>) {
    asks.insert(if needs.is_some() { asks.len() } else { 0 }, formula.concept.into());
}

fn sexes<'a>(scope: &Scope<'a>) -> Vec<(Option<&'a Name>, bool)> {
    let mut sexes = Vec::new();
    for fact in scope.about_concept("sex") {
        if let FactValue::Code(code) = &fact.value
            && (code == "female" || code == "male")
        {
            sexes.push((Some(&fact.id), code == "female"));
        }
    }
    sexes
}

/// The value, or all that it may be, rounded for showing: `58.8 mL/min/1.73m2`, `7–9 {score}`, `B`.
pub(crate) fn shown(codes: &[&str], unit: &str, interval: &Interval) -> String {
    let end = |end: Option<End>| {
        let at = end?.at.rounded(1)?;
        let code = codes.get(usize::try_from(end?.at.to_formula() as i64).ok()?);
        Some(code.map_or_else(|| at.to_string(), |code| (*code).to_owned()))
    };
    let (low, high) = (end(interval.low), end(interval.high));
    let mut text = match (low, high) {
        (Some(low), Some(high)) if low == high => low,
        (Some(low), Some(high)) => low + "–" + &high,
        (Some(low), None) => "≥".to_owned() + &low,
        (None, Some(high)) => "≤".to_owned() + &high,
        (None, None) => String::new(),
    };
    if !unit.is_empty() {
        text.push(' ');
        text.push_str(unit);
    }
    text
}

/// The codes that a formula gives, in the order of their places; none where it gives a number.
pub(crate) fn codes_of(formula: &Formula) -> &'static [&'static str] {
    Concept::named(formula.concept).map_or(&[], |concept| concept.codes.as_slice())
}

/// All values of a function that is monotone in each input: its ends lie at corners of the inputs' box.
///
/// Nothing that goes in is less than nothing: "about 0.5" begins there. One that is open above leaves the result open on
/// the side that it leads to. An end that is not included is stepped over; a corner without a value lies in no world.
pub(crate) fn corners(inputs: &[Interval], value: &dyn Fn(&[f64]) -> Option<f64>) -> Option<Interval> {
    let low = |end: End| if end.inclusive { end.at.to_formula() } else { end.at.to_formula().next_up() };
    let high = |end: End| if end.inclusive { end.at.to_formula() } else { end.at.to_formula().next_down() };
    let ends: Vec<[f64; 2]> = inputs
        .iter()
        .map(|interval| [interval.low.map_or(0.0, low).max(0.0), interval.high.map_or(f64::INFINITY, high)])
        .collect();
    if ends.iter().any(|[_, high]| *high < 0.0) {
        return None;
    }
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for corner in 0..(1_usize << ends.len().min(8)) {
        let point: Vec<f64> =
            ends.iter().enumerate().filter_map(|(i, pair)| pair.get(corner >> i & 1).copied()).collect();
        let Some(here) = value(&point) else { continue };
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
