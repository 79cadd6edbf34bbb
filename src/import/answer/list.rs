//! Lists: medicines with their doses, drinks with their strength.

use super::{DoseFields, DrinkFields, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::concept::Concept;
use crate::model::date::{Date, Period};
use crate::model::decimal::Exact;
use crate::model::expression::Expression;
use crate::model::quantity::Quantity;
use crate::model::record::{Fact, FactValue, Status, Subject};

impl Reader<'_> {
    pub(super) fn window_start(&self, key: &str) -> Option<Date> {
        let subject = Self::subject(key);
        let leaves = self.trial.eligibility.criteria.iter().flat_map(|criterion| criterion.expression.leaves());
        let windows = leaves.filter(|leaf| leaf.subject().as_ref() == Some(&subject)).filter_map(Expression::window);
        let today = self.as_of.now().day;
        windows.filter_map(|window| window.from).map(|from| from.after(today)).min().map(Date::Day)
    }

    pub(super) fn doses(&mut self, key: &str, medicines: &[String], list: &[DoseFields]) -> Vec<Fact> {
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
                fact.id = format!("{}#{}", fact.id, twins + 1).into();
            }
            fact.during = during;
            fact.route = row.route;
            facts.push(fact);
        }
        let closing = if list.is_empty() { FactValue::Refuted(Status::Any) } else { FactValue::Complete };
        facts.push(Fact { during, ..self.fact(Self::subject(key), closing) });
        facts
    }

    pub(super) fn drinks(&mut self, key: &str, list: &[DrinkFields]) -> Vec<Fact> {
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
