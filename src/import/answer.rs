//! What people type and tick → facts.
//!
//! A half-typed or mistaken field never becomes a fact: it becomes a diagnostic that names the field. A value that
//! hardly anybody has is accepted with the warning `implausible-value`, so that the page can ask "is this right?".

use crate::diagnostic::{Code, Diagnostic, Severity, Warned, quoted};
use crate::import::typed::{self, Typed};
use crate::model::concept::{Concept, Kind};
use crate::model::date::{Between, Date, Day, Period, When};
use crate::model::decimal::{Decimal, Exact};
use crate::model::expression::Expression;
use crate::model::moment::AsOf;
use crate::model::quantity::{Comparator, Interval, Quantity, factor_between};
use crate::model::question::{AnswerKind, Question};
use crate::model::record::{Absence, Fact, FactValue, Respondent, Status, Subject};
use crate::model::trial::Trial;
use crate::model::unit::Unit;
use crate::model::window::{Anchor, Window};

/// An answer as it was given on the page: texts as typed, ticks as ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `yes`, `no`, or the code of an option.
    Choice(String),
    /// A number, or a range, with what stands beside it.
    Number(NumberFields),
    /// A day.
    Date(DateFields),
    /// When something began, by the clock.
    Onset(OnsetFields),
    /// Medicines taken; an empty list means none.
    Doses(Vec<DoseFields>),
    /// Drinks; an empty list means none.
    Drinks(Vec<DrinkFields>),
    /// No answer, and why.
    Absent(Absence),
    /// Which items of a checklist are so; the rest is not so, or not known.
    Checked(CheckedFields),
}

/// A number as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberFields {
    /// The number.
    pub value: String,
    /// The lower end, where only a range is known.
    pub low: String,
    /// The upper end.
    pub high: String,
    /// The number is only about right.
    pub about: bool,
    /// The unit chosen.
    pub unit: String,
    /// The upper limit of normal printed beside it.
    pub upper_limit: String,
    /// When it was measured.
    pub on: Option<DateFields>,
}

/// A date as typed: the month and the day may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateFields {
    /// Four digits.
    pub year: String,
    /// A number or an English name.
    pub month: String,
    /// The day of the month.
    pub day: String,
}

/// A clock time as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnsetFields {
    /// `seen`: somebody saw it begin; `last-known-well`: found, or woken up with.
    pub basis: String,
    /// Four digits.
    pub year: String,
    /// A number or an English name.
    pub month: String,
    /// The day of the month.
    pub day: String,
    /// 0 to 23; empty where only the day is known.
    pub hour: String,
    /// 0 to 59.
    pub minute: String,
    /// The clock's offset at that time: `+08:00`.
    pub offset: String,
}

/// A medicine as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoseFields {
    /// The medicine's concept.
    pub medicine: String,
    /// Milligrams a day.
    pub amount: String,
}

/// A kind of drink as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrinkFields {
    /// Millilitres in one drink.
    pub volume: String,
    /// Per cent of alcohol by volume.
    pub strength: String,
    /// How many.
    pub count: String,
    /// `day`, `week` or `month`.
    pub per: String,
}

/// A checklist as ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedFields {
    /// The keys of the items that are so.
    pub checked: Vec<String>,
    /// What holds of the others.
    pub rest: Rest,
}

/// What holds of the items that were not ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// None of them is so.
    No,
    /// The person is not sure.
    AskedUnknown,
    /// The person prefers not to say.
    AskedDeclined,
}

/// The facts that an answer states.
///
/// `question` is the id of an asked question: its key, or that of a checklist with the items it showed, of which alone
/// the answer speaks. Errors are among
/// the diagnostics; where there is one, there are no facts.
///
/// # Example
///
/// ```
/// use trial_prescreen::{AsOf, Respondent, import::{self, answer}};
/// # let text = r#"{"format":"trial-prescreen/1","id":"X","title":{"en":"X"},"source":[],"eligibility":{
/// #   "status":"published","criteria":[{"id":"E1","category":"exclusion","text":{"en":{"full":"","short":"","patient":""}},
/// #   "source":{"document":"","item":"1"},
/// #   "expression":{"compare":{"subject":{"concept":"alt"},"low":{"value":"2.5","unit":"xULN"}}}}]},
/// #   "questions":{"alt":{"answer":{"quantity":{"units":["U/L"],"upperLimit":true}},"answerableBy":["patient"],
/// #   "text":{"en":{"patient":"What was your ALT?","staff":"ALT","short":"ALT"}}}}}"#;
/// # let trial = import::trial(text.as_bytes()).unwrap().output;
/// let as_of = AsOf::new("2026-03-15".parse().unwrap()).unwrap();
/// let typed = answer::NumberFields { value: "１０１".into(), unit: "U/L".into(), upper_limit: "40".into(), ..Default::default() };
/// let read = answer::facts(&trial, "alt", &answer::Answer::Number(typed), &as_of, Respondent::Patient);
/// assert!(read.diagnostics.is_empty());
/// assert_eq!(read.output[0].upper_limit.as_ref().unwrap().value, "40".parse().ok());
/// ```
pub fn facts(
    trial: &Trial,
    question: &str,
    answer: &Answer,
    as_of: &AsOf,
    respondent: Respondent,
) -> Warned<Vec<Fact>> {
    let mut reader = Reader { trial, as_of, respondent, diagnostics: Vec::new() };
    let mut output = match answer {
        Answer::Checked(fields) => reader.checklist(question, fields),
        Answer::Absent(absence) => reader.absent(question, *absence),
        Answer::Choice(_)
        | Answer::Number(_)
        | Answer::Date(_)
        | Answer::Onset(_)
        | Answer::Doses(_)
        | Answer::Drinks(_) => reader.single(question, answer),
    };
    let diagnostics = reader.diagnostics;
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        output.clear();
    }
    Warned { output, diagnostics }
}

struct Reader<'t> {
    trial: &'t Trial,
    as_of: &'t AsOf,
    respondent: Respondent,
    diagnostics: Vec<Diagnostic>,
}

/// A number with the unit it was given, and any sign before it.
type Measured = (Decimal, Option<Comparator>, Option<String>);

impl<'t> Reader<'t> {
    fn error(&mut self, field: &str, code: Code, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, message, help).on(field));
    }

    fn question(&mut self, key: &str) -> Option<&'t Question> {
        let question = self.trial.questions.get(key);
        if question.is_none() {
            let message = format!("the trial does not ask {}", quoted(key));
            self.error("question", Code::UnknownQuestion, message, "answer one of the trial's own questions");
        }
        question
    }

    fn fact(&self, subject: Subject, value: FactValue) -> Fact {
        Fact { source: self.respondent, ..Fact::new(&subject.key(), subject, value) }
    }

    /// The subject that a key names.
    fn subject(key: &str) -> Subject {
        match key.split_once(':') {
            Some(("text", text)) => Subject::Text(text.to_owned()),
            Some(("judgement", id)) => Subject::Judgement(id.to_owned()),
            Some(("unread", id)) => Subject::Unread(id.to_owned()),
            _ => Subject::Concept(key.to_owned()),
        }
    }

    /// The items that a checklist showed; all of them, where the id does not say.
    fn items(&mut self, list: &str) -> Vec<&'t str> {
        let (list, shown) = list.split_once('|').map_or((list, None), |(list, shown)| (list, Some(shown)));
        let mut items: Vec<&'t str> = Vec::new();
        for (key, question) in self.trial.questions.iter() {
            if question.checklist.as_deref() == Some(list) && shown.is_none_or(|s| s.split('|').any(|k| k == key)) {
                items.push(key);
            }
        }
        if items.is_empty() || shown.is_some_and(|shown| shown.split('|').count() != items.len()) {
            let message = format!("the trial has no such checklist as {}", quoted(list));
            self.error("question", Code::UnknownQuestion, message, "answer one of the trial's own questions");
        }
        items
    }

    fn absent(&mut self, question: &str, absence: Absence) -> Vec<Fact> {
        let keys: Vec<&str> = match question.strip_prefix("checklist:") {
            Some(list) => self.items(list),
            None => self.question(question).map(|_| question).into_iter().collect(),
        };
        keys.into_iter().map(|key| self.fact(Self::subject(key), FactValue::Absent(absence))).collect()
    }

    fn checklist(&mut self, question: &str, fields: &CheckedFields) -> Vec<Fact> {
        let items = self.items(question.strip_prefix("checklist:").unwrap_or(question));
        for key in &fields.checked {
            if !items.contains(&key.as_str()) {
                let message = format!("{} is not on this checklist", quoted(key));
                self.error("checked", Code::UnknownQuestion, message, "tick only what the checklist shows");
            }
        }
        let rest = match fields.rest {
            Rest::No => None,
            Rest::AskedUnknown => Some(Absence::AskedUnknown),
            Rest::AskedDeclined => Some(Absence::AskedDeclined),
        };
        let answered = |key: &str| match (fields.checked.iter().any(|ticked| ticked == key), rest) {
            (true, _) => self.yes_or_no(key, true),
            (false, None) => self.yes_or_no(key, false),
            (false, Some(absence)) => self.fact(Self::subject(key), FactValue::Absent(absence)),
        };
        items.into_iter().map(answered).collect()
    }

    fn single(&mut self, key: &str, answer: &Answer) -> Vec<Fact> {
        let Some(question) = self.question(key) else { return Vec::new() };
        match (&question.answer, answer) {
            (AnswerKind::YesNo, Answer::Choice(choice)) => match choice.as_str() {
                "yes" => vec![self.yes_or_no(key, true)],
                "no" => vec![self.yes_or_no(key, false)],
                _ => self.nothing("choice"),
            },
            (AnswerKind::Choice(codes), Answer::Choice(code)) => self.choice(key, codes, code),
            (AnswerKind::Quantity(_), Answer::Number(fields)) => self.number(key, question, fields),
            (AnswerKind::Date, Answer::Date(fields)) => self.date(key, fields),
            (AnswerKind::Onset, Answer::Onset(fields)) => self.onset(key, fields),
            (AnswerKind::Doses(medicines), Answer::Doses(list)) => self.doses(key, medicines, list),
            (AnswerKind::Drinks, Answer::Drinks(list)) => self.drinks(key, list),
            _ => {
                let message = format!("the question {} takes another kind of answer", quoted(key));
                self.error("question", Code::WrongType, message, "answer in the form that the question asks for");
                Vec::new()
            }
        }
    }

    fn nothing(&mut self, field: &str) -> Vec<Fact> {
        self.error(field, Code::NoAnswer, "nothing was chosen or entered", "choose an answer, or \"not sure\"");
        Vec::new()
    }

    /// "Yes" and "no" mean what the criteria ask: the status and the window of the expressions that use the subject.
    fn yes_or_no(&self, key: &str, yes: bool) -> Fact {
        let subject = Self::subject(key);
        let (status, window) = self.asked(&subject);
        let value = if yes { FactValue::Present(status) } else { FactValue::Refuted(status) };
        let mut fact = self.fact(subject, value);
        let Some(window) = window else { return fact };
        if window.anchor == Anchor::Onset {
            fact.within = Some(window);
            return fact;
        }
        let today = self.as_of.now().day;
        let from = window.from.map(|from| Date::Day(from.after(today)));
        match (yes, from, window.to) {
            // something that happened, at a moment nobody asked for
            (true, Some(from), Some(_)) => {
                fact.on = Some(When::Between(Between { earliest: from, latest: Date::Day(today) }));
            }
            // something that goes on, or will
            (true, from, None) | (false, from, _) => fact.during = Some(Period { from, to: None }),
            (true, None, Some(_)) => {}
        }
        fact
    }

    /// The status and the window that the criteria ask of a subject, where they ask only one.
    fn asked(&self, subject: &Subject) -> (Status, Option<Window>) {
        let mut statuses: Vec<Status> = Vec::new();
        let mut windows: Vec<Option<Window>> = Vec::new();
        for criterion in &self.trial.eligibility.criteria {
            for leaf in criterion.expression.leaves() {
                if let Expression::Present(present) = leaf
                    && present.subject == *subject
                {
                    statuses.push(present.status);
                    windows.push(present.window);
                }
            }
        }
        let status = match statuses.as_slice() {
            [] => Status::Current,
            [first, rest @ ..] if rest.iter().all(|other| other == first) => *first,
            _ => Status::Any,
        };
        let window = match windows.as_slice() {
            [first, rest @ ..] if rest.iter().all(|other| other == first) => *first,
            _ => None,
        };
        (status, window)
    }

    fn choice(&mut self, key: &str, codes: &[String], code: &str) -> Vec<Fact> {
        if !codes.iter().any(|known| known == code) {
            return self.nothing("choice");
        }
        let counted = Concept::named(key).is_some_and(|concept| concept.kind == Kind::Quantity);
        let value = match code.parse::<Decimal>() {
            Ok(number) if counted => FactValue::Quantity(Quantity::exactly(number, None)),
            _ => FactValue::Code(code.to_owned()),
        };
        vec![self.fact(Self::subject(key), value)]
    }

    fn number(&mut self, key: &str, question: &Question, fields: &NumberFields) -> Vec<Fact> {
        let AnswerKind::Quantity(kind) = &question.answer else { return Vec::new() };
        let mut unit = Some(fields.unit.clone()).filter(|unit| !unit.is_empty());
        let mut quantity = Quantity::default();
        if fields.value.trim().is_empty() && (!fields.low.trim().is_empty() || !fields.high.trim().is_empty()) {
            let low = self.measured("low", &fields.low, &mut unit);
            let high = self.measured("high", &fields.high, &mut unit);
            quantity.low = low.map(|(value, ..)| value);
            quantity.high = high.map(|(value, ..)| value);
            if let (Some(low), Some(high)) = (quantity.low, quantity.high)
                && low > high
            {
                self.error("high", Code::EmptyRange, "the second number is smaller than the first", "swap the two");
            }
            if quantity.low.is_none() || quantity.high.is_none() {
                let missing = if quantity.low.is_none() { "low" } else { "high" };
                if self.diagnostics.is_empty() {
                    self.nothing(missing);
                }
                return Vec::new();
            }
        } else {
            let Some((value, comparator, _)) = self.measured("value", &fields.value, &mut unit) else {
                return Vec::new();
            };
            quantity.value = Some(value);
            quantity.comparator = comparator.or(fields.about.then_some(Comparator::About));
            if kind.whole && value.exact() != Exact::whole(value.exact().to_formula() as i64) {
                self.error("value", Code::BadNumber, "this is a whole number", "write it without a fraction");
            }
        }
        if unit.is_none()
            && let [only] = kind.units.as_slice()
        {
            unit = Some(only.clone());
        }
        if unit.is_none() && !kind.units.is_empty() {
            let help = format!("choose the unit that stands beside the number: {}", kind.units.join(", "));
            self.error("unit", Code::MissingUnit, "the number has no unit", help);
        }
        if let Some(unit) = &unit
            && !self.comparable(key, unit)
        {
            let help = format!("choose one of these units: {}", kind.units.join(", "));
            self.error("unit", Code::IncomparableUnit, format!("{} is not a unit of this", quoted(unit)), help);
        }
        quantity.unit = unit;
        let mut fact = self.fact(Self::subject(key), FactValue::Quantity(quantity.clone()));
        if kind.upper_limit && !fields.upper_limit.trim().is_empty() {
            let mut own = quantity.unit.clone();
            if let Some((limit, ..)) = self.measured("upperLimit", &fields.upper_limit, &mut own) {
                if limit.exact() <= Exact::ZERO {
                    let help = "copy the larger number of the normal range";
                    self.error("upperLimit", Code::BadNumber, "an upper limit is more than nothing", help);
                }
                fact.upper_limit = Some(Quantity::exactly(limit, own.as_deref()));
            }
        }
        if let Some(on) = fields.on.as_ref().filter(|on| !on.is_empty()) {
            fact.on = self.day("on", on).map(When::On);
        } else if !kind.dated {
            fact.on = Some(When::On(Date::Day(self.as_of.now().day)));
        }
        self.plausible(key, question, &quantity);
        vec![fact]
    }

    fn measured(&mut self, field: &str, text: &str, unit: &mut Option<String>) -> Option<Measured> {
        match typed::number(text) {
            Typed::Nothing => {
                self.nothing(field);
                None
            }
            Typed::Number { value, comparator, unit: written } => {
                if let Some(written) = written.clone() {
                    *unit = Some(written);
                }
                Some((value, comparator, written))
            }
            Typed::Ambiguous => {
                let message = format!("the comma in {} may mean thousands or a decimal", quoted(text));
                self.error(field, Code::BadNumber, message, "write it with a point for decimals and without thousands");
                None
            }
            Typed::NotANumber => {
                let message = format!("{} is not a number", quoted(text));
                self.error(field, Code::BadNumber, message, "write digits, such as 101 or 1.2");
                None
            }
        }
    }

    fn comparable(&self, key: &str, unit: &str) -> bool {
        let Some(concept) = Concept::named(key) else { return true };
        let Some(own) = concept.unit else { return true };
        Unit::from_text(unit).and_then(|unit| factor_between(unit, own, concept.molar_mass)).is_some()
    }

    /// Asks "is this right?" where a value lies outside the limits of the plausible.
    fn plausible(&mut self, key: &str, question: &Question, quantity: &Quantity) {
        let concept = Concept::named(key);
        let (low, high, unit) = match (&question.plausible, concept.and_then(|c| c.plausible)) {
            (Some(plausible), _) => (plausible.low, plausible.high, plausible.unit.as_deref()),
            (None, Some((low, high))) => (low, high, concept.map(|c| c.unit_text)),
            (None, None) => return,
        };
        let limits = Quantity { low: Some(low), high: Some(high), ..Quantity::default() };
        let molar_mass = concept.and_then(|c| c.molar_mass);
        let factor = match (quantity.unit.as_deref(), unit) {
            (Some(from), Some(to)) => Unit::from_text(from)
                .zip(Unit::from_text(to))
                .and_then(|(from, to)| factor_between(from, to, molar_mass)),
            (None, _) | (_, None) => Some(Exact::ONE),
        };
        let inside = (|| {
            let value: Interval = quantity.interval()?.times(factor?)?;
            Some(value.lies_in(&limits.interval()?))
        })();
        if inside != Some(crate::Truth::True) {
            let unit = unit.unwrap_or_default();
            let message = format!("a value outside {low} to {high} {unit} is rare");
            let help = "look again at the number and its unit; keep it if it is right";
            self.diagnostics.push(Diagnostic::warning(Code::ImplausibleValue, message.trim_end(), help).on("value"));
        }
    }

    fn day(&mut self, field: &str, fields: &DateFields) -> Option<Date> {
        if fields.is_empty() {
            self.nothing(field);
            return None;
        }
        let Some(date) = typed::date(&fields.year, &fields.month, &fields.day) else {
            let written = [&fields.year, &fields.month, &fields.day].map(|part| part.trim()).join(" ");
            let message = format!("{} is not a day of the calendar", quoted(written.trim()));
            self.error(field, Code::BadDate, message, "write the year with four digits, then the month and the day");
            return None;
        };
        if date.first_day() > self.as_of.now().day {
            self.error(field, Code::FutureDate, "this day has not come yet", "check the year, the month and the day");
            return None;
        }
        Some(date)
    }

    fn date(&mut self, key: &str, fields: &DateFields) -> Vec<Fact> {
        let Some(date) = self.day("date", fields) else { return Vec::new() };
        if key == "birth-date" {
            const OLDEST: i64 = 120;
            let oldest: Day = self.as_of.now().day.plus_months(-12 * OLDEST);
            if date.last_day() < oldest {
                let message = format!("hardly anybody is older than {OLDEST} years");
                let help = "look again at the year; keep it if it is right";
                self.diagnostics.push(Diagnostic::warning(Code::ImplausibleValue, message, help).on("date"));
            }
        }
        vec![self.fact(Self::subject(key), FactValue::Date(When::On(date)))]
    }

    fn onset(&mut self, key: &str, fields: &OnsetFields) -> Vec<Fact> {
        if fields.basis != "seen" && fields.basis != "last-known-well" {
            self.nothing("basis");
        }
        let parts = DateFields { year: fields.year.clone(), month: fields.month.clone(), day: fields.day.clone() };
        let Some(day) = self.day("date", &parts) else { return Vec::new() };
        let untimed = fields.hour.trim().is_empty() && fields.minute.trim().is_empty();
        let date = if untimed {
            Some(day)
        } else {
            match day {
                Date::Day(day) => typed::clock(day, &fields.hour, &fields.minute, &fields.offset),
                Date::Year(_) | Date::Month(..) | Date::Instant(_) => {
                    self.error("date", Code::BadDate, "a clock time needs its day", "write the day of the month too");
                    return Vec::new();
                }
            }
        };
        let Some(date) = date else {
            let message = format!("{} is not a time of day", quoted(&format!("{}:{}", fields.hour, fields.minute)));
            self.error("time", Code::BadDate, message, "write hours from 0 to 23 and minutes from 0 to 59");
            return Vec::new();
        };
        let now = self.as_of.now();
        if date.first_minute(now.offset) > now.last {
            self.error("time", Code::FutureDate, "this time has not come yet", "check the day and the time");
            return Vec::new();
        }
        let mut fact = self.fact(Self::subject(key), FactValue::Date(When::On(date)));
        if fields.basis == "last-known-well" {
            "last-known-well".clone_into(&mut fact.note);
        }
        vec![fact]
    }

    fn window_start(&self, key: &str) -> Option<Date> {
        let subject = Self::subject(key);
        let leaves = self.trial.eligibility.criteria.iter().flat_map(|criterion| criterion.expression.leaves());
        let windows = leaves.filter(|leaf| leaf.subject().as_ref() == Some(&subject)).filter_map(Expression::window);
        let today = self.as_of.now().day;
        windows.filter_map(|window| window.from).map(|from| from.after(today)).min().map(Date::Day)
    }

    fn doses(&mut self, key: &str, medicines: &[String], list: &[DoseFields]) -> Vec<Fact> {
        let during = Some(Period { from: self.window_start(key), to: None });
        let mut facts: Vec<Fact> = Vec::new();
        for (index, row) in list.iter().enumerate() {
            if !medicines.contains(&row.medicine) {
                self.nothing(&format!("doses[{index}].medicine"));
                continue;
            }
            let field = format!("doses[{index}].amount");
            let mut unit = None;
            let Some((amount, comparator, written)) = self.measured(&field, &row.amount, &mut unit) else { continue };
            if written.as_deref().is_some_and(|unit| !unit.eq_ignore_ascii_case("mg")) {
                self.error(
                    &field,
                    Code::IncomparableUnit,
                    "the dose is asked in milligrams",
                    "work it out in mg a day",
                );
                continue;
            }
            if amount.exact() <= Exact::ZERO {
                let help = "write the milligrams taken in one day, or take the row out";
                self.error(&field, Code::BadNumber, "a dose is more than nothing", help);
                continue;
            }
            let plausible = Concept::named(&row.medicine).and_then(|concept| concept.plausible);
            if plausible.is_some_and(|(_, high)| amount > high) {
                let message = format!("{amount} mg a day is rare");
                let help = "look again at the number; keep it if it is right";
                self.diagnostics.push(Diagnostic::warning(Code::ImplausibleValue, message, help).on(&field));
            }
            let quantity =
                Quantity { value: Some(amount), comparator, unit: Some("mg/d".to_owned()), ..Quantity::default() };
            let mut fact = self.fact(Subject::concept(&row.medicine), FactValue::Quantity(quantity));
            let twins = facts.iter().filter(|other| other.subject == fact.subject).count();
            if twins > 0 {
                fact.id = format!("{}#{}", fact.id, twins + 1);
            }
            fact.during = during;
            facts.push(fact);
        }
        let closing = if list.is_empty() { FactValue::Refuted(Status::Any) } else { FactValue::Complete };
        facts.push(Fact { during, ..self.fact(Self::subject(key), closing) });
        facts
    }

    fn drinks(&mut self, key: &str, list: &[DrinkFields]) -> Vec<Fact> {
        let today = self.as_of.now().day;
        if list.is_empty() {
            let during = Some(Period { from: self.window_start(key), to: None });
            return vec![Fact { during, ..self.fact(Self::subject(key), FactValue::Refuted(Status::Any)) }];
        }
        let mut total = Exact::ZERO;
        let mut note = Vec::new();
        for (index, row) in list.iter().enumerate() {
            let mut field = |name: &str, text: &str| {
                let field = format!("drinks[{index}].{name}");
                let (value, comparator, _) = self.measured(&field, text, &mut None)?;
                if comparator.is_some() || value.exact() < Exact::ZERO {
                    self.error(&field, Code::BadNumber, "one number is needed here", "write digits, such as 330");
                    return None;
                }
                Some(value)
            };
            let volume = field("volume", &row.volume);
            let strength = field("strength", &row.strength);
            let count = field("count", &row.count);
            let (Some(volume), Some(strength), Some(count)) = (volume, strength, count) else { continue };
            if strength.exact() > Exact::whole(100) {
                let field = format!("drinks[{index}].strength");
                self.error(&field, Code::BadNumber, "no drink is stronger than 100 %", "write the per cent of alcohol");
                continue;
            }
            // a month is a twelfth of 365.25 days
            let days = match row.per.as_str() {
                "day" => Exact::ratio(1, 1),
                "week" => Exact::ratio(7, 1),
                "month" => Exact::ratio(487, 16),
                _ => {
                    self.nothing(&format!("drinks[{index}].per"));
                    continue;
                }
            };
            let share = volume
                .exact()
                .times(strength.exact())
                .and_then(|x| x.times(count.exact()))
                .and_then(|x| x.over(Exact::whole(100)))
                .and_then(|x| x.over(days?));
            match share.and_then(|share| total.plus(share)) {
                Some(sum) => total = sum,
                None => {
                    let field = format!("drinks[{index}].count");
                    self.error(
                        &field,
                        Code::BadNumber,
                        "these numbers are too large",
                        "look again at the three numbers",
                    );
                }
            }
            note.push(format!("{count} × {volume} mL × {strength} % / {}", row.per));
        }
        let Some(amount) = total.rounded(6) else {
            return Vec::new();
        };
        let quantity = Quantity::exactly(amount, Some("mL{ethanol}/d"));
        if let Some(question) = self.trial.questions.get(key) {
            self.plausible(key, question, &quantity);
        }
        let mut fact = self.fact(Self::subject(key), FactValue::Quantity(quantity)).on(Date::Day(today));
        fact.note = note.join("; ");
        vec![fact]
    }
}

impl DateFields {
    fn is_empty(&self) -> bool {
        [&self.year, &self.month, &self.day].iter().all(|part| part.trim().is_empty())
    }
}
