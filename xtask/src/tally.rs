//! How many tests passed and failed, read from what the test programs print.

/// Whose summary lines to read: libtest's, which wasm-bindgen's tests print too, or those of Node's `spec` reporter.
#[derive(Clone, Copy)]
pub(crate) enum Report {
    Rust,
    Node,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    pub(crate) fn read(&mut self, report: Report, line: &str) {
        let line = plain(line);
        match report {
            Report::Rust => self.read_rust(line.trim()),
            Report::Node => self.read_node(line.trim()),
        }
    }

    fn read_rust(&mut self, line: &str) {
        let Some(counts) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else {
            return;
        };
        for count in counts.1.split(';') {
            match count.trim().split_once(' ') {
                Some((number, "passed")) => self.passed += number.parse().unwrap_or(0),
                Some((number, "failed")) => self.failed += number.parse().unwrap_or(0),
                _ => {}
            }
        }
    }

    fn read_node(&mut self, line: &str) {
        let Some((word, number)) = line.strip_prefix("ℹ ").and_then(|rest| rest.split_once(' ')) else {
            return;
        };
        let number = number.parse().unwrap_or(0);
        match word {
            "pass" => self.passed += number,
            "fail" | "cancelled" => self.failed += number,
            _ => {}
        }
    }
}

fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            characters.find(char::is_ascii_alphabetic);
        } else {
            text.push(character);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(report: Report, text: &str) -> (u64, u64) {
        let mut tally = Tally::default();
        for line in text.lines() {
            tally.read(report, line);
        }
        (tally.passed, tally.failed)
    }

    #[test]
    fn cargo_prints_a_summary_for_each_test_program() {
        let text = "\
running 3 tests
test a ... ok
test b ... ok
test c ... FAILED

test result: FAILED. 2 passed; 1 failed; 4 ignored; 0 measured; 0 filtered out; finished in 0.01s

   Doc-tests trial_prescreen
test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.20s
";
        assert_eq!(read(Report::Rust, text), (7, 1));
    }

    #[test]
    fn cargo_may_print_colours() {
        let text = "test result: \u{1b}[32mok\u{1b}[m. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(read(Report::Rust, text), (12, 0));
    }

    #[test]
    fn wasm_bindgen_prints_the_same_summary_without_measured() {
        let text = "test result: ok. 2 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.00s\r";
        assert_eq!(read(Report::Rust, text), (2, 0));
    }

    #[test]
    fn node_prints_one_summary() {
        let text = "\
✔ asks the first question (12.1ms)
✖ says why (3.4ms)
ℹ tests 10
ℹ suites 2
ℹ pass 6
ℹ fail 1
ℹ cancelled 1
ℹ skipped 2
ℹ todo 0
ℹ duration_ms 1234.5
";
        assert_eq!(read(Report::Node, text), (6, 2));
    }

    #[test]
    fn other_lines_count_nothing() {
        let text = "test result of something: 3 passed; 1 failed\ntest result: nonsense\nrunning 3 tests\n3 passed\n";
        assert_eq!(read(Report::Rust, text), (0, 0));
        assert_eq!(read(Report::Node, "pass 3\nℹ pass\nℹ pass many\n"), (0, 0));
    }
}
