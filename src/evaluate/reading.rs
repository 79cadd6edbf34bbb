//! The values that a comparison may look at: measured, counted, or worked out.

use crate::evaluate::Scope;
use crate::evaluate::derive;
use crate::evaluate::result::{Derived, Needs};
use crate::evaluate::span::{Frame, Mark, Occurrence};
use crate::model::concept::Concept;
use crate::model::decimal::Exact;
use crate::model::formula::Formula;
use crate::model::moment::Now;
use crate::model::quantity::{Conversion, Interval, Quantity};
use crate::model::record::{Fact, FactValue, Status, Subject};
use crate::model::unit::Unit;
use crate::model::window::Window;
use crate::truth::Truth;

/// One value.
#[derive(Clone, Debug)]
pub(crate) struct Reading<'a> {
    pub(crate) because: Vec<&'a str>,
    pub(crate) interval: Interval,
    pub(crate) unit: Option<&'a str>,
    pub(crate) upper: Option<&'a Quantity>,
    pub(crate) lower: Option<&'a Quantity>,
    pub(crate) when: Option<Occurrence>,
    pub(crate) derived: Option<Derived>,
}

impl Reading<'_> {
    /// When it was measured, as far as that is known.
    pub(crate) fn mark(&self) -> Option<Mark> {
        self.when.and_then(|when| when.end.or(when.begin))
    }
}

/// The values about a subject, sorted by whether they lie inside the window.
#[derive(Debug, Default)]
pub(crate) struct Readings<'a> {
    /// Surely inside.
    pub(crate) inside: Vec<Reading<'a>>,
    /// Perhaps inside: the date is missing or not precise enough.
    pub(crate) perhaps: Vec<Reading<'a>>,
    /// Outside.
    pub(crate) outside: Vec<Reading<'a>>,
    /// The statements that these are all.
    pub(crate) complete: Vec<&'a str>,
    /// The window told something of these apart.
    pub(crate) framed: bool,
    /// Why nothing could be worked out: what is missing, and the questions that ask for it.
    pub(crate) lacking: Option<(Vec<String>, Option<Needs>)>,
    pub(crate) next: Vec<i64>,
}

/// Finds the values about a subject.
pub(crate) fn find<'a>(scope: &Scope<'a>, subject: &'a Subject, window: Option<Window>, now: Now) -> Readings<'a> {
    let frame = window.map(|window| Frame::new(scope, window, now));
    let mut readings = Readings::default();
    let concept = match subject {
        Subject::Concept(id) => Concept::named(id),
        Subject::Text(_) | Subject::Judgement(_) | Subject::Unread(_) => None,
    };
    for fact in scope.about(subject).iter().copied() {
        match &fact.value {
            FactValue::Quantity(quantity) => {
                let Some(interval) = quantity.interval() else { continue };
                readings.sort(reading(fact, interval, quantity.unit.as_deref(), now), frame.as_ref(), now);
            }
            // none at all is an amount of nothing
            FactValue::Refuted(Status::Any | Status::History) => {
                let none = reading(fact, Interval::point(Exact::ZERO), concept.map(|c| c.unit_text), now);
                if readings.covers(fact, frame.as_ref(), now) {
                    readings.complete.push(&fact.id);
                    readings.inside.push(none);
                } else {
                    readings.sort(none, frame.as_ref(), now);
                }
            }
            FactValue::Refuted(Status::Current) => {
                let here = Some(Mark::at(now));
                let when = Some(Occurrence { begin: here, end: here });
                let none = reading(fact, Interval::point(Exact::ZERO), concept.map(|c| c.unit_text), now);
                readings.sort(Reading { when, ..none }, frame.as_ref(), now);
                readings.next.extend(frame.iter().flat_map(|frame| frame.passing(now)));
                // a "none now" soon is newer than what may still be of today
                let others = scope.about(subject).iter().filter_map(|other| other.on);
                readings.next.extend(others.flat_map(|on| now.shows(Mark::of(on, now).last + 1)));
            }
            FactValue::Complete => {
                if readings.covers(fact, frame.as_ref(), now) {
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
    if let Some(formula) = concept.and_then(|concept| Formula::of(concept.id))
        && !readings.any_fits(concept)
    {
        let stated = (std::mem::take(&mut readings.inside), std::mem::take(&mut readings.perhaps));
        derive::add(scope, formula, window, frame.as_ref(), now, &mut readings);
        // what cannot be compared stays what it is where nothing better can be worked out
        if readings.inside.is_empty() && readings.perhaps.is_empty() {
            (readings.inside, readings.perhaps) = stated;
        }
    }
    readings
}

fn reading<'a>(fact: &'a Fact, interval: Interval, unit: Option<&'a str>, now: Now) -> Reading<'a> {
    Reading {
        because: vec![&fact.id],
        interval,
        unit,
        upper: fact.upper_limit.as_ref(),
        lower: fact.lower_limit.as_ref(),
        when: Occurrence::of(fact, now),
        derived: None,
    }
}

impl<'a> Readings<'a> {
    /// Does a statement about all of them reach over the whole window?
    pub(crate) fn covers(&mut self, fact: &Fact, frame: Option<&Frame<'a>>, now: Now) -> bool {
        if fact.during.is_none() {
            return true;
        }
        let (Some(frame), Some(when)) = (frame, Occurrence::of(fact, now)) else { return false };
        self.framed = true;
        self.next.extend(frame.next(&when, now));
        frame.is_covered_by(&when)
    }

    /// Is there one that can be compared with the concept's own unit?
    fn any_fits(&self, concept: Option<&Concept>) -> bool {
        let fits = |reading: &Reading<'_>| {
            let (concept, own) = (concept?, Unit::from_text(reading.unit.unwrap_or(""))?);
            Conversion::between(own, concept.unit?, concept.substance).ok()
        };
        self.inside.iter().chain(&self.perhaps).any(|reading| fits(reading).is_some())
    }

    /// Puts a reading where it belongs. What is dated ahead was not measured yet.
    pub(crate) fn sort(&mut self, reading: Reading<'a>, frame: Option<&Frame<'a>>, now: Now) {
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
                self.next.extend(frame.next(when, now));
                frame.meets(when)
            }
            (Some(_), None) => Truth::Unknown,
        };
        match meets {
            Truth::True => self.inside.push(reading),
            Truth::Unknown => self.perhaps.push(reading),
            Truth::False => self.outside.push(reading),
        }
    }
}
