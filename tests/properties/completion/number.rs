//! The numbers that a quantity may be, and those around bounds.

use trial_prescreen::{Bound, Comparator, Concept, Exact, Fact, Quantity};

use super::Builder;
use crate::oracle::What;
use crate::oracle::derived::unit;
use crate::oracle::dose::Class;

impl Builder<'_, '_> {
    pub(super) fn number(&mut self, key: &str, quantity: &Quantity, fact: &Fact) -> Option<What> {
        let bare = |limit: &Option<Quantity>| limit.as_ref().is_some_and(|limit| limit.unit.is_none());
        let known = if quantity.unit.is_none() && key != "nihss" { None } else { unit(key, quantity.unit.as_deref()) };
        // where only shares are asked for, values of what has no unit of its own compare in whichever they share
        let shares = self.bounds.iter().filter(|(k, _)| k == key).all(|(_, bound)| bound.unit.as_deref() == Some("%"));
        let shared = quantity.unit.is_some() && key.starts_with("text:") && shares;
        let known = known.or(shared.then_some(Exact::ONE));
        // whatever its unit, a value has a ratio to a limit in that unit
        let own = known.or((bare(&fact.upper_limit) || bare(&fact.lower_limit)).then_some(Exact::ONE));
        let limit = |limit: &Option<Quantity>| {
            let limit = limit.as_ref()?;
            let one = limit.unit.as_deref().map_or(own, |text| unit(key, Some(text)))?;
            (limit.comparator.is_none() && limit.low.is_none()).then_some(())?;
            limit.value?.exact().times(one).filter(|limit| *limit > Exact::ZERO)
        };
        let (upper, lower) = (limit(&fact.upper_limit), limit(&fact.lower_limit));
        let marks = self.marks(key, upper, lower);
        // a value without a unit, or in one that does not compare, says nothing
        let (low, high) = match own {
            Some(own) => {
                let scale = |end: Option<(Exact, bool)>| end.map(|(at, inclusive)| (at.times(own).unwrap(), inclusive));
                let (low, high) = limits(quantity);
                (scale(low), scale(high))
            }
            None => (None, None),
        };
        let ends = [low, high].into_iter().flatten().map(|(at, _)| at);
        // a medicine with its dose is taken, unless the dose is nothing
        let none = quantity.comparator.is_none() && quantity.value.is_some_and(|value| value.exact() == Exact::ZERO);
        let some = key == "creatinine" || (Class::of(key).is_some() && !none);
        let real = |at: &Exact| lies(*at, (low, high)) && (*at > Exact::ZERO || !some);
        let fit: Vec<Exact> = possible(key, around(marks.into_iter().chain(ends))).into_iter().filter(real).collect();
        let value = self.any(&fit)?;
        Some(self.what(key, value, upper, lower))
    }

    /// Fills in limits of normal near which the value lies.
    pub(super) fn what(&mut self, key: &str, value: Exact, upper: Option<Exact>, lower: Option<Exact>) -> What {
        let mut limit = |known: Option<Exact>, text: &str| {
            known.unwrap_or_else(|| {
                let bounds = self.bounds.iter().filter(|(k, b)| k == key && b.unit.as_deref() == Some(text));
                let near = bounds.filter_map(|(_, bound)| value.over(bound.value.exact()));
                let fit: Vec<Exact> = around(near.chain([Exact::whole(40)])).filter(|at| *at > Exact::ZERO).collect();
                fit.get((self.pick)(fit.len()) % fit.len()).copied().unwrap()
            })
        };
        let (upper, lower) = (limit(upper, "xULN"), limit(lower, "xLLN"));
        What::Number { value, upper, lower }
    }

    pub(super) fn marks(&self, key: &str, upper: Option<Exact>, lower: Option<Exact>) -> Vec<Exact> {
        let of = |(_, bound): &(String, &Bound)| {
            let one = match bound.unit.as_deref() {
                Some("xULN") => upper.unwrap_or(Exact::whole(40)),
                Some("xLLN") => lower.unwrap_or(Exact::whole(40)),
                text => unit(key, text)?,
            };
            bound.value.exact().times(one)
        };
        self.bounds.iter().filter(|(k, _)| k == key).filter_map(of).chain([Exact::ONE]).collect()
    }
}

pub(super) type Limits = (Option<(Exact, bool)>, Option<(Exact, bool)>);

/// The ends of what a quantity may be, in its own unit, and whether they belong to it.
pub(super) fn limits(quantity: &Quantity) -> Limits {
    let Some(value) = quantity.value.map(trial_prescreen::Decimal::exact) else {
        let end = |end: Option<trial_prescreen::Decimal>| end.map(|end| (end.exact(), true));
        return (end(quantity.low), end(quantity.high));
    };
    match quantity.comparator {
        None => (Some((value, true)), Some((value, true))),
        Some(Comparator::Less) => (None, Some((value, false))),
        Some(Comparator::AtMost) => (None, Some((value, true))),
        Some(Comparator::AtLeast) => (Some((value, true)), None),
        Some(Comparator::More) => (Some((value, false)), None),
        Some(Comparator::About) => {
            let tenth = value.over(Exact::whole(10)).unwrap().max(Exact::ONE);
            (Some((value.minus(tenth).unwrap(), true)), Some((value.plus(tenth).unwrap(), true)))
        }
    }
}

pub(super) fn lies(value: Exact, (low, high): Limits) -> bool {
    low.is_none_or(|(at, inclusive)| value > at || (inclusive && value == at))
        && high.is_none_or(|(at, inclusive)| value < at || (inclusive && value == at))
}

/// The values that there can be: of a score the whole numbers around each of them.
pub(super) fn possible(key: &str, values: impl Iterator<Item = Exact>) -> Vec<Exact> {
    if Concept::named(key).is_none_or(|concept| concept.unit_text != "{score}") {
        return values.collect();
    }
    values.flat_map(|value| [0, 1].map(|more| Exact::whole(value.to_formula().floor() as i64 + more))).collect()
}

/// Each of these values, and a little less and more.
pub(super) fn around(values: impl Iterator<Item = Exact>) -> impl Iterator<Item = Exact> {
    values
        .flat_map(|value| [(99, 100), (1, 1), (101, 100), (10, 1), (0, 1)].map(|(n, d)| (value, n, d)))
        .filter_map(|(value, n, d)| value.times(Exact::ratio(n, d)?))
}
