//! Criteria of which nobody can meet both: a heading for some of the people was missed, and it is asked which they are.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::model::criterion::{Category, Criterion};
use crate::model::expression::{Bound, Compare, Expression, Unread};
use crate::model::record::Subject;

use super::bounds::{about_days, apart, below};

/// What is compared with what: one subject at one time, in units that can be told apart.
type Measured = (Subject, String);

/// The highest bound that a value must be over, and the lowest that it must be under.
type Ends = (Option<Bound>, Option<Bound>);

/// Leaves bounds that stand against each other to a question in words.
pub(super) fn ask(criteria: &mut [Criterion], diagnostics: &mut Vec<Diagnostic>) {
    let included = |criterion: &&Criterion| criterion.category == Category::Inclusion && criterion.cohorts.is_empty();
    let mut ends: BTreeMap<Measured, Ends> = BTreeMap::new();
    for compare in criteria.iter().filter(included).flat_map(|criterion| needed(&criterion.expression)) {
        let (low, high) = ends.entry(measured(compare)).or_default();
        if let Some(own) = &compare.low
            && low.as_ref().is_none_or(|low| is_below(low, own) || is_level(low, own))
        {
            *low = Some(own.clone());
        }
        if let Some(own) = &compare.high
            && high.as_ref().is_none_or(|high| is_below(own, high) || is_level(high, own))
        {
            *high = Some(own.clone());
        }
    }
    let clashes = |compare: &&Compare| {
        ends.get(&measured(compare)).is_some_and(|(low, high)| {
            let against = |low: &Option<Bound>, high: &Option<Bound>| {
                low.as_ref().zip(high.as_ref()).is_some_and(|(low, high)| apart(low, high))
            };
            against(&compare.low, high) || against(low, &compare.high)
        })
    };
    let clashing =
        |criterion: &&mut Criterion| included(&&**criterion) && needed(&criterion.expression).iter().any(clashes);
    for criterion in criteria.iter_mut().filter(clashing) {
        let Some(text) = criterion.text.values().next().map(|words| words.full.clone()) else { continue };
        let span = criterion.source.span;
        let problem = Diagnostic::warning(
            Code::UnclearScope,
            format!("nobody can meet both {} and another criterion of the same list", quoted(&text)),
            "say for whom of the people each of them is; it is asked as it stands until then",
        );
        diagnostics.extend(span.map(|span| problem.at(span)));
        criterion.expression = Expression::Unread(Unread { id: criterion.id.clone(), text, span });
    }
}

/// What is compared, and must hold for everybody.
fn needed(read: &Expression) -> Vec<&Compare> {
    match read {
        Expression::Compare(compare) => vec![compare],
        Expression::AllOf(parts) => parts.iter().flat_map(needed).collect(),
        Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => Vec::new(),
    }
}

fn measured(compare: &Compare) -> Measured {
    let unit = compare.low.as_ref().or(compare.high.as_ref()).and_then(|bound| bound.unit.as_deref());
    let unit = unit.filter(|unit| about_days(unit).is_none());
    (compare.subject.clone(), format!("{unit:?} {:?} {:?}", compare.window, compare.select))
}

/// The same value, which the other leaves out.
fn is_level(one: &Bound, other: &Bound) -> bool {
    one.value == other.value && one.unit == other.unit && !other.inclusive
}

/// Its value is the lower one.
fn is_below(one: &Bound, other: &Bound) -> bool {
    below((one.value, one.unit.as_deref()), (other.value, other.unit.as_deref()))
}
