//! What would have to be otherwise, in words that never advise.

use serde::Serialize;

use super::words::fill;
use super::{Reader, Teller};
use crate::evaluate::{Verdict, evaluate};
use crate::model::concept::{Concept, Kind};
use crate::model::decimal::{Decimal, Exact};
use crate::model::expression::Bound;
use crate::model::moment::AsOf;
use crate::model::record::{Fact, FactValue, Record, Subject};
use crate::model::trial::Trial;
use crate::model::window::TimeUnit;
use crate::truth::Truth;
use crate::why::{Answer, Bounds, NearMiss, why};

/// What would make one failed criterion pass, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CriterionOtherwise {
    /// Its id.
    pub id: String,
    /// One sentence for each set of answers that would make it pass, the smallest first.
    pub sentences: Vec<String>,
}

/// What would have to be otherwise, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Otherwise {
    /// The failed criteria that something could turn, in the protocol's order.
    pub criteria: Vec<CriterionOtherwise>,
    /// The near misses, the nearest first.
    pub near: Vec<String>,
    /// This is no advice.
    pub notice: String,
}

/// Says in words what would make the failed criteria pass, and how near the misses are: see [`why`].
///
/// It states what the criterion takes, beside what was answered. To a person it names values of tests and scores only;
/// of medicines, habits and everything else it says that the criterion rests on them, and not how they would have to be.
///
/// # Example
///
/// ```
/// use trial_prescreen::*;
/// # let text = r#"{"format":"trial-prescreen/1","id":"X","title":{"en":"X"},"source":[],"eligibility":{
/// #   "status":"published","criteria":[{"id":"E1","category":"exclusion","text":{"en":{"full":"","short":"","patient":""}},
/// #   "source":{"document":"","item":"1"},
/// #   "expression":{"compare":{"subject":{"concept":"alt"},"low":{"value":"100","unit":"U/L","inclusive":false}}}}]}}"#;
/// # let trial = import::trial(text.as_bytes()).unwrap().output;
/// let as_of = AsOf::new("2026-03-15".parse().unwrap()).unwrap();
/// let value = Quantity { value: "101".parse().ok(), unit: Some("U/L".to_owned()), ..Quantity::default() };
/// let alt = Fact::new("f1", Subject::concept("alt"), FactValue::Quantity(value));
/// let words = otherwise(&trial, &Record::new(vec![alt]), &as_of, Reader::default());
/// assert_eq!(words.criteria[0].sentences, ["ALT: this would fit with a value of at most 100 U/L; yours was 101 U/L."]);
/// ```
pub fn otherwise(trial: &Trial, record: &Record, as_of: &AsOf, reader: Reader) -> Otherwise {
    let evaluation = evaluate(trial, record, as_of);
    let teller = Teller { trial, record, evaluation: &evaluation, reader, words: reader.locale.words() };
    let why = why(trial, record, as_of);
    let failed = why.criteria.iter().filter(|criterion| criterion.verdict == Verdict::Fail);
    let criteria = failed.filter_map(|criterion| {
        let mut sentences: Vec<String> = Vec::new();
        for set in &criterion.passes {
            let sentence = teller.would_do(set);
            if !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
        }
        (!sentences.is_empty()).then(|| CriterionOtherwise { id: criterion.id.clone(), sentences })
    });
    Otherwise {
        criteria: criteria.collect(),
        near: why.near.iter().filter(|miss| teller.may_name(miss)).map(|miss| teller.near(miss)).collect(),
        notice: teller.of(&teller.words.notice).to_owned(),
    }
}

impl Teller<'_> {
    /// One set of answers that would make a criterion pass.
    fn would_do(&self, set: &[Answer]) -> String {
        let words = self.words;
        if let [only] = set {
            let label = self.label(&only.subject);
            if let Some(from) = only.from {
                return fill(words.would_in_time, &[("label", &label), ("from", &self.date(from))]);
            }
            if let Some((limit, value)) = self.taken(only).filter(|_| self.reader.staff || is_a_result(&only.subject)) {
                let values = [("label", label.as_str()), ("limit", &limit), ("value", &value)];
                return fill(self.of(&words.would_fit), &values);
            }
        }
        let mut parts: Vec<String> = Vec::new();
        for answer in set {
            let label = self.label(&answer.subject);
            let part = if self.reader.staff { self.asked(answer, &label) } else { label };
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        let template = if self.reader.staff { words.would_pass } else { words.rests_on };
        fill(template, &[("list", &parts.join(words.list_join))])
    }

    /// The values that the criterion takes, and the one that was given, in the unit that it was given in.
    fn taken(&self, answer: &Answer) -> Option<(String, String)> {
        let bounds = answer.bounds.as_ref()?;
        let [only] = answer.facts.as_slice() else { return None };
        let fact = self.found(only)?;
        if let Some(own) = own_limit(bounds, fact)
            && let FactValue::Quantity(quantity) = &fact.value
        {
            return Some((self.between(&own), self.quantity(quantity)));
        }
        let unit = bounds.high.as_ref().or(bounds.low.as_ref())?.unit.as_deref().unwrap_or("");
        Some((self.between(bounds), self.with_unit(&bounds.instead?.to_string(), unit)))
    }

    fn between(&self, bounds: &Bounds) -> String {
        let words = self.words;
        let shown = |bound: &Bound| self.with_unit(&bound.value.to_string(), bound.unit.as_deref().unwrap_or(""));
        let one = |template: &str, bound: &Bound| fill(template, &[("value", &shown(bound))]);
        match (&bounds.low, &bounds.high) {
            (Some(low), Some(high)) => fill(words.range, &[("low", &low.value.to_string()), ("high", &shown(high))]),
            (Some(low), None) => one(if low.inclusive { words.at_least } else { words.more }, low),
            (None, Some(high)) => one(if high.inclusive { words.at_most } else { words.less }, high),
            (None, None) => String::new(),
        }
    }

    /// What an answer of a set would be, for staff.
    fn asked(&self, answer: &Answer, label: &str) -> String {
        let words = self.words;
        let (template, value) = match &answer.bounds {
            Some(bounds) => (words.labelled, self.between(bounds)),
            None if answer.truth == Truth::True => (words.answered, words.yes.to_owned()),
            None => (words.answered, words.no.to_owned()),
        };
        fill(template, &[("label", label), ("value", &value)])
    }

    /// To a person: a result or a length of time, and no medicine or habit.
    fn may_name(&self, miss: &NearMiss) -> bool {
        self.reader.staff || is_a_result(&miss.subject) || TimeUnit::from_text(&miss.margin.unit).is_some()
    }

    fn near(&self, miss: &NearMiss) -> String {
        let margin = &miss.margin;
        let (value, limit) =
            [margin.value, margin.limit].map(|number| self.with_unit(&number.to_string(), &margin.unit)).into();
        let percent = miss.relative.and_then(percent).unwrap_or_default();
        let values =
            [("label", &self.label(&miss.subject)), ("value", &value), ("limit", &limit), ("percent", &percent)];
        let template = if percent.is_empty() { self.words.near_zero } else { self.words.near };
        fill(template, &values.map(|(name, value)| (name, value.as_str())))
    }
}

fn percent(relative: Decimal) -> Option<String> {
    Some(relative.exact().times(Exact::whole(100))?.rounded(1)?.to_string())
}

/// A measured or scored value of the vocabulary. What is taken so much of a day, or over years, is a medicine or a habit.
fn is_a_result(subject: &Subject) -> bool {
    let Subject::Concept(id) = subject else { return false };
    let taken = |concept: &Concept| ["/d", "/wk", "PackYears"].iter().any(|per| concept.unit_text.contains(per));
    Concept::named(id).is_some_and(|concept| concept.kind == Kind::Quantity && !taken(concept))
}

/// A bound that is a multiple of the limit that came with a result, as a value in the unit of that result.
fn own_limit(bounds: &Bounds, fact: &Fact) -> Option<Bounds> {
    let FactValue::Quantity(quantity) = &fact.value else { return None };
    let own = |bound: &Bound| {
        let limit = match bound.unit.as_deref() {
            Some("xULN") => fact.upper_limit.as_ref()?,
            Some("xLLN") => fact.lower_limit.as_ref()?,
            Some(_) | None => return None,
        };
        let same = limit.comparator.is_none() && (limit.unit.is_none() || limit.unit == quantity.unit);
        let exact = limit.value.filter(|_| same)?.exact().times(bound.value.exact())?;
        let value = exact.rounded(6).filter(|value| value.exact() == exact)?;
        Some(Bound { value, unit: quantity.unit.clone(), inclusive: bound.inclusive })
    };
    let (low, high) = (bounds.low.as_ref().map(own), bounds.high.as_ref().map(own));
    // both or none
    let (low, high) = (low.map_or(Some(None), |low| low.map(Some))?, high.map_or(Some(None), |high| high.map(Some))?);
    Some(Bounds { low, high, instead: None })
}
