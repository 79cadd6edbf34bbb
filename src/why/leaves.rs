//! The leaves of a trial's criteria: each once, with what it is now and whether it can be otherwise.

use crate::evaluate::{Gap, Margin, Side, Verdict, evaluate};
use crate::model::concept::Concept;
use crate::model::criterion::{Category, Criterion, CriterionSource, Retest, Stage};
use crate::model::date::{Date, Day};
use crate::model::expression::{Bound, Compare, Expression, Present, Select};
use crate::model::moment::AsOf;
use crate::model::record::{FactId, FactValue, Record, Status, Subject};
use crate::model::table::Table;
use crate::model::trial::Trial;
use crate::model::window::{Anchor, Window};
use crate::truth::Truth;
use crate::why::{Answer, Bounds};

/// How a leaf that is known can come to be otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// The facts could be others.
    Facts,
    /// Time alone brings it, on this day or at this minute.
    Time(Date),
    /// It cannot: nobody grows younger, and what once was has been.
    Never,
}

/// A leaf.
#[derive(Debug)]
pub(super) struct Leaf<'a> {
    pub(super) expression: &'a Expression,
    pub(super) subject: Subject,
    /// Each criterion that mentions it, by its position, and where in its expression.
    pub(super) places: Vec<(usize, String)>,
    pub(super) truth: Truth,
    pub(super) facts: Vec<FactId>,
    pub(super) gap: Option<Gap>,
    pub(super) margin: Option<Margin>,
    pub(super) turn: Turn,
}

/// The number of a leaf, which is new where it has none yet.
pub(super) fn number<'a>(
    leaves: &mut Vec<Leaf<'a>>,
    expression: &'a Expression,
    criterion: usize,
    path: &str,
) -> usize {
    let place = (criterion, path.to_owned());
    if let Some(at) = leaves.iter().position(|leaf| leaf.expression == expression) {
        leaves.get_mut(at).into_iter().for_each(|leaf| leaf.places.push(place.clone()));
        return at;
    }
    leaves.push(Leaf {
        expression,
        subject: expression.subject().unwrap_or_else(|| Subject::Text(String::new())),
        places: vec![place],
        truth: Truth::Unknown,
        facts: Vec::new(),
        gap: None,
        margin: None,
        turn: Turn::Never,
    });
    leaves.len() - 1
}

/// A trial in which each leaf is a criterion of its own.
pub(super) fn alone(leaves: &[Leaf<'_>], trial: &Trial) -> Trial {
    let mut alone = trial.clone();
    alone.eligibility.cohorts.clear();
    alone.eligibility.criteria = leaves.iter().map(|leaf| criterion(leaf.expression)).collect();
    alone
}

/// Finds out what each leaf is, by evaluating it as a criterion of its own.
pub(super) fn look(leaves: &mut [Leaf<'_>], alone: &Trial, record: &Record, as_of: &AsOf) {
    let evaluation = evaluate(alone, record, as_of);
    for (leaf, found) in leaves.iter_mut().zip(evaluation.criteria) {
        let atom = found.atoms.into_iter().next();
        leaf.truth = found.truth;
        leaf.facts = found.because;
        (leaf.gap, leaf.margin) = atom.map(|atom| (atom.gap, atom.margin)).unwrap_or_default();
        if let Some(gap) = &leaf.gap {
            leaf.facts.clone_from(&gap.facts);
        }
        let opposite = matches!(
            (found.verdict, found.then),
            (Verdict::Pass, Some(Verdict::Fail)) | (Verdict::Fail, Some(Verdict::Pass))
        );
        leaf.turn = match found.from.filter(|_| opposite) {
            _ if !leaf.truth.is_known() => Turn::Never,
            _ if by_facts(leaf, record, as_of) => Turn::Facts,
            Some(from) => Turn::Time(from),
            None => Turn::Never,
        };
    }
}

fn criterion(expression: &Expression) -> Criterion {
    Criterion {
        id: String::new(),
        category: Category::Inclusion,
        text: Table::new(),
        source: CriterionSource::default(),
        cohorts: Vec::new(),
        answerable_by: Vec::new(),
        stage: Stage::default(),
        retest: Retest::default(),
        expression: expression.clone(),
    }
}

/// Could the facts about it be others, from now on?
fn by_facts(leaf: &Leaf<'_>, record: &Record, as_of: &AsOf) -> bool {
    let holds = leaf.truth == Truth::True;
    let concept = if let Subject::Concept(id) = &leaf.subject { Concept::named(id) } else { None };
    let fixed = concept.is_some_and(|concept| concept.is_counted() || ["sex", "birth-date"].contains(&concept.id));
    if fixed || leaf.expression.window().is_some_and(|window| is_over(window, record, as_of)) {
        return false;
    }
    match leaf.expression {
        Expression::Elapsed(_) => false,
        // one more result can add a pair, and take none away
        Expression::Change(_) => !holds,
        // time alone makes a course long enough that goes on
        Expression::Present(Present { lasting: Some(_), .. }) if !holds => leaf.margin.is_none(),
        // what once was stays so
        Expression::Present(present) => !(holds && matches!(present.status, Status::History | Status::Any)),
        Expression::Compare(compare) => match (compare.select, leaf.margin.as_ref().map(|margin| margin.bound)) {
            (Select::Latest | Select::Mean, _) => true,
            // one more result can add to these, and take nothing away
            (Select::Any, _) => !holds,
            (Select::All, _) => holds,
            (Select::Max, _) if holds => compare.high.is_some(),
            (Select::Max, nearest) => compare.low.is_some() && nearest != Some(Side::High),
            (Select::Min, _) if holds => compare.low.is_some(),
            (Select::Min, nearest) => compare.high.is_some() && nearest != Some(Side::Low),
        },
        Expression::IsOneOf(_)
        | Expression::Judgement(_)
        | Expression::Unread(_)
        | Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_) => true,
    }
}

/// Nothing new can come to lie in a window that has ended.
fn is_over(window: &Window, record: &Record, as_of: &AsOf) -> bool {
    let today = as_of.date().first_day();
    let Some(to) = window.to else { return false };
    let end = to.after(anchored(&window.anchor, record, as_of).unwrap_or(today));
    end.plus_days(i64::from(to.unit.is_clock())) < today
}

/// The last day on which a known anchor can be.
fn anchored(anchor: &Anchor, record: &Record, as_of: &AsOf) -> Option<Day> {
    if let Some(date) = as_of.anchors.get(anchor) {
        return Some(date.last_day());
    }
    let subject = anchor.subject()?;
    let dates = record.about(&subject).filter_map(|fact| match fact.value {
        FactValue::Date(when) => Some(when.latest().last_day()),
        FactValue::Quantity(_)
        | FactValue::Code(_)
        | FactValue::Present(_)
        | FactValue::Refuted(_)
        | FactValue::Absent(_)
        | FactValue::Complete => None,
    });
    dates.max()
}

impl Leaf<'_> {
    /// An answer that gives this leaf a truth, told by its place in a criterion, or by its first.
    pub(super) fn answer(&self, trial: &Trial, truth: Truth, criterion: Option<usize>) -> Answer {
        let in_it = self.places.iter().find(|(position, _)| criterion == Some(*position));
        let (position, path) = in_it.or(self.places.first()).cloned().unwrap_or_default();
        let changes = self.truth.is_known();
        Answer {
            criterion: trial.eligibility.criteria.get(position).map(|found| found.id.clone()).unwrap_or_default(),
            path,
            subject: self.subject.clone(),
            truth,
            bounds: self.bounds(truth),
            facts: if changes { self.facts.clone() } else { Vec::new() },
            from: match self.turn {
                Turn::Time(from) if changes => Some(from),
                Turn::Time(_) | Turn::Facts | Turn::Never => None,
            },
        }
    }

    /// Between which bounds the value would lie.
    fn bounds(&self, truth: Truth) -> Option<Bounds> {
        let (low, high) = match self.expression {
            Expression::Compare(Compare { low, high, .. }) => (low, high),
            Expression::Elapsed(elapsed) => (&elapsed.low, &elapsed.high),
            Expression::Present(Present { lasting: Some(lasting), .. }) if truth == Truth::True => {
                (&lasting.low, &lasting.high)
            }
            Expression::IsOneOf(_)
            | Expression::Present(_)
            | Expression::Change(_)
            | Expression::Judgement(_)
            | Expression::Unread(_)
            | Expression::AllOf(_)
            | Expression::AnyOf(_)
            | Expression::Not(_)
            | Expression::AtLeast(_)
            | Expression::When(_) => return None,
        };
        let beyond = |bound: &Bound| Some(Bound { inclusive: !bound.inclusive, ..bound.clone() });
        let nearest = self.margin.as_ref().map(|margin| margin.bound);
        let (low, high) = match (truth, low, high) {
            (Truth::True, low, high) => (low.clone(), high.clone()),
            (_, None, None) => return None,
            (_, Some(low), None) => (None, beyond(low)),
            (_, None, Some(high)) => (beyond(high), None),
            (_, Some(low), Some(high)) => match nearest? {
                Side::Low => (None, beyond(low)),
                Side::High => (beyond(high), None),
            },
        };
        let unit = low.as_ref().or(high.as_ref()).and_then(|bound| bound.unit.as_deref());
        let instead = self.margin.as_ref().filter(|margin| margin.unit == unit.unwrap_or_default());
        let instead = instead.map(|margin| margin.value);
        Some(Bounds { low, high, instead })
    }
}
