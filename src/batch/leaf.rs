//! What a leaf says of each cell of a column.
//!
//! Each different cell is looked at once by the evaluator. Of a long run of cells that differ in one number or one day,
//! and of which the answer can turn only where a bound is passed, the places where it turns are looked for by halving.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::batch::cell::{Hole, has_multiple, holes};
use crate::batch::packed::{Column, Run};
use crate::evaluate::probe::{Probe, Said, is_ahead};
use crate::model::criterion::Category;
use crate::model::expression::{Compare, Elapsed, Expression};
use crate::model::moment::AsOf;
use crate::model::record::{Fact, FactValue, Subject};
use crate::model::unit::BoundUnit;
use crate::truth::Truth;

/// A leaf made ready by itself.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    pub(crate) probe: Rc<Probe>,
    /// The same with one of its two bounds; none where it has only one.
    sides: Rc<[Probe]>,
    pub(crate) subject: Option<Subject>,
    /// What it says where nothing is known.
    pub(crate) of_nothing: Said,
}

/// What is said of the codes of a column: of each code what was said last, at it or before it.
#[derive(Debug, Default)]
pub(crate) struct Sayings {
    turns: Vec<(usize, Said)>,
}

impl Sayings {
    /// Of this code and those after it.
    fn push(&mut self, code: usize, said: Said) {
        if self.turns.last().is_none_or(|(_, last)| *last != said) {
            self.turns.push((code, said));
        }
    }

    /// Where what is said turns, the code 0 first.
    pub(crate) fn turns(&self) -> &[(usize, Said)] {
        &self.turns
    }

    /// The truth of each of so many codes.
    pub(crate) fn truths(&self, codes: usize) -> Vec<Truth> {
        let mut truths = Vec::with_capacity(codes);
        for (at, (_, said)) in self.turns.iter().enumerate() {
            let end = self.turns.get(at + 1).map_or(codes, |(next, _)| *next);
            truths.resize(end, said.truth);
        }
        truths
    }
}

/// In which order a run of cells stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// By a number, or the multiple of an upper limit.
    Number,
    /// By a day, or a minute on one clock.
    Day,
    /// By a number, and each on a day of its own.
    Dated,
}

impl Leaf {
    pub(crate) fn new(expression: &Expression, as_of: &AsOf) -> Leaf {
        let probe = Probe::new(Category::Inclusion, expression.clone());
        let of_nothing = probe.leaf(Vec::new(), as_of);
        Leaf { probe: Rc::new(probe), sides: sides(expression).into(), subject: expression.subject(), of_nothing }
    }

    /// What it says of each cell where nothing else is known, by their codes; of the empty one what it says of nothing.
    pub(crate) fn of_column(&self, column: &Column, as_of: &AsOf) -> Sayings {
        let mut sayings = Sayings::default();
        for run in &column.runs {
            match self.order(column, run) {
                Some(order) if run.length > SHORT => self.halve(column, order, run, as_of, &mut sayings),
                Some(_) | None => {
                    for code in run.start..run.start + run.length {
                        let said = if code == 0 { self.of_nothing } else { self.probe.leaf(column.facts(code), as_of) };
                        sayings.push(code, said);
                    }
                }
            }
        }
        sayings
    }

    /// In which order a run stands, where the answer turns only at the bounds.
    ///
    /// INVARIANT: with one bound the truth goes one way along the run, but where days lie ahead.
    fn order(&self, column: &Column, run: &Run) -> Option<Order> {
        let [piece] = column.cells.get(run.start)?.as_slice() else { return None };
        let shape = column.shapes.get(usize::try_from(piece.shape).ok()?)?;
        let atom = self.probe.atom()?;
        let places = holes(shape);
        let own = *atom.subject == column.subject;
        match &atom.expression {
            Expression::Compare(compare) => {
                let concept = atom.concept;
                if concept.is_some_and(|concept| concept.id == "age") {
                    let born = column.subject.cmp_concept("birth-date").is_eq();
                    return (born && dated(shape, &places)).then_some(Order::Day);
                }
                let plain = own
                    && atom.medicines.is_none()
                    && !concept.is_some_and(crate::model::concept::Concept::is_counted)
                    && !matches!(compare.subject, Subject::Ratio(_))
                    && measured(shape);
                if !plain || !run.short {
                    return None;
                }
                let is_dated = matches!(places.last(), Some((Hole::On(None), _)));
                let (numbers, order) =
                    if is_dated { (places.len() - 1, Order::Dated) } else { (places.len(), Order::Number) };
                if has_multiple(shape) {
                    let multiples = |unit: &Option<BoundUnit>| !matches!(unit, Some(BoundUnit::TimesUpperLimit));
                    let bounds = [compare.low.is_some(), compare.high.is_some()].into_iter().zip(&atom.units);
                    let others = bounds.filter(|(there, unit)| *there && multiples(unit)).count();
                    return (numbers == 2 && others == 0).then_some(order);
                }
                (numbers == 1).then_some(order)
            }
            Expression::Elapsed(_) => (own && dated(shape, &places)).then_some(Order::Day),
            Expression::IsOneOf(_)
            | Expression::Present(_)
            | Expression::Change(_)
            | Expression::Judgement(_)
            | Expression::Unread(_)
            | Expression::AllOf(_)
            | Expression::AnyOf(_)
            | Expression::Not(_)
            | Expression::AtLeast(_)
            | Expression::When(_) => None,
        }
    }

    /// Finds where the answer turns in a run.
    fn halve(&self, column: &Column, order: Order, run: &Run, as_of: &AsOf, sayings: &mut Sayings) {
        let codes: Vec<usize> = (run.start..run.start + run.length).collect();
        match order {
            Order::Number => {
                self.stretch(column, &codes, &[], as_of).into_iter().for_each(|(code, said)| sayings.push(code, said));
            }
            Order::Day => {
                let ahead = |at: usize| {
                    let facts = codes.get(at).map_or_else(Vec::new, |code| column.facts(*code));
                    Truth::from(facts.iter().any(|fact| is_ahead(fact, as_of)))
                };
                let mut ends = Vec::new();
                turns(0, codes.len(), &ahead, &mut ends);
                self.stretch(column, &codes, &ends, as_of)
                    .into_iter()
                    .for_each(|(code, said)| sayings.push(code, said));
            }
            Order::Dated => {
                // INVARIANT: on all days between two edges of the window a number is as good
                let edges = self.probe.edges(as_of);
                let mut stretches: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
                for code in codes {
                    let day = column.day(code).unwrap_or(0);
                    let stretch = match &edges {
                        Some(edges) => edges.partition_point(|edge| edge.number() <= day),
                        // each by itself
                        None => code,
                    };
                    stretches.entry(stretch).or_default().push(code);
                }
                let mut all: Vec<(usize, Said)> = Vec::with_capacity(run.length);
                for codes in stretches.values() {
                    let turns = self.stretch(column, codes, &[], as_of);
                    let mut said = turns.iter().copied().peekable();
                    let mut now = None;
                    for code in codes {
                        now = said.next_if(|(turn, _)| turn == code).map(|(_, said)| said).or(now);
                        all.extend(now.map(|now| (*code, now)));
                    }
                }
                all.sort_unstable_by_key(|(code, _)| *code);
                all.into_iter().for_each(|(code, said)| sayings.push(code, said));
            }
        }
    }

    /// What is said of codes along which the truth with one bound goes one way between each two ends, from each code on at
    /// which it turns.
    fn stretch(&self, column: &Column, codes: &[usize], ends: &[usize], as_of: &AsOf) -> Vec<(usize, Said)> {
        let facts = |at: usize| codes.get(at).map_or_else(Vec::new, |code| column.facts(*code));
        let mut ends = [&[0, codes.len()], ends].concat();
        ends.sort_unstable();
        let mut cuts = ends.clone();
        let whole = self.sides.is_empty().then_some(&*self.probe);
        for side in self.sides.iter().chain(whole) {
            for pair in ends.windows(2) {
                if let [from, to] = pair {
                    turns(*from, *to, &|at| side.leaf(facts(at), as_of).truth, &mut cuts);
                }
            }
        }
        cuts.sort_unstable();
        cuts.dedup();
        let at = |cut: usize| Some((*codes.get(cut)?, self.probe.leaf(facts(cut), as_of)));
        cuts.into_iter().filter_map(at).collect()
    }
}

/// A leaf with one of its two bounds, and with the other; nothing where it has only one.
fn sides(expression: &Expression) -> Vec<Probe> {
    let probe = |expression| Probe::new(Category::Inclusion, expression);
    match expression {
        Expression::Compare(compare) if compare.low.is_some() && compare.high.is_some() => vec![
            probe(Expression::Compare(Compare { high: None, ..compare.clone() })),
            probe(Expression::Compare(Compare { low: None, ..compare.clone() })),
        ],
        Expression::Elapsed(elapsed) if elapsed.low.is_some() && elapsed.high.is_some() => vec![
            probe(Expression::Elapsed(Elapsed { high: None, ..elapsed.clone() })),
            probe(Expression::Elapsed(Elapsed { low: None, ..elapsed.clone() })),
        ],
        Expression::Compare(_)
        | Expression::Elapsed(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_)
        | Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_) => Vec::new(),
    }
}

/// The longest run whose cells are all looked at.
const SHORT: usize = 24;

/// Its value is a day or a minute, and nothing else of it differs.
fn dated(shape: &Fact, places: &[(Hole, crate::batch::cell::Part)]) -> bool {
    matches!(shape.value, FactValue::Date(_)) && matches!(places, [(Hole::Value(_), _)])
}

/// Its value is one number as it was measured.
fn measured(shape: &Fact) -> bool {
    match &shape.value {
        FactValue::Quantity(quantity) => {
            quantity.value.is_some()
                && quantity.comparator.is_none()
                && quantity.low.is_none()
                && quantity.high.is_none()
        }
        FactValue::Code(_)
        | FactValue::Date(_)
        | FactValue::Present(_)
        | FactValue::Refuted(_)
        | FactValue::Absent(_)
        | FactValue::Complete => false,
    }
}

/// Adds the places at which a truth that goes one way from one end of a stretch to the other turns.
fn turns(from: usize, to: usize, at: &dyn Fn(usize) -> Truth, cuts: &mut Vec<usize>) {
    let Some(last) = to.checked_sub(1).filter(|last| *last > from) else { return };
    let mut open = vec![(from, at(from), last, at(last))];
    while let Some((low, of_low, high, of_high)) = open.pop() {
        if of_low == of_high {
            continue;
        }
        let middle = low + (high - low) / 2;
        if middle == low {
            cuts.push(high);
            continue;
        }
        let of_middle = at(middle);
        open.push((low, of_low, middle, of_middle));
        open.push((middle, of_middle, high, of_high));
    }
}
