//! Exceptions: where a clause takes back a part of what it said.

use super::scan::Scan;
use super::table::{Phrases, Table};

/// Where, behind `from`, what is said first ends, and something is taken back or added as a condition. What holds with it
/// holds only where what stands before does.
pub(super) fn turn(scan: &Scan<'_>, from: usize) -> Option<usize> {
    const ENGLISH: Phrases = Table::phrases(&[
        "except",
        "excepting",
        "exception",
        "exceptions",
        "with the exception",
        "with exception",
        "unless",
        "provided",
        "provided that",
        "excluding",
        "not including",
        "exclusions",
        "the exception",
        "with exceptions",
    ]);
    const CHINESE: Phrases = Table::phrases(&["除外", "不包括", "以外", "例外"]);
    let to = scan.end();
    let english = (from..to).find(|at| scan.longest(*at, &ENGLISH).is_some()).map(|at| open(scan, at).unwrap_or(at));
    let chinese = (from..to).find(|at| scan.longest(*at, &CHINESE).is_some()).and_then(|at| {
        let comma = || (from..at).rev().find(|at| matches!(scan.sign(*at), Some(',' | '，' | ';' | '；')));
        open(scan, at).or_else(comma)
    });
    let at = match (english, chinese) {
        (Some(one), Some(other)) => one.min(other),
        (one, other) => one.or(other)?,
    };
    (at > from).then_some(at)
}

/// The parenthesis around a place.
fn open(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for here in (scan.start()..at).rev() {
        match scan.sign(here) {
            Some(')') => depth += 1,
            Some('(') if depth == 0 => return Some(here),
            Some('(') => depth -= 1,
            _ => {}
        }
    }
    None
}
