//! What a window hangs on: "the first dose of study drug", 签署知情同意书.
//!
//! By convention:
//!
//! | the text says | the window hangs on |
//! |---|---|
//! | nothing, enrolment, baseline, the study | the moment that the check is made for |
//! | the first dose, the start of treatment; before it, the procedure, surgery, the start of a named medicine | the first dose |
//! | "within N of" a moment of the trial | that moment, and lies before it; what is planned, after |
//! | "within N of" the onset, "within N from" an event | that event, and lies after it |
//! | "within N of" another event | that event, and lies on either side of it |
//! | an event that no record dates | nothing: the sentence is asked as it stands |

use crate::model::record::Subject;
use crate::model::window::Anchor;

use super::event::event;
use super::moments::{CHINESE, ENGLISH, MORE, Says, point};
use super::scan::Scan;
use super::table::{Phrases, Table, phrases};

/// What a phrase behind "before" or "after" names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Point {
    Moment(Anchor),
    /// An event that is no moment of the trial.
    Event(Subject),
    /// Something that may be a moment of the trial under another name, or more than an event: no window hangs on it.
    Vague(String),
}

/// It says which moment of the trial is meant, or that it is one of the trial.
pub(super) fn is_of_the_trial(scan: &Scan<'_>, at: usize, course: bool) -> bool {
    let says = longer(scan.entry(at, &MORE), scan.entry(at, &ENGLISH)).map(|(says, _)| says);
    match says {
        Some(Says::Study | Says::Enrolment | Says::Screening | Says::Randomization | Says::Consent) => true,
        Some(Says::Treatment | Says::FirstDose) => !course,
        Some(Says::Nothing | Says::Act | Says::Onset | Says::Admission | Says::Discharge) | None => false,
    }
}

/// What may follow the name of a moment.
pub(super) const BEHIND: Phrases = Table::phrases(&[
    "for",
    "in",
    "to",
    "of",
    "from",
    "and",
    "or",
    "with",
    "who",
    "which",
    "that",
    "unless",
    "except",
    "excluding",
    "if",
    "is",
    "are",
    "was",
    "were",
    "will",
    "by",
    "on",
    "as",
    "due",
    "because",
    "but",
    "without",
    "including",
    "at",
    "other",
    "regardless",
    "whichever",
    "whatever",
    "according",
    "should",
    "must",
    "provided",
    "has",
    "have",
    "only",
    "until",
]);

/// The moment or event named here, and its end.
///
/// `before`: what lies before it is meant, so that "surgery" and the start of a medicine are those of the trial.
pub(super) fn anchor(scan: &Scan<'_>, at: usize, before: bool) -> Option<(Point, usize)> {
    moment(scan, at, before).or_else(|| event(scan, at))
}

fn moment(scan: &Scan<'_>, at: usize, before: bool) -> Option<(Point, usize)> {
    let mut here = scan.skip_blanks(at);
    let mut says = Says::Nothing;
    let mut begins = false;
    let mut reached = None;
    while let Some((word, end)) = longer(scan.entry(here, &MORE), scan.entry(here, &ENGLISH)) {
        if word == Says::Act && !before {
            break;
        }
        says = says.max(word);
        begins |= scan.longest(here, &BEGINNING).is_some();
        if stops(scan, end) && says != Says::Nothing {
            reached = Some((says, end));
        }
        here = scan.skip_blanks(end);
    }
    let dose = says == Says::FirstDose || begins && says <= Says::Treatment;
    match reached {
        // "the first dose of tarlatamab"
        Some((says, end)) if dose && before => {
            let of = scan.phrase(scan.skip_blanks(end), "of");
            let named = of.and_then(|of| named_treatment(scan, scan.past(of, phrases!["the", "study"])));
            Some((point(says)?, named.unwrap_or(end)))
        }
        Some((says, end)) => Some((point(says)?, end)),
        None if dose && before => Some((Point::Moment(Anchor::FirstDose), named_treatment(scan, here)?)),
        None => None,
    }
}

/// What is begun before something else is done is the treatment of the trial.
const BEGINNING: Phrases = Table::phrases(&[
    "start",
    "starting",
    "initiation",
    "initiating",
    "beginning",
    "commencement",
    "commencing",
    "first dose",
    "first administration",
]);

/// "Initiation of semaglutide": the medicine of the trial by its name.
fn named_treatment(scan: &Scan<'_>, at: usize) -> Option<usize> {
    if scan.holds(at, at + 12, phrases!["symptom", "symptoms", "pain", "illness"]) {
        return None;
    }
    let mut end = at;
    for _ in 0..4 {
        let here = scan.skip(end, &['®', '™', '+']);
        let (_, next) = scan.word(here)?;
        end = next;
        if stops(scan, scan.skip(end, &['®', '™'])) {
            return Some(scan.skip(end, &['®', '™']));
        }
    }
    None
}

pub(super) fn stops(scan: &Scan<'_>, at: usize) -> bool {
    let here = scan.skip_blanks(at);
    match scan.sign(here) {
        None => true,
        Some(sign) if sign.is_alphanumeric() => scan.longest(here, &BEHIND).is_some(),
        Some(_) => true,
    }
}

/// A moment before 前 or 后, and its end: 首次给药.
pub(super) fn chinese(scan: &Scan<'_>, at: usize) -> Option<(Point, usize)> {
    let mut here = at;
    let mut says = Says::Nothing;
    while let Some((word, end)) = scan.entry(here, &CHINESE) {
        says = says.max(word);
        here = scan.skip_blanks(end);
        if here > at + 24 {
            return None;
        }
    }
    // Surgery is that of the trial where it lies ahead.
    if says == Says::Act && scan.longest(here, phrases!["前", "之前", "以前"]).is_none() {
        return None;
    }
    Some((point(says)?, here))
}

/// The longer of two findings.
fn longer<T>(one: Option<(T, usize)>, other: Option<(T, usize)>) -> Option<(T, usize)> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.1 > one.1 { other } else { one }),
        (one, other) => one.or(other),
    }
}
