//! Measured values: exact, or known only to lie in an interval.

use serde::{Deserialize, Serialize};

use crate::model::decimal::{Decimal, Exact};
use crate::model::refusal::Refusal;
use crate::model::unit::{Dimension, Substance, Unit};
use crate::truth::Truth;

/// How a value was qualified when it was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Comparator {
    /// Less than the value.
    #[serde(rename = "<")]
    Less,
    /// At most the value.
    #[serde(rename = "<=")]
    AtMost,
    /// At least the value.
    #[serde(rename = ">=")]
    AtLeast,
    /// More than the value.
    #[serde(rename = ">")]
    More,
    /// Within 10 % of the value, and at least one unit either way.
    #[serde(rename = "about")]
    About,
}

/// A value with its unit as it was given: one number (`"101"`), a bounded one (`"<"`, `"0.5"`), or a range.
///
/// In JSON: `{"value":"101","unit":"U/L"}`, `{"comparator":"<","value":"0.5","unit":"mg/dL"}`,
/// `{"low":"30","high":"40"}`. A missing unit stays missing: it is never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quantity {
    /// The number, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Decimal>,
    /// How the number is meant; exactly, where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparator: Option<Comparator>,
    /// The lower end of a range, included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Decimal>,
    /// The upper end of a range, included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Decimal>,
    /// The unit as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

impl Quantity {
    /// An exact value.
    pub fn exactly(value: Decimal, unit: Option<&str>) -> Quantity {
        Quantity { value: Some(value), unit: unit.map(str::to_owned), ..Quantity::default() }
    }

    /// It is stated as none at all.
    pub(crate) fn is_nothing(&self) -> bool {
        self.value.is_some_and(|value| value.exact() == Exact::ZERO) && self.comparator.is_none()
    }

    /// All the values it may be, in its own unit; `None` where nothing at all was given.
    pub fn interval(&self) -> Option<Interval> {
        if let Some(value) = self.value {
            let at = |inclusive| Some(End { at: value.exact(), inclusive });
            return Some(match self.comparator {
                None => Interval { low: at(true), high: at(true) },
                Some(Comparator::Less) => Interval { low: None, high: at(false) },
                Some(Comparator::AtMost) => Interval { low: None, high: at(true) },
                Some(Comparator::AtLeast) => Interval { low: at(true), high: None },
                Some(Comparator::More) => Interval { low: at(false), high: None },
                Some(Comparator::About) => return about(value.exact()),
            });
        }
        let end = |value: Option<Decimal>| value.map(|v| End { at: v.exact(), inclusive: true });
        (self.low.is_some() || self.high.is_some()).then(|| Interval { low: end(self.low), high: end(self.high) })
    }
}

fn about(value: Exact) -> Option<Interval> {
    let size = if value < Exact::ZERO { Exact::ZERO.minus(value)? } else { value };
    let slack = size.over(Exact::whole(10))?.max(Exact::ONE);
    let end = |at| End { at, inclusive: true };
    Some(Interval { low: Some(end(value.minus(slack)?)), high: Some(end(value.plus(slack)?)) })
}

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// Where it lies.
    pub at: Exact,
    /// The end itself belongs to the interval.
    pub inclusive: bool,
}

/// All the values that something may be. An absent end is open to infinity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// The lower end.
    pub low: Option<End>,
    /// The upper end.
    pub high: Option<End>,
}

impl Interval {
    /// One value only.
    pub fn point(at: Exact) -> Interval {
        let end = Some(End { at, inclusive: true });
        Interval { low: end, high: end }
    }

    /// The value, where there is only one.
    pub fn single(&self) -> Option<Exact> {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low.at == high.at => Some(low.at),
            _ => None,
        }
    }

    /// Every value multiplied by a positive factor.
    pub fn times(&self, factor: Exact) -> Option<Interval> {
        self.converted(Conversion { factor, offset: Exact::ZERO })
    }

    /// Every value in another unit.
    pub fn converted(&self, conversion: Conversion) -> Option<Interval> {
        let convert = |end: Option<End>| match end {
            None => Some(None),
            Some(end) => Some(Some(End { at: conversion.of(end.at)?, inclusive: end.inclusive })),
        };
        Some(Interval { low: convert(self.low)?, high: convert(self.high)? })
    }

    /// The sums of a value from each.
    pub fn plus(&self, other: &Interval) -> Option<Interval> {
        let add = |a: Option<End>, b: Option<End>| match (a, b) {
            (Some(a), Some(b)) => a.at.plus(b.at).map(|at| Some(End { at, inclusive: a.inclusive && b.inclusive })),
            (None, _) | (_, None) => Some(None),
        };
        Some(Interval { low: add(self.low, other.low)?, high: add(self.high, other.high)? })
    }

    /// Every value with the other sign.
    pub fn negated(&self) -> Interval {
        let turned = |end: Option<End>| end.and_then(|end| Some(End { at: Exact::ZERO.minus(end.at)?, ..end }));
        Interval { low: turned(self.high), high: turned(self.low) }
    }

    /// The smallest interval that holds both.
    pub fn hull(&self, other: &Interval) -> Interval {
        let pick = |a: Option<End>, b: Option<End>, above: bool| {
            let (a, b) = (a?, b?);
            if a.at == b.at {
                return Some(End { at: a.at, inclusive: a.inclusive || b.inclusive });
            }
            Some(if (a.at > b.at) == above { a } else { b })
        };
        Interval { low: pick(self.low, other.low, false), high: pick(self.high, other.high, true) }
    }

    /// No value lies in it.
    pub fn is_empty(&self) -> bool {
        match (self.low, self.high) {
            (Some(low), Some(high)) => low.at > high.at || (low.at == high.at && !(low.inclusive && high.inclusive)),
            _ => false,
        }
    }

    /// Is the value that it stands for in `range`? Unknown where it may or may not be.
    ///
    /// # Example
    ///
    /// ```
    /// use trial_prescreen::{Interval, Quantity, Truth};
    /// let interval = |low: &str, high: &str| {
    ///     Quantity { low: low.parse().ok(), high: high.parse().ok(), ..Quantity::default() }.interval().unwrap()
    /// };
    /// let limit = interval("8", "20");
    /// assert_eq!(interval("10", "12").lies_in(&limit), Truth::True);
    /// assert_eq!(interval("18", "22").lies_in(&limit), Truth::Unknown); // it straddles 20
    /// assert_eq!(interval("21", "22").lies_in(&limit), Truth::False);
    /// ```
    pub fn lies_in(&self, range: &Interval) -> Truth {
        if self.all_above(range.low) && self.all_below(range.high) {
            Truth::True
        } else if self.none_above(range.low) || self.none_below(range.high) {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    fn all_above(&self, bound: Option<End>) -> bool {
        match (bound, self.low) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(bound), Some(low)) => {
                low.at > bound.at || (low.at == bound.at && (bound.inclusive || !low.inclusive))
            }
        }
    }

    fn all_below(&self, bound: Option<End>) -> bool {
        match (bound, self.high) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(bound), Some(high)) => {
                high.at < bound.at || (high.at == bound.at && (bound.inclusive || !high.inclusive))
            }
        }
    }

    fn none_above(&self, bound: Option<End>) -> bool {
        match (bound, self.high) {
            (None, _) | (_, None) => false,
            (Some(bound), Some(high)) => {
                high.at < bound.at || (high.at == bound.at && !(bound.inclusive && high.inclusive))
            }
        }
    }

    fn none_below(&self, bound: Option<End>) -> bool {
        match (bound, self.low) {
            (None, _) | (_, None) => false,
            (Some(bound), Some(low)) => {
                low.at > bound.at || (low.at == bound.at && !(bound.inclusive && low.inclusive))
            }
        }
    }
}

/// How a value in one unit becomes one in another: `factor × value + offset`, exactly.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Concept, Conversion, Decimal, Refusal, Substance, Unit};
/// let unit = |text| Unit::from_text(text).unwrap();
/// let value = |text: &str| text.parse::<Decimal>().unwrap().exact();
///
/// let fahrenheit = Conversion::between(unit("°F"), unit("Cel"), Substance::Unknown).unwrap();
/// assert_eq!(fahrenheit.of(value("100.4")), Some(value("38")));
///
/// let creatinine = Concept::named("creatinine").unwrap().substance;
/// let umol = Conversion::between(unit("mg/dL"), unit("umol/L"), creatinine).unwrap();
/// assert_eq!(umol.factor.rounded(4).unwrap().to_string(), "88.4033");
/// // nobody said of which substance
/// let refused = Conversion::between(unit("mg/dL"), unit("umol/L"), Substance::Unknown);
/// assert_eq!(refused, Err(Refusal::NeedsSubstance));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// What the value is multiplied by; more than nothing.
    pub factor: Exact,
    /// What is added then: zero but for temperatures and HbA1c.
    pub offset: Exact,
}

impl Conversion {
    /// From a unit to itself.
    pub const SAME: Conversion = Conversion { factor: Exact::ONE, offset: Exact::ZERO };

    /// From `unit` to `target`, of a substance where that is needed.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] that says why the two do not convert.
    pub fn between(unit: Unit, target: Unit, of: Substance) -> Result<Conversion, Refusal> {
        let link = link(unit.dimension, target.dimension, of)?;
        let converted = || {
            Some(Conversion {
                factor: link.factor.times(unit.factor)?.over(target.factor)?,
                offset: link.offset.over(target.factor)?,
            })
        };
        converted().ok_or(Refusal::UnknownUnit)
    }

    /// The converted value; `None` where it is too long to be exact.
    pub fn of(self, value: Exact) -> Option<Exact> {
        if self == Conversion::SAME {
            return Some(value);
        }
        value.times(self.factor)?.plus(self.offset)
    }

    /// The way back.
    pub fn inverse(self) -> Option<Conversion> {
        let factor = Exact::ONE.over(self.factor)?;
        Some(Conversion { factor, offset: Exact::ZERO.minus(self.offset.times(factor)?)? })
    }
}

/// What two dimensions need to convert.
#[derive(Clone, Copy)]
enum Way {
    Always,
    MolarMass,
    Valence,
    MassOfACharge,
    /// By definition, but not where the unit is arbitrary.
    Definition,
    Enzyme,
    /// Where U and IU are two ways to write one thing.
    SameUnits,
    Glycated,
}

/// The base unit of the first is so many of the second: numerator and denominator of the factor, and of the offset.
const RELATED: [(Dimension, Dimension, Way, [i64; 4]); 12] = {
    use Dimension as D;
    [
        (D::Number, D::Fraction, Way::Always, [1, 1, 0, 1]),
        (D::Fahrenheit, D::Temperature, Way::Always, [5, 9, -160, 9]),
        (D::Amount, D::Mass, Way::MolarMass, [1, 1, 0, 1]),
        (D::SubstanceConcentration, D::MassConcentration, Way::MolarMass, [1, 1, 0, 1]),
        (D::SubstanceRate, D::DoseRate, Way::MolarMass, [1, 1, 0, 1]),
        (D::MassRatio, D::MassPerSubstance, Way::MolarMass, [1, 1, 0, 1]),
        (D::SubstanceConcentration, D::EquivalentConcentration, Way::Valence, [1, 1, 0, 1]),
        (D::EquivalentConcentration, D::MassConcentration, Way::MassOfACharge, [1, 1, 0, 1]),
        // 1 U is 1 µmol/min
        (D::EnzymeActivity, D::CatalyticConcentration, Way::Definition, [1, 60_000_000, 0, 1]),
        (D::InternationalUnitConcentration, D::CatalyticConcentration, Way::Enzyme, [1, 60_000_000, 0, 1]),
        (D::InternationalUnitConcentration, D::EnzymeActivity, Way::SameUnits, [1, 1, 0, 1]),
        // mmol/mol (IFCC) = 10.929 × (% (NGSP) − 2.15)
        (D::Fraction, D::SubstanceRatio, Way::Glycated, [10_929, 10_000, -2_349_735, 100_000_000]),
    ]
};

/// From the base unit of one dimension to that of another.
fn link(from: Dimension, to: Dimension, of: Substance) -> Result<Conversion, Refusal> {
    if from == to {
        return Ok(Conversion::SAME);
    }
    let row = RELATED.iter().find(|row| (row.0, row.1) == (from, to) || (row.1, row.0) == (from, to));
    let arbitrary = [Dimension::InternationalUnitConcentration, Dimension::CopyConcentration];
    let Some((first, _, way, [factor, of_factor, offset, of_offset])) = row else {
        let arbitrary = of == Substance::Arbitrary || arbitrary.contains(&from) || arbitrary.contains(&to);
        return Err(if arbitrary { Refusal::ArbitraryUnit } else { Refusal::OtherQuantity });
    };
    let (mass, valence) = match of {
        Substance::Molar { mass, valence } => (Some(mass), valence),
        Substance::Unknown | Substance::Enzyme | Substance::Arbitrary | Substance::GlycatedHaemoglobin => (None, None),
    };
    let needed = |holds: bool| holds.then_some(Exact::ONE);
    let size = match way {
        Way::Always => needed(true),
        Way::MolarMass => mass,
        Way::Valence => valence,
        Way::MassOfACharge => mass.zip(valence).and_then(|(mass, valence)| mass.over(valence)),
        Way::Definition => needed(of != Substance::Arbitrary),
        Way::Enzyme => needed(of == Substance::Enzyme),
        Way::SameUnits => needed(matches!(of, Substance::Enzyme | Substance::Arbitrary)),
        Way::Glycated => needed(of == Substance::GlycatedHaemoglobin),
    };
    let there = || {
        let ratio = |numerator: i64, denominator: i64| Exact::ratio(i128::from(numerator), i128::from(denominator));
        let link =
            Conversion { factor: ratio(*factor, *of_factor)?.times(size?)?, offset: ratio(*offset, *of_offset)? };
        if *first == from { Some(link) } else { link.inverse() }
    };
    there().ok_or(if of == Substance::Arbitrary { Refusal::ArbitraryUnit } else { Refusal::NeedsSubstance })
}
