//! What comes out of an evaluation. Data only; in JSON as declared in `wasm/types.ts`.

use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::evaluate::retest::Again;
use crate::model::criterion::Category;
use crate::model::date::Date;
use crate::model::decimal::Decimal;
use crate::model::name::Name;
use crate::model::question::Question;
use crate::model::record::{FactId, Respondent, Subject};
use crate::model::trial::Trial;
use crate::model::window::Anchor;
use crate::truth::Truth;

/// The outcome of one criterion, after polarity: the same word serves both lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Verdict {
    /// It stands in nobody's way.
    Pass,
    /// It rules the person out.
    Fail,
    /// It could still go either way.
    Pending,
}

/// The outcome for the trial, on the facts given; the investigator decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Determination {
    /// Every criterion passes, and all of them are published.
    Eligible,
    /// At least one criterion fails.
    Ineligible,
    /// Something remains to be found out.
    Undetermined,
}

/// Why a truth is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum GapKind {
    /// Nothing is known about it.
    Absent,
    /// There is something, but not from the time that counts.
    Stale,
    /// What is known is not precise enough.
    Imprecise,
    /// What is known cannot be compared: no unit, no upper limit, another quantity.
    Incomparable,
    /// What is known contradicts itself.
    Conflicting,
    /// Only the investigator can say.
    Judgement,
    /// The sentence was not made computable; someone must read and answer it.
    Unread,
}

/// What exactly is missing, where it is not the value itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Needs {
    /// The upper limit of normal of this very result.
    UpperLimit,
    /// The lower limit of normal of this very result.
    LowerLimit,
    /// The unit.
    Unit,
    /// When it was.
    Date,
    /// How much a day.
    Dose,
    /// The half-life of the medicine.
    HalfLife,
    /// How the medicine is given.
    Route,
    /// Whether these are all.
    List,
    /// A more precise value.
    Value,
}

/// Why something is unknown, and what would close it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// Why.
    pub kind: GapKind,
    /// About what.
    pub subject: Arc<Subject>,
    /// Keys of the questions that would close it, the most direct first.
    pub asks: Arc<[Name]>,
    /// What exactly is missing, where it is not the value itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<Needs>,
    /// The facts that were there and did not settle it.
    pub facts: Vec<FactId>,
}

/// Which bound a margin is measured from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The lower bound.
    Low,
    /// The upper bound.
    High,
}

/// How far a value lies from the nearest bound, in the bound's unit; positive on the inner side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Margin {
    /// Which bound.
    pub bound: Side,
    /// The bound.
    pub limit: Decimal,
    /// The value, converted to the bound's unit and rounded for showing.
    pub value: Decimal,
    /// Their difference, rounded for showing; negative outside.
    pub distance: Decimal,
    /// The bound's unit; empty for plain numbers.
    pub unit: Name,
}

/// A value that was worked out from others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Derived {
    /// The value with its unit, rounded for showing; it was compared unrounded.
    pub value: String,
    /// How it was worked out.
    pub formula: String,
    /// From which facts.
    pub from: Vec<FactId>,
}

/// One leaf of a criterion's expression, evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AtomEvaluation {
    /// Where it stands in the expression: `anyOf.0`.
    pub path: Name,
    /// What it is about.
    pub subject: Arc<Subject>,
    /// Whether it holds.
    pub truth: Truth,
    /// The facts that say so.
    pub because: Vec<FactId>,
    /// Why it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<Gap>,
    /// How far the value lies from the bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<Margin>,
    /// How the value was worked out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub derived: Option<Derived>,
}

/// One criterion, evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CriterionEvaluation {
    /// Its id.
    pub id: Name,
    /// On which list it stands.
    pub category: Category,
    /// Pass, fail or pending.
    pub verdict: Verdict,
    /// The truth of its expression.
    pub truth: Truth,
    /// False where it does not concern this person.
    pub applies: bool,
    /// The facts that decided; they suffice to decide it again.
    pub because: Vec<FactId>,
    /// What keeps it open, in the order in which closing it would decide most; equals in the order of the text.
    pub gaps: Vec<Gap>,
    /// Every leaf that was looked at.
    pub atoms: Vec<AtomEvaluation>,
    /// The last day or minute on which the verdict holds by time alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The first day or minute on which the next verdict holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// That next verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<Verdict>,
    /// May it be tried again? Of failed criteria only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<Again>,
}

/// One cohort, evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CohortEvaluation {
    /// Its id.
    pub id: String,
    /// Eligible, ineligible or undetermined.
    pub determination: Determination,
    /// The criteria that decided.
    pub determining: Vec<Name>,
}

/// How many criteria are pending, by who can close one of their gaps; a criterion may count for several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Remaining {
    /// The person concerned.
    pub patient: usize,
    /// Someone who answers for the person.
    pub caregiver: usize,
    /// Staff of a trial site.
    pub staff: usize,
    /// A medical record.
    pub record: usize,
    /// The investigator.
    pub investigator: usize,
}

/// A verdict that time alone brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DueVerdict {
    /// The criterion's id.
    pub id: Name,
    /// What it is then.
    pub verdict: Verdict,
}

/// A day or minute at which time alone changes verdicts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DueChange {
    /// The first day or minute on which they are so.
    pub from: Date,
    /// What they mean for the trial then.
    pub determination: Determination,
    /// The criteria whose verdict changes, in the protocol's order.
    pub criteria: Vec<DueVerdict>,
}

/// When screening is possible on the facts given: the first stretch of time, from now on, in which they do not rule
/// the person out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScreeningDates {
    /// The first day or minute; the as-of moment where it is possible now.
    pub earliest: Date,
    /// The last one; absent where time alone ends it never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<Date>,
}

/// A trial, evaluated for one person at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Evaluation {
    /// The trial's id.
    pub trial: String,
    /// The engine's version.
    pub engine: &'static str,
    /// The moment it was made for.
    pub as_of: Date,
    /// Eligible, ineligible or undetermined, on the facts given.
    pub determination: Determination,
    /// The criteria that decided; none while undetermined.
    pub determining: Vec<Name>,
    /// The same for each cohort.
    pub cohorts: Vec<CohortEvaluation>,
    /// How many criteria are pending, by who can close one of their gaps; a criterion may count for several.
    pub remaining: Remaining,
    /// Every criterion, in the protocol's order.
    pub criteria: Vec<CriterionEvaluation>,
    /// The last day or minute on which the determination holds by time alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The first day or minute on which the next one holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// That next determination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<Determination>,
    /// Everything that time alone will change, in order.
    pub calendar: Vec<DueChange>,
    /// The last day or minute on which every verdict stands as it is; absent where time alone changes none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// When screening is possible; absent where time alone never makes it so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screening: Option<ScreeningDates>,
    /// May the person be screened again? Of those only whom the facts rule out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<Again>,
    /// Anchors that were not known and were taken as the as-of moment.
    pub assumed: Vec<Anchor>,
    /// Facts that could not be used, and why.
    pub diagnostics: Vec<Diagnostic>,
}

/// Who can close a gap.
pub(crate) fn closers(trial: &Trial, gap: &Gap) -> Vec<Respondent> {
    if gap.kind == GapKind::Judgement {
        return vec![Respondent::Investigator];
    }
    answerers(trial, &gap.subject, &gap.asks)
}

/// Who can answer one of the questions, or, where the trial asks none of them, knows of the subject.
pub(crate) fn answerers(trial: &Trial, subject: &Subject, asks: &[Name]) -> Vec<Respondent> {
    let asked: Vec<&Question> = asks.iter().filter_map(|key| trial.questions.get(key)).collect();
    if asked.is_empty() {
        return match subject {
            Subject::Unread(_) => Respondent::ALL.to_vec(),
            Subject::Judgement(_) => vec![Respondent::Investigator],
            Subject::Concept(_) | Subject::Text(_) | Subject::Ratio(_) => vec![Respondent::Staff, Respondent::Record],
        };
    }
    let can = |who: &Respondent| asked.iter().any(|question| question.answerable_by.contains(who));
    Respondent::ALL.into_iter().filter(can).collect()
}

/// Counts criteria by who can close them.
pub(crate) fn remaining<'a>(pending: impl Iterator<Item = &'a [Respondent]>) -> Remaining {
    let mut remaining = Remaining::default();
    for who in pending.flatten() {
        *match who {
            Respondent::Patient => &mut remaining.patient,
            Respondent::Caregiver => &mut remaining.caregiver,
            Respondent::Staff => &mut remaining.staff,
            Respondent::Record => &mut remaining.record,
            Respondent::Investigator => &mut remaining.investigator,
        } += 1;
    }
    remaining
}
