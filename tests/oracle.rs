//! A naive evaluator over complete worlds: two-valued, straight from the definitions; it shares only the model's types.
//!
//! A world says of every subject what is exactly so: exact numbers, exact minutes, yes or no.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use trial_prescreen::{
    Anchor, Bound, Compare, Duration, Elapsed, Exact, Expression, Present, Select, Status, Subject, TimeUnit,
    Whichever, Window,
};

pub(crate) mod calendar;
mod change;
pub(crate) mod derived;
pub(crate) mod dose;
pub(crate) mod formulas;
mod lasting;

use calendar::{age, shifted};
use derived::unit;

/// Classes of medicines and what belongs to them.
pub(crate) const CLASSES: [(&str, &str); 5] = [
    ("anticoagulant", "direct-oral-anticoagulant"),
    ("anticoagulant", "apixaban"),
    ("anticoagulant", "heparin"),
    ("direct-oral-anticoagulant", "apixaban"),
    ("systemic-corticosteroid", "prednisone"),
];

/// A minute on the time line, and the calendar day it is on the clock that told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment {
    pub(crate) minute: i64,
    pub(crate) day: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    Happened,
    Planned,
    Code(String),
    Number { value: Exact, upper: Exact, lower: Exact },
}

/// One thing that is so, from one moment to another; an absent end is open.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) what: What,
    pub(crate) from: Option<Moment>,
    pub(crate) to: Option<Moment>,
    /// A fact says so; otherwise it fills what the record leaves open.
    pub(crate) stated: bool,
    /// A fact gives its date.
    pub(crate) dated: bool,
    /// The subject of which a fact says that it was from then to then.
    pub(crate) period: Option<String>,
    /// A fact gives the half-life of the medicine.
    pub(crate) half_life: Option<Duration>,
    /// A statement made on an earlier day says that it is not so: that stands where nobody asks about a window.
    pub(crate) gainsaid: bool,
    /// The first and the last minute that it may have been, by what a fact says.
    pub(crate) told: Option<(i64, i64)>,
    /// Half of one in the last place of a value that is stated as one number.
    pub(crate) half: Option<Exact>,
    /// It came without a unit that it can have: it could be anything.
    pub(crate) doubtful: bool,
}

impl Item {
    pub(crate) const OPEN: Item = Item {
        what: What::Happened,
        from: None,
        to: None,
        stated: false,
        dated: false,
        period: None,
        half_life: None,
        gainsaid: false,
        told: None,
        half: None,
        doubtful: false,
    };
}

/// Everything of a subject is stated, but for what was before the one moment or after the other.
#[derive(Clone, Debug)]
pub(crate) struct Closed {
    pub(crate) before: Option<Moment>,
    pub(crate) after: Option<Moment>,
    /// It was said on a day, and stands where nobody asks about a window.
    pub(crate) once: bool,
    /// It was said of the time from some day on, and answers who asks about that.
    pub(crate) lasting: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) now: Moment,
    pub(crate) anchors: BTreeMap<Anchor, Moment>,
    pub(crate) born: i64,
    /// The half-life of every medicine of which nobody says it.
    pub(crate) half_life: Duration,
    /// A fact says when, or how old the person is.
    pub(crate) age_is_stated: bool,
    pub(crate) items: BTreeMap<String, Vec<Item>>,
    /// Subjects of which everything is stated, for some time or at any.
    pub(crate) closed: BTreeMap<String, Vec<Closed>>,
    pub(crate) yes: BTreeMap<String, bool>,
}

/// Does the expression hold? `None` where the world contradicts itself about it. What does not apply is `passing`.
pub(crate) fn holds(world: &World, expression: &Expression, passing: bool) -> Option<bool> {
    let each = |parts: &[Expression]| parts.iter().map(|part| holds(world, part, passing)).collect::<Option<Vec<_>>>();
    let count = |parts: Vec<bool>| parts.into_iter().filter(|holds| *holds).count();
    Some(match expression {
        Expression::AllOf(parts) => count(each(parts)?) == parts.len(),
        Expression::AnyOf(parts) => count(each(parts)?) > 0,
        Expression::AtLeast(at_least) => count(each(&at_least.of)?) >= at_least.count as usize,
        Expression::Not(part) => !holds(world, part, !passing)?,
        Expression::When(when) if holds(world, &when.condition, false)? => holds(world, &when.then, passing)?,
        Expression::When(_) => passing,
        Expression::Compare(compare) => compares(world, compare)?,
        Expression::IsOneOf(is) => {
            let fits = |item: &Item| matches!(&item.what, What::Code(code) if is.values.contains(code));
            newest(&inside(world, &is.subject, is.window.as_ref(), |what| matches!(what, What::Code(_))), fits)?
        }
        Expression::Present(present) => match &present.lasting {
            None => is_there(world, present),
            Some(lasting) => lasting::has_lasted(world, present, lasting)?,
        },
        Expression::Elapsed(elapsed) => is_ago(world, elapsed)?,
        Expression::Change(change) => change::has_changed(world, change)?,
        Expression::Judgement(_) | Expression::Unread(_) => world.yes[&expression.subject().unwrap().key()],
    })
}

fn inside(world: &World, subject: &Subject, window: Option<&Window>, is: fn(&What) -> bool) -> Vec<Item> {
    let items = world.items.get(&subject.key()).map_or(&[][..], Vec::as_slice);
    let items = items.iter().filter(|item| window.is_some() || !item.gainsaid);
    let late = |item: &Item| late_enough(world, window, item);
    let day = window.map(|window| Window { from: None, ..window.clone() });
    let begun = |item: &Item| meets(world, day.as_ref(), item.from, item.to);
    items.filter(|item| is(&item.what) && late(item) && begun(item)).cloned().collect()
}

/// Is everything stated that lies in the window?
fn is_closed(world: &World, key: &str, window: Option<&Window>) -> bool {
    let covers = |closed: &Closed| match window {
        None => closed.once || (closed.before.is_none() && closed.after.is_none()),
        Some(asked) => {
            let reaches = |from, to| meets(world, window, from, to);
            let since = closed.lasting && asked.to.is_none();
            !closed.before.is_some_and(|before| reaches(None, Some(before)))
                && !closed.after.is_some_and(|after| !since && reaches(Some(after), None))
        }
    };
    world.closed.get(key).into_iter().flatten().any(covers)
}

/// Does some of the time between two moments lie inside the window?
pub(crate) fn meets(world: &World, window: Option<&Window>, from: Option<Moment>, to: Option<Moment>) -> bool {
    let Some(window) = window else { return true };
    let Some(anchor) = anchored(world, &window.anchor) else { return false };
    let late = |at: Moment| window.from.is_none_or(|length| after(anchor, length, at) != Ordering::Less);
    let early = |at: Moment| window.to.is_none_or(|length| after(anchor, length, at) != Ordering::Greater);
    to.is_none_or(late) && from.is_none_or(early)
}

/// Did it go on until the window begins, by the calendar or by half-lives?
fn late_enough(world: &World, window: Option<&Window>, item: &Item) -> bool {
    let Some(window) = window else { return true };
    let (Some(anchor), Some(to)) = (anchored(world, &window.anchor), item.to) else { return item.to.is_none() };
    let late = |length: Duration| after(anchor, length, to) != Ordering::Less;
    let one = item.half_life.or(window.half_life).unwrap_or(world.half_life);
    let lives = window.half_lives.map(|count| late(Duration { count: -one.count * count as i32, ..one }));
    match (window.from.map(late), lives) {
        (Some(a), Some(b)) if window.whichever == Whichever::Shorter => a && b,
        (Some(a), Some(b)) => a || b,
        (a, b) => a.or(b).unwrap_or(true),
    }
}

/// When the anchor is: a moment of the trial that is not known is now; an event that is not in the world never was.
pub(crate) fn anchored(world: &World, anchor: &Anchor) -> Option<Moment> {
    let known = world.anchors.get(anchor).copied();
    if matches!(anchor, Anchor::Event(_) | Anchor::Text(_)) { known } else { known.or(Some(world.now)) }
}

/// Where a moment lies from the end of a length of time.
fn after(start: Moment, length: Duration, at: Moment) -> Ordering {
    match length.unit {
        TimeUnit::Minute => at.minute.cmp(&(start.minute + i64::from(length.count))),
        TimeUnit::Hour => at.minute.cmp(&(start.minute + 60 * i64::from(length.count))),
        TimeUnit::Day | TimeUnit::Week | TimeUnit::Month | TimeUnit::Year => at.day.cmp(&shifted(start.day, length)),
    }
}

/// The newest stated one fits; where nothing is stated, what fills the gap. Two that disagree make no world.
pub(crate) fn newest(items: &[Item], fits: impl Fn(&Item) -> bool) -> Option<bool> {
    let time = |item: &Item| item.to.or(item.from);
    let stated: Vec<&Item> = items.iter().filter(|item| item.stated).collect();
    let last = stated.iter().filter_map(|item| time(item)).map(|at| at.minute).max();
    let newest = stated.iter().filter(|item| time(item).is_none_or(|at| Some(at.minute) == last));
    let filling = items.iter().filter(|item| !item.stated && stated.is_empty());
    let filling = filling.min_by_key(|item| -time(item).map_or(i64::MAX, |at| at.minute));
    let answers: BTreeSet<bool> = newest.copied().chain(filling).map(fits).collect();
    if answers.len() == 1 { answers.first().copied() } else { None }
}

fn compares(world: &World, compare: &Compare) -> Option<bool> {
    let key = compare.subject.key();
    if key == "age" {
        let fits = |bound: &Bound| {
            let length =
                Duration { count: 1, unit: TimeUnit::from_text(bound.unit.as_deref().unwrap_or("y")).unwrap() };
            Exact::whole(age(world.born, world.now.day, length.unit)).cmp(&bound.value.exact())
        };
        return Some(between(&compare.low, &compare.high, fits));
    }
    let fits = |low: &Option<Bound>, high: &Option<Bound>, item: &Item| match &item.what {
        What::Number { value, upper, lower } => between(low, high, |bound| {
            let one = match bound.unit.as_deref() {
                Some("xULN") => *upper,
                Some("xLLN") => *lower,
                text => unit(&key, text).unwrap(),
            };
            value.cmp(&bound.value.exact().times(one).unwrap())
        }),
        What::Happened | What::Planned | What::Code(_) => false,
    };
    let both = |item: &Item| fits(&compare.low, &compare.high, item);
    let mut items =
        inside(world, &compare.subject, compare.window.as_ref(), |what| matches!(what, What::Number { .. }));
    if let Some(class) = dose::Class::of_total(&key) {
        let item = |value| {
            let what = What::Number { value, upper: Exact::ONE, lower: Exact::ONE };
            Item { what, stated: true, ..Item::OPEN }
        };
        return Some(dose::dose(world, class, compare, |total| both(&item(total))));
    }
    if key == "egfr" {
        let worked_out =
            derived::egfr(world).into_iter().filter(|item| meets(world, compare.window.as_ref(), item.from, item.to));
        let stated = |item: &Item| items.iter().any(|stated| stated.stated && derived::says_the_same(stated, item));
        let worked_out: Vec<Item> = worked_out.filter(|item| !stated(item)).collect();
        items.extend(worked_out);
    }
    if compare.select == Select::Latest {
        return newest(&items, both);
    }
    // without a statement that these are all there may be more
    let closed = is_closed(world, &key, compare.window.as_ref());
    items.retain(|item| item.stated || !closed);
    // a ratio to a limit that came with each result: the largest is over a bound as soon as one of them is
    let only = |low: bool, item: &Item| {
        let (a, b) = if low { (&compare.low, &None) } else { (&None, &compare.high) };
        fits(a, b, item)
    };
    Some(match compare.select {
        Select::Latest | Select::Mean => return None,
        Select::Any => items.iter().any(both),
        Select::All => items.iter().all(both),
        Select::Max => items.iter().any(|item| only(true, item)) && items.iter().all(|item| only(false, item)),
        Select::Min => items.iter().all(|item| only(true, item)) && items.iter().any(|item| only(false, item)),
    })
}

fn between(low: &Option<Bound>, high: &Option<Bound>, value_to: impl Fn(&Bound) -> Ordering) -> bool {
    let fits = |bound: &Option<Bound>, inner: Ordering| {
        bound.as_ref().is_none_or(|bound| match value_to(bound) {
            Ordering::Equal => bound.inclusive,
            other => other == inner,
        })
    };
    fits(low, Ordering::Greater) && fits(high, Ordering::Less)
}

fn is_there(world: &World, present: &Present) -> bool {
    let now = world.now.minute;
    let begun = |item: &Item| item.from.is_none_or(|at| at.minute <= now);
    let not_over = |item: &Item| item.to.is_none_or(|at| at.minute >= now);
    let planned = |item: &Item| item.what == What::Planned;
    let key = present.subject.key();
    let kinds = CLASSES.iter().filter(|(class, _)| *class == key).map(|(_, member)| Subject::concept(member));
    let mut items =
        kinds.chain([present.subject.clone()]).flat_map(|kind| inside(world, &kind, present.window.as_ref(), |_| true));
    items.any(|item| match present.status {
        Status::Current => !planned(&item) && begun(&item) && not_over(&item),
        Status::History => !planned(&item) && begun(&item),
        Status::Planned => planned(&item),
        Status::Any => true,
    })
}

/// Time since the last one that is dated; where none is, since what fills the gap. What never was is longest ago.
fn is_ago(world: &World, elapsed: &Elapsed) -> Option<bool> {
    let happened: Vec<&Item> = world.items.get(&elapsed.since.key()).into_iter().flatten().collect();
    let happened: Vec<&Item> = happened.into_iter().filter(|item| item.what == What::Happened).collect();
    let dated = happened.iter().any(|item| item.dated);
    let starts = happened.iter().filter(|item| item.dated == dated).filter_map(|item| item.from);
    let Some(last) = starts.max() else { return Some(elapsed.high.is_none()) };
    let ago = |bound: &Bound| {
        let unit = TimeUnit::from_text(bound.unit.as_deref().unwrap()).unwrap();
        after(last, Duration { count: bound.value.to_string().parse().unwrap(), unit }, world.now)
    };
    (last.minute <= world.now.minute).then(|| between(&elapsed.low, &elapsed.high, ago))
}
