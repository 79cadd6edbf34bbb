//! The texts of a row about one subject → a fact.

use crate::batch::sheet::mapping::{ColumnMapping, Mapping, PartOfFact};
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::import::typed::{self, Typed};
use crate::model::concept::Concept;
use crate::model::date::{Date, When};
use crate::model::quantity::Quantity;
use crate::model::record::{Fact, FactValue, Respondent, Status, Subject};

/// The texts of one row about one subject, each with what its column says.
pub(super) struct Texts<'a> {
    pub(super) subject: &'a Subject,
    pub(super) parts: Vec<(&'a ColumnMapping, &'a str)>,
    pub(super) mapping: &'a Mapping,
}

/// A text that says nothing that its column may say: which column, and what is wrong.
pub(super) type Bad<'a> = (&'a ColumnMapping, Box<Diagnostic>);

impl<'a> Texts<'a> {
    /// The fact; none where nothing is known.
    pub(super) fn fact(&self) -> Result<Option<Fact>, Bad<'a>> {
        let Some((column, value)) = self.value()? else { return Ok(None) };
        let mut fact = Fact::new("", self.subject.clone(), value);
        fact.source = column.source.unwrap_or(Respondent::Record);
        fact.within.clone_from(&column.within);
        let own = match &fact.value {
            FactValue::Quantity(quantity) => quantity.unit.clone(),
            FactValue::Code(_)
            | FactValue::Date(_)
            | FactValue::Present(_)
            | FactValue::Refuted(_)
            | FactValue::Absent(_)
            | FactValue::Complete => None,
        };
        fact.upper_limit = self.limit(PartOfFact::UpperLimit, own.as_deref())?;
        fact.lower_limit = self.limit(PartOfFact::LowerLimit, own.as_deref())?;
        if let Some((column, text)) = self.part(PartOfFact::On) {
            fact.on = Some(When::On(self.date(column, text)?));
        }
        Ok(Some(fact))
    }

    /// The text of a part, where something is known.
    fn part(&self, part: PartOfFact) -> Option<(&'a ColumnMapping, &'a str)> {
        let known = |text: &str| !text.is_empty() && !self.mapping.unknown.iter().any(|one| one == text);
        self.parts.iter().find(|(column, text)| column.part == part && known(text)).copied()
    }

    fn value(&self) -> Result<Option<(&'a ColumnMapping, FactValue)>, Bad<'a>> {
        if let Some((column, text)) = self.part(PartOfFact::Value) {
            let quantity = self.number(column, text, self.part(PartOfFact::Unit).map(|(_, unit)| unit))?;
            return Ok(Some((column, FactValue::Quantity(quantity))));
        }
        if let Some((column, text)) = self.part(PartOfFact::Presence) {
            let status = column.status.unwrap_or(Status::Current);
            let value = match yes_or_no(text) {
                Some(true) => FactValue::Present(status),
                Some(false) => FactValue::Refuted(status),
                None => return Err(bad(column, Code::UnknownValue, text, "neither yes nor no", "write `yes` or `no`")),
            };
            return Ok(Some((column, value)));
        }
        if let Some((column, text)) = self.part(PartOfFact::Code) {
            let Some(code) = code(self.subject, text) else {
                let help = "write one of its codes";
                return Err(bad(column, Code::UnknownValue, text, "none of the codes", help));
            };
            return Ok(Some((column, FactValue::Code(code))));
        }
        let date = self.part(PartOfFact::Date);
        date.map(|(column, text)| Ok((column, FactValue::Date(When::On(self.date(column, text)?))))).transpose()
    }

    /// A number with the unit beside it, that of the column, or none.
    fn number(&self, column: &'a ColumnMapping, text: &str, beside: Option<&str>) -> Result<Quantity, Bad<'a>> {
        match typed::number(text) {
            Typed::Number { value, comparator, unit } => {
                let unit = unit.or_else(|| beside.map(str::to_owned)).or_else(|| column.unit.clone());
                Ok(Quantity { value: Some(value), comparator, unit, ..Quantity::default() })
            }
            Typed::Ambiguous => {
                let help = "write a decimal point, and no sign for the thousands";
                Err(bad(column, Code::BadNumber, text, "either thousands or a fraction", help))
            }
            Typed::Nothing | Typed::NotANumber => {
                let help = "write the number alone; say in the mapping which texts mean that nothing is known";
                Err(bad(column, Code::BadNumber, text, "no number", help))
            }
        }
    }

    fn limit(&self, part: PartOfFact, own: Option<&str>) -> Result<Option<Quantity>, Bad<'a>> {
        let Some((column, text)) = self.part(part) else { return Ok(None) };
        Ok(Some(self.number(column, text, own)?))
    }

    fn date(&self, column: &'a ColumnMapping, text: &str) -> Result<Date, Bad<'a>> {
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
            bad(column, Code::BadDate, text, "no date that is sure", help)
        })
    }
}

fn bad<'a>(column: &'a ColumnMapping, code: Code, text: &str, what: &str, help: &str) -> Bad<'a> {
    (column, Box::new(Diagnostic::warning(code, format!("{} is {what}", quoted(text)), help)))
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
