//! A ratio of any two values, in one unit: a plain number.

use crate::evaluate::compiled::Atom;
use crate::evaluate::frame::Frame;
use crate::evaluate::input::newest;
use crate::evaluate::reading::{self, Reading, Readings};
use crate::evaluate::result::{Derived, Needs};
use crate::evaluate::{Scope, agree, derive};
use crate::model::concept::Concept;
use crate::model::moment::Now;
use crate::model::name::Name;
use crate::model::quantity::{Conversion, Interval};
use crate::model::record::Subject;
use crate::model::unit::{Substance, Unit};

/// Finds what is stated of the ratio, and what follows from its parts.
pub(crate) fn find<'a>(
    scope: &Scope<'a>,
    atom: &'a Atom,
    pair: &[Subject; 2],
    frame: Option<&Frame<'a>>,
    now: Now,
) -> Readings<'a> {
    let mut stated = reading::find(scope, scope.about(atom), None, frame, now);
    let mut derived = Readings::default();
    divide(scope, pair, frame, now, &mut derived);
    match Unit::from_text("") {
        Some(number) if !stated.inside.is_empty() || !stated.perhaps.is_empty() => {
            agree::join(&mut stated, derived, (number, Substance::Unknown));
        }
        _ => stated.worked_out(derived),
    }
    stated
}

fn divide<'a>(
    scope: &Scope<'a>,
    [above, under]: &[Subject; 2],
    frame: Option<&Frame<'a>>,
    now: Now,
    readings: &mut Readings<'a>,
) {
    let mut lacking = Vec::new();
    let mut needs = None;
    let mut unclear = Vec::new();
    // the date of the first part is the date of the ratio
    let first = values(scope, above, None, now, readings, (&mut lacking, &mut needs, &mut unclear));
    let second = values(scope, under, frame, now, readings, (&mut lacking, &mut needs, &mut unclear));
    let common = second.first().map(|(_, unit)| *unit);
    let convert = |(reading, unit): (Reading<'a>, Unit)| {
        let conversion = Conversion::between(unit, common?, Substance::Unknown).ok()?;
        Some(Reading { interval: reading.interval.converted(conversion)?, ..reading })
    };
    let first: Vec<Reading<'a>> = first.into_iter().filter_map(convert).collect();
    let second: Vec<Reading<'a>> = second.into_iter().filter_map(convert).collect();
    let (false, Some(second)) = (first.is_empty(), newest(&second)) else {
        if lacking.is_empty() {
            needs = Some(Needs::Unit);
            lacking.extend([above.key().into(), under.key().into()]);
        }
        readings.lacking = Some((lacking, needs));
        return;
    };
    readings.lacking = Some((unclear, Some(Needs::Unit))).filter(|(unclear, _)| !unclear.is_empty());
    for reading in first {
        let quotient = |values: &[f64]| match values {
            [above, under] => Some(above / under),
            _ => None,
        };
        // of what no number comes out, anything may be so
        let interval = derive::corners(&[reading.interval, second.interval], &quotient).unwrap_or_default();
        let mut because = reading.because.clone();
        because.extend(second.because.iter().copied());
        let derived = scope.margins.then(|| {
            Box::new(Derived {
                value: derive::shown(&[], "", &interval),
                formula: [name(above), " / ", name(under)].concat(),
                from: because.iter().map(|id| (*id).clone()).collect(),
            })
        });
        let worked_out = Reading { because, interval, unit: Some(""), canonical: Some(interval), derived, ..reading };
        readings.sort(Reading { entry: None, ..worked_out }, frame, now);
    }
}

fn name(subject: &Subject) -> &str {
    match subject {
        Subject::Concept(id) => Concept::named(id).map_or(id, |concept| concept.english),
        Subject::Text(text) | Subject::Judgement(text) | Subject::Unread(text) => text,
        Subject::Ratio(_) => "",
    }
}

/// The values of one part that can go in, each with its unit: a concept's in its own. Beside these, one that cannot be
/// compared may be anything.
fn values<'a>(
    scope: &Scope<'a>,
    part: &Subject,
    frame: Option<&Frame<'a>>,
    now: Now,
    readings: &mut Readings<'a>,
    (lacking, needs, unclear): (&mut Vec<Name>, &mut Option<Needs>, &mut Vec<Name>),
) -> Vec<(Reading<'a>, Unit)> {
    let concept = match part {
        Subject::Concept(id) => Concept::named(id),
        Subject::Text(_) | Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => None,
    };
    let found = reading::find(scope, scope.about_subject(part), concept, frame, now);
    readings.next.extend(found.next);
    let mut usable = Vec::new();
    let mut unusable = Vec::new();
    for reading in found.inside.into_iter().chain(found.perhaps) {
        let value = match concept {
            Some(concept) => reading.canonical.zip(concept.unit),
            None => reading.unit.and_then(Unit::from_text).map(|unit| (reading.interval, unit)),
        };
        match value {
            Some((interval, unit)) => usable.push((Reading { interval, ..reading }, unit)),
            None => unusable.push(Reading { interval: Interval::default(), ..reading }),
        }
    }
    if let Some((_, unit)) = usable.first() {
        let (unit, latest) =
            (*unit, usable.iter().filter_map(|(reading, _)| reading.mark()).map(|mark| mark.first).max());
        if unusable.iter().any(|reading| reading.may_be_newer(latest)) {
            unclear.push(part.key().into());
        }
        usable.extend(unusable.into_iter().map(|reading| (reading, unit)));
    } else {
        let (keys, nested) = found.lacking.unwrap_or_else(|| (vec![part.key().into()], None));
        lacking.extend(keys);
        *needs = needs.or(nested).or((!unusable.is_empty()).then_some(Needs::Unit));
    }
    usable
}
