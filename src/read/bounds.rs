//! Ends of ranges: their signs, numbers and units, and whether a concept can have them.

use crate::model::concept::{Concept, Kind};
use crate::model::decimal::{Decimal, Exact};
use crate::model::expression::{Bound, Compare, Expression, Select};
use crate::model::quantity::Conversion;
use crate::model::record::Subject;
use crate::model::unit::{BoundUnit, Dimension, Unit};
use crate::model::window::Window;

use super::doubt::Doubt;
use super::token::{Sign, Token};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    And,
    Or,
    Comma,
    /// A word that means the one as often as the other: 和.
    Both,
    /// "And" and "or" side by side.
    Mixed,
}
/// One end of a range.
#[derive(Clone, Debug)]
pub(super) struct End {
    pub(super) sign: Sign,
    pub(super) value: Decimal,
    pub(super) unit: Option<String>,
}

impl End {
    fn bound(&self) -> Bound {
        let inclusive = matches!(self.sign, Sign::AtLeast | Sign::AtMost);
        Bound { value: self.value, unit: self.unit.clone(), inclusive }
    }

    pub(super) fn is_low(&self) -> bool {
        matches!(self.sign, Sign::More | Sign::AtLeast)
    }
}

/// The bounds that a row of tokens begins with.
pub(super) fn ends(tokens: &[Token], at: &mut usize) -> Option<Vec<End>> {
    let mut ends = Vec::new();
    loop {
        let start = *at;
        let sign = if let Some(Token::Sign(sign)) = tokens.get(*at) { Some(*sign) } else { None };
        *at += usize::from(sign.is_some());
        let Some(Token::Number(value)) = tokens.get(*at) else {
            *at = start;
            return Some(ends);
        };
        *at += 1;
        let unit = if let Some(Token::Unit(unit)) = tokens.get(*at) { Some(unit.clone()) } else { None };
        *at += usize::from(unit.is_some());
        match (sign, tokens.get(*at)) {
            (None, Some(Token::After(sign))) => {
                *at += 1;
                ends.push(End { sign: *sign, value: *value, unit });
            }
            (None | Some(Sign::AtLeast | Sign::More), Some(Token::To)) => {
                *at += 1;
                let high = if let Some(Token::Sign(sign)) = tokens.get(*at) { Some(*sign) } else { None };
                *at += usize::from(high.is_some());
                let Some(Token::Number(upper)) = tokens.get(*at) else { return None };
                *at += 1;
                let last = if let Some(Token::Unit(unit)) = tokens.get(*at) { Some(unit.clone()) } else { None };
                *at += usize::from(last.is_some());
                let high = high.unwrap_or(Sign::AtMost);
                if matches!(high, Sign::More | Sign::AtLeast) || value >= upper {
                    return None;
                }
                ends.push(End { sign: sign.unwrap_or(Sign::AtLeast), value: *value, unit });
                ends.push(End { sign: high, value: *upper, unit: last });
            }
            (Some(sign), _) => ends.push(End { sign, value: *value, unit }),
            (None, _) => return None,
        }
    }
}

/// A unit said once counts for both ends.
pub(super) fn fill(ends: &mut [End]) {
    let mut units = ends.iter().filter_map(|end| end.unit.clone());
    if let (Some(unit), None) = (units.next(), units.next()) {
        ends.iter_mut().for_each(|end| end.unit = Some(unit.clone()));
    }
}

/// The latest value of a subject, between bounds.
pub(super) fn latest(subject: Subject, low: Option<&End>, high: Option<&End>, window: Option<Window>) -> Expression {
    let (low, high) = (low.map(End::bound), high.map(End::bound));
    Expression::Compare(Compare { subject, low, high, window, select: Select::Latest, routes: Vec::new() })
}

/// One bound, a range, or what lies outside of one.
pub(super) fn ranged(subject: &Subject, ends: &[End], join: Join, excludes: bool) -> Option<Expression> {
    let compare = |low: Option<&End>, high: Option<&End>| latest(subject.clone(), low, high, None);
    let one = |end: &End| if end.is_low() { compare(Some(end), None) } else { compare(None, Some(end)) };
    match ends {
        [end] => Some(one(end)),
        [first, second] => {
            let (first, second) = (&in_days(first, second), &in_days(second, first));
            let (low, high) = if first.is_low() { (first, second) } else { (second, first) };
            if !low.is_low() || high.is_low() {
                return None;
            }
            let calendar = |end: &End| end.unit.as_deref().and_then(about_days);
            if calendar(low).zip(calendar(high)).is_some_and(|(low, high)| low != high) {
                let apart = below((low.value, low.unit.as_deref()), (high.value, high.unit.as_deref()));
                let both = vec![one(first), one(second)];
                return match (apart, join) {
                    (true, Join::Comma | Join::And | Join::Both) => Some(Expression::AllOf(both)),
                    (false, Join::Or) => Some(Expression::AnyOf(both)),
                    (true, Join::Or | Join::Mixed) | (false, Join::Comma | Join::And | Join::Both | Join::Mixed) => {
                        None
                    }
                };
            }
            // "≤ 3 a week or > 2 a day"
            if !alike(low.unit.as_deref(), high.unit.as_deref()) {
                return match join {
                    Join::Or if over(low).is_some() && over(high).is_some() => {
                        Some(Expression::AnyOf(vec![one(first), one(second)]))
                    }
                    Join::And | Join::Or | Join::Comma | Join::Both | Join::Mixed => None,
                };
            }
            match (low.value < high.value, join) {
                (true, Join::Comma | Join::And | Join::Both) => {
                    Some(compare(Some(low), Some(&End { unit: low.unit.clone(), ..high.clone() })))
                }
                (false, Join::Or) => Some(Expression::AnyOf(vec![one(first), one(second)])),
                // "Under 18 and over 75" excludes both: nobody is both at once.
                // Nobody is both at once: 和 stands for "or".
                (false, Join::Both) => Some(Expression::AnyOf(vec![one(first), one(second)])),
                (false, Join::And | Join::Comma) if excludes => Some(Expression::AnyOf(vec![one(first), one(second)])),
                (true, Join::Or | Join::Mixed) | (false, Join::And | Join::Comma | Join::Mixed) => None,
            }
        }
        _ => None,
    }
}

/// The time over which an end counts: of `/d`.
fn over(end: &End) -> Option<&str> {
    let (_, over) = end.unit.as_deref()?.rsplit_once('/')?;
    matches!(over, "d" | "wk" | "mo" | "y").then_some(over)
}

/// One unit, in whatever spellings: `mmHg` and `mm Hg`.
fn alike(one: Option<&str>, other: Option<&str>) -> bool {
    let read = |text: &str| BoundUnit::from_text(text);
    one == other || one.zip(other).is_some_and(|(one, other)| read(one).is_some() && read(one) == read(other))
}

/// How many days a unit of the calendar has, or thereabouts.
pub(super) fn about_days(unit: &str) -> Option<i64> {
    match unit {
        "d" => Some(1),
        "wk" => Some(7),
        "mo" => Some(30),
        "y" => Some(365),
        _ => None,
    }
}

/// The one is less than the other, in units of time of their own: "6 months to 5 years".
pub(super) fn below((low, one): (Decimal, Option<&str>), (high, other): (Decimal, Option<&str>)) -> bool {
    match (one.and_then(about_days), other.and_then(about_days)) {
        (Some(one), Some(other)) if one != other => {
            let days = |value: Decimal, unit: i64| value.exact().times(Exact::whole(unit));
            days(low, one).zip(days(high, other)).is_some_and(|(low, high)| low < high)
        }
        _ => low < high,
    }
}

/// No value is over the one and under the other; of ends in units that cannot be told apart nothing is said.
pub(super) fn apart(low: &Bound, high: &Bound) -> bool {
    let time = |bound: &Bound| bound.unit.as_deref().and_then(about_days).is_some();
    let same = low.unit == high.unit;
    let meet = same && low.value == high.value && low.inclusive && high.inclusive;
    let under = below((low.value, low.unit.as_deref()), (high.value, high.unit.as_deref()));
    (same || time(low) && time(high)) && !meet && !under
}

/// Weeks beside an end in days are days.
fn in_days(end: &End, other: &End) -> End {
    let unit = |end: &End, unit: &str| end.unit.as_deref() == Some(unit);
    let days = end.value.whole().and_then(|weeks| weeks.checked_mul(7)).filter(|_| unit(end, "wk") && unit(other, "d"));
    match days {
        Some(days) => End { value: Decimal::new(days, 0), unit: Some("d".to_owned()), ..end.clone() },
        None => end.clone(),
    }
}

/// Amounts that hang on what is counted: never read from a number alone.
pub(super) const DEFINED: [&str; 3] = ["systemic-corticosteroid", "opioid-dose", "alcohol-intake"];

/// Quantities that are counted or defined in one unit: a number alone that people have in it can be in no other.
const DEFINED_IN: [(&str, &str); 5] =
    [("bmi", "kg/m2"), ("heart-rate", "/min"), ("respiratory-rate", "/min"), ("spo2", "%"), ("lvef", "%")];

/// The bound is one that the concept can have.
pub(super) fn fits(concept: &'static Concept, end: &mut End) -> Result<(), Option<Doubt>> {
    let own = match (concept.kind, concept.unit) {
        (Kind::Quantity, Some(own)) if !DEFINED.contains(&concept.id) => own,
        _ => return Err(None),
    };
    if concept.id == "age" {
        let unit = end.unit.get_or_insert_with(|| "y".to_owned()).clone();
        let years = end.value.whole().is_some_and(|years| (0..=120).contains(&years));
        return match unit.as_str() {
            "y" if years => Ok(()),
            "mo" | "wk" | "d" => Ok(()),
            "y" => Err(Some(Doubt::Implausible(concept.id, end.value, unit))),
            _ => Err(Some(Doubt::OtherUnit(concept.id, end.value, unit))),
        };
    }
    // Completed weeks are compared with days too.
    if concept.is_counted() && end.unit.as_deref() == Some("d") {
        let most = concept.plausible.and_then(|(_, high)| high.whole()?.checked_mul(7));
        let inside = end.value.whole().zip(most).is_some_and(|(days, most)| (0..=most).contains(&days));
        return if inside { Ok(()) } else { Err(Some(Doubt::Implausible(concept.id, end.value, "d".to_owned()))) };
    }
    if let Some((_, defined)) = DEFINED_IN.iter().find(|(id, _)| *id == concept.id && end.unit.is_none()) {
        let in_it = End { unit: Some((*defined).to_owned()), ..end.clone() };
        if plausible(concept, &in_it, own).is_ok() {
            *end = in_it;
        }
    }
    let number = own.dimension == Dimension::Number;
    let Some(text) = end.unit.clone().filter(|text| !(number && text == "{score}")) else {
        end.unit = None;
        return if number { plausible(concept, end, own) } else { Err(Some(Doubt::NoUnit(concept.id, end.value))) };
    };
    match BoundUnit::from_text(&text) {
        Some(BoundUnit::Of(unit)) => plausible(concept, end, unit),
        Some(BoundUnit::TimesUpperLimit | BoundUnit::TimesLowerLimit) if !number || concept.id == "inr" => Ok(()),
        Some(BoundUnit::TimesUpperLimit | BoundUnit::TimesLowerLimit) | None => {
            Err(Some(Doubt::OtherUnit(concept.id, end.value, text)))
        }
    }
}

fn plausible(concept: &'static Concept, end: &End, unit: Unit) -> Result<(), Option<Doubt>> {
    let own = concept.unit.unwrap_or(unit);
    let shown = end.unit.clone().unwrap_or_default();
    let conversion = Conversion::between(unit, own, concept.substance);
    let Some(value) = conversion.ok().and_then(|conversion| conversion.of(end.value.exact())) else {
        return Err(Some(Doubt::OtherUnit(concept.id, end.value, shown)));
    };
    let inside = concept.plausible.is_none_or(|(low, high)| low.exact() <= value && value <= high.exact());
    if inside { Ok(()) } else { Err(Some(Doubt::Implausible(concept.id, end.value, shown))) }
}
