//! The theorems, each a test that bears its name.
//!
//! Runs are repeatable. `PRESCREEN_CASES=20` tries twenty times as many cases; `PRESCREEN_SEED=7` tries others.

mod completion;
mod document;
mod evaluation;
mod generate;
mod model;

use std::fmt::Debug;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

fn setting(name: &str) -> Option<u64> {
    std::env::var_os(name)?.to_str()?.parse().ok()
}

/// Tries a theorem on so many cases.
fn holds<S: Strategy>(cases: u32, strategy: S, theorem: impl Fn(S::Value) -> Result<(), TestCaseError>)
where
    S::Value: Debug,
{
    let times = setting("PRESCREEN_CASES").and_then(|times| u32::try_from(times).ok()).unwrap_or(1);
    let config = Config {
        cases: cases.saturating_mul(times),
        failure_persistence: None,
        max_shrink_iters: 300,
        max_global_rejects: 1_000_000,
        max_local_rejects: 1_000_000,
        rng_seed: RngSeed::Fixed(setting("PRESCREEN_SEED").unwrap_or(1)),
        ..Config::default()
    };
    if let Err(found) = TestRunner::new(config).run(&strategy, theorem) {
        panic!("{found}");
    }
}
