//! Daily doses of several medicines: what each is worth, and what they come to on each day.

use trial_prescreen::{Compare, Duration, Exact, Select, TimeUnit, Window};

use super::calendar::shifted;
use super::{Item, Moment, What, World, anchored, meets};

/// Medicines that add up.
pub(crate) struct Class {
    /// The concept of the total, which is in milligrams a day.
    pub(crate) total: &'static str,
    /// None of this is none of each.
    group: &'static str,
    members: &'static [Member],
}

/// A medicine, the unit of its doses, and how much of the total one is; none where nobody can say.
type Member = (&'static str, &'static str, Option<(i128, i128)>);

impl Class {
    pub(crate) const ALL: [Class; 2] = [
        Class {
            total: "systemic-corticosteroid",
            group: "systemic-corticosteroid",
            members: &[
                ("betamethasone", "mg/d", Some((20, 3))),
                ("cortisone", "mg/d", Some((1, 5))),
                ("dexamethasone", "mg/d", Some((20, 3))),
                ("hydrocortisone", "mg/d", Some((1, 4))),
                ("methylprednisolone", "mg/d", Some((5, 4))),
                ("prednisolone", "mg/d", Some((1, 1))),
                ("prednisone", "mg/d", Some((1, 1))),
                ("triamcinolone", "mg/d", Some((5, 4))),
            ],
        },
        // CDC 2022
        Class {
            total: "opioid-dose",
            group: "opioid",
            members: &[
                ("codeine", "mg/d", Some((15, 100))),
                ("fentanyl-transdermal", "ug/h", Some((24, 10))),
                ("hydrocodone", "mg/d", Some((1, 1))),
                ("hydromorphone", "mg/d", Some((5, 1))),
                ("methadone", "mg/d", Some((47, 10))),
                ("morphine", "mg/d", Some((1, 1))),
                ("oxycodone", "mg/d", Some((15, 10))),
                ("oxymorphone", "mg/d", Some((3, 1))),
                ("tapentadol", "mg/d", Some((4, 10))),
                ("tramadol", "mg/d", Some((2, 10))),
                ("buprenorphine", "mg/d", None),
                ("fentanyl", "mg/d", None),
            ],
        },
    ];

    /// The class to which something belongs, or that it is.
    pub(crate) fn of(key: &str) -> Option<&'static Class> {
        Class::ALL.iter().find(|class| class.names().any(|name| name == key))
    }

    pub(crate) fn of_total(key: &str) -> Option<&'static Class> {
        Class::ALL.iter().find(|class| class.total == key)
    }

    /// Everything that is or belongs to the class.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        let group = Some(self.group).filter(|group| *group != self.total);
        [self.total].into_iter().chain(group).chain(self.members.iter().map(|(name, ..)| *name))
    }

    /// Each medicine with the unit of its doses.
    pub(crate) fn doses(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.members.iter().map(|(name, unit, _)| (*name, *unit))
    }

    /// It is the class itself, and not one of its medicines.
    pub(crate) fn is(&self, key: &str) -> bool {
        [self.total, self.group].contains(&key)
    }

    /// How much of the total one of such units of a member is.
    pub(crate) fn amount(&self, key: &str, unit: &str) -> Option<Exact> {
        let milligrams = |unit: &str| match unit {
            "mg/d" => Some(Exact::ONE),
            "mg/wk" => Exact::ratio(1, 7),
            "ug/h" => Exact::ratio(24, 1_000),
            _ => None,
        };
        match self.members.iter().find(|(name, ..)| *name == key) {
            Some((_, own, factor)) => {
                let (n, d) = (*factor)?;
                milligrams(unit)?.over(milligrams(own)?)?.times(Exact::ratio(n, d)?)
            }
            None => milligrams(unit),
        }
    }
}

/// The totals of all medicines of a class on days of the window: the first and the last of each stretch of equal days, or `every` one.
pub(crate) fn totals(world: &World, class: &Class, window: Option<&Window>, every: bool) -> Vec<(Moment, Exact)> {
    totals_of(world, class, window, every, |_| true)
}

/// The same of some of them.
pub(crate) fn totals_of(
    world: &World,
    class: &Class,
    window: Option<&Window>,
    every: bool,
    counts: fn(&Item) -> bool,
) -> Vec<(Moment, Exact)> {
    const FAR: i64 = 1_000_000;
    let courses = class.names().flat_map(|key| world.items.get(key).into_iter().flatten());
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
fn ends(world: &World, window: Option<&Window>) -> (Option<i64>, Option<i64>) {
    let Some(window) = window else { return (None, None) };
    let Some(Moment { day: anchor, .. }) = anchored(world, &window.anchor) else { return (None, None) };
    (window.from.map(|from| shifted(anchor, from)), window.to.map(|to| shifted(anchor, to)))
}

/// Do the totals fit as the comparison selects them?
pub(crate) fn dose(world: &World, class: &Class, compare: &Compare, fits: impl Fn(Exact) -> bool) -> bool {
    let window = compare.window.as_ref();
    if window.is_some_and(|window| anchored(world, &window.anchor).is_none()) {
        return false;
    }
    let values = |window, every| totals(world, class, window, every).into_iter().map(|(_, total)| total);
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
            values(Some(&window), true).any(fits)
        }
    }
}
