//! Why it came out so, and what would make it come out otherwise. On demand: evaluating needs none of it.
//!
//! In: a trial, what is known, the as-of moment. Out: what is left of each criterion, the smallest sets of answers that
//! would change a verdict, near misses, what each open thing would decide. Never: advice, or a change of what cannot
//! change.

mod cases;
mod find;
mod later;
mod leaves;
mod near;
pub(crate) mod outlook;
mod sets;
mod tree;
mod verdicts;

use serde::Serialize;

use crate::evaluate::{Determination, Margin, Verdict};
use crate::model::date::Date;
use crate::model::decimal::Decimal;
use crate::model::expression::{Bound, Expression};
use crate::model::moment::AsOf;
use crate::model::record::{FactId, Record, Respondent, Subject};
use crate::model::trial::Trial;
use crate::truth::Truth;

pub use outlook::{Outlook, outlook};

use verdicts::Search;

/// Between which bounds a value would lie, in their own units; beyond an absent one there is no limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bounds {
    /// Not under this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<Bound>,
    /// Not over this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Bound>,
    /// What it is now, in the unit of the bound and rounded for showing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<Decimal>,
}

/// An answer that gives one leaf of a criterion a truth: a new one where it is open, another one where it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The criterion.
    pub criterion: String,
    /// Where the leaf stands in its expression: `anyOf.0`.
    pub path: String,
    /// What it is about.
    pub subject: Subject,
    /// Whether it would hold.
    pub truth: Truth,
    /// For a comparison, the value that this takes; absent where it could lie on either side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<Bounds>,
    /// The facts that say otherwise now; none where it is open.
    pub facts: Vec<FactId>,
    /// Time alone brings it from this day or minute on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
}

/// One criterion: what is left of it, and what would change its verdict.
///
/// Each set of answers suffices, and no part of it does; the smallest come first, then the order of the text. What a
/// set does not name stays as it is. For an open criterion the sets name open leaves only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CriterionWhy {
    /// Its id.
    pub id: String,
    /// Its verdict.
    pub verdict: Verdict,
    /// What is left of its expression once everything known has been used; `None` where it is decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residual: Option<Expression>,
    /// The smallest sets of answers that would make it pass; none where it passes, or nothing can.
    pub passes: Vec<Vec<Answer>>,
    /// The smallest sets of answers that would make it fail; none where it fails, or nothing can.
    pub fails: Vec<Vec<Answer>>,
    /// There are more sets than these.
    pub cut: bool,
}

/// A compared value of a failed criterion, and how near it is to the bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NearMiss {
    /// The criterion.
    pub criterion: String,
    /// Where the comparison stands in its expression.
    pub path: String,
    /// What it is about.
    pub subject: Subject,
    /// How far the value lies from the bound.
    pub margin: Margin,
    /// The distance as a part of the bound: `0.01` is one in a hundred. `None` for a bound of zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relative: Option<Decimal>,
    /// It is all that makes the criterion fail.
    pub alone: bool,
    /// Time alone brings it to the other side from this day or minute on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
}

/// A failed criterion that time alone will cure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cure {
    /// The criterion.
    pub criterion: String,
    /// The first day or minute on which it no longer fails.
    pub from: Date,
    /// What it is then.
    pub then: Verdict,
}

/// The verdict of a criterion under a possible answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decides {
    /// The criterion.
    pub criterion: String,
    /// Its verdict.
    pub verdict: Verdict,
}

/// One way in which an open thing can turn out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// What it says about each leaf.
    pub answers: Vec<Answer>,
    /// The verdict of each criterion it touches, if all else stays.
    pub verdicts: Vec<Decides>,
    /// The determination of the trial, if all else stays.
    pub determination: Determination,
}

/// Something that would have to be found out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// About what.
    pub subject: Subject,
    /// The keys of the questions that ask for it, the most direct first.
    pub questions: Vec<String>,
    /// Who can answer.
    pub who: Vec<Respondent>,
    /// Each way in which it can turn out.
    pub ways: Vec<Way>,
}

/// Why a trial came out so for one person, and what would make it come out otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Why {
    /// The trial's id.
    pub trial: String,
    /// Eligible, ineligible or undetermined, on the facts given.
    pub determination: Determination,
    /// Every criterion, in the protocol's order.
    pub criteria: Vec<CriterionWhy>,
    /// The smallest sets of answers that would make the person eligible: what all must hold. Only where undetermined.
    pub eligible: Vec<Vec<Answer>>,
    /// The smallest sets of answers that would make the person ineligible. None where that is so already.
    pub ineligible: Vec<Vec<Answer>>,
    /// The smallest sets of changes after which nothing known rules the person out. Only where ineligible.
    pub possible: Vec<Vec<Answer>>,
    /// There are more sets than these.
    pub cut: bool,
    /// The criteria each of which, alone, makes the person ineligible.
    pub alone: Vec<String>,
    /// The compared values of failed criteria, the nearest to their bound first.
    pub near: Vec<NearMiss>,
    /// What time alone will cure, in the protocol's order.
    pub cured: Vec<Cure>,
    /// What would have to be found out, in the order of the text.
    pub find: Vec<Finding>,
}

/// Says why an evaluation came out as it did, and what would change it.
///
/// At most 32 sets with at most 256 answers in all are given for one outcome (one set is always given whole); where
/// a subject is mentioned more than once, at most 4,096 cases and 20,000 sets are tried. `cut` says where there may be
/// more. What cannot change is in no set: an age goes up, and only with time; what once was has been.
///
/// # Example
///
/// ```
/// use trial_prescreen::*;
/// let text = r#"{"format":"trial-prescreen/1","id":"X","title":{"en":"X"},"source":[],"eligibility":{
///   "status":"published","criteria":[{"id":"E1","category":"exclusion","text":{"en":{"full":"","short":"","patient":""}},
///   "source":{"document":"","item":"1"},
///   "expression":{"compare":{"subject":{"concept":"alt"},"low":{"value":"100","unit":"U/L","inclusive":false}}}}]}}"#;
/// let trial = import::trial(text.as_bytes()).unwrap().output;
/// let as_of = AsOf::new("2026-03-15".parse().unwrap()).unwrap();
/// let value = Quantity { value: "101".parse().ok(), unit: Some("U/L".to_owned()), ..Quantity::default() };
/// let alt = Fact::new("f1", Subject::concept("alt"), FactValue::Quantity(value));
///
/// let why = why(&trial, &Record::new(vec![alt]), &as_of);
/// assert_eq!(why.alone, ["E1"]); // nothing else stands in the way
/// let bounds = why.criteria[0].passes[0][0].bounds.as_ref().unwrap();
/// assert_eq!(bounds.high.as_ref().unwrap().value.to_string(), "100"); // at most 100 U/L …
/// assert_eq!(bounds.instead, "101".parse().ok()); // … instead of 101
/// assert_eq!(why.near[0].relative.unwrap().to_string(), "0.01");
/// ```
pub fn why(trial: &Trial, record: &Record, as_of: &AsOf) -> Why {
    let search = Search::new(trial, record, as_of);
    let (sets, criteria) = search.criteria();
    let of_trial = search.trial(&sets);
    let answers = |sets: &sets::Sets| search.answers(sets, None);
    Why {
        trial: trial.id.clone(),
        determination: search.evaluation.determination,
        criteria,
        eligible: answers(&of_trial.eligible),
        ineligible: answers(&of_trial.ineligible),
        possible: answers(&of_trial.possible),
        cut: of_trial.eligible.cut || of_trial.ineligible.cut || of_trial.possible.cut,
        alone: near::alone(trial, &search.evaluation),
        near: near::misses(&search),
        cured: near::cured(&search),
        find: find::findings(&search),
    }
}
