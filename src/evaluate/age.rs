//! Age in completed years, months, weeks or days, on the as-of day.
//!
//! Someone born on 29 February is a year older on 28 February of a common year. An age given as a number on a date
//! is an interval of birth dates, and grows older.

use crate::evaluate::Scope;
use crate::evaluate::chart::Entry;
use crate::evaluate::cited::Cited;
use crate::evaluate::length::completed;
use crate::model::date::{Day, When};
use crate::model::decimal::Exact;
use crate::model::moment::{AsOf, Now};
use crate::model::name::Name;
use crate::model::quantity::{End, Interval};
use crate::model::record::{Fact, FactValue, Record};
use crate::model::unit::{Dimension, Unit};
use crate::model::window::{Duration, TimeUnit};

/// The first and last day on which a person may have been born, as one fact has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Birth<'a> {
    pub(crate) fact: &'a Name,
    pub(crate) first: Day,
    pub(crate) last: Day,
    /// An age that nobody dated is today's, whenever today is: it does not grow older.
    pub(crate) grows: bool,
}

/// What the record says of the birth: the stated dates, else the ages given on dates.
pub(crate) fn births<'a>(scope: &Scope<'a>) -> Vec<Birth<'a>> {
    let stated: Vec<Birth<'a>> = dates(scope, "birth-date").collect();
    if !stated.is_empty() {
        return stated;
    }
    scope.about_concept("age").iter().filter_map(|fact| birth_of_age(fact, scope)).collect()
}

/// The days that facts about a concept date it on.
pub(crate) fn dates<'a>(scope: &Scope<'a>, concept: &str) -> impl Iterator<Item = Birth<'a>> {
    scope.about_concept(concept).iter().filter_map(|fact| match &fact.value {
        FactValue::Date(when) => Some(Birth {
            fact: &fact.id,
            first: when.earliest().first_day(),
            last: when.latest().last_day(),
            grows: true,
        }),
        FactValue::Quantity(_)
        | FactValue::Code(_)
        | FactValue::Present(_)
        | FactValue::Refuted(_)
        | FactValue::Absent(_)
        | FactValue::Complete => None,
    })
}

/// The fewest and the most completed years that somebody is old, as far as the record tells.
pub(crate) fn years(record: &Record, as_of: &AsOf) -> Option<(i64, i64)> {
    let about = |concept| record.facts.iter().filter(move |fact| fact.subject.cmp_concept(concept).is_eq());
    let born = |fact: &Fact| match &fact.value {
        FactValue::Date(when) => Some((when.earliest().first_day(), when.latest().last_day())),
        FactValue::Quantity(_)
        | FactValue::Code(_)
        | FactValue::Present(_)
        | FactValue::Refuted(_)
        | FactValue::Absent(_)
        | FactValue::Complete => None,
    };
    let mut births: Vec<(Day, Day)> = about("birth-date").filter_map(born).collect();
    if births.is_empty() {
        let of_age = |fact| birth_on(fact, fact.on.unwrap_or(When::On(as_of.date())));
        births = about("age").filter_map(of_age).map(|birth| (birth.first, birth.last)).collect();
    }
    let today = as_of.now().day;
    let years = |birth| completed(birth, today, TimeUnit::Year);
    births
        .into_iter()
        .map(|(first, last)| (years(last), years(first)))
        .reduce(|(low, high), (other_low, other_high)| (low.min(other_low), high.max(other_high)))
}

/// Nobody is older, in years.
const OLDEST: i64 = 150;

fn birth_of_age<'a>(fact: &'a Fact, scope: &Scope<'a>) -> Option<Birth<'a>> {
    birth_on(fact, fact.on.unwrap_or(When::On(scope.as_of.date())))
}

/// The birth of who was so old on a day.
pub(crate) fn birth_on(fact: &Fact, when: When) -> Option<Birth<'_>> {
    let FactValue::Quantity(quantity) = &fact.value else { return None };
    let unit = unit_of(quantity.unit.as_deref()?)?;
    let interval = quantity.interval()?;
    let whole = |end: Option<End>| end.map(|end| end.at.to_formula() as i64);
    // whoever is younger than 18 has completed 17 years at the most
    let at_most = whole(interval.high).map(|age| match interval.high {
        Some(end) if !end.inclusive && end.at == Exact::whole(age) => age - 1,
        _ => age,
    });
    let (first, last) = (when.earliest().first_day(), when.latest().last_day());
    Some(Birth {
        fact: &fact.id,
        first: at_most.map_or(back(first, OLDEST, TimeUnit::Year), |oldest| first_birth(first, oldest, unit)),
        last: last_birth(last, whole(interval.low).unwrap_or(0), unit),
        grows: fact.on.is_some(),
    })
}

/// The earliest birth that makes someone `age` units old, and not more, on `day`.
fn first_birth(day: Day, age: i64, unit: TimeUnit) -> Day {
    let mut birth = back(day, age + 1, unit).plus_days(-3);
    while completed(birth, day, unit) > age && birth < Day::LAST {
        birth = birth.plus_days(1);
    }
    birth
}

/// The latest birth that makes someone at least `age` units old on `day`.
fn last_birth(day: Day, age: i64, unit: TimeUnit) -> Day {
    let mut birth = back(day, age, unit).plus_days(3);
    while completed(birth, day, unit) < age && birth > Day::FIRST {
        birth = birth.plus_days(-1);
    }
    birth
}

fn back(day: Day, count: i64, unit: TimeUnit) -> Day {
    let count = i32::try_from(-count).unwrap_or(if count > 0 { -i32::MAX } else { i32::MAX });
    Duration { count, unit }.after(day)
}

/// The unit in which an age is counted.
pub(crate) fn unit_of(text: &str) -> Option<TimeUnit> {
    counted(Unit::from_text(text)?.dimension)
}

/// The unit of time that a dimension of ages counts.
pub(crate) fn counted(dimension: Dimension) -> Option<TimeUnit> {
    const COUNTED: [(Dimension, TimeUnit); 4] = [
        (Dimension::Years, TimeUnit::Year),
        (Dimension::Months, TimeUnit::Month),
        (Dimension::Weeks, TimeUnit::Week),
        (Dimension::Days, TimeUnit::Day),
    ];
    COUNTED.into_iter().find(|(counted, _)| *counted == dimension).map(|(_, unit)| unit)
}

impl Birth<'_> {
    /// Completed units on a day: from the age of the latest birth to that of the earliest.
    pub(crate) fn age_on(&self, day: Day, unit: TimeUnit) -> Interval {
        let end = |at: i64| Some(End { at: Exact::whole(at.max(0)), inclusive: true });
        Interval { low: end(completed(self.last, day, unit)), high: end(completed(self.first, day, unit)) }
    }

    /// The minutes at which the person is next a year older.
    pub(crate) fn birthday(&self, now: Now) -> [i64; 2] {
        let year = TimeUnit::Year;
        [self.first, self.last].map(|birth| now.start_of(back(birth, -completed(birth, now.day, year) - 1, year)))
    }
}

/// Ages that somebody gave without saying in which unit.
pub(crate) fn without_unit<'a>(scope: &Scope<'a>, concept: &str) -> Cited<'a> {
    let counted = |fact: &&Entry| matches!(fact.value, FactValue::Quantity(_));
    scope.about_concept(concept).iter().filter(counted).map(|fact| &fact.id).collect()
}
