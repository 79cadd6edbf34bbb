//! Denials inside a stretch, and those that only tell which thing is meant.

use super::scan::Scan;
use super::table::{Phrases, Table};

/// It denies somewhere inside.
pub(super) fn denies_inside(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    const INSIDE: Phrases = Table::phrases(&[
        "not",
        "no",
        "without",
        "never",
        "neither",
        "nor",
        "absence of",
        "无",
        "未",
        "没有",
        "不能",
        "从未",
    ]);
    // What stands in a parenthesis explains a word.
    let mut depth = 0_usize;
    (from..to).any(|at| {
        match scan.sign(at) {
            Some('(') => depth += 1,
            Some(')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && scan.longest(at, &INSIDE).is_some_and(|(_, end)| end <= to)
    })
}

/// The same, but for what tells which thing is meant, and has no length of time behind it.
pub(super) fn denies_something(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    let which = (from..to).find(|at| tells_which(scan, from, *at));
    denies_inside(scan, from, which.unwrap_or(to)) || which.is_some_and(|which| denies_inside(scan, which + 3, to))
}

/// "A drug that has not been approved": which one it is.
fn tells_which(scan: &Scan<'_>, from: usize, at: usize) -> bool {
    const WHICH: Phrases = Table::phrases(&[
        "that has",
        "that have",
        "that is",
        "that are",
        "that does",
        "that do",
        "which has",
        "which have",
        "which is",
        "which are",
        "which does",
        "which do",
    ]);
    let mut near = at.saturating_sub(12).max(from + 1)..at;
    scan.phrase(at, "not").is_some()
        && near.any(|which| scan.longest(which, &WHICH).is_some_and(|(_, end)| scan.skip_blanks(end) == at))
}
