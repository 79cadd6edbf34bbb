//! Which facts cannot be used as they are, and why. They change nothing else.

use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::evaluate::age;
use crate::evaluate::mark::Mark;
use crate::model::concept::{Concept, Kind};
use crate::model::moment::Now;
use crate::model::name::Name;
use crate::model::quantity::Conversion;
use crate::model::record::{Fact, FactValue, Record, Subject};
use crate::model::unit::{Dimension, Unit};

/// Everything worth saying about a record.
pub(crate) fn check(record: &Record, now: Now) -> Vec<Diagnostic> {
    let mut seen: Vec<&Name> = Vec::with_capacity(record.facts.len());
    let mut found = Vec::new();
    for fact in &record.facts {
        if seen.contains(&&fact.id) {
            let message = format!("two facts have the id {}", quoted(&fact.id));
            found.push(
                Diagnostic::warning(Code::DuplicateId, message, "give each fact an id of its own").on(fact.id.as_str()),
            );
        }
        seen.push(&fact.id);
        found.extend(ahead(fact, now).or_else(|| remark(fact)));
    }
    found
}

/// What there is to say about the date of a fact at some moment: before anything else.
pub(crate) fn ahead(fact: &Fact, now: Now) -> Option<Diagnostic> {
    let ahead = fact.on.is_some_and(|date| Mark::of(date, now).is_ahead(now));
    (ahead && !matches!(fact.value, FactValue::Present(_))).then(|| {
        let message = format!("the fact {} is dated after the moment that is judged from", quoted(&fact.id));
        let help = "check its date, or judge from a later moment";
        Diagnostic::warning(Code::FutureDate, message, help).on(fact.id.as_str())
    })
}

/// What there is to say about one fact at any moment.
pub(crate) fn remark(fact: &Fact) -> Option<Diagnostic> {
    checked(fact).map(|diagnostic| diagnostic.on(fact.id.as_str()))
}

fn checked(fact: &Fact) -> Option<Diagnostic> {
    let Subject::Concept(id) = &fact.subject else { return None };
    let Some(concept) = Concept::named(id) else {
        return Some(Diagnostic::warning(
            Code::DanglingConcept,
            format!("the vocabulary has no concept {}", quoted(id)),
            "use a concept of the vocabulary; until then the fact answers nothing",
        ));
    };
    let FactValue::Quantity(quantity) = &fact.value else { return None };
    if !matches!(concept.kind, Kind::Quantity | Kind::Dose) {
        let message = format!("{} is not something with a number", quoted(id));
        return Some(Diagnostic::warning(Code::WrongType, message, "say whether it is there, or give its date"));
    }
    let own = concept.unit?;
    if concept.is_counted() && quantity.unit.as_deref().and_then(age::unit_of).is_some() {
        return None;
    }
    match &quantity.unit {
        None if own.dimension != Dimension::Number => Some(Diagnostic::warning(
            Code::MissingUnit,
            format!("the value of {} has no unit", quoted(id)),
            format!("give the unit that stands beside the value, such as {}", concept.unit_text),
        )),
        None => None,
        Some(text) => {
            let refusal = Unit::read(text).and_then(|unit| Conversion::between(unit, own, concept.substance)).err()?;
            let (message, help) = refusal.said(text, Some(concept.unit_text));
            Some(Diagnostic::warning(Code::IncomparableUnit, message, help))
        }
    }
}
