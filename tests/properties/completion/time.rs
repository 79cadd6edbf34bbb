//! Dates as the minutes that they may be, and moments chosen near the edges of what is asked.

use trial_prescreen::{Date, Duration, Fact, FactValue, Period, Status, TimeUnit, When};

use super::Builder;
use crate::oracle::calendar::{number, number_of, shifted};
use crate::oracle::{Moment, meets};

/// A date as the range of minutes it may be, and the offset of the clock that its days are told by.
#[derive(Clone, Copy)]
pub(super) struct Range {
    pub(super) first: i64,
    pub(super) last: i64,
    pub(super) offset: i64,
}

/// Minute and offset of `2026-03-15T14:30+08:00`.
pub(crate) fn instant(text: &str) -> (i64, i64) {
    let at = |from: usize, to: usize| text[from..to].parse::<i64>().unwrap();
    let offset = (at(17, 19) * 60 + at(20, 22)) * if &text[16..17] == "-" { -1 } else { 1 };
    let local = number(at(0, 4), at(5, 7), at(8, 10)) * 1_440 + at(11, 13) * 60 + at(14, 16);
    (local - offset, offset)
}

pub(super) fn range(when: When, offset: i64) -> Range {
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

impl Builder<'_, '_> {
    pub(super) fn moment(&mut self, range: Range) -> Option<Moment> {
        self.moment_until(range, i64::MAX)
    }

    pub(super) fn moment_until(&mut self, range: Range, latest: i64) -> Option<Moment> {
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
    pub(super) fn open(&mut self, past: bool) -> Option<Moment> {
        let (now, far) = (self.world.now.minute, 1_440 * 1_000);
        let (first, last) = if past { (now - far, now) } else { (now, now + far) };
        let at = self.moment(Range { first, last, offset: self.offset })?;
        // a day without a zone is the same day on every clock
        let today = self.world.now.day;
        Some(Moment { day: if past { at.day.min(today) } else { at.day.max(today) }, ..at })
    }

    /// Adds to the grid where the lengths of time from an anchor end.
    pub(super) fn spread(&mut self, lengths: &[Duration], anchor: Moment) {
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

    /// Up to when a statement speaks that was made on a date; nothing where that is today, or nothing is said of it.
    pub(super) fn said_until(&mut self, fact: &Fact) -> Option<Option<Moment>> {
        let Some(on) = fact.on else { return Some(None) };
        let at = self.moment(range(on, self.offset))?;
        Some((at.day < self.world.now.day).then_some(self.day_of(at, Some(on.latest()), 1_439)))
    }

    pub(super) fn period(&mut self, period: Period) -> Option<(Option<Moment>, Option<Moment>)> {
        let mut end = |date: Option<Date>| match date {
            None => Some(None),
            Some(date) => self.moment(range(When::On(date), self.offset)).map(Some),
        };
        let (from, to) = (end(period.from)?, end(period.to)?);
        (from.is_none() || to.is_none() || from <= to).then_some((from, to))
    }

    /// The last moment of which a statement without an end says anything.
    pub(super) fn today(&self) -> Moment {
        let now = self.world.now;
        Moment { minute: (now.day * 1_440 - self.offset + 1_439).max(now.minute), ..now }
    }

    pub(super) fn by(&self, at: Moment, minutes: i64) -> Moment {
        let minute = at.minute + minutes;
        Moment { minute, day: (minute + self.offset).div_euclid(1_440).clamp(at.day - 1, at.day + 1) }
    }

    /// A statement about a stretch of days holds for the whole of its first and last one.
    pub(super) fn day_of(&self, at: Moment, date: Option<Date>, minute: i64) -> Moment {
        let day = date.is_some_and(|date| self.is_whole(date, minute));
        if day { Moment { minute: at.day * 1_440 - self.offset + minute, ..at } } else { at }
    }

    /// It is a day, or begins or ends one: on its own clock, where nobody says on which it is today.
    pub(super) fn is_whole(&self, date: Date, minute: i64) -> bool {
        match date {
            Date::Instant(at) => {
                let (at, offset) = instant(&at.to_string());
                self.whole && (at + offset).rem_euclid(1_440) == minute
            }
            Date::Year(_) | Date::Month(..) | Date::Day(_) => true,
        }
    }

    /// From when to when something was that was there: an end that nobody states is anywhere beyond the other one.
    /// What is there now has begun and, without an end, goes on; what is planned lies ahead.
    pub(super) fn there(&mut self, period: Period, status: Status) -> Option<(Option<Moment>, Option<Moment>)> {
        let (now, far) = (self.world.now, 1_440 * 1_000);
        let (from, to) = self.period(period)?;
        let last = match status {
            Status::Current | Status::History => to.map_or(now, |to| to.min(now)),
            Status::Planned | Status::Any => to.unwrap_or(Moment { minute: now.minute + far, day: now.day + 1_000 }),
        };
        let first = if status == Status::Planned { now.minute } else { now.minute.min(last.minute) - far };
        let from = match from {
            Some(from) => from,
            None => self.on_or_between(first, last.minute)?,
        };
        let to = match to {
            None if status != Status::Current => {
                Some(self.on_or_between(from.minute, now.minute.max(from.minute) + far)?)
            }
            to => to,
        };
        // a day without a zone is the same day on every clock
        let from = Moment { day: if from.minute <= last.minute { from.day.min(last.day) } else { from.day }, ..from };
        Some((Some(from), to.map(|to| Moment { day: to.day.max(from.day), ..to })))
    }

    fn on_or_between(&mut self, first: i64, last: i64) -> Option<Moment> {
        self.moment(Range { first, last, offset: self.offset })
    }

    /// From when to when something was that a fact tells of.
    pub(super) fn time(&mut self, fact: &Fact, status: Status) -> Option<(Option<Moment>, Option<Moment>)> {
        let now = self.world.now;
        if let Some(period) = fact.during {
            return match fact.value {
                FactValue::Present(_) => self.there(period, status),
                _ => self.period(period),
            };
        }
        if let Some(on) = fact.on {
            let range = range(on, self.offset);
            let latest = if status == Status::History { now.minute } else { i64::MAX };
            let at = self.moment_until(range, latest)?;
            return Some((Some(at), Some(at)));
        }
        if let Some(within) = &fact.within {
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
}
