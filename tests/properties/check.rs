//! A check that is kept between answers says what a fresh evaluation of all of them says.

use std::rc::Rc;

use proptest::prelude::*;
use proptest::sample::Index;
use trial_prescreen::{AsOf, Check, Evaluation, Fact, evaluate};

use super::generate::{ALL, case, fact, moment, named};
use super::holds;

fn essence(evaluation: Evaluation) -> Evaluation {
    Evaluation { diagnostics: Vec::new(), ..evaluation }
}

#[test]
fn a_kept_check_says_what_a_fresh_evaluation_says() {
    let cases = (case(ALL), moment()).prop_flat_map(|(case, later)| {
        let today = case.as_of.date().first_day();
        (Just((case, later)), proptest::collection::vec(fact(today, ALL), 0..6), any::<[Index; 4]>())
    });
    holds(1_000, cases, |((case, later), more, picks)| {
        let record = named(case.record.facts.iter().cloned().chain(more).collect());
        let mut check = Check::new(Rc::new(case.trial.clone()), case.as_of.clone());
        let mut known: Vec<Fact> = Vec::new();
        for (step, fact) in record.facts.iter().enumerate() {
            let before = check.evaluation();
            let mut remove = Vec::new();
            if step % 3 == 2 {
                remove.push(known.swap_remove(picks[step % 4].index(known.len())).id);
            }
            let changed = check.change(vec![fact.clone()], &remove);
            known.push(fact.clone());
            let after = check.evaluation();
            let differ = before.criteria.iter().zip(&after.criteria).enumerate().filter(|(_, (a, b))| a != b);
            let differ: Vec<usize> = differ.map(|(at, _)| at).collect();
            prop_assert!(differ.iter().all(|at| changed.contains(at)), "{:?} among {:?}", differ, changed);
        }
        let fresh = evaluate(&case.trial, &check.record(), &case.as_of);
        prop_assert_eq!(check.record().facts.len(), known.len());
        prop_assert_eq!(essence(check.evaluation()), essence(fresh.clone()));
        let verdicts: Vec<_> = check.verdicts().into_iter().map(|(verdict, _)| verdict).collect();
        prop_assert_eq!(verdicts, fresh.criteria.iter().map(|criterion| criterion.verdict).collect::<Vec<_>>());
        let mut later = AsOf::new(later).unwrap();
        later.anchors = case.as_of.anchors.clone();
        let changed = check.move_to(later.clone());
        let moved = evaluate(&case.trial, &check.record(), &later);
        prop_assert_eq!(essence(check.evaluation()), essence(moved.clone()));
        let differ = |at: &usize| fresh.criteria[*at] != moved.criteria[*at];
        prop_assert_eq!(changed, (0..moved.criteria.len()).filter(differ).collect::<Vec<_>>());
        Ok(())
    });
}
