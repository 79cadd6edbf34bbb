//! Events with a name of their own: "before colonoscopy", "the last dose of chemotherapy".

use crate::model::record::Subject;

use super::anchor::{BEHIND, Point, is_of_the_trial, stops};
use super::scan::Scan;
use super::table::{Phrases, Table, phrases};
use super::thing;

/// The event named here, and its end; `Vague` where a window may not hang on it.
pub(super) fn event(scan: &Scan<'_>, at: usize) -> Option<(Point, usize)> {
    let from = scan.past(at, phrases!["the", "their", "a", "an", "any", "his", "her"]);
    let mut end = from;
    for _ in 0..8 {
        let here = scan.skip_blanks(end);
        let Some((word, next)) = scan.word(here) else { break };
        if BEHIND.rows.contains(&word.as_str()) && !["of", "to", "in"].contains(&word.as_str()) {
            break;
        }
        end = next;
    }
    if end == from {
        return None;
    }
    let thing = thing::thing(scan, from, end)?;
    let point = match thing.subject {
        Subject::Text(text) if !stops(scan, end) || !is_one(scan, from, end) => Point::Vague(text),
        subject @ (Subject::Concept(_)
        | Subject::Text(_)
        | Subject::Ratio(_)
        | Subject::Judgement(_)
        | Subject::Unread(_)) => Point::Event(subject),
    };
    Some((point, end))
}

/// Nothing but one event, that is no moment of the trial under another name.
fn is_one(scan: &Scan<'_>, from: usize, end: usize) -> bool {
    const NONE: [&str; 51] = [
        "each",
        "other",
        "it",
        "this",
        "that",
        "them",
        "these",
        "those",
        "same",
        "life",
        "age",
        "expectancy",
        "follow",
        "duration",
        "pregnancy",
        "gestation",
        "amenorrhea",
        "normal",
        "target",
        "visit",
        "visits",
        "check",
        "screen",
        "screened",
        "selected",
        "assessment",
        "preassessment",
        "entry",
        "cycle",
        "day",
        "irrespective",
        "through",
        "before",
        "after",
        "prior",
        "on",
        "at",
        "first",
        "1st",
        "start",
        "started",
        "starting",
        "beginning",
        "initiation",
        "initiating",
        "commencement",
        "anticipated",
        "planned",
        "scheduled",
        "qualification",
        "administration",
    ];
    const PAST: Phrases = Table::phrases(&[
        "last",
        "final",
        "end",
        "completion",
        "completing",
        "finishing",
        "stopping",
        "discontinuation",
        "cessation",
    ]);
    // "before the procedure or the visit": the sentence goes on
    let here = scan.skip_blanks(end);
    let over = scan.sign(here).is_none_or(|sign| matches!(sign, '.' | ';' | ')'))
        || scan.longest(here, phrases!["unless", "except"]).is_some();
    let course = scan.longest(from, &PAST).is_some();
    let mut at = from;
    let mut words = 0;
    while at < end {
        let Some((word, next)) = scan.word(at) else { return false };
        let odd = NONE.contains(&word.as_str())
            || word.starts_with(|c: char| c.is_ascii_digit())
            || words > 0 && word.ends_with("ing") && word != "bleeding"
            || is_of_the_trial(scan, at, course);
        if odd {
            return false;
        }
        words += 1;
        at = scan.skip_blanks(next);
    }
    let last = scan.lower(from, end);
    over && !["index", "test date", "testing", "treatment", "therapy"].contains(&last.as_str())
}
