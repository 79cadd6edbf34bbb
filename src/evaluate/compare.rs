//! Values against bounds.

use crate::evaluate::Scope;
use crate::evaluate::atom::Leaf;
use crate::evaluate::cited::Cited;
use crate::evaluate::compiled::Atom;
use crate::evaluate::frame::Frame;
use crate::evaluate::reading::{self, Reading, Values};
use crate::evaluate::result::{GapKind, Margin, Needs, Side};
use crate::evaluate::{dose, growing, ratio};
use crate::model::concept::Concept;
use crate::model::decimal::Exact;
use crate::model::expression::{Bound, Compare, Select};
use crate::model::moment::Now;
use crate::model::name::Name;
use crate::model::quantity::{Conversion, End, Interval};
use crate::model::record::Subject;
use crate::model::unit::{BoundUnit, Dimension, Substance, Unit};
use crate::truth::Truth;

/// A bound with its unit read; none where the unit is not known.
#[derive(Clone, Copy)]
struct Limit<'c> {
    bound: &'c Bound,
    unit: Option<BoundUnit>,
    side: Side,
}

/// What is asked of a value: its bounds, in the document's units and in the concept's own.
#[derive(Clone, Copy)]
struct Asked<'c> {
    limits: [Option<Limit<'c>>; 2],
    range: Option<Interval>,
    concept: Option<&'static Concept>,
    /// Margins are wanted.
    margins: bool,
}

impl<'c> Asked<'c> {
    fn new(atom: &Atom, compare: &'c Compare, margins: bool) -> Asked<'c> {
        let [low, high] = atom.units;
        let limit = |bound: &'c Option<Bound>, unit, side| Some(Limit { bound: bound.as_ref()?, unit, side });
        let limits = [limit(&compare.low, low, Side::Low), limit(&compare.high, high, Side::High)];
        Asked { limits, range: atom.range, concept: atom.concept, margins }
    }

    fn limits(self) -> impl Iterator<Item = Limit<'c>> {
        self.limits.into_iter().flatten()
    }

    /// The same of one bound alone.
    fn only(self, side: Side) -> Option<Self> {
        let [low, high] = [side == Side::Low, side == Side::High];
        let range =
            self.range.map(|range| Interval { low: range.low.filter(|_| low), high: range.high.filter(|_| high) });
        let limits = self.limits.map(|limit| limit.filter(|limit| limit.side == side));
        let there = limits.iter().any(Option::is_some);
        there.then_some(Asked { limits, range, ..self })
    }
}

impl Limit<'_> {
    /// Everything on the inner side.
    fn range(self) -> Interval {
        let end = Some(End { at: self.bound.value.exact(), inclusive: self.bound.inclusive });
        match self.side {
            Side::Low => Interval { low: end, high: None },
            Side::High => Interval { low: None, high: end },
        }
    }
}

/// Does a value about the subject lie between the bounds?
pub(crate) fn evaluate<'a>(scope: &Scope<'a>, atom: &'a Atom, compare: &'a Compare, now: Now) -> Leaf<'a> {
    if let Some(concept) = atom.concept.filter(|concept| concept.is_counted()) {
        return growing::evaluate(scope, atom, concept, compare, now);
    }
    if let Some(medicines) = &atom.medicines {
        return dose::evaluate(scope, atom, medicines, compare, now);
    }
    let frame = compare.window.as_ref().map(|window| Frame::new(scope, window, now));
    let mut found = match &compare.subject {
        Subject::Ratio(pair) => ratio::find(scope, atom, pair, frame.as_ref(), now),
        Subject::Concept(_) | Subject::Text(_) | Subject::Judgement(_) | Subject::Unread(_) => {
            reading::find(scope, scope.about(atom), atom.concept, frame.as_ref(), now)
        }
    };
    let asked = Asked::new(atom, compare, scope.margins);
    let mut torn = None;
    if found.torn && compare.select != Select::Latest {
        let (derived, stated): (Values<'a>, Values<'a>) =
            std::mem::take(&mut found.inside).into_iter().partition(|reading| reading.entry.is_none());
        torn = Some(agreed(asked, derived.iter())).filter(|leaf| leaf.truth == Truth::Unknown);
        found.inside = stated;
        found.perhaps.extend(derived);
    }
    let leaf = if found.inside.is_empty() && found.perhaps.is_empty() {
        let stale: Cited<'_> = newest(&found.outside).into_iter().flat_map(|r| r.because.clone()).collect();
        let kind = if stale.is_empty() { GapKind::Absent } else { GapKind::Stale };
        Leaf::unknown(kind, None, stale)
    } else {
        let one = |asked: Asked<'_>| every(asked, &found.inside, &found.perhaps, &found.complete, Truth::True);
        let all = |asked: Asked<'_>| every(asked, &found.inside, &found.perhaps, &found.complete, Truth::False);
        match compare.select {
            // only doses have a mean: those who give a trial are told
            Select::Mean => Leaf::unknown(GapKind::Incomparable, None, Cited::new()),
            Select::Latest => latest(asked, &found.inside, &found.perhaps),
            Select::Any => one(asked),
            Select::All => all(asked),
            // the largest is over a low bound as soon as one is; it is under a high one only if all are
            Select::Max => both(asked.only(Side::Low).map(one), asked.only(Side::High).map(all)),
            Select::Min => both(asked.only(Side::Low).map(all), asked.only(Side::High).map(one)),
        }
    };
    let leaf = torn.filter(|_| leaf.truth == Truth::Unknown).unwrap_or(leaf);
    leaf.lacking(found.lacking).later(found.next).framed(atom, frame.as_ref(), found.framed)
}

fn both<'a>(low: Option<Leaf<'a>>, high: Option<Leaf<'a>>) -> Leaf<'a> {
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
        (None, None) => Leaf::unknown(GapKind::Absent, None, Cited::new()),
    }
}

fn newest<'r, 'a>(readings: &'r [Reading<'a>]) -> Option<&'r Reading<'a>> {
    readings.iter().max_by_key(|reading| reading.mark().map(|mark| mark.first))
}

/// The newest value; those that may be the newest must agree.
fn latest<'a>(asked: Asked<'_>, inside: &[Reading<'a>], perhaps: &[Reading<'a>]) -> Leaf<'a> {
    let newest = inside.iter().filter_map(Reading::mark).map(|mark| mark.first).max();
    let may_be_newest = |reading: &&Reading<'a>| match (reading.mark(), newest) {
        (Some(mark), Some(newest)) => mark.last >= newest,
        _ => true,
    };
    let candidates = || inside.iter().chain(perhaps).filter(may_be_newest);
    if !inside.iter().any(|reading| may_be_newest(&reading)) {
        let facts = candidates().flat_map(|reading| reading.because.iter().copied()).collect();
        return Leaf::unknown(GapKind::Imprecise, Some(Needs::Date), facts);
    }
    agreed(asked, candidates())
}

/// All these values say the same, or the truth is unknown.
fn agreed<'r, 'a: 'r>(asked: Asked<'_>, candidates: impl Iterator<Item = &'r Reading<'a>>) -> Leaf<'a> {
    let mut first: Option<Truth> = None;
    let mut agree = true;
    let mut nearest: Option<(Exact, Margin)> = None;
    let mut because: Cited<'a> = Cited::new();
    let mut derived = None;
    for reading in candidates {
        let truth = match judged(asked, reading) {
            Ok(truth) => truth,
            Err(needs) => return Leaf::unknown(GapKind::Incomparable, Some(needs), reading.because.clone()),
        };
        agree &= first.is_none_or(|first| first == truth);
        first = first.or(Some(truth));
        if asked.margins {
            nearest = nearer(nearest, margin_of(asked, reading));
            derived = derived.or_else(|| reading.derived.clone());
        }
        because.extend(reading.because.iter().copied());
    }
    let first = first.unwrap_or(Truth::Unknown);
    let leaf = if !agree {
        Leaf::unknown(GapKind::Conflicting, None, because)
    } else if first == Truth::Unknown {
        Leaf::unknown(GapKind::Imprecise, Some(Needs::Value), because)
    } else {
        Leaf::known(first, because)
    };
    Leaf { margin: nearest.map(|(_, margin)| Box::new(margin)), derived, ..leaf }
}

/// The one whose value is nearer to its bound; the first of two that are as near.
fn nearer(a: Option<(Exact, Margin)>, b: Option<(Exact, Margin)>) -> Option<(Exact, Margin)> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.0 < a.0 { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// One value that is `deciding` settles it (any: true, all: false); without one, only a complete list does.
fn every<'a>(
    asked: Asked<'_>,
    inside: &[Reading<'a>],
    perhaps: &[Reading<'a>],
    complete: &[&'a Name],
    deciding: Truth,
) -> Leaf<'a> {
    let mut open: Option<Leaf<'a>> = None;
    let mut because = Cited::new();
    for reading in inside {
        let leaf = agreed(asked, std::iter::once(reading));
        if leaf.truth == deciding {
            return leaf;
        }
        because.extend(reading.because.iter().copied());
        if leaf.truth == Truth::Unknown {
            open = Some(leaf);
        }
    }
    for reading in perhaps {
        let leaf = agreed(asked, std::iter::once(reading));
        if leaf.truth != deciding.not() {
            open = Some(Leaf::unknown(GapKind::Imprecise, Some(Needs::Date), reading.because.clone()));
        }
        because.extend(reading.because.iter().copied());
    }
    // of all there are, that some are is not known: nothing tells what none would be
    let none = deciding == Truth::False && inside.is_empty();
    match (open, complete.is_empty()) {
        (None, false) if none => Leaf::unknown(GapKind::Imprecise, Some(Needs::Date), because),
        (Some(leaf), _) => leaf,
        (None, false) => {
            because.extend_from_slice(complete);
            Leaf::known(deciding.not(), because)
        }
        (None, true) => Leaf::unknown(GapKind::Imprecise, Some(Needs::List), because),
    }
}

/// One value against both bounds.
fn judged(asked: Asked<'_>, reading: &Reading<'_>) -> Result<Truth, Needs> {
    if let (Some(range), Some(value)) = (asked.range, reading.canonical) {
        return Ok(value.lies_in(&range));
    }
    let mut truth = Truth::True;
    for limit in asked.limits() {
        truth = truth.and(in_unit_of(limit, asked.concept, reading)?.lies_in(&limit.range()));
    }
    Ok(truth)
}

/// How far the value lies from the nearer bound.
fn margin_of(asked: Asked<'_>, reading: &Reading<'_>) -> Option<(Exact, Margin)> {
    let each = asked.limits().map(|limit| {
        let value = in_unit_of(limit, asked.concept, reading).ok()?;
        margin(&value, limit.bound, limit.side)
    });
    each.fold(None, nearer)
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
        limit: bound.value,
        value: value.rounded(2)?,
        distance: distance.rounded(2)?,
        unit: bound.unit.as_deref().unwrap_or_default().into(),
    };
    Some((distance, margin))
}

/// The value in the unit of the bound. A unit is never guessed, and a normal range never built in.
fn in_unit_of(limit: Limit<'_>, concept: Option<&Concept>, reading: &Reading<'_>) -> Result<Interval, Needs> {
    match limit.unit.ok_or(Needs::Unit)? {
        BoundUnit::Of(_) if limit.bound.unit.as_deref() == reading.unit => Ok(reading.interval),
        BoundUnit::Of(target) => {
            let is_number = concept.and_then(|c| c.unit).is_some_and(|unit| unit.dimension == Dimension::Number);
            let text = match reading.unit {
                Some(text) => text,
                None if is_number || (concept.is_none() && target.dimension == Dimension::Number) => "",
                None => return Err(Needs::Unit),
            };
            let substance = concept.map_or(Substance::Unknown, |concept| concept.substance);
            let unit = Unit::from_text(text).ok_or(Needs::Unit)?;
            let conversion = Conversion::between(unit, target, substance).map_err(|_| Needs::Unit)?;
            reading.interval.converted(conversion).ok_or(Needs::Value)
        }
        BoundUnit::TimesUpperLimit => reading.entry.map_or(Err(Needs::UpperLimit), |entry| entry.of_upper),
        BoundUnit::TimesLowerLimit => reading.entry.map_or(Err(Needs::LowerLimit), |entry| entry.of_lower),
    }
}
