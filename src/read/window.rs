//! Windows: "within 28 days before the first dose", 入组前3个月内.

use crate::model::record::Subject;
use crate::model::window::{Anchor, Duration, TimeUnit, Window};

use super::anchor::Point;
use super::clause::Clause;
use super::in_chinese::chinese;
use super::in_english::english;
use super::length::{Length, counts_time};
use super::scan::Scan;
use super::table::phrases;
use super::token::Sign;

/// On which side of its anchor a length lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
    Around,
}

/// A length of time in a sentence, with what it hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Timing {
    /// No more than this (within), or no less.
    pub(super) sign: Sign,
    pub(super) length: Length,
    pub(super) side: Side,
    /// The text names a moment or an event.
    pub(super) point: Option<Point>,
    /// "For 3 months": so long without a break.
    pub(super) lasting: bool,
    /// "The next 3 months": what is planned.
    pub(super) ahead: bool,
    /// The stretch is named, and not only its length: "the last 3 months", "before screening".
    pub(super) placed: bool,
    /// "Of enrolment": on either side.
    pub(super) loose: bool,
    /// "3 months before screening", and neither within nor at least.
    pub(super) bare: bool,
}

impl Timing {
    /// The moment that it hangs on: the as-of moment, where none is named. `None` for an event without a date.
    pub(super) fn anchor(&self) -> Option<Anchor> {
        match &self.point {
            None => Some(Anchor::AsOf),
            Some(Point::Moment(anchor)) => Some(anchor.clone()),
            Some(Point::Event(Subject::Concept(id))) => Anchor::named(id),
            Some(Point::Event(Subject::Text(text))) => Anchor::named(&format!("text:{text}")),
            Some(Point::Vague(_)) => None,
            Some(Point::Event(Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_))) => None,
        }
    }

    /// Its window, where that is a stretch of the past.
    pub(super) fn past(&self) -> Option<Window> {
        let plain = !self.lasting && !self.ahead && self.side == Side::Before && self.sign == Sign::AtMost;
        if plain { self.window() } else { None }
    }

    /// Its stretch of time; `None` where it has no whole ends, or leaves its bound out.
    pub(super) fn window(&self) -> Option<Window> {
        let length = self.length.duration()?;
        let back = Duration { count: -length.count, ..length };
        let none = if length.unit.is_clock() { TimeUnit::Hour } else { TimeUnit::Day };
        let none = Duration { count: 0, unit: none };
        let least = match self.length.least {
            Some(least) => Some(Length { count: least, ..self.length }.duration()?),
            None => None,
        };
        let ago = least.map_or(none, |least| Duration { count: -least.count, ..least });
        let later = least.unwrap_or(none);
        let (from, to) = match (self.side, self.sign) {
            (Side::Before, Sign::AtMost) => (Some(back), Some(ago)),
            (Side::After, Sign::AtMost) => (Some(later), Some(length)),
            (Side::Around, Sign::AtMost) if least.is_none() => (Some(back), Some(length)),
            (Side::Before, Sign::AtLeast) => (None, Some(back)),
            (Side::After, Sign::AtLeast) => (Some(length), None),
            (Side::Around, Sign::AtMost | Sign::AtLeast) | (_, Sign::Less | Sign::More) => return None,
        };
        if self.length.half_lives.is_some() && (self.side, self.sign) != (Side::Before, Sign::AtMost) {
            return None;
        }
        Some(Window {
            anchor: self.anchor()?,
            from,
            to,
            half_lives: self.length.half_lives,
            half_life: None,
            whichever: self.length.whichever,
        })
    }
}

/// The window that stands at a token, and the token behind it.
pub(super) fn window(clause: Clause<'_>, at: usize) -> Option<(Window, usize)> {
    let scan = Scan::of(clause);
    let place = clause.tokens.get(at)?.from;
    let (timing, end) = timing(&scan, place)?;
    // "For the past year" is all of it, "for at least a year" may be longer ago.
    let stretch =
        phrases!["for the past", "for the last", "for the previous", "for past", "for last", "for the preceding"];
    let timing = if timing.lasting && timing.point.is_none() && scan.longest(place, stretch).is_some() {
        Timing { lasting: false, sign: Sign::AtMost, ..timing }
    } else {
        timing
    };
    if timing.lasting || timing.ahead {
        return None;
    }
    let next = clause.tokens.iter().position(|placed| placed.from >= end).unwrap_or(clause.tokens.len());
    Some((timing.window()?, next))
}

/// A timing and its place.
#[derive(Clone, Debug)]
pub(super) struct Timed {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) timing: Timing,
}

/// Every timing of a clause, in its order.
pub(super) fn timings(scan: &Scan<'_>) -> Vec<Timed> {
    let mut found = Vec::new();
    if !counts_time(scan) {
        return found;
    }
    let mut at = scan.start();
    while at < scan.end() {
        if scan.sign(at).is_some_and(super::scan::is_blank) {
            at += 1;
            continue;
        }
        match timing(scan, at).filter(|(_, to)| *to > at) {
            Some((timing, to)) => {
                found.push(Timed { from: at, to, timing });
                at = to;
            }
            None => at += 1,
        }
    }
    share(scan, &mut found);
    found
}

/// "Within 2 weeks, any other within 4 weeks, or … within 6 weeks before the first dose": each of them before it.
fn share(scan: &Scan<'_>, found: &mut [Timed]) {
    for at in (1..found.len()).rev() {
        let Some([one, other]) = found.get_mut(at - 1..=at) else { continue };
        let joins = scan.skip_blanks(one.to);
        let listed = scan.sign(joins) == Some(',') || scan.longest(joins, phrases!["or", "and", "and/or"]).is_some();
        let before = |timing: &Timing| timing.side == Side::Before && !timing.lasting && !timing.ahead;
        let open = before(&one.timing) && one.timing.point.is_none() && !one.timing.placed;
        let moment = matches!(&other.timing.point, Some(Point::Moment(_)));
        if listed && open && moment && before(&other.timing) && one.timing.sign == other.timing.sign {
            one.timing.point.clone_from(&other.timing.point);
            one.timing.placed = other.timing.placed;
        }
    }
}

/// The timing that begins here, and its end.
pub(super) fn timing(scan: &Scan<'_>, at: usize) -> Option<(Timing, usize)> {
    if !scan.begins(at) || scan.sign(at).is_some_and(char::is_whitespace) {
        return None;
    }
    english(scan, at).or_else(|| chinese(scan, at))
}
