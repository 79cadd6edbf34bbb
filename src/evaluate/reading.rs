//! The values that a comparison may look at: measured, counted, or worked out.

use smallvec::{SmallVec, smallvec};

use crate::evaluate::chart::Entry;
use crate::evaluate::cited::Cited;
use crate::evaluate::frame::Frame;
use crate::evaluate::mark::Mark;
use crate::evaluate::occurrence::{Occurrence, spoken_of};
use crate::evaluate::result::{Derived, Needs};
use crate::evaluate::soonest::Soonest;
use crate::evaluate::{Scope, agree, derive};
use crate::model::concept::Concept;
use crate::model::decimal::Exact;
use crate::model::moment::Now;
use crate::model::name::Name;
use crate::model::quantity::Interval;
use crate::model::record::{FactValue, Status};
use crate::truth::Truth;

/// One value.
#[derive(Clone, Debug)]
pub(crate) struct Reading<'a> {
    pub(crate) because: Cited<'a>,
    pub(crate) interval: Interval,
    pub(crate) unit: Option<&'a str>,
    /// The same in the concept's own unit, where it can be said in it.
    pub(crate) canonical: Option<Interval>,
    /// The result that it is, with its own limits of normal; none for a value that was worked out.
    pub(crate) entry: Option<&'a Entry>,
    pub(crate) when: Option<Occurrence>,
    /// It is of now, whenever that is.
    pub(crate) moves: bool,
    pub(crate) derived: Option<Box<Derived>>,
}

impl Reading<'_> {
    /// When it was measured, as far as that is known.
    pub(crate) fn mark(&self) -> Option<Mark> {
        self.when.and_then(|when| when.end.or(when.begin))
    }

    /// It may be as new as the newest, of which this is the first minute that it may have been.
    pub(crate) fn may_be_newer(&self, newest: Option<i64>) -> bool {
        self.mark().zip(newest).is_none_or(|(mark, newest)| mark.last >= newest)
    }
}

/// Several values; one costs no memory of its own.
pub(crate) type Values<'a> = SmallVec<[Reading<'a>; 1]>;

/// The values about a subject, sorted by whether they lie inside the window.
#[derive(Debug, Default)]
pub(crate) struct Readings<'a> {
    /// Surely inside.
    pub(crate) inside: Values<'a>,
    /// Perhaps inside: the date is missing or not precise enough.
    pub(crate) perhaps: Values<'a>,
    /// Outside.
    pub(crate) outside: Vec<Reading<'a>>,
    /// The statements that these are all.
    pub(crate) complete: Cited<'a>,
    /// Of those that were worked out only one is so: the sex was stated in two ways.
    pub(crate) torn: bool,
    /// The window told something of these apart.
    pub(crate) framed: bool,
    /// Why nothing could be worked out: what is missing, and the questions that ask for it.
    pub(crate) lacking: Option<(Vec<Name>, Option<Needs>)>,
    pub(crate) next: Soonest,
}

/// Finds the values among the facts about a subject.
pub(crate) fn find<'a>(
    scope: &Scope<'a>,
    about: &'a [Entry],
    concept: Option<&'static Concept>,
    frame: Option<&Frame<'a>>,
    now: Now,
) -> Readings<'a> {
    let mut readings = Readings::default();
    for fact in about {
        match &fact.value {
            FactValue::Quantity(quantity) => {
                let Some(interval) = fact.interval else { continue };
                readings.sort(reading(fact, interval, quantity.unit.as_deref(), fact.canonical), frame, now);
            }
            // none at all is an amount of nothing
            FactValue::Refuted(Status::Any | Status::History) => {
                let none = nothing(fact, concept);
                if readings.covers(fact, frame, now) {
                    readings.complete.push(&fact.id);
                    readings.inside.push(none);
                } else {
                    readings.sort(none, frame, now);
                }
            }
            FactValue::Refuted(Status::Current) => {
                // what was said on an earlier day was so on that day
                let said = spoken_of(fact, now, &mut readings.next).and(fact.when).and_then(|when| when.end);
                let (at, moves) = (Some(said.unwrap_or_else(|| Mark::at(now))), said.is_none());
                let when = Some(Occurrence { begin: at, end: at, half_life: None });
                readings.sort(Reading { when, moves, ..nothing(fact, concept) }, frame, now);
                // a "none now" soon is newer than what may still be of today
                let others = about.iter().filter_map(|other| other.on);
                readings.next.extend(others.flat_map(|on| now.shows(Mark::of(on, now).last + 1)));
            }
            FactValue::Complete => {
                if readings.covers(fact, frame, now) {
                    readings.complete.push(&fact.id);
                }
            }
            FactValue::Code(_)
            | FactValue::Date(_)
            | FactValue::Present(_)
            | FactValue::Refuted(Status::Planned)
            | FactValue::Absent(_) => {}
        }
    }
    if let Some((concept, formula)) = concept.and_then(|concept| Some((concept, concept.formula?))) {
        let stated = readings.any_fits();
        if !stated || derive::may(scope, formula) {
            let mut derived = Readings::default();
            derive::add(scope, formula, frame, now, &mut derived);
            match concept.unit.filter(|_| stated) {
                Some(own) => agree::join(&mut readings, derived, (own, concept.substance)),
                None => readings.worked_out(derived),
            }
        }
    }
    readings
}

fn reading<'a>(fact: &'a Entry, interval: Interval, unit: Option<&'a str>, canonical: Option<Interval>) -> Reading<'a> {
    Reading {
        because: smallvec![&fact.id],
        interval,
        unit,
        canonical,
        entry: Some(fact),
        when: fact.when,
        moves: false,
        derived: None,
    }
}

fn nothing<'a>(fact: &'a Entry, concept: Option<&'static Concept>) -> Reading<'a> {
    let zero = Interval::point(Exact::ZERO);
    reading(fact, zero, concept.map(|concept| concept.unit_text), concept.map(|_| zero))
}

impl<'a> Readings<'a> {
    /// Does a statement about all of them reach over the whole window?
    pub(crate) fn covers(&mut self, fact: &Entry, frame: Option<&Frame<'a>>, now: Now) -> bool {
        self.framed |= frame.is_some_and(Frame::hangs_on_event);
        if frame.is_some_and(Frame::is_adrift) {
            return false;
        }
        let Some(when) = spoken_of(fact, now, &mut self.next) else { return true };
        // without a window, what was said on a day stands until something else is said
        let Some(frame) = frame else { return fact.during.is_none() && when.end.is_some() };
        self.framed = true;
        self.next.extend(frame.next_covered(&when, now));
        frame.is_covered_by(&when, false, now)
    }

    /// Takes what was worked out; what cannot be compared stays what it is where nothing better can be worked out.
    pub(crate) fn worked_out(&mut self, derived: Readings<'a>) {
        if derived.any_fits() {
            (self.inside, self.perhaps) = (derived.inside, derived.perhaps);
        }
        self.outside.extend(derived.outside);
        self.framed |= derived.framed;
        self.torn |= derived.torn;
        self.lacking = derived.lacking;
        self.next.extend(derived.next);
    }

    /// Is there one that can be compared with the concept's own unit?
    pub(crate) fn any_fits(&self) -> bool {
        self.inside.iter().chain(&self.perhaps).any(|reading| reading.canonical.is_some())
    }

    /// Puts a reading where it belongs. What is dated ahead was not measured yet.
    pub(crate) fn sort(&mut self, reading: Reading<'a>, frame: Option<&Frame<'a>>, now: Now) {
        self.sort_if(Truth::True, reading, frame, now);
    }

    /// The same of a reading that perhaps is none.
    pub(crate) fn sort_if(&mut self, there: Truth, reading: Reading<'a>, frame: Option<&Frame<'a>>, now: Now) {
        if let Some(mark) = reading.mark()
            && mark.is_ahead(now)
        {
            self.next.extend(now.shows(mark.first));
            self.outside.push(reading);
            return;
        }
        let meets = match (frame, &reading.when) {
            (None, _) => Truth::True,
            (Some(frame), Some(when)) => {
                self.framed = true;
                if reading.moves {
                    self.next.extend(frame.passing(when.half_life, now));
                } else {
                    self.next.extend(frame.next(when, now));
                }
                frame.meets(when)
            }
            (Some(_), None) => Truth::Unknown,
        };
        match meets.and(there) {
            Truth::True => self.inside.push(reading),
            Truth::Unknown => self.perhaps.push(reading),
            Truth::False => self.outside.push(reading),
        }
    }
}
