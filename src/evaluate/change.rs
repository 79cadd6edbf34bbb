//! Change over time: of a value between two measurements, of a daily dose between two days.
//!
//! A change is one of more than nothing. What is known to have changed has changed, whatever else there may be: doses
//! that nobody told of are taken to have stayed as they were until it is said that all are listed.

use crate::evaluate::atom::Leaf;
use crate::evaluate::cited::{Cited, of_both};
use crate::evaluate::compiled::Atom;
use crate::evaluate::course::Medicines;
use crate::evaluate::frame::Frame;
use crate::evaluate::mark::{Mark, decided};
use crate::evaluate::reading::{self, Reading};
use crate::evaluate::result::{GapKind, Needs, Side};
use crate::evaluate::{Scope, compare, ratio};
use crate::model::decimal::Exact;
use crate::model::expression::{Bound, Change, Direction};
use crate::model::moment::Now;
use crate::model::quantity::{Conversion, End, Interval};
use crate::model::record::{FactValue, Subject};
use crate::model::unit::{BoundUnit, Dimension, Substance, Unit};
use crate::truth::Truth;

/// A bound in per cent of the earlier value.
const RELATIVE: &str = "%";
/// A bound in percentage points.
const POINTS: &str = "%{points}";

/// What is asked of a change.
struct Asked<'c> {
    change: &'c Change,
    limits: Vec<Limit<'c>>,
    /// Of what is measured, where that matters for its unit.
    substance: Substance,
    /// The unit in which values are subtracted.
    unit: Option<Unit>,
}

/// A bound of a change.
struct Limit<'c> {
    bound: &'c Bound,
    side: Side,
    /// It is a share of the earlier value.
    relative: bool,
    /// One of its unit, in the unit of the values; a hundredth, where it is a share.
    factor: Exact,
}

/// Two points in time, and what lies between them.
struct Pair<'a> {
    truth: Truth,
    difference: Interval,
    earlier: Interval,
    facts: Cited<'a>,
}

/// Has it changed by so much?
pub(crate) fn evaluate<'a>(scope: &Scope<'a>, atom: &'a Atom, change: &'a Change, now: Now) -> Leaf<'a> {
    let frame = change.window.as_ref().map(|window| Frame::new(scope, window, now));
    let Some(asked) = Asked::new(atom, change) else {
        return Leaf::unknown(GapKind::Incomparable, Some(Needs::Unit), Cited::new());
    };
    match &atom.medicines {
        Some(medicines) => of_doses(scope, atom, &asked, medicines, frame.as_ref(), now),
        None => of_values(scope, atom, &asked, frame.as_ref(), now),
    }
}

fn of_values<'a>(
    scope: &Scope<'a>,
    atom: &'a Atom,
    asked: &Asked<'_>,
    frame: Option<&Frame<'a>>,
    now: Now,
) -> Leaf<'a> {
    let about = scope.about(atom);
    let mut found = match &*atom.subject {
        Subject::Ratio(pair) => ratio::find(scope, atom, pair, frame, now),
        Subject::Concept(_) | Subject::Text(_) | Subject::Judgement(_) | Subject::Unread(_) => {
            reading::find(scope, about, atom.concept, frame, now)
        }
    };
    let sure = found.inside.len();
    found.inside.extend(std::mem::take(&mut found.perhaps));
    // that there is none is no measurement
    let none = |reading: &Reading<'_>| {
        let said = about.iter().find(|entry| reading.because.first().is_some_and(|id| **id == entry.id));
        said.is_some_and(|entry| matches!(entry.value, FactValue::Refuted(_)))
    };
    let points: Vec<(&Reading<'a>, Truth)> = found
        .inside
        .iter()
        .enumerate()
        .filter(|(_, reading)| !none(reading))
        .map(|(at, reading)| (reading, if at < sure { Truth::True } else { Truth::Unknown }))
        .collect();
    let unit = asked.unit.or_else(|| points.iter().find_map(|(reading, _)| Unit::from_text(reading.unit?)));
    let values: Vec<Option<Interval>> = points.iter().map(|(reading, _)| asked.value(reading, unit)).collect();
    let facts: Cited<'a> = points.iter().flat_map(|(reading, _)| reading.because.iter().copied()).collect();
    let mut clearest: Option<Pair<'a>> = None;
    // a pair that is there; one that may be, and why it is not known whether it decides
    let (mut there, mut open) = (false, None);
    for (earlier, (first, first_inside)) in values.iter().zip(&points) {
        for (later, (second, second_inside)) in values.iter().zip(&points) {
            let apart = asked.apart(first.mark(), second.mark());
            if apart == Truth::False || std::ptr::eq(*first, *second) {
                continue;
            }
            let possible = apart.and(*first_inside).and(*second_inside);
            let (Some(earlier), Some(later)) = (earlier, later) else {
                open = Some((GapKind::Incomparable, Needs::Unit));
                continue;
            };
            there |= possible == Truth::True;
            let Some(difference) = later.plus(&earlier.negated()) else { continue };
            let fits = asked.fits(&difference, earlier);
            let truth = possible.and(fits);
            if truth == Truth::Unknown && open.is_none_or(|(kind, _)| kind != GapKind::Incomparable) {
                let needs = if possible == Truth::Unknown { Needs::Date } else { Needs::Value };
                open = Some((GapKind::Imprecise, needs));
            }
            let facts = || first.because.iter().chain(&second.because).copied().collect();
            asked.keep(&mut clearest, truth, difference, *earlier, facts);
        }
    }
    let lacking = found.lacking.take().filter(|_| facts.is_empty());
    let leaf = match (clearest, open) {
        (Some(pair), _) if pair.truth == Truth::True => asked.known(scope, Truth::True, &pair, pair.facts.clone()),
        (_, Some((kind, needs))) => Leaf::unknown(kind, Some(needs), facts),
        (Some(pair), None) if there => asked.known(scope, Truth::False, &pair, facts),
        (Some(_), None) => Leaf::unknown(GapKind::Imprecise, Some(Needs::Date), facts),
        (None, None) if facts.is_empty() && !found.outside.is_empty() => {
            let newest = found.outside.iter().max_by_key(|reading| reading.mark().map(|mark| mark.first));
            Leaf::unknown(GapKind::Stale, None, newest.map(|reading| reading.because.clone()).unwrap_or_default())
        }
        // one value alone has not changed, and has not stayed the same
        (None, None) => Leaf::unknown(GapKind::Absent, None, facts),
    };
    leaf.lacking(lacking).later(found.next).framed(atom, frame, found.framed)
}

fn of_doses<'a>(
    scope: &Scope<'a>,
    atom: &'a Atom,
    asked: &Asked<'_>,
    medicines: &Medicines,
    frame: Option<&Frame<'a>>,
    now: Now,
) -> Leaf<'a> {
    if frame.is_some_and(Frame::is_adrift) {
        return Leaf::unknown(GapKind::Imprecise, Some(Needs::Date), Cited::new()).framed(atom, frame, false);
    }
    let mut said = medicines.listen(scope, &asked.change.routes, frame, now);
    let mut next = std::mem::take(&mut said.next);
    next.extend(said.moved_by_now(frame, asked.change.within, now));
    let told = said.framed || !(said.courses.is_empty() && said.outside.is_empty());
    let framed = frame.is_some_and(|frame| told || frame.hangs_on_event());
    let named = said.ids();
    let days = said.days(frame, now);
    let (mut surely, mut listed): (Option<Pair<'a>>, Option<Pair<'a>>) = (None, None);
    let mut all_known = true;
    for (index, (from, end)) in days.iter().zip(days.iter().skip(1)).enumerate() {
        // the last day of one stretch and the first of another are nearest to each other
        let earlier = end.day.plus_days(-1);
        for to in days.iter().skip(index + 1) {
            let inside = from.inside.and(to.inside);
            if inside == Truth::False || asked.change.within.is_some_and(|within| to.day > within.after(earlier)) {
                continue;
            }
            let difference = said.difference(earlier, to.day);
            let facts = || from.surely.iter().chain(&to.surely).copied().collect();
            let at_least = Interval { high: None, ..from.total };
            let truth = inside.and(asked.fits(&difference, &at_least));
            asked.keep(&mut surely, truth, difference, from.total, facts);
            let truth = inside.and(asked.fits(&difference, &from.total));
            all_known &= truth.is_known();
            asked.keep(&mut listed, truth, difference, from.total, facts);
        }
    }
    let (seen, truth) = (surely.filter(|pair| pair.truth == Truth::True), listed.as_ref().map(|pair| pair.truth));
    let settled = truth == Some(Truth::True) || all_known;
    let closing = if said.none.is_empty() { &said.complete } else { &said.none };
    let unchanged = Pair { truth: Truth::False, difference: ZERO, earlier: ZERO, facts: Cited::new() };
    let leaf = if named.is_empty() && closing.is_empty() {
        let kind = if said.outside.is_empty() { GapKind::Absent } else { GapKind::Stale };
        Leaf::unknown(kind, None, said.outside.clone())
    } else if named.is_empty() {
        asked.known(scope, Truth::False, &unchanged, closing.clone())
    } else if let Some(pair) = seen {
        asked.known(scope, Truth::True, &pair, pair.facts.clone())
    } else if !said.none.is_empty() {
        Leaf::unknown(GapKind::Conflicting, None, of_both(named, said.none.clone()))
    } else if settled && !said.complete.is_empty() {
        let pair = listed.unwrap_or(unchanged);
        asked.known(scope, pair.truth, &pair, of_both(named, said.complete.clone()))
    } else {
        let (kind, needs) = said.lacking(settled);
        Leaf::unknown(kind, needs, named)
    };
    leaf.later(next).framed(atom, frame, framed)
}

const ZERO: Interval = {
    let end = Some(End { at: Exact::ZERO, inclusive: true });
    Interval { low: end, high: end }
};

impl<'c> Asked<'c> {
    fn new(atom: &Atom, change: &'c Change) -> Option<Asked<'c>> {
        let substance = atom.concept.map_or(Substance::Unknown, |concept| concept.substance);
        let unit_of = |bound: &Bound| match BoundUnit::from_text(match bound.unit.as_deref() {
            Some(POINTS) => "%",
            text => text.unwrap_or(""),
        }) {
            Some(BoundUnit::Of(unit)) => Some(unit),
            Some(BoundUnit::TimesUpperLimit | BoundUnit::TimesLowerLimit) | None => None,
        };
        let relative = |bound: &Bound| bound.unit.as_deref() == Some(RELATIVE);
        let bounds = [(change.low.as_ref(), Side::Low), (change.high.as_ref(), Side::High)];
        let bounds = bounds.into_iter().filter_map(|(bound, side)| Some((bound?, side)));
        let own = || bounds.clone().find(|(bound, _)| !relative(bound)).and_then(|(bound, _)| unit_of(bound));
        let unit = match atom.concept {
            Some(concept) => Some(concept.unit?),
            None => own(),
        };
        let mut limits = Vec::with_capacity(2);
        for (bound, side) in bounds.clone() {
            let relative = relative(bound);
            let factor = if relative {
                Exact::ratio(1, 100)?
            } else {
                // a difference has no offset
                Conversion::between(unit_of(bound)?, unit?, substance).ok()?.factor
            };
            limits.push(Limit { bound, side, relative, factor });
        }
        Some(Asked { change, limits, substance, unit })
    }

    /// A value in the unit in which values are subtracted.
    fn value(&self, reading: &Reading<'_>, unit: Option<Unit>) -> Option<Interval> {
        if reading.canonical.is_some() {
            return reading.canonical;
        }
        // without a unit it is a plain number only where one is asked for
        let number = self.unit.is_some_and(|unit| unit.dimension == Dimension::Number);
        let own = Unit::from_text(reading.unit.or(number.then_some(""))?)?;
        reading.interval.converted(Conversion::between(own, unit.unwrap_or(own), self.substance).ok()?)
    }

    /// Does the second point lie after the first, and no further from it than is asked?
    fn apart(&self, first: Option<Mark>, second: Option<Mark>) -> Truth {
        let (Some(first), Some(second)) = (first, second) else { return Truth::Unknown };
        let after = decided(first.last < second.first, first.first >= second.last);
        let near = self.change.within.map_or(Truth::True, |within| match within.minutes() {
            Some(minutes) => decided(second.last - first.first <= minutes, second.first - first.last > minutes),
            None => decided(
                second.last_day <= within.after(first.first_day),
                second.first_day > within.after(first.last_day),
            ),
        });
        after.and(near)
    }

    /// Is a difference from an earlier value one that is asked for?
    fn fits(&self, difference: &Interval, earlier: &Interval) -> Truth {
        let size = self.size(difference);
        let nothing = End { at: Exact::ZERO, inclusive: false };
        let mut truth = size.lies_in(&Interval { low: Some(nothing), high: None });
        for limit in &self.limits {
            let at = limit.bound.value.exact().times(limit.factor);
            let Some(end) = at.map(|at| Some(End { at, inclusive: limit.bound.inclusive })) else {
                return Truth::Unknown;
            };
            let range = match limit.side {
                Side::Low => Interval { low: end, high: None },
                Side::High => Interval { low: None, high: end },
            };
            let fits = if limit.relative { share_lies_in(&size, earlier, &range) } else { size.lies_in(&range) };
            truth = truth.and(fits);
        }
        truth
    }

    /// How far it goes the way that is asked for.
    fn size(&self, difference: &Interval) -> Interval {
        match self.change.direction {
            Direction::Rise => *difference,
            Direction::Fall => difference.negated(),
            Direction::Either => without_sign(*difference),
        }
    }

    /// Keeps the pair that decides most clearly: a true one before an open one, then the one that changes most.
    fn keep<'a>(
        &self,
        clearest: &mut Option<Pair<'a>>,
        truth: Truth,
        difference: Interval,
        earlier: Interval,
        facts: impl Fn() -> Cited<'a>,
    ) {
        let least = |difference: &Interval| self.size(difference).low.map(|low| low.at);
        let clearer = |other: &Pair<'_>| (truth, least(&difference)) > (other.truth, least(&other.difference));
        if clearest.as_ref().is_none_or(clearer) {
            *clearest = Some(Pair { truth, difference, earlier, facts: facts() });
        }
    }

    fn known<'a>(&self, scope: &Scope<'_>, truth: Truth, pair: &Pair<'_>, because: Cited<'a>) -> Leaf<'a> {
        let margins = self.limits.iter().filter(|_| scope.margins).filter_map(|limit| {
            let mut shown = self.size(&pair.difference).single()?.over(limit.factor)?;
            if limit.relative {
                shown = shown.over(pair.earlier.single()?)?;
            }
            compare::margin(&Interval::point(shown), limit.bound, limit.side)
        });
        Leaf { margin: margins.min().map(|(_, margin)| Box::new(margin)), ..Leaf::known(truth, because) }
    }
}

fn without_sign(interval: Interval) -> Interval {
    if interval.low.is_some_and(|low| low.at >= Exact::ZERO) {
        return interval;
    }
    let turned = interval.negated();
    if turned.low.is_some_and(|low| low.at >= Exact::ZERO) {
        return turned;
    }
    let high = match (interval.high, turned.high) {
        (Some(a), Some(b)) if a.at == b.at => Some(End { at: a.at, inclusive: a.inclusive || b.inclusive }),
        (Some(a), Some(b)) => Some(if a.at > b.at { a } else { b }),
        (None, _) | (_, None) => None,
    };
    Interval { low: ZERO.low, high }
}

/// Does the share that a size is of an earlier value lie in the range? Of nothing, more than nothing is more than any
/// share.
fn share_lies_in(size: &Interval, earlier: &Interval, range: &Interval) -> Truth {
    let earlier = without_sign(*earlier);
    if earlier.single() == Some(Exact::ZERO) {
        return Truth::from(range.high.is_none());
    }
    let over = |a: Option<End>, b: Option<End>| {
        let (a, b) = (a?, b?);
        Some(End { at: a.at.over(b.at)?, inclusive: a.inclusive && b.inclusive })
    };
    let positive = earlier.low.filter(|low| low.at > Exact::ZERO);
    let falls = |end: Option<End>| end.is_some_and(|end| end.at < Exact::ZERO);
    // the least share is of the largest value, unless it goes the other way
    let low = match size.low {
        low if falls(low) => over(low, positive),
        low if earlier.high.is_none() => low.and(ZERO.low),
        low => over(low, earlier.high),
    };
    let high =
        if falls(size.high) { Some(End { at: Exact::ZERO, inclusive: false }) } else { over(size.high, positive) };
    Interval { low, high }.lies_in(range)
}
