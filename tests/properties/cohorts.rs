//! Each cohort is determined by its own criteria, and the trial by the cohorts that are not closed.

use proptest::prelude::*;
use proptest::sample::select;
use trial_prescreen::{Cohort, Determination, Table, Verdict, evaluate};

use super::generate::{ALL, case};
use super::holds_for_triples;

fn determined(verdicts: &[Verdict]) -> Determination {
    if verdicts.contains(&Verdict::Fail) {
        Determination::Ineligible
    } else if verdicts.is_empty() || verdicts.contains(&Verdict::Pending) {
        Determination::Undetermined
    } else {
        Determination::Eligible
    }
}

#[test]
fn each_cohort_is_determined_by_its_own_criteria() {
    const BELONGING: [&[&str]; 4] = [&[], &["A"], &["B"], &["A", "B"]];
    let belonging = || [select(&BELONGING[..]), select(&BELONGING[..])];
    let cases = (case(ALL), proptest::option::of(any::<bool>()), belonging());
    holds_for_triples("each_cohort_is_determined_by_its_own_criteria", cases, |(mut case, open, belonging)| {
        let cohort = |id: &str, open| Cohort { id: id.to_owned(), label: Table::new(), open };
        case.trial.eligibility.cohorts = vec![cohort("A", None), cohort("B", open)];
        for (criterion, of) in case.trial.eligibility.criteria.iter_mut().zip(belonging) {
            criterion.cohorts = of.iter().map(|id| (*id).to_owned()).collect();
        }
        let found = evaluate(&case.trial, &case.record, &case.as_of);
        let each = || case.trial.eligibility.criteria.iter().zip(&found.criteria);
        let mut open = Vec::new();
        for cohort in &case.trial.eligibility.cohorts {
            let own =
                each().filter(|(criterion, _)| criterion.cohorts.is_empty() || criterion.cohorts.contains(&cohort.id));
            let verdicts: Vec<Verdict> = own.map(|(_, found)| found.verdict).collect();
            let expected = determined(&verdicts);
            let of_cohort = found.cohorts.iter().find(|one| one.id == cohort.id).unwrap();
            prop_assert_eq!(of_cohort.determination, expected, "cohort {}", cohort.id);
            if cohort.open != Some(false) {
                open.push(expected);
            }
        }
        let expected = if open.contains(&Determination::Eligible) {
            Determination::Eligible
        } else if open.iter().all(|one| *one == Determination::Ineligible) {
            Determination::Ineligible
        } else {
            Determination::Undetermined
        };
        prop_assert_eq!(found.determination, expected);
        Ok(())
    });
}
