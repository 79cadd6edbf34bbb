//! Bounds that several values lie on.

use proptest::prelude::*;
use proptest::sample::select;
use trial_prescreen::{Bound, Exact, TimeUnit};

use super::values::Values;
use crate::oracle;

pub(super) type Bounds = (Option<Bound>, Option<Bound>);

pub(super) fn bound_of(pair: (&str, &str), inclusive: bool) -> Bound {
    let unit = Some(pair.1).filter(|unit| !unit.is_empty()).map(str::to_owned);
    Bound { value: pair.0.parse().unwrap(), unit, inclusive }
}

/// How much a bound is beside the others of its subject.
pub(super) fn size(key: &str, (value, unit): (&str, &str)) -> Exact {
    let one = match TimeUnit::from_text(unit) {
        Some(TimeUnit::Minute) => Exact::ONE,
        Some(TimeUnit::Hour) => Exact::whole(60),
        Some(TimeUnit::Day) => Exact::whole(1_440),
        Some(TimeUnit::Week) => Exact::whole(7 * 1_440),
        Some(TimeUnit::Month) => Exact::whole(43_830),
        Some(TimeUnit::Year) => Exact::whole(525_960),
        None => oracle::derived::unit(key, Some(unit)).unwrap_or(Exact::ONE),
    };
    bound_of((value, unit), true).value.exact().times(one).unwrap()
}

/// One or both of two bounds, between which something lies.
pub(super) fn bounds(key: &'static str, units: Values) -> impl Strategy<Value = Bounds> {
    (select(units), any::<bool>(), select(units), any::<bool>(), 0..5_u8).prop_map(move |(one, a, other, b, which)| {
        let order = size(key, one).cmp(&size(key, other));
        let (low, high) = if order.is_gt() { (other, one) } else { (one, other) };
        let (low, high) = (bound_of(low, a || order.is_eq()), bound_of(high, b || order.is_eq()));
        match which {
            0 | 1 => (Some(low), None),
            2 | 3 => (None, Some(high)),
            _ => (Some(low), Some(high)),
        }
    })
}
