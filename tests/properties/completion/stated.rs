//! What a fact says, as one thing that is so, or as what is not.

use std::collections::BTreeSet;

use trial_prescreen::{
    Anchor, Concept, Date, Decimal, Exact, Fact, FactValue, Kind, Record, Respondent, Status, Subject, When,
};

use super::Builder;
use super::denied::Refuted;
use super::number::around;
use super::time::range;
use crate::oracle::derived::unit;
use crate::oracle::dose::Class;
use crate::oracle::{CLASSES, Closed, Item, Moment, What};

impl Builder<'_, '_> {
    pub(super) fn said(&mut self, subject: &Subject, record: &Record) -> Option<()> {
        let judged = matches!(subject, Subject::Judgement(_));
        let mut answers: BTreeSet<bool> = BTreeSet::new();
        for fact in record.about(subject).filter(|fact| !judged || fact.source == Respondent::Investigator) {
            match fact.value {
                FactValue::Present(_) => answers.insert(true),
                FactValue::Refuted(_) => answers.insert(false),
                _ => false,
            };
        }
        let answers: Vec<bool> = if answers.is_empty() { vec![true, false] } else { answers.into_iter().collect() };
        let answer = if answers.len() == 2 { self.any(&answers)? } else { *answers.first()? };
        self.world.yes.insert(subject.key(), answer);
        Some(())
    }

    pub(super) fn fact(&mut self, fact: &Fact, refuted: &mut Vec<(String, Refuted)>) -> Option<()> {
        let key = fact.subject.key();
        let now = self.world.now.minute;
        let class = Class::of(&key);
        let period = fact.during.map(|_| key.clone());
        let mut item = Item { stated: true, period, half_life: fact.half_life, ..Item::OPEN };
        match &fact.value {
            FactValue::Absent(_) => return Some(()),
            FactValue::Date(when) => {
                if Anchor::MOMENTS.iter().any(|anchor| anchor.concept() == Some(&key)) || key == "birth-date" {
                    return Some(());
                }
                let at = self.moment(range(*when, self.offset))?;
                item = Item { from: Some(at), to: Some(at), dated: true, ..item };
            }
            FactValue::Code(code) => {
                item.what = What::Code(code.clone());
                (item.from, item.to) = self.time(fact, Status::History)?;
            }
            // what cannot be compared gives way to what can be worked out
            FactValue::Quantity(quantity) if key == "egfr" && unit(&key, quantity.unit.as_deref()).is_none() => {
                return Some(());
            }
            FactValue::Quantity(quantity) => {
                item.what = self.number(&key, quantity, fact)?;
                (item.from, item.to) = match (class.is_some(), fact.during) {
                    (true, None) if fact.on.is_none() => (None, None),
                    // a medicine with its dose goes on
                    (true, Some(period)) => self.there(period, Status::Current)?,
                    _ => self.time(fact, Status::History)?,
                };
                item.dated = fact.on.is_some();
                item.told = fact.on.map(|on| range(on, self.offset)).map(|range| (range.first, range.last));
                let one = unit(&key, quantity.unit.as_deref()).filter(|_| quantity.unit.is_some() || key == "nihss");
                item.doubtful = one.is_none();
                let stated = quantity.value.filter(|_| quantity.comparator.is_none());
                let places = |value: Decimal| value.to_string().split_once('.').map_or(0, |(_, after)| after.len());
                let half = |value: Decimal| Exact::ratio(1, 2 * 10_i128.pow(places(value) as u32))?.times(one?);
                item.half = stated.and_then(half);
            }
            FactValue::Present(status) => {
                (item.from, item.to) = self.time(fact, *status)?;
                let ahead = item.from.is_some_and(|at| at.minute > now);
                let given = fact.on.is_some() || fact.during.is_some();
                let planned = match status {
                    Status::Current | Status::History => false,
                    Status::Planned => true,
                    Status::Any => ahead && !given,
                };
                if ahead && !planned {
                    return None;
                }
                if *status == Status::Current && item.to.is_some_and(|at| at.minute < now) {
                    return None;
                }
                if planned {
                    item.what = What::Planned;
                }
                if let Some(class) = class {
                    self.dose(class, &item)?;
                }
                item.dated = !planned && (fact.on.is_some() || fact.during.is_some_and(|period| period.from.is_some()));
            }
            FactValue::Refuted(_) | FactValue::Complete => {
                let (from, to) = match fact.during {
                    Some(period) => {
                        let (from, to) = self.period(period)?;
                        (from.map(|at| self.day_of(at, period.from, 0)), to.map(|at| self.day_of(at, period.to, 1_439)))
                    }
                    None if fact.on.is_some_and(|on| range(on, self.offset).first > self.latest) => return Some(()),
                    None => (None, self.said_until(fact)?),
                };
                let but_listed = fact.value == FactValue::Complete;
                let status = if let FactValue::Refuted(status) = fact.value { status } else { Status::Any };
                let once = fact.on.is_some();
                // what has no end lasts until today, and says nothing of the days to come
                let until = fact.during.filter(|during| during.to.is_none()).map_or(to, |_| Some(self.today()));
                if fact.within.is_none() && matches!(status, Status::Any | Status::History) {
                    let (before, after) = (from.map(|at| self.by(at, -1)), until.map(|at| self.by(at, 1)));
                    let lasting = fact.during.is_some_and(|during| during.to.is_none());
                    let closed = Closed { before, after, once, lasting };
                    self.world.closed.entry(key.clone()).or_default().push(closed);
                }
                let within = fact.within.clone();
                let (begin, end) = (fact.during.and_then(|d| d.from), fact.during.and_then(|d| d.to));
                let end = end.or(fact.on.map(When::latest));
                let day = |at: Option<Moment>, date: Option<Date>, edge: i64, step: i64| {
                    let whole = date.is_none_or(|date| self.is_whole(date, edge));
                    at.filter(|_| self.whole).map(|at| if whole { at.day } else { at.day + step })
                };
                let days = (day(from, begin, 0, 1), day(to, end, 1_439, -1));
                refuted.push((key.clone(), Refuted { status, from, to, within, but_listed, once, days }));
                let counted =
                    Concept::named(&key).is_some_and(|concept| concept.kind == Kind::Quantity) && class.is_none();
                if !counted || but_listed || status == Status::Planned {
                    return Some(());
                }
                item.what = What::Number { value: Exact::ZERO, upper: Exact::ONE, lower: Exact::ONE };
                (item.from, item.to) = if status == Status::Current {
                    let at = to.unwrap_or(self.world.now);
                    (Some(at), Some(at))
                } else {
                    (from, to)
                };
            }
        }
        if matches!(item.what, What::Number { .. } | What::Code(_)) && item.from.is_some_and(|at| at.minute > now) {
            // what is surely ahead was not measured yet; what may be is contradicted by this moment
            let ahead = fact.on.is_some_and(|on| range(on, self.offset).first > self.latest);
            return ahead.then_some(());
        }
        // some of a class is one of its members, or another
        let mut kinds: Vec<&str> =
            CLASSES.iter().filter(|(c, _)| *c == key && class.is_none()).map(|(_, m)| *m).collect();
        kinds.push(&key);
        let kind = self.any(&kinds)?.to_owned();
        self.world.items.entry(kind).or_default().push(item);
        Some(())
    }

    /// A medicine that is taken or planned is taken in some amount; what is planned, and nobody says when, for some time.
    pub(super) fn dose(&mut self, class: &Class, item: &Item) -> Option<()> {
        let marks = self.marks(class.total, None, None);
        let fit: Vec<Exact> = around(marks.into_iter()).filter(|at| *at > Exact::ZERO).collect();
        let what = What::Number { value: self.any(&fit)?, upper: Exact::ONE, lower: Exact::ONE };
        let later = self.open(false)?;
        let to = if item.what == What::Planned { item.to.max(Some(later)) } else { item.to };
        let amount = Item { what, to, stated: true, ..item.clone() };
        self.world.items.entry(class.total.to_owned()).or_default().push(amount);
        Some(())
    }
}
