//! Points in time, as far as they are known.

use crate::model::date::{DAY, Day, When};
use crate::model::moment::Now;
use crate::model::window::{Duration, TimeUnit};
use crate::truth::Truth;

/// Minutes from 1970 to beyond any date.
const FAR: i64 = 10_000 * 366 * DAY;

/// One point in time, known to lie between two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) first_day: Day,
    pub(crate) last_day: Day,
    pub(crate) first: i64,
    pub(crate) last: i64,
}

impl Mark {
    /// Any time at all.
    pub(crate) const ANY: Mark = {
        let (first_day, last_day) = (Day::FIRST, Day::LAST);
        Mark { first_day, last_day, first: -FAR, last: FAR }
    };

    /// After any time.
    pub(crate) const BEYOND: Mark = Mark { first_day: Day::LAST, first: FAR, ..Mark::ANY };

    /// Now or any time after it.
    pub(crate) fn from_now_on(now: Now) -> Mark {
        Mark { first_day: now.day, first: now.first, ..Mark::ANY }
    }

    /// The minutes between which it is known to lie.
    pub(crate) fn known_minutes(self) -> impl Iterator<Item = i64> {
        [self.first, self.last].into_iter().filter(|at| at.abs() < FAR)
    }

    /// The days between which it is known to lie.
    pub(crate) fn known_days(self) -> impl Iterator<Item = Day> {
        [self.first_day, self.last_day].into_iter().filter(|day| *day > Day::FIRST && *day < Day::LAST)
    }

    pub(crate) fn of(when: When, now: Now) -> Mark {
        let (earliest, latest) = (when.earliest(), when.latest());
        Mark {
            first_day: earliest.first_day(),
            last_day: latest.last_day(),
            first: earliest.first_minute(now.offset),
            last: latest.last_minute(now.offset),
        }
    }

    /// It lies ahead of the moment that is judged from.
    pub(crate) fn is_ahead(&self, now: Now) -> bool {
        if self.first == self.last || now.to_the_minute { self.first > now.last } else { self.first_day > now.day }
    }

    /// What ends then lasts until now at least.
    pub(crate) fn lasts_until(&self, now: Now) -> bool {
        let last = if self.first == self.last { self.first } else { now.start_of(self.first_day.plus_days(1)) - 1 };
        last >= now.last
    }

    pub(crate) fn at(now: Now) -> Mark {
        Mark { first_day: now.day, last_day: now.day, first: now.first, last: now.last }
    }

    /// Any minute of a day.
    pub(crate) fn day(day: Day, now: Now) -> Mark {
        let first = now.start_of(day);
        Mark { first_day: day, last_day: day, first, last: first + DAY - 1 }
    }

    /// The same, where it is known not to lie ahead.
    pub(crate) fn no_later_than(self, now: Now) -> Mark {
        Mark { last_day: self.last_day.min(now.day), last: self.last.min(now.last).max(self.first), ..self }
    }

    /// So many days later on the calendar.
    pub(crate) fn plus_days(self, days: i64) -> Mark {
        Mark { first_day: self.first_day.plus_days(days), last_day: self.last_day.plus_days(days), ..self }
    }

    /// So much later: by the clock in minutes, by the calendar in whole days.
    pub(crate) fn after(self, length: Duration, now: Now) -> Mark {
        if length.count == 0 {
            return self;
        }
        match length.minutes() {
            Some(minutes) => {
                let (first, last) = (self.first + minutes, self.last + minutes);
                Mark { first_day: now.moved_to(first).day, last_day: now.moved_to(last).day, first, last }
            }
            None => {
                let (first_day, last_day) = (length.after(self.first_day), length.after(self.last_day));
                Mark { first_day, last_day, first: now.start_of(first_day), last: now.start_of(last_day) + DAY - 1 }
            }
        }
    }

    /// The older of two points, as far as they are known.
    pub(crate) fn older(self, other: Mark) -> Mark {
        Mark {
            first_day: self.first_day.min(other.first_day),
            last_day: self.last_day.min(other.last_day),
            first: self.first.min(other.first),
            last: self.last.min(other.last),
        }
    }

    /// The newer of two points, as far as they are known.
    pub(crate) fn newer(self, other: Mark) -> Mark {
        // days of different clocks say nothing of each other: which of the two it is, and from which of its days on,
        // the minutes say
        let of = |one: Mark, than: Mark| {
            let from = match one.first {
                first if first <= -FAR => one.first_day.max(than.first_day),
                first => one.first_day.plus_days((than.first - first).max(0).div_euclid(DAY)),
            };
            (one.last >= than.first).then_some(from)
        };
        let first_day = of(self, other).into_iter().chain(of(other, self)).min();
        Mark {
            first_day: first_day.unwrap_or(self.first_day),
            last_day: self.last_day.max(other.last_day),
            first: self.first.max(other.first),
            last: self.last.max(other.last),
        }
    }
}

/// True where it surely is so, false where it never is, unknown between the two.
pub(crate) fn decided(surely: bool, never: bool) -> Truth {
    if surely {
        Truth::True
    } else if never {
        Truth::False
    } else {
        Truth::Unknown
    }
}

/// The first day after `today` on which `duration` later is `edge` or beyond.
pub(crate) fn first_day_reaching(duration: Duration, edge: Day, today: Day) -> Option<Day> {
    // clipping to the end of the month moves a date by three days at the most
    const CLIPPED: i64 = 3;
    if duration.after(today) >= edge {
        return None;
    }
    let back = Duration { count: -duration.count, ..duration }.after(edge);
    if matches!(duration.unit, TimeUnit::Day | TimeUnit::Week) {
        return Some(back).filter(|day| duration.after(*day) >= edge);
    }
    let reaches = |day: &Day| *day > today && duration.after(*day) >= edge;
    let day = (0..=CLIPPED).map(|days| back.plus_days(days)).find(reaches)?;
    (1..=CLIPPED).map(|days| day.plus_days(-days)).take_while(reaches).last().or(Some(day))
}
