//! Values, units and dates in words.

use super::words::fill;
use super::{FactWords, Teller};
use crate::evaluate::Verdict;
use crate::model::concept::Concept;
use crate::model::date::{Date, Day, Period, When};
use crate::model::derivation::sources_of;
use crate::model::quantity::{Comparator, Quantity};
use crate::model::record::{Absence, Fact, FactValue, Status, Subject};
use crate::model::route::Route;

impl Teller<'_> {
    /// A few words that name a subject.
    pub(super) fn label(&self, subject: &Subject) -> String {
        let key = subject.key();
        let asked = self.trial.questions.get(&key).or_else(|| {
            let sources = sources_of(&key);
            (sources.len() == 1).then(|| sources.first().and_then(|source| self.trial.questions.get(source))).flatten()
        });
        let language = self.reader.locale.tag();
        let own = asked.filter(|_| key != "age").and_then(|question| question.text.get(language)).map(|t| &t.short);
        if let Some(short) = own.filter(|short| !short.is_empty()) {
            return short.clone();
        }
        match subject {
            Subject::Concept(id) => Concept::named(id).map_or_else(
                || id.clone(),
                |concept| match self.reader.locale {
                    super::Locale::English => capitalised(concept.english),
                    super::Locale::Chinese => concept.chinese.to_owned(),
                },
            ),
            Subject::Text(text) => text.clone(),
            Subject::Ratio(pair) => {
                let [above, below] = pair.as_ref();
                [&self.label(above), " / ", &self.label(below)].concat()
            }
            Subject::Judgement(id) | Subject::Unread(id) => id.clone(),
        }
    }

    /// One fact in words.
    pub(super) fn fact(&self, fact: &Fact) -> FactWords {
        let key = fact.subject.key();
        let question = if self.trial.questions.contains_key(&key) {
            key
        } else {
            self.trial.questions.keys().find(|asked| sources_of(asked).contains(&key.as_str())).cloned().unwrap_or(key)
        };
        FactWords {
            fact: fact.id.clone(),
            question,
            label: self.label(&fact.subject),
            value: self.value_of(fact),
            open: matches!(fact.value, FactValue::Absent(_)) && self.is_needed(&fact.subject.key()),
        }
    }

    /// An open criterion would be nearer to its end with the answer to this question.
    fn is_needed(&self, key: &str) -> bool {
        let pending = self.evaluation.criteria.iter().filter(|criterion| criterion.verdict == Verdict::Pending);
        pending.flat_map(|criterion| &criterion.gaps).any(|gap| gap.asks.iter().any(|asked| asked == key))
    }

    /// What a fact says, with its limit and its date.
    pub(super) fn value_of(&self, fact: &Fact) -> String {
        let words = self.words;
        let mut value = match &fact.value {
            FactValue::Quantity(quantity) => {
                let option = || self.option_of(fact).or_else(|| self.weeks_and_days(fact, quantity));
                option().unwrap_or_else(|| self.quantity(quantity))
            }
            FactValue::Code(code) => self.option_of(fact).unwrap_or_else(|| code.clone()),
            FactValue::Date(when) if fact.note == "last-known-well" => {
                fill(words.last_known_well, &[("date", &self.when(*when))])
            }
            FactValue::Date(when) => self.when(*when),
            FactValue::Present(Status::History) => words.past.to_owned(),
            FactValue::Present(Status::Current | Status::Any) => words.yes.to_owned(),
            FactValue::Present(Status::Planned) => self.asked_of_plans(fact).to_owned(),
            FactValue::Refuted(_) => words.no.to_owned(),
            FactValue::Complete => words.complete.to_owned(),
            FactValue::Absent(absence) => match absence {
                Absence::AskedUnknown => words.answer_not_sure,
                Absence::AskedDeclined => words.answer_not_said,
                Absence::TempUnknown => words.answer_later,
                Absence::NotPerformed => words.answer_not_done,
                Absence::Unknown | Absence::NotAsked | Absence::Masked => words.answer_unknown,
            }
            .to_owned(),
        };
        let route = fact.route.and_then(|route| Route::ALL.iter().position(|other| *other == route));
        if let Some(route) = route.and_then(|at| words.routes.get(at)) {
            value = fill(words.given, &[("value", &value), ("route", route)]);
        }
        if let Some(limit) = &fact.upper_limit {
            value = fill(words.with_limit, &[("value", &value), ("limit", &self.quantity(limit))]);
        }
        match (fact.on, fact.during) {
            (Some(when), _) if self.reader.staff || matches!(fact.value, FactValue::Quantity(_)) => {
                fill(words.on_date, &[("value", &value), ("date", &self.when(when))])
            }
            (None, Some(during)) => self.over(&value, during),
            // only staff see how old a statement is
            (Some(_), _) | (None, None) => value,
        }
    }

    /// What went on for a time, with the time.
    fn over(&self, value: &str, during: Period) -> String {
        let words = self.words;
        let (from, to) = (during.from.map(|date| self.date(date)), during.to.map(|date| self.date(date)));
        let template = match (&from, &to) {
            (Some(_), Some(_)) => words.from_to,
            (Some(_), None) => words.since,
            (None, Some(_)) => words.up_to,
            (None, None) => return value.to_owned(),
        };
        let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
        fill(template, &[("value", value), ("from", &from), ("to", &to)])
    }

    /// Days of a pregnancy as weeks and days: `24+3`.
    fn weeks_and_days(&self, fact: &Fact, quantity: &Quantity) -> Option<String> {
        let Subject::Concept(id) = &fact.subject else { return None };
        Concept::named(id).filter(|concept| concept.is_counted() && concept.unit_text == "wk")?;
        let days = quantity.value.filter(|_| quantity.comparator.is_none() && quantity.unit.as_deref() == Some("d"))?;
        let days = days.whole()?;
        let [weeks, rest] = [days.div_euclid(7), days.rem_euclid(7)].map(|number| number.to_string());
        Some(self.with_unit(&[&weeks, "+", &rest].concat(), "wk"))
    }

    /// The words of the option that was chosen, where the answer was one of several.
    pub(super) fn option_of(&self, fact: &Fact) -> Option<String> {
        let code = match &fact.value {
            FactValue::Quantity(quantity) => quantity.value?.to_string(),
            FactValue::Code(code) => code.clone(),
            FactValue::Date(_)
            | FactValue::Present(_)
            | FactValue::Refuted(_)
            | FactValue::Absent(_)
            | FactValue::Complete => return None,
        };
        let question = self.trial.questions.get(&fact.subject.key())?;
        question.text.get(self.reader.locale.tag())?.options.get(&code).cloned()
    }

    /// "Yes" where a plan was what was asked about, "planned" where it is one of several answers.
    fn asked_of_plans(&self, fact: &Fact) -> &'static str {
        let plans_only = self
            .trial
            .eligibility
            .criteria
            .iter()
            .flat_map(|criterion| criterion.expression.leaves())
            .filter(|leaf| leaf.subject().as_ref() == Some(&fact.subject))
            .all(|leaf| matches!(leaf, crate::Expression::Present(present) if present.status == Status::Planned));
        if plans_only { self.words.yes } else { self.words.planned }
    }

    pub(super) fn quantity(&self, quantity: &Quantity) -> String {
        let words = self.words;
        let number = match (quantity.value, quantity.low, quantity.high) {
            (Some(value), ..) => {
                let template = match quantity.comparator {
                    None => "{value}",
                    Some(Comparator::Less) => words.less,
                    Some(Comparator::AtMost) => words.at_most,
                    Some(Comparator::AtLeast) => words.at_least,
                    Some(Comparator::More) => words.more,
                    Some(Comparator::About) => words.about,
                };
                fill(template, &[("value", &value.to_string())])
            }
            (None, Some(low), Some(high)) => {
                fill(words.range, &[("low", &low.to_string()), ("high", &high.to_string())])
            }
            (None, Some(low), None) => fill(words.at_least, &[("value", &low.to_string())]),
            (None, None, Some(high)) => fill(words.at_most, &[("value", &high.to_string())]),
            (None, None, None) => words.answer_unknown.to_owned(),
        };
        self.with_unit(&number, quantity.unit.as_deref().unwrap_or(""))
    }

    /// A number with its unit as people write it: hours with their minutes, and from ten days on as days with their hours.
    pub(super) fn with_unit(&self, number: &str, unit: &str) -> String {
        const MANY: u64 = 240;
        let whole = number.split_once('.').map_or(number, |(whole, _)| whole);
        if unit == "h"
            && let Some(hours) = whole.parse::<u64>().ok().filter(|hours| *hours >= MANY)
        {
            let (days, hours) = ((hours / 24).to_string(), (hours % 24).to_string());
            return match hours.as_str() {
                "0" => self.with_unit(&days, "d"),
                _ => fill(self.words.days_hours, &[("days", &days), ("hours", &hours)]),
            };
        }
        if unit == "h"
            && let Some((hours, fraction)) = number.split_once('.')
        {
            let sixtieths = format!("0.{fraction}")
                .parse::<crate::Decimal>()
                .ok()
                .and_then(|part| part.exact().times(crate::Exact::whole(60))?.rounded(0));
            let minutes = sixtieths.map(|minutes| minutes.to_string()).unwrap_or_default();
            return fill(self.words.hours_minutes, &[("hours", hours), ("minutes", &minutes)]);
        }
        let shown = self.words.units.iter().find(|(written, _)| *written == unit).map_or(unit, |(_, shown)| shown);
        if shown.is_empty() {
            return number.to_owned();
        }
        fill(self.words.with_unit, &[("value", number), ("unit", shown)])
    }

    pub(super) fn when(&self, when: When) -> String {
        match when {
            When::On(date) => self.date(date),
            When::Between(between) => {
                let (earliest, latest) = (self.date(between.earliest), self.date(between.latest));
                fill(self.words.between_dates, &[("earliest", &earliest), ("latest", &latest)])
            }
        }
    }

    pub(super) fn date(&self, date: Date) -> String {
        let month = |number: u32| {
            let index = usize::try_from(number).unwrap_or(1).saturating_sub(1);
            self.words.months.get(index).copied().unwrap_or("")
        };
        match date {
            Date::Year(year) => fill(self.words.year, &[("year", &year.to_string())]),
            Date::Month(year, number) => {
                fill(self.words.month, &[("year", &year.to_string()), ("month", month(number))])
            }
            Date::Day(day) => self.day(day, month),
            Date::Instant(instant) => {
                let text = instant.to_string();
                let (time, zone) =
                    text.split_once('T').map_or(("", ""), |(_, clock)| clock.split_at_checked(5).unwrap_or(("", "")));
                let zone = format!("UTC{zone}");
                let day = self.day(instant.day(), month);
                fill(self.words.instant, &[("date", &day), ("time", time), ("zone", &zone)])
            }
        }
    }

    fn day(&self, day: Day, month: impl Fn(u32) -> &'static str) -> String {
        let (year, number, of_month) = day.parts();
        let values = [("year", year.to_string()), ("day", of_month.to_string())];
        let [(_, year), (_, of_month)] = &values;
        fill(self.words.day, &[("year", year), ("month", month(number)), ("day", of_month)])
    }
}

/// With a capital first letter, as a sentence begins.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| std::iter::once(first.to_ascii_uppercase()).chain(letters).collect()).unwrap_or_default()
}
