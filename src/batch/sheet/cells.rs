//! The texts of a row about one subject → a fact.

use smallvec::SmallVec;

use crate::batch::sheet::mapping::{ColumnMapping, Mapping, PartOfFact};
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::import::typed::{self, Typed};
use crate::model::concept::Concept;
use crate::model::date::{Date, When};
use crate::model::quantity::Quantity;
use crate::model::record::{Fact, FactValue, Respondent, Status, Subject};

/// The text of a column in one row.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    /// The place of the column in the mapping.
    pub(super) at: usize,
    pub(super) column: &'a ColumnMapping,
    pub(super) text: &'a str,
}

/// The texts of one row about one subject, each with what its column says.
pub(super) struct Texts<'a> {
    pub(super) parts: SmallVec<[Part<'a>; 2]>,
    pub(super) mapping: &'a Mapping,
}

/// A text that says nothing that its column may say: which column of the mapping, and what is wrong.
pub(super) type Bad = (usize, Box<Diagnostic>);

impl<'a> Texts<'a> {
    /// Makes a fact about the subject say what they say; false where nothing is known.
    pub(super) fn fill(&self, fact: &mut Fact) -> Result<bool, Bad> {
        let Some((column, value)) = self.value(&fact.subject)? else { return Ok(false) };
        fact.value = value;
        fact.source = column.source.unwrap_or(Respondent::Record);
        fact.within.clone_from(&column.within);
        let own = match &fact.value {
            FactValue::Quantity(quantity) => quantity.unit.as_deref(),
            FactValue::Code(_)
            | FactValue::Date(_)
            | FactValue::Present(_)
            | FactValue::Refuted(_)
            | FactValue::Absent(_)
            | FactValue::Complete => None,
        };
        fact.upper_limit = self.limit(PartOfFact::UpperLimit, own)?;
        fact.lower_limit = self.limit(PartOfFact::LowerLimit, own)?;
        fact.on = self.part(PartOfFact::On).map(|part| self.date(part).map(When::On)).transpose()?;
        Ok(true)
    }

    /// The text of a part, where something is known.
    fn part(&self, part: PartOfFact) -> Option<Part<'a>> {
        let known = |text: &str| !text.is_empty() && !self.mapping.unknown.iter().any(|one| one == text);
        self.parts.iter().find(|one| one.column.part == part && known(one.text)).copied()
    }

    fn value(&self, subject: &Subject) -> Result<Option<(&'a ColumnMapping, FactValue)>, Bad> {
        if let Some(part) = self.part(PartOfFact::Value) {
            let quantity = self.number(part, self.part(PartOfFact::Unit).map(|unit| unit.text))?;
            return Ok(Some((part.column, FactValue::Quantity(quantity))));
        }
        if let Some(part) = self.part(PartOfFact::Presence) {
            let status = part.column.status.unwrap_or(Status::Current);
            let value = match yes_or_no(part.text) {
                Some(true) => FactValue::Present(status),
                Some(false) => FactValue::Refuted(status),
                None => return Err(part.bad(Code::UnknownValue, "neither yes nor no", "write `yes` or `no`")),
            };
            return Ok(Some((part.column, value)));
        }
        if let Some(part) = self.part(PartOfFact::Code) {
            let Some(code) = code(subject, part.text) else {
                return Err(part.bad(Code::UnknownValue, "none of the codes", "write one of its codes"));
            };
            return Ok(Some((part.column, FactValue::Code(code))));
        }
        let date = self.part(PartOfFact::Date);
        date.map(|part| Ok((part.column, FactValue::Date(When::On(self.date(part)?))))).transpose()
    }

    /// A number with the unit beside it, that of the column, or none.
    fn number(&self, part: Part<'a>, beside: Option<&str>) -> Result<Quantity, Bad> {
        match typed::number(part.text) {
            Typed::Number { value, comparator, unit } => {
                let unit = unit.or_else(|| beside.map(str::to_owned)).or_else(|| part.column.unit.clone());
                Ok(Quantity { value: Some(value), comparator, unit, ..Quantity::default() })
            }
            Typed::Ambiguous => {
                let help = "write a decimal point, and no sign for the thousands";
                Err(part.bad(Code::BadNumber, "either thousands or a fraction", help))
            }
            Typed::Nothing | Typed::NotANumber => {
                let help = "write the number alone; say in the mapping which texts mean that nothing is known";
                Err(part.bad(Code::BadNumber, "no number", help))
            }
        }
    }

    fn limit(&self, part: PartOfFact, own: Option<&str>) -> Result<Option<Quantity>, Bad> {
        self.part(part).map(|part| self.number(part, own)).transpose()
    }

    fn date(&self, part: Part<'a>) -> Result<Date, Bad> {
        let text = part.text;
        let read = || -> Option<Date> {
            if let Ok(date) = text.parse() {
                return Some(date);
            }
            let (day, clock) = text.split_once(['T', ' ']).map_or((text, None), |(day, clock)| (day, Some(clock)));
            let mut parts = day.split(['-', '/', '.']);
            let (year, month, day) = (parts.next()?, parts.next().unwrap_or(""), parts.next().unwrap_or(""));
            let date = typed::date(year, month, day).filter(|_| parts.next().is_none())?;
            match (clock, date) {
                (None, date) => Some(date),
                (Some(clock), Date::Day(day)) if !self.mapping.offset.is_empty() => {
                    let mut clock = clock.split(':');
                    typed::clock(day, clock.next()?, clock.next()?, &self.mapping.offset)
                }
                (Some(_), Date::Day(_) | Date::Year(_) | Date::Month(..) | Date::Instant(_)) => None,
            }
        };
        read().ok_or_else(|| {
            let help = "write year, month, day: `2026-03-15`; a clock time needs the offset of its clock, here or in the mapping";
            part.bad(Code::BadDate, "no date that is sure", help)
        })
    }
}

impl Part<'_> {
    fn bad(self, code: Code, what: &str, help: &str) -> Bad {
        (self.at, Box::new(Diagnostic::warning(code, format!("{} is {what}", quoted(self.text)), help)))
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    const YES: [&str; 7] = ["yes", "y", "true", "t", "1", "是", "有"];
    const NO: [&str; 7] = ["no", "n", "false", "f", "0", "否", "无"];
    let text = text.to_lowercase();
    let is = |one: &&str| **one == text;
    if YES.iter().any(is) { Some(true) } else { NO.iter().any(is).then_some(false) }
}

/// The code that a text is or means.
fn code(subject: &Subject, text: &str) -> Option<String> {
    const SEXES: [(&str, &str); 4] = [("f", "female"), ("m", "male"), ("女", "female"), ("男", "male")];
    let Subject::Concept(id) = subject else { return Some(text.to_owned()) };
    let codes = &Concept::named(id)?.codes;
    let lower = text.to_lowercase();
    let short = SEXES.iter().find(|(short, _)| id == "sex" && *short == lower).map_or(lower.as_str(), |(_, code)| code);
    codes.iter().find(|code| code.to_lowercase() == short).map(|code| (*code).to_owned())
}
