//! Values against bounds.

use crate::evaluate::Scope;
use crate::evaluate::atom::Leaf;
use crate::evaluate::reading::{self, Reading};
use crate::evaluate::result::{GapKind, Margin, Needs, Side};
use crate::evaluate::span::Frame;
use crate::evaluate::{age, dose};
use crate::model::concept::Concept;
use crate::model::decimal::Exact;
use crate::model::expression::{Bound, Compare, Select};
use crate::model::moment::Now;
use crate::model::quantity::{Conversion, End, Interval, Quantity};
use crate::model::record::Subject;
use crate::model::unit::{BoundUnit, Dimension, Substance, Unit};
use crate::model::window::TimeUnit;
use crate::truth::Truth;

/// Does a value about the subject lie between the bounds?
pub(crate) fn evaluate<'a>(scope: &Scope<'a>, compare: &'a Compare, now: Now) -> Leaf<'a> {
    if compare.subject == Subject::Concept("age".to_owned()) {
        return of_age(scope, compare, now);
    }
    if compare.subject == Subject::Concept("systemic-corticosteroid".to_owned()) {
        return dose::evaluate(scope, compare, now);
    }
    let subject = &compare.subject;
    let found = reading::find(scope, subject, compare.window, now);
    let frame = compare.window.map(|window| Frame::new(scope, window, now));
    let concept = match subject {
        Subject::Concept(id) => Concept::named(id),
        Subject::Text(_) | Subject::Judgement(_) | Subject::Unread(_) => None,
    };
    let leaf = if found.inside.is_empty() && found.perhaps.is_empty() {
        let stale: Vec<&str> = newest(&found.outside).into_iter().flat_map(|r| r.because.clone()).collect();
        let kind = if stale.is_empty() { GapKind::Absent } else { GapKind::Stale };
        let mut leaf = Leaf::unknown(subject, kind, None, stale);
        if let (Some(gap), Some((asks, needs))) = (leaf.gap.as_mut(), found.lacking) {
            gap.asks = asks;
            gap.needs = needs;
            if needs == Some(Needs::Unit) {
                gap.kind = GapKind::Incomparable;
            }
        }
        leaf
    } else {
        match compare.select {
            Select::Latest => latest(compare, concept, &found.inside, &found.perhaps),
            Select::Any => every(compare, concept, &found.inside, &found.perhaps, &found.complete, Truth::True),
            Select::All => every(compare, concept, &found.inside, &found.perhaps, &found.complete, Truth::False),
            // the largest is over a low bound as soon as one is; it is under a high one only if all are
            Select::Max => {
                let low = half(compare, Side::Low);
                let high = half(compare, Side::High);
                let any = low.map(|c| every(&c, concept, &found.inside, &found.perhaps, &found.complete, Truth::True));
                let all =
                    high.map(|c| every(&c, concept, &found.inside, &found.perhaps, &found.complete, Truth::False));
                both(subject, any, all)
            }
            Select::Min => {
                let low = half(compare, Side::Low);
                let high = half(compare, Side::High);
                let all = low.map(|c| every(&c, concept, &found.inside, &found.perhaps, &found.complete, Truth::False));
                let any = high.map(|c| every(&c, concept, &found.inside, &found.perhaps, &found.complete, Truth::True));
                both(subject, all, any)
            }
        }
    };
    leaf.later(found.next).framed(frame.as_ref(), found.framed)
}

fn half(compare: &Compare, side: Side) -> Option<Compare> {
    let bound = match side {
        Side::Low => compare.low.is_some(),
        Side::High => compare.high.is_some(),
    };
    bound.then(|| Compare {
        low: compare.low.clone().filter(|_| side == Side::Low),
        high: compare.high.clone().filter(|_| side == Side::High),
        ..compare.clone()
    })
}

fn both<'a>(subject: &Subject, low: Option<Leaf<'a>>, high: Option<Leaf<'a>>) -> Leaf<'a> {
    match (low, high) {
        (Some(low), Some(high)) => {
            let truth = low.truth.and(high.truth);
            let decides = |leaf: &Leaf<'a>| leaf.truth == truth;
            match (decides(&low), decides(&high)) {
                (true, true) if truth == Truth::True => {
                    let mut leaf = low;
                    leaf.because.extend(high.because);
                    leaf
                }
                (true, _) => low,
                (false, _) => high,
            }
        }
        (Some(leaf), None) | (None, Some(leaf)) => leaf,
        (None, None) => Leaf::unknown(subject, GapKind::Absent, None, Vec::new()),
    }
}

fn newest<'r, 'a>(readings: &'r [Reading<'a>]) -> Option<&'r Reading<'a>> {
    readings.iter().max_by_key(|reading| reading.mark().map(|mark| mark.first))
}

/// The newest value; those that may be the newest must agree.
fn latest<'a>(
    compare: &Compare,
    concept: Option<&Concept>,
    inside: &[Reading<'a>],
    perhaps: &[Reading<'a>],
) -> Leaf<'a> {
    let newest = inside.iter().filter_map(Reading::mark).map(|mark| mark.first).max();
    let may_be_newest = |reading: &&Reading<'a>| match (reading.mark(), newest) {
        (Some(mark), Some(newest)) => mark.last >= newest,
        _ => true,
    };
    let mut candidates: Vec<&Reading<'a>> = inside.iter().filter(may_be_newest).collect();
    let sure = !candidates.is_empty();
    candidates.extend(perhaps.iter().filter(may_be_newest));
    if !sure {
        let facts = candidates.iter().flat_map(|reading| reading.because.clone()).collect();
        return Leaf::unknown(&compare.subject, GapKind::Imprecise, Some(Needs::Date), facts);
    }
    agreed(compare, concept, &candidates)
}

/// All these values say the same, or the truth is unknown.
fn agreed<'a>(compare: &Compare, concept: Option<&Concept>, candidates: &[&Reading<'a>]) -> Leaf<'a> {
    let subject = &compare.subject;
    let mut truths = Vec::new();
    let mut nearest: Option<(Exact, Margin)> = None;
    let mut because: Vec<&'a str> = Vec::new();
    for reading in candidates {
        match judged(compare, concept, reading) {
            Ok((truth, margin)) => {
                truths.push(truth);
                if let Some(margin) = margin
                    && nearest.as_ref().is_none_or(|(distance, _)| margin.0 < *distance)
                {
                    nearest = Some(margin);
                }
                because.extend(reading.because.iter().filter(|id| !because.contains(id)).copied().collect::<Vec<_>>());
            }
            Err(needs) => {
                return Leaf::unknown(subject, GapKind::Incomparable, Some(needs), reading.because.clone());
            }
        }
    }
    let first = truths.first().copied().unwrap_or(Truth::Unknown);
    let mut leaf = if !truths.iter().all(|truth| *truth == first) {
        Leaf::unknown(subject, GapKind::Conflicting, None, because)
    } else if first == Truth::Unknown {
        Leaf::unknown(subject, GapKind::Imprecise, Some(Needs::Value), because)
    } else {
        Leaf::known(subject, first, because)
    };
    leaf.margin = nearest.map(|(_, margin)| margin);
    leaf.derived = candidates.iter().find_map(|reading| reading.derived.clone());
    leaf
}

/// One value that is `deciding` settles it (any: true, all: false); without one, only a complete list does.
fn every<'a>(
    compare: &Compare,
    concept: Option<&Concept>,
    inside: &[Reading<'a>],
    perhaps: &[Reading<'a>],
    complete: &[&'a str],
    deciding: Truth,
) -> Leaf<'a> {
    let subject = &compare.subject;
    let mut open: Option<Leaf<'a>> = None;
    let mut because = Vec::new();
    for reading in inside {
        let leaf = agreed(compare, concept, &[reading]);
        if leaf.truth == deciding {
            return leaf;
        }
        because.extend(reading.because.iter().copied());
        if leaf.truth == Truth::Unknown {
            open = Some(leaf);
        }
    }
    for reading in perhaps {
        let leaf = agreed(compare, concept, &[reading]);
        if leaf.truth != deciding.not() {
            open = Some(Leaf::unknown(subject, GapKind::Imprecise, Some(Needs::Date), reading.because.clone()));
        }
        because.extend(reading.because.iter().copied());
    }
    match (open, complete.is_empty()) {
        (Some(leaf), _) => leaf,
        (None, false) => {
            because.extend(complete);
            Leaf::known(subject, deciding.not(), because)
        }
        (None, true) => Leaf::unknown(subject, GapKind::Imprecise, Some(Needs::List), because),
    }
}

/// One value against both bounds, and the margin to the nearer.
fn judged(
    compare: &Compare,
    concept: Option<&Concept>,
    reading: &Reading<'_>,
) -> Result<(Truth, Option<(Exact, Margin)>), Needs> {
    let mut truth = Truth::True;
    let mut nearest: Option<(Exact, Margin)> = None;
    for (bound, side) in [(&compare.low, Side::Low), (&compare.high, Side::High)] {
        let Some(bound) = bound else { continue };
        let interval = in_unit_of(bound, concept, reading)?;
        let end = Some(End { at: bound.value.exact(), inclusive: bound.inclusive });
        let range = match side {
            Side::Low => Interval { low: end, high: None },
            Side::High => Interval { low: None, high: end },
        };
        truth = truth.and(interval.lies_in(&range));
        if let Some(margin) = margin(&interval, bound, side)
            && nearest.as_ref().is_none_or(|(distance, _)| margin.0 < *distance)
        {
            nearest = Some(margin);
        }
    }
    Ok((truth, nearest))
}

pub(crate) fn margin(interval: &Interval, bound: &Bound, side: Side) -> Option<(Exact, Margin)> {
    let value = interval.single()?;
    let limit = bound.value.exact();
    let distance = match side {
        Side::Low => value.minus(limit)?,
        Side::High => limit.minus(value)?,
    };
    let margin = Margin {
        bound: side,
        limit: bound.value.to_string(),
        value: value.rounded(2)?.to_string(),
        distance: distance.rounded(2)?.to_string(),
        unit: bound.unit.clone().unwrap_or_default(),
    };
    Some((distance, margin))
}

/// The value in the unit of the bound. A unit is never guessed, and a normal range never built in.
fn in_unit_of(bound: &Bound, concept: Option<&Concept>, reading: &Reading<'_>) -> Result<Interval, Needs> {
    let substance = concept.map_or(Substance::Unknown, |concept| concept.substance);
    let is_number = concept.and_then(|c| c.unit).is_some_and(|unit| unit.dimension == Dimension::Number);
    match BoundUnit::from_text(bound.unit.as_deref().unwrap_or("")).ok_or(Needs::Unit)? {
        BoundUnit::Of(target) => {
            let text = match reading.unit {
                Some(text) => text,
                None if is_number || (concept.is_none() && target.dimension == Dimension::Number) => "",
                None => return Err(Needs::Unit),
            };
            let unit = Unit::from_text(text).ok_or(Needs::Unit)?;
            let conversion = Conversion::between(unit, target, substance).map_err(|_| Needs::Unit)?;
            reading.interval.converted(conversion).ok_or(Needs::Value)
        }
        BoundUnit::TimesUpperLimit if lacks_unit(reading, reading.upper) => Err(Needs::Unit),
        BoundUnit::TimesLowerLimit if lacks_unit(reading, reading.lower) => Err(Needs::Unit),
        BoundUnit::TimesUpperLimit => in_limits(reading, reading.upper, substance).ok_or(Needs::UpperLimit),
        BoundUnit::TimesLowerLimit => in_limits(reading, reading.lower, substance).ok_or(Needs::LowerLimit),
    }
}

/// The value came without a unit, and its limit with one.
fn lacks_unit(reading: &Reading<'_>, limit: Option<&Quantity>) -> bool {
    reading.unit.is_none() && limit.is_some_and(|limit| limit.unit.is_some())
}

/// The value as a multiple of the limit that came with it. A limit without a unit is in the unit of its result.
fn in_limits(reading: &Reading<'_>, limit: Option<&Quantity>, substance: Substance) -> Option<Interval> {
    let limit = limit?;
    let one = limit.interval()?.single()?;
    let conversion = match (reading.unit, limit.unit.as_deref()) {
        (Some(unit), Some(of_limit)) if unit != of_limit => {
            Conversion::between(Unit::from_text(unit)?, Unit::from_text(of_limit)?, substance).ok()?
        }
        _ => Conversion::SAME,
    };
    (one > Exact::ZERO).then_some(())?;
    reading.interval.converted(conversion)?.times(Exact::ONE.over(one)?)
}

/// Age against bounds in completed units.
fn of_age<'a>(scope: &Scope<'a>, compare: &'a Compare, now: Now) -> Leaf<'a> {
    let subject = &compare.subject;
    let births = age::births(scope);
    let mut leaves = Vec::new();
    for birth in &births {
        let mut truth = Truth::True;
        let mut nearest: Option<(Exact, Margin)> = None;
        let mut next = Vec::new();
        for (bound, side) in [(&compare.low, Side::Low), (&compare.high, Side::High)] {
            let Some(bound) = bound else { continue };
            let unit = bound.unit.as_deref().and_then(age::unit_of).unwrap_or(TimeUnit::Year);
            let interval = birth.age_on(now.day, unit);
            let end = Some(End { at: bound.value.exact(), inclusive: bound.inclusive });
            let range = match side {
                Side::Low => Interval { low: end, high: None },
                Side::High => Interval { low: None, high: end },
            };
            truth = truth.and(interval.lies_in(&range));
            next.extend(birth.turning(bound.value.exact(), unit, now));
            if let Some(margin) = margin(&interval, bound, side)
                && nearest.as_ref().is_none_or(|(distance, _)| margin.0 < *distance)
            {
                nearest = Some(margin);
            }
        }
        let leaf = if truth.is_known() {
            Leaf::known(subject, truth, vec![birth.fact])
        } else {
            Leaf::unknown(subject, GapKind::Imprecise, Some(Needs::Date), vec![birth.fact])
        };
        leaves.push(Leaf { margin: nearest.map(|(_, margin)| margin), ..leaf.later(next) });
    }
    let facts: Vec<&str> = births.iter().map(|birth| birth.fact).collect();
    let next: Vec<i64> = leaves.iter().filter_map(|leaf| leaf.next).collect();
    let mut leaves = leaves.into_iter();
    let Some(first) = leaves.next() else {
        let unusable = age::without_unit(scope);
        if unusable.is_empty() {
            return Leaf::unknown(subject, GapKind::Absent, None, unusable);
        }
        return Leaf::unknown(subject, GapKind::Incomparable, Some(Needs::Unit), unusable);
    };
    let agree = leaves.all(|leaf| leaf.truth == first.truth);
    let leaf = if agree {
        Leaf { because: facts, ..first }
    } else {
        Leaf::unknown(subject, GapKind::Conflicting, None, facts)
    };
    leaf.later(next)
}
