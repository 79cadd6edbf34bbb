//! The theorems, each a test that bears its name.
//!
//! Runs are repeatable. `PRESCREEN_CASES=20` tries twenty times as many cases; `PRESCREEN_SEED=7` tries others.

mod amend;
mod batch;
mod check;
mod cohorts;
mod completion;
mod document;
mod doses;
mod either;
mod evaluation;
mod formulas;
mod generate;
mod log;
mod model;
mod reasons;
mod score;

use std::cell::Cell;
use std::fmt::Debug;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

/// The theorems about a trial, a record and a moment, and on how many random triples of them each is tried.
const TRIPLES: [(&str, u32); 15] = [
    ("a_known_truth_agrees_with_every_completion", 26_000),
    ("a_known_truth_of_a_formula_agrees_with_every_value_of_its_inputs", 6_000),
    ("a_new_answer_never_overturns_a_known_truth", 26_000),
    ("a_new_answer_never_overturns_a_known_truth_of_a_formula", 4_000),
    ("a_total_is_known_as_far_as_its_medicines_are", 3_000),
    ("converting_a_unit_changes_nothing", 25_000),
    ("converting_a_unit_of_an_input_changes_nothing", 4_000),
    ("each_cohort_is_determined_by_its_own_criteria", 10_000),
    ("evaluation_is_deterministic", 10_000),
    ("shifting_all_dates_by_days_shifts_only_dates", 25_000),
    ("the_cited_facts_suffice", 26_000),
    ("the_order_of_facts_changes_nothing", 20_000),
    ("unknown_is_never_no", 20_000),
    ("unknown_means_it_could_go_either_way", 1_500),
    ("until_and_from_are_the_edge", 15_000),
];

#[test]
fn the_theorems_are_tried_on_two_hundred_thousand_triples() {
    assert!(TRIPLES.iter().map(|(_, triples)| triples).sum::<u32>() >= 200_000);
}

/// Tries a theorem on as many triples as stand beside its name.
fn holds_for_triples<S: Strategy>(name: &str, strategy: S, theorem: impl Fn(S::Value) -> Result<(), TestCaseError>)
where
    S::Value: Debug,
{
    let (_, triples) = TRIPLES.iter().find(|(known, _)| *known == name).unwrap();
    let tried = Cell::new(0);
    holds(*triples, strategy, |value| {
        tried.set(tried.get() + 1);
        theorem(value)
    });
    assert!(tried.get() >= *triples);
}

pub(crate) fn setting(name: &str) -> Option<u64> {
    std::env::var_os(name)?.to_str()?.parse().ok()
}

/// A stream of choices that a seed fixes.
fn choices(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed | 1;
    move |count| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % count.max(1)
    }
}

/// Tries a theorem on so many cases.
pub(crate) fn holds<S: Strategy>(cases: u32, strategy: S, theorem: impl Fn(S::Value) -> Result<(), TestCaseError>)
where
    S::Value: Debug,
{
    let times = setting("PRESCREEN_CASES").and_then(|times| u32::try_from(times).ok()).unwrap_or(1);
    let config = Config {
        cases: cases.saturating_mul(times),
        failure_persistence: None,
        max_shrink_iters: 300,
        max_global_rejects: 1_000_000_u32.saturating_mul(times),
        max_local_rejects: 1_000_000_u32.saturating_mul(times),
        rng_seed: RngSeed::Fixed(setting("PRESCREEN_SEED").unwrap_or(1)),
        ..Config::default()
    };
    if let Err(found) = TestRunner::new(config).run(&strategy, theorem) {
        panic!("{found}");
    }
}
