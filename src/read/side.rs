//! What stands behind a length of time: "before the first dose", "ago", "of enrolment".

use crate::model::record::Subject;
use crate::model::window::Anchor;

use super::anchor::{Point, anchor};
use super::length::count;
use super::scan::Scan;
use super::table::{Phrases, Table, phrases};
use super::window::Side;

const BEFORE: Phrases = Table::phrases(&[
    "prior to or on",
    "before or on",
    "on or before",
    "prior to or at",
    "prior to, or at the time of,",
    "prior to and at",
    "prior to or during",
    "before or during",
    "before",
    "prior to",
    "prior",
    "prior the",
    "preceding",
    "previous to",
    "previous",
    "pre",
    "leading up to",
    "immediately before",
    "immediately prior to",
    "immediately preceding",
    "before the",
    "prior to the",
    "before or at",
    "previously",
    "beforehand",
    "earlier",
    "before their",
    "in advance of",
    "ahead of",
    "up to",
    "until",
]);
const AFTER: Phrases = Table::phrases(&[
    "after",
    "following",
    "post",
    "since",
    "after the",
    "since the",
    "following the",
    "subsequent to",
    "from the time of",
]);
const OF: Phrases = Table::phrases(&["of", "from", "of the", "to"]);
const AGO: Phrases =
    Table::phrases(&["ago", "ago or less", "ago or more", "ago or longer", "or less ago", "previously", "in the past"]);

const TIMES: Phrases = Table::phrases(&["day", "week", "month", "year", "days", "weeks", "months", "years"]);

/// What stands behind a length.
#[derive(Clone, Debug)]
pub(super) struct Tail {
    pub(super) side: Side,
    pub(super) point: Option<Point>,
    pub(super) end: usize,
    /// "Of enrolment".
    pub(super) loose: bool,
}

/// "Before the first dose", "ago", "of enrolment".
pub(super) fn tail(scan: &Scan<'_>, at: usize) -> Option<Tail> {
    let here = scan.skip_blanks(at);
    let plain = |side, point, end| Some(Tail { side, point, end, loose: false });
    // "For more than 7 days in the past month": of another length.
    let counted = |end: usize| {
        let next = scan.skip_blanks(end);
        count(scan, next).is_some() || scan.longest(next, &TIMES).is_some()
    };
    if let Some((_, end)) = scan.longest(here, &AGO).filter(|(_, end)| !counted(*end)) {
        return plain(Side::Before, None, end);
    }
    if let Some((_, end)) = scan.longest(here, &BEFORE) {
        return match anchor(scan, scan.past(end, phrases!["to", "the"]), true) {
            Some((point, end)) => plain(Side::Before, Some(point), end),
            // "3 months prior": before now, where nothing follows
            None if ends(scan, end) => plain(Side::Before, None, end),
            None => plain(Side::Before, Some(Point::Vague(String::new())), end),
        };
    }
    if let Some((_, end)) = scan.longest(here, &AFTER) {
        return anchor(scan, end, false).and_then(|(point, end)| plain(Side::After, Some(point), end));
    }
    let (said, end) = scan.longest(here, &OF)?;
    let from = OF.rows.get(said).is_some_and(|said| matches!(*said, "from" | "to"));
    let (point, end) = anchor(scan, end, false)?;
    // Of a moment of the trial, what has been lies before; of another event, on either side; from the onset on, after.
    let side = match point {
        Point::Event(Subject::Text(_)) | Point::Vague(_) => Side::Around,
        Point::Moment(Anchor::Onset) => Side::After,
        Point::Moment(Anchor::Event(_) | Anchor::Text(_)) | Point::Event(_) if from => Side::After,
        Point::Moment(Anchor::Event(_) | Anchor::Text(_)) | Point::Event(_) => Side::Around,
        Point::Moment(_) => Side::Before,
    };
    Some(Tail { side, point: Some(point), end, loose: true })
}

fn ends(scan: &Scan<'_>, at: usize) -> bool {
    match scan.sign(scan.skip_blanks(at)) {
        None => true,
        Some(sign) => !sign.is_alphanumeric(),
    }
}
