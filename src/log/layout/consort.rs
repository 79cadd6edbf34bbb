//! How many were assessed, and why the others are not possible: CONSORT's diagram up to consent.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::log::Log;
use crate::log::event::{OtherReason, State};
use crate::log::layout::sheet::Sheet;
use crate::log::layout::word;
use crate::log::row::Row;

/// The counts. Each person counts once, as the latest attempt stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Consort {
    /// Everybody who was identified.
    pub identified: usize,
    /// Those of them who were not assessed.
    pub not_assessed: usize,
    /// Those who were: the first box of the diagram.
    pub assessed: usize,
    /// Those who are not eligible, or not now, because of criteria.
    pub excluded: usize,
    /// Of the excluded, those of whom it may be otherwise later.
    pub not_now: usize,
    /// The excluded by the first of their criteria in the protocol's order: each person once.
    pub by_first: Vec<Counted>,
    /// By every criterion: a person as often as criteria kept them out.
    pub by_any: Vec<Counted>,
    /// Those who declined, assessed or not.
    pub declined: usize,
    /// Those who withdrew.
    pub withdrew: usize,
    /// Those who are not eligible, or not now, for a reason that no criterion is, assessed or not.
    pub other: usize,
    /// The same by reason.
    pub by_other: Vec<CountedReason>,
    /// Those who are possible.
    pub possible: usize,
    /// Those of whom nobody has decided, assessed or not.
    pub undecided: usize,
    /// Attempts in all.
    pub attempts: usize,
}

/// How many a criterion kept out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// Its id.
    pub id: String,
    /// What the protocol calls it.
    pub criterion: String,
    /// How many.
    pub people: usize,
}

/// How many a reason kept out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CountedReason {
    /// The reason.
    pub reason: OtherReason,
    /// How many.
    pub people: usize,
}

impl Log {
    /// How many were assessed, and why the others are not possible.
    pub fn consort(&self) -> Consort {
        let mut counts = Consort { attempts: self.rows().len(), ..Consort::default() };
        // a criterion that two versions number otherwise is counted under each number
        let mut first: BTreeMap<(usize, &str, &str), usize> = BTreeMap::new();
        let mut any: BTreeMap<(usize, &str, &str), usize> = BTreeMap::new();
        let mut other: BTreeMap<OtherReason, usize> = BTreeMap::new();
        let assessed: BTreeSet<u32> =
            self.rows().iter().filter(|row| row.assessments > 0).map(|row| row.person).collect();
        for row in self.rows().iter().filter(|row| row.later.is_none()) {
            counts.identified += 1;
            *if assessed.contains(&row.person) { &mut counts.assessed } else { &mut counts.not_assessed } += 1;
            match row.state {
                State::Candidate | State::PreScreened => counts.undecided += 1,
                State::Possible => counts.possible += 1,
                State::Declined => counts.declined += 1,
                State::Withdrew => counts.withdrew += 1,
                State::NotNow | State::NotEligible if row.criteria.is_empty() => {
                    counts.other += 1;
                    *other.entry(row.other.unwrap_or(OtherReason::Other)).or_default() += 1;
                }
                State::NotNow | State::NotEligible => {
                    counts.excluded += 1;
                    counts.not_now += usize::from(row.state == State::NotNow);
                    for (at, key) in self.keys(row).enumerate() {
                        *any.entry(key).or_default() += 1;
                        if at == 0 {
                            *first.entry(key).or_default() += 1;
                        }
                    }
                }
            }
        }
        let counted = |table: BTreeMap<(usize, &str, &str), usize>| {
            let one = |((_, criterion, id), people): ((usize, &str, &str), usize)| Counted {
                id: id.to_owned(),
                criterion: criterion.to_owned(),
                people,
            };
            table.into_iter().map(one).collect()
        };
        counts.by_first = counted(first);
        counts.by_any = counted(any);
        counts.by_other = other.into_iter().map(|(reason, people)| CountedReason { reason, people }).collect();
        counts
    }

    /// The criteria of a row, each with its place and what the protocol calls it.
    fn keys<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = (usize, &'a str, &'a str)> {
        row.criteria.iter().map(|id| (self.course.place(id), self.called(row, id), id.as_str()))
    }
}

impl Consort {
    /// The counts, one a line.
    pub(super) fn sheet(&self, log: &Log) -> Sheet {
        let header = log.header();
        let mut sheet = Sheet::with(&["protocol", "site", "count", "reason", "people"]);
        let mut push = |count: &str, reason: &str, people: usize| {
            let cells = [&header.protocol, &header.site].map(Clone::clone).into_iter();
            let rest = [count.to_owned(), reason.to_owned(), people.to_string()];
            sheet.rows.push(cells.chain(rest).collect());
        };
        push("identified", "", self.identified);
        push("not assessed", "", self.not_assessed);
        push("assessed", "", self.assessed);
        push("excluded by criteria", "", self.excluded);
        push("excluded by criteria, perhaps later", "", self.not_now);
        for counted in &self.by_first {
            push("excluded by criteria, each person once by the first", &counted.criterion, counted.people);
        }
        for counted in &self.by_any {
            push("excluded by criteria, by every one", &counted.criterion, counted.people);
        }
        push("declined", "", self.declined);
        push("withdrew", "", self.withdrew);
        push("other reasons", "", self.other);
        for counted in &self.by_other {
            push("other reasons", &word(&counted.reason), counted.people);
        }
        push("possible", "", self.possible);
        push("undecided", "", self.undecided);
        push("attempts", "", self.attempts);
        sheet
    }
}
