//! Windows on the time line: does what was lie inside?

use crate::evaluate::atom::Lack;
use crate::evaluate::cited::Cited;
use crate::evaluate::compiled::Atom;
use crate::evaluate::mark::{Mark, decided, first_day_reaching};
use crate::evaluate::occurrence::Occurrence;
use crate::evaluate::result::{GapKind, Needs};
use crate::evaluate::soonest::Soonest;
use crate::evaluate::{Scope, anchor};
use crate::model::date::Day;
use crate::model::moment::Now;
use crate::model::name::Name;
use crate::model::window::{Anchor, Duration, TimeUnit, Whichever, Window};
use crate::truth::Truth;

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
    Open { event: Name, kind: GapKind, facts: Cited<'a> },
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
    pub(crate) fn new(scope: &Scope<'a>, window: &Window, now: Now) -> Frame<'a> {
        let mut next = Soonest::default();
        let event = window.anchor.is_event();
        let (anchor, because, anchored): (_, &[Name], _) = match scope.anchor(&window.anchor) {
            Some(known) if !event || !known.is_denied(scope.about_anchor(&window.anchor), now, &mut next) => {
                (known.mark, &known.because, Anchored::Still)
            }
            Some(_) | None if event => match anchor::undated(scope.about_anchor(&window.anchor), now, &mut next) {
                (None, never) => (Mark::ANY, &[], Anchored::Never(never)),
                (Some(kind), facts) => {
                    let event = Name::from(window.anchor.name().as_ref());
                    (Mark::ANY, &[], Anchored::Open { event, kind, facts })
                }
            },
            Some(_) | None => (Mark::at(now), &[], Anchored::Moving),
        };
        let assumed = anchored == Anchored::Moving && window.anchor != Anchor::AsOf;
        let assumed = assumed.then(|| window.anchor.clone());
        Frame { window: window.clone(), anchor, because, anchored, assumed, next }
    }

    /// The facts that say that the event never was on which the window hangs.
    pub(crate) fn never(&self) -> Option<&[&'a Name]> {
        if let Anchored::Never(facts) = &self.anchored { Some(facts) } else { None }
    }

    /// The window hangs on an event: without its date it says nothing.
    pub(crate) fn hangs_on_event(&self) -> bool {
        self.window.anchor.is_event()
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
                asks.push(event.clone());
                Lack { asks: Some(asks), ..lack }
            }
            (Anchored::Open { event, kind, facts: said }, GapKind::Stale | GapKind::Imprecise) => {
                facts.clone_from(said);
                let asks = Some(vec![event.clone()]);
                Lack { kind: *kind, needs: Some(Needs::Date), asks, event: Some(event.clone()) }
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
    pub(crate) fn meets_what_is_ahead(&self, half_life: Option<Duration>, now: Now) -> Truth {
        if let Some(truth) = self.without_anchor() {
            return truth;
        }
        let here = Mark::at(now);
        let not_before = self.not_before_any_start(&here, half_life).or(Truth::Unknown);
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
        let to = match (occurrence.end, self.window.to) {
            // from some time on, both of them
            (None, None) => true,
            (None, Some(_)) if past => true,
            (None, Some(to)) if self.anchored == Anchored::Moving => to.count <= 0,
            (None, Some(to)) => until(Mark::at(now), to),
            (Some(end), _) if past && end.lasts_until(now) => true,
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
