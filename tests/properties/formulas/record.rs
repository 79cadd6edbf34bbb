//! Random records of most of what goes into one formula, and something that is asked of its result.

use trial_prescreen::{
    AsOf, Category, Comparator, Date, Day, Decimal, Exact, Expression, Fact, FactValue, Quantity, Record, Status,
    Subject, Trial, When,
};

use super::inputs::{InUnit, What, concept, what};
use super::{Pick, any};
use crate::oracle::formulas::{FORMULAS, Formula, Result};
use crate::properties::generate::{named, trial_of};

/// What is asked of a result.
pub(super) enum Asked {
    Bound { at: f64, low: bool, inclusive: bool },
    OneOf(Vec<usize>),
}

pub(super) struct Case {
    pub(super) formula: &'static Formula,
    pub(super) asked: Asked,
    pub(super) trial: Trial,
    pub(super) record: Record,
    pub(super) today: Day,
}

impl Case {
    pub(super) fn as_of(&self) -> AsOf {
        AsOf::new(Date::Day(self.today)).unwrap()
    }

    pub(super) fn expression(&self) -> &Expression {
        &self.trial.eligibility.criteria[0].expression
    }
}

fn quantity(pick: &mut Pick<'_>, units: &'static [InUnit], compared: bool) -> Quantity {
    let (unit, _, _, values) = any(pick, units);
    let [value, other] = [(); 2].map(|()| any(pick, values).parse::<Decimal>().unwrap());
    let comparators = [Comparator::Less, Comparator::AtMost, Comparator::AtLeast, Comparator::More, Comparator::About];
    let exact = Quantity::exactly(value, Some(unit).filter(|unit| !unit.is_empty()));
    // nothing is less than nothing
    let compared = compared && value.exact() > Exact::ZERO;
    match pick(12) {
        0 | 1 => Quantity { value: None, low: Some(value.min(other)), high: Some(value.max(other)), ..exact },
        2 | 3 if compared => Quantity { comparator: Some(any(pick, &comparators)), ..exact },
        4 => Quantity { unit: None, ..exact },
        _ => exact,
    }
}

fn measured(pick: &mut Pick<'_>, input: &'static str) -> Fact {
    let new = |quantity| Fact::new("", Subject::concept(concept(input)), FactValue::Quantity(quantity));
    match what(input) {
        What::Number(units) => new(quantity(pick, units, true)),
        What::Grade(units) => new(quantity(pick, units, false)),
        What::OverUpperLimit(units, limits) => {
            let quantity = quantity(pick, units, true);
            // without a unit it is in that of its result
            let unit = quantity.unit.clone().filter(|_| pick(2) == 0);
            let limit = Quantity::exactly(any(pick, limits).parse().unwrap(), unit.as_deref());
            Fact { upper_limit: Some(limit).filter(|_| pick(5) > 0), ..new(quantity) }
        }
        What::Code(_) | What::Ever(_) | What::Now => unreachable!("what is measured is a number"),
    }
}

fn facts_about(pick: &mut Pick<'_>, input: &'static str, today: Day) -> Vec<Fact> {
    let new = |value| Fact::new("", Subject::concept(concept(input)), value);
    let on = |back: usize| Some(When::On(Date::Day(today.plus_days(-(back as i64)))));
    match what(input) {
        What::Number(_) | What::Grade(_) | What::OverUpperLimit(..) => {
            let mut fact = measured(pick, input);
            let back = 10 * pick(60);
            fact.on = on(back).filter(|_| pick(2) == 0);
            let older = Fact { on: on(back + 3 + pick(30)), ..measured(pick, input) };
            let has_older = fact.on.is_some() && pick(5) == 0;
            [fact].into_iter().chain(has_older.then_some(older)).collect()
        }
        What::Code(codes) => vec![new(FactValue::Code(any(pick, codes).to_owned()))],
        What::Ever(_) | What::Now => {
            let past = matches!(what(input), What::Ever(_));
            let there = if past && pick(2) == 0 { Status::History } else { Status::Current };
            let not = if past { Status::Any } else { Status::Current };
            vec![new([FactValue::Present(there), FactValue::Refuted(not)][pick(2)].clone())]
        }
    }
}

/// `{"concept":"bmi"}`, `{"ratio":[{"concept":"ast"},{"concept":"alt"}]}`.
fn subject(key: &str) -> String {
    match key.strip_prefix("ratio:").and_then(|parts| parts.split_once('/')) {
        Some((above, under)) => format!(r#"{{"ratio":[{},{}]}}"#, subject(above), subject(under)),
        None => format!(r#"{{"concept":"{key}"}}"#),
    }
}

fn question(pick: &mut Pick<'_>, formula: &Formula) -> (Asked, String) {
    match formula.result {
        Result::Number(unit, bounds) => {
            let (bound, low, inclusive) = (any(pick, bounds), pick(2) == 0, pick(2) == 0);
            let side = if low { "low" } else { "high" };
            let unit = if unit.is_empty() { String::new() } else { format!(r#""unit":"{unit}","#) };
            let bounded = format!(r#""{side}":{{{unit}"value":"{bound}","inclusive":{inclusive}}}"#);
            let text = format!(r#"{{"compare":{{"subject":{},{bounded}}}}}"#, subject(formula.concept));
            (Asked::Bound { at: bound.parse().unwrap(), low, inclusive }, text)
        }
        Result::Code(codes) => {
            let first = pick(codes.len());
            let places: Vec<usize> = (0..codes.len()).filter(|place| *place == first || pick(3) == 0).collect();
            let listed: Vec<String> = places.iter().map(|place| format!(r#""{}""#, codes[*place])).collect();
            let listed = listed.join(",");
            let subject = subject(formula.concept);
            let text = format!(r#"{{"isOneOf":{{"subject":{subject},"values":[{listed}]}}}}"#);
            (Asked::OneOf(places), text)
        }
    }
}

/// Birthdays around which a formula changes, some known to the month or the year.
fn birth(pick: &mut Pick<'_>, today: Day) -> Date {
    let day = today.plus_months(-12 * any(pick, &[18, 19, 41, 65, 74, 75, 76]));
    let day = day.plus_days(any(pick, &[0, 0, 1, -1, -200, 300]));
    let (year, month, _) = day.parts();
    [Date::Day(day), Date::Day(day), Date::Day(day), Date::Month(year, month), Date::Year(year)][pick(5)]
}

pub(super) fn case(pick: &mut Pick<'_>) -> Case {
    let formula = &FORMULAS[pick(FORMULAS.len())];
    let today: Day = any(pick, &["2026-03-15", "2024-02-29", "2025-12-31"]).parse::<Date>().unwrap().first_day();
    let (asked, text) = question(pick, formula);
    let trial = trial_of(vec![(Category::Inclusion, serde_json::from_str(&text).unwrap())]);
    let mut facts = Vec::new();
    for input in formula.inputs {
        if pick(10) > 0 {
            facts.extend(facts_about(pick, input, today));
        }
    }
    if pick(8) > 0 {
        let born = FactValue::Date(When::On(birth(pick, today)));
        facts.push(Fact::new("", Subject::concept("birth-date"), born));
    }
    if pick(6) > 0 {
        let sex = FactValue::Code(any(pick, &["female", "male"]).to_owned());
        facts.push(Fact::new("", Subject::concept("sex"), sex));
    }
    Case { formula, asked, trial, record: named(facts), today }
}
