//! When a fact was.

use crate::evaluate::mark::Mark;
use crate::evaluate::soonest::Soonest;
use crate::model::date::{DAY, Date, Day, Period, When};
use crate::model::moment::Now;
use crate::model::record::Fact;
use crate::model::window::Duration;

/// From one point to another; an absent end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Occurrence {
    pub(crate) begin: Option<Mark>,
    pub(crate) end: Option<Mark>,
    /// How long half of the medicine stays, where somebody says so.
    pub(crate) half_life: Option<Duration>,
}

impl Occurrence {
    /// When a fact was; `None` where nothing is said of it.
    pub(crate) fn of(fact: &Fact, now: Now) -> Option<Occurrence> {
        let half_life = fact.half_life;
        if let Some(period) = fact.during {
            let mark = |date: Option<Date>| date.map(|d| Mark::of(When::On(d), now));
            return Some(Occurrence { begin: mark(period.from), end: mark(period.to), half_life });
        }
        let mark = Mark::of(fact.on?, now);
        Some(Occurrence { begin: Some(mark), end: Some(mark), half_life })
    }

    /// When something was of which a fact says that it was there.
    ///
    /// INVARIANT: an end that nobody states may be anywhere beyond the one that is stated. What goes on has no end.
    pub(crate) fn there(self, goes_on: bool) -> Occurrence {
        let begin = self.begin.unwrap_or(match self.end {
            Some(end) => Mark { last_day: end.last_day, last: end.last, ..Mark::ANY },
            None => Mark::ANY,
        });
        let after = Mark { first_day: begin.first_day, first: begin.first, ..Mark::ANY };
        let end = self.end.or((!goes_on).then_some(after));
        Occurrence { begin: Some(begin), end, ..self }
    }

    /// The stretch that a statement of absence is about: a day that it enters or leaves by the clock is not whole.
    ///
    /// Where nobody says on which clock it is today, the clock is that of the statement.
    fn denied(mut self, period: Period, now: Now) -> Occurrence {
        let local = |date: Option<Date>| match date {
            Some(Date::Instant(at)) => {
                Some(at.minute() + i64::from(if now.to_the_minute { now.offset } else { at.offset() }))
            }
            Some(Date::Year(_) | Date::Month(..) | Date::Day(_)) | None => None,
        };
        if let (Some(begin), Some(minute)) = (&mut self.begin, local(period.from)) {
            begin.last_day = Day::of_number((minute + DAY - 1).div_euclid(DAY));
        }
        if let (Some(end), Some(minute)) = (&mut self.end, local(period.to)) {
            end.first_day = Day::of_number((minute + 1).div_euclid(DAY) - 1);
        }
        self
    }
}

/// The stretch that a statement about all of something speaks of; `None` where it speaks of any time.
///
/// INVARIANT: what was said on a day speaks of the time up to that day, and of no later one. On that very day it is as
/// good as a statement without a date. A stretch without an end lasts until now: no value of the days to
/// come is known.
pub(crate) fn spoken_of(fact: &Fact, now: Now, next: &mut Soonest) -> Option<Occurrence> {
    if let Some(during) = fact.during {
        return Occurrence::of(fact, now).map(|when| when.denied(during, now));
    }
    let on = fact.on?;
    let said = Mark::of(on, now);
    if said.is_ahead(now) {
        next.extend(now.shows(said.first));
        // it was not said yet, and speaks of nothing
        return Some(Occurrence { begin: Some(Mark::BEYOND), ..Occurrence::default() });
    }
    if said.first_day >= now.day {
        next.push(now.start_of(now.day.plus_days(1)));
        return None;
    }
    let stretch = Occurrence { begin: None, end: Some(said), half_life: fact.half_life };
    Some(stretch.denied(Period { from: None, to: Some(on.earliest()) }, now))
}
