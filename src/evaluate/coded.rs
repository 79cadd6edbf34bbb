//! Coded answers among those listed: as stated, or worked out by a score.

use smallvec::smallvec;

use crate::evaluate::atom::Leaf;
use crate::evaluate::cited::Cited;
use crate::evaluate::compiled::Atom;
use crate::evaluate::frame::Frame;
use crate::evaluate::occurrence::Occurrence;
use crate::evaluate::reading::{Reading, Readings};
use crate::evaluate::result::{Derived, GapKind, Needs};
use crate::evaluate::soonest::Soonest;
use crate::evaluate::{Scope, agree, derive};
use crate::model::decimal::Exact;
use crate::model::expression::IsOneOf;
use crate::model::moment::Now;
use crate::model::quantity::Interval;
use crate::model::record::FactValue;
use crate::truth::Truth;

/// One answer, or all that it may be.
struct Answer<'a> {
    because: Cited<'a>,
    codes: Vec<&'a str>,
    when: Option<Occurrence>,
    derived: Option<Box<Derived>>,
}

/// Is the newest coded answer inside the window one of the values?
pub(crate) fn evaluate<'a>(scope: &Scope<'a>, atom: &'a Atom, is_one_of: &'a IsOneOf, now: Now) -> Leaf<'a> {
    let frame = is_one_of.window.as_ref().map(|window| Frame::new(scope, window, now));
    let mut next = Soonest::default();
    let mut inside: Vec<Answer<'a>> = Vec::new();
    let mut perhaps: Vec<Answer<'a>> = Vec::new();
    let mut outside: Cited<'_> = Cited::new();
    for fact in scope.about(atom) {
        let FactValue::Code(code) = &fact.value else { continue };
        let when = fact.when;
        let meets = match (&frame, &when) {
            (None, _) => Truth::True,
            (Some(frame), Some(when)) => {
                next.extend(frame.next(when, now));
                frame.meets(when)
            }
            (Some(_), None) => Truth::Unknown,
        };
        let answer = Answer { because: smallvec![&fact.id], codes: vec![code], when, derived: None };
        match meets {
            Truth::True => inside.push(answer),
            Truth::Unknown => perhaps.push(answer),
            Truth::False => outside.push(&fact.id),
        }
    }
    let mut worked_out = Readings::default();
    if let Some(formula) = atom.concept.and_then(|concept| concept.formula) {
        derive::add(scope, formula, frame.as_ref(), now, &mut worked_out);
        let codes = derive::codes_of(formula);
        if inside.is_empty() && perhaps.is_empty() && !worked_out.any_fits() {
            (worked_out.inside, worked_out.perhaps) = Default::default();
        }
        join(&mut inside, &mut perhaps, &mut worked_out, codes);
        next.extend(worked_out.next);
        outside.extend(worked_out.outside.iter().flat_map(|reading| reading.because.iter().copied()));
    }
    let begin = |answer: &Answer<'_>| answer.when.and_then(|when| when.begin);
    let newest = inside.iter().filter_map(begin).map(|mark| mark.first).max();
    let sure = !inside.is_empty();
    inside.extend(perhaps);
    inside.retain(|answer| match (begin(answer), newest) {
        (Some(mark), Some(newest)) => mark.last >= newest,
        _ => true,
    });
    let mut ids: Cited<'_> = Cited::new();
    for id in inside.iter().flat_map(|answer| answer.because.iter().copied()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let fits: Vec<Truth> = inside.iter().map(|answer| is_among(answer, &is_one_of.values)).collect();
    let mut leaf = match fits.first() {
        None if outside.is_empty() => Leaf::unknown(GapKind::Absent, None, Cited::new()),
        None => Leaf::unknown(GapKind::Stale, None, outside),
        Some(_) if !sure => Leaf::unknown(GapKind::Imprecise, Some(Needs::Date), ids),
        Some(first) if !fits.iter().all(|fit| fit == first) => Leaf::unknown(GapKind::Conflicting, None, ids),
        Some(Truth::Unknown) => Leaf::unknown(GapKind::Imprecise, Some(Needs::Value), ids),
        Some(first) => Leaf::known(*first, ids),
    };
    leaf.derived = inside.into_iter().find_map(|answer| answer.derived);
    leaf.lacking(worked_out.lacking).later(next).framed(atom, frame.as_ref(), true)
}

/// True where every code that it may be is listed, false where none is.
fn is_among(answer: &Answer<'_>, values: &[String]) -> Truth {
    let listed = answer.codes.iter().filter(|code| values.iter().any(|value| value == *code)).count();
    match listed {
        0 => Truth::False,
        count if count == answer.codes.len() => Truth::True,
        _ => Truth::Unknown,
    }
}

/// Puts the codes that were worked out beside those that were stated, but for those that say the same.
fn join<'a>(
    inside: &mut Vec<Answer<'a>>,
    perhaps: &mut Vec<Answer<'a>>,
    worked_out: &mut Readings<'a>,
    codes: &'static [&'static str],
) {
    for (answers, readings) in
        [(true, std::mem::take(&mut worked_out.inside)), (false, std::mem::take(&mut worked_out.perhaps))]
    {
        for reading in readings {
            let possible = places(codes, &reading.interval);
            let says_so = |answer: &Answer<'a>| {
                answer.codes.iter().any(|code| possible.contains(code)) && agree::at_one_time(answer.when, reading.when)
            };
            if inside.iter().chain(perhaps.iter()).any(says_so) {
                continue;
            }
            let Reading { because, when, derived, .. } = reading;
            let answer = Answer { because, codes: possible, when, derived };
            if answers { inside.push(answer) } else { perhaps.push(answer) }
        }
    }
}

/// The codes whose places lie in the interval.
fn places(codes: &'static [&'static str], interval: &Interval) -> Vec<&'static str> {
    let lies = |place: usize| {
        let place = Exact::whole(i64::try_from(place).unwrap_or(i64::MAX));
        Interval::point(place).lies_in(interval) == Truth::True
    };
    codes.iter().enumerate().filter(|(place, _)| lies(*place)).map(|(_, code)| *code).collect()
}
