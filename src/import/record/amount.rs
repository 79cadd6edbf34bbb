//! Numbers of other people's records: exact, in a unit that is one, never in a guessed one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::import::typed::{self, Typed};
use crate::model::concept::Concept;
use crate::model::decimal::Decimal;
use crate::model::meant;
use crate::model::quantity::{Comparator, Conversion, Quantity};
use crate::model::unit::{Dimension, Unit};

use super::charts::Doubt;
use super::entry::Amount;

/// A number as JSON or XML write it. What has more digits than a machine's own numbers keep is cut to those.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    const KEPT: usize = 15;
    let text = text.trim();
    let (mantissa, power) = match text.split_once(['e', 'E']) {
        Some((mantissa, power)) => (mantissa, power.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let moved = shifted(mantissa, power)?;
    moved.parse().ok().or_else(|| {
        let mut digits = 0;
        let kept = |c: &char| {
            digits += usize::from(c.is_ascii_digit());
            digits <= KEPT
        };
        let (whole, _) = moved.split_once('.')?;
        (whole.len() <= KEPT).then(|| moved.chars().take_while(kept).collect::<String>())?.parse().ok()
    })
}

/// The same number with its point moved.
fn shifted(mantissa: &str, power: i32) -> Option<Cow<'_, str>> {
    const FURTHEST: i32 = 18;
    if power == 0 {
        return Some(Cow::Borrowed(mantissa));
    }
    if !(-FURTHEST..=FURTHEST).contains(&power) {
        return None;
    }
    let (sign, digits) = mantissa.strip_prefix('-').map_or(("", mantissa), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = [whole, fraction].concat();
    let point = i32::try_from(whole.len()).ok()?.checked_add(power)?;
    let moved = match usize::try_from(point) {
        Ok(point) if point > 0 && point < all.len() => {
            let (whole, fraction) = all.split_at_checked(point)?;
            format!("{whole}.{fraction}")
        }
        Ok(point) if point > 0 => format!("{all}{}", "0".repeat(point - all.len())),
        Ok(_) | Err(_) => format!("0.{}{all}", "0".repeat(usize::try_from(point.unsigned_abs()).ok()?)),
    };
    Some(Cow::Owned([sign, &moved].concat()))
}

/// A number in words: `< 5 mg/dL`, `7.2`.
pub(super) fn in_words(text: &str) -> Option<Amount<'static>> {
    match typed::number(text) {
        Typed::Number { value, comparator, unit } => {
            Some(Amount { comparator, unit: unit.map(Cow::Owned), ..Amount::plain(value) })
        }
        Typed::Nothing | Typed::Ambiguous | Typed::NotANumber => None,
    }
}

/// Units as they were met, each looked up once for a concept.
#[derive(Default)]
pub(super) struct Units {
    /// By where the concept's row stands.
    met: BTreeMap<usize, Vec<(String, Option<Conversion>)>>,
}

impl Units {
    /// How a number in a unit becomes one in the concept's own; nothing where it does not.
    fn of(&mut self, concept: &'static Concept, unit: &str) -> Option<Conversion> {
        /// Spellings of one concept's units that are kept.
        const MOST: usize = 40;
        let own = concept.unit?;
        if unit == concept.unit_text {
            return Some(Conversion::SAME);
        }
        let met = self.met.entry(std::ptr::from_ref(concept).addr()).or_default();
        if let Some((_, known)) = met.iter().find(|(text, _)| text == unit) {
            return *known;
        }
        let found = Unit::from_text(unit).and_then(|unit| Conversion::between(unit, own, concept.substance).ok());
        if met.len() < MOST {
            met.push((unit.to_owned(), found));
        }
        found
    }
}

/// A unit that says nothing: `{score}`, `1`, the name of a form.
fn is_plain(unit: &str) -> bool {
    Unit::from_text(unit).is_some_and(|unit| unit.dimension == Dimension::Number)
}

/// The quantity with the first of its two units that is one for the concept, and what is doubtful about it.
///
/// A result of a kind that is counted in no unit keeps none; every other one without a unit stays without.
pub(super) fn measured(
    concept: &'static Concept,
    amount: &Amount<'_>,
    other_unit: Option<&str>,
    units: &mut Units,
) -> (Quantity, Vec<Doubt>) {
    let both = [amount.unit.as_deref(), other_unit];
    let said = || both.into_iter().flatten().filter(|unit| !unit.trim().is_empty());
    let counted = concept.unit.is_none_or(|unit| unit.dimension == Dimension::Number);
    let mut doubts = Vec::new();
    let fitting = said().find_map(|unit| Some((unit, units.of(concept, unit)?)));
    let unit = match fitting {
        Some((unit, _)) => Some(unit),
        None if counted && said().all(is_plain) => Some(concept.unit_text).filter(|unit| !unit.is_empty()),
        None => {
            doubts.push(if said().next().is_some() { Doubt::UnitUnfit } else { Doubt::NoUnit });
            said().next()
        }
    };
    if let (Some(value), true) = (amount.value, doubts.is_empty()) {
        let own = fitting.map_or(Conversion::SAME, |(_, conversion)| conversion).of(value.exact());
        let implausible = own.is_some_and(|own| meant::plausible_as(concept, own) == Some(false));
        doubts.extend(implausible.then_some(Doubt::Implausible));
    }
    (amount.in_unit(unit), doubts)
}

/// The ends of a normal range in words: `<130`, `0 - 40`, `10–40 U/L`; nothing where it is anything else.
pub(super) fn range(text: &str) -> (Option<Amount<'static>>, Option<Amount<'static>>) {
    let plain = |amount: Amount<'static>| Amount { comparator: None, ..amount };
    let bare = |text: &str| in_words(text).filter(|amount| amount.comparator.is_none());
    let halves = text.split_once(['-', '–', '~', '～']);
    if let Some((Some(low), Some(high))) = halves.map(|(low, high)| (bare(low), bare(high)))
        && low.unit.is_none()
    {
        return if low.value <= high.value {
            (Some(Amount { unit: high.unit.clone(), ..low }), Some(high))
        } else {
            (None, None)
        };
    }
    if let Some(one) = in_words(text) {
        return match one.comparator {
            Some(Comparator::Less | Comparator::AtMost) => (None, Some(plain(one))),
            Some(Comparator::More | Comparator::AtLeast) => (Some(plain(one)), None),
            Some(Comparator::About) | None => (None, None),
        };
    }
    (None, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_machines_are_read_to_their_last_digit() {
        for (text, read) in [
            ("7.5", "7.5"),
            ("1.2e2", "120"),
            ("12e-1", "1.2"),
            ("5E-3", "0.005"),
            ("-3", "-3"),
            ("108.987138888888891234", "108.987138888888"),
        ] {
            assert_eq!(decimal(text).map(|d| d.to_string()).as_deref(), Some(read), "{text}");
        }
        assert_eq!(decimal("abc"), None);
    }

    #[test]
    fn a_range_in_words_is_read_or_left() {
        assert!(matches!(range("<130"), (None, Some(high)) if high.value == "130".parse().ok()));
        assert!(matches!(range("10 - 40 U/L"), (Some(low), Some(_)) if low.unit.as_deref() == Some("U/L")));
        assert_eq!(range("negative"), (None, None));
        assert_eq!(range("40"), (None, None));
    }
}
