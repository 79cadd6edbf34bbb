//! All that a table says of one person and one subject: facts whose numbers and days stand apart from the rest of them.

use std::cmp::Ordering;

use smallvec::SmallVec;

use crate::model::date::{Date, Day, Instant, Period, When};
use crate::model::decimal::Decimal;
use crate::model::quantity::Quantity;
use crate::model::record::{Fact, FactValue, Subject};

/// A number or a day, as a whole number and the places after its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) digits: i64,
    pub(crate) scale: u8,
}

impl Part {
    const NONE: Part = Part { digits: 0, scale: 0 };
    /// The longest number that is read.
    const MOST: i64 = 1_000_000_000_000_000_000;

    fn of(number: Decimal) -> Part {
        Part { digits: number.digits(), scale: number.places() }
    }

    fn decimal(self) -> Decimal {
        Decimal::new(self.digits, self.scale)
    }

    pub(crate) fn is_a_number(self) -> bool {
        self.digits.unsigned_abs() < Part::MOST.unsigned_abs() && self.scale <= 18
    }

    fn scaled(self, scale: u8) -> i128 {
        i128::from(self.digits) * 10_i128.pow(u32::from(scale.saturating_sub(self.scale)))
    }

    /// By value.
    fn compared(self, other: Part) -> Ordering {
        if self.scale == other.scale {
            return self.digits.cmp(&other.digits);
        }
        let scale = self.scale.max(other.scale);
        self.scaled(scale).cmp(&other.scaled(scale))
    }
}

/// By value, and of those that are equal by how they are written.
impl Ord for Part {
    fn cmp(&self, other: &Part) -> Ordering {
        self.compared(*other).then(self.scale.cmp(&other.scale))
    }
}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Part) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A place of a fact that holds a number or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hole {
    /// The number of its quantity.
    Number,
    /// The upper limit of normal.
    Upper,
    /// The lower limit of normal.
    Lower,
    /// The day, or the minute on a clock with this offset, that is its value.
    Value(Option<i16>),
    /// The same of when it was.
    On(Option<i16>),
    /// The same of when it began.
    From(Option<i16>),
}

fn hole_of(date: Date, hole: fn(Option<i16>) -> Hole) -> Option<(Hole, Part)> {
    match date {
        Date::Day(day) => Some((hole(None), Part { digits: day.number(), scale: 0 })),
        Date::Instant(at) => Some((hole(Some(at.offset())), Part { digits: at.minute(), scale: 0 })),
        Date::Year(_) | Date::Month(..) => None,
    }
}

fn date(offset: Option<i16>, part: Part) -> Date {
    match offset {
        None => Date::Day(Day::of_number(part.digits)),
        Some(offset) => Date::Instant(Instant::new(part.digits, offset)),
    }
}

/// The numbers and days of a fact with their places, in the order in which they are kept.
pub(crate) fn holes(fact: &Fact) -> SmallVec<[(Hole, Part); 2]> {
    let mut holes = SmallVec::new();
    match &fact.value {
        FactValue::Quantity(quantity) => holes.extend(quantity.value.map(|value| (Hole::Number, Part::of(value)))),
        FactValue::Date(When::On(date)) => holes.extend(hole_of(*date, Hole::Value)),
        FactValue::Date(When::Between(_))
        | FactValue::Code(_)
        | FactValue::Present(_)
        | FactValue::Refuted(_)
        | FactValue::Absent(_)
        | FactValue::Complete => {}
    }
    let limit = |limit: &Option<Quantity>| Some(Part::of(limit.as_ref()?.value?));
    holes.extend(limit(&fact.upper_limit).map(|part| (Hole::Upper, part)));
    holes.extend(limit(&fact.lower_limit).map(|part| (Hole::Lower, part)));
    if let Some(When::On(on)) = fact.on {
        holes.extend(hole_of(on, Hole::On));
    }
    if let Some(Period { from: Some(from), .. }) = fact.during {
        holes.extend(hole_of(from, Hole::From));
    }
    holes
}

/// Puts a number or a day into its place.
pub(crate) fn fill(fact: &mut Fact, hole: Hole, part: Part) {
    match hole {
        Hole::Number => {
            if let FactValue::Quantity(quantity) = &mut fact.value {
                quantity.value = Some(part.decimal());
            }
        }
        Hole::Upper => fact.upper_limit.iter_mut().for_each(|limit| limit.value = Some(part.decimal())),
        Hole::Lower => fact.lower_limit.iter_mut().for_each(|limit| limit.value = Some(part.decimal())),
        Hole::Value(offset) => fact.value = FactValue::Date(When::On(date(offset, part))),
        Hole::On(offset) => fact.on = Some(When::On(date(offset, part))),
        Hole::From(offset) => {
            fact.during.iter_mut().for_each(|during| during.from = Some(date(offset, part)));
        }
    }
}

/// What a fact is like but for its numbers, its days, its name and its note.
pub(crate) fn shape(fact: &Fact) -> Fact {
    let mut shape = Fact { id: "".into(), note: String::new(), ..fact.clone() };
    for (hole, _) in holes(fact) {
        fill(&mut shape, hole, Part::NONE);
    }
    shape
}

/// A fact is of this shape: they are alike but for their numbers, their days, their names and their notes.
pub(crate) fn is_of(fact: &Fact, shape: &Fact) -> bool {
    // a day or a minute stands for every other on the same clock
    let date = |one: Date, other: Date| match (one, other) {
        (Date::Day(_), Date::Day(_)) => true,
        (Date::Instant(one), Date::Instant(other)) => one.offset() == other.offset(),
        (Date::Year(_) | Date::Month(..) | Date::Day(_) | Date::Instant(_), other) => one == other,
    };
    let when = |one: &When, other: &When| match (one, other) {
        (When::On(one), When::On(other)) => date(*one, *other),
        (When::On(_) | When::Between(_), other) => one == other,
    };
    let number = |one: &Quantity, other: &Quantity| {
        one.value.is_some() == other.value.is_some()
            && (one.comparator, one.low, one.high) == (other.comparator, other.low, other.high)
            && one.unit == other.unit
    };
    let value = match (&fact.value, &shape.value) {
        (FactValue::Quantity(one), FactValue::Quantity(other)) => number(one, other),
        (FactValue::Date(one), FactValue::Date(other)) => when(one, other),
        (
            FactValue::Quantity(_)
            | FactValue::Date(_)
            | FactValue::Code(_)
            | FactValue::Present(_)
            | FactValue::Refuted(_)
            | FactValue::Absent(_)
            | FactValue::Complete,
            other,
        ) => fact.value == *other,
    };
    let during = |one: &Period, other: &Period| {
        let from = both(one.from.as_ref(), other.from.as_ref(), |one, other| date(*one, *other));
        from && one.to == other.to
    };
    value
        && both(fact.on.as_ref(), shape.on.as_ref(), when)
        && both(fact.during.as_ref(), shape.during.as_ref(), during)
        && both(fact.upper_limit.as_ref(), shape.upper_limit.as_ref(), number)
        && both(fact.lower_limit.as_ref(), shape.lower_limit.as_ref(), number)
        && (fact.route, fact.half_life, fact.source) == (shape.route, shape.half_life, shape.source)
        && fact.within == shape.within
        && fact.subject == shape.subject
}

/// Neither is there, or both are and they are alike.
fn both<T>(one: Option<&T>, other: Option<&T>, alike: impl Fn(&T, &T) -> bool) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => alike(one, other),
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// One fact of a cell: its shape among those of the column, and what stands in its holes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Piece {
    pub(crate) shape: u32,
    pub(crate) parts: SmallVec<[Part; 2]>,
}

/// All facts about one subject, in the order of their names.
pub(crate) type Cell = SmallVec<[Piece; 1]>;

/// The facts of a cell, named for their subject: `alt`, and of several `alt#00001` after it.
pub(crate) fn facts(subject: &Subject, shapes: &[Fact], cell: &Cell) -> Vec<Fact> {
    let key = subject.key();
    let name = |at: usize| if at == 0 { key.clone() } else { format!("{key}#{at:05}") };
    let fact = |(at, piece): (usize, &Piece)| {
        let mut fact = Fact { id: name(at).into(), ..shapes.get(usize::try_from(piece.shape).ok()?)?.clone() };
        let places: SmallVec<[Hole; 4]> = holes(&fact).into_iter().map(|(hole, _)| hole).collect();
        places.into_iter().zip(&piece.parts).for_each(|(hole, part)| fill(&mut fact, hole, *part));
        Some(fact)
    };
    cell.iter().enumerate().filter_map(fact).collect()
}

/// How cells stand among each other: by their shapes; with an upper limit by the multiple of it; by their numbers and days.
pub(crate) struct Order {
    /// Of which shapes a fact has a multiple.
    multiples: Vec<bool>,
}

impl Order {
    pub(crate) fn of(shapes: &[Fact]) -> Order {
        Order { multiples: shapes.iter().map(has_multiple).collect() }
    }

    pub(crate) fn compare(&self, a: &Cell, b: &Cell) -> Ordering {
        let ([one], [other]) = (a.as_slice(), b.as_slice()) else {
            return a.len().cmp(&b.len()).then_with(|| a.cmp(b));
        };
        let by_shape = one.shape.cmp(&other.shape);
        if by_shape.is_ne() {
            return by_shape;
        }
        let has_multiple = usize::try_from(one.shape).ok().and_then(|shape| self.multiples.get(shape));
        match (has_multiple, one.parts.as_slice(), other.parts.as_slice()) {
            (Some(true), [value, limit, ..], [other_value, other_limit, ..]) => {
                multiple((*value, *limit), (*other_value, *other_limit)).then_with(|| one.parts.cmp(&other.parts))
            }
            (_, [value], [other]) => value.cmp(other),
            (_, parts, others) => parts.cmp(others),
        }
    }
}

/// Its first two parts are a number and its upper limit.
pub(crate) fn has_multiple(fact: &Fact) -> bool {
    matches!(holes(fact).as_slice(), [(Hole::Number, _), (Hole::Upper, _), ..])
}

/// Which of two numbers is the greater multiple of its limit; those without a multiple, or too long for one, come last.
///
/// INVARIANT: a total order, and no product is longer than 36 digits.
fn multiple((value, limit): (Part, Part), (other, other_limit): (Part, Part)) -> Ordering {
    const SHORT: u64 = 1_000_000_000;
    let short = |part: Part| part.digits.unsigned_abs() < SHORT && part.scale <= 9;
    let has = |value: Part, limit: Part| short(value) && short(limit) && limit.digits > 0;
    match (has(value, limit), has(other, other_limit)) {
        (true, true) if value.scale == other.scale && limit.scale == other_limit.scale => {
            (value.digits * other_limit.digits).cmp(&(other.digits * limit.digits))
        }
        (true, true) => (value.scaled(9) * other_limit.scaled(9)).cmp(&(other.scaled(9) * limit.scaled(9))),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => Ordering::Equal,
    }
}

/// Its numbers are so short that no conversion of them is too long.
pub(crate) fn is_short(cell: &Cell) -> bool {
    const LONG: u64 = 1_000_000_000;
    let short = |digits: i64| digits.unsigned_abs() < LONG;
    let limit = |at: usize, digits: i64| at == 0 || digits > 0;
    cell.iter().all(|piece| {
        let parts = piece.parts.iter().enumerate();
        parts.into_iter().all(|(at, part)| short(part.digits) && part.scale <= 9 && limit(at, part.digits))
    })
}
