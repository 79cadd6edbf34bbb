//! Random small trials, records and moments, on values and days that often meet.

mod bounds;
mod expression;
mod fact;
mod time;
mod values;

use proptest::prelude::*;
use trial_prescreen::{
    Anchor, AsOf, Category, Criterion, CriterionSource, Date, Expression, Fact, Record, Retest, Stage, Subject, Trial,
};

use crate::oracle::dose::Class;
use expression::expression;
pub(crate) use fact::fact;
pub(crate) use time::{at_minute, moment};

/// One evaluation's input.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) trial: Trial,
    pub(crate) record: Record,
    pub(crate) as_of: AsOf,
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "as of {} {:?}", self.as_of.date(), self.as_of.anchors)?;
        for criterion in &self.trial.eligibility.criteria {
            let expression = serde_json::to_string(&criterion.expression).unwrap();
            writeln!(f, "{} {:?} {expression}", criterion.id, criterion.category)?;
        }
        self.record.facts.iter().try_for_each(|fact| writeln!(f, "{}", serde_json::to_string(fact).unwrap()))
    }
}

/// What may occur in a case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope {
    /// Months, years, ages and dates without a day.
    pub(crate) calendar: bool,
    /// At most so many facts.
    pub(crate) facts: usize,
}

pub(crate) const ALL: Scope = Scope { calendar: true, facts: 7 };

pub(crate) fn subject(key: &str) -> Subject {
    match key.strip_prefix("text:") {
        Some(text) => Subject::Text(text.to_owned()),
        None => Subject::concept(key),
    }
}

/// The concepts from which others are worked out count as known together with them.
pub(crate) fn family(key: &str) -> &str {
    match key {
        "age" | "birth-date" | "sex" | "creatinine" | "egfr" => "egfr",
        "anticoagulant" | "direct-oral-anticoagulant" | "apixaban" | "heparin" => "anticoagulant",
        other => Class::of(other).map_or(other, |class| class.total),
    }
}

pub(crate) fn is_anchor(subject: &Subject) -> bool {
    Anchor::MOMENTS.iter().any(|anchor| anchor.concept().is_some_and(|concept| *subject == Subject::concept(concept)))
}

pub(crate) fn trial_of(criteria: Vec<(Category, Expression)>) -> Trial {
    let text = r#"{"format":"trial-prescreen/1","id":"T","title":{"en":"T"},"source":[],
        "eligibility":{"status":"published","criteria":[]}}"#;
    let mut trial: Trial = serde_json::from_str(text).unwrap();
    let criterion = |(index, (category, expression)): (usize, (Category, Expression))| Criterion {
        id: format!("C{index}"),
        category,
        text: trial_prescreen::Table::new(),
        source: CriterionSource::default(),
        cohorts: Vec::new(),
        answerable_by: Vec::new(),
        stage: Stage::Prescreen,
        retest: Retest::Never,
        expression,
    };
    trial.eligibility.criteria = criteria.into_iter().enumerate().map(criterion).collect();
    trial
}

pub(crate) fn trial(scope: Scope) -> impl Strategy<Value = Trial> {
    let category = prop_oneof![Just(Category::Inclusion), Just(Category::Exclusion)];
    proptest::collection::vec((category, expression(scope)), 1..3).prop_map(trial_of)
}

pub(crate) fn named(facts: Vec<Fact>) -> Record {
    let name = |(index, fact): (usize, Fact)| Fact { id: format!("f{index}").into(), ..fact };
    Record::new(facts.into_iter().enumerate().map(name).collect())
}

pub(crate) fn case(scope: Scope) -> impl Strategy<Value = Case> {
    (trial(scope), moment()).prop_flat_map(move |(trial, now)| {
        let today = now.first_day();
        let planned =
            proptest::option::weighted(0.2, (-3..10_i64).prop_map(move |days| Date::Day(today.plus_days(days))));
        let wanted: Vec<String> = trial
            .eligibility
            .criteria
            .iter()
            .flat_map(|criterion| criterion.expression.leaves().into_iter().filter_map(Expression::subject))
            .map(|subject| family(&subject.key()).to_owned())
            .collect();
        let leaves = trial.eligibility.criteria.iter().flat_map(|criterion| criterion.expression.leaves());
        let hung = leaves.filter_map(|leaf| Some(leaf.window()?.anchor.subject()?.key()));
        let wanted: Vec<String> = wanted.into_iter().chain(hung.map(|key| family(&key).to_owned())).collect();
        // most facts are about what is asked
        let fact = (fact(today, scope), 0..10_u8).prop_filter("of no use", move |(fact, luck)| {
            *luck == 0 || is_anchor(&fact.subject) || wanted.iter().any(|key| key == family(&fact.subject.key()))
        });
        let facts = proptest::collection::vec(fact.prop_map(|(fact, _)| fact), 0..=scope.facts);
        (Just(trial), facts, planned).prop_map(move |(trial, facts, planned)| {
            let mut as_of = AsOf::new(now).unwrap();
            if let Some(date) = planned {
                as_of.anchors.insert(Anchor::FirstDose, date);
            }
            Case { trial, record: named(facts), as_of }
        })
    })
}
