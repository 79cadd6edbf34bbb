//! When a fact was, and whether that lies inside a window.

use crate::evaluate::atom::Lack;
use crate::evaluate::cited::Cited;
use crate::evaluate::compiled::Atom;
use crate::evaluate::result::{GapKind, Needs};
use crate::evaluate::soonest::Soonest;
use crate::evaluate::{Scope, anchor};
use crate::model::date::{DAY, Date, Day, Period, When};
use crate::model::moment::Now;
use crate::model::name::Name;
use crate::model::record::Fact;
use crate::model::window::{Anchor, Duration, TimeUnit, Whichever, Window};
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
    const BEYOND: Mark = Mark { first_day: Day::LAST, first: FAR, ..Mark::ANY };

    /// Now or any time after it.
    pub(crate) fn from_now_on(now: Now) -> Mark {
        Mark { first_day: now.day, first: now.first, ..Mark::ANY }
    }

    /// The minutes between which it is known to lie.
    fn known_minutes(self) -> impl Iterator<Item = i64> {
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
        if self.first == self.last { self.first > now.last } else { self.first_day > now.day }
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
    fn after(self, length: Duration, now: Now) -> Mark {
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

/// What is known of the anchor of a window.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Anchored<'a> {
    /// It stands still.
    Still,
    /// It is the as-of moment, and moves with it.
    Moving,
    /// The event never was, say these facts: nothing lies in its windows.
    Never(Cited<'a>),
    /// Nobody says when the event was: why, and the facts that do not settle it.
    Open { event: &'static str, kind: GapKind, facts: Cited<'a> },
}

/// A window on the time line, with its anchor found.
#[derive(Clone, Debug)]
pub(crate) struct Frame<'a> {
    window: Window,
    anchor: Mark,
    /// The facts that say when the anchor is.
    pub(crate) because: &'a [Name],
    anchored: Anchored<'a>,
    /// The anchor that was not known and was taken as the as-of moment.
    pub(crate) assumed: Option<Anchor>,
    /// When time alone may change what is known of the anchor.
    pub(crate) next: Soonest,
}

impl<'a> Frame<'a> {
    pub(crate) fn new(scope: &Scope<'a>, window: Window, now: Now) -> Frame<'a> {
        let mut next = Soonest::default();
        let (anchor, because, anchored): (_, &[Name], _) = match (scope.anchor(window.anchor), window.anchor) {
            (Some(known), Anchor::Event(event)) if !known.is_denied(scope.about_concept(event), now, &mut next) => {
                (known.mark, &known.because, Anchored::Still)
            }
            (Some(_) | None, Anchor::Event(event)) => match anchor::undated(scope.about_concept(event), now, &mut next)
            {
                (None, never) => (Mark::ANY, &[], Anchored::Never(never)),
                (Some(kind), facts) => (Mark::ANY, &[], Anchored::Open { event, kind, facts }),
            },
            (Some(known), _) => (known.mark, &known.because, Anchored::Still),
            (
                None,
                Anchor::AsOf
                | Anchor::Consent
                | Anchor::Screening
                | Anchor::Randomization
                | Anchor::FirstDose
                | Anchor::Onset,
            ) => (Mark::at(now), &[], Anchored::Moving),
        };
        let assumed = (anchored == Anchored::Moving && window.anchor != Anchor::AsOf).then_some(window.anchor);
        Frame { window, anchor, because, anchored, assumed, next }
    }

    /// The facts that say that the event never was on which the window hangs.
    pub(crate) fn never(&self) -> Option<&[&'a Name]> {
        if let Anchored::Never(facts) = &self.anchored { Some(facts) } else { None }
    }

    /// The window hangs on an event: without its date it says nothing.
    pub(crate) fn hangs_on_event(&self) -> bool {
        matches!(self.window.anchor, Anchor::Event(_))
    }

    /// The window stands still, and time passes it.
    pub(crate) fn stands_still(&self) -> bool {
        self.anchored == Anchored::Still
    }

    /// Nobody says when the window is, if it is at all.
    pub(crate) fn is_adrift(&self) -> bool {
        self.without_anchor().is_some()
    }

    /// Whatever it is: nothing lies in a window of what never was, and anything may in that of an event without a date.
    fn without_anchor(&self) -> Option<Truth> {
        match self.anchored {
            Anchored::Still | Anchored::Moving => None,
            Anchored::Never(_) => Some(Truth::False),
            Anchored::Open { .. } => Some(Truth::Unknown),
        }
    }

    /// Turns what a leaf lacks into what its window lacks: the date of the event that it hangs on.
    pub(crate) fn lacks(&self, atom: &Atom, lack: Lack, facts: &mut Cited<'a>) -> Lack {
        match (&self.anchored, lack.kind) {
            // whatever there is lies in no window of what never was
            (Anchored::Never(_), _) => Lack { asks: Some(Vec::new()), ..lack },
            // the thing itself comes first: there may be none to date
            (Anchored::Open { event, .. }, GapKind::Absent) => {
                let mut asks = lack.asks.unwrap_or_else(|| atom.asks.to_vec());
                asks.push(Name::from(*event));
                Lack { asks: Some(asks), ..lack }
            }
            (Anchored::Open { event, kind, facts: said }, GapKind::Stale | GapKind::Imprecise) => {
                facts.clone_from(said);
                let asks = Some(vec![Name::from(*event)]);
                Lack { kind: *kind, needs: Some(Needs::Date), asks, event: Some(event) }
            }
            (
                Anchored::Open { .. },
                GapKind::Incomparable | GapKind::Conflicting | GapKind::Judgement | GapKind::Unread,
            )
            | (Anchored::Still | Anchored::Moving, _) => lack,
        }
    }

    /// This very moment.
    pub(crate) fn present(now: Now) -> Frame<'a> {
        let none = Some(Duration { count: 0, unit: TimeUnit::Minute });
        let window = Window { from: none, to: none, ..Window::default() };
        Frame {
            window,
            anchor: Mark::at(now),
            because: &[],
            anchored: Anchored::Moving,
            assumed: None,
            next: Soonest::default(),
        }
    }

    /// Does some of the occurrence lie inside?
    pub(crate) fn meets(&self, occurrence: &Occurrence) -> Truth {
        if let Some(truth) = self.without_anchor() {
            return truth;
        }
        let begun = occurrence.end.map_or(Truth::True, |end| self.not_before_any_start(&end, occurrence.half_life));
        let open = occurrence.begin.map_or(Truth::True, |begin| self.not_after_end(&begin));
        begun.and(open)
    }

    /// Does something lie inside that is known to lie ahead, but not when?
    pub(crate) fn meets_what_is_ahead(&self, now: Now) -> Truth {
        if let Some(truth) = self.without_anchor() {
            return truth;
        }
        let here = Mark::at(now);
        let not_before = self.not_before_start(&here).or(Truth::Unknown);
        let not_after = self.window.to.map_or(Truth::True, |_| self.not_after_end(&here).and(Truth::Unknown));
        not_before.and(not_after)
    }

    /// Minutes after now at which time passes the ends of a window that stands still, of something with such a half-life.
    pub(crate) fn passing(&self, half_life: Option<Duration>, now: Now) -> Soonest {
        if !self.stands_still() || !now.timed {
            return Soonest::default();
        }
        let lives = match self.lives(half_life) {
            Lives::Back(back) => Some(back),
            Lives::None | Lives::Unknown => None,
        };
        let ends = [(self.window.from, 0), (lives, 0), (self.window.to, 0), (self.window.to, 1)].into_iter();
        let crossings = ends.filter_map(|(end, past)| Some((end?, past))).flat_map(|(end, past)| match end.minutes() {
            Some(minutes) => [self.anchor.first, self.anchor.last].map(|anchor| anchor + minutes + past),
            None => [self.anchor.first_day, self.anchor.last_day]
                .map(|anchor| now.start_of(end.after(anchor).plus_days(past))),
        });
        crossings.flat_map(|at| now.shows(at)).collect()
    }

    /// Does the stretch that a statement speaks of surely hold the whole window, or all of it that is `past`?
    pub(crate) fn is_covered_by(&self, occurrence: &Occurrence, past: bool, now: Now) -> bool {
        let reaches = |begin: Mark, from: Duration| match from.minutes() {
            Some(minutes) => begin.last <= self.anchor.first + minutes,
            None => begin.last_day <= from.after(self.anchor.first_day),
        };
        let from = match (occurrence.begin, self.window.from, self.lives(occurrence.half_life)) {
            (None, _, _) => true,
            (Some(_), None, Lives::None | Lives::Unknown) => false,
            (Some(begin), Some(from), Lives::None) | (Some(begin), None, Lives::Back(from)) => reaches(begin, from),
            (Some(begin), Some(from), Lives::Unknown) => {
                self.window.whichever == Whichever::Shorter && reaches(begin, from)
            }
            (Some(begin), Some(from), Lives::Back(back)) => match self.window.whichever {
                Whichever::Longer => reaches(begin, from) && reaches(begin, back),
                Whichever::Shorter => reaches(begin, from) || reaches(begin, back),
            },
        };
        let until = |end: Mark, to: Duration| match to.minutes() {
            Some(minutes) => end.first >= self.anchor.last + minutes,
            None => end.first_day >= to.after(self.anchor.last_day),
        };
        let now_or_later = |end: Mark| {
            let last = if end.first == end.last { end.first } else { now.start_of(end.first_day.plus_days(1)) - 1 };
            last >= now.last
        };
        let to = match (occurrence.end, self.window.to) {
            // from some time on, both of them
            (None, None) => true,
            (None, Some(_)) if past => true,
            (None, Some(to)) if self.anchored == Anchored::Moving => to.count <= 0,
            (None, Some(to)) => until(Mark::at(now), to),
            (Some(end), _) if past && now_or_later(end) => true,
            (Some(end), Some(to)) => until(end, to),
            (Some(_), None) => false,
        };
        from && to
    }

    /// When time alone may change what a statement about that stretch covers.
    pub(crate) fn next_covered(&self, occurrence: &Occurrence, now: Now) -> Soonest {
        let mut next = self.passing(occurrence.half_life, now);
        next.extend(self.next(occurrence, now));
        if let Some(end) = occurrence.end {
            next.extend(
                [end.first + 1, now.start_of(end.first_day.plus_days(1))].into_iter().flat_map(|at| now.shows(at)),
            );
        }
        next
    }

    pub(crate) fn not_before_start(&self, mark: &Mark) -> Truth {
        self.window.from.map_or(Truth::True, |from| self.not_before(from, mark))
    }

    /// The half-lives by which the window may begin.
    fn lives(&self, half_life: Option<Duration>) -> Lives {
        match (self.window.half_lives, half_life.or(self.window.half_life)) {
            (None, _) => Lives::None,
            (Some(_), None) => Lives::Unknown,
            (Some(count), Some(one)) => Lives::Back(one.times_back(count)),
        }
    }

    /// Not before the calendar start, nor before that in half-lives: whichever counts.
    fn not_before_any_start(&self, mark: &Mark, half_life: Option<Duration>) -> Truth {
        let lives = match self.lives(half_life) {
            Lives::None => return self.not_before_start(mark),
            Lives::Unknown => Truth::Unknown,
            Lives::Back(back) => self.not_before(back, mark),
        };
        match (self.window.from, self.window.whichever) {
            (None, _) => lives,
            (Some(from), Whichever::Longer) => self.not_before(from, mark).or(lives),
            (Some(from), Whichever::Shorter) => self.not_before(from, mark).and(lives),
        }
    }

    /// A half-life would tell whether the occurrence lies inside.
    pub(crate) fn lacks_half_life(&self, occurrence: &Occurrence) -> bool {
        self.lives(occurrence.half_life) == Lives::Unknown && !self.is_adrift()
    }

    fn not_before(&self, from: Duration, mark: &Mark) -> Truth {
        let (surely, never) = match from.minutes() {
            Some(minutes) => (mark.first >= self.anchor.last + minutes, mark.last < self.anchor.first + minutes),
            None => {
                (mark.first_day >= from.after(self.anchor.last_day), mark.last_day < from.after(self.anchor.first_day))
            }
        };
        decided(surely, never)
    }

    pub(crate) fn not_after_end(&self, mark: &Mark) -> Truth {
        let Some(to) = self.window.to else { return Truth::True };
        let (surely, never) = match to.minutes() {
            Some(minutes) => (mark.last <= self.anchor.first + minutes, mark.first > self.anchor.last + minutes),
            None => (mark.last_day <= to.after(self.anchor.first_day), mark.first_day > to.after(self.anchor.last_day)),
        };
        decided(surely, never)
    }

    /// Where the window ends, and so much beyond now does it move; `None` where it has no end, or nobody knows when.
    pub(crate) fn end(&self, now: Now) -> Option<(Mark, Option<Duration>)> {
        let to = self.window.to?;
        match self.anchored {
            Anchored::Still => Some((self.anchor.after(to, now), None)),
            Anchored::Moving => Some((self.anchor.after(to, now), Some(to))),
            Anchored::Never(_) | Anchored::Open { .. } => None,
        }
    }

    /// The days on which the window may begin, and those after which it may end.
    pub(crate) fn edges(&self) -> impl Iterator<Item = Day> {
        let ends = [self.window.from, self.window.to].into_iter().flatten();
        ends.flat_map(|end| {
            // one of hours may begin and end within a day, on another clock
            let around = if end.minutes().is_some() { -1..3 } else { 0..2 };
            let days = [self.anchor.first_day, self.anchor.last_day].map(|anchor| end.after(anchor));
            days.into_iter().flat_map(move |day| around.clone().map(move |by| day.plus_days(by)))
        })
    }

    /// The next minute at which the occurrence may enter or leave the window by time alone.
    pub(crate) fn next(&self, occurrence: &Occurrence, now: Now) -> Option<i64> {
        if self.anchored != Anchored::Moving || !now.timed {
            return None;
        }
        let end = occurrence.end.filter(|_| occurrence.end != occurrence.begin);
        let lives = match self.lives(occurrence.half_life) {
            Lives::Back(back) => Some(back),
            Lives::None | Lives::Unknown => None,
        };
        let mut next = Soonest::default();
        for mark in [occurrence.begin, end].into_iter().flatten() {
            for duration in [self.window.from, self.window.to, lives].into_iter().flatten() {
                next.extend(crossings(duration, &mark, now));
            }
        }
        next.0
    }
}

/// So many half-lives back from an anchor.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lives {
    /// The window does not count in them.
    None,
    /// Nobody says how long one is.
    Unknown,
    Back(Duration),
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

/// Minutes after `now` at which a moving end of a window passes the ends of a mark.
fn crossings(duration: Duration, mark: &Mark, now: Now) -> Soonest {
    match duration.minutes() {
        Some(minutes) => {
            let edges = mark.known_minutes().flat_map(|edge| [edge, edge + 1]);
            edges.flat_map(|edge| now.shows(edge - minutes)).collect()
        }
        None => {
            // the first day that is passed is the first edge that is not behind
            let here = duration.after(now.day);
            let edges = mark.known_days().flat_map(|edge| [edge, edge.plus_days(1)]);
            let ahead = edges.filter(|edge| *edge > here).min();
            ahead
                .and_then(|edge| first_day_reaching(duration, edge, now.day))
                .map(|day| now.start_of(day))
                .into_iter()
                .collect()
        }
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
