//! How long something has gone on without a break.

use crate::evaluate::atom::Leaf;
use crate::evaluate::chart::Entry;
use crate::evaluate::cited::{Cited, of_both};
use crate::evaluate::compiled::Atom;
use crate::evaluate::frame::Frame;
use crate::evaluate::length::Edges;
use crate::evaluate::mark::{Mark, decided, first_day_reaching};
use crate::evaluate::occurrence::{Occurrence, spoken_of};
use crate::evaluate::result::{GapKind, Needs, Side};
use crate::evaluate::soonest::Soonest;
use crate::evaluate::stretch::{Course, Stretch, courses};
use crate::evaluate::{Scope, event, length};
use crate::model::date::Day;
use crate::model::expression::{Bound, Lasting, Present};
use crate::model::moment::Now;
use crate::model::name::Name;
use crate::model::record::{Fact, FactValue, Status};
use crate::model::route;
use crate::model::window::{Duration, TimeUnit};
use crate::truth::Truth;

/// What is asked of a course.
struct Asked<'a, 'f> {
    present: &'a Present,
    lasting: &'a Lasting,
    frame: Option<&'f Frame<'a>>,
    now: Now,
}

/// What the facts tell of.
#[derive(Default)]
struct Told<'a> {
    stretches: Vec<Stretch<'a>>,
    /// It was or is there, and nobody says from when; or something of its kind was, which may be this.
    undated: Cited<'a>,
    /// Something of its kind was there, which may be this: from when to when.
    of_kind: Vec<Stretch<'a>>,
    /// When it was not there.
    breaks: Vec<(&'a Name, Occurrence)>,
    /// Statements that these are all.
    complete: Cited<'a>,
}

/// Has a course of it lasted so long? The one that goes on, or any.
///
/// What is there at all is decided as without a length; only a course with a beginning has one. That it lasted too
/// short a time to count is known of the course that goes on where its beginning is stated; of courses of other times,
/// and of one of its kind, there may be more until it is said that all are listed.
pub(crate) fn evaluate<'a>(
    scope: &Scope<'a>,
    atom: &'a Atom,
    present: &'a Present,
    lasting: &'a Lasting,
    now: Now,
) -> Leaf<'a> {
    let there = event::present(scope, atom, present, now);
    let conflicting = there.lack.as_ref().is_some_and(|lack| lack.kind == GapKind::Conflicting);
    if there.truth == Truth::False || conflicting {
        return there;
    }
    let frame = present.window.as_ref().map(|window| Frame::new(scope, window, now));
    let asked = Asked { present, lasting, frame: frame.as_ref(), now };
    let mut next = Soonest::default();
    let told = asked.listen(scope, atom, &mut next);
    if told.stretches.is_empty() {
        let leaf = match there.truth {
            Truth::True => Leaf::unknown(GapKind::Imprecise, Some(Needs::Date), told.undated),
            Truth::Unknown | Truth::False => Leaf { next: None, ..there.clone() },
        };
        return leaf.later(next).later(there.next).framed(atom, frame.as_ref(), true);
    }
    for stretch in &told.stretches {
        next.extend(asked.turning(stretch));
    }
    let leaf = asked.judge(scope, told, there.truth == Truth::True);
    leaf.later(next).later(there.next).framed(atom, frame.as_ref(), true)
}

impl<'a> Asked<'a, '_> {
    fn listen(&self, scope: &Scope<'a>, atom: &'a Atom, next: &mut Soonest) -> Told<'a> {
        let mut told = Told::default();
        for fact in scope.about(atom) {
            told.hear(fact, self.present, true, self.now);
            if fact.value == FactValue::Complete
                && route::speaks_of_all(fact.route, &self.present.routes)
                && self.covers(fact, next)
            {
                told.complete.push(&fact.id);
            }
        }
        for fact in atom.members.iter().flat_map(|member| scope.chart.at(*member)) {
            told.hear(fact, self.present, false, self.now);
        }
        for fact in atom.classes.iter().flat_map(|class| scope.chart.at(*class)) {
            told.breaks.extend(missing(fact).map(|when| (&fact.id, when)));
            told.hear_of_kind(fact, self.present);
        }
        told
    }

    /// Does a statement about all of them reach over all the time that is asked about?
    fn covers(&self, fact: &Fact, next: &mut Soonest) -> bool {
        let Some(when) = spoken_of(fact, self.now, next) else { return true };
        let Some(frame) = self.frame else { return fact.during.is_none() && when.end.is_some() };
        next.extend(frame.next_covered(&when, self.now));
        frame.is_covered_by(&when, when.end.is_none(), self.now)
    }

    fn judge(&self, scope: &Scope<'a>, told: Told<'a>, there: bool) -> Leaf<'a> {
        let all: Cited<'a> = told.stretches.iter().map(|stretch| stretch.fact).collect();
        for stretch in &told.stretches {
            let broken = told.breaks.iter().find(|(_, when)| is_inside(when, stretch));
            if let Some((fact, _)) = broken {
                return Leaf::unknown(
                    GapKind::Conflicting,
                    Some(Needs::Date),
                    [stretch.fact, *fact].into_iter().collect(),
                );
            }
        }
        let half_life = self.frame.is_some_and(|frame| told.stretches.iter().any(|s| frame.lacks_half_life(&s.when)));
        let needs = Some(if half_life { Needs::HalfLife } else { Needs::Date });
        // what is there, and nobody says since when, may make a course longer
        let listed = !told.complete.is_empty() && told.undated.is_empty();
        let Some(mut ways) = courses(told.stretches) else { return Leaf::unknown(GapKind::Imprecise, needs, all) };
        for course in ways.iter_mut().flatten() {
            told.of_kind.iter().for_each(|other| course.may_go_on_as(other));
        }
        let truth = self.in_every(&ways, listed);
        let only = ways.first().filter(|_| ways.len() == 1);
        let course = only.and_then(|way| match truth {
            Truth::True => way.iter().find(|course| self.holds(course, listed) == Truth::True),
            Truth::False | Truth::Unknown => way.iter().find(|course| self.is_meant(course) == Truth::True),
        });
        let margin = course.filter(|_| scope.margins).and_then(|course| {
            let (until, _) = self.until(course.end);
            length::margin([&self.lasting.low, &self.lasting.high], &course.begin, &until).map(Box::new)
        });
        let of_course = || course.map_or_else(|| all.clone(), |course| course.facts().collect());
        match truth {
            // no longer than so: only where all are listed
            Truth::True if listed && self.in_every(&ways, false) != Truth::True => {
                Leaf { margin, ..Leaf::known(truth, of_both(of_course(), told.complete)) }
            }
            Truth::True => Leaf { margin, ..Leaf::known(truth, of_course()) },
            Truth::Unknown if !(told.undated.is_empty() || told.complete.is_empty() && told.of_kind.is_empty()) => {
                Leaf::unknown(GapKind::Imprecise, needs, told.undated)
            }
            Truth::Unknown => {
                let list = self.in_every(&ways, true).is_known();
                Leaf::unknown(GapKind::Imprecise, if list { Some(Needs::List) } else { needs }, all)
            }
            Truth::False => match course {
                // the course that goes on is the only one there is
                Some(only) if self.present.status == Status::Current && only.begins_itself => {
                    Leaf { margin, ..Leaf::known(truth, of_course()) }
                }
                _ if !told.undated.is_empty() => Leaf::unknown(GapKind::Imprecise, needs, told.undated),
                _ if !told.complete.is_empty() => {
                    Leaf { margin, ..Leaf::known(truth, of_both(all.clone(), told.complete)) }
                }
                None if !there => Leaf::unknown(GapKind::Stale, None, all),
                _ => Leaf { margin, ..Leaf::unknown(GapKind::Imprecise, Some(Needs::List), all) },
            },
        }
    }

    /// Does one of the courses count, in whichever way the stretches make them?
    fn in_every(&self, ways: &[Vec<Course<'a>>], listed: bool) -> Truth {
        let holds =
            |way: &Vec<Course<'a>>| way.iter().fold(Truth::False, |any, course| any.or(self.holds(course, listed)));
        let mut each = ways.iter().map(holds);
        let first = each.next().unwrap_or(Truth::Unknown);
        if each.all(|other| other == first) { first } else { Truth::Unknown }
    }

    /// Is this course one that counts, and has it lasted so long? One of a kind may have gone before it and may follow
    /// it, unless all are listed: then it is a part of a longer course.
    fn holds(&self, course: &Course<'a>, listed: bool) -> Truth {
        let [low, high] = [&self.lasting.low, &self.lasting.high];
        let (until, _) = self.until(course.end);
        let between = |low, high| {
            if course.begin.last_day == Mark::ANY.last_day {
                Truth::Unknown
            } else {
                length::lies_between([low, high], &course.begin, &until)
            }
        };
        let ends = course.ends_itself || goes_on(course.end, self.now) == Truth::True;
        let long = if listed || (course.begins_itself && ends) {
            between(low, high)
        } else {
            let low = between(low, &None);
            let high = between(&None, high);
            let longer = |truth: Truth, unless: Truth| if truth == unless { truth } else { Truth::Unknown };
            let low = if self.lasting.low.is_none() { low } else { longer(low, Truth::True) };
            low.and(if self.lasting.high.is_none() { high } else { longer(high, Truth::False) })
        };
        self.is_meant(course).and(long)
    }

    /// Does the course lie in the window, and go on now where that is asked?
    fn is_meant(&self, course: &Course<'a>) -> Truth {
        let any = |truth: &dyn Fn(&Stretch<'a>) -> Truth| {
            course.stretches.iter().fold(Truth::False, |any, stretch| any.or(truth(stretch)))
        };
        let inside = self.frame.map_or(Truth::True, |frame| any(&|stretch| frame.meets(&stretch.when)));
        let in_time = match (self.present.status, self.frame) {
            (Status::Current, _) => any(&|stretch| begun(&stretch.begin, self.now).and(goes_on(stretch.end, self.now))),
            (Status::History | Status::Planned | Status::Any, None) => begun(&course.begin, self.now),
            (Status::History | Status::Planned | Status::Any, Some(_)) => Truth::True,
        };
        inside.and(in_time)
    }

    /// Up to when a course with this end counts: that end, or that of the window, which may move so much ahead of now.
    fn until(&self, end: Option<Mark>) -> (Mark, Option<Duration>) {
        let here = (Mark::at(self.now), Some(Duration { count: 0, unit: TimeUnit::Minute }));
        let (to, moves) = self.frame.and_then(|frame| frame.end(self.now)).unwrap_or(here);
        match end {
            // the last day counts as a whole one
            Some(end) => (to.older(end.plus_days(1)), moves),
            None => (to, moves),
        }
    }

    /// Minutes after now at which time alone may change what a stretch says.
    fn turning(&self, stretch: &Stretch<'a>) -> Soonest {
        let now = self.now;
        let mut next: Soonest = self.frame.and_then(|frame| frame.next(&stretch.when, now)).into_iter().collect();
        // that it has begun by now moves with now, and turns nothing
        let begin = stretch.when.begin.unwrap_or(stretch.begin);
        for (mark, past) in [(Some(begin), 0), (stretch.end, 1)] {
            let Some(mark) = mark else { continue };
            let days = mark.known_days().map(|day| now.start_of(day.plus_days(past)));
            next.extend(days.filter(|at| now.timed && *at > now.end()));
            let to_the_minute = mark.first == mark.last;
            next.extend(Some(mark.first).filter(|_| to_the_minute).into_iter().flat_map(|at| now.shows(at + past)));
        }
        let (_, Some(ahead)) = self.until(None) else {
            return next;
        };
        let ends = [(&self.lasting.low, Side::Low), (&self.lasting.high, Side::High)];
        for (bound, side) in ends {
            let Some(bound) = bound else { continue };
            next.extend(self.crossings(bound, side, &begin, ahead));
        }
        next
    }

    /// Minutes at which the end of the window, so much ahead of now, has a bound behind it.
    fn crossings(&self, bound: &Bound, side: Side, begin: &Mark, ahead: Duration) -> Soonest {
        let now = self.now;
        if ahead.count == 0 {
            return length::crossings(bound, side, begin, now);
        }
        let reaching = |day: Day| {
            let day = first_day_reaching(ahead, day, now.day).filter(|_| now.timed);
            day.map(|day| now.start_of(day))
        };
        match (Edges::of(bound, side, begin), ahead.minutes()) {
            (None, _) => Soonest::default(),
            (Some(Edges::Minutes(minutes)), Some(by)) => {
                minutes.into_iter().flat_map(|at| now.shows(at - by)).collect()
            }
            (Some(Edges::Days(days)), Some(by)) => {
                days.into_iter().flat_map(|day| now.shows(now.start_of(day) - by)).collect()
            }
            (Some(Edges::Minutes(minutes)), None) => {
                let days = minutes.map(|at| now.moved_to(at).day);
                days.into_iter().flat_map(|day| [day, day.plus_days(1)]).filter_map(reaching).collect()
            }
            (Some(Edges::Days(days)), None) => days.into_iter().filter_map(reaching).collect(),
        }
    }
}

impl<'a> Told<'a> {
    /// What is said of a kind may be said of the thing asked about, at any part of that time.
    fn hear_of_kind(&mut self, fact: &'a Entry, present: &Present) {
        let there = match &fact.value {
            FactValue::Present(Status::Current | Status::History | Status::Any) => true,
            FactValue::Quantity(quantity) => !quantity.is_nothing(),
            FactValue::Present(Status::Planned)
            | FactValue::Refuted(_)
            | FactValue::Code(_)
            | FactValue::Date(_)
            | FactValue::Absent(_)
            | FactValue::Complete => false,
        };
        if there && route::counts(fact.route, &present.routes) != Truth::False {
            self.undated.push(&fact.id);
            let when = fact.when.filter(|_| fact.during.is_some()).map(|when| when.there(event::goes_on(&fact.value)));
            self.of_kind.extend(when.map(|when| Stretch::of(&fact.id, when, false)));
        }
    }

    fn hear(&mut self, fact: &'a Entry, present: &Present, own: bool, now: Now) {
        let id = &fact.id;
        match &fact.value {
            FactValue::Present(Status::Current | Status::History | Status::Any) => {}
            // a medicine with its dose is a medicine taken
            FactValue::Quantity(quantity) if quantity.is_nothing() => return,
            FactValue::Quantity(_) => {}
            FactValue::Refuted(_) => {
                if own && route::speaks_of_all(fact.route, &present.routes) {
                    self.breaks.extend(missing(fact).map(|when| (id, when)));
                }
                return;
            }
            FactValue::Present(Status::Planned)
            | FactValue::Code(_)
            | FactValue::Date(_)
            | FactValue::Absent(_)
            | FactValue::Complete => return,
        }
        let given = route::counts(fact.route, &present.routes);
        if given == Truth::False {
            return;
        }
        let Some(when) = fact.when.filter(|_| fact.during.is_some() && given == Truth::True) else {
            self.undated.push(id);
            return;
        };
        let there = when.there(event::goes_on(&fact.value));
        let mut begin = there.begin.unwrap_or(Mark::ANY);
        // what is there now has begun
        if fact.value == FactValue::Present(Status::Current) && !begin.is_ahead(now) {
            begin = begin.no_later_than(now);
        }
        self.stretches.push(Stretch { begin, ..Stretch::of(id, there, own) });
    }
}

/// The stretch of which a fact says that the thing was not there in it, where that is not all time.
fn missing(fact: &Entry) -> Option<Occurrence> {
    match fact.value {
        FactValue::Refuted(Status::Current) => fact.when,
        FactValue::Refuted(Status::History | Status::Any) if fact.during.is_some() => fact.when,
        // it was not there up to that day
        FactValue::Refuted(Status::History | Status::Any) => fact.when.map(|when| Occurrence { begin: None, ..when }),
        FactValue::Refuted(Status::Planned)
        | FactValue::Quantity(_)
        | FactValue::Code(_)
        | FactValue::Date(_)
        | FactValue::Present(_)
        | FactValue::Absent(_)
        | FactValue::Complete => None,
    }
}

/// Does some of the time in which it was not there surely lie inside a stretch, and not at its ends?
fn is_inside(absence: &Occurrence, stretch: &Stretch<'_>) -> bool {
    let begins = absence.begin.is_none_or(|begin| stretch.end.is_none_or(|end| begin.last_day < end.first_day));
    let ends = absence.end.is_none_or(|end| end.first_day > stretch.begin.last_day);
    begins && ends
}

fn begun(begin: &Mark, now: Now) -> Truth {
    if begin.first == begin.last {
        decided(begin.last <= now.first, begin.first > now.last)
    } else {
        decided(begin.last_day <= now.day, begin.first_day > now.day)
    }
}

fn goes_on(end: Option<Mark>, now: Now) -> Truth {
    let Some(end) = end else { return Truth::True };
    if end.first == end.last {
        decided(end.first >= now.last, end.last < now.first)
    } else {
        decided(end.first_day >= now.day, end.last_day < now.day)
    }
}
