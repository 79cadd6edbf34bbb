//! Values that follow from others by a published formula, against the formula at every value of its inputs.

mod inputs;
mod record;
mod world;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::{prop_assert, prop_assert_eq};
use trial_prescreen::{
    Comparator, CriterionEvaluation, Decimal, Exact, Fact, FactValue, Formula, Quantity, Record, Subject, Truth,
    evaluate,
};

use super::{choices, holds_for_triples};
use crate::oracle::formulas::FORMULAS;
use inputs::{What, what};
use record::{Case, case};
use world::{answer, completion, surely_applies};

type Pick<'p> = dyn FnMut(usize) -> usize + 'p;

fn any<T: Copy>(pick: &mut Pick<'_>, of: &[T]) -> T {
    of[pick(of.len())]
}

fn evaluated(case: &Case, record: &Record) -> CriterionEvaluation {
    evaluate(&case.trial, record, &case.as_of()).criteria.remove(0)
}

#[test]
fn every_formula_has_an_oracle() {
    let known: BTreeSet<&str> = FORMULAS.iter().map(|formula| formula.concept).collect();
    // the one that the general worlds know
    let others: Vec<&str> =
        Formula::all().map(|formula| formula.concept).filter(|concept| !known.contains(concept)).collect();
    assert_eq!(others, ["egfr"]);
    assert!(known.iter().all(|key| key.starts_with("ratio:") || Formula::of(key).is_some()));
}

#[test]
fn a_known_truth_of_a_formula_agrees_with_every_value_of_its_inputs() {
    const WORLDS: usize = 32;
    let seen = RefCell::new(BTreeMap::<(&str, bool), usize>::new());
    let name = "a_known_truth_of_a_formula_agrees_with_every_value_of_its_inputs";
    holds_for_triples(name, proptest::num::u64::ANY, |seed| {
        let mut pick = choices(seed);
        let case = case(&mut pick);
        let found = evaluated(&case, &case.record).truth;
        if !found.is_known() {
            return Ok(());
        }
        for _ in 0..WORLDS {
            let Some(world) = completion(&mut pick, &case) else { continue };
            let Some(holds) = answer(&case, &world) else { continue };
            prop_assert_eq!(found, Truth::from(holds), "{:?} of {:#?} in {:?}", case.expression(), case.record, world);
            *seen.borrow_mut().entry((case.formula.concept, holds)).or_default() += 1;
        }
        Ok(())
    });
    for formula in &FORMULAS {
        for holds in [true, false] {
            let tried = seen.borrow().get(&(formula.concept, holds)).copied().unwrap_or_default();
            assert!(tried >= WORLDS, "{} was {holds} in {tried} worlds", formula.concept);
        }
    }
}

#[test]
fn a_new_answer_never_overturns_a_known_truth_of_a_formula() {
    let name = "a_new_answer_never_overturns_a_known_truth_of_a_formula";
    holds_for_triples(name, proptest::num::u64::ANY, |seed| {
        let mut pick = choices(seed);
        let case = case(&mut pick);
        // a record that contradicts itself promises nothing; a score of when somebody was a child supersedes one of now
        if !surely_applies(&case) || !(0..20).any(|_| completion(&mut pick, &case).is_some()) {
            return Ok(());
        }
        let subjects: BTreeSet<Subject> = case.record.facts.iter().map(|fact| fact.subject.clone()).collect();
        let open: Vec<Subject> = subjects.into_iter().filter(|_| pick(3) == 0).collect();
        let facts = case.record.facts.iter().filter(|fact| !open.contains(&fact.subject));
        let before = evaluated(&case, &Record::new(facts.cloned().collect())).truth;
        let after = evaluated(&case, &case.record).truth;
        prop_assert!(!before.is_known() || before == after, "{before:?} without {open:?} of {:#?}", case.record);
        Ok(())
    });
}

/// The quantity in another unit, where its numbers stay decimals.
fn converted(quantity: &Quantity, factor: Exact, unit: &str) -> Option<Quantity> {
    let times = |value: Option<Decimal>| match value {
        None => Some(None),
        Some(value) => {
            let exact = value.exact().times(factor)?;
            exact.rounded(12).filter(|rounded| rounded.exact() == exact).map(Some)
        }
    };
    let unit = Some(unit.to_owned());
    let (value, low, high) = (times(quantity.value)?, times(quantity.low)?, times(quantity.high)?);
    Some(Quantity { value, low, high, unit, ..quantity.clone() })
}

/// The same fact in the first of the units of its input.
fn in_first_unit(fact: &Fact, case: &Case) -> Option<Fact> {
    let FactValue::Quantity(quantity) = &fact.value else { return None };
    let key = fact.subject.key();
    let input = case.formula.inputs.iter().find(|input| **input == key)?;
    let (What::Number(units) | What::Grade(units)) = what(input) else { return None };
    let (unit, ..) = units[0];
    let (_, n, d, _) = units.iter().find(|(known, ..)| Some(*known) == quantity.unit.as_deref())?;
    // "about" is at least one unit, whichever that is
    if quantity.comparator == Some(Comparator::About) {
        return None;
    }
    let value = converted(quantity, Exact::ratio(*n, *d)?, unit)?;
    Some(Fact { value: FactValue::Quantity(value), ..fact.clone() })
}

#[test]
fn converting_a_unit_of_an_input_changes_nothing() {
    let name = "converting_a_unit_of_an_input_changes_nothing";
    holds_for_triples(name, proptest::num::u64::ANY, |seed| {
        let mut pick = choices(seed);
        let case = case(&mut pick);
        let facts = case.record.facts.iter().map(|fact| in_first_unit(fact, &case).unwrap_or_else(|| fact.clone()));
        let record = Record::new(facts.collect());
        let [one, other] = [&case.record, &record].map(|record| evaluated(&case, record));
        prop_assert_eq!(one, other, "{:#?}", record);
        Ok(())
    });
}
