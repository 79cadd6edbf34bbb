//! Completeness: where Kleene's tables say unknown, could it still go either way?
//!
//! The tables look at each leaf for itself, so `a or not a` is unknown to them. Where what is open is mentioned more
//! than once, every way in which it could turn out is tried: a presence is there or not, a value lies in one of the
//! stretches between the bounds it is compared with, a code is one of those listed or another. If all ways agree, that
//! is the truth. Expressions that mention each thing once need none of this: there the tables are exact.
//!
//! What stays unknown although it could go one way only:
//!
//! - more than [`MOST`] ways of all open things together;
//! - several windows, several ways to select, or values, presences and changes over one subject: each is taken for
//!   itself, unless they are the same leaf;
//! - a class of medicines and its members, a formula and what it is worked out from;
//! - lengths of time and ages whose order hangs on the calendar, as 30 days and one month;
//! - some leaves that no answer turns: planned for a time that is over, at least no time ago. The lint tells their author;
//! - a date that reaches beyond today, though what it dates cannot; "at some time", of a day that is over;
//! - a statement that covers a part of a window and leaves open what could not matter;
//! - what lies in a window of an event that never was, and is no presence;
//! - facts that contradict one another: which is right has to be found out first.

use crate::evaluate::cited::Cited;
use crate::evaluate::compiled::{Atom, Node};
use crate::evaluate::expression::{Missing, Outcome};
use crate::evaluate::frame::Frame;
use crate::evaluate::residual::{self, Open, Residual};
use crate::evaluate::result::Side;
use crate::evaluate::{Scope, age, atom, growing, reading, since};
use crate::model::decimal::Exact;
use crate::model::expression::{Bound, Compare, Elapsed, Expression, IsOneOf, Present, Select};
use crate::model::moment::Now;
use crate::model::quantity::{Conversion, End, Interval};
use crate::model::record::Status;
use crate::model::unit::{BoundUnit, Substance, Unit};
use crate::model::window::{Duration, TimeUnit};
use crate::sort;
use crate::truth::Truth;

/// The most ways of all open things together that are tried; beyond so many, unknown stays unknown.
const MOST: usize = 4096;

/// Open leaves about one thing, and the ways in which they can turn out together.
pub(crate) struct Variable {
    /// Positions among the open leaves.
    pub(crate) leaves: Vec<usize>,
    /// Each way gives every one of these leaves its truth.
    pub(crate) ways: Vec<Vec<Truth>>,
}

/// The open things of a residual.
pub(crate) fn variables(scope: &Scope<'_>, open: &[&Open<'_>], now: Now) -> Vec<Variable> {
    of_atoms(scope, &open.iter().map(|open| open.atom).collect::<Vec<_>>(), now)
}

/// The things that leaves are about, as far as what is known of them leaves them open.
pub(crate) fn of_atoms(scope: &Scope<'_>, atoms: &[&Atom], now: Now) -> Vec<Variable> {
    let mut variables: Vec<Variable> = Vec::new();
    let mut subjects: Vec<usize> = Vec::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (position, atom) in atoms.iter().enumerate() {
        match subjects.iter().position(|slot| *slot == atom.slot) {
            Some(at) => groups.get_mut(at).into_iter().for_each(|group| group.push(position)),
            None => {
                subjects.push(atom.slot);
                groups.push(vec![position]);
            }
        }
    }
    for group in groups {
        let leaves: Vec<&Atom> = group.iter().filter_map(|at| atoms.get(*at)).copied().collect();
        match together(scope, &leaves, now) {
            Some(ways) => variables.push(Variable { leaves: group, ways }),
            // what cannot be put on one line is taken apart: leaves that are the same stay together
            None => {
                for at in 0..group.len() {
                    let asked = |at: usize| leaves.get(at).map(|atom| &atom.expression);
                    let same = |other: &usize| asked(*other) == asked(at);
                    if (0..at).any(|earlier| same(&earlier)) {
                        continue;
                    }
                    let twins: Vec<usize> = (at..group.len()).filter(same).collect();
                    let positions = twins.iter().filter_map(|twin| group.get(*twin)).copied().collect();
                    let ways = leaves.get(at).map_or_else(Vec::new, |atom| alone(atom, twins.len()));
                    variables.push(Variable { leaves: positions, ways });
                }
            }
        }
    }
    variables
}

/// The ways of a leaf that is stated so many times: true or false for all of them at once, or what is foregone.
fn alone(atom: &Atom, count: usize) -> Vec<Vec<Truth>> {
    let ways = atom.foregone.map_or_else(|| vec![Truth::True, Truth::False], |truth| vec![truth]);
    ways.into_iter().map(|truth| vec![truth; count]).collect()
}

/// Calls `look` with the truths of the open leaves in every combination of ways, the first variable's ways changing
/// fastest; stops where it says so. Leaves of no variable stay unknown. `false` where there are more than [`MOST`] combinations.
pub(crate) fn every(variables: &[&Variable], leaves: usize, look: &mut dyn FnMut(&[Truth]) -> bool) -> bool {
    let total = variables.iter().try_fold(1_usize, |n, v| n.checked_mul(v.ways.len()).filter(|n| *n <= MOST));
    let Some(total) = total else { return false };
    for number in 0..total {
        let mut truths = vec![Truth::Unknown; leaves];
        let mut rest = number;
        for variable in variables {
            let way = rest % variable.ways.len().max(1);
            rest /= variable.ways.len().max(1);
            for (leaf, truth) in variable.leaves.iter().zip(variable.ways.get(way).into_iter().flatten()) {
                if let Some(slot) = truths.get_mut(*leaf) {
                    *slot = *truth;
                }
            }
        }
        if !look(&truths) {
            break;
        }
    }
    true
}

/// The truth of a residual where its open leaves have these truths.
pub(crate) fn under(residual: &Residual<'_>, open: &[&Open<'_>], truths: &[Truth]) -> Truth {
    residual.under(&|leaf| {
        let at = open.iter().position(|other| std::ptr::eq(*other, leaf));
        at.and_then(|at| truths.get(at)).copied().unwrap_or(Truth::Unknown)
    })
}

/// The outcome, settled where every way agrees. `gaps` are the leaves that are open.
pub(crate) fn settled<'a>(
    scope: &Scope<'a>,
    node: &'a Node,
    outcome: Outcome<'a>,
    gaps: &[Missing<'a>],
    now: Now,
) -> Outcome<'a> {
    let slots = || gaps.iter().map(|gap| gap.atom.slot);
    let repeats = slots().enumerate().any(|(at, slot)| slots().take(at).any(|earlier| earlier == slot));
    if !repeats && !gaps.iter().any(|gap| gap.atom.foregone.is_some()) {
        return outcome;
    }
    let residual = residual::of(scope, node, now);
    let open = residual.open();
    let all = variables(scope, &open, now);
    let mut truth: Option<Truth> = None;
    let mut agree = true;
    let tried = every(&all.iter().collect::<Vec<_>>(), open.len(), &mut |truths| {
        let here = under(&residual, &open, truths);
        agree = truth.is_none_or(|truth| truth == here) && here.is_known();
        truth = Some(here);
        agree
    });
    match truth {
        Some(truth) if tried && agree => {
            // every fact that was looked at belongs to the reason
            let mut because: Cited<'a> = Cited::new();
            for atom in node.atoms() {
                for id in atom::evaluate(scope, atom, now).because {
                    if !because.contains(&id) {
                        because.push(id);
                    }
                }
            }
            Outcome { truth, because, ..outcome }
        }
        _ => outcome,
    }
}

/// The ways in which leaves about one thing can turn out together; `None` where they do not lie on one line.
fn together(scope: &Scope<'_>, atoms: &[&Atom], now: Now) -> Option<Vec<Vec<Truth>>> {
    let leaves: Vec<&Expression> = atoms.iter().map(|atom| &atom.expression).collect();
    let first = leaves.first()?;
    if leaves.iter().all(|leaf| leaf == first) {
        return Some(alone(atoms.first()?, leaves.len()));
    }
    if leaves.iter().any(|leaf| leaf.window() != first.window() || leaf.routes() != first.routes()) {
        return None;
    }
    let mut compares: Vec<&Compare> = Vec::new();
    let mut codes: Vec<&IsOneOf> = Vec::new();
    let mut presences: Vec<&Present> = Vec::new();
    let mut times: Vec<&Elapsed> = Vec::new();
    for leaf in &leaves {
        match leaf {
            Expression::Compare(compare) if compare.select == Select::Latest => compares.push(compare),
            Expression::IsOneOf(is_one_of) => codes.push(is_one_of),
            Expression::Present(present) => presences.push(present),
            Expression::Elapsed(elapsed) => times.push(elapsed),
            Expression::Compare(_)
            | Expression::Change(_)
            | Expression::Judgement(_)
            | Expression::Unread(_)
            | Expression::AllOf(_)
            | Expression::AnyOf(_)
            | Expression::Not(_)
            | Expression::AtLeast(_)
            | Expression::When(_) => return None,
        }
    }
    if compares.len() == leaves.len() {
        on_a_line(scope, atoms.first()?, &compares, now).or_else(|| since_birth(atoms, &compares))
    } else if codes.len() == leaves.len() {
        Some(among_codes(&codes))
    } else if presences.len() == leaves.len() {
        in_time(&presences)
    } else if times.len() == leaves.len() {
        since::ways(&times)
    } else {
        None
    }
}

/// What a leaf says whatever is found out: nothing is more than 0 and less than 1 day ago.
pub(crate) fn foregone(atom: &Atom) -> Option<Truth> {
    let ways = match &atom.expression {
        Expression::Elapsed(elapsed) => since::ways(&[elapsed])?,
        Expression::Compare(compare) if atom.concept.is_some_and(|concept| concept.id == "age") => {
            since_birth(&[atom], &[compare])?
        }
        Expression::Compare(compare) if compare.select == Select::Latest => {
            let range = atom.range?;
            let mut cuts: Vec<Exact> = [range.low, range.high].into_iter().flatten().map(|end| end.at).collect();
            sort::ascending(&mut cuts);
            cuts.dedup();
            let possible = |stretch: &Interval| !(is_whole(atom) && no_whole_number(stretch));
            stretches(&cuts).iter().filter(|it| possible(it)).map(|it| vec![it.lies_in(&range)]).collect()
        }
        Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_)
        | Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_) => return None,
    };
    let mut truths = ways.iter().flatten();
    let first = *truths.next()?;
    (first.is_known() && truths.all(|truth| *truth == first)).then_some(first)
}

/// It is counted in whole numbers.
fn is_whole(atom: &Atom) -> bool {
    atom.concept.is_some_and(|concept| concept.is_counted() || concept.unit_text == "{score}")
}

/// A value lies on one of the bounds, or between two that follow each other.
fn on_a_line(scope: &Scope<'_>, atom: &Atom, compares: &[&Compare], now: Now) -> Option<Vec<Vec<Truth>>> {
    let first = *compares.first()?;
    let concept = atom.concept;
    let substance = concept.map_or(Substance::Unknown, |concept| concept.substance);
    let unit = |bound: &Bound| BoundUnit::from_text(bound.unit.as_deref().unwrap_or(""));
    let common = unit(first.low.as_ref().or(first.high.as_ref())?)?;
    let end = |bound: &Option<Bound>| -> Option<Option<End>> {
        let Some(bound) = bound else { return Some(None) };
        let conversion = match (unit(bound)?, common) {
            (BoundUnit::Of(own), BoundUnit::Of(common)) => Conversion::between(own, common, substance).ok()?,
            (own, common) if own == common => Conversion::SAME,
            _ => return None,
        };
        Some(Some(End { at: conversion.of(bound.value.exact())?, inclusive: bound.inclusive }))
    };
    let mut ranges = Vec::with_capacity(compares.len());
    let mut cuts: Vec<Exact> = Vec::new();
    for compare in compares {
        let range = Interval { low: end(&compare.low)?, high: end(&compare.high)? };
        for cut in [range.low, range.high].into_iter().flatten() {
            let at = cuts.partition_point(|other| *other < cut.at);
            if cuts.get(at) != Some(&cut.at) {
                cuts.insert(at, cut.at);
            }
        }
        ranges.push(range);
    }
    let known = known_interval(scope, atom, common, substance, now);
    let whole = is_whole(atom);
    let mut ways: Vec<Vec<Truth>> = Vec::new();
    for stretch in stretches(&cuts) {
        let possible = known.is_none_or(|known| known.lies_in(&stretch) != Truth::False);
        if !possible || (whole && no_whole_number(&stretch)) {
            continue;
        }
        let way: Vec<Truth> = ranges.iter().map(|range| stretch.lies_in(range)).collect();
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    (!ways.is_empty()).then_some(ways)
}

/// Ages in several units, as the time since birth. Someone of more than 75 completed years is 76 at least.
fn since_birth(atoms: &[&Atom], compares: &[&Compare]) -> Option<Vec<Vec<Truth>>> {
    atoms.first()?.concept.filter(|concept| concept.id == "age")?;
    let at_least = |bound: &Bound, side: Side, atom: &Atom| {
        let past = bound.inclusive == (side == Side::High);
        let count = bound.value.whole()?.checked_add(i64::from(past))?;
        Some((i32::try_from(count).ok()?, atom.age_unit(side)))
    };
    let mut ranges = Vec::with_capacity(compares.len());
    for (compare, atom) in compares.iter().zip(atoms) {
        let low = compare.low.as_ref().map(|bound| at_least(bound, Side::Low, atom));
        let high = compare.high.as_ref().map(|bound| at_least(bound, Side::High, atom));
        let end = |end: Option<Option<(i32, TimeUnit)>>| match end {
            None => Some(None),
            Some(end) => end.map(|(count, unit)| Some(Duration { count, unit })),
        };
        ranges.push((end(low)?, end(high)?));
    }
    since::ages(&ranges)
}

/// The bounds themselves and what lies below, between and above them.
pub(crate) fn stretches(cuts: &[Exact]) -> Vec<Interval> {
    let mut stretches = Vec::with_capacity(cuts.len() * 2 + 1);
    let mut before: Option<End> = None;
    for cut in cuts {
        let edge = Some(End { at: *cut, inclusive: false });
        stretches.push(Interval { low: before, high: edge });
        stretches.push(Interval::point(*cut));
        before = edge;
    }
    stretches.push(Interval { low: before, high: None });
    stretches
}

/// Between two whole numbers that follow each other there is none.
fn no_whole_number(stretch: &Interval) -> bool {
    let (Some(low), Some(high)) = (stretch.low, stretch.high) else { return false };
    let whole = |at: Exact| at == Exact::whole(at.to_formula() as i64);
    if stretch.single().is_some() {
        return !whole(low.at);
    }
    whole(low.at) && whole(high.at) && low.at.plus(Exact::ONE) == Some(high.at)
}

/// What is known of the value, in the common unit: the interval of the only reading there is.
fn known_interval(
    scope: &Scope<'_>,
    atom: &Atom,
    common: BoundUnit,
    substance: Substance,
    now: Now,
) -> Option<Interval> {
    let BoundUnit::Of(common) = common else { return None };
    if let Some(concept) = atom.concept.filter(|concept| concept.is_counted()) {
        let unit = age::counted(common.dimension).filter(|_| atom.expression.window().is_none())?;
        return growing::only(scope, concept, unit, now);
    }
    let frame = atom.expression.window().map(|window| Frame::new(scope, window, now));
    let found = reading::find(scope, scope.about(atom), atom.concept, frame.as_ref(), now);
    let [only] = found.inside.as_slice() else { return None };
    if !found.perhaps.is_empty() {
        return None;
    }
    let own = Unit::from_text(only.unit.unwrap_or(""))?;
    only.interval.converted(Conversion::between(own, common, substance).ok()?)
}

/// A code is one of those listed, or another.
fn among_codes(leaves: &[&IsOneOf]) -> Vec<Vec<Truth>> {
    let listed = leaves.iter().flat_map(|leaf| leaf.values.iter().map(|value| Some(value.as_str())));
    let mut ways: Vec<Vec<Truth>> = Vec::new();
    for code in listed.chain([None]) {
        let holds = |leaf: &&IsOneOf| Truth::from(leaf.values.iter().any(|value| Some(value.as_str()) == code));
        let way: Vec<Truth> = leaves.iter().map(holds).collect();
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}

/// The most different lengths of one thing that are told apart.
const MOST_LENGTHS: usize = 4;

/// A condition is there now or not, was there before or not, and is planned or not; it has lasted long enough or not
/// where it is there at all.
fn in_time(leaves: &[&Present]) -> Option<Vec<Vec<Truth>>> {
    let mut lengths: Vec<&Present> = Vec::new();
    for leaf in leaves.iter().filter(|leaf| leaf.lasting.is_some()) {
        if !lengths.contains(leaf) {
            lengths.push(leaf);
        }
    }
    if lengths.len() > MOST_LENGTHS {
        return None;
    }
    let mut ways: Vec<Vec<Truth>> = Vec::new();
    for world in 0..8_u32 << lengths.len() {
        let (now, before, planned) = (world & 1 != 0, world & 2 != 0, world & 4 != 0);
        let long = |leaf: &&Present| {
            lengths.iter().position(|other| other == leaf).is_none_or(|at| world >> (at + 3) & 1 == 1)
        };
        let there = |leaf: &&Present| match leaf.status {
            Status::Current => now,
            Status::History => now || before,
            Status::Planned => planned,
            Status::Any => now || before || planned,
        };
        let way: Vec<Truth> = leaves.iter().map(|leaf| Truth::from(there(leaf) && long(leaf))).collect();
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    Some(ways)
}
