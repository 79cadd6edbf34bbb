//! The complete worlds that a partial record allows: around every bound and every end of what is given.

mod anchors;
mod denied;
mod fill;
mod number;
mod stated;
mod time;

use std::collections::BTreeMap;

use trial_prescreen::{Anchor, AsOf, Bound, Change, Date, Duration, Expression, Record, Subject, TimeUnit, When};

use crate::oracle::calendar::number_of;
use crate::oracle::{Moment, World};
use denied::{Refuted, covered};
pub(crate) use time::instant;
use time::{Range, range};

/// Chooses one of so many; calling it differently gives another world.
pub(crate) type Pick<'p> = dyn FnMut(usize) -> usize + 'p;

struct Builder<'a, 'p> {
    world: World,
    offset: i64,
    /// The latest minute that may be now.
    latest: i64,
    /// Now is a day, and nobody says on which clock.
    whole: bool,
    /// Minutes and days near which something may change.
    grid: Vec<i64>,
    bounds: Vec<(String, &'a Bound)>,
    pick: &'a mut Pick<'p>,
}

/// Short, as long as many windows, and long.
const HALF_LIVES: [&str; 4] = ["1 h", "36 h", "7 d", "400 d"];

/// One world in which every fact is true, or `None` where the picks contradict one another.
pub(crate) fn world<'p>(expression: &Expression, record: &Record, as_of: &AsOf, pick: &mut Pick<'p>) -> Option<World> {
    let leaves = expression.leaves();
    let mut lengths: Vec<Duration> = Vec::new();
    let mut bounds: Vec<(String, &Bound)> = Vec::new();
    for leaf in &leaves {
        let (window, low, high) = match leaf {
            Expression::Compare(c) => (c.window.as_ref(), c.low.as_ref(), c.high.as_ref()),
            Expression::Elapsed(e) => (None, e.low.as_ref(), e.high.as_ref()),
            Expression::Change(c) => (c.window.as_ref(), c.low.as_ref(), c.high.as_ref()),
            Expression::IsOneOf(i) => (i.window.as_ref(), None, None),
            Expression::Present(p) => {
                let lasting = p.lasting.as_ref();
                (p.window.as_ref(), lasting.and_then(|l| l.low.as_ref()), lasting.and_then(|l| l.high.as_ref()))
            }
            _ => (None, None, None),
        };
        if let Expression::Change(Change { within: Some(within), .. }) = leaf {
            lengths.extend([1, -1].map(|sign| Duration { count: sign * within.count, ..*within }));
        }
        lengths.extend(window.iter().flat_map(|window| [window.from, window.to]).flatten());
        for bound in [low, high].into_iter().flatten() {
            let count = bound.value.to_string().parse::<i32>();
            match (bound.unit.as_deref().and_then(TimeUnit::from_text), count) {
                (Some(_), Ok(_)) if leaf.subject() == Some(Subject::concept("age")) => {
                    bounds.push((leaf.subject()?.key(), bound));
                }
                (Some(unit), Ok(count)) => lengths.push(Duration { count: -count, unit }),
                _ => bounds.push((leaf.subject()?.key(), bound)),
            }
        }
    }
    let mut given = range(When::On(as_of.date()), 0);
    if let Date::Day(_) = as_of.date() {
        // of a day nobody said where it is: from the easternmost clocks to the westernmost
        given = Range { first: given.first - 14 * 60, last: given.last + 12 * 60, ..given };
    }
    let minutes: Vec<i64> =
        record.facts.iter().filter_map(|fact| fact.on).map(|on| range(on, given.offset).first).collect();
    let clock = lengths.iter().filter_map(|length| match length.unit {
        TimeUnit::Minute => Some(i64::from(length.count)),
        TimeUnit::Hour => Some(60 * i64::from(length.count)),
        TimeUnit::Day | TimeUnit::Week | TimeUnit::Month | TimeUnit::Year => None,
    });
    let crossings: Vec<i64> = clock.flat_map(|by| minutes.iter().map(move |at| at - by)).collect();
    let mut builder = Builder {
        world: World {
            now: Moment { minute: 0, day: 0 },
            anchors: BTreeMap::new(),
            born: 0,
            half_life: Duration { count: 1, unit: TimeUnit::Day },
            age_is_stated: false,
            items: BTreeMap::new(),
            closed: BTreeMap::new(),
            yes: BTreeMap::new(),
        },
        offset: given.offset,
        latest: given.last,
        whole: matches!(as_of.date(), Date::Day(_)),
        grid: crossings,
        bounds,
        pick,
    };
    builder.world.now = Moment { day: number_of(as_of.date().first_day()), ..builder.moment(given)? };
    builder.spread(&lengths, builder.world.now);
    builder.world.half_life = builder.any(&HALF_LIVES.map(|text| text.parse().unwrap()))?;
    builder.anchors(record, as_of, &lengths)?;
    let mut events: Vec<Anchor> = leaves.iter().filter_map(|leaf| Some(leaf.window()?.anchor.clone())).collect();
    events.sort();
    events.dedup();
    for event in events {
        if matches!(event, Anchor::Event(_) | Anchor::Text(_)) {
            builder.event(event, record, as_of, &lengths)?;
        }
    }
    builder.birth(record)?;
    for leaf in &leaves {
        if matches!(leaf, Expression::Judgement(_) | Expression::Unread(_)) {
            builder.said(&leaf.subject()?, record)?;
        }
    }
    let mut refuted: Vec<(String, Refuted)> = Vec::new();
    for fact in &record.facts {
        builder.fact(fact, &mut refuted)?;
    }
    let stated = builder.world.items.clone();
    for (key, refuted) in &refuted {
        for key in covered(key) {
            if stated.get(key).into_iter().flatten().any(|item| builder.denies(refuted, item)) {
                return None;
            }
        }
    }
    for leaf in leaves.iter().filter(|leaf| leaf.subject().is_some()) {
        builder.fill(leaf, &refuted)?;
    }
    Some(builder.world)
}

impl Builder<'_, '_> {
    fn any<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        if of.is_empty() { None } else { of.get((self.pick)(of.len()) % of.len()).cloned() }
    }
}
