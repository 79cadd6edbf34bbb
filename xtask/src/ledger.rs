//! The steps of a test run: what each is doing, how it ended, how long it took.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::tally::Tally;

#[derive(Default)]
pub(crate) struct Ledger {
    entries: Vec<Entry>,
}

struct Entry {
    name: &'static str,
    outcome: Outcome,
    tally: Tally,
    took: Duration,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    NotRun,
}

impl Ledger {
    /// Does one step and keeps its outcome; a failure is told at once and the run goes on.
    pub(crate) fn step(&mut self, name: &'static str, job: impl FnOnce(&mut Tally) -> Result<()>) -> bool {
        println!("\n== {name}");
        let start = Instant::now();
        let mut tally = Tally::default();
        let outcome = match job(&mut tally) {
            Ok(()) => Outcome::Passed,
            Err(error) => {
                println!("== {name} failed: {error:#}");
                Outcome::Failed
            }
        };
        self.entries.push(Entry { name, outcome, tally, took: start.elapsed() });
        outcome == Outcome::Passed
    }

    pub(crate) fn skip(&mut self, name: &'static str, reason: &str) {
        println!("\n== {name} not run: {reason}");
        self.entries.push(Entry { name, outcome: Outcome::NotRun, tally: Tally::default(), took: Duration::ZERO });
    }

    pub(crate) fn all_passed(&self) -> bool {
        self.entries.iter().all(|entry| entry.outcome == Outcome::Passed)
    }

    pub(crate) fn table(&self) -> String {
        let mut text = format!("{:<30} {:<8} {:>6} {:>9}\n", "step", "", "tests", "time");
        for entry in &self.entries {
            let outcome = match entry.outcome {
                Outcome::Passed => "passed",
                Outcome::Failed => "FAILED",
                Outcome::NotRun => "not run",
            };
            let tests = match entry.tally.passed + entry.tally.failed {
                0 => String::new(),
                number => number.to_string(),
            };
            let seconds = entry.took.as_secs_f64();
            text += &format!("{:<30} {outcome:<8} {tests:>6} {seconds:>7.1} s\n", entry.name);
        }
        text
    }

    /// The tests that passed and failed. A step that failed without naming a failed test counts as one.
    pub(crate) fn summary(&self) -> String {
        let mut sum = Tally::default();
        for entry in &self.entries {
            sum.add(entry.tally);
            if entry.outcome == Outcome::Failed && entry.tally.failed == 0 {
                sum.failed += 1;
            }
        }
        format!("{} passed, {} failed", sum.passed, sum.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;

    #[test]
    fn a_good_run() {
        let mut ledger = Ledger::default();
        assert!(ledger.step("format", |_| Ok(())));
        assert!(ledger.step("tests", |tally| {
            tally.passed = 3;
            Ok(())
        }));
        assert!(ledger.all_passed());
        assert_eq!(ledger.summary(), "3 passed, 0 failed");
    }

    #[test]
    fn a_failed_step_is_never_a_run_without_failures() {
        let mut ledger = Ledger::default();
        assert!(!ledger.step("format", |_| bail!("badly formatted")));
        ledger.skip("page", "no package");
        assert!(!ledger.all_passed());
        assert_eq!(ledger.summary(), "0 passed, 1 failed");
    }

    #[test]
    fn failed_tests_count_once() {
        let mut ledger = Ledger::default();
        assert!(!ledger.step("tests", |tally| {
            tally.passed = 5;
            tally.failed = 2;
            bail!("two")
        }));
        assert_eq!(ledger.summary(), "5 passed, 2 failed");
        assert!(ledger.table().contains("FAILED"));
    }
}
