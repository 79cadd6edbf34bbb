//! What a number may have meant that has no unit, or lies where hardly anybody's value does.

use super::concept::Concept;
use super::decimal::{Decimal, Exact};
use super::quantity::Conversion;
use super::unit::Unit;

/// Units that results are written in, to look for the one that was meant.
const WRITTEN: [&str; 15] = [
    "g/L", "g/dL", "mg/L", "mg/dL", "ug/L", "ng/mL", "pg/mL", "mmol/L", "umol/L", "nmol/L", "U/L", "10*9/L", "/uL",
    "%", "mm",
];
/// More of them would be guessing.
const MOST: usize = 2;

/// Whether people have such values of a concept; `None` where that cannot be told.
pub(crate) fn plausible(concept: &Concept, value: Exact, unit: &str) -> Option<bool> {
    let conversion = if unit.is_empty() || unit == concept.unit_text {
        Conversion::SAME
    } else {
        Conversion::between(Unit::from_text(unit)?, concept.unit?, concept.substance).ok()?
    };
    plausible_as(concept, conversion.of(value)?)
}

/// The same of a value in the concept's own unit.
pub(crate) fn plausible_as(concept: &Concept, value: Exact) -> Option<bool> {
    let (low, high) = concept.plausible?;
    Some(low.exact() <= value && value <= high.exact())
}

/// The units, other than the one it has, in which a number would be such a value; those `offered` first.
pub(crate) fn units<'u>(concept: &'u Concept, value: Decimal, unit: &str, offered: &'u [String]) -> Vec<&'u str> {
    let mut meant: Vec<&str> = Vec::new();
    for other in offered.iter().map(String::as_str).chain([concept.unit_text]).chain(WRITTEN) {
        if other != unit && !meant.contains(&other) && plausible(concept, value.exact(), other) == Some(true) {
            meant.push(other);
        }
    }
    meant.truncate(MOST);
    meant
}

/// The numbers with the decimal point one place further that would be such a value.
pub(crate) fn moved(concept: &Concept, value: Decimal, unit: &str) -> Vec<Decimal> {
    let moved = [(1, 10), (10, 1)].into_iter().filter_map(|(numerator, denominator)| {
        Exact::ratio(numerator, denominator).and_then(|factor| value.exact().times(factor))
    });
    moved.filter(|moved| plausible(concept, *moved, unit) == Some(true)).filter_map(|moved| moved.rounded(6)).collect()
}
