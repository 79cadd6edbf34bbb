//! Conditions, drugs, procedures and events: are they there, and how long ago?

use crate::evaluate::atom::Leaf;
use crate::evaluate::chart::Entry;
use crate::evaluate::cited::{Cited, of_both};
use crate::evaluate::compiled::Atom;
use crate::evaluate::frame::Frame;
use crate::evaluate::mark::Mark;
use crate::evaluate::occurrence::{Occurrence, spoken_of};
use crate::evaluate::result::{GapKind, Needs, Side};
use crate::evaluate::soonest::Soonest;
use crate::evaluate::{Scope, length};
use crate::model::date::When;
use crate::model::expression::{Bound, Elapsed, Present};
use crate::model::moment::Now;
use crate::model::name::Name;
use crate::model::record::{Fact, FactValue, Status};
use crate::model::route;
use crate::model::window::Window;
use crate::truth::Truth;

/// The date that a fact states: the event's own, or when the thing began.
pub(crate) fn date_of(fact: &Fact) -> Option<When> {
    match &fact.value {
        FactValue::Date(when) => Some(*when),
        FactValue::Present(Status::Current | Status::History | Status::Any) => {
            fact.on.or_else(|| fact.during.and_then(|period| period.from).map(When::On))
        }
        FactValue::Present(Status::Planned)
        | FactValue::Quantity(_)
        | FactValue::Code(_)
        | FactValue::Refuted(_)
        | FactValue::Absent(_)
        | FactValue::Complete => None,
    }
}

/// The facts that date something, where they are or may be the newest.
pub(crate) fn newest(facts: &[Entry], now: Now) -> Vec<(&Entry, Mark)> {
    let dated = facts.iter().filter_map(|fact| Some((fact, Mark::of(date_of(fact)?, now))));
    let mut dated: Vec<(&Entry, Mark)> = dated.collect();
    if let Some(newest) = dated.iter().map(|(_, mark)| mark.first).max() {
        dated.retain(|(_, mark)| mark.last >= newest);
    }
    dated
}

/// Does a statement say that something was not when another says that it was?
pub(crate) fn denies(fact: &Fact, mark: &Mark, now: Now, next: &mut Soonest) -> bool {
    if fact.within.is_some() || !matches!(fact.value, FactValue::Refuted(Status::Any | Status::History)) {
        return false;
    }
    let Some(when) = spoken_of(fact, now, next) else { return !mark.is_ahead(now) };
    let after = |begin: Mark| {
        if begin.first == begin.last { mark.first >= begin.last } else { mark.first_day >= begin.last_day }
    };
    let before =
        |end: Mark| if end.first == end.last { mark.last <= end.first } else { mark.last_day <= end.first_day };
    when.begin.is_none_or(after) && when.end.map_or(!mark.is_ahead(now), before)
}

/// What a stated presence says of the status asked for.
///
/// | stated \ asked | current | history | planned | any |
/// |---|---|---|---|---|
/// | current | true | true | – | true |
/// | history (now or before) | ? | true | – | true |
/// | planned | – | – | true | true |
/// | any | ? | ? | ? | true |
fn stated_presence(stated: Status, asked: Status) -> Option<Truth> {
    match (stated, asked) {
        (_, Status::Any)
        | (Status::Current, Status::Current | Status::History)
        | (Status::History, Status::History)
        | (Status::Planned, Status::Planned) => Some(Truth::True),
        (Status::History, Status::Current) | (Status::Any, Status::Current | Status::History | Status::Planned) => {
            Some(Truth::Unknown)
        }
        (Status::Current | Status::History, Status::Planned) | (Status::Planned, Status::Current | Status::History) => {
            None
        }
    }
}

/// Does a stated absence say that the status asked for is not so?
fn refutes(stated: Status, asked: Status) -> bool {
    match (stated, asked) {
        (Status::Any, _)
        | (Status::History, Status::History | Status::Current)
        | (Status::Current, Status::Current)
        | (Status::Planned, Status::Planned) => true,
        (Status::History | Status::Current | Status::Planned, _) => false,
    }
}

/// Is the condition, drug, procedure or event there?
///
/// Only a statement closes: without one, nothing about it is unknown and not "no".
pub(crate) fn present<'a>(scope: &Scope<'a>, atom: &'a Atom, present: &'a Present, now: Now) -> Leaf<'a> {
    let frame = present.window.as_ref().map(|window| Frame::new(scope, window, now));
    let mut heard = Heard::default();
    for fact in scope.about(atom) {
        heard.hear(fact, present, frame.as_ref(), now);
    }
    for fact in atom.members.iter().flat_map(|member| scope.chart.at(*member)) {
        if !speaks_of_all(fact) {
            heard.hear(fact, present, frame.as_ref(), now);
        }
    }
    heard.one_of_several = true;
    for fact in atom.classes.iter().flat_map(|class| scope.chart.at(*class)) {
        heard.hear(fact, present, frame.as_ref(), now);
    }
    let next = std::mem::take(&mut heard.next);
    let framed = heard.framed;
    let leaf = match frame.as_ref().and_then(Frame::never) {
        Some(never) if heard.yes.is_empty() => Leaf::known(Truth::False, Cited::from_slice(never)),
        Some(_) | None => heard.leaf(),
    };
    leaf.later(next).framed(atom, frame.as_ref(), framed)
}

/// The same of facts about one thing, at whatever time.
pub(crate) fn stated<'a>(about: &'a [Entry], present: &Present, now: Now) -> Leaf<'a> {
    let mut heard = Heard::default();
    for fact in about {
        heard.hear(fact, present, None, now);
    }
    let next = std::mem::take(&mut heard.next);
    heard.leaf().later(next)
}

/// What is there now goes on, and so does a medicine with its dose, unless it is said when it ended.
pub(crate) fn goes_on(value: &FactValue) -> bool {
    match value {
        FactValue::Present(Status::Current) | FactValue::Quantity(_) => true,
        FactValue::Present(Status::History | Status::Planned | Status::Any)
        | FactValue::Code(_)
        | FactValue::Date(_)
        | FactValue::Refuted(_)
        | FactValue::Absent(_)
        | FactValue::Complete => false,
    }
}

/// A statement about all there is, and not about one.
fn speaks_of_all(fact: &Fact) -> bool {
    matches!(fact.value, FactValue::Refuted(_) | FactValue::Complete)
}

/// The statements about one thing, sorted by what they say of what is asked.
#[derive(Default)]
struct Heard<'a> {
    yes: Cited<'a>,
    no: Cited<'a>,
    /// It was not so on a day, and nothing newer is known; the day.
    no_once: Vec<(&'a Name, Mark)>,
    /// When what is so was.
    dated: Vec<Mark>,
    /// It is so, perhaps: at an unstated time, or on an imprecise date.
    maybe: Cited<'a>,
    /// Of these, what surely is so, only perhaps inside the window; and what says that it is not, at whatever time.
    somewhen: Vec<(&'a Name, Status)>,
    never_at_all: Vec<(&'a Name, Status)>,
    /// It says something of another time.
    outside: Cited<'a>,
    /// Not now and not before; not planned: together "not at any time".
    never: Option<Once<'a>>,
    not_planned: Option<Once<'a>>,
    /// All of this kind are listed.
    listed: Cited<'a>,
    undated: bool,
    no_half_life: bool,
    no_route: bool,
    /// Of what is heard now, the thing is only one: what is there may be another, but none is none.
    one_of_several: bool,
    another: Cited<'a>,
    /// The window told something of these apart.
    framed: bool,
    next: Soonest,
}

/// A statement, and when it was made where it was made on a day.
type Once<'a> = (&'a Name, Option<Mark>);

impl<'a> Heard<'a> {
    fn hear(&mut self, fact: &'a Entry, present: &Present, frame: Option<&Frame<'a>>, now: Now) {
        let id = &fact.id;
        match &fact.value {
            FactValue::Present(stated) => {
                if let Some(mut says) = stated_presence(*stated, present.status) {
                    // what was there, and is over, is not there now
                    if let (Truth::Unknown, Status::Current, Some(when)) = (says, present.status, fact.when) {
                        let here = Frame::present(now);
                        self.next.extend(here.next(&when, now));
                        says = says.and(here.meets(&when));
                    }
                    let inside = self.inside(fact, *stated, present.window.as_ref(), frame, now);
                    let inside = inside.and(self.given(fact, present));
                    self.place(id, inside, says, fact.when, *stated);
                }
            }
            // a medicine with its dose is a medicine taken
            FactValue::Quantity(quantity) => {
                if quantity.is_nothing() {
                    return;
                }
                let says = match (present.status, fact.when) {
                    (Status::Planned, _) => return,
                    (Status::History | Status::Any, _) | (Status::Current, None) => Truth::True,
                    (Status::Current, Some(when)) => {
                        let present = Frame::present(now);
                        self.next.extend(present.next(&when, now));
                        present.meets(&when)
                    }
                };
                let inside = self.inside(fact, Status::Any, present.window.as_ref(), frame, now);
                let inside = inside.and(self.given(fact, present));
                self.place(id, inside, says, fact.when, Status::History);
            }
            FactValue::Refuted(_) | FactValue::Complete if !route::speaks_of_all(fact.route, &present.routes) => {
                self.outside.push(id);
            }
            FactValue::Refuted(stated) => {
                if !self.covers(fact, present, frame, now) {
                    self.outside.push(id);
                } else if refutes(*stated, present.status) {
                    let stretch = spoken_of(fact, now, &mut self.next);
                    let always =
                        |when: Occurrence| when.begin.is_none() && when.end.is_none_or(|end| end.lasts_until(now));
                    let always = fact.within.is_none() && stretch.is_none_or(always);
                    self.never_at_all.extend(always.then_some((id, *stated)));
                    let end = stretch.and(fact.when).and_then(|when| when.end);
                    self.deny(id, end.filter(|_| frame.is_none() && fact.during.is_none()));
                } else if present.status == Status::Any {
                    let end = spoken_of(fact, now, &mut self.next).and(fact.when).and_then(|when| when.end);
                    let once = (id, end.filter(|_| frame.is_none() && fact.during.is_none()));
                    match stated {
                        Status::History => self.never = Some(once),
                        Status::Planned => self.not_planned = Some(once),
                        Status::Current | Status::Any => {}
                    }
                }
            }
            FactValue::Complete => {
                if self.covers(fact, present, frame, now) {
                    self.listed.push(id);
                }
            }
            FactValue::Code(_) | FactValue::Date(_) | FactValue::Absent(_) => {}
        }
    }

    /// What was said on a day, of no stretch of time and no window, stands until something else is said.
    fn deny(&mut self, id: &'a Name, said: Option<Mark>) {
        match said {
            Some(end) => self.no_once.push((id, end)),
            None => self.no.push(id),
        }
    }

    fn place(&mut self, id: &'a Name, inside: Truth, says: Truth, when: Option<Occurrence>, stated: Status) {
        match (inside, says) {
            (Truth::True | Truth::Unknown, Truth::True | Truth::Unknown) if self.one_of_several => {
                self.another.push(id);
            }
            (Truth::True, Truth::True) => {
                self.yes.push(id);
                self.dated.extend(when.and_then(|when| when.begin));
            }
            (Truth::False, _) | (_, Truth::False) => self.outside.push(id),
            (Truth::True | Truth::Unknown, _) => {
                self.somewhen.extend((says == Truth::True).then_some((id, stated)));
                self.maybe.push(id);
            }
        }
    }

    /// Is the medicine given by a route that counts?
    fn given(&mut self, fact: &Fact, present: &Present) -> Truth {
        let counts = route::counts(fact.route, &present.routes);
        self.no_route |= counts == Truth::Unknown;
        counts
    }

    /// Does what the fact tells of lie inside the window?
    fn inside(
        &mut self,
        fact: &Entry,
        stated: Status,
        window: Option<&Window>,
        frame: Option<&Frame<'a>>,
        now: Now,
    ) -> Truth {
        let Some(frame) = frame else { return Truth::True };
        if fact.within.is_some() && fact.within.as_ref() == window {
            return Truth::True;
        }
        self.framed = true;
        match fact.when {
            Some(when) => {
                let there = when.there(goes_on(&fact.value));
                self.next.extend(frame.next(&there, now));
                self.no_half_life |= frame.lacks_half_life(&there);
                self.undated |= when.begin.is_none() || when.end != there.end;
                let here = Mark::at(now);
                match (when.begin, there.begin) {
                    (None, Some(begin)) if stated == Status::Planned => {
                        self.next.extend(frame.passing(fact.half_life, now));
                        let begin = Mark { first_day: here.first_day, first: here.first, ..begin };
                        frame.meets(&Occurrence { begin: Some(begin), ..when }.there(false))
                    }
                    (None, _) if goes_on(&fact.value) => {
                        self.next.extend(frame.passing(fact.half_life, now));
                        let since_now = frame.meets(&Occurrence { begin: Some(here), ..when });
                        since_now.or(Truth::Unknown).and(frame.meets(&when))
                    }
                    _ => frame.meets(&there),
                }
            }
            // what is planned lies ahead; what is there now is there now
            None if stated == Status::Planned => {
                self.next.extend(frame.passing(fact.half_life, now));
                self.no_half_life |=
                    frame.lacks_half_life(&Occurrence { half_life: fact.half_life, ..Default::default() });
                frame.meets_what_is_ahead(fact.half_life, now)
            }
            None if stated == Status::Current => {
                self.next.extend(frame.passing(fact.half_life, now));
                let here = Some(Mark::at(now));
                frame.meets(&Occurrence { begin: here, end: here, half_life: fact.half_life }).or(Truth::Unknown)
            }
            None => {
                self.undated = true;
                Truth::Unknown
            }
        }
    }

    /// Does a statement of absence reach over the whole window, or where there is none over what is asked?
    fn covers(&mut self, fact: &Fact, present: &Present, frame: Option<&Frame<'a>>, now: Now) -> bool {
        if fact.within.is_some() {
            return fact.within == present.window;
        }
        let Some(when) = spoken_of(fact, now, &mut self.next) else { return true };
        let here = Frame::present(now);
        let frame = match (frame, present.status) {
            (Some(frame), _) => {
                self.framed = true;
                frame
            }
            // without a window, what was said on a day stands until something else is said
            (None, _) if fact.during.is_none() => return when.end.is_some(),
            (None, Status::Current) => &here,
            (None, Status::History | Status::Planned | Status::Any) => return false,
        };
        self.next.extend(frame.next_covered(&when, now));
        // what is there or was there has come by now; a statement from some day on denies what is planned by its status
        let past = matches!(present.status, Status::Current | Status::History) || when.end.is_none();
        frame.is_covered_by(&when, past, now)
    }

    fn leaf(mut self) -> Leaf<'a> {
        if let (Some((never, one)), Some((not_planned, other))) = (self.never, self.not_planned) {
            // together they were said when the first of them was
            let end = one.zip(other).map_or(one.or(other), |(one, other)| Some(one.older(other)));
            self.deny(never, end);
            self.deny(not_planned, end);
        }
        // what was said before does not contradict what came later
        let contradicts = |end: &Mark| self.dated.iter().any(|mark| mark.last_day <= end.first_day);
        let stands = self.yes.is_empty() && self.maybe.is_empty() && self.another.is_empty();
        self.no.extend(self.no_once.iter().filter(|(_, end)| stands || contradicts(end)).map(|(id, _)| *id));
        let denied = |(_, there): &&(&Name, Status)| self.never_at_all.iter().any(|(_, not)| refutes(*not, *there));
        let somewhen: Vec<&Name> = self.somewhen.iter().filter(denied).map(|(id, _)| *id).collect();
        if !self.no.is_empty() && (!self.yes.is_empty() || !somewhen.is_empty()) {
            Leaf::unknown(GapKind::Conflicting, None, of_both(self.yes.into_iter().chain(somewhen).collect(), self.no))
        } else if !self.yes.is_empty() {
            Leaf::known(Truth::True, self.yes)
        } else if !self.no.is_empty() {
            // what may have been at another time does not contradict it
            Leaf::known(Truth::False, self.no)
        } else if !self.maybe.is_empty() {
            let half_life = self.no_half_life.then_some(Needs::HalfLife);
            let route = self.no_route.then_some(Needs::Route);
            let needs = route.or(self.undated.then_some(Needs::Date)).or(half_life);
            Leaf::unknown(GapKind::Imprecise, needs, self.maybe)
        } else if !self.listed.is_empty() && !self.another.is_empty() {
            Leaf::unknown(GapKind::Imprecise, None, self.another)
        } else if !self.listed.is_empty() {
            self.listed.extend(self.outside);
            Leaf::known(Truth::False, self.listed)
        } else if self.outside.is_empty() {
            Leaf::unknown(GapKind::Absent, None, Cited::new())
        } else {
            Leaf::unknown(GapKind::Stale, None, self.outside)
        }
    }
}

/// Time since an event, between two bounds. Hours and minutes count on the time line; days, weeks, months and years
/// on the calendar.
pub(crate) fn elapsed<'a>(scope: &Scope<'a>, about: &'a [Entry], elapsed: &'a Elapsed, now: Now) -> Leaf<'a> {
    let counting = newest(about, now);
    if counting.is_empty() {
        return since_nothing(about, elapsed, now);
    }
    let mut ids: Cited<'_> = counting.iter().map(|(fact, _)| &fact.id).collect();
    let mut next = Soonest::default();
    let mut denying = |fact: &&Entry| counting.iter().any(|(_, mark)| denies(fact, mark, now, &mut next));
    let denied: Cited<'_> = about.iter().filter(&mut denying).map(|fact| &fact.id).collect();
    if !denied.is_empty() {
        ids.extend(denied);
        return Leaf::unknown(GapKind::Conflicting, Some(Needs::Date), ids).later(next);
    }
    if counting.iter().any(|(_, mark)| mark.is_ahead(now)) {
        next.extend(counting.iter().flat_map(|(_, mark)| now.shows(mark.first)));
        return Leaf::unknown(GapKind::Conflicting, Some(Needs::Date), ids).later(next);
    }
    let mut truths = Vec::new();
    for (_, mark) in &counting {
        truths.push(length::lies_between([&elapsed.low, &elapsed.high], mark, &Mark::at(now)));
        next.extend(ends(elapsed).flat_map(|(bound, side)| length::crossings(bound, side, mark, now)));
    }
    let first = truths.first().copied().unwrap_or(Truth::Unknown);
    let leaf = if !truths.iter().all(|truth| *truth == first) {
        Leaf::unknown(GapKind::Conflicting, Some(Needs::Date), ids)
    } else if first == Truth::Unknown {
        Leaf::unknown(GapKind::Imprecise, Some(Needs::Date), ids)
    } else {
        Leaf::known(first, ids)
    };
    let margin = match counting.as_slice() {
        [(_, mark)] if scope.margins => {
            length::margin([&elapsed.low, &elapsed.high], mark, &Mark::at(now)).map(Box::new)
        }
        _ => None,
    };
    Leaf { margin, ..leaf.later(next) }
}

/// Where nothing dates the event: it may have been refuted. What never happened is longer ago than any bound, and is
/// not within one.
fn since_nothing<'a>(about: &'a [Entry], elapsed: &'a Elapsed, now: Now) -> Leaf<'a> {
    let mut next = Soonest::default();
    let (mut undated, mut open, mut known) = (Cited::new(), Cited::new(), Vec::new());
    for fact in about {
        match fact.value {
            FactValue::Present(Status::Current | Status::History | Status::Any) => undated.push(&fact.id),
            FactValue::Refuted(Status::Any | Status::History) => match since_refuted(elapsed, fact, now, &mut next) {
                Truth::Unknown => open.push(&fact.id),
                truth @ (Truth::True | Truth::False) => known.push((truth, &fact.id)),
            },
            FactValue::Present(Status::Planned)
            | FactValue::Refuted(Status::Current | Status::Planned)
            | FactValue::Quantity(_)
            | FactValue::Code(_)
            | FactValue::Date(_)
            | FactValue::Absent(_)
            | FactValue::Complete => {}
        }
    }
    let leaf = match (undated.is_empty(), known.first()) {
        (false, _) => Leaf::unknown(GapKind::Imprecise, Some(Needs::Date), undated),
        (true, Some((truth, _))) => Leaf::known(*truth, known.iter().map(|(_, id)| *id).collect()),
        (true, None) if open.is_empty() => Leaf::unknown(GapKind::Absent, None, Cited::new()),
        (true, None) => Leaf::unknown(GapKind::Stale, None, open),
    };
    leaf.later(next)
}

/// Time since something of which a statement says that it was not, or not in a stretch that lasts until now.
fn since_refuted(elapsed: &Elapsed, fact: &Fact, now: Now, next: &mut Soonest) -> Truth {
    if fact.within.is_some() {
        return Truth::Unknown;
    }
    let stretch = spoken_of(fact, now, next).unwrap_or_default();
    if let Some(mark) = stretch.end {
        let after = if mark.first == mark.last { mark.first + 1 } else { now.start_of(mark.first_day.plus_days(1)) };
        if now.last >= after {
            return Truth::Unknown;
        }
        next.push(after);
    }
    // the latest that it may have been
    let Some(mark) = stretch.begin else { return Truth::from(elapsed.high.is_none()) };
    let last = if mark.first == mark.last { mark.last } else { now.start_of(mark.last_day) } - 1;
    let day = if mark.first == mark.last { mark.last_day } else { mark.last_day.plus_days(-1) };
    let before = Mark { first_day: day, last_day: day, first: last, last };
    next.extend(ends(elapsed).flat_map(|(bound, side)| length::crossings(bound, side, &before, now)));
    let here = Mark::at(now);
    let low = length::lies_between([&elapsed.low, &None], &before, &here);
    let high = length::lies_between([&None, &elapsed.high], &before, &here);
    let low = if elapsed.low.is_some() { low.or(Truth::Unknown) } else { low };
    let high = if elapsed.high.is_some() { high.and(Truth::Unknown) } else { high };
    low.and(high)
}
fn ends(elapsed: &Elapsed) -> impl Iterator<Item = (&Bound, Side)> {
    [(&elapsed.low, Side::Low), (&elapsed.high, Side::High)]
        .into_iter()
        .filter_map(|(end, side)| Some((end.as_ref()?, side)))
}
