//! What goes on for a time: whether it does, since when, until when, how it is given.

use super::{CourseFields, DateFields, Reader};
use crate::diagnostic::Code;
use crate::model::date::{Date, Period};
use crate::model::question::CourseAnswer;
use crate::model::record::{Fact, FactValue, Status};

impl Reader<'_> {
    /// What is past is not there from the day after its last one; what never was says nothing of plans.
    pub(super) fn course(&mut self, key: &str, kind: &CourseAnswer, fields: &CourseFields) -> Vec<Fact> {
        let mut given = |name: &str, fields: &Option<DateFields>| {
            let typed = fields.as_ref().filter(|fields| kind.dated && !fields.is_empty())?;
            self.day(name, typed)
        };
        let (from, until) = (given("from", &fields.from), given("until", &fields.until));
        if let (Some(from), Some(until)) = (from, until)
            && from.first_day() > until.last_day()
        {
            self.error("until", Code::EmptyRange, "the last day is before the first", "swap the two");
        }
        let during =
            |from: Option<Date>, to: Option<Date>| Some(Period { from, to }).filter(|_| from.is_some() || to.is_some());
        let subject = Self::subject(key);
        let says = |value| self.fact(subject.clone(), value);
        let mut facts = match fields.choice.as_str() {
            "now" => vec![Fact {
                during: during(from, None),
                route: fields.route,
                ..says(FactValue::Present(Status::Current))
            }],
            "past" => {
                let since = until.map(|until| until.last_day().plus_days(1));
                let since = since.filter(|since| *since <= self.as_of.now().day);
                let over = Status::History;
                let there = Fact { during: during(from, until), route: fields.route, ..says(FactValue::Present(over)) };
                let gone = since.map(|since| Fact {
                    during: during(Some(Date::Day(since)), None),
                    ..says(FactValue::Refuted(Status::History))
                });
                [there, says(FactValue::Refuted(Status::Current))].into_iter().chain(gone).collect()
            }
            "never" => vec![says(FactValue::Refuted(Status::History))],
            _ => return self.nothing("choice"),
        };
        match fields.planned.as_str() {
            "yes" if kind.planned => facts.push(says(FactValue::Present(Status::Planned))),
            "no" if kind.planned => facts.push(says(FactValue::Refuted(Status::Planned))),
            _ => {}
        }
        for (at, fact) in facts.iter_mut().enumerate().skip(1) {
            fact.id = format!("{key}#{}", at + 1).into();
        }
        facts
    }
}
