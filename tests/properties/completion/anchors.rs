//! When the anchors of windows are, and when the person was born.

use trial_prescreen::{Anchor, AsOf, Duration, Exact, FactValue, Quantity, Record, Status, Subject, TimeUnit, When};

use super::Builder;
use super::number::{lies, limits};
use super::time::range;
use crate::oracle::calendar::{age, number_of, shifted};
use crate::oracle::{Item, Moment};

impl Builder<'_, '_> {
    pub(super) fn anchors(&mut self, record: &Record, as_of: &AsOf, lengths: &[Duration]) -> Option<()> {
        for anchor in Anchor::MOMENTS {
            let concept = anchor.concept().unwrap_or("");
            let mut found: Vec<Moment> = Vec::new();
            for fact in record.facts.iter().filter(|fact| fact.subject == Subject::concept(concept)) {
                let FactValue::Date(when) = &fact.value else { continue };
                let at = self.moment(range(*when, self.offset))?;
                let item = Item { from: Some(at), to: Some(at), stated: true, dated: true, ..Item::OPEN };
                self.world.items.entry(concept.to_owned()).or_default().push(item);
                found.push(at);
            }
            if let Some(date) = as_of.anchors.get(&anchor) {
                found = vec![self.moment(range(When::On(date), self.offset))?];
            }
            if let Some(at) = found.into_iter().max() {
                self.world.anchors.insert(anchor, at);
                self.spread(lengths, at);
            }
        }
        Some(())
    }

    /// The newest date that facts give an event; where none does, any time or none, as far as they leave it open.
    pub(super) fn event(&mut self, event: Anchor, record: &Record, as_of: &AsOf, lengths: &[Duration]) -> Option<()> {
        let mut found: Vec<Moment> = Vec::new();
        let (mut happened, mut never) = (false, false);
        let subject = event.subject()?;
        for fact in record.facts.iter().filter(|fact| fact.subject == subject) {
            match &fact.value {
                FactValue::Present(Status::Current | Status::History | Status::Any) => {
                    happened = true;
                    let on = fact.on.or(fact.during.and_then(|period| period.from).map(When::On));
                    if let Some(on) = on {
                        found.push(self.moment(range(on, self.offset))?);
                    }
                }
                FactValue::Refuted(Status::Any | Status::History) => {
                    never |= fact.during.is_none() && fact.within.is_none() && self.said_until(fact)?.is_none();
                }
                _ => {}
            }
        }
        if let Some(date) = as_of.anchors.get(&event) {
            found = vec![self.moment(range(When::On(date), self.offset))?];
        } else if never && happened {
            return None;
        }
        let forms = if never {
            vec![0]
        } else if happened {
            vec![1, 2]
        } else {
            vec![0, 1, 2]
        };
        let at = match found.into_iter().max() {
            Some(at) => Some(at),
            None => match self.any(&forms)? {
                0 => None,
                form => Some(self.open(form == 1)?),
            },
        };
        if let Some(at) = at {
            self.world.anchors.insert(event, at);
            self.spread(lengths, at);
        }
        Some(())
    }

    pub(super) fn birth(&mut self, record: &Record) -> Option<()> {
        let now = self.world.now.day;
        let dates: Vec<When> = record
            .facts
            .iter()
            .filter(|fact| fact.subject == Subject::concept("birth-date"))
            .filter_map(|fact| if let FactValue::Date(when) = fact.value { Some(when) } else { None })
            .collect();
        let mut ages: Vec<(Quantity, i64)> = Vec::new();
        for fact in record.facts.iter().filter(|fact| dates.is_empty() && fact.subject == Subject::concept("age")) {
            let FactValue::Quantity(quantity) = &fact.value else { continue };
            let on = match fact.on {
                Some(on) => self.moment(range(on, self.offset))?.day,
                None => now,
            };
            ages.push((quantity.clone(), on));
        }
        let bounds: Vec<(i32, TimeUnit)> = self
            .bounds
            .iter()
            .filter(|(key, _)| key == "age")
            .map(|(_, bound)| (bound, bound.unit.as_deref().and_then(TimeUnit::from_text)))
            .filter_map(|(bound, unit)| Some((bound.value.to_string().parse().ok()?, unit?)))
            .collect();
        let mut fit: Vec<i64> = dates
            .iter()
            .flat_map(|when| [number_of(when.earliest().first_day()), number_of(when.latest().last_day())])
            .collect();
        let back = |count: i32, unit: TimeUnit, from: i64| {
            [0, 1].map(|more| shifted(from, Duration { count: -count - more, unit }))
        };
        for (count, unit) in bounds.iter().copied().chain([(18, TimeUnit::Year), (45, TimeUnit::Year)]) {
            fit.extend(back(count, unit, now));
        }
        for (quantity, on) in &ages {
            let (low, high) = limits(quantity);
            let unit = TimeUnit::from_text(quantity.unit.as_deref()?)?;
            for end in [low, high].into_iter().flatten() {
                fit.extend(back(end.0.to_formula() as i32, unit, *on));
            }
        }
        let fit: Vec<i64> = fit.iter().flat_map(|day| (-2..=2).map(move |by| day + by)).collect();
        let fit: Vec<i64> = fit
            .into_iter()
            .filter(|day| {
                let dated = dates.iter().all(|when| {
                    (number_of(when.earliest().first_day())..=number_of(when.latest().last_day())).contains(day)
                });
                let aged = ages.iter().all(|(quantity, on)| {
                    let unit = quantity.unit.as_deref().and_then(TimeUnit::from_text).unwrap();
                    let years = Exact::whole(age(*day, *on, unit));
                    lies(years, limits(quantity)) && *on >= *day
                });
                dated && aged && *day <= now
            })
            .collect();
        self.world.born = self.any(&fit)?;
        self.world.age_is_stated = !dates.is_empty() || !ages.is_empty();
        Some(())
    }
}
