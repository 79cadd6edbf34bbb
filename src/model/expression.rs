//! What a criterion asks, as a tree with comparisons at its leaves.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Span;
use crate::model::decimal::Decimal;
use crate::model::record::{Status, Subject};
use crate::model::route::Route;
use crate::model::window::{Duration, Window};

/// One of the forms below, in JSON an object with one key.
///
/// | JSON | holds when |
/// |---|---|
/// | `{"allOf":[E,…]}` | every part holds |
/// | `{"anyOf":[E,…]}` | at least one part holds |
/// | `{"not":E}` | the part does not hold |
/// | `{"atLeast":{"count":2,"of":[E,…]}}` | that many parts hold |
/// | `{"when":{"condition":E,"then":E}}` | the condition holds and then the part decides; else it does not apply |
/// | `{"compare":{…}}` | a value lies between bounds |
/// | `{"isOneOf":{…}}` | a coded answer is one of those listed |
/// | `{"present":{…}}` | a condition, drug, procedure or event is there |
/// | `{"elapsed":{…}}` | so much time has passed since an event |
/// | `{"change":{…}}` | a value or a daily dose has changed by so much |
/// | `{"judgement":{…}}` | the investigator says so |
/// | `{"unread":{…}}` | whoever reads the sentence says so |
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Expression {
    /// Every part holds.
    AllOf(Vec<Expression>),
    /// At least one part holds.
    AnyOf(Vec<Expression>),
    /// The part does not hold.
    Not(Box<Expression>),
    /// At least so many parts hold.
    AtLeast(AtLeast),
    /// The part counts only where the condition holds; elsewhere it does not apply, and the criterion passes.
    When(Box<Conditional>),
    /// A value between bounds.
    Compare(Compare),
    /// A coded answer among those listed.
    IsOneOf(IsOneOf),
    /// A condition, drug, procedure, allergy or event that is there.
    Present(Present),
    /// Time since an event.
    Elapsed(Elapsed),
    /// A value, or a daily dose, that has changed.
    Change(Change),
    /// The investigator's alone; nobody else is asked.
    Judgement(Judgement),
    /// Kept word for word, and asked as it stands.
    Unread(Unread),
}

/// At least `count` of the parts hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AtLeast {
    /// How many.
    pub count: u32,
    /// Of which parts.
    pub of: Vec<Expression>,
}

/// A part that counts only under a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Conditional {
    /// Whom it concerns.
    pub condition: Expression,
    /// What is asked of them.
    pub then: Expression,
}

/// A bound of a comparison: the number, its unit (`mg/dL`, `xULN`), and whether it is included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bound {
    /// The number, exact.
    pub value: Decimal,
    /// The unit; absent for scores and other plain numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The bound itself still lies inside: `true` for ≤ and ≥, `false` for < and >.
    #[serde(default = "included", skip_serializing_if = "is_included")]
    pub inclusive: bool,
}

fn included() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_included(inclusive: &bool) -> bool {
    *inclusive
}

/// Which of several results counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Select {
    /// The newest.
    #[default]
    Latest,
    /// One that fits is enough.
    Any,
    /// All must fit.
    All,
    /// The largest.
    Max,
    /// The smallest.
    Min,
    /// The mean of a dose over the days of the window.
    Mean,
}

/// A value that lies between a low and a high bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Compare {
    /// Whose value.
    pub subject: Subject,
    /// Not under this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Bound>,
    /// Not over this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Bound>,
    /// From results inside this window only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// Which of several results counts.
    #[serde(default, skip_serializing_if = "is_latest")]
    pub select: Select,
    /// Of a dose: given by one of these routes only. Where none is named, any counts, but for a total of systemic
    /// medicines only those that act in the whole body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Route>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_latest(select: &Select) -> bool {
    *select == Select::Latest
}

/// A coded answer that is one of those listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IsOneOf {
    /// Whose answer.
    pub subject: Subject,
    /// The codes that fit.
    pub values: Vec<String>,
    /// From answers inside this window only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
}

/// A condition, drug, procedure, allergy or event that is there.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Expression, Status};
/// // on the medicine for at least 3 months
/// let json = r#"{"present":{"subject":{"concept":"statin"},"status":"current","lasting":{"low":{"value":"3","unit":"mo"}}}}"#;
/// let Ok(Expression::Present(present)) = serde_json::from_str(json) else { panic!() };
/// assert_eq!(present.status, Status::Current);
/// assert_eq!(present.lasting.unwrap().low.unwrap().unit.as_deref(), Some("mo"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Present {
    /// What.
    pub subject: Subject,
    /// Now, ever, planned, or any of these.
    pub status: Status,
    /// Inside this window only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// Without a break, for so long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lasting: Option<Lasting>,
    /// Given by one of these routes only; any, where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Route>,
}

/// How long something has gone on without a break: a course of a medicine, a condition.
///
/// It is counted from the beginning of the course to its end, and where it goes on to the end of the window: without a
/// window, to the as-of moment. What began on 1 March has lasted 14 days on 15 March; what went on from 1 to 14 March
/// has lasted 14 days. Two stretches with no day between them are one course; a day without ends it. With the status
/// `current` the course that goes on counts, with `history` any one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Lasting {
    /// At least so long; the unit is one of time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Bound>,
    /// At most so long; the unit is one of time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Bound>,
}

/// Time between an event and the as-of moment. What never was is longer ago than any bound: with a `low` alone, "never"
/// meets it, as a washout does; where the event is demanded, `present` with the status `history` stands beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Elapsed {
    /// Since what.
    pub since: Subject,
    /// At least so long ago; the unit is one of time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Bound>,
    /// At most so long ago; the unit is one of time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Bound>,
}

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Direction {
    /// Down.
    Fall,
    /// Up.
    Rise,
    /// Down or up.
    Either,
}

/// A value, or a daily dose, that changed by so much between two points in time.
///
/// A bound in `%` is a share of the earlier value; of something that is itself measured in per cent, `%{points}` are
/// percentage points. Without bounds any change counts. Values decide by the pairs of measurements that are there; a
/// dose has changed as soon as the doses that are known have, and has not only where it is known that they are all.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Direction, Expression};
/// // more than 4 points less within a day
/// let json = r#"{"change":{"subject":{"concept":"nihss"},"direction":"fall",
///                          "low":{"value":"4","inclusive":false},"within":"24 h"}}"#;
/// let Ok(Expression::Change(change)) = serde_json::from_str(json) else { panic!() };
/// assert_eq!((change.direction, change.within.unwrap().count), (Direction::Fall, 24));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    /// Of what.
    pub subject: Subject,
    /// Which way.
    pub direction: Direction,
    /// By at least so much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Bound>,
    /// By at most so much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Bound>,
    /// Between two points no further apart than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Duration>,
    /// Both of them inside this window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// Of a dose: given by one of these routes only, as in [`Compare::routes`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Route>,
}

/// What only the investigator can say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Judgement {
    /// Its name within the trial; the investigator's entry bears it.
    pub id: String,
    /// What is to be judged.
    pub text: String,
}

/// A sentence that was not made computable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unread {
    /// Its name within the trial; the answer bears it.
    pub id: String,
    /// The sentence, word for word.
    pub text: String,
    /// Where it stands in the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

impl Expression {
    /// What a leaf is about; `None` for a group.
    pub fn subject(&self) -> Option<Subject> {
        match self {
            Expression::Compare(Compare { subject, .. })
            | Expression::IsOneOf(IsOneOf { subject, .. })
            | Expression::Present(Present { subject, .. })
            | Expression::Change(Change { subject, .. })
            | Expression::Elapsed(Elapsed { since: subject, .. }) => Some(subject.clone()),
            Expression::Judgement(judgement) => Some(Subject::Judgement(judgement.id.clone())),
            Expression::Unread(unread) => Some(Subject::Unread(unread.id.clone())),
            Expression::AllOf(_)
            | Expression::AnyOf(_)
            | Expression::Not(_)
            | Expression::AtLeast(_)
            | Expression::When(_) => None,
        }
    }

    /// The window of a leaf that has one.
    pub fn window(&self) -> Option<&Window> {
        match self {
            Expression::Compare(compare) => compare.window.as_ref(),
            Expression::IsOneOf(is_one_of) => is_one_of.window.as_ref(),
            Expression::Present(present) => present.window.as_ref(),
            Expression::Change(change) => change.window.as_ref(),
            Expression::AllOf(_)
            | Expression::AnyOf(_)
            | Expression::Not(_)
            | Expression::AtLeast(_)
            | Expression::When(_)
            | Expression::Elapsed(_)
            | Expression::Judgement(_)
            | Expression::Unread(_) => None,
        }
    }

    /// The routes of a medicine that a leaf names.
    pub fn routes(&self) -> &[Route] {
        match self {
            Expression::Compare(compare) => &compare.routes,
            Expression::Present(present) => &present.routes,
            Expression::Change(change) => &change.routes,
            Expression::AllOf(_)
            | Expression::AnyOf(_)
            | Expression::Not(_)
            | Expression::AtLeast(_)
            | Expression::When(_)
            | Expression::IsOneOf(_)
            | Expression::Elapsed(_)
            | Expression::Judgement(_)
            | Expression::Unread(_) => &[],
        }
    }

    /// The parts of a group, in the order of the text; none for a leaf.
    pub fn parts(&self) -> Vec<&Expression> {
        match self {
            Expression::AllOf(parts) | Expression::AnyOf(parts) => parts.iter().collect(),
            Expression::Not(part) => vec![part],
            Expression::AtLeast(at_least) => at_least.of.iter().collect(),
            Expression::When(conditional) => vec![&conditional.condition, &conditional.then],
            Expression::Compare(_)
            | Expression::IsOneOf(_)
            | Expression::Present(_)
            | Expression::Elapsed(_)
            | Expression::Change(_)
            | Expression::Judgement(_)
            | Expression::Unread(_) => Vec::new(),
        }
    }

    /// The part that a path leads to, as evaluations name it: `anyOf.0.not`.
    pub(crate) fn at(&self, path: &str) -> Option<&Expression> {
        path.split('.').filter(|step| !step.is_empty()).try_fold(self, |part, step| match step {
            "allOf" | "anyOf" | "atLeast" => Some(part),
            "not" | "condition" => part.parts().first().copied(),
            "then" => part.parts().get(1).copied(),
            index => part.parts().get(index.parse::<usize>().ok()?).copied(),
        })
    }

    /// Every leaf, in the order of the text.
    ///
    /// # Example
    ///
    /// ```
    /// use trial_prescreen::Expression;
    /// let json = r#"{"allOf":[{"not":{"present":{"subject":{"concept":"malignancy"},"status":"history"}}},
    ///                         {"judgement":{"id":"I1","text":"fit for the infusion"}}]}"#;
    /// let expression: Expression = serde_json::from_str(json).unwrap();
    /// assert_eq!(expression.leaves().len(), 2);
    /// ```
    pub fn leaves(&self) -> Vec<&Expression> {
        let mut leaves = Vec::new();
        let mut open = vec![self];
        while let Some(expression) = open.pop() {
            if expression.subject().is_some() {
                leaves.push(expression);
            }
            open.extend(expression.parts().into_iter().rev());
        }
        leaves
    }

    /// Does something to every leaf, in no order.
    pub(crate) fn each_leaf_mut(&mut self, act: &mut dyn FnMut(&mut Expression)) {
        let mut open = vec![self];
        while let Some(expression) = open.pop() {
            match expression {
                Expression::AllOf(parts) | Expression::AnyOf(parts) => open.extend(parts),
                Expression::Not(part) => open.push(part),
                Expression::AtLeast(at_least) => open.extend(&mut at_least.of),
                Expression::When(conditional) => {
                    let Conditional { condition, then } = &mut **conditional;
                    open.extend([condition, then]);
                }
                leaf @ (Expression::Compare(_)
                | Expression::IsOneOf(_)
                | Expression::Present(_)
                | Expression::Elapsed(_)
                | Expression::Change(_)
                | Expression::Judgement(_)
                | Expression::Unread(_)) => act(leaf),
            }
        }
    }
}
