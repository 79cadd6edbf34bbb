//! Units, and the filtration rate.

use trial_prescreen::{Exact, TimeUnit};

use super::calendar::age;
use super::{Item, What, World, dose, newest};

/// Canonical units in each unit, by subject: numerator and denominator.
const UNITS: [(&str, &str, i128, i128); 18] = [
    ("creatinine", "mg/dL", 1, 1),
    ("creatinine", "umol/L", 1_131_179, 100_000_000),
    ("creatinine", "mg/L", 1, 10),
    ("creatinine", "g/L", 100, 1),
    ("alt", "U/L", 1, 1),
    ("alt", "ukat/L", 60, 1),
    ("alt", "nkat/L", 60, 1_000),
    ("alt", "U/mL", 1_000, 1),
    ("nihss", "", 1, 1),
    ("nihss", "{score}", 1, 1),
    ("text:ferritin", "ug/L", 1, 1),
    ("text:ferritin", "ng/mL", 1, 1),
    ("text:ferritin", "mg/L", 1_000, 1),
    ("alcohol-intake", "mL{ethanol}/d", 1, 1),
    ("alcohol-intake", "mL{ethanol}/wk", 1, 7),
    ("alcohol-intake", "unit(10 mL ethanol)/d", 10, 1),
    ("egfr", "mL/min/1.73m2", 1, 1),
    ("egfr", "mL/s/1.73m2", 60, 1),
];

pub(crate) fn unit(key: &str, text: Option<&str>) -> Option<Exact> {
    let text = text.unwrap_or("");
    if let Some(class) = dose::Class::of(key) {
        return class.amount(key, text);
    }
    let (.., n, d) = UNITS.iter().find(|(k, t, ..)| *k == key && *t == text)?;
    Exact::ratio(*n, *d)
}

pub(crate) fn egfr(world: &World) -> Vec<Item> {
    let of = |key: &str| world.items.get(key).into_iter().flatten().filter(|item| item.stated);
    let Some(female) = newest(&of("sex").cloned().collect::<Vec<_>>(), |item| item.what == What::Code("female".into()))
    else {
        return Vec::new();
    };
    if !world.age_is_stated {
        return Vec::new();
    }
    let (k, a, f) = if female { (0.7, -0.241, 1.012) } else { (0.9, -0.302, 1.0) };
    let mut found = Vec::new();
    for item in of("creatinine") {
        let What::Number { value, .. } = item.what else { continue };
        let years = age(world.born, if item.dated { item.to.unwrap().day } else { world.now.day }, TimeUnit::Year);
        let scr = value.to_formula() / k;
        let rate = 142.0 * scr.min(1.0).powf(a) * scr.max(1.0).powf(-1.2) * 0.9938_f64.powi(years as i32) * f;
        let what = What::Number { value: Exact::from_formula(rate).unwrap(), upper: Exact::ONE, lower: Exact::ONE };
        found.extend((years >= 18).then_some(Item { what, ..item.clone() }));
    }
    found
}

/// Of one time, as far as anybody said, and what was worked out rounds to what was stated; of the very same time, where
/// it follows from a value that could be anything.
pub(crate) fn says_the_same(stated: &Item, worked_out: &Item) -> bool {
    let rate = |item: &Item| match item.what {
        What::Number { value, .. } => value,
        What::Happened | What::Planned | What::Code(_) => unreachable!("a rate is a number"),
    };
    if worked_out.doubtful {
        return stated.told == worked_out.told;
    }
    let at_once = match (stated.told, worked_out.told) {
        (Some(one), Some(other)) => one.0 <= other.1 && other.0 <= one.1,
        (None, _) | (_, None) => true,
    };
    let more = rate(worked_out).minus(rate(stated)).unwrap();
    at_once && stated.half.is_some_and(|half| more < half && more >= Exact::ZERO.minus(half).unwrap())
}
