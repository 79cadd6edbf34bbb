//! The moment an evaluation is made for.

use crate::model::date::{DAY, Date, Day};
use crate::model::window::Anchor;

/// The moment an evaluation is made for, and the anchors that are known. The engine has no clock: the caller does.
///
/// # Example
///
/// ```
/// use trial_prescreen::{AsOf, Date};
/// assert!(AsOf::new("2026-03-15T14:30+08:00".parse().unwrap()).is_some());
/// assert!(AsOf::new("2026-03-15".parse().unwrap()).is_some()); // the whole day: hours may stay unknown
/// assert!(AsOf::new("2026-03".parse().unwrap()).is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsOf {
    at: Date,
    /// Dates of anchors that are known or planned.
    pub anchors: Anchors,
}

impl AsOf {
    /// A day or a minute; `None` for a month or a year, on which nothing can be decided.
    pub fn new(at: Date) -> Option<AsOf> {
        matches!(at, Date::Day(_) | Date::Instant(_)).then(|| AsOf { at, anchors: Anchors::default() })
    }

    /// The first day of 1970: what a caller gets who gives no moment.
    #[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "only the JavaScript door needs it"))]
    pub(crate) fn epoch() -> AsOf {
        AsOf { at: Date::Day(Day::of_number(0)), anchors: Anchors::default() }
    }

    /// The day or minute itself.
    pub fn date(&self) -> Date {
        self.at
    }

    /// The moment on the time line.
    pub(crate) fn now(&self) -> Now {
        match self.at {
            Date::Instant(instant) => Now {
                day: instant.day(),
                first: instant.minute(),
                last: instant.minute(),
                offset: instant.offset(),
                to_the_minute: true,
                timed: true,
            },
            Date::Year(_) | Date::Month(..) | Date::Day(_) => Now::whole(self.at.first_day()),
        }
    }
}

/// Dates of anchors, in the order of the anchors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors(Vec<(Anchor, Date)>);

impl Anchors {
    /// Sets the date of an anchor.
    pub fn insert(&mut self, anchor: Anchor, date: Date) {
        self.0.retain(|(known, _)| *known != anchor);
        let at = self.0.partition_point(|(known, _)| *known < anchor);
        self.0.insert(at, (anchor, date));
    }

    /// Every anchor with its date.
    pub fn iter(&self) -> impl Iterator<Item = (&Anchor, Date)> {
        self.0.iter().map(|(anchor, date)| (anchor, *date))
    }

    /// The date of an anchor.
    pub fn get(&self, anchor: &Anchor) -> Option<Date> {
        self.0.iter().find(|(known, _)| known == anchor).map(|(_, date)| *date)
    }
}

/// Minutes by which the easternmost clocks are ahead of UTC.
const EASTERNMOST: i64 = 14 * 60;
/// Minutes by which the westernmost clocks are behind UTC.
const WESTERNMOST: i64 = 12 * 60;

/// A moment on the time line: one minute, or any minute of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Now {
    /// The calendar day on the local clock.
    pub(crate) day: Day,
    /// The first minute it may be.
    pub(crate) first: i64,
    /// The last minute it may be.
    pub(crate) last: i64,
    /// Minutes by which the local clock is ahead of UTC.
    pub(crate) offset: i16,
    /// It is one minute.
    pub(crate) to_the_minute: bool,
    /// What time alone will change is wanted.
    pub(crate) timed: bool,
}

impl Now {
    /// A day of which nobody said where: it begins 14 hours before it does in Greenwich, and ends 12 hours after.
    fn whole(day: Day) -> Now {
        let first = day.number() * DAY;
        Now {
            day,
            first: first - EASTERNMOST,
            last: first + DAY - 1 + WESTERNMOST,
            offset: 0,
            to_the_minute: false,
            timed: true,
        }
    }

    /// The same, where nobody asks what time alone will change.
    pub(crate) fn untimed(self) -> Now {
        Now { timed: false, ..self }
    }

    /// The last minute before which nothing later is told apart.
    pub(crate) fn end(self) -> i64 {
        if self.to_the_minute { self.last } else { self.start_of(self.day) + DAY - 1 }
    }

    /// The moment that begins at a later minute, as precise as this one.
    pub(crate) fn moved_to(self, minute: i64) -> Now {
        let day = Day::of_number((minute + i64::from(self.offset)).div_euclid(DAY));
        if self.to_the_minute { Now { day, first: minute, last: minute, ..self } } else { Now::whole(day) }
    }

    /// Later minutes at which a change at `minute` shows: its own, and for whole days those that may hold it.
    pub(crate) fn shows(self, minute: i64) -> impl Iterator<Item = i64> {
        let around = if self.to_the_minute { [0; 4] } else { [-WESTERNMOST, 0, EASTERNMOST, EASTERNMOST + DAY] };
        around.into_iter().map(move |by| minute + by).filter(move |at| self.timed && *at > self.end())
    }

    /// The minute at which a day begins on the local clock.
    pub(crate) fn start_of(self, day: Day) -> i64 {
        day.number() * DAY - i64::from(self.offset)
    }
}
