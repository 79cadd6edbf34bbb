//! All that a table says of one person and one subject: facts whose numbers and days stand apart from the rest of them.

use std::cmp::Ordering;

use smallvec::SmallVec;

use crate::model::date::{Date, Day, Instant, Period, When};
use crate::model::decimal::Decimal;
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
    let limit = |limit: &Option<crate::model::quantity::Quantity>| Some(Part::of(limit.as_ref()?.value?));
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

/// How a cell stands among others: by its shape; with an upper limit by the multiple of it; by its numbers and days.
pub(crate) fn order(shapes: &[Fact], a: &Cell, b: &Cell) -> Ordering {
    if let ([one], [other]) = (a.as_slice(), b.as_slice())
        && one.shape == other.shape
        && let Some(fact) = shapes.get(usize::try_from(one.shape).unwrap_or(usize::MAX))
        && has_multiple(fact)
        && let ([value, limit, ..], [other_value, other_limit, ..]) = (one.parts.as_slice(), other.parts.as_slice())
    {
        return multiple((*value, *limit), (*other_value, *other_limit)).then_with(|| a.cmp(b));
    }
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
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
        (true, true) => (value.scaled(9) * other_limit.scaled(9)).cmp(&(other.scaled(9) * limit.scaled(9))),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => Ordering::Equal,
    }
}
