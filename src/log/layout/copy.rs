//! The copies for people: the site's, the sponsor's, and the beginning of a screening log.

use crate::evaluate::{Allowance, Verdict};
use crate::log::Log;
use crate::log::event::{Overruled, Pending};
use crate::log::layout::sheet::Sheet;
use crate::log::layout::word;
use crate::log::row::{Judged, Query, Row, Ruling};
use crate::model::date::{Date, Instant};

/// How precise the sponsor's dates are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dates {
    Year,
    /// Since the first identification of the same person.
    Days,
}

/// Several things in one cell.
pub(super) fn list<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.as_ref().to_owned()).collect::<Vec<_>>().join("; ")
}

pub(super) fn shown(date: Option<Date>) -> String {
    date.map_or(String::new(), |date| date.to_string())
}

fn whole(number: Option<u32>) -> String {
    number.map_or(String::new(), |number| number.to_string())
}

pub(super) const SITE: [&str; 39] = [
    "local key",
    "protocol",
    "site",
    "investigator",
    "time zone",
    "number",
    "person",
    "attempt",
    "earlier number",
    "first identified",
    "channel",
    "channel in words",
    "assessed",
    "as of",
    "answered by",
    "age",
    "sex",
    "found",
    "determination",
    "cohorts",
    "first failed",
    "failed",
    "open",
    "needed",
    "another try",
    "call back from",
    "possible until",
    "expires",
    "state",
    "since",
    "decided by",
    "because of",
    "other reason",
    "in words",
    "overrides",
    "corrections",
    "notes",
    "unclear",
    "made with",
];

/// Everything, with an empty column for the key to the names.
pub(super) fn site(log: &Log) -> Sheet {
    let header = log.header();
    let mut sheet = Sheet::with(&SITE);
    for row in log.rows() {
        let judged = row.assessed.as_ref();
        let of = |tell: &dyn Fn(&Judged) -> String| judged.map_or(String::new(), tell);
        let called = |id: &String| log.called(row, id).to_owned();
        let mut cells = vec![
            String::new(),
            header.protocol.clone(),
            header.site.clone(),
            header.investigator.clone(),
            header.zone.clone(),
            row.number.to_string(),
            row.person.to_string(),
            row.attempt.to_string(),
            whole(row.earlier),
            row.identified.to_string(),
            word(&row.channel),
            row.detail.clone(),
            of(&|judged| judged.at.to_string()),
            of(&|judged| judged.as_of.to_string()),
        ];
        cells.extend(found(log, row));
        cells.extend([
            shown(row.call_back()),
            of(&|judged| shown(judged.possible_until)),
            of(&|judged| shown(judged.expires)),
            word(&row.state),
            row.since.to_string(),
            format!("{}, {}", row.by.who, row.by.role),
            list(row.criteria.iter().map(called)),
            row.other.as_ref().map(word).unwrap_or_default(),
            row.words.clone(),
            list(
                row.overrides
                    .iter()
                    .map(|ruling| format!("{} ({}, {})", ruled(log, row, ruling), ruling.reason, ruling.by.role)),
            ),
            row.corrections.to_string(),
            row.notes.join("\n"),
            unclear(log, row),
            of(&|judged| made_with(log, judged)),
        ]);
        sheet.rows.push(cells);
    }
    sheet
}

pub(super) const SPONSOR: [&str; 30] = [
    "protocol",
    "site",
    "number",
    "person",
    "attempt",
    "earlier number",
    "first identified",
    "channel",
    "assessed",
    "answered by",
    "age",
    "sex",
    "found",
    "determination",
    "cohorts",
    "first failed",
    "failed",
    "open",
    "needed",
    "another try",
    "call back from",
    "state",
    "since",
    "decided by",
    "because of",
    "other reason",
    "overrides",
    "corrections",
    "unclear",
    "trial document",
];

/// Without identifiers: no free text, no staff by name, no receipt (it could confirm a guess of the facts).
pub(super) fn sponsor(log: &Log, dates: Dates) -> Sheet {
    let header = log.header();
    let mut sheet = Sheet::with(&SPONSOR);
    for row in log.rows() {
        let judged = row.assessed.as_ref();
        let of = |tell: &dyn Fn(&Judged) -> String| judged.map_or(String::new(), tell);
        let called = |id: &String| log.called(row, id).to_owned();
        let first = log.row(row.person).map_or(row.identified, |first| first.identified);
        let date = |date: Option<Date>| date.map_or(String::new(), |date| vague(date, first, dates));
        let mut cells = vec![
            header.protocol.clone(),
            header.site.clone(),
            row.number.to_string(),
            row.person.to_string(),
            row.attempt.to_string(),
            whole(row.earlier),
            date(Some(row.identified)),
            word(&row.channel),
            date(judged.map(|judged| judged.as_of)),
        ];
        cells.extend(found(log, row));
        cells.extend([
            date(row.call_back()),
            word(&row.state),
            date(Some(local(log, row, row.since))),
            row.by.role.clone(),
            list(row.criteria.iter().map(called)),
            row.other.as_ref().map(word).unwrap_or_default(),
            list(row.overrides.iter().map(|ruling| format!("{} ({})", ruled(log, row, ruling), ruling.by.role))),
            row.corrections.to_string(),
            list(waiting(log, row).iter().map(called)),
            of(&|judged| log.edition(&judged.trial).document.to_string()),
        ]);
        sheet.rows.push(cells);
    }
    sheet
}

/// A moment on the site's clock, where the log tells how far that is from UTC; what is a day stays one.
fn local(log: &Log, row: &Row, date: Date) -> Date {
    let of = |date: Date| match date {
        Date::Instant(instant) => Some(instant.offset()),
        Date::Year(_) | Date::Month(..) | Date::Day(_) => None,
    };
    let zone = ["2000-01-01T00:00", log.header().zone.trim()].concat().parse().ok().and_then(of);
    let offset = zone.or_else(|| row.assessed.as_ref().and_then(|judged| of(judged.as_of)));
    match (date, offset) {
        (Date::Instant(instant), Some(offset)) => Date::Instant(Instant::new(instant.minute(), offset)),
        (date, _) => date,
    }
}

/// A date that points at nobody: its year, or the days since another date. What is not known to the day has no days.
fn vague(date: Date, first: Date, dates: Dates) -> String {
    match dates {
        Dates::Year => Date::Year(date.first_day().parts().0).to_string(),
        Dates::Days => match (date, first) {
            (Date::Day(_) | Date::Instant(_), Date::Day(_) | Date::Instant(_)) => {
                (date.first_day().number() - first.first_day().number()).to_string()
            }
            (Date::Year(_) | Date::Month(..), _) | (_, Date::Year(_) | Date::Month(..)) => String::new(),
        },
    }
}

/// Who is possible in the latest attempt, with what a screening log asks for from consent on left empty.
pub(super) fn screening(log: &Log) -> Sheet {
    let mut sheet = Sheet::with(&[
        "protocol",
        "site",
        "investigator",
        "pre-screening number",
        "pre-screened",
        "protocol version",
        "trial document",
        "open at screening",
        "consent date",
        "consent version",
        "screening number",
        "screening date",
        "eligible",
        "failed criteria",
        "enrolled",
    ]);
    let header = log.header();
    let possible = |row: &&Row| row.state == crate::log::State::Possible && row.later.is_none();
    for row in log.rows().iter().filter(possible) {
        let Some(judged) = &row.assessed else { continue };
        let edition = log.edition(&judged.trial);
        let mut cells = vec![
            header.protocol.clone(),
            header.site.clone(),
            header.investigator.clone(),
            row.number.to_string(),
            judged.as_of.first_day().to_string(),
            edition.protocol.clone().unwrap_or_default(),
            edition.document.to_string(),
            list(judged.pending.iter().map(|pending| log.called(row, &pending.id))),
        ];
        cells.resize(sheet.columns.len(), String::new());
        sheet.rows.push(cells);
    }
    sheet
}

/// What every copy has of the latest assessment, from who answered to another try.
fn found(log: &Log, row: &Row) -> [String; 11] {
    let of = |tell: &dyn Fn(&Judged) -> String| row.assessed.as_ref().map_or(String::new(), tell);
    let called = |id: &String| log.called(row, id).to_owned();
    [
        of(&|judged| list(judged.answered_by.iter().map(word))),
        of(&|judged| judged.age.map_or(String::new(), |age| age.to_string())),
        of(&|judged| judged.sex.clone().unwrap_or_default()),
        of(&|judged| word(&judged.calculated)),
        of(&|judged| word(&judged.determination)),
        of(&cohorts),
        of(&|judged| judged.failed.first().map(called).unwrap_or_default()),
        of(&|judged| list(judged.failed.iter().map(called))),
        of(&|judged| list(judged.pending.iter().map(|pending| called(&pending.id)))),
        of(&|judged| list(judged.pending.iter().map(|pending| needed(log, row, pending)))),
        of(&another_try),
    ]
}

fn cohorts(judged: &Judged) -> String {
    list(judged.cohorts.iter().map(|cohort| format!("{}: {}", cohort.id, word(&cohort.determination))))
}

/// What is needed to close a criterion, and who can tell.
fn needed(log: &Log, row: &Row, pending: &Pending) -> String {
    let need = |need: &crate::log::Need| {
        let what = need.missing.as_ref().map_or_else(|| word(&need.kind), word);
        format!("{} ({what}; {})", need.about, need.who.iter().map(word).collect::<Vec<_>>().join(" or "))
    };
    let needs: Vec<String> = pending.needs.iter().map(need).collect();
    format!("{}: {}", log.called(row, &pending.id), needs.join(", "))
}

/// What the protocol's rules for another try come to.
pub(super) fn another_try(judged: &Judged) -> String {
    judged.again.map_or(String::new(), |again| match again.allowed {
        Allowance::After => "after a time".to_owned(),
        Allowance::Investigator => "as the investigator decides".to_owned(),
        Allowance::Never => "never".to_owned(),
    })
}

/// What came up with somebody that is not clear, and what is not for everybody of a criterion that they hang on.
pub(super) fn queries<'a>(log: &'a Log, row: &'a Row) -> impl Iterator<Item = &'a Query> {
    let hangs =
        |query: &&Query| row.assessed.as_ref().is_some_and(|judged| judged.verdict(&query.criterion) != Verdict::Pass);
    row.unclear.iter().chain(log.unclear().iter().filter(hangs))
}

/// The same in words, with the answers.
pub(super) fn unclear(log: &Log, row: &Row) -> String {
    list(queries(log, row).map(|query| {
        let answer = query.answer.as_ref().map_or(String::new(), |answer| format!(", answered: {}", answer.text));
        format!("{}: {} ({}){answer}", log.called(row, &query.criterion), query.text, query.by.role)
    }))
}

/// The criteria of which something waits for an answer.
pub(super) fn waiting(log: &Log, row: &Row) -> Vec<String> {
    let mut criteria: Vec<String> = Vec::new();
    for query in queries(log, row).filter(|query| query.answer.is_none()) {
        if !criteria.contains(&query.criterion) {
            criteria.push(query.criterion.clone());
        }
    }
    criteria
}

/// `Inclusion 6: fail to pass`
fn ruled(log: &Log, row: &Row, ruling: &Ruling) -> String {
    match &ruling.what {
        Overruled::Criterion(what) => {
            let verdict = |verdict: Verdict| word(&verdict);
            format!("{}: {} to {}", log.called(row, &what.id), verdict(what.from), verdict(what.to))
        }
        Overruled::Determination(what) => format!("{} to {}", word(&what.from), word(&what.to)),
    }
}

fn made_with(log: &Log, judged: &Judged) -> String {
    let edition = log.edition(&judged.trial);
    let version = edition.protocol.as_ref().map_or(String::new(), |version| format!(", protocol {version}"));
    format!(
        "{} document {}{version}; engine {}; receipt {}",
        edition.trial, edition.document, judged.engine, judged.receipt
    )
}
