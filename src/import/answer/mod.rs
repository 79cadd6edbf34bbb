//! What people type and tick → facts.
//!
//! A half-typed or mistaken field never becomes a fact: it becomes a diagnostic that names the field. A value that
//! hardly anybody has is accepted with the warning `implausible-value`, so that the page can ask "is this right?".

mod course;
mod list;
mod number;
mod shapes;

use crate::diagnostic::{Code, Diagnostic, Severity, Warned, quoted};
use crate::import::{limits, typed};
use crate::model::concept::{Concept, Kind};
use crate::model::date::{Between, Date, Day, Instant, Period, When};
use crate::model::decimal::Decimal;
use crate::model::expression::Expression;
use crate::model::moment::AsOf;
use crate::model::quantity::Quantity;
use crate::model::question::{AnswerKind, Question};
use crate::model::record::{Absence, Fact, FactValue, Respondent, Status, Subject};
use crate::model::route::Route;
use crate::model::trial::Trial;
use crate::model::window::{Anchor, Duration, TimeUnit, Window};

/// Nothing is said to be longer ago, in any unit.
const LONGEST_AGO: i32 = 1000;

/// An answer as it was given on the page: texts as typed, ticks as ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `yes`, `no`, `never`, or the code of an option.
    Choice(String),
    /// A number, or a range, with what stands beside it.
    Number(NumberFields),
    /// A day.
    Date(DateFields),
    /// Whether it is so, and when.
    Course(CourseFields),
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
    /// About how long ago it was, where that is all that is known.
    pub ago: Option<AgoFields>,
}

/// About how long ago something was, as typed: within a tenth, and at least one unit, of so many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgoFields {
    /// How many: a whole number.
    pub count: String,
    /// `day`, `week`, `month` or `year`.
    pub unit: String,
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

/// Something that goes on for a time, as ticked and typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CourseFields {
    /// `now`, `past`: no longer, or `never`.
    pub choice: String,
    /// `yes`, `no`, or empty where it is not asked or not known.
    pub planned: String,
    /// Since when.
    pub from: Option<DateFields>,
    /// Until when, of what is past.
    pub until: Option<DateFields>,
    /// How it is given; none where it is not asked or not known.
    pub route: Option<Route>,
}

/// A medicine as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoseFields {
    /// The medicine's concept.
    pub medicine: String,
    /// Milligrams a day.
    pub amount: String,
    /// How it is given; none where it is not asked or not known.
    pub route: Option<Route>,
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
    let rows = match answer {
        Answer::Checked(fields) => fields.checked.len(),
        Answer::Doses(list) => list.len(),
        Answer::Drinks(list) => list.len(),
        Answer::Absent(_)
        | Answer::Choice(_)
        | Answer::Number(_)
        | Answer::Date(_)
        | Answer::Course(_)
        | Answer::Onset(_) => 0,
    };
    if rows > limits::ROWS {
        let message = format!("the answer has {rows} rows; at most {} are read", limits::ROWS);
        reader.error("answer", Code::TooMany, message, "leave out what is there twice");
        return Warned { output: Vec::new(), diagnostics: reader.diagnostics };
    }
    if question.len() > limits::TEXT {
        reader.error(
            "question",
            Code::TooLong,
            "this is longer than any question's id",
            "answer one of the trial's own",
        );
        return Warned { output: Vec::new(), diagnostics: reader.diagnostics };
    }
    let mut output = match answer {
        Answer::Checked(fields) => reader.checklist(question, fields),
        Answer::Absent(absence) => reader.absent(question, *absence),
        Answer::Choice(_)
        | Answer::Number(_)
        | Answer::Date(_)
        | Answer::Course(_)
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
            (AnswerKind::Date | AnswerKind::LastTime, Answer::Date(fields)) => self.date(key, fields),
            (AnswerKind::LastTime, Answer::Choice(choice)) if choice == "never" => {
                vec![self.fact(Self::subject(key), FactValue::Refuted(Status::History))]
            }
            (AnswerKind::Course(kind), Answer::Course(fields)) => self.course(key, kind, fields),
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
        // dates cannot say what was denied of half-lives that nobody knows, or around a day that nobody gave
        if window.anchor == Anchor::Onset || window.anchor.is_event() || window.half_lives.is_some() {
            fact.within = Some(window);
            return fact;
        }
        let now = self.as_of.now();
        // hours are counted by the clock, where there is one
        let clock = window.from.is_some_and(|from| from.unit.is_clock()) && now.to_the_minute;
        let at = |end: Duration| match end.minutes().filter(|_| clock) {
            Some(minutes) => Date::Instant(Instant::new(now.first + minutes, now.offset)),
            None => Date::Day(end.after(now.day)),
        };
        let from = window.from.map(at);
        let latest = match window.to.filter(|to| to.count < 0) {
            Some(to) => at(to),
            None if clock => Date::Instant(Instant::new(now.first, now.offset)),
            None => Date::Day(now.day),
        };
        match (yes, from, window.to) {
            // something that happened, at a moment nobody asked for
            (true, Some(from), Some(_)) => {
                fact.on = Some(When::Between(Between { earliest: from, latest }));
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
        let mut windows: Vec<Option<&Window>> = Vec::new();
        for criterion in &self.trial.eligibility.criteria {
            for leaf in criterion.expression.leaves() {
                if let Expression::Present(present) = leaf
                    && present.subject == *subject
                {
                    statuses.push(present.status);
                    windows.push(present.window.as_ref());
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
        (status, window.cloned())
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

    /// When something was: a day, or about how long ago.
    fn when(&mut self, field: &str, fields: &DateFields) -> Option<When> {
        let Some(ago) = fields.ago.as_ref().filter(|_| fields.says_how_long_ago()) else {
            return self.day(field, fields).map(When::On);
        };
        let place = format!("{field}.ago");
        if !fields.is_empty() {
            let help = "leave the one or the other empty";
            self.error(&place, Code::BadDate, "there are a date and a length of time", help);
            return None;
        }
        let unit = match ago.unit.as_str() {
            "day" => TimeUnit::Day,
            "week" => TimeUnit::Week,
            "month" => TimeUnit::Month,
            "year" => TimeUnit::Year,
            _ => {
                self.nothing(&format!("{field}.unit"));
                return None;
            }
        };
        let whole = typed::whole(&typed::plain(&ago.count)).and_then(|count| i32::try_from(count).ok());
        let Some(count) = whole.filter(|count| (0..=LONGEST_AGO).contains(count)) else {
            let message = format!("{} is not a whole number of days, weeks, months or years", quoted(&ago.count));
            self.error(&place, Code::BadNumber, message, "write digits, such as 3");
            return None;
        };
        let slack = ((count + 9) / 10).max(1);
        let back = |count: i32| Date::Day(Duration { count: -count, unit }.after(self.as_of.now().day));
        Some(When::Between(Between { earliest: back(count + slack), latest: back((count - slack).max(0)) }))
    }

    fn date(&mut self, key: &str, fields: &DateFields) -> Vec<Fact> {
        let Some(when) = self.when("date", fields) else { return Vec::new() };
        if key == "birth-date" {
            const OLDEST: i64 = 120;
            let oldest: Day = self.as_of.now().day.plus_months(-12 * OLDEST);
            if when.latest().last_day() < oldest {
                let message = format!("hardly anybody is older than {OLDEST} years");
                let help = "look again at the year; keep it if it is right";
                self.diagnostics.push(Diagnostic::warning(Code::ImplausibleValue, message, help).on("date"));
            }
        }
        vec![self.fact(Self::subject(key), FactValue::Date(when))]
    }

    fn onset(&mut self, key: &str, fields: &OnsetFields) -> Vec<Fact> {
        if fields.basis != "seen" && fields.basis != "last-known-well" {
            self.nothing("basis");
        }
        let parts =
            DateFields { year: fields.year.clone(), month: fields.month.clone(), day: fields.day.clone(), ago: None };
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
}

impl DateFields {
    fn is_empty(&self) -> bool {
        [&self.year, &self.month, &self.day].iter().all(|part| part.trim().is_empty())
    }

    fn says_how_long_ago(&self) -> bool {
        self.ago.as_ref().is_some_and(|ago| !ago.count.trim().is_empty())
    }
}
