//! How long something has gone on without a break, day by day.

use std::cmp::Ordering;

use trial_prescreen::{Bound, Duration, Exact, Lasting, Present, Status, TimeUnit, Window};

use super::calendar::shifted;
use super::{CLASSES, Item, Moment, What, World, after, anchored, between, late_enough, meets};

/// Items with no day between them, of which each says when it was.
struct Course<'w> {
    from: Option<Moment>,
    to: Option<Moment>,
    items: Vec<&'w Item>,
}

/// Has a course of it lasted so long? `None` where a stated beginning is none, or a day begins before and ends after
/// what the clock says of it.
pub(crate) fn has_lasted(world: &World, present: &Present, lasting: &Lasting) -> Option<bool> {
    let key = present.subject.key();
    let taken = |item: &&Item| match &item.what {
        What::Happened => true,
        What::Number { value, .. } => *value > Exact::ZERO,
        What::Planned | What::Code(_) => false,
    };
    let told = |item: &&Item| present.window.is_some() || !item.gainsaid;
    let of = |key: &str| world.items.get(key).into_iter().flatten().filter(taken).filter(told);
    let members = CLASSES.iter().filter(|(class, _)| *class == key).flat_map(|(_, member)| of(member));
    let mut items: Vec<&Item> = members.chain(of(&key)).collect();
    for stated in items.iter().filter(|item| item.period.as_ref() == Some(&key)) {
        let longer = |other: &&&Item| {
            let before = stated.from.is_some() && begin(other) < begin(stated);
            let after = stated.to.is_some_and(|end| other.to.is_none_or(|to| to.day > end.day));
            other.period.is_none() && (before || after) && touch(other, stated)
        };
        if items.iter().any(|other| longer(&other)) {
            return None;
        }
    }
    items.sort_by_key(|item| begin(item));
    let mut courses: Vec<Course> = Vec::new();
    for item in items {
        match courses.last_mut() {
            Some(last) if last.to.is_none_or(|to| begin(item) <= to.day + 1) => {
                last.to = last.to.zip(item.to).map(|(one, other)| one.max(other));
                last.items.push(item);
            }
            _ => courses.push(Course { from: item.from, to: item.to, items: vec![item] }),
        }
    }
    let mut found = false;
    for course in &courses {
        found |= counts(world, present, course)? && is_so_long(world, present, lasting, course)?;
    }
    Some(found)
}

fn begin(item: &Item) -> i64 {
    item.from.map_or(i64::MIN, |from| from.day)
}

fn touch(one: &Item, other: &Item) -> bool {
    let reaches = |one: &Item, other: &Item| one.to.is_none_or(|to| to.day + 1 >= begin(other));
    reaches(one, other) && reaches(other, one)
}

/// Both by the clock and by the calendar, or not at all.
fn agreed(clock: bool, calendar: bool) -> Option<bool> {
    (clock == calendar).then_some(clock)
}

fn counts(world: &World, present: &Present, course: &Course) -> Option<bool> {
    let window = present.window.as_ref();
    let end = window.map(|window| Window { from: None, ..window.clone() });
    let inside = |item: &&Item| late_enough(world, window, item) && meets(world, end.as_ref(), item.from, item.to);
    let now = world.now;
    let begun = |from: Option<Moment>| {
        agreed(from.is_none_or(|at| at.minute <= now.minute), from.is_none_or(|at| at.day <= now.day))
    };
    let not_over =
        |to: Option<Moment>| agreed(to.is_none_or(|at| at.minute >= now.minute), to.is_none_or(|at| at.day >= now.day));
    let mut goes_on = false;
    for item in &course.items {
        goes_on |= begun(item.from)? && not_over(item.to)?;
    }
    let in_time = match present.status {
        Status::Current => goes_on,
        Status::History => window.is_some() || begun(course.from)?,
        Status::Planned | Status::Any => return None,
    };
    Some(in_time && course.items.iter().any(inside))
}

fn is_so_long(world: &World, present: &Present, lasting: &Lasting, course: &Course) -> Option<bool> {
    let ends = match present.window.as_ref().and_then(|window| Some((window.to?, anchored(world, &window.anchor)?))) {
        None => vec![world.now],
        Some((to, anchor)) => end_of(to, anchor),
    };
    let fits: Vec<bool> = ends.into_iter().map(|end| fits(lasting, course, end)).collect();
    fits.iter().all(|one| Some(one) == fits.first()).then(|| fits.first() == Some(&true))
}

/// The moments that the end of a window may be: which day it is on hangs on the time of day of its anchor.
fn end_of(to: Duration, anchor: Moment) -> Vec<Moment> {
    let clock = |minutes: i64| {
        let day = anchor.day + minutes.div_euclid(1_440);
        [day, day + 1].map(|day| Moment { minute: anchor.minute + minutes, day }).to_vec()
    };
    match to.unit {
        _ if to.count == 0 => vec![anchor],
        TimeUnit::Minute => clock(i64::from(to.count)),
        TimeUnit::Hour => clock(60 * i64::from(to.count)),
        TimeUnit::Day | TimeUnit::Week | TimeUnit::Month | TimeUnit::Year => {
            let day = shifted(anchor.day, to);
            let moved = anchor.minute + (day - anchor.day) * 1_440;
            [moved - 1_440, moved + 1_440].map(|minute| Moment { minute, day }).to_vec()
        }
    }
}

fn fits(lasting: &Lasting, course: &Course, end: Moment) -> bool {
    let until = match course.to {
        Some(to) => Moment { minute: to.minute.min(end.minute), day: (to.day + 1).min(end.day) },
        None => end,
    };
    let so_long = |bound: &Bound| {
        let Some(from) = course.from else { return Ordering::Greater };
        let unit = TimeUnit::from_text(bound.unit.as_deref().unwrap()).unwrap();
        after(from, Duration { count: bound.value.to_string().parse().unwrap(), unit }, until)
    };
    between(&lasting.low, &lasting.high, so_long)
}
