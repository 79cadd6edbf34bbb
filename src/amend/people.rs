//! Whose outcome an amendment changes, and by which criteria.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Amendment, amend};
use crate::evaluate::compiled::Compiled;
use crate::evaluate::{self, Again, CriterionEvaluation, Determination, Evaluation, Gap, Verdict};
use crate::model::moment::AsOf;
use crate::model::record::{FactId, Record};
use crate::model::trial::Trial;
use crate::why::{CriterionWhy, why};

/// Somebody whose facts the caller has kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What the caller calls them.
    pub id: String,
    /// What is known.
    pub record: Record,
    /// The moment to judge from, under both versions.
    pub as_of: AsOf,
}

/// A criterion that comes out otherwise for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerdictChange {
    /// Which of the amendment's criteria it is.
    pub change: usize,
    /// What it was; none of a criterion that is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<Verdict>,
    /// What it is; none of a criterion that is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<Verdict>,
    /// The facts that decide it now; of a criterion that is gone, those that decided it.
    pub because: Vec<FactId>,
    /// What keeps it open now.
    pub gaps: Vec<Gap>,
    /// May it be tried again, where it fails now?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<Again>,
    /// What would make it pass, where it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<CriterionWhy>,
}

/// A cohort that comes out otherwise for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CohortChange {
    /// Its id.
    pub id: String,
    /// What it was; none of a cohort that is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<Determination>,
    /// What it is; none of a cohort that is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<Determination>,
}

/// Somebody for whom something comes out otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reassessed {
    /// What the caller calls them.
    pub person: String,
    /// The determination under the version before.
    pub was: Determination,
    /// The determination under the version after.
    pub is: Determination,
    /// The cohorts that come out otherwise.
    pub cohorts: Vec<CohortChange>,
    /// The criteria that come out otherwise, in the amendment's order. One that is new and passes, or is gone and
    /// passed, changes nothing.
    pub criteria: Vec<VerdictChange>,
}

/// What an amendment does to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reassessment {
    /// What it changed in the trial.
    pub amendment: Amendment,
    /// Those for whom something comes out otherwise, in the order given.
    pub people: Vec<Reassessed>,
    /// How many there are for whom nothing does.
    pub unchanged: usize,
}

/// Evaluates people under both versions of a trial, at the same moment and on the same facts, so that whatever comes out
/// otherwise does so by the amendment alone.
///
/// # Example
///
/// ```
/// use trial_prescreen::*;
/// let version = |high: &str| {
///     let text = format!(r#"{{"format":"trial-prescreen/1","id":"X","title":{{}},"source":[],"eligibility":{{"status":"published",
///       "criteria":[{{"id":"E1","category":"exclusion","text":{{"en":{{"full":"ALT above {high} × ULN","short":"","patient":""}}}},
///       "source":{{"document":"","item":""}},
///       "expression":{{"compare":{{"subject":{{"concept":"alt"}},"low":{{"value":"{high}","unit":"U/L","inclusive":false}}}}}}}}]}}}}"#);
///     import::trial(text.as_bytes()).unwrap().output
/// };
/// let person = |id: &str, alt: &str| {
///     let value = Quantity { value: alt.parse().ok(), unit: Some("U/L".to_owned()), ..Quantity::default() };
///     let record = Record::new(vec![Fact::new("f", Subject::concept("alt"), FactValue::Quantity(value))]);
///     Person { id: id.to_owned(), record, as_of: AsOf::new("2026-03-15".parse().unwrap()).unwrap() }
/// };
/// let after = reassess(&version("100"), &version("80"), &[person("7", "90"), person("8", "70"), person("9", "120")]);
/// assert_eq!((after.people.len(), after.unchanged), (1, 2));
/// assert_eq!((after.people[0].person.as_str(), after.people[0].is), ("7", Determination::Ineligible));
/// ```
pub fn reassess(before: &Trial, after: &Trial, people: &[Person]) -> Reassessment {
    let amendment = amend(before, after);
    let [old, new] = [before, after].map(Compiled::new);
    let changed = |person: &Person| {
        let was = evaluate::of(before, &old, &person.record, &person.as_of);
        let is = evaluate::of(after, &new, &person.record, &person.as_of);
        reassessed(&amendment, after, person, &was, &is)
    };
    let found: Vec<Reassessed> = people.iter().filter_map(changed).collect();
    let unchanged = people.len() - found.len();
    Reassessment { amendment, people: found, unchanged }
}

fn reassessed(
    amendment: &Amendment,
    after: &Trial,
    person: &Person,
    was: &Evaluation,
    is: &Evaluation,
) -> Option<Reassessed> {
    let [old, new] = [was, is].map(|evaluation| {
        evaluation.criteria.iter().map(|criterion| (criterion.id.as_str(), criterion)).collect::<BTreeMap<_, _>>()
    });
    let mut criteria: Vec<VerdictChange> = Vec::new();
    for (change, pair) in amendment.criteria.iter().enumerate() {
        let of = |table: &BTreeMap<&str, &CriterionEvaluation>, id: &Option<String>| -> Option<CriterionEvaluation> {
            id.as_ref().and_then(|id| table.get(id.as_str()).map(|criterion| (*criterion).clone()))
        };
        let (before, now) = (of(&old, &pair.before), of(&new, &pair.after));
        // what nobody has to meet stands in nobody's way
        let verdict = |of: &Option<CriterionEvaluation>| of.as_ref().map_or(Verdict::Pass, |of| of.verdict);
        if verdict(&before) == verdict(&now) {
            continue;
        }
        let (was, is) = (before.as_ref().map(|of| of.verdict), now.as_ref().map(|of| of.verdict));
        let cited = now.or(before);
        let (because, gaps, again) = cited.map(|of| (of.because, of.gaps, of.again)).unwrap_or_default();
        // gaps and rules of what is gone are nobody's concern
        let (gaps, again) = if is.is_some() { (gaps, again) } else { Default::default() };
        criteria.push(VerdictChange { change, was, is, because, gaps, again, why: None });
    }
    let cohorts = cohorts(was, is);
    if criteria.is_empty() && cohorts.is_empty() && was.determination == is.determination {
        return None;
    }
    if criteria.iter().any(|change| change.is.is_some_and(|verdict| verdict != Verdict::Pass)) {
        let mut reasons: BTreeMap<String, CriterionWhy> = why(after, &person.record, &person.as_of)
            .criteria
            .into_iter()
            .map(|criterion| (criterion.id.clone(), criterion))
            .collect();
        for change in criteria.iter_mut().filter(|change| change.is != Some(Verdict::Pass)) {
            let id = amendment.criteria.get(change.change).and_then(|pair| pair.after.as_ref());
            change.why = id.and_then(|id| reasons.remove(id));
        }
    }
    Some(Reassessed { person: person.id.clone(), was: was.determination, is: is.determination, cohorts, criteria })
}

fn cohorts(was: &Evaluation, is: &Evaluation) -> Vec<CohortChange> {
    let of = |evaluation: &Evaluation, id: &str| {
        evaluation.cohorts.iter().find(|cohort| cohort.id == id).map(|cohort| cohort.determination)
    };
    let gone = was.cohorts.iter().filter(|cohort| of(is, &cohort.id).is_none());
    is.cohorts
        .iter()
        .chain(gone)
        .map(|cohort| CohortChange { id: cohort.id.clone(), was: of(was, &cohort.id), is: of(is, &cohort.id) })
        .filter(|cohort| cohort.was != cohort.is)
        .collect()
}
