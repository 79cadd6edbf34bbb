//! Signs before a length of time: "at least", "≤", 不超过.

use super::scan::Scan;
use super::table::{Entries, Table};
use super::token::Sign;

pub(super) const SIGNS: Entries<Sign> = Table::entries(&[
    ("at least", Sign::AtLeast),
    ("a minimum of", Sign::AtLeast),
    ("minimum of", Sign::AtLeast),
    ("minimum", Sign::AtLeast),
    ("at minimum", Sign::AtLeast),
    ("no less than", Sign::AtLeast),
    ("not less than", Sign::AtLeast),
    ("greater than or equal to", Sign::AtLeast),
    ("more than", Sign::More),
    ("greater than", Sign::More),
    ("longer than", Sign::More),
    ("over", Sign::More),
    ("exceeding", Sign::More),
    ("less than or equal to", Sign::AtMost),
    ("no more than", Sign::AtMost),
    ("not more than", Sign::AtMost),
    ("no longer than", Sign::AtMost),
    ("no later than", Sign::AtMost),
    ("no greater than", Sign::AtMost),
    ("at most", Sign::AtMost),
    ("maximum", Sign::AtMost),
    ("a maximum of", Sign::AtMost),
    ("maximum of", Sign::AtMost),
    ("up to", Sign::AtMost),
    ("less than", Sign::Less),
    ("fewer than", Sign::Less),
    ("shorter than", Sign::Less),
    ("under", Sign::Less),
    ("至少", Sign::AtLeast),
    ("不少于", Sign::AtLeast),
    ("大于等于", Sign::AtLeast),
    ("大于或等于", Sign::AtLeast),
    ("等于或大于", Sign::AtLeast),
    ("不低于", Sign::AtLeast),
    ("不小于", Sign::AtLeast),
    ("多于", Sign::More),
    ("高于", Sign::More),
    ("长于", Sign::More),
    ("小于等于", Sign::AtMost),
    ("小于或等于", Sign::AtMost),
    ("不大于", Sign::AtMost),
    ("不多于", Sign::AtMost),
    ("不高于", Sign::AtMost),
    ("低于", Sign::Less),
    ("不足", Sign::Less),
    ("短于", Sign::Less),
    ("未满", Sign::Less),
    ("超过", Sign::More),
    ("大于", Sign::More),
    ("不超过", Sign::AtMost),
    ("少于", Sign::Less),
    ("小于", Sign::Less),
]);

/// "Greater than or equal to (≥)": the same in a bracket.
fn again(scan: &Scan<'_>, at: usize) -> Option<(Sign, usize)> {
    let (said, end) = sign(scan, at + 1).filter(|_| scan.sign(at) == Some('('))?;
    (scan.sign(end) == Some(')')).then(|| (said, scan.skip_blanks(end + 1)))
}

/// A sign before a length, and its end.
pub(super) fn sign(scan: &Scan<'_>, at: usize) -> Option<(Sign, usize)> {
    let here = scan.skip_blanks(at);
    if let Some((said, end)) = scan.entry(here, &SIGNS) {
        let next = scan.skip_blanks(end);
        return match again(scan, next) {
            Some((other, end)) => (other == said).then_some((said, end)),
            None => Some((said, next)),
        };
    }
    let equal = |at: usize| {
        let next = scan.skip_blanks(at);
        let end = if scan.sign(at) == Some('=') {
            at + 1
        } else if let Some(end) = scan.phrase(next, "or =") {
            end
        } else if scan.sign(at) == Some('/') && scan.sign(at + 1) == Some('=') {
            at + 2
        } else {
            return None;
        };
        Some(end)
    };
    let (sign, end) = match (scan.sign(here)?, equal(here + 1)) {
        ('≥', _) => (Sign::AtLeast, here + 1),
        ('≤', _) => (Sign::AtMost, here + 1),
        ('>', Some(end)) => (Sign::AtLeast, end),
        ('<', Some(end)) => (Sign::AtMost, end),
        ('>', None) => (Sign::More, here + 1),
        ('<', None) => (Sign::Less, here + 1),
        ('=', _) if matches!(scan.sign(here + 1), Some('<')) => (Sign::AtMost, here + 2),
        ('=', _) if matches!(scan.sign(here + 1), Some('>')) => (Sign::AtLeast, here + 2),
        _ => return None,
    };
    Some((sign, scan.skip_blanks(end)))
}
