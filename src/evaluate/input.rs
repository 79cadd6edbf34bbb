//! What is known of the inputs of a formula: values in its units, answers as places and as one or zero.

use smallvec::smallvec;

use crate::evaluate::atom::Leaf;
use crate::evaluate::cited::Cited;
use crate::evaluate::frame::Frame;
use crate::evaluate::mark::Mark;
use crate::evaluate::occurrence::Occurrence;
use crate::evaluate::reading::{self, Reading, Readings};
use crate::evaluate::result::Needs;
use crate::evaluate::{Scope, event};
use crate::model::concept::Concept;
use crate::model::decimal::Exact;
use crate::model::expression::Present;
use crate::model::formula::Input;
use crate::model::moment::Now;
use crate::model::name::Name;
use crate::model::quantity::{Conversion, Interval};
use crate::model::record::{FactValue, Status};
use crate::model::unit::{Dimension, Unit};
use crate::truth::Truth;

/// What is known of one input, in the formula's unit.
pub(crate) struct Known<'a> {
    pub(crate) interval: Interval,
    pub(crate) because: Cited<'a>,
}

/// What is known of all inputs of a formula.
#[derive(Default)]
pub(crate) struct Inputs<'a> {
    pub(crate) known: Vec<Known<'a>>,
    /// The place of the value whose date counts, and all that it may be.
    pub(crate) dated: Option<(usize, Vec<Reading<'a>>)>,
    /// Beside or instead of these, values of what is needed that cannot go in: what would follow from them nobody knows.
    pub(crate) unusable: Vec<Reading<'a>>,
    /// Inputs without which nothing comes out, and what each of them needs.
    pub(crate) lacking: Vec<Name>,
    pub(crate) needs: Option<Needs>,
    /// Inputs that are not known and only leave the result open; what a value at hand lacks that cannot go in.
    pub(crate) open: Vec<Name>,
    pub(crate) wanting: Option<Needs>,
}

impl<'a> Inputs<'a> {
    /// Looks for one input.
    pub(crate) fn look(
        &mut self,
        scope: &Scope<'a>,
        input: &Input,
        frame: Option<&Frame<'a>>,
        now: Now,
        readings: &mut Readings<'a>,
    ) {
        let known = match input {
            Input::Value(concept, unit) | Input::Open(concept, unit) => {
                let usable = |reading| in_unit(reading, concept, unit).ok_or(Needs::Unit);
                self.value(scope, concept, frame, now, readings, input.is_needed(), &usable)
            }
            Input::OverUpperLimit(concept) => {
                let usable = |reading: Reading<'a>| {
                    let interval = reading.entry.map_or(Err(Needs::UpperLimit), |entry| entry.of_upper)?;
                    Ok(Reading { interval, ..reading })
                };
                self.value(scope, concept, frame, now, readings, true, &usable)
            }
            Input::Place(concept) => newest(&places(scope, concept, now, readings)),
            Input::Ever(..) => there(scope, input, Status::History, now, readings),
            Input::Now(_) => there(scope, input, Status::Current, now, readings),
        };
        let all = || {
            if !input.is_needed() {
                input.concepts().iter().for_each(|concept| self.leave_open(concept));
            }
            Known { interval: whole(input), because: Cited::new() }
        };
        let known = known.unwrap_or_else(all);
        self.known.push(known);
    }

    fn leave_open(&mut self, concept: &str) {
        if !self.open.iter().any(|open| *open == concept) {
            self.open.push(concept.into());
        }
    }

    /// The newest of the values that can go in; the first value of all stays apart, with all that it may be.
    #[expect(clippy::too_many_arguments, reason = "all of them come from where the formula is looked at")]
    fn value(
        &mut self,
        scope: &Scope<'a>,
        concept: &str,
        frame: Option<&Frame<'a>>,
        now: Now,
        readings: &mut Readings<'a>,
        needed: bool,
        usable: &dyn Fn(Reading<'a>) -> Result<Reading<'a>, Needs>,
    ) -> Option<Known<'a>> {
        let frame = frame.filter(|_| self.dated.is_some());
        let found = reading::find(scope, scope.about_concept(concept), Concept::named(concept), frame, now);
        readings.next.extend(found.next);
        let mut values = Vec::new();
        let mut unusable = Vec::new();
        let mut needs = None;
        for reading in found.inside.into_iter().chain(found.perhaps) {
            let (because, when, moves) = (reading.because.clone(), reading.when, reading.moves);
            match usable(reading) {
                Ok(value) => values.push(value),
                Err(lacks) => {
                    needs = needs.or(Some(lacks));
                    unusable.push(Reading { because, when, moves, ..of_now(now) });
                }
            }
        }
        let latest = values.iter().filter_map(Reading::mark).map(|mark| mark.first).max();
        let unclear = unusable.iter().any(|reading| reading.may_be_newer(latest));
        if unclear && !needed {
            self.open.insert(0, concept.into());
            self.wanting = self.wanting.or(needs);
        }
        if !needed && !values.is_empty() {
            // whatever it is, the other inputs are what they are
            values.append(&mut unusable);
        }
        let known = newest(&values).filter(|_| self.dated.is_none() || !unclear);
        match (found.lacking, known.is_some()) {
            // it was worked out in part itself
            (Some((open, wanting)), true) => {
                self.open.extend(open);
                self.wanting = self.wanting.or(wanting);
            }
            (None, true) => {}
            (found, false) if needed => {
                let (lacking, nested) = found.unwrap_or_else(|| (vec![concept.into()], None));
                self.lacking.extend(lacking);
                self.needs = self.needs.or(needs).or(nested);
            }
            (_, false) => {}
        }
        if self.dated.is_some() {
            return known;
        }
        self.unusable.extend(unusable.into_iter().filter(|_| needed));
        known.map(|known| {
            self.dated = Some((self.known.len(), values));
            Known { because: Cited::new(), ..known }
        })
    }
}

/// Nothing that was measured goes in: the value is one of now.
pub(crate) fn of_now<'a>(now: Now) -> Reading<'a> {
    let here = Some(Mark::at(now));
    let when = Some(Occurrence { begin: here, end: here, half_life: None });
    let interval = Interval::default();
    Reading {
        because: Cited::new(),
        interval,
        unit: None,
        canonical: None,
        entry: None,
        when,
        moves: true,
        derived: None,
    }
}

/// All that an input may be that is not known.
fn whole(input: &Input) -> Interval {
    let last = match input {
        Input::Value(..) | Input::Open(..) | Input::OverUpperLimit(_) => return Interval::default(),
        Input::Place(concept) => Concept::named(concept).map_or(0, |concept| concept.codes.len().saturating_sub(1)),
        Input::Ever(..) | Input::Now(_) => 1,
    };
    Interval::point(Exact::ZERO).hull(&Interval::point(whole_number(last)))
}

fn whole_number(place: usize) -> Exact {
    Exact::whole(i64::try_from(place).unwrap_or(i64::MAX))
}

/// One where any of the concepts is there, zero where none is; `None` where that is not known.
fn there<'a>(
    scope: &Scope<'a>,
    input: &Input,
    status: Status,
    now: Now,
    readings: &mut Readings<'a>,
) -> Option<Known<'a>> {
    let mut look = |concept: &&str| {
        let about = scope.about_concept(concept);
        let subject = about.first()?.subject.clone();
        let leaf =
            event::stated(about, &Present { subject, status, window: None, lasting: None, routes: Vec::new() }, now);
        readings.next.extend(leaf.next);
        Some(leaf)
    };
    let concepts: Vec<_> = input.concepts().iter().map(&mut look).collect();
    let mut kinds = input.kinds().iter().map(&mut look);
    let mut denied = Cited::new();
    for leaf in concepts.iter().flatten().filter(|leaf| leaf.truth == Truth::False) {
        denied.extend(leaf.because.iter().copied());
    }
    let none = concepts.iter().all(|leaf| leaf.as_ref().is_some_and(|leaf| leaf.truth == Truth::False));
    let is_there = |leaf: &Option<Leaf<'a>>| leaf.as_ref().is_some_and(|leaf| leaf.truth == Truth::True);
    let found = concepts.iter().find(|leaf| is_there(leaf)).cloned().or_else(|| kinds.find(is_there)).flatten();
    match (found, none) {
        (Some(leaf), false) => Some(Known { interval: Interval::point(Exact::ONE), because: leaf.because }),
        (None, true) => Some(Known { interval: Interval::point(Exact::ZERO), because: denied }),
        // a kind of what is denied is there, or nothing is known
        (Some(_), true) | (None, false) => None,
    }
}

/// The coded answers as places among the concept's codes; a denial is the first of them.
fn places<'a>(scope: &Scope<'a>, concept: &str, now: Now, readings: &mut Readings<'a>) -> Vec<Reading<'a>> {
    let codes = Concept::named(concept).map_or(&[][..], |concept| concept.codes.as_slice());
    let mut found = Vec::new();
    for fact in scope.about_concept(concept) {
        let place = match &fact.value {
            FactValue::Code(code) => codes.iter().position(|known| known == code),
            FactValue::Refuted(Status::Any | Status::History | Status::Current) => Some(0),
            FactValue::Refuted(Status::Planned)
            | FactValue::Quantity(_)
            | FactValue::Date(_)
            | FactValue::Present(_)
            | FactValue::Absent(_)
            | FactValue::Complete => None,
        };
        let Some(place) = place else { continue };
        let when = fact.when;
        match when.and_then(|when| when.begin).filter(|mark| mark.is_ahead(now)) {
            Some(ahead) => readings.next.extend(now.shows(ahead.first)),
            None => {
                let interval = Interval::point(whole_number(place));
                let because = smallvec![&fact.id];
                found.push(Reading { because, interval, when, moves: when.is_none(), ..of_now(now) });
            }
        }
    }
    found
}

/// The reading in the unit that a formula takes; `None` where it has none that fits.
fn in_unit<'a>(reading: Reading<'a>, concept: &str, unit: &str) -> Option<Reading<'a>> {
    let row = Concept::named(concept)?;
    if let (true, Some(interval)) = (unit == row.unit_text, reading.canonical) {
        return Some(Reading { interval, ..reading });
    }
    let is_number = row.unit.is_some_and(|unit| unit.dimension == Dimension::Number);
    let own = reading.unit.or(is_number.then_some(""))?;
    let conversion = Conversion::between(Unit::from_text(own)?, Unit::from_text(unit)?, row.substance).ok()?;
    Some(Reading { interval: reading.interval.converted(conversion)?, ..reading })
}

/// The newest value; where several may be the newest, all that they may be.
pub(crate) fn newest<'a>(readings: &[Reading<'a>]) -> Option<Known<'a>> {
    let latest = readings.iter().filter_map(Reading::mark).map(|mark| mark.first).max();
    let mut known: Option<Known<'a>> = None;
    for reading in readings {
        if !reading.may_be_newer(latest) {
            continue;
        }
        known = Some(match known {
            None => Known { interval: reading.interval, because: reading.because.clone() },
            Some(mut known) => {
                known.interval = known.interval.hull(&reading.interval);
                known.because.extend(reading.because.iter().copied());
                known
            }
        });
    }
    known
}
