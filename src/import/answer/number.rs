//! A number as a slip shows it: the value, its unit, the slip's own limit, the date.

use super::{NumberFields, Reader};
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::import::typed::{self, Typed};
use crate::model::concept::Concept;
use crate::model::date::{Date, Period, When};
use crate::model::decimal::{Decimal, Exact};
use crate::model::quantity::{Comparator, Conversion, Interval, Quantity};
use crate::model::question::{AnswerKind, Question};
use crate::model::record::{Fact, FactValue};
use crate::model::unit::{Substance, Unit};
use crate::model::window::TimeUnit;

/// A number with the unit it was given, and any sign before it.
pub(super) type Measured = (Decimal, Option<Comparator>, Option<String>);

impl Reader<'_> {
    pub(super) fn number(&mut self, key: &str, question: &Question, fields: &NumberFields) -> Vec<Fact> {
        if Concept::named(key).is_some_and(|concept| concept.is_counted() && concept.unit_text == "wk")
            && let Some(days) = typed::weeks_and_days(&fields.value)
        {
            let days = NumberFields { value: days.to_string(), unit: "d".to_owned(), ..fields.clone() };
            return self.number(key, question, &days);
        }
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
        if let Some(on) = fields.on.as_ref().filter(|on| !on.is_empty() || on.says_how_long_ago()) {
            fact.on = self.when("on", on);
        } else if !kind.dated {
            fact.on = Some(When::On(Date::Day(self.as_of.now().day)));
        }
        self.plausible(key, question, &quantity);
        if !kind.largest {
            return vec![fact];
        }
        let during = Some(Period { from: self.window_start(key), to: None });
        let id = format!("{}#all", fact.id).into();
        vec![fact, Fact { id, during, ..self.fact(Self::subject(key), FactValue::Complete) }]
    }

    pub(super) fn measured(&mut self, field: &str, text: &str, unit: &mut Option<String>) -> Option<Measured> {
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

    pub(super) fn comparable(&self, key: &str, unit: &str) -> bool {
        let Some(concept) = Concept::named(key) else { return true };
        let Some(own) = concept.unit else { return true };
        if concept.is_counted() && TimeUnit::from_text(unit).is_some_and(|unit| !unit.is_clock()) {
            return true;
        }
        Unit::read(unit).and_then(|unit| Conversion::between(unit, own, concept.substance)).is_ok()
    }

    /// Asks "is this right?" where a value lies outside the limits of the plausible.
    pub(super) fn plausible(&mut self, key: &str, question: &Question, quantity: &Quantity) {
        let concept = Concept::named(key);
        let (low, high, unit) = match (&question.plausible, concept.and_then(|c| c.plausible)) {
            (Some(plausible), _) => (plausible.low, plausible.high, plausible.unit.as_deref()),
            (None, Some((low, high))) => (low, high, concept.map(|c| c.unit_text)),
            (None, None) => return,
        };
        let limits = Quantity { low: Some(low), high: Some(high), ..Quantity::default() };
        let substance = concept.map_or(Substance::Unknown, |c| c.substance);
        let conversion = match (quantity.unit.as_deref(), unit) {
            (Some(from), Some(to)) => Unit::from_text(from).zip(Unit::from_text(to)).and_then(|(from, to)| {
                // whole days are no part of a week that is completed, but they are about as long
                let length = || concept?.is_counted().then(|| from.factor.over(to.factor)).flatten();
                let about = || length().map(|factor| Conversion { factor, ..Conversion::SAME });
                Conversion::between(from, to, substance).ok().or_else(about)
            }),
            (None, _) | (_, None) => Some(Conversion::SAME),
        };
        let inside = (|| {
            let value: Interval = quantity.interval()?.converted(conversion?)?;
            Some(value.lies_in(&limits.interval()?))
        })();
        if inside != Some(crate::Truth::True) {
            let unit = unit.unwrap_or_default();
            let message = format!("a value outside {low} to {high} {unit} is rare");
            let help = "look again at the number and its unit; keep it if it is right";
            self.diagnostics.push(Diagnostic::warning(Code::ImplausibleValue, message.trim_end(), help).on("value"));
        }
    }
}
