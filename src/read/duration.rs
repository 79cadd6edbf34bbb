//! How long something has gone on, by the word for it: "duration of diabetes ≥ 5 years", "time since stroke > 6 months".

use crate::model::expression::{Bound, Elapsed, Expression, Lasting};
use crate::model::record::Status;
use crate::model::window::TimeUnit;

use super::clause::{Clause, Reading};
use super::dated::{is_course, is_event, there};
use super::elapsed::{ends, lengths};
use super::heads::head;
use super::limit::sign;
use super::never::{at_least, never};
use super::scan::Scan;
use super::sentence::unread;
use super::table::phrases;
use super::thing::{Thing, thing};

/// A clause that is nothing but a duration and its bounds.
pub(super) fn duration(clause: Clause<'_>) -> Option<Reading> {
    let scan = Scan::of(clause);
    let head = head(&scan, scan.start(), scan.end()).filter(|head| !head.denied && head.status.is_none())?;
    let at = scan.past(head.at, phrases!["known", "documented", "a", "the"]);
    if let Some((_, from)) = scan.longest(at, phrases!["time since", "time elapsed since", "interval since"]) {
        return since(&scan, clause, from);
    }
    let leads = phrases!["duration of", "disease duration of", "history of a duration of"];
    let (thing, to) = match scan.longest(at, leads) {
        Some((_, from)) => named(&scan, from)?,
        None => {
            let word = (at..scan.end()).find(|at| scan.phrase(*at, "duration").is_some())?;
            let (_, to) = scan.longest(word, phrases!["duration", "duration of"])?;
            (thing(&scan, at, word)?, to)
        }
    };
    let (low, high, to) = bounds(&scan, to)?;
    let by_the_clock =
        |bound: &Bound| bound.unit.as_deref().and_then(TimeUnit::from_text).is_some_and(TimeUnit::is_clock);
    if !goes_on(&thing) || !ends(&scan, to) || [&low, &high].into_iter().flatten().any(by_the_clock) {
        return None;
    }
    let lasts = |lasting| there(thing.subject.clone(), Status::Current, None, lasting);
    Some(Reading::Whole(match (low, high) {
        (Some(low), None) => lasts(Some(Lasting { low: Some(low), high: None })),
        (None, high) => Expression::Elapsed(Elapsed { since: thing.subject, low: None, high }),
        (low, high) => {
            let since = Expression::Elapsed(Elapsed { since: thing.subject.clone(), low, high });
            Expression::AllOf(vec![lasts(None), since])
        }
    }))
}

/// "Time since stroke ≥ 6 months".
fn since(scan: &Scan<'_>, clause: Clause<'_>, from: usize) -> Option<Reading> {
    let (thing, to) = named(scan, from)?;
    let (low, high, to) = bounds(scan, to)?;
    if thing.is_several() || !ends(scan, to) {
        return None;
    }
    let subject = if is_course(&thing.subject) { thing.verbatim() } else { thing.subject.clone() };
    let read = match (low, high) {
        (Some(low), None) => at_least(subject, low, never(&thing.text, true), clause.excludes, || unread(clause))?,
        (low, high) => Expression::Elapsed(Elapsed { since: subject, low, high }),
    };
    Some(Reading::Whole(read))
}

/// What the words name, up to the bound.
fn named(scan: &Scan<'_>, from: usize) -> Option<(Thing, usize)> {
    let from = scan.past(from, phrases!["the", "a", "an", "their"]);
    let stop = |at: &usize| {
        sign(scan, *at).is_some()
            || scan.sign(*at) == Some(':')
            || scan.longest(*at, phrases!["of", "is", "was", "must be", "should be", "for", "between"]).is_some()
    };
    let to = (from..scan.end()).find(stop)?;
    Some((thing(scan, from, to)?, to))
}

type Bounds = (Option<Bound>, Option<Bound>, usize);

/// The bounds behind the words, each with its sign.
fn bounds(scan: &Scan<'_>, at: usize) -> Option<Bounds> {
    let at = scan.skip(at, &[':', '(', ',']);
    let at = scan.past(at, phrases!["of", "is", "was", "must be", "should be", "for"]);
    sign(scan, at)?;
    lengths(scan, at)
}

/// A condition, and nothing that is done for so long.
fn goes_on(thing: &Thing) -> bool {
    const DONE: [&str; 35] = [
        "treatment",
        "therapy",
        "surgery",
        "operation",
        "procedure",
        "hospital",
        "stay",
        "follow",
        "use",
        "exposure",
        "study",
        "trial",
        "training",
        "exercise",
        "sleep",
        "anesthesia",
        "anaesthesia",
        "ventilation",
        "response",
        "action",
        "pregnancy",
        "admission",
        "survival",
        "expectancy",
        "expected",
        "episode",
        "period",
        "attack",
        "attacks",
        "bout",
        "cycle",
        "resuscitation",
        "seizure",
        "interval",
        "cpr",
    ];
    let lower = thing.text.to_lowercase();
    let words = super::phrase::words(&lower);
    let plain =
        !words.is_empty() && words.len() <= 6 && words.iter().all(|word| word.starts_with(char::is_alphanumeric));
    plain
        && !thing.is_several()
        && !is_event(&thing.subject)
        && !is_course(&thing.subject)
        && !words.iter().any(|word| DONE.contains(word))
}
