//! Units, and values that follow from others: doses of several steroids, the filtration rate.

use trial_prescreen::{Compare, Duration, Exact, Select, TimeUnit, Window};

use super::calendar::{age, shifted};
use super::{Item, Moment, What, World, anchored, meets, newest};

/// Canonical units in each unit, by subject: numerator and denominator.
const UNITS: [(&str, &str, i128, i128); 20] = [
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
    ("systemic-corticosteroid", "mg/d", 1, 1),
    ("systemic-corticosteroid", "mg/wk", 1, 7),
];

/// Prednisone-equivalent milligrams in a milligram.
pub(crate) const STEROIDS: [(&str, i128, i128); 4] =
    [("systemic-corticosteroid", 1, 1), ("prednisone", 1, 1), ("dexamethasone", 20, 3), ("hydrocortisone", 1, 4)];

pub(crate) fn unit(key: &str, text: Option<&str>) -> Option<Exact> {
    let (key, more) = match STEROIDS.iter().find(|(name, ..)| *name == key) {
        Some((_, n, d)) => ("systemic-corticosteroid", Exact::ratio(*n, *d).unwrap()),
        None => (key, Exact::ONE),
    };
    let (.., n, d) = UNITS.iter().find(|(k, t, ..)| *k == key && *t == text.unwrap_or(""))?;
    Exact::ratio(*n, *d)?.times(more)
}

/// The totals of all steroids on days of the window: the first and the last of each stretch of equal days, or `every` one.
pub(crate) fn totals(world: &World, window: Option<Window>, every: bool) -> Vec<(Moment, Exact)> {
    totals_of(world, window, every, |_| true)
}

/// The same of some of them.
pub(crate) fn totals_of(
    world: &World,
    window: Option<Window>,
    every: bool,
    counts: fn(&Item) -> bool,
) -> Vec<(Moment, Exact)> {
    const FAR: i64 = 1_000_000;
    let courses = STEROIDS.iter().flat_map(|(key, ..)| world.items.get(*key).into_iter().flatten());
    let courses: Vec<&Item> = courses.filter(|item| counts(item) && (window.is_some() || !item.gainsaid)).collect();
    let begins = courses.iter().filter_map(|item| item.from).map(|at| at.day);
    let afters = courses.iter().filter_map(|item| item.to).map(|at| at.day + 1);
    let (first, last) = ends(world, window);
    let edges = [first.unwrap_or(-FAR), last.unwrap_or(FAR)];
    let days: Vec<i64> = if every {
        (edges[0]..=edges[1]).collect()
    } else {
        begins.chain(afters).flat_map(|day| [day - 1, day]).chain(edges).collect()
    };
    let at = |day: i64| Moment { minute: day * 1_440 + 720, day };
    let total = |day: i64| {
        let runs = |item: &&&Item| item.from.is_none_or(|at| at.day <= day) && item.to.is_none_or(|at| at.day >= day);
        courses.iter().filter(runs).fold(Exact::ZERO, |sum, item| match item.what {
            What::Number { value, .. } => sum.plus(value).unwrap(),
            What::Happened | What::Planned | What::Code(_) => sum,
        })
    };
    let inside = days.into_iter().filter(|day| meets(world, window, Some(at(*day)), Some(at(*day))));
    inside.map(|day| (at(day), total(day))).collect()
}

/// The first and the last day of a window.
fn ends(world: &World, window: Option<Window>) -> (Option<i64>, Option<i64>) {
    let Some(window) = window else { return (None, None) };
    let Some(Moment { day: anchor, .. }) = anchored(world, window.anchor) else { return (None, None) };
    (window.from.map(|from| shifted(anchor, from)), window.to.map(|to| shifted(anchor, to)))
}

/// Do the totals fit as the comparison selects them?
pub(crate) fn dose(world: &World, compare: &Compare, fits: impl Fn(Exact) -> bool) -> bool {
    let window = compare.window;
    if window.is_some_and(|window| anchored(world, window.anchor).is_none()) {
        return false;
    }
    let values = |window, every| totals(world, window, every).into_iter().map(|(_, total)| total);
    let mut all = values(window, false);
    match compare.select {
        Select::Max => all.max().is_some_and(fits),
        Select::Min => all.min().is_some_and(fits),
        Select::Any => all.any(fits),
        Select::All => all.all(fits),
        Select::Mean => {
            let days: Vec<Exact> = values(window, true).collect();
            let sum = days.iter().fold(Exact::ZERO, |sum, day| sum.plus(*day).unwrap());
            fits(sum.over(Exact::whole(days.len() as i64)).unwrap())
        }
        Select::Latest => {
            let (first, last) = ends(world, window);
            let day = world.now.day.min(last.unwrap_or(i64::MAX)).max(first.unwrap_or(i64::MIN));
            let by = Duration { count: i32::try_from(day - world.now.day).unwrap(), unit: TimeUnit::Day };
            let window = Window { from: Some(by), to: Some(by), ..Window::default() };
            values(Some(window), true).any(fits)
        }
    }
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
