//! Two versions of a trial → what an amendment changed, in text and in meaning.
//!
//! In: the trial before and after, and people's facts. Out: every criterion of either, with its counterpart, and what of
//! it is another now; for whom something comes out otherwise.
//! Never: "the same meaning" of words that nobody made computable; those are for people to compare.

mod force;
mod meaning;
mod pair;
mod parts;
mod people;

use serde::Serialize;

use crate::model::criterion::{Category, Criterion};
use crate::model::expression::{Bound, Expression};
use crate::model::record::Subject;
use crate::model::trial::Trial;
use crate::model::window::Window;

pub use self::force::{Activation, InForce, in_force};
pub use self::people::{CohortChange, Person, Reassessed, Reassessment, VerdictChange, reassess};

use self::meaning::Meaning;
use self::pair::Pair;

/// What became of a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Became {
    /// Only the later version has it.
    Added,
    /// Only the earlier version has it.
    Removed,
    /// It asks something else.
    Changed,
    /// Its words are others, and they were not all computed: whether it asks the same, people must say.
    Unclear,
    /// Its words are the same, and the two documents read them otherwise.
    Reread,
    /// Its words are others and it asks the same.
    Reworded,
    /// Nothing of it changed.
    Same,
}

/// Where a criterion went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Move {
    /// To the other list.
    List,
    /// Past others of its list.
    Place,
}

/// Whom a change lets in or keeps out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Whoever fitted fits, and others may.
    Wider,
    /// Nobody fits who did not, and some may not any more.
    Narrower,
    /// Some may fit who did not, and some may not who did.
    Either,
}

/// Which part of an expression is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The lower bound.
    Low,
    /// The upper bound.
    High,
    /// The stretch of time.
    Window,
    /// Which result counts.
    Select,
    /// The codes.
    Values,
    /// Whether now, before or planned.
    Status,
    /// How long it lasts.
    Lasting,
    /// How a medicine is given.
    Routes,
    /// The time in which a change happens.
    Within,
    /// The direction of a change.
    Direction,
    /// The words of what is not computed.
    Text,
    /// How many of a group must hold.
    Count,
    /// The condition or the group itself.
    There,
}

/// What a part was, or is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Held {
    /// A bound.
    Bound(Bound),
    /// A stretch of time.
    Window(Window),
    /// A condition.
    Expression(Box<Expression>),
    /// Codes, routes, a word of the format.
    Words(Vec<String>),
}

/// One part that is another now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartChange {
    /// Which.
    pub part: Part,
    /// What it is about; none of a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// What it was; none where there was nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Held>,
    /// What it is; none where there is nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Held>,
}

/// What became of one criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CriterionChange {
    /// Its id in the earlier version; none where it was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Its id in the later version; none where it was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// What became of it.
    pub became: Became,
    /// Where it went; none where it stayed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Move>,
    /// Whom that lets in or keeps out; none where nothing changed or nobody can say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
    /// The parts that are others now.
    pub parts: Vec<PartChange>,
    /// What else of it changed, by its key in the document: `stage`, `retest`, `cohorts`, `answerableBy`.
    pub also: Vec<&'static str>,
}

/// A field of the trial that is another now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Its key in `eligibility`.
    pub field: &'static str,
    /// What it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// What changed from one version of a trial to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Amendment {
    /// Every criterion of either version once: those of the later one in its order, each that was removed after the
    /// one it followed.
    pub criteria: Vec<CriterionChange>,
    /// Fields for the whole trial.
    pub fields: Vec<FieldChange>,
}

/// What an amendment changed.
///
/// Criteria are paired by their words, then by their meaning, then by how alike their words are; a number that only
/// moved up or down pairs nothing apart. Units and lengths of time are compared by what they amount to: 2 weeks are
/// 14 days, 1 year is 12 months.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Became, Effect, Part, amend, import};
/// let version = |high: &str| {
///     let text = format!(r#"{{"format":"trial-prescreen/1","id":"X","title":{{}},"source":[],"eligibility":{{"status":"published",
///       "criteria":[{{"id":"E1","category":"exclusion","text":{{"en":{{"full":"ALT above {high} × ULN","short":"","patient":""}}}},
///       "source":{{"document":"","item":""}},
///       "expression":{{"compare":{{"subject":{{"concept":"alt"}},"low":{{"value":"{high}","unit":"xULN","inclusive":false}}}}}}}}]}}}}"#);
///     import::trial(text.as_bytes()).unwrap().output
/// };
/// let change = &amend(&version("3"), &version("2.5")).criteria[0];
/// assert_eq!((change.became, change.effect), (Became::Changed, Some(Effect::Narrower)));
/// assert_eq!(change.parts[0].part, Part::Low);
/// ```
pub fn amend(before: &Trial, after: &Trial) -> Amendment {
    let [old, new] =
        [before, after].map(|trial| trial.eligibility.criteria.iter().map(Meaning::of).collect::<Vec<_>>());
    let pairs = pair::pairs(&old, &new);
    let gone = |at: usize| pairs.iter().all(|pair| pair.before != at);
    let mut criteria: Vec<CriterionChange> = Vec::new();
    let removed = |meaning: &Meaning<'_>| alone(Some(meaning.criterion), None);
    let leave = |from: usize, criteria: &mut Vec<CriterionChange>| {
        let rest = old.iter().enumerate().skip(from).take_while(|(at, _)| gone(*at));
        criteria.extend(rest.map(|(_, meaning)| removed(meaning)));
    };
    leave(0, &mut criteria);
    for (at, meaning) in new.iter().enumerate() {
        match pairs.iter().find(|pair| pair.after == at) {
            None => criteria.push(alone(None, Some(meaning.criterion))),
            Some(pair) => {
                criteria.extend(old.get(pair.before).map(|before| changed(before, meaning, pair)));
                leave(pair.before + 1, &mut criteria);
            }
        }
    }
    Amendment { criteria, fields: fields(before, after) }
}

/// A criterion that one version alone has.
fn alone(before: Option<&Criterion>, after: Option<&Criterion>) -> CriterionChange {
    let id = |criterion: &Criterion| criterion.id.clone();
    CriterionChange {
        before: before.map(id),
        after: after.map(id),
        became: if before.is_some() { Became::Removed } else { Became::Added },
        moved: None,
        // one condition less lets more people in, whatever it asks; one more keeps some out
        effect: Some(if before.is_some() { Effect::Wider } else { Effect::Narrower }),
        parts: Vec::new(),
        also: Vec::new(),
    }
}

fn changed(before: &Meaning<'_>, after: &Meaning<'_>, pair: &Pair) -> CriterionChange {
    let [old, new] = [before.criterion, after.criterion];
    let list = old.category != new.category;
    let same_words = before.same_words(after);
    let found = parts::differences(&old.expression, &new.expression);
    let became = match (found.parts.is_empty() && !list, same_words) {
        (true, true) => Became::Same,
        (true, false) => Became::Reworded,
        (false, true) if !list => Became::Reread,
        (false, _) if found.unclear && !list => Became::Unclear,
        (false, _) => Became::Changed,
    };
    let polar = |effect: Effect| match (effect, new.category) {
        (Effect::Wider, Category::Inclusion) | (Effect::Narrower, Category::Exclusion) => Effect::Wider,
        (Effect::Narrower, Category::Inclusion) | (Effect::Wider, Category::Exclusion) => Effect::Narrower,
        (Effect::Either, _) => Effect::Either,
    };
    let effect = match became {
        Became::Changed if list => Some(Effect::Either),
        Became::Changed => found.effect.map(polar),
        Became::Added | Became::Removed | Became::Unclear | Became::Reread | Became::Reworded | Became::Same => None,
    };
    let moved = if list { Some(Move::List) } else { pair.moved.then_some(Move::Place) };
    let also = [
        ("stage", old.stage != new.stage),
        ("retest", old.retest != new.retest),
        ("cohorts", old.cohorts != new.cohorts),
        ("answerableBy", old.answerable_by != new.answerable_by),
    ];
    CriterionChange {
        before: Some(old.id.clone()),
        after: Some(new.id.clone()),
        became,
        moved,
        effect,
        parts: found.parts,
        also: also.into_iter().filter(|(_, differs)| *differs).map(|(key, _)| key).collect(),
    }
}

fn fields(before: &Trial, after: &Trial) -> Vec<FieldChange> {
    let of = |trial: &Trial| {
        let eligibility = &trial.eligibility;
        let status = match eligibility.status {
            crate::model::trial::Publication::Published => "published",
            crate::model::trial::Publication::Partial => "partial",
            crate::model::trial::Publication::NotPublished => "not-published",
        };
        let cohorts: Vec<&str> = eligibility.cohorts.iter().map(|cohort| cohort.id.as_str()).collect();
        [
            ("status", Some(status.to_owned())),
            ("sex", eligibility.sex.clone()),
            ("minimumAge", eligibility.minimum_age.clone()),
            ("maximumAge", eligibility.maximum_age.clone()),
            ("healthyVolunteers", eligibility.healthy_volunteers.map(|taken| taken.to_string())),
            ("cohorts", (!cohorts.is_empty()).then(|| cohorts.join(", "))),
        ]
    };
    let pairs = of(before).into_iter().zip(of(after));
    pairs
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, before), (_, after))| FieldChange { field, before, after })
        .collect()
}
