//! The complete worlds that a partial record allows: around every bound and every end of what is given.

use std::collections::{BTreeMap, BTreeSet};

use trial_prescreen::{
    Anchor, AsOf, Bound, Change, Comparator, Concept, Date, Decimal, Duration, Exact, Expression, Fact, FactValue,
    Kind, Period, Quantity, Record, Respondent, Status, Subject, TimeUnit, When, Window,
};

use crate::oracle::calendar::{age, number, number_of, shifted};
use crate::oracle::derived::unit;
use crate::oracle::dose::Class;
use crate::oracle::{CLASSES, Closed, Item, Moment, What, World, meets};

/// Chooses one of so many; calling it differently gives another world.
pub(crate) type Pick<'p> = dyn FnMut(usize) -> usize + 'p;

/// A date as the range of minutes it may be, and the offset of the clock that its days are told by.
#[derive(Clone, Copy)]
struct Range {
    first: i64,
    last: i64,
    offset: i64,
}

/// Minute and offset of `2026-03-15T14:30+08:00`.
pub(crate) fn instant(text: &str) -> (i64, i64) {
    let at = |from: usize, to: usize| text[from..to].parse::<i64>().unwrap();
    let offset = (at(17, 19) * 60 + at(20, 22)) * if &text[16..17] == "-" { -1 } else { 1 };
    let local = number(at(0, 4), at(5, 7), at(8, 10)) * 1_440 + at(11, 13) * 60 + at(14, 16);
    (local - offset, offset)
}

fn range(when: When, offset: i64) -> Range {
    let end = |date: Date, last: bool| match date {
        Date::Instant(instant_) => instant(&instant_.to_string()),
        Date::Year(_) | Date::Month(..) | Date::Day(_) if last => {
            ((number_of(date.last_day()) + 1) * 1_440 - 1 - offset, offset)
        }
        Date::Year(_) | Date::Month(..) | Date::Day(_) => (number_of(date.first_day()) * 1_440 - offset, offset),
    };
    let ((first, offset), (last, _)) = (end(when.earliest(), false), end(when.latest(), true));
    Range { first, last, offset }
}

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
            Expression::Compare(c) => (c.window, c.low.as_ref(), c.high.as_ref()),
            Expression::Elapsed(e) => (None, e.low.as_ref(), e.high.as_ref()),
            Expression::Change(c) => (c.window, c.low.as_ref(), c.high.as_ref()),
            Expression::IsOneOf(i) => (i.window, None, None),
            Expression::Present(p) => {
                let lasting = p.lasting.as_ref();
                (p.window, lasting.and_then(|l| l.low.as_ref()), lasting.and_then(|l| l.high.as_ref()))
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
    let mut events: Vec<Anchor> = leaves.iter().filter_map(|leaf| Some(leaf.window()?.anchor)).collect();
    events.sort();
    events.dedup();
    for event in events {
        if let Anchor::Event(concept) = event {
            builder.event(event, concept, record, as_of, &lengths)?;
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

/// What a statement of absence denies: something of this status, in this stretch or window, unless it is listed.
struct Refuted {
    status: Status,
    from: Option<Moment>,
    to: Option<Moment>,
    within: Option<Window>,
    but_listed: bool,
    /// It was said on a day, and stands where nobody asks about a window.
    once: bool,
    /// The first and the last whole day that it speaks of, where nobody says on which clock it is today.
    days: (Option<i64>, Option<i64>),
}

impl<'a> Builder<'a, '_> {
    fn any<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        if of.is_empty() { None } else { of.get((self.pick)(of.len()) % of.len()).cloned() }
    }

    fn moment(&mut self, range: Range) -> Option<Moment> {
        self.moment_until(range, i64::MAX)
    }

    fn moment_until(&mut self, range: Range, latest: i64) -> Option<Moment> {
        let last = range.last.min(latest);
        let ends = [range.first, last, range.first + 1, last - 1, i64::midpoint(range.first, last)];
        let near = self.grid.iter().flat_map(|at| [at - 1, *at, at + 1]);
        let edges = self.grid.iter().flat_map(|at| {
            let midnight = (at + self.offset).div_euclid(1_440) * 1_440 - range.offset;
            [midnight - 1, midnight, midnight + 1_439, midnight + 1_440, midnight + 2_880]
        });
        let mut fit: Vec<i64> =
            ends.into_iter().chain(near).chain(edges).filter(|at| (range.first..=last).contains(at)).collect();
        fit.sort_unstable();
        fit.dedup();
        let minute = self.any(&fit)?;
        Some(Moment { minute, day: (minute + range.offset).div_euclid(1_440) })
    }

    /// Any time that matters, up to now or from now on.
    fn open(&mut self, past: bool) -> Option<Moment> {
        let (now, far) = (self.world.now.minute, 1_440 * 1_000);
        let (first, last) = if past { (now - far, now) } else { (now, now + far) };
        let at = self.moment(Range { first, last, offset: self.offset })?;
        // a day without a zone is the same day on every clock
        let today = self.world.now.day;
        Some(Moment { day: if past { at.day.min(today) } else { at.day.max(today) }, ..at })
    }

    /// Adds to the grid where the lengths of time from an anchor end.
    fn spread(&mut self, lengths: &[Duration], anchor: Moment) {
        for length in lengths {
            self.grid.push(match length.unit {
                TimeUnit::Minute => anchor.minute + i64::from(length.count),
                TimeUnit::Hour => anchor.minute + 60 * i64::from(length.count),
                TimeUnit::Day | TimeUnit::Week | TimeUnit::Month | TimeUnit::Year => {
                    shifted(anchor.day, *length) * 1_440 - self.offset
                }
            });
        }
    }

    fn anchors(&mut self, record: &Record, as_of: &AsOf, lengths: &[Duration]) -> Option<()> {
        for anchor in Anchor::MOMENTS {
            let concept = anchor.concept().unwrap_or("");
            let mut found: Vec<Moment> = Vec::new();
            for fact in record.facts.iter().filter(|fact| fact.subject == Subject::concept(concept)) {
                let FactValue::Date(when) = &fact.value else { continue };
                let at = self.moment(range(*when, self.offset))?;
                let item = Item { from: Some(at), to: Some(at), stated: true, dated: true, ..Item::OPEN };
                self.world.items.entry(concept.to_owned()).or_default().push(item);
                found.push(at);
            }
            if let Some(date) = as_of.anchors.get(anchor) {
                found = vec![self.moment(range(When::On(date), self.offset))?];
            }
            if let Some(at) = found.into_iter().max() {
                self.world.anchors.insert(anchor, at);
                self.spread(lengths, at);
            }
        }
        Some(())
    }

    /// The newest date that facts give an event; where none does, any time or none, as far as they leave it open.
    fn event(
        &mut self,
        event: Anchor,
        concept: &str,
        record: &Record,
        as_of: &AsOf,
        lengths: &[Duration],
    ) -> Option<()> {
        let mut found: Vec<Moment> = Vec::new();
        let (mut happened, mut never) = (false, false);
        for fact in record.facts.iter().filter(|fact| fact.subject == Subject::concept(concept)) {
            match &fact.value {
                FactValue::Present(Status::Current | Status::History | Status::Any) => {
                    happened = true;
                    let on = fact.on.or(fact.during.and_then(|period| period.from).map(When::On));
                    if let Some(on) = on {
                        found.push(self.moment(range(on, self.offset))?);
                    }
                }
                FactValue::Refuted(Status::Any | Status::History) => {
                    never |= fact.during.is_none() && fact.within.is_none() && self.said_until(fact)?.is_none();
                }
                _ => {}
            }
        }
        if let Some(date) = as_of.anchors.get(event) {
            found = vec![self.moment(range(When::On(date), self.offset))?];
        } else if never && happened {
            return None;
        }
        let forms = if never {
            vec![0]
        } else if happened {
            vec![1, 2]
        } else {
            vec![0, 1, 2]
        };
        let at = match found.into_iter().max() {
            Some(at) => Some(at),
            None => match self.any(&forms)? {
                0 => None,
                form => Some(self.open(form == 1)?),
            },
        };
        if let Some(at) = at {
            self.world.anchors.insert(event, at);
            self.spread(lengths, at);
        }
        Some(())
    }

    /// Up to when a statement speaks that was made on a date; nothing where that is today, or nothing is said of it.
    fn said_until(&mut self, fact: &Fact) -> Option<Option<Moment>> {
        let Some(on) = fact.on else { return Some(None) };
        let at = self.moment(range(on, self.offset))?;
        Some((at.day < self.world.now.day).then_some(self.day_of(at, Some(on.latest()), 1_439)))
    }

    fn birth(&mut self, record: &Record) -> Option<()> {
        let now = self.world.now.day;
        let dates: Vec<When> = record
            .facts
            .iter()
            .filter(|fact| fact.subject == Subject::concept("birth-date"))
            .filter_map(|fact| if let FactValue::Date(when) = fact.value { Some(when) } else { None })
            .collect();
        let mut ages: Vec<(Quantity, i64)> = Vec::new();
        for fact in record.facts.iter().filter(|fact| dates.is_empty() && fact.subject == Subject::concept("age")) {
            let FactValue::Quantity(quantity) = &fact.value else { continue };
            let on = match fact.on {
                Some(on) => self.moment(range(on, self.offset))?.day,
                None => now,
            };
            ages.push((quantity.clone(), on));
        }
        let bounds: Vec<(i32, TimeUnit)> = self
            .bounds
            .iter()
            .filter(|(key, _)| key == "age")
            .map(|(_, bound)| (bound, bound.unit.as_deref().and_then(TimeUnit::from_text)))
            .filter_map(|(bound, unit)| Some((bound.value.to_string().parse().ok()?, unit?)))
            .collect();
        let mut fit: Vec<i64> = dates
            .iter()
            .flat_map(|when| [number_of(when.earliest().first_day()), number_of(when.latest().last_day())])
            .collect();
        let back = |count: i32, unit: TimeUnit, from: i64| {
            [0, 1].map(|more| shifted(from, Duration { count: -count - more, unit }))
        };
        for (count, unit) in bounds.iter().copied().chain([(18, TimeUnit::Year), (45, TimeUnit::Year)]) {
            fit.extend(back(count, unit, now));
        }
        for (quantity, on) in &ages {
            let (low, high) = limits(quantity);
            let unit = TimeUnit::from_text(quantity.unit.as_deref()?)?;
            for end in [low, high].into_iter().flatten() {
                fit.extend(back(end.0.to_formula() as i32, unit, *on));
            }
        }
        let fit: Vec<i64> = fit.iter().flat_map(|day| (-2..=2).map(move |by| day + by)).collect();
        let fit: Vec<i64> = fit
            .into_iter()
            .filter(|day| {
                let dated = dates.iter().all(|when| {
                    (number_of(when.earliest().first_day())..=number_of(when.latest().last_day())).contains(day)
                });
                let aged = ages.iter().all(|(quantity, on)| {
                    let unit = quantity.unit.as_deref().and_then(TimeUnit::from_text).unwrap();
                    let years = Exact::whole(age(*day, *on, unit));
                    lies(years, limits(quantity)) && *on >= *day
                });
                dated && aged && *day <= now
            })
            .collect();
        self.world.born = self.any(&fit)?;
        self.world.age_is_stated = !dates.is_empty() || !ages.is_empty();
        Some(())
    }

    fn said(&mut self, subject: &Subject, record: &Record) -> Option<()> {
        let judged = matches!(subject, Subject::Judgement(_));
        let mut answers: BTreeSet<bool> = BTreeSet::new();
        for fact in record.about(subject).filter(|fact| !judged || fact.source == Respondent::Investigator) {
            match fact.value {
                FactValue::Present(_) => answers.insert(true),
                FactValue::Refuted(_) => answers.insert(false),
                _ => false,
            };
        }
        let answers: Vec<bool> = if answers.is_empty() { vec![true, false] } else { answers.into_iter().collect() };
        let answer = if answers.len() == 2 { self.any(&answers)? } else { *answers.first()? };
        self.world.yes.insert(subject.key(), answer);
        Some(())
    }

    fn period(&mut self, period: Period) -> Option<(Option<Moment>, Option<Moment>)> {
        let mut end = |date: Option<Date>| match date {
            None => Some(None),
            Some(date) => self.moment(range(When::On(date), self.offset)).map(Some),
        };
        let (from, to) = (end(period.from)?, end(period.to)?);
        (from.is_none() || to.is_none() || from <= to).then_some((from, to))
    }

    /// The last moment of which a statement without an end says anything.
    fn today(&self) -> Moment {
        let now = self.world.now;
        Moment { minute: (now.day * 1_440 - self.offset + 1_439).max(now.minute), ..now }
    }

    fn by(&self, at: Moment, minutes: i64) -> Moment {
        let minute = at.minute + minutes;
        Moment { minute, day: (minute + self.offset).div_euclid(1_440).clamp(at.day - 1, at.day + 1) }
    }

    /// A statement about a stretch of days holds for the whole of its first and last one.
    fn day_of(&self, at: Moment, date: Option<Date>, minute: i64) -> Moment {
        let day = date.is_some_and(|date| self.is_whole(date, minute));
        if day { Moment { minute: at.day * 1_440 - self.offset + minute, ..at } } else { at }
    }

    /// It is a day, or begins or ends one: on its own clock, where nobody says on which it is today.
    fn is_whole(&self, date: Date, minute: i64) -> bool {
        match date {
            Date::Instant(at) => {
                let (at, offset) = instant(&at.to_string());
                self.whole && (at + offset).rem_euclid(1_440) == minute
            }
            Date::Year(_) | Date::Month(..) | Date::Day(_) => true,
        }
    }

    /// From when to when something was that a fact tells of.
    fn time(&mut self, fact: &Fact, status: Status) -> Option<(Option<Moment>, Option<Moment>)> {
        let now = self.world.now;
        if let Some(period) = fact.during {
            return self.period(period);
        }
        if let Some(on) = fact.on {
            let range = range(on, self.offset);
            let latest = if status == Status::History { now.minute } else { i64::MAX };
            let at = self.moment_until(range, latest)?;
            return Some((Some(at), Some(at)));
        }
        if let Some(within) = fact.within {
            let past = status != Status::Planned;
            let at = self.open(past)?;
            return meets(&self.world, Some(within), Some(at), Some(at)).then_some((Some(at), Some(at)));
        }
        Some(match status {
            Status::Current => {
                let from = self.open(true)?;
                (Some(from), self.any(&[None, Some(now)])?)
            }
            Status::History => {
                let at = self.open(true)?;
                (Some(at), Some(at))
            }
            Status::Planned => {
                let at = self.open(false)?;
                (Some(at), Some(at))
            }
            Status::Any => {
                let past = self.any(&[true, false])?;
                let at = self.open(past)?;
                (Some(at), Some(at))
            }
        })
    }

    fn fact(&mut self, fact: &Fact, refuted: &mut Vec<(String, Refuted)>) -> Option<()> {
        let key = fact.subject.key();
        let now = self.world.now.minute;
        let class = Class::of(&key);
        let period = fact.during.map(|_| key.clone());
        let mut item = Item { stated: true, period, half_life: fact.half_life, ..Item::OPEN };
        match &fact.value {
            FactValue::Absent(_) => return Some(()),
            FactValue::Date(when) => {
                if Anchor::MOMENTS.iter().any(|anchor| anchor.concept() == Some(&key)) || key == "birth-date" {
                    return Some(());
                }
                let at = self.moment(range(*when, self.offset))?;
                item = Item { from: Some(at), to: Some(at), dated: true, ..item };
            }
            FactValue::Code(code) => {
                item.what = What::Code(code.clone());
                (item.from, item.to) = self.time(fact, Status::History)?;
            }
            // what cannot be compared gives way to what can be worked out
            FactValue::Quantity(quantity) if key == "egfr" && unit(&key, quantity.unit.as_deref()).is_none() => {
                return Some(());
            }
            FactValue::Quantity(quantity) => {
                item.what = self.number(&key, quantity, fact)?;
                if !(class.is_some() && fact.on.is_none() && fact.during.is_none()) {
                    (item.from, item.to) = self.time(fact, Status::History)?;
                }
                item.dated = fact.on.is_some();
                item.told = fact.on.map(|on| range(on, self.offset)).map(|range| (range.first, range.last));
                let one = unit(&key, quantity.unit.as_deref()).filter(|_| quantity.unit.is_some() || key == "nihss");
                item.doubtful = one.is_none();
                let stated = quantity.value.filter(|_| quantity.comparator.is_none());
                let places = |value: Decimal| value.to_string().split_once('.').map_or(0, |(_, after)| after.len());
                let half = |value: Decimal| Exact::ratio(1, 2 * 10_i128.pow(places(value) as u32))?.times(one?);
                item.half = stated.and_then(half);
            }
            FactValue::Present(status) => {
                (item.from, item.to) = self.time(fact, *status)?;
                let ahead = item.from.is_some_and(|at| at.minute > now);
                let given = fact.on.is_some() || fact.during.is_some();
                let planned = match status {
                    Status::Current | Status::History => false,
                    Status::Planned => true,
                    Status::Any => ahead && !given,
                };
                if ahead && !planned {
                    return None;
                }
                if *status == Status::Current && item.to.is_some_and(|at| at.minute < now) {
                    return None;
                }
                if planned {
                    item.what = What::Planned;
                }
                if let Some(class) = class {
                    self.dose(class, &item)?;
                }
                item.dated = !planned && (fact.on.is_some() || fact.during.is_some_and(|period| period.from.is_some()));
            }
            FactValue::Refuted(_) | FactValue::Complete => {
                let (from, to) = match fact.during {
                    Some(period) => {
                        let (from, to) = self.period(period)?;
                        (from.map(|at| self.day_of(at, period.from, 0)), to.map(|at| self.day_of(at, period.to, 1_439)))
                    }
                    None if fact.on.is_some_and(|on| range(on, self.offset).first > self.latest) => return Some(()),
                    None => (None, self.said_until(fact)?),
                };
                let but_listed = fact.value == FactValue::Complete;
                let status = if let FactValue::Refuted(status) = fact.value { status } else { Status::Any };
                let once = fact.on.is_some();
                // what has no end lasts until today, and says nothing of the days to come
                let until = fact.during.filter(|during| during.to.is_none()).map_or(to, |_| Some(self.today()));
                if fact.within.is_none() && matches!(status, Status::Any | Status::History) {
                    let (before, after) = (from.map(|at| self.by(at, -1)), until.map(|at| self.by(at, 1)));
                    let lasting = fact.during.is_some_and(|during| during.to.is_none());
                    let closed = Closed { before, after, once, lasting };
                    self.world.closed.entry(key.clone()).or_default().push(closed);
                }
                let within = fact.within;
                let (begin, end) = (fact.during.and_then(|d| d.from), fact.during.and_then(|d| d.to));
                let end = end.or(fact.on.map(When::latest));
                let day = |at: Option<Moment>, date: Option<Date>, edge: i64, step: i64| {
                    let whole = date.is_none_or(|date| self.is_whole(date, edge));
                    at.filter(|_| self.whole).map(|at| if whole { at.day } else { at.day + step })
                };
                let days = (day(from, begin, 0, 1), day(to, end, 1_439, -1));
                refuted.push((key.clone(), Refuted { status, from, to, within, but_listed, once, days }));
                let counted =
                    Concept::named(&key).is_some_and(|concept| concept.kind == Kind::Quantity) && class.is_none();
                if !counted || but_listed || status == Status::Planned {
                    return Some(());
                }
                item.what = What::Number { value: Exact::ZERO, upper: Exact::ONE, lower: Exact::ONE };
                (item.from, item.to) = if status == Status::Current {
                    let at = to.unwrap_or(self.world.now);
                    (Some(at), Some(at))
                } else {
                    (from, to)
                };
            }
        }
        if matches!(item.what, What::Number { .. } | What::Code(_)) && item.from.is_some_and(|at| at.minute > now) {
            // what is surely ahead was not measured yet; what may be is contradicted by this moment
            let ahead = fact.on.is_some_and(|on| range(on, self.offset).first > self.latest);
            return ahead.then_some(());
        }
        // some of a class is one of its members, or another
        let mut kinds: Vec<&str> =
            CLASSES.iter().filter(|(c, _)| *c == key && class.is_none()).map(|(_, m)| *m).collect();
        kinds.push(&key);
        let kind = self.any(&kinds)?.to_owned();
        self.world.items.entry(kind).or_default().push(item);
        Some(())
    }

    /// A medicine that is taken or planned is taken in some amount; what is planned, and nobody says when, for some time.
    fn dose(&mut self, class: &Class, item: &Item) -> Option<()> {
        let marks = self.marks(class.total, None, None);
        let fit: Vec<Exact> = around(marks.into_iter()).filter(|at| *at > Exact::ZERO).collect();
        let what = What::Number { value: self.any(&fit)?, upper: Exact::ONE, lower: Exact::ONE };
        let later = self.open(false)?;
        let to = if item.what == What::Planned { item.to.max(Some(later)) } else { item.to };
        let amount = Item { what, to, stated: true, ..item.clone() };
        self.world.items.entry(class.total.to_owned()).or_default().push(amount);
        Some(())
    }

    fn denies(&self, refuted: &Refuted, item: &Item) -> bool {
        let now = self.world.now.minute;
        let begun = item.from.is_none_or(|at| at.minute <= now);
        // where nobody says on which clock it is today, days are compared as days
        let (first, last) = refuted.days;
        let ends = |to: Moment| refuted.from.is_none_or(|from| to >= from) || first.is_some_and(|day| to.day >= day);
        let begins = |from: Moment| refuted.to.is_none_or(|to| from <= to) || last.is_some_and(|day| from.day <= day);
        let overlaps = item.from.is_none_or(begins)
            && item.to.is_none_or(ends)
            && meets(&self.world, refuted.within, item.from, item.to);
        let zero = matches!(item.what, What::Number { value, .. } if value == Exact::ZERO);
        if zero || (refuted.but_listed && item.stated) {
            return false;
        }
        match refuted.status {
            Status::Any => overlaps,
            Status::History => item.what != What::Planned && begun && overlaps,
            Status::Current => item.what != What::Planned && begun && item.to.is_none_or(|at| at.minute >= now),
            Status::Planned => item.what == What::Planned,
        }
    }

    fn number(&mut self, key: &str, quantity: &Quantity, fact: &Fact) -> Option<What> {
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
        let fit: Vec<Exact> = around(marks.into_iter().chain(ends)).filter(real).collect();
        let value = self.any(&fit)?;
        Some(self.what(key, value, upper, lower))
    }

    /// Fills in limits of normal near which the value lies.
    fn what(&mut self, key: &str, value: Exact, upper: Option<Exact>, lower: Option<Exact>) -> What {
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

    fn marks(&self, key: &str, upper: Option<Exact>, lower: Option<Exact>) -> Vec<Exact> {
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

    /// When a value was that no fact speaks of: at no time in particular, at some moment, or for some days.
    fn filled(&mut self, key: &str, leaf: &Expression) -> Option<(Option<Moment>, Option<Moment>)> {
        let at = self.open(true)?;
        let dose = Class::of_total(key).is_some();
        Some(match (self.pick)(3) {
            0 if dose => (Some(at), None),
            1 if dose => (None, Some(at)),
            2 if !matches!(leaf, Expression::Change(_)) || dose => (None, None),
            _ => (Some(at), Some(at)),
        })
    }

    /// Adds what no fact speaks of and no statement denies.
    fn fill(&mut self, leaf: &Expression, refuted: &[(String, Refuted)]) -> Option<()> {
        let subject = leaf.subject()?;
        let key = subject.key();
        for _ in 0..2 {
            let open = Item::OPEN;
            let item = match leaf {
                Expression::Compare(_) | Expression::Change(_) => {
                    let mut marks = self.marks(&key, None, None);
                    if matches!(leaf, Expression::Change(_)) {
                        // by half and by as much again
                        let more = |at: &Exact| [(11, 10), (3, 2), (2, 1)].map(|(n, d)| at.times(Exact::ratio(n, d)?));
                        marks.extend(marks.iter().flat_map(more).flatten().collect::<Vec<_>>());
                    }
                    let fit: Vec<Exact> = around(marks.into_iter()).filter(|at| *at >= Exact::ZERO).collect();
                    let value = self.any(&fit).unwrap_or(Exact::ONE);
                    let (from, to) = self.filled(&key, leaf)?;
                    Item { what: self.what(&key, value, None, None), from, to, ..open }
                }
                Expression::IsOneOf(is) => {
                    let mut codes = is.values.clone();
                    codes.push("another".to_owned());
                    let (from, to) = self.filled(&key, leaf)?;
                    Item { what: What::Code(self.any(&codes).unwrap_or_default()), from, to, ..open }
                }
                Expression::Present(_) | Expression::Elapsed(_) => {
                    let kind = (self.pick)(4);
                    let at = if kind == 1 { self.open(false) } else { self.open(true) };
                    let what = if kind == 1 { What::Planned } else { What::Happened };
                    let to = if kind == 2 { Some(self.world.now) } else { at };
                    if kind == 0 {
                        continue;
                    }
                    Item { what, from: at, to, ..open }
                }
                _ => continue,
            };
            let sure =
                matches!(leaf, Expression::Compare(_) | Expression::IsOneOf(_)) && Class::of_total(&key).is_none();
            let about = || refuted.iter().filter(|(name, _)| covered(name).contains(&key.as_str()));
            let denied = about().any(|(_, refuted)| self.denies(refuted, &item));
            let stands = |refuted: &Refuted| Refuted { to: None, ..*refuted };
            let gainsaid = about().any(|(_, refuted)| refuted.once && self.denies(&stands(refuted), &item));
            if sure || !denied {
                let item = Item { gainsaid: gainsaid && !sure, ..item };
                self.world.items.entry(key.clone()).or_default().push(item);
            }
        }
        Some(())
    }
}

/// What a statement about a subject speaks of: itself, and what belongs to it.
fn covered(key: &str) -> Vec<&str> {
    let mut covered = vec![key];
    if let Some(class) = Class::of(key).filter(|class| class.is(key)) {
        class.names().for_each(|name| covered.push(name));
    }
    covered.extend(CLASSES.iter().filter(|(class, _)| *class == key).map(|(_, member)| *member));
    covered
}

type Limits = (Option<(Exact, bool)>, Option<(Exact, bool)>);

/// The ends of what a quantity may be, in its own unit, and whether they belong to it.
fn limits(quantity: &Quantity) -> Limits {
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

fn lies(value: Exact, (low, high): Limits) -> bool {
    low.is_none_or(|(at, inclusive)| value > at || (inclusive && value == at))
        && high.is_none_or(|(at, inclusive)| value < at || (inclusive && value == at))
}

/// Each of these values, and a little less and more.
fn around(values: impl Iterator<Item = Exact>) -> impl Iterator<Item = Exact> {
    values
        .flat_map(|value| [(99, 100), (1, 1), (101, 100), (10, 1), (0, 1)].map(|(n, d)| (value, n, d)))
        .filter_map(|(value, n, d)| value.times(Exact::ratio(n, d)?))
}
