//! Numbers in a stretch that is read as words: what is compared, and ranges.

use super::scan::Scan;
use super::table::{Phrases, Table, phrases};

/// It compares a number with something.
pub(super) fn compares(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    const SPOKEN: Phrases = Table::phrases(&[
        "at least",
        "more than",
        "less than",
        "greater than",
        "fewer than",
        "or more",
        "or less",
        "up to",
        "below",
        "above",
        "exceeding",
        "higher than",
        "lower than",
        "or greater",
        "younger than",
        "older than",
        "under the age",
        "inferior to",
        "superior to",
        "大于",
        "小于",
        "超过",
        "低于",
        "高于",
        "至少",
        "不足",
        "以上",
        "以下",
        "少于",
        "多于",
        "不超过",
    ]);
    let digits = (from..to).any(|at| scan.sign(at).is_some_and(|sign| sign.is_ascii_digit()));
    (from..to).any(|at| matches!(scan.sign(at), Some('<' | '>' | '≤' | '≥' | '=' | '±')))
        || digits && (scan.holds(from, to, &SPOKEN) || ranges(scan, from, to))
}

/// "5.7 - 6.4", "13 to 32" stands somewhere in the stretch.
pub(super) fn ranges(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| range(scan, from, at, to))
}

/// Two numbers with something between them, from the last digit of the first. "Grade 3-4" is a name.
fn range(scan: &Scan<'_>, from: usize, at: usize, end: usize) -> bool {
    const NUMBERED: Phrases =
        Table::phrases(&["grade", "grades", "stage", "stages", "type", "types", "phase", "class"]);
    let digit = |at: usize| scan.sign(at).is_some_and(|sign| sign.is_ascii_digit());
    if !digit(at) {
        return false;
    }
    let to = scan.longest(scan.skip_blanks(at + 1), phrases!["to", "至", "到"]);
    let next = to.map_or_else(|| scan.skip(at + 1, &['~', '–']), |(_, to)| scan.skip_blanks(to));
    let apart =
        next > at + 1 && (to.is_some() || (at + 1..next).any(|at| matches!(scan.sign(at), Some('-' | '~' | '–'))));
    if !(apart && next < end && digit(next)) {
        return false;
    }
    let first = (from..at).rev().find(|at| !(digit(*at) || scan.sign(*at) == Some('.'))).unwrap_or(from);
    !(from..first).any(|word| scan.longest(word, &NUMBERED).is_some_and(|(_, end)| scan.skip_blanks(end) == first + 1))
}
